// The ontology against the counts that PLOVER and CAMEO publish, ontologies of the user's own, and
// what older coders got wrong.
#include <gtest/gtest.h>

#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;
using test::program;
using test::read;
using test::resources;
using test::words;

const Event* event_of(const Record& r, std::string_view type) {
  for (const Event& e : r.events)
    if (e.type == type) return &e;
  return nullptr;
}

std::string name(const Record& r, const std::vector<int>& who) {
  std::string out;
  for (int e : who) out += (out.empty() ? "" : "+") + r.entities[e].name;
  return out;
}

TEST(Ontology, HasWhatIsPublished) {
  const Ontology& o = resources()->lexicon.ontology();
  EXPECT_EQ(o.types().size(), 16u);
  EXPECT_EQ(std::count_if(o.modes().begin(), o.modes().end(),
                          [](const Ontology::Mode& m) { return m.plover; }),
            67);
  EXPECT_EQ(o.contexts().size(), 37u);
  EXPECT_EQ(o.codes().size(), 293u);
  EXPECT_EQ(o.sectors().size(), 28u);
  // CAMEO's 01 and 02 are no PLOVER events; all else has a type.
  for (const auto& [code, c] : o.codes())
    EXPECT_EQ(c.type.empty(), code.starts_with("01") || code.starts_with("02")) << code;
  EXPECT_EQ(std::count_if(o.codes().begin(), o.codes().end(),
                          [](const auto& c) { return c.second.type.empty(); }),
            37);
  std::map<std::string, int> of;
  for (const auto& [code, c] : o.codes()) ++of[c.type];
  EXPECT_EQ(of["PROTEST"], 26);
  EXPECT_EQ(of["ASSAULT"], 27);
  EXPECT_EQ(of["CONSULT"], 7);
  EXPECT_EQ(of["RETREAT"], 15);
  // Media are journalists and medicine is MED by PLOVER; CAMEO had it otherwise.
  EXPECT_EQ(o.sectors().at("JRN"), "journalists and media");
  EXPECT_EQ(o.sectors().at("MED"), "medical");
  // Where root and type part: sanctions are COERCE by the table, blockades too.
  EXPECT_EQ(o.code("163")->type, "COERCE");
  EXPECT_EQ(o.code("191")->type, "COERCE");
  EXPECT_EQ(o.code("057")->type, "SUPPORT");
}

// What the rules hold of acts is a table of the ontology; one of one's own may do without.
TEST(Ontology, TraitsAreATableWhoseWrongLinesAreNamed) {
  const Lexicon& lexicon = resources()->lexicon;
  EXPECT_TRUE(lexicon.has("CONSULT", Trait::meeting));
  EXPECT_FALSE(lexicon.has("ASSAULT", Trait::meeting));
  EXPECT_EQ(lexicon.type_with(Trait::refusal), "REJECT");
  EXPECT_EQ(lexicon.cameo_of("REJECT"), "120");
  EXPECT_EQ(lexicon.cameo_of("REJECT", "meet"), "125");
  const std::string table = read_file(test::source_dir() + "/data/ontology/traits.tsv");
  auto problem = [&](const std::string& traits) -> std::string {
    test::Folder own;
    for (const char* file : {"types", "modes", "contexts", "sectors", "cameo"})
      fs::copy_file(std::string(test::source_dir() + "/data/ontology/") + file + ".tsv",
                    own.path / (std::string(file) + ".tsv"));
    if (!traits.empty()) own.write("traits.tsv", traits);
    try {
      Lexicon(test::source_dir() + "/data", own.path.string());
      return "";
    } catch (const std::exception& error) {
      return error.what();
    }
  };
  EXPECT_EQ(problem(""), "");
  EXPECT_EQ(problem(table), "");
  EXPECT_NE(problem(table + "feast\tCONSULT\t\n").find("'feast' is no trait"), std::string::npos);
  EXPECT_NE(problem(table + "meeting\tCONSULT\t\n").find("'meeting' stands twice"),
            std::string::npos);
  EXPECT_NE(problem(replace_all(table, "meeting\tCONSULT", "meeting\tPICNIC")).find("PICNIC"),
            std::string::npos);
  EXPECT_NE(problem(table.substr(0, table.rfind("retold_in_sentence"))).find("is missing"),
            std::string::npos);
}

TEST(Ontology, MapsBothWays) {
  const Ontology& o = resources()->lexicon.ontology();
  for (const auto& [name, t] : o.types()) {
    ASSERT_TRUE(o.code(t.cameo)) << name;
    EXPECT_TRUE(o.code(t.cameo)->type == name || name == "RETREAT")
        << name;  // CAMEO's 08 holds both ways of yielding
  }
  EXPECT_EQ(o.folded("CONSULT", "planned"), "AGREE");
  EXPECT_EQ(o.folded("ASSAULT", "possible"), "THREATEN");
  EXPECT_EQ(o.folded("CONSULT", "occurred"), "CONSULT");
  EXPECT_EQ(Ontology::cameo_quad("057"), 1);
  EXPECT_EQ(Ontology::cameo_quad("0831"), 2);
  EXPECT_EQ(Ontology::cameo_quad("139"), 3);
  EXPECT_EQ(Ontology::cameo_quad("190"), 4);
}

// A copy of the shipped ontology with one file changed.
fs::path changed(const test::Folder& folder, const std::string& file, const std::string& from,
                 const std::string& to) {
  fs::copy(test::source_dir() + "/data/ontology", folder.path / "own", fs::copy_options::recursive);
  std::string text = read_file((folder.path / "own" / file).string());
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  std::ofstream(folder.path / "own" / file, std::ios::binary) << text.replace(at, from.size(), to);
  return folder.path / "own";
}

TEST(Ontology, OfTheUsersOwnIsNamedOnTheCommandLine) {
  test::Folder folder;
  fs::path own =
      changed(folder, "types.tsv", "ASSAULT\t4", "PLANT\t2\t1\t\t060\t\tplant trees\nASSAULT\t4");
  std::string lexicon = read_file(test::source_dir() + "/data/lexicon/events.tsv");
  std::ofstream(own / "events.tsv") << lexicon << "plant\tv\t\ttree\tPLANT\t\t060\t\twith|for\n";
  auto r = program("--ontology " + own.string() + " read --json -",
                   "President Anders Lund of Norway planted a tree for France.");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("\"type\":\"PLANT\""), std::string::npos) << r.out;
}

TEST(Ontology, WrongLinesAreNamed) {
  struct Case {
    const char *file, *from, *to, *says;
  };
  for (const Case& c :
       {Case{"types.tsv", "AGREE\t1", "AGREE\t7", "types.tsv:5: quad class '7'"},
        Case{"modes.tsv", "visit\t4", "visit\tfour", "is no number"},
        Case{"cameo.tsv", "AGREE", "AGRE", "'AGRE' is no type"},
        Case{"cameo.tsv", "010", "01x", "is no code"},
        Case{"contexts.tsv", "intelligence", "military", "military stands twice"}}) {
    test::Folder folder;
    auto r = program(
        "--ontology " + changed(folder, c.file, c.from, c.to).string() + " read --json -", "Text.");
    EXPECT_EQ(r.code, 3) << c.says;
    EXPECT_NE(r.err.find(c.says), std::string::npos) << r.err;
  }
}

TEST(Ontology, AMisspeltLexiconLineIsNamed) {
  test::Folder folder;
  fs::copy(test::source_dir() + "/data/ontology", folder.path / "own", fs::copy_options::recursive);
  std::ofstream(folder.path / "own/events.tsv")
      << "words\tpart\twith\tobjects\ttype\tmode\tcameo\tsource\ttarget\nvisit\tv\t\t\tCONSLUT\tvis"
         "it\t042\t\tobject\n";
  auto r = program("--ontology " + (folder.path / "own").string() + " read --json -", "Text.");
  EXPECT_EQ(r.code, 3);
  EXPECT_NE(r.err.find("events.tsv:2: 'CONSLUT' is no type"), std::string::npos) << r.err;
}

TEST(Lexicon, HasThousandsOfEntries) {
  // A word with each of the objects that it takes is an entry.
  size_t entries = 0;
  const std::string file = read_file(test::source_dir() + "/data/lexicon/events.tsv");
  for (std::string_view line : split(file, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    auto cells = split(line, '\t');
    entries += split(cells[0], '|').size() * split(cells[3], '|').size();
  }
  EXPECT_GT(entries, 5000u);
  EXPECT_GT(resources()->lexicon.size(), 1600u);
}

TEST(EventDetails, CountPeopleAsTheTextDoes) {
  Record r = read(
      "At least 12 people were killed and dozens wounded on Friday when a drone attacked a market "
      "in Tallinn, the governor said. Police in Oslo arrested 1,340 protesters. Two hundred "
      "soldiers died.");
  const Event* killed = event_of(r, "ASSAULT");
  ASSERT_TRUE(killed);
  ASSERT_EQ(killed->numbers.size(), 2u);
  EXPECT_EQ(killed->numbers[0].of, "dead");
  EXPECT_EQ(killed->numbers[0].count, 12.0);
  EXPECT_EQ(killed->numbers[0].bound, "at least");
  EXPECT_EQ(killed->numbers[1].of, "injured");
  EXPECT_FALSE(killed->numbers[1].count.has_value());
  ASSERT_EQ(killed->instrument.size(), 1u);
  EXPECT_EQ(words(r, killed->instrument[0]), "drone");
  EXPECT_EQ(killed->mode, "drone");
  const Event* arrested = event_of(r, "COERCE");
  ASSERT_TRUE(arrested);
  ASSERT_EQ(arrested->numbers.size(), 1u);
  EXPECT_EQ(arrested->numbers[0].of, "detained");
  EXPECT_EQ(arrested->numbers[0].count, 1340.0);
}

TEST(EventDetails, ContextsComeFromCodeAndWords) {
  Record r = read("Norway imposed tariffs on oil from Denmark.");
  const Event* e = event_of(r, "SANCTION");
  ASSERT_TRUE(e);
  auto has = [&](const char* c) {
    return std::find(e->contexts.begin(), e->contexts.end(), c) != e->contexts.end();
  };
  EXPECT_TRUE(has("economic"));
  EXPECT_TRUE(has("natural_resource"));
  EXPECT_FALSE(has("cyber"));
}

// What the coders of twenty years got wrong.
TEST(KnownWounds, ThingsAreNoTargets) {
  Record r = read(
      "Norway condemned the weather. The prime minister of Sweden praised the soup and rejected "
      "the menu.");
  for (const Event& e : r.events) EXPECT_EQ(name(r, e.target), "");
}

TEST(KnownWounds, WhatWillOrWouldBeIsNotDone) {
  for (const char* text :
       {"Norway will bomb Sweden.", "Norway would bomb Sweden.", "Norway plans to bomb Sweden.",
        "Norway may bomb Sweden.", "Norway would bomb Sweden if it were attacked."}) {
    Record r = read(text);
    for (const Event& e : r.events)
      EXPECT_FALSE(e.type == "ASSAULT" && e.status == "occurred") << text;
  }
}

TEST(KnownWounds, WhatMustBeIsAskedForAndNotDone) {
  Record r = read(
      "“Sweden must withdraw its troops from Finland,” Norwegian Prime Minister Kari Berg said.");
  EXPECT_FALSE(event_of(r, "RETREAT"));
  EXPECT_TRUE(event_of(r, "REQUEST"));
}

TEST(KnownWounds, NothingIsNeverCoded010) {
  Record r = read("The lake is deep and the mountains of Norway are high.");
  EXPECT_TRUE(r.events.empty());
}

TEST(KnownWounds, EmptyOutputGivesAReason) {
  Record r = read("The lake is deep and the mountains of Norway are high.");
  ASSERT_EQ(r.article.notes.size(), 1u);
  EXPECT_EQ(r.article.notes[0], "no event: no word of the text is in the lexicon of acts");
  // A word that would be an act, done by nobody.
  r = read("The lake was attacked by weeds.");
  EXPECT_TRUE(r.events.empty());
  ASSERT_EQ(r.article.notes.size(), 1u);
  EXPECT_NE(r.article.notes[0].find("1 word of the lexicon of acts (the first: 'attacked')"),
            std::string::npos)
      << r.article.notes[0];
}

TEST(KnownWounds, AMeetingOfManyIsOneEvent) {
  Record r = read(
      "The foreign ministers of Norway, Sweden, Denmark, Finland and Iceland met in Oslo on "
      "Tuesday.");
  EXPECT_EQ(std::count_if(r.events.begin(), r.events.end(),
                          [](const Event& e) { return e.type == "CONSULT"; }),
            1);
}

TEST(KnownWounds, CommentsAndDenialsAreNoActs) {
  for (const char* text : {"France expressed concern over the arrests in Turkey.",
                           "Russia rejected accusations by Georgia that it had moved the fence.",
                           "Japan conveyed its condolences to Chile."}) {
    Record r = read(text);
    EXPECT_FALSE(event_of(r, "REJECT") || event_of(r, "SUPPORT")) << text;
    EXPECT_FALSE(std::string_view(text).starts_with("France") && event_of(r, "ACCUSE")) << text;
  }
}

TEST(Events, AdjectivesOfReadinessAgree) {
  Record r = read("France is ready to hold talks with Iran.");
  const Event* e = event_of(r, "AGREE");
  ASSERT_TRUE(e);
  EXPECT_EQ(name(r, e->source), "France");
  EXPECT_EQ(name(r, e->target), "Iran");
}

TEST(Events, ATelephoneCallIsNoNamingAndNoRequest) {
  Record call = read(
      "President Anders Lund of Norway called Swedish Prime Minister Kari Berg to discuss the "
      "border.");
  const Event* e = event_of(call, "CONSULT");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->mode, "phone");
  Record naming =
      read("President Anders Lund of Norway called Swedish Prime Minister Kari Berg a liar.");
  for (const Event& x : naming.events) EXPECT_NE(x.mode, "phone");
}

}  // namespace
}  // namespace chancery
