// SHA-256 (FIPS 180-4), by libcrypto: what `sha256sum` says of the same bytes.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace chancery {

// Piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  // 64 digits of base 16, in small letters. Once: nothing can be added afterwards.
  std::string hex();

 private:
  struct Inside;
  std::unique_ptr<Inside> in_;
};

std::string sha256(std::string_view bytes);

// SHA-1 (FIPS 180-4), 40 digits: by which annotated articles are known and dealt into folds. It
// guards nothing.
std::string sha1(std::string_view bytes);

// One digest of all tables (*.tsv) under a folder: of the lines that
//   (cd FOLDER && find . -name '*.tsv' | LC_ALL=C sort | xargs sha256sum)
// prints. Throws StartError for a folder that cannot be read.
std::string sha256_of_tables(const std::string& folder);

}  // namespace chancery
