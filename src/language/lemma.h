// Lemmas as edit scripts: a small rule that turns a form into its lemma and is learnt as a class.
// A script is "<case><cut>:<ending>": case 'l' lower-cases the form first, 'k' keeps it; `cut` code
// points are cut from its end and the ending is added; cut '*' replaces the whole form ("l*:be").
#pragma once
#include <string>
#include <string_view>

namespace chancery {

std::string lemma_script(std::string_view form, std::string_view lemma);

// A script taken apart once, to be applied to many forms. One that does not fit a form (it cuts
// more than there is, or is no script at all) leaves it as it is.
class LemmaScript {
 public:
  explicit LemmaScript(std::string_view script);
  void apply(std::string_view form, std::string& lemma) const;

 private:
  bool lower_ = false, whole_ = false, valid_ = false;
  int cut_ = 0;  // code points
  std::string ending_;
};

inline std::string apply_lemma_script(std::string_view form, std::string_view script) {
  std::string lemma;
  LemmaScript(script).apply(form, lemma);
  return lemma;
}

}  // namespace chancery
