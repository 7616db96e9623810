// The ledger's tables. A new ledger is made at once in its present form; an older one is brought to
// it step by step, and what is derived from the records is then made anew from them
// (ledger/writer.h): the records are kept whole, so nothing else need be.
#pragma once

namespace chancery {

// How versions 1 to 3 came to be (SQLite only; PostgreSQL begins with 4). Never edit a step that
// was released.
inline constexpr const char* kOldSteps[] = {
    // 0 → 1
    R"sql(
CREATE TABLE article (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,        -- hash of the content: the same article twice is one
  id TEXT NOT NULL, url TEXT, publisher TEXT, title TEXT, published TEXT, language TEXT,
  record TEXT NOT NULL             -- whole, schema chancery/1
) STRICT;
CREATE INDEX article_published ON article(published);
CREATE TABLE actor (               -- an entity in an article
  article INTEGER NOT NULL REFERENCES article(number) ON DELETE CASCADE,
  entity INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, sector TEXT, role TEXT, mentions INTEGER NOT NULL,
  PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name ON actor(name COLLATE NOCASE);
CREATE INDEX actor_country ON actor(country);
CREATE TABLE statement (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article(number) ON DELETE CASCADE, id TEXT NOT NULL,
  speaker TEXT, via TEXT, addressee TEXT, date TEXT, place TEXT, occasion TEXT, quote TEXT NOT NULL, cue TEXT, content TEXT NOT NULL
) STRICT;
CREATE INDEX statement_article ON statement(article);
CREATE TABLE event (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article(number) ON DELETE CASCADE, id TEXT NOT NULL,
  type TEXT NOT NULL, mode TEXT, cameo TEXT, goldstein REAL, source TEXT, target TEXT, date TEXT, place TEXT, status TEXT NOT NULL, words TEXT NOT NULL, said_in TEXT
) STRICT;
CREATE INDEX event_article ON event(article);
CREATE INDEX event_date ON event(date);
CREATE TABLE position (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article(number) ON DELETE CASCADE, id TEXT NOT NULL,
  holder TEXT, stance TEXT NOT NULL, topic TEXT, toward TEXT, content TEXT NOT NULL, condition TEXT, stages TEXT, said_in TEXT
) STRICT;
CREATE INDEX position_article ON position(article);
CREATE TABLE novelty (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article(number) ON DELETE CASCADE, id TEXT NOT NULL,
  claim TEXT NOT NULL, what TEXT, since TEXT, by TEXT, words TEXT NOT NULL
) STRICT;
CREATE INDEX novelty_article ON novelty(article);
CREATE TABLE part (                -- who plays which part in which item
  item TEXT NOT NULL,              -- statement, event, position, novelty
  number INTEGER NOT NULL, part TEXT NOT NULL, article INTEGER NOT NULL, entity INTEGER NOT NULL,
  PRIMARY KEY (item, number, part, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_entity ON part(article, entity, item, part);
CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2');
)sql",
    // 1 → 2: what articles taught of actors (ledger/learned.h)
    R"sql(
CREATE TABLE learned (
  name TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL,
  first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL, evidence TEXT NOT NULL, origin TEXT NOT NULL,
  PRIMARY KEY (name, country, sector, role)
) STRICT, WITHOUT ROWID;
)sql",
    // 2 → 3: feeds that are followed, and articles by their address
    R"sql(
CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX article_url ON article(url);
)sql",
};

// Version 4: what is kept of itself, and not derived from records.
inline constexpr const char* kKeptTables = R"sql(
CREATE TABLE article (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,        -- hash of the content: the same article twice is one
  id TEXT NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL, language TEXT NOT NULL,
  day TEXT NOT NULL,               -- of publication, '' when not known
  added TEXT NOT NULL,             -- when the ledger took it, UTC
  copy_of INTEGER,                 -- the article that it repeats nearly word for word
  replaces INTEGER,                -- the version that stood at the same address before
  story INTEGER,                   -- the storyline it belongs to
  record TEXT NOT NULL             -- whole, schema chancery/1
) STRICT;
CREATE INDEX article_day ON article(day, number);
CREATE INDEX article_url ON article(url);
CREATE INDEX article_story ON article(story, number);
CREATE INDEX article_copy ON article(copy_of);
CREATE TABLE learned (
  name TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL,
  first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL, evidence TEXT NOT NULL, origin TEXT NOT NULL,
  PRIMARY KEY (name, country, sector, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// Version 4: what is derived from the records, with its indexes.
inline constexpr const char* kDerivedTables = R"sql(
CREATE TABLE who (                 -- everybody and every state that takes part, once; a state's code is a name of kind 'state'
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL,
  articles INTEGER NOT NULL, mentions INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX who_name ON who(name, kind, country);
CREATE INDEX who_country ON who(country, articles);
CREATE INDEX who_articles ON who(articles, number);
CREATE TABLE actor (               -- who is in an article
  who INTEGER NOT NULL, article INTEGER NOT NULL, mentions INTEGER NOT NULL,
  PRIMARY KEY (who, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE statement (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, date TEXT NOT NULL,
  speaker TEXT NOT NULL, via TEXT NOT NULL, addressee TEXT NOT NULL, place TEXT NOT NULL, occasion TEXT NOT NULL, quote TEXT NOT NULL, force TEXT NOT NULL, confidence REAL NOT NULL,
  cue TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX statement_article ON statement(article);
CREATE INDEX statement_day ON statement(day, number);
CREATE TABLE event (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, date TEXT NOT NULL,
  type TEXT NOT NULL, mode TEXT NOT NULL, cameo TEXT NOT NULL, goldstein REAL, source TEXT NOT NULL, target TEXT NOT NULL, source_country TEXT NOT NULL, target_country TEXT NOT NULL,
  place TEXT NOT NULL, status TEXT NOT NULL, words TEXT NOT NULL, said_in TEXT NOT NULL, happening INTEGER NOT NULL,
  first INTEGER NOT NULL            -- 1: no report before told this act
) STRICT;
CREATE INDEX event_article ON event(article);
CREATE INDEX event_day ON event(day, number);
CREATE INDEX event_happening ON event(happening);
CREATE INDEX event_plan ON event(date, number) WHERE status = 'planned' OR type = 'CONSULT';
CREATE TABLE happening (           -- one act in the world, however many reports tell it
  number INTEGER PRIMARY KEY, pair TEXT NOT NULL, day TEXT NOT NULL, words TEXT NOT NULL, place TEXT NOT NULL, reports INTEGER NOT NULL, article INTEGER NOT NULL, event TEXT NOT NULL
) STRICT;
CREATE INDEX happening_pair ON happening(pair, day);
CREATE TABLE dyad (                -- events between two states, for curves over time
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, event INTEGER NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, goldstein REAL NOT NULL, first INTEGER NOT NULL,
  PRIMARY KEY (a, b, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_day ON dyad(day, a, b, goldstein, first, status);
CREATE INDEX dyad_b ON dyad(b, a, day, goldstein, first, status);
CREATE TABLE position (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL,
  holder TEXT NOT NULL, holder_country TEXT NOT NULL, stance TEXT NOT NULL, topic TEXT NOT NULL, issue TEXT NOT NULL, toward TEXT NOT NULL, toward_country TEXT NOT NULL,
  content TEXT NOT NULL, condition TEXT NOT NULL, stages TEXT NOT NULL, said_in TEXT NOT NULL
) STRICT;
CREATE INDEX position_article ON position(article);
CREATE INDEX position_day ON position(day, number);
CREATE INDEX position_issue ON position(issue, day, number);
CREATE INDEX position_holder ON position(holder, issue, day);
CREATE TABLE novelty (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL,
  claim TEXT NOT NULL, what TEXT NOT NULL, since TEXT NOT NULL, by TEXT NOT NULL, words TEXT NOT NULL
) STRICT;
CREATE INDEX novelty_article ON novelty(article);
CREATE INDEX novelty_day ON novelty(day, number);
CREATE TABLE part (                -- who plays which part in which item, in the order of time
  who INTEGER NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (who, item, part, day, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE band (                -- bands of an article's MinHash: nearly equal texts share one
  hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE story (number INTEGER PRIMARY KEY, title TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL) STRICT;
CREATE INDEX story_last ON story(last, number);
CREATE TABLE story_key (key TEXT NOT NULL, last TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, last, story)) STRICT, WITHOUT ROWID;
)sql";

inline constexpr const char* kWordsSqlite =
    "CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'unicode61 remove_diacritics "
    "2');";
inline constexpr const char* kWordsPostgres =
    "CREATE TABLE words (number BIGINT PRIMARY KEY, text TEXT NOT NULL, search TSVECTOR NOT NULL); "
    "CREATE INDEX words_search ON words USING gin(search);";

inline constexpr const char* kDerivedNames[] = {
    "who",     "actor", "statement", "event", "happening", "dyad", "position",
    "novelty", "part",  "band",      "story", "story_key", "words"};

inline constexpr int kLedgerVersion = 4;

}  // namespace chancery
