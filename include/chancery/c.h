/* chancery for C, and for every language that can call C. chancery.h says what things mean; here is
 * how they are spelled.
 *
 *   chancery_engine* engine = NULL;
 *   char *error = NULL, *json = NULL;
 *   if (chancery_engine_open(NULL, NULL, NULL, &engine, &error) != CHANCERY_OK) {
 *     fprintf(stderr, "%s\n", error);
 *     chancery_free(error);
 *     return 1;
 *   }
 *   if (chancery_read(engine, page, strlen(page), NULL, 0, &json, &error) == CHANCERY_OK) puts(json);
 *   chancery_free(json);
 *   chancery_engine_close(engine);
 *
 * CONVENTIONS
 * - Functions that can fail return a code and take `char** error` last. On failure it is set to a
 *   message to be freed with chancery_free; on success, and when `error` is NULL, it is left alone.
 * - A string that is returned through a `char**` is NUL-terminated UTF-8 and the caller's, to be
 *   freed with chancery_free. `const char*` results belong to the object that they were asked of and
 *   live until it is closed or asked for something else. What is passed in is not kept.
 * - NULL for an optional string means the default. Close functions take NULL and do nothing.
 * - No exception and no signal leaves the library. Objects are opaque.
 * - An engine may be used by many threads at once, a coder, ledger or table by one at a time. */
#ifndef CHANCERY_C_H
#define CHANCERY_C_H

#include <chancery/version.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CHANCERY_C_API __attribute__((visibility("default")))
#else
#define CHANCERY_C_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowSchema;
struct ArrowArray;

/* The numbers are part of the promise. chancery.h says what to do about each. */
enum {
  CHANCERY_OK = 0,
  CHANCERY_BAD_INPUT = 1,
  CHANCERY_BAD_REQUEST = 2,
  CHANCERY_CANNOT_START = 3,
  CHANCERY_DAMAGED = 4,
  CHANCERY_LATE = 5,
  CHANCERY_OUT_OF_MEMORY = 6,
  CHANCERY_FAULT = 7,
  CHANCERY_NOT_OPEN = 8,
  CHANCERY_END = 9 /* chancery_coder_next: there is no more */
};

enum { CHANCERY_EXPLAIN = 1 };                                /* flags of reading */
enum { CHANCERY_LEDGER_READ = 0, CHANCERY_LEDGER_WRITE = 1 }; /* how a ledger is opened */
enum { CHANCERY_TEXT = 0, CHANCERY_INTEGER = 1, CHANCERY_REAL = 2, CHANCERY_DAY = 3 };

typedef struct chancery_engine chancery_engine;
typedef struct chancery_coder chancery_coder;
typedef struct chancery_ledger chancery_ledger;
typedef struct chancery_table chancery_table;

/* The version of the library that runs, which may be newer than the header's. */
CHANCERY_C_API const char* chancery_version(void);
CHANCERY_C_API const char* chancery_code_name(int code);
CHANCERY_C_API void chancery_free(char* string);

/* Engine ------------------------------------------------------------------------------------- */

CHANCERY_C_API int chancery_engine_open(const char* data, const char* model, const char* ontology,
                                        chancery_engine** engine, char** error);
CHANCERY_C_API void chancery_engine_close(chancery_engine* engine);
CHANCERY_C_API const char* chancery_engine_model(const chancery_engine* engine);
CHANCERY_C_API const char* chancery_engine_data(const chancery_engine* engine);

/* One report as a record: `published` (2031-05-14) is for reports that do not say it themselves. */
CHANCERY_C_API int chancery_read(const chancery_engine* engine, const char* bytes, size_t size,
                                 const char* published, int flags, char** json, char** error);
/* The article of a page alone; needs no engine. */
CHANCERY_C_API int chancery_extract(const char* bytes, size_t size, char** json, char** error);

/* Coder: many reports ------------------------------------------------------------------------ */

CHANCERY_C_API int chancery_coder_open(const chancery_engine* engine, const char* const* inputs,
                                       size_t count, int threads, int flags, chancery_coder** coder,
                                       char** error);
/* OK: `*json` is the next record. BAD_INPUT: one input could not be read, go on. END: no more.
 * Anything else: it cannot go on. */
CHANCERY_C_API int chancery_coder_next(chancery_coder* coder, char** json, char** error);
CHANCERY_C_API void chancery_coder_close(chancery_coder* coder);

/* Ledger ------------------------------------------------------------------------------------- */

CHANCERY_C_API int chancery_ledger_open(const char* where, int mode, const char* data,
                                        const char* ontology, chancery_ledger** ledger,
                                        char** error);
CHANCERY_C_API void chancery_ledger_close(chancery_ledger* ledger);
CHANCERY_C_API int chancery_ledger_add(chancery_ledger* ledger, const char* record_json,
                                       char** error);
CHANCERY_C_API int chancery_ledger_begin(chancery_ledger* ledger, char** error);
CHANCERY_C_API int chancery_ledger_commit(chancery_ledger* ledger, char** error);
CHANCERY_C_API int chancery_ledger_rollback(chancery_ledger* ledger, char** error);
CHANCERY_C_API int chancery_ledger_count(chancery_ledger* ledger, int64_t* articles, char** error);
CHANCERY_C_API int chancery_ledger_record(chancery_ledger* ledger, int64_t number, char** json,
                                          char** error);
/* `filters` are `count` pairs, name and value one behind the other. */
CHANCERY_C_API int chancery_ledger_ask(chancery_ledger* ledger, const char* question,
                                       const char* const* filters, size_t count, int limit,
                                       chancery_table** table, char** error);
/* `write` returns 0 to go on. */
CHANCERY_C_API int chancery_ledger_export(
    chancery_ledger* ledger, const char* format, const char* from, const char* until,
    int (*write)(void* context, const char* bytes, size_t size), void* context, char** error);
/* Names of the questions, and the filters of one, apart by blanks. */
CHANCERY_C_API const char* chancery_questions(void);
CHANCERY_C_API char* chancery_question_filters(const char* question);

/* Table -------------------------------------------------------------------------------------- */

CHANCERY_C_API void chancery_table_close(chancery_table* table);
CHANCERY_C_API size_t chancery_table_rows(const chancery_table* table);
CHANCERY_C_API size_t chancery_table_columns(const chancery_table* table);
CHANCERY_C_API const char* chancery_table_name(const chancery_table* table, size_t column);
CHANCERY_C_API int chancery_table_kind(const chancery_table* table, size_t column);
CHANCERY_C_API int chancery_table_null(const chancery_table* table, size_t row, size_t column);
CHANCERY_C_API const char* chancery_table_text(const chancery_table* table, size_t row,
                                               size_t column);
CHANCERY_C_API int64_t chancery_table_integer(const chancery_table* table, size_t row,
                                              size_t column);
CHANCERY_C_API double chancery_table_real(const chancery_table* table, size_t row, size_t column);
CHANCERY_C_API const char* chancery_table_after(const chancery_table* table);
CHANCERY_C_API size_t chancery_table_notes(const chancery_table* table);
CHANCERY_C_API const char* chancery_table_note(const chancery_table* table, size_t note);
/* The Arrow C data interface; both are the caller's to release. */
CHANCERY_C_API int chancery_table_to_arrow(const chancery_table* table, struct ArrowSchema* schema,
                                           struct ArrowArray* array, char** error);

#ifdef __cplusplus
}
#endif
#endif
