#include "reading/said/according.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {

bool According::stands_at(int i) const {
  return i + 1 < t_.size() && lower(t_[i].form) == "according" && lower(t_[i + 1].form) == "to" &&
         !speech_.spoken(i);
}

std::vector<int> According::carriers(const Sentence& s) const {
  std::vector<int> out;
  for (int i = s.begin; i + 2 < s.end; ++i)
    if (stands_at(i))
      if (int e = e_.actor_at(head(i)); e >= 0) out.push_back(e);
  return out;
}

// The noun after "according to".
int According::head(int i) const {
  int head = t_[i].head;
  if (head > i + 1 && (t_.noun(head) || t_.tag(head, "PRP"))) return head;
  for (int k = i + 2; k < std::min(t_.size(), i + 14); ++k)
    if ((t_.noun(k) || t_.tag(k, "PRP")) && !t_.is_any(k, {"compound", "nmod:poss", "flat"}))
      return k;
  return i + 2;
}

void According::read(const Sentence& s, bool any, std::vector<FoundStatement>& found) {
  for (int i = s.begin; i + 2 < s.end; ++i) {
    if (!stands_at(i)) continue;
    const int carrier = carrier_at(head(i));
    if (carrier < 0 || (any && carries(i, carrier, found))) continue;
    FoundStatement f;
    if (sentence(i, carrier, s, f)) found.push_back(std::move(f));
  }
}

// Who stands behind the phrase: a document's author, a medium itself and not who is named behind it
// ("According to the Herald, Ida Marr, …").
int According::carrier_at(int noun) {
  const int author = sources_.author_of(noun);
  if (author >= 0) return author;
  const int medium = e_.actor_at(noun);
  if (is_medium(e_, medium)) return medium;
  return sources_.speaker(noun);
}

// Statements of others in this sentence hang on this word.
bool According::carries(int i, int carrier, std::vector<FoundStatement>& found) const {
  bool carried = false;
  for (FoundStatement& f : found)
    if (t_.sentence_of(f.cue_verb) == t_.sentence_of(i) && f.statement.speaker != carrier) {
      f.statement.via.push_back(carrier);
      carried = true;
    }
  return carried;
}

// The sentence around the phrase, on its longer side.
TreeView::Range According::content(int i, TreeView::Range phrase, const Sentence& s) const {
  TreeView::Range r{s.begin, s.end};
  if (i - s.begin > s.end - phrase.end) r.end = i;
  else r.begin = phrase.end;
  if (r.begin >= r.end) return r;
  if (t_[r.begin].form == ",") ++r.begin;
  else if (t_.tag(r.begin, "IN") || t_.tag(r.begin, "RB")) {
    // "on Sept. 22, Kim …": the date of the report, not of what it reports.
    int comma = r.begin;
    while (comma < r.end && t_[comma].form != ",") ++comma;
    if (comma - r.begin <= 5 && comma != r.end) r.begin = comma + 1;
  }
  return r;
}

bool According::sentence(int i, int carrier, const Sentence& s, FoundStatement& f) {
  const int noun = head(i);
  TreeView::Range phrase = t_.subtree_without(noun, [&](int at, int c) {
    return at == noun && t_.is_any(c, {"case", "punct"});
  });
  phrase.begin = std::max(phrase.begin, i + 2);
  if (phrase.end <= phrase.begin) phrase = {i + 2, noun + 1};
  const TreeView::Range r = content(i, phrase, s);
  if (r.end - r.begin < 3) return false;
  f.cue_verb = i;
  f.source_head = noun;
  Statement& x = f.statement;
  x.speaker = carrier;
  Span source = sources_.span(noun);
  source.begin = std::max(source.begin, t_[phrase.begin].span.begin);
  x.source = {source};
  x.cue = {t_.span({i, i + 2})};
  x.content = {speech_.clause(r)};
  if (x.content[0].overlaps(source) || x.content[0].overlaps(x.cue[0])) return false;
  for (int k = r.begin; k < r.end; ++k)
    if (t_[k].head < 0) f.content_head = k;
  x.quote = speech_.kind(x.content);
  for (int k = phrase.begin; k < r.begin; ++k)
    if (const TimeExpression* time = times_.in(t_.span({k, std::max(k + 1, r.begin)}));
        time && !x.content[0].contains(time->span)) {
      x.when = time->when;
      break;
    }
  x.explain = "'according to' with the sentence as content";
  return true;
}

}  // namespace chancery
