// The case and shape of a word, which uncased pieces do not tell.
#pragma once
#include <string_view>

#include "language/document.h"

namespace chancery {

constexpr int kShapeClasses = 16;

// 1 digits · 2 no letter · 3 lower case · 4 UPPER CASE of two code points or more · 5 Capitalised ·
// 6 begins with a capital (A, McKay) · 7 another mixture.
int shape_class(std::string_view form);

// 8 more for a word after which nobody can tell a name by its capital: the first of the text or of
// a paragraph, or the one after ".", "!" or "?". Fills `to` with one number a token.
void shape_classes(const Document& document, std::vector<int>& to);

}  // namespace chancery
