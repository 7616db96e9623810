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
  static constexpr float ends[] = {0.01f, 0.03f, 0.06f, 0.1f, 0.2f, 0.35f, 0.5f, 0.65f, 0.8f, 0.9f,
                                   0.96f};
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
                 (m.text == "leader" && (e.role == "president" || e.role == "prime minister" ||
                                         e.role == "opposition leader")) ||
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
  if (states || persons || genders || countries) return -1;
  // Of two names of a person one word at least is the same.
  const std::vector<std::string> words = name_words(m.text);
  const bool shared = std::any_of(words.begin(), words.end(), [&](const std::string& w) {
    return std::find(memory.words.begin(), memory.words.end(), w) != memory.words.end();
  });
  return m.kind == "person" && !memory.words.empty() && !shared ? -1 : e;
}

SignCase Entities::antecedent_case(const Mention& m) const {
  SignCase out;
  const std::string head = lower(t_.lemma(m.head));
  const int here = t_.sentence_of(m.head), rule = same_by_rule(m);
  const std::string sector = sector_or_none(m.actor.sector);
  const std::string_view opening = t_[m.begin].xpos;
  const std::string first = lower(t_[m.begin].form);
  const std::string shape = m.definite        ? (first == "the"            ? "the"
                                                 : first.starts_with("th") ? "this"
                                                                           : "its")
                            : opening == "DT" ? (first == "a" || first == "an" ? "a" : "some")
                            : opening == "CD" ? "number"
                                              : "bare";
  const std::string number = m.plural ? "plural" : "singular";
  int modifiers = 0;
  for (int i = m.begin; i < m.head; ++i) modifiers += !t_.tag(i, "DT") && !t_.tag(i, "PRP");
  const bool goes_on = t_.child(m.head, {"nmod", "acl", "appos"}) > m.head;

  out.none = {"it",
              "head " + head,
              shape,
              shape + " " + number,
              shape + " " + m.kind,
              shape + (goes_on ? ", goes on" : ", ends"),
              shape + ", modifiers " + std::to_string(std::min(2, modifiers))};
  if (m.state >= 0) out.none.push_back("has a state");
  if (here == 0) out.none.push_back("first sentence");

  std::vector<int> order;
  for (size_t i = 0; i < entities_.size(); ++i)
    if (memory_[i].last >= 0) order.push_back(static_cast<int>(i));
  std::sort(order.begin(), order.end(),
            [&](int a, int b) { return memory_[a].last > memory_[b].last; });
  if (order.size() > kCandidates) order.resize(kCandidates);
  const Means heard = means(m);
  if (!heard.silent) {
    out.none.push_back("heard none " + share_sign(heard.none));
    if (int e = heard.likeliest(); e >= 0 && memory_[static_cast<size_t>(e)].last >= 0 &&
                                   std::find(order.begin(), order.end(), e) == order.end())
      order.push_back(e);
  }
  if (rule >= 0 && std::find(order.begin(), order.end(), rule) == order.end())
    order.push_back(rule);
  bool nearest_kind = true, nearest_sector = true;
  for (int i : order) {
    const Entity& e = entities_[i];
    const Memory& memory = memory_[i];
    const Mention& o = mentions_[memory.last];
    if (o.begin <= m.begin && m.end <= o.end) continue;
    SignCase::Candidate c;
    c.id = memory.last;
    auto add = [&](const std::string& sign) {
      c.signs.push_back(sign);
      c.signs.push_back(sign + ", " + shape + " " + m.kind);
    };
    const std::string their_sector = sector_or_none(e.actor.sector);
    add(distance_sign(here - t_.sentence_of(o.head)));
    c.signs.push_back("kinds " + m.kind + " " + (memory.names_state ? "state" : e.kind));
    c.signs.push_back("numbers " + number + " " + (memory.plural ? "plural" : "singular"));
    c.signs.push_back("sectors " + sector + " " + their_sector);
    c.signs.push_back("head " + head + " of " + (memory.names_state ? "state" : their_sector));
    if (sector == their_sector) {
      add("same sector");
      if (nearest_sector) add("nearest of its sector");
      nearest_sector = false;
    }
    if (e.kind == m.kind && nearest_kind) {
      add("nearest of its kind");
      nearest_kind = false;
    }
    if (i == order[0]) add("last told");
    if (i == rule) add("rule");
    if (!heard.silent) c.signs.push_back("heard " + share_sign(heard.entity[static_cast<size_t>(i)]));
    const std::string &ours = m.actor.country, &theirs = e.actor.country;
    if (!ours.empty() && !theirs.empty()) add(ours == theirs ? "same country" : "other country");
    else if (!ours.empty()) add("its country unknown");
    if (std::find(memory.heads.begin(), memory.heads.end(), head) != memory.heads.end())
      add("same head");
    else if (!memory.heads.empty()) c.signs.push_back("other head");
    if (contains_word(lower(e.name), head)) add("head in its name");
    if (lower(e.name) == lower(t_.span({m.begin, m.end}).of(t_.document().text))) add("same words");
    if (!m.role.empty() && !e.role.empty()) add(m.role == e.role ? "same role" : "other role");
    add(memory.words.empty() ? "phrase" : "name");
    if (memory.count > 2) add("told often");
    if (t_.is(o.head, "nsubj")) c.signs.push_back("subject");
    if (memory.gender && m.gender) add(memory.gender == m.gender ? "same gender" : "other gender");
    out.candidates.push_back(std::move(c));
  }
  return out;
}

}  // namespace chancery
