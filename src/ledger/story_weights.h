// How much what two reports share says of whether they are of one dispute: data/ledger/stories.tsv,
// compiled in as ledger_words.h is.
//
//   usual_share("@USA")          // of world news that is about it: one article in three
//   rarity(0.01)                 // what it counts to share a thing that one article in 100 has
//   story_limits().near
#pragma once
#include <string>

namespace chancery {

// Lines of the table with the same names, and what they mean.
struct StoryLimits {
  static constexpr long kNear = 3, kWeek = 7, kMonth = 45;  // days
  double near, week, month, later, join, spread, actor, rare, prior;
  // How alike an article must be to a storyline that was last told so many days away.
  double needed(long days) const;
};
// Throws StartError at the first call where the table is wrong.
const StoryLimits& story_limits();

// By which actors are told from words among what articles share.
inline constexpr char kActorSign = '@';

// The share of the articles of any news that have it; `rare` for what is in no line.
double usual_share(const std::string& key);
// Of a thing that so great a share of articles have: 0 where all do.
double rarity(double share);

}  // namespace chancery
