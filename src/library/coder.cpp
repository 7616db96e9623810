#include <optional>

#include "library/engine.h"
#include "pipeline/inputs.h"
#include "pipeline/pool.h"
#include "record/json.h"

namespace chancery {

struct v1::Coder::Inside {
  std::shared_ptr<const Engine::Inside> engine;
  pipeline::Inputs inputs;
  pipeline::Pool<std::string> pool;
  Status status;
  bool over = false;

  Inside(std::shared_ptr<const Engine::Inside> e, std::vector<std::string> names,
         const CoderOptions& options)
      : engine(std::move(e)),
        inputs(std::move(names), {.columns = options.columns}),
        pool(inputs, options.threads, [this, explain = options.explain](const Piece& piece) {
          return to_json(engine->reader.read(article_of(piece, InputKind::detect)), {explain});
        }) {}
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
    coder->in_ = std::make_unique<Inside>(engine.in_, std::move(inputs), options);
  });
}

bool v1::Coder::next(Coded* one) noexcept {
  if (!in_ || in_->over) return false;
  in_->status = library::guarded([&] {
    pipeline::Outcome<std::string> read;
    do {
      if (in_->over = !in_->pool.next(read); in_->over) return;
      // Remarks without anything to say of a report.
    } while (!read.result && read.problem.empty() && read.item.piece.warning.empty());
    Coded coded;
    if (read.result) coded.json = std::move(*read.result);
    if (!read.problem.empty()) coded.status = {Code::bad_input, read.item.message(read.problem)};
    coded.warning = std::move(read.item.piece.warning);
    *one = std::move(coded);
  });
  if (!in_->status.ok()) in_->over = true;
  return !in_->over;
}

const v1::Status& v1::Coder::status() const noexcept {
  static const Status none(Code::not_open, "this coder was not opened");
  return in_ ? in_->status : none;
}

}  // namespace chancery
