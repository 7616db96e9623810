// A text with its trees, as every room of reading begins with it, and who is named in it.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "reading/quotes.h"
#include "reading/who/entities.h"
#include "support.h"

namespace chancery::test {

struct Analyzed {
  const std::string text;
  Document document;
  TreeView tree;
  explicit Analyzed(std::string words, const Resources& by = *resources())
      : text(std::move(words)),
        document(by.engine.analyze(text)),
        tree(document, by.lexicon.words()) {}
  Analyzed(const Analyzed&) = delete;  // each points into the one before
};

// Those whom the text itself names, with no judge to tell whose they are or whom a phrase means. Points
// into its arguments.
inline Entities named_alone(const Analyzed& text, const JudgedWords* words = nullptr,
                            const Thresholds* least = nullptr) {
  static const Folder folder;
  static const SignJudge never(folder.write("never.tsv", "sign\tweight\nthreshold\t2\n"));
  static const std::vector<Quotation> none;
  const Resources& r = *resources();
  return Entities(text.tree, {r.known, r.places, never, never, never}, none, "2031-05-14", {},
                  words, least);
}

}  // namespace chancery::test
