// The beginning of a text, no character torn.
#pragma once
#include <string>

#include "base/utf8.h"

namespace chancery {

// At most `most` bytes of a text that is UTF-8.
inline std::string cut(std::string text, size_t most) {
  if (text.size() <= most) return text;
  text.resize(most);
  while (!text.empty() && !valid_utf8(text)) text.pop_back();
  return text;
}

}  // namespace chancery
