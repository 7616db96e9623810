// From the names of a sentence to mentions: how far the phrase around each reaches, and what the
// register says of whom it names.
#include <algorithm>

#include "reading/who/name_words.h"
#include "reading/who/names.h"

namespace chancery {

using namespace names;

namespace {

bool plural_of_demonym(std::string_view form, const Register& known) {
  if (!form.ends_with("s")) return false;
  const KnownName* one = known.find(form.substr(0, form.size() - 1));
  return one && one->sort == NameSort::demonym;
}

}  // namespace

class Entities::NameMentions {
 public:
  using Found = Names::Found;

  NameMentions(Entities& entities, const Sentence& sentence)
      : e_(entities), t_(entities.t_), known_(entities.known_), s_(sentence) {}

  void take(Found f);

 private:
  bool in_small_letters(const Found& f) const;
  void widen(Found& f);
  int top_of(const Found& f) const;
  bool demonym(const Found& f, int top, Mention& m) const;
  bool gathering(const Found& f, Mention& m) const;
  int head_of_phrase(const Found& f, int top) const;
  void reach(const Found& f, int top, Mention& m) const;
  int office_before(int token, const Found& f) const;
  void name(const Found& f, int top, Mention& m) const;
  void look_up(const Found& f, Mention& m) const;
  void of_state(const Found& f, Mention& m) const;
  int home_of_people(int people) const;
  bool for_its_state(int word) const;
  bool one_of_state(const Found& f, const Mention& m) const;
  bool some_of_party(const Found& f, const Mention& m) const;
  int another_states(const Found& f, const Mention& m, std::string_view country) const;

  std::string text(int begin, int end) const {
    return std::string(Span{t_[begin].span.begin, t_[end - 1].span.end}.of(t_.document().text));
  }

  Entities& e_;
  const TreeView& t_;
  const Register& known_;
  const Sentence& s_;
  std::vector<std::pair<int, int>> extended_;
};

void Entities::find_names() {
  count_name_kinds();
  trail_.leave_out([&](const StateTrail::Step& s) {  // "Paris" of Anna Paris
    return s.end == s.begin + 1 && last_name(s.begin);
  });
  for (const Sentence& s : t_.document().sentences) {
    NameMentions mentions(*this, s);
    for (const Names::Found& f : Names(*this, s).find()) mentions.take(f);
  }
  bare_last_names();
}

void Entities::NameMentions::take(Found f) {
  // What a longer name took in is no name of its own.
  for (auto [begin, end] : extended_)
    if (begin <= f.begin && f.end <= end) return;
  if (!f.known && in_small_letters(f)) return;
  widen(f);
  if (f.known && f.end == f.begin + 1 && f.known->sort != NameSort::organization &&
      f.known->sort != NameSort::demonym && e_.last_name(f.begin)) {
    f.known = nullptr;
    f.kind = NameKind::person;
  }
  const int top = top_of(f);
  Mention m;
  m.sort = Mention::name;
  if (f.known && f.known->sort == NameSort::capital && for_its_state(top))
    if (const KnownName* body = e_.seated_body(text(f.begin, f.end), f.known->index)) {
      f.known = body;
      f.kind = NameKind::organization;
    }
  // Adjectives of a state only give the country, unless the noun is an act of that state.
  if (f.known && f.known->sort == NameSort::demonym &&
      (t_.tag(f.end - 1, "JJ") || t_.is(top, "amod") ||
       (t_.is(top, "compound") && !proper(t_[f.end - 1].xpos)))) {
    if (demonym(f, top, m)) e_.mentions_.push_back(std::move(m));
    return;
  }
  if (!gathering(f, m)) {
    reach(f, top, m);
    name(f, top, m);
    if (f.known) look_up(f, m);
  }
  e_.mentions_.push_back(std::move(m));
}

// "Declared persona non grata", in a sentence that writes names with capitals.
bool Entities::NameMentions::in_small_letters(const Found& f) const {
  const auto capital = [&](int i) {
    size_t at = 0;
    return is_upper(decode_utf8(t_[i].form, at));
  };
  for (int i = f.begin; i < f.end; ++i)
    for (const char c : t_[i].form)
      if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c < 0) return false;
  for (int i = s_.begin + 1; i < s_.end; ++i)
    if (capital(i)) return true;
  return false;
}

void Entities::NameMentions::widen(Found& f) {
  // "He Jianbo": in the middle of a sentence it is no pronoun.
  if (!f.known && f.begin > s_.begin + 1 && t_[f.begin - 1].form == "He" &&
      !is_punctuation(t_[f.begin - 2].form) && f.kind != NameKind::place)
    --f.begin;
  // "Per Stig Lund": no preposition.
  if (!f.known && f.kind == NameKind::person && f.begin > s_.begin + 1 &&
      t_.tag(f.begin - 1, "IN") && known_.gender(t_[f.begin - 1].form)) {
    size_t at = 0;
    if (is_upper(decode_utf8(t_[f.begin - 1].form, at))) --f.begin;
  }
  // "Lee Jae-myung" is one name however its parts were tagged.
  if (!f.known)
    while (f.end + 1 < s_.end && t_[f.end].form == "-" && !t_[f.end - 1].space_after &&
           !t_[f.end].space_after && !t_.tag(f.end + 1, "JJ") && !t_.tag(f.end + 1, "VBN") &&
           !t_.tag(f.end + 1, "VBG") && !t_.tag(f.end + 1, "VBD") && f.kind == NameKind::person) {
      f.end += 2;
      extended_.push_back({f.begin, f.end});
    }
}

// The word of the name that hangs outside it; not the article of "The Norwegian attack", which hangs
// on the act as the name does.
int Entities::NameMentions::top_of(const Found& f) const {
  auto outside = [&](int k) { return t_[k].head < f.begin || t_[k].head >= f.end; };
  for (int k = f.begin; k < f.end; ++k)
    if (outside(k) && (!t_.is(k, "det") || k + 1 == f.end || !outside(f.end - 1))) return k;
  return f.begin;
}

bool Entities::NameMentions::demonym(const Found& f, int top, Mention& m) const {
  const int noun = t_[top].head;
  if (noun < 0 || !t_.in(WordList::act_nouns, t_.lemma(noun)) || noun < f.end) return false;
  m.begin = f.begin;
  m.end = f.end;
  m.head = top;
  m.kind = "place";
  m.state = f.known->index;
  m.names_state = true;
  m.text = known_.states()[m.state].name;
  m.explain = "adjective of a state before an act";
  return true;
}

// "the APEC summit in Gyeongju": a meeting, not the organization.
bool Entities::NameMentions::gathering(const Found& f, Mention& m) const {
  int noun = f.end;  // past an acronym in brackets
  while (noun < s_.end && noun < f.end + 4 &&
         (is_punctuation(t_[noun].form) || (t_[noun - 1].form == "(" && proper(t_[noun].xpos))))
    ++noun;
  if (noun >= s_.end || t_[noun - 1].form == "," || !t_.noun(noun) ||
      !t_.in(WordList::gatherings, t_.lemma(noun)) ||
      (f.kind != NameKind::organization && f.kind != NameKind::event))
    return false;
  m.begin = e_.left_edge(f.begin, noun);
  m.head = noun;
  m.end = noun + 1;
  m.kind = "event";
  m.text = (f.known ? known_.organizations()[f.known->index].name : text(f.begin, f.end)) + " " +
           std::string(t_.lemma(noun));
  m.explain = "meeting named by its organization";
  return true;
}

// The title in front may be the head of the phrase.
int Entities::NameMentions::head_of_phrase(const Found& f, int top) const {
  int head = top;
  for (int steps = 0; steps < 4; ++steps) {
    int up = t_[head].head;
    if (up < 0 || up >= f.begin || up < f.begin - 8 || !t_.noun(up) ||
        !t_.is_any(head, {"flat", "appos", "compound", "nmod", "dep"}) || !t_.case_of(head).empty())
      break;
    bool comma = false;
    for (int k = up + 1; k < f.begin; ++k) comma |= t_[k].form == ",";
    if (comma) break;
    head = up;
  }
  return head;
}

// Head and words of the phrase.
void Entities::NameMentions::reach(const Found& f, int top, Mention& m) const {
  // "U.S. President": noun inside a longer mention, itself a mention; no extension of its own.
  const bool modifier =
      f.known && f.known->sort != NameSort::organization && t_.is_any(top, {"compound", "amod"});
  const int head = !modifier && f.kind == NameKind::person ? head_of_phrase(f, top) : top;
  m.head = head;
  m.end = f.end;
  m.begin = modifier ? f.begin : e_.left_edge(std::min(f.begin, head), head);
  // "Party spokesperson Park": nouns of office right before the name belong to it whatever the
  // tree says.
  if (modifier ||
      (f.kind != NameKind::person && f.kind != NameKind::organization && f.kind != NameKind::other))
    return;
  for (bool once = f.title >= 0;; once = false) {
    while (m.begin > s_.begin) {
      const int start = office_before(m.begin, f);
      if (start < 0) break;
      m.begin = std::min(start, e_.left_edge(start, m.begin - 1));
    }
    if (!once || m.begin <= f.title) break;
    m.begin = std::min(f.title, e_.left_edge(f.title, f.title));
  }
}

// Where the noun of office begins that ends right before this token and belongs to the name; -1 if
// there is none. "Secretary of State" is one.
int Entities::NameMentions::office_before(int token, const Found& f) const {
  const int before = token - 1;
  if (f.kind != NameKind::person) {
    const Office* o = known_.office(std::string(t_[before].lemma));
    return o && o->kind == "organization" && t_.noun(before) && !t_.tag(before, "NNS") ? before
                                                                                       : -1;
  }
  // No office has more words: of "minister minister …" without end not all are asked for.
  constexpr int kLongestOffice = 9;
  for (int from = std::max(s_.begin, token - 4); from < before; ++from)
    for (int stop = std::min(std::max(token, f.begin), from + kLongestOffice); stop >= token;
         --stop)
      if (t_.noun(from) && known_.office(lower(text(from, stop)))) return from;
  std::string low = lower(t_[before].form);
  if (known_.office(std::string(t_[before].lemma)) || known_.office(low) ||
      t_.in(WordList::titles, low))
    return t_.noun(before) ? before : -1;
  const KnownName* k = known_.find(t_[before].form);
  bool state = k && (k->sort == NameSort::demonym || k->sort == NameSort::state);
  return state && token < f.begin ? before : -1;
}

// Kind, name and why it was found.
void Entities::NameMentions::name(const Found& f, int top, Mention& m) const {
  m.kind = kind_of(f.kind);
  // A name that says something and is no known place is somebody's.
  if (m.kind == "place" && !f.known && t_.is(top, "nsubj") && t_[top].head >= 0 &&
      t_.in(WordList::speaking, t_.lemma(t_[top].head)))
    m.kind = "person";
  m.text = f.last_first ? std::string(t_[f.end - 1].form) + " " + std::string(t_[f.begin].form)
                        : text(f.begin, f.end);
  m.explain = f.known ? "name in the register" : "name found by the language engine";
  // "the Oslo Summit", "the Summit of the Americas"
  if (!f.known && f.kind != NameKind::person && t_.in(WordList::occasions, t_[top].form) &&
      top >= f.begin && top < f.end && f.end > f.begin + 1)
    m.kind = "event";
  if (!f.known) return;
  if (std::string former = known_.former(m.text); !former.empty()) m.explain += " (" + former + ")";
  if (auto said = e_.ambiguity_.find(m.text); said != e_.ambiguity_.end())
    m.explain += "; " + said->second.why;
}

// What the register says of the bearer.
void Entities::NameMentions::look_up(const Found& f, Mention& m) const {
  if (f.known->sort != NameSort::organization) {
    of_state(f, m);
    return;
  }
  const Organization& o = known_.organizations()[f.known->index];
  if (const int state = another_states(f, m, o.country); state >= 0) {
    m.text = text(m.begin, f.end);
    m.actor.sector = o.sector == "IGO" ? "GOV" : o.sector;  // "Russia's Security Council"
    m.state = state;
    m.explain = "named like a body of the register, of another state";
    return;
  }
  m.actor = {o.country, o.sector, o.other_sectors};
  if (!o.country.empty()) m.basis = "register";
  m.several |= o.of_no_state;
  m.text = o.name;
  m.kind = o.kind;
  m.plural |= o.kind == "group";
  if (!some_of_party(f, m)) return;
  m.text = text(m.begin, f.end);
  m.kind = "group";
  m.plural = true;
  m.explain = "some of a party of the register";
}

// "Zambia Daily Mail", "the Russian Security Council": the state right before the name, if it is not
// the one whose body the register has; -1 otherwise.
int Entities::NameMentions::another_states(const Found& f, const Mention& m,
                                           std::string_view country) const {
  if (m.head < f.begin || m.head >= f.end) return -1;
  for (const StateTrail::Step& step : e_.trail_.steps()) {
    // "Ukraine's Security Council secretary": the owner may stand outside of the name's own words.
    if (step.end > f.begin || step.end + 1 < f.begin) continue;
    if (step.end < f.begin && !t_.tag(step.end, "POS")) continue;
    using Sort = StateTrail::Step::Sort;
    if (step.sort != Sort::state && step.sort != Sort::demonym && step.sort != Sort::capital &&
        step.sort != Sort::metonym)
      continue;
    return known_.states()[step.state].code == country ? -1 : step.state;
  }
  return -1;
}

// "some Republicans", "two Democrats", "Montana Republicans": people of a party, not the party, as
// "the ruling Conservatives" are.
bool Entities::NameMentions::some_of_party(const Found& f, const Mention& m) const {
  if (m.actor.sector != "PTY" || !t_[f.end - 1].form.ends_with("s") ||
      !(t_.tag(f.end - 1, "NNPS") || t_.tag(f.end - 1, "NNS")))
    return false;
  for (int i = m.begin; i < f.begin; ++i)
    if (!t_.is(i, "punct") && lower(t_[i].form) != "the" &&
        !t_.in(WordList::standings_of_parties, lower(t_[i].form)))
      return true;
  return false;
}

void Entities::NameMentions::of_state(const Found& f, Mention& m) const {
  m.state = f.known->index;
  // "Norvanians", "the Norvanians": people, not the state.
  if (f.known->sort == NameSort::demonym &&
      (f.end == f.begin + 1 || (f.end == f.begin + 2 && t_.is(f.begin, "det"))) &&
      plural_of_demonym(t_[f.end - 1].form, known_)) {
    m.plural = true;
    m.kind = "group";
    if (const int home = home_of_people(f.end - 1); home >= 0) m.state = home;
    m.actor = {known_.states()[m.state].code, "CVL", {}};
    m.basis = "register";
    return;
  }
  // "an American", "a veteran Frenchman": somebody of the state.
  if (f.known->sort == NameSort::demonym && one_of_state(f, m)) {
    m.kind = "person";
    m.text = text(m.begin, f.end);
    m.explain = "somebody of a state of the register";
    m.actor = {known_.states()[m.state].code, "CVL", {}};
    m.basis = "register";
    return;
  }
  // "Russian Prime Minister …" as one compound, "Russians": people of the state.
  m.names_state = true;
  m.place_only = f.known->sort == NameSort::capital && !for_its_state(m.head);
  if (!m.place_only) m.text = known_.states()[m.state].name;
  m.kind = "place";
}

// "The Romanians of northern Serbia" are Serbia's: whose those are who live there, -1 where it is not told.
int Entities::NameMentions::home_of_people(int people) const {
  for (int place : t_.children(people))
    if (t_.is(place, "nmod") && place > people && t_.case_of(place) == "of")
      for (const StateTrail::Step& step : e_.trail_.steps())
        if (step.begin <= place && place < step.end) return step.state;
  return -1;
}

// A capital stands for its state where it acts or is dealt with ("Tokyo said", "ties with Paris");
// elsewhere it is a town.
bool Entities::NameMentions::for_its_state(int word) const {
  const int first = t_.is(word, "conj") ? t_[word].head : word;
  const int verb = t_[first].head;
  if (t_.is_any(first, {"nsubj", "nsubj:pass"})) return verb >= 0 && t_.verb(verb);
  // "Pyongyang's attack", "Pyongyang's ambassador"; but "Oslo's suburbs", "Oslo's Haneda Park"
  if (t_.is(first, "nmod:poss"))
    return verb >= 0 && t_.noun(verb) && !t_.tag(verb, "NNP") && !t_.tag(verb, "NNPS") &&
           !t_.in(WordList::town_things, t_.lemma(verb));
  // "urged Tehran"
  if (t_.is_any(first, {"obj", "iobj"}))
    return verb >= 0 && t_.in(WordList::dealing_verbs, t_.lemma(verb));
  const std::string preposition = t_.case_of(first);
  // "its ambassador to Tehran", "threats from Tehran"
  return t_.in(WordList::dealing_prepositions, preposition) ||
         (verb >= 0 && !preposition.empty() &&
          t_.in(WordList::dealings, std::string(t_.lemma(verb)) + " " + preposition));
}

// Whether a demonym is a noun for one person.
bool Entities::NameMentions::one_of_state(const Found& f, const Mention& m) const {
  const int noun = f.end - 1;
  // The register finds a name with its article, too.
  if ((noun > f.begin && !t_.is(f.begin, "det")) || !(t_.tag(noun, "NN") || t_.tag(noun, "NNP")) ||
      t_.is_any(noun, {"compound", "amod", "nmod:desc", "flat"}))
    return false;
  return t_.in(WordList::people_of_states, t_[noun].form) ||
         (m.begin < noun && t_.in(WordList::one_of_many, lower(t_[m.begin].form)));
}

// Words of full names: a later bare "Xi" is that person though the engine does not call it a name.
void Entities::bare_last_names() {
  std::unordered_set<std::string> words;
  std::vector<char> covered(t_.size(), 0);
  for (const Mention& m : mentions_) {
    for (int i = m.begin; i < m.end; ++i) covered[i] = 1;
    auto parts = split_words(m.text);
    if (m.kind == "person" && parts.size() >= 2)
      for (std::string_view w : parts) words.emplace(w);
  }
  for (int i = 0; i < t_.size(); ++i) {
    if (covered[i] || !t_.noun(i) || !words.count(std::string(t_[i].form)) ||
        t_.in(WordList::titles, lower(t_[i].form)) || known_.office(lower(t_[i].form)))
      continue;
    size_t at = 0;
    if (!is_upper(decode_utf8(t_[i].form, at))) continue;
    Mention m;
    m.begin = m.head = i;
    m.end = i + 1;
    m.kind = "person";
    m.text = std::string(t_[i].form);
    m.explain = "part of a name told in full";
    mentions_.push_back(std::move(m));
  }
}

}  // namespace chancery
