// The desk: what came into the ledger lately, each act and each stand in one line however many
// papers tell it, by the dispute that it is of; what lies ahead; who moved; who met for
// the first time. Rows as the ledger has them; the words are the page's.
//
//   Desk d = make_desk(ledger, "", limits);   // the newest day
#pragma once
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "record/sure.h"

namespace chancery {

struct Desk {
  struct Line {
    enum Kind { act, stand };
    Kind kind = act;
    int64_t article = 0;  // its number, and the item's id in it: where the words stand
    int64_t story = 0;    // the storyline of that article, 0 if it is of none
    std::string id, title, publisher;
    std::string who, who_country, whom, whom_country;
    std::string type, mode, status;  // of an act
    std::string stance, condition;   // of a stand
    std::string words;               // that carry it
    std::string when, reported;      // its own time; the day of the report
    int reports = 1;                 // articles that tell it
    bool sure = false;
    double confidence = 0;
  };
  // A dispute or an understanding: a storyline of several reports, else two sides, each a state by
  // its code where it has one, else a name; `b` is empty where nobody stands on the other side. Of a
  // storyline the sides are those of most of its lines.
  struct Pair {
    int64_t story = 0;  // 0: of no storyline, or of one with a single report
    std::string title;  // of the storyline
    std::string a, b;
    std::vector<Line> lines;  // the sure ones first, the acts told most often first
    size_t sure = 0;
  };
  // Two states that met: no earlier meeting of them is in the ledger.
  struct Contact {
    std::string a, b;
    Line line;
  };
  std::string from, until;        // days of the reports, inclusive
  std::string earlier, later;     // the next days with reports on either side, "" for none
  int64_t articles = 0, all = 0;  // of these days; of the ledger
  std::vector<Pair> pairs;        // the one with most sure lines first
  std::vector<Contact> contacts;
  Answer changes;  // of positions (Ledger::changes), without first mentions
};

// Of the reports of the day `until` ("": the newest), and of days before it as long as there are
// few lines to show, two weeks at most. Linear in the items of these days.
Desk make_desk(Ledger& ledger, const std::string& until, const SureLimits& limits);

}  // namespace chancery
