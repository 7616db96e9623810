// The transformer encoder on a small one of random weights, made here: its pieces, windows, kernels
// and states, each against the plain formula.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/half_float.h"
#include "base/utf8.h"
#include "language/boundaries.h"
#include "language/engine.h"
#include "language/tokenizer.h"
#include "language/transformer/shape_class.h"
#include "language/transformer/transformer_encoder.h"
#include "language/transformer/word_endings.h"
#include "reading/word_judges.h"
#include "support.h"

namespace chancery {
namespace {

constexpr int kWidth = 32, kHeads = 2, kInner = 64, kLayers = 3, kMixed = 2, kPositions = 482,
              kShapeWidth = 8, kEndingWidth = 16, kStates = 48, kHidden = 32, kSide = 16;

const std::vector<std::string> kPieces = {
    "[PAD]", "[UNK]",  "[CLS]", "[SEP]", "the",      "port",   "ports", "har",  "harbour", "##bour",
    "##s",   "##port", "air",   "##ed",  "accord",   ".",      ",",     "'",    "-",       "cafe",
    "a",     "b",      "##a",   "##b",   "##c",      "2031",   "20",    "##31", "##1",     "##3",
    "漢",    "$",      "##2",   "olm",   "minister", "signed", "##er",  "i",    "said",    "we"};

std::vector<std::string_view> piece_views() { return {kPieces.begin(), kPieces.end()}; }

// Pieces with blanks between.
std::string cut(const std::string& form, size_t most = 12) {
  static const WordPieces pieces(piece_views());
  std::vector<uint32_t> numbers;
  pieces.cut(form, most, numbers);
  std::string out;
  for (uint32_t n : numbers) out += (out.empty() ? "" : " ") + kPieces[n];
  return out;
}

TEST(WordPieces, AreTheLongestFromTheLeft) {
  EXPECT_EQ(cut("ports"), "ports");
  EXPECT_EQ(cut("Harbours"), "harbour ##s");
  EXPECT_EQ(cut("harbed"), "har ##b ##ed") << "the longest first piece that is there";
  EXPECT_EQ(cut("airports"), "air ##port ##s");
  EXPECT_EQ(cut("AIRPORT"), "air ##port");
  EXPECT_EQ(cut("2031"), "2031");
  EXPECT_EQ(cut("20313"), "2031 ##3");
}

TEST(WordPieces, WithoutAPieceTheWholeWordIsUnknown) {
  EXPECT_EQ(cut("portx"), "[UNK]");
  EXPECT_EQ(cut("zebra"), "[UNK]");
  EXPECT_EQ(cut(""), "[UNK]");
  EXPECT_EQ(cut("\xE2\x80\x8B"), "[UNK]") << "a zero-width space alone";
  EXPECT_EQ(cut("zebra-port"), "[UNK] - port") << "parts are judged apart";
}

TEST(WordPieces, AccentsCaseAndMarksAreOff) {
  EXPECT_EQ(cut("Café"), "cafe");
  EXPECT_EQ(cut("Cafe\xCC\x81"), "cafe") << "a combining accent";
  EXPECT_EQ(cut("İ"), "i");
  EXPECT_EQ(cut("po\xE2\x80\x8Brt"), "port") << "a zero-width space within";
  EXPECT_EQ(cut("po\xC2\xADrt"), "port") << "a soft hyphen";
}

TEST(WordPieces, PunctuationAndIdeographsStandAlone) {
  EXPECT_EQ(cut("port's"), "port ' [UNK]");
  EXPECT_EQ(cut("2031,20"), "2031 , 20");
  EXPECT_EQ(cut("$20"), "$ 20");
  EXPECT_EQ(cut("漢漢port"), "漢 漢 port");
  EXPECT_EQ(cut("the\xC2\xA0port"), "the port") << "a blank that does not break";
}

TEST(WordPieces, HaveLimits) {
  EXPECT_EQ(cut(std::string(100, 'a')).substr(0, 9), "a ##a ##a");
  EXPECT_EQ(cut(std::string(101, 'a')), "[UNK]") << "over a hundred code points";
  EXPECT_EQ(cut("aaaaa", 3), "a ##a ##a");
  std::vector<std::string_view> lacking = {"[UNK]", "[CLS]"};
  EXPECT_THROW(WordPieces{lacking}, Error);
}

TEST(WordPieces, ThoseOfOtherScriptsHaveNoPlaceInAModelOfEnglish) {
  for (const char* piece : {"port", "##bour", "[UNK]", "[CLS]", "ß", "##ø", "—", "²", "$", "2031"})
    EXPECT_TRUE(piece_of_english(piece)) << piece;
  for (const char* piece : {"[unused7]", "мир", "##ت", "漢", "##λ", "xя"})
    EXPECT_FALSE(piece_of_english(piece)) << piece;
}

TEST(ShapeClass, TellsCaseAndDigits) {
  for (auto [form, want] : {std::pair{"2031", 1},
                            {"1,200", 2},
                            {"--", 2},
                            {"port", 3},
                            {"x2", 3},
                            {"UN", 4},
                            {"G20", 4},
                            {"Kim", 5},
                            {"A", 6},
                            {"McKay", 6},
                            {"iPhone", 7},
                            {"Öl", 5},
                            {"ÉU", 4},
                            {"漢", 7}})
    EXPECT_EQ(shape_class(form), want) << form;
  std::vector<int> classes;
  Document d = tokenize("Olm signed. Ports\n\nWe said so: Olm");
  shape_classes(d, classes);
  // Olm signed . Ports We said so : Olm
  EXPECT_EQ(classes, (std::vector<int>{13, 3, 2, 13, 13, 3, 3, 2, 5}));
}

// A document of sentences of so many tokens; every token has so many pieces.
struct Lengths {
  Document document;
  std::vector<uint32_t> starts{0};
  explicit Lengths(const std::vector<std::vector<int>>& sentences) {
    for (const auto& pieces : sentences) {
      int begin = document.size();
      for (int p : pieces) {
        document.tokens.emplace_back();
        starts.push_back(starts.back() + static_cast<uint32_t>(p));
      }
      document.sentences.push_back({begin, document.size(), 0});
    }
  }
  std::vector<std::array<int, 4>> windows() const {
    std::vector<std::array<int, 4>> out;
    for (const Window& w : Windows::of(document, starts))
      out.push_back({w.begin, w.end, w.own_begin, w.own_end});
    return out;
  }
};

using FourInts = std::vector<std::array<int, 4>>;

TEST(Windows, PackWholeSentences) {
  std::vector<int> hundred(100, 1), more(60, 2), most(400, 1);
  EXPECT_EQ(Lengths({hundred, hundred, more, hundred}).windows(),
            (FourInts{{0, 260, 0, 260}, {260, 360, 260, 360}}));
  EXPECT_EQ(Lengths({most, {1}}).windows(), (FourInts{{0, 400, 0, 400}, {400, 401, 400, 401}}));
  EXPECT_EQ(Lengths({}).windows(), FourInts{});
}

TEST(Windows, ALongSentenceHasItsOwn) {
  EXPECT_EQ(Lengths({{1}, std::vector<int>(450, 1), {1}}).windows(),
            (FourInts{{0, 1, 0, 1}, {1, 451, 1, 451}, {451, 452, 451, 452}}));
  // 600 tokens of one piece: 0 to 480, then from 384 on; token 432 has 47 pieces after it in the
  // first and 48 before it in the second.
  EXPECT_EQ(Lengths({std::vector<int>(600, 1)}).windows(),
            (FourInts{{0, 480, 0, 432}, {384, 600, 432, 600}}));
  // Words of 12 pieces: 40 fit, 8 overlap.
  EXPECT_EQ(Lengths({std::vector<int>(60, 12)}).windows(),
            (FourInts{{0, 40, 0, 36}, {32, 60, 36, 60}}));
}

TEST(Windows, OwnEveryTokenOnce) {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::vector<int>> sentences(random() % 12);
    for (auto& s : sentences) {
      s.resize(1 + random() % (random() % 4 == 0 ? 1400 : 40));
      for (int& p : s) p = 1 + static_cast<int>(random() % 12 * (random() % 2));
    }
    Lengths lengths(sentences);
    int next = 0;
    for (auto [begin, end, own_begin, own_end] : lengths.windows()) {
      ASSERT_EQ(own_begin, next);
      ASSERT_LE(begin, own_begin);
      ASSERT_LT(own_begin, own_end);
      ASSERT_LE(own_end, end);
      ASSERT_LE(lengths.starts[end] - lengths.starts[begin], uint32_t{Windows::kMost});
      next = own_end;
    }
    ASSERT_EQ(next, lengths.document.size());
  }
}

TEST(Boundaries, AreDrawnWithinParagraphs) {
  Document d;
  d.tokens.resize(10);
  d.sentences = {{0, 2, 0}, {2, 6, 0}, {6, 10, 1}};
  std::vector<float> scores = {-1, -1, -1, 2, 0, -1, -9, -1, 1, -1};
  draw_sentences(d, scores.data());
  std::vector<std::array<int, 3>> got;
  for (const Sentence& s : d.sentences) got.push_back({s.begin, s.end, s.paragraph});
  EXPECT_EQ(got, (std::vector<std::array<int, 3>>{{0, 3, 0}, {3, 6, 0}, {6, 8, 1}, {8, 10, 1}}));
}

TEST(Boundaries, ADatelineStaysASentenceOfItsOwn) {
  Document d;
  d.tokens.resize(8);
  d.tokens[2].form = "--";
  d.sentences = {{0, 3, 0}, {3, 8, 0}};
  std::vector<float> scores(8, -5.f);
  draw_sentences(d, scores.data());
  ASSERT_EQ(d.sentences.size(), 2u);
  EXPECT_EQ(d.sentences[0].end, 3);
  d.tokens[2].form = ".";
  d.sentences = {{0, 3, 0}, {3, 8, 0}};
  draw_sentences(d, scores.data());
  EXPECT_EQ(d.sentences.size(), 1u) << "elsewhere the network knows better";
}

TEST(Boundaries, LongSentencesAreCutAtTheBestPlace) {
  Document d;
  d.tokens.resize(30);
  d.sentences = {{0, 30, 0}};
  std::vector<float> scores(30, -5.f);
  scores[1] = -0.1f;  // too near the beginning
  scores[9] = -1;
  scores[20] = -2;
  draw_sentences(d, scores.data(), 16);
  std::vector<std::pair<int, int>> got;
  for (const Sentence& s : d.sentences) got.push_back({s.begin, s.end});
  EXPECT_EQ(got, (std::vector<std::pair<int, int>>{{0, 9}, {9, 20}, {20, 30}}));
}

std::vector<float> random_floats(std::mt19937& random, size_t count, float reach) {
  std::uniform_real_distribution<float> unit(-reach, reach);
  std::vector<float> out(count);
  for (float& v : out) v = unit(random);
  return out;
}

TEST(Kernels, GeluIsNearItsFormulaAndTheSameBitsEverywhere) {
  std::vector<float> x, first;
  for (float v = -12; v < 12; v += 0.0125f) x.push_back(v);
  x.resize(x.size() / 16 * 16);
  for (const Kernels* k : all_kernels()) {
    std::vector<float> y = x;
    k->gelu(y.data(), y.size());
    for (size_t i = 0; i < x.size(); ++i)
      ASSERT_NEAR(y[i], x[i] * 0.5 * std::erfc(-double(x[i]) / std::sqrt(2.0)), 1e-5)
          << k->name << " at " << x[i];
    if (first.empty()) first = y;
    EXPECT_EQ(first, y) << k->name;
  }
}

TEST(Kernels, LayerNormIsNearItsFormulaAndTheSameBitsEverywhere) {
  std::mt19937 random(31);
  constexpr int kRows = 5, kColumns = 48;
  std::vector<float> x = random_floats(random, kRows * kColumns, 4),
                     added = random_floats(random, kRows * kColumns, 4),
                     weight = random_floats(random, kColumns, 2),
                     bias = random_floats(random, kColumns, 1);
  for (const float* more : {static_cast<const float*>(nullptr), std::as_const(added).data()}) {
    std::vector<float> first;
    for (const Kernels* k : all_kernels()) {
      std::vector<float> y = x;
      k->normalize(y.data(), more, weight.data(), bias.data(), kColumns, kRows);
      for (int r = 0; r < kRows; ++r) {
        auto in = [&](int j) {
          return double(x[r * kColumns + j]) + (more ? more[r * kColumns + j] : 0);
        };
        double mean = 0, square = 0;
        for (int j = 0; j < kColumns; ++j) mean += in(j) / kColumns;
        for (int j = 0; j < kColumns; ++j) square += (in(j)-mean) * (in(j)-mean) / kColumns;
        for (int j = 0; j < kColumns; ++j)
          ASSERT_NEAR(y[r * kColumns + j], (in(j)-mean) / std::sqrt(square) * weight[j] + bias[j],
                      1e-4)
              << k->name;
      }
      if (first.empty()) first = y;
      EXPECT_EQ(first, y) << k->name;
    }
  }
}

// Attention in doubles, of one row of queries.
std::vector<double> plain_attention(const std::vector<float>& qkv, int width, int heads, int n,
                                    int row) {
  std::vector<double> out(width);
  int head = width / heads;
  for (int h = 0; h < heads; ++h) {
    std::vector<double> share(n);
    double most = -1e300, sum = 0;
    for (int j = 0; j < n; ++j) {
      for (int d = 0; d < head; ++d)
        share[j] += double(qkv[size_t(row) * 3 * width + h * head + d]) *
                    qkv[size_t(j) * 3 * width + width + h * head + d];
      most = std::max(most, share[j]);
    }
    for (double& s : share) sum += s = std::exp(s - most);
    for (int j = 0; j < n; ++j)
      for (int d = 0; d < head; ++d)
        out[h * head + d] += share[j] / sum * qkv[size_t(j) * 3 * width + 2 * width + h * head + d];
  }
  return out;
}

TEST(Kernels, AttentionIsNearItsFormulaAndTheSameBitsEverywhere) {
  std::mt19937 random(17);
  for (auto [n, width, heads] : {std::array{1, 16, 1}, std::array{37, 64, 2},
                                 std::array{256, 96, 2}, std::array{50, 128, 2}}) {
    std::vector<float> qkv = random_floats(random, size_t(n) * 3 * width, 1.5f), first;
    for (const Kernels* k : all_kernels()) {
      std::vector<float> out(size_t(n) * width);
      AttentionSpace space;
      k->attend(qkv.data(), size_t(3) * width, width, heads, n, out.data(), space);
      for (int i = 0; i < n; i += 7) {
        std::vector<double> want = plain_attention(qkv, width, heads, n, i);
        for (int j = 0; j < width; ++j)
          ASSERT_NEAR(out[size_t(i) * width + j], want[j], 0.005) << k->name << " " << n;
      }
      if (first.empty()) first = out;
      EXPECT_EQ(first, out) << k->name << " " << n;
    }
  }
}

// One key outweighs all others: no share of a sum may overflow or be lost.
TEST(Kernels, AttentionHoldsTheExtremes) {
  constexpr int kRows = 256, kColumns = 16;
  for (float strength : {0.0f, 60.0f}) {
    std::vector<float> qkv(size_t(kRows) * 3 * kColumns, 1.0f), first;
    qkv[size_t(77) * 3 * kColumns + kColumns] += strength;
    qkv[size_t(77) * 3 * kColumns + 2 * kColumns] = -3;
    for (const Kernels* k : all_kernels()) {
      std::vector<float> out(size_t(kRows) * kColumns);
      AttentionSpace space;
      k->attend(qkv.data(), 3 * kColumns, kColumns, 1, kRows, out.data(), space);
      EXPECT_NEAR(out[5 * kColumns], strength > 0 ? -3 : 1 - 4.0 / kRows, 0.01) << k->name;
      EXPECT_NEAR(out[5 * kColumns + 1], 1, 0.01) << k->name;
    }
  }
}

// A whole model of random weights: as trained (plain) and as packed.
struct Small {
  ModelFile trained, packed;
  std::mt19937 random{2};

  Matrix matrix(int rows, int columns, float reach) {
    return {uint32_t(rows), uint32_t(columns),
            random_floats(random, size_t(rows) * columns, reach)};
  }
  void floats(const std::string& name, const Matrix& m) {
    trained.set(name, m, SectionKind::floats);
    packed.set(name, m, SectionKind::floats);
  }
  void linear(const std::string& name, int in, int out, float reach = 0) {
    if (reach == 0) reach = 1.5f / std::sqrt(float(in));
    Matrix weight = matrix(in, out, reach), bias = matrix(1, out, 0.1f);
    trained.set(name, weight, SectionKind::floats);
    trained.set(name + ".bias", bias, SectionKind::floats);
    packed.set(name, SectionKind::packed, weight.rows, weight.columns, pack(weight, &bias));
  }
  void norm(const std::string& name) {
    Matrix m = matrix(2, kWidth, 0.2f);
    for (int j = 0; j < kWidth; ++j) m.values[j] += 1;
    floats(name, m);
  }
  // A table that is floats under its name in training, bytes under another one when packed.
  void table(const std::string& name, const std::string& packed_name, Matrix m) {
    std::string scales, bytes;
    for (uint32_t r = 0; r < m.rows; ++r) {
      float scale = 1.0f / 127;
      scales.append(reinterpret_cast<const char*>(&scale), 4);
      for (uint32_t c = 0; c < m.columns; ++c) {
        float& v = m.values[r * m.columns + c];
        int8_t byte = int8_t(std::lround(v / scale));
        v = byte * scale;
        bytes += char(byte);
      }
    }
    trained.set(name, m, SectionKind::floats);
    packed.set(packed_name, SectionKind::bytes, m.rows, m.columns, scales + bytes);
  }
  // A table that is floats in training, four bits once packed.
  void half_bytes(const std::string& name, Matrix m) {
    std::string scales, bytes;
    const float scale = 0.125f;
    const uint16_t half = to_half(scale);
    for (size_t at = 0; at < m.values.size(); ++at) {
      float& v = m.values[at];
      const int number = std::clamp<int>(int(std::lround(v / scale)), -8, 7);
      v = float(number) * scale;
      if (at % kHalfBytesAScale == 0) scales.append(reinterpret_cast<const char*>(&half), 2);
      if (at % 2 == 0) bytes += char(number & 15);
      else bytes.back() = char(uint8_t(bytes.back()) | (number & 15) << 4);
    }
    trained.set(name, m, SectionKind::floats);
    packed.set(name, SectionKind::half_bytes, m.rows, m.columns, scales + bytes);
  }
  void labels(const std::string& name, int count) {
    std::vector<std::string> values;
    for (int i = 0; i < count; ++i)
      values.push_back(name == "lemma" ? "l0:" : name + std::to_string(i));
    packed.set("labels." + name, values);
  }
  Small() {
    floats("transformer.shape", {1, 6, {kLayers, kWidth, kHeads, kInner, kPositions, kMixed}});
    packed.set("pieces", kPieces);
    half_bytes("transformer.words", matrix(int(kPieces.size()), kWidth, 1));
    table("transformer.positions", "transformer.positions", matrix(kPositions, kWidth, 0.3f));
    norm("transformer.norm");
    for (int l = 0; l < kLayers; ++l) {
      std::string at = "transformer." + std::to_string(l) + ".";
      linear(at + "qkv", kWidth, 3 * kWidth);
      linear(at + "out", kWidth, kWidth);
      linear(at + "inner", kWidth, kInner);
      linear(at + "outer", kInner, kWidth);
      norm(at + "norm1");
      norm(at + "norm2");
    }
    floats("transformer.mix", {1, kMixed, {0.25f, 0.75f}});
    floats("transformer.shapes", matrix(16, kShapeWidth, 1));
    table("transformer.endings", "transformer.ending_rows",
          matrix(kEndingRows, kEndingWidth, 0.5f));
    linear("transformer.input", kWidth + kShapeWidth + kEndingWidth, kStates);
    heads();
    judges();
  }
  void judges() {
    linear("judge.hidden", kStates, kHidden);
    linear("judge.out", kHidden, 6 * 16);
    linear("judge.sides", kStates, 5 * kSide);
    floats("judge.side_matrix", matrix(4 * (kSide + 1), kSide + 1, 0.3f));
    std::vector<std::string> names = {"act", "status", "cue", "stance", "mention", "sector"};
    packed.set("labels.judges", names);
    for (const std::string& name : names)
      packed.set("labels.judge." + name, {"none", name + " one", name + " two"});
    packed.set("labels.sides",
               {"event.source", "event.target", "statement.source", "statement.content"});
  }
  void heads() {
    constexpr int kArc = 16, kRelation = 16;
    floats("shape", {1, 4, {kStates, 0, kArc, kRelation}});
    for (auto [name, count] : {std::pair{"xpos", 3},
                               {"upos", 4},
                               {"features", 5},
                               {"lemma", 2},
                               {"relation", 6},
                               {"name", 11},
                               {"attribution", 7}})
      labels(name, count);
    linear("heads", kStates, 4 * 16 + 6 * 16, 0.4f);
    linear("boundary", kStates, 2, 0.6f);
    linear("relation.out", kRelation, 6);
    linear("arc.matrix", kArc, kArc);
    for (const char* name : {"arc.bias", "arc.root", "relation.root"})
      floats(name, matrix(1, 16, 0.3f));
  }
};

// Documents point into their text.
const std::string& text() {
  static const std::string value =
      "The minister signed the accord. We said: airports, harbours and ports!\n\nOlm said the "
      "Harbour accord of 2031 was signed in the Café at $20, and the ports' minister said he had "
      "signed no harbour accord of the air.\n\n" +
      [] {
        std::string out;  // a sentence beyond one window
        for (int i = 0; i < 200; ++i) out += i % 3 ? "airports " : "the ";
        return out + "signed. Olm said.";
      }();
  return value;
}

class Plain {
 public:
  explicit Plain(const ModelFile& file) : file_(file) {}

  using Rows = std::vector<std::vector<double>>;

  // States of one window's words, by the formula in doubles.
  Rows states(const std::vector<std::vector<uint32_t>>& pieces, const std::vector<int>& shapes,
              const Token* tokens) const {
    std::vector<uint32_t> ids{2};
    for (const auto& p : pieces) ids.insert(ids.end(), p.begin(), p.end());
    ids.push_back(3);
    Matrix words = file_.matrix("transformer.words"), at = file_.matrix("transformer.positions");
    Rows x(ids.size(), std::vector<double>(kWidth)), mixed = x;
    for (size_t i = 0; i < ids.size(); ++i)
      for (int j = 0; j < kWidth; ++j)
        x[i][j] = double(words.values[ids[i] * kWidth + j]) + at.values[i * kWidth + j];
    norm(x, "transformer.norm");
    for (int l = 0; l < kLayers; ++l) {
      std::string name = "transformer." + std::to_string(l) + ".";
      Rows qkv = linear(x, name + "qkv"), context;
      std::vector<float> flat;
      for (const auto& row : qkv) flat.insert(flat.end(), row.begin(), row.end());
      for (size_t i = 0; i < x.size(); ++i)
        context.push_back(plain_attention(flat, kWidth, kHeads, int(x.size()), int(i)));
      add(x, linear(context, name + "out"));
      norm(x, name + "norm1");
      Rows inner = linear(x, name + "inner");
      gelu(inner);
      add(x, linear(inner, name + "outer"));
      norm(x, name + "norm2");
      if (l >= kLayers - kMixed)
        for (size_t i = 0; i < x.size(); ++i)
          for (int j = 0; j < kWidth; ++j)
            mixed[i][j] += (l == kLayers - 1 ? 0.75 : 0.25) * x[i][j];
    }
    Rows in;
    Matrix shape = file_.matrix("transformer.shapes"), ending = file_.matrix("transformer.endings");
    size_t row = 1;
    for (size_t w = 0; w < pieces.size(); ++w) {
      in.emplace_back(kWidth + kShapeWidth + kEndingWidth);
      for (size_t p = 0; p < pieces[w].size(); ++p, ++row)
        for (int j = 0; j < kWidth; ++j) in[w][j] += mixed[row][j] / double(pieces[w].size());
      for (int j = 0; j < kShapeWidth; ++j)
        in[w][kWidth + j] = shape.values[shapes[w] * kShapeWidth + j];
      for (uint32_t e : word_endings(tokens[w].form))
        for (int j = 0; j < kEndingWidth; ++j)
          in[w][kWidth + kShapeWidth + j] += ending.values[e * kEndingWidth + j];
    }
    Rows out = linear(in, "transformer.input");
    gelu(out);
    return out;
  }

 private:
  Rows linear(const Rows& x, const std::string& name) const {
    Matrix w = file_.matrix(name), b = file_.matrix(name + ".bias");
    Rows out(x.size(), std::vector<double>(b.values.begin(), b.values.end()));
    for (size_t i = 0; i < x.size(); ++i)
      for (uint32_t r = 0; r < w.rows; ++r)
        for (uint32_t c = 0; c < w.columns; ++c)
          out[i][c] += x[i][r] * w.values[size_t(r) * w.columns + c];
    return out;
  }
  static void add(Rows& x, const Rows& y) {
    for (size_t i = 0; i < x.size(); ++i)
      for (size_t j = 0; j < x[i].size(); ++j) x[i][j] += y[i][j];
  }
  static void gelu(Rows& x) {
    for (auto& row : x)
      for (double& v : row) v *= 0.5 * std::erfc(-v / std::sqrt(2.0));
  }
  void norm(Rows& x, const std::string& name) const {
    Matrix m = file_.matrix(name);
    for (auto& row : x) {
      double mean = 0, square = 0;
      for (double v : row) mean += v / kWidth;
      for (double v : row) square += (v - mean) * (v - mean) / kWidth;
      for (int j = 0; j < kWidth; ++j)
        row[j] = (row[j] - mean) / std::sqrt(square) * m.values[j] + m.values[kWidth + j];
    }
  }
  const ModelFile& file_;
};

struct SmallFile {
  Small model;
  test::Folder folder;
  std::string path = folder.file("small.model");
  SmallFile() { model.packed.save(path); }
};

const SmallFile& small() {
  static const SmallFile value;
  return value;
}

TEST(Transformer, StatesAreNearTheFormula) {
  ModelFile file = ModelFile::load(small().path);
  std::unique_ptr<Encoder> encoder = load_encoder(file, kernels());
  ASSERT_EQ(encoder->width(), kStates);
  Document d = tokenize(text());
  std::vector<float> states;
  encoder->encode(d, states);
  ASSERT_EQ(states.size(), size_t(d.size()) * kStates);
  WordPieces cutter(file.strings("pieces"));
  std::vector<std::vector<uint32_t>> pieces(d.size());
  std::vector<uint32_t> starts{0};
  for (int i = 0; i < d.size(); ++i) {
    cutter.cut(d[i].form, Windows::kMostOfToken, pieces[i]);
    starts.push_back(starts.back() + uint32_t(pieces[i].size()));
  }
  std::vector<int> shapes;
  shape_classes(d, shapes);
  Plain plain(small().model.trained);
  std::vector<Window> windows = Windows::of(d, starts);
  ASSERT_GE(windows.size(), 3u);
  double square = 0, off = 0;
  for (const Window& w : windows) {
    Plain::Rows want =
        plain.states({pieces.begin() + w.begin, pieces.begin() + w.end},
                     {shapes.begin() + w.begin, shapes.begin() + w.end}, &d.tokens[w.begin]);
    for (int i = w.own_begin; i < w.own_end; ++i)
      for (int j = 0; j < kStates; ++j) {
        double difference = states[size_t(i) * kStates + j] - want[i - w.begin][j];
        EXPECT_NEAR(difference, 0, 0.12) << "token " << i << " '" << d[i].form << "'";
        square += want[i - w.begin][j] * want[i - w.begin][j];
        off += difference * difference;
      }
  }
  EXPECT_LT(std::sqrt(off / square), 0.03) << "more than 8 bits lose";
}

TEST(Transformer, GivesTheSameBitsWithEachKernelAndOnEachThread) {
  std::string first;
  auto annotated = [](const Kernels& k) {
    Network network(small().path, k);
    Document d = tokenize(text());
    std::vector<float> states;
    network.annotate(d, &states);
    std::string out(reinterpret_cast<const char*>(states.data()), states.size() * 4);
    out.append(reinterpret_cast<const char*>(d.judged.data()), d.judged.size() * 4);
    out.append(reinterpret_cast<const char*>(d.sides.data()), d.sides.size() * 4);
    for (const Sentence& s : d.sentences) out += std::to_string(s.begin) + " ";
    for (const Token& t : d.tokens)
      out += std::string(t.upos) + t.relation + std::to_string(t.head);
    return out;
  };
  for (const Kernels* k : all_kernels()) {
    std::string got = annotated(*k);
    if (first.empty()) first = got;
    EXPECT_EQ(first == got, true) << k->name;
  }
  std::vector<std::string> results(3);
  std::vector<std::thread> threads;
  for (std::string& result : results) threads.emplace_back([&] { result = annotated(kernels()); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result == first, true);
}

// What was read before leaves no trace.
TEST(Transformer, ReadsATextAloneAsAfterAnother) {
  ModelFile file = ModelFile::load(small().path);
  std::unique_ptr<Encoder> encoder = load_encoder(file, kernels());
  Document one = tokenize("Olm said the port signed."), other = tokenize(text()),
           none = tokenize("");
  std::vector<float> before, after, scratch;
  encoder->encode(one, before);
  encoder->encode(other, scratch);
  encoder->encode(none, scratch);
  EXPECT_TRUE(scratch.empty());
  encoder->encode(one, after);
  EXPECT_EQ(before, after);
}

TEST(WordEndings, AreHashedSmallAndShortWordsWhole) {
  EXPECT_EQ(word_endings("signed"), word_endings("resiGNED"));
  EXPECT_NE(word_endings("signed"), word_endings("signer"));
  EXPECT_EQ(word_endings("signed")[0], word_endings("bored")[0]) << "the last two bytes";
  EXPECT_NE(word_endings("signed")[1], word_endings("bored")[1]);
  auto whole = word_endings("I");
  EXPECT_EQ(whole[0], whole[1]);
  EXPECT_EQ(whole[1], whole[2]);
  EXPECT_EQ(word_endings("")[0], word_endings("")[2]);
}

// Each answer against the plain formula in doubles.
TEST(WordJudges, AnswerByTheFormula) {
  LanguageEngine engine(small().path);
  Document d = engine.analyze("Olm said the port signed the accord.");
  std::vector<float> states;
  engine.network().annotate(d, &states);
  WordJudges judges(engine.network().file());
  JudgedWords words(judges, d);
  ASSERT_FALSE(words.silent());
  const ModelFile& trained = small().model.trained;
  auto layer = [&](const std::string& name, const std::vector<double>& x) {
    Matrix w = trained.matrix(name), bias = trained.matrix(name + ".bias");
    std::vector<double> out(w.columns);
    for (uint32_t c = 0; c < w.columns; ++c) {
      out[c] = bias.values[c];
      for (uint32_t r = 0; r < w.rows; ++r) out[c] += x[r] * double(w.values[r * w.columns + c]);
    }
    return out;
  };
  auto bent = [](std::vector<double> x) {
    for (double& v : x) v = v * 0.5 * (1 + std::erf(v / std::sqrt(2.0)));
    return x;
  };
  auto state = [&](int i) {
    return std::vector<double>(&states[size_t(i) * kStates],
                               &states[size_t(i) * kStates] + kStates);
  };
  Matrix square = trained.matrix("judge.side_matrix");
  for (int i = 0; i < d.size(); ++i) {
    std::vector<double> scores = layer("judge.out", bent(layer("judge.hidden", state(i))));
    for (auto [question, column] : {std::pair{WordJudges::act, 0}, {WordJudges::stance, 48}}) {
      std::vector<float> p = words.probabilities(question, i);
      ASSERT_EQ(p.size(), 3u);
      double sum = 0;
      for (int c = 0; c < 3; ++c) sum += std::exp(scores[column + c]);
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(p[c], std::exp(scores[column + c]) / sum, 0.03);
      EXPECT_NEAR(words.any(question, i), 1 - p[0], 1e-6);
      EXPECT_EQ(words.likeliest(question, i), p[2] > p[1] ? 2 : 1);
    }
    std::vector<double> anchor = bent(layer("judge.sides", state(i)));
    std::vector<float> side = words.side(WordJudges::statement_source, i, 0, d.size());
    for (int k = 0; k < d.size(); ++k) {
      std::vector<double> other = bent(layer("judge.sides", state(k)));
      double sum = 0;
      for (int a = 0; a <= kSide; ++a)
        for (int b = 0; b <= kSide; ++b)
          sum += (a < kSide ? anchor[a] : 1) * (b < kSide ? other[3 * kSide + b] : 1) *
                 double(square.values[(2 * (kSide + 1) + a) * (kSide + 1) + b]);
      EXPECT_NEAR(side[k], 1 / (1 + std::exp(-sum)), 0.03) << i << " " << k;
    }
  }
  EXPECT_EQ(words.probability(WordJudges::act, 0, "no such class"), 0);
}

TEST(WordJudges, AreSilentWithoutTheirSectionsAndRefuseOtherQuestions) {
  test::Folder folder;
  ModelFile none;
  EXPECT_TRUE(WordJudges(none).empty());
  Small model;
  model.packed.set("labels.sides", {"who"});
  std::string path = folder.file("other.model");
  model.packed.save(path);
  ModelFile other = ModelFile::load(path);
  EXPECT_THROW(WordJudges{other}, StartError);
}

TEST(Transformer, SentencesAreTheHeadsWhereProposedAndKeptWhereGiven) {
  Network network(small().path);
  Document proposed = tokenize(text()), given = tokenize(text());
  given.sentences_proposed = false;
  auto limits = [](const Document& d) {
    std::vector<std::array<int, 3>> out;
    for (const Sentence& s : d.sentences) out.push_back({s.begin, s.end, s.paragraph});
    return out;
  };
  auto rule = limits(proposed);
  network.annotate(proposed);
  network.annotate(given);
  EXPECT_EQ(limits(given), rule);
  EXPECT_NE(limits(proposed), rule) << "random weights hardly agree with the rules";
  int next = 0;
  for (const Sentence& s : proposed.sentences) {
    EXPECT_EQ(s.begin, next);
    EXPECT_LE(s.end - s.begin, 256);
    for (int i = s.begin; i < s.end; ++i)
      EXPECT_TRUE(proposed[i].head == -1 ||
                  (proposed[i].head >= s.begin && proposed[i].head < s.end));
    next = s.end;
  }
  EXPECT_EQ(next, proposed.size());
}

TEST(Transformer, ReadsAnEmptyText) {
  Network network(small().path);
  Document d = tokenize(" \n\n ");
  network.annotate(d);
  EXPECT_EQ(d.size(), 0);
  EXPECT_TRUE(d.sentences.empty());
}

TEST(Transformer, RefusesADamagedModel) {
  test::Folder folder;
  auto refused = [&](const std::string& what, auto change) {
    Small model;
    change(model);
    std::string path = folder.file("bent.model");
    model.packed.save(path);
    try {
      Network network(path);
      ADD_FAILURE() << what;
    } catch (const StartError& error) {
      EXPECT_NE(std::string(error.what()).find(path), std::string::npos) << error.what();
    }
  };
  for (float heads : {0.0f, 3.0f, 99.0f, 1e9f})
    refused("heads", [&](Small& m) {
      m.floats("transformer.shape", {1, 6, {kLayers, kWidth, heads, kInner, kPositions, kMixed}});
    });
  refused("positions too few", [](Small& m) {
    m.floats("transformer.shape", {1, 6, {kLayers, kWidth, kHeads, kInner, 255, kMixed}});
  });
  refused("more mixed than there are", [](Small& m) {
    m.floats("transformer.shape", {1, 6, {kLayers, kWidth, kHeads, kInner, kPositions, 9}});
  });
  refused("pieces lack [UNK]", [](Small& m) { m.packed.set("pieces", {"a", "[CLS]", "[SEP]"}); });
  refused("pieces fewer than rows", [](Small& m) {
    m.packed.set("pieces", {"[UNK]", "[CLS]", "[SEP]"});
  });
  refused("a layer of another shape", [](Small& m) { m.linear("transformer.1.out", kWidth, 16); });
  refused("heads of another width", [](Small& m) { m.floats("shape", {1, 4, {32, 0, 16, 16}}); });
  refused("a norm of one row", [](Small& m) {
    m.floats("transformer.0.norm1", {1, kWidth, std::vector<float>(kWidth)});
  });
}

}  // namespace
}  // namespace chancery
