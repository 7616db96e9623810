#include "reading/said/heard_half.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "reading/said/statement_confidence.h"
#include "reading/said/statement_frames.h"

namespace chancery {

void HeardHalf::take_words(std::vector<FoundStatement>& found) {
  if (heard_.silent) return;
  if (which_ == Attributions::all)
    std::erase_if(found, [&](const FoundStatement& f) {
      if (f.statement.quote == "direct" || f.statement.cue.empty()) return false;
      const Heard* h = heard_of(f);
      return !h || h->cue_score < least_["heard.at_all"];
    });
  for (const Heard& h : heard_.heard) {
    Spans content;
    for (TreeView::Range r : h.content)
      if (r.end - r.begin > 1 || h.content.size() == 1) content.push_back(speech_.clause(r));
    if (content.empty()) continue;
    FoundStatement* known = nullptr;
    bool taken = false;  // words that are another statement's
    for (FoundStatement& f : found) {
      if (f.cue_verb == h.cue ||
          (!f.statement.cue.empty() && f.statement.cue[0].overlaps(t_[h.cue].span)))
        known = &f;
      else
        for (Span a : f.statement.content)
          for (Span b : content)
            // One who is told to have spoken in another's words still speaks.
            taken |= a.overlaps(b) && !(heard_.judged && a.contains(b) && a != b);
    }
    if (taken) continue;
    if (!known) {
      if (h.cue_score >= least_["heard.alone"]) alone(h, std::move(content), found);
    } else if (h.cue_score >= least_["heard.words"] && !known->statement.cue.empty()) {
      if (doubtful_source(*known)) take_source(h, *known);
      take_extent(*known, std::move(content));
    }
  }
}

// Nobody is known to speak, or somebody whom only the tree makes the subject.
bool HeardHalf::doubtful_source(const FoundStatement& f) const {
  int speaker = f.statement.speaker;
  return speaker < 0 || (e_.entities()[speaker].kind == "other" &&
                         e_.entities()[speaker].explain == "source of a statement");
}

// The reader's words for a statement that a rule found, except where they run over its cue or
// source, leave out quoted words, or stop in the middle of a clause.
void HeardHalf::take_extent(FoundStatement& f, Spans content) {
  Statement& x = f.statement;
  for (Span& b : content) {
    if (b.overlaps(x.cue[0]) || (!x.source.empty() && b.overlaps(x.source[0]))) return;
    b = whole_clause(b, x.content);
  }
  if (content == x.content) return;
  if (which_ == Attributions::record && x.quote == "direct")
    for (Span own : x.content)
      if (std::none_of(content.begin(), content.end(), [&](Span b) { return b.contains(own); }))
        return;
  x.content = std::move(content);
  x.quote = speech_.kind(x.content);
  x.explain += "; its extent as the learnt reader hears it";
}

// A stretch that ends between two words of the rule's clause goes on to the clause's end.
Span HeardHalf::whole_clause(Span heard, const Spans& by_rule) const {
  if (which_ == Attributions::all) return heard;
  TreeView::Range r = t_.range_of(heard);
  for (Span own : by_rule) {
    TreeView::Range o = t_.range_of(own);
    if (r.end <= o.begin || r.begin >= o.end) continue;
    if (r.end < o.end && !boundary(r.end)) heard.end = own.end;
    if (r.begin > o.begin && !boundary(r.begin)) heard.begin = own.begin;
  }
  return heard;
}

// May content end before this word, or begin with it?
bool HeardHalf::boundary(int i) const {
  return is_punctuation(t_[i].form) || is_punctuation(t_[i - 1].form) || t_.tag(i, "CC") ||
         t_.tag(i, "W") || t_.is(i, "mark") || t_.tag(i, "IN");
}

// The source as the learnt reader hears it.
void HeardHalf::take_source(const Heard& h, FoundStatement& f) {
  if (h.source.empty()) return;
  TreeView::Range r = h.source[0];
  int head = speech_.head_of(r);
  if (head == f.source_head || f.statement.content[0].overlaps(t_[head].span)) return;
  f.source_head = head;
  f.statement.speaker = sources_.speaker(head);
  // "the Herald quoted Ilo": who is quoted speaks, and the source carries it.
  int quoted = speech_.takes(h.cue, "carry") ? t_.child(h.cue, {"obj"}) : -1;
  if (quoted > h.cue && speech_.takes(h.cue, "quoted") && e_.actor_at(quoted) >= 0) {
    if (f.statement.speaker >= 0) f.statement.via.push_back(f.statement.speaker);
    f.source_head = quoted;
    f.statement.speaker = sources_.speaker(quoted);
    f.statement.source = {sources_.span(quoted)};
    return;
  }
  if (t_.tag(r.end - 1, "POS") && r.end - r.begin > 1) --r.end;
  f.statement.source = {t_.trimmed(r)};
}

void HeardHalf::alone(const Heard& h, Spans content, std::vector<FoundStatement>& found) {
  if (told_at_saying(t_, lexicon_, h.cue)) return;
  FoundStatement f;
  f.cue_verb = h.cue;
  f.heard_alone = true;
  Statement& x = f.statement;
  x.content = std::move(content);
  x.quote = speech_.kind(x.content);
  // An act with its object ("rejected the demand", "discussed the plan") is an event rather than
  // somebody's words, unless heard clearly.
  if (!heard_.judged && x.quote == "indirect" && h.cue_score < least_["heard.act"] &&
      t_.verb(h.cue) && !lexicon_.triggers(t_.lemma(h.cue), 'v').empty()) {
    bool clause = false;
    for (TreeView::Range r : h.content)
      for (int i = r.begin; i < r.end; ++i) clause |= t_.verb(i) || t_.is(i, "cop");
    if (!clause) return;
  }
  // Without source and without quotation it is mostly an act or a plan that nobody told.
  // ("… pulled out, citing the need": the subject of the verb above does it.)
  int subject =
      h.source.empty() && (heard_.judged || t_.tag(h.cue, "VBG")) ? t_.subject(h.cue) : -1;
  if (subject >= 0 && (speech_.spoken(subject) || x.content[0].overlaps(t_[subject].span)))
    subject = -1;
  if (h.source.empty() && subject < 0 && x.quote == "indirect") return;
  x.cue = {t_[h.cue].span};
  take_source(h, f);
  if (subject >= 0) {
    f.source_head = subject;
    x.speaker = sources_.speaker(subject);
    x.source = {sources_.span(subject)};
  }
  if (const TimeExpression* time = times_.of(h.cue);
      time && time->when.dated() && std::none_of(x.content.begin(), x.content.end(), [&](Span c) {
        return c.contains(time->span);
      }))
    x.when = time->when;
  for (TreeView::Range r : h.content)
    for (int k = r.begin; k < r.end && f.content_head < 0; ++k)
      if (t_[k].head < r.begin || t_[k].head >= r.end) f.content_head = k;
  x.explain =
      "cue '" + std::string(t_[h.cue].form) + "' and its content as the learnt reader hears them";
  found.push_back(std::move(f));
}

// What the learnt reader hears of the statement's cue, null for nothing.
const Heard* HeardHalf::heard_of(const FoundStatement& f) const {
  const Heard* best = nullptr;
  for (const Heard& h : heard_.heard)
    if (!f.statement.cue.empty() && f.statement.cue[0].overlaps(t_[h.cue].span) &&
        (!best || h.cue_score > best->cue_score))
      best = &h;
  return best;
}

// Is the cue a statement of the record? What is known of it, for the verdict.
CueEvidence HeardHalf::evidence_of(const FoundStatement& f) const {
  const Statement& x = f.statement;
  CueEvidence e;
  const Cue* cue = lexicon_.cue(t_.lemma(f.cue_verb));
  e.listed = cue != nullptr;
  if (cue) e.kind = cue->kind;
  // A noun that attributes ("the claim that …") is a word of speaking or a document.
  bool noun = t_.noun(f.cue_verb);
  if (noun)
    e.kind = cue && (cue->takes("speech") || cue->takes("author")) ? CueKind::say : CueKind::act;
  else if (cue && !cue->tells()) e.kind = CueKind::act;
  if (lower(t_[f.cue_verb].form) == "according") e.kind = CueKind::say;
  e.by_rule = !f.heard_alone;
  e.silent = heard_.silent;
  e.judged = heard_.judged;
  if (const Heard* h = heard_of(f)) e.heard = static_cast<double>(h->cue_score);
  if (quoted_frame(t_, lexicon_, f.cue_verb).verb >= 0) e.heard = 1;  // it can be nothing else
  e.finite = speech_.finite(f.cue_verb) && !t_.negated(f.cue_verb);
  e.direct = x.quote == "direct";
  e.quoted = x.quote != "indirect";
  e.speaker = x.speaker >= 0;
  e.thing = x.speaker >= 0 && e_.entities()[x.speaker].kind == "other";
  for (Span c : x.content) {
    TreeView::Range r = t_.range_of(c);
    for (int i = r.begin; i < r.end; ++i) e.clause |= t_.verb(i) || t_.is(i, "cop");
  }
  TreeView::Range r = t_.range_of(x.content[0]);
  e.question = t_.tag(r.begin, "W") || lower(t_[r.begin].form) == "whether";
  return e;
}

void HeardHalf::judge(std::vector<FoundStatement>& found) const {
  std::erase_if(found, [&](const FoundStatement& f) {
    // "has proposed nothing that would end the strike"
    if (f.statement.quote == "indirect" && f.content_head >= 0 &&
        t_.lemma(f.content_head) == "nothing" && t_.is(f.content_head, "obj"))
      return true;
    const CueEvidence e = evidence_of(f);
    return !(e.judged ? judged_verdict(e, least_) : is_statement(e, least_)).statement;
  });
}

double HeardHalf::confidence_of(const FoundStatement& f) const {
  if (heard_.silent) return 0;
  const Heard* best = heard_of(f);
  const double speaker =
      which_ == Attributions::record ? sureness_of_speaker(t_, lexicon_, e_, least_, f) : 1;
  if (!best) return std::round(50 * speaker) / 100;
  // The encoder has seen the training articles, so the reader is surer than it should be on new
  // ones: its log-odds are drawn in by two numbers, fitted on the first half of statements/dev
  // and measured on the other (docs/quality.md).
  double p = std::min(0.999, std::max(0.001, static_cast<double>(best->cue_score)));
  double drawn = 0.6 * std::log(p / (1 - p)) - 0.3;
  return std::round(100 * speaker / (1 + std::exp(-drawn))) / 100;
}

}  // namespace chancery
