// A user of the library: knows include/chancery and nothing else. Ends with 0 when every promise
// holds that is made there.
//   consumer EXAMPLES_FOLDER TEMPORARY_FOLDER
#include <chancery/chancery.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

namespace {

int failures = 0;

void expect(bool holds, const char* what, int line) {
  if (holds) return;
  ++failures;
  std::cerr << "consumer.cpp:" << line << ": " << what << "\n";
}
#define EXPECT(condition) expect((condition), #condition, __LINE__)

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

using chancery::Code;

void what_was_never_opened_says_so() {
  chancery::Engine engine;
  chancery::Record record;
  EXPECT(engine.read({.bytes = "x"}, &record).code() == Code::not_open);
  EXPECT(engine.maker().model.empty());
  chancery::Coder coder;
  chancery::Coded coded;
  EXPECT(!coder.next(&coded) && coder.status().code() == Code::not_open);
  chancery::Ledger ledger;
  chancery::Table table;
  EXPECT(ledger.ask("events", {}, {}, &table).code() == Code::not_open);
  EXPECT(table.rows() == 0 && table.null(3, 4) && table.text(1, 1).empty());
  EXPECT(table.to_arrow(nullptr, nullptr).code() == Code::not_open);
}

void what_is_missing_is_named() {
  chancery::Engine engine;
  chancery::Status status = chancery::Engine::open({.model = "/nowhere.model"}, &engine);
  EXPECT(status.code() == Code::cannot_start);
  EXPECT(status.message().find("/nowhere.model") != std::string::npos);
  EXPECT(std::string(chancery::name_of(status.code())) == "cannot_start");
  status = chancery::Engine::open({.data = "/nowhere", .model = "fast"}, &engine);
  EXPECT(status.code() == Code::cannot_start);
}

void a_page_is_read(const chancery::Engine& engine, const std::string& page) {
  chancery::Record record;
  EXPECT(engine.read({.bytes = page}, &record).ok());
  EXPECT(record.article.title == "Iceland offers talks on herring if Norway lifts port ban");
  EXPECT(record.made_by.engine == CHANCERY_VERSION);
  EXPECT(record.made_by.model == engine.maker().model && !record.made_by.data.empty());
  bool arnarson = false;
  for (const chancery::Statement& s : record.statements)
    arnarson |= s.speaker >= 0 &&
                record.entities[static_cast<size_t>(s.speaker)].name == "Jon Arnarson" &&
                record.words(s.content).find("no quota without science") != std::string::npos &&
                s.when.from == "2031-05-13";
  EXPECT(arnarson);
  std::string json;
  EXPECT(engine.read_json({.bytes = page}, {.explain = true}, &json).ok());
  EXPECT(json.starts_with("{\"schema\":\"" CHANCERY_SCHEMA "\""));
  chancery::Record again;
  EXPECT(chancery::parse(json, &again).ok());
  EXPECT(again.statements.size() == record.statements.size());
  EXPECT(again.events.size() == record.events.size() && !again.events.empty());
  EXPECT(chancery::Engine::extract_json({.bytes = page}, &json).ok());
  EXPECT(json.find("\"article\"") != std::string::npos);
}

void what_cannot_be_read_costs_itself(const chancery::Engine& engine) {
  chancery::Record record;
  record.article.id = "untouched";
  EXPECT(engine.read({.bytes = ""}, &record).code() == Code::bad_input);
  EXPECT(engine.read({.bytes = "{\"text\": 3}", .form = chancery::Form::json}, &record).code() ==
         Code::bad_input);
  EXPECT(engine.read({.bytes = std::string_view("\0\1\2\0\0", 5)}, &record).code() ==
         Code::bad_input);
  EXPECT(record.article.id == "untouched");
  EXPECT(chancery::parse("{}", &record).code() == Code::bad_input);
}

void a_set_day_has_all_that_the_json_has(const chancery::Engine& engine) {
  const std::string text =
      "OSLO - Norwegian Foreign Minister Tora Solheim said on Monday that Norway would hold a "
      "general election on 9 September.";
  chancery::Record record;
  EXPECT(
      engine.read({.bytes = text, .form = chancery::Form::text, .published = "2031-05-14"}, &record)
          .ok());
  bool election = false, plain = false;
  for (const chancery::Time& t : record.times) {
    plain |=
        t.occasion.empty() && t.status.empty() && t.who.empty() && record.words(t.words).empty();
    if (t.occasion != "election") continue;
    election = t.status == "planned" && t.when.from == "2031-09-09" && !t.who.empty() &&
               record.entities[static_cast<size_t>(t.who[0])].country == "NOR" &&
               record.words(t.words).find("general election") != std::string_view::npos &&
               t.said_in >= 0 && t.where == -1;
  }
  EXPECT(election && plain);
}

void many_threads_read_the_same(const chancery::Engine& engine, const std::string& page) {
  std::string one, left, right;
  EXPECT(engine.read_json({.bytes = page}, {}, &one).ok());
  auto read = [&](std::string* into) {
    chancery::Engine own = engine;  // copies share the model
    if (!own.read_json({.bytes = page}, {}, into).ok()) into->clear();
  };
  std::thread a(read, &left), b(read, &right);
  a.join();
  b.join();
  EXPECT(one == left && one == right);
}

std::vector<std::string> many_are_coded(const chancery::Engine& engine,
                                        const std::string& examples) {
  std::vector<std::string> of_threads[2];
  for (int threads : {1, 3}) {
    chancery::Coder coder;
    EXPECT(chancery::Coder::open(
               engine, {examples + "/reports.jsonl", "/nowhere.jsonl", examples + "/accord.html"},
               {.threads = threads}, &coder)
               .ok());
    int bad = 0;
    for (chancery::Coded one; coder.next(&one);)
      if (one.status.ok()) of_threads[threads / 3].push_back(one.json);
      else bad += one.status.message().find("/nowhere.jsonl") != std::string::npos;
    EXPECT(coder.status().ok());
    EXPECT(bad == 1);
  }
  EXPECT(of_threads[0].size() == 11);
  EXPECT(of_threads[0] == of_threads[1]);
  chancery::Coder none;
  EXPECT(chancery::Coder::open(engine, {}, {.threads = 0}, &none).code() == Code::bad_request);
  return of_threads[0];
}

void a_ledger_answers(const std::vector<std::string>& records, const std::string& folder) {
  const std::string file = folder + "/consumer.ledger";
  chancery::Ledger ledger;
  EXPECT(chancery::Ledger::open(file, chancery::Ledger::read, {}, &ledger).code() ==
         Code::cannot_start);
  EXPECT(chancery::Ledger::open(file, chancery::Ledger::write, {}, &ledger).ok());
  EXPECT(ledger.begin().ok());
  for (const std::string& json : records) EXPECT(ledger.add(json).ok());
  chancery::Ledger::Added added{};
  EXPECT(ledger.add(records[0], &added).ok() && added == chancery::Ledger::Added::known);
  EXPECT(ledger.add("{\"schema\":\"chancery/1\"}").code() == Code::bad_input);
  EXPECT(ledger.commit().ok());
  int64_t articles = 0;
  EXPECT(ledger.count(&articles).ok() && articles == 11);

  chancery::Table table;
  EXPECT(ledger.ask("events", {{"between", "NOR,ISL"}}, {.limit = 3}, &table).ok());
  EXPECT(table.rows() == 3 && !table.after().empty());
  const size_t goldstein = table.column("goldstein"), from = table.column("from");
  EXPECT(table.kind(goldstein) == chancery::Kind::real && table.real(0, goldstein) != 0);
  EXPECT(table.kind(from) == chancery::Kind::day && table.text(0, from).size() == 10);
  EXPECT(table.integer(0, table.column("number")) > 0);
  EXPECT(table.column("no such column") == table.columns());
  // A name that nobody bears is no silence.
  EXPECT(ledger.ask("statements", {{"by", "Solhem"}}, {}, &table).ok());
  EXPECT(table.rows() == 0 && table.notes().size() == 1);
  EXPECT(ledger.ask("events", {{"type", "PICNIC"}}, {}, &table).code() == Code::bad_request);
  EXPECT(ledger.ask("picnics", {}, {}, &table).code() == Code::bad_request);
  std::string json;
  EXPECT(ledger.record_json(1, &json).ok() && json.size() > 500);
  EXPECT(ledger.record_json(99, &json).code() == Code::bad_request);
  EXPECT(chancery::Ledger::filters("events").find("between") != std::string::npos);
  EXPECT(chancery::Ledger::columns("table-events").find(" goldstein:real ") != std::string::npos);
  EXPECT(chancery::Ledger::columns("gdelt").empty());
  for (const std::string& question : chancery::Ledger::questions()) {
    chancery::Filters needed;
    if (question == "timeline") needed = {{"between", "NOR,ISL"}};
    if (question == "contacts") needed = {{"actor", "NOR"}};
    if (question == "search") needed = {{"q", "quota"}};
    chancery::Status status = ledger.ask(question, needed, {}, &table);
    if (!status.ok()) std::cerr << question << ": " << status.message() << "\n";
    EXPECT(status.ok());
  }

  size_t pieces = 0;
  EXPECT(ledger.export_to("records", "", "", [&](std::string_view) { return ++pieces < 4; }).ok());
  EXPECT(pieces == 4);
  EXPECT(ledger.export_to("parchment", "", "", [](std::string_view) { return true; }).code() !=
         Code::ok);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string examples = argv[1], folder = argv[2];
  what_was_never_opened_says_so();
  what_is_missing_is_named();
  chancery::Engine engine;
  chancery::Status status = chancery::Engine::open({.model = "fast"}, &engine);
  if (!status.ok()) {
    std::cerr << status.message() << "\n";
    return 1;
  }
  const std::string page = bytes_of(examples + "/accord.html");
  a_page_is_read(engine, page);
  what_cannot_be_read_costs_itself(engine);
  a_set_day_has_all_that_the_json_has(engine);
  many_threads_read_the_same(engine, page);
  a_ledger_answers(many_are_coded(engine, examples), folder);
  if (failures == 0) std::puts("every promise of chancery.h holds");
  return failures == 0 ? 0 : 1;
}
