// Looks over the reader's shoulder at what its learnt decisions are asked and answer: so training
// learns from the very cases that reading meets (training/sign_cases.cpp), and people see what was
// weighed and left out. Reading is the same with it.
#pragma once
#include <functional>
#include <vector>

#include "reading/sign_judge.h"
#include "record/record.h"

namespace chancery {

class TreeView;
class Entities;
struct FoundEvent;
struct FoundStatement;
struct NoveltyProposal;

struct ReadingWatch {
  // A trigger with its sides; the verdict's id is -1 where it names no act.
  std::function<void(const TreeView&, const Entities&, const FoundEvent&, const SignCase&,
                     const SignJudge::Verdict&)>
      act;
  // Somebody, as source or target of the act at a trigger.
  std::function<void(const TreeView&, const Entities&, int trigger, bool source, const SignCase&)>
      side;
  // An act and the earlier ones of its type (the ids of the candidates), before it is decided
  // whether it is one of them.
  std::function<void(const std::vector<FoundEvent>& earlier, const FoundEvent& later,
                     const SignCase&)>
      retelling;
  // An act and the dates that the text offers for it (the ids of the candidates are places there).
  std::function<void(const FoundEvent&, const std::vector<When>& dates, const SignCase&)> date;
  // The same for a statement.
  std::function<void(const FoundStatement&, const std::vector<When>& dates, const SignCase&)>
      said_date;
  // Words that may carry a position, with the rule's stance if a rule names one; the id is -1 where
  // they carry none.
  std::function<void(const TreeView&, const Entities&, const Position&, const SignCase&,
                     const SignJudge::Verdict&)>
      stance;
  // The same words and whose position they are (the ids of the candidates are entities).
  std::function<void(const TreeView&, const Entities&, const Position&, const SignCase&)> holder;
  // A word that may claim that something is new.
  std::function<void(const TreeView&, const NoveltyProposal&, const SignCase&)> novelty;
};

}  // namespace chancery
