// What the columns of answers hold, for those who want numbers as numbers.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

enum class ColumnKind { text, integer, real, day };

// The columns of a question's rows, apart by blanks, in their order; "" for what is no question.
// Those of a timeline that name its two states stand as "A > B".
std::vector<std::string> columns_of(std::string_view question);
// Is a cell a number of its column's kind, as JSON writes it?
bool is_number_of(ColumnKind kind, std::string_view cell);

// By its name, whichever question it answers; text where nothing else is known of it.
ColumnKind kind_of_column(std::string_view name);

}  // namespace chancery
