// Single invented sentences for conditions, stages, plans and novelty: frames filled with clauses,
// 517 in all. Each kind is measured as a whole, with a floor; CHANCERY_SHOW=1 prints what was
// missed.
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/utf8.h"
#include "support.h"

namespace chancery {
namespace {

using test::read;
using test::words;

struct Measure {
  std::string kind;
  int right = 0, all = 0;
  void add(bool good, const std::string& sentence, const std::string& got) {
    ++all;
    right += good;
    if (!good && std::getenv("CHANCERY_SHOW"))
      std::printf("  -%s: %s  [%s]\n", kind.c_str(), sentence.c_str(), got.c_str());
  }
  double share() const {
    double s = static_cast<double>(right) / all;
    std::printf("%s %d of %d = %.3f\n", kind.c_str(), right, all, s);
    return s;
  }
};

std::string filled(std::string frame, const std::string& main, const std::string& clause) {
  return replace_all(replace_all(std::move(frame), "{M}", main), "{C}", clause);
}

std::string conditions(const Record& r) {
  std::string out;
  for (const Position& p : r.positions)
    for (Span s : p.condition) out += (out.empty() ? "" : " / ") + words(r, s);
  return out;
}

// What is promised, and what it hangs on: subjects whose side is clear.
const std::vector<std::pair<const char*, const char*>> kPairs = {
    {"Norway would open its ports", "Iceland freed the crew"},
    {"Norway would lift the ban on salmon", "Iceland paid for the nets"},
    {"Norway would return the ships", "the Icelandic navy left the strait"},
    {"Norway would resume the talks", "Iceland signed the protocol"},
    {"Norway would share its data", "Reykjavik opened the laboratory"},
    {"Norway would release the pilots", "Iceland dropped the charges"},
    {"Norway would withdraw its troops", "the rebels kept the truce"},
    {"Norway would ease the sanctions", "Iceland let the inspectors in"},
    {"Norway would suspend the exercises", "Iceland halted the flights"},
    {"Norway would rebuild the harbour", "Iceland held the vote"},
    {"Norway would restore the flights", "Iceland apologized"},
    {"Norway would free the captain", "the Icelandic government returned the nets"},
};

TEST(Sentences, ConditionsInAllTheirForms) {
  struct Frame {
    const char *text, *condition;
  };
  const std::vector<Frame> frames = {
      {"Norwegian Foreign Minister Tora Solheim said {M} if {C}.", "if {C}"},
      {"Norwegian Foreign Minister Tora Solheim said that if {C}, {M}.", "if {C}"},
      {"If {C}, {M}, Norwegian Foreign Minister Tora Solheim said.", "If {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} only if {C}.", "only if {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} provided {C}.", "provided {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} provided that {C}.", "provided that {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} as long as {C}.", "as long as {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} so long as {C}.", "so long as {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} once {C}.", "once {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} after {C}.", "after {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} only after {C}.", "only after {C}"},
      {"Norwegian Foreign Minister Tora Solheim said {M} on condition that {C}.",
       "on condition that {C}"},
      {"Norwegian Foreign Minister Tora Solheim told reporters on Tuesday that {M}, provided {C}.",
       "provided {C}"},
      {"“{M} if {C},” Norwegian Foreign Minister Tora Solheim said.", "if {C}"},
      {"“If {C}, {M},” Norwegian Foreign Minister Tora Solheim said.", "If {C}"},
  };
  Measure m{"conditions"};
  for (const Frame& f : frames)
    for (const auto& [main, clause] : kPairs) {
      std::string sentence = filled(f.text, main, clause), want = filled(f.condition, "", clause);
      Record r = read(sentence);
      std::string got = conditions(r);
      m.add(got.find(want) != std::string::npos, sentence, got);
    }
  EXPECT_GE(m.share(), 0.989 - 0.02);  // 178 of 180
}

// What is asked for or promised until something, as soon as it comes, in its event; a clause whose
// subject is "there".
TEST(Sentences, ConditionsOfFewerWords) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"Norwegian Foreign Minister Tora Solheim demanded that Iceland stop the flights until the "
       "nets are paid for.",
       "until the nets are paid for"},
      {"Norway will lift the ban as soon as Iceland frees the crew, Norwegian Foreign Minister "
       "Tora "
       "Solheim said.",
       "as soon as Iceland frees the crew"},
      {"Norwegian Foreign Minister Tora Solheim said Norway would open its ports in the event of a "
       "truce.",
       "in the event of a truce"},
      {"Norwegian Foreign Minister Tora Solheim said Norway would resume the talks on the premise "
       "that Iceland keeps the truce.",
       "on the premise that Iceland keeps the truce"},
      {"Norwegian Foreign Minister Tora Solheim said Norway would lift the ban so long as there "
       "was "
       "a point in it.",
       "so long as there was a point in it"}};
  for (const auto& [sentence, condition] : all)
    EXPECT_EQ(conditions(read(sentence)), condition) << sentence;
}

TEST(Sentences, RefusalsUntilAndUnless) {
  const std::vector<std::string> refusals = {
      "Norway would not open its ports",   "Norway would never sign the treaty",
      "Norway would not negotiate",        "Norway will not return the ships",
      "Norway would accept no inspectors", "Norway would not pay"};
  const std::vector<std::string> clauses = {"Iceland freed the crew", "the Icelandic navy left",
                                            "Iceland paid for the nets", "Reykjavik apologized",
                                            "Iceland let the ships pass"};
  Measure m{"refusals"};
  for (const char* mark : {"until", "unless", "before"})
    for (const std::string& refusal : refusals)
      for (const std::string& clause : clauses) {
        std::string sentence = "Norwegian Foreign Minister Tora Solheim said " + refusal + " " +
                               mark + " " + clause + ".";
        Record r = read(sentence);
        bool rejects = false;
        for (const Position& p : r.positions)
          rejects |= p.stance == "rejects" && !p.condition.empty();
        m.add(rejects && conditions(r).find(mark + (" " + clause)) != std::string::npos, sentence,
              conditions(r));
      }
  EXPECT_GE(m.share(), 0.933 - 0.02);  // 84 of 90
}

TEST(Sentences, ConcessionsAndQuestionsAreNoConditions) {
  Measure m{"no conditions"};
  for (const char* frame : {"Norwegian Foreign Minister Tora Solheim said {M} even if {C}.",
                            "Norwegian Foreign Minister Tora Solheim said {M} whether or not {C}.",
                            "Norwegian Foreign Minister Tora Solheim asked whether {C}.",
                            "Norwegian Foreign Minister Tora Solheim asked if {C}.",
                            "Norwegian Foreign Minister Tora Solheim said {M} although {C}.",
                            "Norwegian Foreign Minister Tora Solheim said {M} because {C}.",
                            "Norwegian Foreign Minister Tora Solheim said {M} while {C}.",
                            "After {C}, the ministers met in Oslo."})
    for (const auto& [main, clause] : kPairs) {
      std::string sentence = filled(frame, main, clause);
      Record r = read(sentence);
      m.add(conditions(r).empty(), sentence, conditions(r));
    }
  EXPECT_GE(m.share(), 1.000 - 0.02);  // 96 of 96
}

TEST(Sentences, StagesOfPlans) {
  const std::vector<std::vector<std::string>> lists = {{"freeze", "inspection", "removal"},
                                                       {"truce", "corridor", "vote"},
                                                       {"census", "quotas", "police"},
                                                       {"separation", "withdrawal", "elections"},
                                                       {"shutdown", "disabling", "dismantlement"},
                                                       {"talks", "treaty", "inspectors"}};
  Measure m{"stages"};
  for (const char* frame :
       {"Norwegian Foreign Minister Tora Solheim proposed a plan in three phases: A, B and C.",
        "Norwegian Foreign Minister Tora Solheim proposed a three-step roadmap of “A, B, C.”",
        "Norwegian Foreign Minister Tora Solheim proposed a plan of three steps: A, B, C.",
        "Norway's three-stage plan (A, B, C) was published on Tuesday.",
        "Norwegian Foreign Minister Tora Solheim said the withdrawal would proceed in three "
        "stages: A, B and C."})
    for (const auto& list : lists) {
      std::string sentence = frame;
      for (size_t k = 0; k < 3; ++k) {
        // The letter stands alone: between blanks and marks.
        for (size_t at = 0;
             (at = sentence.find(static_cast<char>('A' + k), at)) != std::string::npos; ++at)
          if ((at == 0 || !isalpha(static_cast<unsigned char>(sentence[at - 1]))) &&
              (at + 1 == sentence.size() ||
               !isalpha(static_cast<unsigned char>(sentence[at + 1])))) {
            sentence.replace(at, 1, list[k]);
            break;
          }
      }
      Record r = read(sentence);
      bool good = false;
      std::string got;
      for (const Position& p : r.positions) {
        good |= p.stages == list;
        for (const std::string& s : p.stages) got += s + ", ";
      }
      m.add(good, sentence, got);
    }
  EXPECT_GE(m.share(), 1.000 - 0.02);  // 30 of 30
}

TEST(Sentences, PlansHaveTheirDayAndStatus) {
  struct Frame {
    const char *text, *status;
  };
  const std::vector<Frame> frames = {
      {"President Anders Lund of Norway will meet Icelandic Prime Minister Jon Arnarson D.",
       "planned"},
      {"President Anders Lund of Norway is to meet Icelandic Prime Minister Jon Arnarson D.",
       "planned"},
      {"President Anders Lund of Norway is due to meet Icelandic Prime Minister Jon Arnarson D.",
       "planned"},
      {"President Anders Lund of Norway is scheduled to meet Icelandic Prime Minister Jon Arnarson "
       "D.",
       "planned"},
      {"President Anders Lund of Norway plans to visit Iceland D.", "planned"},
      {"President Anders Lund of Norway is expected to visit Iceland D.", "planned"},
      {"President Anders Lund of Norway said he would visit Iceland D.", "planned"},
      {"President Anders Lund of Norway may visit Iceland D.", "possible"},
      {"President Anders Lund of Norway is considering visiting Iceland D.", "possible"},
      {"President Anders Lund of Norway met Icelandic Prime Minister Jon Arnarson P.", "occurred"},
      {"President Anders Lund of Norway visited Iceland P.", "occurred"}};
  const std::vector<std::pair<const char*, const char*>> coming = {
      {"on May 20", "2031-05-20"}, {"next Tuesday", "2031-05-20"}, {"in June", "2031-06"},
      {"on Friday", "2031-05-16"}, {"tomorrow", "2031-05-15"},     {"next week", "2031-W21"},
      {"on July 3", "2031-07-03"}};
  const std::vector<std::pair<const char*, const char*>> past = {{"on May 2", "2031-05-02"},
                                                                 {"yesterday", "2031-05-13"},
                                                                 {"last week", "2031-W19"},
                                                                 {"on Monday", "2031-05-12"},
                                                                 {"in March", "2031-03"}};
  Measure m{"plans"};
  for (const Frame& f : frames)
    for (const auto& [phrase, value] : std::string_view(f.status) == "occurred" ? past : coming) {
      std::string sentence =
          replace_all(replace_all(f.text, " D.", std::string(" ") + phrase + "."), " P.",
                      std::string(" ") + phrase + ".");
      Record r = read(sentence);
      bool good = false;
      std::string got;
      for (const Event& e : r.events) {
        good |= e.type == "CONSULT" && e.status == f.status && e.when == When(value);
        got += e.type + " " + e.status + " " + e.when.value() + "; ";
      }
      m.add(good, sentence, got);
    }
  EXPECT_GE(m.share(), 1.000 - 0.02);  // 73 of 73
}

TEST(Sentences, NoveltyWithItsSince) {
  struct Frame {
    const char *text, *claim;
  };
  const std::vector<Frame> frames = {
      {"It was the first visit of a Norwegian premier to Iceland S.", "first"},
      {"The talks were the first between Norway and Iceland S.", "first"},
      {"President Anders Lund made the first visit to Iceland S.", "first"},
      {"It was the second such meeting S.", "second"},
      {"It was the largest protest in Oslo S.", "largest"},
      {"Norway imposed the highest tariffs on Iceland S.", "highest"},
      {"It was the first time Lund has mentioned the ban S.", "first"},
      {"The attack was the deadliest in the region S.", "deadliest"}};
  const std::vector<std::pair<const char*, const char*>> sinces = {
      {"since 2019", "2019"},   {"since March", "2031-03"}, {"since last August", "2030-08"},
      {"in ten years", "2021"}, {"in two decades", "2011"}, {"since the war", ""}};
  Measure m{"novelty"};
  for (const Frame& f : frames)
    for (const auto& [phrase, value] : sinces) {
      std::string sentence = replace_all(f.text, " S.", std::string(" ") + phrase + ".");
      Record r = read(sentence);
      bool good = false;
      std::string got;
      for (const Novelty& n : r.novelty) {
        good |= n.claim == f.claim && n.since == value;
        got += n.claim + " " + n.since.value() + "; ";
      }
      m.add(good, sentence, got);
    }
  EXPECT_GE(m.share(), 1.000 - 0.02);  // 48 of 48
}

}  // namespace
}  // namespace chancery
