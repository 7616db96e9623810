// Persons named behind what their office is of: "Minister of Foreign Affairs Ola Marr", "Speaker of the
// House Ida Holm", "the commander in Norvania Col. Jon Lund". The engine hears the name and what
// stands before it as one, or the office and the name as two people.
#include <algorithm>

#include "reading/who/name_words.h"
#include "reading/who/names.h"

namespace chancery {

using namespace names;

namespace {

constexpr int kLongest = 12;  // tokens between the office and the name

bool capitalised(std::string_view form) {
  size_t at = 0;
  return is_upper(decode_utf8(form, at));
}

bool all_capitals(std::string_view form) {
  return form.size() > 1 &&
         std::all_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "KNP", "UNHCR"; not in a headline that is all capitals.
bool acronym(const TreeView& t, int word, int last) {
  return all_capitals(t[word].form) && !all_capitals(t[last].form);
}

}  // namespace

// The office of one person in whose phrase ("of", "for", "in") the word stands; -1 if there is none.
int Entities::Names::office_of_phrase(int word) const {
  for (int k = word - 1; k > s_.begin && k >= word - kLongest; --k) {
    if (t_.in(WordList::phrase_prepositions, t_[k].form)) {
      const Office* office = known_.office(lower(t_[k - 1].form));
      // A preposition may also stand within an office or the name of a body.
      if (office && office->kind == "person" && t_.noun(k - 1)) return k - 1;
    } else if (!capitalised(t_[k].form) && !t_.is(k, "det") && !t_.tag(k, "CC") &&
               !t_.tag(k, "POS")) {
      return -1;
    }
  }
  return -1;
}

// "National Intelligence" of "the Director of National Intelligence": what an office is of, no name.
bool Entities::Names::portfolio(int begin, int end) const {
  if (!t_.in(WordList::portfolio_words, lower(t_[end - 1].form))) return false;
  if (office_of_phrase(begin) >= 0) return true;
  // "Minister of State for National Security", heard whole
  for (int k = begin + 1; k < end - 1; ++k)
    if (t_.in(WordList::phrase_prepositions, t_[k].form) && of_person(lower(t_[k - 1].form)))
      return true;
  return false;
}

bool Entities::Names::of_person(const std::string& word) const {
  const Office* office = known_.office(word);
  return (office && office->kind == "person") || t_.in(WordList::titles, word);
}

// Whether this word, with a name behind it that ends with `last`, ends what an office is of.
bool Entities::Names::tells_of_what(int word, int last) const {
  const std::string low = lower(t_[word].form);
  if (t_.in(WordList::portfolio_words, low) || acronym(t_, word, last)) return true;
  if (const NameHead* head = known_.name_head(low); head && head->kind == "organization")
    return true;
  for (int first = std::max(s_.begin, word - 3); first <= word; ++first) {
    const KnownName* known = known_.find(text(first, word + 1));
    if (known && (known->sort == NameSort::state || known->sort == NameSort::organization) &&
        !known_.gender(t_[first].form))
      return true;
  }
  return false;
}

// Where the name of a person begins of which the engine heard [first, end), or from `begin` on:
// behind what her office is of. `title` becomes that office. `begin` if this is not how it stands.
int Entities::Names::name_behind_office(int first, int begin, int end, int& title) const {
  const int office = office_of_phrase(first);
  if (office < 0) return begin;
  int name = -1;
  for (int k = office + 2; k < end - 1; ++k) {
    const std::string low = lower(t_[k].form);
    // "Col.", "Lieutenant-General"
    const bool rank = name == k && (low == "-" || t_.in(WordList::ranks_before_names,
                                                        low.substr(low.rfind('-') + 1)));
    // "a spokesman for Defense Secretary Ola Marr": the office of another.
    if (!rank && !t_.in(WordList::portfolio_words, low) && of_person(low)) return begin;
    // "the manager of Jordan Holm": as likely a given name.
    const bool given = k == office + 2 && k + 2 == end && known_.find(t_[k].form);
    if (rank || (!given && tells_of_what(k, end - 1))) name = k + 1;
  }
  // "Secretary of Water Ola Marr": by a given name, where the words before it are not known.
  if (name < 0 && office == first - 2)
    for (int k = begin + 1; k < end - 1 && name < 0; ++k)
      if (known_.gender(t_[k].form)) name = k;
  if (name < begin) return name < 0 ? begin : (title = office, begin);
  title = office;
  return name;
}

}  // namespace chancery
