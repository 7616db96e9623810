// The front door of the article folder: files and lines → articles.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "article/article.h"

namespace chancery {

enum class InputKind { detect, html, text, jsonl, csv, feed, warc, archive };

// "html", "text", "jsonl", "csv", "feed", "warc", "archive", "auto"; throws Error for other names.
InputKind input_kind(std::string_view name);

// What the bytes look like: HTML by its tags, JSON Lines by a first line that is an object, else
// text.
InputKind detect_kind(std::string_view bytes, std::string_view path);

// All bytes of a file ("-" is standard input), gzip undone. Throws Error naming the path. Refuses
// more than `limit` bytes.
std::string load_bytes(const std::string& path, size_t limit);

// One HTML page or plain text, in any charset. `path` gives the id (its name without folder and
// ending). Throws Error for empty, binary or oversized input.
Article load_article(std::string_view bytes, InputKind kind, const std::string& path);

// One line of JSONL: {"id","text"|"html","published"?,"url"?,"title"?,"publisher"?,"byline"?}; a
// given text is the article's text as is. Throws Error saying what is wrong with it.
Article parse_article_line(std::string_view line);

// An HTML page that came with its charset ("" when nobody said). Throws Error.
Article load_page(std::string_view bytes, const std::string& charset);

// Settles the language of an article and notes when it is not coded.
void settle_language(Article& article);

// Name of the language ("en") and whether the guess is sure; "" when the text is too short to tell.
std::string detect_language(std::string_view text);

}  // namespace chancery
