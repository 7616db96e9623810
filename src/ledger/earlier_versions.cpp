#include "ledger/earlier_versions.h"

#include <algorithm>
#include <utility>

#include "ledger/given.h"

namespace chancery {
namespace {

std::string place_of(const std::string& page, const std::string& address) {
  return page + "\x1f" + address;
}

}  // namespace

void EarlierVersions::expect(const std::vector<Expected>& articles) {
  fetch_of_kept(articles);
  fetch_of_new(articles);
}

// number + 0: a server would look for the greatest number from the last article on.
void EarlierVersions::fetch_of_kept(const std::vector<Expected>& articles) {
  Given q(db_,
          "SELECT given.article, max(number + 0) FROM (SELECT number FROM article WHERE url = "
          "given.page AND number < given.article UNION ALL SELECT o.article FROM address a JOIN "
          "address o ON o.address = a.address WHERE a.article = given.article AND o.article < "
          "given.article) AS earlier",
          {{"article", Given::number}, {"page", Given::text}});
  for (const Expected& x : articles)
    if (x.number && !x.record->article.url.empty() && kept_.try_emplace(x.number, 0).second)
      q.add(x.number).add(x.record->article.url);
  q.run([&](const Query& row) {
    if (!row.null(1)) kept_[row.integer(0)] = row.integer(1);
  });
}

void EarlierVersions::fetch_of_new(const std::vector<Expected>& articles) {
  Given q(db_,
          "SELECT given.page, given.found, max(number + 0) FROM (SELECT number FROM article WHERE "
          "url = given.page UNION ALL SELECT article FROM address WHERE address = given.found) AS "
          "earlier",
          {{"page", Given::text}, {"found", Given::text}});
  for (const Expected& x : articles) {
    const std::string& page = x.record->article.url;
    if (!x.number && !page.empty() && known_.try_emplace(place_of(page, x.address), 0).second)
      q.add(page).add(x.address);
  }
  q.run([&](const Query& row) {
    if (!row.null(2)) known_[place_of(row.text(0), row.text(1))] = row.integer(2);
  });
}

int64_t EarlierVersions::before(const Entry& e) {
  const std::string& page = e.record.article.url;
  if (page.empty()) return 0;
  if (!e.address) {
    fetch_of_kept({{&e.record, "", e.number}});
    return kept_.at(e.number);
  }
  fetch_of_new({{&e.record, *e.address, 0}});
  int64_t last = std::max(known_.at(place_of(page, *e.address)), pages_[page]);
  pages_[page] = e.number;
  if (!e.address->empty()) last = std::max(last, std::exchange(addresses_[*e.address], e.number));
  return last;
}

}  // namespace chancery
