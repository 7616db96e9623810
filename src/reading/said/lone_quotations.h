// Quotations without a cue of their own: they go on what was said last in their paragraph, or in the
// one before, or are led in by the sentence before ("Ilo said:").
#pragma once
#include <vector>

#include "reading/quotes.h"
#include "reading/said/forms.h"
#include "reading/said/occasions.h"
#include "reading/said/speech.h"
#include "reading/said/statement_sources.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"

namespace chancery {

// Points into its arguments.
class LoneQuotations {
 public:
  LoneQuotations(const TreeView& tree, const Speech& speech, const TextForm& form,
                 const Occasions& occasions, const Times& times, Attributions which,
                 const Entities& entities, Sources& sources)
      : t_(tree),
        speech_(speech),
        form_(form),
        occasions_(occasions),
        times_(times),
        which_(which),
        e_(entities),
        sources_(sources),
        used_quote_(speech.quotations().size(), 0) {}

  void follow(std::vector<FoundStatement>& found);

 private:
  void spoken_for(const std::vector<FoundStatement>& found);
  bool stands_alone(const Quotation& q) const;
  bool same_breath(const FoundStatement& f, bool same_paragraph) const;
  FoundStatement* goes_on(const Quotation& q, std::vector<FoundStatement>& found) const;
  FoundStatement in_the_same_voice(const FoundStatement& last, const Quotation& q, Span span) const;
  bool colon_before(const Quotation& q) const;
  bool behind_colon(const Quotation& q) const;
  int lead_in(const Quotation& q) const;
  int presenter(const Quotation& q) const;
  void introduced(const Quotation& q, Span span, std::vector<FoundStatement>& found);

  const TreeView& t_;
  const Speech& speech_;
  const TextForm& form_;  // whose words have a speaker already, or none
  const Occasions& occasions_;
  const Times& times_;
  Attributions which_;
  const Entities& e_;
  Sources& sources_;
  std::vector<char> used_quote_;
};

}  // namespace chancery
