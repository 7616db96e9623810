#include "reading/entities.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

using Words = std::unordered_set<std::string_view>;

const Words kTitles = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "president", "king", "queen", "prince", "princess", "sheikh", "sheik", "pope", "gen.", "gen", "general", "sen.", "rep.", "gov.", "lt.", "col.", "colonel", "sgt.", "capt.", "captain", "adm.", "admiral", "maj.", "major", "prof.", "professor", "rev.", "minister", "premier", "chancellor", "ambassador", "secretary", "senator", "judge", "ayatollah", "imam", "bishop", "archbishop", "cardinal", "sultan", "emir"};
const Words kMale = {"mr", "mr.", "sir", "lord", "king", "prince", "spokesman", "chairman", "businessman", "congressman", "policeman", "man", "pope", "sheikh", "sheik", "emperor", "bishop", "archbishop", "cardinal", "priest", "imam", "ayatollah", "father", "son", "brother", "husband"};
const Words kFemale = {"mrs", "mrs.", "ms", "ms.", "lady", "queen", "princess", "spokeswoman", "chairwoman", "businesswoman", "congresswoman", "woman", "mother", "daughter", "sister", "wife"};
// Nouns for acts of a state: "the Norvanian proposal", "US sanctions" speak of the state.
const Words kActNouns = {"sanction", "proposal", "attack", "strike", "airstrike", "offer", "demand", "request", "decision", "plan", "invasion", "withdrawal", "threat", "warning", "response", "intervention", "pressure", "aid", "support", "invitation", "condemnation", "criticism", "bombing", "raid", "initiative", "refusal", "policy", "embargo", "blockade", "occupation", "accusation", "claim", "visit", "statement", "position", "relation", "talk", "aggression", "involvement", "effort", "action", "move", "ban", "tariff", "test", "launch", "drive", "membership", "missile", "program", "programme"};
const Words kGroupNouns = {"two", "both", "three", "four", "five"};

// Days and months are capitalised and no names.
bool is_calendar_word(std::string_view word) {
  static const Words words = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "sept.", "oct.", "nov.", "dec.", "jan.", "feb.", "aug.", "mar.", "apr."};
  return words.count(word) > 0;
}

bool proper(std::string_view tag) { return tag == "NNP" || tag == "NNPS"; }

std::string strip_possessive(std::string text) {
  for (const char* end : {"'s", "’s", "'", "’"})
    if (text.ends_with(end)) return text.substr(0, text.size() - std::string_view(end).size());
  return text;
}

std::vector<std::string> name_words(const std::string& name) {
  std::string plain = lower(replace_all(name, "-", " "));
  std::vector<std::string> out;
  for (std::string_view w : split_words(plain)) out.emplace_back(w);
  return out;
}

std::string acronym_of(const std::string& name) {
  std::string out, plain = replace_all(name, "-", " ");
  for (std::string_view w : split_words(plain))
    if (w[0] >= 'A' && w[0] <= 'Z') out += w[0];
  return out;
}

std::string kind_of(NameKind kind) {
  switch (kind) {
    case NameKind::person: return "person";
    case NameKind::place: return "place";
    case NameKind::organization: return "organization";
    case NameKind::event: return "event";
    default: return "other";
  }
}

}  // namespace

Entities::Entities(const TreeView& tree, const Register& known, const std::vector<Quotation>& quotations, const std::string& published) : t_(tree), known_(known), quotations_(quotations), published_(published.substr(0, 10)) {
  find_names();
  find_nominals();
  find_pronouns();
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  mention_of_.assign(t_.size(), -1);
  for (size_t m = 0; m < mentions_.size(); ++m) {
    int& slot = mention_of_[mentions_[m].head];
    // The longer phrase owns the head.
    if (slot < 0 || mentions_[slot].end - mentions_[slot].begin < mentions_[m].end - mentions_[m].begin) slot = static_cast<int>(m);
  }
  cover_.assign(t_.size(), -1);
  for (size_t m = 0; m < mentions_.size(); ++m) cover(static_cast<int>(m));
  for (Mention& m : mentions_) describe(m);
  resolve();
}

void Entities::cover(int mention) {
  const Mention& m = mentions_[mention];
  for (int i = m.begin; i < m.end; ++i)
    if (cover_[i] < 0 || m.end - m.begin < mentions_[cover_[i]].end - mentions_[cover_[i]].begin) cover_[i] = mention;
}

// Leftmost token of the noun phrase around [begin, …) with this head: modifiers in front that hang on it.
int Entities::left_edge(int begin, int head) const {
  const Sentence& s = t_.sentence(begin);
  int edge = begin;
  for (int i = begin - 1; i >= s.begin; --i) {
    std::string_view tag = t_[i].xpos;
    bool fits = tag == "DT" || tag == "PRP$" || tag.starts_with("JJ") || tag.starts_with("NN") || tag == "VBN" || tag == "VBG" || tag == "CD" || tag == "HYPH" || tag == "POS" || tag == "PDT" || tag == "RB" || tag == "RBS" || tag == "``" || tag == "''" || tag == "AFX";
    if (!fits || !t_.descends(i, head) || i == head) break;
    // A clause or apposition in front is none of the phrase.
    int at = i;
    bool outside = false;
    while (at != head && at >= 0) {
      if (t_.is_any(at, {"acl", "parataxis", "conj", "obl", "appos", "nsubj", "ccomp", "advcl"}) && at != head) outside = true;
      at = t_[at].head;
    }
    if (outside) break;
    edge = i;
  }
  // What a phrase does not begin with.
  while (edge < begin) {
    std::string_view tag = t_[edge].xpos;
    if (tag == "HYPH" || tag == "POS" || tag == "RB" || tag == "``" || tag == "''") ++edge;
    else break;
  }
  return edge;
}

void Entities::find_names() {
  const Document& d = t_.document();
  // Words of full names: a later bare "Xi" is that person though the engine does not call it a name.
  std::unordered_set<std::string_view> person_words;
  for (int i = 0; i < t_.size(); ++i) {
    bool inside = t_[i].name == NameKind::person, more = inside && ((i + 1 < t_.size() && t_[i + 1].name == NameKind::person && !t_[i + 1].name_begin) || !t_[i].name_begin);
    size_t zero = 0;
    if (more && t_.noun(i) && is_upper(decode_utf8(t_[i].form, zero)) && !kTitles.count(lower(t_[i].form)) && !known_.office(lower(t_[i].form))) person_words.insert(t_[i].form);
  }
  for (const Sentence& s : d.sentences) {
    std::vector<char> taken(s.end - s.begin, 0);
    struct Found {
      int begin, end;
      NameKind kind;
      const KnownName* known;
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
        const KnownName* name = known_.find(Span{t_[i].span.begin, t_[last].span.end}.of(d.text));
        if (!name) continue;
        // Inside a longer name ("Georgia Meloni", "Jordan Bardella", "Bank of China") the engine's word counts.
        bool longer = false;
        if (t_[i].name == NameKind::person && !t_[i].name_begin) longer = true;
        if (last + 1 < s.end && t_[last].name == NameKind::person && t_[last + 1].name == NameKind::person && !t_[last + 1].name_begin) longer = true;
        if (longer && name->sort != NameSort::organization) break;
        found.push_back({i, last + 1, name->sort == NameSort::organization ? NameKind::organization : NameKind::place, name});
        for (int k = i; k <= last; ++k) taken[k - s.begin] = 1;
        i = last;
        break;
      }
    }
    // Then the engine's names, where they hold something the register does not.
    for (int i = s.begin; i < s.end;) {
      if (t_[i].name == NameKind::none) {
        ++i;
        continue;
      }
      int end = i + 1;
      while (end < s.end && t_[end].name == t_[i].name && !t_[end].name_begin) ++end;
      bool covered = true;
      for (int k = i; k < end; ++k) covered &= taken[k - s.begin] != 0 || t_[k].form == "the" || t_[k].form == "The" || is_punctuation(t_[k].form);
      int begin = i;
      // "President Lee": titles are of the phrase, not of the name.
      bool only_titles = t_[i].name == NameKind::person;
      for (int k = i; k < end; ++k) {
        const KnownName* state = known_.find(t_[k].form);
        only_titles &= kTitles.count(lower(t_[k].form)) || known_.office(lower(t_[k].form)) != nullptr || (k + 1 < end && state && state->sort == NameSort::demonym);
      }
      if (only_titles) {
        i = end;
        continue;
      }
      while (t_[i].name == NameKind::person && begin + 1 < end && (kTitles.count(lower(t_[begin].form)) || known_.office(lower(t_[begin].form)))) ++begin;
      // "Director of National Intelligence John Negroponte": an office with "of" before the name.
      if (t_[i].name == NameKind::person && end - begin >= 5)
        for (int k = begin; k < end - 2; ++k)
          if (t_[k].form == "of") begin = end - 2;
      // A weekday behind a name is no part of it.
      int stop = end;
      while (stop > begin + 1 && is_calendar_word(lower(t_[stop - 1].form))) --stop;
      const int name_end = stop;
      NameKind kind = t_[i].name;
      // "Foreign Minister Birna Helgadottir" is a person whatever the engine called the whole.
      if (kind == NameKind::organization || kind == NameKind::other)
        for (int k = std::min(end - 1, begin + 4); k > begin; --k) {
          const Office* office = known_.office(lower(Span{t_[begin].span.begin, t_[k - 1].span.end}.of(d.text)));
          if (office && office->kind == "person" && proper(t_[k].xpos) && !known_.office(lower(t_[end - 1].form))) {
            begin = k;
            kind = NameKind::person;
            covered = false;
            break;
          }
        }
      if (!covered && kind != NameKind::other) found.push_back({begin, std::max(name_end, begin + 1), kind, nullptr});
      i = end;
    }
    for (int i = s.begin; i < s.end; ++i) {
      bool covered = taken[i - s.begin] || t_[i].name == NameKind::person || !person_words.count(t_[i].form);
      for (const Found& f : found) covered |= f.begin <= i && i < f.end;
      if (!covered) found.push_back({i, i + 1, NameKind::person, nullptr});
    }
    // Capitalised words that neither knows, as subjects and objects: better a name without kind than nobody.
    std::vector<char> named(s.end - s.begin, 0);
    for (const Found& f : found)
      for (int k = f.begin; k < f.end; ++k) named[k - s.begin] = 1;
    for (int i = s.begin; i < s.end; ++i) {
      if (named[i - s.begin] || !proper(t_[i].xpos) || t_[i].name == NameKind::other) continue;
      int end = i;
      while (end < s.end && !named[end - s.begin] && (proper(t_[end].xpos) || (std::string_view(t_[end].xpos) == "HYPH" && end > i && end + 1 < s.end && proper(t_[end + 1].xpos)))) ++end;
      // Days, months and titles alone are no names.
      std::string low = lower(t_[i].form);
      bool actor = t_.is_any(end - 1, {"nsubj", "obj", "nmod", "obl", "iobj", "appos", "conj", "flat"}) || t_.is_any(i, {"nsubj", "obj", "appos", "nmod", "obl", "conj"});
      std::string last = lower(t_[end - 1].form);
      // "the news agency Nordsentral": what stands right behind a body's noun is its name.
      if (i > s.begin && end > i)
        if (const Office* before = known_.office(std::string(t_[i - 1].lemma)); before && before->kind == "organization" && t_.noun(i - 1)) actor = true;
      if (actor && !is_calendar_word(low) && !(end - i == 1 && (kTitles.count(low) || known_.office(low))) && !known_.office(last)) found.push_back({i, end, NameKind::other, nullptr});
      i = std::max(end - 1, i);
    }
    for (Found& f : found) {
      // "Lee Jae-myung" is one name however its parts were tagged.
      if (!f.known)
        while (f.end + 1 < s.end && t_[f.end].form == "-" && !t_[f.end - 1].space_after && !t_[f.end].space_after && !t_.tag(f.end + 1, "JJ") && !t_.tag(f.end + 1, "VBN") && !t_.tag(f.end + 1, "VBG") && !t_.tag(f.end + 1, "VBD") && f.kind == NameKind::person) f.end += 2;
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
      if (demonym && (t_.tag(f.end - 1, "JJ") || t_.is(top, "amod") || (t_.is(top, "compound") && !proper(t_[f.end - 1].xpos)))) {
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
      static const Words gatherings = {"summit", "meeting", "conference", "forum", "talk", "session", "congress"};
      int gathering = f.end;  // past an acronym in brackets
      while (gathering < s.end && gathering < f.end + 4 && (is_punctuation(t_[gathering].form) || (t_[gathering - 1].form == "(" && proper(t_[gathering].xpos)))) ++gathering;
      if (gathering < s.end && t_[gathering - 1].form != "," && t_.noun(gathering) && gatherings.count(t_.lemma(gathering)) && (f.kind == NameKind::organization || f.kind == NameKind::event)) {
        m.begin = left_edge(f.begin, gathering);
        m.head = gathering;
        m.end = gathering + 1;
        m.kind = "event";
        m.text = std::string(f.known ? known_.organizations()[f.known->index].name : std::string(Span{t_[f.begin].span.begin, t_[f.end - 1].span.end}.of(d.text))) + " " + std::string(t_.lemma(gathering));
        m.explain = "meeting named by its organization";
        mentions_.push_back(m);
        continue;
      }
      // "U.S. President": noun inside a longer mention, itself a mention; no extension of its own.
      bool modifier = f.known && f.known->sort != NameSort::organization && t_.is_any(top, {"compound", "amod"});
      int head = top;
      if (!modifier && f.kind == NameKind::person) {
        // The title in front may be the head of the phrase.
        for (int steps = 0; steps < 4; ++steps) {
          int up = t_[head].head;
          if (up < 0 || up >= f.begin || up < f.begin - 8 || !t_.noun(up) || !t_.is_any(head, {"flat", "appos", "compound", "nmod", "dep"}) || !t_.case_of(head).empty()) break;
          bool comma = false;
          for (int k = up + 1; k < f.begin; ++k) comma |= t_[k].form == ",";
          if (comma) break;
          head = up;
        }
      }
      m.begin = modifier ? f.begin : left_edge(std::min(f.begin, head == top ? f.begin : head), head);
      if (head < f.begin && m.begin > head) m.begin = head;
      // "Party spokesperson Park": nouns of office right before the name belong to it whatever the tree says.
      if (!modifier && (f.kind == NameKind::person || f.kind == NameKind::organization || f.kind == NameKind::other))
        while (m.begin > s.begin) {
          int before = m.begin - 1;
          std::string low = lower(t_[before].form);
          bool office = known_.office(std::string(t_[before].lemma)) || known_.office(low) || kTitles.count(low);
          bool state = false;
          if (const KnownName* k = known_.find(t_[before].form)) state = k->sort == NameSort::demonym || k->sort == NameSort::state;
          if (!office && !(state && m.begin < f.begin)) break;
          if (office && !t_.noun(before)) break;
          if (f.kind != NameKind::person) {
            const Office* o = known_.office(std::string(t_[before].lemma));
            if (!o || o->kind != "organization" || t_.tag(before, "NNS")) break;
          }
          m.begin = left_edge(before, before);
          if (m.begin > before) m.begin = before;
        }
      m.end = f.end;
      m.head = head;
      m.kind = kind_of(f.kind);
      m.text = Span{t_[f.begin].span.begin, t_[f.end - 1].span.end}.of(d.text);
      m.explain = f.known ? "name in the register" : "name found by the language engine";
      if (f.known) {
        if (f.known->sort == NameSort::organization) {
          const Organization& o = known_.organizations()[f.known->index];
          m.actor = {o.country, o.sector, o.other_sectors};
          m.text = o.name;
        } else {
          m.state = f.known->index;
          // "Russian Prime Minister …" as one compound, "Russians": people of the state.
          m.names_state = true;
          bool place = f.known->sort == NameSort::capital || f.known->sort == NameSort::state;
          std::string preposition = t_.case_of(head);
          static const Words where = {"in", "at", "near", "outside", "into", "inside", "throughout", "across", "around"};
          m.place_only = place && where.count(preposition) && f.known->sort == NameSort::capital;
          if (!m.place_only) m.text = known_.states()[m.state].name;
          m.kind = "place";
        }
      }
      mentions_.push_back(m);
    }
  }
}

void Entities::find_nominals() {
  std::vector<char> inside(t_.size(), 0);
  for (const Mention& m : mentions_)
    for (int i = m.begin; i < m.end; ++i) inside[i] = 1;
  for (int i = 0; i < t_.size(); ++i) {
    if (!t_.noun(i) || inside[i]) continue;
    if (t_.is_any(i, {"compound", "flat"}) && t_[i].head == i + 1) continue;
    // The longest office that ends here.
    const Sentence& s = t_.sentence(i);
    const Office* office = nullptr;
    int first = i;
    bool plural = t_.tag(i, "NNS") || t_.tag(i, "NNPS");
    for (int length = std::min(5, i - s.begin + 1); length >= 1 && !office; --length) {
      std::string phrase;
      for (int k = i - length + 1; k < i; ++k) phrase += lower(t_[k].form) + (t_[k].space_after ? " " : "");
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
    bool event = !office && (lemma == "summit" || lemma == "talk" || lemma == "conference" || lemma == "meeting");
    if (!office && !event) continue;
    if (event && lemma != "summit" && !(t_.tag(i, "NNP"))) continue;
    Mention m;
    m.sort = Mention::nominal;
    m.head = i;
    m.begin = left_edge(first, i);
    m.end = i + 1;
    m.plural = plural || counted;
    m.kind = office ? (m.plural && office->kind == "person" ? "group" : office->kind) : "event";
    m.text = office ? office->noun : std::string(lemma);
    if (office) m.actor = {"", office->sector, office->other_sectors};
    if (office && office->kind == "person") m.role = office->noun;
    std::string_view opening = t_[m.begin].xpos;
    m.definite = (opening == "DT" && (lower(t_[m.begin].form) == "the" || lower(t_[m.begin].form).starts_with("th"))) || opening == "PRP$" || t_.child(i, {"nmod:poss"}) >= 0;
    m.explain = office ? "noun of office '" + office->noun + "'" : "named meeting";
    if (office && office->kind == "group" && !m.plural && (lemma == "press" || lemma == "side") && !m.definite) continue;
    mentions_.push_back(m);
  }
}

void Entities::find_pronouns() {
  static const Words personal = {"he", "she", "him", "her", "his", "hers", "himself", "herself", "it", "its", "itself", "they", "them", "their", "theirs", "themselves", "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
  for (int i = 0; i < t_.size(); ++i) {
    if (!t_.tag(i, "PRP")) continue;
    std::string low = lower(t_[i].form);
    if (!personal.count(low) || t_[i].form == "US") continue;
    // "It is clear that": nobody.
    if (low == "it" && t_.is(i, "expl")) continue;
    Mention m;
    m.sort = Mention::pronoun;
    m.begin = m.head = i;
    m.end = i + 1;
    m.text = low;
    m.gender = low[0] == 'h' ? (low.starts_with("he") && low != "her" && low != "hers" && low != "herself" ? 'm' : low.starts_with("hi") ? 'm' : 'f') : low.starts_with("she") ? 'f' : 0;
    m.plural = low.starts_with("the") || low.starts_with("we") || low.starts_with("us") || low.starts_with("our");
    m.explain = "pronoun";
    mentions_.push_back(m);
  }
}

bool Entities::inside_quote(int token) const {
  for (const Quotation& q : quotations_)
    if (q.speech && q.begin <= token && token < q.end) return true;
  return false;
}

// Country, sector, role and gender from the words of the phrase itself, its possessor, its apposition.
void Entities::describe(Mention& m) {
  if (m.sort == Mention::pronoun) return;
  auto state_in = [&](int begin, int end) {
    for (int i = begin; i < end; ++i)
      for (int length = std::min(4, end - i); length >= 1; --length) {
        const KnownName* k = known_.find(Span{t_[i].span.begin, t_[i + length - 1].span.end}.of(t_.document().text));
        if (k && k->sort != NameSort::organization) {
          size_t at = 0;
          if (is_upper(decode_utf8(t_[i].form, at))) return k->index;
        }
      }
    return -1;
  };
  auto office_in = [&](int begin, int end) -> const Office* {
    const Office* best = nullptr;
    for (int i = begin; i < end; ++i)
      for (int length = std::min(5, end - i); length >= 1; --length) {
        std::string phrase = lower(Span{t_[i].span.begin, t_[i + length - 1].span.end}.of(t_.document().text));
        const Office* o = known_.office(phrase);
        if (!o && length == 1) o = known_.office(std::string(t_[i].lemma));
        if (o && (!best || o->noun.size() > best->noun.size() || (o->kind == "person" && best->kind != "person"))) {
          best = o;
          break;
        }
      }
    return best;
  };
  if (m.names_state) {
    if (!m.place_only) m.actor = {known_.states()[m.state].code, "GOV", {}};
    return;
  }
  // Words of the phrase before the name (titles), and an apposition after it.
  int name_begin = m.begin;
  bool by_text = m.sort == Mention::name && m.actor.sector.empty();
  if (m.state < 0) {
    for (int i = m.begin; i < m.end && m.state < 0; ++i)
      if (mention_of_[i] >= 0 && mentions_[mention_of_[i]].names_state) m.state = mentions_[mention_of_[i]].state;
    if (m.state < 0) m.state = state_in(m.begin, m.end);
  }
  int apposition = t_.child(m.head, {"appos"});
  if (apposition < 0 && m.head != m.begin) apposition = t_.child(m.begin, {"appos"});
  TreeView::Range beside{0, 0};
  if (apposition >= m.end && t_.noun(apposition)) {
    beside = t_.subtree_without(apposition, [&](int, int c) { return t_.is_any(c, {"acl", "parataxis", "conj"}); });
    beside.begin = std::max(beside.begin, m.end);
  }
  if (by_text || m.sort == Mention::nominal) {
    const Office* office = m.sort == Mention::name ? office_in(name_begin, m.end) : nullptr;
    // An organization's own name tells more than the adjective before it: "the opposition Coast Party".
    if (office && m.kind == "organization" && office->noun == "opposition") office = nullptr;
    // "Ali Larijani, secretary of Iran's Supreme National Security Council"
    if (!office && beside.end > beside.begin && m.kind != "place") office = office_in(apposition, apposition + 1) ? office_in(beside.begin, apposition + 1) : nullptr;
    // Someone's phrase in apposition to the name that follows it: "the premier, Ana Ruiz".
    if (!office && m.sort == Mention::name && t_.is(m.head, "appos") && t_[m.head].head >= 0 && t_[m.head].head < m.begin) {
      int up = t_[m.head].head;
      office = known_.office(std::string(t_[up].lemma));
      if (office && m.state < 0) {
        TreeView::Range r = t_.subtree_without(up, [&](int, int c) { return c == m.head || t_.is_any(c, {"acl"}); });
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
      // Whose officer: "party spokesman", "army chief", "foreign ministry spokesman", "parliament speaker".
      static const Words general = {"spokesman", "spokeswoman", "spokesperson", "leader", "official", "chief", "secretary", "aide", "adviser", "advisor", "chairman", "chairwoman", "representative"};
      std::string last = office->noun.substr(office->noun.rfind(' ') == std::string::npos ? 0 : office->noun.rfind(' ') + 1);
      if (m.sort == Mention::name && general.count(last)) {
        for (int i = m.begin; i < m.end; ++i) {
          const Office* body = known_.office(std::string(t_[i].lemma));
          if (body && body->kind == "organization" && body->sector != "GOV" && body->sector != "UNK") {
            m.actor.sector = body->sector;
            m.actor.other_sectors = body->other_sectors;
          }
        }
      }
    }
    // "former", "ex-", "late": office once held.
    for (int i = m.begin; i < m.end; ++i) {
      std::string low = lower(t_[i].form);
      if ((low == "former" || low == "ex" || low.starts_with("ex-") || low == "deposed" || low == "ousted") && m.actor.sector != "CVL" && !m.actor.sector.empty() && m.kind != "place") {
        m.actor.sector = "ELI";
        m.actor.other_sectors.clear();
      }
      if (low == "opposition" && m.actor.sector != "OPP") m.actor.other_sectors.push_back("OPP");
      if ((low == "ruling" || low == "governing") && m.actor.sector == "PTY") m.actor.other_sectors.push_back("GOV");
    }
    // "Party spokesperson", "People Power Party": a party by its own name.
    if (m.kind == "organization" && m.sort == Mention::name && m.actor.sector.empty()) {
      const Office* body = known_.office(std::string(t_[m.end - 1].lemma));
      if (!body) body = known_.office(lower(t_[m.end - 1].form));
      static const std::pair<std::string_view, const char*> endings[] = {{"party", "PTY"}, {"union", "LAB"}, {"ministry", "GOV"}, {"court", "JUD"}, {"parliament", "LEG"}, {"assembly", "LEG"}, {"agency", "GOV"}, {"university", "EDU"}, {"inc.", "BUS"}, {"corp.", "BUS"}, {"ltd.", "BUS"}, {"industries", "BUS"}, {"times", "JRN"}, {"post", "JRN"}, {"news", "JRN"}, {"daily", "JRN"}, {"newspaper", "JRN"}, {"television", "JRN"}, {"tv", "JRN"}, {"radio", "JRN"}, {"front", "REB"}, {"army", "MIL"}, {"brigades", "REB"}, {"council", "GOV"}, {"committee", "GOV"}, {"commission", "GOV"}, {"department", "GOV"}, {"bank", "BUS"}, {"group", "BUS"}};
      std::string last = lower(t_[m.end - 1].form);
      for (auto [ending, sector] : endings)
        if (last == ending) m.actor.sector = sector;
      if (m.actor.sector.empty() && body && body->kind == "organization") m.actor.sector = body->sector;
      // "World … Organization", "International … Fund": of states.
      std::string first = lower(t_[m.begin].form == "the" || t_[m.begin].form == "The" ? t_[std::min(m.begin + 1, m.end - 1)].form : t_[m.begin].form);
      static const Words bodies = {"organization", "organisation", "agency", "fund", "bank", "court", "union", "tribunal", "bureau", "council", "commission", "committee"};
      if (m.state < 0 && m.actor.country.empty() && (first == "world" || first == "international" || first == "inter-american" || first == "african" || first == "asian" || first == "european" || first == "united") && bodies.count(last)) {
        m.actor.country = "IGO";
        m.actor.sector = last == "court" || last == "tribunal" ? "JUD" : "IGO";
      }
      // A word right after the name tells as well: "the Yediot Aharonot newspaper".
      if (m.actor.sector.empty() && m.end < t_.size() && t_[m.end].head >= 0) {
        const Office* after = known_.office(std::string(t_[m.end].lemma));
        if (after && after->kind == "organization" && t_.sentence_of(m.end) == t_.sentence_of(m.head)) m.actor.sector = after->sector;
      }
    }
  }
  // Possessors and of-phrases give the country: "Iran's foreign minister", "president of Armenia".
  if (m.state < 0) {
    int of = t_.oblique(m.head, "of");
    if (of < 0) of = t_.oblique(m.head, "for");
    if (of >= 0) {
      TreeView::Range r = t_.subtree_without(of, [&](int, int c) { return t_.is_any(c, {"acl", "appos", "conj"}); });
      m.state = state_in(r.begin, r.end);
    }
  }
  if (m.state < 0 && beside.end > beside.begin) m.state = state_in(beside.begin, beside.end);
  if (m.state >= 0 && m.actor.country.empty() && m.kind != "event") m.actor.country = known_.states()[m.state].code;
  // Known leaders: what the phrase itself says goes first.
  if (m.sort == Mention::name && (m.kind == "person" || m.kind == "other" || m.kind == "organization"))
    if (const Leader* leader = known_.leader(m.text); leader && (m.actor.country.empty() || m.actor.country == leader->country)) {
      m.kind = "person";
      m.actor.country = leader->country;
      m.state = known_.state_index(leader->country);
      bool now = leader->in_office(published_);
      if (m.actor.sector.empty()) m.actor.sector = leader->country == "IGO" ? "IGO" : now ? "GOV" : "ELI";
      if (m.role.empty() && now) m.role = leader->role;
      m.explain += "; " + leader->role + " of " + leader->country + " " + leader->from + " to " + (leader->until.empty() ? "now" : leader->until) + " in the register";
    }
  for (int i = m.begin; i < m.end; ++i) {
    std::string low = lower(t_[i].form);
    if (kMale.count(low)) m.gender = 'm';
    if (kFemale.count(low)) m.gender = 'f';
  }
}

int Entities::find_state_entity(int state) const {
  for (size_t e = 0; e < entities_.size(); ++e)
    if (memory_[e].names_state && memory_[e].state == state) return static_cast<int>(e);
  return -1;
}

int Entities::open(const Mention& m) {
  Entity e;
  e.kind = m.kind.empty() ? "other" : m.kind;
  e.name = m.text;
  e.actor = m.actor;
  e.role = m.role;
  e.explain = m.explain;
  if (m.sort == Mention::nominal) e.name = strip_possessive(std::string(t_.span({m.begin, m.end}).of(t_.document().text)));
  if (m.names_state && !m.place_only) e.name = known_.states()[m.state].name;
  if (e.kind == "other" && m.sort == Mention::name) e.kind = "organization";
  entities_.push_back(std::move(e));
  Memory memory;
  memory.state = m.state;
  memory.names_state = m.names_state && !m.place_only;
  memory.plural = m.plural;
  memory.gender = m.gender;
  if (m.sort == Mention::name) memory.words = name_words(m.text);
  memory_.push_back(std::move(memory));
  return static_cast<int>(entities_.size()) - 1;
}

int Entities::resolve_name(Mention& m) {
  if (m.names_state && !m.place_only) {
    int e = find_state_entity(m.state);
    return e >= 0 ? e : open(m);
  }
  std::vector<std::string> words = name_words(m.text);
  int best = -1;
  for (size_t i = 0; i < entities_.size(); ++i) {
    const Memory& o = memory_[i];
    if (o.names_state || o.words.empty()) continue;
    Entity& e = entities_[i];
    bool same = e.name == m.text || (words == o.words);
    bool person = (e.kind == "person") && (m.kind == "person" || m.kind == "other" || m.kind == "organization" || m.kind == "place");
    if (!same && person && (m.kind != "place" || m.state < 0)) {
      // All words of the shorter name in the longer one, and a last name shared (either order of names).
      const auto& small = words.size() <= o.words.size() ? words : o.words;
      const auto& large = words.size() <= o.words.size() ? o.words : words;
      bool all = std::all_of(small.begin(), small.end(), [&](const std::string& w) { return std::find(large.begin(), large.end(), w) != large.end(); });
      same = all && !small.empty() && (m.kind == "person" || small.size() == words.size()) && small.front().size() > 1 && m.actor.sector != "JRN";
      if (same && m.kind == "person" && !m.actor.country.empty() && !e.actor.country.empty() && m.actor.country != e.actor.country) same = false;
    }
    if (!same && e.kind != "person" && m.kind != "person") {
      // Acronyms and short forms: "the Southern League (SL)", "the Agency".
      std::string a = acronym_of(e.name), b = acronym_of(m.text);
      bool short_one = m.text.size() <= 6 && words.size() == 1, short_other = e.name.size() <= 6 && o.words.size() == 1;
      same = (short_one && a.size() >= 2 && a == replace_all(m.text, ".", "")) || (short_other && b.size() >= 2 && b == replace_all(e.name, ".", ""));
      if (!same && words.size() >= 2 && o.words.size() > words.size()) same = std::equal(words.begin(), words.end(), o.words.begin()) || std::equal(words.rbegin(), words.rend(), o.words.rbegin());
    }
    if (same && (best < 0 || memory_[i].last > memory_[best].last)) best = static_cast<int>(i);
  }
  if (best < 0 && m.kind == "person") {
    // A name whose holder stood before it as a nominal: "the premier, Ana Ruiz" or "an official said … Ruiz".
    if (t_.is(m.head, "appos") && t_[m.head].head >= 0 && mention_of_[t_[m.head].head] >= 0) {
      const Mention& other = mentions_[mention_of_[t_[m.head].head]];
      if (other.entity >= 0 && entities_[other.entity].kind == "person" && memory_[other.entity].words.empty()) best = other.entity;
    }
  }
  if (best < 0) return open(m);
  Entity& e = entities_[best];
  Memory& memory = memory_[best];
  if (words.size() > memory.words.size()) {
    memory.words = words;
    if (m.kind == "person" || e.name.size() < m.text.size()) e.name = m.text;
  }
  if (e.kind == "organization" && m.kind == "person") e.kind = "person";
  return best;
}

// The state that most mentions name or belong to.
int Entities::main_state() const {
  std::vector<int> count(known_.states().size(), 0);
  int best = -1;
  for (const Mention& m : mentions_)
    if (m.state >= 0 && (++count[m.state], best < 0 || count[m.state] > count[best])) best = m.state;
  return best;
}

int Entities::context_state(const Mention& m) const {
  // Parties and courts are the main state's, unless their own sentence names another.
  if (m.actor.sector == "PTY" && m.kind == "person")
    for (auto e = entities_.rbegin(); e != entities_.rend(); ++e)
      if (e->actor.sector == "PTY" && e->kind == "organization" && !e->actor.country.empty()) return known_.state_index(e->actor.country);
  if (m.actor.sector == "PTY" || m.actor.sector == "OPP" || m.actor.sector == "JUD") {
    bool here = false;
    for (const Mention& o : mentions_) here |= o.state >= 0 && o.begin < m.begin && t_.sentence_of(o.head) == t_.sentence_of(m.head);
    if (!here) return main_state();
  }
  // The state named in the same sentence outside this phrase, else in the sentences just before.
  int sentence = t_.sentence_of(m.head), best = -1, distance = 1 << 30;
  for (const Mention& o : mentions_) {
    if (o.state < 0 || (o.begin >= m.begin && o.end <= m.end) || o.begin > m.begin) continue;
    int s = t_.sentence_of(o.head);
    if (s > sentence || s + 2 < sentence) continue;
    int away = (sentence - s) * 1000 + (m.begin - o.begin);
    std::string preposition = t_.case_of(o.head);
    if (preposition == "in" && s == sentence) away -= 500;
    if (away < distance) {
      distance = away;
      best = o.state;
    }
  }
  return best;
}

int Entities::resolve_nominal(Mention& m) {
  std::string_view lemma = t_.lemma(m.head);
  std::string low = lower(t_.span({m.begin, m.end}).of(t_.document().text));
  static const Words state_nouns = {"government", "administration", "regime", "country", "state", "nation", "republic", "kingdom", "authorities"};
  bool both = low.find("two ") != std::string::npos || low.find("both ") != std::string::npos;
  if (both || (m.plural && (lemma == "side" || lemma == "country" || lemma == "state" || lemma == "nation" || lemma == "leader") && m.definite && t_.child(m.head, {"amod"}) < 0)) {
    for (int i = static_cast<int>(entities_.size()) - 1; i >= 0; --i)
      if (entities_[i].kind == "group" && entities_[i].role == "both") {
        m.actor = {};
        m.state = -1;
        return i;
      }
    m.kind = "group";
    m.actor = {};
    m.state = -1;
    m.role = "both";
    int e = open(m);
    entities_[e].name = strip_possessive(low);
    memory_[e].plural = true;
    return e;
  }
  // "the Norvanian government" is the state; "the country" the one spoken of last.
  if (state_nouns.count(lemma) && !m.plural) {
    bool leader = false;  // "the [Marr] government" is an organization
    for (int i = m.begin; i < m.end; ++i)
      if (mention_of_[i] >= 0 && mentions_[mention_of_[i]].kind == "person") leader = true;
    for (const Mention& o : mentions_)
      if (o.begin >= m.begin && o.end < m.end && o.sort == Mention::name && !o.names_state) leader = true;
    if (leader) {
      for (size_t i = 0; i < entities_.size(); ++i)
        if (lower(entities_[i].name) == low) return static_cast<int>(i);
      return open(m);
    }
    if (m.state >= 0) {
      int e = find_state_entity(m.state);
      if (e >= 0) return e;
      Mention s = m;
      s.sort = Mention::name;
      s.names_state = true;
      s.kind = "place";
      s.actor = {known_.states()[m.state].code, "GOV", {}};
      s.text = known_.states()[m.state].name;
      return open(s);
    }
    if ((lemma == "country" || lemma == "nation" || lemma == "republic" || lemma == "kingdom" || (lemma == "government" && m.definite))) {
      // "the country" is the one spoken of last, "the government" that of the state the report is about.
      int best = lemma == "government" ? find_state_entity(main_state()) : -1;
      for (size_t i = 0; i < entities_.size() && lemma != "government"; ++i)
        if (memory_[i].names_state && (best < 0 || memory_[i].last > memory_[best].last)) best = static_cast<int>(i);
      if (best >= 0) return best;
    }
  }
  if (m.definite && !m.plural) {
    int best = -1;
    for (size_t i = 0; i < entities_.size(); ++i) {
      const Entity& e = entities_[i];
      if (memory_[i].names_state || memory_[i].plural) continue;
      bool country = m.actor.country.empty() || e.actor.country.empty() || m.actor.country == e.actor.country;
      if (!country) continue;
      bool role = !m.role.empty() && e.kind == "person" && (e.role == m.text || e.role.ends_with(" " + m.text) || (m.text == "premier" && e.role == "prime minister") || (m.text == "leader" && (e.role == "president" || e.role == "prime minister" || e.role == "opposition leader")) || (m.text == "minister" && e.role.ends_with("minister")));
      bool body = m.kind == "organization" && e.kind == "organization" && (contains_word(lower(e.name), std::string(lemma)) || (m.text == e.name));
      bool event = m.kind == "event" && e.kind == "event";
      if (!(role || body || event)) continue;
      // A phrase with words of its own ("the disgraced scientist") must agree in them with a nominal.
      if (best < 0 || memory_[i].last > memory_[best].last) best = static_cast<int>(i);
    }
    if (best >= 0) return best;
  }
  // The same plural or indefinite phrase again.
  for (size_t i = 0; i < entities_.size(); ++i)
    if (memory_[i].words.empty() && !memory_[i].names_state && lower(entities_[i].name) == low && m.plural) return static_cast<int>(i);
  return open(m);
}

int Entities::resolve_pronoun(Mention& m) {
  static const Words first = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
  if (first.count(m.text)) return -1;
  bool person = m.gender != 0, plural = m.text.starts_with("the");
  int here = t_.sentence_of(m.head), best = -1, best_mention = -1;
  double best_score = -1e9;
  bool quoted = inside_quote(m.head);
  for (size_t k = 0; k < mentions_.size(); ++k) {
    const Mention& o = mentions_[k];
    if (o.begin >= m.begin) break;
    if (o.entity < 0 || o.place_only) continue;
    const Entity& e = entities_[o.entity];
    const Memory& memory = memory_[o.entity];
    if (person && e.kind != "person") continue;
    if (!person && e.kind == "person" && !(plural && memory.plural)) continue;
    if (person && memory.gender && memory.gender != m.gender) continue;
    if (!person && !plural && (memory.plural || e.kind == "group")) continue;
    if (plural && e.kind == "event") continue;
    int s = t_.sentence_of(o.head);
    if (here - s > 4) continue;
    double score = -2.0 * (here - s) - 0.02 * (m.begin - o.begin);
    bool subject = t_.is(o.head, "nsubj");
    if (subject) score += 2.0;
    else if (t_.is_any(o.head, {"obj", "iobj"})) score += 0.3;
    else if (t_.is_any(o.head, {"nmod", "compound"})) score -= 0.8;
    if (o.sort == Mention::name) score += 0.5;
    if (memory.gender == m.gender && person) score += 0.5;
    if (plural) score += memory.plural || e.kind == "group" ? 2.0 : -0.5;
    if (!person && !plural && e.kind == "event") score -= 1.0;
    // A pronoun in the quotation of somebody is rarely that speaker.
    if (quoted && !inside_quote(o.head) && s == here && person) score -= 2.5;
    // A clause's object is not its own subject: "he criticized him".
    if (t_[o.head].head == t_[m.head].head && s == here && t_.is(m.head, "obj")) score -= 6;
    // Parallel: subject pronoun to subject.
    if (t_.is(m.head, "nsubj") && subject) score += 0.7;
    if (o.begin <= m.begin && m.end <= o.end) score -= 6;
    if (score > best_score) {
      best_score = score;
      best = o.entity;
      best_mention = static_cast<int>(k);
    }
  }
  // "Turkey and Israel … They": the two together, where the text names them so.
  if (plural && best_mention >= 0 && memory_[best].names_state) {
    const Mention& o = mentions_[best_mention];
    bool joined = t_.is(o.head, "conj");
    for (int c : t_.children(o.head)) joined |= t_.is(c, "conj") && t_.noun(c);
    if (joined)
      for (size_t i = 0; i < entities_.size(); ++i)
        if (entities_[i].kind == "group" && entities_[i].role == "both") return static_cast<int>(i);
  }
  return best;
}

void Entities::resolve() {
  for (size_t k = 0; k < mentions_.size(); ++k) {
    Mention& m = mentions_[k];
    switch (m.sort) {
      case Mention::name: m.entity = resolve_name(m); break;
      case Mention::nominal: m.entity = resolve_nominal(m); break;
      case Mention::pronoun: m.entity = resolve_pronoun(m); break;
    }
    if (m.entity < 0) continue;
    Entity& e = entities_[m.entity];
    Memory& memory = memory_[m.entity];
    memory.last = static_cast<int>(k);
    if (m.gender && !memory.gender && e.kind == "person") memory.gender = m.gender;
    if (m.sort == Mention::pronoun) continue;
    if (memory.state < 0 && m.state >= 0) memory.state = m.state;
    if (e.actor.country.empty()) e.actor.country = m.actor.country;
    if ((e.actor.sector.empty() || (e.actor.sector == "ELI" && m.sort == Mention::name && false)) && !m.actor.sector.empty()) {
      e.actor.sector = m.actor.sector;
      e.actor.other_sectors = m.actor.other_sectors;
    }
    if (e.role.empty()) e.role = m.role;
    // An apposition tells about the one it stands beside: "Mottaki, the foreign minister".
    if (t_.is(m.head, "appos") && t_[m.head].head >= 0 && m.sort == Mention::nominal) {
      int up = mention_of_[t_[m.head].head];
      if (up >= 0 && mentions_[up].entity >= 0 && mentions_[up].entity != m.entity && entities_[mentions_[up].entity].kind == "person" && e.kind == "person" && m.end > mentions_[up].end && memory.words.empty()) {
        Entity& named = entities_[mentions_[up].entity];
        if (named.role.empty()) named.role = e.role;
        if (named.actor.sector.empty()) named.actor.sector = e.actor.sector;
        if (named.actor.country.empty()) named.actor.country = e.actor.country;
        m.entity = mentions_[up].entity;
      }
    }
    bool office_holder = (m.kind == "person" || m.kind == "group") && e.role != "both" && (m.actor.sector == "GOV" || m.actor.sector == "LEG" || m.actor.sector == "MIL" || m.actor.sector == "PTY" || m.actor.sector == "JUD");
    if (office_holder && e.actor.country.empty() && m.state < 0) {
      int state = context_state(m);
      if (state >= 0) {
        e.actor.country = known_.states()[state].code;
        memory.state = state;
        e.explain += "; country from the state named nearest before";
      }
    }
  }
  // "We", "both": roles that were only notes.
  for (Entity& e : entities_)
    if (e.role == "both") e.role.clear();
  for (Entity& e : entities_) {
    if (e.kind == "organization" && e.actor.country.empty() && (e.actor.sector == "PTY" || e.actor.sector == "LEG" || e.actor.sector == "JUD" || e.actor.sector == "GOV" || e.actor.sector == "MIL")) {
      size_t index = static_cast<size_t>(&e - entities_.data());
      for (const Mention& m : mentions_)
        if (m.entity == static_cast<int>(index)) {
          int state = context_state(m);
          if (state >= 0) e.actor.country = known_.states()[state].code;
          break;
        }
    }
  }
}

const Mention* Entities::mention_at(int token) const {
  if (token < 0) return nullptr;
  if (mention_of_[token] >= 0) return &mentions_[mention_of_[token]];
  return cover_[token] >= 0 ? &mentions_[cover_[token]] : nullptr;
}

int Entities::at(int token) const {
  const Mention* m = mention_at(token);
  return m ? m->entity : -1;
}

int Entities::actor_at(int token) const {
  if (token < 0) return -1;
  int e = at(token);
  if (e >= 0) return e;
  // "the leader's speech", "officials of the party", "remarks by Kim", "a drive of Slovakia's"
  for (const char* relation : {"nmod:poss"}) {
    int p = t_.child(token, {relation});
    if (p >= 0 && at(p) >= 0) return at(p);
  }
  for (const char* preposition : {"of", "by", "from", "with"}) {
    int p = t_.oblique(token, preposition);
    if (p >= 0 && at(p) >= 0) return at(p);
  }
  int p = t_.child(token, {"compound", "amod", "appos"});
  if (p >= 0 && mention_at(p) && mention_at(p)->head == p) return at(p);
  return -1;
}

std::vector<int> Entities::all_at(int token) const {
  std::vector<int> out;
  if (token < 0) return out;
  std::vector<int> heads = {token};
  for (int c : t_.children(token))
    if (t_.is(c, "conj") && (t_.noun(c) || t_.tag(c, "PRP"))) heads.push_back(c);
  for (int h : heads) {
    int e = actor_at(h);
    if (e >= 0 && std::find(out.begin(), out.end(), e) == out.end()) out.push_back(e);
  }
  return out;
}

int Entities::state_of(int entity) {
  if (entity < 0) return -1;
  if (memory_[entity].names_state) return entity;
  int state = known_.state_index(entities_[entity].actor.country);
  if (state < 0) return -1;
  return find_state_entity(state);
}

int Entities::state_of_adjective(int token) const {
  const KnownName* name = token >= 0 ? known_.find(t_[token].form) : nullptr;
  return name && name->sort == NameSort::demonym ? find_state_entity(name->index) : -1;
}

void Entities::resolve_first_person(Span content, int speaker) {
  static const Words singular = {"i", "me", "my", "mine", "myself"}, plural = {"we", "us", "our", "ours", "ourselves"};
  if (speaker < 0) return;
  for (Mention& m : mentions_) {
    if (m.sort != Mention::pronoun || m.entity >= 0 || !content.contains(t_[m.head].span)) continue;
    if (singular.count(m.text)) m.entity = speaker;
    if (plural.count(m.text)) {
      int house = speaker;
      const Actor& a = entities_[speaker].actor;
      if (a.sector == "GOV" || a.sector == "MIL" || a.sector == "LEG" || a.sector == "PTY") {
        int state = state_of(speaker);
        if (state >= 0) house = state;
      }
      m.entity = house;
    }
  }
}

int Entities::add(const std::string& name, const std::string& kind, Span span, const std::string& explain) {
  TreeView::Range r = t_.range_of(span);
  Mention m;
  m.sort = Mention::nominal;
  m.begin = r.begin;
  m.end = r.end;
  m.head = r.begin;
  for (int i = r.begin; i < r.end; ++i)
    if (t_[i].head < r.begin || t_[i].head >= r.end) m.head = i;
  m.kind = kind;
  m.text = name;
  m.explain = explain;
  m.entity = open(m);
  entities_[m.entity].name = name;
  mentions_.push_back(m);
  cover(static_cast<int>(mentions_.size()) - 1);
  return m.entity;
}

void Entities::write_mentions() {
  for (Entity& e : entities_) e.mentions.clear();
  for (const Mention& m : mentions_) {
    if (m.entity < 0) continue;
    Span s = t_.span({m.begin, m.end});
    // A trailing possessive mark is not of the mention.
    if (m.end - m.begin > 1 && t_.tag(m.end - 1, "POS")) s = t_.span({m.begin, m.end - 1});
    entities_[m.entity].mentions.push_back(s);
  }
  for (Entity& e : entities_) {
    std::sort(e.mentions.begin(), e.mentions.end());
    e.mentions.erase(std::unique(e.mentions.begin(), e.mentions.end()), e.mentions.end());
  }
}

}  // namespace chancery
