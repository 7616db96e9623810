// Where this checkout and the program under test are. Only places.cpp is told by the build, so all
// other tests compile to the same objects in every checkout.
#pragma once
#include <string>

namespace chancery::test {

const std::string& source_dir();
const std::string& program_file();

}  // namespace chancery::test
