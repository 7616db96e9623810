#include "ledger/story_weights.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "base/embedded.h"
#include "base/error.h"
#include "base/word_sets.h"

CHANCERY_EMBEDDED(chancery_story_weights, CHANCERY_STORY_WEIGHTS);

namespace chancery {
namespace {

const std::string kFile = "data/ledger/stories.tsv";
constexpr WordSets::Name kNames[] = {
    {"limits", true}, {"common_actors", true}, {"common_words", true}};
enum Set { limits, common_actors, common_words };

double number(std::string_view text, const std::string& of) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || !(out > 0))
    throw StartError(kFile + ": '" + of + "' has no number over 0");
  return out;
}

// All numbers are looked at when the table is read, so that a wrong one is found at once.
WordSets checked() {
  WordSets sets =
      WordSets::compiled_in(chancery_story_weights, chancery_story_weights_end, kFile, kNames);
  for (Set set : {common_actors, common_words})
    for (const std::string& key : sets[set])
      if (number(sets[set].value(key), key) >= 1) throw StartError(kFile + ": '" + key + "' is 1");
  return sets;
}

const WordSets& sets() {
  static const WordSets all = checked();
  return all;
}

}  // namespace

double StoryLimits::needed(long days) const {
  return days <= kNear ? near : days <= kWeek ? week : days <= kMonth ? month : later;
}

const StoryLimits& story_limits() {
  static const StoryLimits all = [] {
    const auto of = [](const char* name) { return number(sets()[limits].value(name), name); };
    return StoryLimits{of("near"),   of("week"),  of("month"), of("later"), of("join"),
                       of("spread"), of("actor"), of("rare"),  of("prior")};
  }();
  return all;
}

double usual_share(const std::string& key) {
  const bool actor = !key.empty() && key[0] == kActorSign;
  const std::string_view name = std::string_view(key).substr(actor ? 1 : 0);
  const std::string_view value = sets()[actor ? common_actors : common_words].value(name);
  return value.empty() ? story_limits().rare : number(value, key);
}

double rarity(double share) { return std::max(0.0, -std::log(share)); }

}  // namespace chancery
