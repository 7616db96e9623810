// What tests of the accurate model share: it is loaded once, since that takes a while.
#pragma once
#include "support.h"

namespace chancery::test {

inline const std::shared_ptr<const Resources>& accurate() {
  static const auto loaded = std::make_shared<const Resources>(
      test::source_dir() + "/data", test::source_dir() + "/models/chancery.model");
  return loaded;
}

inline Article article_of(const std::string& text) {
  Article article;
  article.id = "test";
  article.text = text;
  article.published = "2031-05-14";
  article.language = "en";
  return article;
}

inline Record read_accurately(const std::string& text) {
  return Reader(accurate()).read(article_of(text));
}

// "holder stance: words [condition]" of each position, in order.
inline std::string stands(const Record& r) {
  std::string out;
  for (const Position& p : r.positions) {
    out += (out.empty() ? "" : ", ") + r.entities[static_cast<size_t>(p.holder)].name + " " +
           p.stance + ": " + words(r, p.content[0]);
    if (!p.condition.empty()) out += " [" + words(r, p.condition[0]) + "]";
  }
  return out;
}

}  // namespace chancery::test
