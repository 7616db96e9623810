// What a cue tells: the shapes of content, tried in turn.
#include <algorithm>

#include "reading/said/cue_reader.h"

namespace chancery {
// The first shape that fits; false where there is none.
bool CueReader::find_content(Reading& c) {
  if (c.cue->takes("clause")) find_clause(c);
  std::vector<int> quotations =
      c.cue->takes("quote") ? speech_.quotations_in(c.sentence, c.verb) : std::vector<int>();
  const int wish = wished(c);
  // A clause whose verb stands in quotation marks is still a clause when words outside belong to
  // it.
  if (c.clause >= 0 && (!speech_.spoken(c.clause) || runs_out_of_quotation(c))) take_clause(c);
  if (wish < 0 && !take_quotations(c, quotations)) return false;
  if (c.shape.empty()) take_infinitive(c);
  if (c.shape.empty() && wish > c.verb && !take_wish(c, wish)) return false;
  if (c.shape.empty() && c.cue->takes("of") && !take_of(c)) return false;
  if (c.shape.empty() && c.cue->takes("as")) take_as(c);
  if (c.shape.empty() && c.cue->takes("noun")) take_noun(c);
  if (c.shape.empty()) take_before_comma(c);
  return !c.shape.empty();
}

void CueReader::find_clause(Reading& c) const {
  const int v = c.verb, up = t_[v].head;
  for (int child : t_.children(v))
    if (t_.is_any(child, {"ccomp"}) && c.clause < 0) c.clause = child;
  c.behind = c.clause < 0 && stands_behind(c);
  if (c.clause < 0 && (c.behind || t_.is(v, "parataxis")) && up >= 0 && !speech_.spoken(up))
    c.clause = up;
  if (c.clause < 0)
    for (int child : t_.children(v))
      if (t_.is(child, "parataxis") && (t_.verb(child) || t_.child(child, {"cop", "nsubj"}) >= 0) &&
          !speech_.spoken(child) && t_.child(child, {"nsubj"}) >= 0 &&
          !lexicon_.cue(t_.lemma(child)))
        c.clause = child;
  if (c.clause < 0 && c.cue->sure && !c.behind) c.clause = clause_hung_elsewhere(c);
  if (c.clause >= 0 && t_.lemma(v) == "agree" && !t_.mark_of(c.clause).starts_with("that"))
    c.clause = -1;
}

// "…, the agency reported": set behind what it reports, whatever relation the tree gives it.
bool CueReader::stands_behind(const Reading& c) const {
  const int v = c.verb, up = t_[v].head;
  if (up < 0 || up >= v || c.subject < 0 || c.subject <= up || !c.cue->sure ||
      !t_.is_any(v, {"ccomp", "conj", "dep", "advcl", "appos"}) || !t_.mark_of(v).empty() ||
      t_.child(v, {"cc"}) >= 0)
    return false;
  const TreeView::Range own = t_.subtree(v);
  return own.begin > up && own.begin > c.sentence.begin &&
         (t_[own.begin].form == "," || t_[own.begin - 1].form == ",") &&
         c.sentence.end - own.end <= 2;
}

// Where the tree hangs the clause elsewhere: on the verb above ("as Trump confirmed he would go"), or
// on the noun just before "that" ("posted on the network that he would go").
int CueReader::clause_hung_elsewhere(const Reading& c) const {
  const int v = c.verb, up = t_[v].head;
  for (int w = v + 1; w < c.sentence.end; ++w) {
    if (t_.is(w, "acl") && t_[w].head > v && t_.descends(w, v) && t_.child(w, {"nsubj"}) >= 0 &&
        t_.mark_of(w) == "that" && t_.is_any(t_[w].head, {"obl", "obj", "nmod"}))
      return w;
    if (t_.is(w, "ccomp") && up >= 0 && t_[w].head == up && t_.subtree(w).begin == v + 1) return w;
  }
  return -1;
}

bool CueReader::runs_out_of_quotation(const Reading& c) const {
  const int v = c.verb;
  const TreeView::Range whole =
      t_.subtree_without(c.clause, [&](int, int child) { return child == v; });
  int outside = 0;
  for (int i = whole.begin; i < whole.end; ++i)
    outside += !speech_.spoken(i) && i != v && !is_punctuation(t_[i].form) && !t_.is(i, "mark") &&
               (c.clause > v ? i > v : i < v) && t_.descends(i, c.clause);  // not of who says it
  return outside >= 2 && c.clause > v && t_.is(c.clause, "ccomp");
}

// "called for the return of the town": what is wished for; -1 for nothing.
int CueReader::wished(const Reading& c) const {
  int wish = -1;
  if (!c.cue->takes("for")) return wish;
  for (int child : t_.children(c.verb))
    if (child > c.verb &&
        ((t_.is_any(child, {"obl", "nmod"}) && t_.case_of(child) == "for") ||
         (t_.is_any(child, {"advcl", "xcomp", "ccomp"}) && t_.mark_of(child).starts_with("for"))))
      wish = child;
  return wish;
}

void CueReader::take_clause(Reading& c) {
  const int v = c.verb, clause = c.clause;
  const Sentence& s = c.sentence;
  c.range = t_.subtree_without(clause, [&](int, int child) { return others_content(c, child); });
  TreeView::Range& r = c.range;
  if (clause < v &&
      t_.subtree_without(v, [&](int, int child) { return child == clause; }).end + 2 >= s.end) {
    // "…, he said." closes the sentence: all before it is content, unless another cue stands there.
    bool other = false;
    for (int k = s.begin; k < r.begin; ++k) other |= speech_.sure_cue(k) || speech_.spoken(k);
    if (!other && r.begin - s.begin < 12) r.begin = s.begin;
  }
  cut_off_cue(c);
  // "suggested a meeting could happen": the noun before the clause is its subject, taken for an
  // object.
  const int taken = t_.child(v, {"obj"});
  if (clause > v && taken > v && taken < clause && !t_.in(WordList::addressing, t_.lemma(v)) &&
      t_.mark_of(clause) != "that" && t_.child(clause, {"nsubj"}) < 0)
    r.begin = std::min(r.begin, std::max(v + 1, t_.subtree(taken).begin));
  c.shape = "clause";
  c.head = clause;
}

// "said A, and described B as …": the second cue is the speaker's, not part of what was said. It
// inherits the subject.
bool CueReader::others_content(const Reading& c, int child) {
  const int v = c.verb;
  if (child == v) return true;
  const Cue* other =
      t_.is_any(child, {"conj", "advcl"}) && t_.verb(child) && child > v && !speech_.spoken(child)
          ? lexicon_.cue(t_.lemma(child))
          : nullptr;
  if (!other || !other->sure) return false;
  // "…, adding that B": a participle behind a comma.
  const auto behind_comma = [&] {
    const int begin = t_.subtree(child).begin;
    return t_[begin - (t_[begin].form == "," ? 0 : 1)].form == ",";
  };
  const bool adding = t_.is(child, "advcl") && t_.tag(child, "VBG") &&
                      t_.child(child, {"nsubj"}) < 0 && t_.child(child, {"ccomp"}) > child &&
                      child > c.sentence.begin && behind_comma();
  const bool own =
      adding || (t_.is(child, "conj") && t_.child(child, {"nsubj"}) < 0 &&
                 t_.modal(child).empty() && (t_.tag(child, "VBD") || t_.tag(child, "VBN")) &&
                 (t_.child(child, {"ccomp"}) >= 0 || t_.oblique(child, "as") >= 0));
  if (own && c.subject >= 0) inherited_[child] = c.subject;
  return own;
}

// The cue stands inside, before or after the clause: its own words are not content.
void CueReader::cut_off_cue(Reading& c) const {
  const int v = c.verb, clause = c.clause;
  TreeView::Range& r = c.range;
  if (clause == t_[v].head) {
    const TreeView::Range own = t_.subtree(v);
    if (own.begin > clause) r.end = std::min(r.end, std::max(own.begin, clause + 1));
    else if (own.end <= clause) r.begin = std::max(r.begin, own.end);
  } else if (clause > v && r.begin <= v) {
    r.begin = v + 1;
  } else if (clause < v && r.end > v) {
    r.end = v;
    const int subject = t_.child(v, {"nsubj"});
    if (subject >= 0 && subject > clause && subject < v) r.end = t_.subtree(subject).begin;
  }
}

// Quotations, unless they are a part of the clause only; false where they are all another cue's and
// there is nothing else.
bool CueReader::take_quotations(Reading& c, const std::vector<int>& quotations) {
  const TreeView::Range r = c.range;
  bool quoted = !quotations.empty() && c.shape.empty();
  for (int q : quotations) {
    const Quotation& x = speech_.quotations()[q];
    quoted |= r.end > r.begin && x.begin < r.end && r.begin < x.end && x.begin <= r.begin + 1 &&
              x.end + 1 >= r.end;
  }
  if (!quoted) return true;
  // A quotation inside another cue's clause is that cue's.
  for (int q : quotations) {
    if (used_quote_[q]) continue;
    c.content.push_back(speech_.span(q));
    used_quote_[q] = 1;
  }
  if (c.content.empty()) return !c.shape.empty();
  c.shape = "quote";
  c.head = -1;
  return true;
}

void CueReader::take_infinitive(Reading& c) const {
  if (!c.cue->takes("object-to") && !c.cue->takes("to")) return;
  const int v = c.verb;
  const int infinitive = t_.child(v, {"xcomp", "ccomp", "advcl"});
  const int object = t_.child(v, {"obj", "iobj"});
  if (infinitive <= v || t_.mark_of(infinitive) != "to" ||
      !c.cue->takes(object >= 0 ? "object-to" : "to"))
    return;
  c.range = t_.subtree(infinitive);
  if (object >= 0 && object < infinitive)
    c.range.begin = std::min(c.range.begin, t_.subtree(object).begin);
  if (c.range.begin <= v) c.range.begin = v + 1;
  c.shape = object >= 0 ? "object-to" : "to";
  c.head = infinitive;
}

bool CueReader::take_wish(Reading& c, int wish) const {
  const int v = c.verb;
  c.range = t_.subtree_without(
      wish, [&](int at, int child) { return at == wish && t_.is(child, "case"); });
  if (c.range.begin <= v + 1) c.range.begin = v + 2;
  if (c.range.end <= c.range.begin) return false;
  c.words.end = v + 2;
  c.shape = "for";
  c.head = wish;
  return true;
}

bool CueReader::take_of(Reading& c) const {
  const int v = c.verb;
  const int object = t_.oblique(v, "of");
  if (object <= v) return true;
  c.range = t_.subtree_without(
      object, [&](int at, int child) { return at == object && t_.is(child, "case"); });
  for (int child : t_.children(v))
    if (t_.is(child, "advcl") && child > object &&
        (t_.mark_of(child) == "if" || t_.mark_of(child) == "unless"))
      c.range.end = std::max(c.range.end, t_.subtree(child).end);
  if (c.range.begin <= v + 1) c.range.begin = v + 2;
  if (c.range.end <= c.range.begin) return false;
  c.shape = "of";
  c.head = object;
  return true;
}

void CueReader::take_as(Reading& c) const {
  const int v = c.verb;
  const int object = t_.child(v, {"obj", "nsubj:pass"}), as = t_.oblique(v, "as");
  const int complement = as >= 0 ? as : t_.child(v, {"xcomp"});
  if (object <= v || complement <= object) return;
  c.range = {t_.subtree(object).begin, t_.subtree(complement).end};
  // A participle clause that follows is no part of the description.
  c.range.end = std::min(c.range.end, t_.subtree_without(complement, [&](int, int child) {
                                          return t_.is_any(child, {"advcl", "parataxis"});
                                        }).end);
  c.shape = "as";
  c.head = complement;
}

void CueReader::take_noun(Reading& c) const {
  const int v = c.verb;
  const int object = t_.child(v, {"obj"});
  const int inner = object >= 0 ? t_.child(object, {"acl", "ccomp"}) : t_.child(v, {"ccomp"});
  if (inner <= v || t_.mark_of(inner) != "that") return;
  c.range = t_.subtree(inner);
  c.words.end = object >= 0 ? object + 1 : v + 1;
  c.shape = "noun";
  c.head = inner;
}

void CueReader::take_before_comma(Reading& c) const {
  const int v = c.verb;
  if (!c.cue->sure || !c.cue->takes("clause") || !speech_.finite(v) || t_.negated(v)) return;
  const int start = c.frame.verb >= 0                 ? c.frame.begin
                    : c.subject >= 0 && c.subject < v ? t_.range_of(sources_.span(c.subject)).begin
                                                      : v;
  c.range = speech_.before_comma(start, c.sentence);
  if (c.range.end <= c.range.begin) return;
  c.shape = "clause";
  c.head = speech_.head_of(c.range);
}

// The content's words are settled; false where they are none.
bool CueReader::close_content(Reading& c) {
  if (!c.content.empty()) return true;
  TreeView::Range& r = c.range;
  if (r.end <= r.begin || r.begin < c.sentence.begin || r.end > c.sentence.end) return false;
  if (r.end - r.begin == 1 && !t_.verb(r.begin)) return false;
  if (c.heard && c.shape == "clause" && c.clause > c.verb) go_on(c);
  c.content.push_back(speech_.clause(r));
  // Quotations in the clause are spoken for.
  for (int i = r.begin; i < r.end; ++i)
    if (speech_.spoken(i)) used_quote_[speech_.in_speech()[i]] = 1;
  return true;
}

// Where the tree stops short, the attribution model may hear the speaker go on ("…, but she knows that
// …"), until another cue of the same speaker takes over, with its "and" and comma.
void CueReader::go_on(Reading& c) const {
  TreeView::Range& r = c.range;
  int stop = c.sentence.end;
  for (auto [verb, heir] : inherited_)
    if (verb > c.verb && verb < stop) stop = verb;
  while (stop > r.end && stop < c.sentence.end &&
         (t_.tag(stop - 1, "CC") || t_[stop - 1].form == ","))
    --stop;
  while (r.end < stop && t_[r.end].attribution == AttributionTag::content && r.end != c.verb)
    ++r.end;
}

}  // namespace chancery
