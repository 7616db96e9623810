#include "language/tree.h"

#include <algorithm>
#include <limits>

namespace chancery {
namespace {

constexpr float kNever = -1e30f;

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

// Maximum spanning arborescence from node 0 over nodes 0..n. s[d][h]; returns heads (index 0
// unused). Cycles are contracted one at a time; no recursion deeper than the number of
// contractions, which halves the nodes or better in practice and is bounded by the sentence limit
// of the tokenizer.
std::vector<int> arborescence(const std::vector<std::vector<float>>& s) {
  int n = static_cast<int>(s.size());
  std::vector<int> head(n, 0);
  for (int d = 1; d < n; ++d) {
    int best = -1;
    for (int h = 0; h < n; ++h)
      if (h != d && (best < 0 || s[d][h] > s[d][best])) best = h;
    head[d] = best;
  }
  // Find a cycle.
  std::vector<int> colour(n, 0), cycle;
  colour[0] = -1;
  for (int d = 1; d < n && cycle.empty(); ++d) {
    int at = d;
    while (colour[at] == 0) {
      colour[at] = d;
      at = head[at];
    }
    if (colour[at] == d) {
      int start = at;
      do {
        cycle.push_back(at);
        at = head[at];
      } while (at != start);
    }
  }
  if (cycle.empty()) return head;
  // Contract it into the last node of a smaller graph.
  std::vector<char> inside(n, 0);
  for (int v : cycle) inside[v] = 1;
  std::vector<int> outer, number(n, -1);
  for (int v = 0; v < n; ++v)
    if (!inside[v]) {
      number[v] = static_cast<int>(outer.size());
      outer.push_back(v);
    }
  int m = static_cast<int>(outer.size());
  std::vector<std::vector<float>> t(m + 1, std::vector<float>(m + 1, kNever));
  std::vector<int> enter(m, -1), leave(m, -1);
  for (int a = 0; a < m; ++a) {
    for (int b = 0; b < m; ++b) t[a][b] = s[outer[a]][outer[b]];
    for (int v : cycle) {
      // Into the cycle from outer[a], breaking v's own arc.
      float in = s[v][outer[a]] - s[v][head[v]];
      if (enter[a] < 0 || in > t[m][a]) {
        t[m][a] = in;
        enter[a] = v;
      }
      float out = s[outer[a]][v];
      if (leave[a] < 0 || out > t[a][m]) {
        t[a][m] = out;
        leave[a] = v;
      }
    }
  }
  std::vector<int> inner = arborescence(t);
  for (int a = 1; a < m; ++a) head[outer[a]] = inner[a] == m ? leave[a] : outer[inner[a]];
  int from = inner[m];
  head[enter[from]] = outer[from];
  return head;
}

}  // namespace

std::vector<int> best_tree(const std::vector<float>& scores, int n) {
  std::vector<int> heads(n, 0);
  for (int i = 0; i < n; ++i) {
    const float* row = &scores[static_cast<size_t>(n + 1) * i];
    int best = -1;
    for (int j = 0; j <= n; ++j)
      if (j != i + 1 && (best < 0 || row[j] > row[best])) best = j;
    heads[i] = best;
  }
  if (n == 0 || is_single_root_tree(heads)) return heads;
  std::vector<std::vector<float>> s(n + 1, std::vector<float>(n + 1, kNever));
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= n; ++j)
      if (j != i + 1) s[i + 1][j] = scores[static_cast<size_t>(n + 1) * i + j];
  auto total = [&](const std::vector<int>& h) {
    float sum = 0;
    for (int i = 1; i <= n; ++i) sum += scores[static_cast<size_t>(n + 1) * (i - 1) + h[i]];
    return sum;
  };
  // No tree with root r can score more than r's root arc and everybody else's best arc to a word:
  // roots are tried in the order of that bound until it falls below the best tree found.
  float others = 0;
  std::vector<float> best_word(n + 1, 0);
  for (int i = 1; i <= n; ++i) {
    best_word[i] = n == 1 ? 0 : *std::max_element(s[i].begin() + 1, s[i].end());
    others += best_word[i];
  }
  auto bound = [&](int root) { return s[root][0] + others - best_word[root]; };
  std::vector<int> candidates(n);
  for (int i = 0; i < n; ++i) candidates[i] = i + 1;
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](int a, int b) { return bound(a) > bound(b); });
  float best = -std::numeric_limits<float>::infinity();
  std::vector<int> winner;
  for (int root : candidates) {
    if (!winner.empty() && bound(root) <= best) break;
    auto only = s;
    for (int i = 1; i <= n; ++i) {
      if (i != root) only[i][0] = kNever;
      else std::fill(only[i].begin() + 1, only[i].end(), kNever);
    }
    std::vector<int> found = arborescence(only);
    float score = total(found);
    if (winner.empty() || score > best) {
      best = score;
      winner = std::move(found);
    }
  }
  for (int i = 0; i < n; ++i) heads[i] = winner[i + 1];
  return heads;
}

}  // namespace chancery
