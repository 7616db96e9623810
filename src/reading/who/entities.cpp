#include "reading/who/entities.h"

#include <algorithm>

#include "reading/who/name_words.h"

namespace chancery {
using namespace names;

Entities::Entities(const TreeView& tree, const ActorKnowledge& knowledge,
                   const std::vector<Quotation>& quotations, const std::string& published,
                   std::vector<char> dates, const JudgedWords* words, const Thresholds* least)
    : t_(tree),
      known_(knowledge.known),
      quotations_(quotations),
      words_(words && !words->silent() ? words : nullptr),
      least_(least),
      judge_(knowledge.country),
      antecedent_(knowledge.antecedent),
      pronoun_(knowledge.pronoun),
      watch_(knowledge.watch),
      watch_pronoun_(knowledge.watch_pronoun),
      dates_(std::move(dates)),
      published_(published),
      acronyms_(tree, knowledge.known),
      trail_(
          tree, knowledge.known, knowledge.places, published_,
          [this](std::string_view name, const KnownName* known) { return settle(name, known); }) {
  trail_ready_ = true;
  find_names();
  find_nominals();
  join_named_bodies();
  find_pronouns();
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  mention_of_.assign(t_.size(), -1);
  for (size_t m = 0; m < mentions_.size(); ++m) {
    int& slot = mention_of_[mentions_[m].head];
    // The longer phrase owns the head.
    if (slot < 0 ||
        mentions_[slot].end - mentions_[slot].begin < mentions_[m].end - mentions_[m].begin)
      slot = static_cast<int>(m);
  }
  cover_.assign(t_.size(), -1);
  for (size_t m = 0; m < mentions_.size(); ++m) cover(static_cast<int>(m));
  for (Mention& m : mentions_) describe(m);
  take_of_phrases();
  signs_ = std::make_unique<const MentionSigns>(t_, mentions_, quotations_);
  if (knowledge.watch_mentions) knowledge.watch_mentions(mentions_, *signs_);
  if (knowledge.coreference)
    heard_ = std::make_unique<const Coreference>(*knowledge.coreference, t_, mentions_, *signs_);
  things_ = std::make_unique<Things>(t_, taken(), dates_);
  resolve();
  heard_.reset();
  signs_.reset();
}

// What is the head of a mention, or a word of a name.
std::vector<char> Entities::taken() const {
  std::vector<char> out(static_cast<size_t>(t_.size()));
  for (const Mention& m : mentions_)
    for (int i = m.begin; i < m.end; ++i)
      out[static_cast<size_t>(i)] |= i == m.head || m.sort == Mention::name;
  return out;
}

void Entities::cover(int mention) {
  const Mention& m = mentions_[mention];
  for (int i = m.begin; i < m.end; ++i)
    if (cover_[i] < 0 || m.end - m.begin < mentions_[cover_[i]].end - mentions_[cover_[i]].begin)
      cover_[i] = mention;
}

bool Entities::inside_quote(int token) const {
  for (const Quotation& q : quotations_)
    if (q.speech && q.begin <= token && token < q.end) return true;
  return false;
}

int Entities::find_state_entity(int state) const {
  for (size_t e = 0; e < entities_.size(); ++e)
    if (memory_[e].names_state && memory_[e].state == state) return static_cast<int>(e);
  return -1;
}

const Mention* Entities::mention_at(int token) const {
  if (token < 0) return nullptr;
  if (mention_of_[token] >= 0) return &mentions_[mention_of_[token]];
  return cover_[token] >= 0 ? &mentions_[cover_[token]] : nullptr;
}

int Entities::at(int token) const {
  const Mention* m = mention_at(token);
  return m ? m->entity : -1;
}

int Entities::actor_at(int token) const {
  if (token < 0) return -1;
  int e = at(token);
  if (e >= 0) return e;
  if (int named = one_of_them(token); named >= 0) return named;
  // "the leader's speech", "officials of the party", "remarks by Kim", "a drive of Slovakia's"
  for (const char* relation : {"nmod:poss"}) {
    int p = t_.child(token, {relation});
    if (p >= 0 && at(p) >= 0) return at(p);
  }
  for (const std::string& preposition : t_.words(WordList::actor_prepositions)) {
    int p = t_.oblique(token, preposition);
    if (p >= 0 && at(p) >= 0) return at(p);
  }
  int p = t_.child(token, {"compound", "amod", "appos"});
  if (p >= 0 && mention_at(p) && mention_at(p)->head == p) return at(p);
  return -1;
}

// "One of the protesters, Hanna Walsh": who is named behind, not the group.
int Entities::one_of_them(int token) const {
  if (!t_.tag(token, "CD")) return -1;
  const int group = t_.oblique(token, "of");
  for (int word : {token, group}) {
    const int name = word >= 0 ? t_.child(word, {"appos"}) : -1;
    if (name >= 0 && at(name) >= 0 && entities_[at(name)].kind == "person") return at(name);
  }
  return -1;
}

int Entities::state_of(int entity) {
  if (entity < 0) return -1;
  int state = known_.state_index(entities_[entity].actor.country);
  if (state < 0) return -1;
  return find_state_entity(state);
}

int Entities::state_of_adjective(int token) const {
  const KnownName* name = token >= 0 ? known_.find(t_[token].form) : nullptr;
  return name && name->sort == NameSort::demonym ? find_state_entity(name->index) : -1;
}

void Entities::resolve_first_person(Span content, int speaker) {
  if (speaker < 0) return;
  for (Mention& m : mentions_) {
    if (m.sort != Mention::pronoun || m.entity >= 0 || !content.contains(t_[m.head].span)) continue;
    if (t_.in(WordList::first_singular, m.text)) m.entity = speaker;
    if (t_.in(WordList::first_plural, m.text)) {
      int house = speaker;
      const Actor& a = entities_[speaker].actor;
      if (a.sector == "GOV" || a.sector == "MIL" || a.sector == "LEG" || a.sector == "PTY") {
        int state = state_of(speaker);
        if (state >= 0) house = state;
      }
      m.entity = house;
    }
    if (m.entity >= 0) give_own_state(m);
  }
}

int Entities::add(const std::string& name, const std::string& kind, Span span,
                  const std::string& explain) {
  TreeView::Range r = t_.range_of(span);
  Mention m;
  m.sort = Mention::nominal;
  m.begin = r.begin;
  m.end = r.end;
  m.head = r.begin;
  for (int i = r.begin; i < r.end; ++i)
    if (t_[i].head < r.begin || t_[i].head >= r.end) m.head = i;
  m.kind = kind;
  m.text = name;
  m.explain = explain;
  // "The United Kingdom and the Republic of Korea": of neither alone.
  int other = -1;
  state_in(m.begin, m.end, &other);
  m.several = other >= 0 && joined(m.begin, m.end);
  m.entity = open(m);
  entities_[m.entity].name = name;
  mentions_.push_back(m);
  cover(static_cast<int>(mentions_.size()) - 1);
  find_countries(m.entity);
  return m.entity;
}

}  // namespace chancery
