#include "ledger/item_schema.h"

#include "ledger/ledger_words.h"
#include "ledger/months.h"
#include "ledger/usual.h"

namespace chancery {
namespace {

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

// Columns of all items. day … last: the days under which an item stands; moment, precision: its own
// time (filed.h).
std::string item_columns() {
  return "article INTEGER NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, " + usual("last", "day") +
         ", " + usual("precision", quoted(kUsualPrecision)) + ", " +
         usual("moment", "CASE kept_precision WHEN 'day' THEN day ELSE '' END") + ",\n  ";
}

}  // namespace

std::string item_schema(Database::Dialect dialect) {
  const std::string begin = numbered_by_months(dialect) + item_columns();
  auto end = [&](const char* table) { return end_by_months(dialect, table); };
  return "CREATE TABLE statement (" + begin + usual("quote", quoted(kUsualQuote)) + ", " +
         usual("force", quoted(kUsualForce)) + R"sql(,
  speaker TEXT NOT NULL, via TEXT NOT NULL, addressee TEXT NOT NULL, place TEXT NOT NULL, occasion TEXT NOT NULL, confidence REAL NOT NULL,
  cue TEXT NOT NULL, content TEXT NOT NULL
)sql" + end("statement") +
         R"sql(
CREATE INDEX statement_article ON statement(article);
CREATE INDEX statement_day ON statement(day, number);
CREATE TABLE event ()sql" +
         begin + usual("status", quoted(kUsualStatus)) + R"sql(,
  type TEXT NOT NULL, mode TEXT NOT NULL, cameo TEXT NOT NULL, goldstein REAL, source TEXT NOT NULL, target TEXT NOT NULL, source_country TEXT NOT NULL, target_country TEXT NOT NULL,
  place TEXT NOT NULL, words TEXT NOT NULL, said_in TEXT NOT NULL, happening INTEGER NOT NULL, confidence REAL NOT NULL,
  first INTEGER NOT NULL            -- 1: no report before told this act
)sql" + end("event") +
         R"sql(
CREATE INDEX event_article ON event(article);
CREATE INDEX event_day ON event(day, number);
CREATE INDEX event_happening ON event(happening);
)sql" +
         // What the calendar asks for, in its words: SQLite knows an index by them.
         "CREATE INDEX event_plan ON event(day, number) WHERE status = 'planned' OR " +
         sql_is("type", LedgerWords::meetings) + R"sql(;
CREATE TABLE happening (           -- one act in the world, however many reports tell it; its words are those of the event that told it first
  number INTEGER PRIMARY KEY,
  pair INTEGER NOT NULL,           -- hash of its type and sides
  day INTEGER NOT NULL,            -- as parts.h has them
  last INTEGER,                    -- where it is another than the day
  reports INTEGER NOT NULL, article INTEGER NOT NULL, event TEXT NOT NULL)sql" +
         (acts_have_words(dialect) ? ", words TEXT NOT NULL, place TEXT NOT NULL" : "") + R"sql(
) STRICT;
CREATE INDEX happening_pair ON happening(pair, day);
CREATE INDEX happening_span ON happening(pair, last) WHERE last IS NOT NULL;
CREATE TABLE dyad (                -- events between two states, for curves over time
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, last TEXT NOT NULL, event INTEGER NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, goldstein REAL NOT NULL, first INTEGER NOT NULL,
  PRIMARY KEY (a, b, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_day ON dyad(day, last, a, b, goldstein, first, status);
CREATE INDEX dyad_b ON dyad(b, a, day, last, goldstein, first, status);
CREATE TABLE position ()sql" +
         begin + R"sql(
  holder TEXT NOT NULL, holder_country TEXT NOT NULL, stance TEXT NOT NULL, topic TEXT NOT NULL, issue TEXT NOT NULL, toward TEXT NOT NULL, toward_country TEXT NOT NULL,
  content TEXT NOT NULL, condition TEXT NOT NULL, stages TEXT NOT NULL, said_in TEXT NOT NULL, confidence REAL NOT NULL,
  due_day TEXT NOT NULL, due_last TEXT NOT NULL, due TEXT NOT NULL  -- the first later time that its words name, '' for none
)sql" + end("position") +
         R"sql(
CREATE INDEX position_article ON position(article);
CREATE INDEX position_day ON position(day, number);
CREATE INDEX position_issue ON position(issue, day, number);
CREATE INDEX position_due ON position(due_day, number) WHERE due_day > '';
CREATE INDEX position_holder ON position(holder, issue, day);
CREATE TABLE novelty (number INTEGER PRIMARY KEY, )sql" +
         item_columns() + R"sql(
  claim TEXT NOT NULL, what TEXT NOT NULL, since TEXT NOT NULL, by TEXT NOT NULL, words TEXT NOT NULL
) STRICT;
CREATE INDEX novelty_article ON novelty(article);
CREATE INDEX novelty_day ON novelty(day, number);
CREATE TABLE occasion (number INTEGER PRIMARY KEY, )sql" +
         item_columns() + R"sql(
  type TEXT NOT NULL, status TEXT NOT NULL, who TEXT NOT NULL, country TEXT NOT NULL, place TEXT NOT NULL,
  words TEXT NOT NULL, said_in TEXT NOT NULL, announced TEXT NOT NULL   -- type: of the record's occasions; announced: by whom
) STRICT;
CREATE INDEX occasion_article ON occasion(article);
CREATE INDEX occasion_day ON occasion(day, number);
CREATE INDEX occasion_type ON occasion(type, day);
CREATE TABLE part (                -- who plays which part in which item, in the order of time (parts.h)
  who INTEGER NOT NULL, play INTEGER NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL,
  last INTEGER,                    -- where it is another than the day
  PRIMARY KEY (who, play, day, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE span (                -- the times of more than one day that occur: how far back what reaches into a period may begin
  day TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (last, day)
) STRICT, WITHOUT ROWID;
)sql";
}

}  // namespace chancery
