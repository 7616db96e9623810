#include "language/recurrent/features.h"

#include <cmath>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

char32_t plain(char32_t c) {
  switch (c) {
    case U'“':
    case U'”':
    case U'„':
    case U'«':
    case U'»': return '"';
    case U'‘':
    case U'’':
    case U'`':
    case U'ʼ': return '\'';
    case U'–':
    case U'—':
    case U'―':
    case U'−':
    case U'‐':
    case U'‑': return '-';
    default: return c;
  }
}

uint32_t row(std::string_view text, FeatureTable table) {
  return static_cast<uint32_t>(hash64(text, hash64("feature") + table * 0x9E3779B97F4A7C15ull) %
                               kTableRows[table]);
}

// The first or last `count` code points.
std::string_view prefix(std::string_view s, int count) {
  size_t at = 0;
  while (at < s.size() && count-- > 0) decode_utf8(s, at);
  return s.substr(0, at);
}

std::string_view suffix(std::string_view s, int count) {
  size_t at = s.size();
  while (at > 0 && count > 0) {
    --at;
    if ((static_cast<unsigned char>(s[at]) & 0xC0) != 0x80) --count;
  }
  return s.substr(at);
}

}  // namespace

std::string normal_form(std::string_view form) {
  std::string out;
  out.reserve(form.size());
  for (size_t at = 0; at < form.size();) {
    char32_t c = plain(lower(decode_utf8(form, at)));
    if (is_digit(c)) c = '0';
    append_utf8(out, c);
  }
  if (out == "''" || out == "``") out = "\"";
  return out;
}

std::string word_shape(std::string_view form) {
  std::string out;
  char32_t last = 0;
  int run = 0;
  for (size_t at = 0; at < form.size();) {
    char32_t c = plain(decode_utf8(form, at));
    char32_t kind = is_digit(c) ? 'd' : is_upper(c) ? 'X' : is_letter(c) ? 'x' : c;
    run = kind == last ? run + 1 : 1;
    last = kind;
    if (run <= 4) append_utf8(out, kind);
  }
  return out;
}

const std::array<float, kMostGrams + 1> kGramWeight = [] {
  std::array<float, kMostGrams + 1> out{};
  for (uint32_t n = 1; n <= kMostGrams; ++n) out[n] = 1 / std::sqrt(static_cast<float>(n));
  return out;
}();

FeatureRows feature_rows(std::string_view form, const Vocabulary& vocabulary) {
  std::string norm = normal_form(form);
  FeatureRows out;
  out.tables = {vocabulary.row(norm),           row(norm, kNorm),
                row(suffix(norm, 3), kSuffix3), row(suffix(norm, 2), kSuffix2),
                row(prefix(norm, 3), kPrefix3), row(word_shape(form), kShape)};
  std::string marked = "<" + norm + ">";
  std::array<uint32_t, 64> starts;  // of code points; a word is judged by its first sixty-three
  uint32_t points = 0;
  size_t at = 0;
  for (; at < marked.size() && points < 63; decode_utf8(marked, at))
    starts[points++] = static_cast<uint32_t>(at);
  starts[points] = static_cast<uint32_t>(at);
  for (uint32_t length : {3u, 4u})
    for (uint32_t i = 0; i + length <= points && out.gram_count < kMostGrams; ++i)
      out.grams[out.gram_count++] = static_cast<uint32_t>(
          hash64(std::string_view(marked).substr(starts[i], starts[i + length] - starts[i]),
                 hash64("gram")) %
          kGramRows);
  return out;
}

}  // namespace chancery
