// One act told several times is one event: "Olm's envoy met the minister" in the first line, "Tuesday's
// talks" further down. Each event is held against the earlier ones of its type; what speaks for and
// against their being one act is weighed by data/lexicon/retelling_signs.tsv (sign_judge.h), or, where
// the model has no judges of words, decided by sides, dates and status alone.
#pragma once
#include <vector>

#include "reading/done/events.h"
#include "reading/lexicon.h"
#include "reading/reading_watch.h"
#include "reading/sign_judge.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// `found` in the order of the text. The first telling stays and takes over what a later one knows
// more. `judge` null: by rule. `thresholds` say how sure it must be that an act is told anew and holds
// ("act.anew", "act.retold"). O(events²) for each type.
std::vector<FoundEvent> merge_retellings(const TreeView& tree, const Lexicon& lexicon,
                                         const Thresholds& thresholds, const Entities& entities,
                                         const SignJudge* judge, const ReadingWatch* watch,
                                         std::vector<FoundEvent> found);

}  // namespace chancery
