// The API as a page for people: its questions, what they take and what their rows hold.
#include "base/strings.h"
#include "export/export.h"
#include "ledger/columns.h"
#include "serve/api.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/parts.h"

namespace chancery {
namespace {

const char* kind_words(const std::string& column) {
  if (column == "span") return "list of pairs";
  switch (kind_of_column(column)) {
    case ColumnKind::integer: return "whole number or null";
    case ColumnKind::real: return "number or null";
    case ColumnKind::day: return "day or empty";
    case ColumnKind::text: break;
  }
  return "text";
}

void parameters(Html& h, const QuestionKind& kind, const Codes& codes) {
  h.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Parameters of ")
      .text(kind.name)
      .raw(
          "\"><table><thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\">What</th>"
          "</tr></thead><tbody>\n");
  for (std::string_view name : split_words(kind.filters)) {
    const Filter& f = *find_filter(name);
    h.raw("<tr><td data-label=\"Parameter\"><code>").text(f.name);
    h.raw("</code></td><td data-label=\"What\">").text(f.what);
    if (const std::vector<std::string> values = f.values(codes); !values.empty())
      h.raw(": <small>").text(join(values, ", ")).raw("</small>");
    h.raw("</td></tr>\n");
  }
  h.raw("</tbody></table></div>\n");
}

}  // namespace

Response Pages::api() {
  question("");
  Html h;
  h.raw(
       "<h1>The API</h1>\n<p>Every question of this ledger has an address below "
       "<code>/api/v1/</code> and answers as JSON; <code>format=csv</code> gives a table, "
       "<code>format=atom</code> a feed of what is new. ")
      .link("/api/v1/openapi.json", "Its OpenAPI document")
      .raw(
          " makes clients in any language.</p>\n<ul><li><code>limit</code>: rows at most, 1 to "
          "1000; 50 if nothing is said. <code>next</code> of an answer is <code>after</code> of "
          "the next page.</li><li><code>total=yes</code>: how many rows all pages have.</li><li>"
          "Numbers are numbers, and null where there is none; days are ISO days, and empty where "
          "there is none.</li><li>A parameter or value that is none is refused with 400, and the "
          "answer says which there are.</li><li>Answers have an ETag, and are sent compressed to "
          "who takes gzip.</li></ul>\n");
  for (const QuestionKind& kind : questions()) {
    const std::string name = kind.name;
    const std::string asks = name == "timeline" ? "?between=NOR,ISL"
                             : name == "search" ? "?q=port"
                                                : "?limit=5";
    h.raw("<section id=\"").text(name).raw("\"><h2>").text(name).raw("</h2><p>").text(kind.what);
    h.raw(". ").link("/api/v1/" + name + asks, "/api/v1/" + name + asks).raw("</p>\n");
    parameters(h, kind, *s_.codes_);
    h.raw("<details><summary>Its rows</summary><dl class=\"facts\">");
    std::vector<std::string> columns = columns_of(name);
    for (const std::string& column : evidence_columns(name)) columns.push_back(column);
    for (const std::string& column : columns)
      h.element("dt", column).element("dd", kind_words(column));
    h.raw("</dl></details></section>\n");
  }
  h.raw("<section><h2>Besides questions</h2><dl class=\"facts\">");
  const std::pair<const char*, std::string> others[] = {
      {"GET articles/N", "The whole record of an article, schema chancery/1"},
      {"GET play?topic=", "The state of play on a topic; format=svg or dot draws it"},
      {"GET brief?from=", "What is new since a day"},
      {"GET export?format=", "The ledger in another form: " + join(export_formats(), ", ")},
      {"GET stream", "Server-sent events: one for each new article"},
      {"POST read", "Reads a text, HTML or JSON and gives its record; keeps nothing"},
      {"POST records", "Keeps a record; with a key"},
      {"GET corrections", "What people put right"},
      {"POST corrections", "Puts something right; with a key"},
      {"GET alerts", "The saved questions, with their feeds"},
      {"POST alerts", "Saves a question or drops one; with a key"}};
  for (const auto& [what, words] : others) h.element("dt", what).element("dd", words);
  h.raw("</dl></section>\n");
  return html_answer(page("The API", "/about", h.take()));
}

}  // namespace chancery
