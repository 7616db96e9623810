// What stands behind the public engine.
#pragma once
#include <string>

#include "library/guard.h"
#include "reading/reader.h"

namespace chancery {

struct v1::Engine::Inside {
  std::shared_ptr<const Resources> resources;
  Reader reader;
  explicit Inside(std::shared_ptr<const Resources> r) : resources(r), reader(r) {}
};

namespace library {

// The folder with data/ and models/ beside the library, or beside the program that it is part of.
std::string home();

}  // namespace library
}  // namespace chancery
