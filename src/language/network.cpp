#include "language/network.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/model_file.h"
#include "base/utf8.h"
#include "language/boundaries.h"
#include "language/lemma.h"
#include "language/sections.h"
#include "language/tree.h"
#include "language/verb_forms.h"

namespace chancery {
namespace {

// Columns of one head in the joint matrix.
struct Columns {
  int begin = 0, end = 0;
};

}  // namespace

struct Network::Weights {
  explicit Weights(const std::string& path, const Kernels& kernels)
      : file(ModelFile::load(path)), kernels(kernels) {}
  ModelFile file;  // everything below points into it
  const Kernels& kernels;
  NetworkShape shape;
  std::unique_ptr<Encoder> encoder;
  Packed heads, arc_matrix, relation_out, readers, boundary, judge_hidden, judge_out, judge_sides,
      coreference;
  std::vector<float> arc_bias, arc_root, relation_root;
  float root_bias = 0;
  // Labels as C strings, for Token.
  std::vector<std::string> xpos, upos, features, relation;
  std::vector<LemmaScript> lemma;
  std::unordered_map<std::string_view, int>
      lemma_places;  // of scripts among them; they lie in the file
  Columns arc_dependent, arc_head, relation_dependent, relation_head, xpos_columns, upos_columns,
      features_columns, lemma_columns, name_columns, attribution_columns;
};

namespace {

constexpr int kNameTags = 11;

int argmax(const float* values, int begin, int end) {
  return static_cast<int>(std::max_element(values + begin, values + end) - values) - begin;
}

// Names: the best sequence in which I-x follows B-x or I-x only.
void decode_names(const std::vector<const float*>& scores, std::vector<int>& out) {
  int n = static_cast<int>(scores.size());
  std::vector<std::array<float, kNameTags>> best(n);
  std::vector<std::array<int, kNameTags>> from(n);
  auto allowed = [](int a, int b) { return b == 0 || b % 2 == 1 || a == b || a == b - 1; };
  for (int i = 0; i < n; ++i)
    for (int b = 0; b < kNameTags; ++b) {
      if (i == 0) {
        best[0][b] = b == 0 || b % 2 == 1 ? scores[0][b] : -1e9f;
        continue;
      }
      int choice = 0;
      float value = -1e30f;
      for (int a = 0; a < kNameTags; ++a)
        if (allowed(a, b) && best[i - 1][a] > value) {
          value = best[i - 1][a];
          choice = a;
        }
      best[i][b] = value + scores[i][b];
      from[i][b] = choice;
    }
  out.assign(n, 0);
  if (n == 0) return;
  int tag = argmax(best[n - 1].data(), 0, kNameTags);
  for (int i = n - 1; i >= 0; --i) {
    out[i] = tag;
    if (i > 0) tag = from[i][tag];
  }
}

}  // namespace

Network::Network(const std::string& path, const Kernels& kernels)
    : weights_(std::make_unique<Weights>(path, kernels)) {
  Weights& w = *weights_;
  const ModelFile& file = w.file;
  auto refuse = [&](const std::string& why) { refuse_model(file, why); };
  Matrix shape = file.matrix("shape", 1, 4);
  w.shape = {static_cast<int>(shape.values[0]), static_cast<int>(shape.values[1]),
             static_cast<int>(shape.values[2]), static_cast<int>(shape.values[3])};
  const auto [width, layers, arc, relation] = w.shape;
  if (arc < 16 || arc > 1024 || arc % 16 || relation < 16 || relation > 1024 || relation % 16)
    refuse("damaged model: a shape that no network has");
  w.encoder = load_encoder(file, kernels);
  if (w.encoder->width() != width)
    refuse("damaged model: the encoder's width is not the one the heads expect");
  auto packed = [&](const std::string& name, int in, int out) {
    return packed_section(file, name, in, out);
  };
  auto row = [&](const std::string& name, int columns) { return row_section(file, name, columns); };
  auto labels = [&](const std::string& name) {
    std::vector<std::string_view> views = file.strings("labels." + name);
    if (views.empty()) refuse("an empty set of labels");
    return std::vector<std::string>(views.begin(), views.end());
  };
  w.xpos = labels("xpos");
  w.upos = labels("upos");
  w.features = labels("features");
  w.relation = labels("relation");
  for (std::string_view script : file.strings("labels.lemma")) {
    w.lemma_places.emplace(script, static_cast<int>(w.lemma.size()));
    w.lemma.emplace_back(script);
  }
  if (w.lemma.empty()) refuse("an empty set of labels");
  if (labels("name").size() != kNameTags || labels("attribution").size() != 7)
    refuse("the sets of name and attribution labels are not this program's");
  int columns = 0;
  auto place = [&](Columns& part, size_t count) {
    part = {columns, columns + static_cast<int>(count)};
    columns += (static_cast<int>(count) + 15) / 16 * 16;
  };
  place(w.arc_dependent, arc);
  place(w.arc_head, arc);
  place(w.relation_dependent, relation);
  place(w.relation_head, relation);
  place(w.xpos_columns, w.xpos.size());
  place(w.upos_columns, w.upos.size());
  place(w.features_columns, w.features.size());
  place(w.lemma_columns, w.lemma.size());
  place(w.name_columns, kNameTags);
  place(w.attribution_columns, 7);
  w.heads = packed("heads", width, columns);
  w.arc_matrix = packed("arc.matrix", arc, arc);
  w.relation_out = packed("relation.out", relation, static_cast<int>(w.relation.size()));
  // Layers as wide as the file says.
  auto wide = [&](const std::string& name, int in) {
    Section section = file.section(name, SectionKind::packed, static_cast<uint32_t>(in), 0);
    return packed(name, in, static_cast<int>(section.columns));
  };
  if (file.has("readers")) w.readers = wide("readers", width);
  if (file.has("coreference.words")) w.coreference = wide("coreference.words", width);
  if (file.has("judge.hidden")) {
    w.judge_hidden = wide("judge.hidden", width);
    w.judge_out = wide("judge.out", w.judge_hidden.out);
    w.judge_sides = wide("judge.sides", width);
  }
  if (file.has("boundary")) w.boundary = packed("boundary", width, 2);
  w.arc_bias = row("arc.bias", arc);
  w.arc_root = row("arc.root", arc);
  w.relation_root = row("relation.root", relation);
  for (int j = 0; j < arc; ++j) w.root_bias += w.arc_root[j] * w.arc_bias[j];
}

Network::~Network() = default;

const NetworkShape& Network::shape() const { return weights_->shape; }
size_t Network::work(const Document& document) const { return weights_->encoder->work(document); }
double Network::bytes_of_work() const { return weights_->encoder->bytes_of_work(); }
const ModelFile& Network::file() const { return weights_->file; }

namespace {

// Neighbouring sentences [first, last) of a document, whose n tokens begin at `begin`: as many as
// keep the products busy and stay in the processor's second-level cache.
struct Block {
  size_t first = 0, last = 0;
  int begin = 0, n = 0;
};

Block block_from(const Document& document, size_t first) {
  constexpr int kTokens = 320;
  Block out{first, first, document.sentences[first].begin, 0};
  int end = out.begin;
  while (out.last < document.sentences.size() &&
         (out.last == first || document.sentences[out.last].end - out.begin <= kTokens))
    end = document.sentences[out.last++].end;
  out.n = end - out.begin;
  return out;
}

// What one thread needs while it reads; kept between articles, so that reading allocates next to
// nothing.
// What a thread keeps for its next text. Of a text of more tokens than kKeptTokens it would be many
// megabytes a thread (a server has many threads and few such texts), so that is given up.
constexpr size_t kKeptTokens = 2000;

struct Workspace {
  Quantized quantized;
  std::vector<float> states, boundaries, heads, arc_scores, arc_rows, arc_dependents, bias, hidden,
      relation_scores, tree_scores, judging;
  std::vector<const float*> name_rows;
  std::vector<int> names;
};

}  // namespace

// The heads over the states of one document, block after block.
struct Network::Heads {
  const Weights& w;
  Document& document;
  Workspace& space;
  const Kernels& k = w.kernels;
  const size_t stride = static_cast<size_t>(w.heads.stride);

  void sentences(const std::vector<float>& states);
  void scores(const Block& block, const float* states);
  void trees(const Block& block);
  void tree(int begin, int from, int length);
  void relations(const Block& block);
  void judges(const Block& block);
  void labels(const Block& block);
  void spell(Token& token, const float* scores) const;
  void names(const Block& block);
};

void Network::Heads::sentences(const std::vector<float>& states) {
  int n = document.size();
  k.quantize(states.data(), w.shape.width, w.shape.width, n, space.quantized);
  space.boundaries.resize(static_cast<size_t>(n) * w.boundary.stride);
  k.product(space.quantized, w.boundary, space.boundaries.data(), n);
  for (int i = 0; i < n; ++i) {
    const float* score = &space.boundaries[static_cast<size_t>(i) * w.boundary.stride];
    space.boundaries[i] = score[1] - score[0];
  }
  draw_sentences(document, space.boundaries.data());
}

// All heads in one product; the hidden layers of arcs made positive.
void Network::Heads::scores(const Block& block, const float* states) {
  auto [first, last, begin, n] = block;
  k.quantize(states, w.shape.width, w.shape.width, n, space.quantized);
  space.heads.resize(n * stride);
  k.product(space.quantized, w.heads, space.heads.data(), n);
  if (w.readers.stride > 0)
    k.product(space.quantized, w.readers,
              &document.readings[static_cast<size_t>(begin) * w.readers.stride], n);
  if (w.coreference.stride > 0)
    k.product(space.quantized, w.coreference,
              &document.mention_words[static_cast<size_t>(begin) * w.coreference.stride], n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 2 * w.shape.arc; ++j) {
      float& value = space.heads[i * stride + j];
      value = value > 0 ? value : 0;
    }
}

// Called while the quantized states of the block are at hand.
void Network::Heads::judges(const Block& block) {
  auto [first, last, begin, n] = block;
  float* sides = &document.sides[static_cast<size_t>(begin) * w.judge_sides.stride];
  k.product(space.quantized, w.judge_sides, sides, n);
  k.gelu(sides, static_cast<size_t>(n) * w.judge_sides.stride);
  size_t hidden = static_cast<size_t>(w.judge_hidden.stride);
  space.judging.resize(n * hidden);
  k.product(space.quantized, w.judge_hidden, space.judging.data(), n);
  k.gelu(space.judging.data(), n * hidden);
  k.quantize(space.judging.data(), hidden, w.judge_hidden.out, n, space.quantized);
  k.product(space.quantized, w.judge_out,
            &document.judged[static_cast<size_t>(begin) * w.judge_out.stride], n);
}

void Network::Heads::trees(const Block& block) {
  int arc = w.shape.arc;
  k.quantize(space.heads.data() + w.arc_dependent.begin, stride, arc, block.n, space.quantized);
  space.arc_dependents.resize(static_cast<size_t>(block.n) * arc);
  k.product(space.quantized, w.arc_matrix, space.arc_dependents.data(), block.n);
  space.hidden.resize(static_cast<size_t>(block.n) * w.shape.relation);
  for (size_t s = block.first; s < block.last; ++s) {
    const Sentence& sentence = document.sentences[s];
    tree(block.begin, sentence.begin - block.begin, sentence.end - sentence.begin);
  }
}

// The tree of the sentence of `length` tokens that begins `from` tokens after the block does, and
// the hidden layer of its relations.
void Network::Heads::tree(int begin, int from, int length) {
  const int arc = w.shape.arc, relation = w.shape.relation;
  space.arc_rows.resize(static_cast<size_t>(length + 1) * arc);
  space.bias.resize(length + 1);
  std::copy(w.arc_root.begin(), w.arc_root.end(), space.arc_rows.begin());
  space.bias[0] = w.root_bias;
  for (int j = 0; j < length; ++j) {
    const float* head = &space.heads[(from + j) * stride + w.arc_head.begin];
    std::copy(head, head + arc, &space.arc_rows[static_cast<size_t>(j + 1) * arc]);
    float sum = 0;
    for (int d = 0; d < arc; ++d) sum += head[d] * w.arc_bias[d];
    space.bias[j + 1] = sum;
  }
  space.tree_scores.resize(static_cast<size_t>(length) * (length + 1));
  k.arcs(&space.arc_dependents[static_cast<size_t>(from) * arc], arc, space.arc_rows.data(), arc,
         space.bias.data(), arc, length, space.tree_scores.data());
  std::vector<int> heads = best_tree(space.tree_scores, length);
  for (int i = 0; i < length; ++i) {
    Token& token = document.tokens[begin + from + i];
    token.head = heads[i] == 0 ? -1 : begin + from + heads[i] - 1;
    const float* line = &space.tree_scores[static_cast<size_t>(i) * (length + 1)];
    float sum = 0;
    for (int j = 0; j <= length; ++j)
      if (j != i + 1 && line[j] > line[heads[i]] - 12) sum += exponential(line[j] - line[heads[i]]);
    token.head_score = 1 / sum;
    const float* d = &space.heads[(from + i) * stride + w.relation_dependent.begin];
    const float* hd = heads[i] == 0
                          ? w.relation_root.data()
                          : &space.heads[(from + heads[i] - 1) * stride + w.relation_head.begin];
    float* to = &space.hidden[static_cast<size_t>(from + i) * relation];
    for (int j = 0; j < relation; ++j) to[j] = std::max(0.f, d[j] + hd[j]);
  }
}

void Network::Heads::relations(const Block& block) {
  int relation = w.shape.relation;
  k.quantize(space.hidden.data(), relation, relation, block.n, space.quantized);
  space.relation_scores.resize(static_cast<size_t>(block.n) * w.relation_out.stride);
  k.product(space.quantized, w.relation_out, space.relation_scores.data(), block.n);
  for (int i = 0; i < block.n; ++i) {
    Token& token = document.tokens[block.begin + i];
    const float* scores = &space.relation_scores[static_cast<size_t>(i) * w.relation_out.stride];
    token.relation = w.relation[argmax(scores, 0, w.relation_out.out)].c_str();
    // "root" is the relation of the root and of no other word.
    if (token.head < 0) token.relation = "root";
    else if (std::strcmp(token.relation, "root") == 0) token.relation = "dep";
  }
}

void Network::Heads::labels(const Block& block) {
  for (int i = 0; i < block.n; ++i) {
    Token& token = document.tokens[block.begin + i];
    const float* t = &space.heads[i * stride];
    auto best = [&](const Columns& c) { return argmax(t, c.begin, c.end); };
    token.xpos = w.xpos[best(w.xpos_columns)].c_str();
    token.upos = w.upos[best(w.upos_columns)].c_str();
    token.features = w.features[best(w.features_columns)].c_str();
    w.lemma[best(w.lemma_columns)].apply(token.form, token.lemma);
    if (std::strcmp(token.upos, "VERB") == 0) spell(token, t);
    token.attribution = static_cast<AttributionTag>(best(w.attribution_columns));
  }
}

// A lemma made by cutting the ending as that of another verb: "signe" of "signed".
bool misspelt(const Token& token, const std::vector<std::string_view>& scripts) {
  if (!token.lemma.starts_with(lower(token.form).substr(0, token.lemma.size() - 1))) return false;
  return std::none_of(scripts.begin(), scripts.end(), [&](std::string_view script) {
    return apply_lemma_script(token.form, script) == token.lemma;
  });
}

// A verb's lemma and tag by the letters of a regular form, where what was heard cannot be: the likeliest of
// what can. `scores`: of all heads for this word.
void Network::Heads::spell(Token& token, const float* scores) const {
  const VerbForm kind = verb_form(token.form);
  if (kind == VerbForm::other) return;
  if (!verb_tag_fits(kind, token.xpos)) {
    float most = -1e30f;
    for (size_t tag = 0; tag < w.xpos.size(); ++tag)
      if (w.xpos[tag].starts_with("VB") && verb_tag_fits(kind, w.xpos[tag]) &&
          scores[static_cast<size_t>(w.xpos_columns.begin) + tag] > most) {
        most = scores[static_cast<size_t>(w.xpos_columns.begin) + tag];
        token.xpos = w.xpos[tag].c_str();
      }
  }
  const std::vector<std::string_view> scripts = verb_scripts(token.form, kind);
  const bool heard =
      token.lemma != token.form && token.lemma != lower(token.form) && !misspelt(token, scripts);
  if (heard && w.encoder->knows(token.lemma)) return;
  // Of what the letters allow a word that the vocabulary has ("postpone", no "postpon"), then the
  // likeliest; what was heard stands where none of them is known.
  std::pair<bool, float> most{heard, -1e30f};
  for (std::string_view script : scripts) {
    auto found = w.lemma_places.find(script);
    if (found == w.lemma_places.end()) continue;
    const std::pair likely{w.encoder->knows(apply_lemma_script(token.form, script)),
                           scores[w.lemma_columns.begin + found->second]};
    if (likely <= most) continue;
    most = likely;
    w.lemma[static_cast<size_t>(found->second)].apply(token.form, token.lemma);
  }
}

void Network::Heads::names(const Block& block) {
  for (size_t s = block.first; s < block.last; ++s) {
    const Sentence& sentence = document.sentences[s];
    space.name_rows.clear();
    for (int i = sentence.begin; i < sentence.end; ++i)
      space.name_rows.push_back(&space.heads[(i - block.begin) * stride + w.name_columns.begin]);
    decode_names(space.name_rows, space.names);
    for (size_t i = 0; i < space.names.size(); ++i) {
      Token& token = document.tokens[sentence.begin + i];
      token.name = static_cast<NameKind>((space.names[i] + 1) / 2);
      token.name_begin = space.names[i] % 2 == 1;
    }
  }
}

void Network::annotate(Document& document, std::vector<float>* states) const {
  const Weights& w = *weights_;
  thread_local Workspace space;
  document.reading_width = w.readers.stride;
  document.readings.resize(document.tokens.size() * static_cast<size_t>(w.readers.stride));
  std::vector<float>& x = states ? *states : space.states;
  document.judged_width = w.judge_out.stride;
  document.judged.resize(document.tokens.size() * static_cast<size_t>(w.judge_out.stride));
  document.sides_width = w.judge_sides.stride;
  document.sides.resize(document.tokens.size() * static_cast<size_t>(w.judge_sides.stride));
  document.mention_width = w.coreference.stride;
  document.mention_words.resize(document.tokens.size() * static_cast<size_t>(w.coreference.stride));
  w.encoder->encode(document, x);
  Heads heads{w, document, space};
  if (w.boundary.stride > 0 && document.sentences_proposed) heads.sentences(x);
  for (size_t first = 0; first < document.sentences.size();) {
    Block block = block_from(document, first);
    heads.scores(block, &x[static_cast<size_t>(block.begin) * w.shape.width]);
    if (w.judge_hidden.stride > 0) heads.judges(block);
    heads.trees(block);
    heads.relations(block);
    heads.labels(block);
    heads.names(block);
    first = block.last;
  }
  if (document.tokens.size() > kKeptTokens) space = {};
}

}  // namespace chancery
