// What the model's judges of words and the rules say together of an entity: whether it is somebody
// of whom a record speaks at all ("the coalition") or a passing word ("aging population"), and of
// which sector it is (SignJudge weighs the signs).
#include <algorithm>

#include "reading/entities.h"
#include "reading/name_words.h"
#include "reading/two_decimals.h"

namespace chancery {
namespace {

std::string tenth(float share) {
  return std::to_string(std::clamp(static_cast<int>(share * 10), 0, 9));
}

std::string count_sign(int count) {
  return count <= 2 ? std::to_string(count) : count <= 4 ? "some" : "many";
}

}  // namespace

SignCase Entities::part_case(int entity) const {
  SignCase out;
  const Entity& e = entities_[entity];
  const Memory& memory = memory_[entity];
  SignCase::Candidate c;
  c.id = entity;
  auto add = [&](const std::string& sign) { c.signs.push_back(sign); };
  const std::string sector = e.actor.sector.empty() ? "-" : e.actor.sector;
  const Mention* first = nullptr;
  float most = 0, sum = 0;
  int count = 0;
  bool subject = false, object = false, inside = true;
  for (const Mention& m : mentions_) {
    if (m.entity != entity || m.sort == Mention::pronoun) continue;
    if (!first) first = &m;
    ++count;
    subject |= t_.is(m.head, "nsubj");
    object |= t_.is_any(m.head, {"obj", "iobj"});
    inside &= t_.is_any(m.head, {"compound", "nmod", "nmod:poss", "amod"});
    float heard = words_ ? words_->any(WordJudges::mention, m.head) : 0;
    most = std::max(most, heard);
    sum += heard;
  }
  if (!first) return out;
  const std::string sort = memory.names_state                ? "state"
                           : first->sort == Mention::nominal ? "phrase"
                           : first->basis == "register" ||
                                   first->explain.starts_with("name in the register")
                               ? "known name"
                               : "name";
  add("heard at most " + tenth(most));
  add("heard at most " + tenth(most) + ", " + sort);
  add("heard on average " + tenth(sum / static_cast<float>(count)));
  add("kind " + e.kind + ", " + sort);
  add("shape " + e.kind + " " + sector);
  add("told " + count_sign(count));
  add("told " + count_sign(count) + ", " + sort);
  if (first->sort == Mention::nominal) {
    const std::string_view opening = t_[first->begin].xpos;
    add("head " + lower(t_.lemma(first->head)));
    add(first->definite                        ? "definite"
        : opening == "DT" || opening == "CD"   ? "indefinite"
        : first->begin == first->head          ? "alone"
                                               : "bare");
    if (memory.plural) add("plural");
  }
  if (e.kind == "place" && first->place_only) add("only where something is");
  add(sort + (e.actor.country.empty() ? ", no country" : ", country by " + e.basis));
  if (subject) add("subject, " + sort);
  if (object) add("object, " + sort);
  if (inside) add("inside others, " + sort);
  const std::string preposition = t_.case_of(first->head);
  if (!preposition.empty()) add("after " + preposition + ", " + sort);
  add(t_.sentence_of(first->head) == 0 ? "in the first sentence" : "later");
  out.none = {"it"};
  out.candidates.push_back(std::move(c));
  return out;
}

bool Entities::takes_part(int entity) const {
  if (!words_ || !part_ || memory_[entity].last < 0) return true;
  const SignCase c = part_case(entity);
  return c.candidates.empty() || part_->sure(c).id >= 0;
}

SignCase Entities::sector_case(int entity) const {
  SignCase out;
  if (!words_) return out;
  const Entity& e = entities_[entity];
  const std::vector<std::string>& classes = words_->judges().classes(WordJudges::sector);
  std::vector<float> most(classes.size(), 0), sum(classes.size(), 0);
  int count = 0;
  for (const Mention& m : mentions_) {
    if (m.entity != entity || m.sort == Mention::pronoun) continue;
    std::vector<float> heard = words_->probabilities(WordJudges::sector, m.head);
    ++count;
    for (size_t k = 0; k < classes.size(); ++k) {
      most[k] = std::max(most[k], heard[k]);
      sum[k] += heard[k];
    }
  }
  if (!count) return out;
  const size_t best =
      static_cast<size_t>(std::max_element(sum.begin() + 1, sum.end()) - sum.begin());
  const std::string rule = e.actor.sector.empty() ? "-" : e.actor.sector;
  out.none = {"it", "rules " + rule, "kind " + e.kind,
              "none heard " + tenth(sum[0] / static_cast<float>(count))};
  for (size_t k = 1; k < classes.size(); ++k) {
    SignCase::Candidate c;
    c.id = static_cast<int>(k);
    const std::string& name = classes[k];
    const std::string average = tenth(sum[k] / static_cast<float>(count));
    c.signs = {"is " + name, "heard on average " + average, "heard at most " + tenth(most[k]),
               "is " + name + ", " + e.kind};
    if (k == best) {
      c.signs.push_back("likeliest");
      c.signs.push_back("likeliest, " + e.kind);
      c.signs.push_back("likeliest, rules " + rule);
    }
    if (name == rule) {
      c.signs.push_back("rules");
      c.signs.push_back("rules say " + name);
      c.signs.push_back("rules, heard " + average);
    }
    out.candidates.push_back(std::move(c));
  }
  return out;
}

// Of all entities from `first` on.
void Entities::find_sectors(int first) {
  if (!words_ || !sector_) return;
  const std::vector<std::string>& classes = words_->judges().classes(WordJudges::sector);
  for (int i = first; i < static_cast<int>(entities_.size()); ++i) {
    if (memory_[i].names_state) continue;
    const SignJudge::Verdict v = sector_->sure(sector_case(i));
    Entity& e = entities_[i];
    if (v.id < 0 || classes[static_cast<size_t>(v.id)] == e.actor.sector) continue;
    e.explain += "; " + classes[static_cast<size_t>(v.id)] +
                 (e.actor.sector.empty() ? "" : " and not " + e.actor.sector) + " by the judges, " +
                 two_decimals(v.probability);
    e.actor.sector = classes[static_cast<size_t>(v.id)];
    std::erase(e.actor.other_sectors, e.actor.sector);
  }
}

}  // namespace chancery
