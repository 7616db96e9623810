// The HTTP API, /api/v1: one table of questions that routing, OpenAPI document and pages' downloads
// share.
#pragma once
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "register/register.h"
#include "serve/http.h"

namespace chancery {

struct Endpoint {
  const char *name, *what;
  const char* filters;  // names of parameters, apart by blanks
  Answer (Ledger::*ask)(const Question&);
};
const std::vector<Endpoint>& endpoints();
const Endpoint* find_endpoint(std::string_view name);

// The question that a request's parameters ask; throws Error for a value that is none.
Question question_of(const Request& request, const Register& known);

std::string answer_json(const Answer& answer);
std::string openapi_document();
// application/problem+json (RFC 9457).
Response problem(int status, const std::string& title, const std::string& detail = "");
// Adds an ETag and answers 304 when the asker has it already.
Response with_etag(Response response, const Request& request);

}  // namespace chancery
