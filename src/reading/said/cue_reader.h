// One cue of attribution and what it tells: who speaks, in which words, by which shape of content (a
// clause, a quotation, an infinitive, an "as" phrase …), to whom and when.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "reading/lexicon.h"
#include "reading/said/occasions.h"
#include "reading/said/speech.h"
#include "reading/said/statement_frames.h"
#include "reading/said/statement_sources.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"

namespace chancery {

// Points into its arguments. Cues are read in the order of the text: one may leave its speaker to a
// later one ("said A and added B").
class CueReader {
 public:
  CueReader(const TreeView& tree, const Lexicon& lexicon, const Speech& speech,
            const Occasions& occasions, const Times& times, const Entities& entities,
            Sources& sources)
      : t_(tree),
        lexicon_(lexicon),
        speech_(speech),
        occasions_(occasions),
        times_(times),
        e_(entities),
        sources_(sources),
        used_quote_(speech.quotations().size(), 0) {}

  // The statement of the verb, if it is a cue and tells one.
  bool read(int verb, const Sentence& sentence, FoundStatement& f);

 private:
  // A cue as far as it is read.
  struct Reading {
    int verb;
    const Sentence& sentence;
    const Cue* cue = nullptr;
    bool heard = false;  // by the attribution model
    QuotedFrame frame;
    bool passive = false;
    int subject = -1;
    TreeView::Range words{0, 0};  // of the cue

    std::string shape;            // "" as long as there is no content
    TreeView::Range range{0, 0};  // of the content
    Spans content;                // the content, quoted or not
    int head = -1;                // of the content clause
    int clause = -1;              // that carries the content
    bool behind = false;          // set behind what it reports
  };

  bool is_cue(Reading& c) const;
  bool asks(int verb) const;
  bool find_subject(Reading& c) const;
  void subject_behind(Reading& c) const;

  bool find_content(Reading& c);
  void find_clause(Reading& c) const;
  bool stands_behind(const Reading& c) const;
  int clause_hung_elsewhere(const Reading& c) const;
  bool runs_out_of_quotation(const Reading& c) const;
  int wished(const Reading& c) const;
  void take_clause(Reading& c);
  bool others_content(const Reading& c, int child);
  void cut_off_cue(Reading& c) const;
  bool take_quotations(Reading& c, const std::vector<int>& quotations);
  void take_infinitive(Reading& c) const;
  bool take_wish(Reading& c, int wish) const;
  bool take_of(Reading& c) const;
  void take_as(Reading& c) const;
  void take_noun(Reading& c) const;
  void take_before_comma(Reading& c) const;
  bool close_content(Reading& c);
  void go_on(Reading& c) const;

  void name_source(const Reading& c, FoundStatement& f);
  void circumstances(const Reading& c, FoundStatement& f);
  void addressee(int verb, Statement& x) const;
  int medium_in(int journalist) const;
  void document_of_another(int verb, Statement& x) const;

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Speech& speech_;
  const Occasions& occasions_;
  const Times& times_;
  const Entities& e_;
  Sources& sources_;
  std::vector<char> used_quote_;  // quotations that are some cue's content
  std::map<int, int> inherited_;  // cue verb → subject of the cue it is joined to
};

}  // namespace chancery
