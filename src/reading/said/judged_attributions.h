// Attributions as the model's judges hear them: the words that are cues of a statement of the
// record, and for each which words are its source and its content. In the record's sense, which is
// narrower than that of the reader of attributions (attribution_model.h): wishes, beliefs and mere
// acts are none.
#pragma once
#include "reading/said/attribution_model.h"
#include "reading/tree_view.h"
#include "reading/word_judges.h"

namespace chancery {

// Cues of at least this probability, in the order of the text. A cue of several words ("according
// to") is heard once, at its surest word. Where the reader of attributions hears the same cue, the
// words of its roles are the reader's, which decodes them together.
HeardAttributions judged_attributions(const TreeView& tree, const JudgedWords& words,
                                      const HeardAttributions& reader, float least);

}  // namespace chancery
