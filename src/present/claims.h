// What is claimed new, in words that say of what: "his best showing since 2009" alone tells nobody
// whose; "the warmest on record", not what. The words before it in its sentence say so.
#pragma once
#include <string>

#include "present/words.h"
#include "record/record.h"

namespace chancery::present {

// A claim with what it is said of, one line without breaks: the words before it in its sentence,
// "…" where they are long, with the name for a pronoun that stands first; and those behind it as
// far as they belong to it.
std::string claim_words(const Record& record, const Novelty& claim, const Words& words);

// The sentence of a text in which some words stand.
Span sentence_around(const Words& words, const std::string& text, Span some);

// Do these words of the claim say since when it holds ("since 2019", "in nine years")?
bool says_since_when(const Record& record, const Novelty& claim, const std::string& words);

}  // namespace chancery::present
