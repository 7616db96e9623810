#include "ledger/story_store.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/calendar.h"
#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/given.h"
#include "ledger/parts.h"

namespace chancery {
namespace {

constexpr size_t kLooked = 24;   // storylines of a key that are looked at, the newest
constexpr size_t kHeld = 10000;  // storylines that are remembered though nothing changed of them
constexpr size_t kRowsHeld = 3000000;  // rows that are remembered though they are in their table

std::optional<int64_t> number_of(const std::string& day) {
  const auto date = parse_day(day);
  return date ? std::optional<int64_t>(day_number(*date)) : std::nullopt;
}

}  // namespace

void StoryStore::Story::set_days(const std::string& from, const std::string& until) {
  if (from != first) first = from, first_number = number_of(first);
  if (until != last) last = until, last_number = number_of(last);
}

void StoryStore::ask(const std::vector<std::string>& marks) {
  for (const std::string& mark : marks)
    if (!marks_.count(mark)) asked_marks_.push_back(mark);
  if (!marks_.count("")) asked_marks_.push_back("");
}

void StoryStore::ask(const std::set<int64_t>& keys, const std::string& day) {
  const int64_t code = day_code(day);
  if (!windows_.count(code))
    windows_[code] = {day_code(shifted(day, -kMonths)), day_code(shifted(day, kMonths))};
  if (whole_) return;
  for (int64_t key : keys)
    if (!rows_.count({key, code})) asked_.push_back({key, code});
}

// Each is asked for once, in the order of the tables: neighbours lie on the same pages.
void StoryStore::fetch() {
  Given q(db_, "SELECT mark, articles FROM story_mark WHERE mark = given.word",
          {{"word", Given::text}});
  std::sort(asked_marks_.begin(), asked_marks_.end());
  for (const std::string& mark : asked_marks_)
    if (marks_.try_emplace(mark).second) q.add(mark);
  q.run([&](const Query& row) { marks_[row.text(0)] = {row.integer(1), false, false}; });
  asked_marks_.clear();
  if (asked_.empty()) return;
  std::sort(asked_.begin(), asked_.end());
  asked_.erase(std::unique(asked_.begin(), asked_.end()), asked_.end());
  fetch_rows();
  asked_.clear();
}

// From the newest storyline of a key on, until there are enough: those of long ago, of which a key of
// two great powers has many, are not looked at. They come as one text: a row for each would take a
// server longer than to find them.
void StoryStore::fetch_rows() {
  const std::string in_one = db_.dialect() == Database::sqlite ? "group_concat" : "string_agg";
  Given q(db_,
          "SELECT given.place, given.about, " + in_one +
              "(CAST(k.story AS text) || CASE WHEN k.that_day = 1 THEN '+' ELSE '' END, ' ') FROM "
              "(SELECT story, max(CASE WHEN last = given.about THEN 1 ELSE 0 END) AS that_day FROM "
              "story_key WHERE key = given.place AND last >= given.begins AND last <= given.ends "
              "GROUP BY story ORDER BY story DESC LIMIT " +
              std::to_string(kLooked) + ") k HAVING count(*) > 0",
          {{"place", Given::number},
           {"about", Given::number},
           {"begins", Given::number},
           {"ends", Given::number}});
  for (const Place& place : asked_) {
    rows_.try_emplace(place);
    const Window& window = windows_.at(place.second);
    q.add(place.first).add(place.second).add(window.from).add(window.until);
  }
  std::vector<int64_t> found;
  q.run([&](const Query& row) {
    std::vector<Row>& rows = rows_[{row.integer(0), row.integer(1)}];
    const std::string all = row.text(2);
    for (std::string_view one : split(all, ' ')) {
      int64_t story = 0;
      const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), story);
      rows.push_back({story, end != one.data() + one.size()});
      found.push_back(story);
    }
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  fetch_joined(found);
  for (int64_t& number : found) number = now(number);
  need(found);
}

// Of which another each of them is now. Many keys have the same storylines: each is asked for once.
void StoryStore::fetch_joined(const std::vector<int64_t>& numbers) {
  Given q(db_, "SELECT number, story FROM story_joined WHERE number = given.other",
          {{"other", Given::number}});
  for (int64_t number : numbers)
    if (looked_up_.insert(number).second) q.add(number);
  q.run([&](const Query& row) { joined_.emplace(row.integer(0), row.integer(1)); });
}

void StoryStore::need(const std::vector<int64_t>& numbers) {
  Given q(db_,
          "SELECT number, title, first, last, articles, profile FROM story WHERE number = "
          "given.story",
          {{"story", Given::number}});
  for (int64_t number : numbers)
    if (!stories_.count(number)) q.add(number);
  q.run([&](const Query& row) {
    Story& s = stories_[row.integer(0)];
    s.title = row.text(1);
    s.set_days(row.text(2), row.text(3));
    s.articles = row.integer(4);
    s.profile = StoryProfile::parse(row.text(5));
    s.fresh = s.changed = false;
  });
}

void StoryStore::let_go(const std::string& day) {
  if (stories_.size() <= kHeld) return;
  const auto today = number_of(day);
  std::erase_if(stories_, [&](const auto& story) {
    const Story& s = story.second;
    return !s.changed && today && s.last_number && *s.last_number + kMonths < *today;
  });
  if (stories_.size() > 2 * kHeld)
    std::erase_if(stories_, [](const auto& story) { return !story.second.changed; });
}

void StoryStore::count(const std::string& mark) {
  Mark& m = marks_.at(mark);
  ++m.articles;
  m.changed = true;
}

void StoryStore::add_found(int64_t key, int64_t code, const Window& window,
                           std::vector<int64_t>& out) const {
  const size_t begin = out.size();
  if (!whole_)
    for (const Row& row : rows_.at({key, code})) out.push_back(row.story);
  const size_t put_from = out.size();
  if (auto put = put_.find(key); put != put_.end()) {
    for (auto row = put->second.rbegin(); row != put->second.rend(); ++row) {
      const auto [story, told] = *row;
      if (told < window.from || told > window.until) continue;
      if (out.size() > put_from && out.back() == story) continue;
      if (out.size() == put_from + kLooked) break;
      out.push_back(story);
    }
  }
  if (put_from == begin) return;  // the newest first, each once
  const auto own = out.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(own, out.end(), std::greater<>());
  out.erase(std::unique(own, out.end()), out.end());
  if (out.size() > begin + kLooked) out.resize(begin + kLooked);
}

std::vector<int64_t> StoryStore::found(const std::set<int64_t>& keys,
                                       const std::string& day) const {
  const int64_t code = day_code(day);
  const Window& window = windows_.at(code);
  std::vector<int64_t> all;
  for (int64_t key : keys) add_found(key, code, window, all);
  const auto each_once = [&] {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
  };
  each_once();
  bool joined = false;
  if (!joined_.empty())
    for (int64_t& story : all)
      if (const int64_t other = now(story); other != story) story = other, joined = true;
  if (joined) each_once();
  return all;
}

void StoryStore::put(int64_t key, const std::string& day, int64_t story) {
  Put& rows = put_[key];
  const std::pair row{story, day_code(day)};
  // Mostly it is of the newest storyline.
  const auto place = rows.empty() || rows.back() < row
                         ? rows.end()
                         : std::lower_bound(rows.begin(), rows.end(), row);
  if (place != rows.end() && *place == row) return;
  rows.insert(place, row);
  ++rows_held_;
  unwritten_.push_back({{key, row.second}, story});
}

StoryStore::Story* StoryStore::at(int64_t number) {
  auto found = stories_.find(number);
  if (found == stories_.end()) {
    need({number});
    found = stories_.find(number);
  }
  return found == stories_.end() ? nullptr : &found->second;
}

std::pair<int64_t, StoryStore::Story*> StoryStore::begin() {
  if (next_ == 0) {
    // Never one that a storyline had which is now of another: links to that one lead elsewhere.
    Query q(db_,
            "SELECT coalesce(max(number), 0) + 1 FROM (SELECT max(number) AS number FROM story "
            "UNION ALL SELECT max(number) FROM story_joined) used");
    q.step();
    next_ = q.integer(0);
  }
  const int64_t number = next_++;
  return {number, &stories_[number]};
}

void StoryStore::join(int64_t story, int64_t other) {
  Story &into = *at(story), &from = *at(other);
  into.profile.add(from.profile);
  into.set_days(std::min(into.first, from.first), std::max(into.last, from.last));
  into.articles += from.articles;
  into.changed = from.changed = true;
  joined_[other] = story;
  gone_.insert(other);
}

int64_t StoryStore::now(int64_t number) const {
  for (auto next = joined_.find(number); next != joined_.end(); next = joined_.find(number))
    number = next->second;
  return number;
}

void StoryStore::write_marks() {
  Query put(db_, "INSERT INTO story_mark VALUES (?,?)");
  Given change(db_, "UPDATE story_mark SET articles = given.total WHERE mark = given.word",
               {{"total", Given::number}, {"word", Given::text}});
  std::map<std::string_view, const Mark*> in_order;
  for (const auto& [mark, m] : marks_)
    if (m.changed) in_order[mark] = &m;
  for (const auto& [mark, m] : in_order) {
    if (!m->fresh) {
      change.add(m->articles).add(mark);
      continue;
    }
    put.bind(mark).bind(m->articles).step();
    put.reset();
  }
  change.run();
}

// Is it certain that the table has no such row?
bool StoryStore::surely_new(const Place& place, int64_t story) const {
  if (whole_) return true;
  if (auto found = stories_.find(story); found != stories_.end() && found->second.fresh)
    return true;
  auto rows = rows_.find(place);
  return rows != rows_.end() && rows->second.size() < kLooked &&
         std::none_of(rows->second.begin(), rows->second.end(),
                      [&](const Row& row) { return row.story == story && row.that_day; });
}

// In the order of their table: neighbours lie on the same pages.
void StoryStore::sort_rows() {
  std::sort(unwritten_.begin(), unwritten_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.first, a.second, a.first.second) <
           std::tie(b.first.first, b.second, b.first.second);
  });
}

void StoryStore::write_keys() {
  Query put(db_, "INSERT INTO story_key VALUES (?,?,?)");
  Given perhaps(db_,
                "INSERT INTO story_key VALUES (given.place, given.about, given.story) ON CONFLICT "
                "DO NOTHING",
                {{"place", Given::number}, {"about", Given::number}, {"story", Given::number}});
  sort_rows();
  for (const auto& [place, story] : unwritten_) {
    if (!surely_new(place, story)) {
      perhaps.add(place.first).add(place.second).add(story);
      continue;
    }
    put.bind(place.first).bind(place.second).bind(story).step();
    put.reset();
  }
  perhaps.run();
}

void StoryStore::write_stories() {
  Query put(db_,
            "INSERT INTO story(number, title, first, last, articles, profile) VALUES "
            "(?,?,?,?,?,?)");
  Given change(db_,
               "UPDATE story SET title = given.titled, first = given.begins, last = given.ends, "
               "articles = given.total, profile = given.profiled WHERE number = given.story",
               {{"titled", Given::text},
                {"begins", Given::text},
                {"ends", Given::text},
                {"total", Given::number},
                {"profiled", Given::text},
                {"story", Given::number}});
  std::map<int64_t, const Story*> in_order;
  for (const auto& [number, s] : stories_)
    if (s.changed && !gone_.count(number)) in_order[number] = &s;
  for (const auto& [number, s] : in_order) {
    if (!s->fresh) {
      change.add(s->title).add(s->first).add(s->last).add(s->articles).add(s->profile.column());
      change.add(number);
      continue;
    }
    put.bind(number).bind(s->title).bind(s->first).bind(s->last).bind(s->articles);
    put.bind(s->profile.column()).step();
    put.reset();
  }
  change.run();
}

void StoryStore::write_joined() {
  const std::vector<Given::Column> both = {{"target", Given::number}, {"other", Given::number}};
  // Links to numbers that were of one of them lead on.
  for (const char* sql :
       {"UPDATE article SET story = given.target WHERE story = given.other",
        "UPDATE story_joined SET story = given.target WHERE story = given.other",
        "INSERT INTO story_joined(number, story) VALUES (given.other, given.target)"}) {
    Given q(db_, sql, both);
    for (int64_t other : gone_) q.add(now(other)).add(other);
    q.run();
  }
  Given drop(db_, "DELETE FROM story WHERE number = given.other", {{"other", Given::number}});
  for (int64_t other : gone_)
    if (!stories_.at(other).fresh) drop.add(other);
  drop.run();
}

void StoryStore::write() {
  write_marks();
  write_keys();
  write_joined();
  write_stories();
  if (!whole_ || rows_held_ > kRowsHeld) return forget();
  for (int64_t other : gone_) stories_.erase(other);
  for (auto& [number, s] : stories_) s.fresh = s.changed = false;
  gone_.clear(), unwritten_.clear();
  forget_answers();
}

void StoryStore::begin_empty() {
  forget();
  whole_ = true;
}

// What the tables said of themselves, which is otherwise after each batch.
void StoryStore::forget_answers() {
  asked_marks_.clear(), asked_.clear(), marks_.clear(), windows_.clear(), rows_.clear();
  looked_up_.clear();
}

void StoryStore::forget() {
  forget_answers();
  put_.clear(), unwritten_.clear(), stories_.clear(), joined_.clear(), gone_.clear();
  rows_held_ = 0;
  next_ = 0;
  whole_ = false;
}

}  // namespace chancery
