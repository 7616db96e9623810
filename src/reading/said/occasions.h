// The scene of a remark: its occasion ("in an interview", "at a news conference"), date, place, who
// heard and who carries it. What one sentence tells of a speech holds for the speaker's other remarks.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "reading/said/speech.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"

namespace chancery {

struct Scene {
  std::vector<int> via, to;
  When when;
  std::string occasion;
  int where = -1;
  int sentence = 0;
  bool set = false;  // told by a sentence of its own
};

// Points into its arguments.
class Occasions {
 public:
  Occasions(const TreeView& tree, const Speech& speech, const Times& times,
            const Entities& entities)
      : t_(tree), speech_(speech), times_(times), e_(entities) {}

  // "in an interview with …", "at a news conference", "on Truth Social", "during a speech" as
  // dependents of the cue.
  void of_cue(int verb, Scene& scene) const;
  // "he made the remarks during a Sept. 21 speech to the assembly at the hall". `carriers` are those
  // according to whom the sentence tells it.
  void read(const Sentence& s, const std::vector<int>& carriers);
  // What one sentence says of the speech holds for the speaker's other remarks, while it is the
  // only one told of.
  void apply(std::vector<FoundStatement>& found);

 private:
  int reported_by(const Sentence& s) const;
  bool occasion_noun(int token) const;
  bool speech_noun(int token) const;
  std::string text_of(int noun) const;
  // Addressees, place and date that hang on the noun of an occasion.
  void details(int noun, Scene& scene) const;
  void place(const std::vector<Scene>& scenes, FoundStatement& f) const;

  const TreeView& t_;
  const Speech& speech_;
  const Times& times_;
  const Entities& e_;
  std::map<int, std::vector<Scene>> scenes_;  // by speaker
};

}  // namespace chancery
