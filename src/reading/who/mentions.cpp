// Finding mentions: names, nominals, pronouns, and what their own words say of them. Resolution is
// in entities.cpp.
#include <algorithm>
#include <cctype>
#include <cstdio>

#include "reading/two_decimals.h"
#include "reading/who/entities.h"
#include "reading/who/name_words.h"

namespace chancery {

using namespace names;

namespace {

// "president" is GOV, "senator" LEG.
std::string sector_of(const Leader& leader, const Register& known) {
  const Office* office = known.office(leader.role);
  return office ? office->sector : "GOV";
}

bool plural_of_demonym(std::string_view form, const Register& known) {
  if (!form.ends_with("s")) return false;
  const KnownName* one = known.find(form.substr(0, form.size() - 1));
  return one && one->sort == NameSort::demonym;
}

// Words that end no name: what follows them was cut off.
bool dangles(std::string_view form) {
  static const Words words = {"and", "of", "for", "the", "The", "in", "to", ",", "(", "-", "&"};
  return words.count(form) > 0;
}

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

// "Ethnic Albanian rebels", "ethnic-Lebanese men": people of another state than that of the name.
bool descent(const TreeView& t, const StateTrail::Step& step) {
  int before = step.begin - 1;
  const int first = t.sentence(step.begin).begin;
  if (before > first && t[before].form == "-") --before;
  return step.sort == StateTrail::Step::Sort::demonym && before >= first &&
         lower(t[before].form) == "ethnic";
}

// Where such a one is, is not whose he is.
bool posted_abroad(const std::string& office) {
  static const Words posted = {"ambassador", "envoy",      "consul",           "consul general",
                               "attaché",    "diplomat",   "correspondent",    "peacekeeper",
                               "missionary", "aid worker", "charge d'affaires"};
  return posted.count(office) > 0;
}

// "Oslo-based Nordfisk": the state of the place before "based"; -1 if there is none.
int seat(const TreeView& t, const StateTrail& trail, const Mention& m) {
  for (int i = m.begin; i < m.head || i == m.begin; ++i)
    if (lower(t[i].form) == "based" || t[i].form.ends_with("-based"))
      for (const StateTrail::Step& step : trail.steps())
        if (step.end <= i + 1 && step.end + 2 > i && step.begin >= t.sentence(i).begin)
          return step.state;
  return -1;
}

// Where the given name begins behind "Secretary of", with words of the office in front that the
// engine took for the person's; -1 if that is not how it stands.
int name_behind_office(const TreeView& t, const Register& known, int first, int begin, int end) {
  const int office = first - 2;
  if (office < t.sentence(first).begin || t[first].name != NameKind::person ||
      (t[first - 1].form != "of" && t[first - 1].form != "for") ||
      !known.office(lower(t[office].form)))
    return -1;
  for (int k = begin + 1; k < end - 1; ++k)
    if (known.gender(t[k].form)) return k;
  return -1;
}

}  // namespace

// Leftmost token of the noun phrase around [begin, …) with this head: modifiers in front that hang
// on it.
int Entities::left_edge(int begin, int head) const {
  const Sentence& s = t_.sentence(begin);
  int edge = begin;
  for (int i = begin - 1; i >= s.begin; --i) {
    std::string_view tag = t_[i].xpos;
    bool fits = tag == "DT" || tag == "PRP$" || tag.starts_with("JJ") || tag.starts_with("NN") ||
                tag == "VBN" || tag == "VBG" || tag == "CD" || tag == "HYPH" || tag == "POS" ||
                tag == "PDT" || tag == "RB" || tag == "RBS" || tag == "``" || tag == "''" ||
                tag == "AFX";
    if (!fits || !t_.descends(i, head) || i == head) break;
    // A clause or apposition in front is none of the phrase.
    int at = i;
    bool outside = false;
    while (at != head && at >= 0) {
      if (t_.is_any(at, {"acl", "parataxis", "conj", "obl", "appos", "nsubj", "ccomp", "advcl"}) &&
          at != head)
        outside = true;
      at = t_[at].head;
    }
    if (outside) break;
    edge = i;
  }
  // What a phrase does not begin with.
  while (edge < begin) {
    std::string_view tag = t_[edge].xpos;
    if (tag == "HYPH" || tag == "POS" || tag == "RB" || tag == "``" || tag == "''" ||
        t_.lemma(edge) == "be" || t_.lemma(edge) == "have")
      ++edge;
    else break;
  }
  return edge;
}

// How often the engine called each name of the article what, and where the name stands: "in
// Zaravec" speaks for a place, "Zaravec said" for somebody. A name is one kind of thing through an
// article.
void Entities::count_name_kinds() {
  static const Words where = {"in", "at", "near", "throughout", "across", "outside", "around"};
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
      // "Ana Platt" tells what a bare "Platt" is.
      if (t_[i].name == NameKind::person && end - i > 1)
        for (int k : {i, end - 1})
          name_kinds_[std::string(t_[k].form)][static_cast<size_t>(NameKind::person)] += 1.5f;
      if (i > s.begin && where.count(lower(t_[i - 1].form)) && !t_.is(i, "mark"))
        votes[static_cast<size_t>(NameKind::place)] += 1.5f;
      i = end;
    }
}

NameKind Entities::name_kind(int begin, int end, NameKind kind) const {
  const Document& d = t_.document();
  std::string first = lower(t_[begin].form);
  static const Words persons = {"mr",  "mr.", "mrs", "mrs.",  "ms",   "ms.",  "miss",
                                "sir", "dr",  "dr.", "prof.", "rev.", "sen.", "rep."};
  if ((persons.count(first) && end - begin > 1) ||
      (begin > t_.sentence(begin).begin && persons.count(lower(t_[begin - 1].form))))
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

// A letter alone is nobody's name ("interviewee R").
bool Entities::letter_alone(int begin, int end) const {
  int letters = 0;
  for (int k = begin; k < end; ++k)
    for (char c : t_[k].form) letters += isalpha(static_cast<unsigned char>(c)) || (c & 0x80);
  return letters < 2;
}

void Entities::find_names() {
  const Document& d = t_.document();
  count_name_kinds();
  for (const Sentence& s : d.sentences) {
    std::vector<char> taken(s.end - s.begin, 0);
    struct Found {
      int begin, end;
      NameKind kind;
      const KnownName* known;
      int title = -1;           // where an office before the name begins that the engine cut in two
      bool last_first = false;  // "Marr, Ida"
    };
    std::vector<Found> found;
    // Names of the register first: longest match from each capitalised token.
    for (int i = s.begin; i < s.end; ++i) {
      size_t at = 0;
      if (!is_upper(decode_utf8(t_[i].form, at)) && t_[i].form != "al") continue;
      for (int length = std::min(known_.longest_name(), s.end - i); length >= 1; --length) {
        int last = i + length - 1;
        size_t first = 0;
        if (!is_upper(decode_utf8(t_[last].form, first)) && length > 1 && !t_.noun(last)) continue;
        std::string_view written = Span{t_[i].span.begin, t_[last].span.end}.of(d.text);
        const KnownName* name = settle(written, known_.find(written));
        if (!name) continue;
        // "Lebanon, Pa." is a town.
        if (int state = trail_.town_before(last);
            state >= 0 && name->sort != NameSort::organization && state != name->index)
          break;
        // Inside a longer name ("Georgia Meloni", "Jordan Bardella", "Bank of China") the engine's
        // word counts.
        bool longer = false;
        if (t_[i].name == NameKind::person && !t_[i].name_begin) longer = true;
        if (last + 1 < s.end && t_[last].name == NameKind::person &&
            t_[last + 1].name == NameKind::person && !t_[last + 1].name_begin)
          longer = true;
        if (longer && name->sort != NameSort::organization) break;
        if (part_of_region(t_, known_, i, last)) break;
        // "South Wales" is not the South.
        std::string_view word = t_[i].form;
        if (length == 1 &&
            (word == "North" || word == "South" || word == "East" || word == "West") &&
            i + 1 < s.end && proper(t_[i + 1].xpos))
          break;
        found.push_back(
            {i, last + 1,
             name->sort == NameSort::organization ? NameKind::organization : NameKind::place,
             name});
        for (int k = i; k <= last; ++k) taken[k - s.begin] = 1;
        i = last;
        break;
      }
    }
    // Then the engine's names, where they hold something the register does not.
    for (int i = s.begin; i < s.end;) {
      if (t_[i].name == NameKind::none || of_date(i)) {
        ++i;
        continue;
      }
      int end = i + 1;
      while (end < s.end && t_[end].name == t_[i].name && !t_[end].name_begin) ++end;
      const int heard = end;  // where the engine's name ends
      while (end > i + 1 && dangles(t_[end - 1].form)) --end;
      // Two persons side by side with nothing between them are one with two names.
      if (t_[i].name == NameKind::person)
        while (end < s.end && proper(t_[end - 1].xpos) && proper(t_[end].xpos) &&
               (t_[end].name == NameKind::person ||
                (t_[end].name == NameKind::none && t_.is(end, "nsubj") &&
                 t_[end].head == t_[end - 1].head)) &&
               !kTitles.count(lower(t_[end].form)))
          ++end;
      // "Pope Urban III"
      if (t_[i].name == NameKind::person && end < s.end && regnal(t_[end].form)) ++end;
      // "Penn State", "Harrow School": what the name is only the first word of belongs to it.
      if (t_[i].name != NameKind::person)
        while (end < s.end && proper(t_[end].xpos) && t_[end].name == NameKind::none &&
               t_[end - 1].head == end && t_.is(end - 1, "compound") &&
               !known_.office(lower(t_[end].form)) && !is_calendar_word(lower(t_[end].form)) &&
               !kTitles.count(lower(t_[end].form)))
          ++end;
      // "Centre for Control of Iodine Deficiency Disorders": a body's name goes on behind its noun.
      if (const NameHead* head = known_.name_head(lower(t_[end - 1].form));
          head && head->kind == "organization" && t_[i].name == NameKind::organization)
        for (;;) {
          int k = end;
          if (k < s.end &&
              (t_[k].form == "of" || t_[k].form == "for" || (end - i > 2 && t_[k].form == "and")))
            ++k;
          if (k > end && k < s.end && t_[k].form == "the") ++k;
          bool goes_on = k > end && k < s.end && proper(t_[k].xpos) && !known_.find(t_[k].form) &&
                         !is_calendar_word(lower(t_[k].form)) && t_[k].name != NameKind::person;
          if (!goes_on) break;
          while (k < s.end && proper(t_[k].xpos) && !is_calendar_word(lower(t_[k].form))) ++k;
          end = k;
        }
      bool covered = true;
      for (int k = i; k < end; ++k)
        covered &= taken[k - s.begin] != 0 || t_[k].form == "the" || t_[k].form == "The" ||
                   is_punctuation(t_[k].form);
      int begin = i;
      // "President Lee": titles are of the phrase, not of the name.
      bool only_titles = t_[i].name == NameKind::person;
      for (int k = i; k < end; ++k) {
        const KnownName* state = known_.find(t_[k].form);
        only_titles &= kTitles.count(lower(t_[k].form)) ||
                       known_.office(lower(t_[k].form)) != nullptr ||
                       (k + 1 < end && state && state->sort == NameSort::demonym);
      }
      const int next = std::max(end, heard);
      if (only_titles) {
        i = next;
        continue;
      }
      while (t_[i].name == NameKind::person && begin + 1 < end &&
             (kTitles.count(lower(t_[begin].form)) || known_.office(lower(t_[begin].form))))
        ++begin;
      begin = after_bracket(t_, begin, end);
      // "Secretary of State Hanna Colt", and "of State Hanna Colt" where the engine cut.
      int title = -1;
      for (int from = std::max(s.begin, i - 2); title < 0 && from <= i; ++from)
        for (int stop = std::min(end - 1, from + 5); title < 0 && stop >= begin; --stop)
          if (t_[i].name == NameKind::person && stop > i &&
              known_.office(lower(Span{t_[from].span.begin, t_[stop - 1].span.end}.of(d.text)))) {
            title = from;
            begin = stop;
          }
      // "Secretary of Defense Ola Marr", an office that the register does not have.
      if (title < 0)
        if (const int given = name_behind_office(t_, known_, i, begin, end); given > begin) {
          title = i - 2;
          begin = given;
        }
      // "for Fisheries Ola Marr": the end of an office.
      if (t_[i].name == NameKind::person && t_.tag(begin, "IN") && end - begin >= 4) {
        title = begin;
        begin = end - 2;
      }
      // "Director of National Intelligence John Negroponte": an office with "of" before the name.
      if (t_[i].name == NameKind::person && end - begin >= 5)
        for (int k = begin; k < end - 2; ++k)
          if (t_[k].form == "of") begin = end - 2;
      // A weekday behind a name is no part of it.
      int stop = end;
      while (stop > begin + 1 && is_calendar_word(lower(t_[stop - 1].form))) --stop;
      const int name_end = stop;
      NameKind kind = name_kind(begin, std::max(name_end, begin + 1), t_[i].name);
      // "Foreign Minister Birna Helgadottir" is a person whatever the engine called the whole.
      if (kind == NameKind::organization || kind == NameKind::other)
        for (int k = std::min(end - 1, begin + 4); k > begin; --k) {
          const Office* office =
              known_.office(lower(Span{t_[begin].span.begin, t_[k - 1].span.end}.of(d.text)));
          if (office && office->kind == "person" && proper(t_[k].xpos) &&
              !known_.office(lower(t_[end - 1].form))) {
            begin = k;
            kind = NameKind::person;
            covered = false;
            break;
          }
        }
      if (letter_alone(begin, name_end)) covered = true;
      if (!covered && kind != NameKind::other)
        found.push_back({begin, std::max(name_end, begin + 1), kind, nullptr, title});
      i = next;
    }
    // Capitalised words that neither knows, as subjects and objects: better a name without kind
    // than nobody.
    std::vector<char> named(s.end - s.begin, 0);
    for (const Found& f : found)
      for (int k = f.begin; k < f.end; ++k) named[k - s.begin] = 1;
    for (int i = s.begin; i < s.end; ++i) {
      if (named[i - s.begin] || !proper(t_[i].xpos) || t_[i].name == NameKind::other || of_date(i))
        continue;
      int end = i;
      while (end < s.end && !named[end - s.begin] &&
             (proper(t_[end].xpos) || (std::string_view(t_[end].xpos) == "HYPH" && end > i &&
                                       end + 1 < s.end && proper(t_[end + 1].xpos))))
        ++end;
      // Days, months and titles alone are no names.
      std::string low = lower(t_[i].form);
      // "Ida" that the engine left out of "Ida Holm".
      auto rest = std::find_if(found.begin(), found.end(), [&](const Found& f) {
        return f.begin == end && f.kind == NameKind::person && !f.known && f.title < 0;
      });
      if (rest != found.end() && end - i <= 2 && t_[end - 1].space_after &&
          !is_calendar_word(low) && !kTitles.count(low) && !known_.office(low) &&
          t_.is_any(i, {"compound", "flat", "nmod", "appos"})) {
        rest->begin = i;
        i = end;
        continue;
      }
      bool actor =
          t_.is_any(end - 1, {"nsubj", "obj", "nmod", "obl", "iobj", "appos", "conj", "flat"}) ||
          t_.is_any(i, {"nsubj", "obj", "appos", "nmod", "obl", "conj"});
      std::string last = lower(t_[end - 1].form);
      // "the news agency Nordsentral": what stands right behind a body's noun is its name.
      if (i > s.begin && end > i)
        if (const Office* before = known_.office(std::string(t_[i - 1].lemma));
            before && before->kind == "organization" && t_.noun(i - 1))
          actor = true;
      if (actor && !letter_alone(i, end) && !is_calendar_word(low) &&
          !(end - i == 1 && (kTitles.count(low) || known_.office(low))) && !known_.office(last)) {
        // What people do tells a person.
        static const Words human = {
            "say",      "tell", "ask",   "think",   "want",  "know",   "feel",     "believe",
            "marry",    "die",  "write", "live",    "love",  "smile",  "laugh",    "walk",
            "sit",      "wear", "speak", "whisper", "nod",   "reply",  "answer",   "wonder",
            "remember", "hope", "cry",   "eat",     "sleep", "resign", "graduate", "retire"};
        int verb = t_[i].head;
        bool person = t_.is(i, "nsubj") && verb >= 0 && t_.verb(verb) &&
                      human.count(t_.lemma(verb)) && end - i <= 3;
        found.push_back(
            {i, end, person ? name_kind(i, end, NameKind::person) : NameKind::other, nullptr});
      }
      i = std::max(end - 1, i);
    }
    // "Marr, Ida and Holm, Jon": a list that gives last names first.
    auto alone = [&](const Found& f) {
      return f.end == f.begin + 1 && !f.known && f.title < 0 && f.kind != NameKind::organization;
    };
    std::vector<std::pair<size_t, size_t>> turned;
    for (size_t a = 0; a < found.size(); ++a)
      for (size_t b = 0; b < found.size(); ++b)
        if (alone(found[a]) && alone(found[b]) && found[b].begin == found[a].end + 1 &&
            t_[found[a].end].form == "," && known_.gender(t_[found[b].begin].form) &&
            !known_.gender(t_[found[a].begin].form))
          turned.push_back({a, b});
    if (turned.size() > 1) {
      std::vector<char> joined_to(found.size(), 0);
      for (auto [a, b] : turned) {
        found[a].end = found[b].end;
        found[a].kind = NameKind::person;
        found[a].last_first = true;
        joined_to[b] = 1;
      }
      size_t at = 0;
      std::erase_if(found, [&](const Found&) { return joined_to[at++] != 0; });
    }
    // Where the noun of office begins that ends right before this token and belongs to the name; -1
    // if there is none. "Secretary of State" is one.
    auto office_before = [&](int token, const Found& f) {
      const int before = token - 1;
      if (f.kind != NameKind::person) {
        const Office* o = known_.office(std::string(t_[before].lemma));
        return o && o->kind == "organization" && t_.noun(before) && !t_.tag(before, "NNS") ? before
                                                                                           : -1;
      }
      for (int from = std::max(s.begin, token - 4); from < before; ++from)
        for (int stop = std::max(token, f.begin); stop >= token; --stop)
          if (t_.noun(from) &&
              known_.office(lower(Span{t_[from].span.begin, t_[stop - 1].span.end}.of(d.text))))
            return from;
      std::string low = lower(t_[before].form);
      if (known_.office(std::string(t_[before].lemma)) || known_.office(low) || kTitles.count(low))
        return t_.noun(before) ? before : -1;
      const KnownName* k = known_.find(t_[before].form);
      bool state = k && (k->sort == NameSort::demonym || k->sort == NameSort::state);
      return state && token < f.begin ? before : -1;
    };
    std::vector<std::pair<int, int>> extended;
    for (Found& f : found) {
      // What a longer name took in is no name of its own.
      bool inside = false;
      for (auto [begin, end] : extended) inside |= begin <= f.begin && f.end <= end;
      if (inside) continue;
      // "He Jianbo": in the middle of a sentence it is no pronoun.
      if (!f.known && f.begin > s.begin + 1 && t_[f.begin - 1].form == "He" &&
          !is_punctuation(t_[f.begin - 2].form) && f.kind != NameKind::place)
        --f.begin;
      // "Lee Jae-myung" is one name however its parts were tagged.
      if (!f.known)
        while (f.end + 1 < s.end && t_[f.end].form == "-" && !t_[f.end - 1].space_after &&
               !t_[f.end].space_after && !t_.tag(f.end + 1, "JJ") && !t_.tag(f.end + 1, "VBN") &&
               !t_.tag(f.end + 1, "VBG") && !t_.tag(f.end + 1, "VBD") &&
               f.kind == NameKind::person) {
          f.end += 2;
          extended.push_back({f.begin, f.end});
        }
      Mention m;
      m.sort = Mention::name;
      int top = f.begin;
      for (int k = f.begin; k < f.end; ++k)
        if (t_[k].head < f.begin || t_[k].head >= f.end) {
          top = k;
          break;
        }
      bool demonym = f.known && f.known->sort == NameSort::demonym;
      // Adjectives of a state only give the country, unless the noun is an act of that state.
      if (demonym && (t_.tag(f.end - 1, "JJ") || t_.is(top, "amod") ||
                      (t_.is(top, "compound") && !proper(t_[f.end - 1].xpos)))) {
        int noun = t_[top].head;
        if (noun < 0 || !kActNouns.count(t_.lemma(noun)) || noun < f.end) continue;
        m.begin = f.begin;
        m.end = f.end;
        m.head = top;
        m.kind = "place";
        m.state = f.known->index;
        m.names_state = true;
        m.text = known_.states()[m.state].name;
        m.explain = "adjective of a state before an act";
        mentions_.push_back(m);
        continue;
      }
      // "the APEC summit in Gyeongju": a meeting, not the organization.
      static const Words gatherings = {"summit", "meeting", "conference", "forum",
                                       "talk",   "session", "congress"};
      int gathering = f.end;  // past an acronym in brackets
      while (gathering < s.end && gathering < f.end + 4 &&
             (is_punctuation(t_[gathering].form) ||
              (t_[gathering - 1].form == "(" && proper(t_[gathering].xpos))))
        ++gathering;
      if (gathering < s.end && t_[gathering - 1].form != "," && t_.noun(gathering) &&
          gatherings.count(t_.lemma(gathering)) &&
          (f.kind == NameKind::organization || f.kind == NameKind::event)) {
        m.begin = left_edge(f.begin, gathering);
        m.head = gathering;
        m.end = gathering + 1;
        m.kind = "event";
        m.text = std::string(
                     f.known ? known_.organizations()[f.known->index].name
                             : std::string(Span{t_[f.begin].span.begin, t_[f.end - 1].span.end}.of(
                                   d.text))) +
                 " " + std::string(t_.lemma(gathering));
        m.explain = "meeting named by its organization";
        mentions_.push_back(m);
        continue;
      }
      // "U.S. President": noun inside a longer mention, itself a mention; no extension of its own.
      bool modifier = f.known && f.known->sort != NameSort::organization &&
                      t_.is_any(top, {"compound", "amod"});
      int head = top;
      if (!modifier && f.kind == NameKind::person) {
        // The title in front may be the head of the phrase.
        for (int steps = 0; steps < 4; ++steps) {
          int up = t_[head].head;
          if (up < 0 || up >= f.begin || up < f.begin - 8 || !t_.noun(up) ||
              !t_.is_any(head, {"flat", "appos", "compound", "nmod", "dep"}) ||
              !t_.case_of(head).empty())
            break;
          bool comma = false;
          for (int k = up + 1; k < f.begin; ++k) comma |= t_[k].form == ",";
          if (comma) break;
          head = up;
        }
      }
      m.begin =
          modifier ? f.begin : left_edge(std::min(f.begin, head == top ? f.begin : head), head);
      if (head < f.begin && m.begin > head) m.begin = head;
      // "Party spokesperson Park": nouns of office right before the name belong to it whatever the
      // tree says.
      if (!modifier && (f.kind == NameKind::person || f.kind == NameKind::organization ||
                        f.kind == NameKind::other))
        for (bool once = f.title >= 0;; once = false) {
          while (m.begin > s.begin) {
            const int start = office_before(m.begin, f);
            if (start < 0) break;
            m.begin = std::min(start, left_edge(start, m.begin - 1));
          }
          if (!once || m.begin <= f.title) break;
          m.begin = std::min(f.title, left_edge(f.title, f.title));
        }
      m.end = f.end;
      m.head = head;
      m.kind = kind_of(f.kind);
      // A name that says something and is no known place is somebody's.
      static const Words speaking = {"say",   "tell",   "add",   "speak",     "insist",
                                     "reply", "urge",   "warn",  "criticize", "ask",
                                     "write", "resign", "thank", "apologize"};
      if (m.kind == "place" && !f.known && t_.is(top, "nsubj") && t_[top].head >= 0 &&
          speaking.count(t_.lemma(t_[top].head)))
        m.kind = "person";
      m.text = f.last_first
                   ? std::string(t_[f.end - 1].form) + " " + std::string(t_[f.begin].form)
                   : std::string(Span{t_[f.begin].span.begin, t_[f.end - 1].span.end}.of(d.text));
      m.explain = f.known ? "name in the register" : "name found by the language engine";
      if (f.known) {
        if (std::string former = known_.former(m.text); !former.empty())
          m.explain += " (" + former + ")";
        if (auto said = ambiguity_.find(m.text); said != ambiguity_.end())
          m.explain += "; " + said->second.why;
      }
      if (f.known) {
        if (f.known->sort == NameSort::organization) {
          const Organization& o = known_.organizations()[f.known->index];
          m.actor = {o.country, o.sector, o.other_sectors};
          if (!o.country.empty()) m.basis = "register";
          m.text = o.name;
          m.kind = o.kind;
          m.plural |= o.kind == "group";
        } else {
          m.state = f.known->index;
          // "Russian Prime Minister …" as one compound, "Russians": people of the state.
          m.names_state = true;
          bool place = f.known->sort == NameSort::capital || f.known->sort == NameSort::state;
          std::string preposition = t_.case_of(head);
          static const Words where = {"in",     "at",         "near",   "outside", "into",
                                      "inside", "throughout", "across", "around"};
          // "Norvanians": people, not the state, unless all of them are meant.
          if (f.known->sort == NameSort::demonym && f.end == f.begin + 1 &&
              plural_of_demonym(t_[f.begin].form, known_) && lower(t_[m.begin].form) != "the" &&
              m.end == f.end) {
            m.names_state = false;
            m.plural = true;
            m.kind = "group";
            m.actor = {known_.states()[m.state].code, "CVL", {}};
            m.basis = "register";
            mentions_.push_back(m);
            continue;
          }
          m.place_only = place && where.count(preposition) && f.known->sort == NameSort::capital;
          if (!m.place_only) m.text = known_.states()[m.state].name;
          m.kind = "place";
        }
      }
      mentions_.push_back(m);
    }
  }
  bare_last_names();
}

// Words of full names: a later bare "Xi" is that person though the engine does not call it a name.
void Entities::bare_last_names() {
  std::unordered_set<std::string> words;
  std::vector<char> covered(t_.size(), 0);
  for (const Mention& m : mentions_) {
    for (int i = m.begin; i < m.end; ++i) covered[i] = 1;
    auto parts = split_words(m.text);
    if (m.kind == "person" && parts.size() >= 2)
      for (std::string_view w : parts) words.emplace(w);
  }
  for (int i = 0; i < t_.size(); ++i) {
    if (covered[i] || !t_.noun(i) || !words.count(std::string(t_[i].form)) ||
        kTitles.count(lower(t_[i].form)) || known_.office(lower(t_[i].form)))
      continue;
    size_t at = 0;
    if (!is_upper(decode_utf8(t_[i].form, at))) continue;
    Mention m;
    m.begin = m.head = i;
    m.end = i + 1;
    m.kind = "person";
    m.text = std::string(t_[i].form);
    m.explain = "part of a name told in full";
    mentions_.push_back(std::move(m));
  }
}

void Entities::find_nominals() {
  std::vector<char> inside(t_.size(), 0);
  for (const Mention& m : mentions_)
    for (int i = m.begin; i < m.end; ++i) inside[i] = 1;
  for (int i = 0; i < t_.size(); ++i) {
    // "The two", nobody else named by it.
    if (!inside[i] && lower(t_[i].form) == "two" && i > t_.sentence(i).begin &&
        lower(t_[i - 1].form) == "the" && t_.is_any(i, {"nsubj", "obj", "obl", "nmod", "iobj"})) {
      Mention m;
      m.sort = Mention::nominal;
      m.head = i;
      m.begin = i - 1;
      m.end = i + 1;
      m.plural = m.definite = true;
      m.kind = "group";
      m.text = "two";
      m.explain = "the two";
      mentions_.push_back(m);
      continue;
    }
    if (!t_.noun(i) || inside[i]) continue;
    if (t_.is_any(i, {"compound", "flat"}) && t_[i].head == i + 1) continue;
    // The longest office that ends here.
    const Sentence& s = t_.sentence(i);
    const Office* office = nullptr;
    int first = i;
    bool plural = t_.tag(i, "NNS") || t_.tag(i, "NNPS");
    for (int length = std::min(5, i - s.begin + 1); length >= 1 && !office; --length) {
      std::string phrase;
      for (int k = i - length + 1; k < i; ++k)
        phrase += lower(t_[k].form) + (t_[k].space_after ? " " : "");
      for (const std::string& last : {std::string(t_[i].lemma), lower(t_[i].form)})
        if (const Office* found = known_.office(lower(phrase + last))) {
          office = found;
          first = i - length + 1;
          break;
        }
    }
    std::string_view lemma = t_.lemma(i);
    bool counted = false;
    for (int c : t_.children(i)) counted |= kGroupNouns.count(lower(t_[c].form)) && c < i;
    bool event = !office && (lemma == "summit" || lemma == "talk" || lemma == "conference" ||
                             lemma == "meeting");
    Mention m;
    if (!office && !event && !judged_actor(i, m)) continue;
    // "Penn State", "Falls City": a name that ends in such a noun, not one of them.
    if (office && office->kind == "place" && first == i && i > t_.sentence(i).begin &&
        proper(t_[i].xpos) && proper(t_[i - 1].xpos))
      continue;
    if (event && lemma != "summit" && !(t_.tag(i, "NNP"))) continue;
    m.sort = Mention::nominal;
    m.head = i;
    m.begin = left_edge(first, i);
    m.end = i + 1;
    m.plural = plural || counted;
    // "Emperor of the Southern Isles", "Earl of Marr": a title that needs its land.
    if (office && office->kind == "person" && proper(t_[i].xpos)) {
      int k = i + 1, stop = t_.sentence(i).end;
      if (k < stop && t_[k].form == "of") ++k;
      if (k > i + 1 && k < stop && (t_[k].form == "the" || t_[k].form == "these")) ++k;
      if (k > i + 1 && k < stop && proper(t_[k].xpos) && !inside[k]) {
        while (k < stop && proper(t_[k].xpos) && !inside[k]) ++k;
        m.end = k;
      }
    }
    if (office) m.kind = m.plural && office->kind == "person" ? "group" : office->kind;
    else if (event) m.kind = "event";
    m.text = office ? office->noun : std::string(lemma);
    if (office) m.actor = {"", office->sector, office->other_sectors};
    if (office && office->kind == "place" && office->sector == "UNK") m.actor = {};
    if (office && office->kind == "person") m.role = office->noun;
    std::string_view opening = t_[m.begin].xpos;
    m.definite = (opening == "DT" && (lower(t_[m.begin].form) == "the" ||
                                      lower(t_[m.begin].form).starts_with("th"))) ||
                 opening == "PRP$" || t_.child(i, {"nmod:poss"}) >= 0;
    if (office) m.explain = "noun of office '" + office->noun + "'";
    else if (event) m.explain = "named meeting";
    if (office && office->kind == "group" && !m.plural && (lemma == "press" || lemma == "side") &&
        !m.definite)
      continue;
    mentions_.push_back(m);
  }
}

// A noun that is no office, by the model's judge: "a handful of gunmen", "the shipment". What has a
// time, an amount or a number for its name is nobody.
bool Entities::judged_actor(int noun, Mention& mention) const {
  if (!words_ || of_date(noun)) return false;
  float sure = words_->any(WordJudges::mention, noun);
  if (sure < (*least_)["actor.noun"]) return false;
  const WordJudges& judges = words_->judges();
  mention.kind = judges.classes(
      WordJudges::mention)[static_cast<size_t>(words_->likeliest(WordJudges::mention, noun))];
  std::vector<float> sectors = words_->probabilities(WordJudges::sector, noun);
  auto best = std::max_element(sectors.begin(), sectors.end());
  if (best != sectors.begin())
    mention.actor.sector =
        judges.classes(WordJudges::sector)[static_cast<size_t>(best - sectors.begin())];
  mention.explain =
      "the judge hears a " + mention.kind + " (" + two_decimals(static_cast<double>(sure)) + ")";
  return true;
}

// Nouns of bodies that go by a name of their own.
static const Words kNamedBodies = {
    "newspaper", "agency",  "daily",   "magazine",    "movement",    "party",
    "group",     "network", "website", "channel",     "company",     "firm",
    "paper",     "weekly",  "tabloid", "broadcaster", "guerrilla",   "militia",
    "airline",   "bank",    "front",   "faction",     "organization"};

void Entities::join_named_bodies() {
  std::vector<char> gone(mentions_.size(), 0);
  for (size_t k = 0; k < mentions_.size(); ++k) {
    Mention& m = mentions_[k];
    if (m.sort != Mention::nominal || m.plural || !kNamedBodies.count(t_.lemma(m.head))) continue;
    for (size_t j = 0; j < mentions_.size(); ++j) {
      const Mention& n = mentions_[j];
      if (n.sort != Mention::name || n.names_state || n.kind == "event" || gone[j] ||
          n.begin < m.begin || n.end > m.head || n.actor.country == "IGO" ||
          !(n.kind == "organization" || n.kind == "other" || n.kind == "person"))
        continue;
      // Right before the noun, but for a word of its own kind ("Interfax news agency").
      bool next = t_.descends(n.head, m.head);
      for (int i = n.end; i < m.head; ++i) next &= t_.noun(i) || t_.tag(i, "JJ");
      if (!next || (n.kind == "person" && n.end - n.begin > 1)) continue;
      Mention whole = n;
      whole.begin = m.begin;
      whole.end = m.end;
      whole.head = m.head;
      whole.kind = "organization";
      if (whole.actor.sector.empty()) whole.actor.sector = m.actor.sector;
      whole.explain += "; with its noun '" + std::string(t_.lemma(m.head)) + "'";
      m = std::move(whole);
      gone[j] = 1;
      break;
    }
  }
  std::vector<Mention> kept;
  for (size_t k = 0; k < mentions_.size(); ++k)
    if (!gone[k]) kept.push_back(std::move(mentions_[k]));
  mentions_ = std::move(kept);
}

void Entities::find_pronouns() {
  static const Words personal = {
      "he",  "she",    "him",    "her",  "his",   "hers",   "himself",    "herself",  "it",
      "its", "itself", "they",   "them", "their", "theirs", "themselves", "i",        "me",
      "my",  "mine",   "myself", "we",   "us",    "our",    "ours",       "ourselves"};
  for (int i = 0; i < t_.size(); ++i) {
    if (!t_.tag(i, "PRP")) continue;
    std::string low = lower(t_[i].form);
    if (!personal.count(low) || t_[i].form == "US") continue;
    // "He Jianbo"
    if (t_[i].form == "He" &&
        std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention& n) {
          return n.sort == Mention::name && n.begin == i && n.end > i + 1;
        }))
      continue;
    // "It is clear that": nobody.
    if (low == "it" && t_.is(i, "expl")) continue;
    Mention m;
    m.sort = Mention::pronoun;
    m.begin = m.head = i;
    m.end = i + 1;
    m.text = low;
    m.gender =
        low[0] == 'h'
            ? (low.starts_with("he") && low != "her" && low != "hers" && low != "herself" ? 'm'
               : low.starts_with("hi")                                                    ? 'm'
                                                                                          : 'f')
        : low.starts_with("she") ? 'f'
                                 : 0;
    m.plural = low.starts_with("the") || low.starts_with("we") || low.starts_with("us") ||
               low.starts_with("our");
    m.explain = "pronoun";
    mentions_.push_back(m);
  }
}

// Which "Congress" it is: that of the state which the article speaks of most. The trail itself is
// laid before and asks for none.
const KnownName* Entities::local_body(const std::vector<KnownName>& bodies) const {
  const KnownName* best = nullptr;
  double most = 0;
  for (const KnownName& body : bodies) {
    int state = known_.state_index(known_.organizations()[body.index].country);
    double share = trail_ready_ && state >= 0 ? trail_.share(state) : 0;
    if (share > most) {
      most = share;
      best = &body;
    }
  }
  return best;
}

// What an ambiguous name means here: shares of its meanings, raised by the words of the article
// that speak for them. The decision holds for the whole article. nullptr: no state.
const KnownName* Entities::settle(std::string_view name, const KnownName* known) {
  if (const LocalName* local = known_.local(name)) return local_body(local->bodies);
  if (!known || known->sort == NameSort::organization) return known;
  const std::vector<Meaning>* meanings = known_.meanings(name);
  if (!meanings) return known;
  auto [at, fresh] = ambiguity_.try_emplace(std::string(name));
  Settled& s = at->second;
  if (fresh) {
    std::string_view text = t_.document().text;
    std::vector<double> scores;
    double total = 0;
    for (const Meaning& m : *meanings) {
      double score = m.share;
      for (const std::string& hint : m.hints)
        if (size_t found = text.find(hint); found != std::string_view::npos && hint != name) {
          bool word = (found == 0 || !std::isalpha(static_cast<unsigned char>(text[found - 1]))) &&
                      (found + hint.size() >= text.size() ||
                       !std::isalpha(static_cast<unsigned char>(text[found + hint.size()])));
          if (word) score *= 3;
        }
      scores.push_back(score);
      total += score;
    }
    size_t best =
        static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    s.known = {known->sort, (*meanings)[best].state};
    s.why = "ambiguous:";
    for (size_t i = 0; i < meanings->size(); ++i) {
      const Meaning& m = (*meanings)[i];
      s.why += std::string(i ? "," : "") + " " +
               (m.state < 0 ? "" : known_.states()[m.state].code + ", ") + m.what + " " +
               two_decimals(scores[i] / total);
    }
  }
  return s.known.index < 0 ? nullptr : &s.known;
}

int Entities::state_in(int begin, int end, int* other) const {
  int found = -1, behind = -1;
  for (const StateTrail::Step& step : trail_.steps()) {
    if (step.begin < begin || step.end > end || step.sort == StateTrail::Step::Sort::leader ||
        step.sort == StateTrail::Step::Sort::organization || descent(t_, step))
      continue;
    // "Turkish Cypriots" are of the second.
    if (found < 0 || (step.begin == behind && step.sort == StateTrail::Step::Sort::demonym))
      found = step.state;
    else if (other && step.state != found) *other = step.state;
    behind = step.end;
  }
  return found;
}

bool Entities::body_of(int begin, int end, Actor& body, std::string& name) const {
  for (int i = begin; i < end; ++i)
    for (int length = std::min(5, end - i); length >= 1; --length) {
      std::string_view written =
          Span{t_[i].span.begin, t_[i + length - 1].span.end}.of(t_.document().text);
      const LocalName* local = known_.local(written);
      const KnownName* k = local ? local_body(local->bodies) : known_.find(written);
      if (!k || k->sort != NameSort::organization) continue;
      const Organization& o = known_.organizations()[k->index];
      if (o.country.empty() || o.country == "MNC" || o.kind == "group") break;
      body = {o.country, o.sector, o.other_sectors};
      name = o.name;
      return true;
    }
  return false;
}

// Does "Israeli and" stand before these words, or "foreign,"?
bool Entities::adjective_before(int begin) const {
  const int joint = begin - 1, word = begin - 2;
  if (word < t_.sentence(begin).begin || (!t_.tag(joint, "CC") && t_[joint].form != ","))
    return false;
  if (t_[word].form == "foreign" || t_[word].form == "international") return true;
  for (const StateTrail::Step& step : trail_.steps())
    if (step.end == word + 1 && step.sort == StateTrail::Step::Sort::demonym && t_.tag(word, "JJ"))
      return true;
  return false;
}

// "and" or a comma between the words.
bool Entities::joined(int begin, int end) const {
  for (int i = begin; i < end; ++i)
    if (t_.tag(i, "CC") || t_[i].form == ",") return true;
  return false;
}

// Country, sector, role and gender from the words of the phrase itself, its possessor, its
// apposition.
void Entities::describe(Mention& m) {
  if (m.sort == Mention::pronoun) return;
  auto office_in = [&](int begin, int end) -> const Office* {
    const Office* best = nullptr;
    for (int i = begin; i < end; ++i)
      for (int length = std::min(5, end - i); length >= 1; --length) {
        std::string phrase =
            lower(Span{t_[i].span.begin, t_[i + length - 1].span.end}.of(t_.document().text));
        const Office* o = known_.office(phrase);
        if (!o && length == 1) o = known_.office(std::string(t_[i].lemma));
        // "ex-president", "then-foreign minister", "president-elect": the office with its time
        // (below).
        if (!o)
          for (std::string_view time : {"ex-", "then-"})
            if (phrase.starts_with(time)) o = known_.office(phrase.substr(time.size()));
        if (!o && phrase.ends_with("-elect"))
          o = known_.office(phrase.substr(0, phrase.size() - 6));
        if (o && (!best || o->noun.size() > best->noun.size() ||
                  (o->kind == "person" && best->kind != "person"))) {
          best = o;
          break;
        }
      }
    return best;
  };
  if (m.names_state) {
    // A town where something happens has no will of its own.
    m.actor = {known_.states()[m.state].code, m.place_only ? "" : "GOV", {}};
    m.basis = "register";
    return;
  }
  // "United Nations Mission in Sudan": a body of the body it is named after.
  if (m.sort == Mention::name && m.kind == "organization" && m.actor.country.empty())
    for (int stop = std::min(m.end - 1, m.begin + 4); stop > m.begin; --stop) {
      Actor body;
      std::string name;
      if (body_of(m.begin, stop, body, name) && body.country == "IGO") {
        m.actor = {"IGO", body.sector == "LEG" ? "IGO" : body.sector, {}};
        m.basis = "text";
        m.explain += "; of " + name;
        return;
      }
    }
  // Words of the phrase before the name (titles), and an apposition after it.
  int name_begin = m.begin;
  bool by_text = m.sort == Mention::name && m.actor.sector.empty();
  if (m.state < 0) {
    for (int i = m.begin; i < m.end && m.state < 0; ++i)
      if (mention_of_[i] >= 0 && mentions_[mention_of_[i]].names_state)
        m.state = mentions_[mention_of_[i]].state;
    int other = -1;
    int state = state_in(m.begin, m.end, &other);
    if (m.state < 0) m.state = state;
    // "Norvanian and Olmian officials", "Norvanian and foreign troops"
    if (other >= 0 && m.sort == Mention::nominal && joined(m.begin, m.end)) m.several = true;
    if (m.sort == Mention::nominal && m.plural && m.state >= 0 && adjective_before(m.begin))
      m.several = true;
  }
  int apposition = t_.child(m.head, {"appos"});
  if (apposition < 0 && m.head != m.begin) apposition = t_.child(m.begin, {"appos"});
  TreeView::Range beside{0, 0};
  if (apposition >= m.end && t_.noun(apposition)) {
    beside = t_.subtree_without(apposition, [&](int, int c) {
      return t_.is_any(c, {"acl", "parataxis", "conj"});
    });
    beside.begin = std::max(beside.begin, m.end);
  }
  if (by_text || m.sort == Mention::nominal) {
    const Office* office = m.sort == Mention::name ? office_in(name_begin, m.end) : nullptr;
    // "the news agency Nordsentral" is the agency, whomever its name looks like.
    if (office && office->kind == "organization" && m.kind == "person" && name_begin < m.head)
      m.kind = "organization";
    // An organization's own name tells more than the adjective before it: "the opposition Coast
    // Party".
    if (office && m.kind == "organization" && office->noun == "opposition") office = nullptr;
    // "Ali Larijani, secretary of Iran's Supreme National Security Council"
    if (!office && beside.end > beside.begin && m.kind != "place")
      office =
          office_in(apposition, apposition + 1) ? office_in(beside.begin, apposition + 1) : nullptr;
    // Someone's phrase in apposition to the name that follows it: "the premier, Ana Ruiz".
    if (!office && m.sort == Mention::name && t_.is(m.head, "appos") && t_[m.head].head >= 0 &&
        t_[m.head].head < m.begin) {
      int up = t_[m.head].head;
      office = known_.office(std::string(t_[up].lemma));
      if (office && m.state < 0) {
        TreeView::Range r = t_.subtree_without(
            up, [&](int, int c) { return c == m.head || t_.is_any(c, {"acl"}); });
        m.state = state_in(r.begin, r.end);
      }
    }
    if (office) {
      if (m.sort == Mention::name) {
        m.actor.sector = office->sector;
        m.actor.other_sectors = office->other_sectors;
        if (office->kind == "person") {
          m.role = office->noun;
          if (m.kind == "other" || m.kind == "place") m.kind = "person";
        }
      }
      // Whose officer: "party spokesman", "army chief", "foreign ministry spokesman", "parliament
      // speaker".
      static const Words general = {"spokesman",     "spokeswoman", "spokesperson", "leader",
                                    "official",      "chief",       "secretary",    "aide",
                                    "adviser",       "advisor",     "chairman",     "chairwoman",
                                    "representative"};
      std::string last = office->noun.substr(
          office->noun.rfind(' ') == std::string::npos ? 0 : office->noun.rfind(' ') + 1);
      if (m.sort == Mention::name && general.count(last)) {
        for (int i = m.begin; i < m.end; ++i) {
          const Office* body = known_.office(std::string(t_[i].lemma));
          if (body && body->kind == "organization" && body->sector != "GOV" &&
              body->sector != "UNK") {
            m.actor.sector = body->sector;
            m.actor.other_sectors = body->other_sectors;
          }
        }
      }
    }
    // "former", "ex-", "late": office once held.
    for (int i = m.begin; i < m.end; ++i) {
      std::string low = lower(t_[i].form);
      bool held = low == "former" || low == "ex" || low.starts_with("ex-") || low == "then" ||
                  low.starts_with("then-") || low == "deposed" || low == "ousted" ||
                  low == "late" || low == "erstwhile" || low == "one-time" || low == "onetime" ||
                  low == "toppled";
      // Not yet in office.
      bool chosen = low.ends_with("-elect") || (low == "elect" && i > m.begin) ||
                    low == "designate" || low.ends_with("-designate") || low == "incoming";
      if (chosen && (m.actor.sector == "GOV" || (m.actor.sector.empty() && m.kind == "person")))
        m.actor.sector = "PTY";
      if (held && m.actor.sector != "CVL" && !m.actor.sector.empty() && m.kind != "place") {
        m.actor.sector = "ELI";
        m.actor.other_sectors.clear();
      }
      if (low == "opposition" && m.actor.sector != "OPP") m.actor.other_sectors.push_back("OPP");
      if ((low == "ruling" || low == "governing") && m.actor.sector == "PTY")
        m.actor.other_sectors.push_back("GOV");
    }
    // "Party spokesperson", "People Power Party": a party by its own name.
    if (m.kind == "organization" && m.sort == Mention::name && m.actor.sector.empty()) {
      const Office* body = known_.office(std::string(t_[m.end - 1].lemma));
      if (!body) body = known_.office(lower(t_[m.end - 1].form));
      static const std::pair<std::string_view, const char*> endings[] = {
          {"party", "PTY"},     {"union", "LAB"},      {"ministry", "GOV"},
          {"court", "JUD"},     {"parliament", "LEG"}, {"assembly", "LEG"},
          {"agency", "GOV"},    {"university", "EDU"}, {"inc.", "BUS"},
          {"corp.", "BUS"},     {"ltd.", "BUS"},       {"industries", "BUS"},
          {"times", "JRN"},     {"post", "JRN"},       {"news", "JRN"},
          {"daily", "JRN"},     {"newspaper", "JRN"},  {"television", "JRN"},
          {"tv", "JRN"},        {"radio", "JRN"},      {"front", "REB"},
          {"army", "MIL"},      {"brigades", "REB"},   {"council", "GOV"},
          {"committee", "GOV"}, {"commission", "GOV"}, {"department", "GOV"},
          {"bank", "BUS"},      {"group", "BUS"}};
      std::string last = lower(t_[m.end - 1].form);
      for (auto [ending, sector] : endings)
        if (last == ending) m.actor.sector = sector;
      if (m.actor.sector.empty() && body && body->kind == "organization")
        m.actor.sector = body->sector;
      // "World … Organization", "International … Fund": of states.
      std::string first = lower(t_[m.begin].form == "the" || t_[m.begin].form == "The"
                                    ? t_[std::min(m.begin + 1, m.end - 1)].form
                                    : t_[m.begin].form);
      static const Words bodies = {"organization", "organisation", "agency",     "fund",
                                   "bank",         "court",        "union",      "tribunal",
                                   "bureau",       "council",      "commission", "committee"};
      if (m.state < 0 && m.actor.country.empty() &&
          (first == "world" || first == "international" || first == "inter-american" ||
           first == "african" || first == "asian" || first == "european" || first == "united") &&
          bodies.count(last)) {
        m.actor.country = "IGO";
        m.basis = "text";
        m.actor.sector = last == "court" || last == "tribunal" ? "JUD" : "IGO";
      }
      // A word right after the name tells as well: "the Yediot Aharonot newspaper".
      if (m.actor.sector.empty() && m.end < t_.size() && t_[m.end].head >= 0) {
        const Office* after = known_.office(std::string(t_[m.end].lemma));
        if (after && after->kind == "organization" &&
            t_.sentence_of(m.end) == t_.sentence_of(m.head))
          m.actor.sector = after->sector;
      }
    }
  }
  // "A member of parliament": of the body's sector.
  if (m.actor.sector == "UNK" && m.sort == Mention::nominal)
    if (int of = t_.oblique(m.head, "of"); of > m.head)
      if (const Office* body = known_.office(std::string(t_[of].lemma));
          body && body->kind == "organization" && body->sector != "UNK")
        m.actor.sector = body->sector;
  // Possessors, of-phrases and whence somebody is give the country: "Iran's foreign minister",
  // "president of Armenia", "officials from Iceland", "rebels in Chad".
  for (const char* preposition : {"of", "for", "from", "in"}) {
    if (m.state >= 0 || m.several ||
        (std::string_view(preposition) == "in" &&
         ((m.sort == Mention::name && m.kind == "person") || posted_abroad(m.text))))
      break;
    int of = t_.oblique(m.head, preposition);
    if (of < m.head) continue;
    TreeView::Range r = t_.subtree_without(of, [&](int, int c) {
      return t_.is_any(c, {"acl", "appos", "conj"});
    });
    m.state = state_in(r.begin, r.end);
    TreeView::Range all = t_.subtree_without(of, [&](int, int c) { return t_.is_any(c, {"acl"}); });
    int other = -1;
    state_in(all.begin, all.end, &other);
    if (other >= 0 && m.sort == Mention::nominal && m.plural && joined(r.begin, all.end))
      m.several = true;
  }
  if (m.several) m.state = -1;
  if (m.state < 0 && !m.several) m.state = seat(t_, trail_, m);
  if (m.state < 0 && !m.several && beside.end > beside.begin)
    m.state = state_in(beside.begin, beside.end);
  if (m.state >= 0 && m.actor.country.empty() && m.kind != "event") {
    m.actor.country = known_.states()[m.state].code;
    m.basis = "text";
  }
  // People of a known body: "UN Secretary-General", "the African Union's envoy", "a Hamas official".
  if (m.actor.country.empty() && m.state < 0 && !m.several && m.kind != "event" &&
      m.kind != "place" && (m.sort == Mention::nominal || m.kind == "person") &&
      !(m.sort == Mention::nominal && m.actor.sector.empty())) {
    int owner = t_.child(m.head, {"nmod:poss"});
    TreeView::Range r = owner >= 0 ? t_.subtree(owner) : TreeView::Range{m.begin, m.end};
    // Not by somebody's own name.
    for (int i = m.begin; m.sort == Mention::name && i < m.end; ++i)
      if (Span{t_[i].span.begin, t_[m.end - 1].span.end}.of(t_.document().text) == m.text)
        r.end = std::min(r.end, i);
    Actor body;
    std::string name;
    bool found = body_of(std::max(r.begin, m.begin), r.end, body, name);
    for (const char* preposition : {"of", "for", "from", "with"})
      if (int of = found ? -1 : t_.oblique(m.head, preposition); of > m.head) {
        TreeView::Range behind = t_.subtree_without(of, [&](int, int c) {
          return t_.is_any(c, {"acl", "appos", "conj"});
        });
        found = body_of(behind.begin, behind.end, body, name);
      }
    // The members of a body of states are states.
    if (found && body.country == "IGO" && m.plural && t_.lemma(m.head) == "member") {
      m.several = true;
      m.actor.sector = "GOV";
      found = false;
    }
    if (found) {
      m.actor.country = body.country;
      m.state = known_.state_index(body.country);
      m.basis = "text";
      static const Words any = {
          "official",  "leader",         "member",   "spokesman", "spokeswoman", "spokesperson",
          "source",    "chief",          "aide",     "head",      "team",        "operative",
          "figure",    "activist",       "director", "chairman",  "chairwoman",  "delegation",
          "president", "representative", "veteran",  "negotiator"};
      std::string_view noun = t_.lemma(m.head);
      if (m.sort == Mention::name && !m.role.empty()) {
        size_t blank = m.role.rfind(' ');
        noun = std::string_view(m.role).substr(blank == std::string::npos ? 0 : blank + 1);
      }
      if (m.state < 0) {
        if (m.actor.sector == "GOV" || m.actor.sector.empty() || m.actor.sector == "UNK")
          m.actor.sector = body.sector == "MIL" ? "MIL" : body.country;
      } else if (any.count(noun) || m.actor.sector.empty() || m.actor.sector == "UNK") {
        m.actor.sector = body.sector;
      }
      m.explain += "; of " + name;
    }
  }
  // A commissioner of a state among Commonwealth states is its ambassador.
  if (m.actor.sector == "IGO" && m.state >= 0 && m.actor.country != "IGO" &&
      m.kind != "organization")
    m.actor.sector = "GOV";
  // "Kabila's rebels": those of a leader are of his state.
  if (m.actor.country.empty() && m.state < 0 && m.sort == Mention::nominal)
    if (int owner = t_.child(m.head, {"nmod:poss"}); owner >= 0)
      if (const Leader* leader = known_.leader(t_[owner].form, published_);
          leader && leader->country != "IGO") {
        m.state = known_.state_index(leader->country);
        m.actor.country = leader->country;
        m.basis = "register";
        m.explain += "; of " + leader->name + ", " + leader->role + " of " + leader->country;
      }
  // Whose officer: "the party's spokeswoman".
  if (m.sort == Mention::nominal && m.actor.sector == "GOV")
    if (int owner = t_.child(m.head, {"nmod:poss"}); owner >= 0)
      if (const Office* body = known_.office(std::string(t_[owner].lemma));
          body && body->kind == "organization" && body->sector != "GOV" && body->sector != "UNK") {
        static const Words speaks = {"spokesman",     "spokeswoman", "spokesperson", "leader",
                                     "official",      "chief",       "secretary",    "aide",
                                     "adviser",       "advisor",     "chairman",     "chairwoman",
                                     "representative"};
        if (speaks.count(t_.lemma(m.head))) m.actor.sector = body->sector;
      }
  // Known leaders: what the phrase itself says goes first.
  const Leader* leader = nullptr;
  if (m.sort == Mention::name && !m.names_state &&
      (m.kind == "person" || m.kind == "other" || m.kind == "organization" ||
       m.text.find(' ') != std::string::npos)) {
    leader = known_.leader(m.text, published_);
    // "Pope Francis", "King Salman": known by the title.
    if (!leader)
      leader = known_.leader(t_.span({m.begin, m.end}).of(t_.document().text), published_);
  }
  if (leader)
    if (m.actor.country.empty() || m.actor.country == leader->country) {
      m.kind = "person";
      if (m.actor.country.empty()) m.basis = "register";
      m.actor.country = leader->country;
      m.state = known_.state_index(leader->country);
      bool now = leader->in_office(published_);
      if (m.actor.sector.empty())
        m.actor.sector = leader->country == "IGO" ? "IGO"
                         : now                    ? sector_of(*leader, known_)
                                                  : "ELI";
      if (m.role.empty() && now) m.role = leader->role;
      m.explain += "; " + leader->role + " of " + leader->country + " " + leader->from + " to " +
                   (leader->until.empty() ? "now" : leader->until) + " in the register";
    }
  if (m.kind == "place" && m.actor.sector == "UNK") m.actor.sector.clear();
  for (int i = m.begin; i < m.end; ++i) {
    std::string low = lower(t_[i].form);
    if (kMale.count(low)) m.gender = 'm';
    if (kFemale.count(low)) m.gender = 'f';
  }
  // A given name before another tells as well.
  if (!m.gender && m.kind == "person" && m.sort == Mention::name)
    if (size_t blank = m.text.find(' '); blank != std::string::npos)
      m.gender = known_.gender(std::string_view(m.text).substr(0, blank));
}

}  // namespace chancery
