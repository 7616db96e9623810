#include "reading/who/ranks.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// Words between a rank and the last words of an office: "deputy [foreign] minister".
constexpr int kBetween = 2;
// Steps from a word of an office up to the name that it describes.
constexpr int kSteps = 4;

class Ranks {
 public:
  Ranks(const TreeView& tree, const Register& known) : t_(tree), known_(known) {}

  // Where the words of the role stand beside this mention; -1 where they do not.
  int office_beside(const Mention& m, const std::vector<std::string_view>& role) const {
    const Sentence& s = t_.sentence(m.head);
    const int words = static_cast<int>(role.size());
    for (int i = s.begin; i + words <= s.end; ++i) {
      bool same = of(m, i + words - 1);
      for (int k = 0; k < words && same; ++k)
        same = word(i + k) == role[static_cast<size_t>(k)] || plain(i + k) == role[k];
      if (same) return i;
    }
    return -1;
  }

  // The rank before the office that begins here, "" for none.
  std::string before(int office, int begin) const {
    const std::string own = lower(t_[office].form);
    if (const size_t joint = own.find('-'); joint != std::string::npos)
      return known_.rank(own.substr(0, joint)) ? own.substr(0, joint + 1) : "";
    for (int i = office - 1; i >= std::max(begin, office - 1 - kBetween); --i) {
      const std::string low = lower(t_[i].form);
      if (known_.rank(low)) return low + " ";
      if (!t_.noun(i) && !t_.tag(i, "JJ")) break;
    }
    return "";
  }

 private:
  std::string word(int i) const { return lower(t_[i].form); }
  // "ministers", "vice-director": as the register has it.
  std::string plain(int i) const {
    const std::string low = lower(t_[i].lemma);
    const size_t joint = low.find('-');
    return joint != std::string::npos && known_.rank(low.substr(0, joint)) ? low.substr(joint + 1)
                                                                           : low;
  }

  // Is this word of the phrase of a mention, or of one in apposition to it?
  bool of(const Mention& m, int i) const {
    for (int steps = 0; i >= 0 && steps < kSteps; ++steps, i = t_[i].head) {
      if (i == m.head || (i >= m.begin && i < m.end)) return true;
      if (t_.is(m.head, "appos") && t_[m.head].head == i) return true;
      if (!t_.is_any(i, {"appos", "compound", "nmod", "nmod:desc", "flat", "amod", "conj"}))
        return false;
    }
    return false;
  }

  const TreeView& t_;
  const Register& known_;
};

}  // namespace

void keep_ranks(const TreeView& tree, const Register& known, const std::vector<Mention>& mentions,
                std::vector<Entity>& entities) {
  const Ranks ranks(tree, known);
  std::vector<const Mention*> in_order;
  for (const Mention& m : mentions)
    if (m.entity >= 0 && m.sort != Mention::pronoun) in_order.push_back(&m);
  std::stable_sort(in_order.begin(), in_order.end(),
                   [](const Mention* a, const Mention* b) { return a->begin < b->begin; });
  std::vector<char> settled(entities.size(), 0);
  for (const Mention* m : in_order) {
    const auto e = static_cast<size_t>(m->entity);
    Entity& x = entities[e];
    if (settled[e] || x.role.empty() || x.kind != "person") continue;
    const std::string role = lower(x.role);
    const int office = ranks.office_beside(*m, split_words(role));
    if (office < 0) continue;
    settled[e] = 1;
    x.role = ranks.before(office, tree.sentence(office).begin) + x.role;
  }
}

}  // namespace chancery
