// What the bodies of states are called: those that every state has one of by the state and the body, in whatever
// words an article speaks of them (Register::body_of_state, docs/decisions/28-a-body-of-a-state-has-one-name.md).
#pragma once
#include <string_view>
#include <vector>

#include "record/record.h"
#include "register/register.h"

namespace chancery {

// Renames them, and says in `explain` what they were called. Their states and mentions must be known. Without the
// state where that is only inferred; rebels, who call themselves armies, and what the register knows by name stay.
void name_bodies(std::vector<Entity>& entities, std::string_view text, const Register& known);

}  // namespace chancery
