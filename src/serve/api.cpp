#include "serve/api.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "export/json_writer.h"
#include "ledger/answer.h"

namespace chancery {

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> all = {
      {"statements", "Who said what, on whose word",
       "by to actor about text from until story article", &Ledger::statements},
      {"events", "Who did what to whom",
       "by to between actor type status text from until story article", &Ledger::events},
      {"acts", "Events, each act once, with the number of reports that tell it",
       "by to between actor type status text from until story article", &Ledger::happenings},
      {"timeline", "Two states: events and Goldstein sums over time",
       "between type from until period", &Ledger::timeline},
      {"positions", "Who demands, offers, accepts, refuses what, on which condition",
       "by to actor topic stance text from until story article", &Ledger::positions},
      {"changes", "Changes of position", "by to actor topic text from until", &Ledger::changes},
      {"calendar", "Meetings and plans with a date, and what became of them",
       "by to actor status text from until", &Ledger::calendar},
      {"novelty", "Claims of firsts, with the ledger's verdict", "by actor text from until",
       &Ledger::novelty},
      {"stories", "Storylines", "actor text from until", &Ledger::stories},
      {"articles", "Articles", "actor text from until story", &Ledger::articles_of},
      {"topics", "The issues on which positions are held", "from until", &Ledger::topics},
      {"contacts", "Whom an actor meets, accuses, aids", "actor from until", &Ledger::contacts},
      {"network", "Pairs of states with what passed between them", "actor from until",
       &Ledger::network},
      {"copies", "Articles that repeat another, and versions of one address", "from until",
       &Ledger::copies},
      {"actors", "Who is in the ledger", "actor text", &Ledger::actors},
      {"search", "Articles by their words", "q from until", &Ledger::search},
  };
  return all;
}

const Endpoint* find_endpoint(std::string_view name) {
  for (const Endpoint& e : endpoints())
    if (e.name == name) return &e;
  return nullptr;
}

namespace {

std::string date(const Request& r, const char* name) {
  std::string value = r.get(name);
  if (value.empty()) return value;
  bool good = value.size() >= 4 && value.size() <= 10 &&
              value.find_first_not_of("0123456789-") == std::string::npos;
  if (!good)
    throw Error(std::string(name) + ": '" + value.substr(0, 40) +
                "' is no date (2025, 2025-09, 2025-09-21)");
  return value;
}

int64_t number(const Request& r, const char* name, int64_t otherwise, int64_t least, int64_t most) {
  std::string value = r.get(name);
  if (value.empty()) return otherwise;
  if (value.size() > 15 || value.find_first_not_of("0123456789") != std::string::npos ||
      std::stoll(value) < least || std::stoll(value) > most)
    throw Error(std::string(name) + ": '" + value.substr(0, 40) + "' is not between " +
                std::to_string(least) + " and " + std::to_string(most));
  return std::stoll(value);
}

std::string bounded(const Request& r, const char* name) {
  std::string value = r.get(name);
  if (value.size() > 300) throw Error(std::string(name) + ": longer than 300 bytes");
  return value;
}

}  // namespace

Question question_of(const Request& r, const Register& known) {
  Question q;
  q.by = actor_filter(bounded(r, "by"), known);
  q.toward = actor_filter(bounded(r, "to"), known);
  q.actor = actor_filter(bounded(r, "actor"), known);
  std::string between = bounded(r, "between");
  if (!between.empty()) {
    auto sides = split(between, ',');
    if (sides.size() != 2) throw Error("between: two actors apart by a comma (PRK,USA)");
    q.between_a = actor_filter(std::string(trim(sides[0])), known);
    q.between_b = actor_filter(std::string(trim(sides[1])), known);
  }
  q.about = about_filter(bounded(r, "about"), known);
  q.text = bounded(r, r.query.count("q") ? "q" : "text");
  q.topic = bounded(r, "topic");
  q.stance = bounded(r, "stance");
  q.type = bounded(r, "type");
  q.status = bounded(r, "status");
  q.from = date(r, "from");
  q.until = date(r, "until");
  q.by_period = bounded(r, "period");
  q.story = number(r, "story", 0, 1, INT64_MAX / 2);
  q.article = number(r, "article", 0, 1, INT64_MAX / 2);
  q.limit = static_cast<int>(number(r, "limit", 50, 1, 1000));
  q.after = bounded(r, "after");
  q.newest_first = r.get("order") == "newest";
  return q;
}

std::string answer_json(const Answer& a) {
  JsonWriter w;
  w.object().key("items").array();
  for (const auto& row : a.rows) {
    w.object();
    for (size_t c = 0; c < row.size(); ++c) w.text(a.columns[c], row[c]);
    w.end_object();
  }
  w.end_array();
  w.text("next", a.next).end_object();
  return w.take() + "\n";
}

Response problem(int status, const std::string& title, const std::string& detail) {
  JsonWriter w;
  w.object()
      .text("type", "about:blank")
      .number("status", static_cast<size_t>(status))
      .text("title", title);
  if (!detail.empty()) w.text("detail", detail);
  w.end_object();
  Response r;
  r.status = status;
  r.type = "application/problem+json";
  r.body = w.take() + "\n";
  return r;
}

Response with_etag(Response r, const Request& request) {
  if (r.status != 200 || r.events) return r;
  char tag[24];
  std::snprintf(tag, sizeof tag, "\"%016llx\"", static_cast<unsigned long long>(hash64(r.body)));
  r.headers.push_back({"ETag", tag});
  if (request.if_none_match == tag) {
    r.status = 304;
    r.body.clear();
  }
  return r;
}

std::string openapi_document() {
  static const std::pair<const char*, const char*> parameters[] = {
      {"by", "Who spoke, acted or holds: a name or part of one, a state by name or code"},
      {"to", "To or toward whom"},
      {"between", "Two actors apart by a comma, in either direction"},
      {"actor", "Who takes any part"},
      {"about", "Who or what is spoken of"},
      {"text", "Words in the article"},
      {"q", "Words to look for"},
      {"topic", "An issue, or words of the topic or content"},
      {"stance", "demands, offers, accepts, proposes, rejects, supports, opposes, warns"},
      {"type", "PLOVER type"},
      {"status", "occurred, planned, possible, conditional, denied"},
      {"from", "First date (2031, 2031-05, 2031-05-14): what has a day in common with the period"},
      {"until", "Last date, inclusive"},
      {"period", "day, week, month or year"},
      {"story", "Number of a storyline"},
      {"article", "Number of an article"}};
  JsonWriter w;
  w.object().text("openapi", "3.0.3");
  w.key("info")
      .object()
      .text("title", "chancery")
      .text("version", "1")
      .text("description",
            "The diplomatic record of news: questions to a ledger, and reading of articles. "
            "Read-only unless started with --write and a token.")
      .end_object();
  w.key("servers").array().object().text("url", "/api/v1").end_object().end_array();
  auto problem_answer = [&](const char* code, const char* what) {
    w.key(code)
        .object()
        .text("description", what)
        .key("content")
        .object()
        .key("application/problem+json")
        .object()
        .key("schema")
        .object()
        .text("$ref", "#/components/schemas/Problem")
        .end_object()
        .end_object()
        .end_object()
        .end_object();
  };
  w.key("paths").object();
  for (const Endpoint& e : endpoints()) {
    w.key(std::string("/") + e.name)
        .object()
        .key("get")
        .object()
        .text("operationId", e.name)
        .text("summary", e.what);
    w.key("parameters").array();
    auto parameter = [&](std::string_view name, std::string_view what, const char* type) {
      w.object()
          .text("name", name)
          .text("in", "query")
          .text("description", what)
          .key("schema")
          .object()
          .text("type", type)
          .end_object()
          .end_object();
    };
    for (std::string_view name : split_words(e.filters))
      for (const auto& [known, what] : parameters)
        if (name == known)
          parameter(name, what, name == "story" || name == "article" ? "integer" : "string");
    parameter("limit", "Rows at most, 1 to 1000", "integer");
    parameter("after", "`next` of the page before", "string");
    parameter("order", "newest: newest first", "string");
    parameter("format", "csv for a table", "string");
    w.end_array();
    w.key("responses").object();
    w.key("200")
        .object()
        .text("description", "A page of rows")
        .key("content")
        .object()
        .key("application/json")
        .object()
        .key("schema")
        .object()
        .text("$ref", "#/components/schemas/Page")
        .end_object()
        .end_object()
        .key("text/csv")
        .object()
        .key("schema")
        .object()
        .text("type", "string")
        .end_object()
        .end_object()
        .end_object()
        .end_object();
    problem_answer("400", "A parameter that is no value");
    problem_answer("503", "A question that takes too long");
    w.end_object().end_object().end_object();
  }
  auto plain = [&](const char* path, const char* method, const char* id, const char* what,
                   const char* type) {
    w.key(path).object().key(method).object().text("operationId", id).text("summary", what);
    if (std::string_view(path).find("{number}") != std::string_view::npos)
      w.key("parameters")
          .array()
          .object()
          .text("name", "number")
          .text("in", "path")
          .key("required")
          .boolean(true)
          .key("schema")
          .object()
          .text("type", "integer")
          .end_object()
          .end_object()
          .end_array();
    if (std::string_view(method) == "post")
      w.key("requestBody")
          .object()
          .key("content")
          .object()
          .key("text/plain")
          .object()
          .key("schema")
          .object()
          .text("type", "string")
          .end_object()
          .end_object()
          .key("text/html")
          .object()
          .key("schema")
          .object()
          .text("type", "string")
          .end_object()
          .end_object()
          .key("application/json")
          .object()
          .key("schema")
          .object()
          .text("type", "object")
          .end_object()
          .end_object()
          .end_object()
          .end_object();
    w.key("responses")
        .object()
        .key("200")
        .object()
        .text("description", what)
        .key("content")
        .object()
        .key(type)
        .object()
        .key("schema")
        .object()
        .text("type", std::string_view(type) == "application/json" ? "object" : "string")
        .end_object()
        .end_object()
        .end_object()
        .end_object();
    problem_answer("404", "There is no such thing");
    w.end_object().end_object().end_object();
  };
  plain("/articles/{number}", "get", "article",
        "The whole record of an article (schema chancery/1)", "application/json");
  plain("/play", "get", "play", "The state of play on a topic (parameter topic)",
        "application/json");
  plain("/brief", "get", "brief", "What is new (parameters from, until)", "application/json");
  plain("/stream", "get", "stream", "Server-sent events: a `record` event for each new article",
        "text/event-stream");
  plain("/read", "post", "read",
        "Reads an article (text, HTML, or JSON with text, published, title, url) and gives its "
        "record; keeps nothing",
        "application/json");
  plain("/records", "post", "write",
        "Keeps a record, with Authorization: Bearer TOKEN; only when the server was started with "
        "--write",
        "application/json");
  w.end_object();
  w.key("components").object().key("schemas").object();
  w.key("Page")
      .object()
      .text("type", "object")
      .key("required")
      .array()
      .value("items")
      .value("next")
      .end_array()
      .key("properties")
      .object();
  // What every row says of its time; all other columns are text as well.
  static const std::pair<const char*, const char*> times[] = {
      {"date",
       "ISO day under which the row stands: the first of its own time, else the day of its "
       "report; empty where its time cannot be dated"},
      {"when",
       "Its own time as the article tells it, as a TIMEX3 value (2031-W20); empty for none"},
      {"from", "First day, ISO; empty where the time cannot be dated"},
      {"to", "Last day, ISO, inclusive"},
      {"precision",
       "time, part of day, day, weekend, week, month, season, quarter, half, year, "
       "decade, century; vague or length: cannot be dated; report: only its report "
       "has a date"},
      {"reported", "ISO day of the report"}};
  w.key("items")
      .object()
      .text("type", "array")
      .key("items")
      .object()
      .text("type", "object")
      .key("properties")
      .object();
  for (const auto& [name, what] : times)
    w.key(name).object().text("type", "string").text("description", what).end_object();
  w.end_object()
      .key("additionalProperties")
      .object()
      .text("type", "string")
      .end_object()
      .end_object()
      .end_object();
  w.key("next")
      .object()
      .text("type", "string")
      .text("description", "`after` of the next page; empty on the last")
      .end_object()
      .end_object()
      .end_object();
  w.key("Problem")
      .object()
      .text("type", "object")
      .key("required")
      .array()
      .value("status")
      .value("title")
      .end_array()
      .key("properties")
      .object()
      .key("status")
      .object()
      .text("type", "integer")
      .end_object()
      .key("title")
      .object()
      .text("type", "string")
      .end_object()
      .key("detail")
      .object()
      .text("type", "string")
      .end_object()
      .end_object()
      .end_object();
  w.end_object().end_object().end_object();
  return w.take() + "\n";
}

}  // namespace chancery
