// Lemmas as edit scripts: a small rule that turns a form into its lemma and is learnt as a class.
// A script is "<case><cut>:<ending>": case 'l' lower-cases the form first, 'k' keeps it; `cut` code points are cut from its
// end and the ending is added; cut '*' replaces the whole form ("l*:be").
#pragma once
#include <string>
#include <string_view>

namespace chancery {

std::string lemma_script(std::string_view form, std::string_view lemma);
// A script that does not fit the form (cuts more than there is) leaves it as it is.
std::string apply_lemma_script(std::string_view form, std::string_view script);

}  // namespace chancery
