// Writes what is derived from a record beside it: the relational view, near-duplicates, event
// identity, storylines. Everything here can be made anew from the records kept (Ledger::rebuild).
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "ledger/database.h"
#include "record/record.h"

namespace chancery {

// The acts of one kind between the same two sides on about the same day are one happening:
// unordered sides for mutual types.
std::string happening_pair(const std::string& type, const std::string& source,
                           const std::string& target);
// Lemma-free key words of an act's telling, sorted: what two tellings are compared by.
std::vector<std::string> key_words(std::string_view text);

class Writer {
 public:
  explicit Writer(Database& db) : db_(db) {}

  struct Found {
    int64_t copy_of = 0, replaces = 0, story = 0;  // article and story numbers, 0 for none
  };
  // Writes the derived rows of an article that is in the table `article` already; says what it
  // found of its place among others.
  Found write(int64_t number, const Record& record);
  // Writes what waits for the end of a batch: the rows that lie far apart in their tables, in the
  // order of the tables, and the words of the full-text index, which would be merged anew for every
  // article otherwise. Before each commit.
  void finish();
  // What was remembered of who is who in a transaction that was rolled back no longer holds.
  void forget(bool batch_too) {
    who_.clear();
    if (batch_too) counts_.clear(), texts_.clear(), parts_.clear(), actors_.clear(), bands_.clear();
  }

 private:
  int64_t who(const std::string& name, const std::string& kind, const Actor& actor,
              const std::string& role);
  int64_t happening(int64_t article, const Record& record, const Event& event,
                    const std::string& source, const std::string& target, const std::string& day,
                    bool copy, bool& fresh);
  int64_t copy_of(int64_t number, const Record& record);
  int64_t story(const Record& record, int64_t copy);

  Database& db_;
  std::unordered_map<std::string, int64_t> who_;
  struct Text {
    std::string title, text;
    int64_t copy_of = 0;
  };
  struct Part {
    int64_t who;
    const char *item, *part;  // literals
    std::string day;
    int64_t number;
  };
  std::vector<int64_t> found_bands_;  // of the article being written
  std::vector<Part> parts_;
  std::vector<std::tuple<int64_t, int64_t, int64_t>> actors_;  // who, article, mentions
  std::map<int64_t, std::vector<int64_t>> bands_;              // hash → articles
  std::map<int64_t, std::pair<int64_t, int64_t>>
      counts_;                     // who → articles, mentions not yet written
  std::map<int64_t, Text> texts_;  // by article, not yet in the index
};

}  // namespace chancery
