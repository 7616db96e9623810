#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include "article/lines.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "cli/app.h"
#include "cli/relation.h"

namespace chancery::cli {

std::string relation_line(const Reader& reader, const std::string& line) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element row;
  if (auto error = parser.parse(line).get(row))
    throw Error(std::string("not JSON: ") + simdjson::error_message(error));
  std::string_view text, id;
  if (row["text"].get(text) != simdjson::SUCCESS) throw Error("\"text\" is missing");
  std::string body(text);
  if (row["id"].get(id) != simdjson::SUCCESS) throw Error("\"id\" is missing");
  OffsetMap map(body);
  auto span = [&](const char* key) {
    uint64_t begin, end;
    simdjson::dom::element value;
    if (row[key].get(value) != simdjson::SUCCESS || value.at(0).get(begin) != simdjson::SUCCESS ||
        value.at(1).get(end) != simdjson::SUCCESS || begin >= end || end > map.code_points())
      throw Error(std::string("\"") + key + "\" must be [start,end) inside the text");
    return Span{map.to_bytes(static_cast<uint32_t>(begin)),
                map.to_bytes(static_cast<uint32_t>(end))};
  };
  Relation relation = reader.relation(body, span("source_span"), span("target_span"));
  using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, ThrowingAllocator>;
  Buffer buffer;
  rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, ThrowingAllocator> w(buffer);
  auto text_or_null = [&](const char* key, std::string_view value) {
    w.Key(key);
    if (value.empty()) w.Null();
    else w.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  w.StartObject();
  text_or_null("id", id);
  text_or_null("root", relation.root);
  text_or_null("cameo", relation.cameo);
  text_or_null("status", relation.status);
  text_or_null("explain", relation.explain);
  w.EndObject();
  return std::string(buffer.GetString()) + "\n";
}

void add_relation(CLI::App& root, App& app) {
  struct Options {
    std::string file, out = "-";
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand("relation", "The event between two marked spans of a text");
  verb->footer(
      "Input lines: {\"id\",\"text\",\"source_span\":[s,e],\"target_span\":[s,e]}; output: "
      "{\"id\",\"root\",\"cameo\",\"status\",\"explain\"}.\n");
  verb->add_option("JSONL", o->file, "Lines to read; - is standard input")->required();
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")
      ->capture_default_str();
  verb->callback([o, &app] {
    Reader reader(app.resources());
    Output out(o->out);
    LineReader lines(o->file);
    std::string line;
    bool too_long;
    while (lines.next(line, too_long)) {
      if (trim(line).empty() && !too_long) continue;
      try {
        if (too_long) throw Error("a line of more than 32 MB, skipped");
        out.write(relation_line(reader, line));
      } catch (const StartError&) {
        throw;
      } catch (const Error& error) {
        app.failed(o->file + ":" + std::to_string(lines.number()) + ": " + error.what());
      }
    }
    out.close();
  });
}

}  // namespace chancery::cli
