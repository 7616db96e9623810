#include "serve/pages.h"

#include <algorithm>
#include <map>

#include "base/calendar.h"
#include "record/when.h"
#include "serve/api.h"
#include "serve/html.h"
#include "serve/parts.h"

namespace chancery {

namespace {

const std::vector<Column> kActors = {{"name", "Name"},
                                     {"kind", "Kind"},
                                     {"country", "State"},
                                     {"sector", "Sector"},
                                     {"role", "Office"},
                                     {"articles", "Articles"},
                                     {"statements", "Statements"},
                                     {"events", "Events"}};
const std::vector<Column> kContacts = {{"name", "With"},   {"country", "State"},
                                       {"type", "Act"},    {"acts", "Times", true},
                                       {"first", "First"}, {"last", "Last"}};

// The states among contacts, whom there are most of first.
std::vector<std::string> states_of(const Answer& contacts) {
  std::map<std::string, int> others;
  for (const auto& row : contacts.rows)
    if (row[1].size() == 3) others[row[1]] += std::stoi(row[3]);
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [code, count] : others) order.push_back({-count, code});
  std::sort(order.begin(), order.end());
  std::vector<std::string> out;
  for (auto& [count, code] : order) out.push_back(std::move(code));
  return out;
}

// Which lines the lists have, with a link to the others.
std::string how_sure(const std::string& name, bool less) {
  Html h;
  h.raw("<p class=\"about\">")
      .text(less ? "All that is read, with what is less sure. " : "Only what is sure. ")
      .link("/actor?name=" + url_encoded(name) + (less ? "" : "&less=yes"),
            less ? "Only what is sure" : "Show what is less sure too")
      .raw("</p>\n");
  return h.take();
}

}  // namespace

Response Pages::actor() {
  std::string name = q_.get("name");
  if (name.empty() || name.size() > 300)
    return html_answer(
        page("Actors", "", "<h1>Actors</h1><p>Which actor? <code>/actor?name=…</code></p>"), 400);
  Request as = q_;
  as.query.emplace("actor", name);
  Question q = question_of(as, "actor from until", s_.known(), "name less");
  const bool less = !q_.get("less").empty();
  if (!less) q.sure = &s_.limits_;
  q.newest_first = true;
  q.limit = 15;
  Service::Lease l(s_);
  Html h;
  Question who;
  who.actor = q.actor;
  who.limit = 5;
  Answer found = l->actors(who);
  h.raw("<h1>").text(q.actor.country.empty() ? name : state_name(q.actor.country)).raw("</h1>\n");
  if (found.rows.empty())
    return html_answer(
        page(name, "",
             h.str() + "<p class=\"none\">Nobody of this name is in the ledger.</p>" +
                 said(l, who, found)),
        404);
  h.raw(table(shown(*l, less ? found : evident(*l, found, "name", q.actor.country)), kActors,
              "Who this is, as articles say"));
  h.raw(filters(q_, {{"from", "From"}, {"until", "Until"}}));
  h.raw(how_sure(name, less));
  std::map<std::string, std::string> fixed = {{"actor", name}};
  // A state is in everything: without a period, the last year of the ledger.
  if (!q.actor.country.empty() && q.from.empty() && q.until.empty()) {
    if (auto day = parse_day(newest_day(*l))) {
      q.from = iso(add_days(*day, -365));
      h.raw("<p class=\"about\">")
          .text("Since " + When(q.from).words() + "; other days above.")
          .raw("</p>\n");
    }
  }
  Question meets = q;
  meets.limit = 300;
  Answer contacts = l->contacts(meets);
  if (!q.actor.country.empty()) {
    // A state has others to look at.
    std::vector<std::string> others = states_of(contacts);
    if (others.size() > 12) others.resize(12);
    h.raw("<p class=\"pairs\">With: ");
    for (const std::string& other : others)
      h.link("/pair?a=" + url_encoded(q.actor.country) + "&b=" + url_encoded(other),
             state_name(other))
          .raw(" ");
    h.raw("</p>\n");
  }
  auto list = [&](const char* title, const char* endpoint, Answer a,
                  const std::vector<Column>& columns, std::map<std::string, std::string> with) {
    h.raw("<section><h2>")
        .text(title)
        .raw("</h2>\n")
        .raw(table(shown(*l, a), columns, title))
        .raw(list_links(endpoint, q_, "", with))
        .raw("</section>\n");
  };
  Question by = q;
  by.by = q.actor;
  by.actor = {};
  // Of a state's people those whom articles call so.
  const std::string state = less ? "" : q.actor.country;
  list("Said", "statements", evident(*l, l->statements(by), "speaker", state), kStatements,
       {{"by", name}});
  list("Positions", "positions", evident(*l, l->positions(by), "holder", state), kPositions,
       {{"by", name}});
  list("Changes of position", "changes", l->changes(by), kChanges, {{"by", name}});
  list("Events", "events", l->events(q), kEvents, fixed);
  if (contacts.rows.size() > 20) contacts.rows.resize(20);
  list("Contacts", "contacts", std::move(contacts), kContacts, fixed);
  return html_answer(page(name, "", h.take()));
}

}  // namespace chancery
