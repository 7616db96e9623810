// What the ledger has learnt of actors from the articles it keeps: "South Korean President Lee
// Jae-myung" in one article tells later ones who "Lee Jae-myung" is. A layer of its own beside the
// register: dated, counted, with the article that taught it; it fills only what article and
// register leave open and never overrides them. A person can correct it by hand.
#pragma once
#include <string>
#include <vector>

#include "ledger/database.h"
#include "record/record.h"

namespace chancery {

// One reading of a name. Several readings of one name (another office, another country) are lines
// apart.
struct LearnedActor {
  std::string name, country, sector, role;
  std::string first, last;  // dates of the articles that said so; "" when they had none
  long articles = 0;
  std::string evidence;  // the article that said it first, and its words
  std::string origin;    // "text", "hand", or "forgotten" (a person said: do not use)
};

// What is filled in of one entity of a record, and why. It stands beside the kept record, never in
// it: read anew, a record is the same as long as the engine is.
struct Fill {
  std::string entity;  // its id
  std::string country, sector, role, why;
  std::string name;  // whole, where the record has the end of it only; "" else
};
void fill_in(Record& record, const std::vector<Fill>& fills);

// What a record teaches of a name.
struct Taught {
  std::string name, country, sector, role;
  Span evidence;  // the words that show it
};
// Of those whose country the record's own words say, if they can be known again by their name: whose
// they are; and of bodies which letters they go by: "NFA", with the whole name in the place of an office.
std::vector<Taught> taught_by(const Record& record);
// Those of whom the record leaves the country open, or infers it: also who is called by a surname alone; and
// bodies that it calls by letters.
std::vector<const Entity*> left_open(const Record& record);

// The last word of a name of several, "" of others.
std::string surname_of(const std::string& name);
// Is somebody called by his surname and no more?
bool by_surname(const Entity& entity);
// Does the article not say whose it is, or is that inferred? What is set by hand goes before that: where a
// person said that it is nobody's, it stays so.
bool unsettled(const Entity& entity);
// Is a body called by letters and no more ("NFA")?
bool by_letters(const Entity& entity);
// Does the name stand for one person wherever it is read: of several words, the first and the last
// of them with a capital, none of them a word for anybody ("a minister")?
bool proper_name(const Entity& entity);

// Of a row with these columns.
inline constexpr const char* kLearnedColumns =
    "name, country, sector, role, first, last, articles, evidence, origin";
LearnedActor learned_actor(const Query& row);

class Learned {
 public:
  explicit Learned(Database& db) : db_(db) {}

  // Of one record, at once; of many: learning.h.
  void teach(const Record& record);
  // Fills in what the record leaves open; of how many actors.
  int apply(Record& record);

  std::vector<LearnedActor> list(const std::string& part_of_name, int limit);
  std::vector<LearnedActor> readings(const std::string& name);
  void set(const LearnedActor& actor);
  // False when the name is not known.
  bool forget(const std::string& name);
  // Is nothing known at all?
  bool empty();
  // What texts taught is forgotten, what persons said stays: to be taught anew.
  void forget_texts();
  // The same of what articles of `day` and later taught (derivation.h, taught_tables).
  void forget_texts(const std::string& day);

 private:
  Database& db_;
};

}  // namespace chancery
