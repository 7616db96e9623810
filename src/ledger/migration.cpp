// Ledgers of earlier versions are brought to the present one when they are opened for writing: the
// kept tables step by step, the derived ones, where their version has changed, from the records.
// All of it or nothing: whatever ends it, the ledger is what it was before.
#include <fmt/format.h>

#include "base/error.h"
#include "ledger/article_records.h"
#include "ledger/ledger.h"
#include "ledger/packing.h"
#include "ledger/schema.h"
#include "ledger/views.h"

namespace chancery {
namespace {

// A SQLite ledger packs by the list of phrases that it was begun with. What was kept before it had
// one is packed now; nothing else of these rows changes.
void begin_packing(Database& db) {
  if (db.dialect() != Database::sqlite) return;
  {
    Query q(db, "SELECT 1 FROM packing LIMIT 1");
    if (q.step()) return;
  }
  const Packing::Phrases& phrases = Packing::shipped();
  Query put(db, "INSERT INTO packing(code, words) VALUES (?,?)");
  for (const auto& [code, words] : phrases) {
    put.bind(code).bind(words).step();
    put.reset();
  }
  Query digest(db,
               "INSERT INTO derived(name, version) VALUES ('packing', ?) ON CONFLICT (name) DO "
               "UPDATE SET version = excluded.version");
  digest.bind(Packing(phrases).digest()).step();
  for (const char* table : {"article", "withdrawn"})
    db.run(std::string("UPDATE ") + table + " SET record = packed_record(record)");
}

}  // namespace

Ledger::Ledger(const std::string& where, Mode mode, const Progress& progress)
    : db_(Database::open(where, mode == read)), writer_(*db_), corrections_(*db_) {
  check_version();
  bool current = db_->version() == kLedgerVersion && writer_.up_to_date();
  if (current) return;
  if (mode == read)
    throw StartError(db_->where() +
                     (db_->version() == 0
                          ? ": an empty ledger; fill it with: chancery ingest --ledger " +
                                db_->where() + " FILE…"
                          : ": a ledger of an earlier version; `chancery doctor --ledger " +
                                db_->where() + "` brings it to the present one"));
  in_transaction([&] { migrate(progress); });
}

void Ledger::check_version() {
  int version = db_->version();
  if (version > kLedgerVersion)
    throw StartError(
        fmt::format("{}: a ledger of version {}, this program knows {}: use a newer chancery",
                    db_->where(), version, kLedgerVersion));
}

void Ledger::in_transaction(const std::function<void()>& work) {
  begin();
  try {
    work();
    commit();
  } catch (...) {
    try {
      rollback();
    } catch (const Error&) {
      // The error that brought us here is the one to tell.
    }
    throw;
  }
}

void Ledger::migrate(const Progress& progress) {
  // One at a time: what another program has done meanwhile need not be done again.
  db_->lock();
  check_version();
  int version = db_->version();
  if (version == 0) db_->run(db_->ddl(kKeptTables));
  else if (version < kLedgerVersion) {
    // Views would hold on to the tables that the steps change.
    view_group(*db_)->drop();
    if (version > 4) db_->run("DELETE FROM derived WHERE name = 'views'");
    for (int v = version; v < kLedgerVersion; ++v) db_->run(db_->ddl(kSteps[v]));
  }
  if (version < kMonthsVersion) ArticleRecords(*db_).part_by_months();
  if (version != kLedgerVersion) db_->set_version(kLedgerVersion);
  begin_packing(*db_);
  derive(false, progress);
}

void Ledger::derive(bool all, const Progress& progress, const std::set<std::string>& also) {
  writer_.bring_up(all, also, [&](const std::function<void(int64_t, const Record&)>& take) {
    int64_t count = articles(), done = 0;
    auto next = [&] {
      if (progress) progress(++done, count);
    };
    each(
        [&](int64_t number, const Record& r) {
          take(number, r);
          next();
        },
        [&](int64_t, const Error&) { next(); });
  });
}

void Ledger::rebuild(const Progress& progress) {
  if (inside_) derive(true, progress);
  else in_transaction([&] { derive(true, progress); });
}

}  // namespace chancery
