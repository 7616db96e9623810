#include "reading/stands/holder_signs.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {

SignCase HolderSigns::of(const Position& position, int head, const std::string& stance,
                         bool by_rule) const {
  std::vector<Offer> offers;
  offer(offers, position.holder, by_rule ? "the rule's" : "the likely");
  sayers(offers, position, head);
  doers(offers, head);
  const std::vector<std::string> around = circumstances(position, head, stance);
  SignCase out;
  for (const Offer& o : offers) {
    SignCase::Candidate c{o.entity, {}};
    const Entity& who = e_.entities()[static_cast<size_t>(o.entity)];
    for (const std::string& way : o.ways) {
      c.signs.push_back(way);
      c.signs.push_back(way + ", " + who.kind);
      for (const std::string& sign : around) c.signs.push_back(way + ", " + sign);
    }
    c.signs.push_back(who.kind);
    c.signs.push_back(who.actor.sector.empty() ? "of no sector" : who.actor.sector);
    if (o.ways.size() == 1) c.signs.push_back("only " + o.ways[0]);
    out.candidates.push_back(std::move(c));
  }
  out.none.push_back("nobody");
  return out;
}

void HolderSigns::offer(std::vector<Offer>& offers, int entity, const std::string& way) const {
  if (entity < 0) return;
  auto at = std::find_if(offers.begin(), offers.end(),
                         [&](const Offer& o) { return o.entity == entity; });
  if (at == offers.end()) at = offers.insert(offers.end(), {entity, {}});
  if (std::find(at->ways.begin(), at->ways.end(), way) == at->ways.end()) at->ways.push_back(way);
}

// Who says it, and who says that he does.
void HolderSigns::sayers(std::vector<Offer>& offers, const Position& position, int head) const {
  for (size_t s = 0; s < statements_.size(); ++s) {
    const Statement& said = statements_[s].statement;
    const bool holds = std::any_of(said.content.begin(), said.content.end(),
                                   [&](Span c) { return c.contains(t_[head].span); });
    if (!holds) continue;
    const bool inner = static_cast<int>(s) == position.said_in;
    offer(offers, said.speaker, inner ? "says it" : "says it around");
    for (int via : said.via) offer(offers, via, "passes it on");
  }
}

// Subjects, agents and owners, from the head of the words upwards.
void HolderSigns::doers(std::vector<Offer>& offers, int head) const {
  int steps = 0;
  for (int at = head; at >= 0 && steps < 5; at = t_[at].head, ++steps) {
    const std::string where = steps == 0   ? " of the word"
                              : steps == 1 ? " of what governs it"
                                           : " far above";
    auto named = [&](int token, const std::string& way) {
      if (token >= 0) offer(offers, e_.actor_at(token), way + where);
    };
    named(t_.child(at, {"nmod:poss"}), "owner");
    if (t_.verb(at) || t_.child(at, {"cop"}) >= 0) {
      named(t_.subject(at), t_.passive(at) ? "passive subject" : "subject");
      named(t_.oblique(at, "by"), "agent");
    } else {
      for (const std::string& preposition : t_.words(WordList::owner_prepositions))
        named(t_.oblique(at, preposition), preposition);
    }
  }
}

std::vector<std::string> HolderSigns::circumstances(const Position& position, int head,
                                                    const std::string& stance) const {
  std::vector<std::string> out;
  out.push_back(stance);
  const std::string_view own = t_.verb(head) ? g_.stance_of(head) : std::string_view();
  out.push_back(own.empty() ? "no word of stance" : "word of stance");
  if (!own.empty() && own == stance) out.push_back("its own word");
  out.push_back("'" + lower(t_.lemma(head)) + "'");
  const std::string_view modal = t_.modal(head);
  if (!modal.empty()) out.push_back("modal " + std::string(modal));
  out.push_back("tag " + std::string(t_[head].xpos));
  int token = -1;
  const int subject =
      t_.verb(head) || t_.child(head, {"cop"}) >= 0 ? g_.subject_entity(head, token) : -1;
  out.push_back(token < 0                ? "no subject"
                : g_.first_person(token) ? "we"
                : subject < 0            ? "a thing acts"
                : t_.tag(token, "PRP")   ? "a pronoun acts"
                                         : "somebody acts");
  if (position.said_in < 0) {
    out.push_back("told");
    return out;
  }
  const FoundStatement& f = statements_[static_cast<size_t>(position.said_in)];
  out.push_back("in what is said");
  out.push_back(f.statement.quote);
  if (f.content_head == head) out.push_back("head of what is said");
  if (f.cue_verb >= 0) out.push_back("cue '" + lower(t_.lemma(f.cue_verb)) + "'");
  return out;
}

}  // namespace chancery
