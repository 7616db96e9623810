// Rules over trees that are given: each text of tests/trees comes as CoNLL-U with what the rules make
// of it, so that no model has a say in whether a rule is right. Each file holds the lines of one layer.
// Names of persons stand in the last column (Name=person). CHANCERY_SHOW=1 prints what the rules say,
// in the form of the files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <map>
#include <sstream>

#include "language/conllu.h"
#include "reading/done/events.h"
#include "reading/quotes.h"
#include "reading/said/forms.h"
#include "reading/said/statements.h"
#include "reading/stands/positions.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"
#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

// One text with its trees. The document points into it.
struct Given {
  std::string id, published, text;
  std::vector<std::string> gives;
  std::deque<ConlluSentence> sentences;
  Document document;
};

NameKind kind_of_name(const std::string& misc) {
  for (auto [name, kind] : {std::pair{"Name=person", NameKind::person},
                            {"Name=place", NameKind::place},
                            {"Name=organization", NameKind::organization}})
    if (misc.find(name) != std::string::npos) return kind;
  return NameKind::none;
}

void build(Given& g) {
  std::vector<size_t> begins;
  std::vector<int> paragraphs;
  int paragraph = 0;
  for (const ConlluSentence& s : g.sentences) {
    for (const std::string& c : s.comments) {
      if (c == "# newpar" && !g.text.empty()) {
        g.text += "\n\n";
        ++paragraph;
      }
    }
    paragraphs.push_back(paragraph);
    for (const ConlluWord& w : s.words) {
      begins.push_back(g.text.size());
      g.text += w.form;
      if (w.space_after) g.text += ' ';
    }
  }
  g.document.text = g.text;
  size_t word = 0;
  for (size_t k = 0; k < g.sentences.size(); ++k) {
    const int first = g.document.size();
    NameKind before = NameKind::none;
    for (const ConlluWord& w : g.sentences[k].words) {
      Token t;
      const auto at = static_cast<uint32_t>(begins[word++]);
      t.span = {at, at + static_cast<uint32_t>(w.form.size())};
      t.form = t.span.of(g.document.text);
      t.space_after = w.space_after;
      t.upos = w.upos.c_str();
      t.xpos = w.xpos.c_str();
      t.relation = w.relation.c_str();
      t.lemma = w.lemma;
      t.head = w.head == 0 ? -1 : first + w.head - 1;
      t.name = kind_of_name(w.misc);
      t.name_begin = t.name != NameKind::none && t.name != before;
      before = t.name;
      g.document.tokens.push_back(std::move(t));
    }
    g.document.sentences.push_back({first, g.document.size(), paragraphs[k]});
  }
}

std::deque<Given> texts_of(const std::string& path) {
  std::deque<Given> out;
  for (ConlluSentence& s : parse_conllu(read_file(path), path)) {
    if (out.empty() || out.back().id != s.document) {
      out.emplace_back();
      out.back().id = s.document;
    }
    for (const std::string& c : s.comments) {
      if (c.starts_with("# published = ")) out.back().published = c.substr(14);
      if (c.starts_with("# gives = ")) out.back().gives.push_back(c.substr(10));
    }
    out.back().sentences.push_back(std::move(s));
  }
  for (Given& g : out) build(g);
  return out;
}

// What the rules say of a text, a line for each thing found.
class Told {
 public:
  explicit Told(const Given& g)
      : g_(g),
        tree_(g.document, r_.lexicon.words()),
        quotations_(with_form(find_quotations(g.document), form_of(tree_, r_.lexicon))),
        times_(tree_, r_.times, g.published),
        words_(r_.judges, g.document),
        entities_(tree_, {r_.known, r_.places, r_.country, r_.antecedent, r_.pronoun}, quotations_,
                  g.published, times_.date_words(), &words_, &r_.thresholds) {
    const HeardAttributions unheard;
    const std::vector<FoundStatement> statements =
        find_statements(tree_, r_.lexicon, quotations_, times_, unheard, Attributions::record,
                        r_.thresholds, entities_);
    const std::vector<FoundEvent> events =
        find_events(tree_, r_.lexicon, times_, statements, words_, r_.thresholds, nullptr, r_.acts,
                    nullptr, entities_);
    const std::vector<Position> positions =
        find_positions(tree_, r_.stances, r_.conditions, statements, words_, r_.thresholds,
                       r_.stances_judged, nullptr, entities_);
    entities_.write_mentions();
    for (const Entity& e : entities_.entities()) entity(e);
    for (const FoundStatement& f : statements) statement(f.statement);
    for (const FoundEvent& f : events) event(f.event);
    for (const Position& p : positions) position(p);
  }

  // Those of a layer: names, statements, events or positions.
  std::vector<std::string> lines(const std::string& layer) const {
    const std::string begin = layer == "names"        ? "is: "
                              : layer == "statements" ? "says: "
                              : layer == "events"     ? "does: "
                                                      : "stands: ";
    std::vector<std::string> out;
    for (const std::string& line : lines_)
      if (line.starts_with(begin)) out.push_back(line);
    return out;
  }

 private:
  std::string text(const Spans& spans) const {
    std::string out;
    for (Span s : spans) out += (out.empty() ? "" : " … ") + std::string(s.of(g_.text));
    return out;
  }
  std::string who(const std::vector<int>& list) const {
    std::string out;
    for (int e : list) out += (out.empty() ? "" : " + ") + entities_.entities()[e].name;
    return out.empty() ? "nobody" : out;
  }
  std::string who(int e) const { return e < 0 ? "nobody" : entities_.entities()[e].name; }

  void entity(const Entity& e) {
    if (e.mentions.empty()) return;
    std::string line = "is: " + e.name + " | " + e.kind;
    line += " | " + (e.actor.country.empty() ? "-" : e.actor.country) + " " +
            (e.actor.sector.empty() ? "-" : e.actor.sector);
    for (const std::string& other : e.actor.other_sectors) line += "+" + other;
    if (!e.role.empty()) line += " | " + e.role;
    lines_.push_back(line + " | " + text(e.mentions));
  }
  void statement(const Statement& s) {
    std::string line = "says: " + who(s.speaker) + " | " + text(s.source) + " | " + text(s.cue) +
                       " | " + text(s.content) + " | " + s.quote + " " + s.force;
    if (!s.via.empty()) line += " | via " + who(s.via);
    if (!s.to.empty()) line += " | to " + who(s.to);
    if (!s.when.empty()) line += " | on " + s.when.value();
    if (s.where >= 0) line += " | at " + who(s.where);
    if (!s.occasion.empty()) line += " | occasion " + s.occasion;
    lines_.push_back(line);
  }
  void event(const Event& e) {
    std::string line = "does: " + who(e.source) + " | " + e.type + " " + e.cameo + " " + e.status +
                       " | " + who(e.target) + " | " + std::string(e.trigger.of(g_.text));
    if (!e.when.empty()) line += " | on " + e.when.value();
    if (e.where >= 0) line += " | at " + who(e.where);
    if (e.said_in >= 0) line += " | said";
    lines_.push_back(line);
  }
  void position(const Position& p) {
    std::string line = "stands: " + who(p.holder) + " | " + p.stance + " | " + text(p.content) +
                       " | toward " + who(p.toward);
    if (!p.condition.empty()) line += " | if " + text(p.condition);
    for (const std::string& stage : p.stages) line += " | stage " + stage;
    lines_.push_back(line);
  }

  const Resources& r_ = *test::resources();
  const Given& g_;
  TreeView tree_;
  std::vector<Quotation> quotations_;
  Times times_;
  JudgedWords words_;
  Entities entities_;
  std::vector<std::string> lines_;
};

class Trees : public ::testing::TestWithParam<std::string> {};

TEST_P(Trees, GiveWhatTheRulesSay) {
  const std::deque<Given> texts =
      texts_of(test::source_dir() + "/tests/trees/" + GetParam() + ".conllu");
  EXPECT_GE(texts.size(), 10u);
  for (const Given& g : texts) {
    const std::vector<std::string> told = Told(g).lines(GetParam());
    if (std::getenv("CHANCERY_SHOW")) {
      std::printf("# newdoc id = %s\n", g.id.c_str());
      for (const std::string& line : told) std::printf("# gives = %s\n", line.c_str());
    }
    EXPECT_EQ(told, g.gives) << g.id << ": " << g.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Trees, ::testing::Values("statements", "events", "positions", "names"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace chancery
