// What "it" and "they" mean: the signs of each actor and each thing that was told before
// (SignJudge weighs them). Other pronouns are in resolution.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reading/who/entities.h"
#include "reading/who/name_words.h"
#include "reading/who/referents.h"

namespace chancery {
using namespace names;

namespace {

constexpr int kSentencesBack = 4;   // further back nothing is looked for
constexpr size_t kCandidates = 32;  // the nearest

// "it" or "they", whatever its form.
std::string number_of(const Mention& m) { return m.text.starts_with("it") ? "it" : "they"; }

std::string share_sign(float p) {
  static constexpr float ends[] = {0.02f, 0.06f, 0.15f, 0.3f, 0.5f, 0.7f, 0.85f, 0.95f};
  int k = 0;
  for (float end : ends) k += p >= end;
  return k == 0 ? "0" : fmt::format("{:.2f}", ends[k - 1]);
}

std::string rank_sign(size_t rank) {
  return rank <= 3    ? std::to_string(rank)
         : rank <= 5  ? "4"
         : rank <= 9  ? "6"
         : rank <= 17 ? "10"
                      : "18";
}

}  // namespace

class Entities::PronounSigns {
 public:
  PronounSigns(const Entities& entities, const Mention& m)
      : x_(entities),
        t_(entities.t_),
        m_(m),
        heard_(entities.means(m)),
        above_(t_[m.head].head),
        number_(number_of(m)),
        role_(role(m.head)),
        verb_(above_ >= 0 ? lower(t_.lemma(above_)) : ""),
        subject_(own_subject()) {}

  SignCase all() {
    of_itself();
    std::vector<Candidate> order = candidates();
    bool first_subject = true;
    for (size_t rank = 0; rank < order.size(); ++rank) {
      const Candidate& c = order[rank];
      add("rank " + rank_sign(rank));
      of_sort(c);
      of_place(c);
      const bool subject = t_.is(c.last, "nsubj");
      if (subject && first_subject) add("nearest subject");
      first_subject &= !subject;
      if (c.entity >= 0 && !heard_.silent)
        add("heard " + share_sign(heard_.entity[static_cast<size_t>(c.entity)]));
      out_.candidates.push_back(
          {c.entity >= 0 ? c.entity : of_thing(c.thing), std::exchange(signs_, {})});
    }
    return std::move(out_);
  }

 private:
  struct Candidate {
    int entity = -1, thing = -1;
    int last = 0;  // the head of its last mention, a pronoun's too
    int noun = 0;  // of its last mention that is none
  };

  std::string role(int token) const {
    if (t_.is(token, "nmod:poss")) return "poss";
    for (const char* relation : {"nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "root"})
      if (t_.is(token, relation))
        return t_.is(token, "nsubj") && t_.passive(t_[token].head) ? "nsubj:pass" : relation;
    return "other";
  }

  // The subject of the clause in which the pronoun stands as something else, -1 for none: "The mood
  // has little to do with it" is of another thing, "Norvania recalled its envoy" mostly of the same.
  int own_subject() const {
    for (int i = m_.head; i >= 0 && t_[i].head >= 0; i = t_[i].head) {
      const bool own =
          t_.is_any(i, {"obj", "iobj", "obl", "nmod", "xcomp", "amod"}) ||
          (t_.is(i, "acl") && std::string_view(t_[i].xpos) == "VB");  // "little to do with it"
      if (!own) return -1;
      const int subject = t_.child(t_[i].head, {"nsubj"});
      if (subject >= 0 && subject != i) return subject;
    }
    return -1;
  }

  // A clause's object is not its own subject, unless it says "itself".
  bool is_another(int candidate) const {
    return candidate == subject_ && role_ != "poss" && !m_.text.ends_with("self") &&
           !m_.text.ends_with("selves");
  }

  void add(const std::string& sign) {
    signs_.push_back(sign);
    signs_.push_back(number_ + ", " + sign);
  }

  void of_itself() {
    out_.none = {"nothing", number_ + " nothing", m_.text + ", " + role_,
                 role_ + " of " + verb_ + " " + number_};
    const bool be = above_ >= 0 && (verb_ == "be" || t_.child(above_, {"cop"}) >= 0);
    if (above_ >= 0 && role_.starts_with("nsubj")) {
      const int clause = t_.child(above_, {"csubj", "ccomp", "xcomp", "advcl"});
      if (clause > above_)
        out_.none.push_back(number_ + (be ? " is, before a clause" : ", before a clause"));
      if (be) out_.none.push_back(number_ + " is");
      if (be && !t_.noun(above_) && clause > above_)
        out_.none.push_back(number_ + " is so, before a clause");
    }
    if (!heard_.silent) out_.none.push_back(number_ + " heard none " + share_sign(heard_.none));
    if (x_.inside_quote(m_.head)) out_.none.push_back(number_ + " quoted");
    if (t_.sentence_of(m_.head) == 0) out_.none.push_back("first sentence");
  }

  std::vector<Candidate> candidates() const {
    std::vector<Candidate> order;
    const int here = t_.sentence_of(m_.head);
    for (size_t i = 0; i < x_.entities_.size(); ++i) {
      const Memory& memory = x_.memory_[i];
      if (memory.last < 0) continue;
      const Mention& o = x_.mentions_[static_cast<size_t>(memory.last)];
      if (o.begin >= m_.begin || !fits(static_cast<int>(i), o)) continue;
      Candidate c;
      c.entity = static_cast<int>(i);
      c.last = c.noun = o.head;
      order.push_back(c);
    }
    const std::vector<Thing>& things = x_.things_->all();
    const size_t oldest = things.size() > Things::kBack ? things.size() - Things::kBack : 0;
    for (size_t k = things.size(); k-- > oldest;) {
      const Thing& thing = things[k];
      if (here - t_.sentence_of(thing.last()) > kSentencesBack || thing.last() >= m_.head) continue;
      Candidate c;
      c.thing = static_cast<int>(k);
      c.last = thing.last();
      c.noun = thing.heads.back();
      if (!within(c.noun) && !is_another(c.last)) order.push_back(c);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const Candidate& a, const Candidate& b) { return a.last > b.last; });
    if (order.size() > kCandidates) order.resize(kCandidates);
    return order;
  }

  // Whether an actor may be meant at all. A person is told of with "he" or "she", several with "they".
  bool fits(int entity, const Mention& o) const {
    const Entity& e = x_.entities_[static_cast<size_t>(entity)];
    const Memory& memory = x_.memory_[static_cast<size_t>(entity)];
    if (t_.sentence_of(m_.head) - t_.sentence_of(o.head) > kSentencesBack) return false;
    const bool it = number_ == "it";
    if (it && (e.kind == "person" || e.kind == "group" || memory.plural)) return false;
    if (e.kind == "person" && !memory.words.empty()) return false;
    if (o.begin <= m_.begin && m_.end <= o.end) return false;
    return !is_another(o.head);
  }

  // The pronoun stands in the phrase of this noun ("the ship and its crew" is none: it hangs on it).
  bool within(int noun) const { return t_.descends(m_.head, noun); }

  void of_sort(const Candidate& c) {
    std::string sort;
    bool plural;
    if (c.entity >= 0) {
      const Entity& e = x_.entities_[static_cast<size_t>(c.entity)];
      const Memory& memory = x_.memory_[static_cast<size_t>(c.entity)];
      sort = memory.names_state ? "state" : e.kind;
      plural = memory.plural;
      if (!memory.words.empty() && !memory.names_state) sort += " by name";
      add("told " + std::string(memory.count > 3 ? "often" : memory.count > 1 ? "again" : "once"));
    } else {
      const Thing& thing = x_.things_->all()[static_cast<size_t>(c.thing)];
      sort = "thing";
      plural = thing.plural;
      const size_t count = thing.heads.size() + thing.pronouns.size();
      add(std::string("thing told ") + (count > 3 ? "often" : count > 1 ? "again" : "once"));
      add("thing " + lower(t_.lemma(c.noun)));
      if (t_.tag(c.noun, "NNP")) add("thing by name");
    }
    const std::string of_number = sort + (plural ? "s" : "");
    add(of_number);
    add(of_number + ", " + role_);
    signs_.push_back(number_ + " " + role_ + " of " + verb_ + ", " +
                     (c.thing >= 0 ? "thing" : "actor"));
  }

  void of_place(const Candidate& c) {
    const int sentences = t_.sentence_of(m_.head) - t_.sentence_of(c.last);
    const std::string place = "sentences " + std::to_string(sentences), theirs = role(c.last);
    const bool pronoun = c.last != c.noun;
    add(place);
    add(place + ", " + theirs);
    add(role_ + " after " + theirs);
    if (pronoun) add("pronoun before");
    if (pronoun) add("pronoun before, " + place);
    add(definite_phrase(t_, c.noun)      ? "definite"
        : t_.child(c.noun, {"det"}) >= 0 ? "with a word"
                                         : "bare");
    const int other = t_[c.last].head;
    if (other >= 0 && lower(t_.lemma(other)) == verb_ && other != above_) add("same word above");
    if (other >= 0 && other == above_) add("same clause, " + theirs);
    if (c.last == subject_) add("subject of its clause");
    if (above_ >= 0 && sentences == 0 && other >= 0 && t_[above_].head == other)
      add("clause above");
    const bool quoted = x_.inside_quote(m_.head), quoted_too = x_.inside_quote(c.last);
    add(std::string("quoted ") + (quoted ? "1" : "0") + (quoted_too ? "1" : "0"));
    if (other < 0 || t_[other].head < 0) add("of the main clause");
    if (t_.sentence(c.last).begin + 3 > c.last) add("opens its sentence");
  }

  const Entities& x_;
  const TreeView& t_;
  const Mention& m_;
  const Means heard_;
  const int above_;
  const std::string number_, role_, verb_;
  const int subject_;
  SignCase out_;
  std::vector<std::string> signs_;
};

SignCase Entities::pronoun_case(const Mention& m) const { return PronounSigns(*this, m).all(); }

std::vector<int> Entities::heads_of(int referent, const Mention& m) const {
  std::vector<int> out;
  if (referent <= of_thing(0))
    return things_->all()[static_cast<size_t>(of_thing(0) - referent)].heads;
  for (const Mention& o : mentions_)
    if (o.entity == referent && o.begin < m.begin && o.sort != Mention::pronoun)
      out.push_back(o.head);
  return out;
}

// Whom or what "it" and "they" mean; -1 for a thing, which is nobody, and where nothing is sure.
int Entities::resolve_it(Mention& m) {
  things_->read_to(m.head);
  if (number_of(m) == "they")
    if (const int two = two_persons(m); two >= 0) return two;
  const SignCase c = pronoun_case(m);
  if (watch_pronoun_) watch_pronoun_(m, c, [&](int referent) { return heads_of(referent, m); });
  const int meant = pronoun_.sure(c).id;
  if (meant <= of_thing(0)) things_->refer(of_thing(0) - meant, m.head);
  if (meant < 0) return -1;
  return number_of(m) == "they" ? both_of(meant) : meant;
}

// "Turkey and Israel … They": the two together, where the text names them so.
int Entities::both_of(int state) const {
  const Memory& memory = memory_[static_cast<size_t>(state)];
  if (!memory.names_state) return state;
  const int head = mentions_[static_cast<size_t>(memory.last)].head;
  bool joined = t_.is(head, "conj");
  for (int c : t_.children(head)) joined |= t_.is(c, "conj") && t_.noun(c);
  for (size_t i = 0; joined && i < entities_.size(); ++i)
    if (entities_[i].kind == "group" && entities_[i].role == "both") return static_cast<int>(i);
  return state;
}

std::vector<Entity> Entities::things_meant() const {
  std::vector<Entity> out;
  for (const Thing& thing : things_->all()) {
    if (thing.pronouns.empty()) continue;
    Entity e;
    e.kind = "other";
    e.explain = "what a pronoun means";
    for (int head : thing.heads) e.mentions.push_back(t_.span({left_edge(head, head), head + 1}));
    e.name = e.mentions[0].of(t_.document().text);
    for (int pronoun : thing.pronouns) e.mentions.push_back(t_[pronoun].span);
    std::sort(e.mentions.begin(), e.mentions.end());
    out.push_back(std::move(e));
  }
  return out;
}

}  // namespace chancery
