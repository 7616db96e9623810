#include "reading/who/state_trail.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// How much a step says of what the article is about.
double weight_of(StateTrail::Step::Sort sort) {
  switch (sort) {
    case StateTrail::Step::Sort::state:
    case StateTrail::Step::Sort::demonym: return 1.0;
    case StateTrail::Step::Sort::capital:
    case StateTrail::Step::Sort::metonym: return 0.8;
    case StateTrail::Step::Sort::region:
    case StateTrail::Step::Sort::organization: return 0.7;
    default: return 0.5;
  }
}

StateTrail::Step::Sort sort_of(NameSort sort) {
  switch (sort) {
    case NameSort::demonym: return StateTrail::Step::Sort::demonym;
    case NameSort::capital: return StateTrail::Step::Sort::capital;
    case NameSort::metonym: return StateTrail::Step::Sort::metonym;
    case NameSort::organization: return StateTrail::Step::Sort::organization;
    default: return StateTrail::Step::Sort::state;
  }
}

bool capitalised(std::string_view form) {
  size_t at = 0;
  return is_upper(decode_utf8(form, at));
}

// A town stands for itself when no other state has one of the name that is nearly as large.
constexpr long kLargeTown = 30000;
constexpr int kTimesLarger = 4;
constexpr int kTimesSmaller = 8;

// Are the words a part of what the engine heard as somebody's name?
bool inside_person(const TreeView& t, int first, int last) {
  const bool goes_on = last + 1 < t.sentence(first).end && t[last + 1].name == NameKind::person &&
                       !t[last + 1].name_begin;
  const bool begun = first > 0 && !t[first].name_begin && t[first - 1].form != "of";
  return t[first].name == NameKind::person && (goes_on || begun);
}

bool of_a_continent(const TreeView& tree, int word) {
  return word > tree.sentence(word).begin && tree.in(WordList::continents, tree[word].form) &&
         tree.in(WordList::parts_of_continents, tree[word - 1].form);
}

bool point_of_another_name(const TreeView& tree, int word) {
  return tree.in(WordList::points, tree[word].form) && word + 1 < tree.sentence(word).end &&
         (tree.tag(word + 1, "NNP") || tree.tag(word + 1, "NNPS"));
}

bool of_waters(const TreeView& tree, int first, int last) {
  const Sentence& s = tree.sentence(first);
  if (last + 1 < s.end && tree.in(WordList::waters, tree[last + 1].form)) return true;
  // "the Sea of Japan"
  return first - 2 >= s.begin && tree[first - 1].form == "of" &&
         tree.in(WordList::waters, tree[first - 2].form);
}

}  // namespace

bool of_another_name(const TreeView& tree, int first, int last) {
  return of_a_continent(tree, first) || of_waters(tree, first, last) ||
         (first > tree.sentence(first).begin && tree[first - 1].form == "New" &&
          tree.noun(first - 1)) ||
         (first == last && point_of_another_name(tree, first));
}

StateTrail::StateTrail(const TreeView& tree, const Register& known, const Gazetteer& places,
                       const std::string& published, const Settle& settle)
    : t_(tree), known_(known), places_(places) {
  find_names(settle, published);
  count();
  find_towns();
  fall_back();
  std::stable_sort(steps_.begin(), steps_.end(),
                   [](const Step& a, const Step& b) { return a.begin < b.begin; });
  count();
}

void StateTrail::find_names(const Settle& settle, const std::string& published) {
  const std::string_view text = t_.document().text;
  for (const Sentence& s : t_.document().sentences)
    for (int i = s.begin; i < s.end; ++i) {
      if (!capitalised(t_[i].form)) continue;
      for (int length = std::min(known_.longest_name(), s.end - i); length >= 1; --length) {
        const int last = i + length - 1;
        std::string_view written = Span{t_[i].span.begin, t_[last].span.end}.of(text);
        Step step;
        step.begin = i;
        step.end = last + 1;
        const bool in_person = inside_person(t_, i, last);
        if (const LocalName* local = known_.local(written)) {
          local_.push_back({step, local});
          i = last;
          break;
        }
        const KnownName* name = settle(written, known_.find(written));
        if (name && name->sort == NameSort::organization)
          step.state = known_.state_index(known_.organizations()[name->index].country);
        else if (name && (!in_person || beside_name(i, last))) step.state = name->index;
        if (name) step.sort = sort_of(name->sort);
        if (step.state < 0 && !in_person) {
          step.state = known_.region(written);
          step.sort = Step::Sort::region;
        }
        if (step.state < 0 && t_[i].name == NameKind::person && t_[i].name_begin &&
            t_[last].name == NameKind::person)
          if (const Leader* leader = known_.leader(written, published)) {
            step.state = known_.state_index(leader->country);
            step.sort = Step::Sort::leader;
          }
        if (step.state < 0) continue;
        if (of_another_name(t_, i, last)) break;
        if (int state = town_before(last); state >= 0 && state != step.state) {
          step.state = state;
          step.sort = Step::Sort::town;
        }
        steps_.push_back(step);
        i = last;
        break;
      }
    }
}

// "Ivorian President Koffi Aka", "Ana Silva of Angola" that the engine took for one name: the state
// is no part of it.
bool StateTrail::beside_name(int first, int last) const {
  const Sentence& s = t_.sentence(first);
  if (first > s.begin && t_[first - 1].form == "of") return true;
  // "Norwegian [Deputy Foreign Minister] Ola Marr", heard as one name.
  constexpr int kLongestOffice = 3;
  std::string phrase;
  for (int i = last + 1; i < std::min(s.end, last + 1 + kLongestOffice); ++i) {
    phrase += lower(t_[i].form);
    if (known_.office(phrase) || known_.rank(phrase)) return true;
    phrase += " ";
  }
  return false;
}

int StateTrail::town_before(int last) const {
  const int comma = last + 1, end = t_.sentence(last).end;
  if (comma + 1 >= end || t_[comma].form != ",") return -1;
  // A point that is a word of its own ("Ala" "." of "Ala.") is one of the three.
  for (int length = std::min(3, end - comma - 1); length >= 1; --length) {
    const Span part{t_[comma + 1].span.begin, t_[comma + length].span.end};
    if (int state = known_.region(part.of(t_.document().text)); state >= 0) return state;
  }
  return -1;
}

// Towns that the language engine calls places, or that stand before a comma and their state.
void StateTrail::find_towns() {
  std::vector<char> taken(t_.size(), 0);
  for (const Step& s : steps_)
    for (int i = s.begin; i < s.end; ++i) taken[i] = 1;
  for (const Sentence& s : t_.document().sentences)
    for (int i = s.begin; i < s.end; ++i) {
      if (taken[i] || t_[i].name != NameKind::place || !capitalised(t_[i].form)) continue;
      int end = i + 1;
      while (end < s.end && !taken[end] && t_[end].name == NameKind::place && !t_[end].name_begin)
        ++end;
      for (int stop = end; stop > i; --stop) {
        // "Van Vieng" is not Van, "Lyon County" not Lyon.
        if (stop < end && t_.tag(stop, "NNP")) continue;
        if (int state = town(Span{t_[i].span.begin, t_[stop - 1].span.end}.of(t_.document().text));
            state >= 0) {
          steps_.push_back({i, stop, state, Step::Sort::town});
          break;
        }
      }
      i = end - 1;
    }
}

void StateTrail::fall_back() {
  const bool nothing = steps_.empty();
  for (const auto& [step, name] : local_) {
    auto state_of = [&](const KnownName& body) {
      return known_.state_index(known_.organizations()[body.index].country);
    };
    bool spoken_of = false;
    for (const KnownName& body : name->bodies) {
      int state = state_of(body);
      spoken_of |= state >= 0 && weight_[state] > 0;
    }
    int state = state_of(name->bodies[0]);
    if (spoken_of || state < 0 || !(nothing || name->sure)) continue;
    steps_.push_back(step);
    steps_.back().state = state;
    steps_.back().sort = Step::Sort::organization;
  }
}

void StateTrail::count() {
  weight_.assign(known_.states().size(), 0);
  order_.clear();
  total_ = 0;
  for (Step& s : steps_) {
    int head = s.end - 1;
    s.inside = t_.in(WordList::inside, t_.case_of(head)) ||
               (s.begin > t_.sentence(s.begin).begin &&
                t_.in(WordList::inside, lower(t_[s.begin - 1].form)));
    if (weight_[s.state] == 0) order_.push_back(s.state);
    weight_[s.state] += weight_of(s.sort);
    total_ += weight_of(s.sort);
  }
  std::stable_sort(order_.begin(), order_.end(),
                   [&](int a, int b) { return weight_[a] > weight_[b]; });
  main_ = order_.empty() ? -1 : order_[0];
}

int StateTrail::town(std::string_view name) const {
  std::vector<Town> towns = places_.find(name);
  int best = -1;
  double value = 0;
  long largest = 0, second = 0;  // of another state
  std::string_view owner;
  for (const Town& t : towns) {  // largest first
    int state = known_.state_index(t.country);
    if (state < 0) continue;
    if (owner.empty()) {
      owner = t.country;
      largest = t.population;
    } else if (t.country != owner && second == 0) {
      second = t.population;
    }
    // Of a well-known town's name a small one of the state that is spoken of is not meant: Geneva.
    if (t.population * kTimesSmaller >= largest && share(state) > value) {
      value = share(state);
      best = state;
    }
  }
  if (best >= 0) return best;
  if (largest >= kLargeTown && largest > kTimesLarger * second) return known_.state_index(owner);
  return -1;
}

}  // namespace chancery
