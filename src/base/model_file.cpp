#include "base/model_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>

#include "base/error.h"
#include "base/half_float.h"
#include "base/strings.h"

namespace chancery {
namespace {

static_assert(std::endian::native == std::endian::little, "the model file is read as it lies");

constexpr size_t kAlignment = 64;

size_t aligned(size_t at) { return (at + kAlignment - 1) / kAlignment * kAlignment; }

uint32_t checksum_of(std::string_view bytes) {
  uLong sum = 0;
  for (size_t at = 0; at < bytes.size(); at += 1u << 30)
    sum = crc32(sum, reinterpret_cast<const Bytef*>(bytes.data() + at),
                static_cast<uInt>(std::min<size_t>(1u << 30, bytes.size() - at)));
  return static_cast<uint32_t>(sum);
}

}  // namespace

struct ModelFile::Mapping {
  void* begin = MAP_FAILED;
  size_t size = 0;
  ~Mapping() {
    if (begin != MAP_FAILED) ::munmap(begin, size);
  }
};

ModelFile::ModelFile() = default;
ModelFile::~ModelFile() = default;
ModelFile::ModelFile(ModelFile&&) noexcept = default;
ModelFile& ModelFile::operator=(ModelFile&&) noexcept = default;

ModelFile ModelFile::load(const std::string& path) {
  auto refuse = [&](const std::string& why) { throw StartError(path + ": " + why); };
  ModelFile file;
  file.path_ = path;
  file.mapping_ = std::make_unique<Mapping>();
  int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (handle < 0 || ::fstat(handle, &about) != 0 || !S_ISREG(about.st_mode)) {
    std::string why = handle < 0 ? std::strerror(errno) : "not a file";
    if (handle >= 0) ::close(handle);
    refuse(why + " (the model; reinstall, or name the file with --model)");
  }
  file.mapping_->size = static_cast<size_t>(about.st_size);
  if (about.st_size > 0)
    file.mapping_->begin = ::mmap(nullptr, file.mapping_->size, PROT_READ, MAP_PRIVATE, handle, 0);
  ::close(handle);
  if (about.st_size > 0 && file.mapping_->begin == MAP_FAILED)
    refuse(std::string("cannot be mapped: ") + std::strerror(errno));
  if (about.st_size > 0)
    file.take(
        std::string_view(static_cast<const char*>(file.mapping_->begin), file.mapping_->size));
  else refuse("not a model of chancery");
  return file;
}

ModelFile ModelFile::view(std::string_view bytes, const std::string& name) {
  ModelFile file;
  file.path_ = name;
  file.take(bytes);
  return file;
}

std::string ModelFile::id() const {
  size_t from = path_.rfind('/') == std::string::npos ? 0 : path_.rfind('/') + 1;
  std::string name = path_.substr(from);
  return fmt::format("{}-{:08x}", name.substr(0, name.rfind('.')), checksum_);
}

void ModelFile::take(std::string_view bytes) {
  auto refuse = [&](const std::string& why) { throw StartError(path_ + ": " + why); };
  if (bytes.size() < 24 || bytes.substr(0, 8) != "CHANCERY") refuse("not a model of chancery");
  uint32_t version, checksum;
  uint64_t size;
  std::memcpy(&version, &bytes[8], 4);
  std::memcpy(&checksum, &bytes[12], 4);
  std::memcpy(&size, &bytes[16], 8);
  if (version != kModelVersion)
    refuse("model format " + std::to_string(version) +
           (version > kModelVersion ? " is newer than" : " is older than") +
           " this program, which reads format " + std::to_string(kModelVersion) +
           ": use the model that was shipped with it");
  if (bytes.size() < kModelHeader || size != bytes.size() - kModelHeader)
    refuse("damaged model: the file is cut or has grown (" + std::to_string(bytes.size()) +
           " bytes, the header says " + std::to_string(size) + " and " +
           std::to_string(kModelHeader) + ")");
  // Every byte is covered: what no field takes is zero.
  if (bytes.substr(24, kModelHeader - 24).find_first_not_of('\0') != std::string_view::npos)
    refuse("damaged model: there is something in the header that no model has");
  if (checksum_of(bytes.substr(kModelHeader)) != checksum)
    refuse("damaged model: the checksum does not fit");
  checksum_ = checksum;
  size_t at = kModelHeader;
  auto read = [&](void* to, size_t count) {
    if (bytes.size() - at < count) refuse("damaged model: a section runs over the end");
    std::memcpy(to, bytes.data() + at, count);
    at += count;
  };
  while (at < bytes.size()) {
    uint32_t length;
    uint64_t count;
    uint8_t kind;
    Section section;
    read(&length, 4);
    if (length == 0 || length > 64) refuse("damaged model: a section's name is too long");
    std::string name(length, 0);
    read(name.data(), length);
    read(&kind, 1);
    read(&section.rows, 4);
    read(&section.columns, 4);
    read(&count, 8);
    if (kind < 1 || kind > 6) refuse("damaged model: section " + name + " has an unknown kind");
    section.kind = static_cast<SectionKind>(kind);
    at = aligned(at);
    if (at > bytes.size() || count > bytes.size() - at)
      refuse("damaged model: section " + name + " is larger than the file");
    section.data = bytes.substr(at, count);
    at += count;
    uint64_t cells = static_cast<uint64_t>(section.rows) * section.columns, want = count;
    if (section.kind == SectionKind::halves) want = cells * 2;
    if (section.kind == SectionKind::floats) want = cells * 4;
    if (section.kind == SectionKind::bytes) want = cells + 4ull * section.rows;
    if (section.kind == SectionKind::half_bytes)
      want =
          section.columns % kHalfBytesAScale ? count + 1 : cells / 2 + cells / kHalfBytesAScale * 2;
    if (cells > bytes.size() || want != count)
      refuse("damaged model: section " + name + " is not of the size it claims");
    sections_[name] = section;
  }
}

void ModelFile::save(const std::string& path) const {
  std::string payload;
  auto put = [&](const void* from, size_t count) {
    payload.append(static_cast<const char*>(from), count);
  };
  for (const auto& [name, section] : sections_) {
    uint32_t length = static_cast<uint32_t>(name.size());
    uint64_t count = section.data.size();
    put(&length, 4);
    put(name.data(), length);
    put(&section.kind, 1);
    put(&section.rows, 4);
    put(&section.columns, 4);
    put(&count, 8);
    payload.resize(aligned(kModelHeader + payload.size()) - kModelHeader, 0);
    payload += section.data;
  }
  std::string header = "CHANCERY";
  uint32_t version = kModelVersion, checksum = checksum_of(payload);
  uint64_t size = payload.size();
  header.append(reinterpret_cast<const char*>(&version), 4)
      .append(reinterpret_cast<const char*>(&checksum), 4)
      .append(reinterpret_cast<const char*>(&size), 8);
  header.resize(kModelHeader, 0);
  std::ofstream out(path + ".new", std::ios::binary);
  out << header << payload;
  out.close();
  if (!out || std::rename((path + ".new").c_str(), path.c_str()) != 0)
    throw Error(path + ": cannot be written");
}

Section ModelFile::section(const std::string& name, SectionKind kind, uint32_t rows,
                           uint32_t columns) const {
  auto found = sections_.find(name);
  if (found == sections_.end()) throw StartError(path_ + ": section " + name + " is missing");
  const Section& s = found->second;
  if (s.kind != kind)
    throw StartError(path_ + ": section " + name + " is of another kind than this program expects");
  if ((rows && s.rows != rows) || (columns && s.columns != columns))
    throw StartError(path_ + ": section " + name + " is " + std::to_string(s.rows) + " by " +
                     std::to_string(s.columns) + ", expected " + std::to_string(rows) + " by " +
                     std::to_string(columns));
  return s;
}

Matrix ModelFile::matrix(const std::string& name, uint32_t rows, uint32_t columns) const {
  auto found = sections_.find(name);
  bool halves = found != sections_.end() && found->second.kind == SectionKind::halves;
  Section s = section(name, halves ? SectionKind::halves : SectionKind::floats, rows, columns);
  Matrix out{s.rows, s.columns, std::vector<float>(static_cast<size_t>(s.rows) * s.columns)};
  for (size_t i = 0; i < out.values.size(); ++i) {
    if (halves) {
      uint16_t half;
      std::memcpy(&half, s.data.data() + 2 * i, 2);
      out.values[i] = from_half(half);
    } else {
      std::memcpy(&out.values[i], s.data.data() + 4 * i, 4);
    }
    // No trained weight comes near this; a crafted one must not reach the arithmetic as infinity.
    if (!(std::fabs(out.values[i]) < 1e4f))
      throw StartError(path_ + ": damaged model: section " + name + " holds a value out of range");
  }
  return out;
}

std::vector<std::string_view> ModelFile::strings(const std::string& name) const {
  Section s = section(name, SectionKind::strings, 0, 0);
  std::vector<std::string_view> out;
  out.reserve(std::min<size_t>(s.rows, s.data.size() / 4));
  size_t at = 0;
  for (uint32_t i = 0; i < s.rows; ++i) {
    uint32_t length = 0;
    if (s.data.size() - at < 4)
      throw StartError(path_ + ": damaged model: section " + name + " is cut");
    std::memcpy(&length, s.data.data() + at, 4);
    at += 4;
    if (length > s.data.size() - at)
      throw StartError(path_ + ": damaged model: a string in section " + name +
                       " runs over the end");
    out.push_back(s.data.substr(at, length));
    at += length;
  }
  return out;
}

void ModelFile::set(const std::string& name, const Matrix& matrix, SectionKind kind) {
  std::string data;
  for (float value : matrix.values) {
    uint16_t half = to_half(value);
    if (kind == SectionKind::halves) data.append(reinterpret_cast<const char*>(&half), 2);
    else data.append(reinterpret_cast<const char*>(&value), 4);
  }
  set(name, kind, matrix.rows, matrix.columns, std::move(data));
}

void ModelFile::set(const std::string& name, const std::vector<std::string>& strings) {
  std::string data;
  for (const std::string& s : strings) {
    uint32_t length = static_cast<uint32_t>(s.size());
    data.append(reinterpret_cast<const char*>(&length), 4).append(s);
  }
  set(name, SectionKind::strings, static_cast<uint32_t>(strings.size()), 1, std::move(data));
}

void ModelFile::set(const std::string& name, SectionKind kind, uint32_t rows, uint32_t columns,
                    std::string data) {
  std::string& own = own_[name];
  own = std::move(data);
  sections_[name] = {kind, rows, columns, own};
}

}  // namespace chancery
