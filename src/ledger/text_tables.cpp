// The texts: the full-text index, and nearly equal texts by MinHash (duplicates.h). Finds of which
// article this one is a copy, and which version stood at its address before.
#include <fmt/format.h>

#include <map>
#include <set>

#include "ledger/cut.h"
#include "ledger/derivation.h"
#include "ledger/duplicates.h"
#include "ledger/months.h"

namespace chancery {
namespace {

// Of the articles that share a band, so many are compared.
constexpr size_t kLooked = 20;

class TextTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "texts"; }
  int version() const override { return db_.dialect() == Database::sqlite ? 3 : 4; }
  std::vector<const char*> tables() const override { return {"band", "words"}; }
  void drop() override {
    Derivation::drop();
    db_.run("DROP VIEW IF EXISTS word_source");
  }
  std::string create() const override;
  void write(Entry& entry) override;
  void recall(Entry& entry) override;
  void cut_off(int64_t last, const std::string& day) override;
  void finish() override;
  void forget() override { texts_.clear(), bands_.clear(), found_.clear(); }

 private:
  struct Text {
    std::string title, text, day;
    int64_t copy_of = 0;
  };
  int64_t copy_of(int64_t number, const Record& record);
  void write_words();

  std::vector<int64_t> found_;                     // bands of the article being written
  std::map<int64_t, std::vector<int64_t>> bands_;  // hash → articles, not yet in their table
  std::map<int64_t, Text> texts_;                  // by article, not yet in the index
};

std::string TextTables::create() const {
  return std::string(R"sql(
CREATE TABLE band (                -- bands of an article's MinHash: nearly equal texts share one
  hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
)sql") + (db_.dialect() == Database::sqlite
              // The index alone: the texts are in the records, and are not kept twice.
              ? "CREATE VIEW word_source AS SELECT number, title, record_text(record) AS text "
                "FROM article; CREATE VIRTUAL TABLE words USING fts5(title, text, content = "
                "'word_source', content_rowid = 'number', tokenize = 'unicode61 "
                "remove_diacritics 2');"
              : "CREATE TABLE words (number BIGINT NOT NULL, month TEXT NOT NULL, text TEXT NOT "
                "NULL, search TSVECTOR NOT NULL, PRIMARY KEY (number, month)" +
                    end_by_months(db_.dialect(), "words") +
                    "CREATE INDEX words_search ON words USING gin(search);");
}

int64_t TextTables::copy_of(int64_t number, const Record& r) {
  std::vector<uint64_t> own = shingles(r.article.text);
  found_.clear();
  if (own.size() < 20) return 0;  // a line or two is like many others
  std::set<int64_t> candidates;
  std::vector<int64_t> keys = bands(own);
  Query look(db_, std::string("SELECT article FROM band WHERE hash = ? ORDER BY article LIMIT ") +
                      std::to_string(kLooked));
  for (int64_t key : keys) {
    look.bind(key);
    size_t seen = 0;
    for (; look.step(); ++seen) candidates.insert(look.integer(0));
    look.reset();
    // Those that wait for their table are later ones: whether a batch ends here or there, the same
    // are looked at.
    if (auto waiting = bands_.find(key); waiting != bands_.end())
      for (int64_t article : waiting->second)
        if (seen++ < kLooked) candidates.insert(article);
  }
  found_ = keys;
  Query text(db_, db_.dialect() == Database::sqlite
                      ? "SELECT w.text, a.copy_of FROM words w JOIN article a ON a.number = "
                        "w.rowid WHERE w.rowid = ?"
                      : "SELECT w.text, a.copy_of FROM article a JOIN words w ON w.number = "
                        "a.number AND w.month = " +
                            month_of_column("a.day") + " WHERE a.number = ?");
  int64_t best = 0;
  double like = kCopy;
  for (int64_t c : candidates) {
    if (c == number) continue;
    if (auto waiting = texts_.find(c); waiting != texts_.end()) {
      if (double l = likeness(own, shingles(waiting->second.text)); l > like) {
        like = l;
        best = waiting->second.copy_of ? waiting->second.copy_of : c;
      }
      continue;
    }
    text.bind(c);
    if (text.step())
      if (double l = likeness(own, shingles(text.text(0))); l > like) {
        like = l;
        best = text.null(1) ? c : text.integer(1);
      }
    text.reset();
  }
  return best;
}

void TextTables::write(Entry& e) {
  const Article& a = e.record.article;
  e.copy_of = copy_of(e.number, e.record);
  if (!a.url.empty()) {
    // At the same address, or at one that differs from it in nothing that matters.
    Query q(db_,
            "SELECT max(number) FROM (SELECT max(number) AS number FROM article WHERE url = ? AND "
            "number < ? UNION ALL SELECT max(o.article) FROM address a JOIN address o ON o.address "
            "= a.address WHERE a.article = ? AND o.article < ?) AS earlier");
    q.bind(a.url).bind(e.number).bind(e.number).bind(e.number);
    if (q.step() && !q.null(0)) e.replaces = q.integer(0);
  }
  for (int64_t key : found_) bands_[key].push_back(e.number);
  texts_[e.number] = {a.title, a.text, day_of_publication(a.published), e.copy_of};
}

void TextTables::recall(Entry& e) {
  Query q(db_, "SELECT copy_of, replaces FROM article WHERE number = ?");
  if (!q.bind(e.number).step()) return;
  e.copy_of = q.null(0) ? 0 : q.integer(0);
  e.replaces = q.null(1) ? 0 : q.integer(1);
}

void TextTables::cut_off(int64_t last, const std::string&) {
  db_.run(fmt::format("DELETE FROM band WHERE article > {}", last));
  if (db_.dialect() != Database::sqlite)
    return db_.run(fmt::format("DELETE FROM words WHERE number > {}", last));
  // Of texts that are in the index only: to take out one that is not would damage it.
  db_.run(fmt::format(
      "INSERT INTO words(words, rowid, title, text) SELECT 'delete', s.number, s.title, "
      "s.text FROM word_source s JOIN words_docsize d ON d.id = s.number WHERE "
      "s.number > {}",
      last));
}

void TextTables::finish() {
  Query band(db_, "INSERT INTO band VALUES (?,?) ON CONFLICT DO NOTHING");
  for (const auto& [hash, articles] : bands_)
    for (int64_t article : articles) {
      band.bind(hash).bind(article).step();
      band.reset();
    }
  bands_.clear();
  if (!texts_.empty()) write_words();
  texts_.clear();
}

void TextTables::write_words() {
  const bool sqlite = db_.dialect() == Database::sqlite;
  for (const auto& [number, t] : texts_) need_month(db_, {"words"}, month_of(t.day));
  Query words(db_, sqlite ? "INSERT INTO words(rowid, title, text) VALUES (?,?,?)"
                          : "INSERT INTO words(number, month, text, search) VALUES (?, ?, ?, "
                            "to_tsvector('simple', ?))");
  for (const auto& [number, t] : texts_) {
    words.bind(number);
    // PostgreSQL indexes a megabyte of a text at most.
    if (sqlite) words.bind(t.title).bind(t.text);
    else words.bind(month_of(t.day)).bind(t.text).bind(cut(t.title + "\n" + t.text, 900000));
    words.step();
    words.reset();
  }
}

}  // namespace

std::unique_ptr<Derivation> text_tables(Database& db) { return std::make_unique<TextTables>(db); }

}  // namespace chancery
