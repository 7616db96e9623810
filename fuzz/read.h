// The reader, and what every record of it must hold.
#pragma once
#include <memory>

#include "fuzz.h"
#include "reading/reader.h"
#include "record/json.h"
#include "record/validate.h"

inline const chancery::Reader& reader() {
  static const chancery::Reader shared(std::make_shared<const chancery::Resources>(
      SOURCE_DIR "/data", SOURCE_DIR "/models/chancery-fast.model"));
  return shared;
}

// Reads the article and holds the record to its invariants.
inline void read_and_check(chancery::Article article, size_t most = 20000) {
  article.language = "en";
  if (article.text.size() > most) article.text.resize(0);
  if (article.text.empty()) return;
  chancery::Record record = reader().read(std::move(article));
  if (chancery::first_problem(record)) std::abort();
  if (chancery::to_json(chancery::record_from_json(chancery::to_json(record))) !=
      chancery::to_json(record))
    std::abort();
}
