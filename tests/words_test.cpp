// English words stand in tables: sets of words with their names, and no list of them in the code.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/word_sets.h"
#include "ledger/ledger_words.h"
#include "reading/lexicon.h"
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

// Outside of reading also what the documents of the record and of the tables name: fields, columns,
// closed lists.
std::set<std::string, std::less<>> documented_names() {
  std::set<std::string, std::less<>> out = kNames;
  const std::string schema = read_file(test::source_dir() + "/docs/record.schema.json"),
                    codebook = read_file(test::source_dir() + "/docs/codebook.md");
  for (const auto& [text, mark] : {std::pair(schema, '"'), std::pair(codebook, '`')}) {
    const std::vector<std::string_view> parts = split(text, mark);
    for (size_t i = 1; i < parts.size(); i += 2) out.emplace(parts[i]);
  }
  return out;
}

// Lists that stand in the code, by their file and first name: names that tables are checked by, closed
// lists of the record, elements of HTML and of feeds, signs of judges, parts of a value of time.
const std::set<std::pair<std::string, std::string>> kListsOfNames = {
    {"article/block_context.cpp", "alike"},
    {"article/block_features.cpp", "length"},
    {"article/block_features.cpp", "like element"},
    {"article/block_features.cpp", "number"},
    {"article/block_features.cpp", "share of prose"},
    {"article/blocks.cpp", "navigation"},
    {"article/blocks.cpp", "text"},
    {"article/documents.cpp", "tab"},
    {"article/feed.cpp", ""},
    {"article/feed.cpp", "pubdate"},
    {"article/feed.cpp", "rss"},
    {"article/page_scan.cpp", "img"},
    {"article/page_scan.cpp", "p"},
    {"article/page_scan.cpp", "script"},
    {"article/script_text.cpp", "list"},
    {"article/warc.cpp", "response"},
    {"base/home.h", "accurate"},
    {"cli/actors.cpp", "name"},
    {"cli/completion.cpp", "bash"},
    {"cli/dossier.cpp", "Done"},
    {"cli/extract.cpp", "json"},
    {"cli/play.cpp", "deadlock"},
    {"export/codebook.cpp", "type"},
    {"export/export.cpp", "gdelt"},
    {"language/network.h", "xpos"},
    {"ledger/amending.cpp", "confirm"},
    {"ledger/catalogue.h", "json"},
    {"ledger/changes.cpp", "number"},
    {"ledger/columns.cpp", "date"},
    {"ledger/columns.cpp", "number"},
    {"ledger/columns.cpp", "precision reported"},
    {"ledger/correction_answer.cpp", "number"},
    {"ledger/corrections.h", "reject"},
    {"ledger/corrections.h", "stands"},
    {"ledger/lists.cpp", "a.day"},
    {"ledger/lists.cpp", "s.last"},
    {"ledger/sums.cpp", "cooperation"},
    {"present/words.cpp", "status"},
    {"reading/lexicon.cpp", "carry"},
    {"reading/lexicon.cpp", "clause"},
    {"reading/lexicon.cpp", "cue"},
    {"reading/lexicon.cpp", "meeting"},
    {"reading/lexicon.cpp", "verb"},
    {"reading/said/statement_chains.cpp", "occasion"},
    {"reading/stands/conditions.cpp", "any"},
    {"reading/thresholds.cpp", "act.alone"},
    {"reading/when/time_classes.h", "number"},
    {"reading/when/time_conditions.cpp", "capital"},
    {"reading/when/time_rules.cpp", "continued"},
    {"reading/when/time_rules.cpp", "counting"},
    {"reading/when/times.cpp", "about"},
    {"reading/when/times.cpp", "date"},
    {"reading/word_judges.cpp", "act"},
    {"reading/word_judges.cpp", "event.source"},
    {"record/vocabulary.h", "first"},
    {"record/vocabulary.h", "largest"},
    {"record/when.cpp", "H"},
    {"record/when.cpp", "MO"},
    {"record/when.cpp", "SP"},
    {"record/when.cpp", "first"},
    {"register/register.cpp", "president"},
    {"register/state_bodies.cpp", "body"},
    {"serve/api_answers.cpp", "records"},
    {"serve/openapi.cpp", "corrections"},
    {"serve/openapi.cpp", "required"},
    {"serve/openapi.cpp", "total"},
};

using Names = std::set<std::string, std::less<>>;

bool english(std::string_view word, const Names& names) {
  return word.size() > 1 && word[0] >= 'a' && word[0] <= 'z' && !names.count(word) &&
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

std::vector<std::string> english_lists(const std::string& text, const Names& names = kNames) {
  std::vector<std::string> out;
  const Lists lists(text);
  for (const Lists::List& list : lists.all())
    if (std::count_if(list.strings.begin(), list.strings.end(),
                      [&](const std::string& word) { return english(word, names); }) >= 3 &&
        !names_columns(list.before))
      out.push_back(list.strings[0]);
  return out;
}

TEST(Words, NoListOfThemStandsInTheCode) {
  const fs::path code = test::source_dir() + "/src";
  const Names documented = documented_names();
  std::set<std::pair<std::string, std::string>> found;
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(code)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    ++files;
    const std::string path = fs::relative(entry.path(), code).string();
    const Names& names = path.starts_with("reading/") ? kNames : documented;
    for (const std::string& first : english_lists(read_file(entry.path().string()), names))
      found.emplace(path, first);
  }
  EXPECT_GT(files, 400u);
  for (const auto& [path, first] : found)
    EXPECT_TRUE(kListsOfNames.count({path, first}))
        << path << " has a list of words that begins with '" << first
        << "': put it into a words.tsv under data/ and its name into the .def beside the code";
  for (const auto& [path, first] : kListsOfNames)
    EXPECT_TRUE(found.count({path, first})) << path << " has no list '" << first << "' any more";
}

// The ledger's table is compiled in, so an ontology of one's own cannot change it: it must say of
// PLOVER's types what the ontology and the rules of reading say.
TEST(Words, TheLedgersTypesAreThoseOfTheOntology) {
  const Lexicon& lexicon = test::resources()->lexicon;
  const auto has = [](LedgerWords set, const std::string& type) {
    return ledger_words(set).has(type);
  };
  for (const auto& [name, type] : lexicon.ontology().types()) {
    EXPECT_EQ(has(LedgerWords::either_way, name), type.mutual) << name;
    EXPECT_EQ(has(LedgerWords::meetings, name), lexicon.has(name, Trait::meeting)) << name;
    EXPECT_EQ(has(LedgerWords::refusals, name), lexicon.has(name, Trait::refusal)) << name;
    EXPECT_TRUE(has(LedgerWords::brief_verbs, name)) << name;
  }
  for (LedgerWords set : {LedgerWords::either_way, LedgerWords::meetings, LedgerWords::refusals,
                          LedgerWords::brief_verbs})
    for (const std::string& type : ledger_words(set))
      EXPECT_TRUE(lexicon.ontology().type(type)) << type;
  for (const std::string& code : ledger_words(LedgerWords::refused_meetings))
    EXPECT_TRUE(lexicon.ontology().code(code)) << code;
  for (const std::string& sector : ledger_words(LedgerWords::apart_sectors))
    EXPECT_TRUE(lexicon.ontology().sectors().count(sector)) << sector;
  EXPECT_EQ(sql_is("e.type", LedgerWords::either_way),
            "e.type = 'CONSULT' OR e.type = 'AGREE' OR e.type = 'COOPERATE'");
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
