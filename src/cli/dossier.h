// The dossier of a record, for people: what is told of it (present/telling.h), on a terminal.
#pragma once
#include <string>

#include "cli/app.h"
#include "present/words.h"

namespace chancery::cli {

struct DossierOptions {
  bool explain = false;  // why each line is there, with the items it tells: "why s1 (p2): …"
  bool full = false;     // every line, whole; else what is sure, shorter than half of the article
};

std::string dossier(const Record& record, const SureLimits& limits, const present::Words& words,
                    const Style& style, int width, const DossierOptions& options);

}  // namespace chancery::cli
