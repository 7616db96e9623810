// English words stand in tables: sets of words with their names, and no list of them in the code of
// reading.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/word_sets.h"
#include "reading/word_lists.h"
#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

constexpr WordSets::Name kColours[] = {{"colours", false}, {"counts", true}};
const std::string kHead = "set\twords\tmeaning\n";

WordSets sets(const std::string& rows) {
  return WordSets(Table(kHead + rows, "words.tsv", WordSets::columns()), kColours);
}

std::string wrong(const std::string& rows) {
  try {
    sets(rows);
  } catch (const StartError& error) {
    return error.what();
  }
  return "";
}

TEST(Words, SetsHaveTheirWordsInTheOrderOfTheTable) {
  const WordSets read = sets(
      "colours\tred|blue\twhat is painted\ncounts\tone=1|two=2\tnumbers\n"
      "colours\tgreen\n");
  EXPECT_TRUE(read[0].has("green"));
  EXPECT_FALSE(read[0].has("gree") || read[0].has("Red") || read[0].has(""));
  EXPECT_EQ(std::vector<std::string>(read[0].begin(), read[0].end()),
            (std::vector<std::string>{"red", "blue", "green"}));
  EXPECT_EQ(read[1].value("two"), "2");
  EXPECT_EQ(read[1].value("three"), "");
}

TEST(Words, AWrongLineIsNamed) {
  const std::string counts = "counts\tone=1\tnumbers\n";
  EXPECT_EQ(wrong(counts + "colour\tred\tpaint\n"), "words.tsv:3: unknown set 'colour'");
  EXPECT_EQ(wrong(counts + "colours\t | \tpaint\n"), "words.tsv:3: the set 'colours' has no words");
  EXPECT_EQ(wrong(counts + "colours\tred\n"), "words.tsv:3: what 'colours' is for is missing");
  EXPECT_EQ(wrong(counts + "colours\tred|blue|red\tpaint\n"),
            "words.tsv:3: 'red' stands twice in 'colours'");
  EXPECT_EQ(wrong("colours\tred\tpaint\ncounts\tone=1|two\tnumbers\n"),
            "words.tsv:3: 'two' is no word=value");
  EXPECT_EQ(wrong(counts), "words.tsv: no line for the set 'colours'");
}

// The table of reading is checked in the same way where it stands.
TEST(Words, AWrongSetOfReadingStopsTheProgram) {
  test::Folder folder;
  const std::string good = read_file(test::source_dir() + "/data/lexicon/words.tsv");
  EXPECT_NO_THROW(WordLists(folder.write("words.tsv", good)));
  const std::string path = folder.write("words.tsv", good + "who.tittles\tmr\twrong\n");
  try {
    WordLists lists(path);
    FAIL();
  } catch (const StartError& error) {
    EXPECT_NE(std::string(error.what()).find(path + ":"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("who.tittles"), std::string::npos);
  }
}

// What is no English word of a text: dependency relations, closed lists of the record, the endings
// of ordinals in digits.
const std::set<std::string, std::less<>> kNames = {
    "acl",     "advcl",   "advmod",    "amod",     "appos",   "aux",      "case",
    "cc",      "ccomp",   "compound",  "conj",     "cop",     "csubj",    "dep",
    "det",     "expl",    "fixed",     "flat",     "iobj",    "list",     "mark",
    "nmod",    "nsubj",   "nummod",    "obj",      "obl",     "orphan",   "parataxis",
    "punct",   "root",    "vocative",  "xcomp",    "person",  "place",    "organization",
    "group",   "event",   "other",     "occurred", "planned", "possible", "conditional",
    "denied",  "rejects", "demands",   "offers",   "accepts", "proposes", "supports",
    "opposes", "warns",   "discourse", "st",       "nd",      "rd",       "th"};

// Lists of names that tables are checked by, by their file and first name.
const std::set<std::pair<std::string, std::string>> kTablesNames = {
    {"lexicon.cpp", "carry"},
    {"lexicon.cpp", "clause"},
    {"lexicon.cpp", "cue"},
    {"lexicon.cpp", "meeting"},
    {"said/statement_chains.cpp", "occasion"},
    {"stands/conditions.cpp", "any"},
    {"thresholds.cpp", "act.alone"},
    {"when/time_classes.h", "number"},
    {"when/time_conditions.cpp", "capital"},
    {"when/time_rules.cpp", "continued"},
    {"when/time_rules.cpp", "counting"},
    {"when/times.cpp", "about"},
    {"when/times.cpp", "date"},
    {"word_judges.cpp", "act"},
    {"word_judges.cpp", "event.source"},
};

bool english(std::string_view word) {
  return word.size() > 1 && word[0] >= 'a' && word[0] <= 'z' && !kNames.count(word) &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || c == ' ' || c == '.' || c == '-' || c == '\'';
         });
}

// Strings that stand side by side in a list ("a", "b"; {"a", 1}, {"b", 2}), or that one and the same
// thing is compared with in turn (x == "a" || x == "b").
class Lists {
 public:
  explicit Lists(const std::string& text) {
    for (std::string_view line : split(text, '\n')) code_ += without_comment(line);
    for (size_t at = 0; (at = code_.find('"', at)) != std::string::npos;) {
      size_t end = at + 1;
      while (end < code_.size() && code_[end] != '"') end += code_[end] == '\\' ? 2 : 1;
      string(at, code_.substr(at + 1, end - at - 1));
      at = behind_ = end + 1;
    }
    close();
  }

  struct List {
    std::string before;  // the code before its first string
    std::vector<std::string> strings;
  };
  const std::vector<List>& all() const { return all_; }

 private:
  // Without white space, too.
  static std::string without_comment(std::string_view line) {
    std::string out;
    bool quoted = false;
    for (size_t i = 0; i < line.size(); ++i) {
      if (!quoted && line.substr(i, 2) == "//") break;
      if (line[i] == '"' && (i == 0 || (line[i - 1] != '\\' && line[i - 1] != '\'')))
        quoted = !quoted;
      if (quoted || !isspace(static_cast<unsigned char>(line[i]))) out += line[i];
    }
    return out;
  }

  void string(size_t at, std::string word) {
    const std::string between = code_.substr(behind_, at - behind_);
    if (!list_.strings.empty() && !goes_on(between)) close();
    if (list_.strings.empty()) {
      list_.before = code_.substr(at - std::min<size_t>(at, 80), std::min<size_t>(at, 80));
      compared_.clear();
    }
    list_.strings.push_back(std::move(word));
  }

  bool goes_on(const std::string& between) {
    if (between.find(',') != std::string::npos &&
        between.find_first_not_of(",{}0123456789.e") == std::string::npos)
      return true;
    if (between.size() < 5 || (!between.starts_with("||") && !between.starts_with("&&")))
      return false;
    const std::string what = between.substr(2);
    if (what.find("||") != std::string::npos || what.find("&&") != std::string::npos) return false;
    if (!what.ends_with("==") && !what.ends_with("!=")) return false;
    if (!compared_.empty() ? what != compared_ : !list_.before.ends_with(what)) return false;
    compared_ = what;
    return true;
  }

  void close() {
    if (!list_.strings.empty()) all_.push_back(std::move(list_));
    list_ = {};
  }

  std::string code_, compared_;
  size_t behind_ = 0;
  List list_;
  std::vector<List> all_;
};

// "Table table(path, {": names of columns.
bool names_columns(std::string before) {
  while (before.ends_with("{")) before.pop_back();
  const size_t statement = before.find_last_of(";{}");
  return before.substr(statement == std::string::npos ? 0 : statement + 1).find("Table") !=
         std::string::npos;
}

std::vector<std::string> english_lists(const std::string& text) {
  std::vector<std::string> out;
  const Lists lists(text);
  for (const Lists::List& list : lists.all())
    if (std::count_if(list.strings.begin(), list.strings.end(), english) >= 3 &&
        !names_columns(list.before))
      out.push_back(list.strings[0]);
  return out;
}

TEST(Words, NoListOfThemStandsInTheCodeOfReading) {
  const fs::path reading = test::source_dir() + "/src/reading";
  std::set<std::pair<std::string, std::string>> found;
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(reading)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    ++files;
    const std::string path = fs::relative(entry.path(), reading).string();
    for (const std::string& first : english_lists(read_file(entry.path().string())))
      found.emplace(path, first);
  }
  EXPECT_GT(files, 100u);
  for (const auto& [path, first] : found)
    EXPECT_TRUE(kTablesNames.count({path, first}))
        << path << " has a list of words that begins with '" << first
        << "': put it into data/lexicon/words.tsv and its name into word_lists.def";
  for (const auto& [path, first] : kTablesNames)
    EXPECT_TRUE(found.count({path, first})) << path << " has no list '" << first << "' any more";
}

TEST(Words, TheMeasureSeesListsOfEveryForm) {
  using Found = std::vector<std::string>;
  EXPECT_EQ(english_lists("const Words k = {\"say\", \"tell\",\n  \"add\"};"), Found{"say"});
  EXPECT_EQ(english_lists("{{\"one\", 1}, {\"two\", 2}, {\"three\", 3}}"), Found{"one"});
  EXPECT_EQ(english_lists("if (w == \"if\" || w == \"unless\" ||\n  w == \"till\") f();"),
            Found{"if"});
  EXPECT_EQ(english_lists("if (t[i].form != \"by\" && t[i].form != \"of\" && t[i].form != \"to\")"),
            Found{"by"});
  EXPECT_EQ(english_lists("f(\"say\", \"tell\"); // \"add\", \"ask\""), Found{});
  EXPECT_EQ(english_lists("a == \"say\" || b == \"tell\" || c == \"add\""), Found{});
  EXPECT_EQ(english_lists("t.is_any(i, {\"nsubj\", \"obj\", \"obl\"})"), Found{});
  EXPECT_EQ(english_lists("Table t(path, {\"word\", \"where\", \"force\"});"), Found{});
  EXPECT_EQ(english_lists("void f(Table::Row& r) {\n  Words w = {\"say\", \"tell\", \"add\"};"),
            Found{"say"});
}

}  // namespace
}  // namespace chancery
