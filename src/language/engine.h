// The front door of the language folder: text → Document with tags, lemmas, trees and names.
//
//   LanguageEngine engine("models/chancery-fast.model");
//   Document document = engine.analyze(text);        // text must outlive it
//   for (const Token& token : document.tokens) …
//
// Thread-safe after construction; construction throws StartError.
#pragma once
#include <string>
#include <string_view>

#include "language/document.h"
#include "language/network.h"

namespace chancery {

class LanguageEngine {
 public:
  explicit LanguageEngine(const std::string& model_path) : network_(model_path) {}

  Document analyze(std::string_view text) const;
  // What analyze() costs (Network::work), known for a hundredth of it.
  size_t work(std::string_view text) const;
  // Of a long text: how many bytes it must have for each place of work to be worth it.
  double bytes_of_work() const { return network_.bytes_of_work(); }
  // Tags and parses sentences whose tokens are given (treebanks).
  void annotate(Document& document) const { network_.annotate(document); }
  const Network& network() const { return network_; }

 private:
  Network network_;
};

}  // namespace chancery
