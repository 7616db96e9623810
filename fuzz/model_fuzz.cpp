#include <unistd.h>
#include <zlib.h>

#include <cstring>
#include <fstream>

#include "fuzz.h"
#include "language/network.h"

// The checksum is made right, so that the reader of sections and the network built on it are
// reached.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    std::string file = "CHANCERY";
    uint32_t version = chancery::kModelVersion,
             checksum = static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
                                                    static_cast<uInt>(bytes.size())));
    uint64_t length = bytes.size();
    file.append(reinterpret_cast<const char*>(&version), 4)
        .append(reinterpret_cast<const char*>(&checksum), 4)
        .append(reinterpret_cast<const char*>(&length), 8);
    file.resize(chancery::kModelHeader, 0);
    file += bytes;
    static const std::string path =
        "/dev/shm/chancery-fuzz-" + std::to_string(::getpid()) + ".model";
    std::ofstream(path, std::ios::binary) << file;
    chancery::Network network(path);
  });
}
