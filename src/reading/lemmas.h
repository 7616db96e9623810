// Lemmas that are words: the language model's edit of a form may cut a letter too many ("sh" of "shot",
// "injur" of "injured", "gunme" of "gunmen"), and no table would know the word any more.
#pragma once
#include "language/document.h"
#include "reading/lexicon.h"

namespace chancery {

// Irregular forms get their lemma from the lexicon's table (irregular.tsv). A regular form whose lemma no table of
// the lexicon has gets the one that its letters allow and a table has; plurals in "-men", "-ches", "-shes",
// "-sses" and "-xes" have but one. Linear in the tokens.
void mend_lemmas(Document& document, const Lexicon& lexicon);

}  // namespace chancery
