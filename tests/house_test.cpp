// The house itself: dependencies between folders point one way, tables are valid, the schema is the
// one we write.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

// What opens a block that is no function.
constexpr std::string_view kBlocks[] = {"}",       "{",      "if (",     "if constexpr", "for (",
                                        "while (", "else",   "switch (", "do {",         "try {",
                                        "catch (", "case ",  "default:", "class ",       "struct ",
                                        "enum ",   "union ", "extern ",  "namespace",    "#"};

TEST(House, FoldersIncludeOnlyWhatStandsBeforeThem) {
  const std::map<std::string, std::set<std::string>> allowed = {
      {"base", {}},
      {"article", {"base"}},
      {"language", {"base"}},
      {"register", {"base"}},
      {"record", {"base", "article", "register"}},
      {"reading", {"base", "article", "language", "register", "record"}},
      {"ledger", {"base", "article", "register", "record"}},
      {"export", {"base", "article", "language", "register", "record", "reading", "ledger"}},
      {"present", {"base", "article", "register", "record"}},
      {"serve",
       {"base", "article", "language", "register", "record", "reading", "ledger", "export",
        "present"}},
      {"library",
       {"base", "article", "language", "register", "record", "reading", "ledger", "export"}},
      {"cli",
       {"base", "article", "language", "register", "record", "reading", "ledger", "export",
        "present", "serve"}}};
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(test::source_dir() + "/src")) {
    if (!entry.is_regular_file() ||
        (entry.path().extension() != ".h" && entry.path().extension() != ".cpp"))
      continue;
    std::string folder = fs::relative(entry.path(), test::source_dir() + "/src").begin()->string();
    auto may = allowed.find(folder);
    ASSERT_NE(may, allowed.end()) << "a new folder: " << folder
                                  << " (say here what it may include)";
    ++files;
    std::string text = read_file(entry.path().string());
    for (std::string_view line : split(text, '\n')) {
      if (!line.starts_with("#include \"")) continue;
      std::string path(line.substr(10, line.find('"', 10) - 10));
      std::string other = path.substr(0, path.find('/'));
      EXPECT_TRUE(other == folder || may->second.count(other))
          << entry.path() << " includes " << path;
    }
  }
  EXPECT_GT(files, 40);
}

// The rooms of src/reading: what is common knows none of them, and each knows only those before it.
// The reader itself sees all.
TEST(House, RoomsOfReadingIncludeOnlyWhatStandsBeforeThem) {
  const std::vector<std::string> rooms = {"when", "who", "said", "done", "stands", "new"};
  const fs::path reading = test::source_dir() + "/src/reading";
  auto place = [&](const std::string& path) {  // in the order above; behind the last: no room
    return std::find(rooms.begin(), rooms.end(), path.substr(0, path.find('/'))) - rooms.begin();
  };
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(reading)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    const std::string own = fs::relative(entry.path(), reading).string();
    if (own == "reader.h" || own == "reader.cpp") continue;
    const bool in_room = own.find('/') != std::string::npos;
    ASSERT_TRUE(!in_room || place(own) < std::ssize(rooms)) << "a new room: " << own;
    ++files;
    std::string text = read_file(entry.path().string());
    for (std::string_view line : split(text, '\n')) {
      if (!line.starts_with("#include \"reading/")) continue;
      std::string path(line.substr(18, line.find('"', 18) - 18));
      if (path.find('/') == std::string::npos) continue;
      EXPECT_TRUE(in_room && place(path) <= place(own)) << own << " includes " << path;
    }
  }
  EXPECT_GT(files, 60);
}

// All .h and .cpp files of the folder, by their path in src.
std::map<std::string, std::string> sources(const std::string& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(test::source_dir() + "/src/" + folder))
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
      out[fs::relative(entry.path(), test::source_dir() + "/src").string()] =
          read_file(entry.path().string());
  return out;
}

TEST(House, FilesHoldOneIdea) {
  constexpr long kLines = 500;
  for (const auto& [path, text] : sources(""))
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), kLines) << path;
}

size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// The functions of a file that has the look of .clang-format, with their lines: a function begins with
// a line as far in as its closing brace, and all between stands further in.
std::vector<std::pair<std::string, long>> functions(const std::string& text) {
  std::vector<std::pair<std::string, long>> out;
  const std::vector<std::string_view> lines = split(text, '\n');
  for (size_t end = 0; end < lines.size(); ++end) {
    const size_t indent = indent_of(lines[end]);
    if (indent > 4 || lines[end].substr(indent) != "}") continue;
    size_t begin = end;
    while (begin-- > 0)
      if (!lines[begin].empty() && lines[begin][0] != '#' && indent_of(lines[begin]) <= indent)
        break;
    const std::string_view head = lines[begin].substr(indent_of(lines[begin]));
    const bool other = std::any_of(std::begin(kBlocks), std::end(kBlocks),
                                   [&](std::string_view b) { return head.starts_with(b); });
    if (!other) out.emplace_back(head, static_cast<long>(end - begin) + 1);
  }
  return out;
}

TEST(House, FunctionsFitOnAScreen) {
  constexpr long kLines = 80;
  size_t seen = 0;
  for (const auto& [path, text] : sources(""))
    for (const auto& [head, lines] : functions(text)) {
      ++seen;
      EXPECT_LE(lines, kLines) << path << ": " << head;
    }
  EXPECT_GT(seen, 1500u);
  // The measure itself.
  const std::string body = "\n  f();\n  if (a) {\n    g();\n  }\n}\n";
  EXPECT_EQ(functions("int g(int a,\n      int b) {" + body),
            (std::vector<std::pair<std::string, long>>{{"int g(int a,", 7}}));
}

// Types and codes of acts are data: what the rules hold of them stands in data/ontology/traits.tsv. The
// classes of a trained model are the model's.
TEST(House, NoTypeOrCodeOfActsStandsInTheCodeOfReading) {
  const Ontology& ontology = test::resources()->lexicon.ontology();
  size_t files = 0;
  for (const auto& [path, text] : sources("reading")) {
    ++files;
    if (path.starts_with("reading/done/relation_model.")) continue;
    std::string code;
    for (std::string_view line : split(text, '\n'))
      code += std::string(line.substr(0, line.find("//"))) + "\n";
    for (const auto& [type, known] : ontology.types())
      EXPECT_EQ(code.find("\"" + type + "\""), std::string::npos) << path << " names " << type;
    for (const auto& [number, known] : ontology.codes())
      EXPECT_EQ(code.find("\"" + number + "\""), std::string::npos) << path << " names " << number;
  }
  EXPECT_GT(files, 100u);
}

TEST(House, EveryFolderSaysWhatLivesThere) {
  for (const auto& entry : fs::directory_iterator(test::source_dir() + "/src"))
    EXPECT_TRUE(!entry.is_directory() || fs::exists(entry.path() / "README.md")) << entry.path();
}

TEST(House, TablesHoldTheWorld) {
  const Register& known = test::resources()->known;
  EXPECT_GE(known.states().size(), 190u);
  EXPECT_GE(known.organizations().size(), 150u);
  EXPECT_GE(known.offices().size(), 300u);
  EXPECT_GE(test::resources()->lexicon.size(), 300u);
  for (auto [name, code] : {std::pair{"South Korean", "KOR"},
                            {"the Kremlin", "RUS"},
                            {"U.S.", "USA"},
                            {"Zaire", "COD"},
                            {"Pyongyang", "PRK"},
                            {"Republic of Cyprus", "CYP"},
                            {"ANKARA", "TUR"}}) {
    const KnownName* k = known.find(name);
    ASSERT_TRUE(k) << name;
    EXPECT_EQ(known.states()[k->index].code, code);
  }
  EXPECT_FALSE(known.find("Norvania"));
}

TEST(House, AWrongRegisterLineIsNamed) {
  test::Folder folder;
  for (const char* file : {"states.tsv", "organizations.tsv", "offices.tsv"})
    fs::copy_file(std::string(test::source_dir() + "/data/register/") + file, folder.path / file);
  std::ofstream(folder.path / "states.tsv", std::ios::app) << "KORX\tNowhere\t\t\t\t\n";
  try {
    Register wrong(folder.path.string());
    FAIL();
  } catch (const std::exception& error) {
    EXPECT_NE(std::string(error.what()).find("states.tsv:"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("KORX"), std::string::npos);
  }
}

// Every key of a record stands in the published schema, and the other way round.
TEST(House, SchemaAndRecordAgree) {
  std::string schema = read_file(test::source_dir() + "/docs/record.schema.json");
  std::string json =
      to_json(test::read("“If Norway opens its ports, we can talk,” Icelandic Prime Minister Jon "
                         "Arnarson told Radio Faxaport in an interview on Monday. It was the first "
                         "visit by a Norwegian minister since March 2029."),
              {true});
  std::set<std::string> keys;
  for (size_t at = 0; (at = json.find("\":", at)) != std::string::npos; ++at) {
    size_t begin = json.rfind('"', at - 1);
    keys.insert(json.substr(begin + 1, at - begin - 1));
  }
  EXPECT_GT(keys.size(), 25u);
  for (const std::string& key : keys)
    EXPECT_NE(schema.find("\"" + key + "\""), std::string::npos) << key;
}

}  // namespace
}  // namespace chancery
