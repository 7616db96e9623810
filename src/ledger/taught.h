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

// What is taught of somebody: of whom country and sector are inferred, name and office alone.
inline std::string taught_country(const Entity& e) {
  return e.basis == "context" ? "" : e.actor.country;
}
inline std::string taught_sector(const Entity& e) {
  return e.basis == "context" ? "" : e.actor.sector;
}

}  // namespace chancery
