#include "serve/pages.h"

#include <algorithm>

#include "base/strings.h"
#include "record/when.h"
#include "serve/html.h"
#include "serve/month_lines.h"
#include "serve/parts.h"

namespace chancery {

Response Pages::search() {
  Question q = question("q from until after");
  Html h;
  h.raw("<h1>Search</h1>\n")
      .raw(filters(q_, {{"q", "Words"}, {"from", "From"}, {"until", "Until"}}));
  if (!q.text.empty()) {
    q.limit = 25;
    Service::Lease l(s_);
    Answer a = l->search(q);
    if (a.rows.empty()) h.raw("<p class=\"none\">No article has these words.</p>");
    h.raw(said(l, q, a));
    h.raw("<ol class=\"hits\">");
    for (const auto& row : a.rows) {
      h.raw("<li><h2>")
          .link("/articles/" + row[0], row[2].empty() ? paper_of(*l, row[0]) : row[2])
          .raw("</h2><p class=\"about\">")
          .text(When(row[1]).words() + (row[5].empty() ? "" : " · " + row[5]) +
                (row[6].empty() ? "" : " · repeats another article"))
          .raw("</p><p>");
      // The snippet marks words with brackets; what stands between is text.
      std::string_view rest = row[3];
      while (!rest.empty()) {
        size_t open = rest.find('['),
               close = open == std::string_view::npos ? open : rest.find(']', open);
        if (close == std::string_view::npos) {
          h.text(rest);
          break;
        }
        h.text(rest.substr(0, open))
            .raw("<mark>")
            .text(rest.substr(open + 1, close - open - 1))
            .raw("</mark>");
        rest.remove_prefix(close + 1);
      }
      h.raw("</p></li>\n");
    }
    h.raw("</ol>").raw(list_links("search", q_, a.next));
  }
  return html_answer(page(q.text.empty() ? "Search" : q.text, "/search", h.take()));
}

Response Pages::firsts() {
  Question q = question("actor country from until text after");
  q.newest_first = true;
  q.limit = 30;
  Service::Lease l(s_);
  Answer a = l->novelty(q);
  Html h;
  h.raw("<h1>Said to be new</h1>\n")
      .raw(filters(q_, {{"actor", "Who"}, {"from", "From"}, {"until", "Until"}}))
      .raw(said(l, q, a))
      .raw(table(shown(*l, a),
                 {{"date", "Date"},
                  {"claim", "Claim"},
                  {"what", "Of what"},
                  {"words", "Words"},
                  {"by", "By"},
                  {"since", "Since"},
                  {"verdict", "What the ledger says"},
                  {"article", "Article"}},
                 "Firsts and records claimed"))
      .raw(list_links("novelty", q_, a.next));
  return html_answer(page("Firsts", "/firsts", h.take()));
}

std::string Pages::story_title(const std::string& title) const {
  const size_t colon = title.find(": ");
  if (colon == std::string::npos) return title;
  std::vector<std::string> actors;
  for (std::string_view rest = std::string_view(title).substr(0, colon); !rest.empty();) {
    const size_t joint = std::min(rest.find(" and "), rest.size());
    const std::string name(rest.substr(0, joint));
    actors.push_back(known_.state_index(name) >= 0 ? state_name(name) : name);
    rest.remove_prefix(std::min(rest.size(), joint + 5));
  }
  return join(actors, " and ") + title.substr(colon);
}

Response Pages::stories() {
  Question q = question("actor text from until after");
  Service::Lease l(s_);
  Answer a = l->stories(q);
  Html h;
  h.raw("<h1>Stories</h1>\n")
      .raw(filters(q_, {{"actor", "Who"}, {"text", "Words"}, {"from", "From"}, {"until", "Until"}}))
      .raw(said(l, q, a))
      .raw("<ol class=\"hits\">");
  for (const auto& row : a.rows)
    h.raw("<li><h2>")
        .link("/stories/" + row[0],
              row[3].empty() ? "Story of " + When(row[2]).words() : story_title(row[3]))
        .raw("</h2><p class=\"about\">")
        .text(When(row[2]).words() + (row[2] == row[1] ? "" : " to " + When(row[1]).words()) +
              " · " + row[4] + (row[4] == "1" ? " article" : " articles"))
        .raw("</p></li>\n");
  h.raw("</ol>").raw(list_links("stories", q_, a.next));
  return html_answer(page("Stories", "/stories", h.take()));
}

Response Pages::story() {
  std::string n = q_.path.substr(9);
  if (!is_number(n)) return missing();
  Question q = question("");
  q.story = std::stoll(n);
  q.limit = 200;
  Service::Lease l(s_);
  Answer articles = l->articles_of(q);
  if (articles.rows.empty()) return missing();
  // An article told of this storyline and of another, and they became one.
  if (const std::string now = articles.rows[0][8]; now != n) return moved("/stories/" + now);
  Html h;
  std::string name = "Story of " + When(articles.rows.back()[1]).words();
  for (const auto& row : l->stories(q).rows)
    if (row[0] == n && !row[3].empty()) name = story_title(row[3]);
  h.raw("<h1>")
      .text(name)
      .raw("</h1>\n<p class=\"about\">")
      .text(std::to_string(articles.rows.size()) +
            (articles.rows.size() == 1 ? " article, " : " articles, ") +
            When(articles.rows.back()[1]).words() +
            (articles.rows.size() == 1 ? "" : " to " + When(articles.rows[0][1]).words()))
      .raw("</p>\n")
      .raw(table(shown(*l, articles),
                 {{"date", "Date"}, {"publisher", "Paper"}, {"article", "Title"}}, "Its articles"))
      .raw(list_links("articles", q_, "", {{"story", n}}));
  MonthLines lines(*l, s_.words_);
  for (bool sure : {true, false}) {
    q.sure = sure ? &s_.limits_ : nullptr;
    lines.add(l->events(q), sure);
    lines.add(l->statements(q), sure);
  }
  h.raw("<section><h2>What was done and said in it</h2>\n")
      .raw(lines.html("Nothing that its articles tell is sure."))
      .raw(list_links("events", q_, "", {{"story", n}}))
      .raw("</section>\n");
  return html_answer(page(name, "/stories", h.take()));
}

}  // namespace chancery
