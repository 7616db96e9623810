// What pages, briefs and tables of a ledger say in sentences: each act and each saying once, with the
// verb that it was said by, only what is sure in front. Records are made by hand.
#include <gtest/gtest.h>

#include "ledger/brief.h"
#include "ledger/ledger.h"
#include "made.h"
#include "serve/brief_words.h"
#include "serve/service.h"
#include "serve/told.h"

namespace chancery {
namespace {

using test::Made;

struct Kept {
  test::Folder folder;
  std::string path = folder.file("told.ledger");
  Ledger ledger{path, Ledger::write};
  void add(Made& m, const std::string& id) {
    for (Statement& s : m.r.statements) s.quote = "indirect";
    m.r.article.id = id;
    m.r.article.publisher = "Paper of " + id;
    m.r.article.language = "en";
    ledger.add(m.r);
  }
  std::string page(const std::string& path_of, std::multimap<std::string, std::string> query = {}) {
    Service s({path, "", "", 5000}, test::resources(), test::source_dir() + "/data");
    Request q;
    q.method = "GET";
    q.path = path_of;
    q.accept = "text/html";
    q.query = std::move(query);
    return s.answer(q).body;
  }
};

size_t times(const std::string& text, const std::string& some) {
  size_t n = 0;
  for (size_t at = text.find(some); at != std::string::npos; at = text.find(some, at + 1)) ++n;
  return n;
}

// One sentence with an act, another that words alone tell, and what was said in it.
Made sentence() {
  Made m(
      "Norway criticized the offer and urged Iceland to withdraw its boats. Iceland met Norway.");
  const int norway = m.entity("Norway", "place", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL");
  const std::string all = "Norway criticized the offer and urged Iceland to withdraw its boats";
  m.event("ACCUSE", {norway}, {iceland}, all, "criticized", 0.95).mode = "disapprove";
  m.event("REQUEST", {norway}, {iceland}, all, "urged", 0.95).mode = "change";
  m.event("CONSULT", {iceland}, {norway}, "Iceland met Norway", "met", 0.95).mode = "meet";
  m.statement(norway, "urged", "Iceland to withdraw its boats");
  return m;
}

TEST(ToldPages, APairTellsASentenceOnce) {
  Kept k;
  Made m = sentence();
  k.add(m, "one");
  const std::string pair = k.page("/pair", {{"a", "NOR"}, {"b", "ISL"}});
  EXPECT_EQ(times(pair, "to withdraw its boats"), 1u) << pair;
  EXPECT_NE(pair.find("Norway criticized Iceland</span>"), std::string::npos) << pair;
  EXPECT_NE(pair.find("Iceland met with Norway</span>"), std::string::npos);
}

TEST(ToldPages, AStoryTellsWhatWasDoneAndSaidOnceAndFoldsWhatIsLessSure) {
  Kept k;
  Made m = sentence();
  m.event("AID", {1}, {0}, "its boats", "boats", 0.01);
  k.add(m, "one");
  const std::string story = k.page("/stories/1");
  EXPECT_NE(story.find("<h2>What was done and said in it</h2>"), std::string::npos) << story;
  EXPECT_EQ(times(story, "to withdraw its boats"), 1u) << story;
  EXPECT_EQ(story.find("Iceland gave aid to Norway"), std::string::npos) << "its words stand above";
  Made other("Olm gave fish to Sweden. Norway closed its ports.");
  const int olm = other.entity("Olm", "place", "NOR"), swe = other.entity("Sweden", "place", "SWE");
  other.event("AID", {olm}, {swe}, "Olm gave fish to Sweden", "gave", 0.01);
  k.add(other, "two");
  const std::string second = k.page("/stories/2");
  EXPECT_NE(second.find("less sure (1)</summary>"), std::string::npos) << second;
  EXPECT_NE(story.find("Iceland met with Norway"), std::string::npos) << "how they met is known";
  EXPECT_GT(second.find("Olm gave aid to Sweden"), second.find("<details class=\"unsure\">"));
}

TEST(ToldPages, WordsThatNameTheDoerDoNotNameItTwiceAndAYearIsNoMonth) {
  Kept k;
  Made m(
      "The navy of norway warned Iceland of war. It would open its ports to Iceland this year. "
      "Norway.");
  const int norway = m.entity("Norway", "place", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL");
  m.event("THREATEN", {norway}, {iceland}, "The navy of norway warned Iceland of war", "warned",
          0.95);
  Event& promise = m.event("AGREE", {norway}, {iceland},
                           "It would open its ports to Iceland this year", "open", 0.95);
  promise.when = When("2031");
  k.add(m, "one");
  const std::string pair = k.page("/pair", {{"a", "NOR"}, {"b", "ISL"}});
  EXPECT_NE(pair.find(">The navy of norway warned Iceland of war<"), std::string::npos) << pair;
  EXPECT_NE(pair.find(">Norway: It would open its ports to Iceland this year<"), std::string::npos)
      << pair;
  EXPECT_NE(pair.find("<h3>May 2031</h3>"), std::string::npos);
  EXPECT_EQ(pair.find("January"), std::string::npos) << pair;
}

TEST(ToldPages, WhoIsOfAStateByCompanyAloneIsLessSureThere) {
  Kept k;
  Made m("Coast Party said Iceland was giving away the sea. Norway said Iceland was near.");
  const int party = m.entity("Coast Party", "organization", "NOR"),
            norway = m.entity("Norway", "place", "NOR");
  const int iceland = m.entity("Iceland", "place", "ISL");
  const Span near = m.at("Iceland was near");
  m.r.entities[static_cast<size_t>(iceland)].mentions.push_back({near.begin, near.begin + 7});
  m.r.entities[static_cast<size_t>(party)].basis = "context";
  m.statement(party, "said", "Iceland was giving away the sea");
  m.statement(norway, "said", "Iceland was near");
  k.add(m, "one");
  const std::string pair = k.page("/pair", {{"a", "NOR"}, {"b", "ISL"}});
  const size_t fold = pair.find("<details class=\"unsure\">");
  EXPECT_LT(pair.find("Iceland was near"), fold) << pair;
  EXPECT_GT(pair.find("Iceland was giving away the sea"), fold) << pair;
  EXPECT_NE(pair.find("Iceland was giving away the sea"), std::string::npos) << pair;
  const std::string state = k.page("/actor", {{"name", "NOR"}});
  EXPECT_NE(state.find("Iceland was near"), std::string::npos) << state;
  EXPECT_EQ(state.find("Coast Party"), std::string::npos) << state;
  EXPECT_NE(k.page("/actor", {{"name", "NOR"}, {"less", "yes"}}).find("Coast Party"),
            std::string::npos);
}

TEST(ToldPages, AnActorsListsHaveWhatIsSureUnlessAskedForAll) {
  Kept k;
  Made m("Norway met Iceland. Norway shelled Olm.");
  const int norway = m.entity("Norway", "place", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL"), olm = m.entity("Olm", "place", "SWE");
  m.event("CONSULT", {norway}, {iceland}, "Norway met Iceland", "met", 0.95);
  m.event("ASSAULT", {norway}, {olm}, "Norway shelled Olm", "shelled", 0.01);
  k.add(m, "one");
  const std::string sure = k.page("/actor", {{"name", "Norway"}});
  EXPECT_NE(sure.find("Norway met Iceland"), std::string::npos) << sure;
  EXPECT_EQ(sure.find("Norway shelled Olm"), std::string::npos);
  const size_t link = sure.find("less=yes");
  ASSERT_NE(link, std::string::npos);
  EXPECT_NE(k.page("/actor", {{"name", "Norway"}, {"less", "yes"}}).find("Norway shelled Olm"),
            std::string::npos);
}

TEST(ToldPages, ContactsAreThoseThatTookPlace) {
  Kept k;
  Made m("Norway met Iceland. Norway will meet Sweden.");
  const int norway = m.entity("Norway", "place", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL"),
            sweden = m.entity("Sweden", "place", "SWE");
  m.event("CONSULT", {norway}, {iceland}, "Norway met Iceland", "met", 0.95);
  Event& plan = m.event("CONSULT", {norway}, {sweden}, "Norway will meet Sweden", "meet", 0.95);
  plan.status = "planned";
  plan.when = When("2031-06-03");
  k.add(m, "one");
  Question q;
  q.actor = {"", "NOR"};
  const Answer a = k.ledger.contacts(q);
  ASSERT_EQ(a.rows.size(), 1u);
  EXPECT_EQ(a.rows[0][0], "Iceland");
}

TEST(ToldPages, AFirstIsToldWithWhatItIsOf) {
  Kept k;
  Made m("Coast Party praised the government for the first time this year.");
  const int party = m.entity("Coast Party", "organization", "NOR");
  Novelty n;
  n.id = "n1";
  n.claim = "first";
  n.what = "praised the government";
  n.by = party;
  n.span = m.at("the first time this year");
  m.r.novelty = {n};
  k.add(m, "one");
  const std::string firsts = k.page("/firsts");
  EXPECT_NE(firsts.find("<th scope=\"col\">Of what</th>"), std::string::npos) << firsts;
  EXPECT_NE(firsts.find("praised the government"), std::string::npos);
  std::string told;
  for (const Brief::Section& s : make_brief(k.ledger, "2031-05-14", "2031-05-14").sections)
    for (const Brief::Line& l : s.lines)
      if (s.title == "Said to be new") told += l.text;
  EXPECT_TRUE(told.starts_with("Coast Party: praised the government, the first time this year"))
      << told;
}

TEST(ToldPages, ABriefSaysWordsByTheirVerbAndNotWhatAnActTells) {
  Kept k;
  Made m(
      "Norway warned Iceland of serious consequences at sea. Iceland urged Norway to open its "
      "ports "
      "to trawlers.");
  const int norway = m.entity("Norway", "place", "NOR"),
            iceland = m.entity("Iceland", "place", "ISL");
  m.event("THREATEN", {norway}, {iceland}, "Norway warned Iceland of serious consequences at sea",
          "warned", 0.95);
  m.statement(norway, "warned", "Iceland of serious consequences at sea");
  m.statement(iceland, "urged", "Norway to open its ports to trawlers");
  k.add(m, "one");
  std::vector<std::string> said;
  const Brief brief = make_brief(k.ledger, "2031-05-14", "2031-05-14",
                                 brief_words(test::plain_words(), test::sure_limits()));
  for (const Brief::Section& s : brief.sections)
    if (s.title == "What was said")
      for (const Brief::Line& l : s.lines) said.push_back(l.text);
  EXPECT_EQ(said, std::vector<std::string>{"Iceland urged Norway to open its ports to trawlers"});
  const Answer table = with_verbs(k.ledger.statements({}), test::plain_words());
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0][5], "warned Iceland of serious consequences at sea");
}

TEST(ToldPages, NumbersStandUnderTheirHeadings) {
  Kept k;
  Made m = sentence();
  k.add(m, "one");
  EXPECT_NE(k.page("/about").find("<th scope=\"col\" class=\"number\">Newswire</th>"),
            std::string::npos);
}

}  // namespace
}  // namespace chancery
