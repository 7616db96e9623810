// What the learnt decisions of reading are asked, over invented texts: every sign of every case, every row of
// features. A record shows a sign only where a judge changes its mind for it; here each of them shows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "accurate.h"
#include "analyzed.h"
#include "golden.h"
#include "reading/said/attribution_model.h"
#include "reading/who/actor_parts.h"
#include "reading/who/entities.h"

namespace chancery {
namespace {

// Lines by the kind of decision; of each its cases one behind the other.
class Weighed {
 public:
  void add(const std::string& kind, const SignCase& c) {
    if (c.candidates.empty()) return;
    std::string text = join(c.none, ",");
    for (const SignCase::Candidate& k : c.candidates)
      text += fmt::format(" / {} {}", k.id, join(k.signs, ","));
    add(kind, text);
  }
  void add(const std::string& kind, const SignCase& c, const SignJudge::Verdict& v) {
    add(kind, c);
    add(kind, fmt::format("{} {} {:.3f} {:.3f} {} but {}", v.id, v.likeliest, v.probability, v.any,
                          v.why, v.against));
  }
  void add(const std::string& kind, const std::string& text) {
    Kind& k = kinds_[kind];
    ++k.cases;
    k.text += " | " + text;
  }
  std::string lines() const {
    std::string out;
    for (const auto& [kind, k] : kinds_) out += fmt::format("{} {}{}\n", kind, k.cases, k.text);
    return out;
  }

 private:
  struct Kind {
    int cases = 0;
    std::string text;
  };
  std::map<std::string, Kind> kinds_;
};

// What a reader's watch sees, acts and positions.
void weigh_items(const Article& article, Weighed& out) {
  auto days = [](const std::vector<When>& dates) {
    std::string all;
    for (const When& when : dates) all += when.value() + " ";
    return all;
  };
  ReadingWatch watch;
  watch.act = [&](const TreeView&, const Entities&, const FoundEvent&, const SignCase& c,
                  const SignJudge::Verdict& v) { out.add("act", c, v); };
  watch.side = [&](const TreeView&, const Entities&, int, bool, const SignCase& c) {
    out.add("side", c);
  };
  watch.retelling = [&](const std::vector<FoundEvent>&, const FoundEvent&, const SignCase& c) {
    out.add("retelling", c);
  };
  watch.date = [&](const FoundEvent&, const std::vector<When>& dates, const SignCase& c) {
    out.add("date", days(dates)), out.add("date", c);
  };
  watch.said_date = [&](const FoundStatement&, const std::vector<When>& dates, const SignCase& c) {
    out.add("said date", days(dates)), out.add("said date", c);
  };
  watch.stance = [&](const TreeView&, const Entities&, const Position&, const SignCase& c,
                     const SignJudge::Verdict& v) { out.add("stance", c, v); };
  watch.holder = [&](const TreeView&, const Entities&, const Position&, const SignCase& c) {
    out.add("holder", c);
  };
  watch.novelty = [&](const TreeView&, const NoveltyProposal&, const SignCase& c) {
    out.add("novelty", c);
  };
  Reader(test::accurate(), &watch).read(Article(article));
}

template <class Rows>
std::string numbers(const Rows& rows) {
  return fmt::format("{}", fmt::join(rows, ","));
}

// Which mentions are one: phrases, pronouns, the signs of every two; and who takes part, whose they are.
void weigh_actors(const test::Analyzed& x, const std::string& published, Weighed& out) {
  const Resources& r = *test::accurate();
  const std::vector<Quotation> quotations = find_quotations(x.document);
  const Times times(x.tree, r.times, published);
  const JudgedWords words(r.judges, x.document);
  ActorKnowledge knowledge{r.known, r.places, r.country, r.antecedent, r.pronoun, &r.coreference};
  knowledge.watch = [&](const std::vector<Mention>&, int, const SignCase& c) {
    out.add("phrase", c);
  };
  knowledge.watch_pronoun = [&](const Mention&, const SignCase& c,
                                const std::function<std::vector<int>(int)>& named) {
    out.add("pronoun", c);
    for (const SignCase::Candidate& k : c.candidates) out.add("pronoun", numbers(named(k.id)));
  };
  knowledge.watch_mentions = [&](const std::vector<Mention>& mentions, const MentionSigns& signs) {
    for (int i = 0; i < static_cast<int>(mentions.size()); ++i) {
      const Mention& m = mentions[static_cast<size_t>(i)];
      out.add("mention", fmt::format("{}-{} {} {} {} {} {} {} {} {} {}", m.begin, m.end, m.head,
                                     static_cast<int>(m.sort), m.kind, m.text, m.role, m.basis,
                                     m.explain, m.actor.country, m.actor.sector));
      out.add("mention", numbers(signs.lone(i)));
      for (int j = MentionSigns::first_candidate(i); j < i; ++j)
        out.add("pair", numbers(signs.pair(i, j)));
    }
  };
  Entities entities(x.tree, knowledge, quotations, published, times.date_words(), &words,
                    &r.thresholds);
  entities.write_mentions();
  const ActorParts parts(x.tree, words, r.country, r.thresholds);
  for (int e = 0; e < static_cast<int>(entities.entities().size()); ++e) {
    out.add("part", parts.part_case(entities, e));
    out.add("sector", parts.sector_case(entities, e));
    out.add("country", entities.country_case(e));
  }
}

// Which words speak and which are spoken.
void weigh_attributions(const test::Analyzed& x, Weighed& out) {
  const std::vector<Quotation> quotations = find_quotations(x.document);
  const AttributionFeatures features(x.tree, quotations);
  std::vector<AttributionFeatures::PairRowsOf> rows;
  for (int i = 0; i < x.tree.size(); ++i) {
    out.add("cue", numbers(features.cue(i)));
    const TreeView::Range window = features.window(i);
    out.add("window", fmt::format("{}-{}", window.begin, window.end));
    if (x.document.tokens[static_cast<size_t>(i)].attribution == AttributionTag::none) continue;
    features.pairs(i, window, rows);
    for (const auto& pair : rows) out.add("beside a cue", numbers(pair));
  }
  for (const Heard& h : test::accurate()->attribution.read(x.tree, quotations, 0.02f).heard) {
    std::string ranges;
    for (const auto* side : {&h.source, &h.content})
      for (const TreeView::Range& range : *side)
        ranges += fmt::format(" {}-{}", range.begin, range.end);
    out.add("heard", fmt::format("{} {:.3f} {:.3f}{}", h.cue, h.cue_score, h.role_score, ranges));
  }
}

// The first two that an article names, and the first with the third.
void weigh_relations(const Article& article, Weighed& out) {
  const Reader reader(test::accurate());
  for (std::string_view paragraph : split(article.text, '\n')) {
    const std::string text(trim(paragraph));
    if (text.empty()) continue;
    const Record r = reader.read(test::article_of(text));
    for (size_t other = 1; other < std::min<size_t>(r.entities.size(), 3); ++other) {
      RelationFeatures features;
      reader.relation_by_rule(text, r.entities[0].mentions.at(0), r.entities[other].mentions.at(0),
                              &features);
      std::string rows = features.joint;
      for (const auto& [row, weight] : features.rows)
        rows += fmt::format(" {}:{:.2f}", row, weight);
      out.add("relation", rows);
    }
  }
}

TEST(Golden, WhatJudgesWeigh) {
  for (const std::string file : {"reports/first", "reports/second", "golden/texts/articles",
                                 "golden/texts/sentences", "golden/texts/collected"}) {
    const std::string name = file.substr(file.rfind('/'));
    test::GoldenFile kept("weighed" + name);
    size_t number = 0;
    for (const Article& article :
         test::invented_articles(test::source_dir() + "/tests/" + file + ".txt")) {
      ++number;
      if (name == "/collected" && number % 8 != 0) continue;
      if (test::sanitized() && number % 8 != 0) continue;
      Weighed weighed;
      weigh_items(article, weighed);
      const test::Analyzed analyzed(article.text, *test::accurate());
      weigh_actors(analyzed, article.published, weighed);
      weigh_attributions(analyzed, weighed);
      if (name == "/articles") weigh_relations(article, weighed);
      if (!kept.brief_section(article.id, weighed.lines())) return;
    }
  }
}

}  // namespace
}  // namespace chancery
