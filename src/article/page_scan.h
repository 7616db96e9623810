// A page's bytes before its tree is made: what nobody reads is left out, so that the tree costs little.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

// A page without scripts, styles, drawings, comments and the attributes that nothing here reads,
// its nesting capped (Gumbo is quadratic in depth); and the data that stood in its scripts. One linear
// pass.
struct ScannedPage {
  std::string html;
  std::vector<std::string> json_ld;
  std::vector<std::string_view>
      documents;     // data of scripts that may hold the text (script_text.h)
  bool cut = false;  // it has more tags than are read: what is behind them is left out
};
// The views are into `html`.
ScannedPage scan_page(std::string_view html);

}  // namespace chancery
