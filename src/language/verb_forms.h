// What the letters of a regular verb's form say, whatever the network hears: "rejected" is past or a
// participle and comes from a shorter word. An encoder that reads common words as one piece knows their
// letters by their endings alone, and leaves one in twenty of those that no treebank has as they are.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

enum class VerbForm { other, past, participle };  // of the two last: "-ed", "-ing"

// By the letters of a form in any case: `other` where they may be a verb's own ("embed", "proceed", "bring").
VerbForm verb_form(std::string_view form);

// The scripts (lemma.h) that may turn a regular form into its verb; empty for `other`. Often one:
// "stopped" cuts three letters, "condemned" two; "visited" may cut two or one.
std::vector<std::string_view> verb_scripts(std::string_view form, VerbForm kind);

// May a word of that form have this tag of the Penn treebank, if it is a verb?
bool verb_tag_fits(VerbForm kind, std::string_view xpos);

}  // namespace chancery
