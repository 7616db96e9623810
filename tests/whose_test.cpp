// Whose somebody is, by the words around the name: posts abroad, bodies of the same name, acronyms that an
// article explains, words that only sound like a state. Invented sentences.
#include <gtest/gtest.h>

#include "accurate.h"
#include "analyzed.h"
#include "reading/who/own_acronyms.h"

namespace chancery {
namespace {

using test::read;
using test::read_accurately;
using test::words;

// The entity of which a mention ends with these words.
const Entity* called(const Record& r, const std::string& what) {
  for (const Entity& e : r.entities)
    for (Span m : e.mentions)
      if (words(r, m).ends_with(what)) return &e;
  return nullptr;
}

std::string country(const Record& r, const std::string& what) {
  const Entity* e = called(r, what);
  return !e ? "no entity" : e->actor.country.empty() ? "none" : e->actor.country;
}

std::string country(const std::string& text, const std::string& what) {
  return country(read_accurately(text), what);
}

TEST(Whose, AnEnvoyIsOfThoseWhoSendHim) {
  EXPECT_EQ(
      country("Russian Ambassador to China Igor Rasnov opened the school in Beijing on Monday.",
              "Igor Rasnov"),
      "RUS");
  EXPECT_EQ(country("Chinese Ambassador to the United States Zhao Wenli said the talks went well.",
                    "Zhao Wenli"),
            "CHN");
  EXPECT_EQ(country("Iranian Ambassador in Pakistan Masha Shakir said the gas line would be built.",
                    "Masha Shakir"),
            "IRN");
  EXPECT_EQ(country("The President of Peru Ana Ruiz spoke on Monday.", "Ana Ruiz"), "PER")
      << "of tells whose";
}

TEST(Whose, AnEnvoyOfABodyIsTheBodys) {
  EXPECT_EQ(
      country("The United Nations envoy for Somalia, Francois Lonsen, said talks would resume.",
              "Francois Lonsen"),
      "IGO");
  EXPECT_EQ(country("UN Force Commander in Liberia Gen. Chikar Obiaku said the troops would stay.",
                    "Chikar Obiaku"),
            "IGO");
  EXPECT_EQ(
      country("European Union (EU) external relations commissioner Benita Ferrer said in Colombo "
              "that the talks must go on.",
              "Benita Ferrer"),
      "IGO");
  EXPECT_EQ(country("European Energy Commissioner Andris Pieval met ministers in Sofia.",
                    "Andris Pieval"),
            "IGO");
}

TEST(Whose, WhatAStateBacksOrLeadsIsNotIts) {
  EXPECT_EQ(country("Ethiopian-backed government troops took Mogadishu.", "troops"), "none");
  EXPECT_EQ(country("US-led coalition forces killed four rebels in Kandahar.", "forces"), "none")
      << "they are of several";
  EXPECT_EQ(country("US forces killed four rebels in Kandahar.", "US forces"), "USA");
}

TEST(Whose, WatersAndLandsNamedAfterAStateAreNone) {
  for (const char* text :
       {"Ships of both navies sailed in the South China Sea.", "A storm hit the Gulf of Mexico.",
        "Talks on the Korean Peninsula went on."}) {
    Record r = read(text);
    for (const Entity& e : r.entities) EXPECT_EQ(e.actor.country, "") << text << " " << e.name;
  }
  EXPECT_EQ(country(read("China sailed its ships."), "China"), "CHN");
  EXPECT_EQ(country(read("Norway sailed its ships to the South China Sea."), "Norway"), "NOR");
}

TEST(Whose, APeopleOfSeveralStatesIsOfTheOneNamedFirst) {
  Record r = read_accurately("The Bosnian Serb forces shelled the town.");
  EXPECT_EQ(country(r, "Bosnian Serb forces"), "BIH");
  for (const Entity& e : r.entities) EXPECT_NE(e.actor.country, "SRB") << e.name;
  EXPECT_EQ(country("Turkish Cypriot farmers blocked the road.", "Cypriot farmers"), "CYP")
      << "but others of the second";
}

TEST(Whose, ABodyOfAnotherStateIsNotTheOneTheRegisterKnows) {
  Record r = read(
      "Zambia Daily Mail reported on Monday that the copper price rose. Australia's Daily "
      "Telegraph "
      "said so, too.");
  EXPECT_EQ(country(r, "Daily Mail"), "ZMB");
  EXPECT_EQ(country(r, "Daily Telegraph"), "AUS");
  r = read("The Russian Security Council met in Moscow.");
  EXPECT_EQ(country(r, "Security Council"), "RUS");
  r = read("Britain's Daily Mail said so.");
  EXPECT_EQ(country(r, "Daily Mail"), "GBR");
  EXPECT_EQ(called(r, "Daily Mail")->name, "Daily Mail");
  r = read("The UN Security Council met.");
  EXPECT_EQ(country(r, "Security Council"), "IGO");
}

TEST(Whose, AnAcronymIsWhatTheArticleSaysItIs) {
  Record r = read_accurately(
      "The Armed Forces of the Philippines (AFP) said two soldiers died in Manila. The AFP did not "
      "say "
      "where.");
  for (const Entity& e : r.entities) EXPECT_NE(e.actor.country, "FRA") << e.name;
  r = read_accurately(
      "The Seven-Party Alliance (SPA) in Nepal called off the strike. The SPA said talks would "
      "follow.");
  EXPECT_EQ(country(r, "The SPA"), "NPL");
  EXPECT_EQ(called(r, "The SPA"), called(r, "The Seven-Party Alliance (SPA)"));
  r = read("Agence France-Presse (AFP) said the port was closed. AFP named no source.");
  EXPECT_EQ(country(r, "AFP"), "FRA");
}

TEST(OwnAcronyms, AreThoseWhoseLettersTheWordsBeforeThemGive) {
  auto has = [](const std::string& text, std::string_view letters) {
    return OwnAcronyms(test::Analyzed(text).tree, test::resources()->known).has(letters);
  };
  EXPECT_TRUE(has("The Armed Forces of the Philippines (AFP) left.", "AFP"));
  EXPECT_TRUE(has("The Armed Forces of the Philippines (AFP) left.", "The AFP"));
  EXPECT_TRUE(has("The Seven-Party Alliance (SPA) met.", "SPA"));
  EXPECT_FALSE(has("The Armed Forces of the Philippines (SPA) left.", "SPA")) << "other letters";
  EXPECT_FALSE(has("The Organisation of Petroleum Exporting Countries (OPEC) met.", "OPEC"))
      << "the same body, spelt in another way";
  EXPECT_FALSE(has("The World Health Organization (WHO) met.", "WHO"));
  EXPECT_FALSE(has("The agency (AFP) said so.", "AFP"));
}

TEST(Whose, AnalystsAndOtherCountriesAreOfNoStateUntilTheirWordsNameOne) {
  Record r = read_accurately(
      "China closed the port on Monday. Analysts said other countries would follow. Foreign banks "
      "left, and "
      "Africa waited.");
  EXPECT_EQ(country(r, "other countries"), "none");
  EXPECT_EQ(country(r, "Foreign banks"), "none");
  EXPECT_EQ(country(r, "Africa"), "none");
  const Entity* e = called(r, "Analysts");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->actor.country, "");
  EXPECT_EQ(country("Chinese analysts did not agree.", "Chinese analysts"), "CHN");
}

TEST(Whose, ABodyOfNoStateStaysWithoutOne) {
  Record r =
      read_accurately("Iraq said ISIS attacked Mosul on Monday. The Iraqi army fought ISIS.");
  EXPECT_EQ(country(r, "ISIS"), "none");
  EXPECT_EQ(called(r, "ISIS")->name, "Islamic State");
}

TEST(Whose, MembersOfABodyAreStatesAndWhoIsSentToItIsNotOfIt) {
  EXPECT_EQ(country("The EU states voted on Monday.", "EU states"), "none");
  EXPECT_EQ(country("APEC leaders met on Monday.", "APEC leaders"), "none");
  EXPECT_EQ(country("An EU official left on Monday.", "EU official"), "IGO");
  EXPECT_NE(country("Former United Nations ambassador Nora Hale walked out.", "Nora Hale"), "IGO");
}

TEST(Whose, PeoplesElsewhereAndTheOtherSideAreNotTheStates) {
  EXPECT_NE(country("The Turkish minority in Iraq protested.", "minority"), "TUR");
  EXPECT_NE(country("Lebanon buried anti-Syrian Industry Minister Pierre Haddad.", "Pierre Haddad"),
            "SYR");
  EXPECT_EQ(country("Syrian Industry Minister Pierre Haddad left.", "Pierre Haddad"), "SYR");
}

TEST(Whose, TerritoriesHaveCodesOfTheirOwn) {
  EXPECT_EQ(country(read("Macao residents voted."), "Macao residents"), "MAC");
  EXPECT_EQ(country(read("The Puerto Rican governor spoke."), "governor"), "PRI");
  EXPECT_EQ(country(read("The PNG soldiers left."), "PNG soldiers"), "PNG");
}

TEST(Whose, ASummitIsNobody) {
  Record r = read_accurately(
      "The Oslo Summit ended on Monday. Ministers of Norway left the Oslo Summit early.");
  const Entity* e = called(r, "Oslo Summit");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->kind, "event");
  EXPECT_EQ(e->actor.country, "");
  EXPECT_EQ(e->actor.sector, "");
}

TEST(Whose, ANameEndsBeforeABracket) {
  Record r = read_accurately("The Seven-Party Alliance (SPA) in Nepal called off the strike.");
  for (const Entity& e : r.entities)
    for (Span m : e.mentions) EXPECT_FALSE(words(r, m) == "SPA)") << e.name;
}

const Entity* by_name(const Record& r, const std::string& name) {
  for (const Entity& e : r.entities)
    if (e.name == name) return &e;
  return nullptr;
}

TEST(Whose, ABodyThatEveryStateHasIsCalledSoInWhateverWords) {
  for (const char* words :
       {"The Norwegian foreign ministry", "Norway's Ministry of Foreign Affairs",
        "The Foreign Ministry of Norway"}) {
    const Record r = read_accurately(std::string(words) + " rejected the demand on Monday.");
    const Entity* e = by_name(r, "Norwegian Foreign Ministry");
    ASSERT_TRUE(e) << words;
    EXPECT_EQ(e->actor.country, "NOR") << words;
  }
  const Record r = read_accurately("Iceland's police arrested two sailors. The US Senate met.");
  EXPECT_TRUE(by_name(r, "Icelandic police"));
  EXPECT_TRUE(by_name(r, "US Senate")) << "as the register has it";
}

TEST(Whose, AnArmyOfRebelsKeepsItsName) {
  const Record r = read_accurately(
      "BOGOTA, May 5 (Varga) - The National Liberation Army attacked a post in Colombia. The army "
      "said four of its men fell.");
  EXPECT_TRUE(by_name(r, "National Liberation Army of Colombia") ||
              by_name(r, "National Liberation Army"));
}

TEST(Whose, WhereTheStateIsInferredItIsNoPartOfTheName) {
  const Record r = read_accurately(
      "OSLO, May 5 (Varga) - The government of Norway rejected the plan. The parliament will vote "
      "on Friday.");
  EXPECT_FALSE(by_name(r, "the parliament"));
  const Entity* e = by_name(r, "parliament");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->actor.country, "NOR");
  EXPECT_EQ(e->basis, "context");
}

TEST(Whose, AMinistryThatWasNamedWithItsStateIsMeantWithoutIt) {
  Record r = read_accurately(
      "The foreign ministry of Norway rejected the demand. The Ministry of Foreign Affairs said "
      "talks would go on.");
  const Entity* e = by_name(r, "Norwegian Foreign Ministry");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->mentions.size(), 2u);
  r = read_accurately(
      "The foreign ministry of Norway rejected the demand. Iceland's Ministry of Foreign Affairs "
      "said talks would go on.");
  EXPECT_TRUE(by_name(r, "Icelandic Foreign Ministry"));
}

TEST(Whose, ANounOfABodyBehindItsMembersIsOfTheName) {
  Record r = read_accurately(
      "The National Fishermen's Association (NFA) of Norway called for calm on Monday. The "
      "Norwegian "
      "Farmers' Union backed the call.");
  EXPECT_TRUE(by_name(r, "National Fishermen's Association"));
  EXPECT_TRUE(by_name(r, "Norwegian Farmers' Union"));
  r = read_accurately("Norway's Parliament voted. Karen Holm's Office said nothing.");
  EXPECT_FALSE(by_name(r, "Norway's Parliament"));
  EXPECT_FALSE(by_name(r, "Karen Holm's Office"));
}

TEST(Whose, WordsBesideOneThatDescribesAnOfficeAreOfItsPhrase) {
  const Record r = read_accurately(
      "Former Russian oil and gas tycoon Mikhail Khodarov told the Courier there were no "
      "protections.");
  const Entity* e = by_name(r, "Mikhail Khodarov");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->actor.country + e->basis, "RUStext");
}

TEST(Whose, TroopsOfTwoStatesAreOfNeitherAndNotTheSoldiersOfOne) {
  const Record r = read_accurately(
      "Cambodian and Thai troops exchanged fire near a temple on Friday. Two Thai soldiers were "
      "wounded.");
  EXPECT_EQ(country(r, "Cambodian and Thai troops"), "none");
  EXPECT_EQ(country(r, "Two Thai soldiers"), "THA");
}

TEST(Whose, PartyAndStateOfAMemberOfCongressAreNobodyAndTellWhoseHeIs) {
  const Record r = read_accurately(
      "Mara Holt, R-Fla., and Owen Pike (D-N.Y.) opposed the treaty. Lena Ward, I-Vt., backed it.");
  for (const Entity& e : r.entities) EXPECT_NE(e.name[1], '-') << e.name;
  for (const char* name : {"Mara Holt", "Owen Pike", "Lena Ward"}) {
    const Entity* e = by_name(r, name);
    ASSERT_TRUE(e) << name;
    EXPECT_EQ(e->actor.country + e->basis, "USAtext") << name;
  }
}

// A capital that is dealt with as a government is: its state.
TEST(Whose, ACapitalThatIsDealtWithStandsForItsState) {
  auto named = [](const std::string& text, const std::string& capital) {
    const Record r = read(text);
    const Entity* e = called(r, capital);
    return e ? e->name : "nobody";
  };
  EXPECT_EQ(named("The minister accused Oslo of lying.", "Oslo"), "Norway");
  EXPECT_EQ(named("There were threats from Oslo in May.", "Oslo"), "Norway");
  EXPECT_EQ(named("The sanctions on Oslo were lifted.", "Oslo"), "Norway");
  EXPECT_EQ(named("They spoke of Oslo's stance on herring.", "Oslo"), "Norway");
  EXPECT_EQ(named("The minister left Oslo in May.", "Oslo"), "Oslo");
  EXPECT_EQ(named("There were trains from Oslo in May.", "Oslo"), "Oslo");
  EXPECT_EQ(named("They spoke of Oslo's trams.", "Oslo"), "Oslo");
}

TEST(Whose, PeopleOfAStateAreNotTheState) {
  for (const char* text : {"Norwegians voted on Sunday.", "The Norwegians voted on Sunday."}) {
    const Record r = read(text);
    ASSERT_EQ(r.entities.size(), 1u) << text;
    EXPECT_EQ(r.entities[0].kind, "group");
    EXPECT_NE(r.entities[0].name, "Norway");
    EXPECT_EQ(r.entities[0].actor.country, "NOR");
  }
}

// Whatever state was spoken of last.
TEST(Whose, HerCountryIsTheStateOfWhomThePronounMeans) {
  const Record r = read(
      "Iceland sold boats to Peru, but Norwegian Foreign Minister Kari Solheim denied on Monday "
      "that her country had known of it. \"Our country sells nothing,\" she said. Norway has no "
      "port there.");
  for (const char* phrase : {"her country", "Our country"}) {
    const Entity* e = called(r, phrase);
    ASSERT_TRUE(e) << phrase;
    EXPECT_EQ(e->name, "Norway") << phrase;
  }
}

TEST(Whose, ARankBeforeAnOfficeIsNoPartOfTheNameAndTheStateBeforeItIsTold) {
  for (const char* titles : {"Norwegian Assistant Foreign Minister", "Norwegian Vice Premier",
                             "Norwegian Assistant Secretary of State"}) {
    const Record r = read("Ida Lund met " + std::string(titles) + " Ola Marr.");
    const Entity* e = called(r, std::string(titles) + " Ola Marr");
    ASSERT_TRUE(e) << titles;
    EXPECT_EQ(e->name, "Ola Marr") << titles;
    EXPECT_EQ(e->actor.country, "NOR") << titles;
  }
}

int people(const Record& r) {
  int out = 0;
  for (const Entity& e : r.entities) out += e.kind == "person";
  return out;
}

TEST(Whose, WhatAnOfficeIsOfIsNoPartOfTheName) {
  struct Case {
    const char *text, *mention, *name;
  };
  const Case cases[] = {
      {"Danish Minister of Foreign Affairs Per Stig Lund condemned the attack on Monday. Lund said "
       "it "
       "was wrong.",
       "Danish Minister of Foreign Affairs Per Stig Lund", "Per Stig Lund"},
      {"Norwegian Minister for Foreign Trade Christine Lagard arrived on Monday.",
       "Norwegian Minister for Foreign Trade Christine Lagard", "Christine Lagard"},
      {"The UN force commander in Sierra Leone Col. Olof Bro said the port was closed.",
       "The UN force commander in Sierra Leone Col. Olof Bro", "Olof Bro"},
      {"The new Speaker of the House of Representatives Nancy Lund said the plan was wrong.",
       "The new Speaker of the House of Representatives Nancy Lund", "Nancy Lund"},
  };
  for (const Case& c : cases) {
    const Record r = read_accurately(c.text);
    const Entity* e = called(r, c.mention);
    ASSERT_TRUE(e) << c.text;
    EXPECT_EQ(e->name, c.name) << c.text;
    EXPECT_EQ(people(r), 1) << c.text;
  }
}

TEST(Whose, TheOfficeOfAnotherIsNoPartOfTheName) {
  const Record r =
      read_accurately("A spokesman for Defense Secretary Ola Marr said the plan was wrong.");
  const Entity* e = called(r, "Defense Secretary Ola Marr");
  ASSERT_TRUE(e);
  EXPECT_EQ(people(r), 2);
}

TEST(Whose, WhatAnOfficeIsOfIsNobody) {
  const Record r = read_accurately(
      "The Director of National Intelligence met the Minister of State for National Security.");
  for (const Entity& e : r.entities) {
    EXPECT_NE(e.name, "National Intelligence");
    EXPECT_FALSE(e.name == "National Security" || e.name == "for National Security");
  }
}

TEST(Whose, AnOfficeWithOfEndsWhereTheNameBegins) {
  const Record r =
      read_accurately("U.S. Secretary of State Hanna Colt condemned the test on Wednesday.");
  const Entity* colt = called(r, "Hanna Colt");
  ASSERT_TRUE(colt);
  EXPECT_EQ(colt->name, "Hanna Colt");
  EXPECT_EQ(colt->actor.country, "USA");
}

TEST(Whose, WhoGoesToAStateIsNotOfIt) {
  for (const char* text : {"The prime minister arrived in Oslo on Monday for talks.",
                           "The prime minister will visit Norway next week.",
                           "The prime minister is on a visit to Norway."})
    EXPECT_EQ(country(text, "prime minister"), "none") << text;
  EXPECT_EQ(country("The prime minister left Oslo on Monday.", "prime minister"), "NOR");
}

TEST(Whose, APeopleIsOfTheStateInWhichItIsToldToLive) {
  EXPECT_EQ(country("The Romanians of northern Serbia demanded schools.", "Romanians"), "SRB");
  EXPECT_EQ(country("The Romanians demanded schools.", "Romanians"), "ROU");
}

TEST(Whose, AQueenOfAStateIsNoNameAndTheStateIsItself) {
  const Record r = read_accurately("Norway's king and the queen of Denmark opened the bridge.");
  EXPECT_EQ(country(r, "queen of Denmark"), "DNK");
  for (const Entity& e : r.entities) EXPECT_NE(e.name, "of Denmark");
}

TEST(Whose, APartOfAnOfficeIsNobody) {
  const Record r = read_accurately("Former Prime Minister Ehud Lavi said the war was lost.");
  EXPECT_EQ(r.entities.size(), 1u);
}

TEST(Whose, AnAcronymThatLooksLikeAPronounIsTheBody) {
  EXPECT_EQ(country("The WHO director Tom Okafor flew to Kigali.", "Tom Okafor"), "IGO");
}

TEST(Whose, AMinistryThatTellsWhatItsStateWillDoIsOfIt) {
  EXPECT_EQ(
      country("South Korea will buy 40 fighter jets from the United States, the defence ministry "
              "announced on Thursday.",
              "the defence ministry"),
      "KOR");
  EXPECT_EQ(
      country("Spain has never recognised Kosovo and has no plans to do so, its foreign minister "
              "said.",
              "its foreign minister"),
      "ESP")
      << "\"its\" is whose act is told, whatever it is";
}

TEST(Whose, WhoThanksAStateIsNotOfIt) {
  EXPECT_NE(
      country("President Lanza thanked Brazil for its help and promised to repay the loan by 2034.",
              "Lanza"),
      "BRA");
}

TEST(Whose, ATownInCapitalsTellsWhichOfTwoIsMeant) {
  const std::string warned = " March 4 -- Drug officials are warning Georgia to shelve its plans.";
  EXPECT_EQ(country("ATLANTA," + warned, "Georgia"), "USA");
  EXPECT_EQ(country("TBILISI," + warned, "Georgia"), "GEO");
  EXPECT_EQ(country("OSLO," + warned, "Georgia"), "GEO");
}

TEST(Whose, WordsInSmallLettersAreNoName) {
  const Record r =
      read_accurately("Ecuador declared the Argentine ambassador persona non grata on Friday.");
  EXPECT_EQ(called(r, "grata"), nullptr);
  EXPECT_EQ(country(r, "the Argentine ambassador"), "ARG");
}

TEST(Whose, ASecurityCouncilOfAStateIsNotThatOfTheWorld) {
  const Record own =
      read_accurately("Ukraine's Security Council secretary Petro Hlushko visited Warsaw.");
  EXPECT_EQ(country(own, "Security Council"), "UKR");
  EXPECT_EQ(called(own, "Security Council")->actor.sector, "GOV");
  EXPECT_EQ(
      country("Russia's Security Council met on Friday, the Kremlin said.", "Security Council"),
      "RUS");
  EXPECT_EQ(
      country("The Security Council voted to extend the mission in Mali.", "Security Council"),
      "IGO");
}

TEST(Whose, OneDemocratIsNotAnother) {
  EXPECT_EQ(country("Liberal Democrat foreign affairs spokesman Ian Rudd called for sanctions.",
                    "Ian Rudd"),
            "GBR");
  EXPECT_EQ(
      country("Christian Democrat leader Ute Brandt said the coalition would hold.", "Ute Brandt"),
      "DEU");
  EXPECT_EQ(country("Democrats in Congress rejected the bill.", "Democrats"), "USA");
}

}  // namespace
}  // namespace chancery
