// What a storyline is about: its actors and the words that its articles have in common.
//
//   const StoryText text = story_text(record);          // of an article
//   StoryProfile profile = StoryProfile::parse(column);  // of the storyline so far
//   profile.add(text);
//   profile.title();                                     // "Iceland and Norway: boats, ports"
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
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
  std::vector<std::string> names;  // last names of people and names of things, five at most
  // All that articles are compared by: words and names.
  std::vector<std::string> marks() const;
};
StoryText story_text(const Record& record);

class StoryProfile {
 public:
  // Of the column that column() wrote; "" is a storyline without articles.
  static StoryProfile parse(std::string_view column);
  std::string column() const;

  void add(const StoryText& text);
  void add(const StoryProfile& other);
  size_t articles() const { return articles_; }
  // Those of `actors` who are in it.
  size_t in_common(const std::vector<Keyed>& actors) const;
  // Its marks that an article may share: the most frequent, and in enough of its articles.
  std::vector<std::string> marks() const;
  // Of these marks, how many are words and not names of people and things?
  size_t words_among(const std::vector<std::string>& marks) const;
  // Its actors in two articles or more.
  std::vector<Keyed> lasting_actors() const;
  // "Iceland and Norway: boats, ports"; "" if neither actors nor words are in two articles.
  std::string title() const;

 private:
  struct Counted {
    size_t count = 0;
    std::string shown;  // "" of a name: not for titles
  };
  using Counts = std::map<std::string, Counted>;
  static std::vector<const Counts::value_type*> ranked(const Counts& counts);
  static void trim_to(Counts& counts, size_t most);

  size_t articles_ = 0;
  Counts actors_, marks_;
};

// How alike an article is to a storyline: the weight of the marks that both have by that of the
// article's; `weight` is heavier for a rarer mark.
struct Likeness {
  double share = 0;
  std::vector<std::string> marks;  // that both have
};
Likeness likeness(const std::vector<std::string>& own, const std::vector<std::string>& story,
                  const std::function<double(const std::string&)>& weight);

}  // namespace chancery
