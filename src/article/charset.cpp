#include "article/charset.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

bool convert(std::string_view bytes, const std::string& charset, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset.c_str(), &error),
                                                          ucnv_close);
  if (U_FAILURE(error)) return false;
  error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &error), ucnv_close);
  if (U_FAILURE(error)) return false;
  out.resize(bytes.size() * 4 + 16);
  char* target = out.data();
  const char* source = bytes.data();
  ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source,
                 source + bytes.size(), nullptr, nullptr, nullptr, nullptr, true, true, &error);
  if (U_FAILURE(error)) return false;
  out.resize(static_cast<size_t>(target - out.data()));
  return true;
}

}  // namespace

std::string declared_charset(std::string_view html) {
  std::string head = lower(html.substr(0, std::min<size_t>(html.size(), 4096)));
  size_t at = head.find("charset=");
  if (at == std::string::npos) return "";
  at += 8;
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
  size_t end = at;
  while (end < head.size() && (isalnum(static_cast<unsigned char>(head[end])) || head[end] == '-' ||
                               head[end] == '_' || head[end] == ':' || head[end] == '.'))
    ++end;
  return head.substr(at, end - at);
}

std::string to_utf8(std::string_view bytes, std::string_view declared, std::string* used) {
  auto note = [&](const char* name) {
    if (used) *used = name;
  };
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    note("UTF-8");
    return clean_utf8(bytes.substr(3));
  }
  std::string out;
  // Before UTF-16: its mark begins like the one of UTF-32.
  for (const auto& [mark, name] : {std::pair{std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
                                   std::pair{std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"}})
    if (bytes.starts_with(mark) && convert(bytes.substr(4), name, out)) {
      note(name);
      return clean_utf8(out);
    }
  if (bytes.size() >= 2) {
    auto first = static_cast<unsigned char>(bytes[0]),
         second = static_cast<unsigned char>(bytes[1]);
    if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
      const char* name = first == 0xFF ? "UTF-16LE" : "UTF-16BE";
      if (convert(bytes.substr(2), name, out)) {
        note(name);
        return clean_utf8(out);
      }
    }
  }
  if (valid_utf8(bytes)) {
    note("UTF-8");
    return clean_utf8(bytes);
  }
  std::string name(declared);
  std::string low = lower(declared);
  if (low == "utf-8" || low == "utf8") {
    // Says UTF-8 and is not: mostly UTF-8 with a few broken bytes, else believe the bytes.
    size_t broken = 0, high = 0;
    for (size_t at = 0; at < bytes.size();) {
      size_t before = at;
      char32_t c = decode_utf8(bytes, at);
      high += c >= 0x80;
      broken += c == 0xFFFD && at == before + 1;
    }
    if (broken * 10 < high) {
      note("UTF-8");
      return clean_utf8(bytes);
    }
    name.clear();
  }
  if (low == "iso-8859-1" || low == "latin1" || low == "ascii" || low == "us-ascii")
    name = "windows-1252";  // as browsers do
  if (name.empty()) {
    uchardet_t detector = uchardet_new();
    uchardet_handle_data(detector, bytes.data(), std::min<size_t>(bytes.size(), 1 << 18));
    uchardet_data_end(detector);
    name = uchardet_get_charset(detector);
    uchardet_delete(detector);
  }
  for (const std::string& candidate : {name, std::string("windows-1252")}) {
    if (!candidate.empty() && convert(bytes, candidate, out)) {
      note(candidate.c_str());
      return clean_utf8(out);
    }
  }
  note("unknown");
  return clean_utf8(bytes);
}

bool looks_binary(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
      bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4)))
    return false;
  size_t n = std::min<size_t>(bytes.size(), 4096), bad = 0;
  for (size_t i = 0; i < n; ++i) {
    auto c = static_cast<unsigned char>(bytes[i]);
    bad += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
  }
  return bad * 50 > n;
}

}  // namespace chancery
