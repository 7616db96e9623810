// Positions that people take in what they say: by the cue itself ("urged", "vowed"), by the clauses of
// what was said ("must", "will not", a promise with a condition), by words of approval.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reading/said/statements.h"
#include "reading/stands/ground.h"
#include "reading/stands/position_list.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments.
class SaidPositions {
 public:
  SaidPositions(const TreeView& tree, const Ground& ground,
                const std::vector<FoundStatement>& statements, const Entities& entities,
                PositionList& out)
      : t_(tree), g_(ground), statements_(statements), e_(entities), out_(out) {}

  // Adds the positions of a statement, by its place.
  void of(int statement);

 private:
  // A statement as its cue's rules see it.
  struct Said {
    int index;
    const FoundStatement& found;
    int speaker;
    std::string_view cue;
    TreeView::Range whole;  // of the content's first stretch
  };
  // A clause of what was said.
  struct Clause {
    int word;  // its predicate
    int said, speaker;
    TreeView::Range limit;  // of the content around it
    TreeView::Range range{0, 0};
    int subject = -1, who = -1;  // token and entity
    bool own = false;            // the speaker or his side is the subject
    bool somebody = false;       // the subject's own noun is somebody
    bool negated = false;
    std::string_view modal, lemma;
    Ground::Condition condition;
  };
  // Does a rule decide about a clause: true with a position, false without, nothing if it has no
  // say.
  using Answer = std::optional<bool>;

  bool by_cue(const Said& s);
  bool urged(const Said& s);
  bool promised(const Said& s);
  bool in_subjunctive(const Said& s);
  bool voiced(const Said& s);
  bool proposed(const Said& s);
  void judged(const Said& s);
  void concern_or_hope(const Said& s);

  bool predicate(int word, int said, int speaker, TreeView::Range limit);
  bool puts_forward(int word, TreeView::Range limit) const;
  bool negated(int word) const;
  void read_condition(Clause& c) const;
  bool put(const Clause& c, const std::string& stance, const std::string& why, int toward = -1);
  Answer fails_or_opposes(Clause& c);
  Answer no_reason(Clause& c);
  Answer there_is_none(const Clause& c);
  Answer must(Clause& c);
  bool what_is_needed(const Clause& c) const;
  int what_would_follow(const Clause& c) const;
  void offer_after_demand(const Clause& c);
  Answer feared(const Clause& c);
  Answer lives_with(const Clause& c);
  Answer by_verb(const Clause& c);
  Answer of_verb(const Clause& c, std::string_view stance, int holder);
  Answer refused_or_harmful(const Clause& c);
  Answer promised_on_condition(const Clause& c);
  bool promise(const Clause& c) const;

  const TreeView& t_;
  const Ground& g_;
  const std::vector<FoundStatement>& statements_;
  const Entities& e_;
  PositionList& out_;
};

}  // namespace chancery
