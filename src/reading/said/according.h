// "According to Ilo, the roads are open": Ilo carries what others are told to have said in the
// sentence, or speaks himself.
#pragma once
#include <vector>

#include "reading/said/speech.h"
#include "reading/said/statement_sources.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments.
class According {
 public:
  According(const TreeView& tree, const Speech& speech, const Times& times,
            const Entities& entities, Sources& sources)
      : t_(tree), speech_(speech), times_(times), e_(entities), sources_(sources) {}

  // Those according to whom the sentence tells what it tells.
  std::vector<int> carriers(const Sentence& s) const;
  // Adds the sentence's statements of this kind; `any`: it has others, found before.
  void read(const Sentence& s, bool any, std::vector<FoundStatement>& found);

 private:
  bool stands_at(int token) const;
  int head(int token) const;
  int carrier_at(int noun);
  bool carries(int token, int carrier, std::vector<FoundStatement>& found) const;
  TreeView::Range content(int token, TreeView::Range phrase, const Sentence& s) const;
  bool sentence(int token, int carrier, const Sentence& s, FoundStatement& f);

  const TreeView& t_;
  const Speech& speech_;
  const Times& times_;
  const Entities& e_;
  Sources& sources_;
};

}  // namespace chancery
