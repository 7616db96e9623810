// In how many places articles of which day said of somebody who that is: what was learnt
// (learned.h) before a day is known from it when later days are settled anew.
#include <map>

#include "ledger/derivation.h"
#include "ledger/filed.h"
#include "ledger/given.h"
#include "ledger/learned.h"
#include "ledger/taught.h"

namespace chancery {
namespace {

class TaughtTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "taught"; }
  int version() const override { return 2; }
  std::vector<const char*> tables() const override { return {"taught"}; }
  std::string create() const override {
    return R"sql(
CREATE TABLE taught (              -- reading: the hash of a name with its country, sector and role
  reading INTEGER NOT NULL, day TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (reading, day)
) STRICT, WITHOUT ROWID;
)sql";
  }
  void write(Entry& entry) override {
    const Record& r = entry.record;
    std::string day = day_of_publication(r.article.published);
    if (day.empty()) day = kNoDay;
    for (const Taught& t : taught_by(r))
      ++counts_[{reading_number(t.name, t.country, t.sector, t.role), day}];
  }
  void recall(Entry&) override {}
  void cut_off(int64_t, const std::string& day) override {
    Query q(db_, "DELETE FROM taught WHERE day >= ?");
    q.bind(day).step();
  }
  void finish() override {
    Given q(db_,
            "INSERT INTO taught(reading, day, articles) VALUES (given.read, given.told, "
            "given.times) ON CONFLICT (reading, day) DO UPDATE SET articles = taught.articles + "
            "excluded.articles",
            {{"read", Given::number}, {"told", Given::text}, {"times", Given::number}});
    for (const auto& [row, articles] : counts_) q.add(row.first).add(row.second).add(articles);
    q.run();
    counts_.clear();
  }
  void forget() override { counts_.clear(); }

 private:
  std::map<std::pair<int64_t, std::string>, int64_t> counts_;  // not yet in the table
};

}  // namespace

std::unique_ptr<Derivation> taught_tables(Database& db) {
  return std::make_unique<TaughtTables>(db);
}

}  // namespace chancery
