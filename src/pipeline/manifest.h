// What a file of records was made of, beside it as FILE.manifest.json: which inputs were read, by
// which engine, what came out. A file counts as done when its manifest says what it holds.
//
//   Manifest m = Manifest::read("out/3.jsonl.gz.manifest.json");   // throws Error naming it
//   m.check_output();                                              // the file is what m says
#pragma once
#include <string>
#include <vector>

#include "record/record.h"

namespace chancery::pipeline {

// Which part of the inputs a run takes: number K of N.
struct ShardName {
  size_t number = 1, of = 1;
  // "3/12". Throws UsageError.
  static ShardName parse(const std::string& text);
  std::string text() const { return std::to_string(number) + "/" + std::to_string(of); }
  // Does what has this content belong to it? Each content belongs to one shard of N.
  bool holds(std::string_view content) const;
  bool operator==(const ShardName&) const = default;
};

struct DigestedFile {
  std::string path;
  size_t bytes = 0;
  std::string sha256;
  bool operator==(const DigestedFile&) const = default;
};

// Of a file, or of all files of a folder. Throws Error for what cannot be read, and for a pipe.
DigestedFile digest_of(const std::string& path);

struct Manifest {
  std::string schema;    // of the records
  Maker made_by;         // engine, model, data
  std::string options;   // what the records depend on besides: "explain sure"
  ShardName shard;       // 1/1 of what is whole
  bool by_file = false;  // shards take whole inputs, not articles
  std::vector<DigestedFile> inputs;
  DigestedFile output;  // its name without folder
  size_t records = 0, failed = 0, repeated = 0, other_language = 0;
  std::string first_day, last_day;  // of publication, "" when none is known

  std::string place;  // where it was read from; not part of it

  static std::string beside(const std::string& output) { return output + ".manifest.json"; }
  static Manifest read(const std::string& path);
  std::string to_json() const;
  // By what its records are what they are: all but what came out.
  std::string identity() const;
  // The file beside the manifest.
  std::string output_path() const;
  // Throws Error unless the output is there and what the manifest says.
  void check_output() const;
  // Takes a record's day and language into account.
  void count(const std::string& day, const std::string& language);
};

}  // namespace chancery::pipeline
