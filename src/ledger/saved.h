// Questions that somebody saved, to be told what is new on each: a question of the catalogue, its
// filters as an address has them, and the newest article of which was told. They stand in the
// ledger; a program that asks again goes on where the last one stopped.
//
//   SavedQuestions saved(ledger.database());
//   saved.put({"port", "positions", {{"topic", {"port"}}}});
//   for (const SavedQuestion& s : saved.all()) …
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/catalogue.h"
#include "ledger/database.h"

namespace chancery {

struct SavedQuestion {
  std::string name;      // by which people call it
  std::string question;  // of the catalogue: "positions"
  Asked filters;
  int64_t told = 0;  // the number of the newest article of which was told
};

// May it be saved: does each of its rows rest on an article of its own?
bool can_be_saved(std::string_view question);
// The names of those that may, apart by commas.
std::string savable();
// Throws UsageError for a name that is none, a question that cannot be saved, filters that it does
// not take.
void check_saved(const SavedQuestion& question, const Known& known);
// The number of the ledger's newest article, 0 where it has none.
int64_t newest_article(Database& db);

class SavedQuestions {
 public:
  explicit SavedQuestions(Database& db) : db_(db) {}

  // By name.
  std::vector<SavedQuestion> all();
  std::optional<SavedQuestion> find(const std::string& name);
  // Replaces one of that name.
  void put(const SavedQuestion& question);
  // False when there is none of that name.
  bool remove(const std::string& name);
  void tell(const std::string& name, int64_t article);

 private:
  Database& db_;
};

// The rows of a saved question of articles behind `told`, all pages of them, in the question's own
// order; `newest` becomes the newest article of the ledger. Throws UsageError for filters that the
// catalogue does not take any more.
Answer news_of(Ledger& ledger, const SavedQuestion& question, const Known& known, int64_t& newest);

}  // namespace chancery
