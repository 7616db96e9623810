#include "serve/api_answers.h"

#include <algorithm>
#include <optional>

#include "article/load.h"
#include "base/error.h"
#include "base/strings.h"
#include "export/export.h"
#include "export/json_writer.h"
#include "ledger/answer.h"
#include "ledger/catalogue.h"
#include "ledger/play.h"
#include "ledger/saved.h"
#include "ledger/suggest.h"
#include "record/json.h"
#include "serve/api.h"
#include "serve/brief_words.h"
#include "serve/feed.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/parts.h"
#include "serve/row_evidence.h"

namespace chancery {
namespace {

constexpr size_t kCounted = 50000;       // rows
constexpr size_t kExported = 64u << 20;  // bytes of an export over HTTP

}  // namespace

Response Api::answer() {
  std::string name = q_.path.substr(8);  // behind "/api/v1/"
  Response r = route(name);
  if (!s_.options_.cors.empty())
    r.headers.push_back({"Access-Control-Allow-Origin", s_.options_.cors});
  return r;
}

Response Api::route(const std::string& name) {
  if (q_.method == "POST") {
    if (name == "read") return read();
    if (name == "records") return write();
    return problem(405, "this address takes no POST");
  }
  if (name == "openapi.json") {
    question("");
    return json_answer(openapi_document(*s_.codes_));
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
  if (name == "export") return exported();
  const QuestionKind* kind = find_question(name);
  if (!kind)
    return problem(404, "there is no such question", "GET /api/v1/openapi.json lists them");
  Question q = question(kind->filters, kApiOwn);
  std::string format = format_of(q_, kFormats);
  if (name == "search" && q.text.empty()) return problem(400, "q: words to look for are missing");
  if (format == "atom" && !can_be_saved(name))
    return problem(400, "format: no feed of these", "feeds are there of " + savable());
  if (format == "atom" && q_.get("order").empty()) q.newest_first = true;
  Service::Lease l(s_);
  Answer a = ((*l).*kind->ask)(q);
  if (format != "atom") add_evidence(*l, name, a);
  if (a.rows.empty()) a.notes = remarks(*l, q, s_.resources_->known).lines;
  if (format == "json") return json_answer(answer_json(a, total(*l, *kind, q, a)));
  if (format == "atom") return feed(a, name);
  Response r;
  r.type = "text/csv; charset=utf-8";
  r.body = answer_csv(a);
  r.headers = {{"Content-Disposition", "attachment; filename=\"" + name + ".csv\""}};
  if (!a.next.empty()) {
    std::string same;
    for (const auto& [key, value] : q_.query)
      if (key != "after") same += url_encoded(key) + "=" + url_encoded(value) + "&";
    r.headers.push_back(
        {"Link", "<" + q_.path + "?" + same + "after=" + url_encoded(a.next) + ">; rel=\"next\""});
  }
  return r;
}

// The rows of all pages, if they are asked for: as far as they are counted in the time of a question.
std::optional<size_t> Api::total(Ledger& ledger, const QuestionKind& kind, Question q,
                                 const Answer& page) const {
  const std::string wanted = q_.get("total");
  if (wanted.empty() || one_of("total", wanted, {"yes", "no"}) == "no") return std::nullopt;
  if (q.after.empty() && page.next.empty()) return page.rows.size();
  q.after.clear();
  q.limit = 1000;
  for (size_t rows = 0;;) {
    const Answer more = (ledger.*kind.ask)(q);
    rows += more.rows.size();
    if (more.next.empty()) return rows;
    if (rows >= kCounted)
      throw UsageError("total: more than " + std::to_string(kCounted) +
                       " rows; a narrower question can be counted");
    q.after = more.next;
  }
}

// The ledger in another program's form, or its flat tables: whole, as far as a body goes.
Response Api::exported() {
  const Question q = question("from until", "format");
  std::vector<std::string> formats = export_formats();
  const std::string format =
      one_of("format", q_.get("format").empty() ? "records" : q_.get("format"), formats);
  Service::Lease l(s_);
  Response r;
  // Objects a line, or rows of a table.
  const auto objects = {"records", "quotations", "gold", "corrections", "json-ld"};
  r.type = std::find(objects.begin(), objects.end(), format) != objects.end()
               ? "application/x-ndjson"
               : "text/tab-separated-values; charset=utf-8";
  export_ledger(*l, *s_.exports_, format, {q.from, q.until}, [&](std::string_view line) {
    if (r.body.size() + line.size() > kExported)
      throw UsageError("export: more than " + std::to_string(kExported >> 20) +
                       " MB; take a shorter time (from, until), or `chancery export`");
    r.body += line;
  });
  r.headers = {{"Content-Disposition", "attachment; filename=\"" + format + "\""}};
  return r;
}

Response Api::feed(const Answer& a, const std::string& name) const {
  std::string asked, query;
  for (const auto& [key, value] : q_.query) {
    query += (query.empty() ? "?" : "&") + url_encoded(key) + "=" + url_encoded(value);
    if (key != "format" && key != "limit" && key != "order")
      asked += (asked.empty() ? ": " : ", ") + value;
  }
  Response r;
  r.type = "application/atom+xml; charset=utf-8";
  r.body = atom_feed(a, name + asked, q_.path + query, s_.words_);
  return r;
}

Question Api::question(std::string_view filters, std::string_view own) const {
  return question_of(q_, filters, s_.known(), own);
}

Response Api::record(const std::string& n) {
  if (!is_number(n)) return problem(400, "an article has a number");
  question("");
  Service::Lease l(s_);
  auto r = l->record(std::stoll(n));
  if (!r) return problem(404, "there is no such article");
  return json_answer(to_json(*r, {true}) + "\n");
}

Response Api::read() {
  if (trim(q_.body).empty())
    return problem(400, "the body is empty",
                   "send a text, HTML, or JSON with a field text or html");
  Article a;
  if (q_.content_type.starts_with("application/json")) a = parse_article_line(q_.body);
  else a = article_from_text(q_.body, "");
  return json_answer(to_json(s_.read(std::move(a)), {true}) + "\n");
}

Response Api::write() {
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
  Response out = json_answer(std::string("{\"added\":\"") +
                             (added == Ledger::Added::known  ? "known"
                              : added == Ledger::Added::copy ? "copy"
                                                             : "fresh") +
                             "\"}\n");
  return out;
}

Response Api::play() {
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
  return json_answer(w.take() + "\n");
}

Response Api::brief() {
  Question q = question("from until");
  if (q.from.empty()) return problem(400, "from: a day is missing");
  Service::Lease l(s_);
  Brief b = make_brief(*l, q.from, q.until, brief_words(s_.words_, s_.limits_));
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
  return json_answer(w.take() + "\n");
}

}  // namespace chancery
