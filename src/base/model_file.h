// A model's file, of whatever is learnt: one header, then named sections. Little-endian; every
// section's data begins at a multiple of 64 bytes.
//   8 bytes "CHANCERY" · u32 format version · u32 CRC-32 of all that follows the header · u64 bytes
//   that follow · 40 zero bytes a section: u32 length of name, name, u8 kind, u32 rows, u32
//   columns, u64 bytes of data, zeros up to the next multiple of 64, data
// A file is mapped read-only and its pages are shared by all threads and processes that use it. A
// file that is cut, altered, of another version or no model at all is refused with StartError; none
// crashes the reader.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

constexpr uint32_t kModelVersion = 2;
constexpr size_t kModelHeader = 64;

constexpr uint32_t kHalfBytesAScale = 32;

// Kinds of sections; numbers are part of the format and never change.
enum class SectionKind : uint8_t {
  halves = 1,      // rows × columns IEEE half floats, row after row: what training writes
  strings = 2,     // `rows` strings, each u32 length and bytes
  floats = 3,      // rows × columns floats
  bytes = 4,       // rows × columns signed bytes after `rows` floats, each the scale of its row:
                   // embedding tables
  packed = 5,      // a weight matrix as the kernels multiply it (kernels.h)
  half_bytes = 6,  // rows × columns signed numbers of four bits, two a byte, the lower half first,
                   // after a half float for each kHalfBytesAScale of a row, which is their scale:
                   // the largest embedding table; columns are a multiple of that
};

struct Matrix {
  uint32_t rows = 0, columns = 0;
  std::vector<float> values;
};

// A section as it lies in the mapped file.
struct Section {
  SectionKind kind = SectionKind::floats;
  uint32_t rows = 0, columns = 0;
  std::string_view data;
};

// Move-only; what it hands out as views lives as long as the file.
class ModelFile {
 public:
  ModelFile();
  ~ModelFile();
  ModelFile(ModelFile&&) noexcept;
  ModelFile& operator=(ModelFile&&) noexcept;

  static ModelFile load(const std::string& path);
  // The same over bytes that the caller keeps alive; `name` stands for the path in messages.
  static ModelFile view(std::string_view bytes, const std::string& name);
  void save(const std::string& path) const;

  // The file it was loaded from; "model" for one that was made here.
  const std::string& path() const { return path_; }
  // The file's name without folder and ending, and the checksum of what is in it:
  // "chancery-5f3a9b1c".
  std::string id() const;
  bool has(const std::string& name) const { return sections_.count(name) > 0; }
  // Throw StartError naming the section when it is missing or of another kind or shape (0 = any).
  Matrix matrix(const std::string& name, uint32_t rows = 0,
                uint32_t columns = 0) const;  // halves or floats
  std::vector<std::string_view> strings(const std::string& name) const;
  Section section(const std::string& name, SectionKind kind, uint32_t rows, uint32_t columns) const;

  void set(const std::string& name, const Matrix& matrix, SectionKind kind = SectionKind::halves);
  void set(const std::string& name, const std::vector<std::string>& strings);
  void set(const std::string& name, SectionKind kind, uint32_t rows, uint32_t columns,
           std::string data);

 private:
  struct Mapping;
  void take(std::string_view bytes);  // checks the header and finds the sections
  std::string path_ = "model";
  uint32_t checksum_ = 0;
  std::map<std::string, Section> sections_;
  std::map<std::string, std::string> own_;  // data of sections that were set
  std::unique_ptr<Mapping> mapping_;
};

}  // namespace chancery
