// What one report yields: schema chancery/1. Spans are bytes of article.text here and code points
// in JSON. Entities are named by their place in `entities`; -1 is nobody.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "article/article.h"
#include "base/span.h"
#include "record/when.h"

namespace chancery {

using Spans = std::vector<Span>;

struct Actor {
  std::string country;  // ISO 3166 alpha-3, or IGO, NGO, MNC; empty when not known
  std::string sector;   // PLOVER sector
  std::vector<std::string> other_sectors;
};

// Where a town is; from the gazetteer.
struct Geo {
  double latitude = 0, longitude = 0;
  std::string country, geonames;  // ISO 3166 alpha-3; number in GeoNames
};

struct Entity {
  std::string id, name;
  std::string kind;  // person, place, organization, group, event, other
  Actor actor;
  std::string role;
  Spans mentions;  // in order of the text
  std::optional<Geo> geo;
  std::string basis;  // what the country rests on: text, register, context (a state named nearby)
                      // learnt (by the ledger) or hand (a person's correction)
  std::string explain;
};

struct TimeExpression {
  std::string id;
  Span span;
  std::string type;  // DATE, TIME, DURATION, SET
  When when;
  std::string explain;
  std::string mod;  // TIMEX3 modifier (START, MID, END, APPROX …), "" for none
  // What is on that day, where the text sets or tells something a calendar has; "" for nothing.
  std::string occasion;  // vote, election, debate, deadline, court …
  std::string status;    // planned, occurred, denied (called off)
  Span words;            // that tell it
  std::vector<int> who;  // whose it is
  int where = -1;
  int said_in = -1;  // statement
};

struct Statement {
  std::string id;
  int speaker = -1;
  Spans source, cue, content;
  std::string quote;      // direct, indirect, mixed
  std::string force;      // asserted, denied, hedged, questioned, withheld
  double confidence = 0;  // that somebody says these words: the learnt reader's probability, 0..1
  std::vector<int> via, to;
  When when;
  int where = -1;
  std::string occasion;
  std::string explain;
};

// How many people an event hit, as the text counts them.
struct EventNumber {
  std::string of;               // dead, injured, detained, protesters …
  std::optional<double> count;  // empty where the text does not say how many ("dozens")
  std::string bound;            // the words before the number: "at least", "about"
  Span span;
};

struct Event {
  std::string id;
  std::string type, mode, cameo;
  std::vector<int> source, target;
  When when;
  int where = -1;
  std::string status;  // occurred, planned, possible, conditional, denied
  Span span;
  Span trigger;           // the word that names the act; empty where an older reader gave none
  double confidence = 0;  // that the act is told here, by the judges: 0..1; 0: nobody judged
  int said_in = -1;       // statement
  double goldstein = 0;
  bool has_goldstein = false;
  std::vector<std::string> contexts;  // PLOVER: what the act is about
  std::vector<EventNumber> numbers;
  Spans instrument;
  std::string explain;
};

struct Position {
  std::string id;
  int holder = -1;
  std::string topic, stance;
  std::string issue;  // the topic's common name by data/topics.tsv, "" when no line names it
  std::vector<int> toward;
  Spans content, condition;
  std::vector<std::string> stages;
  int said_in = -1;
  double confidence =
      0;  // of the statement that carries it, 0..1; 0: not said by anybody but the report
  std::string explain;
};

struct Novelty {
  std::string id;
  Span span;
  std::string claim, what;
  When since;
  int by = -1;
  std::string explain;
};

// By what a record was read; empty in records of earlier versions.
struct Maker {
  std::string engine;  // version of the program: 0.1.0
  std::string model;   // file and checksum of its content: chancery-5f3a9b1c
  std::string data;    // of the tables: the first 16 digits of their SHA-256 (base/digest.h)
  bool operator==(const Maker&) const = default;
};

struct Record {
  Maker made_by;
  Article article;
  std::vector<Entity> entities;
  std::vector<TimeExpression> times;
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Position> positions;
  std::vector<Novelty> novelty;
};

}  // namespace chancery
