#include "places.h"

namespace chancery::test {

const std::string& source_dir() {
  static const std::string folder = SOURCE_DIR;
  return folder;
}

const std::string& program_file() {
  static const std::string file = PROGRAM;
  return file;
}

}  // namespace chancery::test
