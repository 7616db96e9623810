// What the words of a phrase say of its actor: country, sector, role and gender, by the phrase
// itself, its possessor, what stands beside it, and the register.
#include <algorithm>

#include "reading/who/entities.h"
#include "reading/who/name_words.h"
#include "reading/who/names.h"

namespace chancery {

using namespace names;

namespace {

// "president" is GOV, "senator" LEG.
std::string sector_of(const Leader& leader, const Register& known) {
  const Office* office = known.office(leader.role);
  return office ? office->sector : "GOV";
}

// "Oslo-based Nordfisk": the state of the place before "based"; -1 if there is none.
int seat(const TreeView& t, const StateTrail& trail, const Mention& m) {
  for (int i = m.begin; i < m.head || i == m.begin; ++i)
    if (lower(t[i].form) == "based" || t[i].form.ends_with("-based"))
      for (const StateTrail::Step& step : trail.steps())
        if (step.end <= i + 1 && step.end + 2 > i && step.begin >= t.sentence(i).begin)
          return step.state;
  return -1;
}

std::string last_word(const std::string& words) {
  const size_t blank = words.rfind(' ');
  return words.substr(blank == std::string::npos ? 0 : blank + 1);
}

// "World … Organization", "International … Fund": of states.
bool of_states(const TreeView& t, std::string_view first, std::string_view last) {
  return t.in(WordList::of_the_world, first) && t.in(WordList::world_bodies, last);
}

// An office once held: "former", "ex-", "late".
bool held_before(const TreeView& t, std::string_view word) {
  return t.in(WordList::former, word) || word.starts_with("ex-") || word.starts_with("then-");
}

bool not_yet_in_office(std::string_view word, bool first) {
  return word.ends_with("-elect") || (word == "elect" && !first) || word == "designate" ||
         word.ends_with("-designate") || word == "incoming";
}

}  // namespace

class Entities::Description {
 public:
  Description(const Entities& entities, Mention& m)
      : e_(entities), t_(entities.t_), known_(entities.known_), m_(m) {}

  void write();

 private:
  bool named_after_a_body();
  int end_of_own_words() const;
  std::string own_noun() const;
  bool of_a_body_of_states() const;
  void states_among_its_words();
  void find_apposition();
  const Office* office_in(int begin, int end) const;
  const Office* office_at(int begin, int length) const;
  const Office* own_office();
  void by_office(const Office& office);
  void by_time_of_office();
  void by_own_name();
  void member_of_a_body();
  void state_behind_it();
  void of_a_known_body();
  bool known_body(Actor& body, std::string& name) const;
  bool body_before_it(Actor& body, std::string& name) const;
  void take_body(const Actor& body, const std::string& name);
  void of_a_leader();
  void officer_of_a_body();
  void known_leader();
  void gender();

  bool is_name() const { return m_.sort == Mention::name; }
  bool is_nominal() const { return m_.sort == Mention::nominal; }

  const Entities& e_;
  const TreeView& t_;
  const Register& known_;
  Mention& m_;
  int apposition_ = -1;           // head of the words in apposition behind it
  TreeView::Range beside_{0, 0};  // those words
};

void Entities::describe(Mention& m) {
  if (m.sort != Mention::pronoun) Description(*this, m).write();
}

void Entities::Description::write() {
  if (m_.names_state) {
    // A town where something happens has no will of its own.
    m_.actor = {known_.states()[m_.state].code, m_.place_only ? "" : "GOV", {}};
    m_.basis = "register";
    return;
  }
  if (named_after_a_body()) return;
  const bool by_text = is_name() && m_.actor.sector.empty();
  if (m_.state < 0) states_among_its_words();
  find_apposition();
  if (by_text || is_nominal()) {
    if (const Office* office = own_office()) by_office(*office);
    by_time_of_office();
    by_own_name();
  }
  member_of_a_body();
  state_behind_it();
  // "Holt, R-Fla."
  if (m_.state < 0 && is_name() && m_.kind == "person" && member_tag(t_, m_.end + 1))
    m_.state = known_.region(t_[m_.end + 3].form);
  if (m_.several) m_.state = -1;
  if (m_.state < 0 && !m_.several) m_.state = seat(t_, e_.trail_, m_);
  if (m_.state < 0 && !m_.several && beside_.end > beside_.begin)
    m_.state = e_.state_in(beside_.begin, beside_.end);
  if (m_.state >= 0 && m_.actor.country.empty() && m_.kind != "event") {
    m_.actor.country = known_.states()[m_.state].code;
    m_.basis = "text";
  }
  of_a_known_body();
  // A commissioner of a state among Commonwealth states is its ambassador.
  if (m_.actor.sector == "IGO" && m_.state >= 0 && m_.actor.country != "IGO" &&
      m_.kind != "organization")
    m_.actor.sector = "GOV";
  of_a_leader();
  officer_of_a_body();
  known_leader();
  if (m_.kind == "place" && m_.actor.sector == "UNK") m_.actor.sector.clear();
  gender();
}

// "United Nations Mission in Sudan": a body of the body it is named after.
bool Entities::Description::named_after_a_body() {
  if (!is_name() || m_.kind != "organization" || !m_.actor.country.empty()) return false;
  for (int stop = std::min(m_.end - 1, m_.begin + 4); stop > m_.begin; --stop) {
    Actor body;
    std::string name;
    if (e_.body_of(m_.begin, stop, body, name) && body.country == "IGO") {
      m_.actor = {"IGO", body.sector == "LEG" ? "IGO" : body.sector, {}};
      m_.basis = "text";
      m_.explain += "; of " + name;
      return true;
    }
  }
  return false;
}

// Where the words about a post's place begin: "to China" of "Norvanian Ambassador to China Ana Ruiz".
// What stands before says whose somebody is; "of" does, too.
int Entities::Description::end_of_own_words() const {
  for (int i = m_.begin + 1; i + 1 < m_.end; ++i)
    if (t_.tag(i, "IN") && lower(t_[i].form) != "of") return i;
  return m_.end;
}

void Entities::Description::states_among_its_words() {
  const int end = end_of_own_words();
  Actor body;
  std::string name;
  const bool of_others =
      end < m_.end && (e_.state_in(m_.begin, end) >= 0 || e_.body_of(m_.begin, end, body, name));
  const int stop = of_others ? end : m_.end;
  int other = -1;
  const int state = e_.state_in(m_.begin, stop, &other);
  if (m_.state < 0) m_.state = state;
  // Whose they are whom another state leads or backs is not for guesses.
  if (is_nominal() && state < 0 && e_.backed_by_a_state(m_.begin, stop)) m_.several = true;
  // "Norvanian and Olmian officials", "Norvanian and foreign troops"
  if (other >= 0 && is_nominal() && e_.joined(m_.begin, m_.end)) m_.several = true;
  if (is_nominal() && m_.plural && m_.state >= 0 && e_.adjective_before(m_.begin))
    m_.several = true;
}

void Entities::Description::find_apposition() {
  apposition_ = t_.child(m_.head, {"appos"});
  if (apposition_ < 0 && m_.head != m_.begin) apposition_ = t_.child(m_.begin, {"appos"});
  if (apposition_ < m_.end || !t_.noun(apposition_)) return;
  beside_ = t_.subtree_without(apposition_, [&](int, int c) {
    return t_.is_any(c, {"acl", "parataxis", "conj"});
  });
  beside_.begin = std::max(beside_.begin, m_.end);
}

// The office among the words: the longest noun, a person's before a body's.
const Office* Entities::Description::office_in(int begin, int end) const {
  const Office* best = nullptr;
  for (int i = begin; i < end; ++i)
    for (int length = std::min(5, end - i); length >= 1; --length) {
      const Office* o = office_at(i, length);
      if (o && (!best || o->noun.size() > best->noun.size() ||
                (o->kind == "person" && best->kind != "person"))) {
        best = o;
        break;
      }
    }
  return best;
}

const Office* Entities::Description::office_at(int begin, int length) const {
  const std::string phrase =
      lower(Span{t_[begin].span.begin, t_[begin + length - 1].span.end}.of(t_.document().text));
  const Office* o = known_.office(phrase);
  if (!o && length == 1) o = known_.office(std::string(t_[begin].lemma));
  // "ex-president", "then-foreign minister", "president-elect": the office with its time (below).
  if (!o)
    for (std::string_view time : {"ex-", "then-"})
      if (phrase.starts_with(time)) o = known_.office(phrase.substr(time.size()));
  if (!o && phrase.ends_with("-elect")) o = known_.office(phrase.substr(0, phrase.size() - 6));
  return o;
}

// The office that the phrase, what stands beside it or what it stands beside gives a name.
const Office* Entities::Description::own_office() {
  const Office* office = is_name() ? office_in(m_.begin, m_.end) : nullptr;
  // "the news agency Nordsentral" is the agency, whomever its name looks like.
  if (office && office->kind == "organization" && m_.kind == "person" && m_.begin < m_.head)
    m_.kind = "organization";
  // An organization's own name tells more than the adjective before it: "the opposition Coast
  // Party".
  if (office && m_.kind == "organization" && office->noun == "opposition") office = nullptr;
  // "Ali Larijani, secretary of Iran's Supreme National Security Council"
  if (!office && beside_.end > beside_.begin && m_.kind != "place" &&
      office_in(apposition_, apposition_ + 1))
    office = office_in(beside_.begin, apposition_ + 1);
  // Someone's phrase in apposition to the name that follows it: "the premier, Ana Ruiz".
  const int up = t_[m_.head].head;
  if (!office && is_name() && t_.is(m_.head, "appos") && up >= 0 && up < m_.begin) {
    office = known_.office(std::string(t_[up].lemma));
    if (office && m_.state < 0) {
      TreeView::Range r =
          t_.subtree_without(up, [&](int, int c) { return c == m_.head || t_.is_any(c, {"acl"}); });
      m_.state = e_.state_in(r.begin, r.end);
    }
  }
  return office;
}

void Entities::Description::by_office(const Office& office) {
  if (!is_name()) return;
  m_.actor.sector = office.sector;
  m_.actor.other_sectors = office.other_sectors;
  if (office.kind == "person") {
    m_.role = office.noun;
    if (m_.kind == "other" || m_.kind == "place") m_.kind = "person";
  }
  // Whose officer: "party spokesman", "army chief", "foreign ministry spokesman", "parliament
  // speaker".
  if (!t_.in(WordList::officers, last_word(office.noun))) return;
  for (int i = m_.begin; i < m_.end; ++i) {
    const Office* body = known_.office(std::string(t_[i].lemma));
    if (body && body->kind == "organization" && body->sector != "GOV" && body->sector != "UNK") {
      m_.actor.sector = body->sector;
      m_.actor.other_sectors = body->other_sectors;
    }
  }
}

void Entities::Description::by_time_of_office() {
  for (int i = m_.begin; i < m_.end; ++i) {
    const std::string low = lower(t_[i].form);
    if (not_yet_in_office(low, i == m_.begin) &&
        (m_.actor.sector == "GOV" || (m_.actor.sector.empty() && m_.kind == "person")))
      m_.actor.sector = "PTY";
    if (held_before(t_, low) && m_.actor.sector != "CVL" && !m_.actor.sector.empty() &&
        m_.kind != "place") {
      m_.actor.sector = "ELI";
      m_.actor.other_sectors.clear();
    }
    if (low == "opposition" && m_.actor.sector != "OPP") m_.actor.other_sectors.push_back("OPP");
    if ((low == "ruling" || low == "governing") && m_.actor.sector == "PTY")
      m_.actor.other_sectors.push_back("GOV");
  }
}

// "Party spokesperson", "People Power Party": a party by its own name.
void Entities::Description::by_own_name() {
  if (m_.kind != "organization" || !is_name() || !m_.actor.sector.empty()) return;
  const Office* body = known_.office(std::string(t_[m_.end - 1].lemma));
  if (!body) body = known_.office(lower(t_[m_.end - 1].form));
  const std::string last = lower(t_[m_.end - 1].form);
  m_.actor.sector = t_.words(WordList::endings).value(last);
  if (m_.actor.sector.empty() && body && body->kind == "organization")
    m_.actor.sector = body->sector;
  const bool article = t_[m_.begin].form == "the" || t_[m_.begin].form == "The";
  const std::string first = lower(t_[article ? std::min(m_.begin + 1, m_.end - 1) : m_.begin].form);
  if (m_.state < 0 && m_.actor.country.empty() && of_states(t_, first, last)) {
    m_.actor.country = "IGO";
    m_.basis = "text";
    m_.actor.sector = last == "court" || last == "tribunal" ? "JUD" : "IGO";
  }
  // A word right after the name tells as well: "the Yediot Aharonot newspaper".
  if (m_.actor.sector.empty() && m_.end < t_.size() && t_[m_.end].head >= 0) {
    const Office* after = known_.office(std::string(t_[m_.end].lemma));
    if (after && after->kind == "organization" && t_.sentence_of(m_.end) == t_.sentence_of(m_.head))
      m_.actor.sector = after->sector;
  }
}

// "A member of parliament": of the body's sector.
void Entities::Description::member_of_a_body() {
  if (m_.actor.sector != "UNK" || !is_nominal()) return;
  if (int of = t_.oblique(m_.head, "of"); of > m_.head)
    if (const Office* body = known_.office(std::string(t_[of].lemma));
        body && body->kind == "organization" && body->sector != "UNK")
      m_.actor.sector = body->sector;
}

// "The United Nations envoy for Somalia": the body's, wherever he goes.
bool Entities::Description::of_a_body_of_states() const {
  Actor body;
  std::string name;
  return (is_nominal() || m_.kind == "person") &&
         e_.body_of(m_.begin, end_of_own_words(), body, name) && body.country == "IGO";
}

// Possessors, of-phrases and whence somebody is give the country: "Iran's foreign minister",
// "president of Armenia", "officials from Iceland", "rebels in Chad".
void Entities::Description::state_behind_it() {
  const bool of_a_body = of_a_body_of_states();
  for (const std::string& preposition : t_.words(WordList::state_prepositions)) {
    if (m_.state >= 0 || m_.several || (of_a_body && preposition != "of") ||
        (std::string_view(preposition) == "in" &&
         ((is_name() && m_.kind == "person") || t_.in(WordList::posted_abroad, m_.text))))
      break;
    int of = t_.oblique(m_.head, preposition);
    if (of < m_.head) continue;
    TreeView::Range r = t_.subtree_without(of, [&](int, int c) {
      return t_.is_any(c, {"acl", "appos", "conj"});
    });
    m_.state = e_.state_in(r.begin, r.end);
    TreeView::Range all = t_.subtree_without(of, [&](int, int c) { return t_.is_any(c, {"acl"}); });
    int other = -1;
    e_.state_in(all.begin, all.end, &other);
    if (other >= 0 && is_nominal() && m_.plural && e_.joined(r.begin, all.end)) m_.several = true;
  }
}

// People of a known body: "UN Secretary-General", "the African Union's envoy", "a Hamas official".
void Entities::Description::of_a_known_body() {
  if (!m_.actor.country.empty() || m_.state >= 0 || m_.several || m_.kind == "event" ||
      m_.kind == "place" || !(is_nominal() || m_.kind == "person") ||
      (is_nominal() && m_.actor.sector.empty()))
    return;
  Actor body;
  std::string name;
  if (!known_body(body, name)) return;
  // "former United Nations ambassador Ana Ruiz" is sent to it.
  if (body.country == "IGO" && t_.in(WordList::sent_to_bodies, own_noun())) return;
  // The members of a body of states are states.
  if (body.country == "IGO" && m_.plural && t_.in(WordList::members_of_bodies, t_.lemma(m_.head))) {
    m_.several = true;
    m_.actor.sector = "GOV";
    return;
  }
  take_body(body, name);
}

// "European Union (EU) transport commissioner Ana Ruiz": behind brackets the body is no word of the
// phrase, but hangs on it. "European Energy Commissioner" tells it by the adjective.
bool Entities::Description::body_before_it(Actor& body, std::string& name) const {
  for (int child : t_.children(m_.head))
    if (child < m_.begin && t_.is_any(child, {"compound", "nmod", "nmod:poss", "nmod:desc"})) {
      const TreeView::Range r = t_.subtree(child);
      if (e_.body_of(r.begin, r.end, body, name)) return true;
    }
  int before = m_.begin - 1;
  const int first = t_.sentence(m_.head).begin;
  for (int steps = 0; steps < 4 && before > first && (t_.noun(before) || t_.tag(before, "JJ"));
       ++steps)
    --before;
  if (before - 2 >= first && t_[before].form == ")" && t_[before - 2].form == "(" &&
      e_.body_of(before - 1, before, body, name))
    return true;
  if (!t_.in(WordList::european_posts, own_noun())) return false;
  for (int i = m_.begin; i < end_of_own_words(); ++i)
    if (t_.in(WordList::european, t_[i].form)) {
      body = {"IGO", "IGO", {}};
      name = "European Commission";
      return true;
    }
  return false;
}

// The noun of the post: of a name the last word of its office.
std::string Entities::Description::own_noun() const {
  return is_name() ? last_word(m_.role) : std::string(t_.lemma(m_.head));
}

bool Entities::Description::known_body(Actor& body, std::string& name) const {
  const int owner = t_.child(m_.head, {"nmod:poss"});
  TreeView::Range r =
      owner >= 0 ? t_.subtree(owner) : TreeView::Range{m_.begin, end_of_own_words()};
  // Not by somebody's own name.
  for (int i = m_.begin; is_name() && i < m_.end; ++i)
    if (Span{t_[i].span.begin, t_[m_.end - 1].span.end}.of(t_.document().text) == m_.text)
      r.end = std::min(r.end, i);
  bool found =
      e_.body_of(std::max(r.begin, m_.begin), r.end, body, name) || body_before_it(body, name);
  for (const std::string& preposition : t_.words(WordList::body_prepositions))
    if (int of = found ? -1 : t_.oblique(m_.head, preposition); of > m_.head) {
      TreeView::Range behind = t_.subtree_without(of, [&](int, int c) {
        return t_.is_any(c, {"acl", "appos", "conj"});
      });
      found = e_.body_of(behind.begin, behind.end, body, name);
    }
  return found;
}

void Entities::Description::take_body(const Actor& body, const std::string& name) {
  m_.actor.country = body.country;
  m_.state = known_.state_index(body.country);
  m_.basis = "text";
  const std::string noun =
      is_name() && !m_.role.empty() ? last_word(m_.role) : std::string(t_.lemma(m_.head));
  if (m_.state < 0) {
    if (m_.actor.sector == "GOV" || m_.actor.sector.empty() || m_.actor.sector == "UNK")
      m_.actor.sector = body.sector == "MIL" ? "MIL" : body.country;
  } else if (t_.in(WordList::of_its_sector, noun) || m_.actor.sector.empty() ||
             m_.actor.sector == "UNK") {
    m_.actor.sector = body.sector;
  }
  m_.explain += "; of " + name;
}

// "Kabila's rebels": those of a leader are of his state.
void Entities::Description::of_a_leader() {
  if (!m_.actor.country.empty() || m_.state >= 0 || !is_nominal()) return;
  const int owner = t_.child(m_.head, {"nmod:poss"});
  if (owner < 0) return;
  const Leader* leader = known_.leader(t_[owner].form, e_.published_);
  if (!leader || leader->country == "IGO") return;
  m_.state = known_.state_index(leader->country);
  m_.actor.country = leader->country;
  m_.basis = "register";
  m_.explain += "; of " + leader->name + ", " + leader->role + " of " + leader->country;
}

// Whose officer: "the party's spokeswoman".
void Entities::Description::officer_of_a_body() {
  if (!is_nominal() || m_.actor.sector != "GOV") return;
  const int owner = t_.child(m_.head, {"nmod:poss"});
  if (owner < 0) return;
  const Office* body = known_.office(std::string(t_[owner].lemma));
  if (body && body->kind == "organization" && body->sector != "GOV" && body->sector != "UNK" &&
      t_.in(WordList::officers, t_.lemma(m_.head)))
    m_.actor.sector = body->sector;
}

// Known leaders: what the phrase itself says goes first.
void Entities::Description::known_leader() {
  const Leader* leader = nullptr;
  if (is_name() && !m_.names_state &&
      (m_.kind == "person" || m_.kind == "other" || m_.kind == "organization" ||
       m_.text.find(' ') != std::string::npos)) {
    leader = known_.leader(m_.text, e_.published_);
    // "Pope Francis", "King Salman": known by the title.
    if (!leader)
      leader = known_.leader(t_.span({m_.begin, m_.end}).of(t_.document().text), e_.published_);
  }
  if (!leader || !(m_.actor.country.empty() || m_.actor.country == leader->country)) return;
  m_.kind = "person";
  if (m_.actor.country.empty()) m_.basis = "register";
  m_.actor.country = leader->country;
  m_.state = known_.state_index(leader->country);
  const bool now = leader->in_office(e_.published_);
  if (m_.actor.sector.empty())
    m_.actor.sector = leader->country == "IGO" ? "IGO" : now ? sector_of(*leader, known_) : "ELI";
  if (m_.role.empty() && now) m_.role = leader->role;
  m_.explain += "; " + leader->role + " of " + leader->country + " " + leader->from + " to " +
                (leader->until.empty() ? "now" : leader->until) + " in the register";
}

void Entities::Description::gender() {
  for (int i = m_.begin; i < m_.end; ++i) {
    const std::string low = lower(t_[i].form);
    if (t_.in(WordList::male, low)) m_.gender = 'm';
    if (t_.in(WordList::female, low)) m_.gender = 'f';
  }
  // A given name before another tells as well.
  if (!m_.gender && m_.kind == "person" && is_name())
    if (size_t blank = m_.text.find(' '); blank != std::string::npos)
      m_.gender = known_.gender(std::string_view(m_.text).substr(0, blank));
}

}  // namespace chancery
