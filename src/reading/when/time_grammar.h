// The grammar of temporal expressions, read from data/time: word classes (words.tsv), rules
// (rules.tsv) and feasts (feasts.tsv). This file knows how rules are written and where they match;
// what their values mean is in time_values.cpp, what their conditions ask for in time_conditions.cpp.
//
// A rule's pattern is a row of elements, each one or more tokens of the text:
//   of            the word itself              last|past     one of these words
//   $month        a word of a class; its value is bound to $month. Classes are those of words.tsv
//                 and the built-in ones:
//                 $number (3, three, twenty-five, 1,200)  $day (1 … 31, 21st)
//                 $year (1500 … 2199)  $decade (1990s, '90s)  $short_year ('98)
//                 $clock (8:30)  $dotted_clock (8.30)  $two_digit_year (31)  $hours (0830)  $digits (any digits)
//                 $slashed (9/23/2025, 23.9.2025)
//   n=$number     the same, bound to $n         x=a|b        the word that stood there, bound to $x
//   element?      may be missing; then what it binds is empty. ( a b )? a group that may be missing.
// Of all rules that match at a token the longest match wins, then the first in the file.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/table.h"

namespace chancery {

// What a name in a pattern stood for: its value, and the token it began at.
struct TimeBinding {
  std::string value;
  int token = -1;
};
using TimeBindings = std::map<std::string, TimeBinding>;

// A call in a rule's value: name(argument, …); arguments are calls, $names or plain words.
struct TimeCall {
  enum class Kind { call, variable, word } kind = Kind::word;
  std::string name;
  std::vector<TimeCall> arguments;
};

// "before:in|since", "!tag:month=VB": see rules.tsv.
struct TimeCondition {
  std::string key;
  std::string subject;  // what stands before '=' in the argument, if any
  std::vector<std::string> words;
  bool negated = false;
};

struct TimeRule {
  std::string name, type, mod;
  TimeCall value;
  std::vector<TimeCondition> conditions;
  std::string example, published, gives;  // tried by a test
  std::string place;                      // file and line
};

struct Feast {
  std::vector<std::string> words;
  std::string date;  // "12-25", "11-4Thu" (the fourth Thursday), "easter-2", "2001-09-11"
};

class TimeGrammar {
 public:
  // `folder` holds words.tsv, rules.tsv and feasts.tsv. Throws StartError with file and line.
  explicit TimeGrammar(const std::string& folder);
  ~TimeGrammar();

  const std::vector<TimeRule>& rules() const { return rules_; }
  // The feast's date rule in that year as YYYY-MM-DD; "" when the feast did not exist then.
  static std::string feast(const std::string& date, int year);

  // A text's words in lower case, and the number by which the grammar knows each (-1: not at all).
  struct Words {
    std::vector<std::string> forms;
    std::vector<int> numbers;
  };
  Words words(std::vector<std::string> forms) const;

  // The longest way in which a class matches at word `at`, before `end`; nothing when it does not.
  struct Member {
    int tokens = 0;
    std::string value;
  };
  std::optional<Member> member(std::string_view type, const Words& words, int at, int end) const;

  // Is that word (in lower case) one of the class, whatever text it stands in?
  bool in_class(std::string_view type, std::string_view word) const;

  // Calls use(rule, end, bindings) for every way a rule matches from word `begin`, before `end`.
  using Use = std::function<void(const TimeRule&, int, const TimeBindings&)>;
  void match(const Words& words, int begin, int end, const Use& use) const;

 private:
  struct Element {
    std::string binds;
    bool binds_words = false;  // "x=a|b" binds the word too, "a|$class" only the class's value
    std::vector<int> words, classes;
  };
  struct Sequence {
    int rule;
    std::vector<Element> elements;
  };
  struct Entry {
    int type;
    std::vector<int> words;
    std::string value;
    int number = -1;  // the value, where it is one
  };
  void read_words(const std::string& path);
  void read_feasts(const std::string& path);
  void read_rules(const std::string& path);
  void index_sequences();
  void add_entry(const std::string& type, const std::vector<std::string>& words,
                 const std::string& value);
  int type_of(std::string_view name) const;
  void add_patterns(int rule, const Table::Row& row, const std::string& pattern);
  int number(const std::string& word);  // the word's number, a new one if need be
  void advance(const Sequence& s, size_t element, const Words& words, int at, int end,
               TimeBindings& bindings, const Use& use) const;
  // Calls use(tokens taken, value) for each way the class matches at `at`.
  using UseMember = std::function<void(int, const std::string&)>;
  void each_of_class(int type, const Words& words, int at, int end, const UseMember& use) const;
  void number_words(const Entry& e, const Words& words, int next, int n, int end,
                    const UseMember& use) const;
  void number_in_figures(const Words& words, int at, int end, const UseMember& use) const;
  void year_in_words(const Words& words, int at, int end, const UseMember& use) const;
  const std::vector<Entry>& entries_at(const Words& words, int at, int end) const;

  std::vector<TimeRule> rules_;
  std::vector<std::string> types_;
  std::unordered_map<std::string, int> numbers_;
  std::vector<std::vector<Entry>> entries_;  // by the number of their first word
  std::vector<Sequence> sequences_;
  std::vector<std::vector<int>> by_word_;  // sequences by the number of their first word
  std::vector<std::vector<int>> by_type_;  // and by their first class
  int numeral_ = -1;                       // the class of number words
};

}  // namespace chancery
