#include "reading/new/novelty.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"
#include "record/vocabulary.h"
#include "record/when.h"

namespace chancery {
namespace {

using Kind = NoveltyGrammar::Kind;

// Where a length of years or months before a day began: its year, or its month for a length that is
// no whole years.
When length_before(Day day, const When& length) {
  auto months = length.months();
  if (!months || *months > day.year * 12) return {};
  Day began = add_months({day.year, day.month, 1}, -*months);
  if (*months % 12 == 0) return fmt::format("{:04}", began.year);
  return iso_month(began.year, began.month);
}

// "16th", "103rd".
bool counts(std::string_view word) {
  size_t digits = 0;
  while (digits < word.size() && isdigit(static_cast<unsigned char>(word[digits]))) ++digits;
  std::string_view end = word.substr(digits);
  return digits > 0 && digits < 4 && (end == "st" || end == "nd" || end == "rd" || end == "th");
}

using Proposal = NoveltyProposal;

constexpr const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::first: return "first";
    case Kind::ordinal: return "ordinal";
    case Kind::most: return "most";
    default: return "record";
  }
}

class Finder {
 public:
  Finder(const NoveltyGrammar& grammar, const TreeView& t, const Times& times, Entities& entities,
         const NoveltyJudge& judge)
      : g_(grammar), t_(t), times_(times), entities_(entities), judge_(judge) {}

  void at(int i, std::vector<Novelty>& out) {
    std::string low = lower(t_[i].form);
    const NoveltyGrammar::Word* word = g_.word(low);
    if (!word || !stands_before_noun(i, word->kind)) return;
    const Sentence& s = t_.sentence(i);
    Proposal p;
    p.word = i;
    p.noun = noun_of(i, s);
    if (p.noun < 0) return;
    p.kind = name_of(word->kind);
    p.range = phrase(p);
    look_around(p, s);
    p.reason = reason(p, word->kind);
    p.phrase = whole(p, s);
    p.clause = clause(p);
    p.brief = framed({p.range.begin, std::max(p.noun, p.word) + 1}, s);
    const SignCase c = novelty_case(t_, p);
    if (judge_.watch) judge_.watch(t_, p, c);
    // That there is a claim is one question, which words it has another.
    const SignJudge::Verdict v = judge_.signs.decide(c);
    if (v.any < judge_.signs.threshold()) return;
    Novelty n;
    n.span = t_.trimmed(p.words(v.id));
    for (const Novelty& other : out)
      if (other.span.overlaps(n.span)) return;
    n.claim =
        word->claim == "most" && i + 1 < s.end ? "most " + lower(t_[i + 1].form) : word->claim;
    n.what = what(p);
    n.by = whose(p);
    n.since = since_when(p, n.span, s);
    n.explain = "'" + low + "'" + (p.reason.empty() ? "" : " with " + p.reason) +
                "; judged by signs: " + v.why;
    n.id = "n" + std::to_string(out.size() + 1);
    out.push_back(std::move(n));
  }

 private:
  // False beyond the text's last word too.
  bool is(int i, std::string_view word) const { return i < t_.size() && lower(t_[i].form) == word; }

  // No adverb ("first met", "best known"), no noun of its own, no part of a name.
  bool stands_before_noun(int i, Kind kind) const {
    const Sentence& s = t_.sentence(i);
    if (kind == Kind::most && is(i, "most"))
      return t_.tag(i, "RBS") && i + 1 < s.end && t_.tag(i + 1, "JJ");
    if (kind == Kind::record && is(i, "record"))
      return i + 1 < s.end && i > s.begin &&
             (t_.is_any(i, {"compound", "amod"}) || t_.lemma(i + 1) == "high" ||
              t_.lemma(i + 1) == "low" || t_[i + 1].form == "$");
    // "the first nine months of the year": a stretch of time, and "off-the-record".
    if (i + 1 < s.end && t_.tag(i + 1, "CD") && !is(i + 1, "one")) return false;
    if (i > s.begin && t_[i - 1].form == "-") return false;
    bool elliptical = i > s.begin && (is(i - 1, "the") || is(i - 1, "a") || is(i - 1, "an"));
    if (t_.is(i, "advmod") && t_[i].head >= 0 && t_.verb(t_[i].head) && !elliptical) return false;
    return true;
  }

  // The noun that the word belongs to: its head, or the next one that is no part of a compound.
  int noun_of(int i, const Sentence& s) const {
    // "It is unprecedented", "at a record $2 billion": the word itself.
    if (g_.word(lower(t_[i].form))->kind == Kind::record &&
        (t_.child(i, {"cop"}) >= 0 || (i + 1 < s.end && t_[i + 1].form == "$")))
      return i;
    if (i + 1 < s.end && is(i + 1, "one")) return i + 1;
    if (i + 1 >= s.end || is_punctuation(t_[i + 1].form)) return elliptical(i);
    if (t_.in(WordList::behind_first, lower(t_[i + 1].form))) return elliptical(i);
    int noun = t_[i].head;
    for (int steps = 0; noun >= 0 && !t_.noun(noun) && steps < 3; ++steps) noun = t_[noun].head;
    if (noun < i || t_.sentence_of(noun) != t_.sentence_of(i)) {
      noun = -1;
      for (int k = i + 1; k < std::min(s.end, i + 6) && noun < 0; ++k)
        if (t_.noun(k) && !t_.is_any(k, {"compound"})) noun = k;
      if (noun < 0) return -1;
    }
    // "largest-scale deal": the noun of the whole phrase.
    while (t_.is_any(noun, {"compound", "amod"}) && t_[noun].head > noun &&
           t_.noun(t_[noun].head) && t_.sentence_of(t_[noun].head) == t_.sentence_of(i))
      noun = t_[noun].head;
    return noun;
  }

  // "the first to", "its worst in years": the word stands for its noun when something determines it.
  int elliptical(int i) const {
    int before = i - 1;
    return before >= t_.sentence(i).begin &&
                   (is(before, "the") || t_.is(before, "nmod:poss") || t_[before].form == "'s" ||
                    t_[before].form == "’s" || is(before, "very") || is(before, "a") ||
                    t_.tag(before, "PRP$"))
               ? i
               : -1;
  }

  TreeView::Range phrase(const Proposal& p) const {
    TreeView::Range r = t_.subtree_without(p.noun, [&](int at, int c) {
      // What is told behind a comma is no part of it: ", a milestone", ", which ended".
      if (c > p.noun && (t_.is(c, "appos") || t_[t_.subtree(c).begin - 1].form == ",")) return true;
      return at == p.noun && t_.is_any(c, {"case", "cop", "nsubj", "punct", "parataxis", "conj",
                                           "cc", "aux", "advmod:cop", "appos", "mark", "advcl"});
    });
    const Sentence& s = t_.sentence(p.word);
    r.begin = begin_of(p, s);
    // "the first to put": what follows hangs elsewhere in the tree.
    if (p.noun == p.word && p.word + 2 < s.end && is(p.word + 1, "to") && t_.verb(p.word + 2))
      r.end = std::max(r.end, t_.subtree(p.word + 2).end);
    return r;
  }

  // Where the phrase begins: with what determines and describes the noun and stands without a gap
  // before the word, "one of" and whose it is among it ("Norvania's first census").
  int begin_of(const Proposal& p, const Sentence& s) const {
    int begin = p.word;
    while (begin > s.begin) {
      const int before = begin - 1;
      if (t_.tag(before, "POS")) {
        const int owner = t_[before].head;
        if (owner < s.begin || owner >= before) break;
        begin = std::min(owner, t_.subtree(owner).begin);
        return begin;
      }
      if (is(before, "of") && before > s.begin && is(before - 1, "one")) {
        begin = before - 1;
        continue;
      }
      const bool describes =
          t_.tag(before, "DT") || t_.tag(before, "PRP$") ||
          (t_.is_any(before, {"amod", "nummod", "advmod"}) && t_[before].head >= begin &&
           t_[before].head <= std::max(p.noun, p.word));
      if (!describes) break;
      begin = before;
    }
    return begin;
  }

  // With the frame that follows at once: "the worst fire in years", "the first test since 2017".
  TreeView::Range framed(TreeView::Range r, const Sentence& s) const {
    for (bool more = true; more && r.end < s.end;) {
      more = false;
      if (int length = g_.frame_at(t_, r.end, s.end); length > 0) {
        r.end += length;
        more = true;
      } else if (is(r.end, "since")) {
        r.end = clause_end(r.end, s);
      } else if (const TimeExpression* x =
                     is(r.end, "in") || is(r.end, "for") ? length_after(r.end) : nullptr) {
        const int last = t_.range_of(x->span).end;
        more = last > r.end;
        r.end = std::max(r.end, last);
      }
    }
    return r;
  }

  void look_around(Proposal& p, const Sentence& s) const {
    for (int k = p.word; k < std::min(s.end, p.range.end + 6); ++k) {
      if (is(k, "such") && k < p.noun) p.such = true;
      if ((is(k, "in") || is(k, "for")) && p.years < 0 && length_after(k)) p.years = k;
      if (k > p.range.end && (t_[k].form == "," || t_[k].form == ";")) break;
      if (int length = g_.frame_at(t_, k, s.end); length > 0) p.frame = true;
    }
    for (int k = p.word; k < s.end && p.since < 0; ++k)
      if (is(k, "since") && k - p.range.end < 12 && belongs(k, p)) p.since = k;
    p.time = t_.lemma(p.noun) == "time";
    p.owned = t_.child(p.noun, {"nmod:poss"}) >= 0;
    for (int c : t_.children(p.noun)) {
      if (t_.is(c, "acl")) {
        p.reach = true;
        p.to_act |= t_.mark_of(c) == "to";
      }
      p.reach |= t_.is(c, "nmod") && c > p.noun;
    }
    p.to_act |= p.noun == p.word && is(p.word + 1, "to");
  }

  const TimeExpression* length_after(int k) const {
    for (const TimeExpression& x : times_.all())
      if (x.type == "DURATION" && x.span.begin >= t_[k].span.end &&
          x.span.begin <= t_[k].span.end + 20)
        return &x;
    return nullptr;
  }

  // "since" says from when on nothing like it was: it hangs on the noun or on what governs it, not
  // on another clause of the sentence.
  bool belongs(int since, const Proposal& p) const {
    int clause = t_[since].head;
    int on = clause >= 0 ? t_[clause].head : -1;
    if (on < 0 || since < p.range.end) return true;
    for (int at = p.noun, steps = 0; at >= 0 && steps < 6; at = t_[at].head, ++steps)
      if (at == on) return true;
    return t_.descends(on, p.noun) && !t_.is(on, "conj");
  }

  // Why it is a claim, "" if it is none.
  std::string reason(const Proposal& p, Kind kind) const {
    if (kind == Kind::record) return "its noun";
    if (p.since >= 0) return "a since clause";
    if (p.frame) return "a frame";
    if (p.years >= 0) return "a length of time";
    if (p.such) return "'such'";
    if (kind == Kind::most || g_.ranks(t_.lemma(p.noun))) return "";
    if (p.time) return "'time'";
    if (p.to_act) return "what it is the first to do";
    if (kind != Kind::first) return "";
    if (is(p.word, "maiden") || is(p.word, "inaugural")) return "its noun";
    if (p.noun == p.word) return p.reach ? "whose it is" : "";
    if (p.owned) return "whose it is";
    return p.reach ? "how far it reaches" : "";
  }

  // The claim's words: the noun phrase with its frame; the clause where "the first time" says only
  // that somebody never did it before.
  TreeView::Range whole(const Proposal& p, const Sentence& s) const {
    TreeView::Range r = p.range;
    if (p.since >= 0) r.end = std::max(r.end, clause_end(p.since, s));
    if (const TimeExpression* x = p.years >= 0 ? length_after(p.years) : nullptr)
      r.end = std::max(r.end, std::min(t_.range_of(x->span).end, s.end));
    for (int k = p.word; k < std::min(s.end, r.end + 6); ++k) {
      if (k > r.end && (t_[k].form == "," || t_[k].form == ";")) break;
      if (int length = g_.frame_at(t_, k, s.end); length > 0) r.end = std::max(r.end, k + length);
    }
    return r;
  }

  // What is new where the phrase only says that it is: the verb that governs the phrase, with all
  // that hangs on it but its subject. Empty where there is none.
  TreeView::Range clause(const Proposal& p) const {
    int verb = t_[p.noun].head;
    for (int steps = 0; verb >= 0 && !t_.verb(verb) && steps < 2; ++steps) verb = t_[verb].head;
    if (verb < 0 || !t_.verb(verb) || t_.sentence_of(verb) != t_.sentence_of(p.word)) return {0, 0};
    TreeView::Range r = t_.subtree_without(verb, [&](int at, int c) {
      return at == verb && (t_.is_any(c, {"nsubj", "nsubj:pass", "mark", "conj", "cc", "parataxis",
                                          "csubj", "punct"}) ||
                            (t_.is(c, "advcl") && c < verb && c < p.word));
    });
    r.begin = std::min(r.begin, p.phrase.begin);
    r.end = std::max(r.end, p.phrase.end);
    return r;
  }

  // To the end of the clause that "since" opens.
  int clause_end(int since, const Sentence& s) const {
    int end = since + 1, head = t_[since].head;
    int most = head > since ? t_.subtree(head).end : s.end;
    while (end < std::min({s.end, since + 25, std::max(most, since + 2)}) && t_[end].form != "," &&
           t_[end].form != "." && t_[end].form != ";" && t_[end].form != "”" &&
           t_[end].form != "\"")
      ++end;
    return end;
  }

  std::string words(int begin, int end) const {
    return squeeze(std::string(t_.trimmed({begin, end}).of(t_.document().text)));
  }

  // "Ruritania called a referendum for the first time": what was done, -1 where the clause does not stand before.
  int done_before(const Proposal& p) const {
    const int verb = t_[p.noun].head;
    return p.time && verb >= 0 && verb < p.range.begin && t_.verb(verb) ? verb : -1;
  }

  // "Tariffs on salmon, the highest since 1976": the noun of which an apposition tells, to the top of its
  // phrase; -1 for none.
  int beside(int word) const {
    int of = t_[word].head;
    if (!t_.is(word, "appos") || of < 0 || of > word) return -1;
    while (t_.is(of, "nmod") && t_.noun(t_[of].head) && t_[of].head < of) of = t_[of].head;
    // "imposed tariffs on salmon", where the tree has the salmon at the verb.
    const int object = t_.is(of, "obl") ? t_.child(t_[of].head, {"obj"}) : -1;
    return object >= 0 && t_.subtree(object).end == t_.subtree(of).begin ? object : of;
  }

  // What is new: the noun phrase after the word, without its time. Where nothing stands there, what was done so,
  // or of what it is told ("Tariffs are the highest since 1976", "tariffs, the highest since 1976").
  std::string what(const Proposal& p) const {
    int stop = p.since > p.noun ? p.since : p.years > p.noun ? p.years : p.range.end;
    int begin = p.word + 1;
    if (p.time && t_.child(p.noun, {"acl"}) >= 0)
      begin = t_.subtree(t_.child(p.noun, {"acl"})).begin;
    if (const int verb = done_before(p); verb >= 0 && t_.child(p.noun, {"acl"}) < 0) {
      int end = p.range.begin;
      while (end > verb + 1 && t_.tag(end - 1, "IN")) --end;
      return words(verb, end);
    }
    if (begin >= stop) {
      if (const int of = t_.child(p.word, {"nsubj"}); of >= 0 && of < p.word)
        return words(t_.subtree(of).begin, t_.subtree(of).end);
      if (const int of = beside(p.word); of >= 0) return words(t_.subtree(of).begin, p.word - 1);
      begin = p.word;
    }
    return words(begin, std::max(begin + 1, stop));
  }

  // By whom: the possessor, the agent, the subject of the clause that the claim belongs to.
  int whose(const Proposal& p) const {
    if (int possessor = t_.child(p.noun, {"nmod:poss"}); possessor >= 0)
      if (int by = entities_.at(possessor); by >= 0) return by;
    for (const std::string& preposition : t_.words(WordList::doer_prepositions))
      if (int o = t_.oblique(p.noun, preposition); o >= 0)
        if (int by = entities_.at(o); by >= 0) return by;
    if (int c = t_.child(p.noun, {"acl"}); c >= 0)
      if (int subject = t_.child(c, {"nsubj"}); subject >= 0)
        if (int by = entities_.at(subject); by >= 0) return by;
    for (int up = t_[p.noun].head, steps = 0; up >= 0 && steps < 4; ++steps, up = t_[up].head) {
      if (!t_.verb(up)) continue;
      int subject = t_.subject(up);
      if (subject >= 0 && subject != p.noun)
        if (int by = entities_.actor_at(subject); by >= 0) return by;
    }
    return -1;
  }

  When since_when(const Proposal& p, Span span, const Sentence& s) const {
    When when;
    if (p.since >= 0) {
      Span after{t_[p.since].span.end, span.end + 40};
      after.end = std::min<uint32_t>(after.end, t_[s.end - 1].span.end);
      if (const TimeExpression* x = times_.in(after)) when = x->when;
    } else if (p.years >= 0 && !times_.published().empty()) {
      if (const TimeExpression* x = length_after(p.years))
        when = length_before(*parse_day(times_.published()), x->when);
    }
    if (when.reference() || when.precision() == Precision::length) return {};
    return when;
  }

  const NoveltyGrammar& g_;
  const TreeView& t_;
  const Times& times_;
  Entities& entities_;
  const NoveltyJudge& judge_;
};

}  // namespace

NoveltyGrammar::NoveltyGrammar(const std::string& path) {
  Table table(path, {"words", "kind", "claim"});
  static const std::unordered_map<std::string, Kind> kinds = {{"first", Kind::first},
                                                              {"ordinal", Kind::ordinal},
                                                              {"most", Kind::most},
                                                              {"record", Kind::record}};
  for (const Table::Row& row : table.rows()) {
    if (row[0].empty()) row.fail("words are missing");
    auto kind = kinds.find(row[1]);
    if (kind != kinds.end()) {
      if (row[2] != "most" && !is_claim(row[2])) row.fail(row[2] + " is no claim");
      words_[row[0]] = {kind->second, row[2]};
    } else if (row[1] == "rank") {
      ranks_.insert(row[0]);
    } else if (row[1] == "frame") {
      std::vector<std::string> words;
      for (std::string_view word : split_words(row[0])) words.emplace_back(word);
      frames_[words[0]].push_back(std::move(words));
    } else {
      row.fail("kind is first, ordinal, most, record, frame or rank");
    }
  }
}

const NoveltyGrammar::Word* NoveltyGrammar::word(const std::string& lower) const {
  if (auto found = words_.find(lower); found != words_.end()) return &found->second;
  if (!counts(lower)) return nullptr;
  thread_local Word counted;
  counted = {Kind::ordinal, lower};
  return &counted;
}

int NoveltyGrammar::frame_at(const TreeView& t, int token, int end) const {
  auto found = frames_.find(lower(t[token].form));
  if (found == frames_.end()) return 0;
  size_t longest = 0;
  for (const std::vector<std::string>& words : found->second) {
    size_t k = 0;
    while (k < words.size() && token + static_cast<int>(k) < end &&
           lower(t[token + static_cast<int>(k)].form) == words[k])
      ++k;
    if (k == words.size()) longest = std::max(longest, k);
  }
  return static_cast<int>(longest);
}

std::vector<Novelty> NoveltyGrammar::find(const TreeView& tree, const Times& times,
                                          Entities& entities, const NoveltyJudge& judge) const {
  std::vector<Novelty> out;
  Finder finder(*this, tree, times, entities, judge);
  for (int i = 0; i < tree.size(); ++i) finder.at(i, out);
  return out;
}

}  // namespace chancery
