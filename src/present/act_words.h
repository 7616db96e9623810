// The words of a text that tell an act, the verb that they begin with, and whose words they are.
#pragma once
#include <string>

#include "present/words.h"
#include "record/record.h"

namespace chancery::present {

// The words of an act: from the word that names it to where the next act of the sentence is joined
// to it ("offered to host a meeting" is whole); all where the doer stands behind it ("were arrested
// by …") or nobody does it.
Spans act_words(const Record& record, const Event& event, const Words& words);

// The verb in the past, or the "would" or "must", that some words begin with, cut off them; "" for
// none. "Which had sought a delay" begins with "sought".
std::string cut_verb(const Words& words, std::string& text);

// Are both sides of an act such that a sentence of plain words can be made of it?
bool plain(const Record& record, const Event& event);

// Does a position stand in words of its holder's own?
bool said_by_holder(const Record& record, const Position& position);

// Does an act of words stand in the cue of a statement ("urged", "criticized")?
bool is_cue(const Record& record, const Event& event, const std::string& statement,
            const Words& words);

// The words of a position with the condition it hangs on, in brackets where that does not follow
// them.
std::string with_condition(const Position& position, const std::string& words,
                           const std::string& condition);

// Who else tells of a stance, in whose words it stands; -1 where the report itself does.
int told_by(const Record& record, const Position& position);

// Do some words name the day that is said as "Thu 12 Jun" themselves: "June 12", "12 June"?
bool names_day(const std::string& text, const std::string& day);

}  // namespace chancery::present
