// What people put right: an append-only list, kept beside the records and laid over them whenever
// they are asked for, so that it outlives reading anew, migration and moving to another store.
//
//   ledger.amend({{.act = "reject", .article = 17, .item = "s3",
//                  .author = "Ana Ruiz", .reason = "the minister did not say so"}});
//   for (const Correction& c : ledger.corrections()) …     // each with how it stands now
//
// A correction names what it corrects by the article's content and by what was seen there
// (record/amendment.h), never by numbers of rows or ids of a reading. What it fits no more after a
// reading anew is left alone and says why; it fits again when the record does. Undoing is another
// entry. Nothing is ever taken from the list.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/database.h"
#include "record/amendment.h"

namespace chancery {

namespace lists {
inline constexpr std::string_view kCorrectionActs[] = {
    "reject", "edit", "confirm", "note", "delete", "merge", "split", "undo", "add"};
inline constexpr std::string_view kCorrectionStates[] = {"stands", "undone", "does not fit"};
}  // namespace lists
inline constexpr ClosedList kCorrectionActs{"act", lists::kCorrectionActs};
inline constexpr ClosedList kCorrectionStates{"state", lists::kCorrectionStates};

// An entry of the list.
struct Correction {
  int64_t number = 0;
  std::string at, author, reason;  // at: UTC, "2031-05-14T09:30:00Z"
  std::string act;                 // of kCorrectionActs
  std::string kind;                // of kItems, or "article"; "correction" of what is undone
  std::string article;             // its key (article_key); "" for actors of all articles
  std::string item;                // the id it had then, for people to read
  Fields seen, value;              // what was looked at; what is put in its place
  int64_t undoes = 0;              // the number of an entry
  bool operator==(const Correction&) const = default;
};

// An entry and how it stands.
struct StandingCorrection {
  Correction entry;
  std::string state, why;      // of kCorrectionStates; why it does not fit
  int64_t article_number = 0;  // 0: of no article, or of one that is not in the ledger
  std::string article_id;      // as its publisher or file calls it
};

// What somebody wants put right.
struct Amendment {
  std::string act;
  int64_t article = 0;  // its number
  std::string item;     // its id in the article's record; "" for the article as a whole; of what
                        // is added its kind
  Fields
      value;  // of an edit, of what is added: fields; of a split: "name", and "country" if it is known
  ActorName from, into;  // of a merge; of a split `from` is who is not meant
  int64_t undoes = 0;
  std::string author, reason;
};

// As a line of JSON and back. Throws Error for what is none.
std::string correction_json(const Correction& correction);
Correction correction_from_json(std::string_view json);

// The list, as far as records are concerned. Reads on where it stopped; one reader of a ledger.
class Corrections {
 public:
  explicit Corrections(Database& db) : db_(db) {}
  // Reads what was added since, and under which keys articles are kept by now.
  void refresh();
  // What was read in a transaction that was rolled back no longer holds.
  void forget() {
    all_.clear(), now_.clear(), sort_out();
    epoch_ = -1;
  }
  // The key under which the article of an entry is kept: another than it names, where a report of
  // it took its place that goes before it (sightings.h).
  const std::string& key_now(const std::string& key) const;
  bool empty() const { return all_.empty(); }
  const std::vector<Correction>& all() const { return all_; }
  bool undone(int64_t number) const { return undone_.count(number) > 0; }
  // Was an article of these words deleted, whatever day it names?
  bool deleted(const std::string& key) const { return deleted_.count(key.substr(0, 16)) > 0; }
  // Is there anything that changes the record of this article?
  bool touch(const std::string& key) const { return by_article_.count(key) || !merges_.empty(); }
  // The record with all that stands laid over it. `misfits` is told what does not fit, and why.
  // Without `merged` its actors are called as the article calls them.
  Record laid_over(const std::string& key, const Record& as_read,
                   std::map<int64_t, std::string>* misfits = nullptr, bool merged = true) const;
  // Adds an entry, gives its number.
  int64_t append(const Correction& correction);

 private:
  void sort_out();
  bool look_up_keys();

  Database& db_;
  int64_t epoch_ = -1;                      // of the numbers and keys of the ledger
  std::map<std::string, std::string> now_;  // keys that entries name → those of today
  std::vector<Correction> all_;
  std::set<int64_t> undone_;
  std::set<std::string> deleted_;
  std::map<std::string, std::vector<size_t>> by_article_;  // those that stand, by places in all_
  ActorMerges merges_;
};

}  // namespace chancery
