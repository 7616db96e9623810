// Sections of a model file as the encoders and the heads use them: views into the mapped file,
// checked once. All throw StartError naming file and section.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/model_file.h"
#include "language/kernels.h"

namespace chancery {

// An embedding table as it lies in the file: one scale and `width` signed bytes a row.
struct EmbeddingTable {
  const float* scale = nullptr;
  const int8_t* values = nullptr;
  uint32_t width = 0;

  const int8_t* row(uint32_t r) const { return values + static_cast<size_t>(r) * width; }
};

// A larger one, of numbers of four bits (SectionKind::half_bytes).
struct HalfByteTable {
  const char* scales = nullptr;  // half floats
  const uint8_t* values = nullptr;
  uint32_t width = 0;

  float scale(size_t number) const;
  // to[0 … width) += the row.
  void add_row(uint32_t r, float* to) const;
};

[[noreturn]] void refuse_model(const ModelFile& file, const std::string& why);

EmbeddingTable table_section(const ModelFile& file, const std::string& name, uint32_t rows,
                             uint32_t columns);
HalfByteTable half_byte_section(const ModelFile& file, const std::string& name, uint32_t rows,
                                uint32_t columns);
Packed packed_section(const ModelFile& file, const std::string& name, int in, int out);
// A matrix of one row.
std::vector<float> row_section(const ModelFile& file, const std::string& name, int columns);

}  // namespace chancery
