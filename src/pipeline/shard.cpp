#include "pipeline/shard.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/output_file.h"
#include "base/strings.h"
#include "pipeline/stop.h"

namespace chancery::pipeline {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path) {
  throw StartError(path + ": " + std::strerror(errno));
}

void append_to(int file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

int open_to_write(const std::string& path) {
  int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) fail(path);
  return file;
}

size_t size_of(int file) {
  struct stat info {};
  return ::fstat(file, &info) == 0 ? static_cast<size_t>(info.st_size) : 0;
}

void cut_to(int file, const std::string& path, size_t bytes) {
  if (::ftruncate(file, static_cast<off_t>(bytes)) != 0 ||
      ::lseek(file, static_cast<off_t>(bytes), SEEK_SET) < 0)
    fail(path);
}

std::string checkpoint_of(const std::string& path) { return path + ".checkpoint"; }

}  // namespace

Shard::Shard(const std::string& path, Manifest plan)
    : path_(path),
      part_(path + ".part"),
      errors_(path + ".errors.jsonl"),
      manifest_(std::move(plan)),
      packing_(packing_of(path)) {
  manifest_.output.path = fs::path(path).filename().string();
  identity_ = manifest_.identity();
  file_ = open_to_write(part_);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw StartError(path_ + ": another run is writing it");
  }
  try {
    Manifest before = Manifest::read(Manifest::beside(path_));
    if (before.identity() == identity_) {
      before.check_output();
      manifest_ = before;
      done_ = true;
      ::unlink(part_.c_str());
      return;
    }
  } catch (const Error&) {
    // Not there, or not whole: made now.
  }
  error_file_ = open_to_write(errors_);
  Manifest plan_alone = manifest_;
  if (!take_up(identity_)) {
    bytes_ = error_bytes_ = 0;
    position_ = {};
    manifest_ = plan_alone;
  }
  cut_to(file_, part_, bytes_);
  cut_to(error_file_, errors_, error_bytes_);
}

Shard::~Shard() {
  if (file_ >= 0) ::close(file_);
  if (error_file_ >= 0) ::close(error_file_);
}

bool Shard::take_up(const std::string& identity) {
  try {
    simdjson::dom::parser parser;
    simdjson::dom::element root =
        parser.parse(simdjson::padded_string(read_file(checkpoint_of(path_))));
    auto text = [&](const char* key) { return std::string(root[key].get_string().value()); };
    auto number = [&](const char* key) {
      return static_cast<size_t>(root[key].get_uint64().value());
    };
    if (text("identity") != identity) return false;
    bytes_ = number("bytes");
    error_bytes_ = number("error_bytes");
    position_ = {number("inputs"), number("pieces")};
    manifest_.records = number("records");
    manifest_.failed = number("failed");
    manifest_.other_language = number("other_language");
    manifest_.first_day = text("first_day");
    manifest_.last_day = text("last_day");
    return size_of(file_) >= bytes_ && size_of(error_file_) >= error_bytes_;
  } catch (const Error&) {
    return false;
  } catch (const simdjson::simdjson_error&) {
    return false;
  }
}

void Shard::take(const Item&, RecordLine line) {
  waiting_ += line.text;
  manifest_.count(line.day, line.language);
}

void Shard::failed(const std::string& message) {
  JsonWriter json;
  json.object().text("error", message).end_object();
  waiting_errors_ += json.take() + "\n";
  ++manifest_.failed;
}

void Shard::append() {
  const std::string bytes = packed(waiting_, packing_);
  append_to(file_, part_, bytes);
  append_to(error_file_, errors_, waiting_errors_);
  if (::fsync(file_) != 0 || ::fsync(error_file_) != 0) fail(part_);
  bytes_ += bytes.size();
  error_bytes_ += waiting_errors_.size();
  waiting_.clear();
  waiting_errors_.clear();
}

void Shard::passed(const Item& item) {
  if (asked_to_stop()) throw Stopped{path_ + ": stopped; the same command goes on where it was"};
  if (!item.behind || ++since_checkpoint_ < PackedOutput::kLines) return;
  since_checkpoint_ = 0;
  checkpoint(*item.behind);
}

void Shard::checkpoint(const Position& position) {
  append();
  position_ = position;
  JsonWriter json;
  json.object()
      .text("identity", identity_)
      .number("bytes", bytes_)
      .number("error_bytes", error_bytes_)
      .number("inputs", position.inputs)
      .number("pieces", position.pieces)
      .number("records", manifest_.records)
      .number("failed", manifest_.failed)
      .number("other_language", manifest_.other_language)
      .text("first_day", manifest_.first_day)
      .text("last_day", manifest_.last_day)
      .end_object();
  OutputFile out(checkpoint_of(path_));
  out.write(json.take() + "\n");
  out.close();
}

void Shard::finish() {
  append();
  DigestedFile whole = digest_of(part_);
  manifest_.output.bytes = whole.bytes;
  manifest_.output.sha256 = whole.sha256;
  // The manifest first: a file without one was never whole, and a manifest without its file says
  // nothing.
  OutputFile out(Manifest::beside(path_));
  out.write(manifest_.to_json());
  out.close();
  if (std::rename(part_.c_str(), path_.c_str()) != 0) fail(path_);
  ::unlink(checkpoint_of(path_).c_str());
  if (error_bytes_ == 0) ::unlink(errors_.c_str());
}

}  // namespace chancery::pipeline
