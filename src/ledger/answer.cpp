#include "ledger/answer.h"

#include <algorithm>

#include "base/strings.h"
#include "ledger/filed.h"
#include "record/vocabulary.h"

namespace chancery {

ActorFilter actor_filter(const std::string& text, const Register& known) {
  if (text.empty()) return {};
  // Three capitals may be a name too: IMF, WHO.
  if (known.state_index(text) >= 0 || kBodies.has(text)) return {"", text};
  const KnownName* name = known.find(text);
  if (name && name->sort != NameSort::organization) return {"", known.states()[name->index].code};
  return {text, ""};
}

std::string about_filter(const std::string& text, const Register& known) {
  ActorFilter f = actor_filter(text, known);
  return f.country.empty() ? text : f.country;
}

Answer in_words(Answer a) {
  auto place = [&](const char* name) {
    auto found = std::find(a.columns.begin(), a.columns.end(), name);
    return found == a.columns.end() ? -1 : found - a.columns.begin();
  };
  const long date = place("date"), when = place("when"), reported = place("reported");
  for (auto& row : a.rows) {
    if (date >= 0) {
      std::string& cell = row[static_cast<size_t>(date)];
      // An article has no time of its own but the day of its publication.
      cell = when < 0 ? When(cell).words()
                      : words_of(row[static_cast<size_t>(when)],
                                 reported < 0 ? cell : row[static_cast<size_t>(reported)]);
    }
    for (const char* name : {"first", "last", "before_date", "since", "period"})
      if (long c = place(name); c >= 0)
        if (std::string& cell = row[static_cast<size_t>(c)]; !cell.empty())
          cell = When(cell).words();
  }
  for (const char* name : {"when", "from", "to", "precision", "reported"})
    if (long c = place(name); c >= 0) {
      a.columns.erase(a.columns.begin() + c);
      for (auto& row : a.rows) row.erase(row.begin() + c);
    }
  return a;
}

namespace {

// A spreadsheet takes what begins like this for a formula.
bool formula_like(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
}

// "-3", "+4.5", "-1,200": a sign and a number, and nothing else.
bool signed_number(std::string_view cell) {
  return cell.size() > 1 && (cell[0] == '-' || cell[0] == '+') && cell[1] >= '0' &&
         cell[1] <= '9' && cell.find_first_not_of("0123456789.,", 1) == std::string_view::npos;
}

}  // namespace

std::string answer_csv(const Answer& answer) {
  std::string out;
  auto line = [&](const std::vector<std::string>& cells) {
    for (size_t c = 0; c < cells.size(); ++c) {
      std::string cell = cells[c];
      if (formula_like(cell) && !signed_number(cell)) cell = "'" + cell;
      bool quote = cell.find_first_of(",\"\n\r") != std::string::npos;
      out += (c ? "," : "") + (quote ? "\"" + replace_all(cell, "\"", "\"\"") + "\"" : cell);
    }
    out += "\r\n";
  };
  line(answer.columns);
  for (const auto& row : answer.rows) line(row);
  return out;
}

}  // namespace chancery
