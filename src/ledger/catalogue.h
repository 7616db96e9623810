// The catalogue: every question that a ledger answers, with its filters, and every filter with the
// values that it takes. Command line, API, OpenAPI document and pages ask here: none of them has a
// list of its own, and all of them refuse the same mistakes in the same words.
//
//   const QuestionKind& kind = *find_question("events");
//   Question q = question_of(kind.filters, {{"type", {"CONSULT"}}}, known, Door::http);
//   Answer a = (ledger.*kind.ask)(q);
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "record/vocabulary.h"
#include "register/register.h"

namespace chancery {

namespace lists {
inline constexpr std::string_view kOrders[] = {"oldest", "newest"};
inline constexpr std::string_view kPeriods[] = {"day", "week", "month", "year"};
inline constexpr std::string_view kFormats[] = {"json", "csv", "atom"};
inline constexpr std::string_view kDrawings[] = {"json", "svg", "dot"};
// Of an actor's state: an article, the register or a person says it; articles only let infer it.
inline constexpr std::string_view kStateBases[] = {"said", "inferred"};
}  // namespace lists
inline constexpr ClosedList kOrders{"order", lists::kOrders};
inline constexpr ClosedList kPeriods{"period", lists::kPeriods};
inline constexpr ClosedList kFormats{"format", lists::kFormats};
inline constexpr ClosedList kStateBases{"country_basis", lists::kStateBases};
inline constexpr ClosedList kDrawings{"format", lists::kDrawings};  // of a state of play

struct Filter {
  enum Form {
    actor,    // a name or part of one, a state by code or by any name of the register
    pair,     // two actors
    country,  // a state, by code or by any name of the register; nothing else
    text,     // words, one of which has a letter or digit
    listed,   // a value of `list`
    code,     // a code of `codes`
    day,      // a day, week, month, quarter, half or whole year
    number,   // 1 and more
    mark      // `next` of the page before
  };
  const char* name;    // the parameter: "to"
  const char* option;  // on the command line: "--to,--toward"; a bare word is given by place
  const char* what;    // for people
  Form form;
  const ClosedList* list = nullptr;
  std::vector<std::string> (Codes::*codes)() const = nullptr;

  // All values of a closed filter, in the order to show them; none of an open one.
  std::vector<std::string> values(const Codes& vocabulary) const;
};
// By its name; nullptr when there is none.
const Filter* find_filter(std::string_view name);

struct QuestionKind {
  const char *name, *what;
  const char* filters;  // names, apart by blanks
  const char* example;  // of the command line, behind the name
  Answer (Ledger::*ask)(const Question&);
};
const std::vector<QuestionKind>& questions();
const QuestionKind* find_question(std::string_view name);

// What filters are read by.
struct Known {
  const Register& names;
  const Codes& codes;
};

// How a door spells filters in messages: "--type" or "type".
enum class Door { command_line, http };

// What was asked, by names of filters. Over HTTP an empty value is none: forms send them.
using Asked = std::map<std::string, std::vector<std::string>>;

// The question that the values ask. Throws UsageError, naming the filter and listing what is known,
// for a filter that is none of `filters` (nor of `own`: parameters that the door looks at itself),
// a value that is none of a closed filter, a date that is none, a period that ends before it
// begins, a filter given twice.
Question question_of(std::string_view filters, const Asked& asked, const Known& known, Door door,
                     std::string_view own = "");

// A day or period as questions take it ("2031", "2031-05", "2031-05-13", "2031-W20", "2031-Q2");
// the first or last day of it where it is none of the first three. Throws UsageError.
std::string day_of(const std::string& spelled, const std::string& value, bool last);

// The code of a state by its code (of either case) or any of its names; of kBodies too. Throws
// UsageError with the nearest names.
std::string country_of(const std::string& spelled, const std::string& value, const Register& known);

// Throws UsageError with the list when the value is none of it; gives the list's own spelling.
std::string one_of(const std::string& spelled, const std::string& value,
                   const std::vector<std::string>& list);

}  // namespace chancery
