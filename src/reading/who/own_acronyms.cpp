#include "reading/who/own_acronyms.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kFewestLetters = 2, kMostLetters = 10;

bool all_capitals(std::string_view word) {
  return word.size() >= kFewestLetters && word.size() <= kMostLetters &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Capitals that begin the parts of a word: S and P of "Seven-Party".
std::string capitals(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i)
    if (word[i] >= 'A' && word[i] <= 'Z' && (i == 0 || word[i - 1] == '-')) out += word[i];
  return out;
}

// The words before a bracket whose capitals are `letters`, "of" and the like between them left out; -1
// if there are none. The first one's token.
int first_of_name(const TreeView& t, int bracket, std::string_view letters) {
  const int begin = t.sentence(bracket).begin;
  std::string read;
  for (int i = bracket - 1; i >= begin && read.size() < letters.size(); --i) {
    const std::string here = capitals(t[i].form);
    if (here.empty() && !t.tag(i, "IN") && !t.tag(i, "DT") && !t.tag(i, "CC") && t[i].form != "-")
      return -1;
    read = here + read;
    if (read == letters) return i;
  }
  return -1;
}

// The beginnings of words tell whether two names are one: "Organisation of …", "Organization for …".
std::string stem(std::string_view word) { return lower(word.substr(0, 4)); }

bool shares_most_words(std::string_view name, std::string_view other) {
  std::unordered_set<std::string> stems;
  const std::string plain = replace_all(std::string(other), "-", " ");
  for (std::string_view w : split_words(plain)) stems.insert(stem(w));
  int all = 0, shared = 0;
  const std::string own = replace_all(std::string(name), "-", " ");
  for (std::string_view w : split_words(own)) {
    if (capitals(w).empty()) continue;
    ++all;
    shared += static_cast<int>(stems.count(stem(w)));
  }
  return 2 * shared > all;
}

}  // namespace

bool OwnAcronyms::has(std::string_view letters) const {
  for (std::string_view article : {"The ", "the "})
    if (letters.starts_with(article)) letters.remove_prefix(article.size());
  return letters_.count(std::string(letters)) != 0;
}

OwnAcronyms::OwnAcronyms(const TreeView& tree, const Register& known) {
  for (int i = 1; i + 2 < tree.size(); ++i) {
    if (tree[i].form != "(" || tree[i + 2].form != ")" || !all_capitals(tree[i + 1].form)) continue;
    const KnownName* name = known.find(tree[i + 1].form);
    if (!name || name->sort != NameSort::organization) continue;
    const int first = first_of_name(tree, i, tree[i + 1].form);
    if (first < 0) continue;
    const std::string_view written =
        Span{tree[first].span.begin, tree[i - 1].span.end}.of(tree.document().text);
    const KnownName* same = known.find(written);
    if (same && same->sort == NameSort::organization && same->index == name->index) continue;
    if (!shares_most_words(written, known.organizations()[name->index].name))
      letters_.emplace(tree[i + 1].form);
  }
}

}  // namespace chancery
