#include "reading/said/statement_sources.h"

#include <algorithm>

#include "base/utf8.h"
#include "reading/who/entity_union.h"

namespace chancery {
namespace {

// Words between two names that stand side by side.
constexpr int kSideBySide = 8;

// "Kari Lund and Jon Arnarson": two who are named side by side speak as one. Not where the first is
// described before the second comes ("Kari Lund, a friend of Jon Arnarson").
bool two_persons(const TreeView& t, const Entities& e, int head) {
  auto person = [&](int token) {
    const Mention* m = e.mention_at(token);
    const bool named_here =
        m && m->sort == Mention::name && m->kind == "person" && m->begin <= token && token < m->end;
    return named_here ? m : nullptr;
  };
  const Mention* first = person(head);
  if (!first) return false;
  for (int c : t.children(head)) {
    const Mention* other = t.is(c, "conj") && t.child(c, {"cc"}) >= 0 ? person(c) : nullptr;
    if (!other || other->entity == first->entity || other->begin - first->end > kSideBySide)
      continue;
    bool described = false;
    for (int i = first->end; i < other->begin; ++i) described |= t.tag(i, "DT");
    if (!described) return true;
  }
  return false;
}

}  // namespace

TreeView::Range Sources::range(int head) const {
  TreeView::Range r = t_.subtree_without(head, [&](int, int c) {
    return t_.is_any(c, {"acl", "parataxis", "case", "advcl", "punct", "cc"}) ||
           (t_.is(c, "conj") && t_.verb(c));
  });
  // Coordination and apposition need their commas back: the range covers them. Quotation is never
  // source.
  for (int i = r.begin; i < r.end; ++i)
    if (in_speech_[i] >= 0 && in_speech_[head] < 0) {
      if (i > head) r.end = i;
      else r.begin = i + 1;
    }
  if (r.begin > head || r.end <= head) r = {head, head + 1};
  if (t_.tag(r.end - 1, "POS") && r.end - r.begin > 1) --r.end;
  return r;
}

Span Sources::span(int head) const { return t_.trimmed(range(head)); }

// Is the name governed by what stands before it, so that it only belongs to the speaker ("a
// spokesman for President Marr", "Norway and President Marr")? Not where things stand between
// ("Minister for Fisheries and Ports Ida Marr").
bool Sources::belongs(const Mention& name, int head) const {
  int from = name.begin;
  while (from > head + 1 && !t_.is(from - 1, "case") && t_[from - 1].form != "," &&
         !t_.tag(from - 1, "CC"))
    --from;
  bool governed = from > head + 1 && t_[from - 1].form != "," && !t_.tag(from - 1, "POS");
  // "her son and spokesman Tom Ilves": two words for one man.
  if (governed && t_.tag(from - 1, "CC") && !t_.tag(from, "NNP") && !t_.tag(from, "DT") &&
      !t_.tag(head, "NNP") && !t_.tag(head, "NNS"))
    return false;
  for (int k = from; k < name.begin && governed; ++k) {
    const Mention* title = e_.mention_at(k);
    if (t_.noun(k) && !(title && title->kind == "person")) return false;
  }
  return governed;
}

// The person named at the end of the phrase, or behind a comma after it ("the head of its council,
// Ida Marr"), also where the tree ends the phrase before the name; -1 for none.
int Sources::person_in(TreeView::Range phrase, int head) const {
  int best = -1;
  bool own_name =
      t_.tag(head, "NNP") && e_.mention_at(head) && e_.mention_at(head)->kind == "person";
  for (const Mention& m : e_.mentions()) {
    if (m.sort != Mention::name || m.kind != "person" || m.entity < 0) continue;
    if (m.begin <= head && head < m.end) return m.entity;
    if (m.begin <= head) continue;
    bool inside = m.begin >= phrase.begin && m.end <= phrase.end;
    bool adjacent = m.begin == phrase.end && t_.tag(head, "NN") && !t_.tag(head, "NNS");
    bool behind_comma = m.begin == phrase.end + 1 && t_[phrase.end].form == ",";
    if (!inside && (own_name || in_speech_[m.begin] != in_speech_[head])) continue;
    if (!inside && !adjacent && !(behind_comma && closed(m.end))) continue;
    bool last = m.end >= phrase.end || t_[m.end].form == "," || t_[m.end].form == "(";
    if (last && (of_named_body(m, head) || !(inside && belongs(m, head)))) best = m.entity;
  }
  return best;
}

// "Olm Board of Education chairman Peter Lund": his office is of the whole body, whose name runs into his
// phrase, and not the body his.
bool Sources::of_named_body(const Mention& person, int head) const {
  const Mention* body = e_.mention_at(head);
  return body && body->sort == Mention::name && body->kind == "organization" &&
         body->end > head + 1 && person.begin <= body->end && person.end > body->end;
}

// Does an apposition that ends here end with a comma? Before a verb the name is the next clause's
// subject ("According to the agency, Marr left").
bool Sources::closed(int end) const { return end < t_.size() && t_[end].form == ","; }

// Several who speak as one: "medics and eyewitnesses", "Norway and Denmark". Not one man with two
// offices.
bool Sources::joint(TreeView::Range phrase, int head) const {
  const Mention* name = e_.mention_at(head);
  // "Minister of Trade and Ports Ida Marr"
  if (name && name->sort == Mention::nominal && t_.tag(head, "NNP") && !name->plural &&
      head + 1 < t_.size() && t_.is(head + 1, "case"))
    return false;
  for (int c : t_.children(head)) {
    if (!t_.is(c, "conj") || !t_.noun(c) || c >= phrase.end) continue;
    if (name && name->begin <= c && c < name->end) continue;  // inside one name
    bool and_before = t_.child(c, {"cc"}) >= 0;
    bool names = t_.tag(head, "NNP") && t_.tag(c, "NNP");
    bool plurals = t_.tag(head, "NNS") || t_.tag(c, "NNS");
    if (and_before && (names || plurals)) return true;
  }
  return false;
}

// The words of a phrase with what its prepositions add ("sources close to the council", "lawyers for
// Ilo"), up to a comma, an apposition or a relative clause.
TreeView::Range Sources::with_prepositions(int head) const {
  TreeView::Range r = t_.subtree_without(head, [&](int at, int c) {
    bool inner = at != head;
    bool follows =
        c > head && (t_.is_any(c, {"nmod", "amod"}) || (t_.is(c, "acl") && t_.tag(c, "VBG")));
    bool before = c < head && !t_.is_any(c, {"cc", "punct"});
    return inner ? t_.is_any(c, {"appos", "parataxis", "acl", "advcl", "punct"})
                 : !(follows || before);
  });
  for (int i = head + 1; i < r.end; ++i)
    if (t_[i].form == "," || t_[i].form == "--" || t_[i].form == "(" || in_speech_[i] >= 0)
      r.end = i;
  return r;
}

// Who is described and not named is known by the whole description.
void Sources::describe(int head) {
  const Mention* m = e_.mention_at(head);
  if (!m || m->head != head || m->sort != Mention::nominal || m->entity < 0) return;
  const std::string& kind = e_.entities()[m->entity].kind;
  if (named(e_, m->entity) || (kind != "person" && kind != "group" && kind != "organization"))
    return;
  TreeView::Range r = with_prepositions(head);
  if (m->end < r.end && (t_.is(m->end, "case") || t_.is_any(m->end, {"amod", "acl"})))
    widen(e_, t_, head, m->begin, r.end);
}

int Sources::made(int head, const std::string& kind) {
  Span s = span(head);
  return e_.add(std::string(s.of(t_.document().text)), kind, s, "source of a statement");
}

int Sources::speaker(int head) {
  if (head < 0) return -1;
  TreeView::Range phrase = range(head);
  if (two_persons(t_, e_, head)) return made(head, "group");
  if (t_.noun(head))
    if (int person = person_in(phrase, head); person >= 0) return person;
  if (t_.noun(head) && joint(phrase, head)) return made(head, "group");
  int e = e_.at(head);
  const Mention* m = e_.mention_at(head);
  if (e >= 0 && m && (m->head == head || (m->begin <= head && head < m->end))) {
    describe(head);
    return e;
  }
  if (t_.tag(head, "PRP") || t_.tag(head, "WP") || t_.tag(head, "DT")) return e;
  if (!t_.noun(head) || document(head)) {
    int actor = e_.actor_at(head);
    if (actor >= 0) return actor;
  }
  if (!t_.noun(head) && !t_.tag(head, "CD")) return -1;
  return made(head, t_.tag(head, "NNS") ? "group" : "other");
}

bool Sources::takes(int noun, std::string_view what) const {
  const Cue* cue = t_.noun(noun) ? lexicon_.cue(lower(t_.lemma(noun))) : nullptr;
  return cue && cue->takes(what);
}

bool Sources::document(int token) const { return takes(token, "author"); }

// Can both words mean one document? Whatever is brought before a court has many names ("the
// lawsuit", "the suit", "the complaint").
bool Sources::one_document(int earlier, int document) const {
  return t_.noun(earlier) && (lower(t_.lemma(earlier)) == lower(t_.lemma(document)) ||
                              (takes(earlier, "plea") && takes(document, "plea")));
}

// The author that the document's own phrase names: "Marr's statement", "a report by the council",
// "figures issued by the ministry". -1 for none.
int Sources::author_in(int document) {
  int possessor = t_.child(document, {"nmod:poss"});
  if (possessor >= 0 && e_.at(possessor) >= 0) return e_.at(possessor);
  for (int c : t_.children(document)) {
    bool issued = t_.is(c, "acl") && t_.tag(c, "VBN");
    int by = issued ? t_.oblique(c, "by") : -1;
    if (by >= 0 && e_.actor_at(by) >= 0) return speaker(by);
  }
  for (std::string_view preposition : {"by", "from"}) {
    int of = t_.oblique(document, preposition);
    if (of >= 0 && e_.actor_at(of) >= 0) return speaker(of);
  }
  // "a front page report in the Herald"
  const int in = takes(document, "press") ? t_.oblique(document, "in") : -1;
  if (in >= 0 && e_.at(in) >= 0 && is_medium(e_, e_.at(in))) return e_.at(in);
  // "the council report", "the Herald polling average"
  for (int c : t_.children(document)) {
    const Mention* m =
        t_.is_any(c, {"compound", "amod", "nmod"}) && c < document ? e_.mention_at(c) : nullptr;
    if (m && m->entity >= 0 && m->head == c && !m->place_only) return m->entity;
  }
  return -1;
}

// Who spoke or wrote in the document of this name before: "in a statement, Marr said …. The
// statement said …".
int Sources::author_before(const std::vector<FoundStatement>& found, const FoundStatement& f,
                           int document) {
  const bool plea = takes(document, "plea"), of_press = takes(document, "press");
  for (int i = t_.sentence(document).begin - 1; i >= 0; --i) {
    if (!one_document(i, document) || in_speech_[i] >= 0) continue;
    if (int author = author_in(i); author >= 0) return author;
    const FoundStatement* nearest = nullptr;
    for (const FoundStatement& x : found) {
      // Who speaks of a lawsuit need not be who sues, and a paper that tells of a statement made none.
      if (plea || &x == &f || x.statement.speaker < 0 || x.statement.cue.empty()) continue;
      if (!of_press && is_medium(e_, x.statement.speaker)) continue;
      if (t_.sentence_of(x.cue_verb) != t_.sentence_of(i) || x.source_head == i) continue;
      if (!nearest || std::abs(x.cue_verb - i) < std::abs(nearest->cue_verb - i)) nearest = &x;
    }
    if (nearest) return nearest->statement.speaker;
    // "The ministry issued a statement."
    int verb = t_[i].head;
    if (verb >= 0 && t_.verb(verb) && t_.is(i, "obj") && t_.subject(verb) >= 0) {
      int subject = t_.subject(verb);
      if (e_.actor_at(subject) >= 0) return speaker(subject);
    }
  }
  return last_to_publish(found, f, document);
}

// "The ministry said …. The circular says": a document that was not told of before, spoken of as
// known, is of who spoke last. -1 where nobody did a few sentences ago.
int Sources::last_to_publish(const std::vector<FoundStatement>& found, const FoundStatement& f,
                             int document) const {
  constexpr int kNear = 3;
  if (takes(document, "plea")) return -1;  // of who sues, whoever spoke
  const bool of_press = takes(document, "press");
  if (of_press)
    if (int paper = last_press(found, f, document); paper >= 0) return paper;
  const int from = range(document).begin;
  if (!t_.tag(from, "DT") || lower(t_[from].form) != "the") return -1;
  const FoundStatement* last = nullptr;
  for (const FoundStatement& x : found)
    if (&x != &f && x.statement.speaker >= 0 && x.cue_verb < document && x.cue_verb >= 0 &&
        (of_press || !is_medium(e_, x.statement.speaker)) && (!last || x.cue_verb > last->cue_verb))
      last = &x;
  if (!last || !named(e_, last->statement.speaker) ||
      t_.sentence_of(document) - t_.sentence_of(last->cue_verb) > kNear)
    return -1;
  return last->statement.speaker;
}

// "The Herald reported …. The article said …": the press organ that reported last, or carried what
// somebody said; -1 where none did a few paragraphs ago.
int Sources::last_press(const std::vector<FoundStatement>& found, const FoundStatement& f,
                        int document) const {
  constexpr int kNear = 8;
  int paper = -1, at = -1;
  for (const FoundStatement& x : found) {
    if (&x == &f || x.cue_verb >= document || x.cue_verb < at) continue;
    if (t_.sentence_of(document) - t_.sentence_of(x.cue_verb) > kNear) continue;
    std::vector<int> told = x.statement.via;
    if (x.statement.speaker >= 0) told.push_back(x.statement.speaker);
    for (int who : told)
      if (is_medium(e_, who)) {
        paper = who;
        at = x.cue_verb;
      }
  }
  return paper;
}

// "…, Marr said in a statement. It added …": the statement did, which is hers. -1 where the remark
// before was not made in a document, or another "it" stands between.
int Sources::author_of_it(const std::vector<FoundStatement>& found, const FoundStatement& f) const {
  if (lower(t_[f.source_head].form) != "it") return -1;
  const FoundStatement* last = nullptr;
  for (const FoundStatement& x : found)
    if (x.cue_verb < f.cue_verb && x.statement.speaker >= 0 && !x.statement.cue.empty() &&
        (!last || x.cue_verb > last->cue_verb))
      last = &x;
  if (!last || last->statement.occasion.empty()) return -1;
  if (e_.entities()[last->statement.speaker].kind != "person") return -1;
  if (t_.sentence_of(f.cue_verb) - t_.sentence_of(last->cue_verb) > 2) return -1;
  const Sentence& s = t_.sentence(last->cue_verb);
  for (int i = s.begin; i < s.end; ++i)
    if (document(i) && in_speech_[i] < 0) return last->statement.speaker;
  return -1;
}

void Sources::find_authors(std::vector<FoundStatement>& found) {
  for (FoundStatement& f : found) {
    int writer = f.source_head >= 0 ? author_of_it(found, f) : -1;
    if (writer >= 0) {
      f.statement.speaker = writer;
      f.statement.explain += "; a document speaks for its author";
    }
    if (f.source_head < 0 || !document(f.source_head)) continue;
    int author = author_in(f.source_head);
    if (author < 0) author = author_before(found, f, f.source_head);
    if (author < 0) continue;
    f.statement.speaker = author;
    f.statement.explain += "; a document speaks for its author";
  }
}

}  // namespace chancery
