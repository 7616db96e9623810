// What a ledger holds, as one number: two ledgers of the same digest hold the same, whatever their
// store, their numbers of rows and the order in which these were written. Rows are named by what
// they say: an article by its key, an item by its article and id, an act and a storyline by what
// founded them. Not in it: when an article was taken, feeds that are followed, pages that wait.
//
//   for (const TableDigest& t : digests(db)) …      // a line each
//   digest_of(digests(db))                          // all in one
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/database.h"

namespace chancery {

struct TableDigest {
  std::string name;
  int64_t rows = 0;
  std::string sha256;    // of the sum of the digests of its rows
  bool derived = false;  // can be made anew from the records
};

std::vector<TableDigest> digests(Database& db);
std::string digest_of(const std::vector<TableDigest>& tables);

}  // namespace chancery
