#include "library/engine.h"

#include <dlfcn.h>

#include <filesystem>

#include "article/load.h"
#include "base/home.h"
#include "base/strings.h"
#include "library/values.h"
#include "record/json.h"

namespace chancery {
namespace library {

std::string home() {
  static const int here = 0;
  Dl_info info{};
  if (dladdr(&here, &info) && info.dli_fname)
    if (std::string found = home_beside(info.dli_fname); !found.empty()) return found;
  return home_beside(this_program());
}

namespace {

// The models beside the tables that were named, where there are any: the library itself may lie
// anywhere.
std::string home_of_models(const std::string& data, const std::string& home) {
  std::error_code error;
  const bool beside = std::filesystem::is_directory(data + "/../models", error);
  return beside || home.empty() ? data + "/.." : home;
}

InputKind kind_of(const v1::Input& input) {
  switch (input.form) {
    case v1::Form::html: return InputKind::html;
    case v1::Form::text: return InputKind::text;
    case v1::Form::json: return InputKind::jsonl;
    case v1::Form::detect: break;
  }
  // All else load_article tells by itself, documents among it.
  return detect_kind(input.bytes, input.id) == InputKind::jsonl ? InputKind::jsonl
                                                                : InputKind::detect;
}

Article article_of(const v1::Input& input) {
  const InputKind kind = kind_of(input);
  Article a = kind == InputKind::jsonl ? parse_article_line(input.bytes)
                                       : load_article(input.bytes, kind, std::string(input.id));
  a.source.clear();  // it came from memory
  for (auto [field, value] : {std::pair{&a.id, input.id},
                              {&a.url, input.url},
                              {&a.publisher, input.publisher},
                              {&a.title, input.title},
                              {&a.published, input.published}})
    if (field->empty() || field == &a.id)
      if (!value.empty()) *field = value;
  return a;
}

}  // namespace
}  // namespace library

const char* v1::name_of(Code code) noexcept {
  switch (code) {
    case Code::ok: return "ok";
    case Code::bad_input: return "bad_input";
    case Code::bad_request: return "bad_request";
    case Code::cannot_start: return "cannot_start";
    case Code::damaged: return "damaged";
    case Code::late: return "late";
    case Code::out_of_memory: return "out_of_memory";
    case Code::fault: return "fault";
    case Code::not_open: return "not_open";
  }
  return "unknown";
}

v1::Engine::Engine() noexcept = default;

v1::Status v1::Engine::open(const EngineOptions& options, Engine* engine) noexcept {
  return library::guarded([&] {
    const std::string home = library::home(), data = data_folder(options.data, home);
    auto resources = std::make_shared<Resources>(
        data, model_file(options.model, library::home_of_models(data, home)), options.ontology);
    if (options.every_attribution) resources->attributions = Attributions::all;
    engine->in_ = std::make_shared<const Inside>(std::move(resources));
  });
}

v1::Status v1::Engine::read(const Input& input, Record* record) const noexcept {
  if (!in_) return library::not_open("engine");
  return library::guarded(
      [&] { *record = library::value_of(in_->reader.read(library::article_of(input))); });
}

v1::Status v1::Engine::read_json(const Input& input, const JsonOptions& options,
                                 std::string* json) const noexcept {
  if (!in_) return library::not_open("engine");
  return library::guarded(
      [&] { *json = to_json(in_->reader.read(library::article_of(input)), {options.explain}); });
}

v1::Status v1::Engine::extract_json(const Input& input, std::string* json) noexcept {
  return library::guarded([&] { *json = article_to_json(library::article_of(input)); });
}

v1::Maker v1::Engine::maker() const noexcept {
  Maker out;
  if (in_)
    library::guarded([&] {
      const chancery::Maker& m = in_->resources->made_by;
      out = {m.engine, m.model, m.data};
    });
  return out;
}

v1::Status v1::parse(std::string_view json, Record* record) noexcept {
  return library::guarded([&] { *record = library::value_of(record_from_json(json)); });
}

}  // namespace chancery
