// Looks over the reader's shoulder at what its learnt decisions are asked, so that training learns
// from the very cases that reading meets (training/sign_cases.cpp). Reading is the same with it.
#pragma once
#include <functional>
#include <vector>

#include "reading/entities.h"
#include "reading/events.h"
#include "reading/sign_judge.h"

namespace chancery {

struct ReadingWatch {
  // A trigger with its sides, before its type is decided.
  std::function<void(const TreeView&, const Entities&, const FoundEvent&, const SignCase&)> act;
  // Somebody, as source or target of the act at a trigger.
  std::function<void(const TreeView&, const Entities&, int trigger, bool source, const SignCase&)>
      side;
  // An act and the earlier ones of its type (the ids of the candidates), before it is decided
  // whether it is one of them.
  std::function<void(const std::vector<FoundEvent>& earlier, const FoundEvent& later,
                     const SignCase&)>
      retelling;
  // A position without or with a rule's stance, before it is decided.
  std::function<void(const TreeView&, const Entities&, const Position&, const SignCase&)> stance;
};

}  // namespace chancery
