// Long texts are read in windows: where they are cut and how their records come together.
#include "reading/windows.h"

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "language/engine.h"
#include "record/json.h"
#include "record/validate.h"
#include "support.h"

namespace chancery {
namespace {

std::string repeated(std::string_view part, size_t least) {
  std::string out;
  while (out.size() < least) out += part;
  return out;
}

TEST(Windows, CoverTheTextAndAreCutWhereItAllows) {
  for (const char* part : {"A paragraph.\n\n", "A line\n", "A sentence. ", "word ", "letters", "é",
                           "外交部", "\n", "\xF0\x9F\x98\x80"}) {
    std::string text = repeated(part, 1000);
    for (uint32_t most : {8u, 13u, 100u, 999u}) {
      uint32_t at = 0;
      for (Span w : windows_of(text, most)) {
        EXPECT_EQ(w.begin, at);
        EXPECT_LE(w.size(), most);
        EXPECT_GT(w.size(), 0u);
        EXPECT_TRUE(valid_utf8(w.of(text))) << part << most;
        at = w.end;
      }
      EXPECT_EQ(at, text.size());
    }
  }
  auto first = [](const std::string& text) {
    return std::string(windows_of(text, 20).front().of(text));
  };
  EXPECT_EQ(first("One is. Two\n\nthree is more."), "One is. Two\n\n");
  EXPECT_EQ(first("One is. Two\nthree is more."), "One is. Two\n");
  EXPECT_EQ(first("One is not two. Three is more."), "One is not two. ");
  EXPECT_EQ(first("One\n\ntwo three four five six"), "One\n\ntwo three four ")
      << "not in the first half";
  EXPECT_EQ(windows_of("", 20).size(), 1u);
  EXPECT_EQ(windows_of(std::string(kWindow, 'x')).size(), 1u);
  EXPECT_EQ(windows_of(std::string(kWindow + 1, 'x')).size(), 2u);
}

Article long_article() {
  Article a;
  a.id = "long";
  a.published = "2031-05-14";
  a.text = repeated(
      "Norway's foreign minister Anna Solheim met the ambassador of Iceland on 13 May 2031. “We "
      "will sign the accord,” Solheim said. If Iceland withdraws, the talks will end, she "
      "said.\n\n",
      3 * kWindow);
  return a;
}

TEST(Windows, ALongTextGivesOneSoundRecord) {
  Reader reader(test::resources());
  Article article = long_article();
  Record r = reader.read(article);
  EXPECT_EQ(first_problem(r), std::nullopt);
  ASSERT_EQ(r.article.notes.size(), 1u);
  EXPECT_TRUE(r.article.notes[0].starts_with("long text, read in ")) << r.article.notes[0];
  EXPECT_EQ(r.article.text, article.text);
  // Names are one through all windows.
  auto count = [&](const std::string& name) {
    return std::count_if(r.entities.begin(), r.entities.end(),
                         [&](const Entity& e) { return e.name == name; });
  };
  EXPECT_EQ(count("Norway"), 1);
  EXPECT_EQ(count("Iceland"), 1);
  EXPECT_EQ(count("Anna Solheim"), 1);
  size_t solheim = 0;
  for (const Entity& e : r.entities)
    if (e.name == "Anna Solheim") solheim = e.mentions.size();
  EXPECT_GT(solheim, 1000u);
  // Spans say in the last window what they say in the first.
  ASSERT_FALSE(r.statements.empty());
  const Statement& last = r.statements.back();
  EXPECT_GT(last.content[0].begin, 2 * kWindow);
  EXPECT_EQ(last.content[0].of(r.article.text), "If Iceland withdraws, the talks will end");
  for (const Position& p : r.positions)
    if (p.said_in >= 0) {
      Span said = r.statements[p.said_in].content[0];
      EXPECT_TRUE(said.overlaps(p.content[0]));
    }
  // Read again, the note is not said twice; and the record survives its JSON.
  Record again = reader.read(r.article);
  EXPECT_EQ(again.article.notes.size(), 1u);
  EXPECT_EQ(to_json(record_from_json(to_json(r))), to_json(r));
}

// A piece costs the large network ten times what a token costs the small one: rows of numbers, which
// the small one reads, would take it longer than any report.
TEST(Windows, WhatIsReadIsWorthWhatItCostsTheModel) {
  const LanguageEngine small(test::source_dir() + "/models/chancery-fast.model"),
      large(test::source_dir() + "/models/chancery.model");
  auto left_out = [&](const LanguageEngine& engine, std::string_view part) {
    const std::string text = repeated(part, kDense + 1);
    return too_dense(text.size(), engine.work(text), engine.bytes_of_work());
  };
  for (const char* numbers : {"7 ", "8412 3390 ", "59174 20863 ", "482915 733018 "})
    EXPECT_TRUE(left_out(large, numbers)) << numbers;
  for (const char* numbers : {"8412 3390 ", "59174 20863 "})
    EXPECT_FALSE(left_out(small, numbers)) << numbers;
  for (const char* words :
       {"He left. ", "It was signed on 4 May 1994. ", "Norway had 385 of 20.7 tonnes. "})
    for (const LanguageEngine* engine : {&small, &large})
      EXPECT_FALSE(left_out(*engine, words)) << words;
}

// A budget counted in work, not in time: the same parts are left out on every machine.
TEST(Windows, WhatHoldsHardlyAnyWordsIsLeftUnreadWithANote) {
  Reader reader(test::resources());
  auto notes = [&](std::string text) {
    Article a;
    a.id = "a";
    a.language = "en";
    a.published = "2031-05-14";
    a.text = std::move(text);
    Record r = reader.read(std::move(a));
    EXPECT_EQ(first_problem(r), std::nullopt);
    return r.article.notes;
  };
  const std::string words =
      repeated("Norway signed the accord with Iceland on Monday.\n\n", kWindow);
  for (const char* soup : {"\"", "()", "; ", "a b "}) {
    const std::string marks = repeated(soup, kDense + 1);
    std::vector<std::string> said = notes(marks);
    ASSERT_EQ(said.size(), 1u) << soup;
    EXPECT_EQ(said[0], "not read: the text holds hardly any words") << soup;
    // Of a long text only the parts that are soup.
    said = notes(words + repeated(soup, kWindow));
    ASSERT_EQ(said.size(), 2u) << soup;
    EXPECT_TRUE(said[1].starts_with("not read: 1 of the ")) << said[1];
    // What is short is read whatever it is.
    EXPECT_FALSE(notes(marks.substr(0, 300)).front().starts_with(kNotRead)) << soup;
  }
  // Words are words, however short: denser English than anybody writes.
  for (const char* dense : {"So I do as he is. \"No,\" I say. ", "Mr. J. R. Li, 5, of Ur. "})
    for (const std::string& note : notes(repeated(dense, kDense + 1)))
      EXPECT_FALSE(note.starts_with(kNotRead)) << dense;
}

TEST(Windows, ReadAgainTheNoteOfWhatIsUnreadIsSaidOnce) {
  Reader reader(test::resources());
  Article a;
  a.id = "a";
  a.language = "en";
  a.text = repeated("Norway signed the accord.\n\n", kWindow) + repeated("\"", kWindow);
  Record once = reader.read(a);
  EXPECT_EQ(reader.read(once.article).article.notes, once.article.notes);
}

TEST(Windows, WhatFitsIsReadAtOnce) {
  Reader reader(test::resources());
  Article article = long_article();
  article.text.resize(article.text.rfind("\n\n", kWindow) + 2);
  EXPECT_TRUE(reader.read(article).article.notes.empty());
}

// A list that doubles leaves half of what it took unused.
TEST(Windows, RoomIsMadeForWhatWillCome) {
  constexpr size_t kWindows = 33;
  Record whole;
  WindowJoin join(whole, kWindows);
  for (size_t n = 0; n < kWindows; ++n) {
    Record part;
    part.events.resize(100 + n % 7);
    part.events[0].explain.reserve(1000);
    part.events[0].explain = "the verb of the clause, and its object";
    join.add(std::move(part), 0);
  }
  EXPECT_LT(whole.events.capacity(), whole.events.size() * 6 / 5);
  EXPECT_LT(whole.events[0].explain.capacity(), 100u);
}

TEST(Windows, ARecordThatNobodyNeedsAnyMoreGoesAsItIsWritten) {
  Record record = Reader(test::resources()).read(long_article());
  ASSERT_GT(record.events.size(), 10u);
  const std::string json = to_json(record, {true});
  EXPECT_EQ(to_json(std::move(record), {true}), json);
  // NOLINTNEXTLINE(bugprone-use-after-move): what is left of it is the question
  EXPECT_EQ(record.events.capacity() + record.times.capacity() + record.positions.capacity(), 0u);
  for (const Statement& s : record.statements) EXPECT_TRUE(s.explain.empty());
}

TEST(Windows, OnlyNamesJoin) {
  Record whole;
  WindowJoin join(whole, 2);
  auto entity = [](const char* name, const char* kind, const char* country) {
    Entity e;
    e.name = name;
    e.kind = kind;
    e.actor.country = country;
    e.mentions = {{0, 1}};
    return e;
  };
  Record one;
  one.entities = {entity("Anna Solheim", "person", "NOR"), entity("the minister", "person", ""),
                  entity("Norway", "place", "NOR"), entity("Ola Berg", "person", "NOR"),
                  entity("Kari Berg", "person", "NOR")};
  join.add(one, 0);
  Record two;
  two.entities = {entity("Solheim", "person", ""),         entity("the minister", "person", ""),
                  entity("Norway", "place", "NOR"),        entity("Berg", "person", ""),
                  entity("Anna Solheim", "person", "ISL"), entity("Norway", "organization", "NOR")};
  Statement s;
  s.speaker = 0;
  s.to = {2, 5};
  two.statements = {s};
  join.add(two, 100);
  std::vector<std::string> names;
  for (const Entity& e : whole.entities) names.push_back(e.name + "/" + e.actor.country);
  EXPECT_EQ(names, (std::vector<std::string>{"Anna Solheim/NOR", "the minister/", "Norway/NOR",
                                             "Ola Berg/NOR", "Kari Berg/NOR", "the minister/",
                                             "Berg/", "Anna Solheim/ISL", "Norway/NOR"}));
  EXPECT_EQ(whole.entities[0].mentions, (Spans{{0, 1}, {100, 101}}));
  EXPECT_EQ(whole.statements[0].speaker, 0);
  EXPECT_EQ(whole.statements[0].to, (std::vector<int>{2, 8}));
  EXPECT_EQ(whole.entities[8].id, "e9");
}

}  // namespace
}  // namespace chancery
