#include "record/dyads.h"

namespace chancery {

Record complete_pairs(Record r) {
  auto keep_known = [&](std::vector<int>& side) {
    std::erase_if(
        side, [&](int who) { return r.entities[static_cast<size_t>(who)].actor.country.empty(); });
    return !side.empty();
  };
  std::erase_if(r.events, [&](Event& e) {
    // Both sides are looked through, whichever fails.
    bool source = keep_known(e.source), target = keep_known(e.target);
    return !source || !target;
  });
  return r;
}

}  // namespace chancery
