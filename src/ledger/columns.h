// What the columns of answers hold, for those who want numbers as numbers.
#pragma once
#include <string_view>

namespace chancery {

enum class ColumnKind { text, integer, real, day };

// By its name, whichever question it answers; text where nothing else is known of it.
ColumnKind kind_of_column(std::string_view name);

}  // namespace chancery
