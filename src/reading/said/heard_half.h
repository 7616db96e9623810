// The learnt half of statements: what the model hears of each cue (attribution_model.h,
// judged_attributions.h) is laid over what rules found, adds what they did not find, and decides what
// of it the record tells.
#pragma once
#include <vector>

#include "reading/lexicon.h"
#include "reading/said/attribution_model.h"
#include "reading/said/speech.h"
#include "reading/said/statement_sources.h"
#include "reading/said/statement_verdict.h"
#include "reading/said/statements.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments.
class HeardHalf {
 public:
  HeardHalf(const TreeView& tree, const Lexicon& lexicon, const Speech& speech, const Times& times,
            const HeardAttributions& heard, Attributions which, const Thresholds& least,
            const Entities& entities, Sources& sources)
      : t_(tree),
        lexicon_(lexicon),
        speech_(speech),
        times_(times),
        heard_(heard),
        which_(which),
        least_(least),
        e_(entities),
        sources_(sources) {}

  // What rules and learnt reader say of one cue, brought together. Where both know the cue, the reader's words are the content: it
  // learnt where content ends, the tree only guesses. What only the reader hears (wants, beliefs,
  // polls that show, nouns and dashes that attribute) is added. In the wider notion, a rule's
  // statement whose cue the reader does not hear at all goes here, unless it is a quotation.
  void take_words(std::vector<FoundStatement>& found);
  // Drops what is no statement of the record.
  void judge(std::vector<FoundStatement>& found) const;
  // What the learnt reader gives the cue, and who speaks; a quotation whose cue it does not know
  // rests on the rules alone. 0: no learnt reader.
  double confidence_of(const FoundStatement& f) const;

 private:
  const Heard* heard_of(const FoundStatement& f) const;
  bool doubtful_source(const FoundStatement& f) const;
  void take_extent(FoundStatement& f, Spans content);
  Span whole_clause(Span heard, const Spans& by_rule) const;
  bool boundary(int token) const;
  void take_source(const Heard& h, FoundStatement& f);
  void alone(const Heard& h, Spans content, std::vector<FoundStatement>& found);
  CueEvidence evidence_of(const FoundStatement& f) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Speech& speech_;
  const Times& times_;
  const HeardAttributions& heard_;
  Attributions which_;
  const Thresholds& least_;
  const Entities& e_;
  Sources& sources_;
};

}  // namespace chancery
