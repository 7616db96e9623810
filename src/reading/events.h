// Who did what to whom: triggers of the lexicon over dependency trees, roles by grammar, status by
// tense, modality, negation and conditionals, date by what hangs on the verb.
#pragma once
#include <vector>

#include "reading/entities.h"
#include "reading/lexicon.h"
#include "reading/statements.h"
#include "reading/times.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

struct FoundEvent {
  Event event;
  int trigger = -1;  // token
};

std::vector<FoundEvent> find_events(const TreeView& tree, const Lexicon& lexicon,
                                    const Times& times,
                                    const std::vector<FoundStatement>& statements,
                                    Entities& entities);

}  // namespace chancery
