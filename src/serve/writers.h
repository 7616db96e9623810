// Who may write: whoever has the token of the server, or a key of their own. Programs send it with
// every request (Authorization: Bearer KEY); people sign in once, and their browser keeps the
// number of a session that scripts of pages cannot read. Thread-safe.
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/http.h"

namespace chancery {

class Writers {
 public:
  // Nobody.
  Writers() = default;
  // `token`, "" for none: of a server whose users say themselves who they are. `users`, "" for
  // none: a file of lines "name<TAB>SHA-256 of the key", so that whoever reads it cannot write.
  // Throws StartError naming the line for what is none, a name or key that stands twice.
  Writers(const std::string& token, const std::string& users);

  // Does this server take corrections at all?
  bool any() const { return !keys_.empty(); }
  // Whose key it is; the name is "" where it is the token. Nothing for a key that is nobody's. Takes
  // the same time whatever it has in common with one.
  std::optional<std::string> of_key(std::string_view key) const;
  // Of "Bearer KEY".
  std::optional<std::string> of_authorization(std::string_view header) const;

  // A session of somebody: its number, hard to guess. Lasts twelve hours; of too many the one that
  // ends next ends now.
  std::string open_session(const std::string& name);
  void close_session(const std::string& number);
  // The session of a request, "" for none.
  static std::string session_of(const Request& request);
  // Whose session the request is of.
  std::optional<std::string> signed_in(const Request& request) const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Session {
    std::string name;
    Clock::time_point until;
  };
  std::vector<std::pair<std::string, std::string>> keys_;  // digest, name
  mutable std::mutex mutex_;
  std::map<std::string, Session> sessions_;
};

}  // namespace chancery
