// What kind of thing a name names: by its own words, by its noun, and by how the engine heard it
// through the article.
#include <cctype>

#include "reading/who/entities.h"
#include "reading/who/name_words.h"

namespace chancery {

using namespace names;

// How often the engine called each name of the article what, and where the name stands: "in
// Zaravec" speaks for a place, "Zaravec said" for somebody. A name is one kind of thing through an
// article.
void Entities::count_name_kinds() {
  const Document& d = t_.document();
  for (const Sentence& s : d.sentences)
    for (int i = s.begin; i < s.end;) {
      int end = i + 1;
      if (t_[i].name == NameKind::none) {
        i = end;
        continue;
      }
      while (end < s.end && t_[end].name == t_[i].name && !t_[end].name_begin) ++end;
      auto& votes =
          name_kinds_[std::string(Span{t_[i].span.begin, t_[end - 1].span.end}.of(d.text))];
      votes[static_cast<size_t>(t_[i].name)] += 1;
      // "Ana Platt" tells what a bare "Platt" is; "the queen of Denmark" tells no name.
      if (t_[i].name == NameKind::person && end - i > 1 && t_[end - 2].form != "of") {
        for (int k : {i, end - 1})
          name_kinds_[std::string(t_[k].form)][static_cast<size_t>(NameKind::person)] += 1.5f;
        last_names_.insert(std::string(t_[end - 1].form));
      }
      if (i > s.begin && t_.in(WordList::in_a_place, lower(t_[i - 1].form)) && !t_.is(i, "mark")) {
        votes[static_cast<size_t>(NameKind::place)] += 1.5f;
        located_.insert(std::string(t_[end - 1].form));
      }
      // "would travel to Zaravec with Varga": with whom one travels is somebody.
      if (i > s.begin && lower(t_[i - 1].form) == "with" && t_[end - 1].head >= 0 &&
          t_.in(WordList::journeys, t_.lemma(t_[end - 1].head)))
        votes[static_cast<size_t>(NameKind::person)] += 1.5f;
      i = end;
    }
}

NameKind Entities::name_kind(int begin, int end, NameKind kind) const {
  const Document& d = t_.document();
  std::string first = lower(t_[begin].form);
  if ((t_.in(WordList::forms_of_address, first) && end - begin > 1) ||
      (begin > t_.sentence(begin).begin &&
       t_.in(WordList::forms_of_address, lower(t_[begin - 1].form))))
    return NameKind::person;
  if (end - begin > 1) {
    std::vector<int> order = {end - 1, begin};
    for (int k = begin + 1; k < end - 1; ++k) order.push_back(k);
    if (end - begin > 2 && t_[begin + 1].form == "of") std::swap(order[0], order[1]);
    for (int k : order)
      if (const NameHead* head = known_.name_head(lower(t_[k].form));
          head && (head->sure || kind != NameKind::person))
        return head->kind == "place" ? NameKind::place : NameKind::organization;
  }
  auto found =
      name_kinds_.find(std::string(Span{t_[begin].span.begin, t_[end - 1].span.end}.of(d.text)));
  if (found == name_kinds_.end()) return kind;
  size_t best = static_cast<size_t>(kind);
  for (size_t k = 1; k < found->second.size(); ++k)
    if (found->second[k] > found->second[best]) best = k;
  return static_cast<NameKind>(best);
}

// "Ana Paris … Paris left the ship": a place's name that is somebody's here, unless something happens
// in such a place as well.
bool Entities::last_name(int token) const {
  const std::string form(t_[token].form);
  return last_names_.count(form) > 0 && located_.count(form) == 0;
}

// A letter alone is nobody's name ("interviewee R").
bool Entities::letter_alone(int begin, int end) const {
  int letters = 0;
  for (int k = begin; k < end; ++k)
    for (char c : t_[k].form) letters += isalpha(static_cast<unsigned char>(c)) || (c & 0x80);
  return letters < 2;
}

}  // namespace chancery
