// The ontology of acts over small tables that are invented: what is read, what is counted as what, and
// which lines are refused. What the shipped tables hold is asked in events_test.cpp.
#include "register/ontology.h"

#include <gtest/gtest.h>

#include "invented_tables.h"

namespace chancery {
namespace {

struct Acts : test::InventedTables<Ontology> {
  Acts()
      : InventedTables(
            {{"types",
              {"type\tquad\tscore\tmutual\tcameo\tfuture\tname",
               "SING\t1\t2.5\tyes\t041\tVOW\tsing together\n"
               "VOW\t1\t\t\t\t\tvow\n"
               "FEUD\t4\t-10\t\t19\t\tfeud\n"}},
             {"modes",
              {"type\tmode\tscore\torigin", "FEUD\tdogs\t-7\tPLOVER\nFEUD\tcats\t\town\n"}},
             {"contexts", {"context\twords", "harvest\tcorn|late corn\n"}},
             {"sectors", {"sector\tname", "GUI\tguilds\n"}},
             {"cameo",
              {"code\ttype\tmode\tcontexts\tgoldstein\tname",
               "041\tSING\t\tharvest|gone*\t1.5\tsing at harvest\n"
               "19\tFEUD\tdogs\t\t-10\tset the dogs on\n"
               "1921\tFEUD\tbirds*\t\t\tset the birds on\n"
               "02\t\t\t\t\tof no type\n"}}}) {}
};

TEST(OntologyTables, SayWhatATypeIs) {
  const Ontology o = Acts().read();
  const Ontology::Type* sing = o.type("SING");
  ASSERT_TRUE(sing);
  EXPECT_EQ(sing->quad, 1);
  EXPECT_EQ(sing->score, 2.5);
  EXPECT_TRUE(sing->mutual);
  EXPECT_EQ(sing->cameo, "041");
  EXPECT_EQ(sing->future, "VOW");
  EXPECT_EQ(sing->words, "sing together");
  EXPECT_EQ(o.type("FEUD")->quad, 4);
  EXPECT_EQ(o.type("FEUD")->score, -10);
  EXPECT_FALSE(o.type("FEUD")->mutual);
  EXPECT_EQ(o.type("VOW")->score, 0) << "none is given";
  EXPECT_FALSE(o.type("sing"));
  EXPECT_EQ(o.types().size(), 3u);
}

TEST(OntologyTables, SayWhatACodeIs) {
  const Ontology o = Acts().read();
  const Ontology::Code *sing = o.code("041"), *dogs = o.code("19"), *birds = o.code("1921");
  ASSERT_TRUE(sing && dogs && birds && o.code("02"));
  EXPECT_EQ(sing->type, "SING");
  EXPECT_EQ(sing->contexts, std::vector<std::string>{"harvest"}) << "what is no more listed goes";
  EXPECT_EQ(sing->goldstein, 1.5);
  EXPECT_EQ(sing->words, "sing at harvest");
  EXPECT_TRUE(sing->mode.empty() && sing->mode_listed);
  EXPECT_EQ(dogs->mode, "dogs");
  EXPECT_TRUE(dogs->mode_listed);
  EXPECT_EQ(birds->mode, "birds");
  EXPECT_FALSE(birds->mode_listed);
  EXPECT_FALSE(birds->goldstein.has_value());
  EXPECT_EQ(o.code("02")->type, "");
  EXPECT_FALSE(o.code("042"));
  EXPECT_EQ(o.codes().size(), 4u);
}

TEST(OntologyTables, SayWhichModesContextsAndSectorsThereAre) {
  const Ontology o = Acts().read();
  EXPECT_TRUE(o.has_mode("FEUD", "dogs"));
  EXPECT_FALSE(o.has_mode("SING", "dogs"));
  EXPECT_FALSE(o.has_mode("FEUD", "birds"));
  ASSERT_EQ(o.modes().size(), 2u);
  EXPECT_TRUE(o.modes()[0].plover);
  EXPECT_EQ(o.modes()[0].score, -7);
  EXPECT_FALSE(o.modes()[1].plover);
  EXPECT_FALSE(o.modes()[1].score.has_value());
  ASSERT_EQ(o.contexts().size(), 1u);
  EXPECT_EQ(o.contexts()[0].words, (std::vector<std::string>{"corn", "late corn"}));
  EXPECT_EQ(o.sectors().at("GUI"), "guilds");
}

TEST(OntologyTables, WhatIsToComeCountsAsItsOwnTypeOrAnother) {
  const Ontology o = Acts().read();
  for (const char* status : {"planned", "possible", "conditional"}) {
    EXPECT_EQ(o.folded("SING", status), "VOW") << status;
    EXPECT_EQ(o.folded("FEUD", status), "FEUD") << status;
  }
  for (const char* status : {"occurred", "denied", ""}) EXPECT_EQ(o.folded("SING", status), "SING");
  EXPECT_EQ(o.folded("PLAY", "planned"), "PLAY") << "no type of the tables";
}

TEST(OntologyTables, TheQuadClassOfACodeIsThatOfItsRoot) {
  for (auto [code, quad] : {std::pair{"01", 1},
                            {"057", 1},
                            {"06", 2},
                            {"0831", 2},
                            {"09", 3},
                            {"139", 3},
                            {"14", 4},
                            {"20", 4},
                            {"204", 4},
                            {"21", 0},
                            {"00", 0},
                            {"1", 0},
                            {"", 0}})
    EXPECT_EQ(Ontology::cameo_quad(code), quad) << code;
}

TEST(OntologyTables, LinesThatAreWrongAreRefusedWithTheReason) {
  const Acts acts;
  for (auto [table, line, says] :
       {std::tuple{"types", "Play\t1\t\t\t\t\t", "in capital letters"},
        {"types", "PLAY1\t1\t\t\t\t\t", "in capital letters"},
        {"types", "\t1\t\t\t\t\tx", "in capital letters"},
        {"types", "PLAY\t0\t\t\t\t\t", "quad class '0'"},
        {"types", "PLAY\t5\t\t\t\t\t", "quad class '5'"},
        {"types", "PLAY\t11\t\t\t\t\t", "quad class '11'"},
        {"types", "PLAY\t1\ttwo\t\t\t\t", "'two' is no number"},
        {"types", "PLAY\t1\t10.1\t\t\t\t", "not between -10 and 10"},
        {"types", "PLAY\t1\t-10.1\t\t\t\t", "not between -10 and 10"},
        {"types", "PLAY\t1\t\tno\t\t\t", "mutual is yes or empty"},
        {"types", "PLAY\t1\t\t\t\tDANCE\t", "'DANCE' is no type of this table"},
        {"types", "PLAY\t1\t\t\t042\t\t", "CAMEO code 042 is not in cameo.tsv"},
        {"types", "VOW\t1\t\t\t\t\t", "type VOW stands twice"},
        {"modes", "PLAY\tdogs\t\t", "'PLAY' is no type of types.tsv"},
        {"modes", "FEUD\tcats\t\t", "FEUD cats stands twice"},
        {"modes", "FEUD\tbees\t11\t", "not between -10 and 10"},
        {"contexts", "harvest\t", "context harvest stands twice"},
        {"sectors", "GUI\t", "sector GUI stands twice"},
        {"cameo", "1\t\t\t\t\t", "no code of two to four digits"},
        {"cameo", "12345\t\t\t\t\t", "no code of two to four digits"},
        {"cameo", "1a\t\t\t\t\t", "no code of two to four digits"},
        {"cameo", "03\tPLAY\t\t\t\t", "'PLAY' is no type of types.tsv"},
        {"cameo", "03\tSING\tdogs\t\t\t", "SING has no mode 'dogs'"},
        {"cameo", "03\tSING\t\tgone\t\t", "'gone' is no context"},
        {"cameo", "03\tSING\t\t\t12\t", "not between -10 and 10"},
        {"cameo", "041\tSING\t\t\t\t", "code 041 stands twice"}})
    EXPECT_NE(acts.refusal(table, line).find(says), std::string::npos)
        << table << ": " << line << ": " << acts.refusal(table, line);
}

TEST(OntologyTables, LinesThatAreRightAreTaken) {
  const Acts acts;
  for (auto [table, line] : {std::pair{"types", "FAR_PLAY\t2\t10\t\t02\tSING\tplay afar"},
                             {"types", "PLAY\t3\t-10\tyes\t\tPLAY\tplay"},
                             {"modes", "SING\tdogs\t\t"},
                             {"cameo", "0411\tSING\tdogs*\tharvest\t10\t"}})
    EXPECT_EQ(acts.refusal(table, line), "") << table << ": " << line;
}

}  // namespace
}  // namespace chancery
