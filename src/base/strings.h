// Small helpers on strings that the standard library of this age lacks.
#pragma once
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace chancery {

// A string that is gone at the end of its statement: views of it would outlive it.
template <class T>
concept TemporaryString = std::same_as<std::remove_const_t<T>, std::string>;

std::vector<std::string_view> split(std::string_view text, char separator);
template <TemporaryString T>
std::vector<std::string_view> split(T&& text, char separator) = delete;
// Words between runs of ASCII white space.
std::vector<std::string_view> split_words(std::string_view text);
template <TemporaryString T>
std::vector<std::string_view> split_words(T&& text) = delete;
std::string_view trim(std::string_view text);
// Runs of white space become one blank; none at the ends.
std::string squeeze(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings);
bool contains_word(std::string_view text, std::string_view word);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// Whole file as bytes; throws Error naming the file.
std::string read_file(const std::string& path);

// FNV-1a, 64 bits. Stable over versions: model features and article keys depend on it.
constexpr uint64_t hash64(std::string_view bytes, uint64_t seed = 14695981039346656037ull) {
  for (char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return seed;
}

}  // namespace chancery
