#include "ledger/story_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/key_words.h"
#include "ledger/story_weights.h"
#include "record/vocabulary.h"

namespace chancery {
namespace {

constexpr size_t kBeginning = 1500;  // bytes of a text that say what it is about
constexpr size_t kActors = 4, kWords = 14, kNames = 5;
constexpr size_t kKept = 60;     // actors, and marks, of a storyline that are remembered
constexpr size_t kShortest = 4;  // letters of a word that says something
constexpr char kSame = '=';      // of a shown word: its key

std::string bare(std::string_view word) {
  const std::string_view edges = ".,;:!?\"'()[]-";
  while (!word.empty() && edges.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && edges.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  std::string out(word);
  // Most words have none of them.
  if (std::any_of(word.begin(), word.end(), [](char c) { return c == '\'' || (c & 0x80); }))
    for (std::string_view mark : {"“", "”", "‘", "’s", "’", "'s"})
      out = replace_all(std::move(out), mark, "");
  return out;
}

// The word that stands for its forms; "" for one that says nothing of what a report is about:
// names (they are counted apart), short and general words, verbs in the past.
std::string matter_word(const std::string& word) {
  if (word.empty() || word[0] < 'a' || word[0] > 'z' || word.ends_with("ed")) return "";
  std::string stem = key_word(word);
  if (stem.size() < kShortest || is_general(stem)) return "";
  if (stem.size() > 6 && stem.ends_with("ing")) stem.resize(stem.size() - 3);
  return stem;
}

// How often a text has something, where first, and as what it is shown.
struct Told {
  size_t count = 0, first = std::string::npos;
  std::string shown;
};
using ToldOf = std::unordered_map<std::string, Told>;

// The most frequent first, then those told of first: most words stand once in a text, and its
// first sentences say what it is about.
std::vector<Keyed> most(const ToldOf& all, size_t limit) {
  std::vector<const ToldOf::value_type*> order;
  order.reserve(all.size());
  for (const auto& entry : all) order.push_back(&entry);
  const auto behind = order.begin() + static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
  std::partial_sort(order.begin(), behind, order.end(), [](const auto* a, const auto* b) {
    return std::tie(b->second.count, a->second.first, a->first) <
           std::tie(a->second.count, b->second.first, b->first);
  });
  order.erase(behind, order.end());
  std::vector<Keyed> out;
  for (const auto* entry : order) out.push_back({entry->first, entry->second.shown});
  return out;
}

size_t first_mention(const Entity& e) {
  size_t first = std::string::npos;
  for (const Span& mention : e.mentions) first = std::min<size_t>(first, mention.begin);
  return first;
}

std::string last_word(const std::string& name) {
  const std::vector<std::string_view> words = split_words(name);
  return words.empty() ? "" : std::string(words.back());
}

bool capital(const std::string& word) { return !word.empty() && word[0] >= 'A' && word[0] <= 'Z'; }

std::vector<Keyed> actors_of(const Record& r) {
  ToldOf counts;
  std::map<std::string, size_t> named;  // mentions of the place that a state is called by
  for (const Entity& e : r.entities) {
    if (e.kind == "other" || e.actor.sector == "JRN") continue;
    const std::string& country = e.actor.country;
    if (country.size() == 3 && !kBodies.has(country)) {
      auto& [n, first, shown] = counts[country];
      n += e.mentions.size();
      first = std::min(first, first_mention(e));
      if (e.kind == "place" && e.actor.sector == "GOV" && e.mentions.size() >= named[country]) {
        named[country] = e.mentions.size();
        shown = e.name;
      }
    } else if (e.kind == "person" || e.kind == "organization") {
      auto& [n, first, shown] = counts[lower(e.kind == "person" ? last_word(e.name) : e.name)];
      n += e.mentions.size();
      first = std::min(first, first_mention(e));
      shown = e.name;
    }
  }
  std::erase_if(counts, [](const auto& c) { return c.first.empty() || c.second.count == 0; });
  // A state that is told of by its people alone has no name to be shown by: a code is none.
  return most(counts, kActors);
}

ToldOf words_of(const Article& article) {
  ToldOf words;
  size_t place = 0;
  for (std::string_view word : split_words(std::string_view(article.text).substr(0, kBeginning))) {
    ++place;
    const std::string plain = bare(word), stem = matter_word(plain);
    if (stem.empty()) continue;
    auto& [n, first, shown] = words[stem];
    if (!n++) first = place, shown = plain;
  }
  // What the headline says too counts twice.
  for (std::string_view word : split_words(article.title))
    if (auto found = words.find(matter_word(lower(bare(word)))); found != words.end())
      ++found->second.count;
  return words;
}

// Last names of people, and of things and places, that are no words of the text too.
ToldOf names_of(const Record& r, const StoryMatter& matter) {
  ToldOf names;
  for (const Entity& e : r.entities) {
    const bool thing = e.kind == "other" || (e.kind == "place" && e.actor.sector.empty());
    const std::string name = last_word(e.name);
    if ((e.kind != "person" && !thing) || !capital(name) || name.size() < kShortest) continue;
    const std::string small = lower(name);
    if (std::binary_search(matter.all.begin(), matter.all.end(), hash64(small))) continue;
    Told& told = names[small];
    told.count += e.mentions.size();
    told.first = std::min(told.first, first_mention(e));
  }
  return names;
}

}  // namespace

StoryMatter story_matter(const Article& article) {
  StoryMatter out;
  const ToldOf all = words_of(article);
  out.words = most(all, kWords);
  for (const auto& [word, told] : all) out.all.push_back(hash64(word));
  std::sort(out.all.begin(), out.all.end());
  return out;
}

StoryText story_text(const Record& r, const StoryMatter& matter) {
  StoryText out;
  out.actors = actors_of(r);
  out.words = matter.words;
  for (const Keyed& name : most(names_of(r, matter), kNames)) out.names.push_back(name.key);
  return out;
}

StoryText story_text(const Record& r) { return story_text(r, story_matter(r.article)); }

std::vector<std::string> StoryText::keys() const {
  std::vector<std::string> out;
  for (const Keyed& actor : actors) out.push_back(kActorSign + squeeze(actor.key));
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
  reckoned_ = false;
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
  reckoned_ = false;
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

void StoryProfile::trim_to(Counts& counts, size_t most) {
  if (counts.size() <= most) return;
  std::vector<Counts::iterator> order;
  order.reserve(counts.size());
  for (auto it = counts.begin(); it != counts.end(); ++it) order.push_back(it);
  const auto first_gone = order.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(order.begin(), first_gone, order.end(), [](const auto& a, const auto& b) {
    return std::tie(b->second.count, a->first) < std::tie(a->second.count, b->first);
  });
  for (auto gone = first_gone; gone != order.end(); ++gone) counts.erase(*gone);
}

// A table of twice as many places as keys, each key at the first free one from its hash on.
void StoryProfile::reckon_anew() const {
  reckoned_ = true;
  breadth_ = 0;
  perhaps_.reset();
  const size_t places = std::bit_ceil(2 * (actors_.size() + marks_.size()) + 1);
  shares_.assign(places, {0, 0});
  for (const auto* counts : {&actors_, &marks_})
    for (const auto& [key, counted] : *counts) {
      const double share = static_cast<double>(counted.count) / static_cast<double>(articles_);
      breadth_ += share * share;
      const uint64_t hash = hash64(counts == &actors_ ? kActorSign + key : key);
      perhaps_.set(hash % kBits);
      size_t place = hash & (places - 1);
      while (shares_[place].second > 0) place = (place + 1) & (places - 1);
      shares_[place] = {hash, share};
    }
}

double StoryProfile::share_in_table(uint64_t key) const {
  size_t place = key & (shares_.size() - 1);
  while (shares_[place].second > 0 && shares_[place].first != key)
    place = (place + 1) & (shares_.size() - 1);
  return shares_[place].second;
}

double StoryProfile::breadth() const {
  reckon();
  return breadth_;
}

// What stands for it in a title: two that are in several of its articles and in few others.
std::vector<std::string> StoryProfile::most_telling(const Counts& counts, bool actors) {
  std::vector<std::pair<double, const std::string*>> order;
  for (const auto& [key, counted] : counts) {
    if (counted.count < 2 || counted.shown.empty()) continue;
    if (counted.rare < 0) counted.rare = rarity(usual_share(actors ? kActorSign + key : key));
    order.push_back({static_cast<double>(counted.count) * counted.rare, &counted.shown});
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> out;
  for (size_t i = 0; i < order.size() && i < 2; ++i) out.push_back(*order[i].second);
  return out;
}

std::string StoryProfile::title() const {
  std::vector<std::string> who = most_telling(actors_, true);
  const std::vector<std::string> what = most_telling(marks_, false);
  if (who.empty() || what.empty()) return "";
  std::sort(who.begin(), who.end());
  return join(who, " and ") + ": " + join(what, ", ");
}

WeighedKeys weighed(const std::vector<std::string>& keys,
                    const std::function<double(const std::string&)>& weight) {
  WeighedKeys out;
  out.keys.reserve(keys.size());
  for (const std::string& key : keys) {
    const double own = weight(key);
    out.keys.push_back({key[0] == kActorSign, hash64(key), own * own, 0});
    out.heavy += own * own;
  }
  double left = 0;
  for (size_t i = out.keys.size(); i-- > 0;) out.keys[i].left = left += out.keys[i].heavy;
  return out;
}

Likeness likeness(const WeighedKeys& article, const StoryProfile& story, double least) {
  // Sums of the same in another order differ in their last digits.
  constexpr double kCertain = 1 - 1e-9;
  Likeness out;
  if (story.articles() == 0 || article.heavy <= 0) return out;
  // Its own keys are not weighed: that would ask the ledger for all of them, and they are about as
  // rare as the article's.
  const double usual = article.heavy / static_cast<double>(article.keys.size());
  const double whole = std::sqrt(article.heavy * usual * story.breadth());
  const double enough = least * whole * kCertain, spread = story_limits().spread;
  double shared = 0;
  for (const Weighed& key : article.keys) {
    if (shared + key.left < enough) return {};
    const double share = story.share_of(key.hash);
    if (share <= 0 || share < spread) continue;
    shared += key.heavy * share;
    ++(key.actor ? out.actors : out.marks);
  }
  out.share = shared / whole;
  return out;
}

}  // namespace chancery
