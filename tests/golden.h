// Golden files that a person can read: what the program says of invented texts, one line an item, kept in
// tests/golden and compared word for word. `script/golden` has the tests write the files anew.
//
//   GoldenFile kept("records/fast/first");
//   kept.section("a01", golden_lines(record));   // fails where the file says otherwise
#pragma once
#include <map>
#include <string>
#include <vector>

#include "article/article.h"
#include "record/record.h"

namespace chancery::test {

// Are tests compiled with a sanitizer, which takes them many times as long?
bool sanitized();

// "= id | date", perhaps " | title", then the text, up to the next; lines that begin with # before the first
// are comments, and gold lines of reports (report_gold.h) are left out.
std::vector<Article> invented_articles(const std::string& path);

// Everything a record says but the article and what made it: a line an item, with every field that JSON has.
// Actors stand by name, statements by the place where their words begin, spans by their words (of long ones
// the ends) and where they begin and, of long ones, end in code points; of a time that is a day the day alone.
std::string golden_lines(const Record& record);

// Those of them that another text does not have, behind the number of those that it has.
std::string other_lines(const std::string& lines, const std::string& than);

// A file of sections, "= NAME" and lines. Compares, or with CHANCERY_WRITE_GOLDEN set writes the file of all
// sections when it goes.
class GoldenFile {
 public:
  explicit GoldenFile(const std::string& name);
  ~GoldenFile();
  GoldenFile(const GoldenFile&) = delete;
  // Fails the test where the kept lines are others, saying which; false after a few such: no more need be
  // looked at.
  bool section(const std::string& name, const std::string& lines);

  // The same of many: of each line its beginning is kept, and a digest that stands for all of it.
  bool brief_section(const std::string& name, const std::string& lines);

 private:
  std::string path_, wrong_in_;
  bool write_;
  int wrong_ = 0;
  std::map<std::string, std::string> kept_;
  std::string all_;
};

}  // namespace chancery::test
