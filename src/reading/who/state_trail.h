// The states that an article speaks of, word by word: names of states, demonyms, capitals, words
// for governments, parts of states, towns, known leaders and bodies. What says whose "the police"
// are when their own phrase does not.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reading/tree_view.h"
#include "register/gazetteer.h"
#include "register/register.h"

namespace chancery {

// Do the words only give another name a part: a continent's ("Latin America", "Anglo American"), that
// of waters and lands ("South China Sea", "Gulf of Mexico", "New England"), of which a point of the
// compass is one ("South Wales" is not the South)? They mean no state, then.
bool of_another_name(const TreeView& tree, int first, int last);

class StateTrail {
 public:
  struct Step {
    enum class Sort { state, demonym, capital, metonym, region, town, leader, organization };
    int begin = 0, end = 0;  // tokens
    int state = -1;          // index into Register::states()
    Sort sort = Sort::state;
    bool inside = false;  // behind "in", "at", "near" …: where something happens
  };

  // What an ambiguous name means in this article (nullptr: no state).
  using Settle = std::function<const KnownName*(std::string_view, const KnownName*)>;

  StateTrail(const TreeView& tree, const Register& known, const Gazetteer& places,
             const std::string& published, const Settle& settle);

  // In the order of the text.
  const std::vector<Step>& steps() const { return steps_; }
  // Steps that turn out to name no state. What was counted of each state stays as it is.
  template <class Wrong>
  void leave_out(Wrong wrong) {
    std::erase_if(steps_, wrong);
  }
  // The state that most of it is about, -1 when it names none.
  int main() const { return main_; }
  // The part of all steps that are this state's, 0 to 1.
  double share(int state) const { return total_ > 0 ? weight_[state] / total_ : 0; }
  // The state named first: of the dateline where there is one.
  int first() const { return steps_.empty() ? -1 : steps_[0].state; }
  // The states named, the most named first.
  const std::vector<int>& states() const { return order_; }
  // The one state of a town of this name, by its size and by what the article speaks of; -1 when
  // there is no such town or that leaves it open.
  int town(std::string_view name) const;
  // "Lebanon, Pa.": the state of the part that stands behind a comma behind this token, -1 if none.
  int town_before(int last) const;

 private:
  void find_names(const Settle& settle, const std::string& published);
  bool beside_name(int first, int last) const;
  void find_towns();
  // "The Senate" in an article that names no state at all is of the state that is listed first, and
  // so are "the Democrats" in one that names none that has such a party.
  void fall_back();
  void count();

  const TreeView& t_;
  const Register& known_;
  const Gazetteer& places_;
  std::vector<Step> steps_;
  std::vector<double> weight_;  // by state
  std::vector<int> order_;
  struct Local {
    Step step;
    const LocalName* name;
  };
  std::vector<Local> local_;  // names that are another body's in each state
  double total_ = 0;
  int main_ = -1;
};

}  // namespace chancery
