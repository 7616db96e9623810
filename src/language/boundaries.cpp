#include "language/boundaries.h"

#include <algorithm>
#include <string_view>

namespace chancery {
namespace {

// The tokenizer ends a sentence with a dash only behind a dateline ("SEOUL, Sept. 22 (Yonhap) --").
bool dateline(const Document& document, const Sentence& s) {
  std::string_view last = document.tokens[s.end - 1].form;
  return last == "--" || last == "—" || last == "–" || last == "-";
}

}  // namespace

void draw_sentences(Document& document, const float* scores, int longest) {
  std::vector<Sentence> proposed;
  proposed.swap(document.sentences);
  auto close = [&](int begin, int end, int paragraph) {
    while (end - begin > longest) {
      // Not too near the beginning: a row of scraps helps nobody.
      const float* best = std::max_element(scores + begin + longest / 4, scores + begin + longest);
      int cut = static_cast<int>(best - scores);
      document.sentences.push_back({begin, cut, paragraph});
      begin = cut;
    }
    document.sentences.push_back({begin, end, paragraph});
  };
  for (size_t first = 0; first < proposed.size();) {
    size_t last = first;
    while (last < proposed.size() && proposed[last].paragraph == proposed[first].paragraph) ++last;
    int begin = proposed[first].begin, end = proposed[last - 1].end,
        paragraph = proposed[first].paragraph;
    if (last - first > 1 && dateline(document, proposed[first])) {
      close(begin, proposed[first].end, paragraph);
      begin = proposed[first].end;
    }
    for (int i = begin + 1; i < end; ++i)
      if (scores[i] > 0) {
        close(begin, i, paragraph);
        begin = i;
      }
    close(begin, end, paragraph);
    first = last;
  }
}

}  // namespace chancery
