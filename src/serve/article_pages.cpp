#include "serve/correcting.h"
#include "serve/correction_forms.h"
#include "serve/pages.h"

#include "article/load.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/strings.h"
#include "serve/html.h"
#include "serve/parts.h"
#include "serve/reader_page.h"

namespace chancery {

Response Pages::article() {
  std::string n = q_.path.substr(10);
  if (!is_number(n)) return missing();
  question("");
  Service::Lease l(s_);
  auto record = l->record(std::stoll(n));
  if (!record) return missing();
  const ArticleForms forms(std::stoll(n));
  std::string body =
      reader_body(*record, std::stoll(n),
                  {s_.words_, s_.limits_, s_.writers_.signed_in(q_) ? &forms : nullptr});
  body += Correcting(s_, q_).below_article(*l, std::stoll(n));
  Question copies;
  copies.article = std::stoll(n);
  copies.limit = 30;
  Answer same = l->articles_of(copies);
  if (same.rows.size() > 1)
    body += "<section><h2>The same words elsewhere</h2>" +
            table(shown(*l, same), {{"date", "Date"}, {"publisher", "Paper"}, {"article", "Title"}},
                  "Copies of this article") +
            "</section>";
  return html_answer(page(record->article.title.empty() ? "Article" : record->article.title, "",
                          body, {"reader.js"}));
}

// Reading on the spot: the text comes from a form and is not kept.
Response Pages::read() {
  question("");
  Html h;
  h.raw(
      "<h1>Read an article</h1>\n<p>Paste a text or the source of a page, or drop a file. It is "
      "read here and not kept.</p>\n<form class=\"paste\" method=\"post\" action=\"/read\" "
      "enctype=\"application/x-www-form-urlencoded\"><label for=\"text\">Text or "
      "page</label><textarea id=\"text\" name=\"text\" rows=\"12\" "
      "required></textarea><label>Published <input name=\"published\" placeholder=\"2031-05-14\" "
      "size=\"12\"></label> <button>Read</button></form>\n");
  if (q_.method != "POST") return html_answer(page("Read", "/read", h.take(), {"paste.js"}));
  std::string text = form_field("text"), published = form_field("published");
  if (trim(text).empty())
    return html_answer(
        page("Read", "/read", h.str() + "<p class=\"none\">There were no words in it.</p>",
             {"paste.js"}),
        400);
  try {
    Record record = s_.read(article_from_text(text, published));
    return html_answer(page(record.article.title.empty() ? "Read" : record.article.title, "/read",
                            reader_body(record, 0, {s_.words_, s_.limits_}), {"reader.js"}));
  } catch (const LateError&) {
    throw;
  } catch (const Error& e) {
    return html_answer(
        page("Read", "/read", h.str() + "<p class=\"none\">" + Html().text(e.what()).str() + "</p>",
             {"paste.js"}),
        400);
  }
}

std::string Pages::form_field(const std::string& name) const {
  for (std::string_view pair : split(q_.body, '&')) {
    size_t equal = pair.find('=');
    if (equal == std::string_view::npos || pair.substr(0, equal) != name) continue;
    std::string out;
    std::string_view value = pair.substr(equal + 1);
    for (size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '+') out += ' ';
      else if (value[i] == '%' && i + 2 < value.size() &&
               isxdigit(static_cast<unsigned char>(value[i + 1])) &&
               isxdigit(static_cast<unsigned char>(value[i + 2]))) {
        out += static_cast<char>(std::stoi(std::string(value.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else out += value[i];
    }
    return out;
  }
  return "";
}

Article article_from_text(const std::string& text, const std::string& published) {
  Article a = load_article(text, detect_kind(text, ""), "pasted");
  a.source.clear();
  if (!published.empty() && parse_day(published)) a.published = published.substr(0, 10);
  return a;
}

}  // namespace chancery
