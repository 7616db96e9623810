// A second look at coded events with the learnt reader of relations: an event whose type the reader
// finds very unlikely for its two sides gets the reader's; a sentence in which rules found no act
// between its actors gets the act that the reader is sure of. Every change is told in the event's
// explanation.
#pragma once
#include <vector>

#include "reading/done/events.h"
#include "reading/done/relation_model.h"
#include "reading/lexicon.h"
#include "reading/thresholds.h"
#include "reading/who/entities.h"

namespace chancery {

void review_events(const TreeView& tree, const Lexicon& lexicon, const RelationModel& model,
                   const Thresholds& least, const Times& times,
                   const std::vector<FoundStatement>& statements, const Entities& entities,
                   std::vector<FoundEvent>& events);

}  // namespace chancery
