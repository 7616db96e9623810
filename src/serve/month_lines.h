// Lists of what was done and said by months, the newest first: each act and each saying once, what is
// less sure folded below.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "present/words.h"
#include "serve/told.h"

namespace chancery {

class MonthLines {
 public:
  MonthLines(Ledger& ledger, const present::Words& words) : ledger_(ledger), words_(words) {}

  // Those of the rows that no line tells yet; the sure ones come first. `country`: the rows are there
  // as words of its people, and who is its only by the company kept is less sure.
  void add(const Answer& answer, bool sure, const std::string& country = "");
  // `none`: what is said where nothing is sure.
  std::string html(const std::string& none);

 private:
  struct Item {
    std::string day, html;
  };
  bool fresh(const Answer& answer, const std::vector<std::string>& row, const Told& told);
  std::string line(const Told& told) const;

  Ledger& ledger_;
  const present::Words& words_;
  std::map<std::string, std::vector<Item>, std::greater<>> months_;
  std::vector<Item> less_;
  std::set<std::string> seen_;
  std::map<std::string, std::vector<std::string>> own_;  // words that lines have, by article
};

}  // namespace chancery
