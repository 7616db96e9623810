#include "reading/stands/positions.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"
#include "reading/stands/stance_signs.h"
#include "reading/two_decimals.h"

namespace chancery {
namespace {

using Words = std::unordered_set<std::string_view>;

const Words kFirst = {"i", "we", "us", "our"};
class Finder {
 public:
  Finder(const TreeView& t, const Stances& stances, std::vector<Conditional> conditions,
         const std::vector<FoundStatement>& statements, const JudgedWords& words,
         const Thresholds& least, const SignJudge& judge, const ReadingWatch* watch,
         Entities& entities)
      : t_(t),
        stances_(stances),
        words_(words),
        least_(least),
        judge_(judge),
        watch_(watch),
        conditions_(std::move(conditions)),
        statements_(statements),
        e_(entities),
        done_(t.size(), 0),
        cue_(t.size(), 0),
        hypothetical_(t.size(), 0) {
    for (const FoundStatement& s : statements) cue_[s.cue_verb] = !s.heard_alone;
    for (const Conditional& c : conditions_)
      for (int i = c.range.begin; i < c.range.end; ++i) hypothetical_[i] = 1;
  }

  std::vector<Position> run() {
    for (size_t s = 0; s < statements_.size(); ++s)
      if (!statements_[s].heard_alone)
        statement(static_cast<int>(s));  // what is merely thought or hoped is no position yet
    narration();
    stages();
    judge();
    std::stable_sort(found_.begin(), found_.end(), [](const Position& a, const Position& b) {
      return a.content[0].begin < b.content[0].begin;
    });
    std::vector<Position> out;
    for (Position& p : found_) {
      bool twice = false;
      for (Position& o : out) {
        if (o.holder != p.holder || o.stance != p.stance || !o.content[0].overlaps(p.content[0]) ||
            !(o.content[0].contains(p.content[0]) || p.content[0].contains(o.content[0])))
          continue;
        twice = true;
        // The stages that one telling has belong to both.
        if (o.stages.empty()) o.stages = p.stages;
      }
      if (twice || p.holder < 0) continue;
      // One refusal told in several clauses of one breath.
      if (!out.empty() && p.stance == "rejects" && p.said_in >= 0 && p.condition.empty()) {
        Position& last = out.back();
        bool near = p.content[0].begin >= last.content[0].end &&
                    p.content[0].begin - last.content[0].end < 12;
        if (last.stance == "rejects" && last.holder == p.holder && last.said_in == p.said_in &&
            near && (p.toward.empty() || p.toward == last.toward)) {
          last.content[0].end = p.content[0].end;
          continue;
        }
      }
      p.id = "p" + std::to_string(out.size() + 1);
      out.push_back(std::move(p));
    }
    return out;
  }

 private:
  struct Condition {
    int clause = -1;
    Span span;
    const Conditional* found = nullptr;
  };

  Condition taken(const Conditional& c) const { return {c.clause, t_.trimmed(c.range), &c}; }

  // Does what hangs on `main` hang on `predicate`? Upward from either through complements and
  // shared conjuncts, never through a verb of saying ("there is no reason we cannot": the clause
  // above introduces the one below).
  bool one_clause(int main, int predicate) const {
    auto climbs = [&](int from, int to, bool nominal) {
      for (int at = from, steps = 0; at >= 0 && steps < 6; ++steps) {
        if (at == to) return true;
        if (at != from && is_cue(at)) return false;
        bool link = t_.is_any(at, {"ccomp", "xcomp", "acl", "csubj"}) ||
                    (nominal && t_.is_any(at, {"obj", "obl", "nmod"})) ||
                    (t_.is(at, "conj") && t_.child(at, {"nsubj"}) < 0);
        if (!link) return false;
        at = t_[at].head;
      }
      return false;
    };
    return climbs(main, predicate, true) || climbs(predicate, main, false);
  }

  // The condition on which a predicate hangs; clause -1 if none.
  Condition condition_of(int predicate) const {
    if (hypothetical_[predicate]) return {};
    const Sentence& s = t_.sentence(predicate);
    for (bool phrases : {false, true})
      for (const Conditional& c : conditions_) {
        if (c.phrase != phrases || c.range.begin < s.begin || c.range.begin >= s.end) continue;
        if (c.main >= 0 && !is_cue(c.main) && !hypothetical_[c.main]) {
          if (one_clause(c.main, predicate)) return taken(c);
          continue;
        }
        // The tree hangs it on the verb of saying or on nothing: the nearest clause of the sentence
        // then.
        bool between = false;
        for (int k = std::min(c.range.end, predicate + 1); k < std::max(c.range.begin, predicate);
             ++k)
          between |= t_.is(k, "nsubj") && t_[k].head != predicate && !is_cue(t_[k].head) &&
                     k >= c.range.end;
        if (!between && std::abs(predicate - c.clause) < 30) return taken(c);
      }
    return {};
  }

  bool is_cue(int token) const { return cue_[token] != 0; }

  // The clause of a predicate without its condition, its complementiser, other clauses joined to
  // it.
  TreeView::Range clause(int predicate, bool with_subject = true) const {
    TreeView::Range r = t_.subtree_without(predicate, [&](int at, int c) {
      if (at == predicate && (t_.is_any(c, {"mark", "parataxis", "cc", "punct", "discourse"})))
        return true;
      if (at == predicate && t_.is(c, "conj") && (t_.child(c, {"nsubj"}) >= 0)) return true;
      if (hypothetical_[c] && !hypothetical_[predicate]) return true;
      if (is_cue(c) && t_.is_any(c, {"parataxis", "conj", "advcl"})) return true;
      if (!with_subject && at == predicate && t_.is_any(c, {"nsubj", "aux", "advmod", "advcl"}) &&
          c < predicate)
        return true;
      return false;
    });
    return r;
  }

  bool same_side(int who, int speaker) {
    if (who < 0 || speaker < 0) return false;
    if (who == speaker) return true;
    const Actor &a = e_.entities()[who].actor, &b = e_.entities()[speaker].actor;
    const std::string& kind = e_.entities()[who].kind;
    if (kind == "organization" &&
        (a.country == "EUR" || a.country == "UNO" || a.country == "IGO") && a.country == b.country)
      return true;
    return !a.country.empty() && a.country == b.country &&
           (kind == "place" || (kind == "organization" && a.sector == "GOV")) &&
           (b.sector == "GOV" || b.sector == "LEG" || b.sector == "MIL" || b.sector == "PTY");
  }

  int subject_entity(int predicate, int& token) const {
    token = t_.subject(predicate);
    if (token < 0) return -1;
    return e_.actor_at(token);
  }

  bool first_person(int token) const {
    return token >= 0 && kFirst.count(lower(t_[token].form)) > 0;
  }

  std::string topic(int predicate) const {
    int noun = t_.child(predicate, {"obj", "xcomp", "ccomp", "obl"});
    if (noun < 0) noun = t_.noun(predicate) ? predicate : t_.child(predicate, {"nsubj"});
    for (int steps = 0; noun >= 0 && !t_.noun(noun) && steps < 4; ++steps) {
      int inner = t_.child(noun, {"obj", "xcomp", "obl", "nsubj"});
      if (inner < 0) break;
      noun = inner;
    }
    if (noun < 0) noun = predicate;
    TreeView::Range r = t_.subtree_without(noun, [&](int at, int c) {
      return t_.is_any(c, {"acl", "appos", "parataxis", "conj", "cc", "case", "punct", "det",
                           "nmod:poss", "advcl", "mark", "cop", "nsubj", "aux", "ccomp"}) &&
             at == noun;
    });
    std::string text =
        squeeze(t_.trimmed({r.begin, std::min(r.end, r.begin + 7)}).of(t_.document().text));
    // A pronoun is no topic: then the act itself ("sit down together").
    if (t_.tag(noun, "PRP") || !t_.noun(noun)) {
      TreeView::Range act = t_.subtree_without(predicate, [&](int at, int c) {
        return at == predicate && !t_.is_any(c, {"obj", "obl", "compound:prt", "advmod"});
      });
      act.begin = std::max(act.begin, predicate);
      text =
          squeeze(t_.trimmed({act.begin, std::min(act.end, act.begin + 5)}).of(t_.document().text));
    }
    return lower(text);
  }

  std::vector<int> others(TreeView::Range r, int holder) {
    std::vector<int> out;
    for (int i = r.begin; i < r.end; ++i) {
      const Mention* m = e_.mention_at(i);
      if (!m || m->head != i || m->entity < 0 || m->entity == holder ||
          same_side(m->entity, holder))
        continue;
      const Entity& x = e_.entities()[m->entity];
      if (x.actor.country.empty() && x.kind != "person" && x.kind != "group") continue;
      if (std::find(out.begin(), out.end(), m->entity) == out.end()) out.push_back(m->entity);
      if (out.size() == 3) break;
    }
    return out;
  }

  void add(int holder, const std::string& stance, TreeView::Range r, int predicate, int said_in,
           const Condition& condition, const std::string& why, int toward = -1) {
    if (holder < 0 || r.end <= r.begin) return;
    Position p;
    p.holder = holder;
    p.stance = stance;
    p.content = {t_.trimmed(r)};
    if (condition.clause >= 0 && !condition.span.contains(p.content[0]))
      p.condition = {condition.span};
    p.topic = topic(predicate);
    if (toward >= 0 && toward != holder) p.toward = {toward};
    else p.toward = others(r, holder);
    p.said_in = said_in;
    p.explain = why;
    done_[predicate] = 1;
    found_.push_back(std::move(p));
  }

  // "If Olm opens the port": what is asked of Olm.
  void demand_of_condition(const Condition& c, int holder, int said_in) {
    if (c.clause < 0 || !c.found || c.found->mark == "in") return;
    if (c.found->phrase) {
      // "without the return of the town": what must come first.
      TreeView::Range r = c.found->range;
      if (c.found->mark == "without" && t_.noun(c.clause) && t_.oblique(c.clause, "of") >= 0)
        add(holder, "demands", {r.begin + 1, r.end}, c.clause, said_in, {},
            "what must come first is a demand");
      return;
    }
    bool order = c.found->mark == "order";
    int token;
    int who = order ? -1 : subject_entity(c.clause, token);
    if (!order && t_.noun(c.clause) && token < 0)
      for (int i = c.found->range.begin; i < c.found->range.end && who < 0; ++i) who = e_.at(i);
    if (!order && (who < 0 || same_side(who, holder) || t_.passive(c.clause))) return;
    if (!order && (e_.entities()[who].kind == "event" || e_.entities()[who].kind == "other"))
      return;
    // "unless he refuses": what is feared is not asked for.
    if (c.found->mark == "unless" && any_lemma(c.found->range, stances_.hostile)) return;
    TreeView::Range r = c.found->range;
    if (!order) {
      int subject = t_.child(c.clause, {"nsubj"});
      if (subject >= r.begin && subject < r.end) r.begin = t_.subtree(subject).begin;
      else
        while (r.begin < r.end &&
               (t_.is(r.begin, "mark") || t_.is(r.begin, "advmod") ||
                is_punctuation(t_[r.begin].form)) &&
               r.begin < c.clause)
          ++r.begin;
    }
    add(holder, "demands", r, c.clause, said_in, {}, "condition laid on another is a demand", who);
  }

  bool any_lemma(TreeView::Range r, const Stances::Words& words) const {
    for (int i = r.begin; i < r.end; ++i)
      if (words.count(std::string(t_.lemma(i))) || words.count(lower(t_[i].form))) return true;
    return false;
  }

  // The stance of a verb with its particle ("turned down"), or with the preposition it needs
  // ("called for").
  std::string_view stance_of(int v) const {
    std::string_view lemma = t_.lemma(v);
    int particle = t_.child(v, {"compound:prt"});
    if (particle >= 0) return stances_.of(lemma, lower(t_[particle].form));
    for (int c : t_.children(v))
      if (t_.is_any(c, {"obl", "advcl", "xcomp", "ccomp"}) && c > v)
        for (const std::string& word : {t_.case_of(c), t_.mark_of(c)})
          if (std::string_view with = stances_.of(lemma, word); !word.empty() && !with.empty())
            return with;
    return stances_.of(lemma);
  }

  // "called it blackmail": a naming, no call for something.
  bool names(int cue) const {
    return t_.lemma(cue) == "call" && t_.child(cue, {"obj"}) >= 0 &&
           t_.child(cue, {"xcomp"}) >= 0 && t_.oblique(cue, "for") < 0 && t_.oblique(cue, "on") < 0;
  }

  void statement(int s) {
    const FoundStatement& f = statements_[s];
    int speaker = f.statement.speaker;
    if (speaker < 0) return;
    std::string_view cue = t_.lemma(f.cue_verb);
    Span first = f.statement.content[0];
    TreeView::Range whole = t_.range_of(first);
    if (whole.end <= whole.begin) return;
    // The cue itself takes the stance: urged, called for, vowed, warned of.
    bool urge = cue == "urge" || cue == "demand" || cue == "call" || cue == "order" ||
                cue == "instruct" || cue == "request" || cue == "appeal" || cue == "plead";
    if (names(f.cue_verb)) urge = false;
    bool to_clause = f.content_head >= 0 && (t_.is_any(f.content_head, {"xcomp", "advcl"}) ||
                                             cue == "call" || cue == "appeal");
    if ((urge && f.content_head >= 0) ||
        (cue == "ask" && to_clause && t_.mark_of(f.content_head) == "to")) {
      int to = f.statement.to.empty() ? -1 : f.statement.to[0];
      if (to < 0) {
        std::vector<int> who = others(whole, speaker);
        if (!who.empty()) to = who[0];
      }
      add(speaker, "demands", whole, f.content_head, s, condition_of(f.content_head),
          "cue '" + std::string(cue) + "'", to);
      return;
    }
    if ((cue == "warn" || cue == "threaten" || cue == "caution")) {
      int predicate = f.content_head >= 0 ? f.content_head : whole.begin;
      Condition c = condition_of(predicate);
      TreeView::Range r =
          f.content_head >= 0 && t_.verb(f.content_head) ? clause(f.content_head) : whole;
      add(speaker, "warns", r, predicate, s, c, "cue '" + std::string(cue) + "'",
          f.statement.to.empty() ? -1 : f.statement.to[0]);
      return;
    }
    if ((cue == "vow" || cue == "pledge" || cue == "promise" || cue == "offer") &&
        f.content_head >= 0) {
      // "vowed Saturday to fight": the act, whatever stands before it.
      int act = f.content_head, infinitive = t_.child(f.cue_verb, {"xcomp"});
      if (!t_.verb(act) && infinitive >= whole.begin && infinitive < whole.end) act = infinitive;
      Condition condition = condition_of(act);
      if (condition.clause >= 0 && condition.found->range.begin > act)
        whole.end = std::min(whole.end, condition.found->range.begin);
      bool refusal = t_.negated(act);
      add(speaker, refusal ? "rejects" : "offers", whole, act, s, condition,
          "cue '" + std::string(cue) + "'");
      demand_of_condition(condition, speaker, s);
      return;
    }
    // "insisted that the roads remain open", "demanded that he resign": what is asked for in the
    // subjunctive.
    if ((cue == "insist" || cue == "demand") && f.content_head >= 0 &&
        t_.is(f.content_head, "ccomp") && t_.modal(f.content_head).empty() &&
        (t_.tag(f.content_head, "VB") && !t_.tag(f.content_head, "VBZ") &&
         !t_.tag(f.content_head, "VBD") && !t_.tag(f.content_head, "VBN")) &&
        t_.tag(f.cue_verb, "VBD")) {
      int token, who = subject_entity(f.content_head, token);
      add(speaker, "demands", clause(f.content_head), f.content_head, s,
          condition_of(f.content_head), "'" + std::string(cue) + "' with the subjunctive", who);
      return;
    }
    if (int object = t_.child(f.cue_verb, {"obj"});
        (cue == "express" || cue == "voice" || cue == "reiterate" || cue == "reaffirm") &&
        object >= 0) {
      static const Words backing = {"support", "solidarity", "backing"},
                         against = {"opposition", "outrage", "anger"};
      bool for_it = backing.count(t_.lemma(object)) > 0;
      if (for_it || against.count(t_.lemma(object))) {
        add(speaker, for_it ? "supports" : "opposes",
            {f.cue_verb, std::max(whole.end, t_.subtree(object).end)}, object, s, {},
            "'" + std::string(cue) + " " + std::string(t_.lemma(object)) + "'");
        return;
      }
    }
    if ((cue == "propose" || cue == "suggest" || cue == "recommend") && f.content_head >= 0 &&
        (t_.modal(f.content_head) == "should" || cue == "propose")) {
      bool should = t_.modal(f.content_head) == "should";
      int token, who = subject_entity(f.content_head, token);
      add(speaker, should && who >= 0 && who != speaker ? "demands" : "proposes",
          clause(f.content_head), f.content_head, s, condition_of(f.content_head),
          "cue '" + std::string(cue) + "'", who);
      return;
    }
    bool stance_given = false;
    for (Span content : f.statement.content) {
      TreeView::Range r = t_.range_of(content);
      for (int i = r.begin; i < r.end; ++i) stance_given |= predicate(i, s, speaker, r);
    }
    if (stance_given) return;
    // Judged good or bad as a whole.
    bool as = cue == "describe" || cue == "call" || cue == "brand" || cue == "label" ||
              cue == "denounce" || cue == "dismiss" || cue == "praise" || cue == "view" ||
              cue == "portray";
    bool good = any_lemma(whole, stances_.good), bad = any_lemma(whole, stances_.bad);
    bool negated = f.content_head >= 0 && t_.negated(f.content_head);
    if (as && f.content_head >= 0 && (good != bad)) {
      TreeView::Range from{f.cue_verb, whole.end};
      if (f.cue_verb < whole.begin)
        add(speaker, good ? "supports" : "opposes", from, f.content_head, s, {},
            "judgement after '" + std::string(cue) + "'");
    } else if (!as && good != bad && !negated) {
      int head = f.content_head;
      if (head < 0)
        for (int i = whole.begin; i < whole.end && head < 0; ++i)
          if (t_[i].head < whole.begin || t_[i].head >= whole.end) head = i;
      if (head >= 0) {
        TreeView::Range r = clause(head);
        r.begin = std::max(r.begin, whole.begin);
        r.end = std::min(r.end, whole.end);
        if (any_lemma(r, stances_.good) || any_lemma(r, stances_.bad))
          add(speaker, good ? "supports" : "opposes", r, head, s, {},
              good ? "word of approval" : "word of disapproval");
      }
    } else if (cue == "express" || cue == "voice") {
      std::string object = lower(f.statement.cue[0].of(t_.document().text));
      if (object.find("concern") != std::string::npos ||
          object.find("opposition") != std::string::npos ||
          object.find("anger") != std::string::npos)
        add(speaker, "opposes", whole, f.content_head >= 0 ? f.content_head : whole.begin, s, {},
            "'" + object + "'");
      if (object.find("support") != std::string::npos || object.find("hope") != std::string::npos)
        add(speaker, "supports", whole, f.content_head >= 0 ? f.content_head : whole.begin, s, {},
            "'" + object + "'");
    }
  }

  // "no road is safe"
  bool no_subject(int predicate) const {
    int subject = t_.child(predicate, {"nsubj"});
    if (subject >= 0)
      for (int c : t_.children(subject))
        if (t_.is(c, "det") && t_.lemma(c) == "no") return true;
    return false;
  }

  // "The siege must be lifted before we would discuss a map": the offer of the second with the
  // first as its condition.
  void offer_after_demand(int predicate, int s, int speaker) {
    for (int c : t_.children(predicate)) {
      if (!t_.is(c, "advcl") || c < predicate || t_.mark_of(c) != "before") continue;
      std::string_view modal = t_.modal(c);
      if (modal != "would" && modal != "will" && modal != "can" && modal != "could") continue;
      TreeView::Range first = clause(predicate), second = clause(c);
      int before = t_.child(c, {"mark"});
      if (before > predicate) {
        first.end = std::min(first.end, before);
        second.begin = std::max(second.begin, before + 1);
      }
      Condition condition;
      condition.clause = predicate;
      condition.span = t_.trimmed(first);
      add(speaker, "offers", second, c, s, condition, "what would follow a demand");
    }
  }

  // One clause of what was said. True when it gave a position.
  bool predicate(int i, int s, int speaker, TreeView::Range limit) {
    if (done_[i]) return false;
    bool copular = t_.child(i, {"cop"}) >= 0 || t_.child(i, {"expl"}) >= 0;
    if (!t_.verb(i) && !copular) return false;
    if (t_.is_any(i, {"aux", "cop", "amod", "compound"})) return false;
    if (is_cue(i)) return false;
    // Clauses of conditions and relative clauses are not what is put forward.
    for (int at = i, steps = 0; at >= 0 && steps < 6; ++steps, at = t_[at].head) {
      if (t_.is(at, "advcl") && at >= limit.begin && at < limit.end) return false;
      if (t_.is(at, "acl:relcl") || std::string_view(t_[at].relation) == "acl:relcl") {
        if (at != i || t_.lemma(t_[at].head) != "reason") return false;
      }
      if (at == t_[at].head || at < limit.begin || at >= limit.end) break;
    }
    int subject_token;
    int who = subject_entity(i, subject_token);
    bool own = first_person(subject_token) || same_side(who, speaker);
    // "a meeting with Olm": the noun is nobody, though somebody stands in its phrase.
    const Mention* subject_mention = subject_token >= 0 ? e_.mention_at(subject_token) : nullptr;
    bool somebody = who >= 0 && subject_mention && subject_mention->head == subject_token;
    std::string_view modal = t_.modal(i);
    bool negated = t_.negated(i);
    for (int c : t_.children(i)) negated |= t_.is(c, "det") && t_.lemma(c) == "no" && copular;
    // "would accept no mediation"
    if (int object = t_.child(i, {"obj"}); object >= 0)
      for (int c : t_.children(object)) negated |= t_.is(c, "det") && t_.lemma(c) == "no";
    // "would let no inspector in": the tree may give the object to the verb below.
    if (int below = t_.child(i, {"ccomp", "xcomp"}); t_.lemma(i) == "let" && below >= 0)
      for (int k = i + 1; k < std::min(t_.size(), i + 3); ++k) negated |= lower(t_[k].form) == "no";
    std::string_view lemma = t_.lemma(i);
    if (hypothetical_[i]) return false;
    Condition condition = condition_of(i);
    TreeView::Range r = clause(i);
    if (condition.clause >= 0) {
      if (condition.found->range.begin > i) r.end = std::min(r.end, condition.found->range.begin);
      else if (condition.found->range.end <= i)
        r.begin = std::max(r.begin, condition.found->range.end);
    }
    r.begin = std::max(r.begin, limit.begin);
    r.end = std::min(r.end, limit.end);
    auto put = [&](const char* stance, const std::string& why, int toward = -1) {
      add(speaker, stance, r, i, s, condition, why, toward);
      if (std::string(stance) == "offers" || std::string(stance) == "accepts" ||
          std::string(stance) == "rejects")
        demand_of_condition(condition, speaker, s);
      return true;
    };
    if (r.end <= r.begin) return false;
    // What cannot succeed unless the other moves is a warning, not an offer.
    bool fails = any_lemma(r, stances_.failing) ||
                 (negated && any_lemma(r, {"possible", "succeed", "work", "move"}));
    if (condition.clause >= 0 && fails && !own) {
      put("warns", "what fails unless a condition is met");
      demand_of_condition(condition, speaker, s);
      return true;
    }
    // "not going to"
    if (lemma == "go" && negated && own && t_.child(i, {"xcomp"}) > i)
      return put("rejects", "'not going to'");
    // "is opposed to"
    if (lower(t_[i].form) == "opposed" && t_.oblique(i, "to") > i) {
      if (!own && who >= 0 && e_.entities()[who].kind != "event")
        add(who, "opposes", r, i, s, {}, "'opposed to'");
      else put("opposes", "'opposed to'");
      return true;
    }
    // "there is no reason we cannot …": two refusals make an offer.
    int reason = -1;
    for (int k = std::max(limit.begin, i - 6); k < i; ++k)
      if (t_.lemma(k) == "reason" && k > 0 && lower(t_[k - 1].form) == "no") reason = k;
    if (reason >= 0 && negated) {
      r.begin = std::max(limit.begin, reason - 1);
      for (int k = r.begin - 1; k >= limit.begin && k >= r.begin - 3; --k)
        if (lower(t_[k].form) == "there" || lower(t_[k].form) == "sees" ||
            lower(t_[k].form) == "see") {
          if (lower(t_[k].form) == "there") r.begin = k;
          break;
        }
      if (condition.clause < 0 && t_[reason].head >= 0) condition = condition_of(t_[reason].head);
      done_[reason] = 1;
      return put("offers", "'no reason' with a negated clause");
    }
    if (lemma == "reason" ||
        (t_.child(i, {"nsubj"}) >= 0 && t_.lemma(t_.child(i, {"nsubj"})) == "reason"))
      return false;
    // "There can be no …", "no intention of", "no willingness to"
    int expletive = t_.child(i, {"expl"});
    int complement = t_.noun(i)        ? i
                     : lemma == "have" ? t_.child(i, {"obj"})
                                       : t_.child(i, {"nsubj", "obj"});
    bool no_complement = false;
    if (complement >= 0)
      for (int c : t_.children(complement)) no_complement |= t_.lemma(c) == "no" && t_.is(c, "det");
    if (complement > 0) no_complement |= lower(t_[complement - 1].form) == "no";
    if (expletive >= 0 && (no_complement || negated) &&
        (modal == "can" || modal == "will" || modal == "could" || modal == "would" ||
         modal == "must"))
      return put("rejects", "'there can be no'");
    if (expletive >= 0 && (no_complement || negated) && condition.clause >= 0 &&
        condition.found->mark == "without")
      return put("rejects", "'there is no' without something");
    if (lemma == "have" && no_complement && complement >= 0 && (own || who < 0)) {
      std::string_view c = t_.lemma(complement);
      if (c == "intention" || c == "plan" || c == "willingness" || c == "occasion" ||
          c == "interest" || c == "desire" || c == "reason" || modal == "will")
        return put("rejects", "'no " + std::string(c) + "'");
    }
    if (modal == "must" || modal == "should" || modal == "ought" || lemma == "need" ||
        (lemma == "have" && t_.child(i, {"xcomp"}) >= 0)) {
      if (lemma == "need" && t_.child(i, {"xcomp", "obj"}) < 0) return false;
      if (lemma == "have" &&
          (t_.child(i, {"xcomp"}) < 0 || t_.mark_of(t_.child(i, {"xcomp"})) != "to" || own))
        return false;
      if (first_person(subject_token) && lower(t_[subject_token].form) == "i") return false;
      // "We should expand exchanges": a plan for both.
      if (first_person(subject_token) && modal != "must")
        return put("proposes", "'we " + std::string(modal.empty() ? lemma : modal) + "'");
      if (t_.lemma(i) == "have" && t_.child(i, {"obj"}) >= 0) return false;
      for (int c : t_.children(i))
        if (t_.is(c, "advcl") && c > i && t_.mark_of(c) == "before" && !t_.modal(c).empty()) {
          r.end = std::min(r.end, t_.child(c, {"mark"}));
          offer_after_demand(i, s, speaker);
        }
      return put("demands", "'" + std::string(modal.empty() ? lemma : modal) + "'", who);
    }
    bool promise = modal == "will" || modal == "would" || modal == "shall" || modal == "'ll";
    // "If these ships come again, we will publish every track": a promise that hangs on what is
    // feared.
    if (condition.clause >= 0 && own && promise && !negated && !condition.found->phrase &&
        !stances_.friendly.count(std::string(lemma)) &&
        (condition.found->negative || any_lemma(condition.found->range, stances_.hostile)))
      return put("warns", "a promise with a condition that is feared");
    // "If it does not leave, it will be taught a lesson"; "until they go, no road is safe".
    if (condition.clause >= 0 && !own && !condition.found->phrase) {
      int subject_of_condition;
      int feared = subject_entity(condition.clause, subject_of_condition);
      bool others_act = feared >= 0 && !same_side(feared, speaker);
      if (others_act && promise && !negated &&
          (condition.found->negative || any_lemma(condition.found->range, stances_.hostile)))
        return put("warns", "what will follow if another does what is feared");
      if (others_act && modal.empty() &&
          (condition.found->mark == "until" || condition.found->mark == "unless") &&
          (negated || no_subject(i)))
        return put("warns", "what fails until another moves");
    }
    // "could live with", "would not object"
    if (own && ((lemma == "live" && t_.oblique(i, "with") > i) || (lemma == "object" && negated)))
      return put("accepts", lemma == "live" ? "'live with'" : "'not object'");
    if (stances_.ready.count(lower(t_[i].form)) && own) {
      if (negated) return put("rejects", "'not " + lower(t_[i].form) + " to'");
      return put("offers", "'" + lower(t_[i].form) + " to'");
    }
    std::string_view stance = stance_of(i);
    if (!stance.empty() && t_.verb(i) && !(t_.tag(i, "VBG") && t_.child(i, {"aux"}) < 0)) {
      std::string_view kind = stance;
      bool conditional_act =
          modal == "would" || modal == "could" || modal == "will" || modal == "can";
      // "The visit offers a chance": things take no stance.
      if (who < 0 && subject_token >= 0 && t_.noun(subject_token)) return false;
      int holder = own || who < 0 ? speaker : who;
      const std::string& holder_kind = e_.entities()[holder].kind;
      bool person_like = holder_kind != "event" && holder_kind != "other";
      if (person_like && (lemma != "agree" || conditional_act) && !(kind == "warns") &&
          !(lemma == "hope" && negated) && !t_.passive(i) && !(lemma == "suggest") &&
          !(lemma == "dismiss" && t_.child(i, {"obj"}) < 0)) {
        if (negated) {
          if (kind == "accepts" || kind == "supports" || kind == "offers") kind = "rejects";
          else if (kind == "rejects" || kind == "opposes") return false;
          else return false;
        }
        if (own || conditional_act || holder == speaker) {
          if (own || who < 0 || holder == speaker)
            return put(kind.data(), "'" + std::string(lemma) + "'");
        }
        if (kind != "offers" && kind != "proposes" &&
            t_.child(i, {"obj", "xcomp", "ccomp", "obl"}) >= 0) {
          add(holder, kind.data(), r, i, s, condition,
              "'" + std::string(lemma) + "' told of another");
          return true;
        }
      }
    }
    if (negated &&
        (modal == "will" || modal == "would" || modal == "can" || modal == "could" ||
         modal == "shall") &&
        (own || first_person(subject_token)))
      return put("rejects", "'" + std::string(modal) + " not'");
    if (any_lemma(r, stances_.harm) && (modal == "will" || modal == "would" || modal == "could") &&
        !negated)
      return put("warns", "word of harm with '" + std::string(modal) + "'");
    if (condition.clause >= 0 &&
        (modal == "would" || modal == "will" || modal == "could" || modal == "can" ||
         modal == "may" || modal == "might") &&
        !negated) {
      int clause_subject;
      int whose = subject_entity(condition.clause, clause_subject);
      // What one would do if another moved; or what could happen then.
      bool other_moves = whose >= 0 && !same_side(whose, speaker);
      if (own || ((other_moves || t_.passive(i)) && !somebody))
        return put("offers", "'" + std::string(modal) + "' with a condition");
    }
    // "we will share every measurement": what is promised for the other, without a condition.
    if (own && promise && !negated && stances_.giving.count(std::string(lemma)) && !t_.passive(i) &&
        t_.child(i, {"obj", "obl"}) >= 0)
      return put("offers", "'" + std::string(modal) + "' with a friendly act");
    return false;
  }

  // The reporter's own telling: "Olm wants …", "who opposes …", "criticized …".
  void narration() {
    for (int v = 0; v < t_.size(); ++v) {
      if (done_[v] || !t_.verb(v) || t_.is_any(v, {"aux", "cop", "amod"})) continue;
      std::string_view stance = stance_of(v);
      bool inside = false;
      for (const FoundStatement& f : statements_)
        for (Span c : f.statement.content) inside |= c.contains(t_[v].span);
      if (inside || is_cue(v)) continue;
      int token = t_.passive(v) ? t_.oblique(v, "by") : t_.subject(v);
      int holder = token >= 0 ? e_.actor_at(token) : -1;
      if (holder < 0) continue;
      const Entity& h = e_.entities()[holder];
      if (h.kind == "event" || h.kind == "other") continue;
      std::string_view modal = t_.modal(v);
      bool negated = t_.negated(v);
      TreeView::Range r = clause(v, false);
      r.begin = std::max(r.begin, std::min(v, r.begin));
      if (r.begin < v - 3) r.begin = v;
      if (lower(t_[v].form) == "opposed" && t_.oblique(v, "to") > v) {
        add(holder, "opposes", {v, clause(v).end}, v, -1, {},
            "'opposed to' in the report's own words");
        continue;
      }
      if (stance.empty()) {
        // "will not sit down with", "would not recognize"
        if (negated && (modal == "will" || modal == "would") &&
            t_.child(v, {"obj", "obl", "xcomp"}) >= 0)
          add(holder, "rejects", clause(v), v, -1, condition_of(v),
              "'" + std::string(modal) + " not'");
        continue;
      }
      std::string kind(stance);
      std::string_view lemma = t_.lemma(v);
      if (kind == "warns" || lemma == "suggest" || lemma == "press" || lemma == "require") continue;
      if (t_.is(v, "xcomp") || t_.is(v, "amod")) continue;
      if (t_.child(v, {"obj", "xcomp", "ccomp", "obl", "advcl"}) < 0) continue;
      if ((lemma == "agree" || lemma == "offer" || lemma == "promise" || lemma == "pledge" ||
           lemma == "vow") &&
          t_.child(v, {"xcomp", "obj"}) < 0 &&
          (t_.child(v, {"advcl"}) < v || t_.mark_of(t_.child(v, {"advcl"})) != "to"))
        continue;
      if (lemma == "insist" && t_.oblique(v, "on") < 0) continue;
      if (lemma == "back" && t_.child(v, {"obj"}) < 0) continue;
      if (negated) {
        if (kind == "accepts" || kind == "supports") kind = "rejects";
        else continue;
      }
      bool own = lemma == "hope" || lemma == "want";
      add(holder, kind, own ? clause(v) : r, v, -1, condition_of(v),
          "'" + std::string(lemma) + "' in the report's own words");
    }
  }

  // "three-step roadmap of “freeze, reduction, dismantlement”"
  void stages() {
    static const Words plans = {"step",     "stage",    "phase",   "roadmap", "plan",  "process",
                                "proposal", "approach", "formula", "phased",  "staged"};
    for (const Sentence& s : t_.document().sentences) {
      int plan = -1;
      bool counted = false;
      for (int i = s.begin; i < s.end; ++i) {
        std::string low = lower(t_[i].form);
        if (plans.count(t_.lemma(i)) || plans.count(low)) {
          if (plan < 0 || t_.lemma(i) == "roadmap" || t_.lemma(i) == "plan") plan = i;
          counted |= t_.lemma(i) == "step" || t_.lemma(i) == "stage" || t_.lemma(i) == "phase" ||
                     low == "phased" || low == "staged";
        }
      }
      if (plan < 0 || !counted) continue;
      // Items apart by commas, one to four words each, after the plan.
      std::vector<std::string> items;
      int begin = -1, end = -1, item = -1;
      // "a plan in three phases: …", "would proceed in three stages: …": the list begins behind its
      // mark.
      int from = plan + 1;
      for (int i = plan + 1; i < std::min(s.end, plan + 9); ++i)
        if (t_[i].form == ":" || t_[i].form == "(") {
          from = i + 1;
          break;
        }
      for (int i = from; i <= s.end; ++i) {
        std::string_view f = i < s.end ? t_[i].form : std::string_view(".");
        bool mark = f == "," || f == "." || f == "”" || f == "\"" || f == "“" || f == ":" ||
                    f == ";" || f == "and" || f == "then" || f == "(" || f == ")" || f == "of" ||
                    f == "--" || f == "–" || f == "—";
        if (!mark) {
          if (item < 0) item = i;
          if (i - item > 3) break;
          if (t_.verb(i) && t_.child(i, {"nsubj"}) >= 0) break;
          continue;
        }
        if (item >= 0) {
          bool noun = false;
          for (int k = item; k < i; ++k) noun |= t_.noun(k) || t_.tag(k, "VBG") || t_.tag(k, "VB");
          if (!noun) {
            if (!items.empty()) break;
          } else {
            items.push_back(squeeze(t_.span({item, i}).of(t_.document().text)));
            if (begin < 0) begin = item;
            end = i;
            item = -1;
            if ((f == "." || f == "”" || f == "\"" || f == ";" || f == ")") && items.size() >= 2)
              break;
            if (f == "of" || f == ":" || f == "(" || f == "“") items.clear(), begin = -1;
            continue;
          }
          item = -1;
        }
      }
      if (items.size() < 2 || end < 0) continue;
      int possessor = t_.child(plan, {"nmod:poss"});
      int holder = possessor >= 0 ? e_.at(possessor) : -1;
      int said = -1;
      for (size_t k = 0; k < statements_.size(); ++k)
        for (Span c : statements_[k].statement.content)
          if (c.contains(t_[plan].span)) said = static_cast<int>(k);
      if (holder < 0 && said >= 0) holder = statements_[said].statement.speaker;
      if (holder < 0) {
        int up = t_[plan].head;
        int subject = up >= 0 && t_.verb(up) ? t_.subject(up) : -1;
        holder = subject >= 0 ? e_.actor_at(subject) : -1;
      }
      TreeView::Range r = t_.subtree_without(plan, [&](int, int c) {
        return t_.is_any(c, {"case", "acl"});
      });
      r = {std::min(possessor >= 0 ? possessor : plan, r.begin), end};
      if (r.begin < s.begin) r.begin = s.begin;
      add(holder, "proposes", r, plan, said, {}, "a plan in stages");
      if (!found_.empty() && found_.back().stance == "proposes") found_.back().stages = items;
    }
  }

  // What the rules propose is weighed, and so are the clauses that no rule names.
  void judge() {
    if (words_.silent()) return;
    const StanceSigns signs(t_, words_, statements_, e_);
    for (Position& p : found_) decide(signs, p, head_of(p), true);
    std::erase_if(found_, [](const Position& p) { return p.stance.empty(); });
    size_t by_rule = found_.size();
    for (int i = 0; i < t_.size(); ++i) {
      if (words_.any(WordJudges::stance, i) < least_["stance.alone"]) continue;
      TreeView::Range r = content(i);
      Span span = t_.trimmed(r);
      bool known = false;
      for (size_t k = 0; k < by_rule; ++k)
        for (Span c : found_[k].content) known |= c.contains(t_[i].span) || span.contains(c);
      if (known) continue;
      int said = innermost(statements_, t_[i].span);
      int holder = said >= 0 ? statements_[said].statement.speaker : narrated_holder(i);
      size_t before = found_.size();
      add(holder, "", r, i, said, condition_of(i), "");
      if (found_.size() == before) continue;
      decide(signs, found_.back(), i, false);
      if (found_.back().stance.empty()) found_.pop_back();
    }
  }

  // The word of a position that the judges hear most, -1 for none.
  int head_of(const Position& p) const {
    float most = 0;
    int head = -1;
    for (Span c : p.content) {
      TreeView::Range r = t_.range_of(c);
      for (int i = r.begin; i < r.end; ++i)
        if (float here = words_.any(WordJudges::stance, i); head < 0 || here > most) {
          most = here;
          head = i;
        }
    }
    return head;
  }

  // Gives a proposal its kind and confidence; no stance left means that it is none.
  void decide(const StanceSigns& signs, Position& p, int head, bool by_rule) const {
    if (head < 0) return p.stance.clear();
    SignCase c = signs.of(p, head, by_rule);
    SignJudge::Verdict verdict = judge_.sure(c);
    if (watch_ && watch_->stance) watch_->stance(t_, e_, p, c, verdict);
    if (verdict.id < 0) return p.stance.clear();
    p.stance = words_.judges().classes(WordJudges::stance)[verdict.id];
    p.confidence = verdict.probability;
    p.explain += (p.explain.empty() ? "'" + std::string(t_[head].form) + "': " : "; ") +
                 "the judge reads " + p.stance + " (" + two_decimals(verdict.probability) +
                 "): " + verdict.why;
  }

  // The words of a stance by their head: a clause without what introduces it, a noun with what
  // belongs to it.
  TreeView::Range content(int head) const {
    if (t_.verb(head) || t_.child(head, {"cop"}) >= 0) return clause(head);
    return t_.subtree_without(head, [&](int at, int c) {
      return at == head &&
             (t_.is_any(c, {"case", "mark", "cc", "punct", "parataxis"}) || t_.is(c, "conj"));
    });
  }

  // Whose stance it is that the report tells in its own words: the subject of what governs the
  // words, or whose refusal, call or plan it is.
  int narrated_holder(int head) const {
    for (int at = head, steps = 0; at >= 0 && steps < 6; at = t_[at].head, ++steps) {
      int owner = t_.child(at, {"nmod:poss"});
      if (at != head && t_.noun(at) && owner >= 0 && e_.at(owner) >= 0) return e_.at(owner);
      if (!t_.verb(at) || at == head) continue;
      int subject = t_.passive(at) ? t_.oblique(at, "by") : t_.subject(at);
      if (subject < 0) continue;
      if (int e = e_.actor_at(subject); e >= 0) return e;
    }
    return -1;
  }

  const TreeView& t_;
  const Stances& stances_;
  const JudgedWords& words_;
  const Thresholds& least_;
  const SignJudge& judge_;
  const ReadingWatch* watch_;
  std::vector<Conditional> conditions_;
  const std::vector<FoundStatement>& statements_;
  Entities& e_;
  std::vector<char> done_, cue_, hypothetical_;  // by token: has given a position; is the cue of a
                                                 // statement; stands in a condition
  std::vector<Position> found_;
};

}  // namespace

std::vector<Position> find_positions(const TreeView& tree, const Stances& stances,
                                     const ConditionGrammar& conditions,
                                     const std::vector<FoundStatement>& statements,
                                     const JudgedWords& words, const Thresholds& least,
                                     const SignJudge& judge, const ReadingWatch* watch,
                                     Entities& entities) {
  return Finder(tree, stances, conditions.find(tree), statements, words, least, judge, watch,
                entities)
      .run();
}

}  // namespace chancery
