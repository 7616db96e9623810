#include "language/engine.h"

#include "language/tokenizer.h"

namespace chancery {

Document LanguageEngine::analyze(std::string_view text) const {
  Document document = tokenize(text);
  network_.annotate(document);
  return document;
}

size_t LanguageEngine::work(std::string_view text) const { return network_.work(tokenize(text)); }

}  // namespace chancery
