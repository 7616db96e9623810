// What programs send as JSON, field by field; what is of another kind is told with the field's name.
#pragma once
#include <simdjson.h>

#include <string>
#include <vector>

namespace chancery {

// The text of a field, "" where it is null or not there. Throws UsageError.
std::string text_field_of(simdjson::dom::element object, const char* key);

// One text or a list of them, as a value within `field`. Throws UsageError.
std::vector<std::string> texts_of(simdjson::dom::element value, const char* field);

}  // namespace chancery
