// Bytes as a file in memory, read by the format's own reader to its end.
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include "article/pieces.h"
#include "fuzz.h"

template <class Open>
int fuzz_pieces(const uint8_t* data, size_t size, Open&& open) {
  return fuzz(data, size, [&](std::string_view bytes) {
    static const int file = memfd_create("fuzz", 0);
    if (ftruncate(file, 0) != 0 ||
        pwrite(file, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      __builtin_trap();
    auto pieces = open("/proc/self/fd/" + std::to_string(file));
    size_t count = 0;
    for (chancery::Piece piece; pieces->next(piece);)
      if (++count > bytes.size() + 2) __builtin_trap();  // every piece takes at least a byte
  });
}
