#include "language/tree.h"

#include <algorithm>
#include <numeric>

namespace chancery {
namespace {

bool is_single_root_tree(const std::vector<int>& heads) {
  int n = static_cast<int>(heads.size()), roots = 0;
  std::vector<int> seen(n + 1, 0);
  for (int i = 1; i <= n; ++i) roots += heads[i - 1] == 0;
  if (roots != 1) return false;
  for (int i = 1; i <= n; ++i) {
    int at = i;
    while (at != 0 && seen[at] == 0) {
      seen[at] = i;
      at = heads[at - 1];
    }
    if (at != 0 && seen[at] == i) return false;
  }
  return true;
}

struct Arc {
  double weight = 0;  // less what the arcs it competes with inside its group have paid
  int head = -1, dependent = -1;
};

// Maximum spanning arborescence from node 0 over nodes 0..n, after Tarjan (1977) for dense graphs.
// A group is a word or a cycle of groups contracted into one; a path of groups grows along each
// group's best arc in, until it meets the root or itself. Every contraction joins rows of arcs in
// O(n) a member, and every group is searched once: O(n²) in all.
class Arborescence {
 public:
  Arborescence(int words, double root_penalty, const std::vector<float>& scores)
      : nodes_(words + 1), group_of_(nodes_), arcs_(2 * static_cast<size_t>(nodes_)) {
    std::iota(group_of_.begin(), group_of_.end(), 0);
    for (int d = 1; d < nodes_; ++d) {
      arcs_[d].resize(nodes_);
      for (int h = 0; h < nodes_; ++h) {
        double score = scores[static_cast<size_t>(nodes_) * (d - 1) + h];
        arcs_[d][h] = {h == 0 ? score - root_penalty : score, h, d};
      }
    }
    outer_.assign(2 * static_cast<size_t>(nodes_), -1);
    chosen_.resize(2 * static_cast<size_t>(nodes_));
    next_ = nodes_;
  }

  // The head of each word.
  std::vector<int> solve() {
    std::vector<char> settled(2 * static_cast<size_t>(nodes_), 0), on_path(settled);
    settled[0] = 1;
    for (int d = 1; d < nodes_; ++d) {
      std::vector<int> path;
      int group = group_of_[d];
      while (!settled[group]) {
        if (on_path[group]) {
          group = contract(path, group, on_path);
          continue;
        }
        path.push_back(group);
        on_path[group] = 1;
        chosen_[group] = best_arc(group);
        group = group_of_[chosen_[group].head];
      }
      for (int g : path) settled[g] = 1;
    }
    return expand();
  }

 private:
  Arc best_arc(int group) const {
    Arc best;
    for (const Arc& arc : arcs_[group])
      if (group_of_[arc.head] != group && (best.head < 0 || arc.weight > best.weight)) best = arc;
    return best;
  }

  // The end of `path` from `first` on is a cycle: it becomes one group, which may be entered at any
  // member at the price of that member's own arc.
  int contract(std::vector<int>& path, int first, std::vector<char>& on_path) {
    int made = next_++;
    std::vector<Arc> row;
    for (int member = -1; member != first;) {
      member = path.back();
      path.pop_back();
      on_path[member] = 0;
      outer_[member] = made;
      std::vector<Arc> arcs = std::move(arcs_[member]);
      for (Arc& arc : arcs) arc.weight -= chosen_[member].weight;
      if (row.empty()) row = std::move(arcs);
      else
        for (int h = 0; h < nodes_; ++h)
          if (arcs[h].weight > row[h].weight) row[h] = arcs[h];
    }
    arcs_[made] = std::move(row);
    for (int v = 1; v < nodes_; ++v)
      if (outer_[group_of_[v]] == made) group_of_[v] = made;
    return made;
  }

  // Groups from the last made to the words: the arc that enters a group replaces the arc of each
  // group inside it that holds the word it enters at.
  std::vector<int> expand() {
    for (int group = next_ - 1; group >= nodes_; --group) {
      Arc arc = chosen_[group];
      int inside = arc.dependent;
      while (outer_[inside] != group) inside = outer_[inside];
      chosen_[inside] = arc;
    }
    std::vector<int> heads(nodes_ - 1);
    for (int d = 1; d < nodes_; ++d) heads[d - 1] = chosen_[d].head;
    return heads;
  }

  int nodes_, next_ = 0;
  std::vector<int> group_of_,
      outer_;  // of a word its outermost group; of a group the one around it
  std::vector<std::vector<Arc>> arcs_;  // into a group, by the word or root they come from
  std::vector<Arc> chosen_;
};

}  // namespace

std::vector<int> best_tree(const std::vector<float>& scores, int n) {
  std::vector<int> heads(n, 0);
  float low = 0, high = 0;
  for (int i = 0; i < n; ++i) {
    const float* row = &scores[static_cast<size_t>(n + 1) * i];
    int best = -1;
    for (int j = 0; j <= n; ++j) {
      if (j == i + 1) continue;
      if (best < 0 || row[j] > row[best]) best = j;
      low = std::min(low, row[j]);
      high = std::max(high, row[j]);
    }
    heads[i] = best;
  }
  if (n == 0 || is_single_root_tree(heads)) return heads;
  // Every arc from the root costs more than all other choices together can bring, so that the best
  // tree has one such arc, and of all trees with one it is the best.
  return Arborescence(n, (static_cast<double>(high) - low + 1) * (n + 1), scores).solve();
}

}  // namespace chancery
