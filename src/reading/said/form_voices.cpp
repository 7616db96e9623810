#include "reading/said/form_voices.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "reading/who/entity_union.h"

namespace chancery {
namespace {

using Range = TreeView::Range;

class Voices {
 public:
  Voices(const FormReading& r, std::vector<FoundStatement>& found)
      : t_(r.tree),
        lexicon_(r.lexicon),
        form_(r.form),
        speech_(r.speech),
        times_(r.times),
        e_(r.entities),
        sources_(r.sources),
        found_(found) {}

  void speak() {
    std::vector<FoundStatement> said;
    take_turns(said);
    for (const OwnWords& own : form_.own_words) take_document(own, said);
    for (const FoundStatement& s : said) make_room(s);
    make_room_for_questions();
    for (FoundStatement& s : said) found_.push_back(std::move(s));
  }

 private:
  std::string word(int i) const { return lower(t_[i].form); }

  Spans spans_of(const std::vector<Range>& spoken) const {
    Spans out;
    for (Range r : spoken) out.push_back(t_.span(r));
    return out;
  }

  FoundStatement statement(int speaker, int cue, const std::vector<Range>& spoken,
                           const char* why) const {
    FoundStatement f;
    f.cue_verb = cue;
    Statement& x = f.statement;
    x.speaker = speaker;
    x.content = spans_of(spoken);
    x.quote = speech_.kind(x.content);
    x.explain = why;
    return f;
  }

  // --- transcripts

  void take_turns(std::vector<FoundStatement>& said) {
    const bool asked = std::any_of(form_.turns.begin(), form_.turns.end(),
                                   [](const Turn& t) { return t.role == Turn::asks; });
    std::map<std::string, int> speakers;    // by label
    std::map<std::string, size_t> answers;  // the statement of each who answers
    const int medium = asked ? asking_medium() : -1;
    for (const Turn& turn : form_.turns) {
      if (turn.role == Turn::asks) continue;
      auto [known, fresh] = speakers.emplace(turn.who, -1);
      if (fresh) known->second = speaker(turn);
      if (known->second < 0) continue;
      refer_label(turn, known->second);
      auto before = answers.find(turn.who);
      if (asked && before != answers.end()) {
        Statement& x = said[before->second].statement;
        for (Span s : spans_of(turn.spoken)) x.content.push_back(s);
        continue;
      }
      FoundStatement f = statement(known->second, head_of(turn.label), turn.spoken,
                                   asked ? "answers under a label" : "words under a label");
      f.source_head = f.cue_verb;
      f.statement.source = {t_.span(name_of(turn.label))};
      if (medium >= 0 && medium != known->second) f.statement.via.push_back(medium);
      answers[turn.who] = said.size();
      said.push_back(std::move(f));
    }
  }

  // The label without its colon.
  Range name_of(Range label) const {
    while (label.end - label.begin > 1 && is_punctuation(t_[label.end - 1].form)) --label.end;
    return label;
  }

  int head_of(Range label) const {
    const Range name = name_of(label);
    const Mention* m = mention_in(name);
    return m ? m->head : name.end - 1;
  }

  const Mention* mention_in(Range r) const {
    const Mention* best = nullptr;
    for (const Mention& m : e_.mentions())
      if (m.begin >= r.begin && m.end <= r.end && m.entity >= 0 && m.sort != Mention::pronoun &&
          (!best || m.end - m.begin > best->end - best->begin))
        best = &m;
    return best;
  }

  int speaker(const Turn& turn) {
    if (turn.role == Turn::answers) return interviewed(turn.label.begin);
    const Range name = name_of(turn.label);
    const Mention* m = mention_in(name);
    int own = m ? m->entity : -1;
    // A label that no name was seen in: somebody of this last name, else a new one.
    if (int other = namesake(turn.who, own); other >= 0) {
      if (own >= 0) unite(e_, other, own);
      return other;
    }
    if (own >= 0) return own;
    const Span words = t_.span(name);
    return e_.add(std::string(words.of(t_.document().text)), "person", words,
                  "speaker of a transcript");
  }

  // The only other person whose last name this is.
  int namesake(const std::string& last, int own) const {
    int found = -1;
    for (size_t i = 0; i < e_.entities().size(); ++i) {
      const Entity& x = e_.entities()[i];
      const std::string name = lower(x.name);
      if (static_cast<int>(i) == own || x.kind != "person" || !named(e_, static_cast<int>(i)) ||
          !(name == last || name.ends_with(" " + last)))
        continue;
      if (own >= 0 && lower(e_.entities()[own].name) == name) continue;
      if (found >= 0) return -1;
      found = static_cast<int>(i);
    }
    return found;
  }

  void refer_label(const Turn& turn, int speaker) {
    if (turn.role == Turn::answers) return;
    if (const Mention* m = mention_in(name_of(turn.label)); m && m->entity != speaker)
      refer(e_, m->head, speaker);
  }

  // Who is asked under "Q." and answers under "A.": the person who was named last before.
  int interviewed(int before) const {
    const Mention* last = nullptr;
    for (const Mention& m : e_.mentions())
      if (m.end <= before && m.entity >= 0 && m.sort == Mention::name &&
          e_.entities()[m.entity].kind == "person" && (!last || m.begin > last->begin))
        last = &m;
    return last ? last->entity : -1;
  }

  bool asks(const std::string& word) const {
    const Cue* cue = lexicon_.cue(word);
    return cue && cue->takes("asks");
  }

  // A medium that asks, by its label, carries the answers.
  int asking_medium() const {
    for (const Turn& turn : form_.turns) {
      if (turn.role != Turn::asks || asks(turn.who)) continue;
      const Mention* m = mention_in(name_of(turn.label));
      if (m && e_.entities()[m->entity].kind == "organization") return m->entity;
    }
    return -1;
  }

  // --- documents

  void take_document(const OwnWords& own, std::vector<FoundStatement>& said) {
    int head = author_head(own);
    // "OLM -- Ida Marr, a minister of Norvania, made public": a name goes before what the tree makes
    // the subject.
    const int named_first = person_before(own);
    if (head < 0 || (named_first >= 0 && !person(sources_.speaker(head)))) head = named_first;
    if (head < 0) head = first_actor({own.led_in.begin, own.document});
    const int author = head >= 0 ? sources_.speaker(head) : -1;
    if (author < 0) return;
    FoundStatement f = statement(author, own.document, own.spoken,
                                 own.heading ? "under a heading that names the author"
                                             : "a document in its author's own words");
    f.source_head = head;
    f.statement.source = {sources_.span(head)};
    const int verb = own.heading ? -1 : t_[own.document].head;
    if (const TimeExpression* time = verb >= 0 ? times_.of(verb) : nullptr;
        time && time->when.dated())
      f.statement.when = time->when;
    f.statement.occasion = std::string(t_[own.document].span.of(t_.document().text));
    said.push_back(std::move(f));
  }

  // The word of the author: who made it public, by whom it was, or of whom the heading says it is.
  int author_head(const OwnWords& own) const {
    if (own.heading) {
      for (int i = own.document + 1; i < own.led_in.end; ++i)
        if (const std::string w = word(i); t_.in(WordList::author_prepositions, w))
          return first_actor({i + 1, own.led_in.end});
      return -1;
    }
    const int verb = t_[own.document].head;
    if (verb < 0 || !t_.verb(verb)) return -1;
    int head = t_.agent(verb);
    if (t_.passive(verb) && head < 0)
      for (int i = own.document + 1; i < own.led_in.end && head < 0; ++i)
        if (word(i) == "by") head = first_actor({i + 1, own.led_in.end});
    return head == own.document ? -1 : head;
  }

  bool person(int entity) const { return entity >= 0 && e_.entities()[entity].kind == "person"; }

  // The person who is named before the verb that makes the document public; -1 for none.
  int person_before(const OwnWords& own) const {
    const int verb = own.heading ? -1 : t_[own.document].head;
    for (const Mention& m : e_.mentions())
      if (m.begin >= own.led_in.begin && m.end <= verb && m.entity >= 0 &&
          m.sort == Mention::name && person(m.entity))
        return t_.passive(verb) ? -1 : m.head;
    return -1;
  }

  int first_actor(Range r) const {
    const Mention* best = nullptr;
    for (const Mention& m : e_.mentions())
      if (m.begin >= r.begin && m.end <= r.end && m.entity >= 0 && m.sort != Mention::pronoun &&
          (!best || m.begin < best->begin || (m.begin == best->begin && m.end > best->end)))
        best = &m;
    return best ? best->head : -1;
  }

  // --- what was found in these words before

  bool first_person(const FoundStatement& f) const {
    if (f.statement.speaker < 0) return true;
    if (f.source_head < 0 || !t_.tag(f.source_head, "PRP")) return false;
    const std::string w = word(f.source_head);
    return w == "i" || w == "we";
  }

  static bool within(const Spans& outer, Span s) {
    return std::any_of(outer.begin(), outer.end(), [&](Span o) { return o.contains(s); });
  }
  static bool overlap(const Spans& a, const Spans& b) {
    return std::any_of(a.begin(), a.end(), [&](Span x) {
      return std::any_of(b.begin(), b.end(), [&](Span y) { return x.overlaps(y); });
    });
  }

  // What the speaker says of himself is his words already; others whom he tells of are told on his.
  void make_room(const FoundStatement& s) {
    const Spans& words = s.statement.content;
    std::erase_if(found_, [&](const FoundStatement& f) {
      const Statement& x = f.statement;
      const bool cue_inside = f.cue_verb >= 0 && within(words, t_[f.cue_verb].span);
      if (!overlap(words, x.content)) return cue_inside;
      return !cue_inside || first_person(f) || x.speaker == s.statement.speaker;
    });
  }

  // Questions are nobody's statements.
  void make_room_for_questions() {
    for (const Turn& turn : form_.turns) {
      if (turn.role != Turn::asks) continue;
      const Spans words = spans_of(turn.spoken);
      std::erase_if(found_, [&](const FoundStatement& f) {
        return overlap(words, f.statement.content) ||
               (f.cue_verb >= 0 && within(words, t_[f.cue_verb].span));
      });
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const TextForm& form_;
  const Speech& speech_;
  const Times& times_;
  Entities& e_;
  Sources& sources_;
  std::vector<FoundStatement>& found_;
};

}  // namespace

void speak_by_form(const FormReading& reading, std::vector<FoundStatement>& found) {
  if (reading.form.turns.empty() && reading.form.own_words.empty()) return;
  Voices(reading, found).speak();
}

FoundStatement voice_of_opinion(const TreeView& tree, const TextForm& form, Entities& entities) {
  FoundStatement f;
  const Range name = form.opinion.author;
  const Mention* author = nullptr;
  for (const Mention& m : entities.mentions())
    if (m.begin < name.end && name.begin < m.end && m.entity >= 0 && m.sort == Mention::name)
      author = &m;
  if (!author || form.opinion.words.empty()) return f;
  f.cue_verb = f.source_head = author->head;
  f.statement.speaker = author->entity;
  f.statement.quote = "direct";
  f.statement.explain = "the author of an opinion";
  for (Range r : form.opinion.words) {
    f.statement.content.push_back(tree.span(r));
    entities.resolve_first_person(f.statement.content.back(), author->entity);
  }
  return f;
}

void date_by_entry(const TextForm& form, const Times& times,
                   std::vector<FoundStatement>& statements) {
  const When day(times.published());
  if (!day.dated() || day.precision() > Precision::day) return;
  for (FoundStatement& f : statements) {
    const int entry = f.cue_verb >= 0 ? form.entry(f.cue_verb) : -1;
    Statement& x = f.statement;
    // A day that is told goes before; the day of publication is told to the minute.
    if (entry < 0 || form.entries[static_cast<size_t>(entry)].time.empty() ||
        (x.when.dated() && x.when.value().substr(0, 10) != day.value().substr(0, 10)))
      continue;
    x.when = When(day.value().substr(0, 10) + "T" + form.entries[static_cast<size_t>(entry)].time);
    x.explain += "; at the time of its entry";
  }
}

}  // namespace chancery
