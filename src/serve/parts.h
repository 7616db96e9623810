// What pages and the API are put together from: answers with their types, forms of filters, links to
// the same list for programs, the columns in which lists are shown.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "serve/html.h"
#include "serve/http.h"

namespace chancery {

Response html_answer(std::string body, int status = 200);
Response json_answer(std::string body);
// What was asked for has another address for now.
Response moved(const std::string& address);

// The day of the newest article, "" in an empty ledger.
std::string newest_day(Ledger& ledger);
// The day it is, UTC.
std::string today();
// The paper of an article by its number, its headline where it has none, shortened; its id where it
// has neither.
std::string paper_of(Ledger& ledger, const std::string& number);
// Is somebody of a state by the company kept in articles alone?
bool inferred_of(Ledger& ledger, const std::string& name, const std::string& country);
// The rows without those whose `column` names such a one; all of them without a country.
Answer evident(Ledger& ledger, Answer answer, const char* column, const std::string& country);
// Digits, and not too many: the number of an article or a story in an address.
bool is_number(const std::string& text);

// Links to the same list as JSON and CSV, and to the next page.
std::string list_links(const std::string& endpoint, const Request& q, const std::string& next,
                       const std::map<std::string, std::string>& fixed = {});
// The form of filters: its fields stand in the address bar.
std::string filters(const Request& q,
                    const std::vector<std::pair<const char*, const char*>>& fields);

extern const std::vector<Column> kStatements, kEvents, kPositions, kChanges;

}  // namespace chancery
