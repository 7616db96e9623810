#include "reading/said/statement_scenes.h"

#include <algorithm>
#include <set>

namespace chancery {
namespace {

constexpr int kLeadParagraphs = 2;

// The day that the lead tells last before or on the day of publication, if it is that day: news of
// the day.
When day_of_lead(const TreeView& t, const Times& times, int end) {
  std::string published = times.published();
  if (published.empty()) return {};
  for (const TimeExpression& x : times.all()) {
    if (x.type == "DURATION" || x.type == "SET" || !x.when.dated()) continue;
    if (t.range_of(x.span).begin >= end) break;
    if (x.when.precision() <= Precision::day && x.when.value().substr(0, 10) == published)
      return When(published);
  }
  return {};
}

int end_of_lead(const TreeView& t) {
  int first = t.document().sentences.empty() ? 0 : t.document().sentences[0].paragraph, end = 0;
  std::set<int> paragraphs;
  for (const Sentence& s : t.document().sentences) {
    paragraphs.insert(s.paragraph);
    if (s.paragraph < first || static_cast<int>(paragraphs.size()) > kLeadParagraphs) break;
    end = s.end;
  }
  return end;
}

}  // namespace

void date_by_lead(const TreeView& t, const Times& times, const Entities& entities,
                  std::vector<FoundStatement>& found) {
  int end = end_of_lead(t);
  When day = day_of_lead(t, times, end);
  if (day.empty()) return;
  std::set<int> present;  // who is named in the lead
  for (const Mention& m : entities.mentions())
    if (m.begin < end) present.insert(m.entity);
  for (FoundStatement& f : found) {
    Statement& x = f.statement;
    if (!x.when.empty() || x.speaker < 0 || !present.count(x.speaker)) continue;
    // A state speaks every day; and what is said today in the present tense is a stance.
    if (entities.entities()[x.speaker].kind == "place") continue;
    if (!x.cue.empty() && (t.tag(f.cue_verb, "VBZ") || t.tag(f.cue_verb, "VBP"))) continue;
    x.when = day;
    x.explain += "; on the day of the lead";
  }
}

}  // namespace chancery
