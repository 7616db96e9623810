#include "pipeline/manifest.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "base/strings.h"

namespace chancery::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kForm = "chancery-manifest/1";

DigestedFile digest_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(path + ": cannot be read");
  DigestedFile out{path, 0, ""};
  Sha256 sum;
  std::string bytes(1 << 20, '\0');
  while (in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())), in.gcount() > 0) {
    sum.add(std::string_view(bytes.data(), static_cast<size_t>(in.gcount())));
    out.bytes += static_cast<size_t>(in.gcount());
  }
  if (in.bad()) throw Error(path + ": cannot be read");
  out.sha256 = sum.hex();
  return out;
}

DigestedFile digest_of_folder(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator at(path, error), end; !error && at != end;
       at.increment(error))
    if (at->is_regular_file()) names.push_back(fs::relative(at->path(), path).string());
  if (error) throw Error(path + ": " + error.message());
  std::sort(names.begin(), names.end());
  DigestedFile out{path, 0, ""};
  Sha256 sum;
  for (const std::string& name : names) {
    DigestedFile one = digest_of_file(path + "/" + name);
    out.bytes += one.bytes;
    sum.add(one.sha256 + "  ./" + name + "\n");
  }
  out.sha256 = sum.hex();
  return out;
}

void write(JsonWriter& json, const DigestedFile& file) {
  json.object()
      .text("path", file.path)
      .number("bytes", file.bytes)
      .text("sha256", file.sha256)
      .end_object();
}

// What makes the records what they are.
void write_identity(JsonWriter& json, const Manifest& m) {
  json.text("schema", m.schema)
      .text("engine", m.made_by.engine)
      .text("model", m.made_by.model)
      .text("data", m.made_by.data)
      .text("options", m.options)
      .text("shard", m.shard.text())
      .text("by", m.by_file ? "file" : "article")
      .key("inputs")
      .array();
  for (const DigestedFile& input : m.inputs) write(json, input);
  json.end_array();
}

DigestedFile file_of(simdjson::dom::element e) {
  return {std::string(e["path"].get_string().value()),
          static_cast<size_t>(e["bytes"].get_uint64().value()),
          std::string(e["sha256"].get_string().value())};
}

Manifest parse(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root = parser.parse(simdjson::padded_string(json));
  auto text = [&](const char* key) { return std::string(root[key].get_string().value()); };
  auto number = [&](const char* key) {
    return static_cast<size_t>(root[key].get_uint64().value());
  };
  if (text("form") != kForm) throw Error("a manifest of another form: " + text("form"));
  Manifest m;
  m.schema = text("schema");
  m.made_by = {text("engine"), text("model"), text("data")};
  m.options = text("options");
  m.shard = ShardName::parse(text("shard"));
  m.by_file = text("by") == "file";
  const simdjson::dom::array inputs = root["inputs"].get_array().value();
  for (simdjson::dom::element input : inputs) m.inputs.push_back(file_of(input));
  m.output = file_of(root["output"].value());
  m.records = number("records");
  m.failed = number("failed");
  m.repeated = number("repeated");
  m.other_language = number("other_language");
  m.first_day = text("first_day");
  m.last_day = text("last_day");
  return m;
}

}  // namespace

ShardName ShardName::parse(const std::string& text) {
  ShardName out;
  const char *begin = text.data(), *end = begin + text.size();
  auto [slash, bad] = std::from_chars(begin, end, out.number);
  bool good = bad == std::errc() && slash != end && *slash == '/';
  if (good) {
    auto [last, wrong] = std::from_chars(slash + 1, end, out.of);
    good = wrong == std::errc() && last == end && out.number >= 1 && out.number <= out.of;
  }
  if (!good) throw UsageError("shard '" + text + "' is none: K/N with K from 1 to N, as 3/12");
  return out;
}

bool ShardName::holds(std::string_view content) const {
  // The lower digits of the hash alone are uneven for contents that are much alike.
  const uint64_t hash = hash64(content);
  return of == 1 || (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15ull % of == number - 1;
}

DigestedFile digest_of(const std::string& path) {
  std::error_code error;
  if (path == "-" || !fs::exists(path, error))
    throw Error(path + (path == "-" ? ": standard input cannot be read again; name files"
                                    : ": no such file"));
  if (fs::is_directory(path, error)) return digest_of_folder(path);
  if (!fs::is_regular_file(path, error)) throw Error(path + ": no file that can be read again");
  return digest_of_file(path);
}

Manifest Manifest::read(const std::string& path) {
  try {
    Manifest m = parse(read_file(path));
    m.place = path;
    return m;
  } catch (const Error& error) {
    throw Error(at_place(path, error.what()));
  } catch (const simdjson::simdjson_error& error) {
    throw Error(path + ": no manifest: " + error.what());
  }
}

std::string Manifest::to_json() const {
  JsonWriter json;
  json.object().text("form", kForm);
  write_identity(json, *this);
  json.key("output");
  write(json, output);
  json.number("records", records)
      .number("failed", failed)
      .number("repeated", repeated)
      .number("other_language", other_language)
      .text("first_day", first_day)
      .text("last_day", last_day)
      .end_object();
  return json.take() + "\n";
}

std::string Manifest::identity() const {
  JsonWriter json;
  json.object();
  write_identity(json, *this);
  json.end_object();
  return sha256(json.take());
}

std::string Manifest::output_path() const {
  return (fs::path(place).parent_path() / output.path).string();
}

void Manifest::check_output() const {
  DigestedFile now;
  try {
    now = digest_of(output_path());
  } catch (const Error& error) {
    throw Error(place + ": its output is not there: " + error.what());
  }
  if (now.bytes != output.bytes || now.sha256 != output.sha256)
    throw Error(output_path() + ": not what " + place + " says of it: " +
                std::to_string(now.bytes) + " bytes, sha256 " + now.sha256.substr(0, 16) + "…");
}

void Manifest::count(const std::string& day, const std::string& language) {
  ++records;
  if (!language.empty() && language != "en") ++other_language;
  if (day.empty()) return;
  if (first_day.empty() || day < first_day) first_day = day;
  if (day > last_day) last_day = day;
}

}  // namespace chancery::pipeline
