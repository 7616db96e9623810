// The words that a record may use where its schema asks for one of a list. Two kinds:
//
//   closed lists   said by schema chancery/1 itself, the same for everybody: stance, status, force
//   … codes          said by tables: types, modes, contexts, sectors and CAMEO codes by an ontology
//                  (data/ontology, or a user's own), countries by the register
//
// The reader, the validator, the filters of questions and the published documents all ask here.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "register/ontology.h"
#include "register/register.h"

namespace chancery {

// A list of the schema. `name` is what one of its values is called.
class ClosedList {
 public:
  constexpr ClosedList(std::string_view name, std::span<const std::string_view> values)
      : name_(name), values_(values) {}
  constexpr std::string_view name() const { return name_; }
  constexpr std::span<const std::string_view> values() const { return values_; }
  constexpr bool has(std::string_view value) const {
    for (std::string_view v : values_)
      if (v == value) return true;
    return false;
  }
  // "direct, indirect, mixed"
  std::string listed() const;

 private:
  std::string_view name_;
  std::span<const std::string_view> values_;
};

namespace lists {
inline constexpr std::string_view kKinds[] = {"person", "place", "organization",
                                              "group",  "event", "other"};
inline constexpr std::string_view kBases[] = {"text", "register", "context", "learnt", "hand"};
inline constexpr std::string_view kTimeTypes[] = {"DATE", "TIME", "DURATION", "SET"};
inline constexpr std::string_view kModifiers[] = {
    "START",     "MID",       "END",    "APPROX", "EQUAL_OR_MORE", "EQUAL_OR_LESS",
    "MORE_THAN", "LESS_THAN", "BEFORE", "AFTER",  "ON_OR_BEFORE",  "ON_OR_AFTER"};
inline constexpr std::string_view kOccasions[] = {
    "vote",  "election",    "debate",  "deadline", "entry_into_force",
    "court", "anniversary", "meeting", "start",    "end"};
inline constexpr std::string_view kQuotes[] = {"direct", "indirect", "mixed"};
inline constexpr std::string_view kForces[] = {"asserted", "denied", "hedged", "questioned",
                                               "withheld"};
inline constexpr std::string_view kStatuses[] = {"occurred", "planned", "possible", "conditional",
                                                 "denied"};
inline constexpr std::string_view kStances[] = {"rejects",  "demands",  "offers",  "accepts",
                                                "proposes", "supports", "opposes", "warns"};
inline constexpr std::string_view kOrdinals[] = {"first", "second",  "third",  "fourth", "fifth",
                                                 "sixth", "seventh", "eighth", "ninth",  "tenth",
                                                 "1st",   "2nd",     "3rd",    "last"};
inline constexpr std::string_view kSuperlatives[] = {
    "largest",   "biggest",  "highest",   "lowest",   "worst",    "deadliest", "longest",
    "strongest", "heaviest", "greatest",  "smallest", "fastest",  "latest",    "bloodiest",
    "best",      "youngest", "oldest",    "toughest", "sharpest", "severest",  "warmest",
    "hottest",   "coldest",  "driest",    "wettest",  "broadest", "widest",    "deepest",
    "steepest",  "closest",  "fiercest",  "busiest",  "slowest",  "weakest",   "shortest",
    "richest",   "poorest",  "costliest", "most"};
inline constexpr std::string_view kUnheardOf[] = {"unprecedented", "historic-first", "record"};
inline constexpr std::string_view kBodies[] = {"IGO", "NGO", "MNC", "IMG"};
}  // namespace lists

inline constexpr ClosedList kKinds{"kind", lists::kKinds};
inline constexpr ClosedList kBases{"basis", lists::kBases};
inline constexpr ClosedList kTimeTypes{"type of time", lists::kTimeTypes};
inline constexpr ClosedList kModifiers{"modifier", lists::kModifiers};
// What a date is the date of.
inline constexpr ClosedList kOccasions{"occasion", lists::kOccasions};
inline constexpr ClosedList kQuotes{"quote", lists::kQuotes};
inline constexpr ClosedList kForces{"force", lists::kForces};
inline constexpr ClosedList kStatuses{"status", lists::kStatuses};
inline constexpr ClosedList kStances{"stance", lists::kStances};
// Claims of novelty: an ordinal (in digits too: "16th"), a superlative ("most" with its adjective: "most severe"), or a
// word for what was never heard of.
inline constexpr ClosedList kOrdinals{"ordinal", lists::kOrdinals};
inline constexpr ClosedList kSuperlatives{"superlative", lists::kSuperlatives};
inline constexpr ClosedList kUnheardOf{"claim", lists::kUnheardOf};
bool is_claim(std::string_view claim);
// What stands for a country where a body is no state's: of states, of citizens, of commerce,
// international militants.
inline constexpr ClosedList kBodies{"body", lists::kBodies};

// The codes of one ontology and one register. Immutable; shared between threads.
class Codes {
 public:
  Codes(const Ontology& ontology, const Register& known);

  bool has_type(std::string_view type) const { return modes_.find(type) != modes_.end(); }
  bool has_mode(std::string_view type, std::string_view mode) const;
  bool has_cameo(std::string_view code) const { return cameo_.count(code) > 0; }
  bool has_context(std::string_view context) const { return contexts_.count(context) > 0; }
  bool has_sector(std::string_view sector) const { return sectors_.count(sector) > 0; }
  // A state's code, or one of kBodies.
  bool has_country(std::string_view code) const { return countries_.count(code) > 0; }

  // Sorted, each once.
  std::vector<std::string> types() const;
  std::vector<std::string> modes() const;  // of any type
  std::vector<std::string> sectors() const { return {sectors_.begin(), sectors_.end()}; }
  std::vector<std::string> countries() const { return {countries_.begin(), countries_.end()}; }

 private:
  using Set = std::set<std::string, std::less<>>;
  std::map<std::string, Set, std::less<>> modes_;  // by type
  Set cameo_, contexts_, sectors_, countries_;
};

}  // namespace chancery
