#include "ledger/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <tuple>

#include "base/error.h"
#include "base/strings.h"
#include "ledger/article_records.h"
#include "ledger/filed.h"
#include "ledger/settle.h"
#include "ledger/sightings.h"
#include "record/json.h"
#include "record/validate.h"

namespace chancery {

std::string utc_now() {
  std::time_t t = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm tm{};
  gmtime_r(&t, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return text;
}

namespace {

// A record as it is kept; its article is named where it is none.
Record kept_record(int64_t number, const std::string& json) {
  try {
    return record_from_json(json, Origin::kept);
  } catch (const Error& error) {
    throw DamageError("article " + std::to_string(number) + ": " + error.what());
  }
}

}  // namespace

std::string article_key(const Article& article) {
  std::string body = squeeze(article.text);
  return fmt::format("{:016x}{:016x}", hash64(body),
                     hash64(body, hash64(article.published.substr(0, 10), 0x9E3779B97F4A7C15ull)));
}

void Ledger::begin() {
  db_->run(db_->dialect() == Database::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
  // One writer at a time on a server too: two that look for the same actors in another order would
  // wait for each other.
  db_->lock();
  inside_ = true;
  corrections_read_ = false;
}

void Ledger::commit() {
  writer_.finish();
  learning_.write();
  sightings_.forget();
  db_->run("COMMIT");
  inside_ = false;
  db_->committed();
}

void Ledger::rollback() {
  inside_ = false;
  writer_.forget();
  learning_.forget();
  sightings_.forget();
  corrections_.forget();
  db_->run("ROLLBACK");
}

void Ledger::rest() {
  writer_.forget();
  db_->rest();
}

int64_t Ledger::articles() {
  Query q(*db_, "SELECT count(*) FROM article");
  q.step();
  return q.integer(0);
}

bool Ledger::has_url(const std::string& url) {
  Query address(*db_, "SELECT 1 FROM address WHERE address = ? LIMIT 1");
  if (address.bind(rules_.key(url)).step()) return true;
  Query seen(*db_, "SELECT 1 FROM sighting WHERE address = ? LIMIT 1");
  if (seen.bind(rules_.key(url)).step()) return true;
  // One that a person deleted is not to be fetched again.
  Query gone(*db_, "SELECT 1 FROM withdrawn WHERE address = ? LIMIT 1");
  if (gone.bind(rules_.key(url)).step()) return true;
  // Articles of ledgers that kept no addresses.
  Query q(*db_, "SELECT 1 FROM article WHERE url = ? LIMIT 1");
  return q.bind(url).step();
}

std::pair<std::string, std::string> Ledger::feed_state(const std::string& url) {
  Query q(*db_, "SELECT etag, modified FROM feed WHERE url = ?");
  if (!q.bind(url).step()) return {};
  return {q.text(0), q.text(1)};
}

void Ledger::set_feed_state(const std::string& url, const std::string& etag,
                            const std::string& modified) {
  Query q(*db_,
          "INSERT INTO feed(url, etag, modified) VALUES (?,?,?) ON CONFLICT(url) DO UPDATE SET "
          "etag = excluded.etag, modified = excluded.modified");
  q.bind(url).bind(etag).bind(modified).step();
}

void Ledger::roll_back_quietly() {
  try {
    rollback();
  } catch (const Error&) {
    // The error that brought us here is the one to tell.
  }
}

void Ledger::check(const Record& record) const {
  auto problem = codes_ ? first_problem(record, *codes_) : first_problem(record);
  if (problem) throw Error("record '" + record.article.id.substr(0, 200) + "': " + *problem);
}

Ledger::Added Ledger::add(const Record& record) {
  check(record);
  const std::string key = article_key(record.article),
                    address = record.article.url.empty() ? "" : rules_.key(record.article.url);
  if (auto same = sightings_.articles(key, address); !same.empty()) {
    sightings_.add(same, key, address, record);
    return Added::known;
  }
  // Once a batch: a question for each record would cost more than it gives.
  if (!inside_ || !corrections_read_) corrections_.refresh();
  corrections_read_ = true;
  if (corrections_.deleted(key)) return Added::known;
  // All of an article or nothing of it. A record that holds its invariants fails for the store's
  // sake only (a full disk, a lost connection); then its batch is lost as a whole, which is cheaper
  // than a savepoint for every article.
  bool alone = !inside_;
  if (alone) begin();
  try {
    Record right;
    const bool touched = corrections_.touch(key);
    if (touched) right = corrections_.laid_over(key, record);
    const Record& said = touched ? right : record;
    std::vector<Fill> fills;
    if (learns_ && !left_open(said).empty()) fills = learning_.fills(said);
    if (learns_) learning_.teach(said);
    const int64_t number = db_->next_number("article");
    Record taught;
    if (!fills.empty()) fill_in(taught = said, fills);
    const Entry entry = writer_.write(number, fills.empty() ? said : taught, address);
    ArticleRecords(*db_).put(entry, key, record, utc_now());
    sightings_.took(key);
    if (!address.empty()) {
      Query found(*db_, "INSERT INTO address VALUES (?,?)");
      found.bind(address).bind(number).step();
    }
    keep_fills(number, fills);
    const bool copy = entry.copy_of != 0;
    if (alone) commit();
    return copy ? Added::copy : Added::fresh;
  } catch (const StartError&) {
    roll_back_quietly();
    throw;
  } catch (const std::exception& error) {
    roll_back_quietly();
    if (alone) throw;
    // The records before it in its batch are lost with it: to go on would report them as kept.
    throw StartError(db_->where() + ": record " + record.article.id +
                     " cannot be kept: " + error.what() + "; nothing of its batch was kept");
  }
}

void Ledger::expect(const std::vector<const Record*>& records) {
  std::vector<std::string> keys;
  for (const Record* r : records) keys.push_back(article_key(r->article));
  sightings_.expect(keys);
  // Of others nothing is written.
  std::vector<const Record*> unheard;
  std::vector<Expected> articles;
  for (size_t i = 0; i < records.size(); ++i) {
    if (!sightings_.unheard(keys[i])) continue;
    unheard.push_back(records[i]);
    const std::string& url = records[i]->article.url;
    articles.push_back({records[i], url.empty() ? "" : rules_.key(url)});
  }
  if (learns_) learning_.expect(unheard);
  writer_.expect(articles);
}

void Ledger::keep_fills(int64_t number, const std::vector<Fill>& fills) {
  Query q(*db_, "INSERT INTO filled VALUES (?,?,?,?,?,?,?)");
  for (const Fill& f : fills) {
    q.bind(number).bind(f.entity).bind(f.country).bind(f.sector).bind(f.role).bind(f.why);
    q.bind(f.name).step();
    q.reset();
  }
}

std::map<int64_t, std::vector<Fill>> Ledger::fills_of(int64_t first, int64_t last) {
  Query q(*db_,
          "SELECT article, entity, country, sector, role, why, name FROM filled WHERE article >= ? "
          "AND article <= ? ORDER BY article, entity");
  q.bind(first).bind(last);
  std::map<int64_t, std::vector<Fill>> out;
  while (q.step())
    out[q.integer(0)].push_back({q.text(1), q.text(2), q.text(3), q.text(4), q.text(5), q.text(6)});
  return out;
}

std::optional<Record> Ledger::record(int64_t number) {
  Query q(*db_, "SELECT " + record_of(*db_, "article") + ", key FROM article WHERE number = ?");
  if (!q.bind(number).step()) return std::nullopt;
  Record record = kept_record(number, q.text(0));
  corrections_.refresh();
  if (corrections_.touch(q.text(1))) record = corrections_.laid_over(q.text(1), record);
  fill_in(record, fills_of(number, number)[number]);
  return record;
}

void Ledger::each(const std::function<void(int64_t, const Record&)>& take, const Damaged& damaged) {
  // Fills of a stretch of articles at a time: a question for each would cost more than it gives.
  constexpr int64_t kStretch = 500;
  std::map<int64_t, std::vector<Fill>> fills;
  int64_t known = 0;
  each_put_right(
      [&](int64_t number, const Record& record) {
        if (number > known) fills = fills_of(number, known = number + kStretch);
        auto found = fills.find(number);
        if (found == fills.end()) return take(number, record);
        Record filled = record;
        fill_in(filled, found->second);
        take(number, filled);
      },
      damaged);
}

void Ledger::each_as_read(const std::function<void(int64_t, const Record&)>& take,
                          const Damaged& damaged) {
  each_kept([&](int64_t number, const std::string&, const Record& r) { take(number, r); }, damaged);
}

void Ledger::each_put_right(const std::function<void(int64_t, const Record&)>& take,
                            const Damaged& damaged, int64_t behind) {
  corrections_.refresh();
  each_kept(
      [&](int64_t number, const std::string& key, const Record& r) {
        if (corrections_.touch(key)) take(number, corrections_.laid_over(key, r));
        else take(number, r);
      },
      damaged, behind);
}

void Ledger::each_kept(const Kept& take, const Damaged& damaged, int64_t behind) {
  // A page at a time: the store may hold all rows of an answer in memory.
  int64_t last = behind;
  for (;;) {
    std::vector<std::tuple<int64_t, std::string, std::string>> page;
    {
      Query q(*db_, "SELECT number, key, " + record_of(*db_, "article") +
                        " FROM article WHERE number > ? ORDER BY number LIMIT 200");
      q.bind(last);
      while (q.step()) page.emplace_back(q.integer(0), q.text(1), q.text(2));
    }
    if (page.empty()) return;
    last = std::get<0>(page.back());
    for (const auto& [number, key, json] : page) {
      Record record;
      try {
        record = kept_record(number, json);
      } catch (const DamageError& error) {
        if (!damaged) throw;
        damaged(number, error);
        continue;
      }
      take(number, key, record);
    }
  }
}

void Ledger::replace(int64_t number, const Record& r) {
  check(r);
  {
    Query old(*db_, "SELECT 1 FROM article WHERE number = ? AND published <> ?");
    if (old.bind(number).bind(r.article.published).step()) reopen(*db_, number);
  }
  ArticleRecords(*db_).replace(number, r);
}

void Ledger::set_address(int64_t number, const std::string& url) {
  {
    Query old(*db_, "DELETE FROM address WHERE article = ?");
    old.bind(number).step();
  }
  if (url.empty()) return;
  Query address(*db_, "INSERT INTO address VALUES (?,?)");
  address.bind(rules_.key(url)).bind(number).step();
}

void Ledger::cut_off(int64_t last, const std::string& day) {
  learned().forget_texts(day);
  writer_.cut_off(last, day);
  Query filled(*db_, "DELETE FROM filled WHERE article > ?");
  filled.bind(last).step();
}

void Ledger::derive_again(int64_t last, const Progress& progress) {
  const int64_t all = articles();
  int64_t done = 0;
  writer_.write_again(
      [&](const std::function<void(int64_t, const Record&)>& take) {
        each(
            [&](int64_t number, const Record& r) {
              take(number, r);
              if (progress) progress(++done, all);
            },
            [](int64_t, const Error&) {});  // named by doctor; nothing is derived of it
      },
      last);
}

int64_t Ledger::relearn(int64_t behind) {
  if (behind == 0) {
    if (learned().empty()) return 0;
    learned().forget_texts();
  }
  int64_t changed = 0;
  auto same = [](const std::vector<Fill>& a, const std::vector<Fill>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Fill& x, const Fill& y) {
      return std::tie(x.entity, x.country, x.sector, x.role, x.why, x.name) ==
             std::tie(y.entity, y.country, y.sector, y.role, y.why, y.name);
    });
  };
  Query forget(*db_, "DELETE FROM filled WHERE article = ?");
  each_put_right(
      [&](int64_t number, const Record& record) {
        std::vector<Fill> before = std::move(fills_of(number, number)[number]), now;
        if (!left_open(record).empty()) now = learning_.fills(record);
        learning_.teach(record);
        std::sort(now.begin(), now.end(),
                  [](const Fill& a, const Fill& b) { return a.entity < b.entity; });
        if (same(before, now)) return;
        ++changed;
        forget.bind(number).step();
        forget.reset();
        keep_fills(number, now);
      },
      [](int64_t, const Error&) {}, behind);  // named by doctor; nothing to learn from
  learning_.write();
  return changed;
}

}  // namespace chancery
