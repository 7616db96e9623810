#include "serve/writers.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr auto kLasts = std::chrono::hours(12);
constexpr size_t kSessions = 1000;
constexpr std::string_view kCookie = "chancery=";

// Comparing takes the same time whatever they have in common.
bool same(std::string_view a, std::string_view b) {
  unsigned char difference = a.size() != b.size();
  for (size_t i = 0; i < a.size() && i < b.size(); ++i)
    difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string unguessable() {
  unsigned char bytes[24];
  if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes))
    throw StartError("the system gives no random bytes");
  std::string out;
  for (unsigned char b : bytes) out += fmt::format("{:02x}", b);
  return out;
}

}  // namespace

Writers::Writers(const std::string& token, const std::string& users) {
  if (!token.empty()) keys_.emplace_back(sha256(token), "");
  if (users.empty()) return;
  std::string lines;
  try {
    lines = read_file(users);
  } catch (const Error& error) {
    throw StartError(error.what());
  }
  std::set<std::string> names;
  int number = 0;
  for (std::string_view line : split(lines, '\n')) {
    ++number;
    line = line.substr(0, line.find('\r'));
    if (trim(line).empty() || line[0] == '#') continue;
    auto fail = [&](const std::string& why) {
      throw StartError(fmt::format("{}:{}: {}", users, number, why));
    };
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) fail("not a name, a tab, and the SHA-256 of a key");
    const std::string name = squeeze(line.substr(0, tab)), digest(trim(line.substr(tab + 1)));
    if (name.empty() || name.size() > 100 || !valid_utf8(name)) fail("no name");
    if (!is_digest(digest))
      fail("no SHA-256 in small letters; `printf %s KEY | sha256sum` makes it of a key");
    if (!names.insert(name).second) fail("'" + name + "' stands twice");
    for (const auto& [other, whose] : keys_)
      if (other == digest) fail("the key of somebody else");
    keys_.emplace_back(digest, name);
  }
  if (names.empty()) throw StartError(users + ": nobody stands in it");
}

std::optional<std::string> Writers::of_key(std::string_view key) const {
  const std::string digest = sha256(key);
  std::optional<std::string> out;
  // All of them, always.
  for (const auto& [known, name] : keys_)
    if (same(known, digest)) out = name;
  return out;
}

std::optional<std::string> Writers::of_authorization(std::string_view header) const {
  constexpr std::string_view kBearer = "Bearer ";
  if (!header.starts_with(kBearer)) return std::nullopt;
  return of_key(header.substr(kBearer.size()));
}

std::string Writers::open_session(const std::string& name) {
  std::string number = unguessable();
  const auto now = Clock::now();
  std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& s) { return s.second.until <= now; });
  if (sessions_.size() >= kSessions)
    sessions_.erase(std::min_element(
        sessions_.begin(), sessions_.end(),
        [](const auto& a, const auto& b) { return a.second.until < b.second.until; }));
  sessions_[number] = {name, now + kLasts};
  return number;
}

void Writers::close_session(const std::string& number) {
  std::lock_guard lock(mutex_);
  sessions_.erase(number);
}

std::string Writers::session_of(const Request& request) {
  for (std::string_view cookie : split(request.cookie, ';'))
    if (cookie = trim(cookie); cookie.starts_with(kCookie))
      return std::string(cookie.substr(kCookie.size()));
  return "";
}

std::optional<std::string> Writers::signed_in(const Request& request) const {
  const std::string number = session_of(request);
  if (number.empty()) return std::nullopt;
  std::lock_guard lock(mutex_);
  // The numbers are random and long: how far one agrees with another tells nothing.
  auto found = sessions_.find(number);
  if (found == sessions_.end() || found->second.until <= Clock::now()) return std::nullopt;
  return found->second.name;
}

}  // namespace chancery
