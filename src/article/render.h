// An article for people and for other programs: plain text, Markdown, HTML, with the headings,
// lists, quotations, tables and links that the page had.
#pragma once
#include <string>

#include "article/article.h"

namespace chancery {

// Headline, standfirst and paragraphs, a blank line between two; list items begin with "- " or a
// number. Ends with a line end.
std::string article_as_text(const Article& article);

// CommonMark with tables; what the text has of Markdown's own marks is escaped. Headings begin at
// level 2, the headline is level 1; under it authors, site and date.
std::string article_as_markdown(const Article& article);

// One <article> element. Everything is escaped; links keep web and mail addresses and those within
// their site, no scripts.
std::string article_as_html(const Article& article);

}  // namespace chancery
