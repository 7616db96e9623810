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

  // Head of the first clause at or after a token: who or what has the first subject there.
  int clause_after(int from, int end) const {
    for (int i = from; i < std::min(end, from + 14); ++i)
      if (t_.is(i, "nsubj") && t_[i].head > i) return t_[i].head;
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
    static const std::vector<std::string_view> refusing = {"reject", "refuse", "rule", "exclude",
                                                           "oppose", "forbid", "bar"};
    if (std::find(refusing.begin(), refusing.end(), t_.lemma(main)) != refusing.end()) return true;
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
    return modal == "will" || modal == "would" || modal == "shall" || modal == "'ll";
  }

  // To the comma after the clause's predicate; without clauses of saying joined to it.
  TreeView::Range range_of(int begin, int clause, const Sentence& s) const {
    TreeView::Range r = t_.subtree_without(clause, [&](int at, int c) {
      return (t_.is(c, "parataxis") && at == clause) ||
             (t_.is(c, "conj") && at == clause && t_.child(c, {"ccomp"}) >= 0);
    });
    r.begin = begin;
    r.end = std::min(std::max(r.end, clause + 1), s.end);
    for (int k = clause + 1; k < r.end; ++k)
      if (t_[k].form == "," || t_[k].form == ";" || t_[k].form == "”" || t_[k].form == "\"" ||
          t_[k].form == "--" || t_[k].form == "—") {
        r.end = k;
        break;
      }
    return r;
  }

  Conditional made(int begin, int clause, const std::string& mark, const Sentence& s) const {
    Conditional c;
    c.clause = clause;
    c.mark = mark;
    c.range = range_of(begin, clause, s);
    c.main = main_of(c.range, clause);
    c.negative = mark == "unless" || negated(clause);
    return c;
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
      if (modal != "will" && modal != "'ll" && modal != "can" && modal != "shall") continue;
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
    Opening o;
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
    std::stable_sort(list.begin(), list.end(), [](const Opening& a, const Opening& b) {
      return a.words.size() > b.words.size();
    });
}

std::vector<Conditional> ConditionGrammar::find(const TreeView& t) const {
  Finder f(t);
  std::vector<Conditional> out;
  for (const Sentence& s : t.document().sentences) {
    for (int i = s.begin; i < s.end; ++i) {
      Conditional c;
      if (f.inverted(i, s, c) || f.moment(i, s, c) || f.order(i, s, c)) {
        out.push_back(c);
        continue;
      }
      auto found = openings_.find(lower(t[i].form));
      if (found == openings_.end()) continue;
      std::string before = i > s.begin ? lower(t[i - 1].form) : "";
      if (before == "even" || before == "as" || before == "see" || before == "ask" ||
          before == "asked" || before == "know" || before == "wonder")
        continue;
      for (const Opening& o : found->second) {
        int n = static_cast<int>(o.words.size());
        bool same = i + n < s.end;
        for (int k = 1; same && k < n; ++k) same = f.word(i + k, o.words[k]);
        if (!same) continue;
        int begin = i;
        if (o.phrase) {
          int noun = t[i + n - 1].head >= i + n ? t[i + n - 1].head : t[i].head;
          if (noun < i + n || noun >= s.end) continue;
          c.clause = noun;
          c.phrase = true;
          c.mark = o.words[0];
          c.range = f.range_of(i, noun, s);
          c.main = f.main_of(c.range, noun);
          // "Without a return there is no room for it to succeed": the refusal may stand above what
          // the tree hangs it on.
          for (int at = c.main, steps = 0; at >= 0 && steps < 4 && !f.negated(c.main);
               ++steps, at = t[at].head)
            if (f.negated(at)) c.main = at;
        } else {
          int clause = t[i].head > i && f.predicate(t[i].head) && t.is(i, "mark")
                           ? t[i].head
                           : f.clause_after(i + n, s.end);
          // "provided Iceland freed the crew": taken for the object of "provided", with its verb
          // somewhere behind.
          if (clause < 0 && (o.words[0] == "provided" || o.words[0] == "providing"))
            for (int k = i + n; k < std::min(s.end, i + 9) && clause < 0 && t[k].form != ","; ++k)
              if (t.verb(k) && k > i + n && !t.is_any(k, {"aux", "cop"})) clause = k;
          // "unless the union cuts subsidies", taken for a noun phrase by the tree.
          bool nominal = (clause < 0 || !f.predicate(clause)) && n == 1 &&
                         (o.words[0] == "unless" || o.words[0] == "if") && t[i].head > i;
          if (nominal) clause = t[i].head;
          if (clause < 0 || (!nominal && !f.predicate(clause))) continue;
          // "asked if", "whether": a question, not a condition.
          if (t.is(clause, "ccomp") && o.words.back() == "if" && t[clause].head >= 0 &&
              t[clause].head < i)
            continue;
          if (o.words[0] == "if" && o.words.size() == 1 && before == "only") begin = i - 1;
          c = f.made(begin, clause, o.words.size() > 1 && o.words[0] == "only" ? "if" : o.words[0],
                     s);
        }
        bool only = before == "only";
        if (c.main >= 0)
          for (int k : t.children(c.main)) only |= f.word(k, "only") && k < i;
        bool fits = o.when == "any" ||
                    (o.when == "negated" &&
                     (f.negated(c.main) || (begin == s.begin && f.negated(c.main)))) ||
                    (o.when == "future" && f.future(c.main)) || (o.when == "only" && only);
        // What happened once, after or until something is a tale when nothing is promised: "met
        // once they had arrived".
        if (o.words[0] == "once" && !f.future(c.main) && !f.negated(c.main)) {
          std::string_view modal = c.main >= 0 ? t.modal(c.main) : "";
          if (modal.empty() && c.main >= 0 && t.tag(c.main, "VBD") && c.main > 0 &&
              lower(t[c.main].form) != "proposed" && lower(t[c.main].form) != "suggested" &&
              lower(t[c.main].form) != "offered")
            fits = false;
        }
        if (!fits) {
          c = {};
          continue;
        }
        if (only && before == "only") c.range.begin = i - 1;
        out.push_back(c);
        i = std::max(i, i + n - 1);
        break;
      }
    }
  }
  return out;
}

}  // namespace chancery
