// The layouts that forms.h knows, each with its own finder.
#pragma once
#include <vector>

#include "reading/said/forms.h"

namespace chancery {

std::vector<TreeView::Range> paragraphs_of(const TreeView& tree);
// Empty where the text is no transcript.
std::vector<Turn> find_turns(const TreeView& tree, const Lexicon& lexicon,
                             const std::vector<TreeView::Range>& paragraphs);
std::vector<OwnWords> find_own_words(const TreeView& tree, const Lexicon& lexicon,
                                     const std::vector<TreeView::Range>& paragraphs);
// No words where the text is no opinion.
Opinion find_opinion(const TreeView& tree, const std::vector<Quotation>& quotations,
                     const std::vector<TreeView::Range>& paragraphs);

}  // namespace chancery
