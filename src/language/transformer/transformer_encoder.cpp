#include "language/transformer/transformer_encoder.h"

#include <algorithm>
#include <string>

#include "base/error.h"
#include "language/transformer/shape_class.h"
#include "language/transformer/word_endings.h"

namespace chancery {
namespace {

// Rows at a time through the part of a layer that knows no neighbours: its inner values stay in the
// processor's second-level cache.
constexpr int kRows = 96;
// Windows are read together up to so many rows, so that a layer's weights are fetched once for all.
constexpr int kBatchRows = 480;

// Floats of a section as they lie in the file, checked.
const float* floats_section(const ModelFile& file, const std::string& name, uint32_t rows,
                            uint32_t columns) {
  file.matrix(name, rows, columns);
  return reinterpret_cast<const float*>(
      file.section(name, SectionKind::floats, rows, columns).data.data());
}

}  // namespace

struct TransformerEncoder::Workspace {
  Quantized quantized;
  AttentionSpace attention;
  std::vector<uint32_t> pieces, starts;
  std::vector<int> shapes;
  std::vector<float> x, qkv, context, out, inner, mixed, words;
};

// Windows [first, last) of a document, `rows` rows of states: each window's [CLS], pieces, [SEP].
struct TransformerEncoder::Batch {
  const std::vector<Window>& windows;
  size_t first = 0, last = 0;
  int rows = 0;

  static int rows_of(const Window& window, const std::vector<uint32_t>& starts) {
    return static_cast<int>(starts[window.end] - starts[window.begin]) + 2;
  }
  // Calls with each window and the row at which it begins.
  template <class Call>
  void each(const std::vector<uint32_t>& starts, Call call) const {
    int row = 0;
    for (size_t w = first; w < last; ++w) {
      int n = rows_of(windows[w], starts);
      call(windows[w], row, n);
      row += n;
    }
  }
};

TransformerEncoder::TransformerEncoder(const ModelFile& file, const Kernels& kernels)
    : kernels_(kernels) {
  std::vector<float> shape = row_section(file, "transformer.shape", 6);
  auto number = [&](int i, int least, int most) {
    if (!(shape[i] >= static_cast<float>(least) && shape[i] <= static_cast<float>(most)))
      refuse_model(file, "damaged model: a shape that no transformer has");
    return static_cast<int>(shape[i]);
  };
  layers_ = number(0, 1, 48);
  width_ = number(1, 16, 1024);
  heads_ = number(2, 1, 64);
  inner_ = number(3, 16, 8192);
  int positions = number(4, Windows::kMost + 2, 4096);
  mixed_ = number(5, 1, layers_);
  if (width_ % heads_ != 0 || width_ / heads_ % 16 != 0 || width_ / heads_ > 64 || inner_ % 16 != 0)
    refuse_model(file, "damaged model: a shape that no transformer has");
  uint32_t width = static_cast<uint32_t>(width_);
  try {
    pieces_ = WordPieces(file.strings("pieces"));
  } catch (const StartError&) {
    throw;
  } catch (const Error& error) {
    refuse_model(file, std::string("damaged model: ") + error.what());
  }
  words_ = half_byte_section(file, "transformer.words", pieces_.size(), width);
  positions_ =
      table_section(file, "transformer.positions", static_cast<uint32_t>(positions), width);
  auto norm = [&](const std::string& name) {
    const float* values = floats_section(file, name, 2, width);
    return Norm{values, values + width};
  };
  norm_ = norm("transformer.norm");
  for (int l = 0; l < layers_; ++l) {
    std::string at = "transformer." + std::to_string(l) + ".";
    stack_.push_back({packed_section(file, at + "qkv", width_, 3 * width_),
                      packed_section(file, at + "out", width_, width_),
                      packed_section(file, at + "inner", width_, inner_),
                      packed_section(file, at + "outer", inner_, width_), norm(at + "norm1"),
                      norm(at + "norm2")});
  }
  mix_ = row_section(file, "transformer.mix", mixed_);
  shape_width_ = static_cast<int>(file.matrix("transformer.shapes", kShapeClasses).columns);
  if (shape_width_ < 1 || shape_width_ > 256)
    refuse_model(file, "damaged model: a shape that no transformer has");
  shapes_ = floats_section(file, "transformer.shapes", kShapeClasses,
                           static_cast<uint32_t>(shape_width_));
  load_endings(file);
  Section input = file.section("transformer.input", SectionKind::packed, 0, 0);
  if (input.columns < 16 || input.columns > 1024 || input.columns % 16 != 0)
    refuse_model(file, "damaged model: a shape that no transformer has");
  input_ = packed_section(file, "transformer.input", width_ + shape_width_ + ending_width_,
                          static_cast<int>(input.columns));
}

size_t TransformerEncoder::work(const Document& document) const {
  size_t work = 0;
  std::vector<uint32_t> pieces;
  for (const Token& token : document.tokens) {
    pieces.clear();
    pieces_.cut(token.form, Windows::kMostOfToken, pieces);
    work += pieces.size();
  }
  return work;
}

void TransformerEncoder::load_endings(const ModelFile& file) {
  bool bytes = file.has("transformer.ending_rows");
  uint32_t columns =
      bytes ? file.section("transformer.ending_rows", SectionKind::bytes, kEndingRows, 0).columns
            : file.matrix("transformer.endings", kEndingRows).columns;
  if (columns < 16 || columns > 256 || columns % 16 != 0)
    refuse_model(file, "damaged model: a shape that no transformer has");
  ending_width_ = static_cast<int>(columns);
  if (bytes) ending_rows_ = table_section(file, "transformer.ending_rows", kEndingRows, columns);
  else endings_ = floats_section(file, "transformer.endings", kEndingRows, columns);
}

void TransformerEncoder::add_endings(std::string_view form, float* to) const {
  for (uint32_t ending : word_endings(form))
    if (endings_)
      kernels_.add_scaled(endings_ + static_cast<size_t>(ending) * ending_width_, 1.f,
                          static_cast<size_t>(ending_width_), to);
    else
      kernels_.accumulate(ending_rows_.row(ending), ending_rows_.scale[ending], ending_width_, to);
}

void TransformerEncoder::encode(const Document& document, std::vector<float>& states) const {
  thread_local Workspace space;
  states.resize(document.tokens.size() * static_cast<size_t>(width()));
  space.pieces.clear();
  space.starts.clear();
  for (const Token& token : document.tokens) {
    space.starts.push_back(static_cast<uint32_t>(space.pieces.size()));
    pieces_.cut(token.form, Windows::kMostOfToken, space.pieces);
  }
  space.starts.push_back(static_cast<uint32_t>(space.pieces.size()));
  shape_classes(document, space.shapes);
  std::vector<Window> windows = Windows::of(document, space.starts);
  for (size_t first = 0; first < windows.size();) {
    Batch batch{windows, first, first, 0};
    while (batch.last < windows.size()) {
      int more = Batch::rows_of(windows[batch.last], space.starts);
      if (batch.last > first && batch.rows + more > kBatchRows) break;
      batch.rows += more;
      ++batch.last;
    }
    embed(batch, space);
    run_layers(batch, space);
    pool(batch, document, space, states.data());
    first = batch.last;
  }
}

void TransformerEncoder::embed(const Batch& batch, Workspace& space) const {
  size_t size = static_cast<size_t>(batch.rows) * width_;
  space.x.resize(size);
  space.qkv.resize(3 * size);
  space.context.resize(size);
  space.mixed.assign(size, 0.f);
  batch.each(space.starts, [&](const Window& window, int row, int n) {
    for (int i = 0; i < n; ++i) {
      uint32_t piece = i == 0       ? pieces_.begin()
                       : i == n - 1 ? pieces_.end()
                                    : space.pieces[space.starts[window.begin] + i - 1];
      float* to = &space.x[static_cast<size_t>(row + i) * width_];
      std::fill_n(to, width_, 0.f);
      kernels_.accumulate(positions_.row(i), positions_.scale[i], width_, to);
      words_.add_row(piece, to);
    }
  });
  kernels_.normalize(space.x.data(), nullptr, norm_.weight, norm_.bias, width_, batch.rows);
}

void TransformerEncoder::run_layers(const Batch& batch, Workspace& space) const {
  const Kernels& k = kernels_;
  size_t width = static_cast<size_t>(width_);
  for (int l = 0; l < layers_; ++l) {
    const Layer& layer = stack_[l];
    batch.each(space.starts, [&](const Window&, int row, int n) {
      k.quantize(&space.x[row * width], width, width_, n, space.quantized);
      k.product(space.quantized, layer.qkv, space.qkv.data(), n);
      k.attend(space.qkv.data(), 3 * width, width_, heads_, n, &space.context[row * width],
               space.attention);
    });
    for (int row = 0; row < batch.rows; row += kRows)
      run_rows(layer, row, std::min(batch.rows, row + kRows), space);
    int share = l - (layers_ - mixed_);
    if (share >= 0)
      k.add_scaled(space.x.data(), mix_[share], width * batch.rows, space.mixed.data());
  }
}

// What follows attention, for rows [begin, end).
void TransformerEncoder::run_rows(const Layer& layer, int begin, int end, Workspace& space) const {
  const Kernels& k = kernels_;
  int n = end - begin;
  size_t width = static_cast<size_t>(width_);
  float* x = &space.x[begin * width];
  space.out.resize(kRows * width);
  space.inner.resize(kRows * static_cast<size_t>(inner_));
  k.quantize(&space.context[begin * width], width, width_, n, space.quantized);
  k.product(space.quantized, layer.out, space.out.data(), n);
  k.normalize(x, space.out.data(), layer.norm1.weight, layer.norm1.bias, width_, n);
  k.quantize(x, width, width_, n, space.quantized);
  k.product(space.quantized, layer.inner, space.inner.data(), n);
  k.gelu(space.inner.data(), static_cast<size_t>(n) * inner_);
  k.quantize(space.inner.data(), static_cast<size_t>(inner_), inner_, n, space.quantized);
  k.product(space.quantized, layer.outer, space.out.data(), n);
  k.normalize(x, space.out.data(), layer.norm2.weight, layer.norm2.bias, width_, n);
}

void TransformerEncoder::pool(const Batch& batch, const Document& document, Workspace& space,
                              float* states) const {
  const int all = width_ + shape_width_ + ending_width_;
  const size_t in = static_cast<size_t>(all);
  batch.each(space.starts, [&](const Window& window, int row, int) {
    int n = window.own_end - window.own_begin;
    space.words.assign(static_cast<size_t>(n) * in, 0.f);
    for (int i = 0; i < n; ++i) {
      int token = window.own_begin + i;
      float* to = &space.words[i * in];
      uint32_t first = space.starts[token], last = space.starts[token + 1];
      float share = 1.0f / static_cast<float>(last - first);
      for (uint32_t p = first; p < last; ++p)
        kernels_.add_scaled(
            &space.mixed[(row + 1 + p - space.starts[window.begin]) * static_cast<size_t>(width_)],
            share, static_cast<size_t>(width_), to);
      std::copy_n(shapes_ + static_cast<size_t>(space.shapes[token]) * shape_width_, shape_width_,
                  to + width_);
      add_endings(document.tokens[token].form, to + width_ + shape_width_);
    }
    float* out = states + static_cast<size_t>(window.own_begin) * input_.out;
    kernels_.quantize(space.words.data(), in, static_cast<int>(in), n, space.quantized);
    kernels_.product(space.quantized, input_, out, n);
    kernels_.gelu(out, static_cast<size_t>(n) * input_.out);
  });
}

}  // namespace chancery
