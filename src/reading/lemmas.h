// Lemmas that are words: the language model's edit of a form may cut a letter too many ("sh" of "shot",
// "injur" of "injured", "gunme" of "gunmen"), and no table would know the word any more. And acronyms that are
// no pronouns.
#pragma once
#include "language/document.h"
#include "reading/lexicon.h"
#include "register/register.h"

namespace chancery {

// Irregular forms get their lemma from the lexicon's table (irregular.tsv). A regular form whose lemma no table of
// the lexicon has gets the one that its letters allow and a table has; plurals in "-men", "-ches", "-shes",
// "-sses" and "-xes" have but one. Linear in the tokens.
void mend_lemmas(Document& document, const Lexicon& lexicon);

// "Pirates abducted nine fishermen": a participle without "be" whose subject stands before it and its object behind
// it is no passive, except of what is given ("Ministers given two months"). Linear in the tokens.
void mend_voices(Document& document, const Lexicon& lexicon);

// "Norvania is delaying a shipment": a word in "-ing" with a form of "be" as its auxiliary and an object behind it is a verb,
// where the model reads an adverb or adjective. Linear in the tokens.
void mend_progressives(Document& document);

// "WHO", "US" in capitals among words that are not, and known to the register: proper nouns, where the model reads
// a pronoun.
void mend_acronyms(Document& document, const Register& known);

// "Declared the Chadian envoy persona non grata": whom it is said of has his own words, and what is said of him is
// what he is declared. Linear in the tokens.
void mend_unwelcome(Document& document);

// All of these.
inline void mend_words(Document& document, const Lexicon& lexicon, const Register& known) {
  mend_progressives(document);
  mend_lemmas(document, lexicon);
  mend_voices(document, lexicon);
  mend_acronyms(document, known);
  mend_unwelcome(document);
}

}  // namespace chancery
