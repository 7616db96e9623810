#include "reading/sign_judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/table.h"

namespace chancery {

SignJudge::SignJudge(const std::string& table) {
  Table rows(table, {"sign", "weight"});
  for (const Table::Row& row : rows.rows()) {
    char* end = nullptr;
    double weight = std::strtod(row[1].c_str(), &end);
    if (row[1].empty() || *end || !std::isfinite(weight)) row.fail("a weight is a number");
    if (row[0] == "threshold") threshold_ = weight;
    else if (!weights_.emplace(row[0], weight).second) row.fail("'" + row[0] + "' stands twice");
  }
}

double SignJudge::weight(const std::string& sign) const {
  auto found = weights_.find(sign);
  return found == weights_.end() ? 0 : found->second;
}

SignJudge::Verdict SignJudge::decide(const SignCase& c) const {
  auto sum = [&](const std::vector<std::string>& signs) {
    double total = 0;
    for (const std::string& s : signs) total += weight(s);
    return total;
  };
  Verdict out;
  const double none = std::exp(sum(c.none));
  double best = 0, all = none;
  const SignCase::Candidate* winner = nullptr;
  for (const SignCase::Candidate& x : c.candidates) {
    double score = sum(x.signs);
    all += std::exp(score);
    if (winner && score <= best) continue;
    best = score;
    winner = &x;
  }
  if (!winner) return out;
  out.probability = std::exp(best) / all;
  out.any = 1 - none / all;
  out.id = out.likeliest = winner->id;
  std::vector<std::string> signs = winner->signs;
  std::stable_sort(signs.begin(), signs.end(), [&](const std::string& a, const std::string& b) {
    return weight(a) > weight(b);
  });
  const size_t most = std::min<size_t>(signs.size(), 3);
  for (size_t i = 0; i < most && weight(signs[i]) > 0; ++i) out.why += (i ? ", " : "") + signs[i];
  for (size_t i = 0; i < most && weight(signs[signs.size() - 1 - i]) < 0; ++i)
    out.against += (i ? ", " : "") + signs[signs.size() - 1 - i];
  return out;
}

SignJudge::Verdict SignJudge::sure(const SignCase& c) const {
  Verdict v = decide(c);
  if (v.probability < threshold_) v.id = -1;
  return v;
}

}  // namespace chancery
