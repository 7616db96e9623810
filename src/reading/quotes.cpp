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

class Finder {
 public:
  explicit Finder(const Document& d) : d_(d) {}

  std::vector<Quotation> find() {
    for (const Sentence& s : d_.sentences) {
      if (s.paragraph != paragraph_) begin_paragraph(s);
      for (int i = s.begin; i < s.end; ++i)
        if (i > seen_ && mark_of(d_[i].form) != Mark::none) read_mark(i);
    }
    if (open_ >= 0) keep(open_, d_.size(), false);
    return std::move(out_);
  }

 private:
  // No quotation goes on into another paragraph.
  void begin_paragraph(const Sentence& s) {
    if (open_ >= 0) keep(open_, s.begin, false);
    open_ = single_ = -1;
    paragraph_ = s.paragraph;
  }

  void read_mark(int i) {
    // The two may stand in two sentences.
    const int last = twice(d_, i) ? i + 1 : i;
    seen_ = last;
    const Mark m = last > i ? Mark::either : mark_of(d_[i].form);
    // A mark that says no direction closes what is open.
    if (m == Mark::open || (m == Mark::either && open_ < 0)) {
      if (open_ >= 0) keep(open_, i, false);
      open_ = i;
      single_ = -1;
    } else if (m == Mark::close || m == Mark::either) {
      if (open_ >= 0) keep(open_, last + 1, true);
      open_ = -1;
    } else if (open_ < 0) {
      read_single(i, m);
    }
  }

  // Single marks count where no double one is open: inside they are terms.
  void read_single(int i, Mark m) {
    const bool space_before = i == 0 || d_[i - 1].space_after,
               opening = space_before && !d_[i].space_after && d_[i].form != "’",
               begins = m == Mark::single_open || opening;
    if (begins && single_ < 0) {
      single_ = i;
      return;
    }
    const bool ends = m == Mark::single_either && single_ >= 0 && !space_before && i > single_ + 1;
    if (!ends || std::string_view(d_[i].xpos) == "POS") return;
    keep(single_, i + 1, true);
    single_ = -1;
  }

  void keep(int begin, int end, bool closed) {
    if (end - begin < 2) return;
    int words = 0;
    bool verb = false;
    for (int i = begin; i < end; ++i) {
      std::string_view tag = d_[i].xpos;
      words += !tag.empty() && tag[0] >= 'A' && tag[0] <= 'Z';
      verb |= tag.starts_with("VB") || tag == "MD";
    }
    out_.push_back({begin, end, words >= 6 || (verb && words >= 3), closed});
  }

  const Document& d_;
  std::vector<Quotation> out_;
  int open_ = -1, single_ = -1;  // the marks that wait for their second
  int paragraph_ = -1, seen_ = -1;
};

}  // namespace

std::vector<Quotation> find_quotations(const Document& d) { return Finder(d).find(); }

}  // namespace chancery
