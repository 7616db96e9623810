// What all targets share: bytes in, errors of ours are fine, anything else is a finding.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "base/error.h"
#include "reading/reader.h"
#include "record/json.h"
#include "record/validate.h"

template <class F>
int fuzz(const uint8_t* data, size_t size, F&& work) {
  try {
    work(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const chancery::Error&) {}
  return 0;
}

inline const chancery::Reader& reader() {
  static const chancery::Reader shared(std::make_shared<const chancery::Resources>(
      SOURCE_DIR "/data", SOURCE_DIR "/models/chancery-fast.model"));
  return shared;
}

// Reads the article and holds the record to its invariants.
inline void read_and_check(chancery::Article article) {
  article.language = "en";
  if (article.text.size() > 20000) article.text.resize(0);
  if (article.text.empty()) return;
  chancery::Record record = reader().read(std::move(article));
  if (chancery::first_problem(record)) std::abort();
  if (chancery::to_json(chancery::record_from_json(chancery::to_json(record))) !=
      chancery::to_json(record))
    std::abort();
}
