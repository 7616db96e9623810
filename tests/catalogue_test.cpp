// What is asked: values that are none are refused with what is known, names that nobody bears are
// said with the nearest ones.
#include "ledger/catalogue.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "ledger/answer.h"
#include "ledger/brief.h"
#include "ledger/suggest.h"
#include "support.h"

namespace chancery {
namespace {

// What a spreadsheet would take for a formula is text; numbers stay numbers.
TEST(AnswerCsv, NoCellIsAFormula) {
  auto cell = [](const std::string& text) {
    Answer a;
    a.columns = {"c"};
    a.rows = {{text}};
    std::string csv = answer_csv(a);
    return csv.substr(3, csv.size() - 5);
  };
  for (const char* formula : {"=1+1", "=0+HYPERLINK(1)", "+1+cmd", "-2+3", "@SUM(1)", "-1|calc",
                              "+", "-", "\t=1", "=", "-1e5+1"})
    EXPECT_EQ(cell(formula), "'" + std::string(formula)) << formula;
  EXPECT_EQ(cell("\r=1"), "\"'\r=1\"");
  for (const char* number : {"-3", "+4.5", "-1,5", "7", "-10.0"})
    EXPECT_EQ(cell(number).find('\''), std::string::npos) << number;
  EXPECT_EQ(cell("a=1"), "a=1");
}

// Drawings and pages stay XML and HTML whatever a name holds.
TEST(HtmlEscaped, HoldsNoCharacterThatXmlHasNot) {
  EXPECT_EQ(html_escaped("<a href='x'>&\"\t\n"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\t\n");
  EXPECT_EQ(html_escaped(std::string_view("a\x01\x1B\0b", 5)), "a\uFFFD\uFFFD\uFFFDb");
  EXPECT_EQ(html_escaped("\uFFFE\uFFFF\uFFFD é"), "\uFFFD\uFFFD\uFFFD é");
}

const Known& known() {
  static const auto codes = codes_of(*test::resources());
  static const Known all{test::resources()->known, *codes};
  return all;
}

std::string refusal(std::string_view filters, const Asked& asked, Door door = Door::http) {
  try {
    question_of(filters, asked, known(), door);
  } catch (const UsageError& e) {
    return e.what();
  }
  return "";
}

TEST(Catalogue, EveryFilterOfEveryQuestionIsKnown) {
  EXPECT_GE(questions().size(), 16u);
  for (const QuestionKind& kind : questions())
    for (std::string_view name : split_words(kind.filters))
      EXPECT_TRUE(find_filter(name)) << kind.name << " " << name;
}

TEST(Catalogue, ClosedFiltersListWhatIsKnown) {
  for (const char* name :
       {"stance", "type", "mode", "status", "force", "quote", "period", "order"}) {
    const Filter& f = *find_filter(name);
    std::vector<std::string> values = f.values(known().codes);
    ASSERT_GE(values.size(), 2u) << name;
    std::string why = refusal(name, {{name, {"foo"}}});
    EXPECT_TRUE(why.starts_with(std::string(name) + ": 'foo' is none of ")) << why;
    for (const std::string& v : values) EXPECT_NE(why.find(v), std::string::npos) << why;
    // Of either case, and in the list's own spelling.
    EXPECT_EQ(refusal(name, {{name, {values[0]}}}), "");
  }
  EXPECT_EQ(question_of("type", {{"type", {"consult"}}}, known(), Door::http).type, "CONSULT");
  EXPECT_NE(refusal("type", {{"type", {"CONSLT"}}}).find("did you mean CONSULT?"),
            std::string::npos);
  EXPECT_TRUE(refusal("period", {{"period", {"era"}}}, Door::command_line)
                  .starts_with("--by-period: 'era'"));
}

TEST(Catalogue, UnknownAndDoubledParametersAreRefused) {
  std::string why = refusal("by from until", {{"foo", {"bar"}}});
  for (const char* part : {"'foo'", "by", "from", "until"})
    EXPECT_NE(why.find(part), std::string::npos) << why;
  EXPECT_NE(refusal("by", {{"by", {"Solheim", "Varga"}}}).find("twice"), std::string::npos);
  EXPECT_NE(refusal("by", {{"stance", {"offers"}}}), "") << "a filter of another question";
  EXPECT_NE(refusal("by", {{"by", {std::string(301, 'x')}}}), "");
  EXPECT_NE(refusal("by", {{"by", {"a\x01"}}}), "");
  EXPECT_NE(refusal("by", {{"by", {"caf\xE9"}}}), "") << "no UTF-8";
  EXPECT_EQ(refusal("by", {{"by", {""}}}), "") << "a form's empty field";
  EXPECT_NE(refusal("by", {{"by", {""}}}, Door::command_line), "") << "said, and nothing said";
}

TEST(Catalogue, DatesThatAreNoneAreRefused) {
  for (const char* bad : {"yesterday", "2031-99", "2031-02-30", "31-05-01", "2031-5-1", "203", "20",
                          "PAST_REF", "XXXX-05", "P3D", "2031-05-01T10:00", "2031-W60"})
    EXPECT_NE(refusal("from until", {{"from", {bad}}}).find("is no date"), std::string::npos)
        << bad;
  for (const char* good : {"2031", "2031-05", "2031-05-01", "2031-W20", "2031-Q2", "2031-H1"})
    EXPECT_EQ(refusal("from until", {{"until", {good}}}), "") << good;
  Question q = question_of("from until", {{"from", {"2031-W20"}}, {"until", {"2031-Q2"}}}, known(),
                           Door::http);
  EXPECT_EQ(q.from, "2031-05-12");
  EXPECT_EQ(q.until, "2031-06-30");
  EXPECT_NE(refusal("from until", {{"from", {"2031-06"}}, {"until", {"2031-05"}}}), "");
  EXPECT_EQ(refusal("from until", {{"from", {"2031-05"}}, {"until", {"2031-05-01"}}}), "");
}

TEST(Catalogue, CountriesByCodeOrAnyOfTheirNames) {
  for (const char* name : {"NOR", "nor", "Norway", "Norwegian", "Oslo"})
    EXPECT_EQ(question_of("country", {{"country", {name}}}, known(), Door::http).country, "NOR")
        << name;
  EXPECT_NE(refusal("country", {{"country", {"Norwya"}}}).find("Norway"), std::string::npos);
  EXPECT_NE(refusal("country", {{"country", {"ZZZ"}}}), "");
  // Three capitals that are no state's code are a name.
  EXPECT_EQ(question_of("by", {{"by", {"IMF"}}}, known(), Door::http).by.name, "IMF");
  EXPECT_EQ(question_of("by", {{"by", {"ISL"}}}, known(), Door::http).by.country, "ISL");
}

// What was asked wrongly is told again in short, whatever its length.
TEST(Catalogue, OfALongValueTheBeginningIsTold) {
  for (const auto& [name, shown] : {std::pair{"country", 60}, {"stance", 60}, {"from", 40}}) {
    const std::string why = refusal(name, {{name, {std::string(200, 'Q')}}});
    EXPECT_NE(why.find("'" + std::string(static_cast<size_t>(shown), 'Q') + "'"), std::string::npos)
        << why;
  }
}

TEST(Catalogue, WordsNeedAWord) {
  for (const char* name : {"q", "text", "topic", "about"})
    for (const char* blank : {" ", "\xE2\x80\x94", "\"\"", "***"})
      EXPECT_NE(refusal(name, {{name, {blank}}}), "") << name << " " << blank;
  EXPECT_NE(refusal("by", {{"by", {"%"}}}), "");
}

TEST(Suggest, TheNearestFirst) {
  const std::vector<std::string> names = {"Jon Arnarson",    "Tora Solheim", "Radio Faxaport",
                                          "Harbour Courier", "Iceland",      "Ireland",
                                          "Norway"};
  auto first = [&](const char* asked) {
    std::vector<std::string> near = nearest(asked, names, 3);
    return near.empty() ? std::string() : near[0];
  };
  EXPECT_EQ(first("Solhem"), "Tora Solheim");
  EXPECT_EQ(first("tora solheim"), "Tora Solheim");
  EXPECT_EQ(first("Arnason"), "Jon Arnarson");
  EXPECT_EQ(first("Norwya"), "Norway");
  EXPECT_EQ(first("Icelnad"), "Iceland");
  EXPECT_EQ(first("Faxa"), "Radio Faxaport");
  EXPECT_EQ(first("Courier Harbour"), "Harbour Courier");
  EXPECT_EQ(first("Nobodyatall"), "");
  EXPECT_EQ(first(""), "");
  EXPECT_EQ(first(std::string(5000, 'x').c_str()), "");
  EXPECT_EQ(nearest("x", std::vector<std::string>(30000, std::string(150, 'x')), 3).size(), 0u);
}

TEST(Catalogue, AListByRankGoesNoFurtherThanItsHundredThousandthRow) {
  const test::Folder folder;
  Ledger ledger(folder.file("l.ledger"), Ledger::write);
  for (auto ask : {&Ledger::topics, &Ledger::network}) {
    Question q;
    q.after = "r|100000";
    EXPECT_NO_THROW((ledger.*ask)(q));
    q.after = "r|100001";
    EXPECT_THROW((ledger.*ask)(q), UsageError);
    q.after = "s|1";
    EXPECT_THROW((ledger.*ask)(q), UsageError);
  }
}

}  // namespace
}  // namespace chancery
