// HTML built from text: everything that goes in is escaped, so that hostile text stays text. `raw`
// is for HTML made here.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

namespace chancery {

class Html {
 public:
  Html& raw(std::string_view html) { return out_ += html, *this; }
  Html& text(std::string_view text);
  // <tag class="…">text</tag>
  Html& element(std::string_view tag, std::string_view text, std::string_view css = "");
  // A link inside the server (begins with "/" or "#").
  Html& link(std::string_view address, std::string_view text, std::string_view css = "");
  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// "%" for everything but letters, digits and - . _ ~
std::string url_encoded(std::string_view text);

// A whole page with navigation; `here` is the navigation entry to mark.
std::string page(const std::string& title, const std::string& here, const std::string& body,
                 const std::vector<std::string>& scripts = {});

// A table of an answer: `columns` says which and under what heading; dates, actors and articles
// become links, sums of numbers stand below, and with scripts it is sorted by what is pressed.
struct Column {
  std::string name, heading;
  bool sum = false;  // is the sum of the column told below it?
};
std::string table(const Answer& answer, const std::vector<Column>& columns,
                  const std::string& caption);

}  // namespace chancery
