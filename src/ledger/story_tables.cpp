// Storylines: articles about the same actors and the same matter, within months of each other.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/calendar.h"
#include "base/cutting.h"
#include "base/strings.h"
#include "ledger/derivation.h"
#include "ledger/filed.h"
#include "ledger/parts.h"
#include "ledger/story_profile.h"

namespace chancery {
namespace {

constexpr long kMonths = 200;  // days after which a dispute is another one
constexpr long kWeek = 7, kSoon = 45, kMonth = 30;
constexpr size_t kKeyed = 6;      // words of an article under which its storyline is found
constexpr int kLooked = 12;       // storylines of a key that are looked at, the newest
constexpr double kArticles = 20;  // as if so many articles were there that share no mark

// How alike an article must be to a storyline that was last told `gap` days away: less where two
// actors are the same, more the longer it is ago. Chosen on tests/stories.tsv and the examples.
struct Need {
  double share;
  size_t marks;
};
Need needed(long gap, size_t actors) {
  if (actors > 1)
    return gap <= 3       ? Need{0.09, 1}
           : gap <= kWeek ? Need{0.09, 2}
           : gap <= kSoon ? Need{0.10, 2}
                          : Need{0.135, 3};
  return gap <= 3        ? Need{0.2, 2}
         : gap <= kWeek  ? Need{0.2, 3}
         : gap <= kMonth ? Need{0.24, 3}
                         : Need{0.4, 4};
}
constexpr size_t kJoining = 3;    // marks by which an article makes one of two storylines
constexpr size_t kGrown = 3;      // articles of a storyline that may take another in by itself
constexpr size_t kMatter = 20;    // its marks that are compared then
constexpr size_t kSameWords = 2;  // words, not names, that both must have

class StoryTables : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "stories"; }
  int version() const override { return 5; }
  std::vector<const char*> tables() const override { return {"story", "story_key", "story_mark"}; }
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
    size_t actors = 0;     // in common with the article
    double margin = 0;     // over what is needed of the article
    bool alike = false;    // the article is one of it
    bool joining = false;  // and alike enough for it to be one with another
  };

  int64_t story(const Record& record, int64_t copy);
  int64_t story_of(int64_t article);
  std::vector<Story> candidates(const StoryText& text, const std::string& day,
                                const std::set<int64_t>& keys);
  void grow(Story& story, const std::string& day);
  bool same_dispute(const Story& grown, const Story& other);
  void join_into(Story& story, const Story& other);
  std::map<std::string, double> weights(const std::vector<std::string>& marks);
  void count(const std::vector<std::string>& marks);
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
CREATE TABLE story_mark (          -- how many articles have a mark; of no mark: all of them
  mark TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (mark)
) STRICT, WITHOUT ROWID;
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

std::map<std::string, double> StoryTables::weights(const std::vector<std::string>& marks) {
  std::map<std::string, double> articles, out;
  Query q(db_, "SELECT articles FROM story_mark WHERE mark = ?");
  auto count_of = [&](const std::string& mark) {
    q.bind(mark);
    const double n = q.step() ? static_cast<double>(q.integer(0)) : 0;
    q.reset();
    return n;
  };
  const double all = count_of("") + kArticles;
  for (const std::string& mark : marks) out[mark] = std::log(all / (count_of(mark) + 1));
  return out;
}

void StoryTables::count(const std::vector<std::string>& marks) {
  Query q(db_,
          "INSERT INTO story_mark VALUES (?, 1) ON CONFLICT (mark) DO UPDATE SET articles = "
          "story_mark.articles + 1");
  std::set<std::string> each(marks.begin(), marks.end());
  each.insert("");
  for (const std::string& mark : each) {
    q.bind(mark).step();
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
  const std::vector<std::string> marks = text.marks();
  const std::map<std::string, double> weight = weights(marks);
  std::vector<Story> out;
  Query q(db_, "SELECT first, last, profile FROM story WHERE number = ?");
  for (int64_t number : numbers) {
    q.bind(number);
    if (q.step()) {
      Story s{number, q.text(0), q.text(1), StoryProfile::parse(q.text(2))};
      s.actors = s.profile.in_common(text.actors);
      const long gap = days_apart(day, s.first, s.last);
      const Likeness like = likeness(marks, s.profile.marks(),
                                     [&](const std::string& mark) { return weight.at(mark); });
      const Need need = needed(gap, s.actors);
      s.margin = like.share - need.share;
      s.alike = s.margin >= 0 && like.marks.size() >= need.marks;
      s.joining = s.alike && s.actors > 1 && like.marks.size() >= kJoining;
      if (gap <= kMonths && s.actors) out.push_back(std::move(s));
    }
    q.reset();
  }
  return out;
}

// Does what a storyline of several articles is mostly about stand in another one too?
bool StoryTables::same_dispute(const Story& grown, const Story& other) {
  if (grown.profile.articles() < kGrown ||
      other.profile.in_common(grown.profile.lasting_actors()) < 2)
    return false;
  std::vector<std::string> matter = grown.profile.marks();
  matter.resize(std::min(matter.size(), kMatter));
  const std::map<std::string, double> weight = weights(matter);
  const Likeness like = likeness(matter, other.profile.marks(),
                                 [&](const std::string& mark) { return weight.at(mark); });
  const Need need{needed(kSoon, 2).share, needed(kMonths, 2).marks};
  return like.share >= need.share && like.marks.size() >= need.marks &&
         other.profile.words_among(like.marks) >= kSameWords;
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
}

void StoryTables::cut_off(int64_t, const std::string&) {
  db_.run("DELETE FROM story; DELETE FROM story_key; DELETE FROM story_mark");
  // The same numbers again, so that most articles need not be written.
  if (db_.dialect() == Database::postgres)
    db_.run("SELECT setval(pg_get_serial_sequence('story', 'number'), 1, false)");
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
  count(text.marks());
  const Story* best = nullptr;
  for (const Story& story : near)
    if (story.alike && (!best || story.margin > best->margin)) best = &story;
  Story s;
  const std::string own = title_of(r.article.title, r.article.text);
  if (best) {
    s = *best;
    s.profile.add(text);
    for (const Story& other : near)
      if (other.number != s.number &&
          ((other.joining && s.joining) || (other.actors > 1 && same_dispute(s, other))))
        join_into(s, other);
    grow(s, day);
  } else {
    s.profile.add(text);
    Query q(db_, std::string("INSERT INTO story(title, first, last, articles, profile) VALUES "
                             "(?,?,?,1,?)") +
                     db_.returning());
    s.number = q.bind(own).bind(day).bind(day).bind(s.profile.column()).number();
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
