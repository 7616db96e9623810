// Storylines: articles about the same actors and the same matter, within months of each other.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "base/cutting.h"
#include "base/strings.h"
#include "ledger/derivation.h"
#include "ledger/filed.h"
#include "ledger/parts.h"
#include "ledger/story_profile.h"
#include "ledger/story_store.h"
#include "ledger/story_weights.h"

namespace chancery {
namespace {

constexpr long kMonths = StoryStore::kMonths;
constexpr size_t kKeyed = 9;    // words of an article under which its storyline is found
constexpr size_t kShared = 2;   // marks that an article has in common with its storyline; one does
                                // within days, where two actors are the same and it is very alike
constexpr size_t kJoining = 3;  // marks, and actors, by which it makes one of two
constexpr size_t kJoiners = 2;

class StoryTables : public Derivation {
 public:
  explicit StoryTables(Database& db) : Derivation(db), store_(db) {}
  const char* name() const override { return "stories"; }
  int version() const override { return 8; }
  std::vector<const char*> tables() const override {
    return {"story", "story_key", "story_mark", "story_joined"};
  }
  std::vector<const char*> uses() const override { return {"texts"}; }
  std::string create() const override;
  void expect(const std::vector<Expected>& articles) override;
  void write(Entry& entry) override;
  void recall(Entry& entry) override { entry.story = story_of(entry.number); }
  void cut_off(int64_t last, const std::string& day) override;
  void emptied() override { store_.begin_empty(); }
  // An article may make one of two storylines, and what they have in common is not kept by the day.
  bool follows_all() const override { return true; }
  void finish() override { store_.write(), of_article_.clear(), matter_.clear(); }
  void forget() override { store_.forget(), of_article_.clear(), matter_.clear(); }

 private:
  struct Candidate {
    int64_t number = 0;
    double margin = 0;     // over what is needed of the article
    bool joining = false;  // so alike that another to which it is too is the same
  };

  static uint64_t words_number(const Article& article) {
    return hash64(article.text, hash64(article.title));
  }
  int64_t story(const Record& record, int64_t copy);
  int64_t story_of(int64_t article);
  std::vector<Candidate> candidates(const std::vector<std::string>& marks, const std::string& day,
                                    const std::set<int64_t>& keys);
  int64_t tell(const Record& record, const StoryText& text, const std::string& day,
               const std::vector<Candidate>& near);
  WeighedKeys weights(const std::vector<std::string>& keys);
  void count(const std::vector<std::string>& keys);

  StoryStore store_;
  std::map<int64_t, int64_t> of_article_;  // of those that are not in their tables yet
  // Of articles that come next, by the hash of their words: to find it takes longer than to compare.
  std::unordered_map<uint64_t, StoryMatter> matter_;
};

std::string StoryTables::create() const {
  return R"sql(
CREATE TABLE story (
  number INTEGER PRIMARY KEY, title TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL,
  profile TEXT NOT NULL            -- actors and words that its articles have in common (story_profile.h)
) STRICT;
CREATE INDEX story_last ON story(last, number);
CREATE TABLE story_key (           -- under which a storyline is found, the newest first: hashes, and days as parts.h has them
  key INTEGER NOT NULL, last INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, story, last)
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
  if (auto found = of_article_.find(article); found != of_article_.end())
    return store_.now(found->second);
  Query q(db_, "SELECT story FROM article WHERE number = ?");
  return q.bind(article).step() && !q.null(0) ? store_.now(q.integer(0)) : 0;
}

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

long days_apart(int64_t day, const StoryStore::Story& s) {
  if (!s.first_number || !s.last_number) return kMonths + 1;
  return static_cast<long>(std::max<int64_t>({0, day - *s.last_number, *s.first_number - day}));
}

// What each counts: by how many articles of this ledger have it, and of any news. A young ledger
// knows little by itself, and one that follows two states has them in every article.
WeighedKeys StoryTables::weights(const std::vector<std::string>& keys) {
  const StoryLimits& limits = story_limits();
  const double all = static_cast<double>(store_.articles_with("")) + limits.prior;
  return weighed(keys, [&](const std::string& key) {
    const double has = static_cast<double>(store_.articles_with(key)) +
                       limits.prior * std::max(usual_share(key), limits.rare);
    return rarity(has / all) * (key[0] == kActorSign ? limits.actor : 1);
  });
}

void StoryTables::count(const std::vector<std::string>& keys) {
  std::set<std::string> each(keys.begin(), keys.end());
  each.insert("");
  for (const std::string& key : each) store_.count(key);
}

std::vector<StoryTables::Candidate> StoryTables::candidates(const std::vector<std::string>& marks,
                                                            const std::string& day,
                                                            const std::set<int64_t>& keys) {
  const std::optional<Day> date = parse_day(day);
  if (!date) return {};
  const int64_t today = day_number(*date);
  const std::vector<int64_t> numbers = store_.found(keys, day);
  store_.need(numbers);
  const WeighedKeys compared = weights(marks);
  std::vector<Candidate> out;
  for (int64_t number : numbers) {
    const StoryStore::Story* s = store_.at(number);
    if (!s) continue;
    const long gap = days_apart(today, *s);
    if (gap > kMonths) continue;
    const double needed = story_limits().needed(gap);
    const Likeness like = likeness(compared, s->profile, needed);
    if (like.actors == 0 || like.marks == 0) continue;
    const double margin = like.share - needed;
    const bool one =
        gap <= StoryLimits::kNear && like.actors >= kJoiners && like.share >= story_limits().later;
    const size_t least = one ? 1 : kShared;
    const bool alike = margin >= 0 && like.marks >= least;
    const bool joining =
        margin >= story_limits().join && like.actors >= kJoiners && like.marks >= kJoining;
    if (alike) out.push_back({number, margin, joining});
  }
  return out;
}

// With another article.
void grow(StoryStore::Story& s, const std::string& day) {
  if (const std::string common = s.profile.title(); !common.empty()) s.title = common;
  s.set_days(std::min(s.first, day), std::max(s.last, day));
  ++s.articles;
  s.changed = true;
}

void StoryTables::cut_off(int64_t, const std::string&) {
  // The same numbers again, so that most articles need not be written.
  for (const char* table : tables()) db_.run(std::string("DELETE FROM ") + table);
  emptied();
}

// Which storyline the article goes on, or a new one that it begins.
int64_t StoryTables::tell(const Record& r, const StoryText& text, const std::string& day,
                          const std::vector<Candidate>& near) {
  const Candidate* best = nullptr;
  for (const Candidate& candidate : near)
    if (!best || candidate.margin > best->margin) best = &candidate;
  if (!best) {
    auto [number, s] = store_.begin();
    s->profile.add(text);
    s->title = title_of(r.article.title, r.article.text);
    s->set_days(day, day);
    s->articles = 1;
    return number;
  }
  StoryStore::Story& s = *store_.at(best->number);
  s.profile.add(text);
  // An article told of both: they are one.
  for (const Candidate& other : near)
    if (other.number != best->number && other.joining) store_.join(best->number, other.number);
  grow(s, day);
  return best->number;
}

int64_t StoryTables::story(const Record& r, int64_t copy) {
  const std::string day = day_of_publication(r.article.published);
  if (const int64_t same = copy ? story_of(copy) : 0) {
    if (StoryStore::Story* s = store_.at(same); s && !day.empty()) grow(*s, day);
    return same;
  }
  if (day.empty()) return 0;
  const auto matter = matter_.find(words_number(r.article));
  const StoryText text = matter == matter_.end() ? story_text(r) : story_text(r, matter->second);
  const std::set<int64_t> keys = keys_of(text);
  if (keys.empty()) return 0;
  const std::vector<std::string> marks = text.keys();
  store_.ask(marks);
  store_.ask(keys, day);
  store_.fetch();
  const std::vector<Candidate> near = candidates(marks, day, keys);
  count(marks);
  const int64_t number = tell(r, text, day, near);
  for (int64_t key : keys) store_.put(key, day, number);
  return number;
}

void StoryTables::write(Entry& entry) {
  entry.story = story(entry.record, entry.copy_of);
  if (entry.story) of_article_[entry.number] = entry.story;
}

void StoryTables::expect(const std::vector<Expected>& articles) {
  if (!articles.empty())
    store_.let_go(day_of_publication(articles.front().record->article.published));
  matter_.clear();
  for (const Expected& x : articles) {
    const Record* r = x.record;
    const std::string day = day_of_publication(r->article.published);
    if (day.empty()) continue;
    const auto [matter, fresh] = matter_.try_emplace(words_number(r->article));
    if (fresh) matter->second = story_matter(r->article);
    const StoryText text = story_text(*r, matter->second);
    store_.ask(text.keys());
    store_.ask(keys_of(text), day);
  }
  store_.fetch();
}

}  // namespace

std::unique_ptr<Derivation> story_tables(Database& db) { return std::make_unique<StoryTables>(db); }

}  // namespace chancery
