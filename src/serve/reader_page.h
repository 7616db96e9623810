// The reader: an article with its record beside it. The text is cut at every edge of every span;
// each piece names the items that it belongs to, so that overlapping evidence needs no nesting and
// the text is never changed.
#pragma once
#include <string>

#include "record/record.h"

namespace chancery {

// The body of the page; `number` is the article's in the ledger, 0 when it is not kept.
std::string reader_body(const Record& record, int64_t number);

}  // namespace chancery
