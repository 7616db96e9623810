// What the ledger knows of storylines while articles are written: rows are fetched for many articles
// at once and written at the end of a batch, not one by one.
//
//   store.ask(keys, day);                          // of one article, or of all that come next
//   store.fetch();
//   for (int64_t number : store.found(keys, day)) store.at(number).profile …
//   store.write();
//
// The rows of a key are never changed: a storyline that is now of another is known by its old number
// there, and the other is taken for it.
//
// Where the tables were empty when it began, all that they come to hold has passed through here: it is
// remembered from batch to batch, and they are not asked for what stands in them.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ledger/database.h"
#include "ledger/story_profile.h"

namespace chancery {

class StoryStore {
 public:
  struct Story {
    std::string title, first, last;
    int64_t articles = 0;
    StoryProfile profile;
    bool fresh = true, changed = true;  // not in its table yet; otherwise than there
    // The first and the last day as numbers (calendar.h), nothing where they are none.
    std::optional<int64_t> first_number, last_number;
    void set_days(const std::string& from, const std::string& until);
  };
  // Days after which a dispute is another one.
  static constexpr long kMonths = 200;

  explicit StoryStore(Database& db) : db_(db) {}

  // The tables are empty now, and nobody else writes before the next forget().
  void begin_empty();
  // What will be looked for: in how many articles marks are; storylines by keys about a day.
  void ask(const std::vector<std::string>& marks);
  void ask(const std::set<int64_t>& keys, const std::string& day);
  // Fetches what is not known of it yet.
  void fetch();
  // Forgets storylines of which nothing changed, where they are very many: first those that ended
  // long before that day.
  void let_go(const std::string& day);

  // Of so many articles; of all of them for "".
  int64_t articles_with(const std::string& mark) const { return marks_.at(mark).articles; }
  void count(const std::string& mark);
  // The newest storylines under each key that were told within months of that day, by the numbers
  // they have now, each once.
  std::vector<int64_t> found(const std::set<int64_t>& keys, const std::string& day) const;
  void put(int64_t key, const std::string& day, int64_t story);

  // Fetches those of them that are not known, together.
  void need(const std::vector<int64_t>& numbers);
  // One that was found, or any; nullptr where there is none.
  Story* at(int64_t number);
  // A new one, and its number.
  std::pair<int64_t, Story*> begin();
  // What was `other` is now of `story`.
  void join(int64_t story, int64_t other);
  // The number by which a storyline of this batch is known now.
  int64_t now(int64_t number) const;

  // Writes what is not in the tables yet; remembers tables that began empty, unless they are very large.
  void write();
  void forget();

 private:
  struct Mark {
    int64_t articles = 0;
    bool fresh = true, changed = false;
  };
  using Place = std::pair<int64_t, int64_t>;  // a key and the code of a day (parts.h)
  struct Row {
    int64_t story;  // as the table has it
    bool that_day;  // there is a row of the very day
  };
  struct Window {
    int64_t from, until;  // codes of days
  };
  struct HashPlace {
    size_t operator()(const Place& place) const {
      return static_cast<size_t>(place.first) * 0x9E3779B97F4A7C15u +
             static_cast<size_t>(place.second);
    }
  };
  void add_found(int64_t key, int64_t code, const Window& window, std::vector<int64_t>& out) const;
  void fetch_rows();
  void forget_answers();
  void fetch_joined(const std::vector<int64_t>& numbers);
  bool surely_new(const Place& place, int64_t story) const;
  void sort_rows();
  void write_marks();
  void write_keys();
  void write_stories();
  void write_joined();

  Database& db_;
  std::vector<std::string> asked_marks_;
  std::vector<Place> asked_;
  std::unordered_map<std::string, Mark> marks_;
  std::map<int64_t, Window> windows_;  // by the code of the day about which they are
  std::unordered_map<Place, std::vector<Row>, HashPlace> rows_;  // as their table has them
  // Put since it began or forgot, by key: storylines, the newest last, and the days, each pair once.
  using Put = std::vector<std::pair<int64_t, int64_t>>;
  std::unordered_map<int64_t, Put> put_;
  size_t rows_held_ = 0;  // of put_
  std::vector<std::pair<Place, int64_t>>
      unwritten_;       // those of them that are not in their table yet
  bool whole_ = false;  // the tables began empty: put_ has all rows, joined_ all that were joined
  std::unordered_map<int64_t, Story> stories_;
  std::unordered_map<int64_t, int64_t> joined_;  // number → the one it is of
  std::unordered_set<int64_t> looked_up_;        // numbers of which that is known
  std::set<int64_t> gone_;                       // those of them that became so in this batch
  int64_t next_ = 0;  // the number of the next storyline, 0: not looked up
};

}  // namespace chancery
