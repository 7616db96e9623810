#include "reading/ahead/scheduled.h"

#include <algorithm>
#include <cstdlib>

#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"
#include "record/vocabulary.h"

namespace chancery {
namespace {

// An occasion that a word of the text names, with what says when it is.
struct Found {
  const ScheduleGrammar::Word* word = nullptr;
  int token = -1;    // its noun or verb
  int carrier = -1;  // the verb that says when it is; the token itself where it does so alone
  int expression = -1;
  bool called_off = false;
};

class Finder {
 public:
  Finder(const ScheduleGrammar& grammar, const TreeView& t, const Times& times,
         const std::vector<FoundStatement>& statements, const Entities& entities)
      : g_(grammar), t_(t), times_(times), statements_(statements), entities_(entities) {}

  void run(std::vector<TimeExpression>& out) {
    std::vector<Found> best(out.size());
    auto take = [&](const Found& f) {
      if (f.expression < 0) return;
      Found& b = best[static_cast<size_t>(f.expression)];
      if (b.token < 0 || away(f) < away(b)) b = f;
    };
    for (int i = 0; i < t_.size(); ++i) {
      if (t_.noun(i)) take(of_noun(i));
      if (t_.verb(i)) take(of_verb(i));
    }
    for (size_t k = 0; k < out.size(); ++k)
      if (best[k].token >= 0) write(best[k], out[k]);
  }

 private:
  int place(const TimeExpression* x) const {
    if (!x || !x->when.dated() || times_.published().empty()) return -1;
    return static_cast<int>(x - times_.all().data());
  }
  int dated(int token) const { return place(times_.of(token)); }
  int away(const Found& f) const {
    const TimeExpression& x = times_.all()[static_cast<size_t>(f.expression)];
    return std::abs(t_.range_of(x.span).begin - f.token);
  }
  bool is(int i, WordList list) const { return i >= 0 && t_.in(list, t_.lemma(i)); }

  Found of_noun(int noun) const {
    Found f;
    const auto& words = g_.words(lower(t_.lemma(noun)), 'n');
    // "the election commission", "vote count": a word of another's name.
    if (words.empty() || t_.is(noun, "compound") || named(noun)) return f;
    f.word = &words.front(), f.token = noun;
    int head = noun;
    // "the first round of elections": its own date, and its verb.
    if (t_.is(noun, "nmod") && t_.case_of(noun) == "of" && is(t_[noun].head, WordList::parts))
      head = t_[noun].head;
    f.carrier = carrier(head);
    f.expression = equated(head);
    if (f.expression < 0) f.expression = own_date(head);
    if (f.expression < 0 && head != noun) f.expression = own_date(noun);
    f.called_off = calls_off(f.carrier);
    if (f.called_off) {
      if (const int moved = moved_to(f.carrier); moved >= 0)
        f.expression = moved, f.called_off = false;
    } else if (f.expression < 0 && (is(f.carrier, WordList::taking_place))) {
      f.expression = dated(f.carrier);
      // "is expected to be held on Friday", "is due on Friday to hear".
      if (f.expression < 0 && t_.is_any(f.carrier, {"xcomp", "ccomp"}))
        f.expression = dated(t_[f.carrier].head);
    }
    return f;
  }

  // A part of a proper name, of which the noun is not the head of an occasion's own.
  bool named(int noun) const {
    const Mention* m = entities_.mention_at(noun);
    return m && m->sort == Mention::name && m->kind != "event";
  }

  // A date within the noun's own phrase.
  int own_date(int noun) const {
    const int x = dated(noun);
    if (x < 0) return -1;
    const TreeView::Range words = t_.range_of(times_.all()[static_cast<size_t>(x)].span);
    const TreeView::Range phrase = t_.subtree(noun);
    return words.begin >= phrase.begin && words.end <= phrase.end ? x : -1;
  }

  // "The deadline is May 3": the date is what the noun is.
  int equated(int noun) const {
    const int head = t_[noun].head;
    if (head < 0 || !t_.is(noun, "nsubj") || t_.child(head, {"cop"}) < 0) return -1;
    for (const TimeExpression& x : times_.all()) {
      const TreeView::Range words = t_.range_of(x.span);
      if (head >= words.begin && head < words.end && (x.type == "DATE" || x.type == "TIME"))
        return place(&x);
    }
    return -1;
  }

  // The verb or adjective that says when a noun is: above it, through "is expected to be held".
  int carrier(int noun) const {
    int up = t_[noun].head;
    if (up < 0 || !t_.is_any(noun, {"nsubj", "obj", "obl"})) {
      // "talks due on Friday", "the vote set for Monday"
      for (int c : t_.children(noun))
        if (t_.is_any(c, {"acl", "amod"}) && c > noun && is(c, WordList::taking_place)) return c;
      return -1;
    }
    if (t_.is(noun, "obl") && !is(up, WordList::taking_place)) return -1;
    for (int c : t_.children(up))
      if (t_.is(c, "xcomp") && t_.is(noun, "nsubj") && dated(up) < 0) return c;
    return up;
  }

  bool calls_off(int verb) const {
    if (!is(verb, WordList::calling_off)) return false;
    if (t_.lemma(verb) != "call") return true;
    for (int c : t_.children(verb))
      if (t_.in(WordList::off, lower(t_[c].form))) return true;
    return false;
  }

  // "postponed until 10 June"
  int moved_to(int verb) const {
    if (!is(verb, WordList::moving)) return -1;
    for (const std::string& preposition : t_.words(WordList::moved_to))
      for (const TimeExpression& x : times_.all()) {
        const int begin = t_.range_of(x.span).begin;
        if (begin > verb && begin - 1 > verb && begin - verb < 8 &&
            t_.sentence_of(begin) == t_.sentence_of(verb) &&
            lower(t_[begin - 1].form) == preposition)
          return place(&x);
      }
    return -1;
  }

  Found of_verb(int verb) const {
    Found f;
    for (const ScheduleGrammar::Word& w : g_.words(t_.lemma(verb), 'v')) {
      if (!with(verb, w) || !subject_fits(verb, w)) continue;
      f.word = &w, f.token = f.carrier = verb;
      f.expression = dated(verb);
      if (f.expression < 0 && t_.is(verb, "xcomp")) f.expression = dated(t_[verb].head);
      return f;
    }
    return f;
  }

  bool with(int verb, const ScheduleGrammar::Word& w) const {
    if (w.with.empty()) return true;
    return std::any_of(t_.children(verb).begin(), t_.children(verb).end(), [&](int c) {
      return t_.is_any(c, {"obj", "obl"}) &&
             std::find(w.with.begin(), w.with.end(), lower(t_.lemma(c))) != w.with.end();
    });
  }

  bool subject_fits(int verb, const ScheduleGrammar::Word& w) const {
    if (!w.thing && w.subject.empty()) return true;
    const int s = t_.subject(verb);
    if (s < 0) return false;
    if (!w.thing)
      return std::find(w.subject.begin(), w.subject.end(), lower(t_.lemma(s))) != w.subject.end();
    // "The survey will begin"; not "Olm began talks", "He began to speak".
    return t_.noun(s) && !t_.tag(s, "NNP") && entities_.at(s) < 0 &&
           t_.child(verb, {"xcomp"}) < 0 && t_.child(verb, {"ccomp"}) < 0 &&
           t_.child(verb, {"obj"}) < 0 && !g_.words(lower(t_.lemma(s)), 'n').size();
  }

  bool only_wanted(int at) const {
    return is(at, WordList::wanting) && !is(at, WordList::planning) && !is(at, WordList::agreeing);
  }

  // Set at all? Not under "may", "if" or what is offered or asked for.
  bool is_set(const Found& f) const {
    for (int at = f.carrier < 0 ? f.token : f.carrier, steps = 0; at >= 0 && steps < 6; ++steps) {
      if (t_.in(WordList::possible, lower(t_.modal(at))) || only_wanted(at)) return false;
      if (t_.is(at, "advcl") && !t_.mark_of(at).empty()) return false;
      if (!t_.is_any(at, {"xcomp", "ccomp", "obj", "obl", "nmod", "acl", "conj"})) break;
      at = t_[at].head;
    }
    return true;
  }

  void write(const Found& f, TimeExpression& x) const {
    if (!is_set(f)) return;
    const bool denied =
        f.called_off || (f.carrier >= 0 && t_.negated(f.carrier)) || t_.negated(f.token);
    x.occasion = f.word->occasion;
    x.status = denied ? "denied" : x.when.from_day() > times_.published() ? "planned" : "occurred";
    x.words = words(f, x);
    x.who = who(f);
    x.where = where(f);
    x.said_in = innermost(statements_, t_[f.token].span);
  }

  // The clause that tells it, or the phrase where it has its date with it.
  Span words(const Found& f, const TimeExpression& x) const {
    const int head = f.carrier >= 0 ? f.carrier : f.token;
    TreeView::Range r = t_.subtree_without(head, [&](int, int c) {
      return t_.is_any(c, {"parataxis", "ccomp", "advcl", "cc", "punct", "mark"}) ||
             (t_.is(c, "conj") && t_.verb(c)) ||
             (t_.is(c, "acl") && t_.tag(t_.subtree(c).begin, "W"));
    });
    const TreeView::Range day = t_.range_of(x.span);
    const TreeView::Range noun{f.token, f.token + 1};
    r.begin = std::min({r.begin, day.begin, noun.begin});
    r.end = std::max({r.end, day.end, noun.end});
    return t_.trimmed(r);
  }

  // Whose it is: who does it, holds it, or of whom it is.
  std::vector<int> who(const Found& f) const {
    std::vector<int> out;
    auto add = [&](int token) {
      if (token < 0) return;
      int e = entities_.actor_at(token);
      if (e < 0) e = entities_.state_of_adjective(token);
      if (e >= 0 && std::find(out.begin(), out.end(), e) == out.end()) out.push_back(e);
    };
    auto with_others = [&](int token) {
      add(token);
      if (token >= 0)
        for (int c : t_.children(token))
          if (t_.is(c, "conj")) add(c);
    };
    if (f.carrier >= 0 && f.carrier != f.token) {
      if (const int s = t_.subject(f.carrier); s != f.token && !t_.descends(f.token, s))
        with_others(s);
    } else if (f.carrier == f.token) {
      if (!t_.passive(f.token)) with_others(t_.subject(f.token));
    }
    if (t_.noun(f.token))
      for (int c : t_.children(f.token))
        if (t_.is_any(c, {"nmod:poss", "amod", "compound", "nmod"})) with_others(c);
    return out;
  }

  int where(const Found& f) const {
    for (int head : {f.carrier, f.token}) {
      if (head < 0) continue;
      for (int c : t_.children(head))
        if (t_.is_any(c, {"obl", "nmod"}) && t_.in(WordList::held_in, t_.case_of(c)))
          if (const Mention* m = entities_.mention_at(c); m && m->kind == "place") return m->entity;
    }
    return -1;
  }

  const ScheduleGrammar& g_;
  const TreeView& t_;
  const Times& times_;
  const std::vector<FoundStatement>& statements_;
  const Entities& entities_;
};

}  // namespace

ScheduleGrammar::ScheduleGrammar(const std::string& path) {
  Table table(path, {"occasion", "part", "words", "with", "subject", "example", "says"});
  for (const Table::Row& row : table.rows()) {
    if (!kOccasions.has(row[0])) row.fail("'" + row[0] + "' is none of " + kOccasions.listed());
    if (row[1] != "n" && row[1] != "v") row.fail("part is n or v, not '" + row[1] + "'");
    Word word{row[0], row.list(3), row.list(4), row[4] == "thing"};
    if (word.thing) word.subject.clear();
    for (const std::string& lemma : row.list(2)) words_[row[1] + lemma].push_back(word);
    if (!row[5].empty()) examples_.push_back({row[0], row[5], row[6], row.place()});
  }
}

const std::vector<ScheduleGrammar::Word>& ScheduleGrammar::words(std::string_view lemma,
                                                                 char part) const {
  static const std::vector<Word> none;
  auto found = words_.find(part + std::string(lemma));
  return found == words_.end() ? none : found->second;
}

void ScheduleGrammar::find(const TreeView& tree, const Times& times,
                           const std::vector<FoundStatement>& statements, const Entities& entities,
                           std::vector<TimeExpression>& out) const {
  Finder(*this, tree, times, statements, entities).run(out);
}

}  // namespace chancery
