// Which entity each mention stands for: mentions are taken in the order of the text, and each joins
// the best earlier entity or opens one.
#include <algorithm>

#include "reading/who/entities.h"
#include "reading/who/name_words.h"

namespace chancery {

using namespace names;

namespace {

// "J." of "Jon".
bool initial_of(const std::string& letter, const std::string& word) {
  return letter.size() == 2 && letter[1] == '.' && word.size() > 2 && word[0] == letter[0];
}

// Acronyms and short forms: "the Southern League (SL)", "the Agency".
bool short_form(const std::string& name, const std::vector<std::string>& words,
                const std::string& other_name, const std::vector<std::string>& other_words) {
  const std::string a = initials(other_name), b = initials(name);
  const bool short_one = name.size() <= 6 && words.size() == 1,
             short_other = other_name.size() <= 6 && other_words.size() == 1;
  if ((short_one && a.size() >= 2 && a == replace_all(name, ".", "")) ||
      (short_other && b.size() >= 2 && b == replace_all(other_name, ".", "")))
    return true;
  return words.size() >= 2 && other_words.size() > words.size() &&
         (std::equal(words.begin(), words.end(), other_words.begin()) ||
          std::equal(words.rbegin(), words.rend(), other_words.rbegin()));
}

// All words of the shorter name in the longer one (in either order of names).
bool words_within(const std::vector<std::string>& small, const std::vector<std::string>& large) {
  return !small.empty() && std::all_of(small.begin(), small.end(), [&](const std::string& w) {
    return std::any_of(large.begin(), large.end(),
                       [&](const std::string& l) { return l == w || initial_of(w, l); });
  });
}

}  // namespace

// "The Coast Party", with the noun of a body, is the Coast Party; "the party" is called so.
int Entities::without_article(const Mention& m) const {
  if (m.kind != "organization" || m.end - m.begin < 3 || lower(t_[m.begin].form) != "the")
    return m.begin;
  for (int k = m.begin + 1; k < m.end; ++k)
    if (!proper(t_[k].xpos) && (k == m.begin + 1 || !(t_.tag(k, "IN") || t_.tag(k, "CC"))))
      return m.begin;
  return m.begin + 1;
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
    e.name =
        strip_possessive(std::string(t_.span({without_article(m), m.end}).of(t_.document().text)));
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
  std::vector<int> fitting;
  for (int i = 0; i < static_cast<int>(entities_.size()); ++i) {
    if (!same_name(m, words, i)) continue;
    fitting.push_back(i);
    if (best < 0 || memory_[i].last > memory_[best].last) best = i;
  }
  if (fitting.size() > 1) best = likeliest_of(fitting, best, m);
  // A name whose holder stood before it as a nominal: "the premier, Ana Ruiz" or "an official said
  // … Ruiz".
  if (best < 0 && m.kind == "person" && t_.is(m.head, "appos") && t_[m.head].head >= 0 &&
      mention_of_[t_[m.head].head] >= 0) {
    const Mention& other = mentions_[mention_of_[t_[m.head].head]];
    if (other.entity >= 0 && entities_[other.entity].kind == "person" &&
        memory_[other.entity].words.empty())
      best = other.entity;
  }
  if (best < 0 && m.kind == "person") best = title_before(m);
  if (best < 0 && m.kind == "person") best = described_before(m);
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

// "The Ministry of Foreign Affairs" of an article that has spoken of "the Norwegian foreign ministry".
bool Entities::same_body(const Mention& m, const Entity& e) const {
  const std::string& code = e.actor.country;
  if (code.empty() || (!m.actor.country.empty() && m.actor.country != code)) return false;
  const std::string body = known_.body_alone(m.text, code);
  if (body.empty()) return false;
  if (body == known_.body_alone(e.name, code)) return true;
  const Mention& last =
      mentions_[static_cast<size_t>(memory_[static_cast<size_t>(&e - entities_.data())].last)];
  return body == known_.body_alone(t_.span({last.begin, last.end}).of(t_.document().text), code);
}

// Is this a name of the entity?
bool Entities::same_name(const Mention& m, const std::vector<std::string>& words,
                         int entity) const {
  const Memory& o = memory_[entity];
  const Entity& e = entities_[entity];
  if (!o.names_state && e.kind == "organization" && m.kind != "person" && same_body(m, e))
    return true;
  if (o.names_state || o.words.empty()) return false;
  bool same = e.name == m.text || (words == o.words);
  const bool person = (e.kind == "person") && (m.kind == "person" || m.kind == "other" ||
                                               m.kind == "organization" || m.kind == "place");
  if (!same && person && (m.kind != "place" || m.state < 0)) {
    const bool shorter = words.size() <= o.words.size();
    const auto& small = shorter ? words : o.words;
    same = words_within(small, shorter ? o.words : words) &&
           (m.kind == "person" || small.size() == words.size()) && small.front().size() > 1 &&
           m.actor.sector != "JRN";
    if (same && m.kind == "person" && !m.actor.country.empty() && !e.actor.country.empty() &&
        m.actor.country != e.actor.country)
      same = false;
    // "Ida Holm … Mr. Holm": two, whatever they share.
    if (m.gender && o.gender && m.gender != o.gender) same = false;
  }
  if (!same && e.kind != "person" && m.kind != "person") {
    same = short_form(m.text, words, e.name, o.words);
    // "Nordfisk Holding … Nordfisk"
    if (!same && words.size() == 1 && o.words.size() > 1 && o.words[0] == words[0])
      same = m.kind == "organization" && e.kind == "organization" && m.state < 0 &&
             words[0].size() > 3 && !known_.name_head(words[0]) && !known_.office(words[0]) &&
             !known_.find(m.text) && !t_.tag(m.head, "JJ");
  }
  return same;
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
    bool title = t_.in(WordList::title_prepositions, preposition);
    for (int i = o.end + 1; i < m.begin; ++i)
      title &= t_.tag(i, "NNP") || t_.tag(i, "DT") || t_.tag(i, "CC") || t_.tag(i, "IN");
    if (title) return o.entity;
  }
  return -1;
}

// "said Norvania's prime minister, Ola Marr": trees hang the description on the name, or both on the
// verb. A preposition before it makes it somebody else ("with the minister, Marr said").
int Entities::described_before(const Mention& m) const {
  for (const Mention& o : mentions_) {
    if (o.begin >= m.begin) break;
    if (o.sort != Mention::nominal || o.entity < 0 || o.end + 1 != m.begin || o.plural ||
        t_[o.end].form != "," || entities_[static_cast<size_t>(o.entity)].kind != "person" ||
        !memory_[static_cast<size_t>(o.entity)].words.empty() || !t_.case_of(o.head).empty())
      continue;
    const int above = t_[o.head].head;
    const bool on_name = above >= m.begin && above < m.end && !t_.is(o.head, "conj");
    const bool beside =
        above >= 0 && above == t_[m.head].head && t_.is(o.head, "nsubj") && t_.is(m.head, "nsubj");
    if (on_name || beside) return o.entity;
  }
  return -1;
}

// Pairs and sides: "both countries", "the two leaders", "the sides".
int Entities::resolve_pair(Mention& m) {
  std::string_view lemma = t_.lemma(m.head);
  bool two = false;
  for (int c : t_.children(m.head)) two |= c >= m.begin && lower(t_[c].form) == "two";
  const bool bare = t_.child(m.head, {"amod"}) < 0 && m.begin + 2 >= m.end;
  const bool both = lower(t_[m.begin].form) == "both" || lemma == "two" || (two && m.definite) ||
                    (m.plural && m.definite && bare && t_.in(WordList::paired, lemma));
  if (!both || m.state >= 0 || m.several) return -2;
  m.kind = "group";
  m.several = true;
  if (m.actor.sector == "UNK" || m.actor.sector.empty()) m.actor.sector = "GOV";
  for (int i = static_cast<int>(entities_.size()) - 1; i >= 0; --i) {
    if (entities_[i].kind != "group" || entities_[i].role != "both") continue;
    const auto& heads = memory_[i].heads;
    if (std::find(heads.begin(), heads.end(), lemma) != heads.end() || lemma == "two" ||
        (t_.in(WordList::alike, lemma) && !heads.empty() && t_.in(WordList::alike, heads[0])))
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
  if (int pair = resolve_pair(m); pair != -2) return pair;
  // "the Norvanian government" is the state; "the country" the one spoken of last.
  if (t_.in(WordList::state_nouns, lemma) && !m.plural) {
    if (names_leader_of(m)) {
      const std::string low = lower(t_.span({m.begin, m.end}).of(t_.document().text));
      for (size_t i = 0; i < entities_.size(); ++i)
        if (lower(entities_[i].name) == low) return static_cast<int>(i);
      return open(m);
    }
    if (m.state >= 0) {
      int e = find_state_entity(m.state);
      if (e >= 0) return government_apart(m, e);
      Mention s = m;
      s.sort = Mention::name;
      s.names_state = true;
      s.kind = "place";
      s.actor = {known_.states()[m.state].code, "GOV", {}};
      s.text = known_.states()[m.state].name;
      return open(s);
    }
    if (int e = country_meant(m); e >= 0) return government_apart(m, e);
  }
  return resolve_phrase(m);
}

// "The Norvanian government" is the state, and where the encoder hears another body in it, one that the
// article tells from its state.
int Entities::government_apart(Mention& m, int state) {
  const Means heard = means(m);
  if (heard.silent || t_.in(WordList::countries, t_.lemma(m.head))) return state;
  const int likeliest = heard.likeliest();
  const float as_state = heard.entity[static_cast<size_t>(state)],
              most = heard.entity[static_cast<size_t>(likeliest)];
  if (heard.none > as_state && heard.none >= most) return open(m);
  const bool body = !memory_[static_cast<size_t>(likeliest)].names_state &&
                    entities_[static_cast<size_t>(likeliest)].kind == "organization";
  return body && most > as_state ? likeliest : state;
}

// "The [Marr] government" is an organization.
bool Entities::names_leader_of(const Mention& m) const {
  for (int i = m.begin; i < m.end; ++i)
    if (mention_of_[i] >= 0 && mentions_[mention_of_[i]].kind == "person") return true;
  for (const Mention& o : mentions_)
    if (o.begin >= m.begin && o.end < m.end && o.sort == Mention::name && !o.names_state)
      return true;
  return false;
}

// "the country" is the one spoken of last, "the government" that of the state the report is about;
// -1 for none.
int Entities::country_meant(const Mention& m) const {
  std::string_view lemma = t_.lemma(m.head);
  if (lemma == "government") return m.definite ? find_state_entity(trail_.main()) : -1;
  if (!t_.in(WordList::countries, lemma)) return -1;
  int best = -1;
  for (size_t i = 0; i < entities_.size(); ++i)
    if (memory_[i].names_state && (best < 0 || memory_[i].last > memory_[best].last))
      best = static_cast<int>(i);
  return best;
}

// "another group", "other towns": not those told before.
bool Entities::others(const Mention& m) const {
  if (m.definite) return false;
  for (int i = m.begin; i < m.head; ++i)
    if (t_.in(WordList::others, lower(t_[i].form))) return true;
  return false;
}

int Entities::resolve_phrase(Mention& m) {
  if (others(m)) return open(m);
  SignCase c = antecedent_case(m);
  if (watch_) watch_(mentions_, static_cast<int>(&m - mentions_.data()), c);
  SignJudge::Verdict v = antecedent_.sure(c);
  const int meant = v.id >= 0 ? mentions_[v.id].entity : -1;
  // "Two Thai soldiers" are not the Cambodian and Thai troops.
  const bool of_both = meant >= 0 && memory_[meant].several && m.state >= 0;
  return meant >= 0 && !of_both ? meant : open(m);
}

// "Marr rejected it. “Never,” she said": who speaks a quotation is of whom the sentence right before
// tells, where that quotes nobody itself.
int Entities::teller_before(const Mention& m) const {
  const int here = t_.sentence_of(m.head);
  if (!m.gender || here == 0 || !t_.is(m.head, "nsubj") || inside_quote(m.head)) return -1;
  const Document& d = t_.document();
  const Sentence &own = d.sentences[static_cast<size_t>(here)],
                 &before = d.sentences[static_cast<size_t>(here) - 1];
  if (!inside_quote(own.begin + 1) || own.begin + 1 >= m.begin) return -1;
  if (own.paragraph != before.paragraph) return -1;
  int root = -1;
  for (int k = before.begin; k < before.end; ++k) {
    if (inside_quote(k)) return -1;
    if (t_[k].head < 0) root = k;
  }
  const int subject = root < 0 ? -1 : t_.child(root, {"nsubj"});
  const int of = subject < 0 ? -1 : mention_of_[static_cast<size_t>(subject)];
  if (of < 0) return -1;
  const Mention& o = mentions_[static_cast<size_t>(of)];
  return o.entity >= 0 && o.sort == Mention::name && !o.place_only && could_mean(m, o) ? o.entity
                                                                                       : -1;
}

// "He" and "she"; "it" and "they" are in pronouns.cpp, "I" and "we" wait for their speakers.
int Entities::resolve_pronoun(Mention& m) {
  if (t_.in(WordList::first_singular, m.text) || t_.in(WordList::first_plural, m.text)) return -1;
  if (m.gender == 0) return resolve_it(m);
  if (const int told = teller_before(m); told >= 0) return told;
  const Means heard = means(m);
  int best = -1;
  double best_score = -1e9;
  for (const Mention& o : mentions_) {
    if (o.begin >= m.begin) break;
    if (o.entity < 0 || o.place_only || !could_mean(m, o)) continue;
    // What the rules say decides only where the encoder hears no difference.
    double score = nearness(m, o);
    if (!heard.silent) score = heard.entity[static_cast<size_t>(o.entity)] + 1e-6 * score;
    if (score > best_score) {
      best_score = score;
      best = o.entity;
    }
  }
  return best;
}

// "Norvania must free them", "Marr quoted the king": a clause's object is not its own subject.
bool Entities::object_of_its_clause(const Mention& m, const Mention& o) const {
  return t_[m.head].head >= 0 && t_[m.head].head == t_[o.head].head && t_.is(o.head, "nsubj") &&
         t_.is_any(m.head, {"obj", "iobj"});
}

// May "he" or "she" mean whom an earlier mention means, by kind, gender and distance?
bool Entities::could_mean(const Mention& m, const Mention& o) const {
  const Memory& memory = memory_[o.entity];
  if (entities_[o.entity].kind != "person") return false;
  if (memory.gender && memory.gender != m.gender) return false;
  if (object_of_its_clause(m, o) && !m.text.ends_with("self")) return false;
  return t_.sentence_of(m.head) - t_.sentence_of(o.head) <= 4;
}

// How well an earlier mention fits "he" or "she", beside the others.
double Entities::nearness(const Mention& m, const Mention& o) const {
  const int here = t_.sentence_of(m.head), s = t_.sentence_of(o.head);
  const bool quoted = inside_quote(m.head), subject = t_.is(o.head, "nsubj");
  double score = -2.0 * (here - s) - 0.02 * (m.begin - o.begin);
  if (subject) score += 2.0;
  else if (t_.is_any(o.head, {"obj", "iobj"})) score += 0.3;
  else if (t_.is_any(o.head, {"nmod", "compound"})) score -= 0.8;
  if (o.sort == Mention::name) score += 0.5;
  if (memory_[o.entity].gender == m.gender) score += 1.0;
  // A pronoun in the quotation of somebody is rarely that speaker, nor is the speaker the one whom
  // the quotation right before names.
  if (quoted != inside_quote(o.head) && s == here) score -= 2.5;
  // A clause's object is not its own subject: "he criticized him".
  if (t_[o.head].head == t_[m.head].head && s == here && t_.is(m.head, "obj")) score -= 6;
  // Parallel: subject pronoun to subject.
  if (t_.is(m.head, "nsubj") && subject) score += 0.7;
  if (o.begin <= m.begin && m.end <= o.end) score -= 6;
  return score;
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
    if (m.entity >= 0) remember(m, static_cast<int>(k));
  }
  // "We", "both": roles that were only notes.
  for (Entity& e : entities_)
    if (e.role == "both") e.role.clear();
  find_countries(0);
  for (const Mention& m : mentions_)
    if (m.sort == Mention::pronoun && m.entity >= 0) give_own_state(m);
}

// "Marr said his country …": the country of whom the pronoun means, whatever was spoken of last.
void Entities::give_own_state(const Mention& pronoun) {
  const int noun = t_[pronoun.head].head;
  if (noun < 0 || !t_.is(pronoun.head, "nmod:poss") || mention_of_[noun] < 0) return;
  Mention& m = mentions_[mention_of_[noun]];
  if (m.sort != Mention::nominal || m.head != noun || m.plural || m.state >= 0 ||
      !t_.in(WordList::state_nouns, t_.lemma(noun)))
    return;
  if (const int state = state_of(pronoun.entity); state >= 0) m.entity = state;
}

// What a mention tells of the entity that it was found to mean.
void Entities::remember(Mention& m, int mention) {
  Entity& e = entities_[m.entity];
  Memory& memory = memory_[m.entity];
  memory.last = mention;
  ++memory.count;
  if (m.sort == Mention::nominal) memory.heads.push_back(lower(t_.lemma(m.head)));
  if (m.gender && !memory.gender && e.kind == "person") memory.gender = m.gender;
  if (m.sort == Mention::pronoun) return;
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
  tell_of_neighbour(m);
}

// An apposition tells about the one it stands beside: "Mottaki, the foreign minister".
void Entities::tell_of_neighbour(Mention& m) {
  if (!t_.is(m.head, "appos") || t_[m.head].head < 0 || m.sort != Mention::nominal) return;
  const int up = mention_of_[t_[m.head].head];
  const Entity& e = entities_[m.entity];
  if (up < 0 || mentions_[up].entity < 0 || mentions_[up].entity == m.entity ||
      entities_[mentions_[up].entity].kind != "person" || e.kind != "person" ||
      m.end <= mentions_[up].end || !memory_[m.entity].words.empty())
    return;
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

}  // namespace chancery
