// Corrections in a ledger: they outlive reading anew, migration and moving; what fits no more is
// listed and left alone; undoing brings back what was, to the row.
#include "ledger/corrections.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "corrections.h"
#include "ledger/correction_answer.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "support.h"

namespace chancery {
namespace {

using test::HandMade;
using test::Outcome;
using test::program;

class Correcting : public testing::TestWithParam<std::string> {
 protected:
  Correcting() : store(GetParam()), ledger(std::make_unique<Ledger>(store.where, Ledger::write)) {
    ledger->codes(codes_of(*test::resources()));
  }

  int64_t amend(Amendment a) {
    if (a.author.empty()) a.author = "Ana Ruiz";
    if (a.reason.empty()) a.reason = "read again";
    return ledger->amend(a);
  }
  int64_t amend(const std::string& act, const std::string& item, const Fields& value = {},
                int64_t article = 1) {
    Amendment a;
    a.act = act;
    a.article = article;
    a.item = item;
    a.value = value;
    return amend(a);
  }
  int64_t undo(int64_t number) {
    Amendment a;
    a.act = "undo";
    a.undoes = number;
    return amend(a);
  }
  int64_t merge(const std::string& from, const std::string& into) {
    Amendment a;
    a.act = "merge";
    a.from = {from, "", ""};
    a.into = {into, "", ""};
    return amend(a);
  }
  void reread(int64_t number, const Record& anew) {
    ledger->begin();
    ledger->replace(number, anew);
    ledger->relearn();
    ledger->rebuild();
    ledger->commit();
  }
  // All that the ledger answers, and all its records.
  std::string everything(Ledger& l) {
    std::string out;
    for (const Answer& a : {l.statements({}), l.events({}), l.positions({}), l.actors({}),
                            l.stories({}), l.articles_of({}), l.network({}), l.happenings({})})
      for (const auto& row : a.rows) out += join(row, "|") + "\n";
    l.each([&](int64_t number, const Record& r) {
      out += std::to_string(number) + " " + to_json(r) + "\n";
    });
    return out;
  }
  std::string everything() { return everything(*ledger); }
  // What a derivation from nothing would give.
  void expect_derived() {
    const std::string now = everything();
    ledger->rebuild();
    EXPECT_EQ(everything(), now);
  }
  StandingCorrection entry(int64_t number) {
    for (const StandingCorrection& c : ledger->corrections())
      if (c.entry.number == number) return c;
    ADD_FAILURE() << "no correction " << number;
    return {};
  }

  test::Store store;
  std::unique_ptr<Ledger> ledger;
};
INSTANTIATE_TEST_SUITE_P(Ledger, Correcting, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

TEST_P(Correcting, WhatIsRejectedIsGoneUntilItIsUndone) {
  ledger->add(HandMade().r);
  const std::string before = everything();
  const int64_t number = amend("reject", "s1");
  EXPECT_TRUE(ledger->statements({}).rows.empty());
  EXPECT_TRUE(ledger->record(1)->statements.empty());
  EXPECT_EQ(ledger->events({}).rows.size(), 1u);
  expect_derived();
  StandingCorrection kept = entry(number);
  EXPECT_EQ(kept.state, "stands");
  EXPECT_EQ(kept.entry.author, "Ana Ruiz");
  EXPECT_EQ(kept.entry.reason, "read again");
  EXPECT_EQ(kept.entry.at.size(), 20u);
  EXPECT_EQ(kept.article_number, 1);
  EXPECT_EQ(corrected_words(kept.entry), "that Norway would open its ports");
  const int64_t undoing = undo(number);
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(entry(number).state, "undone");
  EXPECT_THROW(undo(number), UsageError);
  // Undoing that is another entry.
  undo(undoing);
  EXPECT_TRUE(ledger->statements({}).rows.empty());
  EXPECT_EQ(entry(number).state, "stands");
  EXPECT_EQ(ledger->corrections().size(), 3u);
}

TEST_P(Correcting, WhatIsEditedIsSoEverywhere) {
  ledger->add(HandMade().r);
  amend("edit", "v1", {{"status", {"planned"}}, {"when", {"2031-06-02"}}, {"target", {"e3"}}});
  amend("edit", "p1", {{"stance", {"accepts"}}});
  Answer events = ledger->events({});
  ASSERT_EQ(events.rows.size(), 1u);
  const std::string row = join(events.rows[0], "|");
  for (const char* part : {"planned", "2031-06-02", "Iceland"})
    EXPECT_NE(row.find(part), std::string::npos) << part << " in " << row;
  Question accepted;
  accepted.stance = "accepts";
  EXPECT_EQ(ledger->positions(accepted).rows.size(), 1u);
  const Record r = *ledger->record(1);
  EXPECT_EQ(r.events[0].confidence, 1) << "a person said so";
  EXPECT_NE(r.events[0].explain.find("put right by Ana Ruiz on "), std::string::npos);
  EXPECT_NE(r.events[0].explain.find(": read again"), std::string::npos);
  expect_derived();
}

TEST_P(Correcting, WhatWasMissedIsAddedAndStaysThroughAnotherReading) {
  ledger->add(HandMade().r);
  const std::string before = everything();
  const int64_t statement =
      amend("add", "statement",
            {{"words", {"rejects the plan"}}, {"speaker", {"e3"}}, {"cue", {"rejects"}}});
  amend("add", "event",
        {{"words", {"Norway would open its ports"}},
         {"source", {"Norway/place/NOR"}},
         {"target", {"Iceland"}},
         {"type", {"RETREAT"}},
         {"trigger", {"open"}},
         {"status", {"planned"}}});
  amend("add", "position",
        {{"words", {"Norway would open its ports"}},
         {"holder", {"Kari Solheim"}},
         {"stance", {"offers"}}});
  const Record r = *ledger->record(1);
  ASSERT_EQ(r.statements.size(), 2u);
  EXPECT_EQ(r.statements[1].id, "s2");
  EXPECT_EQ(r.statements[1].speaker, 2);
  EXPECT_EQ(test::words(r, r.statements[1].cue[0]), "rejects");
  EXPECT_EQ(r.statements[1].confidence, 1);
  EXPECT_NE(r.statements[1].explain.find("added by Ana Ruiz"), std::string::npos);
  ASSERT_EQ(r.events.size(), 2u);
  EXPECT_EQ(r.entities.at(static_cast<size_t>(r.events[1].source.at(0))).name, "Norway");
  EXPECT_EQ(r.entities.back().actor.country, "NOR");
  EXPECT_EQ(r.entities.back().basis, "hand");
  EXPECT_EQ(r.events[1].said_in, 0) << "it stands in what Solheim says";
  ASSERT_EQ(r.positions.size(), 2u);
  Question norway;
  norway.by = {"Norway", ""};
  EXPECT_EQ(ledger->events(norway).rows.size(), 1u);
  EXPECT_EQ(entry(statement).entry.item, "s2");
  expect_derived();
  // Read anew, with something that was not read before: it is still there, behind that.
  HandMade again;
  again.r.statements.push_back(again.r.statements[0]);
  again.r.statements[1].id = "s2";
  again.r.statements[1].content = {again.at("She met Jon Vale in Bergen")};
  reread(1, again.r);
  EXPECT_EQ(ledger->record(1)->statements.size(), 3u);
  EXPECT_EQ(ledger->record(1)->statements[2].id, "s3");
  reread(1, HandMade().r);
  for (const StandingCorrection& c : ledger->corrections())
    if (c.entry.act == "add") undo(c.entry.number);
  EXPECT_EQ(everything(), before);
}

TEST_P(Correcting, AnActorIsCalledByTheEndOfANameThatNobodyElseHas) {
  HandMade made;
  ledger->add(made.r);
  amend("edit", "v1", {{"source", {"Vale"}}});
  EXPECT_EQ(ledger->corrections()[0].entry.value.at("source"),
            std::vector<std::string>{"Jon Vale"});
  EXPECT_THROW(amend("edit", "v1", {{"source", {"ale"}}}), UsageError) << "whole words alone";
  EXPECT_THROW(amend("edit", "v1", {{"source", {"Jon"}}}), UsageError);
  HandMade two;
  two.r.article.id = "two";
  two.r.article.text += " Ida Vale laughed.";
  two.r.entities.push_back(two.r.entities[1]);
  two.r.entities.back().id = "e5";
  two.r.entities.back().name = "Ida Vale";
  two.r.entities.back().mentions = {two.at("Ida Vale")};
  ledger->add(two.r);
  EXPECT_THROW(amend("edit", "v1", {{"source", {"Vale"}}}, 2), UsageError) << "which of them?";
  amend("edit", "v1", {{"source", {"Ida Vale"}}}, 2);
}

TEST_P(Correcting, WhatCannotBeAddedIsRefusedWithAReason) {
  ledger->add(HandMade().r);
  auto refused = [&](const std::string& kind, const Fields& value, const std::string& why) {
    try {
      amend("add", kind, value);
      ADD_FAILURE() << "taken: " << why;
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
  };
  refused("actor", {{"words", {"Bergen"}}}, "nothing to be added");
  refused("statement", {{"words", {"rejects the plan"}}}, "needs words, speaker");
  refused("statement", {{"words", {"no such words"}}, {"speaker", {"e1"}}}, "does not stand");
  refused("statement", {{"words", {"the"}}, {"speaker", {"e1"}}}, "more than once");
  refused("statement", {{"words", {"rejects the plan"}}, {"speaker", {"Nobody"}}}, "has no actor");
  refused("statement", {{"words", {"rejects the plan"}}, {"speaker", {"Olm/place/NOR"}}},
          "does not stand");
  refused("statement", {{"words", {"rejects the plan"}}, {"speaker", {"e1"}}, {"type", {"x"}}},
          "no field");
  refused("statement", {{"words", {"that Norway would open its ports"}}, {"speaker", {"e1"}}},
          "read so already");
  refused("position", {{"words", {"rejects"}}, {"holder", {"e3"}}, {"stance", {"likes"}}}, "likes");
  EXPECT_TRUE(ledger->corrections().empty());
  amend("add", "statement", {{"words", {"rejects the plan"}}, {"speaker", {"e3"}}});
  EXPECT_THROW(amend("reject", "s2"), UsageError) << "undo takes it back";
}

TEST_P(Correcting, OutlivesAnotherReadingAndFitsNothingElse) {
  ledger->add(HandMade().r);
  const int64_t rejected = amend("reject", "s1"),
                edited = amend("edit", "v1", {{"status", {"planned"}}});
  HandMade anew;
  Statement more = anew.r.statements[0];
  more.content = {anew.at("open its ports")};
  anew.r.statements.insert(anew.r.statements.begin(), more);
  anew.r.statements[1].id = "s2";
  anew.r.events[0].id = "v7";
  reread(1, anew.r);
  Record now = *ledger->record(1);
  ASSERT_EQ(now.statements.size(), 1u);
  EXPECT_EQ(now.statements[0].content, more.content);
  EXPECT_EQ(now.events[0].status, "planned");
  // Read with another speaker it is another statement: nobody has looked at that.
  anew.r.statements[1].speaker = 1;
  anew.r.events.clear();
  reread(1, anew.r);
  EXPECT_EQ(ledger->record(1)->statements.size(), 2u);
  EXPECT_EQ(entry(rejected).state, "does not fit");
  EXPECT_NE(entry(rejected).why.find("speaker is 'Jon Vale', it was 'Kari Solheim'"),
            std::string::npos);
  EXPECT_EQ(entry(edited).why, "its words are read as no event any more");
  // And what fits again stands again.
  reread(1, HandMade().r);
  EXPECT_TRUE(ledger->record(1)->statements.empty());
  EXPECT_EQ(entry(edited).state, "stands");
}

TEST_P(Correcting, OneUndoneLeavesTheOthersOfTheSameItem) {
  ledger->add(HandMade().r);
  const int64_t status = amend("edit", "v1", {{"status", {"planned"}}});
  amend("edit", "v1", {{"target", {"Iceland"}}});
  undo(status);
  const Record r = *ledger->record(1);
  EXPECT_EQ(r.events[0].status, "occurred");
  EXPECT_EQ(r.entities[static_cast<size_t>(r.events[0].target.at(0))].name, "Iceland");
}

TEST_P(Correcting, WhatCannotBeIsRefusedAndNothingIsKept) {
  ledger->add(HandMade().r);
  const std::string before = everything();
  auto refused = [&](const std::string& act, const std::string& item, const Fields& value,
                     const std::string& says, int64_t article = 1) {
    try {
      amend(act, item, value, article);
      ADD_FAILURE() << act << " " << item;
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
    }
  };
  refused("strike", "s1", {}, "none of reject, edit");
  refused("reject", "s9", {}, "no item 's9'");
  refused("reject", "", {}, "which item");
  refused("reject", "s1", {}, "no article 7", 7);
  refused("delete", "s1", {}, "delete takes an article");
  refused("edit", "v1", {}, "what is to be set");
  refused("edit", "v1", {{"colour", {"blue"}}}, "nothing to be edited");
  refused("edit", "v1", {{"source", {"Nobody"}}}, "no actor 'Nobody'");
  refused("edit", "v1", {{"status", {"maybe"}}}, "none of occurred");
  refused("edit", "v1", {{"type", {"PICNIC"}}}, "no type of the ontology");
  refused("edit", "v1", {{"when", {"soonish"}}}, "no TIMEX3 value");
  refused("edit", "e2", {{"country", {"XXX"}}}, "no state of the register");
  refused("edit", "s1", {{"words", {"of the moon"}}}, "does not stand in the article");
  refused("split", "s1", {{"name", {"X"}}}, "split takes an actor");
  for (const char* missing : {"author", "reason"}) {
    Amendment a;
    a.act = "reject";
    a.article = 1;
    a.item = "s1";
    (std::string_view(missing) == "author" ? a.reason : a.author) = "something";
    EXPECT_THROW(ledger->amend(a), UsageError) << missing;
  }
  // Of several, one that cannot be takes the others with it.
  Amendment good, bad;
  good.act = bad.act = "reject";
  good.article = bad.article = 1;
  good.item = "s1";
  bad.item = "s9";
  good.author = bad.author = "Ana Ruiz";
  good.reason = bad.reason = "both";
  EXPECT_THROW(ledger->amend(std::vector{good, bad}), UsageError);
  EXPECT_TRUE(ledger->corrections().empty());
  EXPECT_EQ(everything(), before);
  amend("reject", "s1");
  refused("edit", "s1", {{"speaker", {"Jon Vale"}}}, "was taken out before");
}

TEST_P(Correcting, WhatIsSaidOfActorsTeachesAndIsNotOverruled) {
  ledger->add(HandMade("one").r);
  ledger->add(HandMade("two", " It rained.").r);
  amend("edit", "e2", {{"country", {"ISL"}}, {"sector", {"GOV"}}});
  auto vale = [&](int64_t article) { return ledger->record(article)->entities[1]; };
  EXPECT_EQ(vale(1).actor.country, "ISL");
  EXPECT_EQ(vale(1).basis, "hand");
  EXPECT_EQ(vale(2).actor.country, "ISL") << "learnt of the first";
  EXPECT_EQ(vale(2).basis, "learnt");
  ledger->add(HandMade("three", " It snowed.").r);
  EXPECT_EQ(vale(3).actor.country, "ISL");
  // Of nobody's state, said a person: what is learnt elsewhere does not fill it.
  amend("edit", "e2", {{"country", {}}}, 2);
  EXPECT_EQ(vale(2).actor.country, "");
  EXPECT_EQ(vale(3).actor.country, "ISL");
  expect_derived();
  // What is taken out teaches nothing.
  amend("reject", "e2");
  EXPECT_EQ(vale(3).actor.country, "");
}

TEST_P(Correcting, ADeletedArticleStaysOutAndComesBackAsItWas) {
  for (const char* id : {"one", "two", "three"})
    ledger->add(HandMade(id, std::string(" Of ") + id + ".").r);
  const std::string before = everything();
  for (int64_t number : {2, 3}) {
    const int64_t deleted = amend("delete", "", {}, number);
    EXPECT_EQ(ledger->articles(), 2);
    EXPECT_FALSE(ledger->record(number));
    EXPECT_EQ(ledger->statements({}).rows.size(), 2u);
    expect_derived();
    const std::string id = number == 2 ? "two" : "three";
    Record same = HandMade(id, " Of " + id + ".").r;
    EXPECT_EQ(ledger->add(same), Ledger::Added::known);
    same.article.published = "2031-05-20";
    EXPECT_EQ(ledger->add(same), Ledger::Added::known) << "whatever day it names";
    EXPECT_TRUE(ledger->has_url("https://paper.example/" + id)) << "not to be fetched again";
    EXPECT_EQ(entry(deleted).state, "stands");
    undo(deleted);
    EXPECT_EQ(everything(), before);
  }
  // Its number was given to another meanwhile: it comes back under one of its own.
  const int64_t deleted = amend("delete", "", {}, 3);
  ledger->add(HandMade("four", " Of four.").r);
  undo(deleted);
  EXPECT_EQ(ledger->articles(), 4);
  std::set<std::string> ids;
  ledger->each([&](int64_t, const Record& r) { ids.insert(r.article.id); });
  EXPECT_EQ(ids, (std::set<std::string>{"one", "two", "three", "four"}));
}

TEST_P(Correcting, AnArticleThatComesBackIsKnownUnderAllItsAddresses) {
  ledger->addresses(AddressRules(test::source_dir() + "/data/addresses.tsv"));
  ledger->add(HandMade("one").r);
  const std::string other = "http://www.paper.example/one/";
  EXPECT_TRUE(ledger->has_url(other));
  const int64_t deleted = amend("delete", "", {}, 1);
  EXPECT_TRUE(ledger->has_url(other)) << "not to be fetched again";
  undo(deleted);
  EXPECT_TRUE(ledger->has_url(other)) << "nor when it is back";
  EXPECT_FALSE(ledger->has_url("https://paper.example/two"));
}

TEST_P(Correcting, ConfirmedAndNotedItemsSayByWhom) {
  ledger->add(HandMade().r);
  amend("confirm", "s1");
  amend("note", "v1");
  amend("note", "");
  const Record r = *ledger->record(1);
  EXPECT_EQ(r.statements[0].confidence, 1);
  EXPECT_NE(r.statements[0].explain.find("confirmed by Ana Ruiz"), std::string::npos);
  EXPECT_NE(r.events[0].explain.find("note by Ana Ruiz"), std::string::npos);
  ASSERT_EQ(r.article.notes.size(), 1u);
  EXPECT_NE(r.article.notes[0].find("read again"), std::string::npos);
  expect_derived();
}

TEST_P(Correcting, AnArticleIsConfirmedAsItIsAndNotAsItWillBe) {
  ledger->add(HandMade().r);
  amend("edit", "v1", {{"status", {"planned"}}});
  const int64_t number = amend("confirm", "");
  ASSERT_EQ(ledger->confirmed().count(1), 1u);
  EXPECT_EQ(ledger->confirmed()[1].author, "Ana Ruiz");
  const int64_t edit = amend("edit", "v1", {{"status", {"denied"}}});
  EXPECT_TRUE(ledger->confirmed().empty());
  EXPECT_EQ(entry(number).state, "does not fit");
  undo(edit);
  EXPECT_EQ(ledger->confirmed().size(), 1u);
}

TEST_P(Correcting, MergedActorsAreOneInAllArticlesAlsoOfTheFuture) {
  HandMade other("two", " It rained.");
  other.r.entities[0].name = "K. Solheim";
  ledger->add(HandMade().r);
  ledger->add(other.r);
  const std::string before = everything();
  EXPECT_TRUE(ledger->bears({"K. Solheim", ""}));
  const int64_t number = merge("k. solheim", "Kari Solheim");
  EXPECT_FALSE(ledger->bears({"K. Solheim", ""}));
  for (const auto& row : ledger->statements({}).rows) EXPECT_EQ(row[2], "Kari Solheim");
  HandMade later("three", " It snowed.");
  later.r.entities[0].name = "K. Solheim";
  ledger->add(later.r);
  EXPECT_EQ(ledger->record(3)->entities[0].name, "Kari Solheim");
  expect_derived();
  amend("delete", "", {}, 3);
  undo(number);
  EXPECT_EQ(everything(), before);
  EXPECT_THROW(merge("Nobody At All", "Kari Solheim"), UsageError);
  EXPECT_THROW(merge("Kari Solheim", "kari solheim"), UsageError);
}

TEST_P(Correcting, MergesAndSplitsGiveTheSameInAnyOrder) {
  auto fill = [](Ledger& l) {
    int n = 0;
    for (const char* name : {"Kari Solheim", "K. Solheim", "Solheim"}) {
      HandMade made("a" + std::to_string(++n), std::string(" Of ") + name + ".");
      made.r.entities[0].name = name;
      l.add(made.r);
    }
  };
  std::vector<Amendment> wanted(3);
  wanted[0].act = wanted[1].act = "merge";
  wanted[0].from = {"Solheim", "", ""};
  wanted[0].into = {"K. Solheim", "person", "NOR"};
  wanted[1].from = {"K. Solheim", "person", "NOR"};
  wanted[1].into = {"Kari Solheim", "person", "NOR"};
  wanted[2].act = "split";
  wanted[2].article = 3;
  wanted[2].item = "e1";
  wanted[2].value = {{"name", {"Bo Solheim"}}};
  for (Amendment& a : wanted) a.author = "Ana Ruiz", a.reason = "who is who";
  std::string first;
  // What is merged by name must be known by that name still: the first stays before the second.
  for (const std::vector<size_t>& order :
       {std::vector<size_t>{0, 1, 2}, {0, 2, 1}, {2, 1}, {1, 2}}) {
    test::Store other(GetParam());
    Ledger l(other.where, Ledger::write);
    fill(l);
    for (size_t i : order) l.amend(wanted[i]);
    EXPECT_TRUE(l.bears({"Bo Solheim", ""}));
    EXPECT_EQ(l.record(2)->entities[0].name, "Kari Solheim");
    EXPECT_EQ(l.record(3)->entities[0].name, "Bo Solheim");
    std::string said;
    for (const auto& row : l.actors({}).rows) said += join(row, "|") + "\n";
    if (first.empty()) first = said;
    EXPECT_EQ(said, first);
  }
}

TEST_P(Correcting, AnotherLedgerTakesThemOver) {
  ledger->add(HandMade().r);
  ledger->add(HandMade("two", " It rained.").r);
  const int64_t struck = amend("reject", "s1");
  amend("edit", "e2", {{"country", {"ISL"}}});
  undo(struck);
  amend("delete", "", {}, 2);
  std::vector<Correction> list;
  for (const StandingCorrection& c : ledger->corrections()) {
    list.push_back(correction_from_json(correction_json(c.entry)));
    EXPECT_EQ(list.back(), c.entry);
  }
  test::Store other("sqlite");
  Ledger l(other.where, Ledger::write);
  EXPECT_EQ(l.take_corrections(list), 4);
  EXPECT_EQ(l.corrections().at(1).why, "its article is not in the ledger");
  // Articles that come later find what was said of them.
  l.add(HandMade().r);
  EXPECT_EQ(l.add(HandMade("two", " It rained.").r), Ledger::Added::known);
  EXPECT_EQ(everything(l), everything());
  EXPECT_EQ(l.take_corrections(list), 0);
  EXPECT_THROW(correction_from_json("{\"act\":\"strike\"}"), Error);
}

// A writer that keeps the ledger open learns at each batch what others wrote meanwhile of articles to come.
TEST_P(Correcting, ABatchSeesWhatOthersTookOverBeforeIt) {
  ledger->add(HandMade().r);
  ledger->add(HandMade("two", " It rained.").r);
  amend("reject", "s1");
  amend("delete", "", {}, 2);
  std::vector<Correction> list;
  for (const StandingCorrection& c : ledger->corrections()) list.push_back(c.entry);
  test::Store other("sqlite");
  Ledger writer(other.where, Ledger::write);
  writer.begin();
  writer.add(HandMade("three", " It snowed.").r);
  writer.commit();
  EXPECT_EQ(Ledger(other.where, Ledger::write).take_corrections(list), 2);
  writer.begin();
  EXPECT_NE(writer.add(HandMade().r), Ledger::Added::known);
  EXPECT_EQ(writer.add(HandMade("two", " It rained.").r), Ledger::Added::known);
  writer.commit();
  EXPECT_EQ(writer.articles(), 2);
  EXPECT_TRUE(writer.record(2)->statements.empty());
  EXPECT_EQ(writer.statements({}).rows.size(), 1u);
}

// Corrections of a ledger that was opened before they were made are seen by it.
TEST_P(Correcting, OthersSeeThem) {
  ledger->add(HandMade().r);
  Ledger reader(store.where, Ledger::read);
  EXPECT_EQ(reader.record(1)->statements.size(), 1u);
  amend("reject", "s1");
  EXPECT_TRUE(reader.record(1)->statements.empty());
  EXPECT_TRUE(reader.statements({}).rows.empty());
}

TEST(Amend, IsAVerb) {
  test::Folder f;
  const std::string ledger = " --ledger " + f.file("l.ledger");
  {
    Ledger l(f.file("l.ledger"), Ledger::write);
    l.add(HandMade().r);
  }
  const std::string why = " --author 'Ana Ruiz' --why 'he did not say so'";
  Outcome o = program("amend reject" + ledger + " 1 s1" + why);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(o.out, "correction 1: s1 of article 1 taken out\n");
  o = program("amend edit" + ledger + " 1 e2 --set country=Iceland --set role=premier" + why);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(
      program("amend edit" + ledger + " 1 v1 --set source='Jon Vale' --set source=Iceland" + why)
          .code,
      0);
  o = program("amend list" + ledger + " --csv");
  EXPECT_NE(o.out.find("country: nothing → ISL; role: nothing → premier"), std::string::npos)
      << o.out;
  EXPECT_NE(o.out.find("source: Kari Solheim → Jon Vale, Iceland"), std::string::npos) << o.out;
  EXPECT_EQ(program("amend list" + ledger + " --state undone").out, "nothing found\n");
  EXPECT_EQ(program("amend undo" + ledger + " 1" + why).code, 0);
  o = program("amend list" + ledger + " --state undone");
  EXPECT_NE(o.out.find("he did not say so"), std::string::npos) << o.out;
  o = program("amend list" + ledger);
  EXPECT_NE(o.out.find("undo"), std::string::npos) << o.out;
  // What is wrong is said, and changes nothing.
  o = program("amend reject" + ledger + " 1 s7" + why);
  EXPECT_EQ(o.code, 2);
  EXPECT_NE(o.err.find("no item 's7'"), std::string::npos) << o.err;
  EXPECT_EQ(program("amend reject" + ledger + " 1 s1 --author A").code, 2) << "no reason";
  EXPECT_EQ(program("amend edit" + ledger + " 1 v1 --set planned" + why).code, 2);
  EXPECT_EQ(program("amend list" + ledger + " --state broken").code, 2);
  // Taken out of the ledger as it is, and into another.
  EXPECT_EQ(program("export" + ledger + " --format corrections -o " + f.file("c.jsonl")).code, 0);
  {
    Ledger l(f.file("m.ledger"), Ledger::write);
    l.add(HandMade().r);
  }
  o = program("amend take --ledger " + f.file("m.ledger") + " " + f.file("c.jsonl"));
  EXPECT_EQ(o.out, "4 of 4 corrections taken over\n") << o.err;
  o = program("amend take --ledger " + f.file("m.ledger") + " " +
              f.write("bad.jsonl", "\n{\"act\":1}\n"));
  EXPECT_EQ(o.code, 1);
  EXPECT_NE(o.err.find("bad.jsonl:2: act:"), std::string::npos) << o.err;
}

TEST(Amend, OutlivesRecode) {
  test::Folder f;
  const std::string ledger = " --ledger " + f.file("l.ledger");
  const std::string in = f.write(
      "in.jsonl",
      "{\"id\":\"a\",\"published\":\"2031-05-14\",\"text\":\"Norwegian Foreign Minister Tora "
      "Solheim condemned Iceland on Monday. She said that the talks of the week would go "
      "on.\"}\n");
  ASSERT_EQ(program("ingest" + ledger + " " + in).code, 0);
  int64_t statements = 0;
  {
    Ledger l(f.file("l.ledger"), Ledger::write);
    statements = static_cast<int64_t>(l.statements({}).rows.size());
    ASSERT_GT(statements, 0);
    const Record r = *l.record(1);
    Amendment a;
    a.act = "reject";
    a.article = 1;
    a.author = "Ana Ruiz";
    a.reason = "a test";
    a.item = r.statements[0].id;
    l.amend(a);
  }
  Outcome o = program("recode" + ledger);
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find(" 0 of 1 articles read otherwise"), std::string::npos) << o.out;
  EXPECT_EQ(o.out.find("do not fit"), std::string::npos) << o.out;
  {
    Ledger l(f.file("l.ledger"), Ledger::write);
    EXPECT_EQ(static_cast<int64_t>(l.statements({}).rows.size()), statements - 1);
    // As an engine of another time might read it: the correction fits nothing.
    Record r = *l.record(1);
    r.statements.clear();
    for (Event& e : r.events) e.said_in = -1;
    for (Position& p : r.positions) p.said_in = -1;
    l.begin();
    l.replace(1, r);
    l.rebuild();
    l.commit();
    EXPECT_EQ(l.corrections().at(0).state, "does not fit");
  }
  o = program("recode" + ledger);
  EXPECT_NE(o.out.find("1 of 1 articles read otherwise"), std::string::npos) << o.out;
  Ledger l(f.file("l.ledger"), Ledger::read);
  EXPECT_EQ(l.corrections().at(0).state, "stands");
  EXPECT_EQ(static_cast<int64_t>(l.statements({}).rows.size()), statements - 1);
}

}  // namespace
}  // namespace chancery
