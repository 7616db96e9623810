// Trains the reader of relations (src/reading/done/relation_model.h) and adds it to a model as sections
// "relation.root.*". usage: chancery-train-relation DATA CORPUS.tsv IN.model OUT.model TABLES
// [--folds PREDICTIONS.jsonl] [--without FOLD] [--epochs N] DATA/events/plv_train.jsonl gives the
// pairs (with folds by sentence), CORPUS.tsv our invented ones (training/corpus). With
// --folds each pair is also answered by a model trained on the other folds alone, for
// score/relation.py; --without leaves a fold out of the model, to measure on it. TABLES is data/.
#include <fmt/format.h>
#include <simdjson.h>
#include <torch/torch.h>

#include <fstream>
#include <random>

#include "base/error.h"
#include "base/table.h"
#include "base/utf8.h"
#include "reading/reader.h"
#include "tensors.h"

namespace {

using namespace chancery;
using torch::Tensor;
using training::to_matrix;

struct Pair {
  std::string id;
  int root = -1, fold = -1;  // fold -1: in every training set
  RelationFeatures features;
};

int root_index(std::string name) {
  if (name == "CONCEDE" || name == "RETREAT") name = "YIELD";
  for (int k = 0; k < kRelationClasses; ++k)
    if (name == kRelationRoots[k]) return k;
  throw Error("'" + name + "' is no root");
}

std::vector<Pair> load(const std::string& plv, const std::string& corpus, const Reader& reader) {
  std::vector<Pair> out;
  simdjson::dom::parser parser;
  std::ifstream in(plv);
  if (!in) throw Error("cannot read " + plv);
  std::string line;
  while (std::getline(in, line)) {
    simdjson::dom::element row = parser.parse(line);
    std::string text{std::string_view(row["text"])};
    std::vector<uint32_t> bytes = training::bytes_of_code_points(text);
    auto span = [&](const char* name) {
      simdjson::dom::array pair = row[name];
      return Span{bytes.at(uint64_t(pair.at(0))), bytes.at(uint64_t(pair.at(1)))};
    };
    Pair p;
    p.id = std::string_view(row["id"]);
    p.root = root_index(std::string(std::string_view(row["root"])));
    p.fold = static_cast<int>(int64_t(row["fold"]));
    reader.relation_by_rule(text, span("source_span"), span("target_span"), &p.features);
    out.push_back(std::move(p));
  }
  Table table(corpus, {"root", "sentence"});
  for (const Table::Row& row : table.rows()) {
    std::string text;
    Span source{0, 0}, target{0, 0};
    for (char c : row[1]) {
      auto at = static_cast<uint32_t>(text.size());
      if (c == '[') source.begin = at;
      else if (c == ']') source.end = at;
      else if (c == '{') target.begin = at;
      else if (c == '}') target.end = at;
      else text += c;
    }
    if (source.end <= source.begin || target.end <= target.begin)
      row.fail("a sentence marks [source] and {target}");
    Pair p;
    p.root = root_index(row[0]);
    reader.relation_by_rule(text, source, target, &p.features);
    out.push_back(std::move(p));
  }
  return out;
}

struct Model {
  Tensor rows, bias;
};

struct Options {
  int epochs = 200, without = -1;
  double decay = 0.02, drop = 0.4;
};

// Softmax regression, all pairs at once, Adam with decay; dropout keeps it from leaning on single
// words.
Model fit(const std::vector<const Pair*>& pairs, const Options& o) {
  torch::manual_seed(7);
  std::vector<int64_t> index, owner, gold;
  std::vector<float> value;
  for (size_t i = 0; i < pairs.size(); ++i) {
    for (auto [row, v] : pairs[i]->features.rows) {
      index.push_back(row);
      owner.push_back(static_cast<int64_t>(i));
      value.push_back(v);
    }
    gold.push_back(pairs[i]->root);
  }
  Tensor at = torch::tensor(index), of = torch::tensor(owner), weight = torch::tensor(value),
         y = torch::tensor(gold);
  // Rare roots count for more: the measure is the mean over roots.
  std::vector<float> count(kRelationClasses, 0);
  for (int64_t g : gold) count[g] += 1;
  std::vector<float> balance;
  for (float c : count)
    balance.push_back(
        std::pow(static_cast<float>(pairs.size()) / (kRelationClasses * std::max(1.f, c)), 0.5f));
  Tensor class_weight = torch::tensor(balance);
  Model m{torch::zeros({kRelationRows, kRelationClasses}), torch::zeros({kRelationClasses})};
  std::vector<Tensor> all = {m.rows, m.bias};
  for (Tensor& t : all) t.set_requires_grad(true);
  torch::optim::Adam optimizer({m.rows, m.bias}, torch::optim::AdamOptions(0.03));
  for (int e = 0; e < o.epochs; ++e) {
    for (auto& g : optimizer.param_groups())
      static_cast<torch::optim::AdamOptions&>(g.options()).lr(0.03 * (1 - 0.9 * e / o.epochs));
    optimizer.zero_grad();
    Tensor mask =
        torch::empty({static_cast<int64_t>(index.size())}).bernoulli_(1 - o.drop) / (1 - o.drop);
    Tensor parts = m.rows.index_select(0, at) * (weight * mask).unsqueeze(1);
    Tensor scores = torch::zeros({static_cast<int64_t>(pairs.size()), kRelationClasses})
                        .index_add(0, of, parts);
    scores = scores + m.bias;
    Tensor loss = torch::nn::functional::cross_entropy(
        scores, y, torch::nn::functional::CrossEntropyFuncOptions().weight(class_weight));
    loss = loss + o.decay * m.rows.pow(2).sum() / 100;
    loss.backward();
    optimizer.step();
  }
  return m;
}

int answer(const Model& m, const Pair& p) {
  torch::NoGradGuard guard;
  Tensor scores = m.bias.clone();
  for (auto [row, value] : p.features.rows) scores += m.rows[row] * value;
  return static_cast<int>(scores.argmax().item<int64_t>());
}

}  // namespace

int main(int argc, char** argv) {
  std::string folds;
  Options options;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    auto value = [&] { return std::string(i + 1 < argc ? argv[++i] : ""); };
    if (arg == "--folds") folds = value();
    else if (arg == "--epochs") options.epochs = std::stoi(value());
    else if (arg == "--without") options.without = std::stoi(value());
    else if (arg == "--decay") options.decay = std::stod(value());
    else if (arg == "--drop") options.drop = std::stod(value());
    else files.push_back(arg);
  }
  if (files.size() != 5) {
    fmt::print(stderr,
               "usage: chancery-train-relation DATA CORPUS.tsv IN.model OUT.model TABLES [--folds "
               "PREDICTIONS.jsonl] [--epochs N]\n");
    return 2;
  }
  try {
    torch::set_num_threads(1);
    Reader reader(std::make_shared<const Resources>(files[4], files[2]));
    std::vector<Pair> pairs = load(files[0] + "/events/plv_train.jsonl", files[1], reader);
    std::erase_if(pairs, [](const Pair& p) { return p.features.rows.empty(); });
    if (!folds.empty()) {
      std::ofstream out(folds);
      for (int fold = 0; fold < 5; ++fold) {
        std::vector<const Pair*> training;
        for (const Pair& p : pairs)
          if (p.fold != fold) training.push_back(&p);
        Model m = fit(training, options);
        for (const Pair& p : pairs)
          if (p.fold == fold)
            out << "{\"id\":\"" << p.id << "\",\"root\":\"" << kRelationRoots[answer(m, p)]
                << "\"}\n";
      }
    }
    std::vector<const Pair*> all;
    for (const Pair& p : pairs)
      if (options.without < 0 || p.fold != options.without) all.push_back(&p);
    Model m = fit(all, options);
    ModelFile file = ModelFile::load(files[2]);
    file.set("relation.root.rows", to_matrix(m.rows));
    file.set("relation.root.bias", to_matrix(m.bias), SectionKind::floats);
    file.save(files[3]);
    fmt::print("{} pairs\n", pairs.size());
  } catch (const std::exception& error) {
    fmt::print(stderr, "chancery-train-relation: {}\n", error.what());
    return 1;
  }
}
