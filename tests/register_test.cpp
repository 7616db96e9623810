// The rules of the register over a small world that is invented: which names are found and as what,
// who was in office when, and which lines are refused. What the shipped tables hold is asked in
// actors_test.cpp and house_test.cpp.
#include "register/register.h"

#include <gtest/gtest.h>

#include "invented_tables.h"

namespace chancery {
namespace {

struct World : test::InventedTables<Register> {
  World()
      : InventedTables(
            {{"states",
              {"code\tname\tnames\tdemonyms\tcapital\tmetonyms",
               "NRV\tNorvania\tRealm of the Norvans\tNorvan|Norvish\tOlm\tthe White Gate\n"
               "SUD\tSudmark\tS.M.\tSudmarker|Sudman\tVest\t\n"}},
             {"former_names",
              {"name\tcode\tdemonyms\tfrom\tuntil",
               "Old Mark\tSUD\tMarkian\t1901\t1950\n"
               "Nether\tSUD\t\t1951\t\n"}},
             {"ambiguous",
              {"name\tcode\tshare\twhat\thints",
               "Olm\tNRV\t0.7\tthe state\tgate|tower\n"
               "Olm\t-\t0.3\ta river\twater\n"}},
             {"organizations",
              {"country\tsector\tothers\tname\tnames",
               "IGO\tIGO\tCVL\tUN Harbour Fund\tUNHF\nNRV\tLEG\t\tDiet of Norvania\tNorvan "
               "Diet\n"}},
             {"groups", {"name\tnames\tsector\tcountry", "Fenmen\tFen People\tCVL\tSUD\n"}},
             {"offices",
              {"noun\tsector\tkind\tothers",
               "harbour master\tGOV\tperson\tBUS\ncrew\tCVL\tgroup\t\n"}},
             {"name_heads", {"word\tkind\tsure", "guild\torganization\tyes\nstrand\tplace\t\n"}},
             {"leaders",
              {"name\tnames\tshort\tcountry\trole\tfrom\tuntil",
               "Ada Brun\tA. Brun\tyes\tNRV\tpresident\t2001-03\t2005-03\n"
               "Ada Brun\t\t\tSUD\tsenator\t2010-01\t2012-01\n"
               "Per Lund\t\t\tNRV\tpresident\t2005-03\t\n"}},
             {"regions", {"name\tcountry\tnames", "West Fen\tSUD\tThe Fens|W. Fen\n"}},
             {"local_names",
              {"name\torganization\tsure", "the Diet\tNorvan Diet\tyes\nDiet\tUNHF\t\n"}},
             {"seats", {"capital\torganization\twords", "Olm\tUNHF\tHarbour Fund|UNHF\n"}},
             {"state_bodies",
              {"words\tkind\tname",
               "guard\tbody\tguard\ndiet\tbody\tdiet\ndefense\tportfolio\tDefense\n"}},
             {"given_names", {"name\tgender", "Ada\tf\nPer\tm\n"}}}) {}
};

// "state NRV", "organization UN Harbour Fund", "nothing".
std::string found(const Register& known, const std::string& name) {
  const KnownName* k = known.find(name);
  if (!k) return "nothing";
  const auto index = static_cast<size_t>(k->index);
  if (k->sort == NameSort::organization) return "organization " + known.organizations()[index].name;
  return std::string(k->sort == NameSort::state     ? "state "
                     : k->sort == NameSort::demonym ? "demonym "
                     : k->sort == NameSort::capital ? "capital "
                                                    : "metonym ") +
         known.states()[index].code;
}

TEST(RegisterNames, OfAStateAreItsOwnItsPeoplesItsCapitalsAndItsSeats) {
  const Register known = World().read();
  for (auto [name, what] : {std::pair{"Norvania", "state NRV"},
                            {"Realm of the Norvans", "state NRV"},
                            {"Norvan", "demonym NRV"},
                            {"Norvans", "demonym NRV"},
                            {"Norvish", "demonym NRV"},
                            {"Norvishs", "nothing"},
                            {"Sudmarkers", "demonym SUD"},
                            {"Olm", "capital NRV"},
                            {"White Gate", "metonym NRV"},
                            {"the White Gate", "metonym NRV"},
                            {"The  White Gate", "metonym NRV"},
                            {"S.M.", "state SUD"},
                            {"Old Mark", "state SUD"},
                            {"Markian", "demonym SUD"},
                            {"Markians", "demonym SUD"},
                            {"Nowhere", "nothing"},
                            {"", "nothing"}})
    EXPECT_EQ(found(known, name), what) << name;
  EXPECT_EQ(known.state_index("SUD"), 1);
  EXPECT_EQ(known.state_index("XXX"), -1);
}

TEST(RegisterNames, FormsOfOfficeCapitalsAndTheUnitedNationsAreFoundByRule) {
  const Register known = World().read();
  for (auto [name, what] : {std::pair{"Republic of Norvania", "state NRV"},
                            {"Kingdom of Norvania", "state NRV"},
                            {"State of Norvania", "state NRV"},
                            {"Government of Norvania", "state NRV"},
                            {"Republic of Olm", "nothing"},
                            {"Empire of Norvania", "nothing"},
                            {"NORVANIA", "state NRV"},
                            {"OLD MARK", "state SUD"},
                            {"OLM", "nothing"},
                            {"NORVaNIA", "nothing"},
                            {"UNHF", "organization UN Harbour Fund"},
                            {"United Nations Harbour Fund", "organization UN Harbour Fund"},
                            {"U.N. Harbour Fund", "organization UN Harbour Fund"},
                            {"U.N. Forest Fund", "nothing"}})
    EXPECT_EQ(found(known, name), what) << name;
}

TEST(RegisterNames, TheFirstWhoHasANameKeepsIt) {
  World world;
  world.tables["states"].second += "EAS\tEastmark\tNorvania\tNorvan\t\t\n";
  const Register known = world.read();
  EXPECT_EQ(found(known, "Norvan"), "demonym NRV");
  EXPECT_EQ(found(known, "Norvania"), "state NRV");
  EXPECT_EQ(found(known, "Eastmark"), "state EAS");
}

TEST(RegisterNames, TheLongestHasAsManyWords) {
  EXPECT_GE(World().read().longest_name(), 4) << "Realm of the Norvans";
  World world;
  world.tables["organizations"].second += "NGO\tNGO\t\tOne Two Three Four Five-Six Seven\t\n";
  // A hyphen and the word behind it are tokens of their own.
  EXPECT_EQ(world.read().longest_name(), 9);
}

TEST(RegisterNames, FormerOnesSayWhen) {
  const Register known = World().read();
  EXPECT_EQ(known.former("Old Mark"), "former name, 1901 to 1950");
  EXPECT_EQ(known.former("Markian"), "former name, 1901 to 1950");
  EXPECT_EQ(known.former("Nether"), "former name, 1951 on");
  EXPECT_EQ(known.former("Sudmark"), "");
}

TEST(RegisterNames, AnAmbiguousOneHasItsMeanings) {
  const Register known = World().read();
  const std::vector<Meaning>* all = known.meanings("Olm");
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].state, 0);
  EXPECT_EQ((*all)[0].share, 0.7);
  EXPECT_EQ((*all)[0].what, "the state");
  EXPECT_EQ((*all)[0].hints, (std::vector<std::string>{"gate", "tower"}));
  EXPECT_EQ((*all)[1].state, -1);
  EXPECT_FALSE(known.meanings("Vest"));
}

TEST(RegisterBodies, HaveStateSectorsAndKind) {
  const Register known = World().read();
  ASSERT_EQ(known.organizations().size(), 3u);
  const Organization &fund = known.organizations()[0], &fen = known.organizations()[2];
  EXPECT_EQ(fund.country + " " + fund.sector + " " + fund.kind, "IGO IGO organization");
  EXPECT_EQ(fund.other_sectors, std::vector<std::string>{"CVL"});
  EXPECT_EQ(fen.country + " " + fen.sector + " " + fen.kind, "SUD CVL group");
  EXPECT_EQ(found(known, "Fen People"), "organization Fenmen");
  const LocalName* diet = known.local("Diet");
  ASSERT_TRUE(diet);
  EXPECT_EQ(diet->bodies.size(), 2u) << "an article makes no other name";
  EXPECT_TRUE(diet->sure);
  EXPECT_FALSE(known.local("Senate"));
}

TEST(BodiesOfStates, AreNamedByStateAndBody) {
  World world;
  world.tables["organizations"].second +=
      "SUD\tREB\t\tSudman guard of the fens\tSudmark guard\nSUD\tGOV\t\tFens Office\t\n";
  world.tables["state_bodies"].second +=
      "SUD Defense Ministry\town\tFens Office\nNRV diet\town\tDiet of Norvania\n";
  const Register known = world.read();
  for (auto [name, code, body] :
       {std::tuple{"the Norvan guard", "NRV", "Norvan guard"},
        {"Norvania's guard", "NRV", "Norvan guard"},
        {"The guard of Norvania", "NRV", "Norvan guard"},
        {"the guard of the Realm of the Norvans", "NRV", "Norvan guard"},
        {"the nation’s Guard", "NRV", "Norvan guard"},
        {"guard", "SUD", "Sudman guard"},  // a Sudmarker is a person
        {"Norvan Tide Ministry", "NRV", "Norvan Tide Ministry"},
        {"Norvish Ministry of Defence", "NRV", "Norvan Defense Ministry"},
        {"the defense ministry", "NRV", "Norvan Defense Ministry"},
        {"Ministry for Tides and Locks", "NRV", "Norvan Tides and Locks Ministry"},
        {"a ministry of tides", "NRV", ""},
        {"Ministry of Tides and Locks and Dykes of Old Towns", "NRV", ""},
        {"the ministry", "NRV", ""},
        {"the local guard", "NRV", ""},
        {"Ministry of Norvania", "NRV", ""},
        {"Norvan guard", "SUD", ""},
        {"Norvanian diet", "SUD", ""},
        {"the diet", "NRV", "Diet of Norvania"},
        {"Norvan Diet", "NRV", ""},    // the register knows it by itself
        {"Sudmark guard", "SUD", ""},  // rebels, not the state's
        {"Sudmark's guard", "SUD", "Sudman guard"},
        {"the Sudman ministry of defence", "SUD", "Fens Office"},  // by a name of its own
        {"guard", "IGO", ""},
        {"guard", "", ""},
        {"", "NRV", ""}})
    EXPECT_EQ(known.body_of_state(name, code), body) << name << " of " << code;
  EXPECT_EQ(known.body_alone("the Norvan guard", "NRV"), "guard");
  EXPECT_EQ(known.body_alone("the Norvan guard", "SUD"), "");
  EXPECT_EQ(known.adjective(0), "Norvan");
  EXPECT_EQ(known.adjective(1), "Sudman");
}

TEST(RegisterWords, SayWhatTheyStandFor) {
  const Register known = World().read();
  ASSERT_TRUE(known.office("harbour master"));
  EXPECT_EQ(known.office("harbour master")->sector, "GOV");
  EXPECT_EQ(known.office("harbour master")->kind, "person");
  EXPECT_EQ(known.office("harbour master")->other_sectors, std::vector<std::string>{"BUS"});
  EXPECT_EQ(known.office("crew")->kind, "group");
  EXPECT_FALSE(known.office("Crew"));
  ASSERT_TRUE(known.name_head("guild"));
  EXPECT_TRUE(known.name_head("guild")->sure);
  EXPECT_FALSE(known.name_head("strand")->sure);
  EXPECT_EQ(known.name_head("strand")->kind, "place");
  EXPECT_FALSE(known.name_head("hill"));
  for (const char* name : {"West Fen", "Fens", "the Fens", "W. Fen"})
    EXPECT_EQ(known.region(name), 1) << name;
  EXPECT_EQ(known.region("East Fen"), -1);
  EXPECT_EQ(known.gender("Ada"), 'f');
  EXPECT_EQ(known.gender("Per"), 'm');
  EXPECT_EQ(known.gender("Kim"), 0);
}

TEST(Leaders, AreInOfficeFromTheFirstMonthToTheLast) {
  const Leader ada{"Ada Brun", "NRV", "president", "2001-03", "2005-03"};
  for (auto [date, now] : {std::pair{"2001-02-28", false},
                           {"2001-03-01", true},
                           {"2001", true},
                           {"2003-07-01", true},
                           {"2005-03-31", true},
                           {"2005-04-01", false},
                           {"2005", true},
                           {"2006", false},
                           {"", true}})
    EXPECT_EQ(ada.in_office(date), now) << date;
  const Leader per{"Per Lund", "NRV", "president", "2005-03", ""};
  EXPECT_TRUE(per.in_office("2031-05-14"));
  EXPECT_FALSE(per.in_office("2005-02-01"));
}

TEST(Leaders, AreMeantByTheTermOfTheDayOrTheNearest) {
  const Register known = World().read();
  auto role = [&](const std::string& name, const std::string& date) {
    const Leader* x = known.leader(name, date);
    return x ? x->role + " of " + x->country : "nobody";
  };
  for (auto [name, date, who] : {std::tuple{"Ada Brun", "2002-01-01", "president of NRV"},
                                 {"A. Brun", "2002-01-01", "president of NRV"},
                                 {"A Brun", "2002-01-01", "president of NRV"},
                                 {"Ada Brun", "2011-05-05", "senator of SUD"},
                                 {"Ada Brun", "1990-01-01", "president of NRV"},
                                 {"Ada Brun", "2006-01-01", "president of NRV"},
                                 {"Ada Brun", "2009-01-01", "senator of SUD"},
                                 {"Ada Brun", "2031-01-01", "senator of SUD"},
                                 {"Ada Brun", "", "senator of SUD"},
                                 {"Brun", "2002-01-01", "president of NRV"},
                                 {"Brun", "2011-05-05", "president of NRV"},
                                 {"Per Lund", "2031-01-01", "president of NRV"},
                                 {"Lund", "2031-01-01", "nobody"},
                                 {"Ola Nobody", "", "nobody"}})
    EXPECT_EQ(role(name, date), who) << name << " " << date;
}

TEST(RegisterLines, ThatAreWrongAreRefusedWithTheReason) {
  const World world;
  for (auto [table, line, says] :
       {std::tuple{"states", "NR\tX\t\t\t\t", "no three-letter code"},
        {"states", "N0V\tX\t\t\t\t", "no three-letter code"},
        {"states", "XXX\t\t\t\t\t", "a state without a name"},
        {"states", "SUD\tX\t\t\t\t", "code SUD stands twice, first in line 3"},
        {"former_names", "X\tXXX\t\t1901\t1950", "no state of states.tsv"},
        {"former_names", "X\tSUD\t\t190\t1950", "four digits"},
        {"former_names", "X\tSUD\t\t19a1\t1950", "four digits"},
        {"former_names", "X\tSUD\t\t1901\t195", "four digits"},
        {"former_names", "X\tSUD\t\t1951\t1950", "not before the first"},
        {"former_names", "the Old Mark\tSUD\t\t1901\t1950", "stands twice"},
        {"ambiguous", "Vest\tXXX\t0.5\tx\t", "no state of states.tsv"},
        {"ambiguous", "Vest\tSUD\t0\tx\t", "a share is between 0 and 1"},
        {"ambiguous", "Vest\tSUD\t1.1\tx\t", "a share is between 0 and 1"},
        {"ambiguous", "X\tSUD\t0.5\tx\t", "no name of a state"},
        {"organizations", "XXX\tLEG\t\tX\t", "nor IGO, NGO, MNC or IMG"},
        {"organizations", "nrv\tLEG\t\tX\t", "no three-letter code"},
        {"organizations", "NRV\tLE\t\tX\t", "no three-letter code"},
        {"organizations", "NRV\tLEG\t\t\t", "an organization without a name"},
        {"organizations", "NRV\tLEG\t\tNorvan Diet\t", "stands twice"},
        {"groups", "X\t\tCV\tSUD", "no three-letter code"},
        {"groups", "X\t\tCVL\tXXX", "no state of states.tsv"},
        {"groups", "Fen People\t\tCVL\tSUD", "stands twice"},
        {"offices", "x\tG\tperson\t", "no three-letter code"},
        {"offices", "x\tGOV\tbird\t", "kind 'bird' is none of"},
        {"offices", "crew\tGOV\tperson\t", "stands twice"},
        {"name_heads", "x\tperson\t", "kind is organization or place"},
        {"name_heads", "guild\tplace\t", "stands here twice"},
        {"leaders", "X\t\t\tXXX\tking\t2001-01\t", "nor IGO, NGO, MNC or IMG"},
        {"leaders", "X\t\t\tSUD\tking\t2001\t", "year-month"},
        {"leaders", "X\t\t\tSUD\tking\t2001/01\t", "year-month"},
        {"leaders", "X\t\t\tSUD\tking\t2001-0x\t", "year-month"},
        {"leaders", "X\t\t\tSUD\tking\t2001-02\t2001-01", "the end not before"},
        {"leaders", "X\t\tno\tSUD\tking\t2001-01\t", "'short' must be yes or empty"},
        {"leaders", "Ada Brun\t\t\tNRV\tpresident\t2004-01\t2005-01", "the same office twice"},
        {"leaders", "X\t\t\tNRV\tpresident\t2000-01\t2001-04", "overlaps that of Ada Brun"},
        {"leaders", "X\t\t\tNRV\tpresident\t2030-01\t", "overlaps that of Per Lund"},
        {"regions", "X\tXXX\t", "no state of states.tsv"},
        {"regions", "X\tNRV\tthe W. Fen", "stands twice"},
        {"local_names", "X\tNorvania\t", "no name in organizations.tsv"},
        {"local_names", "X\tNobody\t", "no name in organizations.tsv"},
        {"seats", "Nowhere\tUNHF\tX", "no capital of states.tsv"},
        {"seats", "Olm\tNobody\tX", "no name in organizations.tsv"},
        {"seats", "Olm\tUNHF\t", "without words"},
        {"seats", "Olm\tUNHF\tX", "stands twice"},
        {"state_bodies", "x\tbird\tX", "kind is body, own or portfolio"},
        {"state_bodies", "NRV guard\town\tNobody", "is no name in organizations.tsv of that state"},
        {"state_bodies", "SUD guard\town\tDiet of Norvania",
         "is no name in organizations.tsv of that state"},
        {"state_bodies", "NRV watch\town\tDiet of Norvania", "no such body has every state"},
        {"state_bodies", "NRV guard\town\tNorvania",
         "is no name in organizations.tsv of that state"},
        {"state_bodies", "The Watch\tbody\tX", "is looked for as 'watch'"},
        {"state_bodies", "labour\tportfolio\tX", "is looked for as 'labor'"},
        {"state_bodies", "watch\tbody\t", "no name"},
        {"state_bodies", "guard\tbody\tX", "stands twice"},
        {"given_names", "Kim\tx", "gender is m or f"},
        {"given_names", "Ada\tm", "stands twice"}})
    EXPECT_NE(world.refusal(table, line).find(says), std::string::npos)
        << table << ": " << line << ": " << world.refusal(table, line);
}

TEST(RegisterLines, ThatAreRightAreTaken) {
  const World world;
  for (auto [table, line] :
       {std::pair{"former_names", "X\tSUD\t\t1901\t1901"},
        {"ambiguous", "Vest\tSUD\t1\tx\t"},
        {"organizations", "IMG\tREB\t\tX\t"},
        {"organizations", "MNC\tBUS\t\tX\t"},
        {"organizations", "NGO\tNGO\t\tX\t"},
        {"groups", "X\t\tCVL\t"},
        {"offices", "x\tGOV\tplace\t"},
        {"leaders", "X\t\t\tSUD\tking\t2001-01\t2001-01"},
        // One follows the other in the month in which he goes; others have offices that many have.
        {"leaders", "X\t\t\tNRV\tpresident\t1999-01\t2001-03"},
        {"leaders", "X\t\t\tNRV\tminister\t2001-01\t\nY\t\t\tNRV\tminister\t2001-01\t"},
        {"leaders", "X\t\t\tIGO\tpresident\t2001-01\t\nY\t\t\tIGO\tpresident\t2001-01\t"},
        {"leaders", "Ada Brun\t\t\tNRV\tpresident\t1999-01\t2001-03"}})
    EXPECT_EQ(world.refusal(table, line), "") << table << ": " << line;
}

}  // namespace
}  // namespace chancery
