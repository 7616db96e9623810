#include "reading/said/one_carrier.h"

#include <algorithm>
#include <string_view>

#include "reading/said/chain_reach.h"
#include "reading/said/statement_sources.h"

namespace chancery {
namespace {

class OneCarrier {
 public:
  OneCarrier(const TreeView& tree, const Entities& entities) : t_(tree), e_(entities) {}

  void settle(const Sentence& s, Statement& x) const {
    std::vector<int> kept;
    for (int carrier : x.via) {
      const int medium = whose(s, carrier);
      if (medium >= 0) add_carrier(kept, medium);
      else if (!inside_another(s, x.via, carrier)) add_carrier(kept, carrier);
    }
    x.via = std::move(kept);
  }

 private:
  // Is this the mark of a possessor? A tree may take a bare apostrophe for a quotation mark.
  bool possessive(int token) const {
    return token < t_.size() && (t_.tag(token, "POS") || t_[token].form == "‘");
  }

  // The medium whose programme or journalist is named as the carrier; -1 for none.
  int whose(const Sentence& s, int carrier) const {
    const Entity& x = e_.entities()[static_cast<size_t>(carrier)];
    if (!is_medium(e_, carrier) && !(x.kind == "person" && x.actor.sector == "JRN")) return -1;
    for (const Mention& m : e_.mentions()) {
      if (m.entity != carrier || m.begin < s.begin || m.end > s.end) continue;
      for (const Mention& owner : e_.mentions())
        if (owner.entity != carrier && is_medium(e_, owner.entity) && owner.end < s.end &&
            possessive(owner.end) && possesses(owner, m))
          return owner.entity;
    }
    return -1;
  }

  // The owner begins the phrase, or stands before a title that it is part of ("NBC's Meet the
  // Press").
  bool possesses(const Mention& owner, const Mention& m) const {
    int next = owner.end + 1;
    if (m.begin <= owner.begin && next < m.end) return true;
    while (next < m.begin && of_a_title(next)) ++next;
    return next == m.begin;
  }

  bool of_a_title(int token) const {
    const std::string_view form = t_[token].form;
    return is_punctuation(form) || t_.tag(token, "DT") || (form[0] >= 'A' && form[0] <= 'Z');
  }

  // Is a carrier named only inside the name of another one?
  bool inside_another(const Sentence& s, const std::vector<int>& via, int carrier) const {
    bool inside = false;
    for (const Mention& m : e_.mentions()) {
      if (m.entity != carrier || m.begin < s.begin || m.end > s.end) continue;
      if (!std::any_of(e_.mentions().begin(), e_.mentions().end(), [&](const Mention& outer) {
            return outer.entity != carrier && outer.begin <= m.begin && outer.end >= m.end &&
                   outer.end - outer.begin > m.end - m.begin &&
                   std::find(via.begin(), via.end(), outer.entity) != via.end();
          }))
        return false;
      inside = true;
    }
    return inside;
  }

  const TreeView& t_;
  const Entities& e_;
};

}  // namespace

void one_carrier_a_phrase(const TreeView& tree, const Entities& entities,
                          std::vector<FoundStatement>& found) {
  const OneCarrier one(tree, entities);
  for (FoundStatement& f : found)
    if (!f.statement.via.empty() && f.cue_verb >= 0)
      one.settle(tree.sentence(f.cue_verb), f.statement);
}

}  // namespace chancery
