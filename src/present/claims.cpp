#include "present/claims.h"

#include <algorithm>
#include <cctype>

#include "base/cutting.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::present {
namespace {

// Bytes of the words before a claim, and of those behind it.
constexpr uint32_t kBefore = 80, kBehind = 60;

bool space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// Does a sentence end with the mark at `at`? None does behind an initial ("J. Berg", "U.S.") or an
// abbreviation.
bool ends_sentence(const Words& words, const std::string& text, uint32_t at) {
  if (text[at] != '.' && text[at] != '!' && text[at] != '?') return false;
  if (at + 1 < text.size() && !space(text[at + 1])) return false;
  uint32_t begin = at;
  while (begin > 0 && !space(text[begin - 1])) --begin;
  const std::string word = lower(std::string_view(text).substr(begin, at - begin));
  const bool initial = at > begin && (at - begin == 1 || text[at - 2] == '.');
  return text[at] != '.' || !(initial || words.said("abbreviation", word) != word);
}

uint32_t sentence_begin(const Words& words, const std::string& text, uint32_t at) {
  while (at > 0 && text[at - 1] != '\n' &&
         !(space(text[at - 1]) && at > 1 && ends_sentence(words, text, at - 2)))
    --at;
  return at;
}

// The first word boundary from `at` on.
uint32_t next_word(const std::string& text, uint32_t at, uint32_t end) {
  while (at < end && !space(text[at])) ++at;
  while (at < end && space(text[at])) ++at;
  return at;
}

// The words behind a claim that belong to it: to the next mark, or as far as there is room.
std::string rest(const Words& words, const std::string& text, uint32_t begin) {
  uint32_t at = begin, word = begin;
  while (at < text.size() && at < begin + kBehind) {
    if (std::string_view(",;:()\n\"").find(text[at]) != std::string_view::npos ||
        static_cast<unsigned char>(text[at]) >= 0x80 || ends_sentence(words, text, at))
      return text.substr(begin, at - begin);
    if (space(text[at])) word = at;
    ++at;
  }
  if (at == text.size()) return text.substr(begin);
  return text.substr(begin, word - begin) + " …";
}

// Behind the number of a paragraph: "3. The two sides agreed".
uint32_t behind_number(const std::string& text, uint32_t begin, uint32_t end) {
  uint32_t at = begin;
  while (at < end && std::isdigit(static_cast<unsigned char>(text[at]))) ++at;
  if (at == begin || at + 1 >= end || text[at] != '.' || !space(text[at + 1])) return begin;
  return at + 2;
}

// Words of the text from `begin` to `end`, the pronoun that stands first as the name it means;
// `whole` is set where it is one.
std::string named(const Words& words, const Record& r, uint32_t begin, uint32_t end, bool& whole) {
  const std::string& text = r.article.text;
  for (const Entity& e : r.entities)
    for (Span m : e.mentions) {
      if (m.begin != begin || m.end > end) continue;
      const std::string word = lower(m.of(text)), behind = words.said("pronoun", word);
      if (behind == word) continue;
      whole = true;
      return Words::called(e) + behind + text.substr(m.end, end - m.end);
    }
  return text.substr(begin, end - begin);
}

}  // namespace

std::string claim_words(const Record& r, const Novelty& claim, const Words& words) {
  const std::string& text = r.article.text;
  uint32_t begin = sentence_begin(words, text, claim.span.begin);
  const bool cut = claim.span.begin - begin > kBefore;
  if (cut) begin = next_word(text, claim.span.begin - kBefore, claim.span.begin);
  else begin = behind_number(text, begin, claim.span.begin);
  // What begins with who it is of is a sentence, whatever stood before it.
  bool whole = !cut;
  const std::string own = named(words, r, begin, claim.span.end, whole);
  return (whole ? "" : "… ") + quoted_whole(tidy(own + rest(words, text, claim.span.end)));
}

Span sentence_around(const Words& words, const std::string& text, Span some) {
  Span out = {sentence_begin(words, text, some.begin), some.end};
  while (out.end < text.size() && text[out.end] != '\n' &&
         !(out.end > 0 && ends_sentence(words, text, out.end - 1)))
    ++out.end;
  return out;
}

bool says_since_when(const Record& r, const Novelty& claim, const std::string& words) {
  return words.find("since") != std::string::npos ||
         std::any_of(r.times.begin(), r.times.end(), [&](const TimeExpression& t) {
           return claim.span.begin <= t.span.begin && t.span.begin < claim.span.end &&
                  words.find(tidy(t.span.of(r.article.text))) != std::string::npos;
         });
}

}  // namespace chancery::present
