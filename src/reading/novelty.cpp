#include "reading/novelty.h"

#include <fmt/format.h>

#include <unordered_set>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "record/vocabulary.h"
#include "record/when.h"

namespace chancery {
namespace {

using Words = std::unordered_set<std::string_view>;

// Ranks and names, not claims.
const Words kRanks = {"lady",     "round",       "phase",     "step",     "half",      "quarter",
                      "stage",    "name",        "class",     "place",    "hand",      "day",
                      "week",     "month",       "year",      "minister", "secretary", "group",
                      "part",     "generation",  "term",      "floor",    "language",  "world",
                      "war",      "world war",   "amendment", "person",   "vice",      "deputy",
                      "aid",      "century",     "item",      "priority", "option",    "thing",
                      "choice",   "point",       "question",  "session",  "reading",   "draft",
                      "instance", "anniversary", "degree",    "son",      "daughter",  "wife"};
// Where a length of years or months before a day began: its year, or its month for a length that is
// no whole years.
When length_before(Day day, const When& length) {
  auto months = length.months();
  if (!months || *months > day.year * 12) return {};
  Day began = add_months({day.year, day.month, 1}, -*months);
  if (*months % 12 == 0) return fmt::format("{:04}", began.year);
  return iso_month(began.year, began.month);
}

}  // namespace

std::vector<Novelty> find_novelty(const TreeView& t, const Times& times, Entities& entities) {
  std::vector<Novelty> out;
  const Document& d = t.document();
  for (const Sentence& s : d.sentences) {
    for (int i = s.begin; i < s.end; ++i) {
      std::string low = lower(t[i].form);
      bool ordinal = kOrdinals.has(low), superlative = kSuperlatives.has(low),
           unprecedented = kUnheardOf.has(low);
      if (!ordinal && !superlative && !unprecedented) continue;
      // "the biggest": an adjective of a noun; hyphenated "largest-scale" too.
      int noun = t[i].head;
      for (int steps = 0; noun >= 0 && !t.noun(noun) && steps < 3; ++steps) noun = t[noun].head;
      if (noun < 0 || noun < i || t.sentence_of(noun) != t.sentence_of(i)) {
        noun = -1;
        for (int k = i + 1; k < std::min(s.end, i + 6); ++k)
          if (t.noun(k) && !t.is_any(k, {"compound"})) {
            noun = k;
            break;
          }
        if (noun < 0) continue;
      }
      // "largest-scale deal": the noun of the whole phrase.
      while (t.is_any(noun, {"compound", "amod"}) && t[noun].head > noun && t.noun(t[noun].head) &&
             t.sentence_of(t[noun].head) == t.sentence_of(i))
        noun = t[noun].head;
      std::string lemma(t.lemma(noun));
      if (low == "most" && !t.tag(i, "RBS")) continue;
      TreeView::Range r = t.subtree_without(noun, [&](int at, int c) {
        return at == noun && t.is_any(c, {"case", "cop", "nsubj", "punct", "parataxis", "conj",
                                          "cc", "aux", "advmod:cop", "appos"});
      });
      if (r.begin > i) r.begin = i;
      // From the determiner or possessor in front of the ordinal.
      std::string text = lower(Span{t[r.begin].span.begin, t[r.end - 1].span.end}.of(d.text));
      // The "since" clause may hang on the verb above: "visited for the first time since May".
      bool since = false, ever = contains_word(text, "ever") || contains_word(text, "so far") ||
                                 contains_word(text, "to date") ||
                                 contains_word(text, "in history");
      int since_token = -1;
      for (int k = i; k < s.end; ++k)
        if (lower(t[k].form) == "since" && k - r.end < 12) {
          since = true;
          since_token = k;
          break;
        }
      if (since) {
        // To the end of its clause: a comma or the end of the sentence.
        int end = since_token + 1;
        while (end < s.end && t[end].form != "," && t[end].form != "." && t[end].form != ";" &&
               t[end].form != "”" && t[end].form != "\"" && end < since_token + 25)
          ++end;
        r.end = std::max(r.end, end);
      }
      bool time_noun = lemma == "time";
      int in_years = -1;
      for (int k = noun; k + 1 < std::min(s.end, r.end + 6); ++k)
        if (lower(t[k].form) == "in")
          for (const TimeExpression& x : times.all())
            if (x.type == "DURATION" && x.span.begin >= t[k].span.end &&
                x.span.begin <= t[k].span.end + 20)
              in_years = k;
      // What makes an ordinal a claim: a time frame, "time", "such", "ever"; or an act that is
      // called the first.
      bool such = contains_word(text, "such"), possessive = t.child(noun, {"nmod:poss"}) >= 0;
      bool clause = t.child(noun, {"acl"}) >= 0;
      if (kRanks.count(lemma) && !since && !ever) continue;
      bool claim =
          since || ever || in_years >= 0 || (time_noun && ordinal) || such || unprecedented;
      static const Words acts = {
          "visit",    "trip",      "meeting",    "summit",     "talk",      "sign",
          "test",     "attack",    "strike",     "election",   "agreement", "deal",
          "contact",  "call",      "speech",     "leader",     "president", "woman",
          "country",  "case",      "statement",  "appearance", "direct",    "launch",
          "use",      "vote",      "conference", "exercise",   "encounter", "negotiation",
          "exchange", "handshake", "mission",    "official",   "minister",  "delegation",
          "foray",    "tour",      "treaty",     "defeat",     "victory",   "mention"};
      if (!claim && ordinal)
        claim = acts.count(lemma) && (low == "first" || since) &&
                (clause || possessive || t.oblique(noun, "to") >= 0 || t.oblique(noun, "of") >= 0 ||
                 t.oblique(noun, "between") >= 0 || t.oblique(noun, "by") >= 0);
      if (!claim && superlative)
        claim = low != "most" && low != "latest" && low != "greatest" &&
                (t.oblique(noun, "in") >= 0 || t.oblique(noun, "between") >= 0 ||
                 t.oblique(noun, "of") >= 0 || t.is(noun, "appos")) &&
                acts.count(lemma);
      if (!claim) continue;
      if (low == "latest") continue;
      if (in_years >= 0) {
        int end = in_years + 1;
        for (int k = in_years; k < s.end; ++k) {
          end = k + 1;
          if (k + 1 < s.end && (t[k + 1].form == "," || t.verb(k + 1) || t[k + 1].form == "."))
            break;
        }
        r.end = std::max(r.end, std::min(end, in_years + 6));
      }
      Novelty n;
      n.span = t.trimmed(r);
      n.claim = low == "most" ? "most " + lower(t[i + 1].form) : low;
      // What is new: the noun phrase after the ordinal, without its time.
      int stop = since_token > noun ? since_token : in_years > noun ? in_years : r.end;
      int begin = i + 1;
      if (time_noun && t.child(noun, {"acl"}) >= 0) begin = t.subtree(t.child(noun, {"acl"})).begin;
      if (begin >= stop) begin = i;
      n.what = squeeze(std::string(t.trimmed({begin, std::max(begin + 1, stop)}).of(d.text)));
      // By whom: the possessor, the agent, the subject of the clause that the claim belongs to.
      int possessor = t.child(noun, {"nmod:poss"});
      if (possessor >= 0) n.by = entities.at(possessor);
      if (n.by < 0)
        for (const char* preposition : {"by", "of", "from"}) {
          int o = t.oblique(noun, preposition);
          if (n.by < 0 && o >= 0) n.by = entities.at(o);
        }
      if (n.by < 0) {
        int c = t.child(noun, {"acl"});
        int subject = c >= 0 ? t.child(c, {"nsubj"}) : -1;
        if (subject >= 0) n.by = entities.at(subject);
      }
      if (n.by < 0) {
        int up = t[noun].head;
        for (int steps = 0; up >= 0 && steps < 4 && n.by < 0; ++steps, up = t[up].head)
          if (t.verb(up)) {
            int subject = t.subject(up);
            if (subject >= 0 && subject != noun) n.by = entities.actor_at(subject);
          }
      }
      // Since when, as a date.
      if (since) {
        Span after{t[since_token].span.end, n.span.end + 40};
        after.end = std::min<uint32_t>(after.end, t[s.end - 1].span.end);
        if (const TimeExpression* x = times.in(after)) n.since = x->when;
      } else if (in_years >= 0 && !times.published().empty()) {
        for (const TimeExpression& x : times.all())
          if (x.type == "DURATION" && x.span.begin >= t[in_years].span.end &&
              x.span.begin <= t[in_years].span.end + 20) {
            n.since = length_before(*parse_day(times.published()), x.when);
            break;
          }
      }
      if (n.since.reference() || n.since.precision() == Precision::length) n.since = {};
      n.explain = "'" + low + "' with " +
                  (since           ? "a since clause"
                   : ever          ? "'ever'"
                   : in_years >= 0 ? "a length of time"
                   : such          ? "'such'"
                   : time_noun     ? "'time'"
                                   : "an act");
      bool twice = false;
      for (const Novelty& o : out) twice |= o.span.overlaps(n.span);
      if (twice) continue;
      n.id = "n" + std::to_string(out.size() + 1);
      out.push_back(std::move(n));
    }
  }
  return out;
}

}  // namespace chancery
