#include "present/ahead.h"

#include <algorithm>

#include "record/when.h"

namespace chancery::present {

std::vector<std::string> ahead(const Record& r, std::vector<const Event*> plans, const Words& words,
                               int home_year) {
  std::stable_sort(plans.begin(), plans.end(),
                   [](const Event* a, const Event* b) { return earlier(a->when, b->when); });
  std::vector<std::string> out;
  for (const Event* e : plans)
    out.push_back((e->when.empty() ? "date not given" : e->when.words(home_year)) + ": " +
                  words.sentence(r, *e));
  for (const TimeExpression& t : r.times) {
    const bool told = std::any_of(plans.begin(), plans.end(),
                                  [&](const Event* e) { return e->span.overlaps(t.words); });
    if (!t.occasion.empty() && t.status == "planned" && !told)
      out.push_back(t.when.words(home_year) + ": " +
                    words.occasion(t.occasion, std::string(t.words.of(r.article.text))));
  }
  return out;
}

}  // namespace chancery::present
