#include "reading/quotes.h"

#include <string_view>

namespace chancery {
namespace {

enum class Mark { none, open, close, either, single_open, single_either };

Mark mark_of(std::string_view f) {
  if (f == "“" || f == "„" || f == "«" || f == "``") return Mark::open;
  if (f == "”" || f == "»" || f == "''") return Mark::close;
  if (f == "\"") return Mark::either;
  if (f == "‘" || f == "‹") return Mark::single_open;
  if (f == "'" || f == "’" || f == "›") return Mark::single_either;
  return Mark::none;
}

// ''…'': two single marks side by side are a double one.
bool twice(const Document& d, int i) {
  return i + 1 < d.size() && d[i].form == "'" && d[i + 1].form == "'" && !d[i].space_after;
}

}  // namespace

std::vector<Quotation> find_quotations(const Document& d) {
  std::vector<Quotation> out;
  int open = -1, single = -1, paragraph = -1, seen = -1;
  auto finish = [&](int begin, int end, bool closed) {
    if (end - begin < 2) return;
    Quotation q{begin, end, false, closed};
    int words = 0;
    bool verb = false;
    for (int i = begin; i < end; ++i) {
      std::string_view tag = d[i].xpos;
      words += !tag.empty() && ((tag[0] >= 'A' && tag[0] <= 'Z'));
      verb |= tag.starts_with("VB") || tag == "MD";
    }
    q.speech = words >= 6 || (verb && words >= 3);
    out.push_back(q);
  };
  for (const Sentence& s : d.sentences) {
    if (s.paragraph != paragraph) {
      if (open >= 0) finish(open, s.begin, false);
      open = single = -1;
      paragraph = s.paragraph;
    }
    for (int i = s.begin; i < s.end; ++i) {
      Mark m = mark_of(d[i].form);
      if (m == Mark::none) continue;
      if (i <= seen) continue;
      // The two may stand in two sentences.
      const int last = twice(d, i) ? i + 1 : i;
      seen = last;
      if (last > i) m = Mark::either;
      bool space_before = i == 0 || d[i - 1].space_after, space_after = d[last].space_after;
      if (m == Mark::either) {
        // Direction by spacing; where that says nothing, by what is open.
        if (open >= 0 && !(space_before && !space_after)) m = Mark::close;
        else m = open >= 0 ? Mark::close : Mark::open;
      }
      if (m == Mark::open) {
        if (open >= 0) finish(open, i, false);
        open = i;
        single = -1;
      } else if (m == Mark::close) {
        if (open >= 0) finish(open, last + 1, true);
        open = -1;
      } else if (open < 0) {
        // Single marks count where no double one is open: inside they are terms.
        bool opens =
            (m == Mark::single_open || (space_before && !space_after && d[i].form != "’")) &&
            single < 0;
        bool closes = m == Mark::single_either && single >= 0 && !space_before && i > single + 1;
        bool possessive = closes && std::string_view(d[i].xpos) == "POS";
        if (opens) single = i;
        else if (closes && !possessive) {
          finish(single, i + 1, true);
          single = -1;
        }
      }
    }
  }
  if (open >= 0) finish(open, d.size(), false);
  return out;
}

}  // namespace chancery
