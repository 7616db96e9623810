// The OpenAPI document: every question of the catalogue with its parameters and its rows, and what
// the API has besides.
#include "base/json_writer.h"
#include "base/strings.h"
#include "export/export.h"
#include "ledger/columns.h"
#include "ledger/corrections.h"
#include "ledger/saved.h"
#include "serve/api.h"

namespace chancery {
namespace {

std::vector<std::string> listed(const ClosedList& list) {
  return {list.values().begin(), list.values().end()};
}

// "StatementsRow" of "statements".
std::string called(std::string_view question, const char* what) {
  std::string out(question);
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out + what;
}

// What columns mean wherever they stand.
const std::pair<std::string_view, std::string_view> kMeaning[] = {
    {"date",
     "ISO day under which the row stands: the first of its own time, else the day of its report; "
     "empty where its time cannot be dated"},
    {"when", "Its own time as the article tells it, as a TIMEX3 value (2031-W20); empty for none"},
    {"from", "First day, ISO; empty where the time cannot be dated"},
    {"to", "Last day, ISO, inclusive"},
    {"precision",
     "time, part of day, day, weekend, week, month, season, quarter, half, year, decade, century; "
     "vague or length: cannot be dated; report: only its report has a date"},
    {"reported", "ISO day of the report"},
    {"article", "The article's id, as its publisher or file calls it"},
    {"article_number", "Number of the article: /articles/{number}"},
    {"id", "The item's id in the article's record"},
    {"url", "Address of the article, empty where it has none"},
    {"span", "The pieces of article.text that carry the row: [begin, end) in code points"},
    {"confidence", "How sure it is, 0 to 1"},
    {"country_basis",
     "said: an article, the register or a person says the state; inferred: only the company that "
     "the actor keeps in articles tells it; empty without a state"},
    {"goldstein", "Goldstein score of the act, -10 to 10"}};

class Document {
 public:
  explicit Document(const Codes& codes) : codes_(codes) {}

  std::string write() {
    w_.object().text("openapi", "3.0.3");
    w_.key("info").object().text("title", "chancery").text("version", "1");
    w_.text("description",
            "The diplomatic record of news: questions to a ledger, and reading of articles. "
            "Read-only unless started with --write and a token.");
    w_.end_object();
    w_.key("servers").array().object().text("url", "/api/v1").end_object().end_array();
    w_.key("paths").object();
    for (const QuestionKind& kind : questions()) question(kind);
    others();
    w_.end_object();
    components();
    w_.end_object();
    return w_.take() + "\n";
  }

 private:
  // ---- parts ----

  void list(const char* key, const std::vector<std::string>& values) {
    w_.key(key).array();
    for (const std::string& value : values) w_.value(value);
    w_.end_array();
  }
  void reference(const std::string& schema) {
    w_.object().text("$ref", "#/components/schemas/" + schema).end_object();
  }
  void parameter(std::string_view name, std::string_view what, const char* type,
                 const std::vector<std::string>& values, bool required, const char* in = "query") {
    w_.object().text("name", name).text("in", in).text("description", what);
    if (required) w_.key("required").boolean(true);
    w_.key("schema").object().text("type", type);
    if (!values.empty()) list("enum", values);
    w_.end_object().end_object();
  }
  void filters(std::string_view names, std::string_view required) {
    for (std::string_view name : split_words(names)) {
      const Filter& f = *find_filter(name);
      std::string what = f.what;
      if (f.form == Filter::pair) what += ", apart by a comma";
      if (f.form == Filter::actor) what += ": a name or part of one, a state by name or code";
      parameter(name, what, f.form == Filter::number ? "integer" : "string", f.values(codes_),
                name == required);
    }
  }
  // An answer of a type: a schema of that name, or "string", "object".
  void content(const char* type, const std::string& schema) {
    w_.key(type).object().key("schema");
    if (schema == "string" || schema == "object") w_.object().text("type", schema).end_object();
    else reference(schema);
    w_.end_object();
  }
  void answer(const char* code, std::string_view what,
              const std::vector<std::pair<const char*, std::string>>& types) {
    w_.key(code).object().text("description", what).key("content").object();
    for (const auto& [type, schema] : types) content(type, schema);
    w_.end_object().end_object();
  }
  void problem_answer(const char* code, const char* what) {
    answer(code, what, {{"application/problem+json", "Problem"}});
  }
  void begin(const char* method, std::string_view id, std::string_view what) {
    w_.key(method).object().text("operationId", id).text("summary", what);
  }

  // ---- the questions ----

  void question(const QuestionKind& kind) {
    const std::string_view name = kind.name;
    w_.key("/" + std::string(name)).object();
    begin("get", name, kind.what);
    w_.key("parameters").array();
    filters(kind.filters, name == "search" ? "q" : name == "timeline" ? "between" : "");
    parameter("limit", "Rows at most, 1 to 1000", "integer", {}, false);
    parameter("format", "csv for a table, atom for a feed of what is new", "string",
              listed(kFormats), false);
    parameter("total", "yes: say how many rows all pages have", "string", {"yes", "no"}, false);
    w_.end_array();
    w_.key("responses").object();
    answer("200", "A page of rows",
           {{"application/json", called(name, "Page")}, {"text/csv", "string"}});
    problem_answer("400",
                   "A parameter or value that is none of those known; the detail lists them");
    problem_answer("503", "A question that takes too long");
    w_.end_object().end_object().end_object();
  }

  // ---- what is no question ----

  void others() {
    w_.key("/articles/{number}").object();
    begin("get", "article", "The whole record of an article (docs/record.schema.json)");
    w_.key("parameters").array();
    parameter("number", "Number of the article", "integer", {}, true, "path");
    w_.end_array();
    end_with("application/json", "Record");

    w_.key("/play").object();
    begin("get", "play", "The state of play on a topic");
    w_.key("parameters").array();
    filters("topic from until", "topic");
    parameter("format", "How to give it", "string", listed(kDrawings), false);
    w_.end_array();
    end_with("application/json", "Play");

    w_.key("/brief").object();
    begin("get", "brief", "What is new");
    w_.key("parameters").array();
    filters("from until", "from");
    w_.end_array();
    end_with("application/json", "Brief");

    w_.key("/export").object();
    begin("get", "export", "The ledger in the form of other programs (docs/exports.md)");
    w_.key("parameters").array();
    filters("from until", "");
    parameter("format", "records if none is named", "string", export_formats(), false);
    w_.end_array();
    end_with("text/plain", "string");

    w_.key("/stream").object();
    begin("get", "stream", "Server-sent events: a `record` event for each new article");
    end_with("text/event-stream", "string");

    w_.key("/read").object();
    begin("post", "read",
          "Reads an article (text, HTML, or JSON with text, published, title, url) and gives its "
          "record; keeps nothing");
    w_.key("requestBody").object().key("required").boolean(true).key("content").object();
    content("application/json", "Article");
    content("text/plain", "string");
    content("text/html", "string");
    w_.end_object().end_object();
    end_with("application/json", "Record");

    w_.key("/records").object();
    begin("post", "write",
          "Keeps a record, with Authorization: Bearer KEY; only when the server was started with "
          "--write");
    w_.key("requestBody").object().key("required").boolean(true).key("content").object();
    content("application/json", "Record");
    w_.end_object().end_object();
    end_with("application/json", "object");

    corrections();
    alerts();
  }
  void end_with(const char* type, const std::string& schema) {
    w_.key("responses").object();
    answer("200", "The answer", {{type, schema}});
    problem_answer("400", "What cannot be; the detail says why");
    problem_answer("404", "There is no such thing");
    w_.end_object().end_object().end_object();
  }

  void alerts() {
    w_.key("/alerts").object();
    begin("get", "alerts", "The saved questions, with the addresses of their answers and feeds");
    w_.key("responses").object();
    answer("200", "The list", {{"application/json", "AlertsPage"}});
    w_.end_object().end_object();
    begin("post", "save",
          "Saves a question, or drops the one of this name, with Authorization: Bearer KEY");
    w_.key("requestBody").object().key("required").boolean(true).key("content").object();
    content("application/json", "AlertWish");
    w_.end_object().end_object().key("responses").object();
    answer("200", "The list as it is now", {{"application/json", "AlertsPage"}});
    problem_answer("400", "What cannot be; the detail says why");
    problem_answer("401", "A key is needed");
    problem_answer("403", "This server only reads");
    w_.end_object().end_object().end_object();
  }

  // ---- what they hold ----

  void alert_objects() {
    std::vector<std::string> savable;
    for (const QuestionKind& kind : questions())
      if (can_be_saved(kind.name)) savable.emplace_back(kind.name);
    const auto filters = [&](const char* what) {
      w_.key("filters").object().text("type", "object").text("description", what);
      w_.key("additionalProperties").object().text("type", "array").key("items").object();
      w_.text("type", "string").end_object().end_object().end_object();
    };
    const auto question = [&] {
      w_.key("question").object().text("type", "string");
      list("enum", savable);
      w_.end_object();
    };
    w_.key("Alert").object().text("type", "object");
    list("required", {"name", "question", "filters", "address", "feed"});
    w_.key("properties").object();
    field("name", "string");
    question();
    filters("Its filters by name, each with its values");
    field("address", "string", "Of its answer");
    field("feed", "string", "Of its answer as an Atom feed");
    w_.end_object().end_object();
    w_.key("AlertsPage").object().text("type", "object");
    list("required", {"items"});
    w_.key("properties").object().key("items").object().text("type", "array").key("items");
    reference("Alert");
    w_.end_object().end_object().end_object();
    w_.key("AlertWish").object().text("type", "object");
    list("required", {"name"});
    w_.key("properties").object();
    w_.key("act").object().text("type", "string");
    list("enum", {"save", "drop"});
    w_.end_object();
    field("name", "string", "By which people call it; one of this name is replaced");
    question();
    filters("As an address has them: {\"topic\": [\"port\"]}");
    field("all", "boolean", "Tell what is in the ledger already, too");
    w_.end_object().end_object();
  }

  void corrections() {
    w_.key("/corrections").object();
    begin("get", "corrections", "What people put right, by whom, when and why, and how it stands");
    w_.key("parameters").array();
    filters("article", "");
    parameter("state", "How it stands", "string", listed(kCorrectionStates), false);
    parameter("format", "csv for a table", "string", listed(kFormats), false);
    w_.end_array().key("responses").object();
    answer("200", "The list", {{"application/json", "CorrectionsPage"}, {"text/csv", "string"}});
    w_.end_object().end_object();
    begin("post", "amend",
          "Puts something right, with Authorization: Bearer KEY; one correction or a list that is "
          "taken as a whole or not at all (docs/corrections.md)");
    w_.key("requestBody").object().key("required").boolean(true).key("content").object();
    content("application/json", "Correction");
    w_.end_object().end_object().key("responses").object();
    answer("200", "The numbers of the entries of the list", {{"application/json", "Numbers"}});
    problem_answer("400", "What cannot be; the detail says why");
    problem_answer("401", "A key is needed");
    problem_answer("403", "This server only reads");
    w_.end_object().end_object().end_object();
  }

  // ---- schemas ----

  void components() {
    w_.key("components").object().key("schemas").object();
    for (const QuestionKind& kind : questions()) {
      std::vector<std::string> columns = columns_of(kind.name);
      for (const std::string& column : evidence_columns(kind.name)) columns.push_back(column);
      rows(kind.name, columns);
    }
    rows("corrections", {"number", "at", "author", "act", "kind", "article", "article_number",
                         "item", "words", "change", "reason", "state", "why"});
    plain_objects();
    play_and_brief();
    alert_objects();
    w_.end_object().end_object();
  }

  // A row of a question and a page of them.
  void rows(std::string_view question, const std::vector<std::string>& columns) {
    w_.key(called(question, "Row")).object().text("type", "object");
    // The sides of a timeline are named by their states.
    const bool open = question == "timeline";
    std::vector<std::string> named;
    for (const std::string& column : columns)
      if (column.find('>') == std::string::npos) named.push_back(column);
    list("required", named);
    w_.key("properties").object();
    for (const std::string& column : named) property(question, column);
    w_.end_object();
    if (open)
      w_.key("additionalProperties")
          .object()
          .text("type", "integer")
          .text("description", "What went from one of the two states to the other: \"NOR > ISL\"");
    if (open) w_.end_object();
    w_.end_object();
    w_.key(called(question, "Page")).object().text("type", "object");
    list("required", {"items", "next"});
    w_.key("properties").object().key("items").object().text("type", "array").key("items");
    reference(called(question, "Row"));
    w_.end_object();
    field("next", "string", "`after` of the next page; empty on the last");
    field("total", "integer", "Rows of all pages, where total=yes asked for it");
    w_.key("notes").object().text("type", "array");
    w_.text(
        "description",
        "Of an empty answer: what was asked for that the ledger does not have, and what is near");
    w_.key("items").object().text("type", "string").end_object().end_object();
    w_.end_object().end_object();
  }

  void property(std::string_view question, const std::string& column) {
    w_.key(column).object();
    const ColumnKind kind = kind_of_column(column);
    if (column == "span") {
      w_.text("type", "array").key("items").object().text("type", "array");
      w_.key("items").object().text("type", "integer").end_object().end_object();
    } else if (kind == ColumnKind::integer || kind == ColumnKind::real) {
      w_.text("type", kind == ColumnKind::integer ? "integer" : "number");
      w_.key("nullable").boolean(true);
    } else {
      w_.text("type", "string");
      if (const std::vector<std::string> values = values_of(question, column); !values.empty())
        list("enum", values);
    }
    for (const auto& [name, what] : kMeaning)
      if (name == column) w_.text("description", what);
    w_.end_object();
  }

  // All that a column may hold where that is a closed list.
  std::vector<std::string> values_of(std::string_view question, const std::string& column) const {
    if (question == "corrections") {
      if (column == "act") return listed(kCorrectionActs);
      return column == "state" ? listed(kCorrectionStates) : std::vector<std::string>();
    }
    if (column == "type" && question == "calendar") return {};
    if (column == "country_basis") {
      std::vector<std::string> out = listed(kStateBases);
      out.emplace_back("");
      return out;
    }
    for (const char* name : {"stance", "status", "force", "quote", "type", "mode"})
      if (column == name) {
        std::vector<std::string> out = find_filter(name)->values(codes_);
        if (column == "mode" || column == "force" || column == "status") out.emplace_back("");
        return out;
      }
    return {};
  }

  void field(const char* name, const char* type, const char* what = "") {
    w_.key(name).object().text("type", type);
    if (*what) w_.text("description", what);
    w_.end_object();
  }

  void plain_objects() {
    w_.key("Problem").object().text("type", "object");
    list("required", {"status", "title"});
    w_.key("properties").object();
    field("status", "integer");
    field("title", "string");
    field("detail", "string");
    w_.end_object().end_object();

    w_.key("Record").object().text("type", "object");
    w_.text("description", "A record of schema chancery/1: docs/record.schema.json");
    list("required", {"article"});
    w_.key("properties").object();
    field("schema", "string");
    field("article", "object");
    for (const char* layer :
         {"entities", "times", "statements", "events", "positions", "novelty"}) {
      w_.key(layer).object().text("type", "array");
      w_.key("items").object().text("type", "object").end_object().end_object();
    }
    w_.end_object().key("additionalProperties").boolean(true).end_object();

    w_.key("Article").object().text("type", "object").key("properties").object();
    for (const char* name : {"text", "html", "title", "published", "url", "id"})
      field(name, "string");
    w_.end_object().end_object();

    w_.key("Correction").object().text("type", "object");
    list("required", {"act", "reason"});
    w_.key("properties").object();
    w_.key("act").object().text("type", "string");
    list("enum", listed(kCorrectionActs));
    w_.end_object();
    field("article", "integer");
    field("undoes", "integer");
    field("item", "string",
          "Id of the item; of what is added its kind: statement, event, position");
    field("reason", "string");
    field("author", "string");
    for (const char* name : {"value", "from", "into"}) field(name, "object");
    w_.end_object().end_object();

    w_.key("Numbers").object().text("type", "object");
    list("required", {"numbers"});
    w_.key("properties").object().key("numbers").object().text("type", "array");
    w_.key("items").object().text("type", "integer").end_object();
    w_.end_object().end_object().end_object();
  }

  void list_of(const char* name, const std::string& schema) {
    w_.key(name).object().text("type", "array").key("items");
    reference(schema);
    w_.end_object();
  }
  void texts(const char* name) {
    w_.key(name).object().text("type", "array");
    w_.key("items").object().text("type", "string").end_object().end_object();
  }

  void play_and_brief() {
    w_.key("Stand").object().text("type", "object").key("properties").object();
    field("number", "integer");
    for (const char* name : {"date", "when", "from", "to", "precision", "reported", "holder",
                             "country", "toward", "content", "condition", "article"})
      field(name, "string");
    w_.key("stance").object().text("type", "string");
    list("enum", listed(kStances));
    w_.end_object();
    texts("stages");
    w_.end_object().end_object();
    w_.key("Link").object().text("type", "object").key("properties").object();
    field("kind", "string");
    field("from", "integer");
    field("to", "integer");
    field("why", "string");
    field("event", "string");
    w_.end_object().end_object();
    w_.key("Play").object().text("type", "object").key("properties").object();
    field("topic", "string");
    list_of("stands", "Stand");
    list_of("links", "Link");
    texts("notes");
    w_.end_object().end_object();
    w_.key("BriefLine").object().text("type", "object").key("properties").object();
    for (const char* name : {"text", "evidence", "article"}) field(name, "string");
    field("article_number", "integer");
    w_.end_object().end_object();
    w_.key("BriefSection").object().text("type", "object").key("properties").object();
    field("title", "string");
    list_of("lines", "BriefLine");
    w_.end_object().end_object();
    w_.key("Brief").object().text("type", "object").key("properties").object();
    field("from", "string");
    field("until", "string");
    field("articles", "integer");
    field("copies", "integer");
    list_of("sections", "BriefSection");
    w_.end_object().end_object();
  }

  const Codes& codes_;
  JsonWriter w_;
};

}  // namespace

std::string openapi_document(const Codes& codes) { return Document(codes).write(); }

}  // namespace chancery
