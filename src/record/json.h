// Record ↔ JSON of schema chancery/1: one object on one line, keys in a fixed order, spans in code
// points.
#pragma once
#include <string>
#include <string_view>

#include "record/record.h"

namespace chancery {

struct JsonOptions {
  bool explain = false;  // with the "explain" of every item
};

std::string to_json(const Record& record, const JsonOptions& options = {});
// The same of a record that nobody needs any more: of a long text, record and JSON take some 25 and 12
// times its length, and need not be there together.
std::string to_json(Record&& record, const JsonOptions& options = {});
// The article layer alone: {"article":{…}}.
std::string article_to_json(const Article& article);

// Is a JSON text a record, and no article to be read? Whatever the order and spacing of its keys.
bool is_record(std::string_view json);

// Reads what to_json wrote. Throws Error naming the record and the path of what is missing or wrong
// ("record 'oslo-17': events[2].source: no entity x"); what first_problem() (validate.h) refuses is
// refused here. Codes of tables are the ledger's to check, which knows by which ontology.
// Origin::kept: a record that a ledger holds, written by whichever version; a date of it that is
// none, which earlier versions let in, says nothing.
enum class Origin { outside, kept };
Record record_from_json(std::string_view json, Origin origin = Origin::outside);

}  // namespace chancery
