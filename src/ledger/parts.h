// The rows of `part`, of which an article has dozens: items, parts and days stand in them as
// numbers, and the last day only where it is another than the first. What they mean, and SQL that
// says it in words again.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

// "statement", "event", "position", "novelty"; "by", "toward", "via", "about".
int64_t item_number(std::string_view item);
int64_t part_number(std::string_view part);
// "2031-05-13" → 20310513; 0 for no day. In the order of the days.
int64_t day_code(std::string_view day);

// SQL: the words of a column that holds such numbers, NULL for no day; the code of a column of ISO
// days.
// Also of a condition: that a row is of this item, and of this part where one is named.
std::string part_is(const std::string& row, std::string_view item, std::string_view part = "");
std::string item_words(const std::string& column);
std::string part_words(const std::string& column);
std::string day_words(const std::string& column);
std::string day_code_of(const std::string& column);

}  // namespace chancery
