// What a page offers to people who may write: forms that work without a script and without a mouse.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "serve/html.h"

namespace chancery {

// The forms of an article's page.
class ArticleForms {
 public:
  explicit ArticleForms(int64_t article) : article_(article) {}
  // Folded into a card of the record: take out, confirm, note, or set a field.
  void of_item(Html& h, std::string_view kind, const std::string& id) const;
  // Of the article as a whole: confirm, note, delete; and what was missed in it, with the types of
  // acts that there are.
  void of_article(Html& h, const std::vector<std::string>& types) const;

 private:
  void begin(Html& h, const std::string& item) const;
  void split_form(Html& h) const;
  void add_form(Html& h, const char* kind, const char* label,
                const std::vector<std::pair<const char*, const char*>>& fields,
                const std::vector<std::pair<const char*, std::vector<std::string>>>& lists) const;

  int64_t article_;
};

// What was put right, newest first; with a form to undo each where the reader may write.
std::string corrections_list(const std::vector<StandingCorrection>& corrections, bool writes);
// Two actors are one.
std::string merge_form();
// Who signs in comes back to `next`, an address of this server.
std::string sign_in_form(const std::string& next, const std::string& problem);

}  // namespace chancery
