// The texts: the full-text index, and nearly equal texts by MinHash (duplicates.h). Finds of which
// article this one is a copy, and which version stood at its address before.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/strings.h"
#include "ledger/derivation.h"
#include "ledger/duplicates.h"
#include "ledger/earlier_versions.h"
#include "ledger/given.h"
#include "ledger/months.h"

namespace chancery {
namespace {

// Of the articles that share a band, so many are compared.
constexpr size_t kLooked = 20;
// Shingles of a text that is compared: a line or two is like many others.
constexpr size_t kComparable = 20;
// Bytes of a text that a server indexes.
constexpr int kIndexed = 900000;

class TextTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "texts"; }
  int version() const override { return db_.dialect() == Database::sqlite ? 3 : 5; }
  std::vector<const char*> tables() const override { return {"band", "words"}; }
  void drop() override {
    Derivation::drop();
    db_.run("DROP VIEW IF EXISTS word_source");
  }
  std::string create() const override;
  void expect(const std::vector<Expected>& articles) override;
  void write(Entry& entry) override;
  void recall(Entry& entry) override;
  void cut_off(int64_t last, const std::string& day) override;
  void finish() override;
  void forget() override {
    texts_.clear(), bands_.clear(), kept_bands_.clear(), words_.clear(), earlier_.forget();
  }

 private:
  struct Text {
    std::string title, text, day;
    int64_t copy_of = 0;
  };
  // What a text is compared by.
  struct Shingled {
    std::vector<uint64_t> shingles;
    std::vector<int64_t> bands;  // none of a line or two, which is like many others
  };
  const Shingled& shingled(const std::string& text);
  void fetch_bands(const std::vector<const Shingled*>& texts);
  std::set<int64_t> candidates(const Shingled& own) const;
  int64_t copy_of(int64_t number, const Shingled& own);
  void write_words();

  EarlierVersions earlier_{db_};
  using Bands = std::unordered_map<int64_t, std::vector<int64_t>>;  // hash → articles
  Bands kept_bands_;                                                // as their table has them
  Bands bands_;                                                     // not yet in it
  std::map<int64_t, Text> texts_;                 // by article, not yet in the index
  std::unordered_map<uint64_t, Shingled> words_;  // by the hash of the text
};

// SQL: what the index of a server has of an article, a megabyte of it at most.
std::string indexed_words() {
  const std::string all = "(head || chr(10) || text)";
  // Bytes that its characters take beyond one each are none for others.
  return fmt::format(
      "to_tsvector('simple'::regconfig, left({0}, greatest({1} / 4, {1} - (octet_length({0}) - "
      "char_length({0})))))",
      all, kIndexed);
}

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
              : "CREATE TABLE words (number BIGINT NOT NULL, month TEXT NOT NULL, head TEXT NOT "
                "NULL, text TEXT NOT NULL, search TSVECTOR NOT NULL GENERATED ALWAYS AS (" +
                    indexed_words() + ") STORED, PRIMARY KEY (number, month)" +
                    end_by_months(db_.dialect(), "words") +
                    "CREATE INDEX words_search ON words USING gin(search);");
}

const TextTables::Shingled& TextTables::shingled(const std::string& text) {
  auto [it, fresh] = words_.try_emplace(hash64(text));
  Shingled& out = it->second;
  if (!fresh) return out;
  out.shingles = shingles(text);
  if (out.shingles.size() >= kComparable) out.bands = bands(out.shingles);
  return out;
}

void TextTables::fetch_bands(const std::vector<const Shingled*>& texts) {
  Given q(db_,
          "SELECT hash, article FROM band WHERE hash = given.band ORDER BY article LIMIT " +
              std::to_string(kLooked),
          {{"band", Given::number}});
  for (const Shingled* text : texts)
    for (int64_t band : text->bands)
      if (kept_bands_.try_emplace(band).second) q.add(band);
  q.run([&](const Query& row) { kept_bands_[row.integer(0)].push_back(row.integer(1)); });
}

std::set<int64_t> TextTables::candidates(const Shingled& own) const {
  std::set<int64_t> out;
  for (int64_t band : own.bands) {
    const std::vector<int64_t>& kept = kept_bands_.at(band);
    out.insert(kept.begin(), kept.end());
    size_t seen = kept.size();
    // Those that wait for their table are later ones: whether a batch ends here or there, the same
    // are looked at.
    if (auto waiting = bands_.find(band); waiting != bands_.end())
      for (int64_t article : waiting->second)
        if (seen++ < kLooked) out.insert(article);
  }
  return out;
}

int64_t TextTables::copy_of(int64_t number, const Shingled& own) {
  Query text(db_, db_.dialect() == Database::sqlite
                      ? "SELECT w.text, a.copy_of FROM words w JOIN article a ON a.number = "
                        "w.rowid WHERE w.rowid = ?"
                      : "SELECT w.text, a.copy_of FROM article a JOIN words w ON w.number = "
                        "a.number AND w.month = " +
                            month_of_column("a.day") + " WHERE a.number = ?");
  int64_t best = 0;
  double like = kCopy;
  for (int64_t c : candidates(own)) {
    if (c == number) continue;
    if (auto waiting = texts_.find(c); waiting != texts_.end()) {
      if (double l = likeness(own.shingles, shingled(waiting->second.text).shingles); l > like) {
        like = l;
        best = waiting->second.copy_of ? waiting->second.copy_of : c;
      }
      continue;
    }
    text.bind(c);
    if (text.step())
      if (double l = likeness(own.shingles, shingles(text.text(0))); l > like) {
        like = l;
        best = text.null(1) ? c : text.integer(1);
      }
    text.reset();
  }
  return best;
}

void TextTables::expect(const std::vector<Expected>& articles) {
  std::vector<const Shingled*> texts;
  for (const Expected& x : articles) texts.push_back(&shingled(x.record->article.text));
  fetch_bands(texts);
  earlier_.expect(articles);
}

void TextTables::write(Entry& e) {
  const Article& a = e.record.article;
  const Shingled& own = shingled(a.text);
  fetch_bands({&own});
  e.copy_of = copy_of(e.number, own);
  e.replaces = earlier_.before(e);
  for (int64_t band : own.bands) bands_[band].push_back(e.number);
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
  // In the order of their table: neighbours lie on the same pages.
  std::vector<std::pair<int64_t, int64_t>> rows;
  for (const auto& [hash, articles] : bands_)
    for (int64_t article : articles) rows.push_back({hash, article});
  std::sort(rows.begin(), rows.end());
  for (const auto& [hash, article] : rows) {
    band.bind(hash).bind(article).step();
    band.reset();
  }
  if (!texts_.empty()) write_words();
  forget();
}

void TextTables::write_words() {
  const bool sqlite = db_.dialect() == Database::sqlite;
  for (const auto& [number, t] : texts_) need_month(db_, {"words"}, month_of(t.day));
  Query words(db_, sqlite ? "INSERT INTO words(rowid, title, text) VALUES (?,?,?)"
                          : "INSERT INTO words(number, month, head, text) VALUES (?,?,?,?)");
  for (const auto& [number, t] : texts_) {
    words.bind(number);
    if (!sqlite) words.bind(month_of(t.day));
    words.bind(t.title).bind(t.text).step();
    words.reset();
  }
}

}  // namespace

std::unique_ptr<Derivation> text_tables(Database& db) { return std::make_unique<TextTables>(db); }

}  // namespace chancery
