// A file of records that is made bit by bit: what is written of it lies beside its place as
// FILE.part, with a checkpoint (FILE.checkpoint) that says how far the inputs were read. A run that
// was killed goes on behind its last checkpoint, and its file is the same to the byte as that of a
// run that was not. When all is read, the manifest (manifest.h) is written and the file takes its
// place. What failed is listed in FILE.errors.jsonl.
#pragma once
#include <string>

#include "cli/batch.h"
#include "cli/manifest.h"
#include "cli/packing.h"

namespace chancery::cli {

class Shard {
 public:
  // `plan`: what the manifest says before anything is read. Takes up what an earlier run with the
  // same plan left. Throws StartError when another run is writing to it.
  Shard(const std::string& path, Manifest plan);
  ~Shard();
  Shard(const Shard&) = delete;

  // Is there a file already that was made by the same plan, and whole?
  bool done() const { return done_; }
  // Where to go on.
  const Batch::Position& position() const { return position_; }
  const Manifest& manifest() const { return manifest_; }

  void write(const std::string& record, const std::string& day, const std::string& language);
  void failed(const std::string& message);
  // All so far is on disk, and kept whatever happens.
  void checkpoint(const Batch::Position& position);
  // The file and its manifest take their places.
  void finish();

  // From now on a signal to end (SIGTERM) is only remembered. Who then ends the run (app.h,
  // Stopped) loses what was done since the last checkpoint, and no more.
  static void mind_signals();
  static bool stopped();

 private:
  bool take_up(const std::string& identity);
  void append();

  std::string path_, part_, errors_;
  Manifest manifest_;
  Packing packing_;
  std::string identity_;
  int file_ = -1, error_file_ = -1;
  size_t bytes_ = 0, error_bytes_ = 0;
  std::string waiting_, waiting_errors_;
  Batch::Position position_;
  bool done_ = false;
};

}  // namespace chancery::cli
