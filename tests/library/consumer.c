/* A user of the library in C. Ends with 0 when every promise of c.h holds.
 *   consumer_c EXAMPLES_FOLDER TEMPORARY_FOLDER */
#include <chancery/c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As the Arrow C data interface has them. */
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void** buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

static int failures = 0;

static void expect(int holds, const char* what, int line) {
  if (holds) return;
  ++failures;
  fprintf(stderr, "consumer.c:%d: %s\n", line, what);
}
#define EXPECT(condition) expect((condition), #condition, __LINE__)

static int take(void* context, const char* bytes, size_t size) {
  (void)bytes;
  *(size_t*)context += size;
  return 0;
}

static void tables(const chancery_table* table) {
  struct ArrowSchema schema, child;
  struct ArrowArray array, column;
  char* error = NULL;
  size_t c;
  EXPECT(chancery_table_rows(table) > 2);
  for (c = 0; c < chancery_table_columns(table); ++c)
    if (strcmp(chancery_table_name(table, c), "number") == 0) {
      EXPECT(chancery_table_kind(table, c) == CHANCERY_INTEGER);
      EXPECT(chancery_table_integer(table, 0, c) > 0);
      EXPECT(!chancery_table_null(table, 0, c));
    }
  EXPECT(chancery_table_to_arrow(table, &schema, &array, &error) == CHANCERY_OK);
  EXPECT(strcmp(schema.format, "+s") == 0);
  EXPECT(schema.n_children == (int64_t)chancery_table_columns(table));
  EXPECT(array.length == (int64_t)chancery_table_rows(table));
  EXPECT(strcmp(schema.children[0]->format, "l") == 0);
  EXPECT(((const int64_t*)array.children[0]->buffers[1])[0] ==
         chancery_table_integer(table, 0, 0));
  /* A child may be moved out and outlive its parent. */
  child = *schema.children[0];
  schema.children[0]->release = NULL;
  column = *array.children[0];
  array.children[0]->release = NULL;
  schema.release(&schema);
  array.release(&array);
  EXPECT(schema.release == NULL && array.release == NULL);
  EXPECT(strcmp(child.name, "number") == 0 && column.length > 2);
  child.release(&child);
  column.release(&column);
}

static void ledgers(const chancery_engine* engine, const char* reports, const char* folder) {
  chancery_coder* coder = NULL;
  chancery_ledger* ledger = NULL;
  chancery_table* table = NULL;
  char *json = NULL, *error = NULL, path[4096];
  const char* filters[] = {"by", "Solheim"};
  const char* wrong[] = {"type", "PICNIC"};
  int code, read = 0;
  int64_t articles = 0;
  size_t size = 0;
  snprintf(path, sizeof path, "%s/c.ledger", folder);
  EXPECT(chancery_ledger_open(path, CHANCERY_LEDGER_WRITE, NULL, NULL, &ledger, &error) ==
         CHANCERY_OK);
  EXPECT(chancery_coder_open(engine, &reports, 1, 2, CHANCERY_EXPLAIN, &coder, &error) ==
         CHANCERY_OK);
  EXPECT(chancery_ledger_begin(ledger, NULL) == CHANCERY_OK);
  while ((code = chancery_coder_next(coder, &json, &error)) == CHANCERY_OK) {
    ++read;
    EXPECT(chancery_ledger_add(ledger, json, &error) == CHANCERY_OK);
    chancery_free(json);
  }
  EXPECT(code == CHANCERY_END && read == 10);
  EXPECT(chancery_ledger_commit(ledger, NULL) == CHANCERY_OK);
  EXPECT(chancery_ledger_count(ledger, &articles, NULL) == CHANCERY_OK && articles == 10);
  EXPECT(chancery_ledger_ask(ledger, "statements", filters, 1, 100, &table, &error) ==
         CHANCERY_OK);
  tables(table);
  chancery_table_close(table);
  EXPECT(chancery_ledger_ask(ledger, "events", wrong, 1, 100, &table, &error) ==
         CHANCERY_BAD_REQUEST);
  EXPECT(error != NULL && strstr(error, "PICNIC") != NULL);
  chancery_free(error);
  EXPECT(chancery_ledger_export(ledger, "records", NULL, NULL, take, &size, NULL) == CHANCERY_OK);
  EXPECT(size > 1000);
  chancery_coder_close(coder);
  chancery_ledger_close(ledger);
}

int main(int argc, char** argv) {
  chancery_engine* engine = NULL;
  char *error = NULL, *json = NULL, reports[4096];
  const char* text = "Norwegian Foreign Minister Kari Solheim met Icelandic officials on Tuesday.";
  if (argc != 3) return 2;
  EXPECT(strcmp(chancery_version(), CHANCERY_VERSION) == 0);
  EXPECT(chancery_engine_open(NULL, "/nowhere.model", NULL, &engine, &error) ==
         CHANCERY_CANNOT_START);
  EXPECT(error != NULL && strstr(error, "/nowhere.model") != NULL && engine == NULL);
  chancery_free(error);
  error = NULL;
  if (chancery_engine_open(NULL, "fast", NULL, &engine, &error) != CHANCERY_OK) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  EXPECT(strncmp(chancery_engine_model(engine), "chancery-fast-", 14) == 0);
  EXPECT(strlen(chancery_engine_data(engine)) == 16);
  EXPECT(chancery_read(engine, text, strlen(text), "2031-05-14", 0, &json, &error) == CHANCERY_OK);
  EXPECT(json != NULL && strstr(json, "Kari Solheim") != NULL && strstr(json, "2031-05-13"));
  chancery_free(json);
  EXPECT(chancery_read(engine, NULL, 0, NULL, 0, &json, NULL) == CHANCERY_BAD_INPUT);
  EXPECT(chancery_read(NULL, text, 1, NULL, 0, &json, NULL) == CHANCERY_NOT_OPEN);
  EXPECT(strcmp(chancery_code_name(CHANCERY_BAD_INPUT), "bad_input") == 0);
  snprintf(reports, sizeof reports, "%s/reports.jsonl", argv[1]);
  ledgers(engine, reports, argv[2]);
  chancery_engine_close(engine);
  chancery_engine_close(NULL);
  if (failures == 0) puts("every promise of c.h holds");
  return failures == 0 ? 0 : 1;
}
