// Bodies that every state has one of (data/register/state_bodies.tsv), by the words that are left when
// the state is taken away: "foreign ministry", "ministry of foreign affairs", "parliament". Whose a
// whole name is, asks Register::body_of_state.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

namespace chancery {

class StateBodies {
 public:
  // `file`: the table. Throws StartError naming file and line.
  explicit StateBodies(const std::string& file);

  // The name of the body ("Foreign Ministry"), "" for words that are none. British
  // spelling and capitals are as good as others; a ministry whose portfolio the table has not is known by its
  // capitals.
  std::string name(std::string_view words) const;

 private:
  std::unordered_map<std::string, std::string> bodies_, portfolios_;
};

}  // namespace chancery
