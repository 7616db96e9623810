// Where the words of a text are speech: inside quotation marks, or beside them with a verb that tells
// who spoke. What statements (statements.h) ask of words and clauses alone.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reading/lexicon.h"
#include "reading/quotes.h"
#include "reading/tree_view.h"
#include "record/record.h"

namespace chancery {

// Points into its arguments.
class Speech {
 public:
  Speech(const TreeView& tree, const Lexicon& lexicon, const std::vector<Quotation>& quotations);

  const std::vector<Quotation>& quotations() const { return quotations_; }
  Span span(int quotation) const {
    return t_.span({quotations_[quotation].begin, quotations_[quotation].end});
  }
  // For every token the quotation of speech around it, or -1.
  const std::vector<int>& in_speech() const { return in_speech_; }
  bool spoken(int token) const { return in_speech_[token] >= 0; }
  // The quotation of whatever kind around a token, or -1.
  int quoted(int token) const { return in_quote_[token]; }

  // direct, indirect or mixed.
  std::string kind(const Spans& content) const;
  // The words of a clause, with whole quotations and without loose marks at its edges.
  Span clause(TreeView::Range r) const;
  // The head of a stretch of words: the noun in it that hangs outside.
  int head_of(TreeView::Range r) const;

  // Does the cue at this token take content of this shape (cues.tsv)?
  bool takes(int token, std::string_view shape) const;
  // A verb that attributes by itself and can carry a quotation.
  bool sure_cue(int token) const;
  // "…!" sighed Ilo: a word of the manner of speaking right behind speech.
  bool beside_quotation(int verb, const Cue& cue) const;
  // Told, not only spoken of: "said", "has said", "says", "quoted as saying", "declined to say"; not
  // "to say".
  bool finite(int verb) const;
  // Quotations that stand in the sentence beside the cue.
  std::vector<int> quotations_in(const Sentence& s, int verb) const;
  // "…, Ilo told reporters", "…, the agency quoted Ilo as saying": where the tree gives a cue no
  // content, all that stands before the comma before its source. Empty when there is none.
  TreeView::Range before_comma(int start, const Sentence& s) const;

 private:
  bool loose(int token) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const std::vector<Quotation>& quotations_;
  std::vector<int> in_quote_, in_speech_;  // for every token
};

}  // namespace chancery
