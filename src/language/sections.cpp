#include "language/sections.h"

#include <cmath>

#include "base/error.h"

namespace chancery {

void refuse_model(const ModelFile& file, const std::string& why) {
  throw StartError(file.path() + ": " + why);
}

EmbeddingTable table_section(const ModelFile& file, const std::string& name, uint32_t rows,
                             uint32_t columns) {
  Section s = file.section(name, SectionKind::bytes, rows, columns);
  EmbeddingTable table{
      reinterpret_cast<const float*>(s.data.data()),
      reinterpret_cast<const int8_t*>(s.data.data()) + 4 * static_cast<size_t>(rows), columns};
  for (uint32_t r = 0; r < rows; ++r)
    if (!(std::fabs(table.scale[r]) < 1e4f))
      refuse_model(file, "damaged model: " + name + " holds a value out of range");
  return table;
}

Packed packed_section(const ModelFile& file, const std::string& name, int in, int out) {
  Section s = file.section(name, SectionKind::packed, static_cast<uint32_t>(in),
                           static_cast<uint32_t>(out));
  try {
    return Packed(static_cast<uint32_t>(in), static_cast<uint32_t>(out), s.data);
  } catch (const Error& error) {
    refuse_model(file, "damaged model: " + name + ": " + error.what());
  }
}

std::vector<float> row_section(const ModelFile& file, const std::string& name, int columns) {
  return file.matrix(name, 1, static_cast<uint32_t>(columns)).values;
}

}  // namespace chancery
