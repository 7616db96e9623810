#include "serve/json_fields.h"

#include "base/error.h"

namespace chancery {

std::string text_field_of(simdjson::dom::element object, const char* key) {
  simdjson::dom::element value;
  std::string_view out;
  if (object[key].get(value) != simdjson::SUCCESS || value.is_null()) return "";
  if (value.get(out) != simdjson::SUCCESS)
    throw UsageError(std::string(key) + ": a text is wanted");
  return std::string(out);
}

std::vector<std::string> texts_of(simdjson::dom::element value, const char* field) {
  const std::string wanted = std::string(field) + ": texts or lists of texts are wanted";
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return {std::string(text)};
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) throw UsageError(wanted);
  std::vector<std::string> out;
  for (simdjson::dom::element item : list) {
    if (item.get(text) != simdjson::SUCCESS) throw UsageError(wanted);
    out.emplace_back(text);
  }
  return out;
}

}  // namespace chancery
