// Articles that somebody confirmed as a whole come out as annotated gold, as they were put right;
// others do not.
#include <gtest/gtest.h>
#include <simdjson.h>

#include "base/digest.h"
#include "corrections.h"
#include "export/export.h"
#include "ledger/ledger.h"
#include "support.h"

namespace chancery {
namespace {

using test::HandMade;

std::string exported(Ledger& ledger) {
  const ExportTables tables(test::source_dir() + "/data", test::source_dir() + "/data/ontology");
  std::string out;
  export_ledger(ledger, tables, "gold", {}, [&](std::string_view line) { out += line; });
  return out;
}

TEST(Gold, IsWhatWasConfirmedAsItWasPutRight) {
  test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  ledger.add(HandMade().r);
  ledger.add(HandMade("two", " “Näher” ist es.").r);
  EXPECT_EQ(exported(ledger), "");
  Amendment a;
  a.author = "Ana Ruiz";
  a.reason = "read whole";
  a.article = 2;
  for (auto [act, item] : {std::pair{"reject", "p1"}, {"edit", "v1"}, {"confirm", ""}}) {
    a.act = act;
    a.item = item;
    a.value = act == std::string_view("edit") ? Fields{{"status", {"planned"}}} : Fields{};
    ledger.amend(a);
  }
  const std::string gold = exported(ledger);
  simdjson::dom::parser parser;
  simdjson::dom::element r = parser.parse(simdjson::padded_string(gold));
  EXPECT_EQ(std::string(r["article"]["id"].get_string().value()), "two");
  EXPECT_EQ(std::string(r["article"]["confirmed_by"].get_string().value()), "Ana Ruiz");
  EXPECT_EQ(std::string(r["article"]["partial"].at(0).get_string().value()), "times");
  EXPECT_EQ(std::string(r["article"]["sha1"].get_string().value()),
            sha1(ledger.record(2)->article.text));
  EXPECT_EQ(r["positions"].get_array().size(), 0u);
  EXPECT_EQ(r["statements"].get_array().size(), 1u);
  simdjson::dom::element event = r["events"].at(0);
  EXPECT_EQ(std::string(event["status"].get_string().value()), "planned");
  const std::string text(r["article"]["text"].get_string().value());
  auto words = [&](simdjson::dom::element span) {
    const uint64_t begin = span.at(0), end = span.at(1);
    return text.substr(begin, end - begin);
  };
  EXPECT_EQ(words(event["trigger"]), "met");
  EXPECT_EQ(words(event["source_words"].at(0)), "She");
  EXPECT_EQ(words(event["target_words"].at(0)), "Jon Vale");
  EXPECT_EQ(gold.find("confidence"), std::string::npos);
  EXPECT_EQ(gold.find("explain"), std::string::npos);
  // Put right once more, it is not what was confirmed.
  a.act = "edit";
  a.item = "v1";
  a.value = {{"status", {"denied"}}};
  ledger.amend(a);
  EXPECT_EQ(exported(ledger), "");
}

// As sha1sum and sha256sum say of the same bytes.
TEST(Gold, DigestsAreThoseOfEverybody) {
  EXPECT_EQ(sha1("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace chancery
