// The C functions, on the public classes alone.
#include <chancery/c.h>
#ifndef CHANCERY_INSIDE
#define CHANCERY_INSIDE
#endif
#include <chancery/chancery.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

using namespace chancery::v1;  // NOLINT: this file is nothing but a translation of it

struct chancery_engine {
  Engine engine;
  std::string model, data;
};
struct chancery_coder {
  Coder coder;
};
struct chancery_ledger {
  Ledger ledger;
};
struct chancery_table {
  Table table;
  std::vector<std::string> names;
  std::string after;
};

namespace {

// malloc'd, for chancery_free; NULL when there is no memory.
char* copied(std::string_view text) noexcept {
  char* out = static_cast<char*>(std::malloc(text.size() + 1));
  if (!out) return nullptr;
  std::memcpy(out, text.data(), text.size());
  out[text.size()] = 0;
  return out;
}

int told(const Status& status, char** error) noexcept {
  if (!status.ok() && error) *error = copied(status.message());
  return static_cast<int>(status.code());
}

// Runs what may run out of memory.
template <class Work>
int safely(char** error, Work&& work) noexcept {
  try {
    return told(work(), error);
  } catch (...) {
    if (error) *error = copied("out of memory");
    return CHANCERY_OUT_OF_MEMORY;
  }
}

std::string text_of(const char* text) { return text ? text : ""; }
std::string_view view_of(const char* text) { return text ? std::string_view(text) : ""; }

Status given(char** out, const Status& status, const std::string& text) {
  if (!status.ok()) return status;
  *out = copied(text);
  if (!*out) throw std::bad_alloc();
  return status;
}

Status absent(const char* what) { return {Code::not_open, std::string(what) + " is NULL"}; }

// Opens into a new object, which is the caller's when it succeeds.
template <class T, class Open>
int open_new(T** out, char** error, Open&& open) noexcept {
  return safely(error, [&] {
    if (!out) return Status(Code::bad_request, "no place for the result");
    auto made = std::make_unique<T>();
    Status status = open(*made);
    if (status.ok()) *out = made.release();
    return status;
  });
}

}  // namespace

const char* chancery_version(void) { return CHANCERY_VERSION; }

const char* chancery_code_name(int code) {
  return code == CHANCERY_END ? "end" : name_of(static_cast<Code>(code));
}

void chancery_free(char* string) { std::free(string); }

int chancery_engine_open(const char* data, const char* model, const char* ontology,
                         chancery_engine** engine, char** error) {
  return open_new(engine, error, [&](chancery_engine& made) {
    EngineOptions options;
    options.data = text_of(data);
    options.model = text_of(model);
    options.ontology = text_of(ontology);
    Status status = Engine::open(options, &made.engine);
    Maker maker = made.engine.maker();
    made.model = maker.model;
    made.data = maker.data;
    return status;
  });
}

void chancery_engine_close(chancery_engine* engine) { delete engine; }

const char* chancery_engine_model(const chancery_engine* engine) {
  return engine ? engine->model.c_str() : "";
}

const char* chancery_engine_data(const chancery_engine* engine) {
  return engine ? engine->data.c_str() : "";
}

int chancery_read(const chancery_engine* engine, const char* bytes, size_t size,
                  const char* published, int flags, char** json, char** error) {
  return safely(error, [&] {
    if (!engine || !json) return absent(engine ? "json" : "engine");
    Input input;
    if (bytes) input.bytes = {bytes, size};
    input.published = view_of(published);
    std::string out;
    Status status =
        engine->engine.read_json(input, {.explain = (flags & CHANCERY_EXPLAIN) != 0}, &out);
    return given(json, status, out);
  });
}

int chancery_extract(const char* bytes, size_t size, char** json, char** error) {
  return safely(error, [&] {
    if (!json) return absent("json");
    Input input;
    if (bytes) input.bytes = {bytes, size};
    std::string out;
    return given(json, Engine::extract_json(input, &out), out);
  });
}

int chancery_coder_open(const chancery_engine* engine, const char* const* inputs, size_t count,
                        int threads, int flags, chancery_coder** coder, char** error) {
  return open_new(coder, error, [&](chancery_coder& made) {
    if (!engine) return absent("engine");
    std::vector<std::string> all;
    for (size_t i = 0; i < count; ++i) all.push_back(text_of(inputs[i]));
    CoderOptions options;
    options.threads = threads;
    options.explain = (flags & CHANCERY_EXPLAIN) != 0;
    return Coder::open(engine->engine, std::move(all), options, &made.coder);
  });
}

int chancery_coder_next(chancery_coder* coder, char** json, char** error) {
  bool more = true;
  int code = safely(error, [&] {
    if (!coder || !json) return absent(coder ? "json" : "coder");
    Coded one;
    do {
      more = coder->coder.next(&one);
      if (!more) return coder->coder.status();
    } while (one.status.ok() && one.json.empty());
    return given(json, one.status, one.json);
  });
  return code == CHANCERY_OK && !more ? static_cast<int>(CHANCERY_END) : code;
}

void chancery_coder_close(chancery_coder* coder) { delete coder; }

int chancery_ledger_open(const char* where, int mode, const char* data, const char* ontology,
                         chancery_ledger** ledger, char** error) {
  return open_new(ledger, error, [&](chancery_ledger& made) {
    LedgerOptions options;
    options.data = text_of(data);
    options.ontology = text_of(ontology);
    return Ledger::open(text_of(where),
                        mode == CHANCERY_LEDGER_WRITE ? Ledger::write : Ledger::read, options,
                        &made.ledger);
  });
}

void chancery_ledger_close(chancery_ledger* ledger) { delete ledger; }

int chancery_ledger_add(chancery_ledger* ledger, const char* record_json, char** error) {
  return safely(
      error, [&] { return ledger ? ledger->ledger.add(view_of(record_json)) : absent("ledger"); });
}

int chancery_ledger_begin(chancery_ledger* ledger, char** error) {
  return safely(error, [&] { return ledger ? ledger->ledger.begin() : absent("ledger"); });
}

int chancery_ledger_commit(chancery_ledger* ledger, char** error) {
  return safely(error, [&] { return ledger ? ledger->ledger.commit() : absent("ledger"); });
}

int chancery_ledger_rollback(chancery_ledger* ledger, char** error) {
  return safely(error, [&] { return ledger ? ledger->ledger.rollback() : absent("ledger"); });
}

int chancery_ledger_count(chancery_ledger* ledger, int64_t* articles, char** error) {
  return safely(error, [&] {
    return ledger && articles ? ledger->ledger.count(articles) : absent("ledger");
  });
}

int chancery_ledger_record(chancery_ledger* ledger, int64_t number, char** json, char** error) {
  return safely(error, [&] {
    if (!ledger || !json) return absent(ledger ? "json" : "ledger");
    std::string out;
    return given(json, ledger->ledger.record_json(number, &out), out);
  });
}

int chancery_ledger_ask(chancery_ledger* ledger, const char* question, const char* const* filters,
                        size_t count, int limit, chancery_table** table, char** error) {
  return open_new(table, error, [&](chancery_table& made) {
    if (!ledger) return absent("ledger");
    Filters all;
    for (size_t i = 0; i < count; ++i)
      all.emplace_back(text_of(filters[2 * i]), text_of(filters[2 * i + 1]));
    AskOptions options;
    options.limit = limit;
    Status status = ledger->ledger.ask(view_of(question), all, options, &made.table);
    for (size_t c = 0; c < made.table.columns(); ++c) made.names.emplace_back(made.table.name(c));
    made.after = made.table.after();
    return status;
  });
}

int chancery_ledger_export(chancery_ledger* ledger, const char* format, const char* from,
                           const char* until,
                           int (*write)(void* context, const char* bytes, size_t size),
                           void* context, char** error) {
  return safely(error, [&] {
    if (!ledger || !write) return absent(ledger ? "write" : "ledger");
    return ledger->ledger.export_to(
        text_of(format), text_of(from), text_of(until),
        [&](std::string_view piece) { return write(context, piece.data(), piece.size()) == 0; });
  });
}

const char* chancery_questions(void) {
  static const std::string all = [] {
    std::string out;
    for (const std::string& name : Ledger::questions()) out += (out.empty() ? "" : " ") + name;
    return out;
  }();
  return all.c_str();
}

char* chancery_question_filters(const char* question) {
  return copied(Ledger::filters(view_of(question)));
}

void chancery_table_close(chancery_table* table) { delete table; }

size_t chancery_table_rows(const chancery_table* table) { return table ? table->table.rows() : 0; }

size_t chancery_table_columns(const chancery_table* table) {
  return table ? table->table.columns() : 0;
}

const char* chancery_table_name(const chancery_table* table, size_t column) {
  return table && column < table->names.size() ? table->names[column].c_str() : "";
}

int chancery_table_kind(const chancery_table* table, size_t column) {
  return table ? static_cast<int>(table->table.kind(column)) : static_cast<int>(CHANCERY_TEXT);
}

int chancery_table_null(const chancery_table* table, size_t row, size_t column) {
  return !table || table->table.null(row, column) ? 1 : 0;
}

// Cells are whole strings of the answer, which end in NUL.
const char* chancery_table_text(const chancery_table* table, size_t row, size_t column) {
  return table ? table->table.text(row, column).data() : "";
}

int64_t chancery_table_integer(const chancery_table* table, size_t row, size_t column) {
  return table ? table->table.integer(row, column) : 0;
}

double chancery_table_real(const chancery_table* table, size_t row, size_t column) {
  return table ? table->table.real(row, column) : 0;
}

const char* chancery_table_after(const chancery_table* table) {
  return table ? table->after.c_str() : "";
}

size_t chancery_table_notes(const chancery_table* table) {
  return table ? table->table.notes().size() : 0;
}

const char* chancery_table_note(const chancery_table* table, size_t note) {
  return note < chancery_table_notes(table) ? table->table.notes()[note].c_str() : "";
}

int chancery_table_to_arrow(const chancery_table* table, struct ArrowSchema* schema,
                            struct ArrowArray* array, char** error) {
  return safely(error, [&] {
    if (!table || !schema || !array) return absent("table, schema or array");
    return table->table.to_arrow(schema, array);
  });
}
