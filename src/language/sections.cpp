#include "language/sections.h"

#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/half_float.h"

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

float HalfByteTable::scale(size_t number) const {
  uint16_t bits;
  std::memcpy(&bits, scales + 2 * number, 2);
  return from_half(bits);
}

void HalfByteTable::add_row(uint32_t r, float* to) const {
  const size_t groups = width / kHalfBytesAScale;
  const uint8_t* from = values + static_cast<size_t>(r) * (width / 2);
  for (size_t g = 0; g < groups; ++g) {
    const float by = scale(r * groups + g);
    for (uint32_t k = 0; k < kHalfBytesAScale / 2; ++k, ++from, to += 2) {
      // Shifted up and down again, so that the sign of four bits is that of all.
      to[0] += by * static_cast<float>(static_cast<int8_t>(*from << 4) >> 4);
      to[1] += by * static_cast<float>(static_cast<int8_t>(*from) >> 4);
    }
  }
}

HalfByteTable half_byte_section(const ModelFile& file, const std::string& name, uint32_t rows,
                                uint32_t columns) {
  Section s = file.section(name, SectionKind::half_bytes, rows, columns);
  const size_t scales = static_cast<size_t>(rows) * (columns / kHalfBytesAScale);
  HalfByteTable table{s.data.data(), reinterpret_cast<const uint8_t*>(s.data.data()) + 2 * scales,
                      columns};
  for (size_t i = 0; i < scales; ++i)
    if (!(std::fabs(table.scale(i)) < 1e4f))
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
