// How those who are heard as a side of an act stand to each other in its sentence: side by side, or one in
// the phrase that tells who another is, who then takes no part of his own.
#pragma once
#include <string>
#include <vector>

#include "reading/done/side_signs.h"
#include "reading/lexicon.h"
#include "reading/tree_view.h"

namespace chancery {

// Those who are likely enough to be on a side; they point into what the caller keeps.
using Parties = std::vector<const Party*>;

// Points into its arguments. Each question is O(parties × depth of the tree), `joint` O(mentions × parties).
class SidePhrases {
 public:
  SidePhrases(const TreeView& tree, const Lexicon& lexicon, const Entities& entities)
      : t_(tree), lexicon_(lexicon), e_(entities) {}

  // "Olm and Norvania": side by side with the likeliest one.
  bool beside(const Party& p, const Parties& chosen, int likeliest, bool as_source) const;
  // "met two envoys in Oman": a place that is named to say where takes no part beside who does.
  bool only_where(const Party& p, const std::string& type, bool as_source) const;
  // "Olm and Norvania", who speak as one, "the presidents of Olm and Norvania", who meet: states act each.
  bool joint(const Party& p, const Parties& found) const;
  // "Senator Ona Marr, Liberal of South Olm", "officials of the Liberals", "supporters of Marr": who is named to
  // tell who others are takes no part of his own. `found`: those on either side.
  bool within_another(const Party& p, const Parties& chosen, const Parties& found,
                      bool as_source) const;

 private:
  int word(const Party& p, bool as_source) const;
  bool of_others(int entity) const;
  bool tells_whose(const Entity& place, const Entity& of) const;
  bool tells_who(const Party& p, const Parties& chosen, bool as_source) const;
  bool of_group(const Party& p, const Parties& chosen, const Parties& found, bool as_source) const;
  bool stands_in(int word, int phrase) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Entities& e_;
};

}  // namespace chancery
