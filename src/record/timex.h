// TIMEX3 values (TimeML 1.2.1) as chancery writes them.
#pragma once
#include <string_view>

namespace chancery {

// Is this a value that an expression of that type may have?
//   DATE      2025 · 2025-09 · 2025-09-22 · 2025-W38 · 2025-W38-WE · 2025-Q3 · 2025-H1 · 2025-SU ·
//   199 (decade) · 19 (century) ·
//             PAST_REF, PRESENT_REF, FUTURE_REF; X for what is not known: XXXX-09-22, XXXX-WXX-5,
//             XXXX-Q3, XXXX-SU
//   TIME      a day, T and a time of day (2025-09-22T20:30) or a part of it (TMO, TMI, TAF, TEV,
//   TNI); the three references DURATION  P3D, P2W, P1Y6M, PT30M, PXY, P1DE, P2CE, P3Q, P1WE, P2NI;
//   SET the same or a date with X
// Days must exist: 2023-02-29 is no value.
bool is_timex_value(std::string_view type, std::string_view value);

}  // namespace chancery
