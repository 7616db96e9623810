// What a storyline is about: its actors and the words that its articles have in common.
//
//   const StoryText text = story_text(record);          // of an article
//   StoryProfile profile = StoryProfile::parse(column);  // of the storyline so far
//   profile.add(text);
//   profile.title();                                     // "Iceland and Norway: boats, ports"
#pragma once
#include <bitset>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/record.h"

namespace chancery {

// A key and how people are shown it: "NOR" and "Norway", "trawler" and "trawlers".
struct Keyed {
  std::string key, shown;
};

struct StoryText {
  std::vector<Keyed> actors;       // states by code, people and bodies of no state by name; the
                                   // most spoken of first, four at most
  std::vector<Keyed> words;        // of the text's matter, the most frequent first, 14 at most
  std::vector<std::string> names;  // last names of people and names of things, the most spoken of
                                   // first, five at most
  // All that articles are compared by: words, names, and actors with their sign before them.
  std::vector<std::string> keys() const;
};
StoryText story_text(const Record& record);

// What of it the words alone tell, so that it can be found out before its actors are known.
struct StoryMatter {
  std::vector<Keyed> words;
  std::vector<uint64_t> all;  // hashes of all words of matter, sorted: no names
};
StoryMatter story_matter(const Article& article);
StoryText story_text(const Record& record, const StoryMatter& matter);

class StoryProfile {
 public:
  // Of the column that column() wrote; "" is a storyline without articles.
  static StoryProfile parse(std::string_view column);
  std::string column() const;

  void add(const StoryText& text);
  void add(const StoryProfile& other);
  size_t articles() const { return articles_; }
  // The share of its articles that have a key of StoryText::keys(), by the key's hash. Most keys it
  // is asked for are of none: those it mostly tells without looking at its table.
  double share_of(uint64_t key) const {
    reckon();
    return perhaps_[key % kBits] ? share_in_table(key) : 0;
  }
  // How many things its articles have, each by the square of its share: a storyline that tells of
  // many has something in common with any article.
  double breadth() const;
  // "Iceland and Norway: boats, ports"; "" if neither actors nor words are in two articles.
  std::string title() const;

 private:
  struct Counted {
    size_t count = 0;
    std::string shown;         // "" of a name: not for titles
    mutable double rare = -1;  // how rare it is in any news, below 0: not looked up yet
  };
  using Counts = std::map<std::string, Counted>;
  static void trim_to(Counts& counts, size_t most);
  static std::vector<std::string> most_telling(const Counts& counts, bool actors);

  static constexpr size_t kBits = 512;
  void reckon() const {
    if (!reckoned_) reckon_anew();
  }
  void reckon_anew() const;
  double share_in_table(uint64_t key) const;

  size_t articles_ = 0;
  Counts actors_, marks_;
  // Reckoned when they are asked for after a change: an article is compared with dozens.
  mutable bool reckoned_ = false;
  mutable double breadth_ = 0;
  mutable std::bitset<kBits> perhaps_;  // by hashes of its keys: where there is none, it has none
  mutable std::vector<std::pair<uint64_t, double>> shares_;  // by the hash of the key, 0: free
};

// A key of StoryText::keys() and what it counts that two have it in common.
struct Weighed {
  bool actor;
  uint64_t hash;
  double heavy;  // the square of its weight
  double left;   // the same of it and all behind it
};
struct WeighedKeys {
  std::vector<Weighed> keys;
  double heavy = 0;  // all of them together
};
WeighedKeys weighed(const std::vector<std::string>& keys,
                    const std::function<double(const std::string&)>& weight);

// How alike an article is to a storyline, 0 to 1: the cosine of what they have, what is rarer being
// heavier, with the storyline's breadth for its own length.
struct Likeness {
  double share = 0;
  size_t actors = 0, marks = 0;  // that both have: actors; words and names
};
// Nothing where it is certain, before all keys are looked at, that the share is less than `least`.
Likeness likeness(const WeighedKeys& article, const StoryProfile& story, double least = 0);

}  // namespace chancery
