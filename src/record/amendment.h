// What a person puts right in a record, as pure functions: an item named so that it is found again
// in another reading of the same text, its fields set, items taken out, actors made one.
//
//   Fields seen = seen_of(record, *item_of(record, "v2"));      // what was looked at
//   Found now = find_item(anew, "event", seen, {{"status", {}}}, false);
//   if (now.index >= 0) set_field(changed, anew, {"event", now.index}, "status", {"occurred"});
//
// An item is named by its words and their place, and by what was read of it; never by its id, which
// another reading may give to another item.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"
#include "record/vocabulary.h"

namespace chancery {

namespace lists {
inline constexpr std::string_view kItems[] = {"actor",    "statement", "event",
                                              "position", "novelty",   "occasion"};
}  // namespace lists
inline constexpr ClosedList kItems{"kind of item", lists::kItems};

// Fields of an item by name, each a list: of one value, of several (sources of an event, pieces of
// words), or of none. Actors are called by their names in the record, words as the text has them,
// places "12-48" in code points.
using Fields = std::map<std::string, std::vector<std::string>>;

struct ItemPlace {
  std::string kind;  // of kItems
  int index = -1;    // in its list of the record; an occasion is a time that something is set for
  auto operator<=>(const ItemPlace&) const = default;
};

// The item of an id; nothing if there is none.
std::optional<ItemPlace> item_of(const Record& record, std::string_view id);
std::string id_of(const Record& record, const ItemPlace& item);
// How many places a kind has: of occasions as many as there are times.
size_t count_of(const Record& record, std::string_view kind);
// All that a record says of an item and a person may put right, with its words and their place.
Fields seen_of(const Record& record, const ItemPlace& item);
// The fields that set_field takes of a kind.
std::vector<std::string> editable(std::string_view kind);

// Of them, those that make an item the item it is.
const std::vector<std::string>& core_fields(std::string_view kind);

struct Found {
  int index = -1;   // of the item, -1 for none
  std::string why;  // why none, in words
};
// Where what was seen of an item stands in a record now: the one item of that kind with the same
// words, at the same place if the words come more than once, that is read as it was: in what makes
// it the item it is (who says it; who does what to whom, and whether it was done), or, `whole`, in
// everything. Fields of `put` are not looked at: a person has said what they are.
Found find_item(const Record& record, const std::string& kind, const Fields& seen,
                const Fields& put, bool whole);

// Sets a field of an item of `record`. Actors are named as `as_read` has them, which is the record
// before anybody changed it; words are looked for in the text, nearest to where they were. Throws
// UsageError for a field that there is not, an actor whom the record does not know, words that the
// text does not have. What else may be wrong, first_problem says (validate.h).
void set_field(Record& record, const Record& as_read, const ItemPlace& item,
               const std::string& field, const std::vector<std::string>& values);
// Does a field of a kind name actors?
bool names_actors(const std::string& kind, const std::string& field);
// What kinds of item a person may add, and the fields of one: those that can be edited, and of a
// statement its "cue". "words" must be there.
bool can_be_added(std::string_view kind);
std::vector<std::string> addable(std::string_view kind);
// The id that an added item of a kind bears.
std::string next_id(const Record& record, const std::string& kind);
// Adds an item that the reading missed, with the words that carry it; `as_read` is the record
// before anybody changed it. Who is not in it yet is told as NAME/KIND or NAME/KIND/COUNTRY, and
// their name must stand in the text. Throws UsageError as set_field does, for words that stand in
// the text more than once, for an item that is read or was added already.
ItemPlace add_item(Record& record, const Record& as_read, const std::string& kind,
                   const Fields& value);
// A person has said so: nothing is left to doubt, and `note` stands in its explanation.
void vouch(Record& record, const ItemPlace& item, const std::string& note);
// Adds to the explanation of an item.
void annotate(Record& record, const ItemPlace& item, const std::string& note);
// Takes items out; who or what spoke of them does so no more. A time whose occasion is taken out
// stays, and nothing is set for it.
void remove_items(Record& record, const std::set<ItemPlace>& items);

// An actor as ledgers tell them apart.
struct ActorName {
  std::string name, kind, country;
  auto operator<=>(const ActorName&) const = default;
};
struct ActorMerge {
  ActorName from, into;
};
// Who is one with whom, from all that was ever said to be one, in whatever order: A and B, B and C
// make the three one, called as the one into whom the others went and who went into nobody.
class ActorMerges {
 public:
  ActorMerges() = default;
  explicit ActorMerges(const std::vector<ActorMerge>& merges);
  bool empty() const { return called_.empty(); }
  // Whose actor it is; nullptr for somebody of whom nothing was said. An actor without a country is
  // found by name and kind, if that leaves no choice.
  const ActorName* find(const ActorName& actor) const;

 private:
  std::map<ActorName, ActorName> called_;
};
// Calls the record's actors as they are called now, and makes one of those who are one.
void merge_actors(Record& record, const ActorMerges& merges);

// A digest of all that the record says, without times, explanations and probabilities: who confirmed
// it as a whole has confirmed this.
std::string content_digest(const Record& record);

}  // namespace chancery
