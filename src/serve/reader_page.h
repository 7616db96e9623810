// The reader: an article with its record beside it. The text is cut at every edge of every span;
// each piece names the items that it belongs to, so that overlapping evidence needs no nesting and
// the text is never changed.
#pragma once
#include <string>

#include "present/words.h"
#include "record/record.h"
#include "record/sure.h"
#include "serve/correction_forms.h"

namespace chancery {

// What the page says in words, and which lines it folds as not sure.
struct ReaderView {
  const present::Words& words;
  const SureLimits& limits;
  const ArticleForms* forms = nullptr;  // for whoever may put it right
};

// The body of the page; `number` is the article's in the ledger, 0 when it is not kept.
std::string reader_body(const Record& record, int64_t number, const ReaderView& view);

}  // namespace chancery
