// The names of a sentence: those of the register first, then those that the language engine hears,
// then capitalised words that neither knows. Where each begins and ends and what kind of thing it is;
// what it says of somebody is told in name_mentions.cpp. Internal to who/.
#pragma once
#include <vector>

#include "reading/who/entities.h"

namespace chancery {

// Does "R-Fla." begin with this letter, behind the name of a member of Congress: his party, and the part of the
// state that he is of? It is nobody.
bool member_tag(const TreeView& tree, int letter);

class Entities::Names {
 public:
  struct Found {
    int begin, end;
    NameKind kind;
    const KnownName* known;
    int title = -1;           // where an office before the name begins that the engine cut in two
    bool last_first = false;  // "Marr, Ida"
  };

  Names(Entities& entities, const Sentence& sentence)
      : e_(entities),
        t_(entities.t_),
        known_(entities.known_),
        s_(sentence),
        taken_(sentence.end - sentence.begin, 0) {}

  std::vector<Found> find();

 private:
  struct Known {
    const KnownName* name = nullptr;
    int last = -1;
  };

  void of_register();
  Known longest_known(int first);
  bool of_a_longer_name(int first, const Known& known) const;

  void of_engine();
  int whole_end(int begin, int end) const;
  int body_end(int begin, int end) const;
  int behind_members(int end) const;
  bool only_titles(int begin, int end) const;
  bool adjective_of_people(int first, int end) const;
  void heard(int first, int end);
  int name_behind_office(int first, int begin, int end, int& title) const;
  int office_of_phrase(int word) const;
  bool tells_of_what(int word, int last) const;
  bool portfolio(int begin, int end) const;
  bool of_person(const std::string& word) const;
  bool before_office(int word) const;
  int behind_titles(int first, int end, int& title) const;
  int person_behind_office(int begin, int end) const;

  void of_capitals();
  bool rest_of_name(int begin, int end);
  bool acts(int begin, int end) const;
  bool does_as_people_do(int begin, int end) const;

  void turn_last_first();

  bool office(int begin, int end) const;
  std::string_view text(int begin, int end) const;

  Entities& e_;
  const TreeView& t_;
  const Register& known_;
  const Sentence& s_;
  std::vector<char> taken_;  // by names of the register
  std::vector<Found> found_;
};

}  // namespace chancery
