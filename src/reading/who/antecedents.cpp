// Whom a phrase means ("the company", "the rebels"): the signs of each entity that was told before
// it (SignJudge weighs them).
#include <fmt/format.h>

#include <algorithm>

#include "reading/who/entities.h"
#include "reading/who/name_words.h"

namespace chancery {
using namespace names;

namespace {

// Entities further back than this are not asked.
constexpr size_t kCandidates = 16;

std::string distance_sign(int sentences) {
  return sentences <= 2   ? "sentences " + std::to_string(sentences)
         : sentences <= 5 ? "sentences 3"
         : sentences <= 9 ? "sentences 6"
                          : "sentences 10";
}

// A probability as a sign.
std::string share_sign(float p) {
  static constexpr float ends[] = {0.01f, 0.03f, 0.06f, 0.1f, 0.2f, 0.35f,
                                   0.5f,  0.65f, 0.8f,  0.9f, 0.96f};
  int k = 0;
  for (float end : ends) k += p >= end;
  return k == 0 ? "0" : fmt::format("{:.2f}", ends[k - 1]);
}

std::string sector_or_none(const std::string& sector) { return sector.empty() ? "-" : sector; }

}  // namespace

int Entities::same_by_rule(const Mention& m) const {
  std::string_view lemma = t_.lemma(m.head);
  const std::string low = lower(t_.span({m.begin, m.end}).of(t_.document().text));
  int best = -1;
  for (size_t i = 0; i < entities_.size() && m.definite && !m.plural; ++i) {
    const Entity& e = entities_[i];
    if (memory_[i].names_state || memory_[i].plural) continue;
    if (!m.actor.country.empty() && !e.actor.country.empty() && m.actor.country != e.actor.country)
      continue;
    bool role = !m.role.empty() && e.kind == "person" &&
                (e.role == m.text || e.role.ends_with(" " + m.text) ||
                 (m.text == "premier" && e.role == "prime minister") ||
                 (m.text == "leader" && t_.in(WordList::leaders, e.role)) ||
                 (m.text == "minister" && e.role.ends_with("minister")));
    bool body = m.kind == "organization" && e.kind == "organization" &&
                (contains_word(lower(e.name), std::string(lemma)) || (m.text == e.name));
    bool event = m.kind == "event" && e.kind == "event";
    if ((role || body || event) && (best < 0 || memory_[i].last > memory_[best].last))
      best = static_cast<int>(i);
  }
  for (size_t i = 0; best < 0 && m.plural && i < entities_.size(); ++i)
    if (memory_[i].words.empty() && !memory_[i].names_state && lower(entities_[i].name) == low)
      best = static_cast<int>(i);
  return best;
}

int Entities::Means::likeliest() const {
  if (entity.empty()) return -1;
  return static_cast<int>(std::max_element(entity.begin(), entity.end()) - entity.begin());
}

Entities::Means Entities::means(const Mention& m) const {
  Means out;
  out.entity.resize(entities_.size());
  if (!heard_ || heard_->silent()) return out;
  const Coreference::Answer answer = heard_->ask(static_cast<int>(&m - mentions_.data()));
  out.silent = false;
  out.none = answer.none;
  for (size_t k = 0; k < answer.of.size(); ++k)
    if (int e = mentions_[static_cast<size_t>(answer.first) + k].entity; e >= 0)
      out.entity[static_cast<size_t>(e)] += answer.of[k];
  return out;
}

int Entities::likeliest_of(const std::vector<int>& entities, int otherwise,
                           const Mention& m) const {
  const Means heard = means(m);
  int best = otherwise;
  for (int e : entities)
    if (heard.entity[static_cast<size_t>(e)] > heard.entity[static_cast<size_t>(best)]) best = e;
  return best;
}

// A name under which somebody was not told before: "Mr. Marr" after "Oleg J. Marr", a body's short
// form. The encoder must be sure, and nothing that both say of themselves may differ.
int Entities::same_by_ear(const Mention& m) const {
  const Means heard = means(m);
  const int e = heard.silent ? -1 : heard.likeliest();
  if (e < 0 || !least_ || heard.entity[static_cast<size_t>(e)] < (*least_)["coreference.name"])
    return -1;
  const Memory& memory = memory_[static_cast<size_t>(e)];
  const Entity& other = entities_[static_cast<size_t>(e)];
  const bool states = memory.names_state || m.names_state,
             persons = (other.kind == "person") != (m.kind == "person"),
             genders = memory.gender && m.gender && memory.gender != m.gender,
             countries = !other.actor.country.empty() && !m.actor.country.empty() &&
                         other.actor.country != m.actor.country;
  if (states || persons || genders || countries || stands_within(m, e)) return -1;
  // Of two names of a person one word at least is the same.
  const std::vector<std::string> words = name_words(m.text);
  const bool shared = std::any_of(words.begin(), words.end(), [&](const std::string& w) {
    return std::find(memory.words.begin(), memory.words.end(), w) != memory.words.end();
  });
  return m.kind == "person" && !memory.words.empty() && !shared ? -1 : e;
}

// "Tromso" in "a court in Tromso" is not the court ("Faxa" in "Faxa television" may be the same).
bool Entities::stands_within(const Mention& m, int entity) const {
  const Mention& o = mentions_[static_cast<size_t>(memory_[static_cast<size_t>(entity)].last)];
  return o.head < m.begin && m.end <= o.end;
}

// What speaks for whom, of one phrase.
class Entities::AntecedentSigns {
 public:
  AntecedentSigns(const Entities& entities, const Mention& m)
      : x_(entities),
        t_(entities.t_),
        m_(m),
        rule_(entities.same_by_rule(m)),
        heard_(entities.means(m)),
        head_(lower(t_.lemma(m.head))),
        sector_(sector_or_none(m.actor.sector)),
        shape_(shape(t_, m)),
        number_(m.plural ? "plural" : "singular") {}

  SignCase all() {
    of_itself();
    const std::vector<int> order = candidates();
    if (!heard_.silent) out_.none.push_back("heard none " + share_sign(heard_.none));
    bool nearest_kind = true, nearest_sector = true;
    for (int i : order) {
      const Entity& e = x_.entities_[i];
      const Memory& memory = x_.memory_[i];
      const Mention& o = x_.mentions_[memory.last];
      if ((o.begin <= m_.begin && m_.end <= o.end) || x_.object_of_its_clause(m_, o)) continue;
      signs_.clear();
      of_kinds(e, memory, o);
      if (sector_ == sector_or_none(e.actor.sector)) {
        add("same sector");
        if (nearest_sector) add("nearest of its sector");
        nearest_sector = false;
      }
      if (e.kind == m_.kind && nearest_kind) {
        add("nearest of its kind");
        nearest_kind = false;
      }
      if (i == order[0]) add("last told");
      if (i == rule_) add("rule");
      if (!heard_.silent)
        signs_.push_back("heard " + share_sign(heard_.entity[static_cast<size_t>(i)]));
      of_words(e, memory, o);
      out_.candidates.push_back({memory.last, std::move(signs_)});
    }
    return std::move(out_);
  }

 private:
  // How the phrase opens: "the", "this", "its", "a", "some", a number, or bare.
  static std::string shape(const TreeView& t, const Mention& m) {
    const std::string_view opening = t[m.begin].xpos;
    const std::string first = lower(t[m.begin].form);
    if (m.definite) return first == "the" ? "the" : first.starts_with("th") ? "this" : "its";
    if (opening == "DT") return first == "a" || first == "an" ? "a" : "some";
    return opening == "CD" ? "number" : "bare";
  }

  void of_itself() {
    int modifiers = 0;
    for (int i = m_.begin; i < m_.head; ++i) modifiers += !t_.tag(i, "DT") && !t_.tag(i, "PRP");
    const bool goes_on = t_.child(m_.head, {"nmod", "acl", "appos"}) > m_.head;
    out_.none = {"it",
                 "head " + head_,
                 shape_,
                 shape_ + " " + number_,
                 shape_ + " " + m_.kind,
                 shape_ + (goes_on ? ", goes on" : ", ends"),
                 shape_ + ", modifiers " + std::to_string(std::min(2, modifiers))};
    if (m_.state >= 0) out_.none.push_back("has a state");
    if (t_.sentence_of(m_.head) == 0) out_.none.push_back("first sentence");
  }

  // The entities told last, and the one of the rule.
  std::vector<int> candidates() const {
    std::vector<int> order;
    for (size_t i = 0; i < x_.entities_.size(); ++i)
      if (x_.memory_[i].last >= 0) order.push_back(static_cast<int>(i));
    std::sort(order.begin(), order.end(),
              [&](int a, int b) { return x_.memory_[a].last > x_.memory_[b].last; });
    if (order.size() > kCandidates) order.resize(kCandidates);
    const int heard = heard_.silent ? -1 : heard_.likeliest();
    if (heard >= 0 && x_.memory_[heard].last >= 0 &&
        std::find(order.begin(), order.end(), heard) == order.end())
      order.push_back(heard);
    if (rule_ >= 0 && std::find(order.begin(), order.end(), rule_) == order.end())
      order.push_back(rule_);
    return order;
  }

  void add(const std::string& sign) {
    signs_.push_back(sign);
    signs_.push_back(sign + ", " + shape_ + " " + m_.kind);
  }

  void of_kinds(const Entity& e, const Memory& memory, const Mention& o) {
    const std::string their_sector = sector_or_none(e.actor.sector);
    add(distance_sign(t_.sentence_of(m_.head) - t_.sentence_of(o.head)));
    signs_.push_back("kinds " + m_.kind + " " + (memory.names_state ? "state" : e.kind));
    signs_.push_back("numbers " + number_ + " " + (memory.plural ? "plural" : "singular"));
    signs_.push_back("sectors " + sector_ + " " + their_sector);
    signs_.push_back("head " + head_ + " of " + (memory.names_state ? "state" : their_sector));
  }

  void of_words(const Entity& e, const Memory& memory, const Mention& o) {
    const std::string &ours = m_.actor.country, &theirs = e.actor.country;
    if (!ours.empty() && !theirs.empty()) add(ours == theirs ? "same country" : "other country");
    else if (!ours.empty()) add("its country unknown");
    if (std::find(memory.heads.begin(), memory.heads.end(), head_) != memory.heads.end())
      add("same head");
    else if (!memory.heads.empty()) signs_.push_back("other head");
    if (contains_word(lower(e.name), head_)) add("head in its name");
    if (lower(e.name) == lower(t_.span({m_.begin, m_.end}).of(t_.document().text)))
      add("same words");
    if (!m_.role.empty() && !e.role.empty()) add(m_.role == e.role ? "same role" : "other role");
    add(memory.words.empty() ? "phrase" : "name");
    if (memory.count > 2) add("told often");
    if (t_.is(o.head, "nsubj")) signs_.push_back("subject");
    if (memory.gender && m_.gender)
      add(memory.gender == m_.gender ? "same gender" : "other gender");
  }

  const Entities& x_;
  const TreeView& t_;
  const Mention& m_;
  const int rule_;     // whom grammar and names alone would give
  const Means heard_;  // whom the encoder hears
  const std::string head_, sector_, shape_, number_;
  SignCase out_;
  std::vector<std::string> signs_;
};

SignCase Entities::antecedent_case(const Mention& m) const {
  return AntecedentSigns(*this, m).all();
}

}  // namespace chancery
