// Is this cue a statement of the record? One question, asked in one place: what rules and learnt
// reader gathered about a cue goes in, a verdict with its reason comes out.
//
// The corpora of attribution count wishes, beliefs and acts among attributions ("wants", "rejected
// the plan"); the record keeps what somebody said. `chancery … --attributions all` asks nobody and
// keeps the wider notion.
#pragma once
#include <string_view>

#include "reading/lexicon.h"
#include "reading/thresholds.h"

namespace chancery {

enum class Attributions { record, all };

struct CueEvidence {
  CueKind kind = CueKind::act;  // of the cue's lemma; of a word that no table lists: act
  bool listed = false;          // the table of cues has the lemma
  bool by_rule = false;         // a rule found the content; else the learnt reader alone
  bool silent = false;          // there is no learnt reader
  bool judged = false;          // it is a judge of the record's own cues (judged_attributions.h)
  double heard = 0;             // its probability that this is a cue, 0: not heard
  bool finite = false;          // it tells ("said"), it is not only spoken of ("to say")
  bool direct = false;          // all content stands in quotation marks
  bool quoted = false;          // some of it does
  bool speaker = false;         // somebody is known to speak
  bool thing = false;           // the speaker is a thing: a study, a letter
  bool clause = false;          // the content has a verb of its own
  bool question = false;        // the content asks: "whether …", "how many …"
};

struct Verdict {
  bool statement = false;
  std::string_view why;
};

Verdict is_statement(const CueEvidence& evidence, const Thresholds& least);

}  // namespace chancery
