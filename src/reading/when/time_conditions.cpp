// What the conditions of data/time/rules.tsv mean. `subject` names the binding a condition speaks of;
// without one it is the first token.
#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "reading/when/times.h"

namespace chancery {
namespace {

int number(std::string_view s) {
  int value = -1;
  auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() ? value : -1;
}

bool any(const std::vector<std::string>& words, const std::string& w) {
  return std::find(words.begin(), words.end(), w) != words.end();
}

}  // namespace

class Times::Conditions {
 public:
  Conditions(const Times& times, int begin, int end, const TimeBindings& bindings)
      : x_(times), t_(times.t_), begin_(begin), end_(end), bindings_(bindings) {
    if (begin > 0 && t_.sentence_of(begin - 1) == t_.sentence_of(begin))
      before_ = x_.word(begin - 1);
    if (end < t_.size() && t_.sentence_of(end) == t_.sentence_of(begin)) after_ = x_.word(end);
  }

  bool hold(const TimeRule& rule) const {
    return std::all_of(rule.conditions.begin(), rule.conditions.end(),
                       [&](const TimeCondition& c) { return holds(c) != c.negated; });
  }

 private:
  using Test = bool (Conditions::*)(const TimeCondition&, int token) const;

  // Conditions whose only word names the binding they speak of.
  static bool of_binding(const std::string& key) {
    return key == "capital" || key == "ambiguous" || key == "half" || key == "counting" ||
           key == "ending" || key == "titled" || key == "acts";
  }

  bool holds(const TimeCondition& c) const {
    static const std::unordered_map<std::string_view, Test> tests = {
        {"before", &Conditions::before},
        {"after", &Conditions::after},
        {"tense", &Conditions::tense},
        {"tag", &Conditions::tag},
        {"relation", &Conditions::relation},
        {"name", &Conditions::name},
        {"capital", &Conditions::capital},
        {"titled", &Conditions::titled},
        {"acts", &Conditions::acts},
        {"counting", &Conditions::counting},
        {"ending", &Conditions::ending},
        {"ambiguous", &Conditions::ambiguous},
        {"half", &Conditions::half},
        {"tight", &Conditions::tight},
        {"published", &Conditions::published},
        {"told", &Conditions::told},
        {"noyear", &Conditions::no_year},
        {"quartertold", &Conditions::quarter_told},
        {"clockunit", &Conditions::clock_unit},
        {"unitis", &Conditions::unit_is},
        {"age", &Conditions::age},
        {"rate", &Conditions::rate},
        {"duration", &Conditions::duration},
        {"counted", &Conditions::counted},
        {"year", &Conditions::year},
        {"lastnoun", &Conditions::last_noun}};
    const std::string& subject = c.subject.empty() && of_binding(c.key) ? c.words[0] : c.subject;
    int token = begin_;
    if (!subject.empty()) {
      const TimeBinding* b = bound(subject);
      if (!b) return !c.negated;  // what is not there breaks no condition
      token = b->token;
    }
    const auto test = tests.find(c.key);
    return test == tests.end() || (this->*test->second)(c, token);
  }

  // Is the word one of a class of words.tsv?
  bool is(std::string_view type, std::string_view word) const {
    return x_.grammar_.in_class(type, word);
  }
  const TimeBinding* bound(const std::string& name) const {
    auto found = bindings_.find(name);
    return found == bindings_.end() || found->second.token < 0 ? nullptr : &found->second;
  }
  std::string unit() const {
    for (const char* name : {"unit", "units", "u"})
      if (const TimeBinding* b = bound(name)) return b->value;
    return "";
  }

  bool before(const TimeCondition& c, int) const { return any(c.words, before_); }
  bool after(const TimeCondition& c, int) const {
    return any(c.words, after_) ||
           (any(c.words, "-") && end_ < t_.size() && !t_[end_ - 1].space_after && after_ == "-");
  }
  bool tense(const TimeCondition& c, int) const {
    return x_.tense_of(begin_, end_) == (c.words[0] == "past"      ? Tense::past
                                         : c.words[0] == "future"  ? Tense::future
                                         : c.words[0] == "present" ? Tense::present
                                                                   : Tense::unknown);
  }
  bool tag(const TimeCondition& c, int token) const {
    return std::any_of(c.words.begin(), c.words.end(),
                       [&](const std::string& w) { return t_.tag(token, w); });
  }
  bool relation(const TimeCondition& c, int token) const {
    return std::any_of(c.words.begin(), c.words.end(),
                       [&](const std::string& w) { return t_.is(token, w); });
  }
  bool name(const TimeCondition& c, int token) const {
    return std::any_of(c.words.begin(), c.words.end(), [&](const std::string& w) {
      return (w == "person" && t_[token].name == NameKind::person) ||
             (w == "organization" && t_[token].name == NameKind::organization);
    });
  }
  bool capital(const TimeCondition&, int token) const { return x_.capital(token); }
  // "Mrs May", "April told parliament": a person.
  bool titled(const TimeCondition&, int token) const { return is("title", x_.word(token - 1)); }
  bool acts(const TimeCondition&, int token) const {
    return t_.is(token, "nsubj") && !(token > 0 && t_.tag(token - 1, "IN")) &&
           t_[token].head >= 0 && t_.verb(t_[token].head) &&
           !is("month_verb", t_.lemma(t_[token].head));
  }
  // "20 people": the number counts what follows.
  bool counting(const TimeCondition&, int token) const { return x_.counts(token); }
  // "the 5th", not "the 5".
  bool ending(const TimeCondition&, int token) const {
    return !isdigit(static_cast<unsigned char>(x_.low_[token].back()));
  }
  bool ambiguous(const TimeCondition&, int token) const {
    const std::string& w = x_.low_[token];
    return is("month_like_a_word", w) && (!t_.noun(token) || w == "may" || w == "march") &&
           !t_.tag(token, "NNP");
  }
  bool half(const TimeCondition& c, int) const {
    const std::string& value = bound(c.subject.empty() ? c.words[0] : c.subject)->value;
    return value == "1" || value == "2";
  }
  bool tight(const TimeCondition& c, int) const {
    for (int i = begin_; i + 1 < end_; ++i)
      if (t_[i].space_after &&
          (c.words[0].empty() ||
           (bound(c.words[0]) && i + 1 == bound(c.words[0])->token && x_.word(i) == "-")))
        return false;
    return true;
  }
  bool published(const TimeCondition&, int) const { return x_.published_.has_value(); }
  bool told(const TimeCondition&, int) const {
    return x_.told(unit().empty() ? 'D' : unit()[0]).has_value();
  }
  // "February 29, 2023": with a year behind it, a day that does not exist in that year is no day of
  // another.
  bool no_year(const TimeCondition&, int) const {
    const std::string next = x_.word(end_ + 1);
    return !(after_.size() == 4 && number(after_) > 1500) &&
           !(after_ == "," && next.size() == 4 && number(next) > 1500);
  }
  bool quarter_told(const TimeCondition&, int) const { return !x_.quarter_told().empty(); }
  bool clock_unit(const TimeCondition&, int) const { return unit().starts_with("T"); }
  bool unit_is(const TimeCondition& c, int) const { return any(c.words, unit()); }
  bool age(const TimeCondition&, int) const {
    return after_ == "old" || (after_ == "-" && x_.word(end_ + 1) == "old");
  }
  bool rate(const TimeCondition&, int) const {
    if (begin_ == 0 || before_ == "for" || t_.tag(begin_ - 1, "IN") || t_.verb(begin_ - 1) ||
        t_.tag(begin_ - 1, "RB"))
      return false;
    return x_.low_[begin_] == "per" || t_.tag(begin_ - 1, "NN") || t_.tag(begin_ - 1, "CD") ||
           t_.in(WordList::rate_words, before_);
  }
  // "for a week", "took a year", "half of a day's work": a length, not just any day.
  bool duration(const TimeCondition&, int) const {
    const std::string& first = x_.low_[begin_];
    const bool one = first == "one" || first == "another", long_one = end_ - begin_ > 2;
    if (first == "the") return long_one || is("length_of_lead", before_);
    return is("length_lead", before_) || (one && !t_.tag(begin_, "NN") && unit() != "D") ||
           (long_one && first != "a");
  }
  bool counted(const TimeCondition&, int) const {
    return is("counted_thing", after_) || is("sum_mark", before_);
  }
  // A four-digit number that is a year: by what stands before it, or by its place in the tree.
  bool year(const TimeCondition&, int) const {
    const int value = number(x_.low_[begin_]);
    if (value >= 0 && value < 1700) return false;
    const int head = t_[begin_].head;
    // "2000 people"
    if (end_ - begin_ == 1 && t_.is(begin_, "nummod") && head > begin_ && t_.tag(head, "NNS"))
      return false;
    if (end_ - begin_ > 1 || is("year_lead", before_) || t_.is_any(begin_, {"obl", "nmod"}) ||
        after_ == ")")
      return true;
    return t_.tag(begin_, "CD") && t_.is_any(begin_, {"nummod", "compound", "nmod"}) &&
           head > begin_ && t_.noun(head) && !t_.tag(head, "NNS");
  }
  bool last_noun(const TimeCondition&, int) const {
    return t_.noun(end_ - 1) && t_[end_ - 1].head != end_;
  }

  const Times& x_;
  const TreeView& t_;
  int begin_, end_;
  const TimeBindings& bindings_;
  std::string before_, after_;  // the words around the expression, in its sentence
};

bool Times::holds(const TimeRule& rule, int begin, int end, const TimeBindings& bindings) const {
  return Conditions(*this, begin, end, bindings).hold(rule);
}

}  // namespace chancery
