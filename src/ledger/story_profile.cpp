#include "ledger/story_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/key_words.h"
#include "record/vocabulary.h"

namespace chancery {
namespace {

constexpr size_t kBeginning = 1500;  // bytes of a text that say what it is about
constexpr size_t kActors = 4, kWords = 14, kNames = 5;
constexpr size_t kKept = 60;     // marks of a storyline that are remembered
constexpr size_t kShown = 40;    // of them, those that articles are compared by
constexpr size_t kSpread = 8;    // a mark is in one of so many of its articles at least
constexpr size_t kShortest = 4;  // letters of a word that says something
constexpr char kSame = '=';      // of a shown word: its key

std::string bare(std::string_view word) {
  const std::string_view edges = ".,;:!?\"'()[]-";
  while (!word.empty() && edges.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && edges.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  std::string out(word);
  for (std::string_view mark : {"“", "”", "‘", "’s", "’", "'s"}) out = replace_all(out, mark, "");
  return out;
}

// The word that stands for its forms; "" for one that says nothing of what a report is about:
// names (they are counted apart), short and general words, verbs in the past.
std::string matter_word(const std::string& word) {
  if (word.empty() || word[0] < 'a' || word[0] > 'z' || word.ends_with("ed")) return "";
  const std::vector<std::string> stems = key_words(word);
  if (stems.size() != 1 || stems[0].size() < kShortest || is_general(stems[0])) return "";
  std::string stem = stems[0];
  if (stem.size() > 6 && stem.ends_with("ing")) stem.resize(stem.size() - 3);
  return stem;
}

// The most frequent first, then by key.
std::vector<Keyed> most(const std::map<std::string, std::pair<size_t, std::string>>& counts,
                        size_t limit) {
  std::vector<std::pair<size_t, Keyed>> all;
  for (const auto& [key, counted] : counts) all.push_back({counted.first, {key, counted.second}});
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (all.size() > limit) all.resize(limit);
  std::vector<Keyed> out;
  for (auto& [n, keyed] : all) out.push_back(std::move(keyed));
  return out;
}

std::string last_word(const std::string& name) {
  const std::vector<std::string_view> words = split_words(name);
  return words.empty() ? "" : std::string(words.back());
}

bool capital(const std::string& word) { return !word.empty() && word[0] >= 'A' && word[0] <= 'Z'; }

std::vector<Keyed> actors_of(const Record& r) {
  std::map<std::string, std::pair<size_t, std::string>> counts;
  std::map<std::string, size_t> named;  // mentions of the place that a state is called by
  for (const Entity& e : r.entities) {
    if (e.kind == "other" || e.actor.sector == "JRN") continue;
    const std::string& country = e.actor.country;
    if (country.size() == 3 && !kBodies.has(country)) {
      auto& [n, shown] = counts[country];
      n += e.mentions.size();
      if (e.kind == "place" && e.actor.sector == "GOV" && e.mentions.size() >= named[country]) {
        named[country] = e.mentions.size();
        shown = e.name;
      }
    } else if (e.kind == "person" || e.kind == "organization") {
      auto& [n, shown] = counts[lower(e.kind == "person" ? last_word(e.name) : e.name)];
      n += e.mentions.size();
      shown = e.name;
    }
  }
  std::erase_if(counts, [](const auto& c) { return c.first.empty() || c.second.first == 0; });
  for (auto& [key, counted] : counts)
    if (counted.second.empty()) counted.second = key;
  return most(counts, kActors);
}

}  // namespace

StoryText story_text(const Record& r) {
  StoryText out;
  out.actors = actors_of(r);
  std::map<std::string, std::pair<size_t, std::string>> words;
  for (std::string_view word :
       split_words(std::string_view(r.article.text).substr(0, kBeginning))) {
    const std::string plain = bare(word), stem = matter_word(plain);
    if (stem.empty()) continue;
    auto& [n, shown] = words[stem];
    if (!n++) shown = plain;
  }
  // What the headline says too counts twice.
  for (std::string_view word : split_words(r.article.title))
    if (auto found = words.find(matter_word(lower(bare(word)))); found != words.end())
      ++found->second.first;
  out.words = most(words, kWords);
  std::set<std::string> names;
  for (const Entity& e : r.entities) {
    const bool thing = e.kind == "other" || (e.kind == "place" && e.actor.sector.empty());
    const std::string name = last_word(e.name);
    if ((e.kind == "person" || thing) && capital(name) && name.size() >= kShortest)
      names.insert(lower(name));
  }
  for (const std::string& name : names)
    if (out.names.size() < kNames && !words.count(name)) out.names.push_back(name);
  return out;
}

std::vector<std::string> StoryText::marks() const {
  std::vector<std::string> out;
  for (const Keyed& word : words) out.push_back(word.key);
  out.insert(out.end(), names.begin(), names.end());
  return out;
}

// The number of articles, then a line each: "NOR=Norway 2"; behind an empty one the marks: "trawler
// +s 2", "solheim". Apart by tabs; a number of 1 is left out, and so is what the shown word begins
// with where that is its key.
StoryProfile StoryProfile::parse(std::string_view column) {
  StoryProfile out;
  Counts* counts = nullptr;
  for (std::string_view line : split(column, '\n')) {
    if (!counts) {
      std::from_chars(line.data(), line.data() + line.size(), out.articles_);
      counts = &out.actors_;
      continue;
    }
    if (line.empty()) {
      counts = &out.marks_;
      continue;
    }
    const std::vector<std::string_view> parts = split(line, '\t');
    Counted& c = (*counts)[std::string(parts[0])];
    c.count = 1;
    if (parts.size() > 1) c.shown = parts[1];
    if (c.shown.starts_with(kSame)) c.shown.replace(0, 1, parts[0]);
    if (parts.size() > 2)
      std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), c.count);
  }
  return out;
}

std::string StoryProfile::column() const {
  std::string out = std::to_string(articles_);
  for (const auto* counts : {&actors_, &marks_}) {
    if (counts == &marks_) out += '\n';
    for (const auto& [key, c] : *counts) {
      const std::string name = squeeze(key);
      std::string shown = squeeze(c.shown);
      if (!shown.empty() && shown.starts_with(name)) shown.replace(0, name.size(), 1, kSame);
      out += '\n' + name;
      if (!shown.empty() || c.count > 1) out += '\t' + shown;
      if (c.count > 1) out += '\t' + std::to_string(c.count);
    }
  }
  return out;
}

void StoryProfile::add(const StoryText& text) {
  ++articles_;
  auto count = [](Counts& counts, const std::string& key, const std::string& shown) {
    Counted& c = counts[squeeze(key)];
    ++c.count;
    if (c.shown.empty() || c.shown == key) c.shown = squeeze(shown);
  };
  for (const Keyed& actor : text.actors) count(actors_, actor.key, actor.shown);
  for (const Keyed& word : text.words) count(marks_, word.key, word.shown);
  for (const std::string& name : text.names) count(marks_, name, "");
  trim_to(actors_, kKept);
  trim_to(marks_, kKept);
}

void StoryProfile::add(const StoryProfile& other) {
  articles_ += other.articles_;
  for (auto [mine, theirs] : {std::pair{&actors_, &other.actors_}, {&marks_, &other.marks_}})
    for (const auto& [key, c] : *theirs) {
      Counted& own = (*mine)[key];
      own.count += c.count;
      if (own.shown.empty()) own.shown = c.shown;
    }
  trim_to(actors_, kKept);
  trim_to(marks_, kKept);
}

std::vector<const StoryProfile::Counts::value_type*> StoryProfile::ranked(const Counts& counts) {
  std::vector<const Counts::value_type*> out;
  for (const auto& entry : counts) out.push_back(&entry);
  std::stable_sort(out.begin(), out.end(),
                   [](const auto* a, const auto* b) { return a->second.count > b->second.count; });
  return out;
}

void StoryProfile::trim_to(Counts& counts, size_t most) {
  if (counts.size() <= most) return;
  std::set<std::string> kept;
  for (const auto* entry : ranked(counts))
    if (kept.size() < most) kept.insert(entry->first);
  std::erase_if(counts, [&](const auto& entry) { return !kept.count(entry.first); });
}

size_t StoryProfile::in_common(const std::vector<Keyed>& actors) const {
  size_t n = 0;
  for (const Keyed& actor : actors) n += actors_.count(squeeze(actor.key));
  return n;
}

std::vector<std::string> StoryProfile::marks() const {
  std::vector<std::string> out;
  for (const auto* entry : ranked(marks_))
    if (out.size() < kShown && entry->second.count * kSpread >= articles_)
      out.push_back(entry->first);
  return out;
}

size_t StoryProfile::words_among(const std::vector<std::string>& marks) const {
  return static_cast<size_t>(std::count_if(marks.begin(), marks.end(), [&](const auto& mark) {
    auto found = marks_.find(mark);
    return found != marks_.end() && !found->second.shown.empty();
  }));
}

std::vector<Keyed> StoryProfile::lasting_actors() const {
  std::vector<Keyed> out;
  for (const auto& [key, c] : actors_)
    if (c.count > 1) out.push_back({key, c.shown});
  return out;
}

std::string StoryProfile::title() const {
  std::vector<std::string> who, what;
  for (const auto* entry : ranked(actors_))
    if (who.size() < 2 && entry->second.count > 1) who.push_back(entry->second.shown);
  std::sort(who.begin(), who.end());
  for (const auto* entry : ranked(marks_))
    if (what.size() < 2 && entry->second.count > 1 && !entry->second.shown.empty())
      what.push_back(entry->second.shown);
  if (who.empty() || what.empty()) return "";
  return join(who, " and ") + ": " + join(what, ", ");
}

Likeness likeness(const std::vector<std::string>& own, const std::vector<std::string>& story,
                  const std::function<double(const std::string&)>& weight) {
  const std::set<std::string> there(story.begin(), story.end());
  Likeness out;
  double shared = 0, all = 0;
  std::vector<double> weights;
  for (const std::string& mark : own) {
    weights.push_back(weight(mark));
    if (!there.count(mark)) continue;
    shared += weights.back();
    out.marks.push_back(mark);
  }
  // A short report beside a long one, or the other way round, has fewer to share.
  std::sort(weights.rbegin(), weights.rend());
  const size_t few = std::max<size_t>(4, std::min(own.size(), story.size()));
  for (size_t i = 0; i < weights.size() && i < few; ++i) all += weights[i];
  out.share = all > 0 ? shared / all : 0;
  return out;
}

}  // namespace chancery
