// A trained network labels raw text, for another to learn from.
// usage: chancery-label TRAINED.model OUT.gz [--threads N] FILE[=WORDS]…
// FILE as for chancery-vectors; WORDS limits what is taken of it, spread evenly. OUT is read by
// load_taught (corpus.h).
#include <fmt/format.h>
#include <torch/torch.h>
#include <zlib.h>

#include <random>

#include "base/error.h"
#include "batches.h"
#include "language/tokenizer.h"
#include "language/tree.h"
#include "raw_text.h"

namespace {

using namespace chancery;
using namespace chancery::training;
using torch::Tensor;

LabelSets labels_of(const ModelFile& file) {
  LabelSets out;
  auto strings = [&](const std::string& name) {
    std::vector<std::string_view> views = file.strings("labels." + name);
    return std::vector<std::string>(views.begin(), views.end());
  };
  for (int l = 0; l < kLabels; ++l) out.names[l] = strings(kTaggers[l]);
  out.relations = strings("relation");
  return out;
}

// Sentences of 4 to 80 words, about `most` words of the file.
void read_sentences(const std::string& path, double most, std::vector<Example>& out) {
  std::vector<Example> all;
  size_t words = 0;
  each_line_of_text(path, [&](std::string_view text) {
    Document document = tokenize(text);
    for (const Sentence& s : document.sentences) {
      if (s.end - s.begin < 4 || s.end - s.begin > 80) continue;
      Example example;
      for (int i = s.begin; i < s.end; ++i) {
        Word w;
        w.form = document[i].form;
        w.label.fill(kUnknown);
        example.words.push_back(std::move(w));
      }
      words += example.words.size();
      all.push_back(std::move(example));
    }
  });
  double share = std::min(1.0, most / static_cast<double>(words)), taken = 0;
  size_t before = out.size();
  for (size_t i = 0; i < all.size(); ++i) {
    taken += share;
    if (taken < 1) continue;
    taken -= 1;
    out.push_back(std::move(all[i]));
  }
  fmt::print(stderr, "{}: {} words, {} sentences taken\n", path, words, out.size() - before);
}

void label(Net& net, const Embeddings& embeddings, FeatureCache& cache,
           std::vector<Example>& examples) {
  torch::NoGradGuard guard;
  net.eval();
  std::vector<const Example*> all;
  for (const Example& e : examples) all.push_back(&e);
  std::mt19937_64 random(1);
  size_t done = 0, next = 0;
  for (auto& group : batches(all, 2000, random)) {
    Batch b = make_batch(group, cache, nullptr);
    Tensor x = net.encode(embeddings.gather(b.features), b);
    Tensor arcs = net.arcs(x, b.real).contiguous(), heads = torch::zeros_like(b.heads);
    int64_t steps = arcs.size(1);
    for (size_t i = 0; i < group.size(); ++i) {
      int n = static_cast<int>(group[i]->words.size());
      std::vector<float> scores(static_cast<size_t>(n) * (n + 1));
      for (int d = 0; d < n; ++d)
        std::copy_n(arcs.data_ptr<float>() + (static_cast<int64_t>(i) * steps + d) * (steps + 1),
                    n + 1, &scores[static_cast<size_t>(d) * (n + 1)]);
      std::vector<int> tree = best_tree(scores, n);
      for (int d = 0; d < n; ++d)
        heads.data_ptr<int64_t>()[static_cast<int64_t>(i) * steps + d] = tree[d];
    }
    Tensor relation = net.relations(x, heads).argmax(2);
    std::array<Tensor, kLabels> labels;
    for (int l = 0; l < kLabels; ++l) labels[l] = net.taggers[l](x).argmax(2);
    for (size_t i = 0; i < group.size(); ++i) {
      Example& e = const_cast<Example&>(*group[i]);
      for (size_t d = 0; d < e.words.size(); ++d) {
        int64_t at = static_cast<int64_t>(i) * steps + static_cast<int64_t>(d);
        e.words[d].head = static_cast<int>(heads.data_ptr<int64_t>()[at]);
        e.words[d].relation = static_cast<int>(relation.data_ptr<int64_t>()[at]);
        for (int l = 0; l < kLabels; ++l)
          e.words[d].label[l] = static_cast<int>(labels[l].data_ptr<int64_t>()[at]);
      }
    }
    done += static_cast<size_t>(b.words);
    if (done >= next) {
      fmt::print(stderr, "{:.1f} M words labelled\n", static_cast<double>(done) / 1e6);
      next += 500000;
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  int threads = 1;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    if (arg == "--threads" && i + 1 < argc) threads = std::stoi(argv[++i]);
    else files.push_back(arg);
  }
  if (files.size() < 3) {
    fmt::print(stderr,
               "usage: chancery-label TRAINED.model OUT.gz [--threads N] FILE[=WORDS]...\n");
    return 2;
  }
  torch::set_num_threads(threads);
  ModelFile file = ModelFile::load(files[0]);
  LabelSets labels = labels_of(file);
  Vocabulary vocabulary(file.strings("vocabulary"));
  FeatureCache cache(vocabulary);
  Embeddings embeddings(Matrix{vocabulary.size(), kTableWidth[kWord], {}});
  embeddings.load(file);
  Matrix shape = file.matrix("shape", 1, 4);
  Net net({static_cast<int>(shape.values[0]), static_cast<int>(shape.values[1]),
           static_cast<int>(shape.values[2]), static_cast<int>(shape.values[3])},
          labels);
  net.load(file);
  std::vector<Example> examples;
  for (size_t i = 2; i < files.size(); ++i) {
    size_t equals = files[i].rfind('=');
    read_sentences(files[i].substr(0, equals),
                   equals == std::string::npos ? 1e12 : std::stod(files[i].substr(equals + 1)),
                   examples);
  }
  label(net, embeddings, cache, examples);
  gzFile out = gzopen(files[1].c_str(), "wb1");
  if (!out) throw Error(files[1] + ": cannot be written");
  for (const Example& e : examples) {
    std::string lines;
    for (const Word& w : e.words) {
      lines += w.form;
      for (int l : w.label) lines += fmt::format("\t{}", l);
      lines += fmt::format("\t{}\t{}\n", w.head, w.relation);
    }
    lines += '\n';
    gzwrite(out, lines.data(), static_cast<unsigned>(lines.size()));
  }
  if (gzclose(out) != Z_OK) throw Error(files[1] + ": cannot be written");
}
