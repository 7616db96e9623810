#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstring>
#include <random>

#include "accurate.h"
#include "base/error.h"
#include "base/half_float.h"
#include "base/model_file.h"
#include "base/utf8.h"
#include "language/conllu.h"
#include "language/engine.h"
#include "language/kernels.h"
#include "language/lemma.h"
#include "language/sections.h"
#include "language/tokenizer.h"
#include "language/tree.h"
#include "language/verb_forms.h"
#include "support.h"

namespace chancery {
namespace {

std::vector<std::string> tokens(const std::string& text) {
  std::vector<std::string> out;
  Document d = tokenize(text);
  for (const Token& t : d.tokens) out.emplace_back(t.form);
  return out;
}

using Forms = std::vector<std::string>;

TEST(Tokenizer, SplitsAsTheTreebanksDo) {
  EXPECT_EQ(tokens("Kim’s state-run agency can't say."),
            (Forms{"Kim", "’s", "state", "-", "run", "agency", "ca", "n't", "say", "."}));
  EXPECT_EQ(tokens("It cost $1.2bn, or 8.5% of GDP."),
            (Forms{"It", "cost", "$", "1.2", "bn", ",", "or", "8.5", "%", "of", "GDP", "."}));
  EXPECT_EQ(tokens("The U.S. anti-war bloc (UN) met at 10:30 a.m. on Sept. 22."),
            (Forms{"The", "U.S.", "anti-war", "bloc", "(", "UN", ")", "met", "at", "10:30", "a.m.",
                   "on", "Sept.", "22", "."}));
  EXPECT_EQ(
      tokens("Write to ana.ruiz@harbour.example or https://harbour.example/a-b."),
      (Forms{"Write", "to", "ana.ruiz@harbour.example", "or", "https://harbour.example/a-b", "."}));
  EXPECT_EQ(tokens("Wait... “No!” he said…"),
            (Forms{"Wait", "...", "“", "No", "!", "”", "he", "said", "…"}));
}

TEST(Tokenizer, FindsSentences) {
  auto count = [](const std::string& text) { return tokenize(text).sentences.size(); };
  EXPECT_EQ(count("Mr. Varga met Gen. Ilo on Sept. 22. They talked."), 2u);
  EXPECT_EQ(count("“We will go,” he said. “Nobody can stop us.” The ship left."), 3u);
  EXPECT_EQ(count("He lives in the U.S. The ship is here."), 2u);
  EXPECT_EQ(count("One line\n\nAnother line"), 2u);
  EXPECT_EQ(count("ZARAVEC, May 3 (Nordsentral) -- The premier left."), 2u);
  EXPECT_EQ(count("“Really?” Varga asked."), 1u);
}

TEST(Tokenizer, EveryCharacterIsInOneToken) {
  std::mt19937 random(11);
  const std::u32string alphabet = U"abcXYZ .,'’“”\"-–—()\n\t0123456789$%@#/:;!?éß漢…";
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 200; ++i) append_utf8(text, alphabet[random() % alphabet.size()]);
    Document d = tokenize(text);
    uint32_t at = 0;
    for (const Token& t : d.tokens) {
      ASSERT_LE(at, t.span.begin);
      for (size_t k = at; k < t.span.begin;) ASSERT_TRUE(is_space(decode_utf8(text, k)));
      ASSERT_LT(t.span.begin, t.span.end);
      ASSERT_EQ(t.span.of(text), t.form);
      at = t.span.end;
    }
    int next = 0;
    for (const Sentence& s : d.sentences) {
      ASSERT_EQ(s.begin, next);
      ASSERT_GT(s.end, s.begin);
      next = s.end;
    }
    ASSERT_EQ(next, d.size());
  }
}

TEST(Lemma, ScriptsTurnFormsIntoLemmas) {
  for (auto [form, lemma] : {std::pair{"went", "go"},
                             {"Talks", "talk"},
                             {"criticized", "criticize"},
                             {"Paris", "Paris"},
                             {"is", "be"},
                             {"cities", "city"}})
    EXPECT_EQ(apply_lemma_script(form, lemma_script(form, lemma)), lemma);
  EXPECT_EQ(apply_lemma_script("a", "l3:x"), "a") << "a script that does not fit leaves the word";
}

TEST(VerbForms, LettersSayWhatAVerbMayComeFrom) {
  // Every verb that the letters allow.
  for (auto [form, lemmas] : {std::pair{"condemned", "condemn"},
                              {"opposed", "oppos oppose"},
                              {"stopped", "stop"},
                              {"Committed", "commit"},
                              {"called", "call cal"},
                              {"added", "add ad"},
                              {"passed", "pass"},
                              {"settled", "settle"},
                              {"curled", "curl"},
                              {"approved", "approve"},
                              {"produced", "produce"},
                              {"urged", "urge"},
                              {"reported", "report"},
                              {"endorsed", "endors endorse"},
                              {"justified", "justify"},
                              {"tied", "tie"},
                              {"denouncing", "denounce"},
                              {"abolishing", "abolish"},
                              {"banning", "ban"},
                              {"proceed", ""},
                              {"agreed", ""},
                              {"embed", ""},
                              {"shed", ""},
                              {"bring", ""},
                              {"led", ""},
                              {"talks", ""}}) {
    std::string all;
    for (std::string_view script : verb_scripts(form, verb_form(form)))
      all += (all.empty() ? "" : " ") + apply_lemma_script(form, script);
    EXPECT_EQ(all, lemmas) << form;
  }
  EXPECT_TRUE(verb_tag_fits(VerbForm::past, "VBN"));
  EXPECT_FALSE(verb_tag_fits(VerbForm::past, "VB"));
  EXPECT_FALSE(verb_tag_fits(VerbForm::past, "JJ"));
  EXPECT_TRUE(verb_tag_fits(VerbForm::past, "NNP")) << "no verb's tag: another question";
  EXPECT_FALSE(verb_tag_fits(VerbForm::participle, "VBD"));
  EXPECT_TRUE(verb_tag_fits(VerbForm::other, "VB"));
}

TEST(VerbForms, OfWhatTheLettersAllowTheVocabularyHasTheWord) {
  Document d = test::resources()->engine.analyze(
      "The talks were postponed. The vote was postponed to January.");
  int verbs = 0;
  for (const Token& t : d.tokens)
    if (t.form == "postponed") verbs += t.lemma == "postpone";
  EXPECT_EQ(verbs, 2);
}

TEST(VerbForms, NoVerbKeepsTheEndingOfItsForm) {
  Document d = test::accurate()->engine.analyze(
      "Norway condemned the attack on Friday. The officers condemned it too. Iceland rejected the "
      "offer, signed the pact and planned talks.");
  int verbs = 0;
  for (const Token& t : d.tokens)
    if (std::string_view(t.form).ends_with("ed") && std::string_view(t.upos) == "VERB") {
      ++verbs;
      EXPECT_TRUE(t.lemma == "condemn" || t.lemma == "reject" || t.lemma == "sign" ||
                  t.lemma == "plan")
          << t.form << " " << t.lemma;
      EXPECT_TRUE(std::string_view(t.xpos) == "VBD" || std::string_view(t.xpos) == "VBN") << t.form;
    }
  EXPECT_EQ(verbs, 5);
}

TEST(Tree, IsATreeWithOneRoot) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> unit(-3, 3);
  for (int round = 0; round < 300; ++round) {
    int n = 1 + static_cast<int>(random() % 14);
    std::vector<float> scores(static_cast<size_t>(n) * (n + 1));
    for (float& s : scores) s = unit(random);
    std::vector<int> heads = best_tree(scores, n);
    int roots = 0;
    for (int i = 1; i <= n; ++i) {
      roots += heads[i - 1] == 0;
      int at = i, steps = 0;
      while (at != 0 && steps++ <= n) at = heads[at - 1];
      ASSERT_EQ(at, 0) << "a cycle";
    }
    ASSERT_EQ(roots, 1);
  }
}

// All heads of up to five words tried: nothing scores better.
TEST(Tree, IsTheBestOne) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> unit(-3, 3);
  for (int round = 0; round < 60; ++round) {
    int n = 2 + static_cast<int>(random() % 4);
    std::vector<float> scores(static_cast<size_t>(n) * (n + 1));
    for (float& s : scores) s = unit(random);
    auto total = [&](const std::vector<int>& heads) {
      float sum = 0;
      for (int i = 0; i < n; ++i) sum += scores[static_cast<size_t>(i) * (n + 1) + heads[i]];
      return sum;
    };
    float best = -1e9f;
    std::vector<int> heads(n, 0);
    for (;;) {
      int roots = 0;
      bool tree = true;
      for (int i = 1; i <= n; ++i) {
        roots += heads[i - 1] == 0;
        int at = i, steps = 0;
        while (at != 0 && steps++ <= n) at = heads[at - 1];
        tree &= at == 0 && heads[i - 1] != i;
      }
      if (tree && roots == 1) best = std::max(best, total(heads));
      int k = 0;
      while (k < n && ++heads[k] > n) heads[k++] = 0;
      if (k == n) break;
    }
    ASSERT_NEAR(total(best_tree(scores, n)), best, 1e-4);
  }
}

// The plain way, for comparison: contract one cycle and solve the smaller graph (Edmonds 1967).
// s[d][h]; node 0 is the root.
std::vector<int> plain_arborescence(const std::vector<std::vector<double>>& s) {
  int n = static_cast<int>(s.size());
  std::vector<int> head(n, 0), colour(n, 0), cycle;
  for (int d = 1; d < n; ++d) {
    head[d] = d == 1 && n > 1 ? 0 : head[d];
    for (int h = 0; h < n; ++h)
      if (h != d && s[d][h] > s[d][head[d]]) head[d] = h;
  }
  for (int d = 1; d < n && cycle.empty(); ++d) {
    int at = d;
    for (; at != 0 && colour[at] == 0; at = head[at]) colour[at] = d;
    if (at == 0 || colour[at] != d) continue;
    for (int v = at; cycle.empty() || v != at; v = head[v]) cycle.push_back(v);
  }
  if (cycle.empty()) return head;
  std::vector<int> outer;
  for (int v = 0; v < n; ++v)
    if (std::find(cycle.begin(), cycle.end(), v) == cycle.end()) outer.push_back(v);
  int m = static_cast<int>(outer.size());
  std::vector<std::vector<double>> t(m + 1, std::vector<double>(m + 1, -1e30));
  std::vector<int> enter(m, cycle[0]), leave(m, cycle[0]);
  for (int a = 0; a < m; ++a) {
    for (int b = 0; b < m; ++b) t[a][b] = s[outer[a]][outer[b]];
    for (int v : cycle) {
      if (double in = s[v][outer[a]] - s[v][head[v]]; in > t[m][a]) t[m][a] = in, enter[a] = v;
      if (s[outer[a]][v] > t[a][m]) t[a][m] = s[outer[a]][v], leave[a] = v;
    }
  }
  std::vector<int> inner = plain_arborescence(t);
  for (int a = 1; a < m; ++a) head[outer[a]] = inner[a] == m ? leave[a] : outer[inner[a]];
  head[enter[inner[m]]] = outer[inner[m]];
  return head;
}

// Sentences with cycles within cycles: every root tried in the plain way finds nothing better.
TEST(Tree, IsTheBestOneOfManyWords) {
  std::mt19937 random(11);
  for (int round = 0; round < 120; ++round) {
    int n = 2 + static_cast<int>(random() % 24), values = 2 + static_cast<int>(random() % 40);
    std::vector<float> scores(static_cast<size_t>(n) * (n + 1));
    for (float& s : scores) s = static_cast<float>(random() % values);
    // A root that many want, as after a run of "Mr." or of marks.
    if (round % 2)
      for (int i = 0; i < n; ++i) scores[static_cast<size_t>(i) * (n + 1)] += 5;
    double best = -1e30;
    for (int root = 1; root <= n; ++root) {
      std::vector<std::vector<double>> s(n + 1, std::vector<double>(n + 1, -1e30));
      for (int d = 1; d <= n; ++d)
        for (int h = 0; h <= n; ++h)
          if (h != d && (h == 0) == (d == root))
            s[d][h] = scores[static_cast<size_t>(d - 1) * (n + 1) + h];
      std::vector<int> heads = plain_arborescence(s);
      double sum = 0;
      for (int d = 1; d <= n; ++d) sum += s[d][heads[d]];
      best = std::max(best, sum);
    }
    std::vector<int> heads = best_tree(scores, n);
    double sum = 0;
    int roots = 0;
    for (int d = 0; d < n; ++d) {
      sum += scores[static_cast<size_t>(d) * (n + 1) + heads[d]];
      roots += heads[d] == 0;
    }
    ASSERT_EQ(roots, 1);
    ASSERT_NEAR(sum, best, 1e-6) << n << " words";
  }
}

std::vector<float> random_floats(std::mt19937& random, size_t count, float reach) {
  std::uniform_real_distribution<float> unit(-reach, reach);
  std::vector<float> out(count);
  for (float& v : out) v = unit(random);
  return out;
}

// Bytes at an address that packed matrices may have.
struct Aligned {
  explicit Aligned(const std::string& bytes) : space(bytes.size() / sizeof(Line) + 1) {
    std::memcpy(space.data(), bytes.data(), bytes.size());
    view = {space.front().bytes, bytes.size()};
  }
  struct Line {
    alignas(64) char bytes[64];
  };
  std::vector<Line> space;
  std::string_view view;
};

TEST(Kernels, ProductsAreNearTheExactOnesAndTheSameBitsEverywhere) {
  std::mt19937 random(9);
  for (auto [rows, in, out] : {std::array{13, 37, 45}, std::array{1, 4, 1}, std::array{7, 352, 200},
                               std::array{20, 256, 768}}) {
    Matrix weight{uint32_t(in), uint32_t(out), random_floats(random, size_t(in) * out, 1)},
        bias{1, uint32_t(out), random_floats(random, out, 1)};
    Aligned bytes(pack(weight, &bias));
    Packed packed(weight.rows, weight.columns, bytes.view);
    std::vector<float> x = random_floats(random, size_t(rows) * in, 1), first;
    for (const Kernels* k : all_kernels()) {
      Quantized q;
      k->quantize(x.data(), in, in, rows, q);
      std::vector<float> y(size_t(rows) * packed.stride);
      k->product(q, packed, y.data(), rows);
      for (int r = 0; r < rows; ++r)
        for (int c = 0; c < out; ++c) {
          double want = bias.values[c];
          for (int i = 0; i < in; ++i)
            want += double(x[size_t(r) * in + i]) * weight.values[size_t(i) * out + c];
          EXPECT_NEAR(y[size_t(r) * packed.stride + c], want, 0.010 * std::sqrt(in))
              << k->name;  // five and a half deviations of the rounding
        }
      if (first.empty()) first = y;
      EXPECT_EQ(first, y) << k->name;
    }
  }
}

TEST(Kernels, RefusePackedBytesThatDoNotFit) {
  Matrix weight{8, 16, std::vector<float>(128, 0.5f)};
  std::string good = pack(weight, nullptr), bent = good;
  Aligned fine(good), shorter(good.substr(1));
  EXPECT_NO_THROW(Packed(8, 16, fine.view));
  EXPECT_THROW(Packed(8, 16, shorter.view), Error);
  EXPECT_THROW(Packed(9, 16, fine.view), Error);
  EXPECT_THROW(Packed(8, 16, fine.view.substr(0, 0)), Error);
  bent.back() = static_cast<char>(bent.back() ^ 1);
  EXPECT_THROW(Packed(8, 16, Aligned(bent).view), Error) << "a wrong sum";
}

TEST(Kernels, TheRecurrenceIsWhatItsFormulaSays) {
  std::mt19937 random(21);
  constexpr int kWidth = 64, kLength = 9;
  for (int parts : {3, 4}) {
    size_t stride = size_t(parts) * kWidth;
    std::vector<float> u = random_floats(random, stride * kLength, 3),
                       through = random_floats(random, size_t(kWidth) * kLength, 2), first;
    auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
    for (const Kernels* k : all_kernels()) {
      std::vector<float> h(size_t(kWidth) * kLength);
      k->recur(u.data(), stride, parts, through.data(), h.data(), kWidth, kLength);
      for (int j = 0; j < kWidth; ++j) {
        double state = 0;
        for (int step = 0; step < kLength; ++step) {
          int i = j < kWidth / 2 ? step : kLength - 1 - step;
          const float* x = &u[i * stride];
          double f = sigmoid(x[kWidth + j]), r = sigmoid(x[2 * kWidth + j]),
                 p = parts == 4 ? x[3 * kWidth + j] : through[size_t(i) * kWidth + j];
          state = f * state + (1 - f) * x[j];
          EXPECT_NEAR(h[size_t(i) * kWidth + j], r * state + (1 - r) * p, 1e-5) << k->name;
        }
      }
      if (first.empty()) first = h;
      EXPECT_EQ(first, h) << k->name;
    }
  }
}

TEST(Kernels, ExponentialIsAnExponential) {
  for (float x = -87; x <= 87; x += 0.37f)
    EXPECT_NEAR(exponential(x) / std::exp(double(x)), 1, 1e-5) << x;
}

// The whole network by each build of the kernels: the same trees, tags, names and probabilities to
// the bit.
TEST(Kernels, TheNetworkGivesTheSameBytesWithEach) {
  std::string text = read_file(test::source_dir() + "/examples/reports.jsonl"), first;
  for (const Kernels* k : all_kernels()) {
    Network network(test::source_dir() + "/models/chancery-fast.model", *k);
    Document d = tokenize(text);
    network.annotate(d);
    std::string out;
    for (const Sentence& s : d.sentences) write_conllu(out, d, s, {});
    for (const Token& t : d.tokens)
      out.append(reinterpret_cast<const char*>(&t.head_score), 4)
          .append(1, static_cast<char>(t.attribution));
    if (first.empty()) first = out;
    EXPECT_EQ(first, out) << k->name;
  }
}

TEST(Conllu, RefusesWhatIsMalformed) {
  EXPECT_THROW(parse_conllu("1\tword\n\n", "t"), Error);
  EXPECT_THROW(parse_conllu("2\ta\ta\tX\tX\t_\t0\troot\t_\t_\n\n", "t"), Error);
  EXPECT_THROW(parse_conllu("1\ta\ta\tX\tX\t_\t7\troot\t_\t_\n\n", "t"), Error);
  EXPECT_EQ(parse_conllu("# newdoc id = "
                         "d\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdo\tdo\tAUX\tVBP\t_"
                         "\t0\troot\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n",
                         "t")[0]
                .words[1]
                .space_after,
            false);
}

TEST(Model, RefusesDamagedFiles) {
  test::Folder folder;
  std::string good = read_file(test::source_dir() + "/models/chancery-fast.model");
  auto message = [&](const std::string& bytes) -> std::string {
    std::string path = folder.write("m.model", bytes);
    try {
      Network network(path);
    } catch (const StartError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(message("").find("not a model"), std::string::npos);
  EXPECT_NE(message("GIF89a" + std::string(100, 'x')).find("not a model"), std::string::npos);
  EXPECT_NE(message(good.substr(0, good.size() / 2)).find("cut"), std::string::npos);
  std::string newer = good;
  newer[8] = 99;
  EXPECT_NE(message(newer).find("format 99"), std::string::npos);
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    std::string bent = good;
    size_t at = 24 + random() % (bent.size() - 24);
    bent[at] = static_cast<char>(bent[at] ^ (1 << random() % 8));
    EXPECT_NE(message(bent).find("checksum"), std::string::npos) << at;
  }
  // The header too, to its last byte.
  for (size_t at = 0; at < kModelHeader; ++at) {
    std::string bent = good;
    bent[at] = static_cast<char>(bent[at] ^ 1);
    EXPECT_NE(message(bent), "") << at;
  }
  EXPECT_THROW(Network(folder.file("none.model")), StartError);
}

// With a checksum that fits, sections that lie about their size must still be refused.
TEST(Model, RefusesLyingSections) {
  test::Folder folder;
  ModelFile file;
  file.set("vocabulary", std::vector<std::string>{"a", "b"});
  file.set("cut", SectionKind::strings, 2, 1, std::string("\1\0\0\0a\xff\xff\xff\x7f", 9));
  file.set("wild", SectionKind::floats, 1, 1, std::string("\0\0\x80\x7f", 4));
  file.save(folder.file("small.model"));
  EXPECT_THROW(Network(folder.file("small.model")), StartError);
  ModelFile again = ModelFile::load(folder.file("small.model"));
  EXPECT_EQ(again.strings("vocabulary").size(), 2u);
  EXPECT_THROW(again.matrix("none"), StartError);
  EXPECT_THROW(again.matrix("vocabulary"), StartError);
  EXPECT_THROW(again.strings("cut"), StartError);
  EXPECT_THROW(again.matrix("wild"), StartError) << "infinity";
  file.set("lying", SectionKind::halves, 1000, 1000, "ab");
  file.save(folder.file("small.model"));
  EXPECT_THROW(ModelFile::load(folder.file("small.model")), StartError);
}

// Four bits a number: -8 to 7, the even column in the lower half, each 32 of a row by their own scale.
TEST(Model, NumbersOfFourBitsAreReadByTheirScale) {
  test::Folder folder;
  ModelFile file;
  const uint16_t scales[] = {to_half(0.5f), to_half(2), to_half(0.25f), to_half(0)};
  std::string data(reinterpret_cast<const char*>(scales), sizeof scales);
  std::string row(32, '\x78');  // -8, 7, -8, 7 …
  row[16] = '\x1f';             // -1, 1 at the columns 32 and 33
  file.set("table", SectionKind::half_bytes, 2, 64, data + row + row);
  file.save(folder.file("four.model"));
  const ModelFile again = ModelFile::load(folder.file("four.model"));
  const HalfByteTable table = half_byte_section(again, "table", 2, 64);
  std::vector<float> to(64, 100);
  table.add_row(0, to.data());
  EXPECT_EQ(to[0], 96);
  EXPECT_EQ(to[1], 103.5f);
  EXPECT_EQ(to[32], 98);
  EXPECT_EQ(to[33], 102);
  EXPECT_EQ(to[63], 114);
  std::fill(to.begin(), to.end(), 0.f);
  table.add_row(1, to.data());
  EXPECT_EQ(to[0], -2);
  EXPECT_EQ(to[63], 0);
  EXPECT_THROW(half_byte_section(again, "table", 2, 32), StartError);
  const auto refused = [&](uint32_t columns, const std::string& bytes) {
    ModelFile lying;
    lying.set("table", SectionKind::half_bytes, 2, columns, bytes);
    lying.save(folder.file("lying.model"));
    EXPECT_THROW(ModelFile::load(folder.file("lying.model")), StartError) << columns;
  };
  refused(64, data + row + row + "x");
  refused(63, data + row + row);
  const uint16_t infinite = 0x7c00;
  std::memcpy(data.data(), &infinite, 2);
  file.set("table", SectionKind::half_bytes, 2, 64, data + row + row);
  EXPECT_THROW(half_byte_section(file, "table", 2, 64), StartError);
}

// The shipped file with bytes altered and the checksum made right again: refused by name, or read
// and run; never a crash.
TEST(Model, SurvivesAlteredBytesBehindARightChecksum) {
  test::Folder folder;
  const std::string good = read_file(test::source_dir() + "/models/chancery-fast.model");
  std::mt19937 random(17);
  int refused = 0;
  for (int round = 0; round < 40; ++round) {
    std::string bent = good;
    for (int k = 0; k < 1 + round * 5; ++k)
      bent[kModelHeader + random() % (bent.size() - kModelHeader)] = static_cast<char>(random());
    // Half of the rounds also hit the small sections: names, sizes, shape, vectors.
    if (round % 2)
      for (const char* name : {"shape", "arc.bias", "labels.relation", "heads", "source"})
        if (size_t at = bent.find(name); at != std::string::npos)
          bent[at + random() % 120] = static_cast<char>(random());
    uint32_t checksum =
        static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bent.data() + kModelHeader),
                                    static_cast<uInt>(bent.size() - kModelHeader)));
    std::memcpy(&bent[12], &checksum, 4);
    try {
      Network network(folder.write("bent.model", bent));
      Document d = tokenize(
          "Norwegian Foreign Minister Kari Solheim met the Icelandic premier in Bergen on May 3.");
      network.annotate(d);
      int roots = 0;
      for (const Token& t : d.tokens) roots += t.head < 0;
      EXPECT_EQ(roots, 1);
    } catch (const StartError& error) {
      EXPECT_NE(std::string(error.what()).find("bent.model"), std::string::npos);
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, 40);
}

TEST(Engine, ParsesAPlainSentence) {
  std::string text = "Norwegian Foreign Minister Kari Solheim met the Icelandic premier in Bergen.";
  Document d = test::resources()->engine.analyze(text);
  int verb = -1;
  for (int i = 0; i < d.size(); ++i)
    if (d[i].form == "met") verb = i;
  ASSERT_GE(verb, 0);
  EXPECT_EQ(d[verb].head, -1);
  EXPECT_STREQ(d[verb].xpos, "VBD");
  EXPECT_EQ(d[verb].lemma, "meet");
  bool subject = false, person = false;
  for (int i = 0; i < d.size(); ++i) {
    subject |= d[i].head == verb && std::string_view(d[i].relation).starts_with("nsubj");
    person |= d[i].form == "Solheim" && d[i].name == NameKind::person;
  }
  EXPECT_TRUE(subject);
  EXPECT_TRUE(person);
}

TEST(Engine, AnyBytesGiveATree) {
  std::mt19937 random(13);
  for (int round = 0; round < 60; ++round) {
    std::string bytes(random() % 400, 0);
    for (char& c : bytes) c = static_cast<char>(random());
    std::string text = clean_utf8(bytes);
    Document d = test::resources()->engine.analyze(text);
    for (const Sentence& s : d.sentences) {
      int roots = 0;
      for (int i = s.begin; i < s.end; ++i) {
        roots += d[i].head < 0;
        ASSERT_TRUE(d[i].head < 0 || (d[i].head >= s.begin && d[i].head < s.end && d[i].head != i));
      }
      ASSERT_EQ(roots, 1);
    }
  }
}

}  // namespace
}  // namespace chancery
