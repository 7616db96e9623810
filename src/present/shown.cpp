#include "base/strings.h"
#include "present/telling.h"

namespace chancery::present {

std::string shown(const Line& line, size_t most) {
  constexpr size_t kCondition = 72;  // characters
  std::string text = shortened(line.text, most);
  if (text == line.text) return text;
  if (!line.core_text.empty()) text = shortened(line.core_text, most);
  // An offer without its condition is none.
  const std::string& condition = line.condition;
  if (condition.empty() || text.find(condition) != std::string::npos) return text;
  if (!std::string_view(text).ends_with("…")) return text;
  // A condition that was cut off inside begins anew.
  if (const size_t at = line.text.find(condition);
      at < text.size() && text.compare(0, at, line.text, 0, at) == 0)
    text = trim(std::string_view(text).substr(0, at));
  return text + " " + shortened(condition, kCondition);
}

}  // namespace chancery::present
