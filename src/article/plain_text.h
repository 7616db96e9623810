// Plain text as pasted from a browser → Article: the headline once (it is often there three times),
// "Posted" and "Updated" lines, byline with its mail address, captions and links apart from the
// body.
#pragma once
#include <string_view>

#include "article/article.h"

namespace chancery {

// `text` is UTF-8. Throws Error when nothing is left.
Article read_plain_text(std::string_view text);

}  // namespace chancery
