#include "serve/api.h"

#include <charconv>

#include "base/error.h"
#include "base/strings.h"
#include "export/json_writer.h"
#include "ledger/corrections.h"

namespace chancery {

namespace {

int limit_of(const std::string& value) {
  int n = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
  if (error != std::errc() || end != value.data() + value.size() || n < 1 || n > 1000)
    throw UsageError("limit: '" + value.substr(0, 40) + "' is not between 1 and 1000");
  return n;
}

}  // namespace

Question question_of(const Request& r, std::string_view filters, const Known& known,
                     std::string_view own) {
  Asked asked;
  for (const auto& [name, value] : r.query) asked[name].push_back(value);
  Question q = question_of(filters, asked, known, Door::http, own);
  q.limit = r.get("limit").empty() ? 50 : limit_of(r.get("limit"));
  return q;
}

std::string format_of(const Request& request, const ClosedList& formats) {
  std::vector<std::string> list(formats.values().begin(), formats.values().end());
  return request.get("format").empty() ? list.front()
                                       : one_of("format", request.get("format"), list);
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
  w.text("next", a.next);
  if (!a.notes.empty()) {
    w.key("notes").array();
    for (const std::string& note : a.notes) w.value(note);
    w.end_array();
  }
  w.end_object();
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

std::string openapi_document(const Codes& codes) {
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
  auto parameter = [&](std::string_view name, std::string_view what, const char* type,
                       const std::vector<std::string>& values, bool required) {
    w.object().text("name", name).text("in", "query").text("description", what);
    if (required) w.key("required").boolean(true);
    w.key("schema").object().text("type", type);
    if (!values.empty()) {
      w.key("enum").array();
      for (const std::string& v : values) w.value(v);
      w.end_array();
    }
    w.end_object().end_object();
  };
  auto filter_parameters = [&](std::string_view filters, std::string_view required) {
    for (std::string_view name : split_words(filters)) {
      const Filter& f = *find_filter(name);
      std::string what = f.what;
      if (f.form == Filter::pair) what += ", apart by a comma";
      if (f.form == Filter::actor) what += ": a name or part of one, a state by name or code";
      parameter(name, what, f.form == Filter::number ? "integer" : "string", f.values(codes),
                name == required);
    }
  };
  auto listed = [](const ClosedList& list) {
    return std::vector<std::string>(list.values().begin(), list.values().end());
  };
  for (const QuestionKind& e : questions()) {
    w.key(std::string("/") + e.name)
        .object()
        .key("get")
        .object()
        .text("operationId", e.name)
        .text("summary", e.what);
    w.key("parameters").array();
    std::string_view name = e.name;
    filter_parameters(e.filters, name == "search" ? "q" : name == "timeline" ? "between" : "");
    parameter("limit", "Rows at most, 1 to 1000", "integer", {}, false);
    parameter("format", "csv for a table, atom for a feed of what is new", "string",
              listed(kFormats), false);
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
    problem_answer("400",
                   "A parameter or value that is none of those known; the detail lists them");
    problem_answer("503", "A question that takes too long");
    w.end_object().end_object().end_object();
  }
  auto amend_operation = [&] {
    w.key("post")
        .object()
        .text("operationId", "amend")
        .text("summary",
              "Puts something right, with Authorization: Bearer KEY; one correction or a list that "
              "is taken as a whole or not at all (docs/corrections.md)");
    w.key("requestBody").object().key("content").object().key("application/json").object();
    w.key("schema").object().text("type", "object").key("properties").object();
    w.key("act").object().text("type", "string").key("enum").array();
    for (const std::string& act : listed(kCorrectionActs)) w.value(act);
    w.end_array().end_object();
    for (const char* number : {"article", "undoes"})
      w.key(number).object().text("type", "integer").end_object();
    for (const char* text : {"item", "reason", "author"})
      w.key(text).object().text("type", "string").end_object();
    for (const char* object : {"value", "from", "into"})
      w.key(object).object().text("type", "object").end_object();
    w.end_object().end_object().end_object().end_object().end_object();
    w.key("responses").object().key("200").object();
    w.text("description", "The numbers of the entries of the list").end_object();
    problem_answer("400", "What cannot be; the detail says why");
    problem_answer("401", "A key is needed");
    problem_answer("403", "This server only reads");
    w.end_object().end_object();
  };
  auto plain = [&](const char* path, const char* method, const char* id, const char* what,
                   const char* type) {
    w.key(path).object().key(method).object().text("operationId", id).text("summary", what);
    std::string_view own = path;
    if (own == "/corrections") {
      w.key("parameters").array();
      filter_parameters("article", "");
      parameter("state", "How it stands", "string", listed(kCorrectionStates), false);
      parameter("format", "csv for a table", "string", listed(kFormats), false);
      w.end_array();
    }
    if (own == "/play" || own == "/brief") {
      w.key("parameters").array();
      filter_parameters(own == "/play" ? "topic from until" : "from until",
                        own == "/play" ? "topic" : "from");
      if (own == "/play") parameter("format", "How to give it", "string", listed(kDrawings), false);
      w.end_array();
    }
    if (own.find("{number}") != std::string_view::npos)
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
    w.end_object().end_object();
    if (own == "/corrections") amend_operation();
    w.end_object();
  };
  plain("/articles/{number}", "get", "article",
        "The whole record of an article (schema chancery/1)", "application/json");
  plain("/play", "get", "play", "The state of play on a topic", "application/json");
  plain("/brief", "get", "brief", "What is new", "application/json");
  plain("/stream", "get", "stream", "Server-sent events: a `record` event for each new article",
        "text/event-stream");
  plain("/read", "post", "read",
        "Reads an article (text, HTML, or JSON with text, published, title, url) and gives its "
        "record; keeps nothing",
        "application/json");
  plain("/records", "post", "write",
        "Keeps a record, with Authorization: Bearer KEY; only when the server was started with "
        "--write",
        "application/json");
  plain("/corrections", "get", "corrections",
        "What people put right, by whom, when and why, and how it stands", "application/json");
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
      .end_object();
  w.key("notes")
      .object()
      .text("type", "array")
      .text(
          "description",
          "Of an empty answer: what was asked for that the ledger does not have, and what is near")
      .key("items")
      .object()
      .text("type", "string")
      .end_object()
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
