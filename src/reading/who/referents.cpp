#include "reading/who/referents.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {
namespace {

// A thing that is told again is looked for so many sentences back.
constexpr int kSentencesBack = 6;

bool at(const std::vector<char>& marks, int token) {
  return static_cast<size_t>(token) < marks.size() && marks[static_cast<size_t>(token)];
}

}  // namespace

bool definite_phrase(const TreeView& t, int head) {
  for (int c : t.children(head)) {
    if (c > head) break;
    if (t.tag(c, "PRP$") || t.is(c, "nmod:poss")) return true;
    if (t.tag(c, "DT") && lower(t[c].form).starts_with("th")) return true;
  }
  return false;
}

Things::Things(const TreeView& tree, std::vector<char> taken, std::vector<char> dates)
    : t_(tree), taken_(std::move(taken)), dates_(std::move(dates)) {}

bool Things::names_thing(int i) const {
  return t_.noun(i) && !at(taken_, i) && !at(dates_, i) &&
         !t_.is_any(i, {"compound", "flat", "fixed", "goeswith", "case", "advmod"});
}

// "The ban … the ban": one thing, unless the first has another owner or a number.
int Things::told_before(int i) const {
  if (!definite_phrase(t_, i)) return -1;
  const size_t oldest = things_.size() > kBack ? things_.size() - kBack : 0;
  for (size_t k = things_.size(); k-- > oldest;) {
    const int head = things_[k].heads.back();
    if (t_.sentence_of(i) - t_.sentence_of(head) > kSentencesBack) continue;
    if (t_.lemma(head) == t_.lemma(i) && things_[k].plural == t_.tag(i, "NNS"))
      return static_cast<int>(k);
  }
  return -1;
}

void Things::read_to(int token) {
  for (; read_ < token; ++read_) {
    if (!names_thing(read_)) continue;
    if (const int before = told_before(read_); before >= 0) {
      things_[static_cast<size_t>(before)].heads.push_back(read_);
      continue;
    }
    Thing thing;
    thing.heads = {read_};
    thing.plural = t_.tag(read_, "NNS") || t_.tag(read_, "NNPS");
    for (int c : t_.children(read_)) thing.plural |= t_.is(c, "conj") && t_.noun(c);
    things_.push_back(std::move(thing));
  }
}

}  // namespace chancery
