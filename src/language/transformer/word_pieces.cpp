#include "language/transformer/word_pieces.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include <array>
#include <string>

#include "base/error.h"
#include "base/utf8.h"

namespace chancery {
namespace {

constexpr size_t kLongestPart = 100;  // code points; a longer part is unknown

bool is_control(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return false;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE: return true;
    default: return false;
  }
}

bool stands_alone(char32_t c) {
  if (c < 128) return c > 32 && c < 127 && !u_isalnum(static_cast<UChar32>(c));
  if (u_ispunct(static_cast<UChar32>(c))) return true;
  // The blocks of ideographs that BERT knows.
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
         (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

// Without accents, in lower case; appended to `to`.
void append_plain(char32_t c, std::u32string& to) {
  if (c < 128) {
    to += c >= 'A' && c <= 'Z' ? c + 32 : c;
    return;
  }
  static const UNormalizer2* normalizer = [] {
    UErrorCode error = U_ZERO_ERROR;
    return unorm2_getNFDInstance(&error);
  }();
  UErrorCode error = U_ZERO_ERROR;
  std::array<UChar, 32> units;
  int32_t n = unorm2_getDecomposition(normalizer, static_cast<UChar32>(c), units.data(),
                                      static_cast<int32_t>(units.size()), &error);
  auto append = [&](UChar32 point) {
    if (u_charType(point) != U_NON_SPACING_MARK) to += static_cast<char32_t>(u_tolower(point));
  };
  if (n < 0 || U_FAILURE(error)) return append(static_cast<UChar32>(c));
  for (int32_t i = 0; i < n;) {
    UChar32 point;
    U16_NEXT(units.data(), i, n, point);
    append(point);
  }
}

}  // namespace

bool piece_of_english(std::string_view piece) {
  if (piece.substr(0, 7) == "[unused") return false;
  for (size_t at = 0; at < piece.size();) {
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(static_cast<UChar32>(decode_utf8(piece, at)), &error);
    if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
      return false;
  }
  return true;
}

WordPieces::WordPieces(std::vector<std::string_view> vocabulary) : pieces_(std::move(vocabulary)) {
  auto number = [&](std::string_view piece) {
    uint32_t row = pieces_.row(piece);
    if (row == 0) throw Error("the pieces of words lack " + std::string(piece));
    return row - 1;
  };
  unknown_ = number("[UNK]");
  begin_ = number("[CLS]");
  end_ = number("[SEP]");
}

void WordPieces::cut(std::string_view form, size_t most, std::vector<uint32_t>& to) const {
  size_t before = to.size();
  std::u32string part;
  auto flush = [&] {
    if (!part.empty()) cut_part(part, to);
    part.clear();
  };
  std::u32string plain;
  for (size_t at = 0; at < form.size();) {
    char32_t c = decode_utf8(form, at);
    if (c == 0 || c == 0xFFFD || is_control(c)) continue;
    if (c == '\t' || c == '\n' || c == '\r' || u_isUWhiteSpace(static_cast<UChar32>(c))) {
      flush();
      continue;
    }
    plain.clear();
    append_plain(c, plain);
    for (char32_t p : plain) {
      if (!stands_alone(p) && !stands_alone(c)) {
        part += p;
        continue;
      }
      flush();
      part += p;
      flush();
    }
  }
  flush();
  if (to.size() - before > most) to.resize(before + most);
  if (to.size() == before) to.push_back(unknown_);
}

void WordPieces::cut_part(const std::u32string& part, std::vector<uint32_t>& to) const {
  if (part.size() > kLongestPart) {
    to.push_back(unknown_);
    return;
  }
  size_t before = to.size();
  // "##" and the part; starts[i]: the byte at which its code point i begins.
  std::string bytes = "##";
  std::array<uint32_t, kLongestPart + 1> starts;
  for (size_t i = 0; i < part.size(); ++i) {
    starts[i] = static_cast<uint32_t>(bytes.size());
    append_utf8(bytes, part[i]);
  }
  starts[part.size()] = static_cast<uint32_t>(bytes.size());
  for (size_t from = 0; from < part.size();) {
    // The two bytes before a later piece are free to hold its "##": they are used up.
    uint32_t begin = starts[from];
    if (from > 0) {
      begin -= 2;
      bytes[begin] = bytes[begin + 1] = '#';
    }
    size_t end = part.size();
    uint32_t row = 0;
    for (; end > from; --end) {
      row = pieces_.row(std::string_view(bytes).substr(begin, starts[end] - begin));
      if (row != 0) break;
    }
    if (row == 0) {
      to.resize(before);
      to.push_back(unknown_);
      return;
    }
    to.push_back(row - 1);
    from = end;
  }
}

}  // namespace chancery
