// Writes what the judges of signs are asked (src/reading/sign_judge.h), for
// script/development/signs to learn their weights from.
//
// usage: chancery-sign-cases KIND DATA MODEL ARTICLES.jsonl, lines with id, published
// and text, or records with them in "article". One line a case, spans in code points:
//   country     an entity that has no country by its own words:
//               {"id","spans":[[b,e]…],"none":[…],"candidates":[{"code","signs"}…]}
//   antecedent  a phrase: {"id","spans":[[b,e]],"none":[…],"candidates":[{"spans","signs"}…]},
//               a candidate by its mentions so far
//   mentions    an article's mentions, for training/transformer/coreference.py:
//               {"id","words":n,"mentions":[{"words":[begin,end,head],"span","head","sort","lone":[…],"pairs":[[…]…]}…]}
//   part        an entity, somebody of whom a record speaks or not (one candidate, no code)
//   sector      an entity and the sectors it may be of
//   act         a word that may name an act:
//               {"id","trigger":[b,e],"span":[b,e],"source":[[b,e]…],"target":[[b,e]…],"none":[],
//               "candidates":[{"type","signs"}…]}, the sides by the mentions of who they are
//   side        somebody as a side of what may be an act:
//               {"id","trigger","side":"source"|"target","spans":[[b,e]…],"none":[],"candidates":[{"signs"}]}
//   date        an act and the dates that the text offers for it:
//               {"id","type","trigger","none":[],"candidates":[{"when","signs"}…]}
//   said_date   a statement and the dates that the text offers for it:
//               {"id","content":[[b,e]…],"none":[],"candidates":[{"when","signs"}…]}
//   stance      words that may carry a position:
//               {"id","content":[b,e],"holder":[[b,e]…],"none":[],"candidates":[{"stance","signs"}…]}
//   holder      the same words and whose position they may be:
//               {"id","content":[[b,e]…],"own":[[b,e]…],"none":[],"candidates":[{"spans","signs"}…]}
//   novelty     words that may claim that something is new:
//               {"id","none":[],"candidates":[{"span","signs"}…]}
//   retelling   an act and the earlier ones of its type:
//               {"id","type","trigger","span","none":[],"candidates":[{"trigger","span","signs"}…]}
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <simdjson.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/utf8.h"
#include "reading/quotes.h"
#include "reading/reader.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/actor_parts.h"
#include "reading/who/entities.h"

namespace {

using namespace chancery;

std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 32 ? ' ' : c;
  }
  return out + "\"";
}

std::string list(const std::vector<std::string>& signs) {
  std::string out;
  for (const std::string& s : signs) out += (out.empty() ? "" : ",") + quoted(s);
  return "[" + out + "]";
}

// A judge that is never sure: the cases are to be as they are before anything was guessed.
SignJudge undecided() {
  // A file of its own: several of these programs may run at once.
  const std::string name = "undecided_signs." + std::to_string(getpid()) + ".tsv";
  const std::string path = (std::filesystem::temp_directory_path() / name).string();
  std::ofstream(path) << "sign\tweight\nthreshold\t2\n";
  SignJudge judge(path);
  std::filesystem::remove(path);
  return judge;
}

// Spans of a text in code points, as JSON.
class Points {
 public:
  explicit Points(const std::string& text) : text_(text), point_(text.size() + 1, 0) {
    for (size_t i = 0; i < text.size(); ++i)
      point_[i + 1] = point_[i] + ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80);
  }
  std::string operator()(Span s) const { return fmt::format("[{},{}]", at(s.begin), at(s.end)); }
  std::string operator()(const std::vector<Span>& spans) const {
    std::string out;
    for (Span s : spans) out += (out.empty() ? "" : ",") + (*this)(s);
    return "[" + out + "]";
  }

 private:
  uint32_t at(uint32_t byte) const {
    return byte < text_.size() ? point_[byte + 1] - 1 : point_[byte];
  }
  const std::string& text_;
  std::vector<uint32_t> point_;
};

// The cases of acts.
class Acts {
 public:
  Acts(std::shared_ptr<const Resources> resources, std::string kind)
      : r_(std::move(resources)), kind_(std::move(kind)) {}

  void write(const std::string& id, const std::string& published, const std::string& text) const {
    const Points span(text);
    ReadingWatch watch;
    if (kind_ == "side")
      watch.side = [&](const TreeView& tree, const Entities& entities, int trigger, bool source,
                       const SignCase& c) { side(id, span, tree, entities, trigger, source, c); };
    else if (kind_ == "date")
      watch.date = [&](const FoundEvent& f, const std::vector<When>& dates, const SignCase& c) {
        date(id, span, f, dates, c);
      };
    else if (kind_ == "said_date")
      watch.said_date = [&](const FoundStatement& f, const std::vector<When>& dates,
                            const SignCase& c) { said_date(id, span, f, dates, c); };
    else if (kind_ == "stance")
      watch.stance = [&](const TreeView& tree, const Entities& entities, const Position& p,
                         const SignCase& c,
                         const SignJudge::Verdict&) { stance(id, span, tree, entities, p, c); };
    else if (kind_ == "holder")
      watch.holder = [&](const TreeView& tree, const Entities& entities, const Position& p,
                         const SignCase& c) { holder(id, span, tree, entities, p, c); };
    else if (kind_ == "novelty")
      watch.novelty = [&](const TreeView& tree, const NoveltyProposal& p, const SignCase& c) {
        novelty(id, span, tree, p, c);
      };
    else if (kind_ == "retelling")
      watch.retelling = [&](const std::vector<FoundEvent>& earlier, const FoundEvent& later,
                            const SignCase& c) { retelling(id, span, earlier, later, c); };
    else
      watch.act = [&](const TreeView& tree, const Entities& entities, const FoundEvent& f,
                      const SignCase& c,
                      const SignJudge::Verdict&) { act(id, span, tree, entities, f, c); };
    Article article;
    article.id = id;
    article.published = published;
    article.text = text;
    Reader(r_, &watch).read(std::move(article));
  }

 private:
  void act(const std::string& id, const Points& span, const TreeView& tree,
           const Entities& entities, const FoundEvent& f, const SignCase& c) const {
    const std::vector<std::string>& types = r_->judges.classes(WordJudges::act);
    auto side = [&](const std::vector<int>& who) { return mentions(span, tree, entities, who); };
    std::string candidates;
    for (const SignCase::Candidate& k : c.candidates)
      candidates += fmt::format("{}{{\"type\":\"{}\",\"signs\":{}}}", candidates.empty() ? "" : ",",
                                types[k.id], list(k.signs));
    fmt::print(
        "{{\"id\":{},\"trigger\":{},\"span\":{},\"source\":{},\"target\":{},\"none\":{},"
        "\"candidates\":[{}]}}\n",
        quoted(id), span(f.event.trigger), span(f.event.span), side(f.event.source),
        side(f.event.target), list(c.none), candidates);
  }

  // The mentions of whom it is.
  static std::string mentions(const Points& span, const TreeView& tree, const Entities& entities,
                              const std::vector<int>& who) {
    std::vector<Span> out;
    for (const Mention& m : entities.mentions())
      if (std::find(who.begin(), who.end(), m.entity) != who.end())
        out.push_back(tree.span({m.begin, m.end}));
    return span(out);
  }

  static void side(const std::string& id, const Points& span, const TreeView& tree,
                   const Entities& entities, int trigger, bool source, const SignCase& c) {
    for (const SignCase::Candidate& k : c.candidates)
      fmt::print(
          "{{\"id\":{},\"trigger\":{},\"side\":\"{}\",\"spans\":{},\"none\":{},\"candidates\":[{{"
          "\"signs\":{}}}]}}\n",
          quoted(id), span(tree[trigger].span), source ? "source" : "target",
          mentions(span, tree, entities, {k.id}), list(c.none), list(k.signs));
  }

  void stance(const std::string& id, const Points& span, const TreeView& tree,
              const Entities& entities, const Position& p, const SignCase& c) const {
    const std::vector<std::string>& kinds = r_->judges.classes(WordJudges::stance);
    std::string candidates;
    for (const SignCase::Candidate& k : c.candidates)
      candidates += fmt::format("{}{{\"stance\":\"{}\",\"signs\":{}}}",
                                candidates.empty() ? "" : ",", kinds[k.id], list(k.signs));
    fmt::print("{{\"id\":{},\"content\":{},\"holder\":{},\"none\":{},\"candidates\":[{}]}}\n",
               quoted(id), span(p.content[0]), mentions(span, tree, entities, {p.holder}),
               list(c.none), candidates);
  }

  static void holder(const std::string& id, const Points& span, const TreeView& tree,
                     const Entities& entities, const Position& p, const SignCase& c) {
    std::string candidates;
    for (const SignCase::Candidate& k : c.candidates)
      candidates += fmt::format("{}{{\"spans\":{},\"signs\":{}}}", candidates.empty() ? "" : ",",
                                mentions(span, tree, entities, {k.id}), list(k.signs));
    fmt::print("{{\"id\":{},\"content\":{},\"own\":{},\"none\":{},\"candidates\":[{}]}}\n",
               quoted(id), span(p.content), mentions(span, tree, entities, {p.holder}),
               list(c.none), candidates);
  }

  static void novelty(const std::string& id, const Points& span, const TreeView& tree,
                      const NoveltyProposal& p, const SignCase& c) {
    std::string candidates;
    for (const SignCase::Candidate& k : c.candidates)
      candidates += fmt::format("{}{{\"span\":{},\"signs\":{}}}", candidates.empty() ? "" : ",",
                                span(tree.trimmed(p.words(k.id))), list(k.signs));
    fmt::print("{{\"id\":{},\"none\":{},\"candidates\":[{}]}}\n", quoted(id), list(c.none),
               candidates);
  }

  static std::string dated(const std::vector<When>& dates, const SignCase& c) {
    std::string out;
    for (const SignCase::Candidate& k : c.candidates)
      out += fmt::format("{}{{\"when\":\"{}\",\"signs\":{}}}", out.empty() ? "" : ",",
                         dates[static_cast<size_t>(k.id)].value(), list(k.signs));
    return out;
  }

  static void date(const std::string& id, const Points& span, const FoundEvent& f,
                   const std::vector<When>& dates, const SignCase& c) {
    fmt::print("{{\"id\":{},\"type\":\"{}\",\"trigger\":{},\"none\":{},\"candidates\":[{}]}}\n",
               quoted(id), f.event.type, span(f.event.trigger), list(c.none), dated(dates, c));
  }

  static void said_date(const std::string& id, const Points& span, const FoundStatement& f,
                        const std::vector<When>& dates, const SignCase& c) {
    fmt::print("{{\"id\":{},\"content\":{},\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
               span(f.statement.content), list(c.none), dated(dates, c));
  }

  static void retelling(const std::string& id, const Points& span,
                        const std::vector<FoundEvent>& earlier, const FoundEvent& later,
                        const SignCase& c) {
    auto place = [&](const Event& x) {
      return fmt::format("\"trigger\":{},\"span\":{}", span(x.trigger), span(x.span));
    };
    std::string candidates;
    for (const SignCase::Candidate& k : c.candidates)
      candidates += fmt::format("{}{{{},\"signs\":{}}}", candidates.empty() ? "" : ",",
                                place(earlier[static_cast<size_t>(k.id)].event), list(k.signs));
    fmt::print("{{\"id\":{},\"type\":\"{}\",{},\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
               later.event.type, place(later.event), list(c.none), candidates);
  }

  std::shared_ptr<const Resources> r_;
  std::string kind_;
};

struct Articles {
  const Resources& r;
  const SignJudge& never;
  std::string kind;

  void write(const std::string& id, const std::string& published, const std::string& text) const {
    Document document = r.engine.analyze(text);
    if (document.tokens.empty()) return;
    TreeView tree(document, r.lexicon.words());
    std::vector<Quotation> quotations = find_quotations(document);
    Times times(tree, r.times, published);
    const Points span(text);
    // Whether somebody takes part is asked when states are known.
    const bool guess = kind == "part" || kind == "sector";
    ActorKnowledge knowledge{r.known,
                             r.places,
                             guess ? r.country : never,
                             r.antecedent,
                             kind == "pronoun" ? never : r.pronoun,
                             &r.coreference};
    if (kind == "mentions")
      knowledge.watch_mentions = [&](const std::vector<Mention>& mentions,
                                     const MentionSigns& signs) {
        compared(id, tree, mentions, signs, span);
      };
    if (kind == "antecedent")
      knowledge.watch = [&](const std::vector<Mention>& mentions, int phrase, const SignCase& c) {
        auto of = [&](int m) { return span(tree.span({mentions[m].begin, mentions[m].end})); };
        auto told = [&](int m) {  // so far, without pronouns
          std::string out;
          for (int i = 0; i < phrase; ++i)
            if (mentions[i].entity == mentions[m].entity && mentions[i].sort != Mention::pronoun)
              out += (out.empty() ? "" : ",") + of(i);
          return out;
        };
        std::string candidates;
        for (const SignCase::Candidate& k : c.candidates)
          candidates += fmt::format("{}{{\"spans\":[{}],\"signs\":{}}}",
                                    candidates.empty() ? "" : ",", told(k.id), list(k.signs));
        fmt::print("{{\"id\":{},\"spans\":[{}],\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
                   of(phrase), list(c.none), candidates);
      };
    if (kind == "pronoun")
      knowledge.watch_pronoun = [&](const Mention& m, const SignCase& c,
                                    const std::function<std::vector<int>(int)>& named) {
        std::string candidates;
        for (const SignCase::Candidate& k : c.candidates) {
          std::vector<Span> heads;
          for (int token : named(k.id)) heads.push_back(tree[token].span);
          candidates +=
              fmt::format("{}{{\"actor\":{},\"heads\":{},\"signs\":{}}}",
                          candidates.empty() ? "" : ",", k.id >= 0, span(heads), list(k.signs));
        }
        fmt::print("{{\"id\":{},\"span\":{},\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
                   span(tree[m.head].span), list(c.none), candidates);
      };
    JudgedWords words(r.judges, document);
    Entities entities(tree, knowledge, quotations, published, times.date_words(), &words,
                      &r.thresholds);
    if (kind == "antecedent" || kind == "pronoun" || kind == "mentions") return;
    entities.write_mentions();
    if (kind == "part" || kind == "sector") {
      judged(id, entities, ActorParts(tree, words, r.country, r.thresholds), span);
      return;
    }
    for (size_t e = 0; e < entities.entities().size(); ++e) {
      const Entity& x = entities.entities()[e];
      if (!x.actor.country.empty() || x.mentions.empty()) continue;
      SignCase c = entities.country_case(static_cast<int>(e));
      if (c.candidates.empty()) continue;
      std::string spans, candidates;
      for (Span s : x.mentions) spans += (spans.empty() ? "" : ",") + span(s);
      for (const SignCase::Candidate& k : c.candidates)
        candidates +=
            fmt::format("{}{{\"code\":\"{}\",\"signs\":{}}}", candidates.empty() ? "" : ",",
                        r.known.states()[k.id].code, list(k.signs));
      fmt::print("{{\"id\":{},\"spans\":[{}],\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
                 spans, list(c.none), candidates);
    }
  }

  template <class Rows>
  static std::string numbers(const Rows& rows) {
    return fmt::format("[{}]", fmt::join(rows, ","));
  }

  // The mentions of an article and the signs of their pairs.
  template <class SpanText>
  static void compared(const std::string& id, const TreeView& tree,
                       const std::vector<Mention>& mentions, const MentionSigns& signs,
                       const SpanText& span) {
    fmt::print("{{\"id\":{},\"words\":{},\"mentions\":[", quoted(id), tree.size());
    for (int i = 0; i < static_cast<int>(mentions.size()); ++i) {
      const Mention& m = mentions[static_cast<size_t>(i)];
      std::string pairs;
      for (int j = MentionSigns::first_candidate(i); j < i; ++j)
        pairs += (pairs.empty() ? "" : ",") + numbers(signs.pair(i, j));
      fmt::print(
          "{}{{\"words\":[{},{},{}],\"span\":{},\"head\":{},\"sort\":{},\"lone\":{},\"pairs\":[{}]}"
          "}",
          i ? "," : "", m.begin, m.end, m.head, span(tree.span({m.begin, m.end})),
          span(tree[m.head].span), static_cast<int>(m.sort), numbers(signs.lone(i)), pairs);
    }
    fmt::print("]}}\n");
  }

  // The cases that weigh what the judges of words say.
  template <class SpanText>
  void judged(const std::string& id, const Entities& entities, const ActorParts& parts,
              const SpanText& span) const {
    const std::vector<std::string>& sectors = r.judges.classes(WordJudges::sector);
    for (size_t e = 0; e < entities.entities().size(); ++e) {
      const int entity = static_cast<int>(e);
      const SignCase c =
          kind == "part" ? parts.part_case(entities, entity) : parts.sector_case(entities, entity);
      std::string spans, candidates;
      for (Span s : entities.entities()[e].mentions) spans += (spans.empty() ? "" : ",") + span(s);
      for (const SignCase::Candidate& k : c.candidates)
        candidates +=
            fmt::format("{}{{\"code\":\"{}\",\"signs\":{}}}", candidates.empty() ? "" : ",",
                        kind == "part" ? "" : sectors[static_cast<size_t>(k.id)], list(k.signs));
      if (!candidates.empty())
        fmt::print("{{\"id\":{},\"spans\":[{}],\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
                   spans, list(c.none), candidates);
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc == 5 ? argv[1] : "";
  const bool acts = kind == "act" || kind == "side" || kind == "retelling" || kind == "date" ||
                    kind == "said_date" || kind == "stance" || kind == "holder" ||
                    kind == "novelty";
  const bool actors = kind == "country" || kind == "antecedent" || kind == "pronoun" ||
                      kind == "part" || kind == "sector" || kind == "mentions";
  if (!acts && !actors) {
    fmt::print(stderr,
               "usage: chancery-sign-cases "
               "country|antecedent|mentions|part|sector|act|side|retelling|date|said_date|stance|"
               "holder|novelty "
               "DATA MODEL ARTICLES.jsonl\n");
    return 1;
  }
  try {
    auto resources = std::make_shared<const Resources>(argv[2], argv[3]);
    SignJudge never = undecided();
    Articles articles{*resources, never, kind};
    simdjson::dom::parser parser;
    std::ifstream in(argv[4]);
    std::string line;
    while (std::getline(in, line)) {
      simdjson::dom::element row = parser.parse(line), article;
      if (!row["article"].get(article)) row = article;
      std::string_view published;
      if (row["published"].get(published)) published = "";
      const std::string id{std::string_view(row["id"])}, text{std::string_view(row["text"])};
      if (acts) Acts(resources, kind).write(id, std::string(published), text);
      else articles.write(id, std::string(published), text);
    }
  } catch (const std::exception& e) {
    fmt::print(stderr, "chancery-sign-cases: {}\n", e.what());
    return 1;
  }
  return 0;
}
