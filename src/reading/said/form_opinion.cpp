// Opinion: an article in the first person that its author signs, in a line of its own ("By Ida Marr")
// or behind the text ("Ida Marr is a former minister").
#include <algorithm>

#include "base/utf8.h"
#include "reading/said/form_finders.h"

namespace chancery {
namespace {

using Range = TreeView::Range;

// Paragraphs from either end in which an author signs, words of a line that only names him, and how
// often he must say "I".
constexpr size_t kSigned = 3;
constexpr int kByLine = 8, kFirstPerson = 2;

class OpinionFinder {
 public:
  OpinionFinder(const TreeView& t, const std::vector<Quotation>& quotations,
                const std::vector<Range>& paragraphs)
      : t_(t), paragraphs_(paragraphs), quoted_(t.size(), 0) {
    for (const Quotation& q : quotations)
      std::fill(quoted_.begin() + q.begin, quoted_.begin() + q.end, 1);
  }

  Opinion find() const {
    Opinion out;
    for (size_t k = 0; k < std::min(kSigned, paragraphs_.size()) && empty(out.author); ++k)
      out.author = by_line(paragraphs_[k]);
    size_t end = paragraphs_.size();
    for (size_t back = 1; back < kSigned && back < paragraphs_.size() && empty(out.author);
         ++back) {
      out.author = signature(paragraphs_[paragraphs_.size() - back]);
      end = paragraphs_.size() - back;
    }
    if (empty(out.author)) return {};
    int own = 0;
    for (size_t k = 0; k < end; ++k) {
      const Range p = paragraphs_[k];
      if (p.begin <= out.author.begin && out.author.begin < p.end) continue;
      for (int i = p.begin; i < p.end; ++i) own += !quoted_[i] && first_person(i);
      out.words.push_back(p);
    }
    return own < kFirstPerson ? Opinion{} : out;
  }

 private:
  static bool empty(Range r) { return r.end <= r.begin; }

  bool first_person(int i) const {
    const std::string word = lower(t_[i].form);
    return t_.in(WordList::author_words, word);
  }

  // The name of a person that begins here.
  Range person(int from, int end) const {
    int to = from;
    while (to < end && t_[to].name == NameKind::person) ++to;
    return {from, to};
  }

  // "By Ida Marr", and no more.
  Range by_line(Range p) const {
    if (p.end - p.begin > kByLine || lower(t_[p.begin].form) != "by") return {0, 0};
    const Range name = person(p.begin + 1, p.end);
    return name.end == p.end ? name : Range{0, 0};
  }

  // "Ida Marr is a former minister.", "The writer, Ida Marr, was …"
  Range signature(Range p) const {
    int from = p.begin;
    if (lower(t_[from].form) == "the") {
      while (from < p.end && from < p.begin + 4 && t_[from].form != ",") ++from;
      ++from;
    }
    const Range name = person(from, p.end);
    int verb = name.end;
    while (verb < p.end && t_[verb].form == ",") ++verb;
    return !empty(name) && verb < p.end && t_[verb].lemma == "be" && !quoted_[from] ? name
                                                                                    : Range{0, 0};
  }

  const TreeView& t_;
  const std::vector<Range>& paragraphs_;
  std::vector<char> quoted_;
};

}  // namespace

Opinion find_opinion(const TreeView& tree, const std::vector<Quotation>& quotations,
                     const std::vector<TreeView::Range>& paragraphs) {
  return OpinionFinder(tree, quotations, paragraphs).find();
}

}  // namespace chancery
