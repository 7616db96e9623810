// Records of articles that nobody wrote: sentences of invented reports in any order, with other
// names, and a part of them damaged. CHANCERY_RECORDS: how many (script/trial-records reads a
// hundred thousand); CHANCERY_SEED: which.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

#include "base/error.h"
#include "base/utf8.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "record/validate.h"
#include "support.h"

namespace chancery {
namespace {

int setting(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

class Inventor {
 public:
  explicit Inventor(unsigned seed) : random_(seed) {
    for (const Record& r : test::example_reports()) take(r.article.text);
    for (const char* name : {"stories.tsv", "wire.tsv"}) {
      const std::string file = read_file(test::source_dir() + "/tests/" + name);
      for (std::string_view line : split(file, '\n'))
        if (!line.empty() && line[0] != '#') take(line.substr(line.rfind('\t') + 1));
    }
  }

  Article article(int number) {
    Article a;
    a.id = "r" + std::to_string(number);
    a.language = "en";
    a.published = published();
    if (chance(3)) a.title = other_names(std::string(any(sentences_)));
    for (int n = below(12) + 1; n > 0; --n) {
      a.text += other_names(std::string(any(sentences_)));
      a.text += chance(4) ? "\n\n" : " ";
    }
    while (chance(4)) damage(a.text);
    // Readers of files clean what they give, and refuse what has no words.
    a.text = clean_utf8(a.text);
    if (trim(a.text).empty()) a.text = any(sentences_);
    return a;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int n) { return below(n) == 0; }
  template <class T>
  const T& any(const std::vector<T>& list) {
    return list[static_cast<size_t>(below(static_cast<int>(list.size())))];
  }
  size_t place(const std::string& text) {
    return static_cast<size_t>(below(static_cast<int>(text.size()) + 1));
  }

  void take(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      size_t end = text.find_first_of(".\n", at);
      end = end == std::string_view::npos ? text.size() : end + 1;
      // A quotation mark behind the stop is of the sentence.
      if (end < text.size() && text[end] == '"') ++end;
      const std::string_view sentence = trim(text.substr(at, end - at));
      if (sentence.size() > 5) sentences_.emplace_back(sentence);
      at = end;
    }
  }

  std::string published() {
    const std::string year = std::to_string(1999 + below(60)),
                      month = std::to_string(101 + below(12)).substr(1),
                      day = std::to_string(101 + below(28)).substr(1);
    switch (below(8)) {
      case 0: return "";
      case 1: return year;
      case 2: return year + "-" + month;
      case 3: return year + "-" + month + "-" + day + "T08:19:00+02:00";
      default: return year + "-" + month + "-" + day;
    }
  }

  std::string other_names(std::string text) {
    static const std::vector<std::string> names = {"Norway",
                                                   "Iceland",
                                                   "Kenya",
                                                   "the European Union",
                                                   "Côte d’Ivoire",
                                                   "Solheim",
                                                   "Arnarson",
                                                   "Mr. J. R. Okafor",
                                                   "St. Kitts and Nevis",
                                                   "Georgia",
                                                   "the Navy",
                                                   "NATO",
                                                   "Bergen",
                                                   "who"};
    if (chance(2)) text = replace_all(text, any(names), any(names));
    if (chance(4)) text = replace_all(text, any(words_), any(words_));
    return text;
  }

  void damage(std::string& text) {
    static const std::vector<std::string> parts = {"\"",
                                                   "“",
                                                   "”",
                                                   "‘",
                                                   "’",
                                                   "(",
                                                   ")",
                                                   "\n\n",
                                                   "• ",
                                                   "…",
                                                   "\t",
                                                   "\x01",
                                                   "\xE2\x80\x8B",
                                                   "\xCC\x81",
                                                   "\xFF",
                                                   "外交部 ",
                                                   "é",
                                                   "--",
                                                   ", ",
                                                   ". ",
                                                   "if ",
                                                   "Mr. ",
                                                   "said that ",
                                                   "14 May 2031 ",
                                                   "5 ",
                                                   "$3bn ",
                                                   "unless ",
                                                   "http://a.example/b ",
                                                   "🙂"};
    switch (below(6)) {
      case 0: text.resize(place(text)); break;
      case 1: text.erase(0, place(text)); break;
      case 2: text.erase(place(text), static_cast<size_t>(below(20))); break;
      case 3:
        for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        break;
      case 4: text.insert(place(text), text.substr(0, place(text) / 2)); break;
      default:
        for (int n = below(6) + 1; n > 0; --n) text.insert(place(text), any(parts));
    }
  }

  std::mt19937 random_;
  std::vector<std::string> sentences_;
  const std::vector<std::string> words_ = {"met",  "said", "told", "on Monday", "will",
                                           "not",  "and",  "the",  "agreed",    "he",
                                           "they", "a",    ","};
};

// Sound, of the codes of the tables, the same bytes after another reading of its JSON, and kept by a
// ledger, which refuses none.
TEST(Records, AreSoundWhateverTheArticle) {
  const int count = setting("CHANCERY_RECORDS", 300), seed = setting("CHANCERY_SEED", 1);
  Inventor inventor(static_cast<unsigned>(seed));
  const auto codes = codes_of(*test::resources());
  const Reader reader(test::resources());
  test::Store store("sqlite");
  Ledger ledger(store.where, Ledger::write);
  ledger.codes(codes);
  ledger.begin();
  size_t bytes = 0, items = 0, wrong = 0, kept = 0;
  const std::clock_t begun = std::clock();
  for (int i = 0; i < count && wrong < 20; ++i) {
    const Article article = inventor.article(i);
    const Record r = reader.read(article);
    const std::string json = to_json(r);
    std::string problem = first_problem(r, *codes).value_or("");
    if (problem.empty() && to_json(record_from_json(json)) != json) problem = "other bytes again";
    if (!problem.empty()) {
      ++wrong;
      ADD_FAILURE() << "seed " << seed << ", article " << i << ": " << problem << "\n" << json;
    }
    try {
      kept += ledger.add(record_from_json(json)) != Ledger::Added::known;
    } catch (const Error& error) {
      ++wrong;
      ADD_FAILURE() << "seed " << seed << ", article " << i << ": " << error.what();
    }
    bytes += r.article.text.size();
    items += r.statements.size() + r.events.size() + r.positions.size() + r.novelty.size();
  }
  ledger.commit();
  std::printf(
      "seed %d: %d records of %zu KB with %zu items, %zu unsound, %zu kept by a ledger, %.0f CPU "
      "seconds\n",
      seed, count, bytes / 1000, items, wrong, kept,
      static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC);
  EXPECT_GT(items, static_cast<size_t>(count));
  EXPECT_EQ(static_cast<int64_t>(kept), ledger.articles());
}

}  // namespace
}  // namespace chancery
