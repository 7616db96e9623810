// Why an act that its words name was not done, or is not told at all, by grammar and whatever the judges
// hear: denied, called off, foiled, never held, nearly done, only spoken of. They have seen few such.
#pragma once
#include <string>
#include <string_view>

#include "reading/lexicon.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

// Points into its arguments. Each question costs the depth of the tree.
class Undone {
 public:
  Undone(const TreeView& tree, const Lexicon& lexicon) : t_(tree), lexicon_(lexicon) {}

  // Sets the status of an act at this word to what is found, and says why; that it may be done tells
  // less than a status other than "occurred".
  std::string_view settle(int word, Event& act) const;

  // "There were no reports of attacks": nobody tells of any. "Pulled out of the talks": what is told is that
  // somebody left.
  bool untold(int word, const std::string& type) const;
  // "denied that Norvania had bombed the port", "denied bombing it"
  bool under_denial(int word) const;
  // "The Norvanian team crushed Olm": nobody is harmed.
  bool in_a_game(int word, const std::string& type) const;
  // "fired two missiles into the sea"
  bool harms_nobody(int word) const;
  // Does the lexicon have the word for an act of this type, `alone`: whatever its object?
  bool named_so(int word, const std::string& type, bool alone) const;

 private:
  struct Finding {
    std::string_view status;  // denied or possible; empty where nothing says so
    std::string_view why;     // for the explanation
  };
  // What the grammar around this word says of an act of this type.
  Finding of(int word, const std::string& type) const;

  bool sends_somebody(int verb) const;
  bool not_done(int word, const std::string& type) const;
  bool wished_past(int word) const;
  bool contrary(int word) const;
  bool was_to_have(int word) const;
  bool unproven(int word) const;
  bool ceased(int word, const std::string& type) const;
  bool nearly(int word) const;
  bool short_of(int word) const;
  bool failed_to(int word, const std::string& type) const;
  bool never_held(int noun, const std::string& type) const;
  bool told_as_false(int word) const;
  Finding above(int word, const std::string& type) const;
  Finding spoken_of(int word, const std::string& type) const;
  std::string with_particle(int word) const;
  std::string force(int word, std::string_view where) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
};

}  // namespace chancery
