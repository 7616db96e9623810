// What each stage of reading costs, in words per second, over the example reports. One thread.
// script/bench runs it; docs/benchmarks.md records it.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "article/html.h"
#include "article/load.h"
#include "base/strings.h"
#include "language/encoder.h"
#include "language/kernels.h"
#include "language/network.h"
#include "language/tokenizer.h"
#include "reading/reader.h"
#include "reading/when/times.h"
#include "record/json.h"

namespace {

using namespace chancery;

// The file that the variable names, or the usual one.
std::string file_of(const char* variable, const char* usual) {
  const char* set = std::getenv(variable);
  return set ? set : usual;
}
std::string model() { return file_of("CHANCERY_MODEL", SOURCE_DIR "/models/chancery-fast.model"); }

std::shared_ptr<const Resources> resources() {
  static const auto shared = std::make_shared<const Resources>(SOURCE_DIR "/data", model());
  return shared;
}

const std::vector<Article>& articles() {
  static const std::vector<Article> all = [] {
    std::vector<Article> out;
    std::string lines =
        read_file(file_of("CHANCERY_REPORTS", SOURCE_DIR "/examples/reports.jsonl"));
    for (std::string_view line : split(lines, '\n'))
      if (!line.empty()) out.push_back(parse_article_line(line));
    return out;
  }();
  return all;
}

template <class F>
void over_articles(benchmark::State& state, F&& work) {
  size_t words = 0;
  for (auto _ : state)
    for (const Article& a : articles()) words += work(a);
  state.counters["words/s"] =
      benchmark::Counter(static_cast<double>(words), benchmark::Counter::kIsRate);
}

size_t count(const Article& a) { return split_words(a.text).size(); }

void Tokenize(benchmark::State& state) {
  over_articles(state, [](const Article& a) {
    benchmark::DoNotOptimize(tokenize(a.text).tokens.size());
    return count(a);
  });
}
BENCHMARK(Tokenize);

void Engine(benchmark::State& state) {
  auto r = resources();
  over_articles(state, [&](const Article& a) {
    benchmark::DoNotOptimize(r->engine.analyze(a.text).tokens.size());
    return count(a);
  });
}
BENCHMARK(Engine);

// The same by each build of the kernels that this processor runs.
void EngineByKernels(benchmark::State& state) {
  std::vector<const Kernels*> all = all_kernels();
  if (state.range(0) >= static_cast<int64_t>(all.size()))
    return state.SkipWithError("this processor has no such build");
  Network network(SOURCE_DIR "/models/chancery-fast.model",
                  *all[static_cast<size_t>(state.range(0))]);
  state.SetLabel(all[static_cast<size_t>(state.range(0))]->name);
  over_articles(state, [&](const Article& a) {
    Document document = tokenize(a.text);
    network.annotate(document);
    return count(a);
  });
}
BENCHMARK(EngineByKernels)->DenseRange(0, 3);

// The encoder alone by each build: what bench/bare_encoder.py times of other programs.
void EncoderByKernels(benchmark::State& state) {
  std::vector<const Kernels*> all = all_kernels();
  if (state.range(0) >= static_cast<int64_t>(all.size()))
    return state.SkipWithError("this processor has no such build");
  const Kernels& kernels = *all[static_cast<size_t>(state.range(0))];
  ModelFile file = ModelFile::load(model());
  std::unique_ptr<Encoder> encoder = load_encoder(file, kernels);
  state.SetLabel(kernels.name);
  std::vector<float> states;
  over_articles(state, [&](const Article& a) {
    encoder->encode(tokenize(a.text), states);
    return count(a);
  });
}
BENCHMARK(EncoderByKernels)->DenseRange(0, 3);

void LoadModel(benchmark::State& state) {
  for (auto _ : state) Network network(model());
}
BENCHMARK(LoadModel)->Unit(benchmark::kMillisecond);

void TimeLayer(benchmark::State& state) {
  auto r = resources();
  std::vector<std::pair<Document, size_t>> read;
  for (const Article& a : articles()) read.emplace_back(r->engine.analyze(a.text), count(a));
  size_t words = 0;
  for (auto _ : state)
    for (const auto& [document, n] : read) {
      TreeView tree(document, r->lexicon.words());
      benchmark::DoNotOptimize(Times(tree, r->times, "2031-05-14").all().size());
      words += n;
    }
  state.counters["words/s"] =
      benchmark::Counter(static_cast<double>(words), benchmark::Counter::kIsRate);
}
BENCHMARK(TimeLayer);

void WholeRecord(benchmark::State& state) {
  Reader reader(resources());
  over_articles(state, [&](const Article& a) {
    benchmark::DoNotOptimize(to_json(reader.read(a)).size());
    return count(a);
  });
}
BENCHMARK(WholeRecord);

void HtmlPage(benchmark::State& state) {
  std::string page = read_file(SOURCE_DIR "/examples/accord.html");
  for (auto _ : state) benchmark::DoNotOptimize(read_html(page).text.size());
  state.counters["pages/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(HtmlPage);

// One encoder layer over a block of words, by each build of the kernels.
void Product(benchmark::State& state) {
  std::vector<const Kernels*> all = all_kernels();
  if (state.range(0) >= static_cast<int64_t>(all.size()))
    return state.SkipWithError("this processor has no such build");
  const Kernels& k = *all[static_cast<size_t>(state.range(0))];
  Matrix weight{256, 768, std::vector<float>(256 * 768, 0.5f)};
  std::string bytes = pack(weight, nullptr);
  std::vector<char> space(bytes.size() + 64);
  char* at = space.data() + (64 - reinterpret_cast<uintptr_t>(space.data()) % 64) % 64;
  std::copy(bytes.begin(), bytes.end(), at);
  Packed packed(weight.rows, weight.columns, {at, bytes.size()});
  std::vector<float> x(320 * 256, 0.25f), out(320 * 768);
  Quantized q;
  for (auto _ : state) {
    k.quantize(x.data(), 256, 256, 320, q);
    k.product(q, packed, out.data(), 320);
    benchmark::ClobberMemory();
  }
  state.SetLabel(k.name);
  state.counters["multiply-adds/s"] = benchmark::Counter(
      320.0 * 256 * 768 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(Product)->DenseRange(0, 3);

}  // namespace

BENCHMARK_MAIN();
