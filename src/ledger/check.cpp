#include "ledger/check.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/strings.h"
#include "ledger/article_records.h"
#include "ledger/digest.h"
#include "ledger/filed.h"
#include "ledger/packing.h"
#include "record/json.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

// A folder that is gone afterwards.
class Workshop {
 public:
  Workshop() {
    std::string name = (fs::temp_directory_path() / "chancery-check-XXXXXX").string();
    if (!mkdtemp(name.data())) throw StartError(name + ": no folder can be made for the check");
    path_ = name;
  }
  ~Workshop() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Workshop(const Workshop&) = delete;
  std::string file() const { return path_ + "/anew.ledger"; }

 private:
  std::string path_;
};

bool has_table(Database& db, const std::string& name) {
  Query q(db, db.dialect() == Database::sqlite
                  ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
                  : "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                    "current_schema() AND table_name = ?");
  q.bind(name).step();
  return q.integer(0) > 0;
}

// All rows as they stand, by the names of their columns; `rows` is what they are asked of.
void copy_table(Database& from, Database& to, const std::string& table, const std::string& order,
                const std::string& rows) {
  int64_t done = 0;
  for (bool more = true; more;) {
    Query q(from,
            fmt::format("SELECT * FROM {} ORDER BY {} LIMIT 2000 OFFSET {}", rows, order, done));
    more = false;
    std::unique_ptr<Query> put;
    while (q.step()) {
      if (!put) {
        std::string names, marks;
        for (int c = 0; c < q.columns(); ++c) {
          names += (c ? ", " : "") + q.name(c);
          marks += c ? ",?" : "?";
        }
        put = std::make_unique<Query>(
            to, "INSERT INTO " + table + "(" + names + ") VALUES (" + marks + ")");
      }
      for (int c = 0; c < q.columns(); ++c)
        if (q.null(c)) put->bind_null();
        else put->bind(q.text(c));
      put->step();
      put->reset();
      ++done;
      more = true;
    }
  }
}

void copy_table(Database& from, Database& to, const std::string& table, const std::string& order) {
  copy_table(from, to, table, order, table);
}

// Holds the columns of an article, and what was filled in of it, against its record.
class Articles {
 public:
  Articles(Database& db, std::vector<std::string>& found) : db_(db), found_(found) {}

  void look() {
    const std::string columns =
        "number, key, id, url, publisher, title, published, language, day, " +
        record_of(db_, "article");
    for (int64_t last = 0;;) {
      Query q(db_,
              "SELECT " + columns + " FROM article WHERE number > ? ORDER BY number LIMIT 200");
      q.bind(last);
      int rows = 0;
      for (; q.step(); ++rows) look_at(q, last = q.integer(0));
      if (rows == 0) break;
    }
    strays("address", "an address");
    strays("filled", "something that was learnt");
    if (lies_by_months(db_, "article_record")) strays("article_record", "a record");
  }

 private:
  void look_at(const Query& q, int64_t number) {
    Record record;
    try {
      record = record_from_json(q.text(9), Origin::kept);
    } catch (const Error& error) {
      found_.push_back(
          fmt::format("article {}: its record cannot be read: {}", number, error.what()));
      return;
    }
    const Article& a = record.article;
    const std::string day = day_of_publication(a.published);
    const std::pair<const char*, std::string> columns[] = {
        {"key", article_key(a)},  {"id", a.id},       {"address", a.url},
        {"paper", a.publisher},   {"title", a.title}, {"publication", a.published},
        {"language", a.language}, {"day", day}};
    int column = 0;
    for (const auto& [name, value] : columns)
      if (q.text(++column) != value)
        found_.push_back(fmt::format("article {}: its {} is '{}', by its record '{}'", number, name,
                                     q.text(column), value));
    std::set<std::string> ids;
    for (const Entity& e : record.entities) ids.insert(e.id);
    Query filled(db_, "SELECT entity FROM filled WHERE article = ?");
    filled.bind(number);
    while (filled.step())
      if (!ids.count(filled.text(0)))
        found_.push_back(fmt::format("article {}: something was learnt of '{}', who is not in it",
                                     number, filled.text(0)));
  }

  void strays(const std::string& table, const std::string& what) {
    Query q(db_, "SELECT count(*) FROM " + table +
                     " x WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.number = x.article)");
    q.step();
    if (q.integer(0))
      found_.push_back(fmt::format("{} of {} articles that are not there", what, q.integer(0)));
  }

  Database& db_;
  std::vector<std::string>& found_;
};

// What the codes of packed records stand for.
void look_at_packing(Database& db, std::vector<std::string>& found) {
  if (db.dialect() != Database::sqlite) return;
  Packing::Phrases phrases;
  Query q(db, "SELECT code, words FROM packing ORDER BY code");
  while (q.step()) phrases.push_back({q.text(0), q.text(1)});
  Query kept(db, "SELECT version FROM derived WHERE name = 'packing'");
  if (!kept.step() || kept.integer(0) != Packing(phrases).digest())
    found.push_back("the list of phrases by which records are packed is not the one it was");
}

void look_at_words(Database& db, std::vector<std::string>& found) {
  if (db.dialect() != Database::sqlite) return;
  try {
    db.run("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)");
  } catch (const Error& error) {
    found.push_back(std::string("the full-text index does not hold its texts: ") + error.what());
  }
}

void compare(Database& kept, Database& anew, std::vector<std::string>& found) {
  const std::vector<TableDigest> a = digests(kept), b = digests(anew);
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i].derived && a[i].sha256 != b[i].sha256)
      found.push_back(fmt::format("{}: {} rows, not the {} that the records give", a[i].name,
                                  a[i].rows, b[i].rows));
}

}  // namespace

std::vector<std::string> damages(Ledger& ledger, const Ledger::Progress& progress) {
  std::vector<std::string> found;
  Database& db = ledger.database();
  look_at_packing(db, found);
  look_at_words(db, found);
  Articles(db, found).look();
  Workshop workshop;
  Ledger anew(workshop.file(), Ledger::write);
  anew.database().run("PRAGMA synchronous = OFF");
  anew.begin();
  // The other one packs by a list of its own.
  copy_table(db, anew.database(), "article", "number",
             "(SELECT number, key, id, url, publisher, title, published, language, day, added, "
             "coalesce(" +
                 record_of(db, "article") + ", '') AS record FROM article) AS plain");
  copy_table(db, anew.database(), "filled", "article, entity");
  copy_table(db, anew.database(), "address", "article, address");
  // What people put right counts too.
  if (has_table(db, "correction")) copy_table(db, anew.database(), "correction", "number");
  copy_table(db, anew.database(), "sighting", "seen, address, article");
  anew.commit();
  anew.rebuild(progress);
  compare(db, anew.database(), found);
  return found;
}

}  // namespace chancery
