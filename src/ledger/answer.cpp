#include "ledger/answer.h"

#include "base/strings.h"

namespace chancery {

ActorFilter actor_filter(const std::string& text, const Register& known) {
  if (text.empty()) return {};
  if (text.size() == 3 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos)
    return {"", text};
  const KnownName* name = known.find(text);
  if (name && name->sort != NameSort::organization) return {"", known.states()[name->index].code};
  return {text, ""};
}

std::string about_filter(const std::string& text, const Register& known) {
  ActorFilter f = actor_filter(text, known);
  return f.country.empty() ? text : f.country;
}

std::string answer_csv(const Answer& answer) {
  std::string out;
  auto line = [&](const std::vector<std::string>& cells) {
    for (size_t c = 0; c < cells.size(); ++c) {
      std::string cell = cells[c];
      if (!cell.empty() && std::string_view("=+-@\t").find(cell[0]) != std::string_view::npos &&
          !(cell.size() > 1 && cell[1] >= '0' && cell[1] <= '9'))
        cell = "'" + cell;
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
