// Trains the reader of attributions on what the packed language model's encoder says of each word,
// and adds it to the model: sections "readers" (the projections of the encoder's output, one
// product at run time) and "attribution.*". usage: chancery-train-attribution DATA PACKED.model
// OUT.model [--epochs N] [--seed N] [--dropout R] DATA/statements/train.jsonl is read; one article
// in twelve is kept apart to report how the training goes. The model is described in
// src/reading/said/attribution_model.h.
#include <fmt/format.h>
#include <simdjson.h>
#include <torch/torch.h>

#include <fstream>
#include <random>

#include "base/error.h"
#include "base/utf8.h"
#include "language/engine.h"
#include "language/kernels.h"
#include "reading/said/attribution_model.h"
#include "tensors.h"

namespace {

using namespace chancery;
using torch::Tensor;
using training::to_matrix;

struct Gold {
  int cue = -1;
  std::vector<char> roles;  // of the window's words: 0, 1 source, 2 content
  TreeView::Range window{0, 0};
  std::vector<AttributionFeatures::PairRowsOf> rows;
};

struct Article {
  std::vector<float> states;
  int size = 0;
  std::vector<AttributionFeatures::CueRowsOf> cue_rows;
  std::vector<char> is_cue;
  std::vector<Gold> gold;
};

std::vector<Article> read_articles(const std::string& path, const LanguageEngine& engine,
                                   int& lost) {
  const WordLists words("data/lexicon/words.tsv");
  std::vector<Article> out;
  simdjson::dom::parser parser;
  std::ifstream in(path);
  if (!in) throw Error("cannot read " + path);
  std::string line;
  while (std::getline(in, line)) {
    simdjson::dom::element row = parser.parse(line);
    std::string text{std::string_view(row["text"])};
    std::vector<uint32_t> bytes = training::bytes_of_code_points(text);
    Document document = engine.analyze(text);
    Article a;
    a.size = document.size();
    engine.network().annotate(document, &a.states);
    TreeView tree(document, words);
    std::vector<Quotation> quotations = find_quotations(document);
    AttributionFeatures features(tree, quotations);
    for (int i = 0; i < a.size; ++i) a.cue_rows.push_back(features.cue(i));
    a.is_cue.assign(a.size, 0);
    for (simdjson::dom::element x : simdjson::dom::array(row["attributions"])) {
      auto ranges = [&](const char* role) {
        std::vector<TreeView::Range> r;
        for (simdjson::dom::element span : simdjson::dom::array(x[role])) {
          simdjson::dom::array pair = span;
          auto it = pair.begin();
          auto first = static_cast<size_t>(uint64_t(*it));
          ++it;
          auto last = static_cast<size_t>(uint64_t(*it));
          TreeView::Range t = tree.range_of({bytes.at(first), bytes.at(last)});
          if (t.end > t.begin) r.push_back(t);
        }
        return r;
      };
      auto cue = ranges("cue");
      if (cue.empty()) continue;
      // The cue's own word: the one that hangs outside the span; a verb before a preposition.
      int head = -1;
      for (int i = cue[0].begin; i < cue[0].end; ++i) {
        int h = tree[i].head;
        if (h >= cue[0].begin && h < cue[0].end) continue;
        if (head < 0 || (!tree.verb(head) && tree.verb(i))) head = i;
      }
      Gold g;
      g.cue = head;
      g.window = features.window(head);
      g.roles.assign(g.window.end - g.window.begin, 0);
      int outside = 0;
      auto mark = [&](const char* role, char label) {
        for (auto r : ranges(role))
          for (int i = r.begin; i < r.end; ++i) {
            if (i < g.window.begin || i >= g.window.end) ++outside;
            else g.roles[i - g.window.begin] = label;
          }
      };
      mark("source", 1);
      mark("content", 2);
      lost += outside > 0;
      a.is_cue[head] = 1;
      features.pairs(head, g.window, g.rows);
      a.gold.push_back(std::move(g));
    }
    out.push_back(std::move(a));
  }
  return out;
}

struct Model : torch::nn::Module {
  explicit Model(int64_t width) {
    token = register_module("token", torch::nn::Linear(width, kPairWidth));
    cue = register_module("cue", torch::nn::Linear(width, kPairWidth));
    mark = register_module("mark", torch::nn::Linear(width, kCueWidth));
    cue_rows = register_parameter("cue_rows", torch::randn({kCueRows, kCueWidth}) * 0.02);
    pair_rows = register_parameter("pair_rows", torch::randn({kPairRows, kPairWidth}) * 0.02);
    cue_out = register_module("cue_out", torch::nn::Linear(kCueWidth, 1));
    pair_out = register_module("pair_out", torch::nn::Linear(kPairWidth, 3));
  }
  Tensor cues(const Tensor& h, const Tensor& rows) {
    Tensor f = cue_rows.index_select(0, rows.view({-1}))
                   .view({rows.size(0), kCueFeatures, kCueWidth})
                   .sum(1);
    return cue_out(torch::dropout(torch::relu(mark(h) + f), 0.2, is_training())).squeeze(1);
  }
  Tensor roles(const Tensor& h, const Tensor& of, const Tensor& by, const Tensor& rows) {
    Tensor f = pair_rows.index_select(0, rows.view({-1}))
                   .view({rows.size(0), kPairFeatures, kPairWidth})
                   .sum(1);
    Tensor x = token(h).index_select(0, of) + cue(h).index_select(0, by) + f;
    return pair_out(torch::dropout(torch::relu(x), 0.2, is_training()));
  }
  torch::nn::Linear token{nullptr}, cue{nullptr}, mark{nullptr}, cue_out{nullptr},
      pair_out{nullptr};
  Tensor cue_rows, pair_rows;
};

struct Batch {
  Tensor h, cue_rows, is_cue, of, by, pair_rows, role;
};

Batch batch_of(const Article& a, int64_t width) {
  Batch b;
  b.h = torch::from_blob(const_cast<float*>(a.states.data()), {a.size, width}, torch::kFloat);
  std::vector<int64_t> cue_rows, of, by, rows, role;
  for (const auto& r : a.cue_rows) cue_rows.insert(cue_rows.end(), r.begin(), r.end());
  for (const Gold& g : a.gold)
    for (size_t k = 0; k < g.roles.size(); ++k) {
      if (g.window.begin + static_cast<int>(k) == g.cue) continue;
      of.push_back(g.window.begin + static_cast<int64_t>(k));
      by.push_back(g.cue);
      rows.insert(rows.end(), g.rows[k].begin(), g.rows[k].end());
      role.push_back(g.roles[k]);
    }
  b.cue_rows = torch::tensor(cue_rows).view({a.size, kCueFeatures});
  std::vector<float> is(a.is_cue.begin(), a.is_cue.end());
  b.is_cue = torch::tensor(is);
  b.of = torch::tensor(of);
  b.by = torch::tensor(by);
  b.pair_rows = torch::tensor(rows).view({-1, kPairFeatures});
  b.role = torch::tensor(role);
  return b;
}

// All sections of the packed model, and ours beside them.
void add_to(const std::string& from, const std::string& to, Model& m) {
  ModelFile file = ModelFile::load(from);
  torch::NoGradGuard guard;
  Matrix weight = to_matrix(torch::cat({m.token->weight, m.cue->weight, m.mark->weight}, 0).t());
  Matrix bias = to_matrix(torch::cat({m.token->bias, m.cue->bias, m.mark->bias}, 0));
  file.set("readers", SectionKind::packed, weight.rows, weight.columns, pack(weight, &bias));
  file.set("attribution.cue.rows", to_matrix(m.cue_rows));
  file.set("attribution.cue.out",
           to_matrix(torch::cat({m.cue_out->weight.view({-1}), m.cue_out->bias})),
           SectionKind::floats);
  file.set("attribution.pair.rows", to_matrix(m.pair_rows));
  file.set("attribution.pair.out", to_matrix(m.pair_out->weight), SectionKind::floats);
  file.set("attribution.pair.bias", to_matrix(m.pair_out->bias), SectionKind::floats);
  file.save(to);
}

void train(const std::string& data, const std::string& from, const std::string& to, int epochs,
           int seed, double dropout) {
  LanguageEngine engine(from);
  int64_t width = engine.network().shape().width;
  int lost = 0;
  std::vector<Article> articles = read_articles(data + "/statements/train.jsonl", engine, lost);
  size_t count = 0;
  for (const Article& a : articles) count += a.gold.size();
  fmt::print("{} articles, {} attributions, {} reach beyond the window\n", articles.size(), count,
             lost);
  std::vector<Batch> training, held;
  for (size_t i = 0; i < articles.size(); ++i)
    (i % 12 == 5 ? held : training).push_back(batch_of(articles[i], width));
  torch::manual_seed(seed);
  std::mt19937_64 random(seed);
  Model m(width);
  torch::optim::AdamW optimizer(m.parameters(),
                                torch::optim::AdamWOptions(1.5e-3).weight_decay(1e-3));
  long step = 0, steps = static_cast<long>(epochs) * static_cast<long>(training.size());
  for (int e = 0; e < epochs; ++e) {
    std::shuffle(training.begin(), training.end(), random);
    double loss_sum = 0;
    for (const Batch& b : training) {
      double rate =
          1.5e-3 * std::max(0.02, 1 - static_cast<double>(step++) / static_cast<double>(steps));
      for (auto& g : optimizer.param_groups())
        static_cast<torch::optim::AdamWOptions&>(g.options()).lr(rate);
      optimizer.zero_grad();
      Tensor h = torch::dropout(b.h, dropout, true);
      Tensor loss = torch::binary_cross_entropy_with_logits(m.cues(h, b.cue_rows), b.is_cue, {}, {},
                                                            at::Reduction::Sum);
      if (b.role.numel())
        loss = loss +
               0.15 * torch::nn::functional::cross_entropy(
                          m.roles(h, b.of, b.by, b.pair_rows), b.role,
                          torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kSum));
      loss = loss / 100;
      loss.backward();
      torch::nn::utils::clip_grad_norm_(m.parameters(), 5.0);
      optimizer.step();
      loss_sum += loss.item<double>();
    }
    m.eval();
    double hit = 0, said = 0, gold = 0, right = 0, all = 0, role_hit[3] = {}, role_said[3] = {},
           role_gold[3] = {};
    {
      torch::NoGradGuard guard;
      for (const Batch& b : held) {
        Tensor cue = m.cues(b.h, b.cue_rows) > 0;
        hit += (cue.to(torch::kFloat) * b.is_cue).sum().item<double>();
        said += cue.sum().item<double>();
        gold += b.is_cue.sum().item<double>();
        if (!b.role.numel()) continue;
        Tensor role = m.roles(b.h, b.of, b.by, b.pair_rows).argmax(1);
        right += (role == b.role).sum().item<double>();
        all += static_cast<double>(b.role.numel());
        for (int r = 1; r < 3; ++r) {
          role_hit[r] += ((role == r).logical_and(b.role == r)).sum().item<double>();
          role_said[r] += (role == r).sum().item<double>();
          role_gold[r] += (b.role == r).sum().item<double>();
        }
      }
    }
    m.train();
    fmt::print(
        "epoch {}: loss {:.3f}; held out: cues F1 {:.3f} (P {:.3f} R {:.3f}), roles {:.4f}, source "
        "words F1 {:.3f}, content words F1 {:.3f}\n",
        e + 1, loss_sum / static_cast<double>(training.size()), 2 * hit / (said + gold), hit / said,
        hit / gold, right / all, 2 * role_hit[1] / (role_said[1] + role_gold[1]),
        2 * role_hit[2] / (role_said[2] + role_gold[2]));
    std::fflush(stdout);
  }
  add_to(from, to, m);
}

}  // namespace

int main(int argc, char** argv) {
  int epochs = 10, seed = 20261124;
  double dropout = 0.2;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    if (arg == "--epochs" && i + 1 < argc) epochs = std::atoi(argv[++i]);
    else if (arg == "--seed" && i + 1 < argc) seed = std::atoi(argv[++i]);
    else if (arg == "--dropout" && i + 1 < argc) dropout = std::atof(argv[++i]);
    else files.push_back(arg);
  }
  if (files.size() != 3) {
    fmt::print(stderr,
               "usage: chancery-train-attribution DATA PACKED.model OUT.model [--epochs N] [--seed "
               "N] [--dropout R]\n");
    return 2;
  }
  try {
    torch::set_num_threads(1);
    train(files[0], files[1], files[2], epochs, seed, dropout);
  } catch (const std::exception& error) {
    fmt::print(stderr, "chancery-train-attribution: {}\n", error.what());
    return 1;
  }
}
