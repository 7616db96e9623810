// Who is called by his surname, or of whom an article lets infer the country only, is known by what
// other articles say: one person is one actor. Over records that are made by hand.
#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/ledger.h"
#include "ledger/settle.h"
#include "reported.h"
#include "serve/service.h"
#include "support.h"

namespace chancery {
namespace {

struct Named {
  std::string name, country, basis = "text", role = "";
};

Record article(int number, const std::string& day, const std::vector<Named>& people,
               const std::string& state = "") {
  std::string text = "Report " + std::to_string(number) + ":";
  for (const Named& p : people) text += " " + p.name + " spoke.";
  Record r = test::reported(number, day, text + (state.empty() ? "" : " " + state + " listened."));
  for (const Named& p : people) {
    test::add_actor(r, p.name, p.name, "person", p.country);
    r.entities.back().basis = p.basis;
    r.entities.back().role = p.role;
  }
  if (!state.empty()) test::add_actor(r, state, state, "place", "ISL");
  return r;
}

struct Kept {
  test::Folder folder;
  Ledger ledger{folder.file("l.ledger"), Ledger::write};

  // People with their country and in how many articles they are.
  std::vector<std::string> people() {
    std::vector<std::string> out;
    for (const auto& row : ledger.actors({}).rows)
      if (row[1] == "person") out.push_back(row[0] + " " + row[2] + " " + row[5]);
    std::sort(out.begin(), out.end());
    return out;
  }
};

using People = std::vector<std::string>;

const Named kWhole = {"Jon Falk", "ISL", "text", "prime minister"};

TEST(OnePerson, ASurnameIsWhoseTheLedgerKnowsItToBe) {
  Kept k;
  k.ledger.add(article(1, "2031-05-01", {kWhole}));
  k.ledger.add(article(2, "2031-05-09", {{"Falk", "NOR", "context"}}));
  k.ledger.add(article(3, "2031-05-10", {{"Falk", "", "", "minister"}}));
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 3"});
  // The record itself stays as it was read.
  k.ledger.each_as_read([](int64_t number, const Record& r) {
    EXPECT_EQ(r.entities[0].name, number == 1 ? "Jon Falk" : "Falk");
  });
  k.ledger.rebuild();
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 3"});
}

TEST(OnePerson, ASurnameOfTwoOrOfAnotherOfficeStaysAlone) {
  for (const Named& other : {Named{"Ola Falk", "NOR"}, Named{"Ola Berg", "NOR"}}) {
    Kept k;
    k.ledger.add(article(1, "2031-05-01", {kWhole, other}));
    k.ledger.add(article(2, "2031-05-09", {{"Falk", "", ""}}));
    EXPECT_EQ(k.people().size(), other.name == "Ola Falk" ? 3u : 2u);
  }
  Kept k;
  k.ledger.add(article(1, "2031-05-01", {kWhole}));
  k.ledger.add(article(2, "2031-05-09", {{"Falk", "", "", "judge"}}));
  k.ledger.add(article(3, "2031-05-09", {{"Falk", "NOR", "text"}}));
  k.ledger.add(article(4, "2031-05-09", {{"Falk", "NOR", "context"}, {"Anna Falk", "", ""}}));
  EXPECT_EQ(k.people(), (People{"Anna Falk  1", "Falk  1", "Falk NOR 2", "Jon Falk ISL 1"}));
}

TEST(OnePerson, YearsLaterOnlyWhereHisStateIsSpokenOf) {
  for (const auto& [day, office, state, known] : {std::tuple{"2031-06-20", "", "", true},
                                                  {"2031-09-20", "", "", false},
                                                  {"2031-09-20", "minister", "", true},
                                                  {"2031-12-20", "minister", "", false},
                                                  {"2031-12-20", "", "Iceland", true},
                                                  {"2041-09-20", "minister", "Iceland", false}}) {
    Kept k;
    k.ledger.add(article(1, "2031-05-01", {{"Jon Falk", "ISL", "text", office}}));
    k.ledger.add(article(2, day, {{"Falk", "", ""}}, state));
    EXPECT_EQ(k.people().size(), known ? 1u : 2u) << day << office << state;
  }
}

TEST(OnePerson, WhatAnArticleSaysGoesBeforeWhatAnotherLetsInfer) {
  Kept k;
  k.ledger.add(article(1, "2031-05-01", {kWhole}));
  k.ledger.add(article(2, "2031-05-09", {{"Jon Falk", "NOR", "context", "minister"}}));
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 2"});
  // Not where the name is anybody's.
  Kept any;
  any.ledger.add(article(1, "2031-05-01", {{"The Minister", "ISL"}}));
  any.ledger.add(article(2, "2031-05-09", {{"The Minister", "NOR", "context"}}));
  EXPECT_EQ(any.people(), (People{"The Minister ISL 1", "The Minister NOR 1"}));
}

TEST(OnePerson, OfWhomBothOnlyLetInferIsOne) {
  Kept k;
  k.ledger.add(article(1, "2031-05-01", {{"Jon Falk", "ISL", "context"}}));
  k.ledger.add(article(2, "2031-05-09", {{"Jon Falk", "NOR", "context"}}));
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 2"});
  k.ledger.add(article(3, "2031-05-10", {{"Jon Falk", "NOR", "text"}}));
  EXPECT_EQ(k.people(), (People{"Jon Falk ISL 2", "Jon Falk NOR 1"})) << "another says otherwise";
}

TEST(OnePerson, AnOfficeHolderIsKnownByHisSurnameWhoseverHeIs) {
  Kept k;
  k.ledger.add(article(1, "2031-05-01", {{"Jon Falk", "ISL", "context", "prime minister"}}));
  k.ledger.add(article(2, "2031-05-09", {{"Falk", "NOR", "context"}}));
  k.ledger.add(article(3, "2031-05-10", {{"Jon Falk", "NOR", "context"}}));
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 3"});
  k.ledger.add(article(4, "2031-05-11", {kWhole}));
  k.ledger.add(article(5, "2031-05-12", {{"Falk", "NOR", "context"}}));
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 5"});
}

// The newest report of somebody counts, though it does not say whose he is.
TEST(OnePerson, WhoWasInTheNewsLatelyIsKnownByHisSurname) {
  Kept k;
  k.ledger.add(article(1, "2029-03-06", {kWhole}));
  k.ledger.add(article(2, "2031-04-10", {{"Jon Falk", "NOR", "context", "prime minister"}}));
  k.ledger.add(article(3, "2031-05-15", {{"Falk", "NOR", "context"}}));
  EXPECT_EQ(k.people(), People{"Jon Falk ISL 3"});
}

// An article that tells of a body: its name is in the text, then what stands behind it there.
Record of_body(int number, const std::string& name, const std::string& behind,
               const std::string& country, const std::string& basis = "text",
               const std::string& day = "2031-05-01") {
  Record r = test::reported(number, day,
                            "Report " + std::to_string(number) + ": " + name + behind + " spoke.");
  test::add_actor(r, name, name + behind, "organization", country);
  r.entities.back().basis = basis;
  return r;
}

// Bodies with their country and in how many articles they are.
std::vector<std::string> bodies(Ledger& ledger) {
  std::vector<std::string> out;
  for (const auto& row : ledger.actors({}).rows)
    if (row[1] == "organization") out.push_back(row[0] + " " + row[2] + " " + row[5]);
  std::sort(out.begin(), out.end());
  return out;
}

const std::string kFishermen = "National Fishermen's Association", kShown = " (NFA)";

TEST(OneBody, IsMeantByTheLettersThatAnArticleSaysItGoesBy) {
  for (const auto& [country, basis] : {std::pair{"NOR", "text"}, {"ISL", "context"}, {"", ""}}) {
    Kept k;
    k.ledger.add(of_body(1, kFishermen, kShown, "NOR"));
    k.ledger.add(of_body(2, "NFA", "", country, basis));
    EXPECT_EQ(bodies(k.ledger), People{kFishermen + " NOR 2"}) << country << basis;
    k.ledger.each_as_read([](int64_t number, const Record& r) {
      EXPECT_EQ(r.entities[0].name, number == 1 ? kFishermen : "NFA")
          << "the record stays as it was read";
    });
    k.ledger.rebuild();
    EXPECT_EQ(bodies(k.ledger), People{kFishermen + " NOR 2"});
  }
}

TEST(OneBody, IsOfItsStateWhereOnlyTheShortNameIsSaidWithIt) {
  Kept k;
  k.ledger.add(of_body(1, kFishermen, kShown, "ISL", "context"));
  k.ledger.add(of_body(2, "NFA", "", "NOR"));
  EXPECT_EQ(bodies(k.ledger), (People{kFishermen + " ISL 1", kFishermen + " NOR 1"}));
}

TEST(OneBody, IsAnotherWhereStateOrNameDiffersOrNobodySaysTheLetters) {
  const auto apart = [](const Record& first, const Record& second,
                        const std::string& day = "2031-05-02") {
    Kept k;
    k.ledger.add(first);
    k.ledger.add(second);
    k.ledger.add(of_body(3, "NFA", "", "NOR", "text", day));
    const std::vector<std::string> all = bodies(k.ledger);
    return std::find(all.begin(), all.end(), "NFA NOR 1") != all.end();
  };
  const Record shown = of_body(1, kFishermen, kShown, "NOR"),
               other = of_body(2, "Union of Sailors", "", "NOR");
  EXPECT_FALSE(apart(shown, other));
  EXPECT_TRUE(apart(of_body(1, kFishermen, kShown, "ISL"), other)) << "of another state";
  EXPECT_TRUE(apart(of_body(1, kFishermen, "", "NOR"), other)) << "nobody says the letters";
  EXPECT_TRUE(apart(of_body(1, kFishermen, " (NFB)", "NOR"), other)) << "other letters";
  EXPECT_TRUE(apart(shown, of_body(2, "Northern Freight Authority", kShown, "NOR")))
      << "of two bodies";
  EXPECT_TRUE(apart(shown, other, "2041-05-02")) << "ten years later";
}

TEST(OneBody, IsWhatAPersonSaysOfTheLetters) {
  Kept k;
  k.ledger.add(of_body(1, kFishermen, kShown, "NOR"));
  k.ledger.learned().set({"NFA", "ISL", "CVL", "", "", "", 0, "", "hand"});
  k.ledger.add(of_body(2, "NFA", "", "", ""));
  EXPECT_EQ(bodies(k.ledger), (People{"NFA ISL 1", kFishermen + " NOR 1"}));
}

TEST(OneBody, IsKnownWhateverTheOrderOnceTheDaysAreSettled) {
  for (const bool turned : {false, true}) {
    Kept k;
    const Record whole = of_body(1, kFishermen, kShown, "NOR", "text", "2031-05-01"),
                 letters = of_body(2, "NFA", "", "", "", "2031-05-03");
    k.ledger.add(turned ? letters : whole);
    k.ledger.add(turned ? whole : letters);
    settle(k.ledger);
    EXPECT_EQ(bodies(k.ledger), People{kFishermen + " NOR 2"});
  }
}

// Whose somebody is: said by an article, or inferred by all of them from the company he keeps.
class StatesOfActors : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Ledger, StatesOfActors, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

std::string basis_of(const Answer& a, const std::string& name) {
  const auto column = std::find(a.columns.begin(), a.columns.end(), "country_basis");
  for (const auto& row : a.rows)
    if (row[0] == name) return row[static_cast<size_t>(column - a.columns.begin())];
  return "nobody";
}

TEST_P(StatesOfActors, AreInferredUntilAnArticleSaysThem) {
  test::Store store(GetParam());
  Ledger ledger(store.where, Ledger::write);
  ledger.add(article(1, "2031-05-01", {{"Jon Falk", "ISL", "context"}, {"Ada Brekke", "", ""}}));
  EXPECT_EQ(basis_of(ledger.actors({}), "Jon Falk"), "inferred");
  EXPECT_EQ(basis_of(ledger.actors({}), "Ada Brekke"), "");
  ledger.add(article(2, "2031-05-09", {{"Jon Falk", "ISL", "text"}}));
  ledger.add(article(3, "2031-05-10", {{"Jon Falk", "ISL", "context"}}));
  EXPECT_EQ(basis_of(ledger.actors({}), "Jon Falk"), "said");
  ledger.rebuild();
  EXPECT_EQ(basis_of(ledger.actors({}), "Jon Falk"), "said");
}

// The article that said it comes late and is filed first, is put right, or goes.
TEST_P(StatesOfActors, FollowWhatTheArticlesSayByNow) {
  test::Store store(GetParam());
  Ledger ledger(store.where, Ledger::write);
  ledger.add(article(1, "2031-05-05", {{"Jon Falk", "ISL", "context"}}));
  ledger.add(article(2, "2031-05-01", {{"Jon Falk", "ISL", "text"}}));
  settle(ledger);
  EXPECT_EQ(basis_of(ledger.actors({}), "Jon Falk"), "said");
  Amendment a;
  a.act = "delete";
  a.article = 2;
  for (const auto& row : ledger.articles_of({}).rows)
    if (row[4] == "2") a.article = std::stoll(row[0]);
  a.author = "Ana Ruiz";
  a.reason = "retracted";
  ledger.amend(a);
  EXPECT_EQ(basis_of(ledger.actors({}), "Jon Falk"), "inferred");
}

TEST_P(StatesOfActors, AreMarkedBesideWhomSomebodyMet) {
  test::Store store(GetParam());
  Ledger ledger(store.where, Ledger::write);
  Record r =
      article(1, "2031-05-01",
              {{"Jon Falk", "ISL", "context"}, {"Ada Brekke", "NOR"}, {"Eli Strand", "ISL"}});
  const auto meets = [&](const std::vector<int>& whom) {
    Event e;
    e.id = "v" + std::to_string(r.events.size() + 1);
    e.type = "CONSULT";
    e.status = "occurred";
    e.source = {1};
    e.target = whom;
    e.span = test::span_of(r, "Ada Brekke spoke");
    r.events.push_back(e);
  };
  meets({0}), meets({2, 0});
  ledger.add(r);
  Question q;
  q.actor = {"Ada Brekke", ""};
  const Answer contacts = ledger.contacts(q);
  EXPECT_EQ(basis_of(contacts, "Jon Falk"), "inferred");
  EXPECT_EQ(basis_of(contacts, "Eli Strand, Jon Falk"), "said") << "the state is the first one's";
  q.actor = {"Jon Falk", ""};
  EXPECT_EQ(basis_of(ledger.contacts(q), "Ada Brekke"), "said");
}

// People read "probably", in the table of the command line and on the actor's page.
TEST(StatesOfActors, AreProbableForPeople) {
  test::Folder folder;
  const std::string where = folder.file("l.ledger");
  {
    Ledger ledger(where, Ledger::write);
    ledger.add(article(1, "2031-05-01", {{"Jon Falk", "ISL", "context"}, {"Ada Brekke", "NOR"}}));
  }
  const std::string table = test::program("actors --ledger " + where).out;
  EXPECT_NE(table.find("probably Iceland"), std::string::npos) << table;
  EXPECT_EQ(table.find("probably Norway"), std::string::npos) << table;
  EXPECT_EQ(table.find("inferred"), std::string::npos) << table;
  ServiceOptions options;
  options.ledger = where;
  Service service(options, test::resources(), test::source_dir() + "/data");
  Request q;
  q.method = "GET";
  q.accept = "text/html";
  q.path = "/actor";
  q.query.emplace("name", "Jon Falk");
  EXPECT_NE(service.answer(q).body.find("probably Iceland"), std::string::npos);
  q.query.clear();
  q.query.emplace("name", "Ada Brekke");
  const std::string page = service.answer(q).body;
  EXPECT_NE(page.find(">Norway<"), std::string::npos) << page;
  EXPECT_EQ(page.find("probably Norway"), std::string::npos);
}

}  // namespace
}  // namespace chancery
