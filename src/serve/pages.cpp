#include "serve/pages.h"

#include <algorithm>

#include "base/strings.h"
#include "ledger/suggest.h"
#include "serve/api.h"
#include "serve/html.h"
#include "serve/parts.h"
#include "serve/told.h"

namespace chancery {

Response Pages::answer() {
  const std::string& p = q_.path;
  if (p == "/") return front();
  if (p == "/search") return search();
  if (p == "/actor") return actor();
  if (p == "/pair") return pair();
  if (p == "/topics") return topics();
  if (p == "/topic") return topic();
  if (p == "/calendar") return calendar();
  if (p == "/calendar.ics") return calendar_file();
  if (p == "/stories") return stories();
  if (p == "/network") return network();
  if (p == "/firsts") return firsts();
  if (p == "/brief") return brief();
  if (p == "/read") return read();
  if (p == "/about") return about();
  if (p == "/api") return api();
  if (p.starts_with("/articles/")) return article();
  if (p.starts_with("/stories/")) return story();
  if (p.starts_with("/assets/")) return asset();
  return html_answer(
      page("Not found", "",
           "<h1>Not found</h1><p>There is no such page here. <a href=\"/\">The desk</a> or "
           "<a href=\"/search\">search</a>.</p>"),
      404);
}

// What the address asks. `own` are the page's own parameters, beside the filters.
Question Pages::question(std::string_view filters, std::string_view own) const {
  return question_of(q_, filters, s_.known(), own);
}

// A line for each name or word that the ledger does not have, when nothing was found.
std::string Pages::said(Service::Lease& l, const Question& q, const Answer& a) const {
  Html h;
  if (a.rows.empty())
    for (const std::string& line : remarks(*l, q, known_).lines)
      h.raw("<p class=\"none\">").text(line).raw("</p>\n");
  return h.take();
}

std::string Pages::state_name(const std::string& code) const {
  int i = known_.state_index(code);
  return i < 0 ? s_.words_.said("body", code) : known_.states()[static_cast<size_t>(i)].name;
}

Answer Pages::shown(Ledger& ledger, Answer answer) const {
  Answer a = with_verbs(std::move(answer), s_.words_);
  auto place = [&](const char* name) {
    auto found = std::find(a.columns.begin(), a.columns.end(), name);
    return found == a.columns.end() ? -1 : found - a.columns.begin();
  };
  // States keep their codes beside their names, for links.
  if (const long one = place("a"), other = place("b"); one >= 0 && other >= 0)
    for (const auto& [name, c] : {std::pair{"a_code", one}, {"b_code", other}}) {
      a.columns.push_back(name);
      for (auto& row : a.rows) row.push_back(row[static_cast<size_t>(c)]);
    }
  const long article = place("article"), title = place("title"), mode = place("mode"),
             basis = place("country_basis");
  const long number = place("article_number") < 0 ? place("number") : place("article_number");
  for (auto& row : a.rows) {
    auto cell = [&](long c) -> std::string& { return row[static_cast<size_t>(c)]; };
    if (article >= 0 && number >= 0)
      cell(article) =
          title >= 0 && !cell(title).empty() ? cell(title) : paper_of(ledger, cell(number));
    if (long type = place("type"); type >= 0)
      cell(type) = s_.words_.noun(cell(type), mode < 0 ? "" : cell(mode));
    for (const char* name : {"kind", "sector"})
      if (long c = place(name); c >= 0) cell(c) = s_.words_.said(name, cell(c));
    for (const char* name : {"a", "b", "country"})
      if (long c = place(name); c >= 0 && !cell(c).empty())
        cell(c) = s_.words_.state(cell(c), basis >= 0 && cell(basis) == "inferred");
  }
  return a;
}

Response Pages::missing() {
  return html_answer(
      page("Not found", "", "<h1>Not found</h1><p>There is no such thing in this ledger.</p>"),
      404);
}

Response Pages::asset() {
  const Asset* a = find_asset(std::string_view(q_.path).substr(8));
  if (!a) return missing();
  Response r;
  r.type = a->type;
  r.headers = {{"ETag", a->etag}, {"Cache-Control", "max-age=300"}};
  if (q_.if_none_match == a->etag) r.status = 304;
  else r.body.assign(reinterpret_cast<const char*>(a->data), a->size);
  return r;
}

}  // namespace chancery
