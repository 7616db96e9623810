// What a ledger knows of that has a date of its own: plans, meetings, votes, elections, court dates
// and whatever else texts set for a day, and what somebody demands or offers for a later day; each
// once, in words, with what became of it. For the calendar page, the
// desk and for programs that keep calendars.
#pragma once
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "present/words.h"
#include "record/sure.h"

namespace chancery {

struct Appointment {
  enum Kind { plan, meeting, due };
  Kind kind = plan;
  std::string from, to, when;  // first and last day; the time as the record has it (TIMEX3)
  std::string what;            // "Norway is to meet with Iceland"
  std::string words, place;
  std::string announced;       // by whom, where somebody is quoted
  std::string became;          // "held", "called off", "moved to Tue 3 June 2031", "" not known
  int64_t became_article = 0;  // the article that tells it
  int64_t article = 0;         // where its words stand, with the item's id
  std::string id, article_id, paper, title, reported;
  int reports = 1;  // rows that tell the same
  bool sure = false;
  bool own_words = false;  // `what` has the text's words already
};

// In the order of their days. `question` as for Ledger::calendar; its `sure` and `after` are not
// looked at.
std::vector<Appointment> appointments(Ledger& ledger, const Question& question,
                                      const present::Words& words, const SureLimits& limits);

// Plans and what is due as an iCalendar; `less`: those that are not sure too.
std::string calendar_file(const std::vector<Appointment>& list, bool less);

}  // namespace chancery
