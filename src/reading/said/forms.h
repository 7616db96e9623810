// How a text is laid out, where that tells who speaks: a transcript with the names of its speakers
// before their words, questions and answers, a document in its author's own words, a live blog whose
// entries begin with the time of day, a list of briefs. It is told before anything is read: these
// words are somebody's, though no quotation mark says so.
#pragma once
#include <string>
#include <vector>

#include "reading/lexicon.h"
#include "reading/quotes.h"
#include "reading/tree_view.h"

namespace chancery {

// "MS. HOLM: We cannot accept it." and the paragraphs that go on without a label.
struct Turn {
  enum Role { speaks, asks, answers } role = speaks;
  TreeView::Range label{0, 0};          // the words before the colon
  std::string who;                      // what tells this label from others: its words, small
  std::vector<TreeView::Range> spoken;  // one a paragraph
};

// "Ida Marr made public the following statement: I have …", "Statement by Ida Marr": from here on the
// words are those of the author.
struct OwnWords {
  int document = -1;             // the noun
  bool heading = false;          // a line without a verb, above the text
  TreeView::Range led_in{0, 0};  // the sentence or line that says so
  std::vector<TreeView::Range> spoken;
};

// "14:05 The minister says …", "ROME - Italy asked …": news of its own. A brief has no time.
struct NewsEntry {
  TreeView::Range words{0, 0};
  std::string time;  // "14:05"
};

// An article in which its author speaks for himself, and signs.
struct Opinion {
  TreeView::Range author{0, 0};  // his name
  std::vector<TreeView::Range> words;
};

struct TextForm {
  std::vector<Turn> turns;
  std::vector<OwnWords> own_words;
  Opinion opinion;
  std::vector<NewsEntry> entries;

  // Somebody's words by the layout, as quotations.
  std::vector<Quotation> quotations() const;
  // Is this one of them?
  bool gives(const Quotation& quotation) const;
  // Is it a word of a label, or a document that is given in its author's words?
  bool names_speaker(int token) const;
  // The entry of a token, -1 for none.
  int entry(int token) const;
};

TextForm form_of(const TreeView& tree, const Lexicon& lexicon);

// With what is somebody's by the layout; quotations inside of it are his who speaks there.
std::vector<Quotation> with_form(std::vector<Quotation> quotations, const TextForm& form);

}  // namespace chancery
