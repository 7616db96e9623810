#include "present/telling.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "base/utf8.h"
#include "present/act_words.h"
#include "present/ahead.h"
#include "present/claims.h"
#include "present/shares.h"
#include "present/verbs.h"

namespace chancery::present {
namespace {

constexpr size_t kHead = 3;
// How many bytes behind the verb of an act its words begin at most: "called for ".
constexpr uint32_t kVerbAway = 5;
// Characters of a text's own words in a line of the head.
constexpr size_t kHeadWords = 72;

bool has(const std::vector<int>& list, int e) {
  return std::find(list.begin(), list.end(), e) != list.end();
}

class Teller {
 public:
  Teller(const Record& r, const SureLimits& limits, const Words& words)
      : r_(r), limits_(limits), words_(words), year_(year_of(r.article.published)) {
    const Record strict = sure_lines(r, limits);
    for (const Statement& s : strict.statements) sure_.insert(s.id);
    for (const Event& e : strict.events) sure_.insert(e.id);
    for (const Position& p : strict.positions) sure_.insert(p.id);
    evident_ = strict.entities;  // without states that were inferred
    paragraphs();
  }

  Telling tell() {
    for (const Statement& s : r_.statements) statement(s);
    for (const Position& p : r_.positions) position(p);
    for (const Event& e : r_.events) event(e);
    Telling out;
    out.head = head();
    group(out);
    also(out);
    return out;
  }

 private:
  bool sure(const std::string& id) const { return sure_.count(id) > 0; }

  void paragraphs() {
    const std::string& text = r_.article.text;
    for (size_t at = 0; (at = text.find("\n\n", at)) != std::string::npos; at += 2)
      breaks_.push_back(static_cast<uint32_t>(at));
  }
  int paragraph(uint32_t at) const {
    return 1 +
           static_cast<int>(std::lower_bound(breaks_.begin(), breaks_.end(), at) - breaks_.begin());
  }

  std::string text_of(const Spans& spans) const {
    std::string out;
    for (Span s : spans)
      out += (out.empty() ? "" : " … ") + quoted_whole(tidy(s.of(r_.article.text)));
    return out;
  }

  std::string name(int e) const { return Words::called(r_.entities[static_cast<size_t>(e)]); }

  // Is it over when the report appears? No plan is for then: its date was misread.
  bool past(const When& when) const {
    const When published(r_.article.published.substr(0, 10));
    return when.dated() && published.dated() && when.to() < published.from();
  }

  // The day, unless it is about that of the report: what people take for granted.
  void date(Line& line, const When& when, bool spoken) const {
    if (when.empty()) return;
    const When published(r_.article.published.substr(0, 10));
    if (spoken && when.one_day() && published.dated()) {
      const long days = day_number(when.from()) - day_number(published.from());
      if (days >= -1 && days <= 1) return;
    }
    const std::string said = when.words(year_);
    // "in July of this year" says it already.
    if (!said.empty() && lower(line.text).find(lower(said)) == std::string::npos &&
        !names_day(line.text, said))
      line.tags.push_back(said);
  }

  void sources(Line& line, const std::vector<int>& via) const {
    if (via.empty()) return;
    line.tags.push_back("reported by " + words_.names(r_, via));
  }

  // A line with its words where they stand.
  Line line_of(Told told, const std::string& id, int who, const Spans& spans,
               double confidence) const {
    Line line;
    line.told = told;
    line.ids = {id};
    line.who = who;
    line.spans = spans;
    line.text = text_of(spans);
    line.confidence = confidence;
    if (!spans.empty()) line.paragraph = paragraph(spans.front().begin);
    return line;
  }

  // To the sure lines or to those set apart; nothing without words.
  double limit_of(const std::string& id) const {
    return id[0] == 's' ? limits_.statement : id[0] == 'v' ? limits_.event : limits_.position;
  }
  double margin_of(const std::string& id, double confidence) const {
    const double limit = limit_of(id);
    return limit < 1 ? (confidence - limit) / (1 - limit) : 0;
  }
  void put(Line line, const std::string& id, const std::string& explain) {
    if (line.text.empty()) return;
    line.explain.push_back(explain);
    line.margin = margin_of(id, line.confidence);
    // At the same height over their limits statements are right more often than acts.
    if (id[0] == 's') line.margin = (1 + line.margin) / 2;
    line.near = line.confidence >= words_.near() * limit_of(id) && !scant(line.text);
    (sure(id) ? told_ : apart_).push_back(std::move(line));
  }

  void statement(const Statement& s) {
    Line line = line_of(Told::says, s.id, s.speaker, s.content, s.confidence);
    if (s.speaker < 0) line.whom = text_of(s.source);
    line.verb = words_.said("force", s.force.empty() ? "asserted" : s.force);
    const std::string cue = lower(text_of(s.cue));
    const bool told_by_verb = line.verb == words_.said("force", "asserted");
    if (told_by_verb && s.cue.size() == 1 && words_.telling_cue(cue)) {
      line.verb = cue;
      // Words before their verb are a sentence of their own: "ruled: The man must go".
      line.joined = s.content.empty() || s.content.front().begin >= s.cue.front().end;
    }
    sources(line, s.via);
    date(line, s.when, true);
    if (!s.occasion.empty()) line.tags.push_back(s.occasion);
    put(std::move(line), s.id, s.explain);
  }

  // A line that tells a sure position or event already, nullptr for none.
  Line* teller_of(const Spans& spans, const std::vector<int>& whose) {
    for (Line& line : told_)
      if (has(whose, line.who) && share(spans, line.spans) >= kMost) return &line;
    return nullptr;
  }

  void position(const Position& p) {
    if (sure(p.id))
      if (Line* line = teller_of(p.content, {p.holder})) {
        // What somebody says is a clause: "objected: the plan is bad", not "opposed: …".
        const std::string stance = words_.said("stance_said", p.stance);
        line->within.push_back(p.id);
        core(*line, p);
        if (line->told == Told::says && concedes(*line, p.stance)) return;
        // The line's own verb where the position is the most of it, else a word behind it.
        if (line->told == Told::says && share(line->spans, p.content) >= kMost) {
          line->told = Told::wants;
          line->verb = stance;
          line->joined = false;
        } else if (line->verb != stance) {
          const std::string thing = words_.said("stance_thing", p.stance);
          if (std::find(line->tags.begin(), line->tags.end(), thing) == line->tags.end())
            line->tags.push_back(thing);
        }
        return;
      }
    Line line = line_of(Told::wants, p.id, p.holder, p.content, p.confidence);
    line.verb = words_.said(said_by_holder(r_, p) ? "stance_said" : "stance", p.stance);
    if (!p.condition.empty()) line.condition = text_of(p.condition);
    own_verb(line);
    if (const int teller = told_by(r_, p); teller >= 0) sources(line, {teller});
    line.text = with_condition(p, line.text, line.condition);
    put(std::move(line), p.id, p.explain);
  }

  // The sentences of a line that tell where somebody stands, and on which condition.
  void core(Line& line, const Position& p) const {
    if (line.condition.empty()) line.condition = text_of(p.condition);
    if (p.content.empty()) return;
    const Span sentence = sentence_around(words_, r_.article.text, p.content.front());
    for (Span piece : line.spans) {
      const Span both = {std::max(piece.begin, sentence.begin), std::min(piece.end, sentence.end)};
      if (both.begin >= both.end) continue;
      // In the order of the text, each once.
      const auto at = std::lower_bound(line.core.begin(), line.core.end(), both,
                                       [](Span a, Span b) { return a.begin < b.begin; });
      if (at == line.core.end() || at->begin != both.begin) line.core.insert(at, both);
    }
    line.core_text = text_of(line.core);
  }

  bool concedes(const Line& line, const std::string& stance) const {
    return std::any_of(r_.statements.begin(), r_.statements.end(), [&](const Statement& s) {
      return s.id == line.ids.front() && conceded(words_, text_of(s.cue), stance);
    });
  }

  // The verb of a clause that hangs on whose it is ("which had sought a delay"), or the line's own.
  std::string lead_verb(std::string& text, const std::string& verb) const {
    const std::string first = lower(text.substr(0, text.find(' ')));
    const bool lead = words_.said("lead", first) != first || first == verb;
    return lead ? cut_verb(words_, text) : "";
  }

  // Words that begin with the verb of an act, or follow it, are told by that: "criticized the
  // offer", not "opposed: criticized the offer"; "called for the port to be opened", not
  // "demanded: the port to be opened".
  void own_verb(Line& line) const {
    if (line.spans.size() != 1) return;
    if (std::string text = line.text, verb = lead_verb(text, line.verb); !verb.empty()) {
      line.verb = verb, line.text = text, line.joined = true;
      return;
    }
    const Span words = line.spans.front();
    for (const Event& e : r_.events) {
      const std::string word = lower(e.trigger.of(r_.article.text)),
                        verb = behind_doer(words_, word);
      const bool first = e.trigger.begin == words.begin && e.trigger.end < words.end;
      const bool before = words_.verbal(e.type) && words_.past(word) &&
                          e.trigger.end < words.begin && words.begin <= e.trigger.end + kVerbAway;
      if ((!first && !before) || verb.empty() || !has(e.source, line.who)) continue;
      line.verb = verb;
      line.text = tidy(Span{e.trigger.end, words.end}.of(r_.article.text));
      line.joined = true;
      return;
    }
  }

  void event(const Event& e) {
    const bool planned = e.status == "planned";
    if (sure(e.id) && told_in_another(e)) return;
    const Spans spans = act_words(r_, e, words_);
    Line line = line_of(planned ? Told::next : Told::does, e.id,
                        e.source.empty() ? -1 : e.source[0], spans, e.confidence);
    line.verb = planned ? "next" : "did";
    line.when = e.when;
    // Words that a line has already are told by what they mean.
    for (const Line& other : told_)
      if (planned && share(spans, other.spans) >= kMost) line.text = words_.thing(r_, e);
    const std::string status = planned ? "" : words_.said("status", e.status);
    if (std::string text = line.text,
        verb = planned || !begins(e, spans.front()) ? "" : cut_verb(words_, text);
        !verb.empty())
      line.verb = verb, line.text = text, line.joined = true;
    // What may be was not done.
    else if (!status.empty()) line.verb = status;
    if (!status.empty() && line.joined) line.tags.push_back(status);
    if (planned && e.when.empty()) line.tags.push_back("date not given");
    if (!planned || !past(e.when)) date(line, e.when, false);
    if (e.said_in >= 0) {
      const Statement& s = r_.statements[static_cast<size_t>(e.said_in)];
      if (s.speaker >= 0 && !has(e.source, s.speaker)) sources(line, {s.speaker});
    }
    put(std::move(line), e.id, e.explain);
  }

  // Is an act told by a line that stands already: the same act again, a statement whose words or
  // whose cue it is, a position that it takes?
  bool told_in_another(const Event& e) {
    if (e.status == "planned") return false;
    for (Line& line : told_) {
      const bool own = has(e.source, line.who);
      const bool retold = line.told == Told::does && own && same_act(line.ids.front(), e);
      const bool said = line.told != Told::does && e.said_in >= 0 &&
                        line.ids.front() == r_.statements[static_cast<size_t>(e.said_in)].id &&
                        share({e.span}, line.spans) >= kMost;
      const bool meant = own && (share(act_words(r_, e, words_), line.spans) >= kMost ||
                                 begins(e, line.spans.front()));
      if (!retold && !said && !meant && !(own && is_cue(r_, e, line.ids.front(), words_))) continue;
      (retold ? line.ids : line.within).push_back(e.id);
      return true;
    }
    return false;
  }

  bool same_act(const std::string& id, const Event& e) const {
    return std::any_of(r_.events.begin(), r_.events.end(), [&](const Event& x) {
      return x.id == id && is_retold(x, e) &&
             (!words_.verbal(e.type) || share({e.span}, {x.span}) >= kMost);
    });
  }

  // ---- the head ----

  // Sure acts, the report's own before what somebody tells, in the order of the text; each said
  // once.
  Head acts(const std::string& label, bool verbal, const std::set<int>& but = {}) const {
    Head out{label, {}};
    for (bool told : {false, true})
      for (const Event& e : r_.events) {
        if (!sure(e.id) || e.status != "occurred" || (e.said_in >= 0) != told) continue;
        if (words_.verbal(e.type) != verbal || e.source.empty() || !plain(r_, e)) continue;
        if (but.count(e.source[0])) continue;
        if (!verbal && e.target.empty() && (told || met_nobody(e))) continue;
        if (told_of_the_other(e)) continue;
        std::string thing = sentence_of(e);
        if (thing.empty()) continue;
        const std::string when = e.when.dated() ? e.when.words(year_) : "";
        if (!when.empty() && lower(thing).find(lower(when)) == std::string::npos)
          thing += " (" + when + ")";
        add(out, thing, e.id);
      }
    return out;
  }

  // "Officials met" tells nothing.
  bool met_nobody(const Event& e) const {
    return words_.said("mutual", e.type) != e.type && e.source.size() == 1 &&
           name(e.source[0]).find(' ') == std::string::npos;
  }

  // Does an earlier sure act tell the same with its sides turned? A meeting of two is one.
  bool told_of_the_other(const Event& e) const {
    if (words_.said("mutual", e.type) == e.type) return false;
    return std::any_of(r_.events.data(), &e, [&](const Event& other) {
      return sure(other.id) && with_sides_turned(other, e);
    });
  }

  // An act in plain words; where those are vague ("made a demand of") in the text's own, if they
  // begin with a verb that tells it; "" where neither is plain.
  std::string sentence_of(const Event& e) const {
    const bool bare = words_.verbal(e.type) && e.target.empty();  // "made a criticism"
    if (!bare && !words_.vague(e.type, e.mode)) return words_.sentence(r_, e);
    if (!words_.past(lower(e.trigger.of(r_.article.text)))) return "";
    const Spans own = act_words(r_, e, words_);
    if (own.front().begin != e.trigger.begin || own.front().end <= e.trigger.end) return "";
    return sentence_case(words_.names(r_, e.source)) + " " + shortened(text_of(own), kHeadWords);
  }

  static void add(Head& head, const std::string& thing, const std::string& id = "") {
    if (head.things.size() == kHead ||
        std::find(head.things.begin(), head.things.end(), thing) != head.things.end())
      return;
    head.things.push_back(thing);
    head.ids.push_back(id);
  }

  Head stands() const {
    Head out{"Stands", {}};
    std::vector<Line> lines;
    for (const Line& line : told_) {
      if (line.who < 0) continue;
      if (line.told == Told::wants) lines.push_back(line);
      else stands_in(line, lines);
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& a, const Line& b) { return a.margin > b.margin; });
    std::set<int> heard;
    for (const Line& line : lines)
      if (heard.insert(line.who).second)
        add(out,
            sentence_case(name(line.who)) + " " + line.verb + (line.joined ? " " : ": ") +
                shown(line, kHeadWords),
            line.ids.front());
    // Who has not been heard is told by acts of words.
    const Head words = acts("", true, heard);
    for (size_t i = 0; i < words.things.size(); ++i) add(out, words.things[i], words.ids[i]);
    return out;
  }

  // The positions that somebody's words take.
  void stands_in(const Line& told, std::vector<Line>& out) const {
    for (const Position& p : r_.positions) {
      if (std::find(told.within.begin(), told.within.end(), p.id) == told.within.end() ||
          concedes(told, p.stance))
        continue;
      Line line = line_of(Told::wants, p.id, told.who, p.content, p.confidence);
      line.verb = words_.said("stance_said", p.stance);
      line.condition = text_of(p.condition);
      line.text = with_condition(p, line.text, line.condition);
      if (const std::string first = line.text.substr(0, line.text.find(' '));
          words_.said("modal", first) != first)
        line.verb = cut_verb(words_, line.text), line.joined = true;
      line.margin = margin_of(p.id, p.confidence);
      out.push_back(std::move(line));
    }
  }

  Head next() const {
    Head out{"Next", {}};
    std::vector<const Event*> plans;
    for (const Event& e : r_.events)
      if (sure(e.id) && e.status == "planned" && !e.source.empty() && plain(r_, e) && !past(e.when))
        plans.push_back(&e);
    std::stable_sort(plans.begin(), plans.end(),
                     [](const Event* a, const Event* b) { return earlier(a->when, b->when); });
    const std::vector<std::string> lines = ahead(r_, plans, words_, year_);
    for (size_t i = 0; i < lines.size(); ++i)
      add(out, lines[i], i < plans.size() ? plans[i]->id : "");
    return out;
  }

  Head fresh() const {
    Head out{"New", {}};
    for (const Novelty& n : r_.novelty) {
      std::string thing = claim_words(r_, n, words_);
      // The headline stands above.
      if (title_of(r_.article.title, r_.article.text).starts_with(thing)) continue;
      if (!n.since.empty() && !says_since_when(r_, n, thing))
        thing += " since " + n.since.words(-1);
      add(out, thing);
    }
    return out;
  }

  std::vector<Head> head() const { return {acts("Done", false), stands(), next(), fresh()}; }

  // ---- the groups ----

  void group(Telling& out) {
    std::map<std::pair<int, std::string>, size_t> place;
    for (Line& line : told_) {
      auto [at, is_new] = place.emplace(std::pair(line.who, line.whom), out.groups.size());
      if (is_new) {
        Group g;
        g.who = line.who;
        if (line.who >= 0) {
          const Entity& e = evident_[static_cast<size_t>(line.who)];
          g.name = sentence_case(Words::called(e));
          g.standing = words_.standing(e);
        } else {
          g.name = sentence_case(shortened(line.whom, 60));
        }
        out.groups.push_back(std::move(g));
      }
      out.groups[at->second].lines.push_back(std::move(line));
    }
    for (Group& g : out.groups) share_tags(g);
    for (Group& g : out.groups)
      std::stable_sort(g.lines.begin(), g.lines.end(), [](const Line& a, const Line& b) {
        if (a.told != b.told) return a.told < b.told;
        if (a.told == Told::next && earlier(a.when, b.when) != earlier(b.when, a.when))
          return earlier(a.when, b.when);
        return a.spans.front().begin < b.spans.front().begin;
      });
    std::stable_sort(out.groups.begin(), out.groups.end(), [](const Group& a, const Group& b) {
      if ((a.who < 0) != (b.who < 0)) return b.who < 0;
      return a.lines.size() > b.lines.size();
    });
  }

  // What is said of each line of an actor is said once.
  static void share_tags(Group& g) {
    if (g.lines.size() < 2) return;
    for (const std::string& tag : std::vector<std::string>(g.lines.front().tags)) {
      const bool all = std::all_of(g.lines.begin(), g.lines.end(), [&](const Line& line) {
        return std::find(line.tags.begin(), line.tags.end(), tag) != line.tags.end();
      });
      if (!all) continue;
      g.tags.push_back(tag);
      for (Line& line : g.lines) std::erase(line.tags, tag);
    }
  }

  // Unsure lines whose words no other line has.
  void also(Telling& out) {
    std::stable_sort(apart_.begin(), apart_.end(), [](const Line& a, const Line& b) {
      const uint32_t left = a.spans.front().begin, right = b.spans.front().begin;
      return left != right ? left < right : earlier(a.when, b.when);
    });
    for (Line& line : apart_) {
      bool told = false;
      for (const Group& g : out.groups)
        for (const Line& other : g.lines) told |= share(line.spans, other.spans) >= kMost;
      for (const Line& other : out.also) told |= share(line.spans, other.spans) >= kMost;
      line.repeated = told;
      out.also.push_back(std::move(line));
    }
    std::stable_partition(out.also.begin(), out.also.end(),
                          [](const Line& l) { return l.near && !l.repeated; });
  }

  const Record& r_;
  const SureLimits& limits_;
  const Words& words_;
  int year_;
  std::set<std::string> sure_;
  std::vector<Entity> evident_;
  std::vector<uint32_t> breaks_;
  std::vector<Line> told_, apart_;
};

}  // namespace

Telling tell(const Record& record, const SureLimits& limits, const Words& words) {
  return Teller(record, limits, words).tell();
}

}  // namespace chancery::present
