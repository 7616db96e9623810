// The HTTP API, /api/v1: the catalogue's questions (ledger/catalogue.h) as addresses, with what it
// has of its own beside them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/catalogue.h"
#include "ledger/ledger.h"
#include "serve/http.h"

namespace chancery {

// What a request asks besides the filters of its question: `limit` rows, a `format`, the `total` of
// all pages.
inline constexpr const char* kApiOwn = "limit format total";

// The question of a request: its parameters must be among `filters` and `own`. Throws UsageError
// for any that is none, and for a value that is none.
Question question_of(const Request& request, std::string_view filters, const Known& known,
                     std::string_view own);
// The parameter `format`, one of the list; its first when there is none. Throws UsageError.
std::string format_of(const Request& request, const ClosedList& formats);

// Numbers are numbers, null where there is none; a column "span" is a list of pairs.
std::string answer_json(const Answer& answer, std::optional<size_t> total = {});
// OpenAPI 3.0 of all that the API answers, with the rows of every question (openapi.cpp).
std::string openapi_document(const Codes& codes);
// The columns that the API's rows have behind those of the ledger (row_evidence.h).
std::vector<std::string> evidence_columns(std::string_view question);
// application/problem+json (RFC 9457).
Response problem(int status, const std::string& title, const std::string& detail = "");
// Adds an ETag and answers 304 when the asker has it already.
Response with_etag(Response response, const Request& request);

}  // namespace chancery
