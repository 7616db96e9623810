#include "reading/said/statement_confidence.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/utf8.h"
#include "reading/who/entity_union.h"

namespace chancery {
namespace {

// "once", "twice" or "often": how many times an entity is named or described.
std::string how_often(const Entities& entities, int entity) {
  auto times = std::count_if(
      entities.mentions().begin(), entities.mentions().end(),
      [&](const Mention& m) { return m.entity == entity && m.sort != Mention::pronoun; });
  return times >= 3 ? "often" : times == 2 ? "twice" : "once";
}

std::string kind_of_speaker(const Entities& entities, int speaker) {
  if (speaker < 0) return "nobody";
  const std::string& kind = entities.entities()[speaker].kind;
  if (kind == "other" || kind == "event") return "thing";
  if (kind == "group") return "group";
  if (kind != "person") return "body." + how_often(entities, speaker);
  return named(entities, speaker) ? "person." + how_often(entities, speaker) : "described";
}

}  // namespace

Verdict judged_verdict(const CueEvidence& e, const Thresholds& least) {
  if (!e.speaker && !e.quoted) return {false, "nobody says it"};
  if (e.direct && e.speaker) return {true, "a quotation"};
  const bool saying = e.kind == CueKind::say || e.kind == CueKind::urge;
  const char* proposal = !e.by_rule ? "cue.alone" : saying ? "cue.saying" : "cue.other";
  if (e.heard < static_cast<double>(least[proposal]))
    return {false, "no statement to the judge of cues"};
  return {true, "a statement to the judge of cues"};
}

double sureness_of_speaker(const TreeView& t, const Lexicon& lexicon, const Entities& entities,
                           const Thresholds& shares, const FoundStatement& f) {
  double sure = static_cast<double>(
      shares[("speaker." + kind_of_speaker(entities, f.statement.speaker)).c_str()]);
  if (f.source_head >= 0 && t.tag(f.source_head, "PRP"))
    sure *= static_cast<double>(shares["speaker.pronoun"]);
  const Cue* noun = f.source_head >= 0 && t.noun(f.source_head)
                        ? lexicon.cue(lower(t.lemma(f.source_head)))
                        : nullptr;
  if (noun && noun->takes("author")) sure *= static_cast<double>(shares["speaker.document"]);
  if (f.heard_alone) sure *= static_cast<double>(shares["speaker.alone"]);
  return sure;
}

double sureness_of_form(const TreeView& t, const Lexicon& lexicon, const Entities& entities,
                        const Thresholds& shares, const FoundStatement& f) {
  const double form = static_cast<double>(shares["form.words"]);
  return std::round(100 * form * sureness_of_speaker(t, lexicon, entities, shares, f)) / 100;
}

}  // namespace chancery
