// What the cue of a statement and its words as a whole say of the speaker's stance. The clauses of what
// was said are in said_clauses.cpp.
#include "reading/stands/said_positions.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

std::string named(std::string_view cue) { return "cue '" + std::string(cue) + "'"; }

}  // namespace

void SaidPositions::of(int index) {
  const FoundStatement& f = statements_[index];
  const Said s{index, f, f.statement.speaker, t_.lemma(f.cue_verb),
               t_.range_of(f.statement.content[0])};
  if (s.speaker < 0 || s.whole.end <= s.whole.begin || by_cue(s)) return;
  bool given = false;
  for (Span content : f.statement.content) {
    TreeView::Range r = t_.range_of(content);
    for (int i = r.begin; i < r.end; ++i) given |= predicate(i, index, s.speaker, r);
  }
  if (!given) judged(s);
}

// The cue itself takes the stance: urged, called for, vowed, warned of.
bool SaidPositions::by_cue(const Said& s) {
  if (urged(s)) return true;
  if (t_.in(WordList::warning, s.cue)) {
    const int head = s.found.content_head, predicate = head >= 0 ? head : s.whole.begin;
    out_.add(s.speaker, "warns", head >= 0 && t_.verb(head) ? g_.clause(head) : s.whole, predicate,
             s.index, g_.condition_of(predicate), named(s.cue),
             s.found.statement.to.empty() ? -1 : s.found.statement.to[0]);
    return true;
  }
  return promised(s) || in_subjunctive(s) || voiced(s) || proposed(s);
}

bool SaidPositions::urged(const Said& s) {
  const int head = s.found.content_head;
  if (head < 0) return false;
  const bool urge = t_.in(WordList::urging, s.cue) && !g_.names(s.found.cue_verb);
  const bool asked =
      s.cue == "ask" && t_.is_any(head, {"xcomp", "advcl"}) && t_.mark_of(head) == "to";
  if (!urge && !asked) return false;
  int to = s.found.statement.to.empty() ? -1 : s.found.statement.to[0];
  if (to < 0) {
    std::vector<int> who = g_.others(s.whole, s.speaker);
    if (!who.empty()) to = who[0];
  }
  out_.add(s.speaker, "demands", s.whole, head, s.index, g_.condition_of(head), named(s.cue), to);
  return true;
}

bool SaidPositions::promised(const Said& s) {
  const int head = s.found.content_head;
  if (!t_.in(WordList::vowing, s.cue) || head < 0) return false;
  // "vowed Saturday to fight": the act, whatever stands before it.
  TreeView::Range whole = s.whole;
  int act = head, infinitive = t_.child(s.found.cue_verb, {"xcomp"});
  if (!t_.verb(act) && infinitive >= whole.begin && infinitive < whole.end) act = infinitive;
  const Ground::Condition condition = g_.condition_of(act);
  if (condition.clause >= 0 && condition.found->range.begin > act)
    whole.end = std::min(whole.end, condition.found->range.begin);
  out_.add(s.speaker, t_.negated(act) ? "rejects" : "offers", whole, act, s.index, condition,
           named(s.cue));
  out_.demand_of_condition(condition, s.speaker, s.index);
  return true;
}

// "insisted that the roads remain open", "demanded that he resign": what is asked for in the
// subjunctive.
bool SaidPositions::in_subjunctive(const Said& s) {
  const int head = s.found.content_head;
  const auto bare = [&](int word) { return t_[word].xpos == std::string_view("VB"); };
  if ((s.cue != "insist" && s.cue != "demand") || head < 0 || !t_.is(head, "ccomp") ||
      !t_.modal(head).empty() || !t_.tag(s.found.cue_verb, "VBD"))
    return false;
  // "that the embargo be lifted"
  const std::vector<int>& under = t_.children(head);
  if (!bare(head) && std::none_of(under.begin(), under.end(), [&](int c) {
        return t_.is_any(c, {"aux", "aux:pass", "cop"}) && bare(c);
      }))
    return false;
  Clause c{head, s.index, s.speaker, s.whole};
  c.range = g_.clause(head);
  c.who = g_.subject_entity(head, c.subject);
  const int next = what_would_follow(c);
  if (next >= 0) c.range.end = std::min(c.range.end, t_.child(next, {"mark"}));
  out_.add(s.speaker, "demands", c.range, head, s.index, g_.condition_of(head),
           "'" + std::string(s.cue) + "' with the subjunctive", c.who);
  if (next >= 0) offer_after_demand(c);
  return true;
}

bool SaidPositions::voiced(const Said& s) {
  const int object = t_.child(s.found.cue_verb, {"obj"});
  if (!t_.in(WordList::voicing, s.cue) || object < 0) return false;
  const bool for_it = t_.in(WordList::backing, t_.lemma(object));
  if (!for_it && !t_.in(WordList::against, t_.lemma(object))) return false;
  out_.add(s.speaker, for_it ? "supports" : "opposes",
           {s.found.cue_verb, std::max(s.whole.end, t_.subtree(object).end)}, object, s.index, {},
           "'" + std::string(s.cue) + " " + std::string(t_.lemma(object)) + "'");
  return true;
}

bool SaidPositions::proposed(const Said& s) {
  const int head = s.found.content_head;
  if (!t_.in(WordList::proposing, s.cue) || head < 0) return false;
  const bool should = t_.modal(head) == "should";
  if (!should && s.cue != "propose") return false;
  int token, who = g_.subject_entity(head, token);
  out_.add(s.speaker, should && who >= 0 && who != s.speaker ? "demands" : "proposes",
           g_.clause(head), head, s.index, g_.condition_of(head), named(s.cue), who);
  return true;
}

// Judged good or bad as a whole.
void SaidPositions::judged(const Said& s) {
  const Stances& words = g_.stances();
  const bool as = t_.in(WordList::describing, s.cue), good = g_.any_lemma(s.whole, words.good),
             bad = g_.any_lemma(s.whole, words.bad);
  const int content = s.found.content_head;
  const char* stance = good ? "supports" : "opposes";
  if (as && content >= 0 && good != bad) {
    if (s.found.cue_verb < s.whole.begin)
      out_.add(s.speaker, stance, {s.found.cue_verb, s.whole.end}, content, s.index, {},
               "judgement after '" + std::string(s.cue) + "'");
  } else if (!as && good != bad && !(content >= 0 && t_.negated(content))) {
    int head = content;
    if (head < 0)
      for (int i = s.whole.begin; i < s.whole.end && head < 0; ++i)
        if (t_[i].head < s.whole.begin || t_[i].head >= s.whole.end) head = i;
    if (head < 0) return;
    TreeView::Range r = g_.clause(head);
    r.begin = std::max(r.begin, s.whole.begin);
    r.end = std::min(r.end, s.whole.end);
    if (g_.any_lemma(r, words.good) || g_.any_lemma(r, words.bad))
      out_.add(s.speaker, stance, r, head, s.index, {},
               good ? "word of approval" : "word of disapproval");
  } else if (s.cue == "express" || s.cue == "voice") {
    concern_or_hope(s);
  }
}

void SaidPositions::concern_or_hope(const Said& s) {
  const std::string object = lower(s.found.statement.cue[0].of(t_.document().text));
  const auto has = [&](std::string_view word) { return object.find(word) != std::string::npos; };
  const int predicate = s.found.content_head >= 0 ? s.found.content_head : s.whole.begin;
  if (has("concern") || has("opposition") || has("anger"))
    out_.add(s.speaker, "opposes", s.whole, predicate, s.index, {}, "'" + object + "'");
  if (has("support") || has("hope"))
    out_.add(s.speaker, "supports", s.whole, predicate, s.index, {}, "'" + object + "'");
}

}  // namespace chancery
