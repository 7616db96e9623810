#include "reading/said/statements.h"

#include <algorithm>

#include "reading/said/according.h"
#include "reading/said/content_ends.h"
#include "reading/said/cue_reader.h"
#include "reading/said/force.h"
#include "reading/said/form_voices.h"
#include "reading/said/forms.h"
#include "reading/said/heard_half.h"
#include "reading/said/lone_quotations.h"
#include "reading/said/occasions.h"
#include "reading/said/quoted_sources.h"
#include "reading/said/same_speaker.h"
#include "reading/said/speech.h"
#include "reading/said/statement_chains.h"
#include "reading/said/statement_confidence.h"
#include "reading/said/statement_scenes.h"
#include "reading/said/statement_sources.h"

namespace chancery {

int innermost(const std::vector<FoundStatement>& statements, Span words) {
  int best = -1;
  uint32_t size = UINT32_MAX;
  for (size_t k = 0; k < statements.size(); ++k)
    for (Span c : statements[k].statement.content)
      if (c.contains(words) && c.size() < size) {
        best = static_cast<int>(k);
        size = c.size();
      }
  return best;
}

std::vector<FoundStatement> find_statements(const TreeView& tree, const Lexicon& lexicon,
                                            const std::vector<Quotation>& quotations,
                                            const Times& times, const HeardAttributions& heard,
                                            Attributions which, const Thresholds& least,
                                            Entities& entities) {
  std::vector<FoundStatement> found;
  const Speech speech(tree, lexicon, quotations);
  Sources sources(tree, lexicon, speech.in_speech(), entities);
  Occasions occasions(tree, speech, times, entities);
  According according(tree, speech, times, entities, sources);
  CueReader cues(tree, lexicon, speech, occasions, times, entities, sources);
  HeardHalf half(tree, lexicon, speech, times, heard, which, least, entities, sources);
  for (const Sentence& s : tree.document().sentences) {
    occasions.read(s, according.carriers(s));
    bool any = false;
    for (int i = s.begin; i < s.end; ++i)
      if (FoundStatement f; cues.read(i, s, f)) {
        found.push_back(std::move(f));
        any = true;
      }
    according.read(s, any, found);
  }
  half.take_words(found);
  if (which == Attributions::record) half.judge(found);
  for (FoundStatement& f : found) close_ends(tree, speech, f);
  const TextForm form = form_of(tree, lexicon);
  speak_by_form({tree, lexicon, form, speech, times, entities, sources}, found);
  sources.find_authors(found);
  give_to_quoted(tree, lexicon, entities, sources, found);
  settle_same_speakers(tree, lexicon, speech.in_speech(), form, entities, found);
  LoneQuotations(tree, speech, form, occasions, times, which, entities, sources).follow(found);
  find_chains(tree, lexicon, entities, found);
  occasions.apply(found);
  date_by_lead(tree, times, entities, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const FoundStatement& a, const FoundStatement& b) {
                     return a.statement.content[0].begin < b.statement.content[0].begin;
                   });
  for (size_t i = 0; i < found.size(); ++i) found[i].statement.id = "s" + std::to_string(i + 1);
  for (FoundStatement& f : found) {
    f.statement.force = force_of(tree, lexicon, f);
    f.statement.confidence = form.names_speaker(f.cue_verb) && f.statement.cue.empty()
                                 ? sureness_of_form(tree, lexicon, entities, least, f)
                                 : half.confidence_of(f);
  }
  for (FoundStatement& f : found)
    for (Span c : f.statement.content) entities.resolve_first_person(c, f.statement.speaker);
  return found;
}

}  // namespace chancery
