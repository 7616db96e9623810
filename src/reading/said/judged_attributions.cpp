#include "reading/said/judged_attributions.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chancery {
namespace {

using Range = TreeView::Range;

// Log-odds: the most that one word says, what a change from in to out costs, and how much more a
// content is expected than its words say one by one.
constexpr float kMost = 3, kChange = 2.5f, kLean = 0.5f, kNever = 1e6f;

class Ear {
 public:
  Ear(const TreeView& t, const JudgedWords& words) : t_(t), words_(words) {}

  Heard hear(int cue, float sure) const {
    Heard out;
    out.cue = cue;
    out.cue_score = sure;
    Range around = window(cue);
    std::vector<float> source =
                           words_.side(WordJudges::statement_source, cue, around.begin, around.end),
                       content = words_.side(WordJudges::statement_content, cue, around.begin,
                                             around.end);
    for (int i = 0; i < around.end - around.begin; ++i)
      (source[i] > content[i] ? content : source)[i] = 0;
    out.content = runs(around, content, cue);
    out.source = surest(runs(around, source, cue), around, source);
    float sum = 0;
    int n = 0;
    for (const auto& [ranges, p] : {std::pair{&out.source, &source}, {&out.content, &content}})
      for (Range r : *ranges)
        for (int i = r.begin; i < r.end; ++i, ++n) sum += (*p)[i - around.begin];
    out.role_score = n ? sum / static_cast<float>(n) : 0;
    return out;
  }

 private:
  // The cue's sentence and its neighbours in the paragraph.
  Range window(int cue) const {
    const auto& sentences = t_.document().sentences;
    int here = t_.sentence_of(cue);
    Range out{sentences[here].begin, sentences[here].end};
    if (here > 0 && sentences[here - 1].paragraph == sentences[here].paragraph)
      out.begin = sentences[here - 1].begin;
    if (here + 1 < static_cast<int>(sentences.size()) &&
        sentences[here + 1].paragraph == sentences[here].paragraph)
      out.end = sentences[here + 1].end;
    return out;
  }

  // The stretches of a role: the likeliest sequence of words in and out of it, where each change
  // costs something. The cue is in none.
  std::vector<Range> runs(Range around, const std::vector<float>& p, int cue) const {
    size_t n = p.size();
    std::vector<std::array<float, 2>> best(n);
    std::vector<std::array<uint8_t, 2>> from(n);
    for (size_t i = 0; i < n; ++i) {
      float in = std::clamp(std::log((p[i] + 1e-6f) / (1 - p[i] + 1e-6f)) + kLean, -kMost, kMost);
      if (around.begin + static_cast<int>(i) == cue) in = -kNever;
      for (int state : {0, 1}) {
        float stay = i ? best[i - 1][state] : (state ? -kChange : 0),
              change = i ? best[i - 1][1 - state] - kChange : -kNever;
        from[i][state] = static_cast<uint8_t>(stay >= change ? state : 1 - state);
        best[i][state] = std::max(stay, change) + (state ? in : 0);
      }
    }
    std::vector<Range> out;
    int state = n && best[n - 1][1] > best[n - 1][0] ? 1 : 0;
    for (size_t i = n; i-- > 0; state = from[i][state]) {
      if (!state) continue;
      int at = around.begin + static_cast<int>(i);
      if (!out.empty() && out.back().begin == at + 1) out.back().begin = at;
      else out.push_back({at, at + 1});
    }
    std::reverse(out.begin(), out.end());
    for (Range& r : out) {
      while (r.begin < r.end && punctuation(r.begin)) ++r.begin;
      while (r.begin < r.end && punctuation(r.end - 1)) --r.end;
    }
    std::erase_if(out, [](Range r) { return r.begin >= r.end; });
    return out;
  }

  bool punctuation(int i) const {
    return t_.is(i, "punct") && t_[i].form != "\"" && t_[i].form != "”" && t_[i].form != "“" &&
           t_[i].form != "''" && t_[i].form != "``";
  }

  // One source: the run with the most of it.
  static std::vector<Range> surest(const std::vector<Range>& runs, Range around,
                                   const std::vector<float>& p) {
    const Range* best = nullptr;
    float most = 0;
    for (const Range& r : runs) {
      float sum = 0;
      for (int i = r.begin; i < r.end; ++i) sum += p[i - around.begin];
      if (sum > most) {
        most = sum;
        best = &r;
      }
    }
    return best ? std::vector<Range>{*best} : std::vector<Range>{};
  }

  const TreeView& t_;
  const JudgedWords& words_;
};

}  // namespace

HeardAttributions judged_attributions(const TreeView& tree, const JudgedWords& words,
                                      const HeardAttributions& reader, float least) {
  HeardAttributions out;
  out.silent = words.silent();
  if (out.silent) return out;
  out.judged = true;
  Ear ear(tree, words);
  int last = -2;
  float before = 0;
  for (int i = 0; i < tree.size(); ++i) {
    float sure = words.any(WordJudges::cue, i);
    if (sure < least) continue;
    bool same = i == last + 1;
    last = i;
    if (same && sure <= before) continue;
    if (same) out.heard.pop_back();
    before = sure;
    out.heard.push_back(ear.hear(i, sure));
    for (const Heard& h : reader.heard)
      if (h.cue == i && !h.content.empty()) {
        out.heard.back() = h;
        out.heard.back().cue_score = sure;
      }
  }
  return out;
}

}  // namespace chancery
