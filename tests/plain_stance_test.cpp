// What the grammar alone says of a stance: whose it is, which words are its own, what both sides ought
// to do, and what never came about.
#include <gtest/gtest.h>

#include "accurate.h"

namespace chancery {
namespace {

std::string stands(const std::string& text) { return test::stands(test::read_accurately(text)); }

TEST(PlainStance, ADemandIsOfWhoseItIs) {
  EXPECT_EQ(stands("Iceland's demand for the return of the boats was rejected by Norway."),
            "Iceland demands: Iceland's demand for the return of the boats, "
            "Norway rejects: rejected by Norway");
}

// Who tells of it is not who takes it, and takes no pronoun's or a condition's for a name.
TEST(PlainStance, AStanceIsOfWhoTakesItInTheSpeakersWords) {
  EXPECT_EQ(stands("\"The fishermen support the strike,\" Swedish Senator Ida Varga said."),
            "The fishermen supports: The fishermen support the strike");
  EXPECT_EQ(stands("\"We support the strike,\" Swedish Senator Ida Varga said."),
            "Ida Varga supports: We support the strike");
}

TEST(PlainStance, WhatSomebodyIsAgainstMayBeDone) {
  EXPECT_EQ(stands("The Slovak president is against sending weapons."),
            "The Slovak president opposes: against sending weapons");
}

TEST(PlainStance, WhatBothOughtToDoIsProposed) {
  EXPECT_EQ(stands("Norwegian Premier Ida Varga said both countries should reopen the rail line."),
            "Ida Varga proposes: both countries should reopen the rail line");
  EXPECT_EQ(stands("Norwegian Premier Ida Varga said Iceland should reopen the rail line."),
            "Ida Varga demands: Iceland should reopen the rail line");
}

TEST(PlainStance, WhatNeverCameAboutIsNoOffer) {
  EXPECT_EQ(stands("\"If the rebels had kept their word, there would be peace today,\" Norwegian "
                   "General Jon Lund said."),
            "");
}

TEST(PlainStance, WhatIsHopedNeverToBeIsOpposed) {
  EXPECT_EQ(stands("\"We hope such an attack will never happen again,\" Kenyan President Ida Varga "
                   "said."),
            "Ida Varga opposes: such an attack will never happen again");
}

TEST(PlainStance, AnAnswerToWhatAnotherWouldDoIsAWarning) {
  EXPECT_EQ(stands("\"If the army crosses the border, we shall respond with force,\" Syrian "
                   "minister Jon Lund said."),
            "Jon Lund warns: we shall respond with force [If the army crosses the border]");
}

TEST(PlainStance, WhatOnesOwnSideHadToDoIsAskedOfNobody) {
  EXPECT_EQ(
      stands("Egypt had to buy its wheat later than planned, Egyptian Prime Minister Jon Lund "
             "said."),
      "");
}

TEST(PlainStance, WhatIsInsistedOnEndsBeforeWhatWouldFollow) {
  EXPECT_EQ(stands("Turkey insisted Tuesday that the embargo imposed after its incursion be lifted "
                   "before it would consider reopening its straits."),
            "Turkey demands: the embargo imposed after its incursion be lifted");
}

TEST(PlainStance, AnotherClauseBehindButIsNoPartOfIt) {
  EXPECT_EQ(
      stands("Kosovo has agreed to the plan, but Serbia has not and is still seeking changes, a "
             "diplomat said."),
      "Kosovo accepts: Kosovo has agreed to the plan");
}

}  // namespace
}  // namespace chancery
