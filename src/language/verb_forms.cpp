#include "language/verb_forms.h"

#include "base/utf8.h"

namespace chancery {
namespace {

bool vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

bool has_vowel(std::string_view stem) {
  for (char c : stem)
    if (vowel(c) || static_cast<unsigned char>(c) >= 0x80) return true;
  return false;
}

// What may follow the stem of a regular form in its verb: "oppos" takes an e, "condemn" nothing, "stopp"
// loses a letter.
struct Ends {
  bool bare = true, with_e = true, shorter = false;
};

Ends ends_of(std::string_view stem) {
  const size_t n = stem.size();
  const char last = stem[n - 1], before = n > 1 ? stem[n - 2] : 'a';
  const auto one_of = [](char c, std::string_view letters) {
    return letters.find(c) != std::string_view::npos;
  };
  if (one_of(last, "vzcu")) return {false, true, false};  // approve, seize, produce, argue
  if (vowel(last) || vowel(before)) return {};
  if (last == before) {
    if (one_of(last, "sfz")) return {true, false, false};  // pass, stuff
    if (last == 'l' || n < 4) return {true, false, true};  // call, cancel; add, err
    return {false, false, true};                           // stop, commit
  }
  if (last == 'l')
    return one_of(before, "rw") ? Ends{true, false, false} : Ends{false, true, false};
  if (one_of(last, "gst") && one_of(before, "rdnlps")) {
    if (last == 'g' && before != 'n') return {false, true, false};  // urge, judge
    if (last == 't' && before != 's') return {true, false, false};  // report, adopt
    return {};  // endorse, sense, challenge, waste and test, long
  }
  if (last == 'h' && before == 't') return {};  // bathe
  return {true, false, false};                  // condemn, attack, fund
}

}  // namespace

VerbForm verb_form(std::string_view form) {
  const std::string low = lower(form);
  const std::string_view word = low;
  if (word.ends_with("ed") && has_vowel(word.substr(0, word.size() - 2)))
    return word.ends_with("eed") || word.ends_with("embed") ? VerbForm::other : VerbForm::past;
  if (word.ends_with("ing") && has_vowel(word.substr(0, word.size() - 3)))
    return VerbForm::participle;
  return VerbForm::other;
}

std::vector<std::string_view> verb_scripts(std::string_view form, VerbForm kind) {
  if (kind == VerbForm::other) return {};
  const bool past = kind == VerbForm::past;
  const std::string low = lower(form);
  if (past && low.ends_with("ied")) return {low.size() > 4 ? "l3:y" : "l1:"};
  const Ends ends = ends_of(std::string_view(low).substr(0, low.size() - (past ? 2 : 3)));
  std::vector<std::string_view> out;
  if (ends.bare) out.push_back(past ? "l2:" : "l3:");
  if (ends.with_e) out.push_back(past ? "l1:" : "l3:e");
  if (ends.shorter) out.push_back(past ? "l3:" : "l4:");
  return out;
}

bool verb_tag_fits(VerbForm kind, std::string_view xpos) {
  // What is no verb's tag at all is another question.
  if (!xpos.starts_with("VB") && xpos != "JJ" && xpos != "UH" && xpos != "MD") return true;
  if (kind == VerbForm::past) return xpos == "VBD" || xpos == "VBN";
  return kind != VerbForm::participle || xpos == "VBG";
}

}  // namespace chancery
