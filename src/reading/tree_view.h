// Questions about a document's trees that every reader asks: children, subtrees, noun phrases,
// clauses.
#pragma once
#include <array>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "language/document.h"
#include "reading/word_lists.h"

namespace chancery {

class TreeView {
 public:
  // Points into both.
  TreeView(const Document& document, const WordLists& words);

  const Document& document() const { return d_; }
  const Token& operator[](int i) const { return d_.tokens[i]; }
  int size() const { return d_.size(); }
  const std::vector<int>& children(int i) const { return children_[i]; }
  int sentence_of(int i) const { return sentence_[i]; }
  const Sentence& sentence(int i) const { return d_.sentences[sentence_[i]]; }

  // Relation without subtype, and with.
  bool is(int i, std::string_view relation) const;
  bool is_any(int i, std::initializer_list<std::string_view> relations) const;
  std::string_view lemma(int i) const { return d_.tokens[i].lemma; }
  bool tag(int i, std::string_view prefix) const {
    return std::string_view(d_.tokens[i].xpos).starts_with(prefix);
  }
  bool noun(int i) const { return tag(i, "NN"); }
  bool verb(int i) const { return tag(i, "VB"); }

  // Words of the language that rules ask for by name.
  const WordSet& words(WordList list) const { return words_[list]; }
  bool in(WordList list, std::string_view word) const { return words_[list].has(word); }

  // First child with one of the relations (matched without subtype unless the name has one), -1 if
  // none.
  int child(int i, std::initializer_list<std::string_view> relations) const;
  // The case marker (preposition) of a noun, lower case, words joined: "according to"; "" if none.
  std::string case_of(int i) const;
  // The conjunction or complementiser that opens a clause, lower case: "if", "unless", "that"; ""
  // if none.
  std::string mark_of(int i) const;
  // Nominal dependent with the preposition, -1 if none.
  int oblique(int i, std::string_view preposition) const;
  bool descends(int i, int from) const;
  bool negated(int i) const;
  // "a demand for new judges": is this what is asked for, with nothing that it is to do ("a call for Norvania to withdraw")?
  bool asked_for(int i) const;
  // Modal or future auxiliary of a verb ("will", "could"), "" if none.
  std::string_view modal(int i) const;
  // Subject of a verb; through xcomp, conjoined verbs and relative clauses when it has none of its
  // own. -1 if none.
  int subject(int verb) const;
  // "arrested students for calling for a strike", "accused Olm of arming rebels": a clause of what the object of the
  // verb above it does or did.
  bool of_blame(int verb) const;
  // "Olm has agreed, but Norvania has not and is still seeking changes": the subject of the clause joined last
  // before it to the same verb; -1 where there is none.
  int joined_before(int verb) const;
  bool passive(int verb) const;
  // Who does what a verb tells: its subject, of a passive whom "by" names; -1 if none.
  int agent(int verb) const;
  // The auxiliary of the perfect: "have signed", "had he signed"; -1 if none.
  int perfect(int verb) const;
  // "no reports": what there is none of.
  bool none_of(int noun) const;
  // Whose a noun is, as its own words say: "Norvania's refusal", "a refusal by Norvania"; -1 for each that there is
  // not.
  std::array<int, 2> owners(int noun) const;

  struct Range {
    int begin, end;  // tokens
  };
  // Tokens from the leftmost to the rightmost of the subtree, within the sentence.
  Range subtree(int i) const;
  // The same without the subtrees of children for which `skip` is true.
  template <class F>
  Range subtree_without(int i, F&& skip) const {
    Range r{i, i + 1};
    std::vector<int> stack = {i};
    while (!stack.empty()) {
      int at = stack.back();
      stack.pop_back();
      r.begin = std::min(r.begin, at);
      r.end = std::max(r.end, at + 1);
      for (int c : children_[at])
        if (!skip(at, c)) stack.push_back(c);
    }
    return r;
  }
  // Text of tokens [begin, end) without punctuation and blanks at the ends.
  Span span(Range r) const;
  Span trimmed(Range r) const;
  // First token at or after byte offset, and the range of tokens inside a span.
  int token_at(uint32_t byte) const;
  Range range_of(Span s) const;

 private:
  const Document& d_;
  const WordLists& words_;
  std::vector<std::vector<int>> children_;
  std::vector<int> sentence_;
};

bool is_punctuation(std::string_view form);

}  // namespace chancery
