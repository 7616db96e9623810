// The register of actors: lookups in the tables of data/register. Immutable after loading, shared
// between threads.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/table.h"
#include "register/state_bodies.h"

namespace chancery {

struct State {
  std::string code;  // ISO 3166 alpha-3
  std::string name;
  std::vector<std::string> demonyms;
};

struct Organization {
  std::string country, sector, name;
  std::vector<std::string> other_sectors;
  std::string kind = "organization";  // or group: peoples and communities of faith (groups.tsv)
  bool of_no_state = false;           // wherever it is at work: Al-Qaeda
};

// One meaning of an ambiguous name (ambiguous.tsv).
struct Meaning {
  int state = -1;    // -1: no state
  double share = 0;  // when nothing else is known
  std::string what;
  std::vector<std::string> hints;  // words of an article that speak for it
};

struct Office {
  std::string noun, sector, kind;
  std::vector<std::string> other_sectors;
};

struct Leader {
  std::string name, country, role;
  std::string from, until;  // "1997-05"; until empty: still in office when the table was made
  // In office on this date ("2005-12-05", or coarser)? Without a date: yes.
  bool in_office(std::string_view date) const;
};

enum class NameSort { state, demonym, capital, metonym, organization };

struct KnownName {
  NameSort sort;
  int index;  // into states() or organizations()
};

struct LocalName {
  std::vector<KnownName> bodies;
  bool sure = false;  // the first body's even where a report names other states only
};

// The body that has its seat in a capital, and words of reports that speak of it.
struct Seat {
  KnownName body;
  std::vector<std::string> words;
};

struct NameHead {
  std::string kind;   // organization or place
  bool sure = false;  // even against a model that saw a person
};

class Register {
 public:
  // `folder` holds states.tsv, former_names.tsv, ambiguous.tsv, regions.tsv, organizations.tsv,
  // local_names.tsv, seats.tsv, state_bodies.tsv, groups.tsv, offices.tsv, leaders.tsv, name_heads.tsv,
  // given_names.tsv. Throws StartError naming file and line.
  explicit Register(const std::string& folder);

  // A name as it is written in the text ("South Korean", "U.S.", "the Kremlin"); nullptr when
  // unknown. Names of one or two capitals ("US", "AU") and names that are plain words ("Turkey")
  // ask for their capitals.
  const KnownName* find(std::string_view name) const;
  // The longest known name has this many words.
  int longest_name() const { return longest_name_; }

  // An office by its lower-case singular noun phrase ("foreign minister"); nullptr when unknown.
  const Office* office(std::string_view noun) const;
  // Is this a word before an office that says its rank ("deputy")? Lower case.
  bool rank(const std::string& word) const { return !word.empty() && office(word + " *"); }

  // What the body of a state is called that every state has one of: "the French foreign ministry" of FRA,
  // "France's Ministry of Foreign Affairs" and "the ministry of foreign affairs of France" are the "French
  // Foreign Ministry", or by what name of its own the state calls it ("Bundestag"). "" for what organizations.tsv
  // knows by itself, and for names that say more or less than such a body and its state.
  std::string body_of_state(std::string_view name, std::string_view code) const;
  // The same without the state: "Foreign Ministry".
  std::string body_alone(std::string_view name, std::string_view code) const;
  // "Norwegian", "US"; of a state without an adjective its name ("New Zealand").
  std::string adjective(int state) const;

  // What a word says of the name it stands in (name_heads.tsv); nullptr for nothing. Lower case.
  const NameHead* name_head(const std::string& word) const;

  // A head of state or government by full name, or by last name where that is enough; nullptr when
  // unknown. Of several terms or bearers the one in office on `date`, else the one whose term is
  // nearest.
  const Leader* leader(std::string_view name, std::string_view date) const;

  // The bodies that bear a name which is another one's in each state (local_names.tsv: "Congress"),
  // nullptr when it is no such name.
  const LocalName* local(std::string_view name) const;

  // The body for which a capital may stand (seats.tsv: "Brussels"), nullptr for most.
  const Seat* seat(std::string_view capital) const;

  // The state (index) that holds a province, island or quarter of this name (regions.tsv), -1 when
  // unknown.
  int region(std::string_view name) const;

  // 'm' or 'f' for a given name that tells (given_names.tsv), 0 for others.
  char gender(std::string_view given_name) const;

  // What an ambiguous name can mean, best share first; nullptr when it means one thing.
  const std::vector<Meaning>* meanings(std::string_view name) const;
  // "former name, 1971 to 1997" for names that states bore; "" for others.
  std::string former(std::string_view name) const;

  const std::vector<State>& states() const { return states_; }
  const std::vector<Organization>& organizations() const { return organizations_; }
  const std::vector<Office>& offices() const { return offices_; }
  // Index of the state with this code, -1 if none.
  int state_index(std::string_view code) const;

 private:
  void add(const std::string& name, KnownName known);
  bool tells_state(std::string words, std::string_view code) const;
  std::string without_state(std::string_view name, std::string_view code) const;
  void check_actor(const Table::Row& row, const std::string& code) const;
  int known_state(const Table::Row& row, const std::string& code) const;
  void load_states(const std::string& folder);
  void load_organizations(const std::string& folder);
  void check_own_bodies(const std::string& folder) const;
  void load_leaders(const std::string& folder);
  void load_regions(const std::string& folder);
  void load_local_names(const std::string& folder);
  void load_seats(const std::string& folder);
  void load_given_names(const std::string& folder);

  StateBodies state_bodies_;
  std::vector<State> states_;
  std::vector<Organization> organizations_;
  std::vector<Office> offices_;
  std::unordered_map<std::string, KnownName> names_;
  std::unordered_map<std::string, int> office_by_noun_;
  std::unordered_map<std::string, NameHead> name_heads_;
  std::vector<Leader> leaders_;
  std::unordered_map<std::string, std::vector<int>> leaders_by_name_;
  std::unordered_map<std::string, std::vector<Meaning>> meanings_;
  std::unordered_map<std::string, std::string> former_;
  std::unordered_map<std::string, int> regions_;
  std::unordered_map<std::string, LocalName> local_;
  std::unordered_map<std::string, Seat> seats_;
  std::unordered_map<std::string, char> genders_;
  int longest_name_ = 1;
};

}  // namespace chancery
