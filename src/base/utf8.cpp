#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>

namespace chancery {

char32_t decode_utf8(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  int extra = first >= 0xF0 && first < 0xF5   ? 3
              : first >= 0xE0 && first < 0xF0 ? 2
              : first >= 0xC2 && first < 0xE0 ? 1
                                              : 0;
  if (extra == 0 || at + extra >= text.size()) {
    ++at;
    return 0xFFFD;
  }
  char32_t c = first & (0x3F >> extra);
  for (int i = 1; i <= extra; ++i) {
    unsigned char next = byte(at + i);
    if ((next & 0xC0) != 0x80) {
      ++at;
      return 0xFFFD;
    }
    c = (c << 6) | (next & 0x3F);
  }
  bool overlong = (extra == 2 && c < 0x800) || (extra == 3 && c < 0x10000);
  if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    ++at;
    return 0xFFFD;
  }
  at += extra + 1;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool valid_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    size_t before = at;
    // U+FFFD written out is three bytes long; a malformed byte moves by one.
    if (decode_utf8(text, at) == 0xFFFD && at == before + 1) return false;
  }
  return true;
}

std::string clean_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    // Runs of plain ASCII as they are.
    size_t run = at;
    while (run < text.size() && ((static_cast<unsigned char>(text[run]) >= 0x20 &&
                                  static_cast<unsigned char>(text[run]) < 0x7F) ||
                                 text[run] == '\n'))
      ++run;
    out.append(text, at, run - at);
    if ((at = run) == text.size()) break;
    char32_t c = decode_utf8(text, at);
    if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F) c = ' ';
    append_utf8(out, c);
  }
  return out;
}

char32_t lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    char byte = text[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
      ++at;
    } else {
      append_utf8(out, lower(decode_utf8(text, at)));
    }
  }
  return out;
}

namespace {

// Letters that Unicode does not take apart.
std::string_view plain_letter(char32_t c) {
  switch (c) {
    case U'Ł': return "L";
    case U'ł': return "l";
    case U'Ø': return "O";
    case U'ø': return "o";
    case U'Đ': return "D";
    case U'đ': return "d";
    case U'ı': return "i";
    case U'ß': return "ss";
    case U'Æ': return "Ae";
    case U'æ': return "ae";
    case U'‘':
    case U'’':
    case U'ʻ':
    case U'ʼ': return "'";
    default: return {};
  }
}

void append_plain(std::string& out, char32_t c) {
  static const UNormalizer2* normalizer = [] {
    UErrorCode error = U_ZERO_ERROR;
    return unorm2_getNFDInstance(&error);
  }();
  if (const std::string_view plain = plain_letter(c); !plain.empty()) {
    out += plain;
    return;
  }
  UErrorCode error = U_ZERO_ERROR;
  std::array<UChar, 32> units;
  const int32_t n = unorm2_getDecomposition(normalizer, static_cast<UChar32>(c), units.data(),
                                            static_cast<int32_t>(units.size()), &error);
  if (n < 0 || U_FAILURE(error)) {
    append_utf8(out, c);
    return;
  }
  for (int32_t i = 0; i < n;) {
    UChar32 point;
    U16_NEXT(units.data(), i, n, point);
    if (u_charType(point) != U_NON_SPACING_MARK) append_utf8(out, static_cast<char32_t>(point));
  }
}

}  // namespace

std::string without_accents(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) out += text[at++];
    else append_plain(out, decode_utf8(text, at));
  }
  return out;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isupper(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c));
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  // Marks are part of the letter before them.
  return u_isalpha(static_cast<UChar32>(c)) ||
         (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK);
}

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_isdigit(static_cast<UChar32>(c));
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0x200B || c == 0xFEFF || c == 0x200E ||
         c == 0x200F || c == 0x2060;
}

namespace {
bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }
}  // namespace

OffsetMap::OffsetMap(std::string_view text) : text_(text) {
  ascii_ = std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii_) {
    total_ = static_cast<uint32_t>(text.size());
    return;
  }
  anchors_.reserve(text.size() / 64 + 2);
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % 64 == 0) anchors_.push_back(total_);
    total_ += starts_code_point(text[i]);
  }
  anchors_.push_back(total_);
}

uint32_t OffsetMap::to_code_points(uint32_t byte) const {
  if (byte >= text_.size()) return total_;
  if (ascii_) return byte;
  uint32_t count = anchors_[byte / 64];
  for (uint32_t i = byte / 64 * 64; i < byte; ++i) count += starts_code_point(text_[i]);
  return count;
}

uint32_t OffsetMap::to_bytes(uint32_t code_point) const {
  if (code_point >= total_) return static_cast<uint32_t>(text_.size());
  if (ascii_) return code_point;
  auto anchor = std::upper_bound(anchors_.begin(), anchors_.end(), code_point) - 1;
  while (anchor != anchors_.begin() && *anchor == code_point && *(anchor - 1) == code_point)
    --anchor;
  uint32_t at = static_cast<uint32_t>(anchor - anchors_.begin()) * 64, count = *anchor;
  for (;; ++at) {
    if (starts_code_point(text_[at]) && count++ == code_point) return at;
  }
}

}  // namespace chancery
