#include "serve/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <exception>
#include <map>

#include "article/load.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "export/json_writer.h"
#include "ledger/answer.h"
#include "ledger/brief.h"
#include "ledger/catalogue.h"
#include "ledger/filed.h"
#include "ledger/play.h"
#include "ledger/suggest.h"
#include "reading/windows.h"
#include "record/json.h"
#include "serve/api.h"
#include "serve/correcting.h"
#include "serve/correction_forms.h"
#include "serve/html.h"
#include "serve/reader_page.h"

namespace chancery {
namespace {

constexpr size_t kIdle = 16;  // open ledgers that wait for the next request

Response html(std::string body, int status = 200) {
  Response r;
  r.status = status;
  r.body = std::move(body);
  return r;
}

Response json(std::string body) {
  Response r;
  r.type = "application/json; charset=utf-8";
  r.body = std::move(body);
  return r;
}

// 304 for an asker who has this answer already.
Response unless_known(Response r, const Request& q) {
  for (const auto& [name, value] : r.headers)
    if (name == "ETag" && value == q.if_none_match) {
      r.status = 304;
      r.body.clear();
      break;
    }
  return r;
}

// The day of the newest article, "" in an empty ledger.
std::string newest_day(Ledger& ledger) {
  Question newest;
  newest.limit = 1;
  Answer a = ledger.articles_of(newest);
  return a.rows.empty() ? "" : a.rows[0][1];
}

bool wants_page(const Request& q) {
  return q.accept.find("text/html") != std::string::npos && !q.path.starts_with("/api/");
}

std::string today() {
  std::time_t t = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm tm{};
  gmtime_r(&t, &tm);
  return iso({tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
}

// Links to the same list as JSON and CSV, and to the next page.
std::string list_links(const std::string& endpoint, const Request& q, const std::string& next,
                       const std::map<std::string, std::string>& fixed = {}) {
  std::map<std::string, std::string> parameters = fixed;
  std::vector<std::string_view> taken = split_words(find_question(endpoint)->filters);
  for (const auto& [name, value] : q.query)
    if (name != "after" && !value.empty() &&
        std::find(taken.begin(), taken.end(), name) != taken.end())
      parameters.emplace(name, value);
  std::string query;
  for (const auto& [name, value] : parameters)
    query += (query.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
  Html h;
  h.raw("<p class=\"downloads\">");
  if (!next.empty()) {
    std::string same;
    for (const auto& [name, value] : q.query)
      if (name != "after") same += url_encoded(name) + "=" + url_encoded(value) + "&";
    h.link(q.path + "?" + same + "after=" + url_encoded(next), "Next page", "next").raw(" ");
  }
  h.link("/api/v1/" + endpoint + query, "JSON")
      .raw(" ")
      .link("/api/v1/" + endpoint + query + (query.empty() ? "?" : "&") + "format=csv", "CSV")
      .raw("</p>\n");
  return h.take();
}

const std::vector<Column> kStatements = {{"date", "Date"},         {"speaker", "Speaker"},
                                         {"via", "Via"},           {"content", "Words"},
                                         {"occasion", "Occasion"}, {"article", "Article"}};
const std::vector<Column> kEvents = {
    {"date", "Date"},     {"source", "Who"},  {"type", "Act"},       {"target", "To whom"},
    {"status", "Status"}, {"words", "Words"}, {"article", "Article"}};
const std::vector<Column> kPositions = {
    {"date", "Date"},    {"holder", "Who"},          {"stance", "Stance"}, {"toward", "Toward"},
    {"content", "What"}, {"condition", "Condition"}, {"issue", "Issue"},   {"article", "Article"}};
const std::vector<Column> kChanges = {
    {"date", "Date"},     {"holder", "Who"},     {"change", "Change"}, {"issue", "Issue"},
    {"before", "Before"}, {"before_date", "of"}, {"after", "Now"},     {"article", "Article"}};

// The form of filters: its fields stand in the address bar.
std::string filters(const Request& q,
                    const std::vector<std::pair<const char*, const char*>>& fields) {
  Html h;
  h.raw("<form class=\"filters\" method=\"get\" action=\"").text(q.path).raw("\">");
  for (const auto& [name, label] : fields) {
    bool date = std::string_view(name) == "from" || std::string_view(name) == "until";
    h.raw(std::string("<label>") + label + " <input name=\"" + name + "\" value=\"")
        .text(q.get(name))
        .raw(std::string("\" maxlength=\"100\"") +
             (date ? " placeholder=\"2031-05\" size=\"10\"" : "") + "></label> ");
  }
  if (!q.get("name").empty())
    h.raw("<input type=\"hidden\" name=\"name\" value=\"").text(q.get("name")).raw("\">");
  h.raw("<button>Show</button></form>\n");
  return h.take();
}

}  // namespace

class Pages {
 public:
  Pages(Service& s, const Request& q) : s_(s), q_(q), known_(s.resources_->known) {}

  // Only what a page takes is asked of it: anything else in the address is a slip.

  Response answer() {
    const std::string& p = q_.path;
    if (p == "/") return front();
    if (p == "/search") return search();
    if (p == "/actor") return actor();
    if (p == "/pair") return pair();
    if (p == "/topics") return topics();
    if (p == "/topic") return topic();
    if (p == "/calendar") return calendar();
    if (p == "/stories") return stories();
    if (p == "/network") return network();
    if (p == "/firsts") return firsts();
    if (p == "/brief") return brief();
    if (p == "/read") return read();
    if (p == "/about") return about();
    if (p.starts_with("/articles/")) return article();
    if (p.starts_with("/stories/")) return story();
    if (p.starts_with("/assets/")) return asset();
    return html(page("Not found", "",
                     "<h1>Not found</h1><p>There is no such page here. <a href=\"/\">Today</a> or "
                     "<a href=\"/search\">search</a>.</p>"),
                404);
  }

 private:
  // What the address asks. `own` are the page's own parameters, beside the filters.
  Question question(std::string_view filters, std::string_view own = "") const {
    return question_of(q_, filters, s_.known(), own);
  }

  // A line for each name or word that the ledger does not have, when nothing was found.
  std::string said(Service::Lease& l, const Question& q, const Answer& a) const {
    Html h;
    if (a.rows.empty())
      for (const std::string& line : remarks(*l, q, known_).lines)
        h.raw("<p class=\"none\">").text(line).raw("</p>\n");
    return h.take();
  }

  Response front() {
    question("");
    Service::Lease l(s_);
    Html h;
    Question newest;
    newest.limit = 12;
    newest.newest_first = true;
    Answer articles = l->articles_of(newest);
    h.raw("<h1>Today</h1>");
    if (articles.rows.empty()) {
      h.raw(
          "<p>The ledger is empty. Fill it with <code>chancery ingest --ledger FILE …</code>, or "
          "<a href=\"/read\">read an article</a> on the spot.</p>");
      return html(page("Today", "/", h.take()));
    }
    h.raw("<p class=\"about\">")
        .text(fmt::format("{} articles, the newest of {}", l->articles(),
                          When(articles.rows[0][1]).words()))
        .raw(" · ")
        .link("/brief", "Brief of the day")
        .raw("</p>\n<div class=\"columns\"><section><h2>Newest words</h2>\n");
    Question s = newest;
    s.limit = 10;
    h.raw(table(
        l->statements(s),
        {{"date", "Date"}, {"speaker", "Speaker"}, {"content", "Words"}, {"article", "Article"}},
        "Newest statements"));
    h.raw("</section><section><h2>Ahead</h2>\n");
    Question ahead;
    ahead.from = articles.rows[0][1];
    ahead.status = "planned";
    ahead.limit = 10;
    h.raw(table(l->calendar(ahead),
                {{"date", "Date"},
                 {"who", "Who"},
                 {"type", "What"},
                 {"with", "With"},
                 {"place", "Where"},
                 {"article", "Article"}},
                "Plans from the newest day on"));
    h.raw("</section></div>\n<section><h2>Newest articles</h2>\n")
        .raw(table(
            articles,
            {{"date", "Date"}, {"publisher", "Paper"}, {"title", "Title"}, {"article", "Article"}},
            "Newest articles"))
        .raw("</section>");
    return html(page("Today", "/", h.take()));
  }

  Response search() {
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
            .link("/articles/" + row[0], row[2].empty() ? row[4] : row[2])
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
    return html(page(q.text.empty() ? "Search" : q.text, "/search", h.take()));
  }

  Response actor() {
    std::string name = q_.get("name");
    if (name.empty() || name.size() > 300)
      return html(
          page("Actors", "", "<h1>Actors</h1><p>Which actor? <code>/actor?name=…</code></p>"), 400);
    Request as = q_;
    as.query.emplace("actor", name);
    Question q = question_of(as, "actor from until", s_.known(), "name");
    q.newest_first = true;
    q.limit = 15;
    Service::Lease l(s_);
    Html h;
    Question who;
    who.actor = q.actor;
    who.limit = 5;
    Answer found = l->actors(who);
    h.raw("<h1>").text(name).raw("</h1>\n");
    if (found.rows.empty())
      return html(page(name, "",
                       h.str() + "<p class=\"none\">Nobody of this name is in the ledger.</p>" +
                           said(l, who, found)),
                  404);
    h.raw(table(found,
                {{"name", "Name"},
                 {"kind", "Kind"},
                 {"country", "State"},
                 {"sector", "Sector"},
                 {"role", "Office"},
                 {"articles", "Articles"},
                 {"statements", "Statements"},
                 {"events", "Events"}},
                "Who this is, as articles say"));
    h.raw(filters(q_, {{"from", "From"}, {"until", "Until"}}));
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
      std::map<std::string, int> others;
      for (const auto& row : contacts.rows)
        if (row[1].size() == 3) others[row[1]] += std::stoi(row[3]);
      std::vector<std::pair<int, std::string>> order;
      for (const auto& [code, count] : others) order.push_back({-count, code});
      std::sort(order.begin(), order.end());
      h.raw("<p class=\"pairs\">With: ");
      for (size_t i = 0; i < order.size() && i < 12; ++i)
        h.link("/pair?a=" + url_encoded(q.actor.country) + "&b=" + url_encoded(order[i].second),
               order[i].second)
            .raw(" ");
      h.raw("</p>\n");
    }
    auto list = [&](const char* title, const char* endpoint, Answer a,
                    const std::vector<Column>& columns, std::map<std::string, std::string> with) {
      h.raw("<section><h2>")
          .text(title)
          .raw("</h2>\n")
          .raw(table(a, columns, title))
          .raw(list_links(endpoint, q_, "", with))
          .raw("</section>\n");
    };
    Question by = q;
    by.by = q.actor;
    by.actor = {};
    list("Said", "statements", l->statements(by), kStatements, {{"by", name}});
    list("Positions", "positions", l->positions(by), kPositions, {{"by", name}});
    list("Changes of position", "changes", l->changes(by), kChanges, {{"by", name}});
    list("Events", "events", l->events(q), kEvents, fixed);
    if (contacts.rows.size() > 20) contacts.rows.resize(20);
    list("Contacts", "contacts", std::move(contacts),
         {{"name", "With"},
          {"country", "State"},
          {"type", "Act"},
          {"acts", "Times"},
          {"first", "First"},
          {"last", "Last"}},
         fixed);
    return html(page(name, "", h.take()));
  }

  Response pair() {
    std::string a = q_.get("a"), b = q_.get("b");
    Html h;
    if (a.empty() || b.empty()) {
      question("", "a b");
      h.raw("<h1>Two states</h1>").raw(filters(q_, {{"a", "One"}, {"b", "Other"}}));
      return html(page("Two states", "", h.take()));
    }
    Request as = q_;
    as.query.emplace("between", a);
    as.query.emplace("between", b);
    Question q = question_of(as, "between from until", s_.known(), "a b");
    auto called = [&](const ActorFilter& f) {
      return f.country.empty() ? f.name : state_name(f.country);
    };
    std::string names = called(q.between_a) + " and " + called(q.between_b),
                address = url_encoded(a) + "," + url_encoded(b);
    h.raw("<h1>")
        .text(names)
        .raw("</h1>\n")
        .raw(
            "<form class=\"filters\" method=\"get\" action=\"/pair\"><label>One <input name=\"a\" "
            "value=\"")
        .text(a)
        .raw("\"></label> <label>Other <input name=\"b\" value=\"")
        .text(b)
        .raw("\"></label> <label>From <input name=\"from\" size=\"10\" value=\"")
        .text(q_.get("from"))
        .raw("\"></label> <label>Until <input name=\"until\" size=\"10\" value=\"")
        .text(q_.get("until"))
        .raw("\"></label> <button>Show</button></form>\n");
    std::string period;
    for (const char* name : {"from", "until"})
      if (!q_.get(name).empty())
        period += std::string("&") + name + "=" + url_encoded(q_.get(name));
    Service::Lease l(s_);
    Question t = q;
    t.limit = 1000;
    if (!q.between_a.country.empty() && !q.between_b.country.empty()) {
      Answer months = l->timeline(t);
      h.raw(
          "<section><h2>Over time</h2><div class=\"chart\" data-chart=\"/api/v1/timeline?between=" +
          address + period +
          "&amp;limit=1000\" role=\"img\" aria-label=\"Events and Goldstein sums by month; the "
          "table below has the numbers\"></div>\n<details><summary>Numbers</summary>");
      std::vector<Column> columns;
      for (const std::string& c : months.columns)
        if (c != "from" && c != "to" && c != "precision") columns.push_back({c, c});
      h.raw(table(months, columns, "By month")).raw("</details></section>\n");
    }
    q.limit = 40;
    q.newest_first = true;
    Answer events = l->events(q);
    h.raw("<section><h2>Events</h2>\n")
        .raw(said(l, q, events))
        .raw(table(events, kEvents, "Events between " + names))
        .raw(list_links("events", q_, "", {{"between", a + "," + b}}))
        .raw("</section>\n");
    for (const auto& [from, to] :
         {std::pair{q.between_a, q.between_b}, {q.between_b, q.between_a}}) {
      Question s;
      s.by = from;
      s.about = to.country.empty() ? to.name : to.country;
      s.from = q.from;
      s.until = q.until;
      s.limit = 12;
      s.newest_first = true;
      std::string title = called(from) + " of " + called(to);
      h.raw("<section><h2>")
          .text(title)
          .raw("</h2>\n")
          .raw(table(l->statements(s), kStatements, title))
          .raw("</section>\n");
    }
    return html(page(names, "", h.take(), {"vendor/uplot.js", "chart.js"}));
  }

  std::string state_name(const std::string& code) const {
    int i = known_.state_index(code);
    return i < 0 ? code : known_.states()[static_cast<size_t>(i)].name;
  }

  Response topics() {
    Question q = question("from until after");
    q.limit = 200;
    Service::Lease l(s_);
    Answer a = l->topics(q);
    Html h;
    h.raw("<h1>Topics</h1>\n")
        .raw(filters(q_, {{"from", "From"}, {"until", "Until"}}))
        .raw(table(a,
                   {{"issue", "Issue"},
                    {"positions", "Positions"},
                    {"holders", "Holders"},
                    {"first", "First"},
                    {"last", "Last"}},
                   "Issues on which positions are held"))
        .raw(list_links("topics", q_, a.next));
    return html(page("Topics", "/topics", h.take()));
  }

  Response topic() {
    std::string name = q_.get("name");
    if (name.empty() || name.size() > 300)
      return html(
          page("Topic", "/topics", "<h1>Topic</h1><p>Which? <code>/topic?name=…</code></p>"), 400);
    Question q = question("from until", "name");
    Service::Lease l(s_);
    Play play = l->play(name, q);
    Html h;
    h.raw("<h1>").text(name).raw("</h1>\n").raw(
        filters(q_, {{"from", "From"}, {"until", "Until"}}));
    Question about = q;
    about.topic = name;
    if (play.stands.empty())
      return html(page(name, "/topics",
                       h.str() + "<p class=\"none\">No position on this is in the ledger.</p>" +
                           said(l, about, {})),
                  404);
    h.raw("<section><h2>State of play</h2><div class=\"play\">")
        .raw(play_as_svg(play))
        .raw("</div>\n<ul class=\"links\">");
    for (const Play::Link& k : play.links)
      h.raw("<li><span class=\"kind " + k.kind + "\">" + k.kind + "</span> ")
          .text(k.why)
          .raw("</li>\n");
    h.raw("</ul></section>\n");
    q.topic = name;
    q.newest_first = true;
    q.limit = 40;
    h.raw("<section><h2>Who stands where</h2>\n")
        .raw(table(l->positions(q), kPositions, "Positions on " + name))
        .raw(list_links("positions", q_, "", {{"topic", name}}))
        .raw("</section>\n<section><h2>How it moved</h2>\n")
        .raw(table(l->changes(q), kChanges, "Changes of position on " + name))
        .raw("</section>\n");
    return html(page(name, "/topics", h.take()));
  }

  Response calendar() {
    Question q = question("actor country status from until text order after");
    Service::Lease l(s_);
    if (q.from.empty() && q.after.empty()) {
      q.from = newest_day(*l).substr(0, 7);
    }
    Answer a = l->calendar(q);
    Html h;
    h.raw("<h1>Calendar</h1>\n")
        .raw(filters(
            q_, {{"from", "From"}, {"until", "Until"}, {"actor", "Who"}, {"status", "Status"}}))
        .raw(said(l, q, a))
        .raw(table(a,
                   {{"date", "Date"},
                    {"who", "Who"},
                    {"type", "What"},
                    {"with", "With"},
                    {"place", "Where"},
                    {"status", "Status"},
                    {"became", "What became of it"},
                    {"words", "Words"},
                    {"article", "Article"}},
                   "Meetings and plans"))
        .raw(list_links("calendar", q_, a.next));
    return html(page("Calendar", "/calendar", h.take()));
  }

  Response stories() {
    Question q = question("actor text from until after");
    Service::Lease l(s_);
    Answer a = l->stories(q);
    Html h;
    h.raw("<h1>Stories</h1>\n")
        .raw(filters(q_,
                     {{"actor", "Who"}, {"text", "Words"}, {"from", "From"}, {"until", "Until"}}))
        .raw(said(l, q, a))
        .raw("<ol class=\"hits\">");
    for (const auto& row : a.rows)
      h.raw("<li><h2>")
          .link("/stories/" + row[0], row[3].empty() ? "Story " + row[0] : row[3])
          .raw("</h2><p class=\"about\">")
          .text(When(row[2]).words() + (row[2] == row[1] ? "" : " to " + When(row[1]).words()) +
                " · " + row[4] + (row[4] == "1" ? " article" : " articles"))
          .raw("</p></li>\n");
    h.raw("</ol>").raw(list_links("stories", q_, a.next));
    return html(page("Stories", "/stories", h.take()));
  }

  Response story() {
    std::string n = q_.path.substr(9);
    if (n.empty() || n.size() > 15 || n.find_first_not_of("0123456789") != std::string::npos)
      return missing();
    Question q = question("");
    q.story = std::stoll(n);
    q.limit = 200;
    Service::Lease l(s_);
    Answer articles = l->articles_of(q);
    if (articles.rows.empty()) return missing();
    Html h;
    h.raw("<h1>Story ")
        .text(n)
        .raw("</h1>\n")
        .raw(table(articles,
                   {{"date", "Date"},
                    {"publisher", "Paper"},
                    {"title", "Title"},
                    {"copy_of", "Repeats"},
                    {"article", "Article"}},
                   "Its articles"))
        .raw(list_links("articles", q_, "", {{"story", n}}));
    h.raw("<section><h2>What happened in it</h2>\n")
        .raw(table(l->happenings(q), kEvents, "Acts, each once"))
        .raw("</section>\n<section><h2>What was said in it</h2>\n")
        .raw(table(l->statements(q), kStatements, "Statements"))
        .raw("</section>");
    return html(page("Story " + n, "/stories", h.take()));
  }

  Response network() {
    Question q = question("actor from until after");
    q.limit = 120;
    Service::Lease l(s_);
    if (q.from.empty() && q.until.empty()) {
      q.from = newest_day(*l).substr(0, 7);
    }
    Answer a = l->network(q);
    std::string query = "?limit=120" + (q.from.empty() ? "" : "&from=" + url_encoded(q.from)) +
                        (q.until.empty() ? "" : "&until=" + url_encoded(q.until)) +
                        (q_.get("actor").empty() ? "" : "&actor=" + url_encoded(q_.get("actor")));
    Html h;
    h.raw("<h1>Network of states</h1>\n")
        .raw(filters(q_, {{"from", "From"}, {"until", "Until"}, {"actor", "State"}}))
        .raw("<p class=\"about\">")
        .text(q.from.empty() ? "" : "From " + q.from)
        .raw("</p><div class=\"network\" data-network=\"")
        .text("/api/v1/network" + query)
        .raw(
            "\" role=\"img\" aria-label=\"States and what passed between them; the table below has "
            "the numbers\"></div>\n");
    h.raw(said(l, q, a));
    h.raw(table(a,
                {{"a", "From"},
                 {"b", "To"},
                 {"events", "Events"},
                 {"cooperation", "Cooperation"},
                 {"conflict", "Conflict"},
                 {"goldstein", "Goldstein"}},
                "Pairs of states"))
        .raw(list_links("network", q_, a.next));
    return html(page("Network", "/network", h.take(), {"vendor/d3-force.js", "network.js"}));
  }

  Response firsts() {
    Question q = question("actor country from until text after");
    q.newest_first = true;
    q.limit = 30;
    Service::Lease l(s_);
    Answer a = l->novelty(q);
    Html h;
    h.raw("<h1>Said to be new</h1>\n")
        .raw(filters(q_, {{"actor", "Who"}, {"from", "From"}, {"until", "Until"}}))
        .raw(said(l, q, a))
        .raw(table(a,
                   {{"date", "Date"},
                    {"claim", "Claim"},
                    {"words", "Words"},
                    {"by", "By"},
                    {"since", "Since"},
                    {"verdict", "What the ledger says"},
                    {"article", "Article"}},
                   "Firsts and records claimed"))
        .raw(list_links("novelty", q_, a.next));
    return html(page("Firsts", "/firsts", h.take()));
  }

  Response brief() {
    Question q = question("from until");
    Service::Lease l(s_);
    if (q.from.empty()) {
      q.until = newest_day(*l);
      if (q.until.empty()) q.until = today();
      auto day = parse_day(q.until);
      q.from = day ? iso(add_days(*day, -1)) : q.until;
    }
    Brief b = make_brief(*l, q.from, q.until);
    Html h;
    h.raw("<h1>Brief of ")
        .text(When(b.from).words() +
              (b.until.empty() || b.until == b.from ? "" : " to " + When(b.until).words()))
        .raw("</h1>\n")
        .raw(filters(q_, {{"from", "From"}, {"until", "Until"}}))
        .raw("<p class=\"about\">")
        .text(fmt::format("{} articles", b.articles))
        .raw("</p>\n");
    if (b.sections.empty()) h.raw("<p class=\"none\">Nothing in these days.</p>");
    for (const Brief::Section& s : b.sections) {
      h.raw("<section><h2>").text(s.title).raw("</h2><ul class=\"brief\">");
      for (const Brief::Line& line : s.lines) {
        h.raw("<li>").text(line.text).raw(" ");
        if (line.number) h.link("/articles/" + std::to_string(line.number), line.article, "source");
        else h.element("small", line.article);
        if (!line.evidence.empty()) h.raw("<br><q>").text(line.evidence).raw("</q>");
        h.raw("</li>\n");
      }
      h.raw("</ul></section>\n");
    }
    return html(page("Brief", "/", h.take()));
  }

  Response article() {
    std::string n = q_.path.substr(10);
    if (n.empty() || n.size() > 15 || n.find_first_not_of("0123456789") != std::string::npos)
      return missing();
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
              table(same,
                    {{"date", "Date"},
                     {"publisher", "Paper"},
                     {"title", "Title"},
                     {"article", "Article"}},
                    "Copies of this article") +
              "</section>";
    return html(page(record->article.title.empty() ? "Article" : record->article.title, "", body,
                     {"reader.js"}));
  }

  // Reading on the spot: the text comes from a form and is not kept.
  Response read() {
    question("");
    Html h;
    h.raw(
        "<h1>Read an article</h1>\n<p>Paste a text or the source of a page, or drop a file. It is "
        "read here and not kept.</p>\n<form class=\"paste\" method=\"post\" action=\"/read\" "
        "enctype=\"application/x-www-form-urlencoded\"><label for=\"text\">Text or "
        "page</label><textarea id=\"text\" name=\"text\" rows=\"12\" "
        "required></textarea><label>Published <input name=\"published\" placeholder=\"2031-05-14\" "
        "size=\"12\"></label> <button>Read</button></form>\n");
    if (q_.method != "POST") return html(page("Read", "/read", h.take(), {"paste.js"}));
    std::string text = form_field("text"), published = form_field("published");
    if (trim(text).empty())
      return html(page("Read", "/read",
                       h.str() + "<p class=\"none\">There were no words in it.</p>", {"paste.js"}),
                  400);
    try {
      Record record = s_.read(article_from_text(text, published));
      return html(page(record.article.title.empty() ? "Read" : record.article.title, "/read",
                       reader_body(record, 0, {s_.words_, s_.limits_}), {"reader.js"}));
    } catch (const LateError&) {
      throw;
    } catch (const Error& e) {
      return html(
          page("Read", "/read",
               h.str() + "<p class=\"none\">" + Html().text(e.what()).str() + "</p>", {"paste.js"}),
          400);
    }
  }

  std::string form_field(const std::string& name) const {
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

 public:
  static Article article_from_text(const std::string& text, const std::string& published) {
    Article a = load_article(text, detect_kind(text, ""), "pasted");
    a.source.clear();
    if (!published.empty() && parse_day(published)) a.published = published.substr(0, 10);
    return a;
  }

 private:
  Response about() {
    question("");
    Html h;
    h.raw(
         "<h1>About</h1>\n<p>This is a ledger of what news reports say: who said what and on whose "
         "word, who did what to whom, where they stand and on which condition, what is planned, "
         "what is said to be new. Every line points at the words that carry it; a program read "
         "them, so look at the words before you rely on the line.</p>\n<p>How well it reads is "
         "measured and written down in the program's documentation (docs/quality.md). What it does "
         "not know it leaves empty.</p>\n<h2>For programs</h2>\n<p>")
        .link("/api/v1/openapi.json", "The API")
        .raw(" answers every question of these pages as JSON or CSV; ")
        .link("/api/v1/stream", "a stream")
        .raw(" tells of new articles; ")
        .link("/metrics", "metrics")
        .raw(" are for those who run it.</p>");
    return html(page("About", "/about", h.take()));
  }

  Response asset() {
    const Asset* a = find_asset(std::string_view(q_.path).substr(8));
    if (!a) return missing();
    Response r;
    r.type = a->type;
    r.headers = {{"ETag", a->etag}, {"Cache-Control", "max-age=300"}};
    if (q_.if_none_match == a->etag) r.status = 304;
    else r.body.assign(reinterpret_cast<const char*>(a->data), a->size);
    return r;
  }

  Response missing() {
    return html(
        page("Not found", "", "<h1>Not found</h1><p>There is no such thing in this ledger.</p>"),
        404);
  }

  Service& s_;
  const Request& q_;
  const Register& known_;
};

class Api {
 public:
  Api(Service& s, const Request& q) : s_(s), q_(q) {}

  Response answer() {
    std::string name = q_.path.substr(8);  // behind "/api/v1/"
    Response r = route(name);
    if (!s_.options_.cors.empty())
      r.headers.push_back({"Access-Control-Allow-Origin", s_.options_.cors});
    return r;
  }

 private:
  Response route(const std::string& name) {
    if (q_.method == "POST") {
      if (name == "read") return read();
      if (name == "records") return write();
      return problem(405, "this address takes no POST");
    }
    if (name == "openapi.json") {
      question("");
      return json(openapi_document(*s_.codes_));
    }
    if (name == "stream") {
      question("");
      Response r;
      r.events = true;
      return r;
    }
    if (name.starts_with("articles/")) return record(name.substr(9));
    if (name == "play") return play();
    if (name == "brief") return brief();
    const QuestionKind* kind = find_question(name);
    if (!kind)
      return problem(404, "there is no such question", "GET /api/v1/openapi.json lists them");
    Question q = question(kind->filters, kApiOwn);
    std::string format = format_of(q_, kFormats);
    if (name == "search" && q.text.empty()) return problem(400, "q: words to look for are missing");
    Service::Lease l(s_);
    Answer a = ((*l).*kind->ask)(q);
    if (a.rows.empty()) a.notes = remarks(*l, q, s_.resources_->known).lines;
    if (format != "csv") return json(answer_json(a));
    Response r;
    r.type = "text/csv; charset=utf-8";
    r.body = answer_csv(a);
    r.headers = {{"Content-Disposition", "attachment; filename=\"" + name + ".csv\""}};
    if (!a.next.empty()) {
      std::string same;
      for (const auto& [key, value] : q_.query)
        if (key != "after") same += url_encoded(key) + "=" + url_encoded(value) + "&";
      r.headers.push_back({"Link", "<" + q_.path + "?" + same + "after=" + url_encoded(a.next) +
                                       ">; rel=\"next\""});
    }
    return r;
  }

  Question question(std::string_view filters, std::string_view own = "") const {
    return question_of(q_, filters, s_.known(), own);
  }

  Response record(const std::string& n) {
    if (n.empty() || n.size() > 15 || n.find_first_not_of("0123456789") != std::string::npos)
      return problem(400, "an article has a number");
    question("");
    Service::Lease l(s_);
    auto r = l->record(std::stoll(n));
    if (!r) return problem(404, "there is no such article");
    return json(to_json(*r, {true}) + "\n");
  }

  Response read() {
    if (trim(q_.body).empty())
      return problem(400, "the body is empty",
                     "send a text, HTML, or JSON with a field text or html");
    Article a;
    if (q_.content_type.starts_with("application/json")) a = parse_article_line(q_.body);
    else a = Pages::article_from_text(q_.body, "");
    return json(to_json(s_.read(std::move(a)), {true}) + "\n");
  }

  Response write() {
    if (!s_.writers_.any())
      return problem(403, "this server only reads", "start it with --write to take records");
    if (!s_.writers_.of_authorization(q_.authorization)) {
      Response r = problem(401, "a token is needed");
      r.headers.push_back({"WWW-Authenticate", "Bearer"});
      return r;
    }
    Record r = record_from_json(q_.body);
    std::lock_guard lock(s_.write_mutex_);
    Ledger writer(s_.options_.ledger, Ledger::write);
    writer.codes(s_.codes_);
    Ledger::Added added = writer.add(r);
    Response out = json(std::string("{\"added\":\"") +
                        (added == Ledger::Added::known  ? "known"
                         : added == Ledger::Added::copy ? "copy"
                                                        : "fresh") +
                        "\"}\n");
    return out;
  }

  Response play() {
    Question q = question("topic from until", "format");
    std::string format = format_of(q_, kDrawings);
    if (q.topic.empty()) return problem(400, "topic: an issue or words are missing");
    Service::Lease l(s_);
    Play p = l->play(q.topic, q);
    if (format != "json") {
      Response r;
      bool svg = format == "svg";
      r.type = svg ? "image/svg+xml" : "text/vnd.graphviz";
      r.body = svg ? play_as_svg(p) : play_as_dot(p);
      return r;
    }
    JsonWriter w;
    w.object().text("topic", p.topic).key("stands").array();
    for (const Play::Stand& s : p.stands) {
      w.object()
          .number("number", static_cast<size_t>(s.number))
          .text("date", s.from)
          .text("when", s.when)
          .text("from", s.from)
          .text("to", s.to)
          .text("precision", s.precision)
          .text("reported", s.reported)
          .text("holder", s.holder)
          .text("country", s.country)
          .text("stance", s.stance)
          .text("toward", s.toward)
          .text("content", s.content)
          .text("condition", s.condition)
          .text("article", s.article);
      w.key("stages").array();
      for (const std::string& stage : s.stages) w.value(stage);
      w.end_array().end_object();
    }
    w.end_array().key("links").array();
    for (const Play::Link& k : p.links) {
      w.object().text("kind", k.kind).number("from", static_cast<size_t>(k.from));
      if (k.to >= 0) w.number("to", static_cast<size_t>(k.to));
      w.text("why", k.why).text("event", k.event).end_object();
    }
    w.end_array();
    if (p.stands.empty()) {
      w.key("notes").array();
      for (const std::string& line : remarks(*l, q, s_.resources_->known).lines) w.value(line);
      w.end_array();
    }
    w.end_object();
    return json(w.take() + "\n");
  }

  Response brief() {
    Question q = question("from until");
    if (q.from.empty()) return problem(400, "from: a day is missing");
    Service::Lease l(s_);
    Brief b = make_brief(*l, q.from, q.until);
    JsonWriter w;
    w.object()
        .text("from", b.from)
        .text("until", b.until)
        .number("articles", static_cast<size_t>(b.articles))
        .number("copies", static_cast<size_t>(b.copies))
        .key("sections")
        .array();
    for (const Brief::Section& s : b.sections) {
      w.object().text("title", s.title).key("lines").array();
      for (const Brief::Line& line : s.lines)
        w.object()
            .text("text", line.text)
            .text("evidence", line.evidence)
            .text("article", line.article)
            .number("article_number", static_cast<size_t>(line.number))
            .end_object();
      w.end_array().end_object();
    }
    w.end_array().end_object();
    return json(w.take() + "\n");
  }

  Service& s_;
  const Request& q_;
};

Service::Lease::Lease(Service& s) : s_(s), exceptions_(std::uncaught_exceptions()) {
  {
    std::lock_guard lock(s.mutex_);
    if (!s.idle_.empty()) {
      ledger_ = std::move(s.idle_.back());
      s.idle_.pop_back();
    }
  }
  if (!ledger_) ledger_ = std::make_unique<Ledger>(s.options_.ledger, Ledger::read);
  ledger_->time_limit(s.options_.time_limit);
}

Service::Lease::~Lease() {
  // A ledger that gave an error may be one whose server went away: the next request opens its own.
  if (!ledger_ || std::uncaught_exceptions() > exceptions_) return;
  try {
    std::lock_guard lock(s_.mutex_);
    if (s_.idle_.size() < kIdle) s_.idle_.push_back(std::move(ledger_));
  } catch (const std::exception&) {
    // No memory to remember it by: it is closed.
  }
}

Service::Service(ServiceOptions options, std::shared_ptr<const Resources> resources,
                 const std::string& data)
    : options_(std::move(options)),
      resources_(std::move(resources)),
      codes_(codes_of(*resources_)),
      reader_(resources_),
      words_(data, resources_->known),
      limits_(data + "/sure.tsv"),
      writers_(options_.token, options_.users) {
  Lease check(
      *this);  // a ledger that cannot be read is told of at the start, not at the first page
}

Service::~Service() = default;

void Service::attach(const HttpServer* server,
                     std::function<void(const std::string&, const std::string&)> publish) {
  server_ = server;
  publish_ = std::move(publish);
}

int64_t Service::newest() {
  Lease l(*this);
  Query q(l->database(), "SELECT max(number) FROM article");
  return q.step() && !q.null(0) ? q.integer(0) : 0;
}

std::string Service::news_after(int64_t number, int64_t& newest) {
  Lease l(*this);
  Query q(l->database(),
          "SELECT number, id, day, title FROM article WHERE number > ? ORDER BY number LIMIT 50");
  q.bind(number);
  JsonWriter w;
  w.array();
  bool any = false;
  while (q.step()) {
    any = true;
    newest = q.integer(0);
    w.object()
        .number("number", static_cast<size_t>(newest))
        .text("id", q.text(1))
        .text("date", q.text(2))
        .text("title", q.text(3))
        .end_object();
  }
  w.end_array();
  return any ? w.take() : "";
}

std::string Service::state() {
  if (!watcher_) watcher_ = std::make_unique<Ledger>(options_.ledger, Ledger::read);
  // SQLite counts the commits of others; a server is asked for its newest article, and nothing is
  // kept for longer than two seconds.
  if (watcher_->database().dialect() == Database::sqlite) {
    Query q(watcher_->database(), "PRAGMA data_version");
    q.step();
    return q.text(0);
  }
  Query q(watcher_->database(), "SELECT max(number) FROM article");
  q.step();
  return q.text(0) + "/" +
         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                            std::chrono::steady_clock::now().time_since_epoch())
                            .count() /
                        2);
}

Response Service::answer(const Request& q) {
  bool cacheable = q.method == "GET" && !q.path.starts_with("/assets/") && q.path != "/metrics" &&
                   q.path != "/healthz" && q.path != "/api/v1/stream" &&
                   !writers_.signed_in(q);  // who may write sees more
  if (!cacheable) return fresh(q);
  std::string key = q.path;
  for (const auto& [name, value] : q.query) key += "\x1f" + name + "\x1e" + value;
  key += wants_page(q) ? "\n page" : "\n data";
  std::string now;
  try {
    std::lock_guard lock(cache_mutex_);
    now = state();
    if (auto found = cache_.find(key); found != cache_.end() && found->second.state == now) {
      Response r = found->second.response;
      return unless_known(std::move(r), q);
    }
  } catch (const Error&) {
    // What tells of changes is broken itself: made anew the next time.
    std::lock_guard lock(cache_mutex_);
    watcher_.reset();
    return fresh(q);
  }
  Request whole = q;
  whole.if_none_match.clear();
  Response r = fresh(whole);
  if (r.status == 200 && !r.events) keep(key, r, now);
  return unless_known(std::move(r), q);
}

void Service::keep(const std::string& key, const Response& r, const std::string& state) {
  constexpr size_t kLargest = 2u << 20;
  // What an answer takes besides its body: its key, its headers and its place in the map.
  constexpr size_t kAround = 1024;
  const size_t bytes = key.size() + kAround + r.body.size();
  if (bytes > std::min(kLargest, options_.cache)) return;
  std::lock_guard lock(cache_mutex_);
  if (cache_bytes_ + bytes > options_.cache) {
    cache_.clear();
    cache_bytes_ = 0;
  }
  auto [place, added] = cache_.try_emplace(key);
  cache_bytes_ += bytes;
  if (!added) cache_bytes_ -= key.size() + kAround + place->second.response.body.size();
  place->second = {r, state};
}

Record Service::read(Article article) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options_.read_limit);
  return read_in_windows(reader_, std::move(article), [&] {
    if (stopping_) throw LateError("the server is being stopped");
    if (std::chrono::steady_clock::now() > until)
      throw LateError("reading this text takes longer than " + std::to_string(options_.read_limit) +
                      " seconds, all that this server gives it; `chancery read` takes its time");
  });
}

Response Service::fresh(const Request& q) {
  bool api = q.path.starts_with("/api/v1/");
  try {
    if (q.method != "GET" && q.method != "HEAD" && q.method != "POST") {
      Response r = problem(405, "only GET, HEAD and POST");
      r.headers.push_back({"Allow", "GET, HEAD, POST"});
      return r;
    }
    // Not even begun, however many wait.
    if (q.method == "POST" && stopping_) throw LateError("the server is being stopped");
    if (auto corrections = Correcting(*this, q).answer())
      return q.method == "POST" ? *corrections : with_etag(std::move(*corrections), q);
    if (q.method == "POST" && !api && q.path != "/read")
      return problem(405, "this address takes no POST");
    if (q.path == "/healthz") {
      Lease l(*this);
      l->has_url("");
      return {200, "text/plain; charset=utf-8", "ok\n", {}, false};
    }
    if (q.path == "/metrics") {
      Lease l(*this);
      std::string out =
          "# TYPE chancery_articles gauge\nchancery_articles " + std::to_string(newest()) + "\n";
      {
        std::lock_guard lock(cache_mutex_);
        out += "# TYPE chancery_cache_bytes gauge\nchancery_cache_bytes " +
               std::to_string(cache_bytes_) + "\n";
      }
      if (server_) {
        const HttpServer::Counters& c = server_->counters();
        out += fmt::format(
            "# TYPE chancery_http_requests_total counter\nchancery_http_requests_total {}\n# TYPE "
            "chancery_http_errors_total counter\nchancery_http_errors_total {}\n# TYPE "
            "chancery_http_refused_total counter\nchancery_http_refused_total {}\n# TYPE "
            "chancery_http_cut_total counter\nchancery_http_cut_total {}\n"
            "# TYPE chancery_http_response_bytes_total counter\nchancery_http_response_bytes_total "
            "{}\n# TYPE chancery_http_connections gauge\nchancery_http_connections {}\n# TYPE "
            "chancery_http_streams gauge\nchancery_http_streams {}\n",
            c.requests.load(), c.errors.load(), c.refused.load(), c.cut.load(), c.bytes.load(),
            c.connections.load(), server_->streams());
        uint64_t a = c.under_10ms, b = a + c.under_100ms, d = b + c.under_1s, e = d + c.slower;
        out += fmt::format(
            "# TYPE chancery_http_duration_seconds "
            "histogram\nchancery_http_duration_seconds_bucket{{le=\"0.01\"}} "
            "{}\nchancery_http_duration_seconds_bucket{{le=\"0.1\"}} "
            "{}\nchancery_http_duration_seconds_bucket{{le=\"1\"}} "
            "{}\nchancery_http_duration_seconds_bucket{{le=\"+Inf\"}} "
            "{}\nchancery_http_duration_seconds_count {}\n",
            a, b, d, e, e);
      }
      return {200, "text/plain; version=0.0.4; charset=utf-8", out, {}, false};
    }
    if (api) return with_etag(Api(*this, q).answer(), q);
    Response r = Pages(*this, q).answer();
    return q.path.starts_with("/assets/") ? r : with_etag(std::move(r), q);
  } catch (const UsageError& e) {
    return refusal(q, 400, "Not that way", "a parameter or its value is not known", e.what());
  } catch (const LateError& e) {
    return refusal(q, 503, "Not that way", "the question takes too long", e.what());
  } catch (const DamageError& e) {
    return refusal(q, 500, "Out of order", "this record cannot be read", e.what());
  } catch (const StartError&) {
    return refusal(q, 503, "Out of order", "the ledger cannot be read just now", "");
  } catch (const Error& e) {
    return refusal(q, 400, "Not that way", "this cannot be read", e.what());
  } catch (const std::bad_alloc&) {
    return refusal(q, 503, "Out of order", "there is no memory for this just now", "");
  } catch (...) {
    // Ours to mend: told to whoever runs the server, not to whoever asks.
    std::fprintf(stderr, "chancery: %s of a request: %s\n", q.method.c_str(),
                 current_problem().c_str());
    return refusal(q, 500, "Out of order", "this request failed", "");
  }
}

Response Service::refusal(const Request& q, int status, const std::string& heading,
                          const std::string& title, const std::string& detail) {
  if (!wants_page(q)) return problem(status, title, detail);
  Html h;
  h.element("h1", heading).element("p", detail.empty() ? title : detail);
  return html(page(heading, "", h.take()), status);
}

}  // namespace chancery
