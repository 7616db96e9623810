// Layouts at the edges of their rules: labels, lines and lists of every length, clocks of every form, shares of
// questions, authors who sign here and there. What form a text has is kept, whether it is right or not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzed.h"
#include "golden.h"
#include "reading/said/forms.h"

namespace chancery {
namespace {

std::string times(const std::string& words, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += words;
  return out;
}

// All that a form says, by places of words.
std::string form_line(const std::string& text) {
  const test::Analyzed x(text);
  const TextForm form = form_of(x.tree, test::resources()->lexicon);
  auto range = [](TreeView::Range r) { return fmt::format(" {}-{}", r.begin, r.end); };
  auto ranges = [&](const std::vector<TreeView::Range>& all) {
    std::string out;
    for (TreeView::Range r : all) out += range(r);
    return out;
  };
  std::string out = replace_all(text.substr(0, 24), "\n", "/") + fmt::format(" ({})", text.size());
  for (const Turn& turn : form.turns)
    out += fmt::format(" turn {} {}", static_cast<int>(turn.role), turn.who) + range(turn.label) +
           ":" + ranges(turn.spoken);
  for (const OwnWords& own : form.own_words)
    out += fmt::format(" own {}{}", own.document, own.heading ? " heading" : "") +
           range(own.led_in) + ":" + ranges(own.spoken);
  if (form.opinion.author.end > 0)
    out += " opinion" + range(form.opinion.author) + ":" + ranges(form.opinion.words);
  for (const NewsEntry& entry : form.entries) out += " entry " + entry.time + range(entry.words);
  return out + "\n";
}

std::vector<std::string> entries() {
  std::vector<std::string> out;
  for (const char* clock :
       {"14:05",      "(9.45pm)", "(9:45)",   "7:30 a.m.", "7.30 a.m.", "12.10 am",
        "12:10 p.m.", "12:10",    "24:10",    "23:59",     "9:75",      "9:60",
        "9:59",       "14:5",     "3:07pm",   "1.30",      "1.30pm",    "1:307",
        "100:10",     "0:00",     "11.59 PM", "9-45",      ":30",       "1:30am"})
    for (int n : {2, 3})
      out.push_back(times(std::string(clock) + " The minister says the port is open.\n\n", n) +
                    "No more is known.");
  for (const char* place :
       {"ROME -", "RIO -", "UN -", "ROME", "Rome -", "ROME:", "ROME –", "NEW YORK, NY —",
        "ROME, Italy --", "ROME, in Italy --", "ROME, Italy, Old World, Far West --",
        "ROME, Italy, Old World, Far --", "ROME, Italy, Old World --", "*", "• Rome", "+", "* a"})
    for (int n : {2, 3})
      out.push_back("Briefly.\n\n" +
                    times(std::string(place) + " Italy asked for talks.\n\nNobody came.\n\n", n));
  out.push_back(times("* Ah\n\n", 4));
  return out;
}

std::vector<std::string> opinions() {
  std::vector<std::string> out;
  const std::string line = "The port was closed for a year.\n\n";
  for (int own = 0; own < 4; ++own)
    for (int before = 0; before < 5; ++before) {
      const std::string words = times("I saw it.\n\n", own);
      out.push_back(times(line, before) + "By Gunnar Vik\n\n" + words + line);
      out.push_back(line + words + line + "Gunnar Vik is a former minister.\n\n" +
                    times(line, before));
    }
  for (const char* signature :
       {"The writer, Gunnar Vik, was a minister.",
        "The writer of this, Gunnar Vik, was a minister.",
        "The old writer here today, Gunnar Vik, was a minister.", "Gunnar Vik, was a minister.",
        "Gunnar Vik left.", "\"Gunnar Vik is a minister.\"", "By Gunnar Vik and others",
        "By Gunnar Olaf Haakon Sverre Magnus Vik",
        "By Gunnar Olaf Haakon Sverre Magnus Erik Tor Vik"})
    for (bool first : {true, false})
      out.push_back((first ? std::string(signature) + "\n\n" : "") +
                    "We saw it. My friends did not. \"I did,\" said one.\n\n" +
                    (first ? "" : signature));
  return out;
}

std::vector<std::string> documents() {
  std::vector<std::string> out;
  const std::string line = "Norway regrets the step.\n\n";
  for (int before = 0; before < 4; ++before)
    out.push_back(times("Oslo, 12 June 2031\n\n", before) +
                  "Statement by Minister Tora Bakke on the ports\n\n" + line);
  for (int words = 18; words < 27; ++words)
    out.push_back("Statement by Minister Tora Bakke on ports" + times(" and ports", words / 2) +
                  (words % 2 ? " again" : "") + "\n\n" + line);
  for (const char* head :
       {"Statement from Riga", "Statement by Riga", "Statement from the ministry",
        "A joint statement by Norway", "A new long joint statement by Norway", "Statement.",
        "Statement by Tora Bakke.", "Statement by Tora Bakke who left", "Statement",
        "Statement and ports", "Remarks of President Anna Berg", "Letter to the editor",
        "The ministry issued the following statement:", "The ministry issued this statement:",
        "The ministry issued the following long and very solemn statement:",
        "The ministry issued a statement as follows:", "The ministry issued a statement:",
        "Tora Bakke said the following: The statement", "Tora Bakke issued the following letter:"})
    for (const char* body :
         {"Norway regrets the step.\n\nIt will act.",
          "\"Norway regrets.\n\n\"It will act.\"\n\nIt rained.",
          "Norway regrets.\n\nThe statement was read out.\n\nIt rained.",
          "Norway regrets.\n\nBakke smiled.\n\nIt rained.", "Norway regrets. -0-",
          "Norway regrets. - 0 -", "Norway regrets.\n\nENDS\n\nIt rained.",
          "Norway regrets.\n\nOslo, 12 June 2031",
          "Norway regrets.\n\nOslo, the 12th of June of the year 2031",
          "Norway regrets.\n\nOslo must act"})
      out.push_back(std::string(head) + "\n\n" + body);
  return out;
}

std::vector<std::string> transcripts() {
  std::vector<std::string> out;
  for (int asked = 0; asked < 5; ++asked)
    for (int told = 0; told < 4; ++told)
      out.push_back("An interview.\n\n" + times("TORA BAKKE: Shall we go?\n\n", asked) +
                    times("TORA BAKKE: We go.\n\n", told) + "NILS EK: Yes.\n\nNILS EK: Now.\n\n");
  for (const char* label : {"Q", "Q.", "Q:", "QUESTION:", "MS. BAKKE:", "Ms Bakke:", "Tora Bakke:",
                            "bakke:", "TORA BAKKE OF NORWAY:", "TORA BAKKE, MINISTER OF THE PORTS:",
                            "TORA BAKKE, MINISTER OF THE OLD PORTS:",
                            "TORA BAKKE, THE MINISTER OF THE OLD PORTS:", "OSLO:", "Oslo, Norway:",
                            "NORWAY'S MINISTER:", "10:", "Bakke:we", "MODERATOR:", "RADIO OSLO:"})
    for (const char* answer : {"A.", "A:", "ANSWER:", "NILS EK:", "MR. EK:", "EK:", "STOCKHOLM:"})
      for (const char* lead : {"An interview with Nils Ek.\n\n", "It rained.\n\n"})
        out.push_back(std::string(lead) + label + " Will it rain?\n\n" + answer +
                      " It may. It may not.\n\nIt rained twice.\n\n" + label + " When?\n\n" +
                      answer + " Soon.\n\nEk said he was done.\n\nIt rained.");
  for (int sentences = 1; sentences < 6; ++sentences)
    out.push_back("RADIO OSLO: Will it rain?\n\nNILS EK: Yes.\n\n" +
                  times("You say so. ", sentences - 1) + "Are you sure?\n\nI am.\n\nAnd then?\n\n" +
                  "The interview was held in Oslo.\n\nIt rained.");
  return out;
}

TEST(Golden, LayoutsAtTheEdgesOfTheirRules) {
  test::GoldenFile kept("records/fast/layouts");
  for (const auto& [name, texts] : {std::pair{"entries", entries()},
                                    {"opinions", opinions()},
                                    {"documents", documents()},
                                    {"transcripts", transcripts()}}) {
    std::string lines;
    for (const std::string& text : texts) lines += form_line(text);
    if (!kept.section(name, lines)) return;
  }
}

}  // namespace
}  // namespace chancery
