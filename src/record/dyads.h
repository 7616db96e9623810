// The view of event data: acts between two sides whose states are known, as POLECAT, ICEWS and GDELT
// count them. The record keeps every act; --dyads keeps the complete pairs.
#pragma once
#include "record/record.h"

namespace chancery {

// Without events that lack a source or a target of a known state; of a side of several, those of no
// known state go. All else stays. Linear.
Record complete_pairs(Record record);

}  // namespace chancery
