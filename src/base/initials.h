// The letters by which a name of several words may be called: "NFA" of "National Fishermen's Association".
#pragma once
#include <string>

#include "base/strings.h"

namespace chancery {

// The capitals with which the words of a name begin; words joined by a hyphen are two.
inline std::string initials(const std::string& name) {
  std::string out;
  const std::string apart = replace_all(name, "-", " ");
  for (const std::string_view word : split_words(apart))
    if (word[0] >= 'A' && word[0] <= 'Z') out += word[0];
  return out;
}

}  // namespace chancery
