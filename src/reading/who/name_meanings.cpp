// What names mean in this article: ambiguous ones, bodies that several states have, and the states
// and bodies that stand among some words.
#include <algorithm>
#include <cctype>

#include "base/strings.h"
#include "base/utf8.h"
#include "reading/two_decimals.h"
#include "reading/who/entities.h"

namespace chancery {
namespace {

std::string in_capitals(std::string word) {
  for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return word;
}

// "Ethnic Albanian rebels", "ethnic-Lebanese men", "the Turkish minority", "anti-Syrian": people of
// another state than that of the name.
bool descent(const TreeView& t, const StateTrail::Step& step) {
  if (step.sort != StateTrail::Step::Sort::demonym) return false;
  const Sentence& s = t.sentence(step.begin);
  if (step.end < s.end && t.in(WordList::shares_of_people, t.lemma(step.end))) return true;
  // "anti-Syrian" may be one word.
  const std::string_view word = t[step.begin].form;
  if (const size_t dash = word.find('-');
      dash != std::string_view::npos && step.end == step.begin + 1)
    return t.in(WordList::sides_taken, lower(word.substr(0, dash)));
  int before = step.begin - 1;
  const bool dashed = before > s.begin && t[before].form == "-";
  if (dashed) --before;
  if (before < s.begin) return false;
  const std::string low = lower(t[before].form);
  return low == "ethnic" || (dashed && t.in(WordList::sides_taken, low)) ||
         (low.ends_with('-') && t.in(WordList::sides_taken, low.substr(0, low.size() - 1)));
}

// "US-backed", "Norvanian-held": what another state does to them.
bool done_by_it(const TreeView& t, const StateTrail::Step& step) {
  int behind = step.end;
  const int end = t.sentence(step.begin).end;
  // "Norvanian-backed" may be one word.
  const std::string_view last = t[behind - 1].form;
  if (const size_t dash = last.rfind('-'); dash != std::string_view::npos)
    return t.in(WordList::done_by_others, lower(last.substr(dash + 1)));
  if (behind + 1 < end && t[behind].form == "-") ++behind;
  else return false;
  return t.in(WordList::done_by_others, lower(t[behind].form));
}

}  // namespace

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

const KnownName* Entities::seated_body(std::string_view capital, int state) {
  const Seat* seat = known_.seat(capital);
  if (!seat) return nullptr;
  const auto [at, fresh] = seated_.try_emplace(std::string(capital), nullptr);
  if (!fresh) return at->second;
  using Sort = StateTrail::Step::Sort;
  const bool of_state =
      std::any_of(trail_.steps().begin(), trail_.steps().end(), [&](const StateTrail::Step& step) {
        return step.state == state && (step.sort == Sort::state || step.sort == Sort::demonym);
      });
  if (!of_state && std::any_of(seat->words.begin(), seat->words.end(), [&](const std::string& w) {
        return contains_word(t_.document().text, w);
      }))
    at->second = &seat->body;
  return at->second;
}

// What an ambiguous name means here: shares of its meanings, raised by the words of the article
// that speak for them. The decision holds for the whole article. nullptr: no state.
const KnownName* Entities::settle(std::string_view name, const KnownName* known) {
  if (const LocalName* local = known_.local(name)) return local_body(local->bodies);
  if (known && known->sort == NameSort::organization) return acronyms_.has(name) ? nullptr : known;
  if (!known) return known;
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
      for (const std::string& hint : m.hints) {
        if (hint == name) continue;
        if (contains_word(text, hint)) score *= 3;
        // A town in capitals is where the report was written.
        else if (contains_word(text, in_capitals(hint))) score *= 9;
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

bool Entities::backed_by_a_state(int begin, int end) const {
  for (const StateTrail::Step& step : trail_.steps())
    if (step.begin >= begin && step.end <= end && done_by_it(t_, step)) return true;
  return false;
}

int Entities::state_in(int begin, int end, int* other) const {
  int found = -1, behind = -1;
  for (const StateTrail::Step& step : trail_.steps()) {
    if (step.begin < begin || step.end > end || step.sort == StateTrail::Step::Sort::leader ||
        step.sort == StateTrail::Step::Sort::organization || descent(t_, step) ||
        done_by_it(t_, step))
      continue;
    // "Turkish Cypriots" are of the second, "Bosnian Serbs" of the first.
    const bool people = step.begin == behind && step.sort == StateTrail::Step::Sort::demonym;
    if (people && t_.in(WordList::peoples_of_several, t_[step.begin].form)) continue;
    if (found < 0 || people) found = step.state;
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
      if (!k || k->sort != NameSort::organization || acronyms_.has(written)) continue;
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

}  // namespace chancery
