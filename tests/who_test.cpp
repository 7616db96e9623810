// Who is who: whose an actor is, and whom a phrase means. Invented sentences.
#include <gtest/gtest.h>

#include <algorithm>

#include "accurate.h"
#include "analyzed.h"
#include "base/error.h"
#include "reading/sign_judge.h"
#include "reading/who/actor_parts.h"
#include "reading/who/state_trail.h"

namespace chancery {
namespace {

using test::read;
using test::words;
// By the accurate model, whose judges and trees tell more.
using test::accurate;
using test::read_accurately;

// The entity that a text calls by these words.
const Entity* called(const Record& r, const std::string& what) {
  for (const Entity& e : r.entities)
    for (Span m : e.mentions)
      if (words(r, m) == what) return &e;
  return nullptr;
}

std::string country(const std::string& text, const std::string& what) {
  Record r = read(text);
  const Entity* e = called(r, what);
  return !e ? "no entity" : e->actor.country.empty() ? "none" : e->actor.country;
}

TEST(SignJudge, WeighsSignsAndIsSilentBelowItsThreshold) {
  test::Folder folder;
  std::string table =
      folder.write("signs.tsv", "sign\tweight\nthreshold\t0.7\nnear\t2\nfar\t-1\nloose\t1.5\n");
  SignJudge judge(table);
  SignCase c;
  c.candidates = {{7, {"far"}}, {9, {"near", "unheard of"}}};
  SignJudge::Verdict v = judge.decide(c);
  EXPECT_EQ(v.id, 9);
  // e^2 / (e^2 + e^-1 + e^0)
  EXPECT_NEAR(v.probability, 0.844, 0.001);
  EXPECT_NEAR(v.any, 0.886, 0.001) << "that it is one of them: what none has is e^0";
  EXPECT_EQ(v.why, "near");
  c.none = {"loose"};
  EXPECT_EQ(judge.decide(c).id, 9);
  EXPECT_EQ(judge.sure(c).id, -1) << "0.6 is less than the threshold";
  c.none = {"loose", "near"};
  // Likelier than the other, if less likely than none: the threshold says what is enough.
  EXPECT_EQ(judge.decide(c).id, 9);
  EXPECT_LT(judge.decide(c).probability, 0.5);
  EXPECT_EQ(judge.decide({}).id, -1) << "nobody to choose from";
}

// The name and country of who is called so.
std::string named(const std::string& text, const std::string& what) {
  const Record r = read(text);
  const Entity* e = called(r, what);
  return e ? e->name + " " + e->actor.country : "no entity";
}

TEST(Who, ACapitalIsItsStateWhereItActsOrIsDealtWithElseATown) {
  EXPECT_EQ(named("London condemned the attack.", "London"), "United Kingdom GBR");
  EXPECT_EQ(named("Norway broke off its talks with London.", "London"), "United Kingdom GBR");
  EXPECT_EQ(named("London's attack on the port was condemned.", "London"), "United Kingdom GBR");
  EXPECT_EQ(named("The envoys walked through London.", "London"), "London GBR");
  EXPECT_EQ(named("London's harbour was closed.", "London"), "London GBR");
  const std::string state = "United Kingdom GBR";
  EXPECT_EQ(named("Norway urged London on Monday.", "London"), state);
  EXPECT_EQ(named("Norway's ambassador to London resigned.", "London"), state);
  EXPECT_EQ(named("There were threats from London.", "London"), state);
  EXPECT_EQ(named("Norway praised London's record.", "London"), state);
  EXPECT_EQ(named("The envoys visited London.", "London"), "London GBR");
  EXPECT_EQ(named("The envoys took a train to London.", "London"), "London GBR");
  EXPECT_EQ(named("The envoys came home from London.", "London"), "London GBR");
}

TEST(Who, PartsAndSeatsOfAStateAreNotTheState) {
  EXPECT_EQ(named("Scotland held a vote.", "Scotland"), "Scotland GBR");
  const std::string text = "Envoys left Gaza and the West Bank, the White House said.";
  EXPECT_EQ(named(text, "Gaza"), "Gaza PSE");
  EXPECT_EQ(named(text, "the West Bank"), "West Bank PSE");
  EXPECT_EQ(named(text, "the White House"), "White House USA");
}

TEST(Who, AGovernmentIsItsStateWhereTheTwoAreNotToldApart) {
  const Record r = read_accurately(
      "Rebels in northern Peru attacked two villages on Monday. The Peruvian government sent "
      "troops. "
      "The rebels said that the government had broken the truce. Peru has been at war for ten "
      "years.");
  ASSERT_TRUE(called(r, "Peru"));
  ASSERT_TRUE(called(r, "the government"));
  EXPECT_NE(called(r, "The Peruvian government"), called(r, "Peru"));
  EXPECT_EQ(called(r, "The Peruvian government"), called(r, "the government"));
  const Record one = read_accurately(
      "Norway lies in the north of Europe. The Norwegian government resigned on Monday after it "
      "lost "
      "a vote. The opposition said the government had failed.");
  ASSERT_TRUE(called(one, "Norway"));
  EXPECT_EQ(called(one, "The Norwegian government"), called(one, "Norway"));
}

TEST(Who, OthersWereNotToldOfBefore) {
  const Record r = read_accurately("The militants attacked a village. Other militants fled.");
  ASSERT_TRUE(called(r, "Other militants"));
  EXPECT_NE(called(r, "Other militants"), called(r, "The militants"));
}

TEST(Who, OneOfAPeopleIsNotTheStateNorIsAContinent) {
  EXPECT_EQ(named("An American was arrested in Oslo.", "An American"), "An American USA");
  EXPECT_EQ(named("The Frenchman praised the accord.", "The Frenchman"), "The Frenchman FRA");
  const Record r = read("The ministers of Latin America met in Lima.");
  for (const Entity& e : r.entities) EXPECT_NE(e.actor.country, "USA") << e.name;
}

// "Some Republicans endorsed": people of a party are not the party, and each such group is itself.
TEST(Who, SomeOfAPartyAreNotTheParty) {
  const Record r = read(
      "Republicans opposed the bill. Some Republicans endorsed it on Monday. Two Democrats met the "
      "envoy. The opposition Conservatives criticized the talks.");
  const auto name_of = [&](const std::string& what) {
    const Entity* e = called(r, what);
    return e ? e->name + ", " + e->kind + " " + e->actor.country + " " + e->actor.sector
             : std::string("no entity");
  };
  EXPECT_EQ(name_of("Republicans"), "Republican Party, organization USA PTY");
  EXPECT_EQ(name_of("Some Republicans"), "Some Republicans, group USA PTY");
  EXPECT_EQ(name_of("Two Democrats"), "Two Democrats, group USA PTY");
  EXPECT_EQ(name_of("The opposition Conservatives"), "Conservative Party, organization GBR PTY");
}

TEST(SignJudge, AWrongWeightIsNamedWithItsLine) {
  test::Folder folder;
  std::string table = folder.write("signs.tsv", "sign\tweight\nnear\tmuch\n");
  try {
    SignJudge judge(table);
    FAIL();
  } catch (const StartError& error) {
    EXPECT_NE(std::string(error.what()).find("signs.tsv:2"), std::string::npos) << error.what();
  }
}

StateTrail trail_of(const TreeView& tree) {
  auto r = test::resources();
  return StateTrail(tree, r->known, r->places, "2031-05-14",
                    [](std::string_view, const KnownName* known) { return known; });
}

std::string states(const std::string& text) {
  auto r = test::resources();
  const test::Analyzed given(text);
  StateTrail trail = trail_of(given.tree);
  std::string out;
  for (int s : trail.states()) out += (out.empty() ? "" : " ") + r->known.states()[s].code;
  return out;
}

TEST(StateTrail, FindsStatesByTheirPartsAndTowns) {
  EXPECT_EQ(states("The governor of Karnataka opened the bridge."), "IND");
  EXPECT_EQ(states("Voters in Ohio and in Montana were counted again."), "USA");
  EXPECT_EQ(states("The ferry sank off Surabaya, and divers came from Jakarta."), "IDN");
  EXPECT_EQ(states("Nobody knew where the ship had gone."), "");
}

TEST(StateTrail, AStateThatNamesNoneOfItsOwnIsKnownByItsParties) {
  EXPECT_EQ(states("Democrats walked out when the Senate voted."), "USA");
  EXPECT_EQ(states("In Tokyo the Democrats walked out."), "JPN")
      << "the party of the state that is spoken of";
}

TEST(StateTrail, APartyIsFoundByItsWholeNameAlone) {
  EXPECT_EQ(states("The Social Democrats walked out."), "DEU");
  EXPECT_EQ(states("In Oslo the Social Democrats walked out."), "NOR")
      << "and are not the Democrats, who are known to be of a state whatever else is named";
}

TEST(StateTrail, DirectionsAreNoStates) {
  EXPECT_EQ(states("The storm moved on to North Africa."), "");
  EXPECT_EQ(states("The road leads to South Ossetia."), "GEO");
}

TEST(Who, TheCountryStandsInThePhraseItself) {
  EXPECT_EQ(country("The premier met officials from Iceland in Oslo.", "officials"), "ISL");
  EXPECT_EQ(country("The rebels in Chad were trained by France for years.", "The rebels in Chad"),
            "TCD");
  EXPECT_EQ(country("Nobody in Paris spoke to rebels in Chad.", "rebels in Chad"), "TCD");
  EXPECT_EQ(country("Reporters spoke to Chicago police officers after the march.",
                    "Chicago police officers"),
            "USA");
}

TEST(Who, SeveralStatesAreNoSingleOne) {
  EXPECT_EQ(country("Peruvian and Bolivian officials met on the lake.",
                    "Peruvian and Bolivian officials"),
            "none");
}

TEST(Who, TheArticlesStateIsThatOfItsPoliceCourtsAndTowns) {
  const std::string text =
      "NAIROBI, May 12 - Kenyan teachers marched through Nairobi on Monday. Police fired tear gas "
      "when the crowd reached parliament. A court will hear the organisers on Friday, the "
      "interior minister said. Residents of Kisumu closed their shops.";
  EXPECT_EQ(country(text, "Police"), "KEN");
  EXPECT_EQ(country(text, "parliament"), "KEN");
  EXPECT_EQ(country(text, "Kisumu"), "KEN");
  EXPECT_EQ(country(text, "the interior minister"), "KEN");
}

TEST(Who, ALocalNameIsTheBodyOfTheStateThatIsSpokenOf) {
  EXPECT_EQ(country("The Congress opposed the bill in New Delhi, and India's president did not "
                    "sign it.",
                    "The Congress"),
            "IND");
  EXPECT_EQ(country("Senator Ann Dale of Ohio said Republicans opposed the treaty.", "Republicans"),
            "USA");
}

TEST(Who, ATownBeforeItsPartOfAStateIsNoState) {
  EXPECT_EQ(states("LEBANON, Pa. - Veterans met the mayor."), "USA");
  EXPECT_EQ(states("Veterans met the mayor of Lebanon, Ala., on Monday."), "USA")
      << "also where the engine takes the point for a word of its own";
  EXPECT_EQ(states("Lebanon, a neighbour, sent doctors."), "LBN");
}

std::string speaker(const std::string& text) {
  Record r = read(text);
  for (const Statement& s : r.statements)
    if (s.speaker >= 0) return r.entities[static_cast<size_t>(s.speaker)].name;
  return "nobody";
}

TEST(Who, SheIsNoManWhereAGivenNameTells) {
  EXPECT_EQ(speaker("John Stahl met Mary Brandt in Bergen. She said the port was open."),
            "Mary Brandt");
  EXPECT_EQ(speaker("Mary Brandt met John Stahl in Bergen. He said the port was open."),
            "John Stahl");
}

TEST(Who, TheyAreTwoPersonsAndNoTown) {
  EXPECT_EQ(speaker("Captain Nils Berg and the envoy Sir Paul Hart were in Zaravec. They said the "
                    "road was safe."),
            "Nils Berg and Paul Hart");
}

TEST(Who, TwoOfOneStateAreNotTheTwo) {
  const std::string text = "Two Kenyan officials met two Ghanaian envoys in Oslo.";
  EXPECT_EQ(country(text, "Two Kenyan officials"), "KEN");
  EXPECT_EQ(country(text, "two Ghanaian envoys"), "GHA");
  Record r = read(
      "Norwegian Foreign Minister Kari Solheim met Danish Prime Minister Lars Holm. The two "
      "leaders "
      "agreed to meet again. Both leaders will speak on Friday.");
  const Entity* pair = called(r, "The two leaders");
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair, called(r, "Both leaders"));
  EXPECT_EQ(pair->actor.country, "");
}

TEST(Who, ABodyWithTheNounOfWhatItIsIsOneName) {
  Record r = read("The Interfax news agency said the ship had sunk. The agency named no source.");
  const Entity* agency = called(r, "The Interfax news agency");
  ASSERT_TRUE(agency);
  EXPECT_EQ(agency->name, "Interfax");
  EXPECT_EQ(agency, called(r, "The agency"));
}

TEST(Who, PeopleOfABodyAreOfItsStateAndMembersOfOneOfStatesAreStates) {
  EXPECT_EQ(country("A Hamas official opened the crossing.", "A Hamas official"), "PSE");
  EXPECT_EQ(country("Two NATO members voted against the plan.", "Two NATO members"), "none");
  EXPECT_EQ(country("The United Nations Mission in Liberia closed.", "The United Nations Mission"),
            "IGO");
}

TEST(Who, TitlesThatWereCutFromANameBelongToIt) {
  Record r = read("Permanent Secretary for Trade Ola Marr opened the harbour.");
  const Entity* e = called(r, "Permanent Secretary for Trade Ola Marr");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->name, "Ola Marr");
  r = read("U.S. Secretary of State Hanna Colt met the minister in Oslo on Monday.");
  e = called(r, "U.S. Secretary of State Hanna Colt");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->name, "Hanna Colt");
  EXPECT_TRUE(called(read("The minister met He Jianbo in Oslo on Monday."), "He Jianbo"));
}

TEST(Who, PeopleInThePluralAreNotTheirState) {
  Record r = read("Israelis marched in Haifa on Monday.");
  const Entity* e = called(r, "Israelis");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->kind, "group");
  EXPECT_EQ(e->actor.country + " " + e->actor.sector, "ISR CVL");
  EXPECT_EQ(e->basis, "register") << "that tells whose they are";
}

TEST(Who, ASenatorIsOfTheLegislatureWhileInIt) {
  EXPECT_EQ(country("Mitch McConnell left the room.", "Mitch McConnell"), "USA");
  Record r = read("Harry Reid left the room.", "2009-05-14");
  ASSERT_TRUE(called(r, "Harry Reid"));
  EXPECT_EQ(called(r, "Harry Reid")->actor.sector, "LEG");
  r = read("Harry Reid left the room.", "2019-05-14");
  EXPECT_EQ(called(r, "Harry Reid")->actor.sector, "ELI");
}

TEST(Who, AnInitialIsTheNameThatItBegins) {
  Record r = read("Jon Holm spoke first. Mr. J. Holm left early. J. Berg stayed.");
  ASSERT_TRUE(called(r, "Mr. J. Holm"));
  EXPECT_EQ(called(r, "Mr. J. Holm"), called(r, "Jon Holm"));
  EXPECT_NE(called(r, "J. Berg"), called(r, "Jon Holm"));
}

TEST(Who, AWomanAndAManOfOneNameAreTwo) {
  Record r = read("Ingrid Holm spoke first. Mr. Holm left early.");
  ASSERT_TRUE(called(r, "Mr. Holm"));
  EXPECT_NE(called(r, "Mr. Holm"), called(r, "Ingrid Holm"));
  r = read("Ingrid Holm spoke first. Mrs. Holm left early.");
  EXPECT_EQ(called(r, "Mrs. Holm"), called(r, "Ingrid Holm"));
}

TEST(Who, TheFirstWordOfABodysNameStandsForIt) {
  Record r =
      read_accurately("Nordfisk Holdings Ltd. closed two plants. Nordfisk said prices had fallen.");
  ASSERT_TRUE(called(r, "Nordfisk"));
  EXPECT_EQ(called(r, "Nordfisk"), called(r, "Nordfisk Holdings Ltd."));
  r = read("Ola\u00a0Berg spoke first. Ola Berg left early.");
  EXPECT_EQ(called(r, "Ola\u00a0Berg"), called(r, "Ola Berg"));
}

TEST(Who, AListMayGiveLastNamesFirst) {
  Record r = read_accurately("Lund, Anna and Berg, Peter attended. Peter Berg left early.");
  const Entity* e = called(r, "Lund, Anna");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->name, "Anna Lund");
  EXPECT_EQ(called(r, "Berg, Peter"), called(r, "Peter Berg"));
}

TEST(Who, ASourceOfTwoStatesIsOfNeither) {
  auto r = accurate();
  const test::Analyzed given("Norway and Iceland accused Peru of lying.", *r);
  const std::vector<Quotation> none;
  Entities entities(given.tree, {r->known, r->places, r->country, r->antecedent, r->pronoun}, none,
                    "2031-05-14");
  const int both = entities.add("both", "group", {0, 18}, "");
  EXPECT_EQ(entities.entities()[static_cast<size_t>(both)].actor.country, "");
}

TEST(Who, DescentAndPostingAreNotWhoseSomebodyIs) {
  EXPECT_EQ(country("Serbian police fought ethnic Albanian rebels.", "ethnic Albanian rebels"),
            country("Serbian police fought rebels.", "rebels"));
  EXPECT_EQ(
      country("Turkish Cypriot farmers blocked the road to Ankara.", "Turkish Cypriot farmers"),
      "CYP");
  EXPECT_EQ(country("Danish and Swedish papers quoted diplomats in Lima.", "diplomats in Lima"),
            "none");
}

TEST(Who, TheSeatTellsWhoseACompanyIs) {
  Record r = read_accurately("In Lima, Nordfisk was sold to Bergen-based Havlaks on Monday.");
  const Entity* e = called(r, "Bergen-based Havlaks");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->actor.country + " by " + e->basis, "NOR by text");
}

TEST(Who, NewEnglandIsNotEngland) {
  EXPECT_EQ(country("Farmers in New England opposed the dam.", "England"), "no entity");
  EXPECT_EQ(states("The harbour of New South Wales was closed."), "AUS");
}

TEST(Who, AnOfficeThatTheRegisterLacksIsNoPartOfAName) {
  Record r = read("Secretary of Harbours Peter Lund opened the bridge on Monday.");
  const Entity* e = called(r, "Secretary of Harbours Peter Lund");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->name, "Peter Lund");
}

TEST(Who, TheSpeakerIsNotTheOneWhomHisQuotationNames) {
  EXPECT_EQ(
      speaker("Tomas Berg, a professor in Oslo, left the talks. \"By raising hopes, Lindqvist "
              "makes a deal less likely,\" he said."),
      "Tomas Berg");
}

// What the table is asked of whose an actor is.
SignCase country_case(const std::string& text, const std::string& name) {
  const test::Analyzed given(text);
  const Entities entities = test::named_alone(given);
  for (size_t i = 0; i < entities.entities().size(); ++i)
    if (entities.entities()[i].name == name) return entities.country_case(static_cast<int>(i));
  ADD_FAILURE() << name << " is nobody";
  return {};
}

// The signs that it is of a state.
std::vector<std::string> signs_of(const std::string& text, const std::string& name,
                                  const std::string& state) {
  const SignCase asked = country_case(text, name);
  for (const SignCase::Candidate& c : asked.candidates)
    if (test::resources()->known.states()[static_cast<size_t>(c.id)].code == state) return c.signs;
  ADD_FAILURE() << state << " is not asked about";
  return {};
}

bool has_sign(const std::vector<std::string>& signs, const std::string& sign) {
  return std::find(signs.begin(), signs.end(), sign) != signs.end();
}

TEST(CountrySigns, TellWhatSpeaksForAState) {
  const auto envoy =
      signs_of("The Norwegian envoy met an envoy in Bergen.", "an envoy in Bergen", "NOR");
  for (const char* sign : {"share 4", "main", "main, GOV", "only state", "first", "close before",
                           "alone in its sentence", "of another in its sentence", "same office",
                           "same sector", "close behind", "tree 1", "happens there",
                           "before it in its sentence", "same office, person"})
    EXPECT_TRUE(has_sign(envoy, sign)) << sign;
  EXPECT_FALSE(has_sign(envoy, "subject of its sentence")) << "the envoy is, not Norway";
  const auto warned = signs_of("Iceland warned the soldiers.", "the soldiers", "ISL");
  for (const char* sign : {"subject against it", "tree 2", "subject of its sentence"})
    EXPECT_TRUE(has_sign(warned, sign)) << sign;
  for (const char* sign : {"same office", "same sector", "happens there", "close behind",
                           "subject of the sentence before", "owner", "beside"})
    EXPECT_FALSE(has_sign(warned, sign)) << sign;
  const auto stayed =
      signs_of("Iceland left. Norway stayed. The soldiers praised Bergen.", "The soldiers", "NOR");
  EXPECT_TRUE(has_sign(stayed, "subject of the sentence before"));
  EXPECT_FALSE(has_sign(stayed, "first")) << "Iceland is";
  EXPECT_FALSE(has_sign(stayed, "only state"));
  EXPECT_FALSE(has_sign(stayed, "happens there")) << "what is praised is no place of the act";
  const auto far = signs_of(
      "The soldiers left after critics said that reporters thought that readers knew that "
      "diplomats feared that Iceland lost.",
      "The soldiers", "ISL");
  EXPECT_TRUE(has_sign(far, "alone in its sentence"));
  EXPECT_FALSE(std::any_of(far.begin(), far.end(), [](const std::string& s) {
    return s.starts_with("tree ");
  })) << "too far away in the tree";
}

TEST(CountrySigns, TellWhatSpeaksForNoState) {
  const auto lone = country_case("Peru left. The soldiers stayed.", "The soldiers").none;
  for (const char* sign :
       {"kind group", "nominal", "head soldier", "word the", "plural", "definite", "states 1",
        "named once", "few sentences", "no state in its sentence"})
    EXPECT_TRUE(has_sign(lone, sign)) << sign;
  const auto between = country_case("Peru and Chile warned a general.", "a general").none;
  for (const char* sign :
       {"indefinite", "states 2", "named thrice", "several states in its sentence"})
    EXPECT_TRUE(has_sign(between, sign)) << sign;
  for (const char* sign : {"plural", "definite", "no state in its sentence", "owned"})
    EXPECT_FALSE(has_sign(between, sign)) << sign;
  const auto alone = country_case("Peru warned a general.", "a general").none;
  EXPECT_FALSE(has_sign(alone, "several states in its sentence"));
  const auto owned = country_case("Nils Berg praised Peru and his soldiers.", "his soldiers").none;
  EXPECT_TRUE(has_sign(owned, "owned"));
  EXPECT_TRUE(has_sign(owned, "owned by pronoun"));
}

// What is asked of the table that decides whom a phrase means, of all phrases of a text.
std::vector<std::string> signs_of_phrases(const std::string& text) {
  const auto& loaded = test::resources();
  std::vector<std::string> all;
  ActorKnowledge knowledge{loaded->known, loaded->places, loaded->country, loaded->antecedent,
                           loaded->pronoun};
  knowledge.watch = [&](const std::vector<Mention>&, int, const SignCase& c) {
    for (const SignCase::Candidate& k : c.candidates)
      all.insert(all.end(), k.signs.begin(), k.signs.end());
  };
  const test::Analyzed given(text);
  const std::vector<Quotation> none;
  Entities(given.tree, knowledge, none, "2031-05-14");
  return all;
}

TEST(AntecedentSigns, RolesAreHeldAgainstEachOtherWhereBothAreTold) {
  const std::string met = "Norwegian President Tora Solheim met fishermen. ";
  const auto president = signs_of_phrases(met + "The president left.");
  EXPECT_TRUE(has_sign(president, "same role"));
  const auto minister = signs_of_phrases(met + "The prime minister left.");
  EXPECT_TRUE(has_sign(minister, "other role"));
  EXPECT_FALSE(has_sign(minister, "same role"));
}

// The same of one phrase, that it means who was told by other words.
std::vector<std::string> signs_that(const std::string& text, const std::string& phrase,
                                    const std::string& means) {
  const auto& loaded = test::resources();
  const test::Analyzed given(text);
  const Document& d = given.document;
  const TreeView& tree = given.tree;
  std::vector<std::string> out;
  ActorKnowledge knowledge{loaded->known, loaded->places, loaded->country, loaded->antecedent,
                           loaded->pronoun};
  knowledge.watch = [&](const std::vector<Mention>& all, int asked, const SignCase& c) {
    auto text_of = [&](int k) {
      const Mention& m = all[static_cast<size_t>(k)];
      return tree.span({m.begin, m.end}).of(d.text);
    };
    for (const SignCase::Candidate& k : c.candidates)
      if (text_of(asked) == phrase && text_of(k.id) == means) out = k.signs;
  };
  const std::vector<Quotation> none;
  Entities(tree, knowledge, none, "2031-05-14");
  EXPECT_FALSE(out.empty()) << "nobody asks whether " << phrase << " is " << means;
  return out;
}

TEST(AntecedentSigns, TellWhoIsTheNearestOfItsSectorAndOfItsKind) {
  const std::string text =
      "Two generals left Bergen. Many soldiers stayed. Some fishermen returned. The generals "
      "spoke.";
  const auto generals = signs_that(text, "The generals", "Two generals"),
             soldiers = signs_that(text, "The generals", "Many soldiers"),
             fishermen = signs_that(text, "The generals", "Some fishermen");
  EXPECT_TRUE(has_sign(generals, "same sector"));
  EXPECT_FALSE(has_sign(generals, "nearest of its sector")) << "the soldiers were told later";
  EXPECT_TRUE(has_sign(soldiers, "nearest of its sector"));
  EXPECT_FALSE(has_sign(soldiers, "nearest of its kind")) << "the fishermen were told later";
  EXPECT_FALSE(has_sign(fishermen, "same sector"));
  EXPECT_TRUE(has_sign(fishermen, "nearest of its kind"));
  EXPECT_TRUE(has_sign(fishermen, "last told"));
  EXPECT_FALSE(has_sign(soldiers, "last told"));
}

TEST(AntecedentSigns, GendersAreHeldAgainstEachOtherWhereBothAreKnown) {
  const std::string text =
      "Mr. Jon Arnarson met Mrs. Tora Solheim. K. Holm came too. The spokeswoman slept.";
  const auto told = [&](const std::string& whom) {
    const auto signs = signs_that(text, "The spokeswoman", whom);
    return std::string(has_sign(signs, "same gender") ? "same" : "") +
           (has_sign(signs, "other gender") ? "other" : "");
  };
  EXPECT_EQ(told("Mrs. Tora Solheim"), "same");
  EXPECT_EQ(told("Mr. Jon Arnarson"), "other");
  EXPECT_EQ(told("K. Holm"), "") << "of whom it is not known";
}

TEST(AntecedentSigns, WhoWasToldThriceIsToldOften) {
  const std::string twice = "Norwegian President Tora Solheim met fishermen. Solheim left. ";
  EXPECT_FALSE(has_sign(signs_that(twice + "The president slept.", "The president", "Solheim"),
                        "told often"));
  EXPECT_TRUE(has_sign(
      signs_that(twice + "Solheim came back. The president slept.", "The president", "Solheim"),
      "told often"));
}

// By the accurate model, which has judges of words.
class ActorPartsOf : public testing::Test {
 protected:
  // Whether somebody takes part, and the sectors as they come out with these signs.
  static std::string parts(const std::string& table, const std::string& text) {
    const auto& loaded = accurate();
    test::Folder folder;
    const SignJudge signs(folder.write("signs.tsv", "sign\tweight\nthreshold\t0.6\n" + table));
    const test::Analyzed given(text, *loaded);
    const JudgedWords heard(loaded->judges, given.document);
    Entities entities = test::named_alone(given, &heard, &loaded->thresholds);
    const ActorParts parts(given.tree, heard, signs, loaded->thresholds);
    parts.find_sectors(entities);
    std::string out;
    for (size_t i = 0; i < entities.entities().size(); ++i)
      out += (out.empty() ? "" : ", ") + entities.entities()[i].name + " " +
             entities.entities()[i].actor.sector +
             (parts.takes_part(entities, static_cast<int>(i)) ? "" : " aside");
    return out;
  }
};

TEST_F(ActorPartsOf, TheSignsSayWhoTakesPart) {
  const std::string text = "Norway warned the soldiers.";
  EXPECT_EQ(parts("part: kind group, phrase\t-3\nsector: rules\t5\n", text),
            "Norway GOV, the soldiers MIL aside");
  EXPECT_EQ(parts("part: kind group, phrase\t3\nsector: rules\t5\n", text),
            "Norway GOV, the soldiers MIL");
}

TEST_F(ActorPartsOf, TheSignsSayWhichSector) {
  EXPECT_EQ(parts("sector: is COP\t5\n", "Norway warned the soldiers."),
            "Norway GOV, the soldiers COP")
      << "a state's own is not asked";
}

// Whoever was heard most, the sentence right before a quotation tells whose it is.
TEST(Who, WhoSpeaksAQuotationIsOfWhomTheSentenceBeforeTells) {
  const Record r = read_accurately(
      "Norwegian Foreign Minister Kari Dahl met Icelandic Foreign Minister Birna Jonsdottir in "
      "Oslo on Tuesday.\n\n\"We ask for the old limits,\" Dahl said. Jonsdottir rejected the "
      "demand. \"Iceland will never accept limits,\" she told reporters.");
  bool told = false;
  for (const Statement& s : r.statements)
    if (words(r, s.content[0]).find("never accept") != std::string::npos) {
      told = true;
      EXPECT_EQ(r.entities[static_cast<size_t>(s.speaker)].name, "Birna Jonsdottir");
    }
  EXPECT_TRUE(told);
}

// With whom one travels is somebody, whatever the name sounds like.
TEST(Who, WithWhomOneTravelsIsSomebody) {
  const Record r = read_accurately("Marr said he would travel to Turku with Jonsdottir.");
  const Entity* e = called(r, "Jonsdottir");
  ASSERT_NE(e, nullptr);
  EXPECT_EQ(e->kind, "person");
}

TEST_F(ActorPartsOf, TheTableIsRead) {
  SignJudge signs(test::source_dir() + "/data/register/country_signs.tsv");
  SignCase c;
  c.candidates = {{0, {"part: heard at most 9"}}, {1, {"part: heard at most 0"}}};
  EXPECT_EQ(signs.decide(c).id, 0) << "what the judge hears counts for somebody";
}

TEST(Who, ACapitalIsTheBodyThatSitsInItWhereTheReportSpeaksOfThat) {
  const std::string freeze = " Brussels imposed asset freezes on 106 people.";
  EXPECT_EQ(
      country("The EU's Council adopted a package of sanctions on Friday." + freeze, "Brussels"),
      "IGO");
  EXPECT_EQ(country("Belgium told the EU of its plans on Friday." + freeze, "Brussels"), "BEL");
  EXPECT_EQ(country("Trade ministers met on Friday." + freeze, "Brussels"), "BEL");
}

TEST(Who, AtLeastIsNoPartOfWhoTheyAre) {
  EXPECT_EQ(country("Pirates abducted at least seven Kenyan fishermen.", "seven Kenyan fishermen"),
            "KEN");
}

}  // namespace
}  // namespace chancery
