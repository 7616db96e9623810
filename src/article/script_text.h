// Pages that scripts fill: the server sends the first paragraphs as a page and the whole article as
// a document of paragraphs in a script's data ("rich text": nodes with a type, below them text).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// The paragraphs of the document in a script's JSON that holds the most text, in its order; none
// when there is no such document. Headings, items of lists and quotations are paragraphs too.
// Linear in the script.
std::vector<std::string> paragraphs_in_script(std::string_view json);

// Whether a script of this type, with these contents, may hold such a document.
bool may_hold_document(std::string_view tag, std::string_view content);

}  // namespace chancery
