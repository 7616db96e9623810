#include "serve/html.h"

#include "base/strings.h"
#include "ledger/answer.h"
#include "ledger/brief.h"

namespace chancery {

Html& Html::text(std::string_view text) {
  out_ += html_escaped(text);
  return *this;
}

Html& Html::element(std::string_view tag, std::string_view text, std::string_view css) {
  out_ += "<" + std::string(tag) + (css.empty() ? "" : " class=\"" + html_escaped(css) + "\"") +
          ">" + html_escaped(text) + "</" + std::string(tag) + ">";
  return *this;
}

Html& Html::link(std::string_view address, std::string_view text, std::string_view css) {
  out_ += "<a href=\"" + html_escaped(address) + "\"" +
          (css.empty() ? "" : " class=\"" + html_escaped(css) + "\"") + ">" + html_escaped(text) +
          "</a>";
  return *this;
}

std::string url_encoded(std::string_view text) {
  static const char* hex = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
        c == '.' || c == '_' || c == '~')
      out += static_cast<char>(c);
    else out += {'%', hex[c >> 4], hex[c & 15]};
  }
  return out;
}

std::string page(const std::string& title, const std::string& here, const std::string& body,
                 const std::vector<std::string>& scripts) {
  static const std::pair<const char*, const char*> places[] = {
      {"/", "Today"},          {"/search", "Search"},
      {"/topics", "Topics"},   {"/calendar", "Calendar"},
      {"/stories", "Stories"}, {"/network", "Network"},
      {"/firsts", "Firsts"},   {"/read", "Read"},
      {"/about", "About"}};
  Html h;
  h.raw(
       "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
       "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
      .text(title + " · chancery")
      .raw(
          "</title>\n<link rel=\"stylesheet\" href=\"/assets/style.css\">\n<link rel=\"icon\" "
          "href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n");
  for (const std::string& s : scripts) {
    if (s == "vendor/uplot.js")
      h.raw("<link rel=\"stylesheet\" href=\"/assets/vendor/uplot.css\">\n");
    h.raw("<script defer src=\"/assets/" + s + "\"></script>\n");
  }
  h.raw(
      "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header><a "
      "class=\"mark\" href=\"/\">chancery</a><nav aria-label=\"Main\"><ul>");
  for (const auto& [address, name] : places)
    h.raw(std::string("<li><a href=\"") + address + "\"" +
          (here == address ? " aria-current=\"page\"" : "") + ">" + name + "</a></li>");
  h.raw(
       "</ul></nav><form class=\"find\" action=\"/search\" role=\"search\"><label for=\"find\" "
       "class=\"unseen\">Search the ledger</label><input id=\"find\" name=\"q\" type=\"search\" "
       "placeholder=\"Search\" maxlength=\"200\"></form></header>\n<main id=\"main\">\n")
      .raw(body)
      .raw("\n</main>\n</body>\n</html>\n");
  return h.take();
}

std::string table(const Answer& answer, const std::vector<Column>& columns,
                  const std::string& caption) {
  const Answer a = in_words(answer);
  auto index = [&](const std::string& name) {
    for (size_t c = 0; c < a.columns.size(); ++c)
      if (a.columns[c] == name) return static_cast<int>(c);
    return -1;
  };
  int article = index("article_number");
  if (article < 0 && index("article") >= 0) article = index("number");
  Html h;
  if (a.rows.empty()) return "<p class=\"none\">Nothing in the ledger answers this.</p>";
  h.raw("<div class=\"wide\"><table>").element("caption", caption).raw("<thead><tr>");
  for (const Column& c : columns) h.raw("<th scope=\"col\">").text(c.heading).raw("</th>");
  h.raw("</tr></thead><tbody>\n");
  for (const auto& row : a.rows) {
    h.raw("<tr>");
    for (const Column& c : columns) {
      int at = index(c.name);
      std::string value = at < 0 ? "" : row[static_cast<size_t>(at)];
      h.raw("<td data-label=\"")
          .text(c.heading)
          .raw("\"" +
               std::string(c.name == "content" || c.name == "words" ? " class=\"words\"" : "") +
               ">");
      if (c.name == "article" && article >= 0) {
        int id = index("id");
        h.link("/articles/" + row[static_cast<size_t>(article)] +
                   (id >= 0 ? "#" + row[static_cast<size_t>(id)] : ""),
               value);
      } else if (c.name == "speaker" || c.name == "source" || c.name == "target" ||
                 c.name == "holder" || c.name == "toward" || c.name == "who" || c.name == "with" ||
                 c.name == "by" || c.name == "name" || c.name == "via") {
        bool first = true;
        for (std::string_view name : split(value, ',')) {
          if (trim(name).empty()) continue;
          if (!first) h.raw(", ");
          first = false;
          h.link("/actor?name=" + url_encoded(trim(name)), trim(name));
        }
      } else if (c.name == "issue" && !value.empty()) {
        h.link("/topic?name=" + url_encoded(value), value);
      } else if (c.name == "date" && value.starts_with("told ")) {
        // An act without a date of its own: the day of the report, said to be that.
        h.raw("<span class=\"about\">").text(value).raw("</span>");
      } else if (c.name == "status") {
        h.raw("<span class=\"status ").text(value).raw("\">").text(value).raw("</span>");
      } else {
        h.text(value);
      }
      h.raw("</td>");
    }
    h.raw("</tr>\n");
  }
  h.raw("</tbody></table></div>\n");
  return h.take();
}

}  // namespace chancery
