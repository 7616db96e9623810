// Whose body a name names, and what that is called without its state.
#include <algorithm>
#include <vector>

#include "base/strings.h"
#include "base/utf8.h"
#include "register/register.h"

namespace chancery {
namespace {

// A state's longer names do not stand before a body.
constexpr size_t kLongestState = 5;

std::string words_of(const std::vector<std::string_view>& words, size_t from, size_t to) {
  return join(std::vector<std::string>(words.begin() + static_cast<std::ptrdiff_t>(from),
                                       words.begin() + static_cast<std::ptrdiff_t>(to)),
              " ");
}

std::string without_possessive(std::string words) {
  for (const std::string_view end : {"'s", "'"})
    if (words.ends_with(end)) return words.substr(0, words.size() - end.size());
  return words;
}

}  // namespace

// Do the words name the state, or say of the one that is spoken of that something is its?
bool Register::tells_state(std::string words, std::string_view code) const {
  words = without_possessive(std::move(words));
  const std::string small = lower(words);
  if (small == "country" || small == "nation") return true;
  const KnownName* known = find(words);
  return known && (known->sort == NameSort::state || known->sort == NameSort::demonym) &&
         states_[static_cast<size_t>(known->index)].code == code;
}

std::string Register::without_state(std::string_view name, std::string_view code) const {
  const std::string straight = replace_all(squeeze(name), "’", "'");
  std::vector<std::string_view> words = split_words(straight);
  if (!words.empty() && lower(words[0]) == "the") words.erase(words.begin());
  const size_t all = words.size();
  for (size_t n = 1; n <= kLongestState && n < all; ++n) {
    std::string body;
    if (tells_state(words_of(words, 0, n), code))
      body = state_bodies_.name(words_of(words, n, all));
    const size_t behind = all - n;  // "the parliament of France"
    if (body.empty() && behind > 1 && words[behind - 1] == "of" &&
        tells_state(words_of(words, behind, all), code))
      body = state_bodies_.name(words_of(words, 0, behind - 1));
    if (!body.empty()) return body;
  }
  // "The ministry of Norway" is no Norway Ministry.
  const auto of_a_state = [&](std::string_view word) {
    const KnownName* known = find(word);
    return known && known->sort != NameSort::organization;
  };
  if (words.empty() || of_a_state(words.front()) || of_a_state(words.back())) return "";
  return state_bodies_.name(words_of(words, 0, all));
}

std::string Register::adjective(int state) const {
  const State& own = states_[static_cast<size_t>(state)];
  for (const std::string& word : own.demonyms) {
    const KnownName* known = find(word);
    // "Luxembourger" is a person; "Congolese" is the first state's that has it.
    if (!word.ends_with("er") && known && known->index == state) return word;
  }
  return own.name;
}

std::string Register::body_alone(std::string_view name, std::string_view code) const {
  if (state_index(code) < 0) return "";
  const KnownName* known = find(name);
  return known && known->sort == NameSort::organization ? "" : without_state(name, code);
}

std::string Register::body_of_state(std::string_view name, std::string_view code) const {
  const std::string body = body_alone(name, code);
  if (body.empty()) return "";
  const std::string own = state_bodies_.own(code, body);
  return own.empty() ? adjective(state_index(code)) + " " + body : own;
}

}  // namespace chancery
