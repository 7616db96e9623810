// "was quoted by the Herald as saying", "the Herald cited Ilo as saying": who speaks and who carries
// it, read from the words between, since trees of long sentences often lose them.
#pragma once
#include "reading/lexicon.h"
#include "reading/tree_view.h"
#include "reading/when/times.h"

namespace chancery {

struct QuotedFrame {
  int verb = -1;  // quoted, cited; -1: no such frame
  int speaker = -1, carrier = -1;
  int begin = -1;  // the first token of the frame's words before its verb
  bool passive = false;
};

// The frame that a "saying" closes. Days that stand where a name is looked for ("the agency Tuesday
// quoted") are passed over where times are given.
QuotedFrame quoted_frame(const TreeView& tree, const Lexicon& lexicon, int saying,
                         const Times* times = nullptr);
// Does a verb of quoting open such a frame? Then what is said is told at its "saying".
bool told_at_saying(const TreeView& tree, const Lexicon& lexicon, int verb);

}  // namespace chancery
