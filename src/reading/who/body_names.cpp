#include "reading/who/body_names.h"

#include <string>

namespace chancery {
namespace {

// What a body that every state has one of is called, by its name or by the words around that ("the foreign ministry of
// Norway", of which a name may be the last three); "" for others.
std::string body_name(const Entity& e, std::string_view text, const Register& known) {
  std::vector<std::string_view> ways = {e.name};
  for (const Span mention : e.mentions)
    if (mention.of(text).find(e.name) != std::string_view::npos) ways.push_back(mention.of(text));
  for (const std::string_view words : ways) {
    const std::string name = e.basis == "context" ? known.body_alone(words, e.actor.country)
                                                  : known.body_of_state(words, e.actor.country);
    if (!name.empty()) return name;
  }
  return "";
}

}  // namespace

void name_bodies(std::vector<Entity>& entities, std::string_view text, const Register& known) {
  for (Entity& e : entities) {
    if (e.kind != "organization" || e.actor.sector == "REB") continue;
    const KnownName* own = known.find(e.name);
    if (own && own->sort == NameSort::organization) continue;
    const std::string name = body_name(e, text, known);
    if (name.empty() || name == e.name) continue;
    e.explain += "; '" + e.name + "' is the " + name;
    e.name = name;
  }
}

}  // namespace chancery
