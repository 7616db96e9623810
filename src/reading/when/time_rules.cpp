// How the tables of the temporal grammar are read: words.tsv, feasts.tsv, rules.tsv.
#include <algorithm>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "reading/when/time_classes.h"
#include "reading/when/time_grammar.h"

namespace chancery {

using namespace time_classes;

namespace {

// Cuts a pattern into elements, groups kept whole.
std::vector<std::string> pieces(const Table::Row& row, const std::string& pattern) {
  std::vector<std::string> out;
  std::string group;
  int depth = 0;
  for (std::string_view word : split_words(pattern)) {
    if (word == "(") {
      if (depth++ == 0) {
        group.clear();
        continue;
      }
    } else if (word == ")" || word == ")?") {
      if (--depth < 0) row.fail("a ')' too many in the pattern");
      if (depth == 0) {
        out.push_back("(" + group + (word == ")?" ? " )?" : " )"));
        continue;
      }
    }
    if (depth > 0) group += " " + std::string(word);
    else out.emplace_back(word);
  }
  if (depth != 0) row.fail("a ')' is missing in the pattern");
  return out;
}

// Every row of plain elements that a pattern with optional parts stands for.
void expand(const Table::Row& row, const std::string& pattern,
            std::vector<std::vector<std::string>>& out) {
  out = {{}};
  for (std::string piece : pieces(row, pattern)) {
    bool optional = piece.size() > 1 && piece.back() == '?';
    if (optional) piece.pop_back();
    std::vector<std::vector<std::string>> inner = {{piece}}, next;
    if (piece[0] == '(') expand(row, piece.substr(1, piece.size() - 2), inner);
    if (optional) inner.push_back({});
    for (const auto& head : out)
      for (const auto& tail : inner) {
        next.push_back(head);
        next.back().insert(next.back().end(), tail.begin(), tail.end());
      }
    if (next.size() > 2000) row.fail("too many optional parts");
    out = std::move(next);
  }
}

// value := word | $name | name ( value , … )
TimeCall parse_call(const Table::Row& row, const std::string& text, size_t& at) {
  auto skip = [&] {
    while (at < text.size() && text[at] == ' ') ++at;
  };
  skip();
  TimeCall call;
  if (at < text.size() && text[at] == '$') {
    call.kind = TimeCall::Kind::variable;
    ++at;
  }
  while (at < text.size() && text[at] != '(' && text[at] != ')' && text[at] != ',' &&
         text[at] != ' ')
    call.name += text[at++];
  if (call.name.empty()) row.fail("an empty name in the value");
  skip();
  if (call.kind == TimeCall::Kind::word && at < text.size() && text[at] == '(') {
    call.kind = TimeCall::Kind::call;
    ++at;
    skip();
    while (at < text.size() && text[at] != ')') {
      call.arguments.push_back(parse_call(row, text, at));
      skip();
      if (at < text.size() && text[at] == ',') ++at;
      skip();
    }
    if (at >= text.size()) row.fail("a ')' is missing in the value");
    ++at;
  }
  return call;
}

// Names in a value are bound by the pattern, functions are those of Times::evaluate.
void check_names(const Table::Row& row, const TimeCall& call,
                 const std::vector<std::string>& bound) {
  static const std::vector<std::string> functions = {
      "continued",   "dashed",      "day_told",   "listed",     "weekday_day", "ago",
      "ahead",       "clock",       "date",       "feast",      "feast_of",    "half",
      "half_length", "length",      "length_up",  "minus",      "month",       "month_by",
      "month_set",   "near",        "near_month", "part",       "quarter",     "quarter_told",
      "season",      "season_by",   "shift",      "slashed",    "told",        "week_of",
      "weekday",     "weekday_set", "weekend",    "year_before"};
  if (call.kind == TimeCall::Kind::call &&
      std::find(functions.begin(), functions.end(), call.name) == functions.end())
    row.fail("function " + call.name + " is unknown");
  if (call.kind == TimeCall::Kind::variable &&
      std::find(bound.begin(), bound.end(), call.name) == bound.end())
    row.fail("$" + call.name + " is not bound by the pattern");
  for (const TimeCall& a : call.arguments) check_names(row, a, bound);
}

// One condition of a rule: "before:in|since", "!tag:month=VB".
TimeCondition parse_condition(const Table::Row& row, std::string_view word) {
  static const std::vector<std::string> known = {
      "counting",    "titled",    "acts",   "ending",      "before", "after",     "tense",
      "tag",         "capital",   "name",   "relation",    "tight",  "published", "told",
      "quartertold", "clockunit", "unitis", "age",         "rate",   "duration",  "counted",
      "year",        "ambiguous", "skip",   "skiparticle", "half",   "lastnoun",  "noyear"};
  TimeCondition condition;
  condition.negated = word[0] == '!';
  if (condition.negated) word.remove_prefix(1);
  const size_t colon = word.find(':');
  condition.key = word.substr(0, colon);
  std::string_view argument =
      colon == std::string_view::npos ? std::string_view() : word.substr(colon + 1);
  if (size_t equals = argument.find('='); equals != std::string_view::npos) {
    condition.subject = argument.substr(0, equals);
    argument = argument.substr(equals + 1);
  }
  for (std::string_view w : split(argument, '|')) condition.words.emplace_back(w);
  if (std::find(known.begin(), known.end(), condition.key) == known.end())
    row.fail("condition " + condition.key + " is unknown");
  if (condition.words.empty()) condition.words.emplace_back();
  return condition;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view w : split_words(text)) out.emplace_back(w);
  return out;
}

}  // namespace

TimeGrammar::TimeGrammar(const std::string& folder) {
  types_.assign(kNames, kNames + kBuiltins);
  read_words(folder + "/words.tsv");
  read_feasts(folder + "/feasts.tsv");
  read_rules(folder + "/rules.tsv");
  index_sequences();
}

void TimeGrammar::add_entry(const std::string& type, const std::vector<std::string>& words,
                            const std::string& value) {
  if (type_of(type) < 0) types_.push_back(type);
  Entry entry{type_of(type), {}, value, integer(value)};
  for (const std::string& w : words) entry.words.push_back(number(w));
  if (entries_.size() < numbers_.size()) entries_.resize(numbers_.size());
  entries_[entry.words[0]].push_back(std::move(entry));
}

void TimeGrammar::read_words(const std::string& path) {
  Table words(path, {"class", "word", "value"});
  for (const Table::Row& row : words.rows()) {
    if (row[0].empty() || row[1].empty()) row.fail("a class or a word is missing");
    if (int known = type_of(row[0]); known >= 0 && known < kBuiltins)
      row.fail("class " + row[0] + " is built in");
    for (const std::string& word : row.list(1)) add_entry(row[0], words_of(word), row[2]);
  }
}

void TimeGrammar::read_feasts(const std::string& path) {
  Table feasts(path, {"name", "date"});
  for (const Table::Row& row : feasts.rows()) {
    const bool sound = row[1].starts_with("easter") || (row[1].size() == 10 && parse_day(row[1])) ||
                       (row[1].find('-') != std::string::npos && row[1].size() >= 4 &&
                        !feast(row[1], 2024).empty());
    if (!sound) row.fail("'" + row[1] + "' is no date rule");
    for (const std::string& name : row.list(0)) add_entry("feast", words_of(lower(name)), row[1]);
  }
}

void TimeGrammar::read_rules(const std::string& path) {
  Table rules(
      path, {"rule", "pattern", "type", "value", "mod", "where", "example", "published", "gives"});
  for (const Table::Row& row : rules.rows()) {
    TimeRule rule;
    rule.name = row[0];
    rule.type = row[2];
    rule.mod = row[4];
    rule.example = row[6];
    rule.published = row[7];
    rule.gives = row[8];
    rule.place = row.place();
    if (rule.name.empty() || row[1].empty()) row.fail("a rule needs a name and a pattern");
    if (rule.type != "DATE" && rule.type != "TIME" && rule.type != "DURATION" && rule.type != "SET")
      row.fail("type " + rule.type + " is none of TIMEX3's");
    size_t at = 0;
    rule.value = parse_call(row, row[3], at);
    if (at != row[3].size()) row.fail("something is left over behind the value");
    for (std::string_view word : split_words(row[5]))
      rule.conditions.push_back(parse_condition(row, word));
    rules_.push_back(std::move(rule));
    add_patterns(static_cast<int>(rules_.size()) - 1, row, row[1]);
  }
}

void TimeGrammar::index_sequences() {
  numeral_ = type_of("numeral");
  by_type_.resize(types_.size());
  entries_.resize(numbers_.size());
  by_word_.resize(numbers_.size());
  for (size_t s = 0; s < sequences_.size(); ++s) {
    for (int w : sequences_[s].elements[0].words) by_word_[w].push_back(static_cast<int>(s));
    for (int type : sequences_[s].elements[0].classes)
      by_type_[type].push_back(static_cast<int>(s));
  }
  auto shorter = [&](int a, int b) {
    return sequences_[a].elements.size() < sequences_[b].elements.size();
  };
  for (auto* lists : {&by_word_, &by_type_})
    for (std::vector<int>& list : *lists) std::stable_sort(list.begin(), list.end(), shorter);
}

void TimeGrammar::add_patterns(int rule, const Table::Row& row, const std::string& pattern) {
  std::vector<std::vector<std::string>> rows;
  expand(row, pattern, rows);
  std::vector<std::string> bound;
  for (const std::vector<std::string>& plain : rows) {
    if (plain.empty()) continue;
    Sequence sequence{rule, {}};
    for (const std::string& piece : plain) {
      Element element;
      std::string body = piece;
      if (size_t equals = body.find('='); equals != std::string::npos && equals > 0) {
        element.binds = body.substr(0, equals);
        element.binds_words = true;
        body = body.substr(equals + 1);
      }
      for (std::string_view alternative : split(body, '|')) {
        if (alternative.empty()) row.fail("an empty alternative in the pattern");
        if (alternative[0] == '$' && alternative.size() > 1) {
          std::string name(alternative.substr(1));
          if (type_of(name) < 0) row.fail("class " + name + " is unknown");
          element.classes.push_back(type_of(name));
          if (element.binds.empty()) element.binds = name;
        } else {
          element.words.push_back(number(std::string(alternative)));
        }
      }
      if (!element.binds.empty()) bound.push_back(element.binds);
      sequence.elements.push_back(std::move(element));
    }
    sequences_.push_back(std::move(sequence));
  }
  check_names(row, rules_[rule].value, bound);
}

}  // namespace chancery
