// Documents that people have besides pages and plain text: PDF (by poppler's pdftotext, a program of
// its own that is asked when it is there), Word (.docx), mails (.eml), Markdown.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "article/article.h"

namespace chancery {

// Does an input begin as one of them? `path` tells Markdown and mails, the bytes all others.
bool is_document(std::string_view head, std::string_view path);

// The article of a document; nothing for what is none. Throws Error saying what is wrong with it,
// or what is not installed.
std::optional<Article> read_document(std::string_view bytes, std::string_view path);

}  // namespace chancery
