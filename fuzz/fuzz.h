// What all targets share: bytes in, errors of ours are fine, anything else is a finding.
#pragma once
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.h"

template <class F>
int fuzz(const uint8_t* data, size_t size, F&& work) {
  try {
    work(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const chancery::Error&) {}
  return 0;
}

// The bytes as a file in memory, of this process alone.
inline std::string as_file(std::string_view bytes, const std::string& ending = "") {
  std::string path = "/dev/shm/chancery-fuzz-" + std::to_string(::getpid()) + ending;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}
