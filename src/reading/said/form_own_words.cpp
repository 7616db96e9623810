// Documents in their author's own words: behind "made public the following statement:", or under a
// line such as "Statement by Ida Marr".
#include <algorithm>

#include "base/utf8.h"
#include "reading/said/form_finders.h"

namespace chancery {
namespace {

using Range = TreeView::Range;

// A heading stands among the first lines, and a line of place and date is shorter than this.
constexpr size_t kHeadings = 2;
constexpr int kDateLine = 8, kHeading = 30;

class OwnWordsFinder {
 public:
  OwnWordsFinder(const TreeView& t, const Lexicon& lexicon, const std::vector<Range>& paragraphs)
      : t_(t), lexicon_(lexicon), paragraphs_(paragraphs) {}

  std::vector<OwnWords> find() const {
    std::vector<OwnWords> out;
    for (size_t k = 0; k + 1 < paragraphs_.size(); ++k) {
      OwnWords own = led_in(paragraphs_[k]);
      if (own.document < 0 && k < kHeadings) own = heading(paragraphs_[k]);
      if (own.document < 0) continue;
      own.spoken = spoken(own, k + 1);
      if (own.spoken.empty()) continue;
      const int end = own.spoken.back().end;
      out.push_back(std::move(own));
      while (k + 1 < paragraphs_.size() && paragraphs_[k + 1].begin < end) ++k;
    }
    return out;
  }

 private:
  std::string word(int i) const { return lower(t_[i].form); }
  bool is(const std::string& word, std::string_view shape) const {
    const Cue* cue = lexicon_.cue(word);
    return cue && cue->takes(shape);
  }
  bool document(int i) const {
    return t_.noun(i) && (is(lower(t_.lemma(i)), "own") || is(word(i), "own"));
  }

  // "… issued the following statement on Monday:"
  OwnWords led_in(Range p) const {
    OwnWords out;
    if (t_[p.end - 1].form != ":") return out;
    const Sentence& s = t_.sentence(p.end - 1);
    for (int i = s.begin; i < s.end; ++i) {
      if (!document(i)) continue;
      bool follows = false;
      for (int k = std::max(s.begin, i - 4); k < i; ++k)
        follows |= word(k) == "following" || word(k) == "this";
      if (!follows && word(s.end - 2) != "follows") continue;
      out.document = i;
      out.led_in = {s.begin, s.end};
      return out;
    }
    return out;
  }

  // "Statement by Premier Ida Marr on the strike": a line that begins with the document, names
  // its author and tells nothing.
  OwnWords heading(Range p) const {
    OwnWords out;
    if (p.end - p.begin > kHeading || t_[p.end - 1].form == ".") return out;
    int noun = p.begin;
    while (noun < p.end && noun < p.begin + 3 && !document(noun)) ++noun;
    if (noun + 1 >= p.end || !document(noun)) return out;
    const std::string next = word(noun + 1);
    if (!t_.in(WordList::heading_words, next)) return out;
    // "Letter from Riga" tells where it was written.
    if (next != "by" && noun + 2 < p.end && t_[noun + 2].name == NameKind::place) return out;
    for (int i = p.begin; i < p.end; ++i)
      if (t_.tag(i, "VBD") || t_.tag(i, "VBZ") || t_.tag(i, "VBP") || t_.tag(i, "MD")) return out;
    out.document = noun;
    out.heading = true;
    out.led_in = p;
    return out;
  }

  bool opens_quotation(Range p) const {
    const std::string_view form = t_[p.begin].form;
    return form == "\"" || form == "“" || form == "``";
  }

  // "New York, 12 June 2028": without a verb, and short.
  bool date_line(Range p) const {
    if (p.end - p.begin > kDateLine) return false;
    for (int i = p.begin; i < p.end; ++i)
      if (t_.verb(i) || t_.tag(i, "MD")) return false;
    return true;
  }

  // Does the reporter tell of the document here ("the letter was …")?
  bool tells_of(const OwnWords& own, Range p) const {
    for (int i = p.begin + 1; i < p.end; ++i)
      if (t_.noun(i) && t_.lemma(i) == lower(t_.lemma(own.document)) && word(i - 1) == "the")
        return true;
    return false;
  }

  // Does a name of the lead-in come again as one of whom words are told? Nobody calls himself so.
  bool names_author(const OwnWords& own, Range p) const {
    for (int i = p.begin; i < p.end; ++i) {
      if (t_[i].name != NameKind::person) continue;
      for (int k = own.led_in.begin; k < own.led_in.end; ++k)
        if (t_[k].name == NameKind::person && word(k) == word(i) && t_[i].form.size() > 2)
          return true;
    }
    return false;
  }

  std::vector<Range> spoken(const OwnWords& own, size_t from) const {
    std::vector<Range> out;
    const bool quoted = opens_quotation(paragraphs_[from]);
    for (size_t k = from; k < paragraphs_.size(); ++k) {
      const Range p = paragraphs_[k];
      if (quoted ? !opens_quotation(p)
                 : is(word(p.begin), "end") || tells_of(own, p) || names_author(own, p))
        break;
      out.push_back(p);
    }
    while (!out.empty() && date_line(out.back())) out.pop_back();
    if (!out.empty()) cut_end(out.back());
    return out;
  }

  // "… a strong answer. -0-"
  void cut_end(Range& r) const {
    for (int back = 1; back <= 3 && r.end - back > r.begin; ++back) {
      const int from = r.end - back;
      std::string mark;
      for (int i = from; i < r.end; ++i) mark += word(i);
      if (is(mark, "end")) {
        r.end = from;
        return;
      }
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const std::vector<Range>& paragraphs_;
};

}  // namespace

std::vector<OwnWords> find_own_words(const TreeView& tree, const Lexicon& lexicon,
                                     const std::vector<TreeView::Range>& paragraphs) {
  return OwnWordsFinder(tree, lexicon, paragraphs).find();
}

}  // namespace chancery
