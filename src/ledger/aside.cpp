// Records that are kept and cannot be read: written by an older program that looked less closely,
// or damaged since. They stand aside, out of all answers, until a program can read them again;
// nothing of them is thrown away.
#include "base/error.h"
#include "ledger/article_records.h"
#include "ledger/ledger.h"
#include "ledger/packing.h"
#include "record/json.h"

namespace chancery {
namespace {

// Made when it is first wanted: most ledgers never are in want of it.
constexpr const char* kTable =
    "CREATE TABLE aside (number INTEGER PRIMARY KEY, key TEXT NOT NULL, id TEXT NOT "
    "NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT "
    "NULL, language TEXT NOT NULL, day TEXT NOT NULL, added TEXT NOT NULL, record TEXT NOT NULL, "
    "why TEXT NOT NULL) STRICT;";

bool has_table(Database& db) {
  Query q(db, db.dialect() == Database::sqlite
                  ? "SELECT count(*) FROM sqlite_master WHERE name = 'aside'"
                  : "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                    "current_schema() AND table_name = 'aside'");
  q.step();
  return q.integer(0) > 0;
}

// Those that can be read now; not one whose article was taken again meanwhile.
std::vector<int64_t> whole_again(Database& db) {
  std::vector<int64_t> out;
  Query q(db, "SELECT number, " + plain_record(db, "record") +
                  " FROM aside x WHERE NOT EXISTS (SELECT 1 FROM article a WHERE "
                  "a.key = x.key OR a.number = x.number) ORDER BY number");
  while (q.step()) try {
      record_from_json(q.text(1), Origin::kept);
      out.push_back(q.integer(0));
    } catch (const Error&) {
      // It stays where it is.
    }
  return out;
}

// What was filled in of it is learnt anew by recode; its number may be given again meanwhile.
void forget_filled(Database& db, int64_t number) {
  Query filled(db, "DELETE FROM filled WHERE article = ?");
  filled.bind(number).step();
}

}  // namespace

std::vector<Aside> Ledger::aside() {
  std::vector<Aside> out;
  if (!has_table(*db_)) return out;
  Query q(*db_, "SELECT number, id, why FROM aside ORDER BY number");
  while (q.step()) out.push_back({q.integer(0), q.text(1), q.text(2)});
  return out;
}

bool Ledger::set_aside(const std::function<void(int64_t, int64_t)>& progress) {
  std::vector<std::pair<int64_t, std::string>> broken;
  each([](int64_t, const Record&) {},
       [&](int64_t number, const Error& error) {
         broken.push_back({number, error.what()});
       });
  bool table = has_table(*db_);
  std::vector<int64_t> whole = table ? whole_again(*db_) : std::vector<int64_t>();
  if (broken.empty() && whole.empty()) return false;
  begin();
  try {
    if (!table) db_->run(db_->ddl(kTable));
    for (int64_t number : whole) {
      forget_filled(*db_, number);
      ArticleRecords(*db_).put_back("aside", "number", std::to_string(number));
    }
    for (const auto& [number, why] : broken) {
      forget_filled(*db_, number);
      ArticleRecords(*db_).move_to("aside", number, ", why", why);
    }
    rebuild(progress);
    commit();
    return true;
  } catch (...) {
    try {
      rollback();
    } catch (const Error&) {
      // The error that brought us here is the one to tell.
    }
    throw;
  }
}

}  // namespace chancery
