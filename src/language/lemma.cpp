#include "language/lemma.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {
namespace {

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) out += decode_utf8(text, at);
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  for (char32_t c : text) append_utf8(out, c);
  return out;
}

}  // namespace

std::string lemma_script(std::string_view form, std::string_view lemma) {
  std::u32string target = decode(lemma);
  bool keep = std::any_of(target.begin(), target.end(), [](char32_t c) { return is_upper(c); });
  std::u32string source = keep ? decode(form) : decode(lower(form));
  size_t same = 0;
  while (same < source.size() && same < target.size() && source[same] == target[same]) ++same;
  size_t cut = source.size() - same;
  std::string out = keep ? "k" : "l";
  // A change of more than the ending is a word of its own: go for went.
  if (same == 0 && cut > 0) return out + "*:" + encode(target);
  return out + std::to_string(cut) + ":" + encode(std::u32string_view(target).substr(same));
}

LemmaScript::LemmaScript(std::string_view script) {
  size_t colon = script.find(':');
  if (script.size() < 3 || colon == std::string_view::npos) return;
  valid_ = true;
  lower_ = script[0] == 'l';
  ending_ = script.substr(colon + 1);
  whole_ = script[1] == '*';
  if (whole_) return;
  for (char c : script.substr(1, colon - 1)) cut_ = std::min(cut_ * 10 + (c - '0'), 1000);
}

void LemmaScript::apply(std::string_view form, std::string& lemma) const {
  if (whole_) {
    lemma = ending_;
    return;
  }
  if (valid_ && lower_) lemma = lower(form);
  else lemma = form;
  if (!valid_) return;
  size_t at = lemma.size();
  int cut = cut_;
  while (at > 0 && cut > 0) {
    --at;
    if ((static_cast<unsigned char>(lemma[at]) & 0xC0) != 0x80) --cut;
  }
  if (cut > 0) return;
  lemma.resize(at);
  lemma += ending_;
  if (lemma.empty()) lemma = form;
}

}  // namespace chancery
