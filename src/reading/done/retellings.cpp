#include "reading/done/retellings.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include "reading/two_decimals.h"

namespace chancery {
namespace {

constexpr int kCloseBy = 10;  // tokens between two words of one act

bool share(const std::vector<int>& a, const std::vector<int>& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty();
  return std::any_of(a.begin(), a.end(),
                     [&](int x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

class Retellings {
 public:
  Retellings(const TreeView& t, const Lexicon& lexicon, const Thresholds& least, const Entities& e,
             const SignJudge* judge, const ReadingWatch* watch)
      : t_(t), lexicon_(lexicon), least_(least), e_(e), judge_(judge), watch_(watch) {}

  std::vector<FoundEvent> merge(std::vector<FoundEvent> found) const {
    std::vector<FoundEvent> out;
    for (FoundEvent& f : found) {
      SignJudge::Verdict verdict = judge_ ? judged(out, f) : by_rule(out, f);
      if (verdict.id < 0) verdict.id = close_by(out, f);
      if (verdict.id < 0) out.push_back(std::move(f));
      else take_over(out[static_cast<size_t>(verdict.id)].event, f, verdict);
    }
    return out;
  }

 private:
  // The earlier telling that knows least of all is still the one that stays.
  void take_over(Event& a, const FoundEvent& f, const SignJudge::Verdict& verdict) const {
    const Event& b = f.event;
    if (a.when.empty()) a.when = b.when;
    if (a.where < 0) a.where = b.where;
    if (a.source.empty() && share(a.target, b.target)) a.source = b.source;
    if (a.target.empty()) a.target = b.target;
    a.confidence = std::max(a.confidence, b.confidence);
    a.explain += "; told again at '" + std::string(t_[f.trigger].form) + "'";
    if (judge_ && !verdict.why.empty())
      a.explain += " (" + two_decimals(verdict.probability) + ": " + verdict.why + ")";
  }

  SignJudge::Verdict judged(const std::vector<FoundEvent>& earlier, const FoundEvent& f) const {
    SignCase c;
    for (size_t i = 0; i < earlier.size(); ++i)
      if (earlier[i].event.type == f.event.type && !one_or_other(earlier[i].trigger, f.trigger))
        c.candidates.push_back({static_cast<int>(i), signs(earlier[i], f)});
    if (c.candidates.empty()) return {};
    if (watch_ && watch_->retelling) watch_->retelling(earlier, f, c);
    SignJudge::Verdict verdict = judge_->decide(c);
    if (verdict.probability < judge_->threshold() && !unsure_anew(verdict, f)) verdict.id = -1;
    return verdict;
  }

  // An act that is little sure, and may be one told before, is told as that one.
  bool unsure_anew(const SignJudge::Verdict& verdict, const FoundEvent& f) const {
    return verdict.probability >= least_["act.retold"] &&
           (1 - verdict.probability) * f.event.confidence < least_["act.anew"];
  }

  SignJudge::Verdict by_rule(const std::vector<FoundEvent>& earlier, const FoundEvent& f) const {
    SignJudge::Verdict out;
    for (size_t i = 0; i < earlier.size() && out.id < 0; ++i)
      if (same_by_rule(earlier[i], f)) out.id = static_cast<int>(i);
    return out;
  }

  // "arrested and charged", "flew to Oslo to attend the talks": one act in two words that stand close
  // together, done by the same to the same. The later one may leave a side open. -1 for none.
  int close_by(const std::vector<FoundEvent>& earlier, const FoundEvent& f) const {
    for (size_t i = earlier.size(); i > 0; --i) {
      const FoundEvent& o = earlier[i - 1];
      const Event &a = o.event, &b = f.event;
      if (a.type == b.type && a.status == b.status && !one_or_other(o.trigger, f.trigger) &&
          t_.sentence_of(o.trigger) == t_.sentence_of(f.trigger) &&
          std::abs(f.trigger - o.trigger) <= kCloseBy && as_known(a.source, b.source) &&
          as_known(a.target, b.target))
        return static_cast<int>(i - 1);
    }
    return -1;
  }

  // "did not bomb or shell": two acts of which one is told.
  bool one_or_other(int a, int b) const {
    if (!t_.is(b, "conj") || t_[b].head != a) return false;
    const int with = t_.child(b, {"cc"});
    return with >= 0 && t_.lemma(with) == "or";
  }

  // The same people, or nobody told later.
  static bool as_known(const std::vector<int>& earlier, const std::vector<int>& later) {
    return later.empty() || std::set<int>(earlier.begin(), earlier.end()) ==
                                std::set<int>(later.begin(), later.end());
  }

  std::string country(int entity) const { return e_.entities()[entity].actor.country; }

  bool same_country(const std::vector<int>& a, const std::vector<int>& b) const {
    return !a.empty() && !b.empty() && !country(a[0]).empty() && country(a[0]) == country(b[0]);
  }

  static bool agree(const When& a, const When& b) {
    return a.empty() || b.empty() || a == b || a.within(b) || b.within(a);
  }

  bool same_by_rule(const FoundEvent& o, const FoundEvent& f) const {
    const Event &a = o.event, &b = f.event;
    if (a.type != b.type) return false;
    bool same_sentence = t_.sentence_of(o.trigger) == t_.sentence_of(f.trigger);
    const bool word = lexicon_.has(a.type, Trait::retold_in_sentence),
               meeting = lexicon_.has(a.type, Trait::meeting);
    bool sides = share(a.source, b.source) && (share(a.target, b.target) || b.target.empty());
    bool swapped = meeting && share(a.source, b.target) && share(a.target, b.source);
    bool named = t_.noun(o.trigger) || t_.noun(f.trigger);
    bool real = a.status == b.status || (named && meeting);
    // "his visit", "talks with its leaders" inside a visit to that state.
    bool part = meeting && named && share(a.source, b.source) &&
                ((b.target.empty() && t_.noun(f.trigger)) || same_country(a.target, b.target));
    // One refusal in several sentences of one statement.
    bool refusal = lexicon_.has(a.type, Trait::refusal) && a.said_in >= 0 &&
                   a.said_in == b.said_in && share(a.source, b.source) &&
                   (share(a.target, b.target) || a.target.empty() || b.target.empty());
    if (!(sides || swapped || part || refusal) || !agree(a.when, b.when) || !real) return false;
    return !word || refusal || (same_sentence && sides && a.span.overlaps(b.span));
  }

  std::vector<std::string> signs(const FoundEvent& o, const FoundEvent& f) const {
    std::vector<std::string> out;
    sides(o.event, f.event, out);
    telling(o, f, out);
    return out;
  }

  void side(const std::string& name, const std::vector<int>& a, const std::vector<int>& b,
            std::vector<std::string>& out) const {
    out.push_back(name + (a.empty() && b.empty() ? " of neither"
                          : a.empty()            ? " of the later alone"
                          : b.empty()            ? " of the earlier alone"
                          : share(a, b)          ? " the same"
                          : same_country(a, b)   ? " of one state"
                          : country(a[0]).empty() || country(b[0]).empty()
                              ? " another, a state unknown"
                              : " of another state"));
  }

  void sides(const Event& a, const Event& b, std::vector<std::string>& out) const {
    side("source", a.source, b.source, out);
    side("target", a.target, b.target, out);
    bool swapped = !a.source.empty() && !b.source.empty() &&
                   (share(a.source, b.target) || same_country(a.source, b.target)) &&
                   (share(a.target, b.source) || same_country(a.target, b.source));
    if (swapped) out.push_back("sides swapped");
    bool both = share(a.source, b.source) && share(a.target, b.target);
    if (both) out.push_back("both sides the same");
    if (both) out.push_back("both sides the same, " + a.type);
    // Nobody of either side speaks against it.
    auto fit = [&](const std::vector<int>& x, const std::vector<int>& y) {
      return x.empty() || y.empty() || share(x, y) || same_country(x, y);
    };
    if (!both && fit(a.source, b.source) && fit(a.target, b.target))
      out.push_back("sides that fit, " + a.type);
    out.push_back("type " + a.type);
    out.push_back(a.when.empty() || b.when.empty() ? "no two dates"
                  : a.when == b.when               ? "one date"
                  : agree(a.when, b.when)          ? "dates that fit"
                                                   : "other dates");
    out.push_back(a.status == b.status ? "one status"
                                       : "status " + a.status + ", then " + b.status);
  }

  void telling(const FoundEvent& o, const FoundEvent& f, std::vector<std::string>& out) const {
    auto part = [&](int i) { return t_.verb(i) ? "verb" : t_.noun(i) ? "noun" : "adjective"; };
    const std::string parts = std::string(part(o.trigger)) + ", then " + part(f.trigger);
    out.push_back(parts);
    out.push_back(parts + ", " + f.event.type);
    if (t_.verb(f.trigger)) out.push_back("later " + std::string(t_[f.trigger].xpos));
    if (t_.perfect(f.trigger) >= 0) out.push_back("later in the perfect");
    if (t_.lemma(o.trigger) == t_.lemma(f.trigger)) {
      out.push_back("one word");
      out.push_back(std::string("one word, a ") + part(f.trigger));
    }
    bool definite = false;
    for (int c : t_.children(f.trigger))
      definite |= t_.is(c, "det") && (t_.lemma(c) == "the" || t_.lemma(c) == "this");
    if (t_.noun(f.trigger))
      out.push_back(definite ? "later a definite noun" : "later a noun without 'the'");
    int apart = std::abs(t_.sentence_of(f.trigger) - t_.sentence_of(o.trigger));
    out.push_back(apart == 0   ? "one sentence"
                  : apart == 1 ? "next sentence"
                  : apart < 4  ? "near"
                  : apart < 9  ? "some way off"
                               : "far off");
    bool sides = share(o.event.source, f.event.source) && share(o.event.target, f.event.target);
    if (sides) out.push_back(apart < 2 ? "both sides the same, near" : "both sides the same, far");
    if (apart == 0 && o.event.span.overlaps(f.event.span)) out.push_back("words that overlap");
    if (o.event.said_in >= 0 && o.event.said_in == f.event.said_in) out.push_back("one statement");
    else if (f.event.said_in >= 0) out.push_back("later in a statement");
    if (t_.sentence_of(o.trigger) == 0) out.push_back("first told in the first sentence");
    out.push_back("words in common " + std::to_string(common_words(o, f)));
  }

  // How many words of meaning the two tellings share beside their triggers, in thirds of the shorter.
  int common_words(const FoundEvent& o, const FoundEvent& f) const {
    auto words = [&](const FoundEvent& x) {
      std::set<std::string_view> out;
      TreeView::Range r = t_.range_of(x.event.span);
      for (int i = r.begin; i < r.end; ++i)
        if (i != x.trigger && (t_.noun(i) || t_.verb(i) || t_.tag(i, "JJ") || t_.tag(i, "CD")))
          out.insert(t_.lemma(i));
      return out;
    };
    std::set<std::string_view> a = words(o), b = words(f);
    size_t least = std::min(a.size(), b.size()), common = 0;
    for (std::string_view w : a) common += b.count(w);
    return least ? static_cast<int>(3 * common / least) : 0;
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Thresholds& least_;
  const Entities& e_;
  const SignJudge* judge_;
  const ReadingWatch* watch_;
};

}  // namespace

std::vector<FoundEvent> merge_retellings(const TreeView& tree, const Lexicon& lexicon,
                                         const Thresholds& thresholds, const Entities& entities,
                                         const SignJudge* judge, const ReadingWatch* watch,
                                         std::vector<FoundEvent> found) {
  return Retellings(tree, lexicon, thresholds, entities, judge, watch).merge(std::move(found));
}

}  // namespace chancery
