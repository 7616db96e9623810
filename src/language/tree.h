// The best dependency tree with exactly one root under given arc scores (Chu and Liu 1965, Edmonds
// 1967; in O(n²) by Tarjan 1977; the single root by a price on arcs from it that no other gain can
// pay).
#pragma once
#include <vector>

namespace chancery {

// scores[(n + 1) * i + j]: word i + 1 hangs on node j, 0 = root, j != i + 1; n words. Returns for
// each word its head node. O(n²).
std::vector<int> best_tree(const std::vector<float>& scores, int n);

}  // namespace chancery
