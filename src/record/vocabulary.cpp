#include "record/vocabulary.h"

#include <algorithm>

namespace chancery {

std::string ClosedList::listed() const {
  std::string out;
  for (std::string_view v : values_) out += (out.empty() ? "" : ", ") + std::string(v);
  return out;
}

bool is_claim(std::string_view claim) {
  if (claim.starts_with("most ")) return claim.size() > 5 && claim.size() <= 80;
  size_t digits = claim.find_first_not_of("0123456789");
  if (digits > 0 && digits < 4 && digits != std::string_view::npos) {
    std::string_view end = claim.substr(digits);
    if (end == "st" || end == "nd" || end == "rd" || end == "th") return true;
  }
  return kOrdinals.has(claim) || (kSuperlatives.has(claim) && claim != "most") ||
         kUnheardOf.has(claim);
}

Codes::Codes(const Ontology& ontology, const Register& known) {
  for (const auto& [name, type] : ontology.types()) modes_[name];
  for (const Ontology::Mode& m : ontology.modes()) modes_[m.type].insert(m.mode);
  for (const auto& [code, meaning] : ontology.codes()) cameo_.insert(code);
  for (const Ontology::Context& c : ontology.contexts()) contexts_.insert(c.name);
  for (const auto& [sector, name] : ontology.sectors()) sectors_.insert(sector);
  for (const State& s : known.states()) countries_.insert(s.code);
  for (std::string_view body : kBodies.values()) countries_.emplace(body);
}

bool Codes::has_mode(std::string_view type, std::string_view mode) const {
  auto found = modes_.find(type);
  return found != modes_.end() && found->second.count(mode) > 0;
}

std::vector<std::string> Codes::types() const {
  std::vector<std::string> out;
  for (const auto& [type, modes] : modes_) out.push_back(type);
  return out;
}

std::vector<std::string> Codes::modes() const {
  Set all;
  for (const auto& [type, modes] : modes_) all.insert(modes.begin(), modes.end());
  return {all.begin(), all.end()};
}

}  // namespace chancery
