// Storylines: articles about the same actors and the same matter, within months of each other.
#include <algorithm>
#include <map>
#include <set>

#include "base/calendar.h"
#include "base/cutting.h"
#include "base/strings.h"
#include "ledger/derivation.h"
#include "ledger/filed.h"
#include "ledger/parts.h"
#include "ledger/story_profile.h"
#include "ledger/story_weights.h"

namespace chancery {
namespace {

constexpr long kMonths = 200;  // days after which a dispute is another one
constexpr long kDays = 3, kWeek = 7, kSoon = 45;
constexpr size_t kKeyed = 9;    // words of an article under which its storyline is found
constexpr int kLooked = 24;     // storylines of a key that are looked at, the newest
constexpr size_t kShared = 2;   // marks that an article has in common with its storyline; one does
                                // within days, where two actors are the same and it is very alike
constexpr size_t kJoining = 3;  // marks, and actors, by which it makes one of two
constexpr size_t kJoiners = 2;

// How alike an article must be to a storyline that was last told `gap` days away.
double needed(long gap) {
  const StoryLimits& limits = story_limits();
  return gap <= kDays   ? limits.near
         : gap <= kWeek ? limits.week
         : gap <= kSoon ? limits.month
                        : limits.later;
}

class StoryTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "stories"; }
  int version() const override { return 6; }
  std::vector<const char*> tables() const override {
    return {"story", "story_key", "story_mark", "story_joined"};
  }
  std::vector<const char*> uses() const override { return {"texts"}; }
  std::string create() const override;
  void write(Entry& entry) override { entry.story = story(entry.record, entry.copy_of); }
  void recall(Entry& entry) override;
  void cut_off(int64_t last, const std::string& day) override;
  // An article may make one of two storylines, and what they have in common is not kept by the day.
  bool follows_all() const override { return true; }

 private:
  struct Story {
    int64_t number = 0;
    std::string first, last;
    StoryProfile profile;
    double margin = 0;     // over what is needed of the article
    bool alike = false;    // the article is one of it
    bool joining = false;  // and so alike that another to which it is too is the same
  };

  int64_t story(const Record& record, int64_t copy);
  int64_t story_of(int64_t article);
  std::vector<Story> candidates(const StoryText& text, const std::string& day,
                                const std::set<int64_t>& keys);
  void grow(Story& story, const std::string& day);
  void join_into(Story& story, const Story& other);
  int64_t next_number();
  std::map<std::string, double> weights(const std::vector<std::string>& keys);
  void count(const std::vector<std::string>& keys);
};

std::string StoryTables::create() const {
  return R"sql(
CREATE TABLE story (
  number INTEGER PRIMARY KEY, title TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL,
  profile TEXT NOT NULL            -- actors and words that its articles have in common (story_profile.h)
) STRICT;
CREATE INDEX story_last ON story(last, number);
CREATE TABLE story_key (           -- under which a storyline is found: hashes, and days as parts.h has them
  key INTEGER NOT NULL, last INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, last, story)
) STRICT, WITHOUT ROWID;
CREATE TABLE story_mark (          -- how many articles have a word, name or actor; of none: all of them
  mark TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (mark)
) STRICT, WITHOUT ROWID;
CREATE TABLE story_joined (        -- numbers of storylines that are now of another, so that links to them lead there
  number INTEGER PRIMARY KEY, story INTEGER NOT NULL
) STRICT;
CREATE INDEX story_joined_story ON story_joined(story);
)sql";
}

int64_t StoryTables::story_of(int64_t article) {
  Query q(db_, "SELECT story FROM article WHERE number = ?");
  return q.bind(article).step() && !q.null(0) ? q.integer(0) : 0;
}

void StoryTables::recall(Entry& entry) { entry.story = story_of(entry.number); }

// Under which a storyline is found again: two actors, or one with a word.
std::set<int64_t> keys_of(const StoryText& text) {
  std::set<int64_t> out;
  auto add = [&](const std::string& key) {
    // Six bytes of it: a row of SQLite is as long as its numbers need.
    out.insert(static_cast<int64_t>(hash64(key) >> 17));
  };
  const std::vector<Keyed>& actors = text.actors;
  for (size_t i = 0; i < actors.size(); ++i) {
    for (size_t k = i + 1; k < actors.size(); ++k)
      add(std::min(actors[i].key, actors[k].key) + "|" + std::max(actors[i].key, actors[k].key));
    for (size_t w = 0; i < 2 && w < std::min(kKeyed, text.words.size()); ++w)
      add(actors[i].key + "#" + text.words[w].key);
  }
  return out;
}

long days_apart(const std::string& day, const std::string& first, const std::string& last) {
  const auto d = parse_day(day), from = parse_day(first), to = parse_day(last);
  if (!d || !from || !to) return kMonths + 1;
  return static_cast<long>(
      std::max<int64_t>({0, day_number(*d) - day_number(*to), day_number(*from) - day_number(*d)}));
}

// What each counts: by how many articles of this ledger have it, and of any news. A young ledger
// knows little by itself, and one that follows two states has them in every article.
std::map<std::string, double> StoryTables::weights(const std::vector<std::string>& keys) {
  const StoryLimits& limits = story_limits();
  std::map<std::string, double> out;
  Query q(db_, "SELECT articles FROM story_mark WHERE mark = ?");
  auto count_of = [&](const std::string& key) {
    q.bind(key);
    const double n = q.step() ? static_cast<double>(q.integer(0)) : 0;
    q.reset();
    return n;
  };
  const double all = count_of("") + limits.prior;
  for (const std::string& key : keys) {
    const double has = count_of(key) + limits.prior * std::max(usual_share(key), limits.rare);
    out[key] = rarity(has / all) * (key[0] == kActorSign ? limits.actor : 1);
  }
  return out;
}

void StoryTables::count(const std::vector<std::string>& keys) {
  Query q(db_,
          "INSERT INTO story_mark VALUES (?, 1) ON CONFLICT (mark) DO UPDATE SET articles = "
          "story_mark.articles + 1");
  std::set<std::string> each(keys.begin(), keys.end());
  each.insert("");
  for (const std::string& key : each) {
    q.bind(key).step();
    q.reset();
  }
}

std::vector<StoryTables::Story> StoryTables::candidates(const StoryText& text,
                                                        const std::string& day,
                                                        const std::set<int64_t>& keys) {
  std::set<int64_t> numbers;
  Query look(db_,
             "SELECT DISTINCT story FROM story_key WHERE key = ? AND last >= ? AND last <= ? "
             "ORDER BY story DESC LIMIT " +
                 std::to_string(kLooked));
  for (int64_t key : keys) {
    look.bind(key).bind(day_code(shifted(day, -kMonths))).bind(day_code(shifted(day, kMonths)));
    while (look.step()) numbers.insert(look.integer(0));
    look.reset();
  }
  const std::vector<std::string> compared = text.keys();
  const std::map<std::string, double> weight = weights(compared);
  std::vector<Story> out;
  Query q(db_, "SELECT first, last, profile FROM story WHERE number = ?");
  for (int64_t number : numbers) {
    q.bind(number);
    if (q.step()) {
      Story s{number, q.text(0), q.text(1), StoryProfile::parse(q.text(2))};
      const long gap = days_apart(day, s.first, s.last);
      const Likeness like =
          likeness(compared, s.profile, [&](const std::string& key) { return weight.at(key); });
      s.margin = like.share - needed(gap);
      const bool one =
          gap <= kDays && like.actors >= kJoiners && like.share >= story_limits().later;
      const size_t marks = one ? 1 : kShared;
      s.alike = s.margin >= 0 && like.actors > 0 && like.marks >= marks;
      s.joining = s.alike && s.margin >= story_limits().join && like.actors >= kJoiners &&
                  like.marks >= kJoining;
      if (gap <= kMonths && s.alike) out.push_back(std::move(s));
    }
    q.reset();
  }
  return out;
}

// With another article.
void StoryTables::grow(Story& s, const std::string& day) {
  const std::string common = s.profile.title();
  Query q(db_,
          "UPDATE story SET articles = articles + 1, title = CASE WHEN ? <> '' THEN ? ELSE title "
          "END, first = ?, last = ?, profile = ? WHERE number = ?");
  s.first = std::min(s.first, day), s.last = std::max(s.last, day);
  q.bind(common).bind(common).bind(s.first).bind(s.last).bind(s.profile.column()).bind(s.number);
  q.step();
}

// An article told of both: they are one.
void StoryTables::join_into(Story& s, const Story& other) {
  s.profile.add(other.profile);
  s.first = std::min(s.first, other.first), s.last = std::max(s.last, other.last);
  Query(db_,
        "UPDATE story SET articles = articles + (SELECT articles FROM story WHERE number = ?) "
        "WHERE number = ?")
      .bind(other.number)
      .bind(s.number)
      .step();
  Query(db_, "UPDATE article SET story = ? WHERE story = ?")
      .bind(s.number)
      .bind(other.number)
      .step();
  std::vector<std::pair<int64_t, int64_t>> keys;
  {
    Query q(db_, "SELECT key, last FROM story_key WHERE story = ? ORDER BY key, last");
    q.bind(other.number);
    while (q.step()) keys.push_back({q.integer(0), q.integer(1)});
  }
  Query put(db_, "INSERT INTO story_key VALUES (?,?,?) ON CONFLICT DO NOTHING");
  for (const auto& [key, last] : keys) {
    put.bind(key).bind(last).bind(s.number).step();
    put.reset();
  }
  for (const char* table : {"story_key WHERE story", "story WHERE number"})
    Query(db_, std::string("DELETE FROM ") + table + " = ?").bind(other.number).step();
  Query(db_, "UPDATE story_joined SET story = ? WHERE story = ?")
      .bind(s.number)
      .bind(other.number)
      .step();
  Query(db_, "INSERT INTO story_joined(number, story) VALUES (?,?)")
      .bind(other.number)
      .bind(s.number)
      .step();
}

void StoryTables::cut_off(int64_t, const std::string&) {
  // The same numbers again, so that most articles need not be written.
  for (const char* table : tables()) db_.run(std::string("DELETE FROM ") + table);
}

// Never one that a storyline had which is now of another: links to that one lead elsewhere.
int64_t StoryTables::next_number() {
  Query q(db_,
          "SELECT coalesce(max(number), 0) + 1 FROM (SELECT max(number) AS number FROM story UNION "
          "ALL SELECT max(number) FROM story_joined) used");
  q.step();
  return q.integer(0);
}

int64_t StoryTables::story(const Record& r, int64_t copy) {
  const std::string day = day_of_publication(r.article.published);
  if (const int64_t same = copy ? story_of(copy) : 0) {
    Query q(db_, "SELECT first, last, profile FROM story WHERE number = ?");
    if (q.bind(same).step() && !day.empty()) {
      Story s{same, q.text(0), q.text(1), StoryProfile::parse(q.text(2))};
      q.reset();
      grow(s, day);
    }
    return same;
  }
  if (day.empty()) return 0;
  const StoryText text = story_text(r);
  const std::set<int64_t> keys = keys_of(text);
  if (keys.empty()) return 0;
  const std::vector<Story> near = candidates(text, day, keys);
  count(text.keys());
  const Story* best = nullptr;
  for (const Story& story : near)
    if (!best || story.margin > best->margin) best = &story;
  Story s;
  const std::string own = title_of(r.article.title, r.article.text);
  if (best) {
    s = *best;
    s.profile.add(text);
    for (const Story& other : near)
      if (other.number != s.number && other.joining) join_into(s, other);
    grow(s, day);
  } else {
    s.profile.add(text);
    s.number = next_number();
    Query q(
        db_,
        "INSERT INTO story(number, title, first, last, articles, profile) VALUES (?,?,?,?,1,?)");
    q.bind(s.number).bind(own).bind(day).bind(day).bind(s.profile.column()).step();
  }
  Query put(db_, "INSERT INTO story_key VALUES (?,?,?) ON CONFLICT DO NOTHING");
  for (int64_t key : keys) {
    put.bind(key).bind(day_code(day)).bind(s.number).step();
    put.reset();
  }
  return s.number;
}

}  // namespace

std::unique_ptr<Derivation> story_tables(Database& db) { return std::make_unique<StoryTables>(db); }

}  // namespace chancery
