#include "serve/html.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "base/cutting.h"
#include "base/strings.h"
#include "ledger/answer.h"
#include "ledger/brief.h"
#include "ledger/columns.h"

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
      {"/", "Desk"},           {"/search", "Search"},
      {"/topics", "Topics"},   {"/calendar", "Calendar"},
      {"/stories", "Stories"}, {"/network", "Network"},
      {"/firsts", "Firsts"},   {"/alerts", "Alerts"},
      {"/read", "Read"},       {"/about", "About"}};
  Html h;
  h.raw(
       "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
       "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
      .text(title + " · chancery")
      .raw(
          "</title>\n<link rel=\"stylesheet\" href=\"/assets/style.css\">\n<link rel=\"icon\" "
          "href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n");
  h.raw("<script defer src=\"/assets/tables.js\"></script>\n");
  for (const std::string& s : scripts) h.raw("<script defer src=\"/assets/" + s + "\"></script>\n");
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

namespace {

// What a heading means, for those who have not read the manual.
std::string gloss(const std::string& heading) {
  static const std::map<std::string, std::string> glosses = {
      {"Goldstein",
       "How friendly the acts were, summed up on Goldstein's scale of 1992: from -10 for an attack "
       "to +10 for an end of one"},
      {"Cooperation", "Acts that Goldstein's scale counts above 0"},
      {"Conflict", "Acts that Goldstein's scale counts below 0"},
      {"Via", "On whose word the report has it"},
      {"Holders", "Actors who hold a position on it"},
      {"Claim", "What is said to be first, largest, new"},
      {"Status", "Whether it happened: occurred, planned, possible, conditional, denied"}};
  auto found = glosses.find(heading);
  return found == glosses.end() ? "" : found->second;
}

class TableOf {
 public:
  TableOf(const Answer& answer, const std::vector<Column>& columns)
      : raw_(answer), a_(in_words(answer)), columns_(columns) {
    article_ = index(a_, "article_number");
    if (article_ < 0 && index(a_, "article") >= 0) article_ = index(a_, "number");
  }

  std::string html(const std::string& caption) {
    h_.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"")
        .text(caption)
        .raw("\"><table class=\"sorts\">")
        .element("caption", caption)
        .raw("<thead><tr>");
    for (const Column& c : columns_) {
      const std::string meaning = gloss(c.heading);
      const ColumnKind kind = kind_of_column(c.name);
      h_.raw(kind == ColumnKind::integer || kind == ColumnKind::real
                 ? "<th scope=\"col\" class=\"number\""
                 : "<th scope=\"col\"");
      if (!meaning.empty()) h_.raw(" title=\"").text(meaning).raw("\"");
      h_.raw(">").text(c.heading).raw("</th>");
    }
    h_.raw("</tr></thead><tbody>\n");
    for (size_t r = 0; r < a_.rows.size(); ++r) {
      h_.raw("<tr>");
      for (const Column& c : columns_) cell(c, r);
      h_.raw("</tr>\n");
    }
    h_.raw("</tbody>");
    totals();
    h_.raw("</table></div>\n");
    return h_.take();
  }

 private:
  static int index(const Answer& a, const std::string& name) {
    for (size_t c = 0; c < a.columns.size(); ++c)
      if (a.columns[c] == name) return static_cast<int>(c);
    return -1;
  }

  // What the rows are sorted by where that is not what stands there: days.
  std::string key(const Column& c, size_t row) const {
    const int at = index(raw_, c.name);
    if (at < 0 || kind_of_column(c.name) != ColumnKind::day) return "";
    const std::string& day = raw_.rows[row][static_cast<size_t>(at)];
    const int reported = index(raw_, "reported");
    return day.empty() && reported >= 0 ? raw_.rows[row][static_cast<size_t>(reported)] : day;
  }

  void cell(const Column& c, size_t r) {
    const auto& row = a_.rows[r];
    const int at = index(a_, c.name);
    const std::string value = at < 0 ? "" : row[static_cast<size_t>(at)];
    const ColumnKind kind = kind_of_column(c.name);
    const bool number = kind == ColumnKind::integer || kind == ColumnKind::real;
    const bool words = c.name == "content" || c.name == "words";
    h_.raw("<td data-label=\"").text(c.heading).raw("\"");
    if (words || number) h_.raw(words ? " class=\"words\"" : " class=\"number\"");
    if (const std::string by = key(c, r); !by.empty()) h_.raw(" data-sort=\"").text(by).raw("\"");
    h_.raw(">");
    if (c.name == "article" && article_ >= 0) {
      const int id = index(a_, "id");
      h_.link("/articles/" + row[static_cast<size_t>(article_)] +
                  (id >= 0 ? "#" + row[static_cast<size_t>(id)] : ""),
              value);
    } else if (const int a = index(a_, "a_code"), b = index(a_, "b_code");
               a >= 0 && b >= 0 && (c.name == "a" || c.name == "b")) {
      h_.link("/pair?a=" + url_encoded(row[static_cast<size_t>(a)]) +
                  "&b=" + url_encoded(row[static_cast<size_t>(b)]),
              value);
    } else if (is_actor(c.name)) {
      actors(value);
    } else if (c.name == "issue" && !value.empty()) {
      h_.link("/topic?name=" + url_encoded(value), value);
    } else if (c.name == "date" && value.starts_with("told ")) {
      // An act without a date of its own: the day of the report, said to be that.
      h_.element("span", value, "about");
    } else if (c.name == "status") {
      h_.element("span", value, "status " + value);
    } else {
      h_.text(words ? quoted_whole(tidy(value)) : value);
    }
    h_.raw("</td>");
  }

  static bool is_actor(const std::string& name) {
    for (const char* n :
         {"speaker", "source", "target", "holder", "toward", "who", "with", "by", "name", "via"})
      if (name == n) return true;
    return false;
  }

  void actors(const std::string& value) {
    bool first = true;
    for (std::string_view name : split(value, ',')) {
      if (trim(name).empty()) continue;
      if (!first) h_.raw(", ");
      first = false;
      h_.link("/actor?name=" + url_encoded(trim(name)), trim(name));
    }
  }

  void totals() {
    bool any = false;
    for (const Column& c : columns_) any |= c.sum;
    if (!any || a_.rows.size() < 2) return;
    h_.raw("<tfoot><tr>");
    bool named = false;
    for (const Column& c : columns_) {
      if (!c.sum) {
        h_.raw("<td>").text(named ? "" : raw_.next.empty() ? "Together" : "These rows together");
        h_.raw("</td>");
        named = true;
        continue;
      }
      double sum = 0;
      const int at = index(a_, c.name);
      for (const auto& row : a_.rows)
        if (at >= 0) sum += std::strtod(row[static_cast<size_t>(at)].c_str(), nullptr);
      h_.raw("<td class=\"number\" data-label=\"")
          .text(c.heading)
          .raw("\">")
          .text(kind_of_column(c.name) == ColumnKind::real ? fmt::format("{:.1f}", sum)
                                                           : fmt::format("{:.0f}", sum))
          .raw("</td>");
    }
    h_.raw("</tr></tfoot>");
  }

  const Answer& raw_;
  const Answer a_;
  const std::vector<Column>& columns_;
  int article_ = -1;
  Html h_;
};

}  // namespace

std::string table(const Answer& answer, const std::vector<Column>& columns,
                  const std::string& caption) {
  if (answer.rows.empty()) return "<p class=\"none\">Nothing in the ledger answers this.</p>";
  return TableOf(answer, columns).html(caption);
}

}  // namespace chancery
