#include "base/terminal.h"

namespace chancery {
namespace {

// Where the colour that begins at `at` ends; `at` when it is none of ours ("\033[1;36m").
size_t behind_colour(std::string_view text, size_t at) {
  if (text.substr(at, 2) != "\033[") return at;
  size_t end = text.find_first_not_of("0123456789;", at + 2);
  return end != std::string_view::npos && text[end] == 'm' && end - at <= 8 ? end + 1 : at;
}

// Of how many bytes the control character at `at` is; 0 for any other.
size_t control_at(std::string_view text, size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c < 0x20) return c != '\t' && c != '\n';
  if (c == 0x7F) return 1;
  // U+0080 to U+009F: one of them begins a command like ESC [.
  return c == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0 ? 2
                                                                                              : 0;
}

}  // namespace

std::string for_terminal(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (size_t end = behind_colour(text, at); end > at) {
      out += text.substr(at, end - at);
      at = end;
    } else if (size_t control = control_at(text, at)) {
      out += '?';
      at += control;
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace chancery
