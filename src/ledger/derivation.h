// What is derived from the kept records: groups of tables, each with a version of its own.
//
//   for (auto& group : derivations(db)) group->write(entry);   // an article into all of them
//
// The ledger remembers with which version a group was filled. A group whose version has changed is
// dropped, made anew and filled from the records (Writer::bring_up), and so are those that use what
// it finds out; nothing else of a ledger is touched. To change a table, an index, or what is
// written: change it in its group and raise that group's version.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/database.h"
#include "record/record.h"

namespace chancery {

// Stands behind every day, for what has none.
inline const std::string kNoDay = "~";

// An article that is likely to be written next.
struct Expected {
  const Record* record;
  std::string address;  // under which it may be found again, "" for none
  int64_t number = 0;   // 0: it is not in the ledger yet
};

// An article on its way into the derived tables. What one group finds out stands here for those
// behind it.
struct Entry {
  int64_t number;  // of the article
  const Record& record;
  // Of an article whose row is put in behind all that is derived of it; nothing of one that is in the
  // ledger already.
  std::optional<std::string> address = std::nullopt;
  int64_t copy_of = 0, replaces = 0, story = 0;  // articles and a storyline, 0: none
  std::vector<int64_t> people = {},
                       states = {};  // by entity: its number in `who`, that of its state; 0: none
};

class Derivation {
 public:
  explicit Derivation(Database& db) : db_(db) {}
  virtual ~Derivation() = default;

  // Under which the ledger remembers the version.
  virtual const char* name() const = 0;
  // Raised by one with every change of the tables, their indexes, or of what is written into them.
  virtual int version() const = 0;
  // Its tables, and those that earlier versions of it had: all of them are dropped.
  virtual std::vector<const char*> tables() const = 0;
  // Names of the groups whose findings in `Entry` it uses.
  virtual std::vector<const char*> uses() const { return {}; }
  // Drops what it made, of this version or of an earlier one.
  virtual void drop() {
    for (const char* table : tables()) db_.run(std::string("DROP TABLE IF EXISTS ") + table);
  }
  // Tables and indexes, in SQLite's words; Database::ddl makes PostgreSQL's of them.
  virtual std::string create() const = 0;

  // Articles that are likely to be written next: what they will be compared with is fetched for all
  // of them at once.
  virtual void expect(const std::vector<Expected>&) {}
  // Writes the rows of one article; may keep some of them back until finish().
  virtual void write(Entry& entry) = 0;
  // For a group that stands while another is made anew: its findings of an article that it wrote
  // before.
  virtual void recall(Entry& entry) = 0;
  // Takes out what the articles behind number `last` left, those of `day` and later: the tables are
  // then what they were before these came. The groups behind this one have done so before.
  virtual void cut_off(int64_t last, const std::string& day) = 0;
  // Does what it writes of an article change what it wrote of any before? Then it is emptied where
  // others are cut off, and is written anew from the first article.
  virtual bool follows_all() const { return false; }
  // Writes what was kept back. Before each commit.
  virtual void finish() {}
  // Its tables are empty, and only it writes to them until forget(): it may remember what they hold
  // instead of asking.
  virtual void emptied() {}
  // After a rollback, or when others may have written: what was remembered holds no longer.
  virtual void forget() {}

 protected:
  Database& db_;
};

// All groups, in the order in which they are written: each behind those that it uses.
std::vector<std::unique_ptr<Derivation>> derivations(Database& db);

// The groups: nearly equal texts and the full-text index; who is who; who was said to
// be who on which day; what was said, done, held and
// claimed; storylines.
std::unique_ptr<Derivation> text_tables(Database& db);
std::unique_ptr<Derivation> actor_tables(Database& db);
std::unique_ptr<Derivation> taught_tables(Database& db);
std::unique_ptr<Derivation> item_tables(Database& db);
std::unique_ptr<Derivation> story_tables(Database& db);

}  // namespace chancery
