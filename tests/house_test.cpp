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
  for (const auto& entry : fs::recursive_directory_iterator(SOURCE_DIR "/src")) {
    if (!entry.is_regular_file() ||
        (entry.path().extension() != ".h" && entry.path().extension() != ".cpp"))
      continue;
    std::string folder = fs::relative(entry.path(), SOURCE_DIR "/src").begin()->string();
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
  const fs::path reading = SOURCE_DIR "/src/reading";
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

TEST(House, EveryFolderSaysWhatLivesThere) {
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR "/src"))
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
    fs::copy_file(std::string(SOURCE_DIR "/data/register/") + file, folder.path / file);
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
  std::string schema = read_file(SOURCE_DIR "/docs/record.schema.json");
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
