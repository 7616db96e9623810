// What a record may say: every closed list, code, date and number, on every way in. One wrong value
// is refused by the name of its record and field.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "base/error.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "record/validate.h"
#include "record/when.h"
#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

const Codes& vocabulary() {
  static const auto shared = codes_of(*test::resources());
  return *shared;
}

// A record with an item of every layer.
Record whole() {
  static const Record record = [] {
    Record r = test::read(
        "“If Norway opens its ports, we can talk,” Icelandic Prime Minister Jon Arnarson told "
        "reporters in Reykjavik on Monday. Norway expelled 12 Icelandic diplomats on Tuesday. It "
        "was the first visit by a Norwegian minister since March 2029.");
    r.article.id = "harbour-7";
    EventNumber n;
    n.of = "expelled";
    n.count = 12;
    n.span = r.events.at(0).span;
    r.events[0].numbers = {n};
    r.events[0].has_goldstein = true;
    r.events[0].goldstein = -5;
    return r;
  }();
  return record;
}

struct Wrong {
  const char* field;  // what the message must name
  std::function<void(Record&)> make;
  bool by_tables = false;  // only the tables know
};

const std::vector<Wrong>& wrongs() {
  const double inf = std::numeric_limits<double>::infinity();
  static const std::vector<Wrong> all = {
      {"entities[0].kind", [](Record& r) { r.entities[0].kind = "robot"; }},
      {"entities[0].actor.basis", [](Record& r) { r.entities[0].basis = "hearsay"; }},
      {"entities[0].actor.country", [](Record& r) { r.entities[0].actor.country = "Norway"; }},
      {"entities[0].actor.country", [](Record& r) { r.entities[0].actor.country = "ZZZ"; }, true},
      {"entities[0].actor.sector", [](Record& r) { r.entities[0].actor.sector = "navy"; }},
      {"entities[0].actor.sector", [](Record& r) { r.entities[0].actor.sector = "NAV"; }, true},
      {"entities[0].actor.other_sectors",
       [](Record& r) {
         r.entities[0].actor.other_sectors = {"GOV", "XYZ"};
       },
       true},
      {"entities[0].geo.latitude",
       [](Record& r) {
         r.entities[0].geo = Geo{91, 0, "NOR", "1"};
       }},
      {"entities[1].id", [](Record& r) { r.entities[1].id = r.entities[0].id; }},
      {"times[0].type", [](Record& r) { r.times[0].type = "MOMENT"; }},
      {"times[0].value", [](Record& r) { r.times[0].when = "2031-02-30"; }},
      {"times[0].mod", [](Record& r) { r.times[0].mod = "ROUGHLY"; }},
      {"statements[0].quote", [](Record& r) { r.statements[0].quote = "sung"; }},
      {"statements[0].force", [](Record& r) { r.statements[0].force = "shouted"; }},
      {"statements[0].when", [](Record& r) { r.statements[0].when = "banana"; }},
      {"statements[0].confidence", [](Record& r) { r.statements[0].confidence = 1e300; }},
      {"statements[0].confidence", [](Record& r) { r.statements[0].confidence = -0.1; }},
      {"events[0].type", [](Record& r) { r.events[0].type = "picnic"; }},
      {"events[0].type", [](Record& r) { r.events[0].type = "PICNIC"; }, true},
      {"events[0].mode", [](Record& r) { r.events[0].mode = "by-balloon"; }, true},
      {"events[0].cameo", [](Record& r) { r.events[0].cameo = "zz"; }},
      {"events[0].cameo", [](Record& r) { r.events[0].cameo = "9999"; }, true},
      {"events[0].contexts", [](Record& r) { r.events[0].contexts = {"gardening"}; }, true},
      {"events[0].status", [](Record& r) { r.events[0].status = "done"; }},
      {"events[0].when", [](Record& r) { r.events[0].when = "2031-13-77"; }},
      {"events[0].goldstein", [](Record& r) { r.events[0].goldstein = 10.5; }},
      {"events[0].numbers.count", [](Record& r) { r.events[0].numbers[0].count = 1e300; }},
      {"events[0].numbers.count", [](Record& r) { r.events[0].numbers[0].count = -1; }},
      {"positions[0].stance", [](Record& r) { r.positions[0].stance = "ponders"; }},
      {"positions[0].confidence", [](Record& r) { r.positions[0].confidence = 2; }},
      {"novelty[0].claim", [](Record& r) { r.novelty[0].claim = "nicest"; }},
      {"novelty[0].since", [](Record& r) { r.novelty[0].since = "last century"; }},
      {"article.published", [](Record& r) { r.article.published = "banana"; }},
      {"article.published", [](Record& r) { r.article.published = "2031-13-77"; }},
      {"article.updated", [](Record& r) { r.article.updated = "2031-05-14Tnoon"; }},
      {"statements[0].confidence", [=](Record& r) { r.statements[0].confidence = std::nan(""); }},
      {"events[0].goldstein", [=](Record& r) { r.events[0].goldstein = inf; }},
  };
  return all;
}

TEST(Validator, ClosesEveryFieldAndNamesIt) {
  Record good = whole();
  ASSERT_FALSE(good.statements.empty() || good.events.empty() || good.positions.empty() ||
               good.novelty.empty() || good.times.empty() || good.entities.size() < 2);
  ASSERT_FALSE(first_problem(good, vocabulary())) << *first_problem(good, vocabulary());
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  ledger.codes(codes_of(*test::resources()));
  for (const Wrong& w : wrongs()) {
    Record r = good;
    w.make(r);
    auto problem = first_problem(r, vocabulary());
    ASSERT_TRUE(problem) << w.field;
    EXPECT_TRUE(problem->starts_with(std::string(w.field) + ": ")) << *problem;
    EXPECT_EQ(first_problem(r).has_value(), !w.by_tables) << w.field;
    try {
      ledger.add(r);
      ADD_FAILURE() << w.field << " was kept";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("'harbour-7': " + std::string(w.field)),
                std::string::npos)
          << e.what();
    }
  }
  EXPECT_EQ(ledger.articles(), 0);
  EXPECT_EQ(ledger.add(good), Ledger::Added::fresh);
}

TEST(Validator, WhatTheReaderWritesHolds) {
  for (const char* value :
       {"2031-05-13", "2031-05-13T20:30", "2031-05-13TEV", "2031-W20", "2031-W20-WE", "2031-05",
        "2031-Q2", "2031-SP", "203", "PAST_REF", "XXXX-05"}) {
    Record r = whole();
    r.events[0].when = value;
    EXPECT_FALSE(first_problem(r, vocabulary())) << value;
  }
  for (const char* published : {"", "2031", "2031-05", "2031-05-14", "2031-05-14T08:30:00",
                                "2031-05-14T08:30:00+02:00", "2031-05-14T08:30Z"}) {
    Record r = whole();
    r.article.published = published;
    EXPECT_FALSE(first_problem(r, vocabulary())) << published;
  }
  for (const char* claim : {"first", "3rd", "deadliest", "most severe", "unprecedented"}) {
    Record r = whole();
    r.novelty[0].claim = claim;
    EXPECT_FALSE(first_problem(r, vocabulary())) << claim;
  }
}

std::string replaced(std::string json, const std::string& from, const std::string& to) {
  size_t at = json.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return json.replace(at, from.size(), to);
}

// Values that no Record can hold but JSON can.
TEST(Validator, JsonOfTheWrongKindIsRefused) {
  Record r = whole();
  r.statements[0].confidence = 0.5;
  const std::string json = to_json(r);
  EXPECT_NO_THROW(record_from_json(json));
  for (const auto& [from, to, names] :
       {std::tuple{"\"confidence\":0.50", "\"confidence\":1e300", "statements[0].confidence"},
        {"\"confidence\":0.50", "\"confidence\":\"high\"", "statements[0].confidence"},
        {"\"confidence\":0.50", "\"confidence\":[0.5]", "statements[0].confidence"},
        {"\"count\":12.00", "\"count\":1e300", "events[0].numbers.count"},
        {"\"count\":12.00", "\"count\":\"many\"", "events[0].count"},
        {"\"goldstein\":-5.0", "\"goldstein\":-5e9", "events[0].goldstein"},
        {"\"goldstein\":-5.0", "\"goldstein\":true", "events[0].goldstein"},
        {"\"kind\":\"", "\"kind\":\"\\u0000", "entities[0].kind"},
        {"\"byline\":[]", "\"byline\":[\"a\\u0000b\"]", "article.byline"}}) {
    try {
      record_from_json(replaced(json, from, to));
      ADD_FAILURE() << to << " was taken";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find(names), std::string::npos) << e.what();
      EXPECT_NE(std::string(e.what()).find("harbour-7"), std::string::npos) << e.what();
    }
  }
}

// Whatever stands in a record in memory, what is written is JSON and no byte beyond it.
TEST(Validator, TheWriterNeverRunsOver) {
  for (double value : {1e300, -1e300, 1.7976931348623157e308, std::nan(""),
                       std::numeric_limits<double>::infinity(), 5e-324}) {
    Record r = whole();
    r.statements[0].confidence = value;
    r.positions[0].confidence = value;
    r.events[0].numbers[0].count = value;
    r.events[0].goldstein = value;
    r.entities[0].geo = Geo{value, value, "NOR", "1"};
    std::string json = to_json(r, {true});
    EXPECT_EQ(json.find('\0'), std::string::npos);
    EXPECT_TRUE(json.ends_with("}"));
    try {
      record_from_json(json);
    } catch (const Error& e) {
      EXPECT_EQ(std::string(e.what()).find("not JSON"), std::string::npos) << e.what();
    }
  }
}

// The published schema lists what the program knows, no more and no less.
TEST(Validator, ThePublishedSchemaHasTheSameLists) {
  std::string schema = read_file(test::source_dir() + "/docs/record.schema.json");
  for (const ClosedList* list :
       {&kKinds, &kBases, &kTimeTypes, &kModifiers, &kQuotes, &kForces, &kStatuses, &kStances}) {
    std::string written;
    for (std::string_view v : list->values())
      written += (written.empty() ? "[\"" : ", \"") + std::string(v) + "\"";
    EXPECT_NE(schema.find(written + "]"), std::string::npos) << list->name() << ": " << written;
  }
  std::string sectors;
  for (const std::string& s : vocabulary().sectors()) {
    sectors += s;
    EXPECT_NE(schema.find("\"" + s + "\""), std::string::npos) << s;
  }
  EXPECT_FALSE(sectors.empty());
}

// A folder with the program's own ontology and one type more.
std::string with_picnics(const test::Folder& folder) {
  fs::copy(test::source_dir() + "/data/ontology", folder.path / "own");
  std::ofstream(folder.path / "own/types.tsv", std::ios::app)
      << "PICNIC\t2\t3\tyes\t036\t\teat together outdoors\n";
  return folder.file("own");
}

TEST(Program, ARecordOfAUsersOntologyIsTakenByIt) {
  test::Folder folder;
  Record r = whole();
  r.events[0].type = "PICNIC";
  r.events[0].mode.clear();
  r.events[0].cameo = "036";
  std::string record = folder.write("r.jsonl", to_json(r) + "\n"),
              ledger = " --ledger " + folder.file("l.ledger"), own = with_picnics(folder);
  test::Outcome refused = test::program("ingest" + ledger + " " + record);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("harbour-7"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("events[0].type: 'PICNIC'"), std::string::npos) << refused.err;
  EXPECT_NE(refused.out.find("0 articles in all"), std::string::npos) << refused.out;
  test::Outcome taken = test::program("--ontology " + own + " ingest" + ledger + " " + record);
  EXPECT_EQ(taken.code, 0) << taken.err;
  // Its questions are asked with the same ontology; the program's own knows no picnics.
  EXPECT_EQ(test::program("events --type PICNIC" + ledger).code, 2);
  test::Outcome asked =
      test::program("--ontology " + own + " events --type picnic --json" + ledger);
  EXPECT_EQ(asked.code, 0) << asked.err;
  EXPECT_NE(asked.out.find("PICNIC"), std::string::npos) << asked.out;
}

}  // namespace
}  // namespace chancery
