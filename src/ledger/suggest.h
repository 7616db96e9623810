// What an asker meant who wrote a name that nobody bears: so that a slip of the pen never reads as
// "it never happened".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "register/register.h"

namespace chancery {

// The candidates nearest to what was asked, the nearest first, of equals the earlier: by whole or
// by words, a slip or two (by length), or the beginning of a word. Letters of either case are the
// same. Linear in the candidates; none longer than 200 bytes is looked at.
std::vector<std::string> nearest(std::string_view asked, const std::vector<std::string>& candidates,
                                 size_t most = 3);

// What there is to say of a question that was answered with nothing.
struct Remarks {
  // One sentence each: "nobody called 'Solhem' is in this ledger; near: Tora Solheim"
  std::vector<std::string> lines;
  bool nobody = false;  // a name or a state was asked for that the ledger does not have
};

// Looks at each filter of the question by itself. Asks the ledger a few short questions and
// compares with its 20,000 most frequent names at most.
Remarks remarks(Ledger& ledger, const Question& question, const Register& known);

}  // namespace chancery
