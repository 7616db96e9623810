#include "reading/said/speech.h"

#include <algorithm>

#include "base/utf8.h"
#include "reading/said/statement_frames.h"

namespace chancery {

Speech::Speech(const TreeView& tree, const Lexicon& lexicon,
               const std::vector<Quotation>& quotations)
    : t_(tree),
      lexicon_(lexicon),
      quotations_(quotations),
      in_quote_(tree.size(), -1),
      in_speech_(tree.size(), -1) {
  for (size_t q = 0; q < quotations.size(); ++q)
    for (int i = quotations[q].begin; i < quotations[q].end; ++i) {
      in_quote_[i] = static_cast<int>(q);
      if (quotations[q].speech) in_speech_[i] = static_cast<int>(q);
    }
}

std::string Speech::kind(const Spans& content) const {
  int inside = 0, outside = 0;
  for (Span c : content) {
    TreeView::Range r = t_.range_of(c);
    for (int i = r.begin; i < r.end; ++i) {
      if (is_punctuation(t_[i].form)) continue;
      if (in_quote_[i] >= 0) ++inside;
      else ++outside;
    }
  }
  return inside == 0 ? "indirect" : outside == 0 ? "direct" : "mixed";
}

Span Speech::clause(TreeView::Range r) const {
  // A quotation mark at an edge belongs to the content when its partner is inside.
  if (r.begin > 0 && in_quote_[r.begin] >= 0 &&
      quotations_[in_quote_[r.begin]].begin == r.begin - 1)
    --r.begin;
  if (r.end < t_.size() && in_quote_[r.end - 1] >= 0 &&
      quotations_[in_quote_[r.end - 1]].end == r.end + 1)
    ++r.end;
  while (r.end - r.begin > 1 && loose(r.begin)) ++r.begin;
  while (r.end - r.begin > 1 && loose(r.end - 1)) --r.end;
  // Half a quotation inside: take all of it.
  for (int edge : {r.begin, r.end - 1}) {
    int q = in_quote_[edge];
    if (q < 0) continue;
    if (quotations_[q].begin < r.begin && quotations_[q].begin >= r.begin - 2)
      r.begin = quotations_[q].begin;
    if (quotations_[q].end > r.end && quotations_[q].end <= r.end + 2) r.end = quotations_[q].end;
  }
  return t_.span(r);
}

// A mark outside quotations that belongs to no clause.
bool Speech::loose(int i) const {
  std::string_view f = t_[i].form;
  bool mark = f == "," || f == "." || f == ";" || f == ":" || f == "--" || f == "-" || f == "–" ||
              f == "—" || f == "!" || f == "?";
  return mark && in_quote_[i] < 0;
}

int Speech::head_of(TreeView::Range r) const {
  int head = r.begin;
  for (int i = r.begin; i < r.end; ++i)
    if (t_[i].head < r.begin || t_[i].head >= r.end) {
      head = i;
      if (t_.noun(i) || t_.tag(i, "PRP")) break;
    }
  return head;
}

bool Speech::takes(int token, std::string_view shape) const {
  const Cue* cue = lexicon_.cue(t_.lemma(token));
  return cue && cue->takes(shape);
}

bool Speech::sure_cue(int k) const {
  const Cue* cue = t_.verb(k) && in_speech_[k] < 0 ? lexicon_.cue(t_.lemma(k)) : nullptr;
  return cue && cue->sure && cue->takes("quote") && !t_.is_any(k, {"amod", "acl"});
}

bool Speech::beside_quotation(int v, const Cue& cue) const {
  return cue.kind == CueKind::say && cue.takes("quote") && v > 0 && in_speech_[v - 1] >= 0 &&
         in_speech_[v] < 0 && (t_.tag(v, "VBD") || t_.tag(v, "VBN")) &&
         t_.sentence(v).paragraph == t_.sentence(v - 1).paragraph;
}

bool Speech::finite(int v) const {
  int up = t_[v].head;
  bool withheld = up >= 0 && !lexicon_.force(t_.lemma(up), "above").empty();
  return t_.tag(v, "VBD") || t_.tag(v, "VBZ") || t_.tag(v, "VBN") || withheld ||
         quoted_frame(t_, lexicon_, v).verb >= 0;
}

std::vector<int> Speech::quotations_in(const Sentence& s, int verb) const {
  std::vector<int> out;
  for (size_t q = 0; q < quotations_.size(); ++q) {
    const Quotation& x = quotations_[q];
    // The sentence may end with the quotation: "…!" sighed Ilo.
    bool just_before = x.end == verb && verb == s.begin;
    if (!x.speech || (x.end <= s.begin && !just_before) || x.begin >= s.end ||
        (x.begin <= verb && verb < x.end))
      continue;
    // Another cue stands between: the quotation is that cue's.
    bool nearer = false;
    for (int k = std::max(s.begin, std::min(verb + 1, x.end));
         k < std::min(s.end, std::max(verb, x.begin)); ++k)
      nearer |= k != verb && sure_cue(k) && !told_at_saying(t_, lexicon_, k);
    if (nearer) continue;
    out.push_back(static_cast<int>(q));
  }
  return out;
}

TreeView::Range Speech::before_comma(int start, const Sentence& s) const {
  if (start - 1 <= s.begin + 3 || t_[start - 1].form != "," || in_speech_[start - 1] >= 0)
    return {0, 0};
  bool clause = false, told = false;
  for (int i = s.begin; i < start - 1; ++i) {
    clause |= t_.verb(i) && !t_.is_any(i, {"amod", "acl", "aux"});
    told |= sure_cue(i);
  }
  return clause && !told ? TreeView::Range{s.begin, start - 1} : TreeView::Range{0, 0};
}

}  // namespace chancery
