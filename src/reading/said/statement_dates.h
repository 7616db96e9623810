// When something was said: as acts are dated (act_dates.h), of the dates of the cue's sentence, the one
// that rules give, those of other remarks of the same speaker, and the day of publication; weighed by
// data/lexicon/said_date_signs.tsv.
#pragma once
#include <vector>

#include "reading/reading_watch.h"
#include "reading/said/date_offers.h"

namespace chancery {

// Dates the statements anew; those without a cue keep what they have. O(statements²) at most.
void date_statements(const TreeView& tree, const Times& times, const SignJudge& judge,
                     const ReadingWatch* watch, std::vector<FoundStatement>& statements);

}  // namespace chancery
