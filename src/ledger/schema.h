// The ledger's tables, one step of migration per entry: step n takes a ledger of version n to version n + 1.
// Never edit a step that was released; add one.
#pragma once

namespace chancery {

inline constexpr const char* kMigrations[] = {
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

inline constexpr int kLedgerVersion = static_cast<int>(sizeof kMigrations / sizeof *kMigrations);

}  // namespace chancery
