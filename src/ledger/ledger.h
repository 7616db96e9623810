// The ledger: records in, answers out.
//
//   Ledger ledger("my.ledger", Ledger::write);           // or postgres://user@host/name
//   ledger.add(record);                                  // twice changes nothing
//   Answer a = ledger.statements({.by = {"Varga", ""}});
//
// One writer, many readers. What `commit` returned from is kept. Not thread-safe: a thread has its
// own Ledger.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "article/address.h"
#include "base/error.h"
#include "ledger/corrections.h"
#include "ledger/database.h"
#include "ledger/learned.h"
#include "ledger/learning.h"
#include "ledger/sightings.h"
#include "ledger/writer.h"
#include "record/record.h"
#include "record/vocabulary.h"

namespace chancery {

struct SureLimits;

// An actor in a question: by name (a word or more of it), or by the state it belongs to.
struct ActorFilter {
  std::string name;
  std::string country;  // ISO 3166 alpha-3
  bool empty() const { return name.empty() && country.empty(); }
};

struct Question {
  ActorFilter by, toward, between_a, between_b, actor;  // actor: in any part
  std::string text;                                     // full text of the article
  std::string about;  // words in the content, or an actor named in it
  std::string topic, stance, type, mode, status, force, quote;
  std::string country;      // ISO 3166 alpha-3 of a state that takes any part
  std::string from, until;  // dates, inclusive; of the item where it has one, else of the article
  std::string by_period;    // timelines: day, week or month
  int64_t story = 0, article = 0;  // only of this storyline, of this article; 0: any
  std::string after;               // go on behind this row: Answer::next of the page before
  int64_t behind_article = 0;      // only of articles that the ledger took after this one
  bool newest_first = false;
  int limit = 100;
  // Of statements, acts and positions only those that pass these limits; it must outlive the asking.
  const SureLimits* sure = nullptr;
};

// A table: column names and rows of text. `next` is the `after` of the page behind this one, ""
// when this is the last.
struct Answer {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::string next;
  // What an asker should know of the answer, in sentences: names that nobody bears (suggest.h).
  // Said by the doors.
  std::vector<std::string> notes;
};

// A record that is kept out of all answers since it cannot be read, and why.
struct Aside {
  int64_t number;  // of its article
  std::string id, why;
};

// State of play (play.h): who stands where on a topic and what waits on what.
struct Play;

class Ledger {
 public:
  enum Mode { read, write };
  using Progress = std::function<void(int64_t done, int64_t all)>;
  // `where` is a file, or the address of a PostgreSQL server. A ledger of an earlier version is
  // brought to the present one when it is opened for writing, in one transaction that may take as
  // long as reading all its records (`progress` hears of each); opened for reading it is a
  // StartError that says how. A version from the future is always one.
  Ledger(const std::string& where, Mode mode, const Progress& progress = {});

  enum class Added {
    fresh,
    known,
    copy
  };  // copy: new, but nearly the same text as one that is kept
  // Inside begin() … commit(), or alone. Throws Error for a record that does not hold its
  // invariants (the batch goes on), and StartError when the store fails: nothing of the batch is
  // kept then. Unless learning is off, what the ledger has learnt of actors fills what the record
  // leaves open (learned.h), in the order of the records: the same records in the same order make
  // the same ledger.
  Added add(const Record& record);
  // Inside begin() … commit(): these are likely to be added next. What they will be compared with is
  // fetched for all of them at once, which saves a server a question for each.
  void expect(const std::vector<const Record*>& records);
  void learning(bool on) { learns_ = on; }
  // Which parts of addresses make no difference; without: those that never do.
  void addresses(AddressRules rules) { rules_ = std::move(rules); }
  // By which codes records are checked as they come in (types, modes, CAMEO codes, sectors,
  // countries: record/vocabulary.h). Without it only what the schema closes is.
  void codes(std::shared_ptr<const Codes> vocabulary) { codes_ = std::move(vocabulary); }
  Learned learned() { return Learned(*db_); }
  void begin();
  void commit();
  void rollback();
  int64_t articles();

  // Is an article of this address kept, or of one that differs from it in nothing but what
  // addresses() leaves out?
  bool has_url(const std::string& url);
  // What a feed's server said of its version when it was last read: ETag and Last-Modified, "" when
  // it was never read.
  std::pair<std::string, std::string> feed_state(const std::string& url);
  void set_feed_state(const std::string& url, const std::string& etag, const std::string& modified);

  // Every question is one page of rows in a stable order.
  Answer statements(const Question& q);
  Answer events(const Question& q);
  Answer positions(const Question& q);
  Answer calendar(const Question& q);   // plans and meetings, with what became of each plan
  Answer deadlines(const Question& q);  // what is demanded or offered for a later time
  Answer novelty(const Question& q);    // claims, each with the ledger's own verdict
  Answer actors(const Question& q);
  Answer search(const Question& q);
  Answer changes(
      const Question& q);  // same holder and topic, another stance or condition than before
  Answer timeline(
      const Question& q);  // two states (between): events and Goldstein sums by day, week or month
  Answer happenings(const Question& q);  // acts, each once, with the number of reports that tell it
  Answer stories(const Question& q);
  Answer articles_of(const Question& q);
  Answer topics(const Question& q);    // issues with the number of positions and holders
  Answer contacts(const Question& q);  // with whom an actor meets, accuses, aids …
  Answer network(const Question& q);   // pairs of states with counts and sums, for a period
  Answer copies(const Question& q);    // articles that repeat another, and versions of one address
  Play play(const std::string& topic, const Question& q);

  // Does anybody in the ledger bear this name, or any of a state take part in anything?
  bool bears(const ActorFilter& filter) { return !who(filter).empty(); }

  // The record of an article by its number, nothing if there is none.
  std::optional<Record> record(int64_t number);
  // All records in the order of their numbers. One that cannot be read is a DamageError, unless
  // `damaged` takes it: then the rest goes on.
  using Damaged = std::function<void(int64_t, const Error&)>;
  void each(const std::function<void(int64_t, const Record&)>& take, const Damaged& damaged = {});
  // The same as the engine read them, without what the ledger has learnt since.
  void each_as_read(const std::function<void(int64_t, const Record&)>& take,
                    const Damaged& damaged = {});
  // What people put right (corrections.h): all of it or nothing, in one transaction of its own, with
  // everything that follows from it. Gives the numbers of the entries. Throws UsageError for what
  // names nothing that is there, or puts in what no record may hold.
  std::vector<int64_t> amend(const std::vector<Amendment>& amendments);
  int64_t amend(const Amendment& amendment) { return amend(std::vector{amendment}).at(0); }
  // Every entry of the list, in its order, and how it stands; of one article alone, if it is named.
  std::vector<StandingCorrection> corrections(int64_t article = 0);
  // Takes over the entries of another ledger's list that are not in this one; how many.
  int64_t take_corrections(const std::vector<Correction>& entries);
  // The articles that a person confirmed as a whole, by number, with who did: what they say has been
  // looked at, and so has what they do not say.
  std::map<int64_t, Correction> confirmed();

  // Moves the records that cannot be read out of the articles, and those that stand aside and can
  // be read again back; makes all that is derived anew when any was moved, and says so. In one
  // transaction.
  bool set_aside(const std::function<void(int64_t done, int64_t all)>& progress = {});
  // Those that stand aside.
  std::vector<Aside> aside();
  // Replaces the record of an article by one that a newer engine made of it; relearn() and
  // rebuild() afterwards.
  void replace(int64_t number, const Record& record);
  // The address under which an article is found, in place of those it had.
  void set_address(int64_t number, const std::string& url);
  // Learns anew from all records in the order of their numbers, with what persons said of actors
  // from the first on, and fills in what they leave open; in how many articles that is otherwise
  // than before. A ledger that never learnt does not begin to. rebuild() afterwards. `behind` a
  // number: only those behind it, whose days were cut off.
  int64_t relearn(int64_t behind = 0);
  // Takes out all that the articles behind number `last` left, those of `day` and later, and what
  // they taught (settle.h); derive_again() makes it anew, inside the same transaction.
  void cut_off(int64_t last, const std::string& day);
  void derive_again(int64_t last, const Progress& progress);
  // Makes all that is derived from the records anew. In one transaction. A record that cannot be
  // read is kept and derives nothing (`chancery doctor` names it).
  void rebuild(const Progress& progress = {});
  // Outside of a batch, when nothing is to be kept for a while: gives up what is remembered for speed
  // alone (names with their numbers, pages and statements of the store), which grows with the ledger.
  void rest();
  // Ends questions that take longer with an error.
  void time_limit(int milliseconds) { db_->time_limit(milliseconds); }
  Database& database() { return *db_; }

 private:
  using Kept = std::function<void(int64_t, const std::string& key, const Record&)>;
  // All records as they were read, with the keys of their articles.
  void each_kept(const Kept& take, const Damaged& damaged, int64_t behind = 0);
  // All records with what people put right, without what the ledger has learnt.
  void each_put_right(const std::function<void(int64_t, const Record&)>& take,
                      const Damaged& damaged, int64_t behind = 0);
  // An entry of the list that says what is wanted (amending.cpp).
  Correction entry_of(const Amendment& amendment);
  Correction item_entry(Correction entry, const Amendment& amendment);
  ActorName actor_called(const ActorName& actor);
  void carry_out(const Correction& entry, std::set<std::string>& groups, bool& learn);
  void refuse_misfit(const Correction& entry);
  void withdraw(const std::string& key);
  void put_back(const std::string& key);
  void derive_after(const std::set<std::string>& groups, bool learn);
  void check_version();
  void migrate(const Progress& progress);
  // Makes the groups of derived tables anew that are of another version, or all.
  void derive(bool all, const Progress& progress, const std::set<std::string>& also = {});
  void in_transaction(const std::function<void()>& work);
  void roll_back_quietly();
  void keep_fills(int64_t number, const std::vector<Fill>& fills);
  // Of the articles from the first to the last number.
  std::map<int64_t, std::vector<Fill>> fills_of(int64_t first, int64_t last);
  // Throws Error for a record that does not hold, naming it.
  void check(const Record& record) const;
  // Whom a filter means, and in how many articles they are.
  std::vector<int64_t> who(const ActorFilter& filter, int64_t* articles = nullptr);
  // The same of what can be dated, or of what cannot, looking at the first `among` rows of the
  // leading side only (0: all); `cut` says whether there may be more.
  Answer ask_among(const std::string& item, const std::string& select, const Question& q,
                   const std::vector<std::pair<std::string, ActorFilter>>& parts,
                   const std::string& extra, bool dated, int among, bool& cut);
  Answer between_states(const Question& q, const std::string& columns);
  Answer ask(const std::string& item, const std::string& select, const Question& q,
             const std::vector<std::pair<std::string, ActorFilter>>& parts,
             const std::string& extra);

  std::unique_ptr<Database> db_;
  Writer writer_;
  Corrections corrections_;
  AddressRules rules_;
  Sightings sightings_{*db_};
  Learning learning_{*db_};
  bool learns_ = true, inside_ = false, corrections_read_ = false;
  std::shared_ptr<const Codes> codes_;
};

// The key under which an article is kept: the same words are the same article.
std::string article_key(const Article& article);
// "2031-05-14T09:30:00Z"
std::string utc_now();

}  // namespace chancery
