// The records of all invented texts, by both models: what no other test asks for shows here.
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "accurate.h"
#include "base/strings.h"
#include "golden.h"
#include "reading/windows.h"

namespace chancery {
namespace {

// Reports with gold, texts written for this, and those that other tests ask for one thing: every rule and table of reading has something to do in them.
const char* const kFiles[] = {"reports/first",          "reports/second",
                              "reports/third",          "golden/texts/articles",
                              "golden/texts/sentences", "golden/texts/collected"};

// Calls `use` with each text in turn, under the name of its file, until it says that it has seen enough. Under a
// sanitizer with a part of them, which tells as much of memory, unless `all` are wanted.
template <class Use>
void each_text(Use&& use, bool all = !test::sanitized()) {
  for (const std::string file : kFiles) {
    size_t number = 0;
    for (const Article& a : test::invented_articles(test::source_dir() + "/tests/" + file + ".txt"))
      if (number++ % 8 == 0 || all)
        if (!use(file.substr(file.rfind('/')), a)) return;
  }
}

// The kept file of the texts of each file.
class Kept {
 public:
  explicit Kept(std::string model) : folder_("records/" + std::move(model)) {}
  test::GoldenFile& of(const std::string& file) {
    auto& kept = files_[file];
    if (!kept) kept = std::make_unique<test::GoldenFile>(folder_ + file);
    return *kept;
  }

 private:
  std::string folder_;
  std::map<std::string, std::unique_ptr<test::GoldenFile>> files_;
};

TEST(Golden, TextsGiveTheirRecordsByTheFastModel) {
  Kept kept("fast");
  Reader reader(test::resources());
  each_text([&](const std::string& file, const Article& article) {
    const std::string lines = test::golden_lines(reader.read(Article(article)));
    return article.title.empty() ? kept.of(file).brief_section(article.id, lines)
                                 : kept.of(file).section(article.id, lines);
  });
}

// Kept is what they say otherwise than the fast model.
TEST(Golden, TextsGiveTheirRecordsByTheAccurateModel) {
  Kept kept("accurate");
  Reader reader(test::accurate()), fast(test::resources());
  each_text([&](const std::string& file, const Article& article) {
    if (file == "/collected" && article.id.back() % 3 != 0) return true;
    const std::string lines = test::golden_lines(reader.read(Article(article))),
                      other = test::golden_lines(fast.read(Article(article)));
    return kept.of(file).brief_section(article.id, test::other_lines(lines, other));
  });
}

// Thoughts and wishes too (--attributions all), by the accurate model, which tells them from statements: kept is what
// is said otherwise than without.
TEST(Golden, TextsGiveTheirRecordsWithEveryAttribution) {
  Kept kept("attributions");
  const auto all = std::make_shared<Resources>(test::source_dir() + "/data",
                                               test::source_dir() + "/models/chancery.model");
  all->attributions = Attributions::all;
  Reader reader(all), statements(test::accurate());
  each_text([&](const std::string& file, const Article& article) {
    if (file == "/collected" && article.id.back() % 3 != 1) return true;
    const std::string lines = test::golden_lines(reader.read(Article(article))),
                      other = test::golden_lines(statements.read(Article(article)));
    return kept.of(file).brief_section(article.id, test::other_lines(lines, other));
  });
}

// Whom each paragraph names first, either way round: which act joins them.
TEST(Golden, RelationsBetweenTwoWhoAreNamed) {
  test::GoldenFile kept("records/fast/relations");
  const Reader reader(test::resources());
  each_text([&](const std::string& file, const Article& article) {
    if (file != "/sentences") return true;
    std::string lines;
    for (std::string_view paragraph : split(article.text, '\n')) {
      const std::string text(trim(paragraph));
      if (text.empty()) continue;
      const Record r = test::read(text, article.published);
      if (r.entities.size() < 2) continue;
      const Span one = r.entities[0].mentions.at(0), other = r.entities[1].mentions.at(0);
      for (const auto& [from, to] : {std::pair{one, other}, {other, one}}) {
        const Relation found = reader.relation(text, from, to);
        lines += r.entities[from == one ? 0 : 1].name + " -> " +
                 r.entities[from == one ? 1 : 0].name + ": " + found.root + " " + found.cameo +
                 " " + found.status + " " + found.explain + "\n";
      }
    }
    return kept.brief_section(article.id, lines);
  });
}

// Articles as if they were stretches of one long text.
TEST(Golden, StretchesOfALongTextAreOneRecord) {
  test::GoldenFile kept("records/fast/long");
  const Reader reader(test::resources());
  Record whole;
  WindowJoin join(whole, 12);
  size_t parts = 0;
  each_text(
      [&](const std::string& file, const Article& article) {
        if (file != "/articles") return true;
        join.add(reader.read(Article(article)), static_cast<uint32_t>(whole.article.text.size()));
        whole.article.text += article.text + "\n\n";
        return ++parts < 12;
      },
      true);
  kept.brief_section("long", test::golden_lines(whole));
  std::string cuts;
  for (uint32_t most : {100, 300, 1000, 4000})
    for (Span window : windows_of(whole.article.text, most))
      cuts += std::to_string(window.end) + " ";
  kept.section("cuts", cuts + "\n");
}

}  // namespace
}  // namespace chancery
