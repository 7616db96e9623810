// What lies in a folder or an archive beside pages and texts: counted by kind, so that nothing is
// passed over in silence.
#pragma once
#include <map>
#include <string>

#include "article/pieces.h"

namespace chancery {

// Is it read as a page or a text, by its name? (.html, .txt and the like, also .gz)
bool page_or_text(const std::string& name);

class Leftovers {
 public:
  explicit Leftovers(std::string place) : place_(std::move(place)) {}
  void count(const std::string& name);
  bool empty() const { return kinds_.empty(); }
  // "2 .pdf (report.pdf, …), 1 .docx (letter.docx)"
  std::string list() const;
  // Once: a piece that tells them, as an error when some may hold an article (a PDF, a DOCX), as a
  // warning when all are what pages are made of (pictures, styles, scripts). False when there is
  // nothing to tell.
  bool tell(Piece& piece);

 private:
  struct Kind {
    size_t count = 0;
    std::string first;
  };
  std::string place_;
  std::map<std::string, Kind> kinds_;  // by ending
  bool told_ = false;
};

}  // namespace chancery
