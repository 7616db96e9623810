#include "reading/said/statement_chains.h"

#include <algorithm>

#include "base/utf8.h"
#include "reading/said/chain_reach.h"
#include "reading/said/one_carrier.h"
#include "reading/said/statement_sources.h"

namespace chancery {
namespace {

// Words behind the verb of one who reports a whole sentence, and of his description before his name.
constexpr int kTail = 6, kDescription = 6;

class Chains {
 public:
  Chains(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
         std::vector<FoundStatement>& found)
      : t_(tree), lexicon_(lexicon), e_(entities), found_(found) {}

  void run() {
    reported_at_the_end();
    nested();
    beside();
    named_as_carrier();
    quoted_by_nobody();
  }

 private:
  int words(const Spans& spans) const {
    int n = 0;
    for (Span s : spans) {
      TreeView::Range r = t_.range_of(s);
      for (int i = r.begin; i < r.end; ++i) n += !is_punctuation(t_[i].form);
    }
    return n;
  }

  bool covers(const Spans& spans, int token) const {
    return std::any_of(spans.begin(), spans.end(),
                       [&](Span s) { return s.contains(t_[token].span); });
  }

  // Does the outer one only pass on what the inner one said? Its content is the inner cue's clause,
  // or hardly more than the inner content with its cue.
  bool only_carries(const FoundStatement& outer, const FoundStatement& inner) const {
    if (outer.content_head == inner.cue_verb) return true;
    int inside =
        words(inner.statement.content) + words(inner.statement.cue) + words(inner.statement.source);
    return is_medium(e_, outer.statement.speaker) &&
           4 * inside >= 3 * words(outer.statement.content);
  }

  // A cue inside another's content is the inner speaker's, on the outer one's word.
  void nested() {
    std::vector<char> drop(found_.size(), 0);
    for (size_t a = 0; a < found_.size(); ++a)
      for (size_t b = 0; b < found_.size(); ++b) {
        FoundStatement &outer = found_[a], &inner = found_[b];
        int carrier = outer.statement.speaker;
        if (a == b || inner.statement.cue.empty() || carrier < 0 ||
            carrier == inner.statement.speaker ||
            (outer.content_head != inner.cue_verb &&
             !covers(outer.statement.content, inner.cue_verb)))
          continue;
        add_carrier(inner.statement.via, carrier);
        for (int v : outer.statement.via) add_carrier(inner.statement.via, v);
        if (inner.statement.when.empty() && only_carries(outer, inner))
          inner.statement.when = outer.statement.when;
        if (only_carries(outer, inner)) drop[a] = 1;
      }
    size_t kept = 0;
    for (size_t i = 0; i < found_.size(); ++i)
      if (!drop[i]) {
        if (kept != i) found_[kept] = std::move(found_[i]);
        ++kept;
      }
    found_.resize(kept);
  }

  // The medium that a verb of carrying names: its subject, or whom, where or on what it was
  // carried. -1 for none.
  int medium_of(int verb) const {
    if (t_.passive(verb) || t_.is(verb, "acl")) {
      for (const std::string& preposition : t_.words(WordList::carrier_prepositions)) {
        int at = t_.oblique(verb, preposition);
        if (at >= 0 && is_medium(e_, e_.actor_at(at))) return e_.actor_at(at);
      }
      return -1;
    }
    int subject = t_.subject(verb);
    return subject >= 0 && is_medium(e_, e_.actor_at(subject)) ? e_.actor_at(subject) : -1;
  }

  // "Marr vowed to go, local paper The Herald reported on Friday.": who carries a whole sentence
  // stands before the last verb, behind a comma; whatever the tree makes of it. A statement's
  // content ends before it.
  void reported_at_the_end() {
    for (const Sentence& s : t_.document().sentences) {
      int verb = s.end - 1;
      while (verb > s.begin && !(t_.verb(verb) && carry(verb))) --verb;
      const Mention* m = verb > s.begin ? e_.mention_at(verb - 1) : nullptr;
      if (!m || m->sort == Mention::pronoun || m->end != verb || m->entity < 0 ||
          m->begin <= s.begin || s.end - verb > kTail)
        continue;
      const Entity& medium = e_.entities()[m->entity];
      if (medium.kind != "organization" && !is_medium(e_, m->entity)) continue;
      int comma = m->begin - 1;
      while (comma > s.begin && m->begin - comma <= kDescription && t_[comma].form != ",") --comma;
      if (t_[comma].form != "," || comma == s.begin) continue;
      for (FoundStatement& f : found_) {
        if (f.cue_verb < s.begin || f.cue_verb >= comma || f.statement.cue.empty()) continue;
        add_carrier(f.statement.via, m->entity);
        for (Span& c : f.statement.content)
          if (c.contains(t_[verb].span)) c.end = t_[comma - 1].span.end;
      }
    }
  }

  bool carry(int verb) const {
    const Cue* cue = lexicon_.cue(t_.lemma(verb));
    return cue && cue->takes("carry");
  }

  bool takes(int token, std::initializer_list<std::string_view> shapes) const {
    const Cue* cue = lexicon_.cue(lower(t_.lemma(token)));
    return cue && std::any_of(shapes.begin(), shapes.end(),
                              [&](std::string_view shape) { return cue->takes(shape); });
  }

  // Does the verb tell how words came to a medium, or came out there ("a letter obtained by the
  // Herald", "writing in the Herald", "appearing on Radio Olm")?
  bool brings(int verb, int cue) const {
    if (carry(verb) || t_.in(WordList::obtaining, t_.lemma(verb))) return true;
    return verb != cue && t_.in(WordList::appearing, t_.lemma(verb)) && same_doer(verb, cue);
  }

  // Does a clause that hangs on a cue, or on its subject, tell of who speaks?
  bool same_doer(int verb, int cue) const {
    const int up = t_[verb].head;
    if (up < 0 || !t_.is_any(verb, {"advcl", "acl", "xcomp", "parataxis", "conj"})) return false;
    const int subject = t_.subject(cue);
    return up == cue || (subject >= 0 && up == subject);
  }

  // Does this name stand where the words were carried: told to it, said on it, in an interview with
  // it, in a post there?
  bool carries(int name, int cue) const {
    for (int at = name, steps = 0; steps < 5; ++steps) {
      const int up = t_[at].head;
      if (up < 0 || t_.is_any(at, {"nsubj", "conj", "appos", "advcl", "ccomp"})) return false;
      const std::string way = t_.case_of(at);
      // "writing for the Herald"
      const bool led = t_.in(WordList::ways, way) || (way == "for" && t_.lemma(up) == "write");
      if (up == cue) return led || (t_.is_any(at, {"obj", "iobj"}) && t_.lemma(cue) == "tell");
      if (t_.verb(up)) {
        if (!brings(up, cue) || !led) return false;
        if (same_doer(up, cue)) return true;
      } else if (!t_.is_any(at, {"nmod:poss", "compound", "amod"}) &&
                 !(led && takes(up, {"occasion", "author", "speech", "medium"}))) {
        return false;
      }
      at = up;
      if (t_.verb(at) && brings(at, cue)) return t_.sentence_of(at) == t_.sentence_of(cue);
    }
    return false;
  }

  bool network(const Mention& m) const {
    return takes(m.head, {"medium"}) && t_.tag(m.head, "NNP");
  }

  void named_as_carrier() {
    for (FoundStatement& f : found_) {
      Statement& x = f.statement;
      if (x.cue.empty() || f.cue_verb < 0) continue;
      const Sentence& s = t_.sentence(f.cue_verb);
      for (const Mention& m : e_.mentions())
        if (m.begin >= s.begin && m.end <= s.end && m.entity >= 0 && m.entity != x.speaker &&
            m.sort != Mention::pronoun && (is_medium(e_, m.entity) || network(m)) &&
            !covers(x.content, m.head) && carries(m.head, f.cue_verb))
          add_carrier(x.via, m.entity);
    }
  }

  // "…, the Herald reported", "in remarks broadcast on Radio Olm": a verb of carrying beside the
  // cue, that has no statement of its own.
  void beside() {
    for (int v = 0; v < t_.size(); ++v) {
      const Cue* cue = t_.verb(v) ? lexicon_.cue(t_.lemma(v)) : nullptr;
      if (!cue || !cue->takes("carry")) continue;
      bool own = std::any_of(found_.begin(), found_.end(),
                             [&](const FoundStatement& f) { return f.cue_verb == v; });
      int medium = own ? -1 : medium_of(v);
      if (medium < 0) continue;
      for (FoundStatement& f : found_)
        if (t_.sentence_of(f.cue_verb) == t_.sentence_of(v) && !covers(f.statement.content, v))
          add_carrier(f.statement.via, medium);
    }
  }

  // "Ilo was also quoted as saying": by the medium that was named last.
  void quoted_by_nobody() {
    for (FoundStatement& f : found_) {
      int up = f.cue_verb >= 0 ? t_[f.cue_verb].head : -1;
      bool quoted = up >= 0 && t_.passive(up) && lexicon_.cue(t_.lemma(up)) &&
                    lexicon_.cue(t_.lemma(up))->takes("carry");
      if (!quoted || !f.statement.via.empty()) continue;
      int last = -1, at = -1;
      for (const Mention& m : e_.mentions())
        if (m.begin < f.cue_verb && m.begin > at && is_medium(e_, m.entity)) {
          last = m.entity;
          at = m.begin;
        }
      add_carrier(f.statement.via, last);
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Entities& e_;
  std::vector<FoundStatement>& found_;
};

}  // namespace

void find_chains(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
                 std::vector<FoundStatement>& found) {
  Chains(tree, lexicon, entities, found).run();
  one_carrier_a_phrase(tree, entities, found);
  reach_on(tree, lexicon, entities, found);
  for (FoundStatement& f : found) std::erase(f.statement.via, f.statement.speaker);
}

}  // namespace chancery
