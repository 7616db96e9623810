#include "reading/stands/conditions.h"

#include <algorithm>

#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"

namespace chancery {
namespace {

class Finder {
 public:
  explicit Finder(const TreeView& t) : t_(t) {}

  bool word(int i, std::string_view w) const { return lower(t_[i].form) == w; }

  // Head of the first clause at or after a token: who or what has the first subject there ("there" is one).
  int clause_after(int from, int end) const {
    for (int i = from; i < std::min(end, from + 14); ++i)
      if (t_.is_any(i, {"nsubj", "expl"}) && t_[i].head > i) return t_[i].head;
    return -1;
  }

  bool predicate(int i) const {
    return i >= 0 && (t_.verb(i) || t_.child(i, {"cop", "aux", "nsubj"}) >= 0);
  }

  // The predicate that the topmost word of the range hangs on.
  int main_of(TreeView::Range r, int clause) const {
    int at = clause;
    for (int steps = 0; steps < 12 && at >= r.begin && at < r.end; ++steps) at = t_[at].head;
    for (int steps = 0; steps < 6 && at >= 0 && !predicate(at); ++steps) at = t_[at].head;
    return at;
  }

  bool negated(int main) const {
    if (main < 0) return false;
    if (t_.negated(main)) return true;
    if (t_.in(WordList::refusing, t_.lemma(main))) return true;
    for (int c : t_.children(main)) {
      if (word(c, "no") || word(c, "never") || word(c, "nobody") || word(c, "nothing")) return true;
      if (t_.is_any(c, {"nsubj", "obj"}))
        for (int k : t_.children(c))
          if (word(k, "no")) return true;
    }
    return false;
  }

  bool future(int main) const {
    if (main < 0) return false;
    std::string_view modal = t_.modal(main);
    return t_.in(WordList::will, modal);
  }

  // To the comma after the clause's predicate; without clauses of saying joined to it.
  TreeView::Range range_of(int begin, int clause, const Sentence& s) const {
    TreeView::Range r = t_.subtree_without(clause, [&](int at, int c) {
      return (t_.is(c, "parataxis") && at == clause) ||
             (t_.is(c, "conj") && at == clause && t_.child(c, {"ccomp"}) >= 0);
    });
    r.begin = begin;
    r.end = std::min(std::max(r.end, clause + 1), s.end);
    r.end = first_break(r, clause, s);
    return r;
  }

  // The first token behind the clause's predicate where its words may end: a comma, a dash, the end of
  // a quotation in which it stands, not of one that it holds.
  int first_break(TreeView::Range r, int clause, const Sentence& s) const {
    bool within = false;  // straight quotation marks: an odd number before it
    for (int k = s.begin; k < r.begin; ++k) within ^= t_[k].form == "\"";
    int held = 0;
    bool aside = false;  // "sat down and, free of politics, drew the line": both commas are its own
    for (int k = r.begin; k < r.end; ++k) {
      const std::string_view form = t_[k].form;
      if (form == "," && (aside || (k > clause && t_.is(k - 1, "cc")))) {
        aside = !aside;
        continue;
      }
      const bool straight = form == "\"";
      if (form == "“" || (straight && !within && held == 0)) {
        ++held;
      } else if (form == "”" || straight) {
        if (held > 0) --held;
        else if (k > clause) return k;
      } else if (k > clause && (form == "," || form == ";" || form == "--" || form == "—")) {
        return k;
      }
    }
    return r.end;
  }

  Conditional made(int begin, int clause, const std::string& mark, const Sentence& s) const {
    Conditional c;
    c.clause = clause;
    c.mark = mark;
    c.range = range_of(begin, clause, s);
    c.main = main_of(c.range, clause);
    c.negative = mark == "unless" || negated(clause);
    c.contrary = (mark == "if" || mark == "as") && (contrary(clause) || too_late(clause, c.main));
    return c;
  }

  // "were" of one person, with no "to" behind it: "if I were a fisherman", not "if he were to go".
  bool contrary(int clause) const {
    const int be = word(clause, "were") ? clause : t_.child(clause, {"cop", "aux"});
    const int subject = t_.child(clause, {"nsubj"});
    return be >= 0 && word(be, "were") && subject >= 0 &&
           t_.in(WordList::one_person, lower(t_[subject].form)) && t_.mark_of(clause) != "to" &&
           !(be + 1 < t_.size() && word(be + 1, "to"));
  }

  // "If they had kept their word, there would be peace": it did not come about.
  bool too_late(int clause, int main) const {
    const int had = t_.perfect(clause);
    return main >= 0 && t_.in(WordList::can_or_will, t_.modal(main)) && had >= 0 &&
           t_.tag(had, "VBD");
  }

  // "should the council refuse", "were Olm to agree": the auxiliary before its subject, in no
  // question.
  bool inverted(int i, const Sentence& s, Conditional& out) const {
    if (!(word(i, "should") || word(i, "were")) || !(t_.is(i, "aux") || t_.is(i, "cop")))
      return false;
    int clause = t_[i].head;
    if (clause <= i || t_[s.end - 1].form == "?") return false;
    int subject = t_.child(clause, {"nsubj"});
    if (subject <= i || subject >= clause) return false;
    if (i > s.begin && t_.is(i - 1, "nsubj")) {
      // "with the United States should North Korea halt": the word before is a complement that the
      // tree takes for a subject.
      bool own = false;
      for (int c : t_.children(clause)) own |= t_.is(c, "nsubj") && c > i;
      if (!own) return false;
    }
    if (word(i, "were") && t_.mark_of(clause) != "to" && !t_.tag(clause, "VB")) return false;
    out = made(i, clause, "should", s);
    return true;
  }

  // "the day a civilian took the oath"
  bool moment(int i, const Sentence& s, Conditional& out) const {
    if (!(word(i, "day") || word(i, "moment") || word(i, "minute") || word(i, "hour")) ||
        i == s.begin || !word(i - 1, "the"))
      return false;
    for (int c : t_.children(i)) {
      if (!t_.is(c, "acl") || c < i || t_.child(c, {"nsubj"}) < i) continue;
      out = made(i - 1, c, "once", s);
      out.main = main_of({i - 1, out.range.end}, i);
      return future(out.main);
    }
    return false;
  }

  // "Lift the siege and we will talk": an order that a promise answers.
  bool order(int i, const Sentence& s, Conditional& out) const {
    if (!t_.tag(i, "VB") || t_[i].xpos != std::string_view("VB") ||
        t_.child(i, {"nsubj", "aux", "mark", "cop"}) >= 0)
      return false;
    int before = i - 1;
    while (before >= s.begin &&
           (is_punctuation(t_[before].form) || word(before, "first") || word(before, "just")))
      --before;
    if (before >= s.begin && !t_.is(before, "punct") && before >= s.begin &&
        t_[before + 1].form != "“" && t_[before + 1].form != "\"")
      return false;
    for (int c : t_.children(i)) {
      if (!t_.is(c, "conj") || c < i || t_.child(c, {"nsubj"}) < 0) continue;
      std::string_view modal = t_.modal(c);
      if (!t_.in(WordList::order_modals, modal)) continue;
      int and_word = t_.child(c, {"cc"});
      if (and_word < 0 || !word(and_word, "and")) continue;
      out.clause = i;
      out.range = {i, and_word};
      out.main = c;
      out.mark = "order";
      return true;
    }
    return false;
  }

 private:
  const TreeView& t_;
};

}  // namespace

ConditionGrammar::ConditionGrammar(const std::string& path) {
  Table table(path, {"words", "form", "when"});
  for (const Table::Row& row : table.rows()) {
    ConditionOpening o;
    for (std::string_view word : split_words(row[0])) o.words.emplace_back(word);
    if (o.words.empty()) row.fail("words are missing");
    if (row[1] != "clause" && row[1] != "phrase") row.fail("form is clause or phrase");
    o.phrase = row[1] == "phrase";
    o.when = row[2];
    if (o.when != "any" && o.when != "negated" && o.when != "future" && o.when != "only")
      row.fail("when is any, negated, future or only");
    openings_[o.words[0]].push_back(std::move(o));
  }
  for (auto& [first, list] : openings_)
    std::stable_sort(list.begin(), list.end(),
                     [](const ConditionOpening& a, const ConditionOpening& b) {
                       return a.words.size() > b.words.size();
                     });
}

namespace {

// One opening of a condition, tried at a word.
class Attempt {
 public:
  Attempt(const TreeView& t, const Finder& f, const Sentence& s, int at)
      : t_(t), f_(f), s_(s), at_(at), before_(at > s.begin ? lower(t[at - 1].form) : "") {}

  // "even if", "asked if": no condition opens behind these.
  bool barred() const { return t_.in(WordList::no_condition, before_); }

  bool opens(const ConditionOpening& o, Conditional& c) const {
    const int n = static_cast<int>(o.words.size());
    bool same = at_ + n < s_.end;
    for (int k = 1; same && k < n; ++k) same = f_.word(at_ + k, o.words[k]);
    if (!same || !(o.phrase ? phrase(o, c) : clause(o, c)) || !fits(o, c)) return false;
    if (before_ == "only") c.range.begin = at_ - 1;
    return true;
  }

 private:
  // "without …", "in return for …": a noun.
  bool phrase(const ConditionOpening& o, Conditional& c) const {
    const int behind = at_ + static_cast<int>(o.words.size());
    const int noun = t_[behind - 1].head >= behind ? t_[behind - 1].head : t_[at_].head;
    if (noun < behind || noun >= s_.end) return false;
    c.clause = noun;
    c.phrase = true;
    c.mark = o.words[0];
    c.range = f_.range_of(at_, noun, s_);
    c.main = f_.main_of(c.range, noun);
    // "Without a return there is no room for it to succeed": the refusal may stand above what the
    // tree hangs it on.
    for (int at = c.main, steps = 0; at >= 0 && steps < 4 && !f_.negated(c.main);
         ++steps, at = t_[at].head)
      if (f_.negated(at)) c.main = at;
    return true;
  }

  bool clause(const ConditionOpening& o, Conditional& c) const {
    const int n = static_cast<int>(o.words.size());
    const std::string& first = o.words[0];
    int clause = t_[at_].head > at_ && f_.predicate(t_[at_].head) && t_.is(at_, "mark")
                     ? t_[at_].head
                     : f_.clause_after(at_ + n, s_.end);
    // "provided Iceland freed the crew": taken for the object of "provided", with its verb somewhere
    // behind.
    if (clause < 0 && (first == "provided" || first == "providing"))
      for (int k = at_ + n; k < std::min(s_.end, at_ + 9) && clause < 0 && t_[k].form != ","; ++k)
        if (t_.verb(k) && k > at_ + n && !t_.is_any(k, {"aux", "cop"})) clause = k;
    // "unless the union cuts subsidies", taken for a noun phrase by the tree.
    const bool nominal = (clause < 0 || !f_.predicate(clause)) && n == 1 &&
                         (first == "unless" || first == "if") && t_[at_].head > at_;
    if (nominal) clause = t_[at_].head;
    if (clause < 0 || (!nominal && !f_.predicate(clause))) return false;
    // "asked if", "whether": a question, not a condition.
    if (t_.is(clause, "ccomp") && o.words.back() == "if" && t_[clause].head >= 0 &&
        t_[clause].head < at_)
      return false;
    c = f_.made(begin(o), clause, n > 1 && first == "only" ? "if" : first, s_);
    return true;
  }

  int begin(const ConditionOpening& o) const {
    return !o.phrase && o.words[0] == "if" && o.words.size() == 1 && before_ == "only" ? at_ - 1
                                                                                       : at_;
  }

  // Does the predicate that hangs on it tell what the opening asks for?
  bool fits(const ConditionOpening& o, const Conditional& c) const {
    bool only = before_ == "only";
    if (c.main >= 0)
      for (int k : t_.children(c.main)) only |= f_.word(k, "only") && k < at_;
    if (o.when != "any" && !(o.when == "negated" && f_.negated(c.main)) &&
        !(o.when == "future" && f_.future(c.main)) && !(o.when == "only" && only))
      return false;
    // What happened once, after or until something is a tale when nothing is promised: "met once
    // they had arrived".
    if (o.words[0] != "once" || f_.future(c.main) || f_.negated(c.main) || c.main <= 0) return true;
    const std::string form = lower(t_[c.main].form);
    return !(t_.modal(c.main).empty() && t_.tag(c.main, "VBD") && !t_.in(WordList::proposed, form));
  }

  const TreeView& t_;
  const Finder& f_;
  const Sentence& s_;
  const int at_;
  const std::string before_;
};

}  // namespace

std::vector<Conditional> ConditionGrammar::find(const TreeView& t) const {
  const Finder f(t);
  std::vector<Conditional> out;
  for (const Sentence& s : t.document().sentences) {
    for (int i = s.begin; i < s.end; ++i) {
      Conditional c;
      if (f.inverted(i, s, c) || f.moment(i, s, c) || f.order(i, s, c)) {
        out.push_back(c);
        continue;
      }
      const auto found = openings_.find(lower(t[i].form));
      const Attempt attempt(t, f, s, i);
      if (found == openings_.end() || attempt.barred()) continue;
      for (const ConditionOpening& o : found->second) {
        c = {};
        if (!attempt.opens(o, c)) continue;
        out.push_back(c);
        i += static_cast<int>(o.words.size()) - 1;
        break;
      }
    }
  }
  return out;
}

}  // namespace chancery
