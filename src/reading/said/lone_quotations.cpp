#include "reading/said/lone_quotations.h"

#include <algorithm>

namespace chancery {

void LoneQuotations::follow(std::vector<FoundStatement>& found) {
  // "The loss did not matter: “what counts is …”": no loss speaks.
  std::erase_if(found, [&](const FoundStatement& f) {
    const auto& all = speech_.quotations();
    return !speech_.sure_cue(f.cue_verb) && f.statement.speaker >= 0 &&
           e_.entities()[static_cast<size_t>(f.statement.speaker)].kind == "other" &&
           std::any_of(all.begin(), all.end(), [&](const Quotation& q) {
             return f.cue_verb < q.begin && behind_colon(q) &&
                    t_.span({q.begin, q.end}).overlaps(f.statement.content[0]);
           });
  });
  spoken_for(found);
  for (size_t q = 0; q < speech_.quotations().size(); ++q) {
    const Quotation& x = speech_.quotations()[q];
    if (!x.speech || used_quote_[q] || form_.gives(x) || !stands_alone(x)) continue;
    const Span span = speech_.span(static_cast<int>(q));
    if (FoundStatement* f = goes_on(x, found)) {
      if (same_breath(*f, t_.sentence(f->cue_verb).paragraph == t_.sentence(x.begin).paragraph)) {
        f->statement.content.push_back(span);
        std::sort(f->statement.content.begin(), f->statement.content.end());
        f->statement.quote = speech_.kind(f->statement.content);
        f->statement.explain += "; a quotation that goes on";
      } else if (f->statement.speaker >= 0) {
        found.push_back(in_the_same_voice(*f, x, span));
      }
    } else {
      introduced(x, span, found);
    }
  }
}

// Only when the quotation is the sentence; otherwise it is a term in somebody's prose.
bool LoneQuotations::stands_alone(const Quotation& x) const {
  const Sentence& s = t_.sentence(x.begin);
  if (behind_colon(x)) return true;
  int outside = 0;
  for (int i = s.begin; i < s.end; ++i)
    outside += !(x.begin <= i && i < x.end) && !is_punctuation(t_[i].form);
  return outside == 0 || (x.begin == s.begin && outside <= 6);
}

// Which quotations are a statement's content by now.
void LoneQuotations::spoken_for(const std::vector<FoundStatement>& found) {
  for (const FoundStatement& f : found)
    for (Span c : f.statement.content)
      for (size_t q = 0; q < used_quote_.size(); ++q)
        used_quote_[q] |= speech_.span(static_cast<int>(q)).overlaps(c);
}

// Does a quotation that begins in another paragraph than a statement belong to it? Not where only
// its speaker is the same: what was told in other words is one thing, what is quoted another.
bool LoneQuotations::same_breath(const FoundStatement& f, bool same_paragraph) const {
  if (which_ == Attributions::all) return same_paragraph && f.statement.quote == "direct";
  return same_paragraph || f.statement.quote != "indirect";
}

// The statement that a quotation without a cue goes on with: the last one before it, in its
// paragraph or at the end of the one before; else the next one, when its cue follows at once.
FoundStatement* LoneQuotations::goes_on(const Quotation& q,
                                        std::vector<FoundStatement>& found) const {
  int paragraph = t_.sentence(q.begin).paragraph;
  FoundStatement *before = nullptr, *after = nullptr;
  int last = -1;
  for (FoundStatement& f : found) {
    if (form_.entry(f.cue_verb) != form_.entry(q.begin)) continue;  // news of its own
    int at = std::max(f.cue_verb, t_.range_of(f.statement.content.back()).end - 1);
    if (at < q.begin && at > last && t_.sentence(at).paragraph + 1 >= paragraph) {
      before = &f;
      last = at;
    }
    if (f.cue_verb >= q.end && f.statement.quote == "direct" &&
        t_.sentence(f.cue_verb).paragraph == paragraph &&
        t_.sentence_of(f.cue_verb) <= t_.sentence_of(q.end - 1) + 1 &&
        (!after || f.cue_verb < after->cue_verb))
      after = &f;
  }
  if (lead_in(q) >= 0 || presenter(q) >= 0) return nullptr;
  bool near = before && (t_.sentence(last).paragraph == paragraph || !after);
  return near ? before : after;
}

FoundStatement LoneQuotations::in_the_same_voice(const FoundStatement& last, const Quotation& q,
                                                 Span span) const {
  FoundStatement f;
  f.cue_verb = q.begin;
  f.statement.speaker = last.statement.speaker;
  f.statement.via = last.statement.via;
  f.statement.when = last.statement.when;
  f.statement.occasion = last.statement.occasion;
  f.statement.content = {span};
  f.statement.quote = "direct";
  f.statement.explain = "quotation without cue, the speaker of the statement before goes on";
  return f;
}

// A colon in the text; the headline above it ("Marr on taxes: “Too high”") is nobody's statement.
bool LoneQuotations::colon_before(const Quotation& q) const {
  if (which_ == Attributions::all || q.begin == 0 || t_[q.begin - 1].form != ":") return false;
  const bool above = t_.sentence_of(q.begin - 1) == 0;
  return !above || t_.sentence(q.begin).paragraph != t_.sentence(q.begin - 1).paragraph;
}

// "The place did not matter: “the main thing is that they meet.”": to the end of its sentence.
bool LoneQuotations::behind_colon(const Quotation& q) const {
  if (!colon_before(q)) return false;
  const Sentence& s = t_.sentence(q.begin);
  return q.begin > s.begin && q.end >= s.end - 1;
}

// Who is told of before a quotation that a colon brings in without a cue ("Ilo was clear:"): the
// person who is the subject there. -1 for nobody.
int LoneQuotations::presenter(const Quotation& q) const {
  if (!colon_before(q)) return -1;
  const int colon = q.begin - 1;
  const Sentence& s = t_.sentence(colon);
  int last = -1;
  for (int i = s.begin; i < colon; ++i) {
    const int who =
        t_.is_any(i, {"nsubj", "obl", "obj", "nmod"}) && !speech_.spoken(i) ? e_.at(i) : -1;
    if (who < 0 || e_.entities()[who].kind != "person") continue;
    if (t_.is(i, "nsubj") && t_[i].head >= 0 && t_.is(t_[i].head, "root")) return i;
    last = i;
  }
  return last;
}

// The cue of the sentence before a quotation that ends in a colon ("Ilo said:"), -1 for none.
int LoneQuotations::lead_in(const Quotation& q) const {
  int colon = q.begin - 1;
  if (colon < 0 || t_[colon].form != ":") return -1;
  const Sentence& s = t_.sentence(colon);
  if (s.end > q.begin) return -1;
  for (int i = colon - 1; i >= s.begin; --i)
    if (speech_.sure_cue(i)) return i;
  return -1;
}

// "Ilo said:" and a quotation in the next line or paragraph.
void LoneQuotations::introduced(const Quotation& q, Span span, std::vector<FoundStatement>& found) {
  int cue = lead_in(q);
  int subject = cue >= 0 ? t_.subject(cue) : presenter(q);
  int speaker = subject >= 0 ? sources_.speaker(subject) : -1;
  if (speaker < 0) return;
  const bool told = cue >= 0;
  if (!told) cue = subject;
  FoundStatement f;
  f.cue_verb = cue;
  f.source_head = subject;
  Statement& x = f.statement;
  x.speaker = speaker;
  x.source = {sources_.span(subject)};
  if (told) x.cue = {t_[cue].span};
  x.content = {span};
  x.quote = "direct";
  Scene scene;
  occasions_.of_cue(cue, scene);
  x.via = scene.via;
  x.to = scene.to;
  x.where = scene.where;
  x.occasion = scene.occasion;
  if (const TimeExpression* time = times_.of(cue); time && time->when.dated()) x.when = time->when;
  x.explain = told ? "cue '" + std::string(t_[cue].form) + "' leads in to a quotation"
                   : "who is told of before a colon and a quotation";
  found.push_back(std::move(f));
}

}  // namespace chancery
