// The rows of `part`, of which an article has dozens: items with their parts, and days, stand in
// them as small numbers, and the last day only where it is another than the first. What they mean,
// and SQL that says it in words again.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

// The number of a part in an item: "statement", "event", "position", "novelty", "occasion"; "by",
// "toward", "via", "about". Those of one item stand together.
int64_t play_number(std::string_view item, std::string_view part);
// "2031-05-13" → 30144: in the order of the days, with gaps, of two bytes until 2038. What is no
// day stands before all of them.
int64_t day_code(std::string_view day);

// SQL: a condition, that a row is of this item, and of this part where one is named; the words of a
// column that holds such a number.
std::string part_is(const std::string& row, std::string_view item, std::string_view part = "");
std::string item_words(const std::string& column);
std::string part_words(const std::string& column);
// SQL: the words of a column of codes of days, NULL for no day; is it one, or none; the code of a
// column of ISO days.
std::string day_words(const std::string& column);
std::string is_dated(const std::string& column);
std::string is_undated(const std::string& column);
std::string day_code_of(const std::string& column);

}  // namespace chancery
