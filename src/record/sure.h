// What --sure means, once for the command line, dossiers and pages: the lines of a record that pass
// the strict limits of data/sure.tsv.
//
//   SureLimits limits("data/sure.tsv");
//   Record strict = sure_lines(record, limits);
#pragma once
#include <string>

#include "record/record.h"

namespace chancery {

// The least confidence of a line of each layer.
struct SureLimits {
  double statement = 1, event = 1, position = 1;

  // Columns layer, least, meaning. Throws StartError naming the line for an unknown or repeated
  // layer, for a limit outside 0..1, and for a layer without a line.
  explicit SureLimits(const std::string& table);
};

// Without statements, events and positions below their limit, without events and positions that rest
// on a statement left out, and without states that were inferred from context. A line that nobody has
// judged (confidence 0) is not sure. Claims of novelty, times and mentions stay. Ids keep their names,
// so that a line can be found again in the whole record. Linear.
Record sure_lines(Record record, const SureLimits& limits);

}  // namespace chancery
