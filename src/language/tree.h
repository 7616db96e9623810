// The best dependency tree with exactly one root under given arc scores (Chu and Liu 1965, Edmonds
// 1967; the single root by trying the roots whose bound can still win; cf. Zmigrod, Vieira and
// Cotterell 2020).
#pragma once
#include <vector>

namespace chancery {

// scores[(n + 1) * i + j]: word i + 1 hangs on node j, 0 = root, j != i + 1; n words. Returns for
// each word its head node. When the greedy choice already is such a tree the cost is O(n²), else
// O(n³) at worst.
std::vector<int> best_tree(const std::vector<float>& scores, int n);

}  // namespace chancery
