#include "reading/done/event_details.h"

#include <algorithm>
#include <cstdlib>

#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// The number that a word writes: "12", "1,200", "three"; below 0 for words that count without
// saying how many ("dozens").
double count_of(const TreeView& t, std::string_view form) {
  std::string digits;
  for (char c : form) {
    if (c == ',') continue;
    if ((c < '0' || c > '9') && c != '.') {
      const std::string number(t.words(WordList::numbers).value(lower(form)));
      return number.empty() ? -1 : std::strtod(number.c_str(), nullptr);
    }
    digits += c;
  }
  return digits.empty() || digits.size() > 15 ? -1 : std::strtod(digits.c_str(), nullptr);
}

// "12", "two hundred", "1.5 million": the number whose last word is `token`.
double whole_count(const TreeView& t, int token) {
  double value = count_of(t, t[token].form);
  for (int c : t.children(token)) {
    double before = c < token && t.tag(c, "CD") ? count_of(t, t[c].form) : -1;
    if (before > 0 && value >= 100) value *= before;
    else if (before >= 20 && value > 0 && value < 10) value += before;
  }
  return value;
}

// "at least", "about": the words before a number that bound it, "" for none; `begin` moves before them.
std::string bound_before(const TreeView& t, int number, const Sentence& s, int& begin) {
  for (int back = 3; back > 0; --back) {
    const int from = number - back;
    if (from < s.begin) continue;
    std::string words = lower(
        t.document().text.substr(t[from].span.begin, t[number - 1].span.end - t[from].span.begin));
    if (!t.in(WordList::bounds, words)) continue;
    begin = std::min(begin, from);
    return words;
  }
  return "";
}

}  // namespace

// What kind of act a toll belongs to when its own word is no event.
bool EventDetails::fits(const std::string& type, const std::string& of) const {
  const std::pair<WordList, Trait> kinds[] = {{WordList::hit, Trait::violent},
                                              {WordList::held, Trait::forceful},
                                              {WordList::let_go, Trait::yields},
                                              {WordList::sent, Trait::mobilizes},
                                              {WordList::protesting, Trait::protests}};
  for (const auto& [counted, trait] : kinds)
    if (lexicon_.words()[counted].has(of)) return lexicon_.has(type, trait);
  return false;
}

EventDetails::EventDetails(const std::string& folder, const Lexicon& lexicon)
    : lexicon_(lexicon), ontology_(lexicon.ontology()) {
  Table tolls(folder + "/tolls.tsv", {"word", "part", "shape", "of"});
  for (const Table::Row& row : tolls.rows()) {
    if (row[1] != "v" && row[1] != "n" && row[1] != "a") row.fail("part must be v, n or a");
    if (!row[2].empty() && row[2] != "intransitive") row.fail("shape is empty or intransitive");
    if (row[3].empty()) row.fail("what it counts is missing");
    if (!tolls_.emplace(row[0] + "/" + row[1], Toll{row[1][0], !row[2].empty(), row[3]}).second)
      row.fail("'" + row[0] + "' stands twice as " + row[1]);
  }
  Table instruments(folder + "/instruments.tsv", {"words", "mode"});
  for (const Table::Row& row : instruments.rows()) {
    modes_.push_back(row[1]);
    for (const std::string& words : row.list(0))
      instruments_.add(words, static_cast<int>(modes_.size()) - 1);
  }
  for (size_t i = 0; i < ontology_.contexts().size(); ++i)
    for (const std::string& words : ontology_.contexts()[i].words)
      contexts_.add(words, static_cast<int>(i));
}

const EventDetails::Toll* EventDetails::toll(std::string_view word, char part) const {
  auto found = tolls_.find(std::string(word) + "/" + part);
  return found == tolls_.end() ? nullptr : &found->second;
}

// The counted noun, or the number that stands for it; number -1 for none.
EventDetails::Counted EventDetails::counted_at(const TreeView& t, int i) const {
  Counted c;
  c.noun = i;
  if (t.noun(i)) {
    for (int child : t.children(i))
      if (t.is(child, "nummod") && t.tag(child, "CD")) c.number = child;
    if (c.number < 0 && t.in(WordList::loose_numbers, t.lemma(i)) && t[i].form != t.lemma(i)) {
      c.number = i;
      if (const int of = t.oblique(i, "of"); of >= 0) c.noun = of;
    }
  } else if (t.tag(i, "CD") && t.is_any(i, {"obj", "nsubj", "root"})) {
    c.number = i;
  }
  c.phrase = c.number == i ? i : c.noun;
  c.what = t.noun(c.noun) ? toll(t.lemma(c.noun), 'n') : nullptr;
  return c;
}

// "killed 12 people", "12 people died", "left 30 dead"
void EventDetails::by_verb_above(const TreeView& t, Counted& c) const {
  const int head = t[c.phrase].head;
  if (head < 0 || !t.verb(head)) return;
  const Toll* by_verb = toll(t.lemma(head), 'v');
  const bool passive_subject =
      t.is_any(c.phrase, {"nsubj:pass"}) || (t.passive(head) && t.is(c.phrase, "nsubj"));
  const bool counted = by_verb && (t.is(c.phrase, "obj") || passive_subject ||
                                   (by_verb->intransitive && t.is(c.phrase, "nsubj")));
  if (counted && (!c.what || !by_verb->intransitive)) {
    c.what = by_verb;
    c.verb = head;
  }
  if (counted) return;
  for (int child : t.children(head))
    if ((t.tag(child, "JJ") || t.noun(child)) && child > c.phrase && t.is(child, "xcomp") &&
        toll(t.lemma(child), 'a'))
      c.what = toll(t.lemma(child), 'a');
}

// "12 dead soldiers", "the 12 killed", "12 people injured in the blast", "and dozens wounded"
void EventDetails::by_words_beside(const TreeView& t, Counted& c) const {
  for (int child : t.children(c.phrase))
    if (t.tag(child, "JJ") && toll(t.lemma(child), 'a')) c.what = toll(t.lemma(child), 'a');
  for (int child : t.children(c.phrase))
    if (t.is(child, "acl") && t.tag(child, "VBN") && toll(t.lemma(child), 'v')) {
      c.what = toll(t.lemma(child), 'v');
      c.verb = child;
    }
  // "twelve killed and dozens wounded": the second auxiliary is understood.
  const int next = c.phrase + 1;
  if (!c.what && t.is(c.phrase, "conj") && next < t.document().size() && t.tag(next, "VBN"))
    if (const Toll* what = toll(t.lemma(next), 'v')) {
      c.what = what;
      c.verb = next;
    }
}

void EventDetails::numbers(const TreeView& t, int sentence,
                           std::vector<FoundEvent*>& events) const {
  const Sentence& s = t.document().sentences[sentence];
  for (int i = s.begin; i < s.end; ++i) {
    Counted c = counted_at(t, i);
    if (c.number < 0) continue;
    by_verb_above(t, c);
    by_words_beside(t, c);
    if (!c.what) continue;
    FoundEvent* owner = nullptr;
    for (FoundEvent* e : events)
      if (!owner && (e->trigger == c.verb || e->trigger == t[c.phrase].head)) owner = e;
    for (FoundEvent* e : events)
      if (!owner && fits(e->event.type, c.what->of)) owner = e;
    if (!owner) continue;
    EventNumber n;
    n.of = c.what->of;
    const double value = whole_count(t, c.number);
    if (value >= 0 && !(c.number == i && t.noun(c.number))) n.count = value;
    TreeView::Range r{std::min(c.number, c.noun), std::max(c.number, c.noun) + 1};
    n.bound = bound_before(t, c.number, s, r.begin);
    n.span = t.trimmed(r);
    const bool told = std::any_of(owner->event.numbers.begin(), owner->event.numbers.end(),
                                  [&](const EventNumber& o) { return o.span.overlaps(n.span); });
    if (!told) owner->event.numbers.push_back(std::move(n));
  }
}

void EventDetails::add(const TreeView& t, std::vector<FoundEvent>& events) const {
  std::map<int, std::vector<FoundEvent*>> by_sentence;
  for (FoundEvent& f : events) by_sentence[t.sentence_of(f.trigger)].push_back(&f);
  for (auto& [sentence, list] : by_sentence) {
    numbers(t, sentence, list);
    for (FoundEvent* f : list) {
      Event& x = f->event;
      TreeView::Range r = t.range_of(x.span);
      r.end = std::min(r.end, t.sentence(f->trigger).end);
      std::vector<char> speaks(ontology_.contexts().size());
      if (const Ontology::Code* code = ontology_.code(x.cameo))
        for (const std::string& name : code->contexts)
          for (size_t k = 0; k < speaks.size(); ++k)
            if (ontology_.contexts()[k].name == name) speaks[k] = 1;
      for (int i = r.begin; i < r.end; ++i) {
        if (int context = contexts_.at(t, i, r.end).value; context >= 0) speaks[context] = 1;
        if (!lexicon_.has(x.type, Trait::violent)) continue;
        auto [instrument, length] = instruments_.at(t, i, r.end);
        if (instrument < 0 || !x.instrument.empty()) continue;
        x.instrument.push_back(t.span({i, i + length}));
        if (x.mode.empty() || x.mode == "heavy-weapons" || x.mode == "targeted") {
          if (!modes_[instrument].empty() && ontology_.has_mode(x.type, modes_[instrument]) &&
              x.mode != modes_[instrument]) {
            x.mode = modes_[instrument];
            x.explain += "; mode by '" + std::string(t[i].form) + "' (instruments.tsv)";
          }
        }
      }
      for (size_t k = 0; k < speaks.size(); ++k)
        if (speaks[k]) x.contexts.push_back(ontology_.contexts()[k].name);
    }
  }
}

}  // namespace chancery
