// Finding mentions that are no names: nouns of office and of actors, pronouns. Names are found in
// name_mentions.cpp, what a phrase says of its actor in description.cpp; resolution is in
// entities.cpp.
#include <algorithm>

#include "reading/two_decimals.h"
#include "reading/who/entities.h"
#include "reading/who/name_words.h"

namespace chancery {

using namespace names;

// "oil and gas tycoon": what stands beside a word that describes the noun behind it, and the "and" before that.
bool Entities::among_modifiers(int token, int head) const {
  if (t_.is(token, "cc")) token = t_[token].head;
  while (token >= 0 && token < head && t_.is(token, "conj")) token = t_[token].head;
  return token >= 0 && token < head && t_[token].head > token &&
         t_.is_any(token, {"compound", "amod"});
}

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
                tag == "AFX" || (tag == "CC" && among_modifiers(i, head));
    if (!fits || !t_.descends(i, head) || i == head) break;
    // A clause or apposition in front is none of the phrase.
    int at = i;
    bool outside = false;
    while (at != head && at >= 0) {
      if (t_.is_any(at, {"acl", "parataxis", "conj", "obl", "appos", "nsubj", "ccomp", "advcl"}) &&
          at != head && !(t_.is(at, "conj") && among_modifiers(at, head)))
        outside = true;
      at = t_[at].head;
    }
    if (outside) break;
    edge = i;
  }
  // "at least nine fishermen"
  if (edge < begin && edge > s.begin && t_.is(edge - 1, "case") && t_[edge - 1].head == edge)
    ++edge;
  // What a phrase does not begin with.
  while (edge < begin) {
    std::string_view tag = t_[edge].xpos;
    if (tag == "HYPH" || tag == "POS" || tag == "CC" || tag == "RB" || tag == "``" || tag == "''" ||
        t_.lemma(edge) == "be" || t_.lemma(edge) == "have")
      ++edge;
    else break;
  }
  return edge;
}

namespace {

// "The two", nobody else named by it.
bool the_two(const TreeView& t, int i) {
  return lower(t[i].form) == "two" && i > t.sentence(i).begin && lower(t[i - 1].form) == "the" &&
         t.is_any(i, {"nsubj", "obj", "obl", "nmod", "iobj"});
}

// "attorney" in "attorney general", "commander" in "commander-in-chief": the longest office that
// goes on behind its head, and the end of it.
const Office* office_beyond(const TreeView& t, const Register& known, int first, int head,
                            int& end) {
  constexpr int kLongest = 4;  // tokens behind the head
  std::string phrase;
  for (int k = first; k <= head; ++k) phrase += lower(t[k].form) + (t[k].space_after ? " " : "");
  const Office* longest = nullptr;
  for (int k = head + 1; k < std::min(head + 1 + kLongest, t.sentence(head).end); ++k) {
    phrase += lower(t[k].form);
    if (const Office* found = known.office(phrase)) {
      longest = found;
      end = k + 1;
    }
    if (t[k].space_after) phrase += " ";
  }
  return longest;
}

// The longest office that ends here, and where it begins.
const Office* office_ending(const TreeView& t, const Register& known, int i, int& first) {
  first = i;
  for (int length = std::min(5, i - t.sentence(i).begin + 1); length >= 1; --length) {
    std::string phrase;
    for (int k = i - length + 1; k < i; ++k)
      phrase += lower(t[k].form) + (t[k].space_after ? " " : "");
    for (const std::string& last : {std::string(t[i].lemma), lower(t[i].form)})
      if (const Office* found = known.office(lower(phrase + last))) {
        first = i - length + 1;
        return found;
      }
  }
  return nullptr;
}

// "Emperor of the Southern Isles", "Earl of Marr": where a title ends that needs its land.
int title_end(const TreeView& t, int title, const std::vector<char>& inside) {
  int k = title + 1;
  const int stop = t.sentence(title).end;
  if (k >= stop || t[k].form != "of") return title + 1;
  ++k;
  if (k < stop && (t[k].form == "the" || t[k].form == "these")) ++k;
  if (k >= stop || !proper(t[k].xpos) || inside[k]) return title + 1;
  while (k < stop && proper(t[k].xpos) && !inside[k]) ++k;
  return k;
}

bool counted(const TreeView& t, int noun) {
  for (int c : t.children(noun))
    if (c < noun && t.in(WordList::small_numbers, lower(t[c].form))) return true;
  return false;
}

// "The …", "this …", "their …".
bool definite(const TreeView& t, int begin, int noun) {
  const std::string_view opening = t[begin].xpos;
  return (opening == "DT" && lower(t[begin].form).starts_with("th")) || opening == "PRP$" ||
         t.child(noun, {"nmod:poss"}) >= 0;
}

}  // namespace

void Entities::find_nominals() {
  std::vector<char> inside(t_.size(), 0);
  for (const Mention& m : mentions_)
    for (int i = m.begin; i < m.end; ++i) inside[i] = 1;
  for (int i = 0; i < t_.size(); ++i) {
    if (inside[i]) continue;
    Mention m;
    m.sort = Mention::nominal;
    m.head = i;
    m.end = i + 1;
    if (the_two(t_, i)) {
      m.begin = i - 1;
      m.plural = m.definite = true;
      m.kind = "group";
      m.text = "two";
      m.explain = "the two";
      mentions_.push_back(m);
    } else if (t_.noun(i) && !(t_.is_any(i, {"compound", "flat"}) && t_[i].head == i + 1) &&
               nominal(i, inside, m)) {
      mentions_.push_back(m);
      for (int k = i + 1; k < m.end; ++k) inside[k] = 1;
    }
  }
}

bool Entities::nominal(int i, const std::vector<char>& inside, Mention& m) const {
  int first;
  const Office* office = office_ending(t_, known_, i, first);
  if (const Office* longer = office_beyond(t_, known_, first, i, m.end)) {
    office = longer;
    while (t_[m.head].head >= first && t_[m.head].head < m.end) m.head = t_[m.head].head;
  }
  const std::string_view lemma = t_.lemma(i);
  const bool event =
      !office && t_.in(WordList::talks, lemma) && (lemma == "summit" || t_.tag(i, "NNP"));
  if (!office && !event && !judged_actor(i, m)) return false;
  // "Penn State", "Falls City": a name that ends in such a noun, not one of them.
  if (office && office->kind == "place" && first == i && i > t_.sentence(i).begin &&
      proper(t_[i].xpos) && proper(t_[i - 1].xpos))
    return false;
  m.begin = left_edge(first, m.head);
  m.plural = t_.tag(i, "NNS") || t_.tag(i, "NNPS") || counted(t_, i);
  m.definite = definite(t_, m.begin, i);
  m.text = office ? office->noun : std::string(lemma);
  if (event) {
    m.kind = "event";
    m.explain = "named meeting";
  }
  if (!office) return true;
  if (office->kind == "person" && m.end == i + 1 && proper(t_[i].xpos))
    m.end = title_end(t_, i, inside);
  m.kind = m.plural && office->kind == "person" ? "group" : office->kind;
  if (office->kind != "place" || office->sector != "UNK")
    m.actor = {"", office->sector, office->other_sectors};
  if (office->kind == "person") m.role = office->noun;
  m.explain = "noun of office '" + office->noun + "'";
  return office->kind != "group" || m.plural || m.definite || (lemma != "press" && lemma != "side");
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

void Entities::join_named_bodies() {
  std::vector<char> gone(mentions_.size(), 0);
  for (size_t k = 0; k < mentions_.size(); ++k) {
    Mention& m = mentions_[k];
    if (m.sort != Mention::nominal || m.plural || !t_.in(WordList::named_bodies, t_.lemma(m.head)))
      continue;
    for (size_t j = 0; j < mentions_.size(); ++j) {
      const Mention& n = mentions_[j];
      // "the Baltic news agency" is named by what it is.
      const bool adjective = std::string_view(t_[n.head].upos) == "ADJ";
      if (n.sort != Mention::name || n.names_state || adjective || n.kind == "event" || gone[j] ||
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
  for (int i = 0; i < t_.size(); ++i) {
    if (!t_.tag(i, "PRP")) continue;
    std::string low = lower(t_[i].form);
    if (!t_.in(WordList::pronouns, low) || t_[i].form == "US") continue;
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
    m.gender = t_.in(WordList::male_pronouns, low)     ? 'm'
               : t_.in(WordList::female_pronouns, low) ? 'f'
                                                       : 0;
    m.plural = low.starts_with("the") || low.starts_with("we") || low.starts_with("us") ||
               low.starts_with("our");
    m.explain = "pronoun";
    mentions_.push_back(m);
  }
}

}  // namespace chancery
