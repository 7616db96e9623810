#include "reading/who/actor_parts.h"

#include <algorithm>

#include "base/utf8.h"
#include "reading/two_decimals.h"

namespace chancery {
namespace {

std::string tenth(float share) {
  return std::to_string(std::clamp(static_cast<int>(share * 10), 0, 9));
}

// Halvings: how unlikely it is, from 0 to 8.
std::string halvings(float share) {
  int out = 0;
  for (; out < 8 && share < 0.7f; share *= 2) ++out;
  return std::to_string(out);
}

// The few countries that are none tell the sector.
std::string sort_of_country(const Actor& actor) {
  static constexpr std::string_view kNone[] = {"IGO", "NGO", "MNC", "IMG"};
  if (actor.country.empty()) return "no country";
  return std::find(std::begin(kNone), std::end(kNone), actor.country) != std::end(kNone)
             ? actor.country
             : "a state";
}

std::string count_sign(int count) {
  return count <= 2 ? std::to_string(count) : count <= 4 ? "some" : "many";
}

// The signs of one question stand in a table with those of others.
void name_signs(SignCase& c, const std::string& question) {
  for (std::string& s : c.none) s = question + s;
  for (SignCase::Candidate& k : c.candidates)
    for (std::string& s : k.signs) s = question + s;
}

// How an entity is first named: a state, a phrase, a name of the register, another name.
std::string sort_of(const Mention& first) {
  if (first.names_state && !first.place_only) return "state";
  if (first.sort == Mention::nominal) return "phrase";
  return first.explain.starts_with("name in the register") ? "known name" : "name";
}

// What the mentions of an entity say together, pronouns aside.
struct Told {
  const Mention* first = nullptr;
  int count = 0;
  float most = 0, sum = 0;  // what the judge of mentions hears
  bool subject = false, object = false, inside = true;
};

Told told(const TreeView& t, const JudgedWords& words, const Entities& entities, int entity) {
  Told out;
  for (const Mention& m : entities.mentions()) {
    if (m.entity != entity || m.sort == Mention::pronoun) continue;
    if (!out.first) out.first = &m;
    ++out.count;
    out.subject |= t.is(m.head, "nsubj");
    out.object |= t.is_any(m.head, {"obj", "iobj"});
    out.inside &= t.is_any(m.head, {"compound", "nmod", "nmod:poss", "amod"});
    const float heard = words.any(WordJudges::mention, m.head);
    out.most = std::max(out.most, heard);
    out.sum += heard;
  }
  return out;
}

}  // namespace

SignCase ActorParts::part_case(const Entities& entities, int entity) const {
  SignCase out;
  const Told x = told(t_, words_, entities, entity);
  if (!x.first) return out;
  const Entity& e = entities.entities()[static_cast<size_t>(entity)];
  const Mention& first = *x.first;
  const std::string sort = sort_of(first), most = tenth(x.most);
  SignCase::Candidate c;
  c.id = entity;
  c.signs = {"heard at most " + most,
             "heard at most " + most + ", " + sort,
             "heard on average " + tenth(x.sum / static_cast<float>(x.count)),
             "kind " + e.kind + ", " + sort,
             "shape " + e.kind + " " + (e.actor.sector.empty() ? "-" : e.actor.sector),
             "told " + count_sign(x.count),
             "told " + count_sign(x.count) + ", " + sort,
             sort + (e.actor.country.empty() ? ", no country" : ", country by " + e.basis),
             t_.sentence_of(first.head) == 0 ? "in the first sentence" : "later"};
  auto add = [&](bool holds, const std::string& sign) {
    if (holds) c.signs.push_back(sign);
  };
  if (first.sort == Mention::nominal) {
    const std::string_view opening = t_[first.begin].xpos;
    add(true, "head " + lower(t_.lemma(first.head)));
    add(true, first.definite                       ? "definite"
              : opening == "DT" || opening == "CD" ? "indefinite"
              : first.begin == first.head          ? "alone"
                                                   : "bare");
    add(first.plural, "plural");
  }
  add(e.kind == "place" && first.place_only, "only where something is");
  add(x.subject, "subject, " + sort);
  add(x.object, "object, " + sort);
  add(x.inside, "inside others, " + sort);
  const std::string preposition = t_.case_of(first.head);
  add(!preposition.empty(), "after " + preposition + ", " + sort);
  out.none = {"it"};
  out.candidates.push_back(std::move(c));
  name_signs(out, "part: ");
  return out;
}

bool ActorParts::takes_part(const Entities& entities, int entity) const {
  if (words_.silent() || entity < 0) return true;
  const SignCase c = part_case(entities, entity);
  return c.candidates.empty() || signs_.decide(c).probability >= least_["actor.part"];
}

SignCase ActorParts::sector_case(const Entities& entities, int entity) const {
  SignCase out;
  const Entity& e = entities.entities()[static_cast<size_t>(entity)];
  const std::vector<std::string>& classes = words_.judges().classes(WordJudges::sector);
  std::vector<float> most(classes.size(), 0), sum(classes.size(), 0);
  int count = 0;
  for (const Mention& m : entities.mentions()) {
    if (m.entity != entity || m.sort == Mention::pronoun) continue;
    if (m.names_state && !m.place_only) return out;
    const std::vector<float> heard = words_.probabilities(WordJudges::sector, m.head);
    ++count;
    for (size_t k = 0; k < classes.size(); ++k) {
      most[k] = std::max(most[k], heard[k]);
      sum[k] += heard[k];
    }
  }
  if (!count) return out;
  auto average = [&](size_t k) { return tenth(sum[k] / static_cast<float>(count)); };
  const size_t best =
      static_cast<size_t>(std::max_element(sum.begin() + 1, sum.end()) - sum.begin());
  const std::string rule = e.actor.sector.empty() ? "-" : e.actor.sector;
  out.none = {"it", "rules " + rule, "kind " + e.kind, "none heard " + average(0)};
  for (size_t k = 1; k < classes.size(); ++k) {
    SignCase::Candidate c;
    c.id = static_cast<int>(k);
    const std::string is = "is " + classes[k];
    c.signs = {is,
               is + ", " + e.kind,
               is + ", rules " + rule,
               is + ", " + sort_of_country(e.actor),
               "heard on average " + average(k),
               "heard at most " + tenth(most[k]),
               "halvings " + halvings(sum[k] / static_cast<float>(count))};
    if (k == best)
      for (const std::string& more : {std::string(), ", " + e.kind, ", rules " + rule})
        c.signs.push_back("likeliest" + more);
    if (classes[k] == rule)
      for (const std::string& more : {std::string(), " say " + rule, ", heard " + average(k)})
        c.signs.push_back("rules" + more);
    out.candidates.push_back(std::move(c));
  }
  name_signs(out, "sector: ");
  return out;
}

void ActorParts::find_sectors(Entities& entities) const {
  if (words_.silent()) return;
  const std::vector<std::string>& classes = words_.judges().classes(WordJudges::sector);
  for (size_t i = 0; i < entities.entities().size(); ++i) {
    Entity& e = entities.entities()[i];
    // A summit is no party, whoever meets there.
    if (e.kind == "event") {
      e.actor.sector.clear();
      e.actor.other_sectors.clear();
      continue;
    }
    const SignJudge::Verdict v = signs_.decide(sector_case(entities, static_cast<int>(i)));
    if (v.id < 0 || v.probability < least_["actor.sector"]) continue;
    const std::string& sector = classes[static_cast<size_t>(v.id)];
    if (sector == e.actor.sector) continue;
    e.explain += "; " + sector + (e.actor.sector.empty() ? "" : " and not " + e.actor.sector) +
                 " by the judges, " + two_decimals(v.probability);
    e.actor.sector = sector;
    std::erase(e.actor.other_sectors, sector);
  }
}

}  // namespace chancery
