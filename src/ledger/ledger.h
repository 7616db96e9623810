// The ledger: records in, answers out.
//
//   Ledger ledger("my.ledger", Ledger::write);
//   ledger.add(record);                                  // twice changes nothing
//   Answer a = ledger.statements({.by = {"Varga", ""}});
//
// One writer, many readers (SQLite's WAL). What `commit` returned from is kept.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "ledger/learned.h"
#include "ledger/sqlite.h"
#include "record/record.h"

namespace chancery {

// An actor in a question: by name (a word or more of it), or by the state it belongs to.
struct ActorFilter {
  std::string name;
  std::string country;  // ISO 3166 alpha-3
  bool empty() const { return name.empty() && country.empty(); }
};

struct Question {
  ActorFilter by, toward, between_a, between_b, actor;  // actor: in any part
  std::string text;        // full text of the article
  std::string about;       // words in the content, or an actor named in it
  std::string topic, stance, type, status;
  std::string from, until; // dates, inclusive; of the item where it has one, else of the article
  int limit = 100;
};

// A table: column names and rows of text.
struct Answer {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

class Ledger {
 public:
  enum Mode { read, write };
  Ledger(const std::string& path, Mode mode);

  enum class Added { fresh, known };
  // Inside begin() … commit(), or alone. Throws Error for a record that does not hold its invariants.
  // Unless learning is off, what the ledger has learnt of actors fills what the record leaves open (learned.h), in the
  // order of the records: the same records in the same order make the same ledger.
  Added add(const Record& record);
  void learning(bool on) { learning_ = on; }
  Learned learned() { return Learned(db_); }
  void begin();
  void commit();
  int64_t articles();

  // Is an article of this address kept?
  bool has_url(const std::string& url);
  // What a feed's server said of its version when it was last read: ETag and Last-Modified, "" when it was never read.
  std::pair<std::string, std::string> feed_state(const std::string& url);
  void set_feed_state(const std::string& url, const std::string& etag, const std::string& modified);

  Answer statements(const Question& q);
  Answer events(const Question& q);
  Answer positions(const Question& q);
  Answer calendar(const Question& q);
  Answer novelty(const Question& q);
  Answer actors(const Question& q);
  Answer search(const Question& q);

 private:
  void migrate();
  Answer ask(const std::string& item, const std::string& select, const Question& q, const std::string& date, const std::vector<std::pair<std::string, ActorFilter>>& parts, const std::string& extra, const std::string& order);

  Database db_;
  bool learning_ = true;
};

// The key under which an article is kept: the same words are the same article.
std::string article_key(const Article& article);

}  // namespace chancery
