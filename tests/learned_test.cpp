// Who is called by his surname, or of whom an article lets infer the country only, is known by what
// other articles say: one person is one actor. Over records that are made by hand.
#include <gtest/gtest.h>

#include "ledger/ledger.h"
#include "reported.h"
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

}  // namespace
}  // namespace chancery
