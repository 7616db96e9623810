// UTF-8: decoding, repair, and the map from byte offsets to code points.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// Decodes the code point at `at` and moves `at` past it. On a malformed byte returns U+FFFD and
// moves one byte.
char32_t decode_utf8(std::string_view text, size_t& at);
void append_utf8(std::string& out, char32_t c);

bool valid_utf8(std::string_view text);
// Every malformed byte becomes U+FFFD; NUL and other control characters except tab and line ends
// become spaces.
std::string clean_utf8(std::string_view text);

// Lower case of one code point, of a whole string (ASCII fast path, the rest by ICU's simple
// mapping).
char32_t lower(char32_t c);
std::string lower(std::string_view text);
// "Zürich" as "Zurich", "Łódź" as "Lodz": letters without what stands on or through them.
std::string without_accents(std::string_view text);
bool is_upper(char32_t c);
bool is_letter(char32_t c);
bool is_digit(char32_t c);
bool is_space(char32_t c);

// Byte offset → code point offset, O(1) per query after one pass. One anchor every 64 bytes; ASCII
// texts need none.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);
  uint32_t to_code_points(uint32_t byte) const;
  // The reverse, by binary search in the anchors; offsets beyond the end give the end.
  uint32_t to_bytes(uint32_t code_point) const;
  uint32_t code_points() const { return total_; }

 private:
  std::string_view text_;
  std::vector<uint32_t> anchors_;  // code points before byte 64*i
  uint32_t total_ = 0;
  bool ascii_ = true;
};

}  // namespace chancery
