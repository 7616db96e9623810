// Dates and times as page headers write them, in ISO 8601. Not for running text (that is
// reading/times).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace chancery {

// "2025-09-23T08:19:00+09:00", "September. 23, 2025 08:19", "23 Sept 2025, 8:19 pm", "Tue, 23 Sep
// 2025 08:19:00 GMT", "31. Mai 2012", "09/23/2025" (month first unless that cannot be), "20250923".
// To the day, minute or second as given; a zone only where given. The first date in `text` is
// taken; nothing when there is none.
std::optional<std::string> header_date(std::string_view text);

}  // namespace chancery
