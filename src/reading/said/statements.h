// Who said what, on whose word: cues of attribution with their sources and contents, quotations
// that go on, chains of sourcing, and the scene (occasion, date, place) that holds for all remarks
// of one speech.
#pragma once
#include <vector>

#include "reading/lexicon.h"
#include "reading/quotes.h"
#include "reading/said/attribution_model.h"
#include "reading/said/statement_verdict.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"
#include "record/record.h"

namespace chancery {

struct FoundStatement {
  Statement statement;
  int cue_verb = -1;         // token
  int source_head = -1;      // head token of the words that name the speaker, -1 for none
  int content_head = -1;     // head token of the content clause, -1 for quotations
  bool heard_alone = false;  // by the learnt reader only, no rule found its content
};

// The smallest statement whose content holds the words, -1 if none.
int innermost(const std::vector<FoundStatement>& statements, Span words);

std::vector<FoundStatement> find_statements(const TreeView& tree, const Lexicon& lexicon,
                                            const std::vector<Quotation>& quotations,
                                            const Times& times, const HeardAttributions& heard,
                                            Attributions which, const Thresholds& least,
                                            Entities& entities);

}  // namespace chancery
