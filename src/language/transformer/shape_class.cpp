#include "language/transformer/shape_class.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace chancery {
namespace {

bool is_alphabetic(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_L_MASK) != 0; }
bool is_digit_sign(UChar32 c) {
  int type = u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE);
  return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}
bool is_title(UChar32 c) { return u_charType(c) == U_TITLECASE_LETTER; }

}  // namespace

int shape_class(std::string_view form) {
  bool digits = !form.empty(), letters = false, first_upper = false;
  int points = 0, uppers = 0, lowers = 0, titles = 0;
  for (size_t at = 0; at < form.size(); ++points) {
    UChar32 c = static_cast<UChar32>(decode_utf8(form, at));
    digits &= is_digit_sign(c);
    letters |= is_alphabetic(c);
    bool upper = u_isUUppercase(c);
    uppers += upper;
    lowers += u_isULowercase(c);
    titles += is_title(c);
    if (points == 0) first_upper = upper;
  }
  if (digits) return 1;
  if (!letters) return 2;
  if (lowers > 0 && uppers == 0 && titles == 0) return 3;
  if (uppers > 0 && lowers == 0 && titles == 0 && points > 1) return 4;
  if (first_upper && lowers > 0 && uppers == 1 && titles == 0) return 5;
  return first_upper ? 6 : 7;
}

void shape_classes(const Document& document, std::vector<int>& to) {
  to.resize(document.tokens.size());
  int paragraph = -1;
  for (const Sentence& sentence : document.sentences)
    for (int i = sentence.begin; i < sentence.end; ++i) {
      std::string_view before = i > 0 ? document.tokens[i - 1].form : std::string_view();
      bool first = i == 0 || before == "." || before == "!" || before == "?" ||
                   (i == sentence.begin && sentence.paragraph != paragraph);
      to[i] = shape_class(document.tokens[i].form) + (first ? 8 : 0);
      paragraph = sentence.paragraph;
    }
}

}  // namespace chancery
