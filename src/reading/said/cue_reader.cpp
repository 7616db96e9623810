// Which verbs are cues, who speaks, and what else their sentence tells of the speech. What they tell is
// read in cue_content.cpp.
#include "reading/said/cue_reader.h"

#include <algorithm>

namespace chancery {
namespace {

// What the attribution model hears as a cue and the lexicon does not list.
const Cue kUnlisted{CueKind::act, {"clause", "quote"}, false};

}  // namespace

bool CueReader::read(int v, const Sentence& s, FoundStatement& f) {
  if (speech_.spoken(v)) return false;
  Reading c{v, s};
  c.words = {v, v + 1};
  if (!is_cue(c) || !find_subject(c) || !find_content(c) || !close_content(c)) return false;
  Statement& x = f.statement;
  f.cue_verb = v;
  f.content_head = c.head;
  x.content = std::move(c.content);
  const Span cue = t_.span(c.words);
  for (Span content : x.content)
    if (content.overlaps(cue)) return false;
  x.cue = {cue};
  name_source(c, f);
  // "reported", "is known to": nobody says it, and only a quotation would show that somebody did.
  if (x.speaker < 0 && c.subject < 0 && !c.heard) return false;
  x.quote = speech_.kind(x.content);
  circumstances(c, f);
  x.explain = "cue '" + std::string(cue.of(t_.document().text)) + "' with " + c.shape + " content" +
              (c.cue == &kUnlisted ? ", heard by the attribution model"
               : c.heard           ? ", lexicon and attribution model agree"
                                   : ", cue lexicon");
  return true;
}

bool CueReader::is_cue(Reading& c) const {
  const int v = c.verb;
  c.cue = lexicon_.cue(t_.lemma(v));
  c.heard =
      t_[v].attribution == AttributionTag::cue || t_[v].attribution == AttributionTag::cue_begin;
  if (!c.cue && c.heard && t_.verb(v)) c.cue = &kUnlisted;
  if (!c.cue || !t_.verb(v) || c.cue->kind == CueKind::none) return false;
  if (!c.cue->sure && !c.heard && !speech_.beside_quotation(v, *c.cue)) return false;
  if (t_.is_any(v, {"amod", "compound", "aux", "cop", "case"})) return false;
  // "if he says", "asked whether": only told speech counts; a bare infinitive of purpose does not.
  const std::string mark = t_.mark_of(v);
  if (t_.in(WordList::question_marks, mark) && !c.heard) return false;
  return !asks(v);
}

// A question reports nothing: "asked whether …".
bool CueReader::asks(int v) const {
  const std::string_view lemma = t_.lemma(v);
  if (!t_.in(WordList::asking, lemma)) return false;
  for (int c : t_.children(v))
    if (t_.is_any(c, {"ccomp", "advcl"}) && (t_.mark_of(c) == "if" || t_.mark_of(c) == "whether"))
      return true;
  return false;
}

// Who speaks by the tree; false where what is said is told at another cue.
bool CueReader::find_subject(Reading& c) const {
  const int v = c.verb;
  c.subject = t_.subject(v);
  if (auto heir = inherited_.find(v); heir != inherited_.end()) c.subject = heir->second;
  c.passive = t_.passive(v);
  // "was quoted as saying": the quoted one speaks.
  c.frame = quoted_frame(t_, lexicon_, v, &times_);
  const QuotedFrame& frame = c.frame;
  if (frame.verb >= 0 && frame.speaker >= 0) {
    c.subject = frame.speaker;
    if (frame.passive) c.words.begin = frame.verb;
    if (frame.passive && t_.lemma(frame.verb - 1) == "be") --c.words.begin;
    // "quoted by the Herald as saying": the carrier is no part of the cue.
    if (frame.carrier > frame.verb && frame.carrier < v) c.words.begin = v;
    c.passive = false;
  } else if (told_at_saying(t_, lexicon_, v)) {
    return false;
  }
  if (c.passive && t_.lemma(v) != "quote") {
    c.subject = t_.oblique(v, "by");
    if (c.subject < 0 && t_.is(v, "acl")) return false;
  }
  if (c.subject >= 0 && t_.lemma(c.subject) == "it" && t_.is(c.subject, "expl")) c.subject = -1;
  if (c.subject >= 0 && speech_.spoken(c.subject)) c.subject = -1;
  subject_behind(c);
  return true;
}

// "…, said the radio": turned round, its subject is easily taken for an object.
void CueReader::subject_behind(Reading& c) const {
  const int v = c.verb;
  const std::string_view lemma = t_.lemma(v);
  const bool beside = speech_.beside_quotation(v, *c.cue);
  if (beside) c.passive = false;
  if (c.subject >= 0 || c.passive || !(beside || t_.tag(v, "VBD")) ||
      !(beside || t_.in(WordList::turned_round, lemma)) ||
      !t_.is_any(v, {"parataxis", "root", "conj"}))
    return;
  const int object = t_.child(v, {"obj"});
  if (object > v && t_.noun(object) && object - v < 8 && !speech_.spoken(object))
    c.subject = object;
  // A name whose words the tree hangs side by side: the last one stands for it.
  while (beside && c.subject >= 0 && c.subject + 1 < c.sentence.end && t_.tag(c.subject, "NNP") &&
         t_.tag(c.subject + 1, "NNP"))
    ++c.subject;
}

void CueReader::name_source(const Reading& c, FoundStatement& f) {
  if (c.subject < 0) return;
  Statement& x = f.statement;
  const Span source = sources_.span(c.subject);
  bool clean = true;
  for (Span content : x.content) clean &= !content.overlaps(source);
  if (!clean && c.shape != "object-to") return;
  if (clean) x.source = {source};
  x.speaker = sources_.speaker(c.subject);
  f.source_head = c.subject;
}

// Occasion, date, carriers and addressees.
void CueReader::circumstances(const Reading& c, FoundStatement& f) {
  const int v = c.verb;
  Statement& x = f.statement;
  Scene scene;
  occasions_.of_cue(v, scene);
  if (scene.occasion.empty() && c.subject >= 0 && !c.passive) occasions_.of_cue(c.subject, scene);
  x.via = scene.via;
  x.to = scene.to;
  x.where = scene.where;
  x.occasion = scene.occasion;
  x.when = scene.when;
  if (const TimeExpression* time = times_.of(v)) {
    bool inside = false;
    for (Span content : x.content) inside |= content.contains(time->span);
    if (!inside && time->when.dated()) x.when = time->when;
  }
  if (c.frame.speaker >= 0 && c.frame.verb >= 0 && c.frame.carrier >= 0) {
    const int e = sources_.speaker(c.frame.carrier);
    if (e >= 0) x.via.push_back(e);
  }
  addressee(v, x);
  document_of_another(v, x);
  const std::string_view lemma = t_.lemma(v);
  if (lemma == "post" || lemma == "tweet") {
    const int on = t_.oblique(v, "on");
    const int e = on >= 0 ? e_.at(on) : -1;
    if (e >= 0 && std::find(x.via.begin(), x.via.end(), e) == x.via.end()) x.via.push_back(e);
  }
  std::erase(x.via, x.speaker);
}

// Whom it was told: "told the BBC", "warned Olm".
void CueReader::addressee(int v, Statement& x) const {
  if (!t_.in(WordList::telling, t_.lemma(v))) return;
  const int to = t_.child(v, {"iobj", "obj"});
  const int e = to >= 0 ? e_.at(to) : -1;
  if (e < 0) return;
  x.to.push_back(e);
  const Mention* m = e_.mention_at(to);
  if (e_.entities()[e].kind == "person" && e_.entities()[e].actor.sector == "JRN") {
    const int medium = medium_in(to);
    if (medium >= 0) x.via.push_back(medium);
    return;
  }
  // "told the BBC": the broadcaster carries it; "told reporters" is no chain.
  if (e_.entities()[e].actor.sector == "JRN" && m &&
      (m->sort == Mention::name || e_.entities()[e].kind == "organization"))
    x.via.push_back(e);
}

// "told Jon Holm of the Herald", "told the Herald's Jon Holm": the medium, -1 for none.
int CueReader::medium_in(int journalist) const {
  const Mention* own = e_.mention_at(journalist);
  const TreeView::Range r = t_.subtree(journalist);
  for (const Mention& m : e_.mentions()) {
    if (m.begin < r.begin || m.end > r.end || m.entity < 0 || &m == own) continue;
    if (is_medium(e_, m.entity)) return m.entity;
  }
  return -1;
}

// "said in a statement of the ministry": whose document it is carries it.
void CueReader::document_of_another(int v, Statement& x) const {
  for (int c : t_.children(v)) {
    if (!t_.is_any(c, {"obl", "nmod"}) || t_.case_of(c) != "in") continue;
    const int author = sources_.author_of(c);
    if (author >= 0 && author != x.speaker && e_.entities()[author].kind == "organization")
      x.via.push_back(author);
  }
}

}  // namespace chancery
