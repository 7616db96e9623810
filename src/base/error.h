// The errors of chancery, by what is to be done about them; a message names the place (file, line,
// record, option) and says what to do next where there is something to do. Doors (verbs, threads,
// handlers of requests) turn every exception into one line and a code:
//
//   type            what it means                                   command line   HTTP
//   UsageError      the asker named what there is not               2              400
//   DamageError     what is kept cannot be read: a broken record    1              500
//   LateError       a question took longer than it may              1              503
//   StartError      nothing can be done: no model, no tables, no    3              503
//                   ledger, a store that fails
//   Error           this input cannot be used; the next may be      1              400
//   anything else   out of memory, or a fault of ours               3              503, 500
#pragma once
#include <new>
#include <stdexcept>
#include <string>

namespace chancery {

class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message) : std::runtime_error(message) {}
};

class StartError : public Error {
 public:
  using Error::Error;
};

class UsageError : public Error {
 public:
  using Error::Error;
};

class DamageError : public Error {
 public:
  using Error::Error;
};

class LateError : public Error {
 public:
  using Error::Error;
};

// What the exception that is being handled says. To be called in a catch block; throws nothing.
inline std::string current_problem() noexcept {
  try {
    try {
      throw;
    } catch (const Error& error) {
      return error.what();
    } catch (const std::bad_alloc&) {
      return "out of memory";
    } catch (const std::exception& error) {
      return std::string("a fault of the program: ") + error.what();
    } catch (...) {
      return "a fault of the program";
    }
  } catch (...) {
    return "out of memory";  // even for the words; these are short enough to need none
  }
}

// "place: what", unless what begins with the place already.
inline std::string at_place(const std::string& place, const std::string& what) {
  return what.rfind(place, 0) == 0 ? what : place + ": " + what;
}

}  // namespace chancery
