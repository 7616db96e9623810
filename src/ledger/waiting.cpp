#include "ledger/waiting.h"

#include <fmt/format.h>

namespace chancery {
namespace {

constexpr const char* kColumns =
    "url, feed, title, publisher, published, byline, since, due, tries, problem, refused";

WaitingPage page_of(const Query& q) {
  return {q.text(0),    q.text(1),    q.text(2),    q.text(3), q.text(4),         q.text(5),
          q.integer(6), q.integer(7), q.integer(8), q.text(9), q.integer(10) != 0};
}

}  // namespace

std::optional<WaitingPage> WaitingPages::find(const std::string& url) {
  Query q(db_, fmt::format("SELECT {} FROM waiting WHERE url = ?", kColumns));
  if (!q.bind(url).step()) return std::nullopt;
  return page_of(q);
}

std::vector<WaitingPage> WaitingPages::of(const std::string& feed) {
  Query q(db_,
          fmt::format("SELECT {} FROM waiting WHERE feed = ? AND refused = 0 ORDER BY since, url",
                      kColumns));
  q.bind(feed);
  std::vector<WaitingPage> out;
  while (q.step()) out.push_back(page_of(q));
  return out;
}

void WaitingPages::put(const WaitingPage& p) {
  Query q(db_,
          fmt::format("INSERT INTO waiting({}) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(url) "
                      "DO UPDATE SET due = excluded.due, tries = excluded.tries, problem = "
                      "excluded.problem, refused = excluded.refused",
                      kColumns));
  q.bind(p.url).bind(p.feed).bind(p.title).bind(p.publisher).bind(p.published).bind(p.byline);
  q.bind(p.since).bind(p.due).bind(p.tries).bind(p.problem);
  q.bind(static_cast<int64_t>(p.refused)).step();
}

void WaitingPages::remove(const std::string& url) {
  Query q(db_, "DELETE FROM waiting WHERE url = ?");
  q.bind(url).step();
}

}  // namespace chancery
