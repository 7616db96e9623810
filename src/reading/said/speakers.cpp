#include "reading/said/speakers.h"

#include <map>

#include "base/utf8.h"

namespace chancery {
namespace {

// The state for which the first clause of a content promises, refuses or judges; -1 if it does not. Of `its_own`
// ("its minister said") whatever it does.
int promising_state(const TreeView& t, const Entities& e, Span content, bool its_own) {
  TreeView::Range r = t.range_of(content);
  for (int i = r.begin; i < r.end; ++i) {
    if (!t.is_any(i, {"nsubj"})) continue;
    int verb = t[i].head, who = e.at(i);
    if (verb < r.begin || verb >= r.end || t.is_any(verb, {"advcl", "acl"})) return -1;
    // By name: whose "his government" is, is what we want to know.
    if (who < 0 || !t.tag(i, "NNP")) return -1;
    const Entity& x = e.entities()[who];
    if (x.kind != "place" || x.actor.country.size() != 3) return -1;
    std::string_view modal = t.modal(verb);
    bool own = its_own || t.in(WordList::promising_modals, modal) ||
               t.in(WordList::stances, t.lemma(verb)) || t.in(WordList::ready, lower(t[verb].form));
    for (int c : t.children(verb))
      own |= t.lemma(verb) == "have" && t.is(c, "obj") &&
             (t.lemma(c) == "intention" || t.lemma(c) == "plan");
    return own ? who : -1;
  }
  return -1;
}

// A person, or "the defence ministry".
bool speaks_for_a_state(const Entity& x) {
  return x.kind == "person" || (x.kind == "organization" && x.actor.sector == "GOV");
}

}  // namespace

void settle_speakers(const TreeView& t, const std::vector<FoundStatement>& statements,
                     Entities& e) {
  std::map<int, std::map<std::string, int>> votes;
  std::map<int, int> example;
  for (const FoundStatement& f : statements) {
    const Statement& s = f.statement;
    if (s.speaker < 0 || s.quote == "direct" || s.content.empty()) continue;
    const Entity& x = e.entities()[s.speaker];
    if (!speaks_for_a_state(x) || !(x.actor.country.empty() || x.basis == "context")) continue;
    const int opening = s.source.empty() ? -1 : t.token_at(s.source[0].begin);
    const bool its_own = opening >= 0 && t.tag(opening, "PRP$") && lower(t[opening].form) == "its";
    int state = promising_state(t, e, s.content[0], its_own);
    if (state < 0) continue;
    ++votes[s.speaker][e.entities()[state].actor.country];
    example.emplace(s.speaker, state);
  }
  for (const auto& [speaker, states] : votes) {
    if (states.size() != 1) continue;
    Entity& x = e.entities()[speaker];
    x.actor.country = states.begin()->first;
    if (x.actor.sector.empty() || x.actor.sector == "UNK") x.actor.sector = "GOV";
    x.basis = "context";
    x.explain += "; of " + x.actor.country + ", for which he says what " +
                 e.entities()[example[speaker]].name + " will do";
  }
}

}  // namespace chancery
