// The tables that are kept for their own sake, and how those of earlier versions become the present
// ones. What is derived from the records has versions of its own (derivation.h): the records are
// kept whole, so nothing else need be brought over.
#pragma once

namespace chancery {

// A new ledger is made at once in its present form; on a server its records are then parted by months
// as those of a ledger of an earlier version are.
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
  record TEXT NOT NULL             -- whole, schema chancery/1; in SQLite packed, on a server elsewhere (article_records.h)
) STRICT;
CREATE INDEX article_day ON article(day, number);
CREATE INDEX article_url ON article(url);
CREATE INDEX article_story ON article(story, number);
CREATE INDEX article_copy ON article(copy_of);
CREATE TABLE learned (
  name TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL,
  first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL, evidence TEXT NOT NULL, origin TEXT NOT NULL,
  surname TEXT NOT NULL,           -- the last word of a name, by which later articles may call somebody
  PRIMARY KEY (name, country, sector, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX learned_surname ON learned(surname);
CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE derived (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;  -- which group of derived tables was filled with which version
CREATE TABLE filled (              -- what the ledger knew of an actor of whom the record left it open (learned.h)
  article INTEGER NOT NULL, entity TEXT NOT NULL,
  country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL, why TEXT NOT NULL,
  name TEXT NOT NULL,              -- whole, of somebody whom the article calls by less; '' else
  PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE address (             -- under which its article may be found again (article/address.h)
  address TEXT NOT NULL, article INTEGER NOT NULL,
  PRIMARY KEY (address, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_article ON address(article);
CREATE TABLE waiting (             -- pages of followed feeds to be asked for again (waiting.h)
  url TEXT PRIMARY KEY, feed TEXT NOT NULL,
  title TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL, byline TEXT NOT NULL,
  since INTEGER NOT NULL, due INTEGER NOT NULL, tries INTEGER NOT NULL, problem TEXT NOT NULL, refused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_feed ON waiting(feed, since);
CREATE TABLE correction (          -- what people put right; nothing is ever taken from it (corrections.h)
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, act TEXT NOT NULL, kind TEXT NOT NULL,
  article TEXT NOT NULL,           -- the key of its article, '' for actors of all
  item TEXT NOT NULL, seen TEXT NOT NULL, value TEXT NOT NULL,
  undoes INTEGER                   -- an entry
) STRICT;
CREATE TABLE withdrawn (           -- articles that a person deleted: out of all answers, kept to be put back
  key TEXT PRIMARY KEY,
  number INTEGER NOT NULL,         -- that it had
  id TEXT NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL, language TEXT NOT NULL,
  day TEXT NOT NULL, added TEXT NOT NULL, record TEXT NOT NULL,
  address TEXT NOT NULL            -- under which it would be found again, '' for none
) STRICT, WITHOUT ROWID;
CREATE INDEX withdrawn_address ON withdrawn(address);
CREATE TABLE saved (               -- questions that somebody asked to be told of (saved.h)
  name TEXT PRIMARY KEY, question TEXT NOT NULL, filters TEXT NOT NULL,
  told INTEGER NOT NULL            -- the newest article of which its news were told
) STRICT, WITHOUT ROWID;
CREATE TABLE sighting (            -- other days and addresses under which an article was seen (sightings.h)
  seen TEXT NOT NULL,              -- the key it would have had
  address TEXT NOT NULL,           -- '' for none
  article TEXT NOT NULL,           -- the key of the article that is kept
  settled INTEGER NOT NULL,        -- 1: it was settled that they are one
  PRIMARY KEY (seen, address, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_article ON sighting(article);
CREATE INDEX sighting_address ON sighting(address);
CREATE TABLE twin (                -- a record that goes before the one that is kept, until it is settled
  article TEXT PRIMARY KEY,        -- the key of the one that is kept
  key TEXT NOT NULL, published TEXT NOT NULL, url TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE job (                 -- work that waits for a worker (jobs.h); times are seconds since 1970
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,        -- the same work once
  address TEXT NOT NULL,           -- of the article, '' for none
  payload TEXT NOT NULL,
  since INTEGER NOT NULL, due INTEGER NOT NULL,
  lease INTEGER NOT NULL,          -- until when its worker has it, 0: nobody has
  worker TEXT NOT NULL, tries INTEGER NOT NULL, problem TEXT NOT NULL,
  aside INTEGER NOT NULL           -- 1: given up
) STRICT;
CREATE INDEX job_due ON job(aside, due, number);
CREATE INDEX job_address ON job(address);
CREATE TABLE packing (             -- phrases of records, which SQLite keeps packed: what a code in them stands for (packing.h)
  code TEXT PRIMARY KEY, words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Step n takes a ledger of version n to version n + 1. Never edit a step that was released: it must
// find and leave what it did when it was. PostgreSQL begins with version 4.
inline constexpr const char* kSteps[] = {
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
    // 3 → 4: articles have a day of their own and know their copies, versions and storylines; all
    // that is derived is made anew
    R"sql(
ALTER TABLE article RENAME TO article_3;
ALTER TABLE learned RENAME TO learned_3;
ALTER TABLE feed RENAME TO feed_3;
DROP TABLE words;
DROP TABLE part;
DROP TABLE novelty;
DROP TABLE position;
DROP TABLE event;
DROP TABLE statement;
DROP TABLE actor;
DROP INDEX IF EXISTS article_published;
DROP INDEX IF EXISTS article_url;
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
INSERT INTO article(number, key, id, url, publisher, title, published, language, day, added, record)
  SELECT number, key, id, coalesce(url,''), coalesce(publisher,''), coalesce(title,''), coalesce(published,''), coalesce(language,''),
  substr(coalesce(published,''),1,10), '', record FROM article_3;
INSERT INTO learned SELECT * FROM learned_3;
INSERT INTO feed SELECT * FROM feed_3;
DROP TABLE article_3;
DROP TABLE learned_3;
DROP TABLE feed_3;
)sql",
    // 4 → 5: which group of derived tables was filled with which version
    R"sql(
CREATE TABLE derived (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
DROP INDEX IF EXISTS article_id;
)sql",
    // 5 → 6: what is learnt stands beside the records; addresses; pages that wait
    R"sql(
CREATE TABLE filled (              -- what the ledger knew of an actor of whom the record left it open (learned.h)
  article INTEGER NOT NULL, entity TEXT NOT NULL,
  country TEXT NOT NULL, sector TEXT NOT NULL, role TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE address (             -- under which its article may be found again (article/address.h)
  address TEXT NOT NULL, article INTEGER NOT NULL,
  PRIMARY KEY (address, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_article ON address(article);
CREATE TABLE waiting (             -- pages of followed feeds to be asked for again (waiting.h)
  url TEXT PRIMARY KEY, feed TEXT NOT NULL,
  title TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL, byline TEXT NOT NULL,
  since INTEGER NOT NULL, due INTEGER NOT NULL, tries INTEGER NOT NULL, problem TEXT NOT NULL, refused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_feed ON waiting(feed, since);
)sql",
    // 6 → 7: what people put right, articles that they deleted, saved questions
    R"sql(
CREATE TABLE correction (          -- what people put right; nothing is ever taken from it (corrections.h)
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, act TEXT NOT NULL, kind TEXT NOT NULL,
  article TEXT NOT NULL,           -- the key of its article, '' for actors of all
  item TEXT NOT NULL, seen TEXT NOT NULL, value TEXT NOT NULL,
  undoes INTEGER                   -- an entry
) STRICT;
CREATE TABLE withdrawn (           -- articles that a person deleted: out of all answers, kept to be put back
  key TEXT PRIMARY KEY,
  number INTEGER NOT NULL,         -- that it had
  id TEXT NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL, language TEXT NOT NULL,
  day TEXT NOT NULL, added TEXT NOT NULL, record TEXT NOT NULL,
  address TEXT NOT NULL            -- under which it would be found again, '' for none
) STRICT, WITHOUT ROWID;
CREATE INDEX withdrawn_address ON withdrawn(address);
CREATE TABLE saved (               -- questions that somebody asked to be told of (saved.h)
  name TEXT PRIMARY KEY, question TEXT NOT NULL, filters TEXT NOT NULL,
  told INTEGER NOT NULL            -- the newest article of which its news were told
) STRICT, WITHOUT ROWID;
)sql",
    // 7 → 8: under which days and addresses articles were seen; work that waits
    R"sql(
CREATE TABLE IF NOT EXISTS twin (article INTEGER PRIMARY KEY, key TEXT NOT NULL, published TEXT NOT NULL, url TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL) STRICT;
ALTER TABLE twin RENAME TO twin_7;
CREATE TABLE sighting (            -- other days and addresses under which an article was seen (sightings.h)
  seen TEXT NOT NULL,              -- the key it would have had
  address TEXT NOT NULL,           -- '' for none
  article TEXT NOT NULL,           -- the key of the article that is kept
  settled INTEGER NOT NULL,        -- 1: it was settled that they are one
  PRIMARY KEY (seen, address, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_article ON sighting(article);
CREATE INDEX sighting_address ON sighting(address);
CREATE TABLE twin (                -- a record that goes before the one that is kept, until it is settled
  article TEXT PRIMARY KEY,        -- the key of the one that is kept
  key TEXT NOT NULL, published TEXT NOT NULL, url TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE job (                 -- work that waits for a worker (jobs.h); times are seconds since 1970
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,        -- the same work once
  address TEXT NOT NULL,           -- of the article, '' for none
  payload TEXT NOT NULL,
  since INTEGER NOT NULL, due INTEGER NOT NULL,
  lease INTEGER NOT NULL,          -- until when its worker has it, 0: nobody has
  worker TEXT NOT NULL, tries INTEGER NOT NULL, problem TEXT NOT NULL,
  aside INTEGER NOT NULL           -- 1: given up
) STRICT;
CREATE INDEX job_due ON job(aside, due, number);
CREATE INDEX job_address ON job(address);
INSERT INTO twin SELECT a.key, t.key, t.published, t.url, t.id, t.record FROM twin_7 t JOIN article a ON a.number = t.article;
DROP TABLE twin_7;
)sql",
    // 8 → 9: records are kept packed (migration.cpp packs them)
    R"sql(
CREATE TABLE packing (             -- phrases of records, which SQLite keeps packed: what a code in them stands for (packing.h)
  code TEXT PRIMARY KEY, words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    // 9 → 10: a server keeps records by months (ArticleRecords::part_by_months); nothing in SQLite
    "",
    // 10 → 11: who is called by the end of his name is known by it
    R"sql(
ALTER TABLE learned ADD COLUMN surname TEXT NOT NULL DEFAULT '';
UPDATE learned SET surname = replace(name, rtrim(name, replace(name, ' ', '')), '');
CREATE INDEX learned_surname ON learned(surname);
ALTER TABLE filled ADD COLUMN name TEXT NOT NULL DEFAULT '';
)sql",
};

inline constexpr int kLedgerVersion = static_cast<int>(sizeof kSteps / sizeof *kSteps);
// The first in which records on a server lie by months, and not in the rows of `article`.
inline constexpr int kMonthsVersion = 10;

}  // namespace chancery
