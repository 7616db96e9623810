// What command line and server share of questions and answers.
#pragma once
#include <string>

#include "ledger/ledger.h"
#include "register/register.h"

namespace chancery {

// "PRK", "North Korea", "Pyongyang", "Korean" or a person's name.
ActorFilter actor_filter(const std::string& text, const Register& known);
// The words of Question::about: a state by its name is its code, anything else stays.
std::string about_filter(const std::string& text, const Register& known);
// For people to read: dates in words ("Tue 13 May 2031, evening", "told Wed 14 May 2031" where only
// the report has a date, "date not given") in the place of days and values, and without the columns
// from, to, precision and reported that the words now say.
Answer in_words(Answer answer);
// RFC 4180. A cell that a spreadsheet would run as a formula is text.
std::string answer_csv(const Answer& answer);

}  // namespace chancery
