// What two tellings of an act, a stance or a condition are compared by.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// The words of a text that carry its meaning, in lower case without a plural's end, sorted, each
// once. Linear in the text.
std::vector<std::string> key_words(std::string_view text);
// The same of one word, "" for one that carries none.
std::string key_word(std::string_view word);
// Is a word of key_words such as any report has ("government", "meeting")?
bool is_general(const std::string& word);
// Share of the shorter list's words that both have; `other` is a sorted list apart by blanks.
double overlap(const std::vector<std::string>& words, std::string_view other);

}  // namespace chancery
