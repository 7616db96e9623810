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

}  // namespace chancery::test
