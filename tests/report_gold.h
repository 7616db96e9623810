// Invented reports with gold records (tests/reports/*.txt, whose head tells the form) and how far a
// record agrees with them. Measures as in docs/quality.md: content words compared by Jaccard,
// actors by the words that name them.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "record/record.h"

namespace chancery::test {

struct GoldReport {
  struct Actor {
    std::string key, kind, country, sector;
    std::vector<std::string> names;
  };
  struct Item {
    int line = 0;
    std::string kind, value;  // P: stance; E: type and status; S: quote; N: claim
    std::vector<std::string> who,
        other;  // keys of actors: holder, source, speaker; toward, target, via
    std::string words, condition, since;
    std::vector<std::string> stages;
  };
  std::string id, published, text;
  std::vector<Actor> actors;
  std::vector<Item> statements, events, positions, novelty;
};

// A statement's words may have several parts: "from these ... to these // and these".
// Throws Error naming file and line for words that are not in the text and actors that are not
// declared.
std::vector<GoldReport> read_gold(const std::string& path);

struct Share {
  int right = 0, said = 0, gold = 0;
  double f1() const { return said + gold == 0 ? 1 : 2.0 * right / (said + gold); }
  double precision() const { return said == 0 ? 0 : static_cast<double>(right) / said; }
  double recall() const { return gold == 0 ? 0 : static_cast<double>(right) / gold; }
};

struct Agreement {
  Share statement, event, position, condition, novelty, country, stages, status;
};

// Adds what one record got right; with `show`, prints misses (-) and false alarms (+).
void compare(const GoldReport& gold, const Record& record, Agreement& sum, bool show);

}  // namespace chancery::test
