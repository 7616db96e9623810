#include "reading/said/date_offers.h"

#include <algorithm>
#include <cstdlib>

#include "reading/two_decimals.h"

namespace chancery {
namespace {

// Subtypes and prepositions are told apart by the words themselves.
std::string plain(std::string_view relation) {
  return std::string(relation.substr(0, relation.find(':')));
}

}  // namespace

// From a word up to what governs it and down to the date: "^conj v obl". Longer ways than four
// steps are far.
std::string DateOffers::path(int from, int word) const {
  std::vector<int> up = {from};
  for (int at = t_[from].head; at >= 0 && up.size() < 4; at = t_[at].head) up.push_back(at);
  std::string down;
  int steps = 0;
  for (int at = word; at >= 0 && steps < 4; at = t_[at].head, ++steps) {
    auto joint = std::find(up.begin(), up.end(), at);
    if (joint != up.end()) {
      std::string out;
      for (auto i = up.begin(); i != joint; ++i) out += "^" + plain(t_[*i].relation) + " ";
      return out + down;
    }
    down = "v" + plain(t_[at].relation) + " " + down;
  }
  return "far";
}

// The word at the head of the clause in which a word stands.
int DateOffers::clause(int word) const {
  int at = word;
  for (; t_[at].head >= 0; at = t_[at].head)
    if (t_.verb(at) && !t_.is(at, "amod") && !t_.is(at, "compound") && !t_.is(at, "aux")) break;
  return at;
}

// "The rebels freed fifteen whom they had held since March": the date hangs on another act, which is told
// within this one, and dates that alone. What is joined or goes before may share it ("after a raid on
// Monday the two signed").
bool DateOffers::of_another(int what, int date, const std::set<int>& acts) const {
  auto within = [&](int word, int of) {
    for (; word >= 0; word = t_[word].head)
      if (word == of) return true;
    return false;
  };
  int act = date;
  bool limit = false;  // "for the first time since last year's war", "since 1985"
  for (; act >= 0 && !within(what, act); act = t_[act].head) {
    limit = limit || t_.in(WordList::limits, t_.case_of(act));
    if (acts.count(act)) break;
  }
  const int mine = clause(what), its = clause(date);
  // "ordered the troops to leave by January 31"
  if (t_.is(its, "xcomp") && t_[its].head == mine &&
      t_.in(WordList::deadline_marks, t_.case_of(date)))
    return true;
  if (act >= 0 && clause(act) != mine && (apart(mine, act) || apart(clause(act), what)))
    return true;
  if (act < 0 || within(what, act)) return limit && first_of(what);
  if (limit) return true;
  bool of_its_own = false;
  for (int at = clause(act); at >= 0; at = t_[at].head) {
    if (at == mine) return of_its_own;
    of_its_own |= t_.is_any(at, {"acl", "xcomp", "ccomp", "nsubj", "parataxis"});
  }
  return !within(mine, clause(act));
}

// "The first visit", "met for the first time".
bool DateOffers::first_of(int what) const {
  const auto first = [&](int noun) {
    for (int c : t_.children(noun))
      if (t_.is(c, "amod") && t_.lemma(c) == "first") return true;
    return false;
  };
  const std::vector<int>& under = t_.children(what);
  return first(what) || std::any_of(under.begin(), under.end(), [&](int c) {
           return t_.is(c, "obl") && t_.lemma(c) == "time" && first(c);
         });
}

// "Seven years after they severed ties": does a clause around this word, outside of which that one stands, lie a
// stretch of days or more away?
bool DateOffers::apart(int word, int from) const {
  for (int at = word; at >= 0; at = t_[at].head) {
    if (at == from) return false;
    if (!t_.is(at, "advcl") || !t_.in(WordList::apart_marks, t_.mark_of(at))) continue;
    for (int c : t_.children(at)) {
      if (!t_.is(c, "obl:unmarked") && !t_.is(c, "obl:npmod")) continue;
      for (const TimeExpression& stretch : times_.all())
        if (stretch.span.contains(t_[c].span) && stretch.when.value().rfind("PT", 0) != 0)
          return true;
    }
  }
  return false;
}

void DateOffers::of_sentence(const ToDate& what, std::vector<DateOffer>& out,
                             const std::set<int>& acts) const {
  const Sentence& s = t_.sentence(what.word);
  std::vector<const TimeExpression*> here;
  const TimeExpression* nearest = nullptr;
  int least = 0;
  for (const TimeExpression& time : times_.all()) {
    const int first = t_.token_at(time.span.begin);
    if (first < s.begin || first >= s.end || !time.when.dated() || time.type == "SET") continue;
    here.push_back(&time);
    if (int away = std::abs(first - what.word); !nearest || away < least) {
      nearest = &time;
      least = away;
    }
  }
  for (const TimeExpression* time : here) {
    DateOffer offer{time->when, {}};
    auto sign = [&](const std::string& name) { offer.signs.push_back("here, " + name); };
    TreeView::Range r = t_.range_of(time->span);
    // The word of the phrase by which it hangs on others.
    int head = r.begin;
    for (int i = r.begin; i < r.end; ++i)
      if (t_[i].head < r.begin || t_[i].head >= r.end) head = i;
    if (of_another(what.word, head, acts)) continue;
    const std::string way = path(what.word, head);
    sign(way);
    sign((t_.verb(what.word) ? "verb, " : "noun, ") + way);
    sign(here.size() == 1 ? "the only date" : "one of several");
    sign(time == nearest ? "the nearest" : "not the nearest");
    sign(head < what.word ? "before" : "behind");
    sign(std::string(name_of(time->when.precision())));
    if (what.words.contains(time->span)) sign("in its words");
    std::string before = t_.case_of(head);
    if (before.empty() && r.begin > 0) before = t_.lemma(r.begin - 1);
    sign("after '" + before + "'");
    int said = innermost(statements_, time->span);
    sign(said == what.said_in ? "told together"
         : said < 0           ? "outside what is said"
                              : "in what is said");
    sign(what.sort);
    out.push_back(std::move(offer));
  }
}

void DateOffers::of_publication(const ToDate& what, std::vector<DateOffer>& out) const {
  const When day = times_.published();
  if (!day.dated()) return;
  DateOffer offer{day, {"publication"}};
  auto sign = [&](const std::string& name) { offer.signs.push_back("publication, " + name); };
  sign("tag " + std::string(t_[what.word].xpos));
  sign(what.sort);
  sign(t_.sentence_of(what.word) == 0 ? "first sentence" : "below");
  sign(what.said_in < 0 ? "told by the report" : "told in a statement");
  out.push_back(std::move(offer));
}

bool DateOffers::was_to_come(int verb) const {
  const When day = times_.published();
  const TimeExpression* own = t_.modal(verb) == "would" ? times_.of(verb) : nullptr;
  return own && own->when.dated() && day.dated() && own->when.to() < day.from();
}

bool DateOffers::ahead(const When& when) const {
  const When day = times_.published();
  return day.dated() && when.dated() && when.from() > day.to();
}

std::vector<DateOffer> DateOffers::together(std::vector<DateOffer> offers,
                                            const std::vector<std::string>& every, bool to_come,
                                            bool either) const {
  std::vector<DateOffer> out;
  const When day = times_.published();
  for (DateOffer& o : offers) {
    if (day.dated() && !either && (to_come ? o.when.to() < day.from() : o.when.from() > day.to()))
      continue;
    auto same =
        std::find_if(out.begin(), out.end(), [&](const DateOffer& x) { return x.when == o.when; });
    if (same == out.end()) {
      out.push_back(std::move(o));
      continue;
    }
    for (std::string& sign : o.signs)
      if (std::find(same->signs.begin(), same->signs.end(), sign) == same->signs.end())
        same->signs.push_back(std::move(sign));
  }
  for (DateOffer& o : out) {
    if (day.dated() && to_come)
      o.signs.push_back(o.when.from() > day.to() ? "to come, ahead" : "to come, not all ahead");
    o.signs.insert(o.signs.end(), every.begin(), every.end());
    if (o.when == day) o.signs.push_back("the day of publication");
  }
  return out;
}

void choose_date(const std::vector<DateOffer>& offers, const SignJudge& judge,
                 const DateWatch& watch, When& when, std::string& explain) {
  if (offers.empty()) return;
  SignCase c;
  std::vector<When> dates;
  for (const DateOffer& o : offers) {
    c.candidates.push_back({static_cast<int>(dates.size()), o.signs});
    dates.push_back(o.when);
  }
  if (watch) watch(dates, c);
  SignJudge::Verdict verdict = judge.sure(c);
  When chosen = verdict.id < 0 ? When() : dates[static_cast<size_t>(verdict.id)];
  if (chosen == when) return;
  explain += chosen.empty()
                 ? "; no date is sure enough"
                 : "; dated by: " + verdict.why + " (" + two_decimals(verdict.probability) + ")";
  when = std::move(chosen);
}

}  // namespace chancery
