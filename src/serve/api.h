// The HTTP API, /api/v1: the catalogue's questions (ledger/catalogue.h) as addresses, with what it
// has of its own beside them.
#pragma once
#include <string>

#include "ledger/catalogue.h"
#include "ledger/ledger.h"
#include "serve/http.h"

namespace chancery {

// What a request asks besides the filters of its question: `limit` rows, a `format`.
inline constexpr const char* kApiOwn = "limit format";

// The question of a request: its parameters must be among `filters` and `own`. Throws UsageError
// for any that is none, and for a value that is none.
Question question_of(const Request& request, std::string_view filters, const Known& known,
                     std::string_view own);
// The parameter `format`, one of the list; its first when there is none. Throws UsageError.
std::string format_of(const Request& request, const ClosedList& formats);

std::string answer_json(const Answer& answer);
std::string openapi_document(const Codes& codes);
// application/problem+json (RFC 9457).
Response problem(int status, const std::string& title, const std::string& detail = "");
// Adds an ETag and answers 304 when the asker has it already.
Response with_etag(Response response, const Request& request);

}  // namespace chancery
