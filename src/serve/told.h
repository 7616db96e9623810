// Single lines for people: what a row tells in one sentence, with the words that carry it and the
// paper that has them. For lists on pages, feeds and alerts.
#pragma once
#include <string>

#include "ledger/desk.h"
#include "ledger/ledger.h"
#include "present/words.h"
#include "serve/appointments.h"

namespace chancery {

// A line of a list as HTML: <li>…</li>. `home_year` is not told with days.
std::string line_html(const Desk::Line& line, const present::Words& words, int home_year);
std::string line_html(const Appointment& appointment, int home_year);

// "Norway offered (to Iceland):" before the words of a stand, "Norway" before words that begin with
// the verb of it ("welcomed the ruling").
std::string stands_words(const std::string& who, const std::string& stance, const std::string& whom,
                         const std::string& content, const present::Words& words);

// What a row of an answer tells.
struct Told {
  std::string title;    // one sentence
  std::string words;    // that carry it, "" where the title has them
  std::string own;      // those of the text in either, whole
  bool vague = false;   // an act whose plain words are too general: the title has the text's own
  std::string day;      // ISO: its report's, else its own
  std::string when;     // its own time in words
  std::string article;  // its number in the ledger
  std::string address;  // "/articles/12#s3"
  std::string id;       // of the item, the same in every ledger that has the article
};
// Of any question whose rows rest on an article each (ledger/saved.h).
Told told(const Answer& answer, size_t row, const present::Words& words);

// Statements as a list has them, with the verb where it tells more than "said" does: "urged Iceland
// to open its ports".
Answer with_verbs(Answer answer, const present::Words& words);

}  // namespace chancery
