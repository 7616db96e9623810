#include "reading/said/same_speaker.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "reading/said/statement_sources.h"
#include "reading/who/entity_union.h"

namespace chancery {
namespace {

// How far the lead's unnamed speaker waits for the name, in paragraphs, and a pronoun for its
// speaker, in sentences.
constexpr int kLeadParagraphs = 2, kNameWithin = 3, kGoesOn = 3;

class SameSpeaker {
 public:
  SameSpeaker(const TreeView& t, const Lexicon& lexicon, const std::vector<int>& in_speech,
              const TextForm& form, Entities& entities, std::vector<FoundStatement>& found)
      : t_(t), lexicon_(lexicon), in_speech_(in_speech), form_(form), e_(entities), found_(found) {
    for (FoundStatement& f : found_)
      if (f.cue_verb >= 0) order_.push_back(&f);
    std::stable_sort(order_.begin(), order_.end(),
                     [](const auto* a, const auto* b) { return a->cue_verb < b->cue_verb; });
  }

  void run() {
    titles();
    surnames();
    named_later();
    same_office();
    medium();
    pronouns();
  }

 private:
  int paragraph(int token) const { return t_.sentence(token).paragraph; }
  int speaker(const FoundStatement* f) const { return f->statement.speaker; }
  const Entity& entity(int e) const { return e_.entities()[e]; }

  // The first and last mention of an entity before a token; null for none.
  const Mention* first(int entity) const {
    const Mention* best = nullptr;
    for (const Mention& m : e_.mentions())
      if (m.entity == entity && (!best || m.begin < best->begin)) best = &m;
    return best;
  }

  void unite(int kept, int other, const char* why) {
    chancery::unite(e_, kept, other);
    auto one = [&](int& e) { e = e == other ? kept : e; };
    for (FoundStatement& f : found_) {
      Statement& x = f.statement;
      if (x.speaker == other) x.explain += std::string("; ") + why;
      one(x.speaker);
      one(x.where);
      for (int& v : x.via) one(v);
      for (int& v : x.to) one(v);
    }
  }

  bool compatible(int a, int b) const {
    const Actor &x = entity(a).actor, &y = entity(b).actor;
    if (!x.country.empty() && !y.country.empty() && x.country != y.country &&
        entity(a).basis != "context" && entity(b).basis != "context")
      return false;
    return !gender(e_, a) || !gender(e_, b) || gender(e_, a) == gender(e_, b);
  }

  // "Haniya", where one person of the text has this last name.
  void surnames() {
    for (const FoundStatement* f : order_) {
      int s = speaker(f);
      if (s < 0 || f->source_head < 0 || !t_.tag(f->source_head, "NNP")) continue;
      const std::string name(t_[f->source_head].form);
      if (entity(s).name != name || entity(s).kind == "place") continue;
      int holder = -1, holders = 0;
      for (size_t i = 0; i < e_.entities().size(); ++i) {
        const Entity& x = entity(static_cast<int>(i));
        if (static_cast<int>(i) == s || x.kind != "person" || !x.name.ends_with(" " + name))
          continue;
        const Mention* m = first(static_cast<int>(i));
        if (!m || m->begin >= f->source_head) continue;
        ++holders;
        holder = static_cast<int>(i);
      }
      if (holders == 1) unite(holder, s, "the only one of this name");
    }
  }

  // "Norvania's premier, Ida Marr, said": the phrase that the name stands beside is hers.
  void titles() {
    for (const FoundStatement* f : order_) {
      const Mention* m = f->source_head >= 0 ? e_.mention_at(f->source_head) : nullptr;
      const int who = speaker(f);
      if (!m || m->head != f->source_head || m->sort != Mention::nominal || m->plural) continue;
      const int described = m->entity;
      if (who < 0 || described < 0 || described == who || entity(who).kind != "person" ||
          entity(described).kind != "person" || !named(e_, who) || named(e_, described) ||
          plural(e_, described) || !compatible(who, described))
        continue;
      unite(who, described, "name and office stand side by side");
    }
  }

  // The word of an office in a person's title or apposition: "spokesman Tom Lind".
  bool bears(int person, std::string_view office) const {
    for (const Mention& m : e_.mentions()) {
      if (m.entity != person || m.sort == Mention::pronoun) continue;
      for (int i = m.begin; i < m.end; ++i)
        if (lower(t_.lemma(i)) == office) return true;
    }
    return false;
  }

  // "The ministry's spokesman said … spokesman Tom Lind added": the next named person who bears the
  // office of one who is only described.
  void same_office() {
    for (size_t i = 0; i < order_.size(); ++i) {
      const FoundStatement& f = *order_[i];
      if (!unnamed_person(f)) continue;
      const int unnamed = speaker(&f);
      const std::string office = lower(t_.lemma(f.source_head));
      for (size_t k = i + 1; k < order_.size(); ++k) {
        const int next = speaker(order_[k]);
        if (next < 0 || next == unnamed) continue;
        if (paragraph(order_[k]->cue_verb) > paragraph(f.cue_verb) + 2 * kNameWithin) break;
        const Mention* m = first(next);
        if (entity(next).kind != "person" || !bears(next, office)) continue;
        if (named(e_, next) && m && m->begin > f.source_head && compatible(unnamed, next))
          unite(next, unnamed, "named later by the same office");
        break;
      }
    }
  }

  // "The paper", "the broadcaster": the one named last.
  void medium() {
    for (const FoundStatement* f : order_) {
      int s = speaker(f);
      const Mention* m = f->source_head >= 0 ? e_.mention_at(f->source_head) : nullptr;
      const Cue* noun = m && m->sort == Mention::nominal && m->definite
                            ? lexicon_.cue(lower(t_.lemma(f->source_head)))
                            : nullptr;
      if (s < 0 || !noun || !noun->takes("medium") || named(e_, s) || plural(e_, s)) continue;
      int last = -1, at = -1;
      for (const Mention& o : e_.mentions())
        if (o.entity >= 0 && o.begin < m->begin && o.begin > at && o.sort == Mention::name &&
            is_medium(e_, o.entity)) {
          last = o.entity;
          at = o.begin;
        }
      if (last >= 0) unite(last, s, "the medium named last");
    }
  }

  bool unnamed_person(const FoundStatement& f) const {
    int s = f.statement.speaker;
    if (s < 0 || entity(s).kind != "person" || named(e_, s) || plural(e_, s)) return false;
    const Mention* m = e_.mention_at(f.source_head);
    return m && m->entity == s && m->sort == Mention::nominal && in_speech_[f.source_head] < 0;
  }

  // "A senior official said on Friday …" in the lead, and the next who speaks is somebody named
  // there for the first time: it is the official.
  void named_later() {
    const auto& sentences = t_.document().sentences;
    const int lead = sentences.empty() ? 0 : sentences[0].paragraph + kLeadParagraphs;
    for (size_t i = 0; i < order_.size(); ++i) {
      const FoundStatement& f = *order_[i];
      if (!unnamed_person(f) || paragraph(f.cue_verb) >= lead) continue;
      const int unnamed = speaker(&f);
      for (size_t k = i + 1; k < order_.size(); ++k) {
        const int next = speaker(order_[k]);
        if (next == unnamed) continue;
        if (next < 0 || paragraph(order_[k]->cue_verb) > paragraph(f.cue_verb) + kNameWithin) break;
        const Mention* m = first(next);
        bool fresh = m && m->begin > f.source_head && m->sort == Mention::name;
        if (entity(next).kind == "person" && named(e_, next) && fresh && compatible(unnamed, next))
          unite(next, unnamed, "named after the lead");
        break;
      }
    }
  }

  bool subject_between(int entity, int begin, int end) const {
    for (const Mention& m : e_.mentions())
      if (m.entity == entity && m.begin >= begin && m.end <= end && in_speech_[m.head] < 0 &&
          m.sort != Mention::pronoun && t_.is(m.head, "nsubj"))
        return true;
    return false;
  }

  // May this pronoun mean that speaker?
  bool may_mean(const std::string& pronoun, int who) const {
    const bool person = entity(who).kind == "person";
    if (pronoun == "he") return person && gender(e_, who) != 'f' && !plural(e_, who);
    if (pronoun == "she") return person && gender(e_, who) != 'm' && !plural(e_, who);
    if (pronoun == "it") return !person && !plural(e_, who) && entity(who).kind != "event";
    if (pronoun == "they") return plural(e_, who) || entity(who).kind == "organization";
    return false;
  }

  bool document(int token) const {
    const Cue* cue = token >= 0 && t_.noun(token) ? lexicon_.cue(lower(t_.lemma(token))) : nullptr;
    return cue && cue->takes("author");
  }

  bool in_own_words(const FoundStatement& f, int token) const {
    return std::any_of(f.statement.content.begin(), f.statement.content.end(),
                       [&](Span c) { return c.contains(t_[token].span); });
  }

  // "…, Marr said. He added": who goes on is the last who spoke, unless somebody else was told of
  // as doing something in between.
  void pronouns() {
    for (size_t i = 1; i < order_.size(); ++i) {
      FoundStatement& f = *order_[i];
      if (f.source_head < 0 || !t_.tag(f.source_head, "PRP") || in_speech_[f.source_head] >= 0)
        continue;
      const std::string pronoun = lower(t_[f.source_head].form);
      const FoundStatement* last = nullptr;
      for (size_t k = i; k-- > 0 && !last;)
        if (speaker(order_[k]) >= 0 &&
            form_.entry(order_[k]->cue_verb) == form_.entry(f.cue_verb) &&
            (may_mean(pronoun, speaker(order_[k])) ||
             (pronoun == "it" && document(order_[k]->source_head))) &&
            !in_own_words(*order_[k], f.source_head))
          last = order_[k];
      if (!last || speaker(last) == speaker(&f) ||
          t_.sentence_of(f.source_head) - t_.sentence_of(last->cue_verb) > kGoesOn)
        continue;
      if (speaker(&f) >= 0 && may_mean(pronoun, speaker(&f)) &&
          subject_between(speaker(&f), last->cue_verb, f.source_head))
        continue;
      // A document's own "it" stays the document; its words are the author's.
      if (may_mean(pronoun, speaker(last))) refer(e_, f.source_head, speaker(last));
      f.statement.speaker = speaker(last);
      f.statement.explain += "; who spoke last goes on";
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const std::vector<int>& in_speech_;
  const TextForm& form_;  // a brief is news of its own
  Entities& e_;
  std::vector<FoundStatement>& found_;
  std::vector<FoundStatement*> order_;
};

}  // namespace

void settle_same_speakers(const TreeView& tree, const Lexicon& lexicon,
                          const std::vector<int>& in_speech, const TextForm& form,
                          Entities& entities, std::vector<FoundStatement>& found) {
  SameSpeaker(tree, lexicon, in_speech, form, entities, found).run();
}

}  // namespace chancery
