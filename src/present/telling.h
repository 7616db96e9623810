// What people are told of a record, chosen and ordered once for every form it is shown in.
//
//   Telling t = tell(record, SureLimits("data/sure.tsv"), words);
//
// Each act, statement and position is told in one line, under the actor whose it is, in the text's
// own words. What is not sure (record/sure.h) is put apart; what a line's words tell already is not
// told again.
#pragma once
#include <string>
#include <vector>

#include "base/cutting.h"
#include "present/words.h"
#include "record/sure.h"

namespace chancery::present {

using chancery::paragraph_of;
using chancery::quoted_whole;
using chancery::shortened;
using chancery::tidy;
using chancery::title_of;

// What a line is about, in the order in which an actor's lines stand.
enum class Told { says, does, wants, next, fresh };

struct Line {
  Told told = Told::says;
  std::vector<std::string> ids;     // the items it tells
  std::vector<std::string> within;  // those that its words tell too
  int who = -1;                     // entity; -1: nobody named
  std::string whom;                 // what the text calls whoever it is, where nobody is named
  std::string verb;                 // "said", "did", "demanded", "next"
  bool joined = false;              // the verb and the text read as one: "urged Iceland to …"
  std::string text;                 // the text's words, whole
  std::string condition;            // on which it hangs, "" for none
  Spans core;                       // the sentences of it that tell where somebody stands
  std::string core_text;            // their words
  std::vector<std::string> tags;    // "planned", "reported by Nordsentral", "Tue 13 May"
  int paragraph = 0;                // from 1
  double confidence = 0;
  double margin = 0;      // what stays longest: how far above its layer's limit, 0 to 1
  bool near = true;       // not sure, but near to it
  bool repeated = false;  // its words stand in another line
  Spans spans;            // the words of the text
  When when;
  std::vector<std::string> explain;
};

struct Group {
  int who = -1;
  std::string name;               // "Kari Solheim"; "" for nobody named
  std::string standing;           // "foreign minister, Norway"
  std::vector<std::string> tags;  // of each of its lines: "reported by Nordsentral"
  std::vector<Line> lines;
};

// One line of the head: a label and up to three things, best first; none where nothing sure is told.
struct Head {
  std::string label;
  std::vector<std::string> things;
  std::vector<std::string> ids;  // of the item that each tells, "" for none
};

struct Telling {
  std::vector<Head> head;     // who did what, who stands where, what is next, what is new
  std::vector<Group> groups;  // the actor with most to tell first
  std::vector<Line>
      also;  // what is not sure; first what is near and tells more than the lines above
};

// The words of a line in so many characters: where they are too long, those that say where somebody
// stands; a condition is not cut off.
std::string shown(const Line& line, size_t most);

Telling tell(const Record& record, const SureLimits& limits, const Words& words);

}  // namespace chancery::present
