// Towns of the world with coordinates (data/register/places.tsv, from GeoNames, CC BY 4.0). The
// file is kept as it is read and searched by bisection; lines are parsed when asked for. Immutable
// after loading, shared between threads.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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
  // `names`: a table of other names (town_names.tsv) for towns that stand in the file, none if empty.
  explicit Gazetteer(const std::string& path, const std::string& names = "");

  // All towns of this name as it is written, or without the accents of their own, or that go by it in
  // English, largest first; empty when unknown.
  std::vector<Town> find(std::string_view name) const;
  size_t size() const { return lines_.size(); }

 private:
  std::string text_;
  void add_names(const std::string& path);
  std::vector<uint32_t> lines_named(std::string_view name) const;
  Town town_at(uint32_t line) const;

  std::vector<uint32_t> lines_;  // where each line begins
  // Names that are not the ones of the file, sorted, with the lines of their towns.
  std::vector<std::pair<std::string, uint32_t>> others_;
};

}  // namespace chancery
