#include "reading/said/occasions.h"
#include "reading/said/statement_sources.h"

#include <algorithm>
#include <set>

#include "base/strings.h"

namespace chancery {

void Occasions::read(const Sentence& s, const std::vector<int>& carriers) {
  for (int v = s.begin; v < s.end; ++v) {
    if (!t_.verb(v)) continue;
    std::string_view lemma = t_.lemma(v);
    if (!t_.in(WordList::speaking_acts, lemma)) continue;
    int object = t_.child(v, {"obj", "nsubj:pass"});
    if (lemma != "speak" && (object < 0 || !speech_noun(object))) continue;
    int subject = t_.agent(v);
    int speaker = e_.actor_at(subject);
    if (speaker < 0) continue;
    Scene scene;
    of_cue(v, scene);
    if (object >= 0 && scene.occasion.empty() &&
        (t_.lemma(object) == "speech" || t_.lemma(object) == "address")) {
      scene.occasion = text_of(object);
      details(object, scene);
    }
    if (scene.when.empty())
      if (const TimeExpression* x = times_.of(v)) scene.when = x->when;
    const int medium = reported_by(s);
    if (scene.occasion.empty() && scene.when.empty() && medium < 0) continue;
    for (int a : carriers) scene.via.push_back(a);
    if (medium >= 0) scene.via.push_back(medium);
    scene.set = true;
    scene.sentence = t_.sentence_of(v);
    scenes_[speaker].push_back(scene);
  }
}

// "Ilo made the remarks in a statement, the Herald reported": the medium, -1 for none.
int Occasions::reported_by(const Sentence& s) const {
  for (int v = s.begin; v < s.end; ++v) {
    if (!t_.verb(v) || !speech_.takes(v, "carry")) continue;
    const int subject = t_.subject(v), medium = subject >= 0 ? e_.actor_at(subject) : -1;
    if (is_medium(e_, medium)) return medium;
  }
  return -1;
}

bool Occasions::occasion_noun(int token) const { return speech_.takes(token, "occasion"); }

bool Occasions::speech_noun(int token) const {
  return speech_.takes(token, "speech") || occasion_noun(token);
}

// The words of an occasion: a noun with what is of it.
std::string Occasions::text_of(int noun) const {
  TreeView::Range r = t_.subtree_without(noun, [&](int at, int c) {
    return t_.is_any(c, {"acl", "appos", "parataxis", "case", "conj", "punct"}) ||
           (at == noun && t_.is_any(c, {"nmod", "obl"}) && c > noun &&
            !t_.in(WordList::apart_from_occasion, t_.case_of(c)));
  });
  // Without article, case word and the date in front.
  while (r.begin < r.end - 1 &&
         (t_.tag(r.begin, "DT") || t_.is(r.begin, "case") || t_.tag(r.begin, "PRP$")))
    ++r.begin;
  if (const TimeExpression* x = times_.in(t_.span(r)); x && x->span.begin == t_[r.begin].span.begin)
    while (r.begin < r.end - 1 && t_[r.begin].span.begin < x->span.end) ++r.begin;
  return std::string(t_.trimmed(r).of(t_.document().text));
}

void Occasions::details(int noun, Scene& scene) const {
  for (int c : t_.children(noun)) {
    if (!t_.is_any(c, {"nmod", "compound", "obl", "nmod:poss"})) continue;
    std::string preposition = t_.case_of(c);
    int e = e_.at(c);
    if (e < 0) continue;
    const Entity& entity = e_.entities()[e];
    if (preposition == "to") scene.to.push_back(e);
    else if ((preposition == "at" || preposition == "in") &&
             (entity.kind == "place" || preposition == "at"))
      scene.where = scene.where < 0 ? e : scene.where;
    bool press = entity.actor.sector == "JRN";
    if (press && (t_.in(WordList::press_prepositions, preposition) || preposition.empty()))
      scene.via.push_back(e);
  }
  TreeView::Range r = t_.subtree(noun);
  if (const TimeExpression* x = times_.in(t_.span(r))) scene.when = x->when;
}

void Occasions::of_cue(int v, Scene& scene) const {
  for (int c : t_.children(v)) {
    if (!t_.is_any(c, {"obl", "nmod"})) continue;
    std::string preposition = t_.case_of(c);
    if (!t_.in(WordList::scene_prepositions, preposition)) continue;
    if (occasion_noun(c) && preposition != "after") {
      if (t_.lemma(c) != "telephone" && t_.lemma(c) != "meeting") scene.occasion = text_of(c);
      details(c, scene);
    } else if (int e = e_.at(c); e >= 0) {
      const Entity& entity = e_.entities()[e];
      // "on Radio Olm"; "on Tuesday" is a day, whatever its tree.
      if ((preposition == "on" || preposition == "via") &&
          (entity.kind == "organization" || (entity.kind == "other" && !times_.in(t_[c].span))))
        scene.via.push_back(e);
      else if ((preposition == "in" || preposition == "at") && entity.kind == "place" &&
               scene.where < 0)
        scene.where = e;
    }
  }
}

void Occasions::apply(std::vector<FoundStatement>& found) {
  for (const FoundStatement& f : found) {
    const Statement& x = f.statement;
    if (x.speaker < 0 || (x.occasion.empty() && x.when.empty())) continue;
    Scene s;
    s.to = x.to;
    s.when = x.when;
    s.occasion = x.occasion;
    s.where = x.where;
    s.sentence = t_.sentence_of(f.cue_verb);
    scenes_[x.speaker].push_back(s);
  }
  for (FoundStatement& f : found)
    if (auto scenes = scenes_.find(f.statement.speaker); scenes != scenes_.end())
      place(scenes->second, f);
}

// Puts a remark into the scenes of its speaker.
void Occasions::place(const std::vector<Scene>& scenes, FoundStatement& f) const {
  Statement& x = f.statement;
  std::set<std::string> occasions, dates;
  for (const Scene& s : scenes) {
    if (!s.occasion.empty()) occasions.insert(s.occasion);
    if (!s.when.empty()) dates.insert(s.when.value());
  }
  const Scene* nearest = nullptr;
  const int here = t_.sentence_of(f.cue_verb);
  for (const Scene& s : scenes)
    if (!nearest || std::abs(s.sentence - here) < std::abs(nearest->sentence - here) ||
        (s.set && !nearest->set && occasions.size() <= 1))
      nearest = &s;
  // Several occasions: only the scene told in this paragraph counts.
  const bool several = occasions.size() > 1 || dates.size() > 1;
  if (several &&
      t_.document().sentences[nearest->sentence].paragraph != t_.sentence(f.cue_verb).paragraph)
    return;
  for (const Scene& s : scenes) {
    if (&s != nearest && several) continue;
    if (x.occasion.empty()) x.occasion = s.occasion;
    if (x.when.empty()) x.when = s.when;
    if (x.where < 0) x.where = s.where;
    // Who carried a speech carried what is told of it afterwards, or right before: "made the remarks
    // in a speech".
    const int back =
        t_.document().sentences[s.sentence].paragraph - t_.sentence(f.cue_verb).paragraph;
    if (x.via.empty() && s.set && back <= 1) x.via = s.via;
    if (x.to.empty()) x.to = s.to;
  }
  std::erase(x.via, x.speaker);
}

}  // namespace chancery
