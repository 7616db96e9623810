// What a coded event says beside who did what to whom: PLOVER contexts, how many people it hit
// (dead, injured, detained, protesters …), what it was done with, and the mode that the instrument
// makes. From tables: ontology/contexts.tsv, lexicon/tolls.tsv, lexicon/instruments.tsv. Linear in
// the tokens of the sentences with events.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reading/done/events.h"
#include "reading/lexicon.h"
#include "reading/phrases.h"
#include "reading/tree_view.h"
#include "register/ontology.h"

namespace chancery {

class EventDetails {
 public:
  // Throws StartError for a wrong table; `lexicon` must outlive it.
  EventDetails(const std::string& lexicon_folder, const Lexicon& lexicon);

  void add(const TreeView& tree, std::vector<FoundEvent>& events) const;

 private:
  struct Toll {
    char part = 'v';            // v, a, n
    bool intransitive = false;  // a verb that counts its subject
    std::string of;
  };
  const Toll* toll(std::string_view word, char part) const;
  // A number with what it counts.
  struct Counted {
    int number = -1, noun = -1;  // tokens; the number itself where no noun stands
    int phrase = -1, verb = -1;  // what stands for both in the tree; the verb that tells their fate
    const Toll* what = nullptr;
  };
  bool fits(const std::string& type, const std::string& of) const;
  Counted counted_at(const TreeView& tree, int token) const;
  void by_verb_above(const TreeView& tree, Counted& c) const;
  void by_words_beside(const TreeView& tree, Counted& c) const;
  void numbers(const TreeView& tree, int sentence, std::vector<FoundEvent*>& events) const;

  const Lexicon& lexicon_;
  const Ontology& ontology_;
  std::unordered_map<std::string, Toll> tolls_;  // "kill/v"
  Phrases instruments_, contexts_;
  std::vector<std::string> modes_;  // of instruments_
};

}  // namespace chancery
