// Where the words of a statement end: never in the middle of a phrase ("tests on", "and in addition"),
// whatever the learnt reader hears.
#pragma once
#include "reading/said/speech.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"

namespace chancery {

// A phrase that was begun inside goes on to its end where it hangs on words of the content, and goes
// where it hangs on others ("condemned the test on | Wednesday"); a conjunction that joins what is no
// content goes. Quotations end with their mark and are left alone. Words whose cue stands in the same quotation
// as they do are no quotation of their own.
void close_ends(const TreeView& tree, const Speech& speech, FoundStatement& statement);

}  // namespace chancery
