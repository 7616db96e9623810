// Storylines: articles about the same actors, and issue, within some days of each other.
#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "ledger/cut.h"
#include "ledger/derivation.h"
#include "ledger/filed.h"

namespace chancery {
namespace {

class StoryTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "stories"; }
  int version() const override { return 2; }
  std::vector<const char*> tables() const override { return {"story", "story_key"}; }
  std::vector<const char*> uses() const override { return {"texts"}; }
  std::string create() const override;
  void write(Entry& entry) override { entry.story = story(entry.record, entry.copy_of); }
  void recall(Entry& entry) override;

 private:
  int64_t story(const Record& record, int64_t copy);
};

std::string StoryTables::create() const {
  return R"sql(
CREATE TABLE story (number INTEGER PRIMARY KEY, title TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL) STRICT;
CREATE INDEX story_last ON story(last, number);
CREATE TABLE story_key (key TEXT NOT NULL, last TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, last, story)) STRICT, WITHOUT ROWID;
)sql";
}

void StoryTables::recall(Entry& entry) {
  Query q(db_, "SELECT story FROM article WHERE number = ?");
  if (q.bind(entry.number).step() && !q.null(0)) entry.story = q.integer(0);
}

int64_t StoryTables::story(const Record& r, int64_t copy) {
  if (copy) {
    Query q(db_, "SELECT story FROM article WHERE number = ?");
    q.bind(copy);
    if (q.step() && !q.null(0)) return q.integer(0);
  }
  std::string day = day_of_publication(r.article.published);
  if (day.empty()) return 0;
  // The three actors that the article speaks of most; a story is told by two of them, and by one
  // with an issue.
  std::map<std::string, size_t> weight;
  for (const Entity& e : r.entities)
    if (e.kind != "other" && e.actor.sector != "JRN" &&
        (!e.actor.country.empty() || e.kind == "person"))
      weight[e.actor.country.size() == 3 && e.actor.country != "IGO" ? e.actor.country
                                                                     : lower(e.name)] +=
          e.mentions.size();
  std::vector<std::pair<size_t, std::string>> top;
  for (const auto& [key, n] : weight) top.push_back({n, key});
  std::sort(top.begin(), top.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (top.size() > 3) top.resize(3);
  std::map<std::string, int> issues;
  for (const Position& p : r.positions)
    if (!p.issue.empty()) ++issues[p.issue];
  std::string issue;
  for (const auto& [name, n] : issues)
    if (issue.empty() || n > issues[issue]) issue = name;
  std::set<std::string> keys;
  for (size_t i = 0; i < top.size(); ++i) {
    for (size_t k = i + 1; k < top.size(); ++k)
      keys.insert(std::min(top[i].second, top[k].second) + "|" +
                  std::max(top[i].second, top[k].second));
    if (!issue.empty() && i == 0) keys.insert(top[i].second + "#" + issue);
  }
  if (keys.empty()) return 0;
  std::map<int64_t, int> votes;
  Query look(db_,
             "SELECT DISTINCT story FROM story_key WHERE key = ? AND last >= ? AND last <= ? ORDER "
             "BY story DESC LIMIT 8");
  for (const std::string& key : keys) {
    look.bind(key).bind(shifted(day, -5)).bind(shifted(day, 5));
    while (look.step()) ++votes[look.integer(0)];
    look.reset();
  }
  int64_t best = 0;
  // Two keys in common, or the only one there is.
  int least = keys.size() >= 3 ? 2 : 1;
  for (const auto& [story, n] : votes)
    if (n >= least && (!best || n > votes[best])) best = story;
  if (best) {
    Query q(db_,
            "UPDATE story SET articles = articles + 1, last = CASE WHEN last < ? THEN ? ELSE last "
            "END, first = CASE WHEN first > ? THEN ? ELSE first END WHERE number = ?");
    q.bind(day).bind(day).bind(day).bind(day).bind(best).step();
  } else {
    std::string title = r.article.title.empty()
                            ? cut(squeeze(std::string_view(r.article.text).substr(0, 400)), 120)
                            : r.article.title;
    Query q(db_, std::string("INSERT INTO story(title, first, last, articles) VALUES (?,?,?,1)") +
                     db_.returning());
    best = q.bind(title).bind(day).bind(day).number();
  }
  Query put(db_, "INSERT INTO story_key VALUES (?,?,?) ON CONFLICT DO NOTHING");
  for (const std::string& key : keys) {
    put.bind(key).bind(day).bind(best).step();
    put.reset();
  }
  return best;
}

}  // namespace

std::unique_ptr<Derivation> story_tables(Database& db) { return std::make_unique<StoryTables>(db); }

}  // namespace chancery
