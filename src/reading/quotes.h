// Quotation marks: which stretches of a text stand inside them. Curly, straight, single, angle and
// mixed marks; a quotation that runs over paragraphs opens again at each; one that is never closed
// ends with its paragraph.
#pragma once
#include <vector>

#include "language/document.h"

namespace chancery {

struct Quotation {
  int begin = 0, end = 0;  // tokens, marks included
  bool speech = false;     // long enough and with a verb: words of somebody, not a term or title
  bool closed = true;
};

std::vector<Quotation> find_quotations(const Document& document);

}  // namespace chancery
