// Small things that all formats share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace chancery {

// Tabs, line ends and other control characters would tear a line: they become blanks.
std::string one_line(std::string_view text);
// Cells apart by tabs, as programs read them that know no quoting, and those that do: double
// quotation marks, which open a quoted cell for R and Python, become single ones.
std::string tab_separated(const std::vector<std::string>& cells);
// The same with every character kept: a cell with double quotation marks is quoted, with its own
// doubled, as R's read.delim and Python's csv take it.
std::string quoted_tab_separated(const std::vector<std::string>& cells);
// "20250921" and "20250921083000" of "2025-09-21T08:30…", "" when it names no day.
std::string compact_day(const std::string& published);
std::string compact_time(const std::string& published);
// The ISO day of an event: of a week or a month the day nearest to its report; of its report where
// the event cannot be dated; "" when neither is known.
std::string day_of(const Record& record, const Event& event);
// The sentence (1-based) in which a span begins, counted by ends of sentences in the text.
int sentence_number(const std::string& text, uint32_t at);
// Byte offset → code points.
size_t characters(const std::string& text, uint32_t at);
// The name of a host: "https://www.a.example/x" → "a.example".
std::string host(const std::string& url);

}  // namespace chancery
