// The lexicons of reading, as tables in data/lexicon: cues of attribution and triggers of events.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "reading/word_lists.h"
#include "register/ontology.h"

namespace chancery {

// What a cue's word does: tells, asks or promises, is a document that shows, thinks, wishes, acts, or
// attributes nothing.
enum class CueKind { say, urge, document, think, wish, act, none };

struct Cue {
  CueKind kind = CueKind::say;
  std::vector<std::string> shapes;
  bool sure = true;  // attributes by itself; else only with the model's consent
  bool takes(std::string_view shape) const;
  bool tells() const;  // has a shape of content at all
};

// The type of words that look like an act and are none ("expressed concern"): found first, they end
// the search.
inline constexpr std::string_view kNoAct = "NONE";

// What rules hold of a type of act, by data/ontology/traits.tsv, where each is explained.
enum class Trait {
  meeting,
  accord,
  request,
  refusal,
  retreat,
  yields,
  violent,
  forceful,
  mobilizes,
  protests,
  in_place,
  gives,
  spares_owner,
  done_to_object,
  by_somebody,
  blames_or_asks,
  noun_in_clause,
  arranged,
  failed_is_refused,
  refusable,
  done_by_words,
  verbal,
  retold_in_sentence,
  aimed,
  kTraits
};

// One line of data/lexicon/events.tsv: an act as a verb, a noun or a verb with its object.
struct Trigger {
  std::string lemma;     // "meet", "talk", "hold"
  char part = 'v';       // v, n or a
  std::string particle;  // "up", "out": a particle or preposition the word must have
  std::vector<std::string>
      objects;  // lemmas, one of which must be its object ("hold" + talk|meeting)
  std::string type, mode, cameo;
  std::string source;  // where the doer is: subject, object, by, of, poss, between
  std::vector<std::string>
      target;                 // where the other is, first found: object, with, to, on, against, …
  bool needs_target = false;  // no event without another actor in its place
  bool verbal = false;        // an act of speech
  std::string place;          // file:line, for explanations
};

class Lexicon {
 public:
  // The tables of `folder`/lexicon, checked against the ontology; the triggers of events are read
  // from the ontology's own folder where it has an events.tsv, and so are traits. Throws StartError
  // naming file and line for a wrong table.
  Lexicon(const std::string& folder, const std::string& ontology_folder);
  const Ontology& ontology() const { return ontology_; }
  const WordLists& words() const { return words_; }

  const Cue* cue(std::string_view lemma) const;
  // What a word in this place makes of a statement (forces.tsv), "" for nothing. where: cue,
  // adverb, modal, above, over.
  std::string force(std::string_view word, std::string_view where) const;
  // All triggers with this lemma and part of speech, longest demands first.
  const std::vector<Trigger>& triggers(std::string_view lemma, char part) const;
  // Goldstein value of a CAMEO code; false when the table has none.
  bool goldstein(const std::string& cameo, double& value) const;
  // PLOVER type of a CAMEO code by the ontology's table, "" if none.
  std::string type_of(const std::string& cameo) const;
  // The general CAMEO code of a PLOVER type, or the first of a mode of it; "" if none.
  std::string cameo_of(const std::string& type, const std::string& mode = "") const;
  bool has(std::string_view type, Trait trait) const;
  // The first type with the trait, "" if none.
  const std::string& type_with(Trait trait) const;
  size_t size() const { return trigger_count_; }
  // The lemma of an irregular form with this tag of the Penn treebank (irregular.tsv), "" for others.
  std::string_view irregular(std::string_view form, std::string_view tag) const;
  // Is it the lemma of a trigger, of its object, of a cue or of an irregular form?
  bool knows(std::string_view lemma) const;

 private:
  void read_cues(const std::string& path);
  void read_forces(const std::string& path);
  void read_traits(const std::string& path, bool own);
  void read_triggers(const std::string& path);
  void read_irregular(const std::string& path);

  Ontology ontology_;
  WordLists words_;
  std::array<std::vector<std::string>, static_cast<size_t>(Trait::kTraits)> traits_;
  std::unordered_map<std::string, Cue> cues_;
  std::unordered_map<std::string, std::string> forces_;     // "word/where"
  std::unordered_map<std::string, std::string> irregular_;  // "form/which forms of the table"
  std::unordered_set<std::string> lemmas_;                  // of all tables here
  std::unordered_map<std::string, std::vector<Trigger>> triggers_;
  size_t trigger_count_ = 0;
};

}  // namespace chancery
