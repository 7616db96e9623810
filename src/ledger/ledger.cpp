#include "ledger/ledger.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

#include "base/error.h"
#include "base/strings.h"
#include "ledger/filed.h"
#include "record/json.h"
#include "record/validate.h"

namespace chancery {
namespace {

std::string utc_now() {
  std::time_t t = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm tm{};
  gmtime_r(&t, &tm);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return text;
}

}  // namespace

std::string article_key(const Article& article) {
  std::string body = squeeze(article.text);
  return fmt::format("{:016x}{:016x}", hash64(body),
                     hash64(body, hash64(article.published.substr(0, 10), 0x9E3779B97F4A7C15ull)));
}

void Ledger::begin() {
  db_->run(db_->dialect() == Database::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
  inside_ = true;
}

void Ledger::commit() {
  writer_.finish();
  db_->run("COMMIT");
  inside_ = false;
  db_->committed();
}

void Ledger::rollback() {
  inside_ = false;
  writer_.forget();
  db_->run("ROLLBACK");
}

int64_t Ledger::articles() {
  Query q(*db_, "SELECT count(*) FROM article");
  q.step();
  return q.integer(0);
}

bool Ledger::has_url(const std::string& url) {
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

Ledger::Added Ledger::add(const Record& record) {
  if (auto problem = first_problem(record))
    throw Error("record " + record.article.id + ": " + *problem);
  const std::string key = article_key(record.article);
  {
    Query known(*db_, "SELECT 1 FROM article WHERE key = ?");
    if (known.bind(key).step()) return Added::known;
  }
  // All of an article or nothing of it. A record that holds its invariants fails for the store's
  // sake only (a full disk, a lost connection); then its batch is lost as a whole, which is cheaper
  // than a savepoint for every article.
  bool alone = !inside_;
  if (alone) begin();
  try {
    Record taught;
    bool fill = learning_ && Learned::open(record);
    if (fill) {
      taught = record;
      learned().apply(taught);
    }
    if (learning_) learned().teach(record);
    const Record& r = fill ? taught : record;
    const Article& a = r.article;
    int64_t number;
    {
      Query article(*db_,
                    std::string("INSERT INTO article(key, id, url, publisher, title, published, "
                                "language, day, added, record) VALUES (?,?,?,?,?,?,?,?,?,?)") +
                        db_->returning());
      number = article.bind(key)
                   .bind(a.id)
                   .bind(a.url)
                   .bind(a.publisher)
                   .bind(a.title)
                   .bind(a.published)
                   .bind(a.language)
                   .bind(day_of_publication(a.published))
                   .bind(utc_now())
                   .bind(to_json(r, {true}))
                   .number();
    }
    bool copy = writer_.write(number, r) != 0;
    if (alone) commit();
    return copy ? Added::copy : Added::fresh;
  } catch (...) {
    try {
      rollback();
    } catch (const Error&) {
      // The error that brought us here is the one to tell.
    }
    throw;
  }
}

std::optional<Record> Ledger::record(int64_t number) {
  Query q(*db_, "SELECT record FROM article WHERE number = ?");
  if (!q.bind(number).step()) return std::nullopt;
  return record_from_json(q.text(0));
}

void Ledger::each(const std::function<void(int64_t, const Record&)>& take, const Damaged& damaged) {
  // A page at a time: the store may hold all rows of an answer in memory.
  int64_t last = 0;
  for (;;) {
    std::vector<std::pair<int64_t, std::string>> page;
    {
      Query q(*db_,
              "SELECT number, record FROM article WHERE number > ? ORDER BY number LIMIT 200");
      q.bind(last);
      while (q.step()) page.push_back({q.integer(0), q.text(1)});
    }
    if (page.empty()) return;
    last = page.back().first;
    for (const auto& [number, json] : page) {
      Record record;
      try {
        record = record_from_json(json);
      } catch (const Error& error) {
        if (!damaged) throw;
        damaged(number, error);
        continue;
      }
      take(number, record);
    }
  }
}

void Ledger::replace(int64_t number, const Record& r) {
  if (auto problem = first_problem(r)) throw Error("record " + r.article.id + ": " + *problem);
  Query q(*db_,
          "UPDATE article SET record = ?, title = ?, published = ?, day = ?, language = ? WHERE "
          "number = ?");
  q.bind(to_json(r, {true}))
      .bind(r.article.title)
      .bind(r.article.published)
      .bind(day_of_publication(r.article.published))
      .bind(r.article.language)
      .bind(number)
      .step();
}

}  // namespace chancery
