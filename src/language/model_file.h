// The model's file: one header, then named sections. Little-endian.
//   8 bytes "CHANCERY" · u32 format version · u32 CRC-32 of all that follows · u64 bytes that follow
//   a section: u32 length of name, name, u8 kind, u32 rows, u32 columns, data
//     kind 1: matrix of IEEE half floats, row after row; kind 2: `rows` strings, each u32 length and bytes
// A file that is cut, altered, of another version or no model at all is refused with StartError; none crashes the reader.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace chancery {

constexpr uint32_t kModelVersion = 1;

struct Matrix {
  uint32_t rows = 0, columns = 0;
  std::vector<float> values;
};

class ModelFile {
 public:
  static ModelFile load(const std::string& path);
  void save(const std::string& path) const;

  // Throw StartError naming the section when it is missing or of another shape (0 = any).
  const Matrix& matrix(const std::string& name, uint32_t rows = 0, uint32_t columns = 0) const;
  const std::vector<std::string>& strings(const std::string& name) const;

  void set(const std::string& name, Matrix matrix) { matrices_[name] = std::move(matrix); }
  void set(const std::string& name, std::vector<std::string> strings) { strings_[name] = std::move(strings); }

 private:
  std::string path_ = "model";
  std::map<std::string, Matrix> matrices_;
  std::map<std::string, std::vector<std::string>> strings_;
};

}  // namespace chancery
