#include "reading/who/entities.h"

#include <algorithm>

#include "reading/who/name_words.h"

namespace chancery {
using namespace names;

namespace {

// "J." of "Jon".
bool initial_of(const std::string& letter, const std::string& word) {
  return letter.size() == 2 && letter[1] == '.' && word.size() > 2 && word[0] == letter[0];
}

}  // namespace

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
      watch_(knowledge.watch),
      dates_(std::move(dates)),
      published_(published.substr(0, 10)),
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
  resolve();
  heard_.reset();
  signs_.reset();
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

int Entities::open(const Mention& m) {
  Entity e;
  e.kind = m.kind.empty() ? "other" : m.kind;
  e.name = m.text;
  e.actor = m.actor;
  e.role = m.role;
  e.explain = m.explain;
  e.basis = m.basis;
  if (m.sort == Mention::nominal)
    e.name = strip_possessive(std::string(t_.span({m.begin, m.end}).of(t_.document().text)));
  if (m.names_state && !m.place_only) e.name = known_.states()[m.state].name;
  if (e.kind == "other" && m.sort == Mention::name) e.kind = "organization";
  entities_.push_back(std::move(e));
  Memory memory;
  memory.state = m.state;
  memory.names_state = m.names_state && !m.place_only;
  memory.plural = m.plural;
  memory.several = m.several;
  memory.gender = m.gender;
  if (m.sort == Mention::name) memory.words = name_words(m.text);
  memory_.push_back(std::move(memory));
  return static_cast<int>(entities_.size()) - 1;
}

int Entities::resolve_name(Mention& m) {
  if (m.names_state && !m.place_only) {
    int e = find_state_entity(m.state);
    return e >= 0 ? e : open(m);
  }
  std::vector<std::string> words = name_words(m.text);
  int best = -1;
  std::vector<int> alike;
  for (size_t i = 0; i < entities_.size(); ++i) {
    const Memory& o = memory_[i];
    if (o.names_state || o.words.empty()) continue;
    Entity& e = entities_[i];
    bool same = e.name == m.text || (words == o.words);
    bool person = (e.kind == "person") && (m.kind == "person" || m.kind == "other" ||
                                           m.kind == "organization" || m.kind == "place");
    if (!same && person && (m.kind != "place" || m.state < 0)) {
      // All words of the shorter name in the longer one, and a last name shared (either order of
      // names).
      const auto& small = words.size() <= o.words.size() ? words : o.words;
      const auto& large = words.size() <= o.words.size() ? o.words : words;
      bool all = std::all_of(small.begin(), small.end(), [&](const std::string& w) {
        return std::any_of(large.begin(), large.end(),
                           [&](const std::string& l) { return l == w || initial_of(w, l); });
      });
      same = all && !small.empty() && (m.kind == "person" || small.size() == words.size()) &&
             small.front().size() > 1 && m.actor.sector != "JRN";
      if (same && m.kind == "person" && !m.actor.country.empty() && !e.actor.country.empty() &&
          m.actor.country != e.actor.country)
        same = false;
      // "Ida Holm … Mr. Holm": two, whatever they share.
      if (m.gender && o.gender && m.gender != o.gender) same = false;
    }
    if (!same && e.kind != "person" && m.kind != "person") {
      // Acronyms and short forms: "the Southern League (SL)", "the Agency".
      std::string a = acronym_of(e.name), b = acronym_of(m.text);
      bool short_one = m.text.size() <= 6 && words.size() == 1,
           short_other = e.name.size() <= 6 && o.words.size() == 1;
      same = (short_one && a.size() >= 2 && a == replace_all(m.text, ".", "")) ||
             (short_other && b.size() >= 2 && b == replace_all(e.name, ".", ""));
      if (!same && words.size() >= 2 && o.words.size() > words.size())
        same = std::equal(words.begin(), words.end(), o.words.begin()) ||
               std::equal(words.rbegin(), words.rend(), o.words.rbegin());
      // "Nordfisk Holding … Nordfisk"
      if (!same && words.size() == 1 && o.words.size() > 1 && o.words[0] == words[0])
        same = m.kind == "organization" && e.kind == "organization" && m.state < 0 &&
               words[0].size() > 3 && !known_.name_head(words[0]) && !known_.office(words[0]) &&
               !known_.find(m.text) && !t_.tag(m.head, "JJ");
    }
    if (same && (best < 0 || memory_[i].last > memory_[best].last)) best = static_cast<int>(i);
    if (same) alike.push_back(static_cast<int>(i));
  }
  if (alike.size() > 1) best = likeliest_of(alike, best, m);
  if (best < 0 && m.kind == "person") {
    // A name whose holder stood before it as a nominal: "the premier, Ana Ruiz" or "an official
    // said … Ruiz".
    if (t_.is(m.head, "appos") && t_[m.head].head >= 0 && mention_of_[t_[m.head].head] >= 0) {
      const Mention& other = mentions_[mention_of_[t_[m.head].head]];
      if (other.entity >= 0 && entities_[other.entity].kind == "person" &&
          memory_[other.entity].words.empty())
        best = other.entity;
    }
  }
  if (best < 0 && m.kind == "person") best = title_before(m);
  if (best < 0) best = same_by_ear(m);
  if (best < 0) return open(m);
  Entity& e = entities_[best];
  Memory& memory = memory_[best];
  if (words.size() > memory.words.size()) {
    memory.words = words;
    if (m.kind == "person" || e.name.size() < m.text.size()) e.name = m.text;
  }
  if (e.kind == "organization" && m.kind == "person") e.kind = "person";
  return best;
}

// "Permanent Secretary for Interior Ola Marr", "British Ambassador to Olm Ida Lind".
int Entities::title_before(const Mention& m) const {
  const int sentence = t_.sentence_of(m.head);
  for (const Mention& o : mentions_) {
    if (o.begin >= m.begin) break;
    if (o.sort != Mention::nominal || o.entity < 0 || o.end >= m.begin || o.end + 6 < m.begin ||
        t_.sentence_of(o.head) != sentence || !t_.tag(o.head, "NNP") ||
        entities_[o.entity].kind != "person" || !memory_[o.entity].words.empty())
      continue;
    const std::string_view preposition = t_[o.end].form;
    bool title = preposition == "of" || preposition == "for" || preposition == "to";
    for (int i = o.end + 1; i < m.begin; ++i)
      title &= t_.tag(i, "NNP") || t_.tag(i, "DT") || t_.tag(i, "CC") || t_.tag(i, "IN");
    if (title) return o.entity;
  }
  return -1;
}

// Pairs and sides: "both countries", "the two leaders", "the sides".
int Entities::resolve_pair(Mention& m) {
  static const Words sides = {"side", "country", "state", "nation"},
                     alike = {"side",  "country",   "state",    "nation",     "two",
                              "party", "neighbour", "neighbor", "government", "capital"};
  std::string_view lemma = t_.lemma(m.head);
  bool two = false;
  for (int c : t_.children(m.head)) two |= c >= m.begin && lower(t_[c].form) == "two";
  const bool bare = t_.child(m.head, {"amod"}) < 0 && m.begin + 2 >= m.end;
  const bool both = lower(t_[m.begin].form) == "both" || lemma == "two" || (two && m.definite) ||
                    (m.plural && m.definite && bare && sides.count(lemma));
  if (!both || m.state >= 0 || m.several) return -2;
  m.kind = "group";
  m.several = true;
  if (m.actor.sector == "UNK" || m.actor.sector.empty()) m.actor.sector = "GOV";
  for (int i = static_cast<int>(entities_.size()) - 1; i >= 0; --i) {
    if (entities_[i].kind != "group" || entities_[i].role != "both") continue;
    const auto& heads = memory_[i].heads;
    if (std::find(heads.begin(), heads.end(), lemma) != heads.end() || lemma == "two" ||
        (alike.count(lemma) && !heads.empty() && alike.count(heads[0])))
      return i;
  }
  m.role = "both";
  int e = open(m);
  entities_[e].name = strip_possessive(lower(t_.span({m.begin, m.end}).of(t_.document().text)));
  memory_[e].plural = true;
  return e;
}

int Entities::resolve_nominal(Mention& m) {
  std::string_view lemma = t_.lemma(m.head);
  std::string low = lower(t_.span({m.begin, m.end}).of(t_.document().text));
  static const Words state_nouns = {"government", "administration", "regime", "country",
                                    "state",      "nation",         "side",   "republic",
                                    "kingdom",    "authorities"};
  if (int pair = resolve_pair(m); pair != -2) return pair;
  // "the Norvanian government" is the state; "the country" the one spoken of last.
  if (state_nouns.count(lemma) && !m.plural) {
    bool leader = false;  // "the [Marr] government" is an organization
    for (int i = m.begin; i < m.end; ++i)
      if (mention_of_[i] >= 0 && mentions_[mention_of_[i]].kind == "person") leader = true;
    for (const Mention& o : mentions_)
      if (o.begin >= m.begin && o.end < m.end && o.sort == Mention::name && !o.names_state)
        leader = true;
    if (leader) {
      for (size_t i = 0; i < entities_.size(); ++i)
        if (lower(entities_[i].name) == low) return static_cast<int>(i);
      return open(m);
    }
    if (m.state >= 0) {
      int e = find_state_entity(m.state);
      if (e >= 0) return e;
      Mention s = m;
      s.sort = Mention::name;
      s.names_state = true;
      s.kind = "place";
      s.actor = {known_.states()[m.state].code, "GOV", {}};
      s.text = known_.states()[m.state].name;
      return open(s);
    }
    if ((lemma == "country" || lemma == "nation" || lemma == "republic" || lemma == "kingdom" ||
         (lemma == "government" && m.definite))) {
      // "the country" is the one spoken of last, "the government" that of the state the report is
      // about.
      int best = lemma == "government" ? find_state_entity(trail_.main()) : -1;
      for (size_t i = 0; i < entities_.size() && lemma != "government"; ++i)
        if (memory_[i].names_state && (best < 0 || memory_[i].last > memory_[best].last))
          best = static_cast<int>(i);
      if (best >= 0) return best;
    }
  }
  return resolve_phrase(m);
}

int Entities::resolve_phrase(Mention& m) {
  SignCase c = antecedent_case(m);
  if (watch_) watch_(mentions_, static_cast<int>(&m - mentions_.data()), c);
  SignJudge::Verdict v = antecedent_.sure(c);
  return v.id >= 0 ? mentions_[v.id].entity : open(m);
}

int Entities::resolve_pronoun(Mention& m) {
  static const Words first = {"i",  "me", "my",  "mine", "myself",
                              "we", "us", "our", "ours", "ourselves"};
  if (first.count(m.text)) return -1;
  bool person = m.gender != 0, plural = m.text.starts_with("the");
  const Means heard = means(m);
  int here = t_.sentence_of(m.head), best = -1, best_mention = -1;
  double best_score = -1e9;
  bool quoted = inside_quote(m.head);
  for (size_t k = 0; k < mentions_.size(); ++k) {
    const Mention& o = mentions_[k];
    if (o.begin >= m.begin) break;
    if (o.entity < 0 || o.place_only) continue;
    const Entity& e = entities_[o.entity];
    const Memory& memory = memory_[o.entity];
    if (person && e.kind != "person") continue;
    if (!person && e.kind == "person" && !(plural && memory.plural)) continue;
    if (person && memory.gender && memory.gender != m.gender) continue;
    if (!person && !plural && (memory.plural || e.kind == "group")) continue;
    if (plural && (e.kind == "event" || (e.kind == "place" && !memory.names_state))) continue;
    int s = t_.sentence_of(o.head);
    if (here - s > 4) continue;
    double score = -2.0 * (here - s) - 0.02 * (m.begin - o.begin);
    bool subject = t_.is(o.head, "nsubj");
    if (subject) score += 2.0;
    else if (t_.is_any(o.head, {"obj", "iobj"})) score += 0.3;
    else if (t_.is_any(o.head, {"nmod", "compound"})) score -= 0.8;
    if (o.sort == Mention::name) score += 0.5;
    if (memory.gender == m.gender && person) score += 1.0;
    if (plural) score += memory.plural || e.kind == "group" ? 2.0 : -0.5;
    if (!person && !plural && e.kind == "event") score -= 1.0;
    // A pronoun in the quotation of somebody is rarely that speaker.
    if (quoted && !inside_quote(o.head) && s == here && person) score -= 2.5;
    // Nor is the speaker the one whom the quotation right before names.
    if (!quoted && inside_quote(o.head) && s == here && person) score -= 2.5;
    // A clause's object is not its own subject: "he criticized him".
    if (t_[o.head].head == t_[m.head].head && s == here && t_.is(m.head, "obj")) score -= 6;
    // Parallel: subject pronoun to subject.
    if (t_.is(m.head, "nsubj") && subject) score += 0.7;
    if (o.begin <= m.begin && m.end <= o.end) score -= 6;
    if (!heard.silent) score = heard.entity[static_cast<size_t>(o.entity)] + 1e-6 * score;
    if (score > best_score) {
      best_score = score;
      best = o.entity;
      best_mention = static_cast<int>(k);
    }
  }
  if (plural)
    if (int two = two_persons(m); two >= 0) return two;
  // "Turkey and Israel … They": the two together, where the text names them so.
  if (plural && best_mention >= 0 && memory_[best].names_state) {
    const Mention& o = mentions_[best_mention];
    bool joined = t_.is(o.head, "conj");
    for (int c : t_.children(o.head)) joined |= t_.is(c, "conj") && t_.noun(c);
    if (joined)
      for (size_t i = 0; i < entities_.size(); ++i)
        if (entities_[i].kind == "group" && entities_[i].role == "both") return static_cast<int>(i);
  }
  return best;
}

// "Colt and Lind walked on. They …": the two, where the sentence before (or this one, before) has
// persons side by side as its subject. -1 otherwise.
int Entities::two_persons(const Mention& m) {
  const int here = t_.sentence_of(m.head);
  for (const Mention& o : mentions_) {
    if (o.begin >= m.begin) break;
    if (o.entity < 0 || o.sort == Mention::pronoun || entities_[o.entity].kind != "person" ||
        !t_.is(o.head, "nsubj") || t_.sentence_of(o.head) + 1 < here)
      continue;
    for (int c : t_.children(o.head)) {
      const int other = t_.is(c, "conj") ? mention_of_[c] : -1;
      if (other < 0 || mentions_[other].entity < 0 || mentions_[other].begin >= m.begin ||
          entities_[mentions_[other].entity].kind != "person")
        continue;
      Mention pair = m;
      pair.sort = Mention::nominal;
      pair.kind = "group";
      pair.plural = pair.several = true;
      pair.gender = 0;
      pair.role = "both";
      pair.actor.sector = entities_[o.entity].actor.sector;
      const std::string name =
          entities_[o.entity].name + " and " + entities_[mentions_[other].entity].name;
      for (size_t i = 0; i < entities_.size(); ++i)
        if (entities_[i].name == name) return static_cast<int>(i);
      int e = open(pair);
      entities_[e].name = name;
      entities_[e].explain = "two persons side by side";
      memory_[e].heads = {"two"};
      return e;
    }
  }
  return -1;
}

void Entities::resolve() {
  for (size_t k = 0; k < mentions_.size(); ++k) {
    Mention& m = mentions_[k];
    switch (m.sort) {
      case Mention::name: m.entity = resolve_name(m); break;
      case Mention::nominal: m.entity = resolve_nominal(m); break;
      case Mention::pronoun: m.entity = resolve_pronoun(m); break;
    }
    if (m.entity < 0) continue;
    Entity& e = entities_[m.entity];
    Memory& memory = memory_[m.entity];
    memory.last = static_cast<int>(k);
    ++memory.count;
    if (m.sort == Mention::nominal) memory.heads.push_back(lower(t_.lemma(m.head)));
    if (m.gender && !memory.gender && e.kind == "person") memory.gender = m.gender;
    if (m.sort == Mention::pronoun) continue;
    if (memory.state < 0 && m.state >= 0) memory.state = m.state;
    if (e.actor.country.empty() && !m.actor.country.empty()) {
      e.actor.country = m.actor.country;
      e.basis = m.basis;
    }
    if (e.actor.sector.empty() && !m.actor.sector.empty()) {
      e.actor.sector = m.actor.sector;
      e.actor.other_sectors = m.actor.other_sectors;
    }
    if (e.role.empty()) e.role = m.role;
    // An apposition tells about the one it stands beside: "Mottaki, the foreign minister".
    if (t_.is(m.head, "appos") && t_[m.head].head >= 0 && m.sort == Mention::nominal) {
      int up = mention_of_[t_[m.head].head];
      if (up >= 0 && mentions_[up].entity >= 0 && mentions_[up].entity != m.entity &&
          entities_[mentions_[up].entity].kind == "person" && e.kind == "person" &&
          m.end > mentions_[up].end && memory.words.empty()) {
        Entity& named = entities_[mentions_[up].entity];
        if (named.role.empty()) named.role = e.role;
        if (named.actor.sector.empty()) named.actor.sector = e.actor.sector;
        if (named.actor.country.empty() && !e.actor.country.empty()) {
          named.actor.country = e.actor.country;
          named.basis = e.basis;
        }
        if (!memory_[mentions_[up].entity].gender) memory_[mentions_[up].entity].gender = m.gender;
        m.entity = mentions_[up].entity;
      }
    }
  }
  // "We", "both": roles that were only notes.
  for (Entity& e : entities_)
    if (e.role == "both") e.role.clear();
  find_countries(0);
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
  // "the leader's speech", "officials of the party", "remarks by Kim", "a drive of Slovakia's"
  for (const char* relation : {"nmod:poss"}) {
    int p = t_.child(token, {relation});
    if (p >= 0 && at(p) >= 0) return at(p);
  }
  for (const char* preposition : {"of", "by", "from", "with"}) {
    int p = t_.oblique(token, preposition);
    if (p >= 0 && at(p) >= 0) return at(p);
  }
  int p = t_.child(token, {"compound", "amod", "appos"});
  if (p >= 0 && mention_at(p) && mention_at(p)->head == p) return at(p);
  return -1;
}

int Entities::state_of(int entity) {
  if (entity < 0) return -1;
  if (memory_[entity].names_state) return entity;
  int state = known_.state_index(entities_[entity].actor.country);
  if (state < 0) return -1;
  return find_state_entity(state);
}

int Entities::state_of_adjective(int token) const {
  const KnownName* name = token >= 0 ? known_.find(t_[token].form) : nullptr;
  return name && name->sort == NameSort::demonym ? find_state_entity(name->index) : -1;
}

void Entities::resolve_first_person(Span content, int speaker) {
  static const Words singular = {"i", "me", "my", "mine", "myself"},
                     plural = {"we", "us", "our", "ours", "ourselves"};
  if (speaker < 0) return;
  for (Mention& m : mentions_) {
    if (m.sort != Mention::pronoun || m.entity >= 0 || !content.contains(t_[m.head].span)) continue;
    if (singular.count(m.text)) m.entity = speaker;
    if (plural.count(m.text)) {
      int house = speaker;
      const Actor& a = entities_[speaker].actor;
      if (a.sector == "GOV" || a.sector == "MIL" || a.sector == "LEG" || a.sector == "PTY") {
        int state = state_of(speaker);
        if (state >= 0) house = state;
      }
      m.entity = house;
    }
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

void Entities::write_mentions() {
  for (Entity& e : entities_) e.mentions.clear();
  for (const Mention& m : mentions_) {
    if (m.entity < 0) continue;
    Span s = t_.span({m.begin, m.end});
    // A trailing possessive mark is not of the mention.
    if (m.end - m.begin > 1 && t_.tag(m.end - 1, "POS")) s = t_.span({m.begin, m.end - 1});
    entities_[m.entity].mentions.push_back(s);
  }
  for (Entity& e : entities_) {
    std::sort(e.mentions.begin(), e.mentions.end());
    e.mentions.erase(std::unique(e.mentions.begin(), e.mentions.end()), e.mentions.end());
  }
}

}  // namespace chancery
