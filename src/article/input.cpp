#include "article/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace chancery {
namespace {

constexpr size_t kChunk = 1 << 16;
// Of the packed bytes of one member so many are kept, to look for the next member in them when it
// is torn.
constexpr size_t kKept = 20u << 20;
// A member's beginning is believed when so many bytes of it can be unpacked.
constexpr size_t kTrial = 256;
constexpr std::string_view kMember("\x1F\x8B\x08", 3);
constexpr std::string_view kZstd("\x28\xB5\x2F\xFD", 4);

// A buffer that is filled behind and taken from in front.
struct Queue {
  std::string bytes;
  size_t at = 0;
  size_t size() const { return bytes.size() - at; }
  std::string_view view() const { return std::string_view(bytes).substr(at); }
  void take(size_t n) {
    at += n;
    if (at > (1u << 20) && at * 2 > bytes.size()) drop(at);
  }
  void drop(size_t n) {
    bytes.erase(0, n);
    at -= n;
  }
};

}  // namespace

struct Input::State {
  std::string name;
  int file = -1;
  bool close = false, ended = false;  // of the packed side
  size_t size = 0, read = 0;

  Queue packed, plain;
  bool decided = false, gzip = false, zstd = false;
  bool over = false;  // what is torn in a zstd stream has ended it
  z_stream z{};
  bool z_made = false, inside = false;
  size_t member = 0;          // where the member began, in packed.bytes
  size_t hold = 0;            // whole_members
  std::string held;           // of the member, not to be seen yet
  bool overflow = false;      // the member is larger than `hold`: seen as it comes
  size_t searched_again = 0;  // bytes unpacked more than once for the sake of damage
  std::string damage;
  archive* frames = nullptr;  // zstd
  size_t lent = 0;            // packed bytes that it is looking at

  ~State() {
    if (frames) archive_read_free(frames);
    if (z_made) inflateEnd(&z);
    if (close) ::close(file);
  }

  // More of the packed side; false at its end.
  bool more() {
    if (ended || file < 0) return false;
    size_t before = packed.bytes.size();
    packed.bytes.resize(before + kChunk);
    ssize_t n;
    do n = ::read(file, packed.bytes.data() + before, kChunk);
    while (n < 0 && errno == EINTR);
    packed.bytes.resize(before + static_cast<size_t>(std::max<ssize_t>(n, 0)));
    if (n < 0) throw Error(name + ": " + std::strerror(errno));
    read += static_cast<size_t>(n);
    ended = n == 0;
    return n > 0;
  }

  void start_member() {
    if (!z_made) {
      if (inflateInit2(&z, 15 + 16) != Z_OK) throw Error(name + ": no memory for zlib");
      z_made = true;
    } else {
      inflateReset(&z);
    }
    inside = true;
    overflow = false;
    held.clear();
    member = packed.at;
  }

  void give(const char* bytes, size_t n) {
    if (!hold || overflow) {
      plain.bytes.append(bytes, n);
      return;
    }
    held.append(bytes, n);
    if (held.size() < hold) return;
    overflow = true;
    plain.bytes += held;
    held.clear();
  }

  // More of the plain side; false at the end and before damage.
  bool produce() {
    if (over || !damage.empty()) return false;
    if (!decided) {
      while (packed.size() < 2 && more()) {}
      if (packed.view().starts_with(kZstd.substr(0, 2)))
        while (packed.size() < kZstd.size() && more()) {}
      gzip = packed.view().starts_with(kMember.substr(0, 2));
      zstd = packed.view().starts_with(kZstd);
      decided = true;
    }
    if (zstd) return unpack_frames();
    if (!gzip) {
      if (packed.size() == 0 && !more()) return false;
      plain.bytes += packed.view();
      packed.bytes.clear();
      packed.at = 0;
      return true;
    }
    return unpack();
  }

  // The whole of a zstd stream as one: what is torn in it ends it.
  bool unpack_frames() {
    if (!frames && !open_frames()) return false;
    char out[kChunk];
    la_ssize_t n = archive_read_data(frames, out, sizeof out);
    if (n > 0) plain.bytes.append(out, static_cast<size_t>(n));
    if (n < 0) damage = "torn zstd stream";
    return n > 0;
  }

  bool open_frames() {
    frames = archive_read_new();
    archive_entry* entry = nullptr;
    archive_read_support_filter_zstd(frames);
    archive_read_support_format_raw(frames);
    bool good = archive_read_open(
                    frames, this, nullptr,
                    [](archive*, void* self, const void** bytes) {
                      return static_cast<State*>(self)->lend(bytes);
                    },
                    nullptr) == ARCHIVE_OK &&
                archive_read_next_header(frames, &entry) == ARCHIVE_OK;
    if (!good) damage = "torn zstd stream";
    return good;
  }

  // What libarchive reads: no error of ours may pass through its C.
  la_ssize_t lend(const void** bytes) {
    try {
      packed.take(lent);
      if (packed.at == packed.bytes.size()) packed.drop(packed.at);
      if (packed.size() == 0) more();
      lent = packed.size();
      *bytes = packed.view().data();
      return static_cast<la_ssize_t>(lent);
    } catch (const std::exception&) {
      return -1;
    }
  }

  bool unpack() {
    size_t before = plain.bytes.size();
    char out[kChunk];
    while (plain.bytes.size() == before) {
      if (!inside && !at_member()) return false;
      if (packed.size() == 0 && !more()) {
        damage = "the gzip stream is cut";
        return false;
      }
      z.next_in = reinterpret_cast<Bytef*>(packed.bytes.data() + packed.at);
      z.avail_in = static_cast<uInt>(std::min<size_t>(packed.size(), 1u << 30));
      size_t offered = z.avail_in;
      z.next_out = reinterpret_cast<Bytef*>(out);
      z.avail_out = sizeof out;
      int code = inflate(&z, Z_NO_FLUSH);
      packed.at += offered - z.avail_in;
      give(out, sizeof out - z.avail_out);
      if (code == Z_STREAM_END) {
        plain.bytes += held;
        held.clear();
        inside = false;
        packed.take(0);
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        damage = "torn gzip member";
        return plain.bytes.size() > before;
      }
      forget();
    }
    return true;
  }

  // Packed bytes that no search will need.
  void forget() {
    size_t keep = inside && hold ? std::min(member, packed.at) : packed.at;
    if (packed.at - keep > kKept) keep = packed.at - kKept;
    if (keep < (1u << 20)) return;
    packed.drop(keep);
    member = member > keep ? member - keep : 0;
  }

  // Stands at the beginning of a member, or at the end: false.
  bool at_member() {
    while (packed.size() < kMember.size() && more()) {}
    if (packed.size() == 0) return false;
    if (packed.view().starts_with(kMember)) {
      start_member();
      return true;
    }
    // Some programs fill the last block of a file with zeros.
    size_t zeros = packed.view().find_first_not_of('\0');
    while (zeros == std::string_view::npos) {
      packed.take(packed.size());
      if (!more()) return false;
      zeros = packed.view().find_first_not_of('\0');
    }
    member = packed.at;
    damage = "bytes that are not gzip behind the end of a gzip member";
    return false;
  }

  bool believable() {
    while (packed.size() < kTrial && more()) {}
    if (packed.size() < 4 || (packed.view()[3] & 0xE0) != 0) return false;
    inflateReset(&z);
    char out[4096];
    z.next_in = reinterpret_cast<Bytef*>(packed.bytes.data() + packed.at);
    z.avail_in = static_cast<uInt>(std::min(packed.size(), kTrial));
    z.next_out = reinterpret_cast<Bytef*>(out);
    z.avail_out = sizeof out;
    int code = inflate(&z, Z_NO_FLUSH);
    return code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR;
  }

  void go_on() {
    damage.clear();
    held.clear();
    inside = false;
    if (!z_made) {
      if (inflateInit2(&z, 15 + 16) != Z_OK) throw Error(name + ": no memory for zlib");
      z_made = true;
    }
    // What was unpacked in vain may hold the next member. It is searched from its beginning as
    // long as all such searches together stay in proportion to the input.
    size_t failed = packed.at;
    size_t from = std::min(member + 1, failed);
    if (searched_again + (failed - from) <= (1u << 20) + 4 * read) {
      searched_again += failed - from;
      packed.at = from;
    }
    for (;;) {
      size_t found = packed.bytes.find(kMember, packed.at);
      if (found != std::string::npos) {
        packed.at = found;
        if (believable()) {
          start_member();
          return;
        }
        ++packed.at;
        continue;
      }
      packed.at = packed.bytes.size() - std::min(packed.size(), kMember.size() - 1);
      if (packed.at > (1u << 20)) packed.drop(packed.at);
      if (!more()) {
        packed.at = packed.bytes.size();
        return;
      }
    }
  }
};

Input::Input(const std::string& path) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.name = path == "-" ? "standard input" : path;
  s.file = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (s.file < 0) throw Error(s.name + ": " + std::strerror(errno));
  s.close = path != "-";
  struct stat info {};
  if (::fstat(s.file, &info) != 0) return;
  if (S_ISDIR(info.st_mode)) throw Error(s.name + ": is a folder; name the files in it");
  if (S_ISREG(info.st_mode)) s.size = static_cast<size_t>(info.st_size);
}

Input::Input(std::string name, std::string bytes) : state_(std::make_unique<State>()) {
  state_->name = std::move(name);
  state_->size = state_->read = bytes.size();
  state_->packed.bytes = std::move(bytes);
}

Input::~Input() = default;
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;

const std::string& Input::name() const { return state_->name; }

bool Input::is_file() {
  ahead(1);
  return state_->close && state_->size > 0 && !state_->gzip && !state_->zstd;
}

std::string_view Input::ahead(size_t wanted) {
  while (state_->plain.size() < wanted && state_->produce()) {}
  return state_->plain.view();
}

void Input::take(size_t count) { state_->plain.take(std::min(count, state_->plain.size())); }

const std::string& Input::damage() const { return state_->damage; }

void Input::go_on() {
  if (state_->damage.empty()) return;
  if (!state_->zstd) return state_->go_on();
  state_->damage.clear();
  state_->over = true;
}

void Input::whole_members(size_t most) { state_->hold = most; }

double Input::share() const {
  const State& s = *state_;
  return s.size ? std::min(1.0, static_cast<double>(s.read - s.packed.size()) /
                                    static_cast<double>(s.size))
                : 0;
}

std::string read_all(Input& input, size_t limit) {
  std::string out;
  for (;;) {
    std::string_view more = input.ahead(1);
    if (more.empty()) break;
    if (out.size() + more.size() > limit)
      throw Error(input.name() + ": more than " + std::to_string(limit >> 20) + " MB");
    out += more;
    input.take(more.size());
  }
  if (!input.damage().empty()) throw Error(input.name() + ": " + input.damage());
  return out;
}

}  // namespace chancery
