// Makes models/blocks.model: the judges that tell an article's blocks from the page around it.
//
//   chancery-train-blocks DATA --out models/blocks.model
//   chancery-train-blocks DATA --held-out FOLDER      each page judged by models that never saw its
//                                                     site; SET.jsonl for the scorer of pages
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <thread>
#include <unordered_map>

#include "article/block_judge.h"
#include "article/body.h"
#include "base/error.h"
#include "base/strings.h"
#include "judge_trainer.h"
#include "pages.h"
#include "record/json.h"

namespace chancery::training {
namespace {

using Pages = std::vector<const LabelledPage*>;

// A site is in one part of the pages, whatever set its pages come from.
size_t part_of(const LabelledPage& page, size_t parts, uint64_t salt) {
  uint64_t h = hash64(page.site, 14695981039346656037ull ^ salt * 0x9E3779B97F4A7C15ull);
  return (h ^ h >> 31) * 0xBF58476D1CE4E5B9ull % 1000003 % parts;
}

void split_by_site(const Pages& pages, size_t parts, size_t part, uint64_t salt, Pages& in,
                   Pages& left_out) {
  for (const LabelledPage* p : pages)
    (part_of(*p, parts, salt) == part ? left_out : in).push_back(p);
}

// Labels that a page got beside those that people gave it.
struct Labels {
  std::vector<uint32_t> allowed;
  std::vector<float> weight;
};
using MoreLabels = std::unordered_map<const LabelledPage*, Labels>;

std::vector<Example> examples_of(const LabelledPage& page, const BlockFeatures& features,
                                 const MoreLabels& more = {}) {
  auto found = more.find(&page);
  const std::vector<uint32_t>& allowed = found == more.end() ? page.allowed : found->second.allowed;
  const std::vector<float>& weight = found == more.end() ? page.weight : found->second.weight;
  std::vector<Example> out;
  for (size_t i = 0; i < allowed.size(); ++i)
    if (allowed[i]) out.push_back({features.of(i), allowed[i], weight[i]});
  return out;
}

struct Judges {
  JudgeWeights first, second;
};

struct Plan {
  Schooling first, second;
  size_t inner = 4;
  float sure = 1;  // from which probability on a draft's answer is a label; 1: never
};

// The first judge is asked about pages of sites that it has not seen, and from its answers the
// second learns; then the first learns from all.
Judges teach_both(const Pages& pages, const Plan& plan, const MoreLabels& more = {}) {
  std::vector<BlockFeatures> contexts(pages.size());
  std::vector<Example> second;
  for (size_t part = 0; part < plan.inner; ++part) {
    Pages in, out;
    split_by_site(pages, plan.inner, part, 7, in, out);
    std::vector<Example> examples;
    for (const LabelledPage* p : in)
      for (const Example& e : examples_of(*p, p->features, more)) examples.push_back(e);
    Judge judge(teach(block_feature_names(), block_kind_names(), examples, plan.first));
    for (size_t i = 0; i < pages.size(); ++i)
      if (part_of(*pages[i], plan.inner, 7) == part)
        contexts[i] = context_features(pages[i]->page, pages[i]->features,
                                       judge_blocks(judge, pages[i]->features));
  }
  std::vector<Example> all;
  for (size_t i = 0; i < pages.size(); ++i) {
    for (const Example& e : examples_of(*pages[i], pages[i]->features, more)) all.push_back(e);
    for (const Example& e : examples_of(*pages[i], contexts[i], more)) second.push_back(e);
  }
  Judges judges;
  judges.first = teach(block_feature_names(), block_kind_names(), all, plan.first);
  judges.second = teach(context_feature_names(), block_kind_names(), second, plan.second);
  return judges;
}

std::vector<float> probabilities(const Judges& judges, const LabelledPage& page,
                                 BlockFeatures* context = nullptr) {
  BlockFeatures c =
      context_features(page.page, page.features, judge_blocks(Judge(judges.first), page.features));
  std::vector<float> p = judge_blocks(Judge(judges.second), c);
  if (context) *context = std::move(c);
  return p;
}

// Most pages of one set have labels for a few pieces only. Judges that learnt from the others say
// what their remaining blocks are, where they are sure; that is many more sites to learn from.
MoreLabels label_the_rest(const Judges& judges, const Pages& pages, float sure) {
  MoreLabels more;
  for (const LabelledPage* page : pages) {
    if (page->set != "segments") continue;
    std::vector<float> p = probabilities(judges, *page);
    Labels labels{page->allowed, {}};
    for (size_t i = 0; i < page->allowed.size(); ++i) {
      if (labels.allowed[i]) continue;
      const float* mine = &p[i * kBlockKinds];
      for (uint32_t k = 0; k < kBlockKinds; ++k)
        if (mine[k] > sure) labels.allowed[i] = 1u << k;
    }
    labels.weight = weights_of(*page, labels.allowed, 25);
    for (size_t i = 0; i < labels.weight.size(); ++i)
      if (page->allowed[i]) labels.weight[i] = std::min(labels.weight[i] * 2, 4.0f);
    more[page] = std::move(labels);
  }
  return more;
}

Judges teach_twice(const Pages& pages, const Plan& plan) {
  if (plan.sure >= 1) return teach_both(pages, plan);
  Plan draft = plan;
  draft.first.pupils = draft.second.pupils = 1;
  return teach_both(pages, plan, label_the_rest(teach_both(pages, draft), pages, plan.sure));
}

// What the scorer reads; the set's convention on standfirsts and headings applied.
std::string told(const LabelledPage& page, const std::vector<BlockKind>& kinds,
                 const PageSet& set) {
  Article article;
  article.id = page.id;
  article.title = page.header.title;
  article.published = page.header.published;
  article.byline = page.header.byline;
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (!of_the_text(kinds[i])) continue;
    if (!set.standfirsts && kinds[i] == BlockKind::standfirst) continue;
    if (!set.headings && kinds[i] == BlockKind::heading) continue;
    article.text += (article.text.empty() ? "" : "\n\n") + page.texts[i];
  }
  complete_body(page.header, article);
  return article_to_json(article) + "\n";
}

int run(int argc, char** argv) {
  CLI::App app("Teaches the judges of blocks");
  std::string data, out, held_out;
  size_t parts = 6;
  uint32_t second_buckets = 1 << 13;
  Plan plan;
  bool oracle = false, rules = false;
  app.add_option("DATA", data, "Folder with page, modern and newspages")->required();
  app.add_option("--out", out, "The model's file");
  app.add_option("--held-out", held_out, "Judge each page by models without its site, into here");
  app.add_option("--parts", parts, "Parts of the sites, for --held-out")->capture_default_str();
  app.add_option("--passes", plan.first.passes)->capture_default_str();
  app.add_option("--hidden", plan.first.hidden)->capture_default_str();
  app.add_option("--buckets", plan.first.buckets)->capture_default_str();
  app.add_option("--second-buckets", second_buckets)->capture_default_str();
  app.add_option("--seed", plan.first.seed)->capture_default_str();
  app.add_option("--pupils", plan.first.pupils)->capture_default_str();
  app.add_option("--sure", plan.sure)->capture_default_str();
  app.add_option("--inner", plan.inner)->capture_default_str();
  app.add_option("--rate", plan.first.rate)->capture_default_str();
  app.add_option("--forget", plan.first.forget_sparse)->capture_default_str();
  app.add_flag("--labels", oracle, "Into --held-out: the texts by the labels, the best there is");
  app.add_flag("--rules", rules, "Into --held-out: the texts by the rules of thumb alone");
  CLI11_PARSE(app, argc, argv);
  plan.second = plan.first;
  plan.second.buckets = second_buckets;
  ++plan.second.seed;

  const std::vector<PageSet> sets = {
      {"bodies", "page", "bodies.jsonl", false, true, false},
      {"segments", "page", "segments.jsonl", true, true, true},
      {"modern", "modern", "modern.jsonl", true, true, false},
      {"newspages", "newspages", "newspages.jsonl", true, true, false}};
  std::vector<LabelledPage> store;
  for (const PageSet& set : sets)
    for (LabelledPage& p : read_pages(data, set)) store.push_back(std::move(p));
  size_t blocks = 0;
  for (const LabelledPage& p : store) blocks += p.texts.size();
  fmt::print(stderr, "{} pages, {} blocks\n", store.size(), blocks);
  Pages pages;
  for (const LabelledPage& p : store) pages.push_back(&p);

  if (!held_out.empty()) {
    std::filesystem::create_directories(held_out);
    std::vector<std::vector<BlockKind>> kinds(pages.size());
    std::vector<std::thread> threads;
    for (size_t worker = 0; worker < 2; ++worker)
      threads.emplace_back([&, worker] {
        for (size_t part = worker; part < parts && !oracle && !rules; part += 2) {
          Pages in, left;
          split_by_site(pages, parts, part, 1, in, left);
          Judges judges = teach_twice(in, plan);
          for (size_t i = 0; i < pages.size(); ++i)
            if (part_of(*pages[i], parts, 1) == part)
              kinds[i] =
                  settle_blocks(pages[i]->page, pages[i]->header, probabilities(judges, *pages[i]));
        }
      });
    for (std::thread& t : threads) t.join();
    for (const PageSet& set : sets) {
      std::ofstream file(held_out + "/" + set.name + ".jsonl");
      for (size_t i = 0; i < pages.size(); ++i) {
        if (pages[i]->set != set.name) continue;
        if (oracle)
          for (uint32_t a : pages[i]->allowed)
            kinds[i].push_back(a == 0 ? BlockKind::furniture
                                      : static_cast<BlockKind>(__builtin_ctz(a)));
        if (rules)
          for (const Block& b : pages[i]->page.blocks)
            kinds[i].push_back(b.kept ? BlockKind::text : BlockKind::furniture);
        file << told(*pages[i], kinds[i], set);
      }
    }
  }
  if (!out.empty()) {
    // The temperature from pages whose sites a first teaching left out.
    Pages in, left;
    split_by_site(pages, 5, 0, 3, in, left);
    Judges trial = teach_twice(in, plan);
    std::vector<Example> second;
    std::vector<BlockFeatures> contexts(left.size());
    for (size_t i = 0; i < left.size(); ++i) {
      probabilities(trial, *left[i], &contexts[i]);
      for (const Example& e : examples_of(*left[i], contexts[i])) second.push_back(e);
    }
    Judges judges = teach_twice(pages, plan);
    judges.second.temperature = fit_temperature(trial.second, second);
    fmt::print(stderr, "temperature {:.2f}\n", judges.second.temperature);
    ModelFile file;
    put_judge(file, "first", judges.first);
    put_judge(file, "second", judges.second);
    file.save(out);
  }
  return 0;
}

}  // namespace
}  // namespace chancery::training

int main(int argc, char** argv) {
  try {
    return chancery::training::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
