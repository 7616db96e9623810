// A shipped model labels raw text, for another to learn from: what the accurate one says, the fast
// one is taught. usage: chancery-label TEACHER.model OUT.gz [--threads N] FILE[=WORDS]… FILE as for
// chancery-vectors; WORDS limits what is taken of it, spread evenly. OUT is read by load_taught
// (corpus.h): labels by their numbers in the teacher's sets, which are those of every model made
// from the same treebanks.
#include <fmt/format.h>
#include <zlib.h>

#include <atomic>
#include <thread>
#include <unordered_map>

#include "base/error.h"
#include "corpus.h"
#include "language/engine.h"
#include "language/lemma.h"
#include "raw_text.h"

namespace {

using namespace chancery;
using namespace chancery::training;

// The number of each label in the teacher's sets.
class Numbers {
 public:
  explicit Numbers(const ModelFile& file) {
    for (int l = 0; l < kLabels; ++l) fill(sets_[l], file, kTaggers[l]);
    fill(relations_, file, "relation");
  }

  void write(const Document& document, const Sentence& sentence, std::string& out) const {
    for (int i = sentence.begin; i < sentence.end; ++i) {
      const Token& t = document[i];
      int name = t.name == NameKind::none ? 0 : 2 * static_cast<int>(t.name) - t.name_begin;
      fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", t.form,
                     find(sets_[kXpos], t.xpos), find(sets_[kUpos], t.upos),
                     find(sets_[kFeatures], t.features),
                     find(sets_[kLemma], lemma_script(t.form, t.lemma)), name,
                     static_cast<int>(t.attribution), t.head < 0 ? 0 : t.head - sentence.begin + 1,
                     find(relations_, t.relation));
    }
    out += '\n';
  }

 private:
  using Set = std::unordered_map<std::string, int>;
  static void fill(Set& set, const ModelFile& file, const std::string& name) {
    for (std::string_view label : file.strings("labels." + name))
      set.emplace(label, static_cast<int>(set.size()));
  }
  static int find(const Set& set, const std::string& label) {
    auto found = set.find(label);
    return found == set.end() ? kUnknown : found->second;
  }

  std::array<Set, kLabels> sets_;
  Set relations_;
};

// Paragraphs whose words make about `most` words of the file, spread evenly.
std::vector<std::string> read_paragraphs(const std::string& path, double most) {
  std::vector<std::string> all, out;
  double bytes = 0;
  each_line_of_text(path, [&](std::string_view text) {
    bytes += static_cast<double>(text.size());
    all.emplace_back(text);
  });
  constexpr double kBytesOfAWord = 5.9;
  double share = std::min(1.0, most * kBytesOfAWord / bytes), taken = 0;
  for (std::string& text : all) {
    taken += share;
    if (taken < 1) continue;
    taken -= 1;
    out.push_back(std::move(text));
  }
  return out;
}

// Sentences of 4 to 80 words.
std::string label(const LanguageEngine& teacher, const Numbers& numbers, const std::string& text) {
  std::string out;
  Document document = teacher.analyze(text);
  for (const Sentence& s : document.sentences)
    if (s.end - s.begin >= 4 && s.end - s.begin <= 80) numbers.write(document, s, out);
  return out;
}

void run(const std::vector<std::string>& files, int threads) {
  LanguageEngine teacher(files[0]);
  Numbers numbers(teacher.network().file());
  gzFile out = gzopen(files[1].c_str(), "wb1");
  if (!out) throw Error(files[1] + ": cannot be written");
  for (size_t f = 2; f < files.size(); ++f) {
    size_t equals = files[f].rfind('=');
    double most = equals == std::string::npos ? 1e12 : std::stod(files[f].substr(equals + 1));
    std::vector<std::string> texts = read_paragraphs(files[f].substr(0, equals), most);
    constexpr size_t kAtOnce = 2000;
    for (size_t begin = 0; begin < texts.size(); begin += kAtOnce) {
      size_t end = std::min(texts.size(), begin + kAtOnce);
      {
        // Whoever is free takes the next one: titles and long bodies often stand in turn.
        std::atomic<size_t> next = begin;
        std::vector<std::jthread> pool;
        for (int t = 0; t < threads; ++t)
          pool.emplace_back([&] {
            for (size_t i; (i = next++) < end;) texts[i] = label(teacher, numbers, texts[i]);
          });
      }
      for (size_t i = begin; i < end; ++i) {
        if (!texts[i].empty() &&
            gzwrite(out, texts[i].data(), static_cast<unsigned>(texts[i].size())) <= 0)
          throw Error(files[1] + ": cannot be written");
        texts[i] = {};
      }
      fmt::print(stderr, "{}: {} of {} paragraphs\n", files[f], end, texts.size());
    }
  }
  if (gzclose(out) != Z_OK) throw Error(files[1] + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  int threads = 1;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    if (arg == "--threads" && i + 1 < argc) threads = std::atoi(argv[++i]);
    else files.push_back(arg);
  }
  if (files.size() < 3 || threads < 1) {
    fmt::print(stderr,
               "usage: chancery-label TEACHER.model OUT.gz [--threads N] FILE[=WORDS]...\n");
    return 2;
  }
  try {
    run(files, threads);
  } catch (const std::exception& error) {
    fmt::print(stderr, "chancery-label: {}\n", error.what());
    return 1;
  }
}
