// Text → tokens and sentences, by rules, in the manner of the English Universal Dependencies
// treebanks: clitics apart (do + n't, Kim + 's), hyphens apart unless after a prefix (state - run,
// but anti-war), money and units apart. Every character that is not white space is in exactly one
// token, and tokens are slices of the text. A blank line ends a paragraph; a single line end only
// where the line looks finished. One pass, linear in the text.
#pragma once
#include "language/document.h"

namespace chancery {

// Fills tokens (span, form, space_after, joined_to_next) and sentences. Longer sentences than
// `longest` tokens are cut at the last comma, semicolon or dash before the limit, so that no later
// step is more than linear in the text.
Document tokenize(std::string_view text, int longest = 250);

}  // namespace chancery
