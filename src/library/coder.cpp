#include <atomic>
#include <thread>

#include "article/pieces.h"
#include "library/engine.h"
#include "record/json.h"

namespace chancery {
namespace {

// Reports read ahead for each thread.
constexpr size_t kAhead = 16;

}  // namespace

// Pieces are drawn by the caller's thread, a batch at a time, read by several, and handed out in
// their order.
struct v1::Coder::Inside {
  std::shared_ptr<const Engine::Inside> engine;
  std::vector<std::string> inputs;
  PieceOptions pieces;
  CoderOptions options;
  Status status;
  std::unique_ptr<Pieces> open;
  size_t input = 0;  // the next to be opened
  std::vector<Piece> drawn;
  std::vector<Coded> done;
  size_t given = 0;
  bool over = false;

  // The next piece of the next input that has one. An input that cannot be opened, or read on, is a
  // piece with that error.
  bool draw(Piece& piece) {
    for (;;) {
      if (!open && input == inputs.size()) return false;
      piece = {};
      try {
        if (!open) open = open_pieces(inputs[input++], pieces);
        if (open->next(piece)) return true;
        open.reset();
      } catch (const StartError&) {
        throw;
      } catch (const Error& error) {
        open.reset();
        piece.error = error.what();
        return true;
      }
    }
  }

  void read(Piece& piece, Coded& one) const noexcept {
    one.status = library::guarded([&] {
      one.warning = piece.warning;
      if (!piece.error.empty()) throw Error(piece.error);
      if (piece.form != Piece::remark)
        one.json = to_json(engine->reader.read(article_of(piece, pieces.kind)), {options.explain});
    });
    // Of one report alone, whatever it was.
    if (!one.status.ok() && one.status.code() != Code::cannot_start) {
      one.json.clear();
      one.status = Status(Code::bad_input, one.status.message());
    }
    piece = {};
  }

  void fill() {
    given = 0;
    done.clear();
    drawn.clear();
    const size_t most = static_cast<size_t>(options.threads) * kAhead;
    for (Piece piece; drawn.size() < most && draw(piece);) drawn.push_back(std::move(piece));
    done.resize(drawn.size());
    std::atomic<size_t> next{0};
    auto loop = [&] {
      for (size_t i; (i = next++) < drawn.size();) read(drawn[i], done[i]);
    };
    std::vector<std::jthread> pool;
    const size_t threads = std::min(static_cast<size_t>(options.threads), drawn.size());
    for (size_t t = 1; t < threads; ++t) pool.emplace_back(loop);
    loop();
  }
};

v1::Coder::Coder() noexcept = default;
v1::Coder::~Coder() = default;
v1::Coder::Coder(Coder&&) noexcept = default;
v1::Coder& v1::Coder::operator=(Coder&&) noexcept = default;

v1::Status v1::Coder::open(const Engine& engine, std::vector<std::string> inputs,
                           const CoderOptions& options, Coder* coder) noexcept {
  if (!engine.in_) return library::not_open("engine");
  return library::guarded([&] {
    if (options.threads < 1 || options.threads > 256)
      throw UsageError("threads: " + std::to_string(options.threads) + " is not 1 to 256");
    auto in = std::make_unique<Inside>();
    in->engine = engine.in_;
    in->inputs = std::move(inputs);
    in->options = options;
    in->pieces.columns = options.columns;
    coder->in_ = std::move(in);
  });
}

bool v1::Coder::next(Coded* one) noexcept {
  if (!in_ || in_->over) return false;
  in_->status = library::guarded([&] {
    do {
      if (in_->given == in_->done.size()) in_->fill();
      if (in_->done.empty()) {
        in_->over = true;
        return;
      }
      *one = std::move(in_->done[in_->given++]);
      // Remarks without anything to say of a report.
    } while (one->status.ok() && one->json.empty() && one->warning.empty());
    if (one->status.code() == Code::cannot_start) throw StartError(one->status.message());
  });
  if (!in_->status.ok()) in_->over = true;
  return !in_->over;
}

const v1::Status& v1::Coder::status() const noexcept {
  static const Status none(Code::not_open, "this coder was not opened");
  return in_ ? in_->status : none;
}

}  // namespace chancery
