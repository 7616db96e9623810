// Trains the language engine's network: one encoder, many heads. libtorch is used here and nowhere else.
// usage: chancery-train DATA VECTORS OUT.model [--words N] [--everything] [--threads N]
// Fixed seeds; a checkpoint in the model's own format is written to OUT.model at every evaluation. --words is the number
// of training words to see in all. The network is described in src/language/network.h.
#include <fmt/format.h>
#include <torch/torch.h>

#include <chrono>
#include <random>

#include "base/strings.h"
#include "base/utf8.h"
#include "corpus.h"
#include "language/features.h"
#include "language/model_file.h"
#include "language/network.h"

namespace {

using namespace chancery;
using namespace chancery::training;
using torch::Tensor;

constexpr int kHidden = kEncoderWidth / 2;

struct Net : torch::nn::Module {
  std::vector<torch::nn::Embedding> tables;
  torch::nn::Embedding source{nullptr};
  std::vector<torch::nn::Linear> layers;
  torch::nn::Linear arc_dependent{nullptr}, arc_head{nullptr}, relation_dependent{nullptr}, relation_head{nullptr}, relation_out{nullptr};
  Tensor arc_matrix, arc_bias, arc_root, relation_root;
  std::vector<torch::nn::Linear> taggers;

  Net(const LabelSets& labels, const Matrix& vectors) {
    for (int t = 0; t < kFeatureTables; ++t) {
      int64_t rows = t == kWord ? vectors.rows + 1 : kTableRows[t];
      auto table = register_module(fmt::format("table{}", t), torch::nn::Embedding(rows, kTableWidth[t]));
      torch::NoGradGuard guard;
      table->weight.normal_(0, 0.1);
      if (t == kWord) {
        Tensor v = torch::from_blob(const_cast<float*>(vectors.values.data()), {vectors.rows, vectors.columns}, torch::kFloat).clone();
        v = v / v.std() * 0.15;
        table->weight.index_put_({torch::indexing::Slice(1)}, v);
      }
      tables.push_back(table);
    }
    source = register_module("source", torch::nn::Embedding(2, kSourceWidth));
    for (int l = 0; l < kEncoderLayers; ++l) {
      int64_t in = l == 0 ? kInputWidth + kSourceWidth : kEncoderWidth;
      auto layer = register_module(fmt::format("layer{}", l), torch::nn::Linear(in, kEncoderWidth * (l == 0 ? 4 : 3)));
      torch::NoGradGuard guard;
      torch::nn::init::xavier_uniform_(layer->weight);
      layer->bias.zero_();
      layer->bias.slice(0, kEncoderWidth, 2 * kEncoderWidth).fill_(0.5);  // remember at first
      layers.push_back(layer);
    }
    arc_dependent = register_module("arc_dependent", torch::nn::Linear(kEncoderWidth, kArcWidth));
    arc_head = register_module("arc_head", torch::nn::Linear(kEncoderWidth, kArcWidth));
    arc_matrix = register_parameter("arc_matrix", torch::randn({kArcWidth, kArcWidth}) * 0.02);
    arc_bias = register_parameter("arc_bias", torch::zeros({kArcWidth}));
    arc_root = register_parameter("arc_root", torch::randn({kArcWidth}) * 0.1);
    relation_dependent = register_module("relation_dependent", torch::nn::Linear(kEncoderWidth, kRelationWidth));
    relation_head = register_module("relation_head", torch::nn::Linear(kEncoderWidth, kRelationWidth));
    relation_root = register_parameter("relation_root", torch::randn({kRelationWidth}) * 0.1);
    relation_out = register_module("relation_out", torch::nn::Linear(kRelationWidth, static_cast<int64_t>(labels.relations.size())));
    for (int l = 0; l < kLabels; ++l)
      taggers.push_back(register_module(fmt::format("tagger{}", l), torch::nn::Linear(kEncoderWidth, static_cast<int64_t>(labels.names[l].size()))));
  }

  // The same mask for every word of a sentence (Gal and Ghahramani 2016).
  Tensor drop(const Tensor& x, double rate) {
    if (!is_training()) return x;
    Tensor mask = torch::empty({x.size(0), 1, x.size(2)}).bernoulli_(1 - rate) / (1 - rate);
    return x * mask;
  }

  // rows [B,T,6], source [B], real [B,T] → [B,T,kEncoderWidth]
  Tensor encode(const Tensor& rows, const Tensor& sources, const Tensor& real) {
    std::vector<Tensor> parts;
    for (int t = 0; t < kFeatureTables; ++t) parts.push_back(tables[t](rows.select(2, t)));
    parts.push_back(source(sources).unsqueeze(1).expand({-1, rows.size(1), -1}));
    Tensor x = drop(torch::cat(parts, 2), 0.25);
    Tensor padding = (1 - real).unsqueeze(2);
    int64_t steps = rows.size(1);
    for (int l = 0; l < kEncoderLayers; ++l) {
      auto u = layers[l](x).chunk(l == 0 ? 4 : 3, 2);
      Tensor candidate = u[0] * real.unsqueeze(2), forget = torch::sigmoid(u[1]), carry = torch::sigmoid(u[2]);
      forget = torch::max(forget, padding);  // padding remembers, so the backward pass meets the last word fresh
      Tensor gain = candidate * (1 - forget);
      auto turn = [&](const Tensor& t) { return torch::cat({t.slice(2, 0, kHidden), t.slice(2, kHidden).flip(1)}, 2); };
      Tensor f = turn(forget), g = turn(gain);
      auto fs = f.unbind(1), gs = g.unbind(1);
      Tensor c = torch::zeros_like(gs[0]);
      std::vector<Tensor> cs;
      for (int64_t t = 0; t < steps; ++t) {
        c = torch::addcmul(gs[t], fs[t], c);
        cs.push_back(c);
      }
      Tensor state = turn(torch::stack(cs, 1));
      Tensor through = l == 0 ? u[3] : x;
      x = carry * state + (1 - carry) * through;
      x = drop(x, 0.25);
    }
    return x;
  }

  // [B,T,T+1] arc scores
  Tensor arcs(const Tensor& x) {
    Tensor d = drop(torch::relu(arc_dependent(x)), 0.3), h = drop(torch::relu(arc_head(x)), 0.3);
    h = torch::cat({arc_root.view({1, 1, -1}).expand({x.size(0), 1, -1}), h}, 1);
    return torch::bmm(torch::matmul(d, arc_matrix), h.transpose(1, 2)) + torch::matmul(h, arc_bias).unsqueeze(1);
  }

  // Scores of the relations of each word to the head given for it; heads [B,T].
  Tensor relations(const Tensor& x, const Tensor& heads) {
    Tensor d = relation_dependent(x), h = relation_head(x);
    h = torch::cat({relation_root.view({1, 1, -1}).expand({x.size(0), 1, -1}), h}, 1);
    h = h.gather(1, heads.unsqueeze(2).expand({-1, -1, h.size(2)}));
    return relation_out(drop(torch::relu(d + h), 0.3));
  }
};

struct Batch {
  Tensor rows, source, real, heads, relation;
  std::array<Tensor, kLabels> labels;
  int64_t words = 0;
};

Batch make_batch(const std::vector<const Example*>& examples, const Vocabulary& vocabulary, std::mt19937_64* noise) {
  size_t longest = 0;
  for (const Example* e : examples) longest = std::max(longest, e->words.size());
  int64_t n = static_cast<int64_t>(examples.size()), t = static_cast<int64_t>(longest);
  Batch b;
  b.rows = torch::zeros({n, t, kFeatureTables}, torch::kLong);
  b.source = torch::zeros({n}, torch::kLong);
  b.real = torch::zeros({n, t});
  b.heads = torch::full({n, t}, kUnknown, torch::kLong);
  b.relation = torch::full({n, t}, kUnknown, torch::kLong);
  for (auto& l : b.labels) l = torch::full({n, t}, kUnknown, torch::kLong);
  auto rows = b.rows.accessor<int64_t, 3>();
  auto heads = b.heads.accessor<int64_t, 2>();
  auto relation = b.relation.accessor<int64_t, 2>();
  auto real = b.real.accessor<float, 2>();
  std::uniform_real_distribution<double> unit(0, 1);
  for (int64_t i = 0; i < n; ++i) {
    const Example& e = *examples[i];
    b.source[i] = e.source;
    bool small = noise && unit(*noise) < 0.04;  // headlines and newswire without capitals
    for (size_t k = 0; k < e.words.size(); ++k) {
      const Word& w = e.words[k];
      FeatureRows features = feature_rows(small ? lower(w.form) : w.form, vocabulary);
      if (noise && unit(*noise) < 0.12) features[kWord] = 0;
      for (int f = 0; f < kFeatureTables; ++f) rows[i][k][f] = features[f];
      real[i][k] = 1;
      heads[i][k] = w.head;
      relation[i][k] = w.head == kUnknown ? kUnknown : w.relation;
      for (int l = 0; l < kLabels; ++l) b.labels[l][i][static_cast<int64_t>(k)] = w.label[l];
    }
    b.words += static_cast<int64_t>(e.words.size());
  }
  return b;
}

// Sentences of like length together, about `words` words a batch.
std::vector<std::vector<const Example*>> batches(std::vector<const Example*> examples, size_t words, std::mt19937_64& random) {
  std::shuffle(examples.begin(), examples.end(), random);
  std::stable_sort(examples.begin(), examples.end(), [](auto* a, auto* b) { return a->words.size() / 4 < b->words.size() / 4; });
  std::vector<std::vector<const Example*>> out;
  size_t filled = words;
  for (const Example* e : examples) {
    if (filled + e->words.size() > words) {
      out.emplace_back();
      filled = 0;
    }
    out.back().push_back(e);
    filled += e->words.size();
  }
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

Tensor cross_entropy(const Tensor& scores, const Tensor& gold) {
  auto options = torch::nn::functional::CrossEntropyFuncOptions().ignore_index(kUnknown).reduction(torch::kSum);
  return torch::nn::functional::cross_entropy(scores.reshape({-1, scores.size(-1)}), gold.reshape({-1}), options);
}

void evaluate(Net& net, const Corpus& corpus, const Vocabulary& vocabulary) {
  torch::NoGradGuard guard;
  net.eval();
  std::mt19937_64 random(1);
  for (const auto& [name, examples] : corpus.dev) {
    std::vector<const Example*> all;
    for (const Example& e : examples) all.push_back(&e);
    double words = 0, uas = 0, las = 0;
    std::array<double, kLabels> right{}, known{};
    for (auto& group : batches(all, 3000, random)) {
      Batch b = make_batch(group, vocabulary, nullptr);
      Tensor x = net.encode(b.rows, b.source, b.real);
      Tensor arcs = net.arcs(x);
      Tensor mask = torch::cat({torch::ones({b.real.size(0), 1}), b.real}, 1).unsqueeze(1);
      Tensor heads = (arcs + (mask - 1) * 1e9).argmax(2);
      Tensor relation = net.relations(x, heads).argmax(2);
      Tensor ok = (heads == b.heads).logical_and(b.real > 0);
      uas += ok.sum().item<double>();
      las += ok.logical_and(relation == b.relation).sum().item<double>();
      words += b.words;
      for (int l = 0; l < kLabels; ++l) {
        Tensor have = b.labels[l] != kUnknown;
        known[l] += have.sum().item<double>();
        right[l] += (net.taggers[l](x).argmax(2) == b.labels[l]).logical_and(have).sum().item<double>();
      }
    }
    fmt::print("  {}: UAS {:.4f} LAS(subtypes) {:.4f} xpos {:.4f} upos {:.4f} features {:.4f} lemma {:.4f} name-tags {:.4f}\n", name, uas / words, las / words, right[kXpos] / known[kXpos],
               right[kUpos] / known[kUpos], right[kFeatures] / known[kFeatures], right[kLemma] / known[kLemma], right[kName] / known[kName]);
  }
  net.train();
}

Matrix matrix(Tensor t) {
  t = t.detach().contiguous();
  if (t.dim() == 1) t = t.unsqueeze(0);
  Matrix out{static_cast<uint32_t>(t.size(0)), static_cast<uint32_t>(t.size(1)), {}};
  out.values.assign(t.data_ptr<float>(), t.data_ptr<float>() + t.numel());
  return out;
}

void save(const Net& net, const Corpus& corpus, const std::vector<std::string>& vocabulary, const std::string& path) {
  ModelFile file;
  file.set("vocabulary", vocabulary);
  for (int t = 0; t < kFeatureTables; ++t) file.set(fmt::format("table.{}", t), matrix(net.tables[t]->weight));
  file.set("source", matrix(net.source->weight));
  auto linear = [&](const std::string& name, const torch::nn::Linear& l) {
    file.set(name + ".weight", matrix(l->weight.t()));
    file.set(name + ".bias", matrix(l->bias));
  };
  for (int l = 0; l < kEncoderLayers; ++l) linear(fmt::format("encoder.{}", l), net.layers[l]);
  linear("arc.dependent", net.arc_dependent);
  linear("arc.head", net.arc_head);
  file.set("arc.matrix", matrix(net.arc_matrix));
  file.set("arc.bias", matrix(net.arc_bias));
  file.set("arc.root", matrix(net.arc_root));
  linear("relation.dependent", net.relation_dependent);
  linear("relation.head", net.relation_head);
  file.set("relation.root", matrix(net.relation_root));
  linear("relation.out", net.relation_out);
  const char* names[kLabels] = {"xpos", "upos", "features", "lemma", "name", "attribution"};
  for (int l = 0; l < kLabels; ++l) {
    linear(std::string("tagger.") + names[l], net.taggers[l]);
    file.set(std::string("labels.") + names[l], corpus.labels.names[l]);
  }
  file.set("labels.relation", corpus.labels.relations);
  file.save(path);
}

}  // namespace

int main(int argc, char** argv) {
  double budget = 12e6;
  int threads = 1;
  bool everything = false;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    if (arg == "--words" && i + 1 < argc) budget = std::stod(argv[++i]);
    else if (arg == "--threads" && i + 1 < argc) threads = std::stoi(argv[++i]);
    else if (arg == "--everything") everything = true;
    else files.push_back(arg);
  }
  if (files.size() != 3) {
    fmt::print(stderr, "usage: chancery-train DATA VECTORS OUT.model [--words N] [--everything] [--threads N]\n");
    return 2;
  }
  torch::set_num_threads(threads);
  torch::manual_seed(20261123);
  std::mt19937_64 random(20261123);
  Corpus corpus = load_corpus(files[0], everything);
  ModelFile vectors = ModelFile::load(files[1]);
  Vocabulary vocabulary(vectors.strings("vocabulary"));
  auto count = [](const std::vector<Example>& es) { size_t n = 0; for (auto& e : es) n += e.words.size(); return n; };
  fmt::print("gold {} sentences {} words, silver {} sentences {} words; {} xpos, {} features, {} lemma scripts, {} relations\n", corpus.gold.size(), count(corpus.gold), corpus.silver.size(),
             count(corpus.silver), corpus.labels.names[kXpos].size(), corpus.labels.names[kFeatures].size(), corpus.labels.names[kLemma].size(), corpus.labels.relations.size());
  Net net(corpus.labels, vectors.matrix("vectors", 0, kTableWidth[kWord]));
  torch::optim::AdamW optimizer(net.parameters(), torch::optim::AdamWOptions(2.5e-3).betas({0.9, 0.98}).weight_decay(1e-4));
  auto began = std::chrono::steady_clock::now();
  double seen = 0, next_evaluation = 1e6, total_loss = 0, loss_words = 0;
  // A word of silver counts for less than one of gold; towards the end only gold is read.
  const double weights[kLabels] = {0.5, 0.4, 0.3, 0.3, 0.8, 0.5};
  while (seen < budget) {
    double progress = seen / budget;
    double silver_share = progress < 0.8 ? 0.4 : 0.12;
    std::vector<const Example*> pool;
    for (const Example& e : corpus.gold)
      if (e.words.size() <= 150) pool.push_back(&e);
    std::uniform_real_distribution<double> unit(0, 1);
    for (const Example& e : corpus.silver)
      if (e.words.size() <= 120 && unit(random) < silver_share) pool.push_back(&e);
    for (auto& group : batches(pool, 1600, random)) {
      Batch b = make_batch(group, vocabulary, &random);
      progress = std::min(1.0, seen / budget);
      double rate = 2.5e-3 * std::min(1.0, seen / 3e5 + 0.05) * (progress < 0.3 ? 1.0 : std::max(0.01, (1 - progress) / 0.7));
      for (auto& g : optimizer.param_groups()) static_cast<torch::optim::AdamWOptions&>(g.options()).lr(rate);
      optimizer.zero_grad();
      Tensor x = net.encode(b.rows, b.source, b.real);
      Tensor arcs = net.arcs(x);
      Tensor mask = torch::cat({torch::ones({b.real.size(0), 1}), b.real}, 1).unsqueeze(1);
      arcs = arcs + (mask - 1) * 1e9;
      Tensor loss = cross_entropy(arcs, b.heads) + cross_entropy(net.relations(x, b.heads.clamp_min(0)), b.relation);
      x = net.drop(x, 0.2);
      for (int l = 0; l < kLabels; ++l) loss = loss + weights[l] * cross_entropy(net.taggers[l](x), b.labels[l]);
      loss = loss / static_cast<double>(b.words);
      loss.backward();
      torch::nn::utils::clip_grad_norm_(net.parameters(), 2.0);
      optimizer.step();
      seen += b.words;
      total_loss += loss.item<double>() * b.words;
      loss_words += b.words;
      if (seen >= next_evaluation) {
        double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        fmt::print("{:.1f} M words, {:.0f} s, {:.0f} words/s, loss {:.4f}\n", seen / 1e6, seconds, seen / seconds, total_loss / loss_words);
        total_loss = loss_words = 0;
        evaluate(net, corpus, vocabulary);
        save(net, corpus, vectors.strings("vocabulary"), files[2]);
        std::fflush(stdout);
        next_evaluation += 1e6;
      }
      if (seen >= budget) break;
    }
  }
  evaluate(net, corpus, vocabulary);
  save(net, corpus, vectors.strings("vocabulary"), files[2]);
}
