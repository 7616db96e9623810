// A file of records that is made bit by bit: what is written of it lies beside its place as
// FILE.part, with a checkpoint (FILE.checkpoint) that says how far the inputs were read. A run that
// was killed goes on behind its last checkpoint, and its file is the same to the byte as that of a
// run that was not. When all is read, the manifest (manifest.h) is written and the file takes its
// place. What failed is listed in FILE.errors.jsonl.
#pragma once
#include <string>

#include "pipeline/manifest.h"
#include "pipeline/packing.h"
#include "pipeline/sink.h"

namespace chancery::pipeline {

// A record as a line of a file, with what is counted of it.
struct RecordLine {
  std::string text;           // with its end
  std::string day, language;  // of its article; the day "" where it has none
};

class Shard : public Sink<RecordLine> {
 public:
  // `plan`: what the manifest says before anything is read. Takes up what an earlier run with the
  // same plan left. Throws StartError when another run is writing to it.
  Shard(const std::string& path, Manifest plan);
  ~Shard() override;
  Shard(const Shard&) = delete;

  // Is there a file already that was made by the same plan, and whole?
  bool done() const { return done_; }
  // Where to go on.
  const Position& position() const { return position_; }
  const Manifest& manifest() const { return manifest_; }

  void take(const Item& item, RecordLine line) override;
  void failed(const std::string& message) override;
  // After each so many pieces of the inputs all before is on disk, and kept whatever happens. Throws
  // Stopped (stop.h) when the program was asked to end: what came since the last time is lost then,
  // and no more.
  void passed(const Item& item) override;
  // The file and its manifest take their places.
  void finish();

 private:
  bool take_up(const std::string& identity);
  void append();
  void checkpoint(const Position& position);

  std::string path_, part_, errors_;
  Manifest manifest_;
  Packing packing_;
  std::string identity_;
  int file_ = -1, error_file_ = -1;
  size_t bytes_ = 0, error_bytes_ = 0;
  std::string waiting_, waiting_errors_;
  Position position_;
  size_t since_checkpoint_ = 0;
  bool done_ = false;
};

}  // namespace chancery::pipeline
