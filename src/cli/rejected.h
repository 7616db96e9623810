// Why a line is not there: what the reader weighed as an act or a position and left out.
//
//   Rejected rejected(resources);
//   Record record = Reader(resources, &rejected.watch()).read(article);
//   rejected.text();   // "Weighed and left out  3 …", "" where nothing was
#pragma once
#include <string>
#include <vector>

#include "reading/reader.h"

namespace chancery::cli {

class Rejected {
 public:
  explicit Rejected(const Resources& resources);
  Rejected(const Rejected&) = delete;  // the watch points here
  Rejected& operator=(const Rejected&) = delete;

  const ReadingWatch& watch() const { return watch_; }
  // Likeliest first.
  std::string text() const;

 private:
  struct Case {
    std::string words, kind, against;
    double probability = 0;
  };
  void keep(std::string words, std::string kind, const SignJudge::Verdict& verdict);

  ReadingWatch watch_;
  std::vector<Case> cases_;
};

}  // namespace chancery::cli
