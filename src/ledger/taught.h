// Numbers for readings of names, by which the table `taught` counts what each day taught.
#pragma once
#include <cstdint>
#include <string>

#include "base/strings.h"
#include "record/record.h"

namespace chancery {

inline int64_t reading_number(const std::string& name, const std::string& country,
                              const std::string& sector, const std::string& role) {
  return static_cast<int64_t>(hash64(name + "\x1f" + country + "\x1f" + sector + "\x1f" + role));
}

}  // namespace chancery
