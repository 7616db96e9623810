// Text for a terminal.
#pragma once
#include <string>
#include <string_view>

namespace chancery {

// Control characters that could move the cursor, rename the window or type into it are shown as
// '?'. Tabs and line ends stay, and the colours that this program uses itself.
std::string for_terminal(std::string_view text);

}  // namespace chancery
