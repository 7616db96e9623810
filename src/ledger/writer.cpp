#include "ledger/writer.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "ledger/filed.h"
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
  int64_t done = 0;
  records([&](int64_t number, const Record& r) {
    write(number, r, anew);
    if (++done % 500 == 0) finish();
  });
  finish();
}

int64_t Writer::write(int64_t number, const Record& r) {
  return write(number, r, std::vector<bool>(groups_.size(), true));
}

int64_t Writer::write(int64_t number, const Record& r, const std::vector<bool>& anew) {
  Entry entry{number, r, 0, 0, 0, {}, {}};
  for (size_t g = 0; g < groups_.size(); ++g)
    if (anew[g]) groups_[g]->write(entry);
    else groups_[g]->recall(entry);
  Query place(db_,
              "UPDATE article SET day = ?, copy_of = ?, replaces = ?, story = ? WHERE number = ?");
  place.bind(day_of_publication(r.article.published));
  for (int64_t n : {entry.copy_of, entry.replaces, entry.story}) {
    if (n) place.bind(n);
    else place.bind_null();
  }
  place.bind(number).step();
  return entry.copy_of;
}

void Writer::cut_off(int64_t last, const std::string& day) {
  forget();
  for (size_t g = groups_.size(); g-- > 0;) groups_[g]->cut_off(last, day);
  Query place(db_,
              "UPDATE article SET copy_of = NULL, replaces = NULL, story = NULL WHERE number > ?");
  place.bind(last).step();
}

void Writer::write_again(int64_t number, const Record& r, int64_t last) {
  if (number > last) {
    write(number, r);
    return;
  }
  Entry entry{number, r, 0, 0, 0, {}, {}};
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
  Query place(db_, "UPDATE article SET story = ? WHERE number = ?");
  if (entry.story) place.bind(entry.story);
  else place.bind_null();
  place.bind(number).step();
}

void Writer::finish() {
  for (auto& group : groups_) group->finish();
}

void Writer::forget() {
  for (auto& group : groups_) group->forget();
}

}  // namespace chancery
