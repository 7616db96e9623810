// A mail (RFC 5322, MIME): headers, and the part that is for reading. No attachment is looked at.
#pragma once
#include <string_view>

#include "article/article.h"

namespace chancery {

// Headers of a mail at the beginning: at least two that only mails have.
bool looks_like_mail(std::string_view head);
// Title, byline and date are the mail's subject, sender and date. Throws Error when there is no
// text in it.
Article read_mail(std::string_view bytes);

}  // namespace chancery
