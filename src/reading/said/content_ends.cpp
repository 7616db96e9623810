#include "reading/said/content_ends.h"

#include <algorithm>

namespace chancery {
namespace {

using Range = TreeView::Range;

// A conjunction and what leads over to what it joins ("and in addition").
constexpr int kLeadsOver = 5;

class Ends {
 public:
  Ends(const TreeView& t, const Statement& x) : t_(t), x_(x) {}

  // Empty where no word is left.
  Span close(Span content) const {
    Range r = t_.range_of(content);
    const Range heard = r;
    if (r.end - r.begin < 2 || t_.sentence_of(r.begin) != t_.sentence_of(r.end - 1)) return content;
    if (const int head = head_to_come(r); head >= 0) {
      if (const int end = end_of_phrase(head, r); end > r.end) r.end = end;
      else r.end = without_begun(r, head);
    }
    r.end = without_conjunction(without_outer_mark(r));
    if (r.end == heard.end) return content;
    if (r.end == r.begin) return {content.begin, content.begin};
    while (r.end - r.begin > 1 && (t_[r.end - 1].form == "," || t_[r.end - 1].form == "--"))
      --r.end;
    return {content.begin, t_[r.end - 1].span.end};
  }

 private:
  bool of_others(int token) const {
    auto holds = [&](const Spans& spans) {
      return std::any_of(spans.begin(), spans.end(),
                         [&](Span s) { return s.overlaps(t_[token].span); });
    };
    return holds(x_.cue) || holds(x_.source);
  }

  // The noun behind the content that its last word belongs to ("on", "the", "last"); -1 for none.
  int head_to_come(Range r) const {
    const int last = r.end - 1, head = t_[last].head;
    const bool begun = t_.is_any(last, {"case", "det", "amod", "compound", "nummod"}) ||
                       t_[last].relation == std::string_view("nmod:poss");
    return begun && head >= r.end && t_.noun(head) ? head : -1;
  }

  // The end of a noun's phrase, where that hangs on words of the content; -1 where it does not.
  int end_of_phrase(int noun, Range r) const {
    const int up = t_[noun].head;
    if (up < r.begin || up >= r.end) return -1;
    const Range phrase = t_.subtree_without(noun, [&](int, int c) {
      return t_.is_any(c, {"acl", "appos", "parataxis", "conj", "cc", "punct", "advcl"});
    });
    for (int i = r.end; i < phrase.end; ++i)
      if (of_others(i)) return -1;
    return phrase.end;
  }

  // Without the words of a phrase whose noun is to come.
  int without_begun(Range r, int noun) const {
    int end = r.end;
    while (end - r.begin > 1 && t_.descends(end - 1, noun)) --end;
    return end;
  }

  // The mark that closes a quotation around all of it ("he would go," in another's words).
  Range without_outer_mark(Range r) const {
    auto mark = [&](int i) {
      const std::string_view f = t_[i].form;
      return f == "\"" || f == "“" || f == "”";
    };
    int marks = 0;
    for (int i = r.begin; i < r.end; ++i) marks += mark(i);
    if (marks == 1 && mark(r.end - 1)) --r.end;
    return r;
  }

  // "… voluntarily and", "…, and in addition": what it joins is no content.
  int without_conjunction(Range r) const {
    for (int i = r.end - 1; i > r.begin && i >= r.end - kLeadsOver; --i)
      if (t_.tag(i, "CC") && (t_[i].head >= r.end || i == r.end - 1)) return i;
    return r.end;
  }

  const TreeView& t_;
  const Statement& x_;
};

}  // namespace

void close_ends(const TreeView& tree, const Speech& speech, FoundStatement& f) {
  Statement& x = f.statement;
  if (x.cue.empty()) return;
  // "The sailors said they would stay," told within a quotation: in the words of who is quoted.
  const int cue = speech.quoted(tree.range_of(x.cue[0]).begin);
  if (x.quote != "indirect" && cue >= 0 &&
      std::all_of(x.content.begin(), x.content.end(), [&](Span c) {
        const TreeView::Range r = tree.range_of(c);
        return r.begin < r.end && speech.quoted(r.begin) == cue;
      }))
    x.quote = "indirect";
  if (x.quote == "direct") return;
  const Ends ends(tree, x);
  Spans closed;
  for (Span content : x.content)
    if (const Span s = ends.close(content); s.begin < s.end) closed.push_back(s);
  if (!closed.empty()) x.content = std::move(closed);
}

}  // namespace chancery
