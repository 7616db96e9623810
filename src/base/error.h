// The one error type of chancery. A message names the place (file, line or record) and says what to
// do next where there is something to do. Thrown by loaders and readers; verbs turn it into one
// line on stderr.
#pragma once
#include <stdexcept>
#include <string>

namespace chancery {

class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message) : std::runtime_error(message) {}
};

// What cannot be started without: a model, the data tables, a ledger. Exit code 3.
class StartError : public Error {
 public:
  using Error::Error;
};

// "place: what", unless what begins with the place already.
inline std::string at_place(const std::string& place, const std::string& what) {
  return what.rfind(place, 0) == 0 ? what : place + ": " + what;
}

}  // namespace chancery
