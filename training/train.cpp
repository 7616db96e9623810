// Trains the language engine's network: one encoder, many heads. libtorch is used here and nowhere
// else.
// usage: chancery-train DATA VECTORS OUT.model [--words N] [--width N] [--layers N] [--arc N]
//        [--relation N] [--rate R] [--dropout R] [--from TRAINED.model] [--name-weight W] [--taught FILE [--taught-share S]]
//        [--seed N] [--threads N] [--everything]
// Fixed seeds; the averaged weights are written to OUT.model at every evaluation (half floats;
// chancery-pack makes the shipped file of them). --words is the number of training words to see in
// all. The network is described in src/language/network.h. --taught adds sentences that a teacher
// labelled (chancery-label). --from goes on from trained weights, or from those of a shipped model
// that chancery-unpack took apart; VECTORS is then the same file, for its vocabulary.
#include <fmt/format.h>
#include <torch/torch.h>

#include <chrono>
#include <random>

#include "batches.h"
#include "corpus.h"
#include "net.h"

namespace {

using namespace chancery;
using namespace chancery::training;
using torch::Tensor;

struct Options {
  double words = 12e6, rate = 2.5e-3, dropout = 0.25, taught_share = 0.3;
  NetworkShape shape;
  int threads = 1, seed = 20261123;
  bool everything = false;
  double name_weight = 0.8;
  std::string taught, from;
  std::vector<std::string> files;
};

Tensor cross_entropy(const Tensor& scores, const Tensor& gold) {
  auto options = torch::nn::functional::CrossEntropyFuncOptions().ignore_index(kUnknown).reduction(
      torch::kSum);
  return torch::nn::functional::cross_entropy(scores.reshape({-1, scores.size(-1)}),
                                              gold.reshape({-1}), options);
}

void evaluate(Net& net, const Embeddings& embeddings, const Corpus& corpus, FeatureCache& cache) {
  torch::NoGradGuard guard;
  net.eval();
  std::mt19937_64 random(1);
  for (const auto& [name, examples] : corpus.dev) {
    std::vector<const Example*> all;
    for (const Example& e : examples) all.push_back(&e);
    double words = 0, uas = 0, las = 0;
    std::array<double, kLabels> right{}, known{};
    for (auto& group : batches(all, 3000, random)) {
      Batch b = make_batch(group, cache, nullptr);
      Tensor x = net.encode(embeddings.gather(b.features), b);
      Tensor heads = net.arcs(x, b.real).argmax(2);
      Tensor relation = net.relations(x, heads).argmax(2);
      Tensor ok = (heads == b.heads).logical_and(b.real > 0);
      uas += ok.sum().item<double>();
      las += ok.logical_and(relation == b.relation).sum().item<double>();
      words += b.words;
      for (int l = 0; l < kLabels; ++l) {
        Tensor have = b.labels[l] != kUnknown;
        known[l] += have.sum().item<double>();
        right[l] +=
            (net.taggers[l](x).argmax(2) == b.labels[l]).logical_and(have).sum().item<double>();
      }
    }
    fmt::print(
        "  {}: UAS {:.4f} LAS(subtypes) {:.4f} xpos {:.4f} upos {:.4f} features {:.4f} lemma "
        "{:.4f} name-tags {:.4f}\n",
        name, uas / words, las / words, right[kXpos] / known[kXpos], right[kUpos] / known[kUpos],
        right[kFeatures] / known[kFeatures], right[kLemma] / known[kLemma],
        right[kName] / known[kName]);
  }
  net.train();
}

}  // namespace

int main(int argc, char** argv) {
  Options o;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    auto value = [&] { return i + 1 < argc ? std::string(argv[++i]) : std::string("0"); };
    if (arg == "--words") o.words = std::stod(value());
    else if (arg == "--rate") o.rate = std::stod(value());
    else if (arg == "--dropout") o.dropout = std::stod(value());
    else if (arg == "--taught") o.taught = value();
    else if (arg == "--taught-share") o.taught_share = std::stod(value());
    else if (arg == "--from") o.from = value();
    else if (arg == "--name-weight") o.name_weight = std::stod(value());
    else if (arg == "--width") o.shape.width = std::stoi(value());
    else if (arg == "--layers") o.shape.layers = std::stoi(value());
    else if (arg == "--arc") o.shape.arc = std::stoi(value());
    else if (arg == "--relation") o.shape.relation = std::stoi(value());
    else if (arg == "--seed") o.seed = std::stoi(value());
    else if (arg == "--threads") o.threads = std::stoi(value());
    else if (arg == "--everything") o.everything = true;
    else o.files.push_back(arg);
  }
  if (o.files.size() != 3) {
    fmt::print(stderr,
               "usage: chancery-train DATA VECTORS OUT.model [options]; the head of "
               "training/train.cpp lists them\n");
    return 2;
  }
  torch::set_num_threads(o.threads);
  torch::manual_seed(o.seed);
  std::mt19937_64 random(o.seed);
  Corpus corpus = load_corpus(o.files[0], o.everything);
  std::vector<Example> taught;
  if (!o.taught.empty()) taught = load_taught(o.taught);
  ModelFile vectors = ModelFile::load(o.files[1]);
  std::vector<std::string_view> words = vectors.strings("vocabulary");
  Vocabulary vocabulary(words);
  FeatureCache cache(vocabulary);
  auto count = [](const std::vector<Example>& es) {
    size_t n = 0;
    for (auto& e : es) n += e.words.size();
    return n;
  };
  fmt::print(
      "gold {} sentences {} words, silver {} sentences {} words, taught {} words; {} xpos, {} "
      "features, {} lemma scripts, {} relations\n",
      corpus.gold.size(), count(corpus.gold), corpus.silver.size(), count(corpus.silver),
      count(taught), corpus.labels.names[kXpos].size(), corpus.labels.names[kFeatures].size(),
      corpus.labels.names[kLemma].size(), corpus.labels.relations.size());
  uint32_t rows = static_cast<uint32_t>(words.size());
  Embeddings embeddings(vectors.has("vectors") ? vectors.matrix("vectors", rows, kTableWidth[kWord])
                                               : Matrix{rows, kTableWidth[kWord], {}});
  Net net(o.shape, corpus.labels);
  net.dropout = o.dropout;
  if (!o.from.empty()) {
    ModelFile before = ModelFile::load(o.from);
    net.load(before);
    embeddings.load(before);
  }
  torch::optim::AdamW optimizer(
      net.parameters(), torch::optim::AdamWOptions(o.rate).betas({0.9, 0.98}).weight_decay(1e-4));
  std::vector<Tensor> averaged;
  for (const Tensor& p : net.parameters()) averaged.push_back(p.detach().clone());
  auto swap_averaged = [&] {
    torch::NoGradGuard guard;
    auto parameters = net.parameters();
    for (size_t i = 0; i < parameters.size(); ++i) {
      Tensor present = parameters[i].detach().clone();
      parameters[i].copy_(averaged[i]);
      averaged[i].copy_(present);
    }
    embeddings.swap();
  };
  auto began = std::chrono::steady_clock::now();
  double seen = 0, next_evaluation = 1e6, total_loss = 0, loss_words = 0;
  long step = 0;
  // A word of silver counts for less than one of gold; towards the end it is read less.
  const double weights[kLabels] = {0.5, 0.4, 0.3, 0.3, o.name_weight, 0.6};
  auto checkpoint = [&] {
    double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    fmt::print("{:.1f} M words, {:.0f} s, {:.0f} words/s, loss {:.4f}\n", seen / 1e6, seconds,
               seen / seconds, total_loss / std::max(1.0, loss_words));
    total_loss = loss_words = 0;
    swap_averaged();
    evaluate(net, embeddings, corpus, cache);
    ModelFile file;
    file.set("vocabulary", std::vector<std::string>(words.begin(), words.end()));
    embeddings.save(file);
    net.save(file, corpus.labels);
    file.save(o.files[2]);
    swap_averaged();
    std::fflush(stdout);
  };
  while (seen < o.words) {
    double progress = seen / o.words;
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<const Example*> pool;
    for (const Example& e : corpus.gold)
      if (e.words.size() <= 150) pool.push_back(&e);
    double silver_share = progress < 0.8 ? 0.4 : 0.15,
           taught_share = progress < 0.8 ? o.taught_share : o.taught_share / 2;
    for (const Example& e : corpus.silver)
      if (e.words.size() <= 120 && unit(random) < silver_share) pool.push_back(&e);
    for (const Example& e : taught)
      if (unit(random) < taught_share) pool.push_back(&e);
    for (auto& group : batches(pool, 1600, random)) {
      Batch b = make_batch(group, cache, &random);
      progress = std::min(1.0, seen / o.words);
      double rate = o.rate * std::min(1.0, seen / 3e5 + 0.05) *
                    (progress < 0.3 ? 1.0 : std::max(0.01, (1 - progress) / 0.7));
      for (auto& g : optimizer.param_groups())
        static_cast<torch::optim::AdamWOptions&>(g.options()).lr(rate);
      optimizer.zero_grad();
      Tensor embedded = embeddings.gather(b.features);
      Tensor x = net.encode(embedded, b);
      Tensor loss = cross_entropy(net.arcs(x, b.real), b.heads) +
                    cross_entropy(net.relations(x, b.heads.clamp_min(0)), b.relation);
      x = net.drop(x, 0.2);
      for (int l = 0; l < kLabels; ++l)
        loss = loss + weights[l] * cross_entropy(net.taggers[l](x), b.labels[l]);
      loss = loss / static_cast<double>(b.words);
      loss.backward();
      torch::nn::utils::clip_grad_norm_(net.parameters(), 2.0);
      optimizer.step();
      embeddings.update(b.features, embedded.grad(), static_cast<float>(rate), ++step);
      if (step % 8 == 0) {
        double keep = std::pow(std::min(0.999, (1.0 + step) / (10.0 + step)), 8);
        torch::NoGradGuard guard;
        auto parameters = net.parameters();
        for (size_t i = 0; i < parameters.size(); ++i)
          averaged[i].mul_(keep).add_(parameters[i], 1 - keep);
        embeddings.average(static_cast<float>(keep));
      }
      seen += b.words;
      total_loss += loss.item<double>() * b.words;
      loss_words += b.words;
      if (seen >= next_evaluation) {
        checkpoint();
        next_evaluation += 1e6;
      }
      if (seen >= o.words) break;
    }
  }
  checkpoint();
}
