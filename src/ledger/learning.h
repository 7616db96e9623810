// What articles teach of actors (learned.h), while they are written: readings are fetched for many
// articles at once and written at the end of a batch.
//
//   learning.expect(records);
//   std::vector<Fill> fills = learning.fills(record);  // what was learnt before it
//   learning.teach(record);
//   learning.write();
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/learned.h"

namespace chancery {

class Learning {
 public:
  explicit Learning(Database& db) : db_(db) {}

  void expect(const std::vector<const Record*>& records);
  // Takes what the record's own words say of its people and bodies.
  void teach(const Record& record);
  // Country, sector and role of those of whom the record says nothing, where the readings agree: by
  // hand before text; of several from texts the most frequent, if it has two thirds. What is inferred
  // of a person's whole name gives way to it too. Who is called by a surname is the one person of
  // whom the ledger knows it, if the news was of him lately or the article speaks of his state.
  std::vector<Fill> fills(const Record& record);

  void write();
  void forget() { readings_.clear(), changed_.clear(), bearers_.clear(), asked_.clear(); }

 private:
  void expect_names(const std::vector<const Record*>& records);
  void expect_surnames(const std::vector<const Record*>& records);
  std::optional<Fill> by_name(const Entity& entity);
  std::optional<Fill> fill_of(const Record& record, const Entity& open);
  std::optional<Fill> by_letters_alone(const Record& record, const Entity& entity);
  std::optional<Fill> by_surname_alone(const Record& record, const Entity& entity);

  Database& db_;
  std::map<std::string, std::vector<LearnedActor>> readings_;  // by name
  std::set<std::string> changed_;                              // names
  std::map<std::string, std::set<std::string>> bearers_;       // names by their surname
  std::set<std::string> asked_;                                // surnames of which all are known
};

}  // namespace chancery
