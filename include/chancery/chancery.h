// chancery as a library: news reports in, diplomatic records out, and a ledger that answers
// questions. This header, c.h and version.h are the whole promise; nothing else is installed.
//
// READ A REPORT
//
//   chancery::Engine engine;
//   chancery::Status status = chancery::Engine::open({}, &engine);   // tables and model that ship
//   if (!status.ok()) { std::cerr << status.message() << "\n"; return 1; }
//
//   chancery::Record record;
//   status = engine.read({.bytes = page, .published = "2031-05-14"}, &record);
//   for (const chancery::Statement& s : record.statements)
//     std::cout << (s.speaker < 0 ? "somebody" : record.entities[s.speaker].name) << ": "
//               << record.words(s.content) << "\n";
//
//   std::string json;
//   status = engine.read_json({.bytes = page}, {.explain = true}, &json);   // schema chancery/1
//
// READ MANY: files, folders, feeds, archives, on several threads, in the order of the input
//
//   chancery::Coder coder;
//   status = chancery::Coder::open(engine, {"news.jsonl", "CC-NEWS.warc.gz"}, {.threads = 8}, &coder);
//   chancery::Coded one;
//   while (coder.next(&one))
//     if (one.status.ok()) std::cout << one.json << "\n";
//     else std::cerr << one.status.message() << "\n";               // this input only
//   status = coder.status();                                        // why it ended
//
// KEEP AND ASK
//
//   chancery::Ledger ledger;
//   status = chancery::Ledger::open("my.ledger", chancery::Ledger::write, {}, &ledger);
//   status = ledger.add(json);
//   chancery::Table table;
//   status = ledger.ask("statements", {{"by", "Solheim"}, {"from", "2031-05"}}, {}, &table);
//   for (size_t row = 0; row < table.rows(); ++row)
//     std::cout << table.text(row, table.column("content")) << "\n";
//
// ERRORS. No function throws and none ends the program. What can fail returns a Status, whose code
// says what to do about it and whose message says what is wrong, where, and what to do next, in one
// line. What a function was to fill is untouched when its status is not ok.
//
// OWNERSHIP. Engine, Coder, Ledger and Table are handles: moved, not copied (an Engine may be
// copied: copies share the model). Results are values. What is passed in is not kept, and may go
// when the function returns. A Coder keeps its engine alive.
//
// THREADS. An open Engine is constant: any number of threads may call its methods at once. A Coder,
// a Ledger or a Table is one thread's at a time. Readings depend on nothing but the input, the
// tables and the model: the same bytes whatever the threads, the hour and the processor.
//
// OFFSETS. Spans are [begin, end) in bytes of `article.text` (UTF-8) here, and in code points in
// JSON.
//
// VERSIONS. version.h. The namespace v1 is part of every symbol: a second promise would be v2.
#ifndef CHANCERY_CHANCERY_H
#define CHANCERY_CHANCERY_H

#include <chancery/version.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if defined(__GNUC__)
#define CHANCERY_API __attribute__((visibility("default")))
#else
#define CHANCERY_API
#endif

struct ArrowSchema;
struct ArrowArray;

namespace chancery {

// Inside the library, where other things bear these names, v1 is no inline namespace. The symbols
// are the same.
#ifndef CHANCERY_INSIDE
inline
#endif
    namespace v1 {

// ---------------------------------------------------------------------------------------- errors

enum class Code {
  ok = 0,
  bad_input = 1,      // this input cannot be used; the next may be
  bad_request = 2,    // an argument names what there is not: a filter, a question, a format
  cannot_start = 3,   // no model, no tables, no ledger, a store that fails: nothing can be done
  damaged = 4,        // what a ledger keeps cannot be read
  late = 5,           // a question took longer than it may
  out_of_memory = 6,  // and nothing was done
  fault = 7,          // a fault of the library: please report its message
  not_open = 8        // a handle that was never opened, or was moved from
};

// "ok", "bad_input" …; never null.
CHANCERY_API const char* name_of(Code code) noexcept;

class Status {
 public:
  Status() noexcept = default;
  Status(Code code, std::string message) noexcept : code_(code), message_(std::move(message)) {}
  bool ok() const noexcept { return code_ == Code::ok; }
  Code code() const noexcept { return code_; }
  // One line; empty when ok.
  const std::string& message() const noexcept { return message_; }

 private:
  Code code_ = Code::ok;
  std::string message_;
};

// --------------------------------------------------------------------------------------- records
// The fields of schema chancery/1, whose meanings docs/codebook.md gives. Entities and statements
// are named by their place in the record's lists; -1 is none. Empty is: not known.

struct Span {
  uint32_t begin = 0, end = 0;
};
using Spans = std::vector<Span>;

// A TIMEX3 value with the days that it covers ("" when it cannot be dated).
struct When {
  std::string value, from, to, precision;
};

struct Article {
  std::string id, url, publisher, title, published, updated, language, text, source;
  std::vector<std::string> byline, notes;
};

struct Entity {
  std::string id, name, kind, country, sector, basis, role;
  std::vector<std::string> other_sectors;
  Spans mentions;
  bool located = false;  // whether the next three say anything
  double latitude = 0, longitude = 0;
  std::string geonames;
  std::string explain;
};

struct Time {
  std::string id;
  Span span;
  std::string type, mod;
  When when;
  std::string explain;
  // What is set for that day, where a calendar has it: vote, election, deadline …; "": nothing, and
  // then the rest is empty too.
  std::string occasion, status;
  Span words;            // that tell it
  std::vector<int> who;  // whose it is
  int where = -1, said_in = -1;
};

struct Statement {
  std::string id;
  int speaker = -1;
  Spans source, cue, content;
  std::string quote, force;
  double confidence = 0;
  std::vector<int> via, to;
  When when;
  int where = -1;
  std::string occasion, explain;
};

struct Number {
  std::string of, bound;
  bool counted = false;  // whether `count` says anything ("dozens" does not)
  double count = 0;
  Span span;
};

struct Event {
  std::string id, type, mode, cameo, status;
  std::vector<int> source, target;
  When when;
  int where = -1, said_in = -1;
  Span span, trigger;
  double confidence = 0;
  bool scored = false;  // whether `goldstein` says anything
  double goldstein = 0;
  std::vector<std::string> contexts;
  std::vector<Number> numbers;
  Spans instrument;
  std::string explain;
};

struct Position {
  std::string id;
  int holder = -1, said_in = -1;
  std::string topic, issue, stance;
  std::vector<int> toward;
  Spans content, condition;
  std::vector<std::string> stages;
  double confidence = 0;
  std::string explain;
};

struct Novelty {
  std::string id;
  Span span;
  std::string claim, what;
  When since;
  int by = -1;
  std::string explain;
};

// By what a record was read.
struct Maker {
  std::string engine, model, data;
};

struct Record {
  Maker made_by;
  Article article;
  std::vector<Entity> entities;
  std::vector<Time> times;
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Position> positions;
  std::vector<Novelty> novelty;

  // The words of a span; of several, with " … " between them.
  std::string_view words(Span span) const noexcept {
    return span.end <= article.text.size() && span.begin <= span.end
               ? std::string_view(article.text).substr(span.begin, span.end - span.begin)
               : std::string_view();
  }
  std::string words(const Spans& spans) const {
    std::string out;
    for (Span span : spans) out.append(out.empty() ? "" : " … ").append(words(span));
    return out;
  }
};

// ---------------------------------------------------------------------------------------- engine

struct EngineOptions {
  std::string data;                // folder of the tables; "": $CHANCERY_DATA, else what ships
  std::string model;               // accurate, fast or a file; "": $CHANCERY_MODEL, else accurate
  std::string ontology;            // a folder of one's own in place of data/ontology
  bool every_attribution = false;  // beliefs and wishes become statements too
};

enum class Form { detect, html, text, json };

// One report. `bytes` is an HTML page or plain text in any charset, or a JSON object with the keys
// of `chancery code`. What the other fields say goes in where the bytes do not say it themselves.
struct Input {
  std::string_view bytes;
  Form form = Form::detect;
  std::string_view id, url, publisher, title, published;
};

struct JsonOptions {
  bool explain = false;  // with the "explain" of every item
};

class CHANCERY_API Engine {
 public:
  // Not open: every method of it says not_open.
  Engine() noexcept;
  // Loads tables and model (about 0.1 s, 50 to 70 MB that all copies share). cannot_start: a table
  // or model that is missing or wrong, which the message names.
  static Status open(const EngineOptions& options, Engine* engine) noexcept;

  // Reads one report. bad_input: no text, bytes that are none, a JSON line that is no article. A
  // report in another language than English gives a record with its article alone.
  Status read(const Input& input, Record* record) const noexcept;
  // The same as JSON of schema chancery/1, on one line without its end.
  Status read_json(const Input& input, const JsonOptions& options,
                   std::string* json) const noexcept;
  // The article alone as JSON ({"article":{…}}), with what its page says besides; loads no model.
  static Status extract_json(const Input& input, std::string* json) noexcept;

  // By what it reads: "0.1.0", "chancery-5f3a9b1c", the digest of the tables. "" when not open.
  Maker maker() const noexcept;

 private:
  friend class Coder;
  friend class Ledger;
  struct Inside;
  std::shared_ptr<const Inside> in_;
};

// A record's JSON as a value. bad_input: no record of schema chancery/1, with the path of what is
// wrong.
CHANCERY_API Status parse(std::string_view json, Record* record) noexcept;

// ----------------------------------------------------------------------------------------- coder

struct CoderOptions {
  int threads = 1;  // 1 to 256
  bool explain = false;
  std::string columns;  // of CSV: "text=body,published=day"
};

// What became of one input.
struct Coded {
  Status status;        // ok, or bad_input with the place in its message
  std::string json;     // the record; empty when the status is not ok
  std::string warning;  // of an input that was read all the same; "" for none
};

class CHANCERY_API Coder {
 public:
  Coder() noexcept;
  ~Coder();
  Coder(Coder&&) noexcept;
  Coder& operator=(Coder&&) noexcept;

  // Inputs are what `chancery code` takes: JSON lines or arrays, CSV, WARC, ARC, feeds, zip and tar,
  // folders, pages and texts, also gzipped; "-" is standard input. A missing one is told by next().
  // Memory holds a few reports a thread, whatever the size of the input.
  static Status open(const Engine& engine, std::vector<std::string> inputs,
                     const CoderOptions& options, Coder* coder) noexcept;
  // The next report, in the order of the input. False at the end, and when nothing can go on.
  bool next(Coded* one) noexcept;
  // ok at the end of the inputs; else why it ended before.
  const Status& status() const noexcept;

 private:
  struct Inside;
  std::unique_ptr<Inside> in_;
};

// ---------------------------------------------------------------------------------------- ledger

enum class Kind { text, integer, real, day };  // day: 2031-05-13

// The rows that answer a question. A cell that says nothing is null, whatever the kind.
class CHANCERY_API Table {
 public:
  Table() noexcept;
  ~Table();
  Table(Table&&) noexcept;
  Table& operator=(Table&&) noexcept;

  size_t rows() const noexcept;
  size_t columns() const noexcept;
  // "" and text for a column that there is not.
  std::string_view name(size_t column) const noexcept;
  Kind kind(size_t column) const noexcept;
  // The place of a column; columns() when there is none of that name.
  size_t column(std::string_view name) const noexcept;

  // A cell that is null, not there or of another kind is "" or 0. Views live as long as the table.
  bool null(size_t row, size_t column) const noexcept;
  std::string_view text(size_t row, size_t column) const noexcept;  // of any kind
  int64_t integer(size_t row, size_t column) const noexcept;
  double real(size_t row, size_t column) const noexcept;

  // `after` of the question for the page behind this one; "" when this is the last.
  std::string_view after() const noexcept;
  // What an asker should know: names that nobody bears, with the nearest.
  const std::vector<std::string>& notes() const noexcept;

  // A copy of the table by the Arrow C data interface (struct array; days are date32), for pandas,
  // polars, R and DuckDB. The caller owns both and calls their `release`; they outlive the table.
  Status to_arrow(ArrowSchema* schema, ArrowArray* array) const noexcept;

 private:
  friend class Ledger;
  struct Inside;
  std::unique_ptr<Inside> in_;
};

struct LedgerOptions {
  std::string data, ontology;  // by which names and codes are read; as in EngineOptions
  bool learn = true;           // fill what records leave open from what earlier ones said
};

using Filters = std::vector<std::pair<std::string, std::string>>;

struct AskOptions {
  int limit = 100;       // rows at most, 1 to 100000
  int milliseconds = 0;  // late after these; 0: never
};

class CHANCERY_API Ledger {
 public:
  enum Mode { read, write };
  enum class Added { fresh, known, copy };  // copy: kept, and nearly the same text as one before

  Ledger() noexcept;
  ~Ledger();
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;

  // `where` is a file or the address of a PostgreSQL server (postgres://user@host/name). Writing
  // makes a new one, and brings one of an earlier version to this one. cannot_start: no ledger,
  // another program's file, a server that does not answer. One writer, many readers.
  static Status open(const std::string& where, Mode mode, const LedgerOptions& options,
                     Ledger* ledger) noexcept;

  // Keeps a record; twice changes nothing. Outside begin() … commit() it is kept when this returns.
  // bad_input: no record, or codes that the ontology does not have; the batch goes on.
  // cannot_start: the store failed, and nothing of the batch is kept.
  Status add(std::string_view record_json, Added* added = nullptr) noexcept;
  Status begin() noexcept;
  Status commit() noexcept;
  Status rollback() noexcept;

  // Articles that are kept.
  Status count(int64_t* articles) noexcept;
  // The record of an article by its number, as JSON with explanations; bad_request for none.
  Status record_json(int64_t number, std::string* json) noexcept;

  // Asks one of questions(): filters are those of the command line without their dashes ("by",
  // "to", "between" as "NOR,ISL", "type", "from" …). bad_request: an unknown question, filter or
  // value, with what there is. docs/codebook.md has the columns.
  Status ask(std::string_view question, const Filters& filters, const AskOptions& options,
             Table* table) noexcept;
  // "statements", "events" …; the filters of one, apart by blanks ("" for no question).
  static std::vector<std::string> questions() noexcept;
  static std::string filters(std::string_view question) noexcept;

  // Writes the ledger in a format of `chancery export`, piece by piece; days of publication,
  // inclusive, "" for no bound. `write` must not throw; false from it ends the export.
  Status export_to(const std::string& format, const std::string& from, const std::string& until,
                   const std::function<bool(std::string_view)>& write) noexcept;
  // The columns of a format that is a flat table ("table-events"), as "name:kind" apart by blanks,
  // with the kinds of Table; "" for another format.
  static std::string columns(std::string_view format) noexcept;

 private:
  struct Inside;
  std::unique_ptr<Inside> in_;
};

}  // namespace v1
}  // namespace chancery

#endif
