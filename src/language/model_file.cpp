#include "language/model_file.h"

#include <zlib.h>

#include <bit>
#include <cstring>
#include <fstream>

#include "base/error.h"
#include "base/strings.h"

namespace chancery {
namespace {

static_assert(std::endian::native == std::endian::little, "the model file is read as it lies");

float from_half(uint16_t h) {
  uint32_t sign = static_cast<uint32_t>(h & 0x8000) << 16, exponent = (h >> 10) & 31, mantissa = h & 0x3FF;
  uint32_t bits;
  if (exponent == 0) {
    float value = static_cast<float>(mantissa) * 0x1p-24f;
    return sign ? -value : value;
  }
  bits = exponent == 31 ? 0x7F800000u | (mantissa << 13) : ((exponent + 112) << 23) | (mantissa << 13);
  return std::bit_cast<float>(bits | sign);
}

uint16_t to_half(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  uint16_t sign = static_cast<uint16_t>((bits >> 16) & 0x8000);
  float absolute = std::bit_cast<float>(bits & 0x7FFFFFFF);
  if (absolute >= 65504.0f) return sign | 0x7BFF;
  if (absolute < 0x1p-14f) return sign | static_cast<uint16_t>(absolute * 0x1p24f + 0.5f);
  uint32_t rounded = (bits & 0x7FFFFFFF) + 0xFFF + ((bits >> 13) & 1);
  return sign | static_cast<uint16_t>((rounded >> 13) - (112u << 10));
}

constexpr size_t kHeader = 24;

}  // namespace

ModelFile ModelFile::load(const std::string& path) {
  std::string bytes;
  try {
    bytes = read_file(path);
  } catch (const Error& error) {
    throw StartError(std::string(error.what()) + " (the language model; reinstall, or name the file with --model)");
  }
  auto refuse = [&](const std::string& why) { throw StartError(path + ": " + why); };
  if (bytes.size() < kHeader || bytes.compare(0, 8, "CHANCERY") != 0) refuse("not a model of chancery");
  uint32_t version, checksum;
  uint64_t size;
  std::memcpy(&version, &bytes[8], 4);
  std::memcpy(&checksum, &bytes[12], 4);
  std::memcpy(&size, &bytes[16], 8);
  if (version != kModelVersion)
    refuse("model format " + std::to_string(version) + ", this program reads format " + std::to_string(kModelVersion) + ": use the model that was shipped with it");
  if (size != bytes.size() - kHeader) refuse("damaged model: the file is cut or has grown (" + std::to_string(bytes.size() - kHeader) + " bytes, " + std::to_string(size) + " expected)");
  if (crc32(0, reinterpret_cast<const Bytef*>(&bytes[kHeader]), static_cast<uInt>(size)) != checksum) refuse("damaged model: the checksum does not fit");
  ModelFile file;
  file.path_ = path;
  size_t at = kHeader;
  auto take = [&](void* to, size_t count) {
    if (bytes.size() - at < count) refuse("damaged model: a section runs over the end");
    if (count > 0) std::memcpy(to, &bytes[at], count);
    at += count;
  };
  while (at < bytes.size()) {
    uint32_t length, rows, columns;
    uint8_t kind;
    take(&length, 4);
    if (length > 64) refuse("damaged model: a section's name is too long");
    std::string name(length, 0);
    take(name.data(), length);
    take(&kind, 1);
    take(&rows, 4);
    take(&columns, 4);
    uint64_t cells = static_cast<uint64_t>(rows) * columns;
    if (kind == 1) {
      if (cells * 2 > bytes.size() - at) refuse("damaged model: section " + name + " is larger than the file");
      Matrix matrix{rows, columns, std::vector<float>(cells)};
      for (uint64_t i = 0; i < cells; ++i) {
        uint16_t half;
        std::memcpy(&half, &bytes[at + 2 * i], 2);
        matrix.values[i] = from_half(half);
      }
      at += cells * 2;
      file.matrices_[name] = std::move(matrix);
    } else if (kind == 2) {
      std::vector<std::string> strings;
      for (uint32_t i = 0; i < rows; ++i) {
        take(&length, 4);
        if (length > bytes.size() - at) refuse("damaged model: a string in section " + name + " runs over the end");
        strings.emplace_back(bytes, at, length);
        at += length;
      }
      file.strings_[name] = std::move(strings);
    } else {
      refuse("damaged model: section " + name + " has an unknown kind");
    }
  }
  return file;
}

void ModelFile::save(const std::string& path) const {
  std::string payload;
  auto put = [&](const void* from, size_t count) { payload.append(static_cast<const char*>(from), count); };
  auto head = [&](const std::string& name, uint8_t kind, uint32_t rows, uint32_t columns) {
    uint32_t length = static_cast<uint32_t>(name.size());
    put(&length, 4);
    put(name.data(), length);
    put(&kind, 1);
    put(&rows, 4);
    put(&columns, 4);
  };
  for (const auto& [name, strings] : strings_) {
    head(name, 2, static_cast<uint32_t>(strings.size()), 1);
    for (const std::string& s : strings) {
      uint32_t length = static_cast<uint32_t>(s.size());
      put(&length, 4);
      put(s.data(), length);
    }
  }
  for (const auto& [name, matrix] : matrices_) {
    head(name, 1, matrix.rows, matrix.columns);
    for (float value : matrix.values) {
      uint16_t half = to_half(value);
      put(&half, 2);
    }
  }
  std::string header = "CHANCERY";
  uint32_t version = kModelVersion, checksum = static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(payload.data()), static_cast<uInt>(payload.size())));
  uint64_t size = payload.size();
  header.append(reinterpret_cast<const char*>(&version), 4).append(reinterpret_cast<const char*>(&checksum), 4).append(reinterpret_cast<const char*>(&size), 8);
  std::ofstream out(path + ".new", std::ios::binary);
  out << header << payload;
  out.close();
  if (!out || std::rename((path + ".new").c_str(), path.c_str()) != 0) throw Error(path + ": cannot be written");
}

const Matrix& ModelFile::matrix(const std::string& name, uint32_t rows, uint32_t columns) const {
  auto found = matrices_.find(name);
  if (found == matrices_.end()) throw StartError(path_ + ": section " + name + " is missing");
  const Matrix& m = found->second;
  if ((rows && m.rows != rows) || (columns && m.columns != columns))
    throw StartError(path_ + ": section " + name + " is " + std::to_string(m.rows) + " by " + std::to_string(m.columns) + ", expected " + std::to_string(rows) + " by " + std::to_string(columns));
  return m;
}

const std::vector<std::string>& ModelFile::strings(const std::string& name) const {
  auto found = strings_.find(name);
  if (found == strings_.end()) throw StartError(path_ + ": section " + name + " is missing");
  return found->second;
}

}  // namespace chancery
