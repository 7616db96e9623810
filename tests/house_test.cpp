// The house itself: dependencies between folders point one way, tables are valid, the schema is the
// one we write.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "record/fields.h"
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
      {"pipeline", {"base", "article", "register", "record", "ledger"}},
      {"serve",
       {"base", "article", "language", "register", "record", "reading", "ledger", "export",
        "present"}},
      {"library",
       {"base", "article", "language", "register", "record", "reading", "ledger", "export",
        "pipeline"}},
      {"cli",
       {"base", "article", "language", "register", "record", "reading", "ledger", "export",
        "present", "serve", "pipeline"}}};
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
  const std::vector<std::string> rooms = {"when", "who", "said", "done", "stands", "new", "ahead"};
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

// Two types of one name in two headers of a namespace are one to the linker: the parts that it keeps of
// one serve the other.
TEST(House, NoTypeHasTheNameOfAnother) {
  std::map<std::string, std::string> first;
  for (const auto& entry : fs::recursive_directory_iterator(test::source_dir() + "/src")) {
    if (entry.path().extension() != ".h") continue;
    const std::string text = read_file(entry.path().string());
    std::string within;
    for (std::string_view line : split(text, '\n')) {
      if (line.starts_with("namespace ")) within = line;
      for (std::string_view word : {"struct ", "class "}) {
        if (!line.starts_with(word) || line.find('{') == std::string_view::npos) continue;
        const std::string name(
            line.substr(word.size(), line.find_first_of(" {", word.size()) - word.size()));
        auto [known, fresh] = first.emplace(within + name, entry.path().string());
        EXPECT_TRUE(fresh) << name << " in " << known->second << " and " << entry.path();
      }
    }
  }
  EXPECT_GT(first.size(), 100u);
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

// Lines of the code that compare with a part of one, by number or by a constant of the file: how sure is sure
// enough. Comments are no code.
std::vector<std::string> bare_thresholds(const std::string& text) {
  static const std::regex constant(R"((k\w+) = 0?\.\d+)"),
      number(R"([<>]=? -?0?\.\d|\b0?\.\d+f? [<>])");
  std::vector<std::string> out, names;
  for (std::sregex_iterator m(text.begin(), text.end(), constant), end; m != end; ++m)
    names.push_back((*m)[1]);
  for (std::string_view line : split(text, '\n')) {
    const std::string code(line.substr(0, line.find("//")));
    const bool by_name = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return std::regex_search(code, std::regex("[<>]=? " + name + "\\b|\\b" + name + " [<>]"));
    });
    if (by_name || std::regex_search(code, number)) out.emplace_back(line.substr(indent_of(line)));
  }
  return out;
}

// How sure a judge must be stands in data/lexicon/thresholds.tsv, where people see and choose it anew.
TEST(House, NoThresholdOfReadingStandsInTheCode) {
  const std::map<std::string, std::string> others = {
      {"reading/stands/stance_signs.cpp", "names of learnt signs"},
      {"reading/who/actor_parts.cpp", "names of learnt signs"},
      {"reading/said/form_turns.cpp", "a share of turns that are counted"}};
  const std::string table = read_file(test::source_dir() + "/data/lexicon/thresholds.tsv");
  std::string code;
  for (const auto& [path, text] : sources("reading")) {
    const std::vector<std::string> bare = bare_thresholds(text);
    EXPECT_EQ(bare.empty(), !others.count(path)) << path << ": " << (bare.empty() ? "" : bare[0]);
    if (path != "reading/thresholds.cpp") code += text;
  }
  size_t seen = 0;
  for (std::string_view line : split(table, '\n')) {
    if (line.empty() || line[0] == '#' || line.starts_with("name\t")) continue;
    if (line.starts_with("speaker.")) continue;  // asked for by the kind of speaker
    ++seen;
    const std::string name(line.substr(0, line.find('\t')));
    EXPECT_NE(code.find('"' + name + '"'), std::string::npos) << name << " is asked by nobody";
  }
  EXPECT_GT(seen, 30u);
  // The measure itself.
  EXPECT_EQ(bare_thresholds("  if (p > 0.5f) return;").size(), 1u);
  EXPECT_EQ(bare_thresholds("constexpr float kSure = 0.6f;\nreturn p >= kSure;").size(), 1u);
  EXPECT_EQ(bare_thresholds("constexpr float kSure = 0.6f;\nx *= kSure * 0.5;").size(), 0u);
  EXPECT_EQ(bare_thresholds("  return p > least[\"act.side\"];  // > 0.5").size(), 0u);
}

// Is the name a word of its own somewhere in a string of the code?
bool in_a_string(const std::string& code, const std::string& name) {
  const auto part_of_word = [](char c) {
    return isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (size_t at = 0; (at = code.find(name, at)) != std::string::npos; at += name.size())
    if (at > 0 && !part_of_word(code[at - 1]) && !part_of_word(code[at + name.size()])) return true;
  return false;
}

// Types and codes of acts are data: what the rules hold of them stands in data/ontology/traits.tsv, what
// the ledger does in data/ledger/words.tsv. The classes of a trained model are the model's; the catalogue
// shows how questions are asked.
TEST(House, NoTypeOrCodeOfActsStandsInTheCode) {
  const Ontology& ontology = test::resources()->lexicon.ontology();
  // These speak HTTP, in whose answers codes have three digits too.
  const std::set<std::string> http = {"article/http_block.cpp", "serve/openapi.cpp"};
  size_t files = 0;
  for (const auto& [path, text] : sources("")) {
    ++files;
    if (path.starts_with("reading/done/relation_model.") || path == "ledger/catalogue.cpp")
      continue;
    std::string code;
    for (std::string_view line : split(text, '\n'))
      code += std::string(line.substr(0, line.find("//"))) + "\n";
    for (const auto& [type, known] : ontology.types())
      EXPECT_FALSE(in_a_string(code, type)) << path << " names " << type;
    for (const auto& [number, known] : ontology.codes())
      EXPECT_TRUE(http.count(path) || code.find("\"" + number + "\"") == std::string::npos)
          << path << " names " << number;
  }
  EXPECT_GT(files, 400u);
  EXPECT_TRUE(in_a_string("\"type IN ('AID')\"", "AID"));
  EXPECT_FALSE(in_a_string("\"PAID\"", "AID"));
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
                            {"Moscow", "RUS"},
                            {"U.S.", "USA"},
                            {"Zaire", "COD"},
                            {"Pyongyang", "PRK"},
                            {"Republic of Cyprus", "CYP"},
                            {"ANKARA", "TUR"}}) {
    const KnownName* k = known.find(name);
    ASSERT_TRUE(k) << name;
    ASSERT_NE(k->sort, NameSort::organization) << name;
    EXPECT_EQ(known.states()[k->index].code, code);
  }
  EXPECT_FALSE(known.find("Norvania"));
}

TEST(House, AWrongRegisterLineIsNamed) {
  test::Folder folder;
  for (const char* file : {"states.tsv", "state_bodies.tsv", "organizations.tsv", "offices.tsv"})
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

// What the published schema says of a field's value: a definition by its name, or a type.
std::string said_of(simdjson::dom::element property) {
  std::string_view said;
  if (property["$ref"].get(said) == simdjson::SUCCESS)
    return std::string(said.substr(std::string_view("#/$defs/").size()));
  if (property["type"].get(said) == simdjson::SUCCESS) return std::string(said);
  return "enum";
}

using Said = std::set<std::string>;
Said may_be(KindOf<FieldKind::text>) { return {"string", "id", "enum"}; }
Said may_be(KindOf<FieldKind::strings>) { return {"array"}; }
Said may_be(KindOf<FieldKind::share>) { return {"number"}; }
Said may_be(KindOf<FieldKind::span>) { return {"span"}; }
Said may_be(KindOf<FieldKind::spans>) { return {"spans"}; }
Said may_be(KindOf<FieldKind::entity>) { return {"id", "idOrNull"}; }
Said may_be(KindOf<FieldKind::entities>) { return {"ids"}; }
Said may_be(KindOf<FieldKind::statement>) { return {"id"}; }
Said may_be(KindOf<FieldKind::when>) { return {"timex"}; }
Said may_be(KindOf<FieldKind::value>) { return {"timex"}; }
Said may_be(KindOf<FieldKind::time>) { return {"timex"}; }
Said may_be(KindOf<FieldKind::explain>) { return {"explain"}; }
Said may_be(KindOf<FieldKind::own>) { return {"object", "array", "number"}; }

// The schema of a layer has the fields of fields.def and no other, requires those that are always
// written, and lists what a closed list holds.
template <class Layer>
void expect_fields(simdjson::dom::element layer) {
  std::map<std::string, simdjson::dom::element> properties;
  for (auto property : layer["properties"].get_object())
    properties.emplace(property.key, property.value);
  Said required;
  for (std::string_view key : layer["required"].get_array()) required.emplace(key);
  const auto taken = [&](const std::string& key) { return properties.erase(key) > 0; };
  each_field<Layer>([&](const auto& field) {
    auto found = properties.find(field.key);
    ASSERT_TRUE(found != properties.end())
        << field.key << ": a field of fields.def that docs/record.schema.json lacks";
    const simdjson::dom::element property = found->second;
    EXPECT_TRUE(may_be(field.kKind).count(said_of(property))) << field.key << said_of(property);
    EXPECT_EQ(field.always, required.erase(field.key) > 0) << field.key;
    if (field.list) {
      std::vector<std::string_view> values;
      for (std::string_view value : property["enum"].get_array()) values.push_back(value);
      EXPECT_TRUE(std::equal(values.begin(), values.end(), field.list->values().begin(),
                             field.list->values().end()))
          << field.key;
    }
    taken(field.key);
    if (field.kKind == FieldKind::when) {
      EXPECT_TRUE(taken("when_from") && taken("when_to") && taken("when_precision"));
    }
    if (field.kKind == FieldKind::value) {
      EXPECT_TRUE(taken("from") && taken("to") && taken("precision"));
    }
  });
  for (const auto& [key, property] : properties)
    ADD_FAILURE() << key << ": in docs/record.schema.json, and no field of fields.def";
  EXPECT_TRUE(required.empty());
}

TEST(House, TheSchemaHasTheFieldsOfTheRecord) {
  simdjson::dom::parser parser;
  simdjson::dom::element schema;
  ASSERT_EQ(parser.load(test::source_dir() + "/docs/record.schema.json").get(schema),
            simdjson::SUCCESS);
  const auto layer = [&](const char* name) { return schema["properties"][name]["items"].value(); };
  expect_fields<Entity>(layer("entities"));
  expect_fields<TimeExpression>(layer("times"));
  expect_fields<Statement>(layer("statements"));
  expect_fields<Event>(layer("events"));
  expect_fields<Position>(layer("positions"));
  expect_fields<Novelty>(layer("novelty"));
}

}  // namespace
}  // namespace chancery
