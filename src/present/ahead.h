// What a report has for days to come: plans of somebody, then what is set for a day in the text's own
// words (a vote, a trial) and is told by none of them.
#pragma once
#include <string>
#include <vector>

#include "present/words.h"
#include "record/record.h"

namespace chancery::present {

// "Tue 3 June: Norway is to meet with Iceland", plans in the order of their days. `home_year` is not
// told with them.
std::vector<std::string> ahead(const Record& record, std::vector<const Event*> plans,
                               const Words& words, int home_year);

}  // namespace chancery::present
