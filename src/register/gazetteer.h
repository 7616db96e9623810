// Towns of the world with coordinates (data/register/places.tsv, from GeoNames, CC BY 4.0). The
// file is kept as it is read and searched by bisection; lines are parsed when asked for. Immutable
// after loading, shared between threads.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

struct Town {
  std::string_view name;
  std::string_view country;  // ISO 3166 alpha-3
  double latitude = 0, longitude = 0;
  long population = 0;
  bool capital = false;       // of a state
  std::string_view geonames;  // number in GeoNames
};

class Gazetteer {
 public:
  // Throws StartError naming file and line: a wrong header, a wrong number of fields, lines out of
  // order.
  explicit Gazetteer(const std::string& path);

  // All towns of this name as it is written, largest first; empty when unknown.
  std::vector<Town> find(std::string_view name) const;
  size_t size() const { return lines_.size(); }

 private:
  std::string text_;
  std::vector<uint32_t> lines_;  // where each line begins
};

}  // namespace chancery
