#include "ledger/writer.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "ledger/filed.h"
#include "ledger/given.h"
#include "ledger/views.h"

namespace chancery {
namespace {

// What the ledger remembers: group → version with which it was filled.
std::map<std::string, int64_t> remembered(Database& db) {
  std::map<std::string, int64_t> out;
  Query q(db, "SELECT name, version FROM derived");
  while (q.step()) out[q.text(0)] = q.integer(1);
  return out;
}

}  // namespace

std::vector<std::unique_ptr<Derivation>> derivations(Database& db) {
  std::vector<std::unique_ptr<Derivation>> all;
  all.push_back(text_tables(db));
  all.push_back(actor_tables(db));
  all.push_back(taught_tables(db));
  all.push_back(item_tables(db));
  all.push_back(story_tables(db));
  all.push_back(view_group(db));
  return all;
}

std::vector<bool> Writer::stale(bool all, const std::set<std::string>& also) {
  std::map<std::string, int64_t> known = remembered(db_);
  std::vector<bool> out(groups_.size(), all);
  for (size_t g = 0; g < groups_.size(); ++g) {
    auto it = known.find(groups_[g]->name());
    if (it == known.end() || it->second != groups_[g]->version() || also.count(groups_[g]->name()))
      out[g] = true;
    for (std::string_view used : groups_[g]->uses())
      for (size_t before = 0; before < g; ++before)
        if (used == groups_[before]->name() && out[before]) out[g] = true;
  }
  return out;
}

bool Writer::up_to_date() {
  std::vector<bool> anew = stale(false);
  return std::find(anew.begin(), anew.end(), true) == anew.end();
}

void Writer::bring_up(bool all, const std::set<std::string>& also, const Records& records) {
  const std::vector<bool> anew = stale(all, also);
  forget();
  {
    // Backwards: what looks at tables goes before them.
    for (size_t g = groups_.size(); g-- > 0;)
      if (anew[g]) groups_[g]->drop();
    Query old(db_, "DELETE FROM derived WHERE name = ?");
    Query now(db_, "INSERT INTO derived(name, version) VALUES (?,?)");
    for (size_t g = 0; g < groups_.size(); ++g) {
      if (!anew[g]) continue;
      db_.run(db_.ddl(groups_[g]->create()));
      groups_[g]->emptied();
      old.bind(groups_[g]->name()).step();
      old.reset();
      now.bind(groups_[g]->name()).bind(static_cast<int64_t>(groups_[g]->version())).step();
      now.reset();
    }
  }
  // Who remembers numbers of rows looks at this before using them.
  db_.run(
      "INSERT INTO derived(name, version) VALUES ('epoch', 1) ON CONFLICT (name) DO UPDATE SET "
      "version = derived.version + 1");
  in_stretches(
      records,
      [&](const std::vector<Expected>& articles) {
        for (size_t g = 0; g < groups_.size(); ++g)
          if (anew[g]) groups_[g]->expect(articles);
      },
      [&](int64_t number, const Record& r) { write_kept(number, r, anew); });
}

void Writer::in_stretches(const Records& records,
                          const std::function<void(const std::vector<Expected>&)>& expect,
                          const std::function<void(int64_t, const Record&)>& write) {
  // So many are expected together, and so many stretches are written together.
  constexpr size_t kStretch = 500, kStretches = 10;
  size_t stretches = 0;
  std::vector<std::pair<int64_t, Record>> waiting;
  auto write_all = [&] {
    std::vector<Expected> articles;
    for (const auto& [number, r] : waiting) articles.push_back({&r, "", number});
    expect(articles);
    for (const auto& [number, r] : waiting) write(number, r);
    waiting.clear();
    if (++stretches % kStretches == 0) finish();
  };
  records([&](int64_t number, const Record& r) {
    waiting.emplace_back(number, r);
    if (waiting.size() == kStretch) write_all();
  });
  write_all();
  finish();
  // Others may write once this is committed.
  forget();
}

void Writer::expect(const std::vector<Expected>& articles) {
  for (auto& group : groups_) group->expect(articles);
}

Entry Writer::write(int64_t number, const Record& r, const std::string& address) {
  Entry entry{.number = number, .record = r, .address = address};
  for (auto& group : groups_) group->write(entry);
  return entry;
}

void Writer::write_kept(int64_t number, const Record& r, const std::vector<bool>& anew) {
  Entry entry{.number = number, .record = r};
  for (size_t g = 0; g < groups_.size(); ++g)
    if (anew[g]) groups_[g]->write(entry);
    else groups_[g]->recall(entry);
  places_[number] = {day_of_publication(r.article.published), entry.copy_of, entry.replaces,
                     entry.story};
}

void Writer::write_places() {
  Given q(db_,
          "UPDATE article SET day = given.told, copy_of = given.original, replaces = given.older, "
          "story = given.line WHERE number = given.article",
          {{"told", Given::text},
           {"original", Given::number},
           {"older", Given::number},
           {"line", Given::number},
           {"article", Given::number}});
  for (const auto& [number, place] : places_) {
    q.add(place.day);
    for (int64_t n : {place.copy_of, place.replaces, place.story}) {
      if (n) q.add(n);
      else q.add_null();
    }
    q.add(number);
  }
  q.run();
  places_.clear();
}

void Writer::cut_off(int64_t last, const std::string& day) {
  forget();
  for (size_t g = groups_.size(); g-- > 0;) groups_[g]->cut_off(last, day);
  Query place(db_,
              "UPDATE article SET copy_of = NULL, replaces = NULL, story = NULL WHERE number > ?");
  place.bind(last).step();
}

void Writer::write_again(const Records& records, int64_t last) {
  const std::vector<bool> all(groups_.size(), true);
  in_stretches(
      records,
      [&](const std::vector<Expected>& articles) {
        std::vector<Expected> behind;
        std::copy_if(articles.begin(), articles.end(), std::back_inserter(behind),
                     [&](const Expected& x) { return x.number > last; });
        for (auto& group : groups_) group->expect(group->follows_all() ? articles : behind);
      },
      [&](int64_t number, const Record& r) {
        if (number > last) write_kept(number, r, all);
        else follow(number, r);
      });
}

// An article of which only that is written again which others may have changed.
void Writer::follow(int64_t number, const Record& r) {
  Entry entry{.number = number, .record = r};
  for (size_t g = 0; g < groups_.size(); ++g) {
    // What nobody behind it uses need not be recalled.
    bool used = false;
    for (const auto& other : groups_)
      for (std::string_view name : other->uses())
        used |= other->follows_all() && name == groups_[g]->name();
    if (groups_[g]->follows_all()) groups_[g]->write(entry);
    else if (used) groups_[g]->recall(entry);
  }
  // Most have what they had, and a row of an article is long.
  Query had(db_, "SELECT coalesce(story, 0) FROM article WHERE number = ?");
  if (!had.bind(number).step() || had.integer(0) == entry.story) return;
  places_[number] = {day_of_publication(r.article.published), entry.copy_of, entry.replaces,
                     entry.story};
}

void Writer::finish() {
  // Before the groups: they change what stands there.
  write_places();
  for (auto& group : groups_) group->finish();
}

void Writer::forget() {
  places_.clear();
  for (auto& group : groups_) group->forget();
}

}  // namespace chancery
