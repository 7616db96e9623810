// The verb merge: shards of records into one file, in an order that depends on them alone.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <tuple>

#include "article/pieces.h"
#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "ledger/filed.h"
#include "ledger/ledger.h"
#include "pipeline/manifest.h"
#include "pipeline/packing.h"
#include "record/json.h"

namespace chancery::cli {
namespace {

using pipeline::Manifest;
using pipeline::PackedOutput;

// Records that are put in order without holding them: their bytes lie in a file that nobody else
// sees, and where each begins is remembered.
class Spool {
 public:
  explicit Spool(const std::string& beside) {
    std::string path = beside + ".spool";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file_ < 0) fail();
    ::unlink(path.c_str());
  }
  ~Spool() {
    if (file_ >= 0) ::close(file_);
  }
  Spool(const Spool&) = delete;

  // Throws Error for what is no record.
  void add(const std::string& line) {
    Record record = record_from_json(line);
    const Article& a = record.article;
    lines_.push_back({day_of_publication(a.published), article_key(a), a.published, a.url, a.id,
                      hash64(line), end_, line.size(), a.language});
    for (size_t done = 0; done < line.size();) {
      ssize_t n = ::write(file_, line.data() + done, line.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail();
      done += static_cast<size_t>(n);
    }
    end_ += line.size();
  }

  // Each article once, by day and key; of the several records of one the least by date, address,
  // id.
  void hand_over(Manifest& manifest, PackedOutput& out) {
    std::sort(lines_.begin(), lines_.end());
    const Line* before = nullptr;
    std::string bytes;
    for (const Line& line : lines_) {
      if (before && before->key == line.key) {
        ++manifest.repeated;
        continue;
      }
      before = &line;
      bytes.resize(line.size);
      if (::pread(file_, bytes.data(), line.size, static_cast<off_t>(line.at)) !=
          static_cast<ssize_t>(line.size))
        fail();
      out.write(bytes + "\n");
      manifest.count(line.day, line.language);
    }
  }

 private:
  struct Line {
    std::string day, key, published, url, id;
    uint64_t hash;
    size_t at, size;
    std::string language;
    bool operator<(const Line& o) const {
      return std::tie(day, key, published, url, id, hash) <
             std::tie(o.day, o.key, o.published, o.url, o.id, o.hash);
    }
  };
  [[noreturn]] static void fail() {
    throw StartError(std::string("the records cannot be put in order: ") + std::strerror(errno));
  }

  int file_ = -1;
  size_t end_ = 0;
  std::vector<Line> lines_;
};

// All shards of one coding, each once. Throws Error naming what does not belong.
void check_together(const std::vector<Manifest>& all, bool partial) {
  std::map<size_t, std::string> seen;
  std::set<std::string> files;
  const Manifest& first = all[0];
  for (const Manifest& m : all) {
    auto differs = [&](const char* what) {
      throw Error(m.place + ": not of the same coding as " + first.place + ": another " + what);
    };
    if (m.schema != first.schema) differs("schema");
    if (!(m.made_by == first.made_by)) differs("engine, model or data");
    if (m.options != first.options) differs("set of options");
    if (m.shard.of != first.shard.of || m.by_file != first.by_file) differs("division");
    if (!m.by_file && m.inputs != first.inputs) differs("set of inputs");
    if (m.by_file)
      for (const pipeline::DigestedFile& input : m.inputs)
        if (!files.insert(input.path).second)
          throw Error(m.place + ": " + input.path + " is read by another shard too");
    auto [at, fresh] = seen.emplace(m.shard.number, m.place);
    if (!fresh) throw Error(m.place + ": shard " + m.shard.text() + " is " + at->second + " too");
  }
  if (partial) return;
  std::vector<std::string> missing;
  for (size_t k = 1; k <= first.shard.of; ++k)
    if (!seen.count(k)) missing.push_back(std::to_string(k) + "/" + std::to_string(first.shard.of));
  if (!missing.empty())
    throw Error("shards are missing: " + join(missing, ", ") + " (--partial does without)");
}

// Takes the records of one shard; throws Error when they are not as many as it says.
void take(const Manifest& m, Spool& spool) {
  m.check_output();
  auto pieces = open_pieces(m.output_path(), {InputKind::jsonl, ""});
  size_t records = 0;
  for (Piece piece; pieces->next(piece); ++records) {
    if (!piece.error.empty()) throw Error(piece.error);
    try {
      spool.add(piece.bytes);
    } catch (const StartError&) {
      throw;
    } catch (const Error& error) {
      throw Error(at_place(piece.place, error.what()));
    }
  }
  if (records != m.records)
    throw Error(fmt::format("{}: holds {} records, not {}", m.output_path(), records, m.records));
}

void merge(const std::vector<std::string>& names, const std::string& path, bool partial) {
  std::vector<Manifest> all;
  for (const std::string& name : names) all.push_back(Manifest::read(name));
  check_together(all, partial);
  std::sort(all.begin(), all.end(),
            [](const Manifest& a, const Manifest& b) { return a.shard.number < b.shard.number; });
  Manifest whole;
  whole.schema = all[0].schema;
  whole.made_by = all[0].made_by;
  whole.options = all[0].options;
  Spool spool(path);
  PackedOutput out(path);
  for (const Manifest& m : all) {
    take(m, spool);
    whole.failed += m.failed;
    whole.inputs.push_back(m.output);
  }
  spool.hand_over(whole, out);
  out.close();
  whole.output = pipeline::digest_of(path);
  whole.output.path = path.substr(path.rfind('/') + 1);
  OutputFile manifest(Manifest::beside(path));
  manifest.write(whole.to_json());
  manifest.close();
  Output said("-");
  said.write(fmt::format("{}: {} records of {} shards, {} articles came twice, {} inputs failed\n",
                         path, whole.records, all.size(), whole.repeated, whole.failed));
  said.close();
}

}  // namespace

void add_merge(CLI::App& root, App&) {
  struct Options {
    std::vector<std::string> manifests;
    std::string out;
    bool partial = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(
      "merge", "Put the shards of a coding together: checked, in one order, each article once");
  verb->footer(
      "The order of the manifests makes no difference: records stand by day of publication, then "
      "by "
      "key.\n\nExamples:\n  chancery merge -o records.jsonl.gz shards/*.manifest.json\n");
  verb->add_option("MANIFEST", o->manifests, "The manifests of the shards")->required();
  verb->add_option("-o,--out", o->out, "Where to write; what ends in .gz or .zst is packed")
      ->required();
  verb->add_flag("--partial", o->partial, "Shards may be missing");
  verb->callback([o] {
    if (o->out == "-") throw UsageError("merge writes a file and its manifest: name one with -o");
    merge(o->manifests, o->out, o->partial);
  });
}

}  // namespace chancery::cli
