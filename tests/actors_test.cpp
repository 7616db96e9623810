// The table tests/actors.tsv: who is who in single sentences. All misses are printed; at least 95
// of 100 must be right.
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/table.h"
#include "support.h"

namespace chancery {
namespace {

TEST(Actors, TableOfSentences) {
  Table table(test::source_dir() + "/tests/actors.tsv", {"sentence", "country", "sector", "date"});
  ASSERT_GE(table.rows().size(), 300u);
  size_t right = 0;
  std::string missed;
  for (const Table::Row& row : table.rows()) {
    size_t open = row[0].find('['), close = row[0].find(']');
    ASSERT_TRUE(open != std::string::npos && close != std::string::npos && open < close)
        << row.place();
    std::string text = row[0].substr(0, open) + row[0].substr(open + 1, close - open - 1) +
                       row[0].substr(close + 1);
    Span wanted{static_cast<uint32_t>(open), static_cast<uint32_t>(close - 1)};
    Record r = test::read(text, row[3].empty() ? "2025-06-02" : row[3]);
    // The entity with the longest mention inside the marked words.
    const Entity* best = nullptr;
    size_t length = 0;
    for (const Entity& e : r.entities)
      for (Span m : e.mentions)
        if (wanted.contains(m) && m.size() > length) {
          length = m.size();
          best = &e;
        }
    std::string country = !best || best->actor.country.empty() ? "-" : best->actor.country,
                sector = !best || best->actor.sector.empty() ? "-" : best->actor.sector;
    if (country == row[1] && sector == row[2]) ++right;
    else
      missed += row.place().substr(row.place().rfind('/') + 1) + ": " + row[0] + " gave " +
                (best ? best->name : "nobody") + ", " + country + " " + sector + " instead of " +
                row[1] + " " + row[2] + "\n";
  }
  std::printf("%zu of %zu right\n%s", right, table.rows().size(), missed.c_str());
  // Measured: 316 of 321.
  EXPECT_GE(static_cast<double>(right) / table.rows().size(), 0.984 - 0.02);
}

}  // namespace
}  // namespace chancery

namespace chancery {
namespace {

// A copy of data/register in which one line of one table is added; loading must fail and name file
// and line.
std::string complaint(const std::string& table, const std::string& line) {
  test::Folder folder;
  std::filesystem::copy(test::source_dir() + "/data/register", folder.path / "register",
                        std::filesystem::copy_options::recursive);
  std::string file = (folder.path / "register" / table).string();
  std::string text = read_file(file);
  if (text.back() != '\n') text += '\n';
  auto lines = std::count(text.begin(), text.end(), '\n');
  std::ofstream(file, std::ios::binary) << text << line << "\n";
  try {
    Register known((folder.path / "register").string());
    return "nothing";
  } catch (const StartError& error) {
    std::string said = error.what(), place = table + ":" + std::to_string(lines + 1) + ":";
    return said.find(place) != std::string::npos ? said.substr(said.find(place))
                                                 : "another place: " + said;
  }
}

TEST(Register, AWrongLineIsNamedWithFileAndLine) {
  auto says = [](const std::string& said, const std::string& what) {
    return said.find(what) != std::string::npos ? std::string() : said;
  };
  EXPECT_EQ(says(complaint("states.tsv", "NOR\tNorway\t\tNorwegian\tOslo\t"), "stands twice"), "");
  EXPECT_EQ(says(complaint("states.tsv", "Nor\tNowhere\t\t\t\t"), "no three-letter code"), "");
  EXPECT_EQ(says(complaint("organizations.tsv", "XQX\tPTY\t\tParty of Nowhere\t"),
                 "no state of states.tsv"),
            "");
  EXPECT_EQ(says(complaint("organizations.tsv", "IGO\tIGO\t\tUnited Nations\t"), "stands twice"),
            "");
  EXPECT_EQ(says(complaint("leaders.tsv", "Ola Nobody\t\t\tDEU\tchancellor\t2010-01\t2011-01"),
                 "overlaps that of Angela Merkel"),
            "");
  EXPECT_EQ(says(complaint("leaders.tsv", "Angela Merkel\t\t\tDEU\tchancellor\t2010-01\t2011-01"),
                 "same office twice at once"),
            "");
  EXPECT_EQ(says(complaint("leaders.tsv", "Ola Nobody\t\t\tDEU\tking\t2010\t"), "year-month"), "");
  EXPECT_EQ(says(complaint("offices.tsv", "president\tGOV\tperson\t"), "stands twice"), "");
  EXPECT_EQ(says(complaint("former_names.tsv", "Zaire\tCOD\t\t1971\t1997"), "stands twice"), "");
  EXPECT_EQ(says(complaint("former_names.tsv", "Olm\tNOR\t\t1997\t1971"), "not before the first"),
            "");
  EXPECT_EQ(says(complaint("ambiguous.tsv", "Nowhere\tNOR\t0.5\tx\t"), "is no name of a state"),
            "");
  EXPECT_EQ(says(complaint("groups.tsv", "Kurds\t\tCVL\t"), "stands twice"), "");
  EXPECT_EQ(says(complaint("regions.tsv", "Bavaria\tDEU\t"), "stands twice"), "");
  EXPECT_EQ(says(complaint("regions.tsv", "Nowhereshire\tXQX\t"), "no state of states.tsv"), "");
  EXPECT_EQ(says(complaint("local_names.tsv", "Assembly\tParty of Nowhere\t"),
                 "no name in organizations.tsv"),
            "");
  EXPECT_EQ(says(complaint("given_names.tsv", "Mary\tf"), "stands twice"), "");
  EXPECT_EQ(says(complaint("given_names.tsv", "Marion\tboth"), "gender is m or f"), "");
}

TEST(Register, KnowsWhoWasInOffice) {
  const Register& known = test::resources()->known;
  EXPECT_EQ(known.leader("Putin", "2001-01-01")->role, "president");
  EXPECT_EQ(known.leader("Putin", "2009-01-01")->role, "prime minister");
  EXPECT_EQ(known.leader("Guterres", "1997-01-01")->country, "PRT");
  EXPECT_EQ(known.leader("Guterres", "2020-01-01")->country, "IGO");
  EXPECT_EQ(known.former("Zaire"), "former name, 1971 to 1997");
  EXPECT_EQ(known.meanings("Georgia")->size(), 2u);
}

// Bodies that are alike are not one: what the one said must not stand under the other's name.
TEST(Register, BodiesOfOneKindAreNotOneBody) {
  const Register& known = test::resources()->known;
  const auto of = [&](const std::string& name) {
    const KnownName* found = known.find(name);
    return found && found->sort == NameSort::organization ? known.organizations()[found->index].name
                                                          : "none";
  };
  for (const std::string name :
       {"House Republicans", "House Democrats", "Senate Republicans", "Senate Democrats",
        "House of Lords", "House of Commons", "US Senate", "US House of Representatives",
        "Trump administration", "Biden administration", "Senate Foreign Relations Committee",
        "European Council", "Siemens", "Lukoil", "Government Accountability Office"})
    EXPECT_EQ(of(name), name);
  EXPECT_EQ(of("DOJ"), of("Department of Justice"));
  EXPECT_EQ(of("ICRC"), "International Committee of the Red Cross");
}

TEST(Gazetteer, FindsTownsLargestFirst) {
  const Gazetteer& places = test::resources()->places;
  EXPECT_GT(places.size(), 20000u);
  std::vector<Town> richmond = places.find("Richmond");
  ASSERT_GT(richmond.size(), 3u);
  for (size_t i = 1; i < richmond.size(); ++i)
    EXPECT_GE(richmond[i - 1].population, richmond[i].population);
  EXPECT_TRUE(places.find("Nowhere at all").empty());
  Record r = test::read("The ministers met in Gyeongju.");
  bool located = false;
  for (const Entity& e : r.entities)
    if (e.geo) located |= e.geo->country == "KOR" && std::abs(e.geo->latitude - 35.84) < 0.1;
  EXPECT_TRUE(located);
}

TEST(Gazetteer, KnowsTownsByTheirEnglishNamesAndWithoutAccents) {
  const Gazetteer& places = test::resources()->places;
  for (auto [name, country] : {std::pair{"Geneva", "CHE"},
                               {"Zurich", "CHE"},
                               {"Zürich", "CHE"},
                               {"Krakow", "POL"},
                               {"Lodz", "POL"},
                               {"Aarhus", "DNK"},
                               {"Basra", "IRQ"},
                               {"Grozny", "RUS"},
                               {"Calcutta", "IND"}}) {
    std::vector<Town> towns = places.find(name);
    ASSERT_FALSE(towns.empty()) << name;
    EXPECT_EQ(towns[0].country, country) << name;
  }
  test::Folder folder;
  const std::string names = folder.write("names.tsv", "name\ttown\tcountry\nNowhere\tOlm\tCHE\n");
  EXPECT_THROW(Gazetteer(test::source_dir() + "/data/register/places.tsv", names), StartError)
      << "a name for a town that is not there";
}

TEST(StateTrail, OfATownsNameTheWellKnownOneIsMeant) {
  auto states = [](const std::string& text) {
    Record r = test::read(text);
    std::string out;
    for (const Entity& e : r.entities)
      if (!e.actor.country.empty())
        out += (out.empty() ? "" : " ") + e.name + "=" + e.actor.country;
    return out;
  };
  EXPECT_NE(states("The United States left the talks in Geneva on Monday.").find("Geneva=CHE"),
            std::string::npos);
  EXPECT_EQ(states("The storm hit Lyon County on Monday."), "") << "and a county is no town";
}

TEST(Ambiguity, IsSaidAndSettledByTheArticle) {
  Record state = test::read("Georgia accused Russia of shelling Tbilisi."),
         province =
             test::read("Georgia counted its votes again in Atlanta, Republican officials said.");
  auto explained = [](const Record& r) {
    for (const Entity& e : r.entities)
      if (e.name == "Georgia") return e.actor.country + " " + e.explain;
    return std::string();
  };
  EXPECT_EQ(explained(state).substr(0, 4), "GEO ");
  EXPECT_NE(explained(state).find("ambiguous"), std::string::npos);
  EXPECT_NE(explained(province).substr(0, 4), "GEO ");
}

}  // namespace
}  // namespace chancery
