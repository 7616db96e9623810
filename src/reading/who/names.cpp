#include "reading/who/names.h"

#include <algorithm>

#include "reading/who/name_words.h"

namespace chancery {

using namespace names;

namespace {

// The number of a ruler or pope of that name, from the second on.
bool regnal(std::string_view form) {
  return form.size() > 1 && form.find_first_not_of("IVX") == std::string_view::npos;
}

// "(UN) Police Task Force": a name that the engine began within a bracket goes on behind it.
int after_bracket(const TreeView& t, int begin, int end) {
  int out = begin;
  for (int k = begin; k < end; ++k) {
    if (t[k].form == "(") return begin;
    if (t[k].form == ")" && k + 1 < end) out = k + 1;
  }
  return out;
}

// "New South Wales", "New England": another part of the world than the one it is named after.
bool part_of_region(const TreeView& t, const Register& known, int first, int last) {
  for (int from = std::max(t.sentence(first).begin, first - 2); from < first; ++from) {
    if (t[from].form == "New") return true;
    if (known.region(Span{t[from].span.begin, t[last].span.end}.of(t.document().text)) >= 0)
      return true;
  }
  return false;
}

}  // namespace

bool member_tag(const TreeView& t, int letter) {
  return letter > 0 && letter + 2 < t.size() &&
         (t[letter - 1].form == "," || t[letter - 1].form == "(") &&
         t.in(WordList::party_letters, t[letter].form) && t[letter + 1].form == "-";
}

std::vector<Entities::Names::Found> Entities::Names::find() {
  of_register();
  of_engine();
  of_capitals();
  std::erase_if(found_, [&](const Found& f) {
    const int letter =
        f.begin > s_.begin + 1 && t_[f.begin - 1].form == "-" ? f.begin - 2 : f.begin;
    return member_tag(t_, letter);
  });
  turn_last_first();
  return std::move(found_);
}

std::string_view Entities::Names::text(int begin, int end) const {
  return Span{t_[begin].span.begin, t_[end - 1].span.end}.of(t_.document().text);
}

// Are these words an office of the register?
bool Entities::Names::office(int begin, int end) const {
  return known_.office(lower(text(begin, end))) != nullptr;
}

// Names of the register: longest match from each capitalised token.
void Entities::Names::of_register() {
  for (int i = s_.begin; i < s_.end; ++i) {
    const Known known = longest_known(i);
    if (!known.name || of_a_longer_name(i, known)) continue;
    found_.push_back(
        {i, known.last + 1,
         known.name->sort == NameSort::organization ? NameKind::organization : NameKind::place,
         known.name});
    for (int k = i; k <= known.last; ++k) taken_[k - s_.begin] = 1;
    i = known.last;
  }
}

Entities::Names::Known Entities::Names::longest_known(int first) {
  size_t at = 0;
  if (!is_upper(decode_utf8(t_[first].form, at)) && t_[first].form != "al") return {};
  for (int length = std::min(known_.longest_name(), s_.end - first); length >= 1; --length) {
    const int last = first + length - 1;
    size_t begin = 0;
    if (!is_upper(decode_utf8(t_[last].form, begin)) && length > 1 && !t_.noun(last)) continue;
    const std::string_view written = text(first, last + 1);
    if (const KnownName* name = e_.settle(written, known_.find(written))) return {name, last};
  }
  return {};
}

// Is what the register knows only a part of another name here?
bool Entities::Names::of_a_longer_name(int first, const Known& known) const {
  const int last = known.last;
  const bool body = known.name->sort == NameSort::organization;
  // "Lebanon, Pa." is a town.
  if (int state = e_.trail_.town_before(last); state >= 0 && !body && state != known.name->index)
    return true;
  // Inside a longer name ("Georgia Meloni", "Jordan Bardella", "Bank of China") the engine's word
  // counts.
  bool longer = t_[first].name == NameKind::person && !t_[first].name_begin && first > s_.begin &&
                t_[first - 1].form != "of";  // "the queen of Denmark"
  if (last + 1 < s_.end && t_[last].name == NameKind::person &&
      t_[last + 1].name == NameKind::person && !t_[last + 1].name_begin)
    longer = true;
  if (longer && !body) return true;
  if (of_another_name(t_, first, last) || part_of_region(t_, known_, first, last)) return true;
  // "Bosnian Serb forces": the second word tells no state.
  if (first == last && first > s_.begin && t_.in(WordList::peoples_of_several, t_[first].form))
    if (const KnownName* before = known_.find(t_[first - 1].form);
        before && before->sort == NameSort::demonym)
      return true;
  return false;
}

// The engine's names, where they hold something the register does not.
void Entities::Names::of_engine() {
  for (int i = s_.begin; i < s_.end;) {
    if (t_[i].name == NameKind::none || e_.of_date(i)) {
      ++i;
      continue;
    }
    int end = i + 1;
    while (end < s_.end && t_[end].name == t_[i].name && !t_[end].name_begin) ++end;
    const int tagged = end;
    end = whole_end(i, end);
    if (!only_titles(i, end)) heard(i, end);
    i = std::max(end, tagged);
  }
}

// Where the name ends of which the engine heard [begin, end).
int Entities::Names::whole_end(int begin, int end) const {
  auto opened = [&] {
    for (int k = begin; k < end; ++k)
      if (t_[k].form == "(") return true;
    return false;
  };
  while (end > begin + 1 &&
         (t_.in(WordList::dangling, t_[end - 1].form) || (t_[end - 1].form == ")" && !opened())))
    --end;
  const bool person = t_[begin].name == NameKind::person;
  // Two persons side by side with nothing between them are one with two names.
  if (person)
    while (end < s_.end && proper(t_[end - 1].xpos) && proper(t_[end].xpos) &&
           (t_[end].name == NameKind::person ||
            (t_[end].name == NameKind::none && t_.is(end, "nsubj") &&
             t_[end].head == t_[end - 1].head)) &&
           !t_.in(WordList::titles, lower(t_[end].form)))
      ++end;
  // "Pope Urban III"
  if (person && end < s_.end && regnal(t_[end].form)) ++end;
  // "Penn State", "Harrow School": what the name is only the first word of belongs to it.
  if (!person)
    while (end < s_.end && proper(t_[end].xpos) && t_[end].name == NameKind::none &&
           t_[end - 1].head == end && t_.is(end - 1, "compound") &&
           !known_.office(lower(t_[end].form)) && !t_.in(WordList::calendar, lower(t_[end].form)) &&
           !t_.in(WordList::titles, lower(t_[end].form)))
      ++end;
  if (!person) end = behind_members(end);
  const NameHead* head = known_.name_head(lower(t_[end - 1].form));
  return head && head->kind == "organization" && t_[begin].name == NameKind::organization
             ? body_end(begin, end)
             : end;
}

// "National Fishermen" of "National Fishermen's Association": the noun of a body behind its members is of its name. Where
// that ends; `end` itself where nothing such follows.
int Entities::Names::behind_members(int end) const {
  if (end + 1 >= s_.end || !t_.tag(end, "POS") || known_.find(t_[end - 1].form)) return end;
  const std::string members = lower(t_[end - 1].form);
  const bool mark_alone = t_[end].form == "'" || t_[end].form == "’";
  const bool several = members.ends_with("men") || members.ends_with("people") ||
                       members.ends_with("children") || (mark_alone && members.ends_with("s"));
  int last = end + 1;
  while (last < s_.end && proper(t_[last].xpos) && !known_.name_head(lower(t_[last].form))) ++last;
  const NameHead* head = last < s_.end ? known_.name_head(lower(t_[last].form)) : nullptr;
  const bool body = head && head->kind == "organization" && proper(t_[last].xpos);
  return several && body ? last + 1 : end;
}

// "Centre for Control of Iodine Deficiency Disorders": a body's name goes on behind its noun.
int Entities::Names::body_end(int begin, int end) const {
  for (;;) {
    int k = end;
    if (k < s_.end &&
        (t_[k].form == "of" || t_[k].form == "for" || (end - begin > 2 && t_[k].form == "and")))
      ++k;
    if (k > end && k < s_.end && t_[k].form == "the") ++k;
    const bool goes_on = k > end && k < s_.end && proper(t_[k].xpos) && !known_.find(t_[k].form) &&
                         !t_.in(WordList::calendar, lower(t_[k].form)) &&
                         t_[k].name != NameKind::person;
    if (!goes_on) return end;
    while (k < s_.end && proper(t_[k].xpos) && !t_.in(WordList::calendar, lower(t_[k].form))) ++k;
    end = k;
  }
}

// "President Lee": titles are of the phrase, not of the name.
bool Entities::Names::only_titles(int begin, int end) const {
  bool only = t_[begin].name == NameKind::person;
  for (int k = begin; k < end; ++k) {
    const KnownName* state = known_.find(t_[k].form);
    only &= t_.in(WordList::titles, lower(t_[k].form)) ||
            known_.office(lower(t_[k].form)) != nullptr ||
            (k + 1 < end && state && state->sort == NameSort::demonym);
  }
  return only;
}

// "Bosnian Serb" of "Bosnian Serb forces", heard as a name or a part of it: it only tells whose they are.
bool Entities::Names::adjective_of_people(int first, int end) const {
  const int last = end - 1;
  if (last <= s_.begin || end >= s_.end || !t_.noun(end) ||
      !t_.in(WordList::peoples_of_several, t_[last].form))
    return false;
  const KnownName* before = known_.find(t_[last - 1].form);
  return end - first <= 2 && before && before->sort == NameSort::demonym;
}

void Entities::Names::heard(int first, int end) {
  if (adjective_of_people(first, end) || portfolio(first, end)) return;
  bool covered = true;
  for (int k = first; k < end; ++k)
    covered &= taken_[k - s_.begin] != 0 || t_[k].form == "the" || t_[k].form == "The" ||
               is_punctuation(t_[k].form);
  int title = -1;
  int begin = behind_titles(first, end, title);
  // A weekday behind a name is no part of it.
  int stop = end;
  while (stop > begin + 1 && t_.in(WordList::calendar, lower(t_[stop - 1].form))) --stop;
  NameKind kind = e_.name_kind(begin, std::max(stop, begin + 1), t_[first].name);
  if (kind == NameKind::organization || kind == NameKind::other)
    if (int person = person_behind_office(begin, end); person >= 0) {
      begin = person;
      kind = NameKind::person;
      covered = false;
    }
  if (e_.letter_alone(begin, stop)) covered = true;
  // "Prime" of "Prime Minister Ehud Lavi", "of Denmark" of "the queen of Denmark": what is left of an office.
  if (stop == begin + 1 && stop < s_.end && office(begin, stop + 1)) covered = true;
  if (begin > first && t_.tag(begin, "IN")) covered = true;
  if (!covered && kind != NameKind::other)
    found_.push_back({begin, std::max(stop, begin + 1), kind, nullptr, title});
}

// "Norwegian", "deputy": what stands before the words of an office.
bool Entities::Names::before_office(int word) const {
  const KnownName* state = known_.find(t_[word].form);
  return (state && state->sort == NameSort::demonym) || known_.rank(lower(t_[word].form));
}

// Where a name begins of which the engine heard [first, end), behind titles and offices.
int Entities::Names::behind_titles(int first, int end, int& title) const {
  const bool person = t_[first].name == NameKind::person;
  int begin = first;
  while (person && begin + 1 < end &&
         (t_.in(WordList::titles, lower(t_[begin].form)) || known_.office(lower(t_[begin].form))))
    ++begin;
  begin = after_bracket(t_, begin, end);
  // "Secretary of State Hanna Colt", and "of State Hanna Colt" where the engine cut.
  // "Norwegian Deputy Foreign Minister Ola Marr": behind whose it is and the rank.
  int last = first;
  while (person && last + 2 < end && before_office(last)) ++last;
  for (int from = std::max(s_.begin, first - 2); title < 0 && from <= last; ++from)
    for (int stop = std::min(end - 1, from + 5); title < 0 && stop >= begin; --stop)
      if (person && stop > first && office(from, stop)) {
        title = std::min(from, first);
        begin = stop;
      }
  // "Secretary of Defense Ola Marr", an office that the register does not have.
  if (title < 0 && (person || e_.name_kind(begin, end, t_[first].name) == NameKind::person))
    begin = name_behind_office(first, begin, end, title);
  // "for Fisheries Ola Marr": the end of an office.
  if (person && t_.tag(begin, "IN") && end - begin >= 4) {
    title = begin;
    begin = end - 2;
  }
  // "Director of National Intelligence John Negroponte": an office with "of" before the name.
  if (person && end - begin >= 5)
    for (int k = begin; k < end - 2; ++k)
      if (t_[k].form == "of") begin = end - 2;
  return begin;
}

// "Foreign Minister Birna Helgadottir" is a person whatever the engine called the whole, and so is
// "State Hanna Colt" of "Secretary of State Hanna Colt": where her name begins, -1 if there is no such
// office.
int Entities::Names::person_behind_office(int begin, int end) const {
  int first = begin;
  while (first + 2 < end && before_office(first)) ++first;
  if (known_.office(lower(t_[end - 1].form))) return -1;
  for (int from = std::max(s_.begin, begin - 2); from <= first; ++from) {
    if (from > begin && from < first) continue;
    for (int k = std::min(end - 1, first + 4); k > std::max(from, begin); --k) {
      const Office* office = known_.office(lower(text(from, k)));
      if (office && office->kind == "person" && proper(t_[k].xpos)) return k;
    }
  }
  return -1;
}

// Capitalised words that neither knows, as subjects and objects: better a name without kind than
// nobody.
void Entities::Names::of_capitals() {
  std::vector<char> named(s_.end - s_.begin, 0);
  for (const Found& f : found_)
    for (int k = f.begin; k < f.end; ++k) named[k - s_.begin] = 1;
  for (int i = s_.begin; i < s_.end; ++i) {
    if (named[i - s_.begin] || !proper(t_[i].xpos) || t_[i].name == NameKind::other ||
        e_.of_date(i))
      continue;
    int end = i;
    while (end < s_.end && !named[end - s_.begin] &&
           (proper(t_[end].xpos) || (std::string_view(t_[end].xpos) == "HYPH" && end > i &&
                                     end + 1 < s_.end && proper(t_[end + 1].xpos))))
      ++end;
    if (rest_of_name(i, end)) {
      i = end;
      continue;
    }
    // Days, months and titles alone are no names.
    const std::string low = lower(t_[i].form);
    if (acts(i, end) && !portfolio(i, end) && !e_.letter_alone(i, end) &&
        !t_.in(WordList::calendar, low) &&
        !(end - i == 1 && (t_.in(WordList::titles, low) || known_.office(low))) &&
        !known_.office(lower(t_[end - 1].form))) {
      const int person = person_behind_office(i, end);
      if (person >= 0) found_.push_back({person, end, NameKind::person, nullptr, i});
      else
        found_.push_back(
            {i, end,
             does_as_people_do(i, end) ? e_.name_kind(i, end, NameKind::person) : NameKind::other,
             nullptr});
    }
    i = std::max(end - 1, i);
  }
}

// "Ida" that the engine left out of "Ida Holm": it joins her name.
bool Entities::Names::rest_of_name(int begin, int end) {
  const std::string low = lower(t_[begin].form), last = lower(t_[end - 1].form);
  auto rest = std::find_if(found_.begin(), found_.end(), [&](const Found& f) {
    return f.begin == end && f.kind == NameKind::person && !f.known && f.title < 0;
  });
  if (rest == found_.end() || end - begin > 2 || !t_[end - 1].space_after ||
      t_.in(WordList::calendar, low) || t_.in(WordList::titles, low) || known_.office(low) ||
      t_.in(WordList::titles, last) || known_.office(last) ||  // "Vice Premier" Ida Holm
      !t_.is_any(begin, {"compound", "flat", "nmod", "appos"}))
    return false;
  rest->begin = begin;
  return true;
}

// Do the words stand where somebody does?
bool Entities::Names::acts(int begin, int end) const {
  if (t_.is_any(end - 1, {"nsubj", "obj", "nmod", "obl", "iobj", "appos", "conj", "flat"}) ||
      t_.is_any(begin, {"nsubj", "obj", "appos", "nmod", "obl", "conj"}))
    return true;
  // "the news agency Nordsentral": what stands right behind a body's noun is its name.
  if (begin == s_.begin || end <= begin) return false;
  const Office* before = known_.office(std::string(t_[begin - 1].lemma));
  return before && before->kind == "organization" && t_.noun(begin - 1);
}

// What people do tells a person.
bool Entities::Names::does_as_people_do(int begin, int end) const {
  const int verb = t_[begin].head;
  return t_.is(begin, "nsubj") && verb >= 0 && t_.verb(verb) &&
         t_.in(WordList::human, t_.lemma(verb)) && end - begin <= 3;
}

// "Marr, Ida and Holm, Jon": a list that gives last names first.
void Entities::Names::turn_last_first() {
  auto alone = [&](const Found& f) {
    return f.end == f.begin + 1 && !f.known && f.title < 0 && f.kind != NameKind::organization;
  };
  std::vector<std::pair<size_t, size_t>> turned;
  for (size_t a = 0; a < found_.size(); ++a)
    for (size_t b = 0; b < found_.size(); ++b)
      if (alone(found_[a]) && alone(found_[b]) && found_[b].begin == found_[a].end + 1 &&
          t_[found_[a].end].form == "," && known_.gender(t_[found_[b].begin].form) &&
          !known_.gender(t_[found_[a].begin].form))
        turned.push_back({a, b});
  if (turned.size() < 2) return;
  std::vector<char> joined_to(found_.size(), 0);
  for (auto [a, b] : turned) {
    found_[a].end = found_[b].end;
    found_[a].kind = NameKind::person;
    found_[a].last_first = true;
    joined_to[b] = 1;
  }
  size_t at = 0;
  std::erase_if(found_, [&](const Found&) { return joined_to[at++] != 0; });
}

}  // namespace chancery
