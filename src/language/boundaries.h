// Sentences from what a network says of each token: does it begin one?
#pragma once
#include "language/document.h"

namespace chancery {

// Draws the sentences of `document` anew. A paragraph always begins a sentence; within it token i
// does where scores[i], the log-odds of that, is above 0. What would become longer than `longest`
// tokens is cut where the score is best, so that no later step is more than linear in the text. A
// dateline that the tokenizer has found stays a sentence of its own.
void draw_sentences(Document& document, const float* scores, int longest = 256);

}  // namespace chancery
