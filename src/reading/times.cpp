#include "reading/times.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

int number(std::string_view s) {
  int value = -1;
  auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() ? value : -1;
}

// The unit as TIMEX3 writes it in a duration: Y M W D DE CE TH TM TS Q WE NI.
std::string length(const std::string& unit, const std::string& count) {
  if (unit.empty() || count.empty()) return "";
  if (count.ends_with(".5") && (unit == "Y" || unit == "TH" || unit == "TM")) {
    std::string whole = count.substr(0, count.size() - 2);
    return unit == "Y"    ? "P" + whole + "Y6M"
           : unit == "TH" ? "PT" + whole + "H30M"
                          : "PT" + whole + "M30S";
  }
  if (unit[0] == 'T') return "PT" + count + unit.substr(1);
  return "P" + count + unit;
}

// The calendar value of the unit around a day, n units away. "" for units of the clock.
std::string shifted(Day p, const std::string& unit, int n) {
  if (unit.empty() || std::abs(n) > 5000) return "";
  auto year = [](int y) { return y > 0 && y < 10000 ? fmt::format("{:04}", y) : std::string(); };
  if (unit == "Y") return year(p.year + n);
  if (unit == "M" || unit == "Q") {
    Day d = add_months({p.year, p.month, 1}, unit == "Q" ? 3 * n : n);
    return unit == "M" ? iso_month(d.year, d.month)
                       : fmt::format("{:04}-Q{}", d.year, (d.month - 1) / 3 + 1);
  }
  if (unit == "W") return iso_week(add_days(p, 7L * n));
  if (unit == "WE") return iso_week(add_days(p, 7L * n)) + "-WE";
  if (unit == "D") return iso(add_days(p, n));
  if (unit == "NI") return iso(add_days(p, n)) + "TNI";
  if (unit == "DE") return year(p.year + 10 * n).substr(0, 3);
  if (unit == "CE") return year(p.year + 100 * n).substr(0, 2);
  return "";
}

bool clock_unit(const std::string& unit) { return !unit.empty() && unit[0] == 'T'; }

bool month_named_like_a_word(std::string_view w) {
  for (std::string_view m :
       {"may", "march", "mar", "jun", "sep", "dec", "august", "jan", "april", "june"})
    if (w == m) return true;
  return false;
}

}  // namespace

Times::Times(const TreeView& tree, const TimeGrammar& grammar, const std::string& published)
    : t_(tree), grammar_(grammar), published_(parse_day(published)) {
  std::vector<std::string> forms;
  forms.reserve(t_.size());
  for (int i = 0; i < t_.size(); ++i) forms.push_back(lower(t_[i].form));
  words_ = grammar_.words(std::move(forms));
  for (const Sentence& s : t_.document().sentences) scan(s.begin, s.end);
}

std::string Times::word(int i) const {
  return i >= 0 && i < static_cast<int>(low_.size()) ? low_[i] : "";
}

void Times::scan(int begin, int end) {
  for (int i = begin; i < end; ++i) {
    Match m = best_at(i, end);
    if (!m.rule) continue;
    TimeExpression x;
    x.span = {t_[m.begin].span.begin, t_[m.end - 1].span.end};
    x.type = m.rule->type;
    x.value = m.value;
    x.mod = m.mod;
    x.explain = "rule '" + m.rule->name + "'";
    x.id = "t" + std::to_string(times_.size() + 1);
    times_.push_back(std::move(x));
    ranges_.push_back({m.begin, m.end});
    // "a year earlier" is compared with; what goes on being spoken of is the quarter named before
    // it.
    compared_.push_back(
        m.rule->value.name == "year_before" ||
        (m.rule->value.name == "quarter_told" && m.rule->value.arguments[0].name != "0"));
    i = m.end - 1;
  }
}

Times::Match Times::best_at(int i, int end) const {
  Match best;
  grammar_.match(words_, i, end, [&](const TimeRule& rule, int stop, const TimeBindings& bindings) {
    if (best.rule && (stop < best.end || (stop == best.end && &rule >= best.rule))) return;
    int skip = 0;
    for (const TimeCondition& c : rule.conditions) {
      if (c.key == "skip") skip = std::max(0, number(c.words[0]));
      if (c.key == "skiparticle" && (low_[i] == "a" || low_[i] == "an" || low_[i] == "the"))
        skip = 1;
    }
    if (!holds(rule, i + skip, stop, bindings)) return;
    std::string value = evaluate(rule.value, i + skip, stop, bindings);
    if (value.empty()) return;
    if (skip > 0) {
      // What begins behind the skipped words and reaches further is the better reading.
      Match inner = best_at(i + skip, end);
      if (inner.rule && inner.end > stop) return;
    }
    std::string mod = rule.mod;
    if (!mod.empty() && mod[0] == '$') {
      auto bound = bindings.find(mod.substr(1));
      mod = bound == bindings.end() ? "" : bound->second.value;
    } else if (mod.empty()) {
      for (const char* name : {"about", "more", "less", "early", "late", "middle"})
        if (auto bound = bindings.find(name); bound != bindings.end() && bound->second.token >= 0)
          mod = bound->second.value;
    }
    best = {&rule, i + skip, stop, std::move(value), std::move(mod)};
  });
  return best;
}

// What the conditions of rules.tsv mean. `subject` names the binding a condition speaks of; without
// one it is the first token.
bool Times::holds(const TimeRule& rule, int begin, int end, const TimeBindings& bindings) const {
  auto bound = [&](const std::string& name) -> const TimeBinding* {
    auto found = bindings.find(name);
    return found == bindings.end() || found->second.token < 0 ? nullptr : &found->second;
  };
  auto unit = [&] {
    for (const char* name : {"unit", "units", "u"})
      if (const TimeBinding* b = bound(name)) return b->value;
    return std::string();
  };
  auto any = [](const std::vector<std::string>& words, const std::string& w) {
    return std::find(words.begin(), words.end(), w) != words.end();
  };
  std::string before =
      begin > 0 && t_.sentence_of(begin - 1) == t_.sentence_of(begin) ? word(begin - 1) : "";
  std::string after =
      end < t_.size() && t_.sentence_of(end) == t_.sentence_of(begin) ? word(end) : "";
  auto one = [&](const TimeCondition& c) -> bool {
    std::string subject = c.subject;
    if (subject.empty() && (c.key == "capital" || c.key == "ambiguous" || c.key == "half"))
      subject = c.words[0];
    int token = begin;
    if (!subject.empty()) {
      const TimeBinding* b = bound(subject);
      if (!b) return !c.negated;  // what is not there breaks no condition
      token = b->token;
    }
    if (c.key == "before") return any(c.words, before);
    if (c.key == "after")
      return any(c.words, after) ||
             (any(c.words, "-") && end < t_.size() && !t_[end - 1].space_after && after == "-");
    if (c.key == "tense")
      return tense_of(begin, end) == (c.words[0] == "past"      ? Tense::past
                                      : c.words[0] == "future"  ? Tense::future
                                      : c.words[0] == "present" ? Tense::present
                                                                : Tense::unknown);
    if (c.key == "tag")
      return std::any_of(c.words.begin(), c.words.end(),
                         [&](const std::string& w) { return t_.tag(token, w); });
    if (c.key == "relation")
      return std::any_of(c.words.begin(), c.words.end(),
                         [&](const std::string& w) { return t_.is(token, w); });
    if (c.key == "name")
      return std::any_of(c.words.begin(), c.words.end(), [&](const std::string& w) {
        return (w == "person" && t_[token].name == NameKind::person) ||
               (w == "organization" && t_[token].name == NameKind::organization);
      });
    if (c.key == "capital") {
      size_t zero = 0;
      return is_upper(decode_utf8(t_[token].form, zero));
    }
    if (c.key == "ambiguous")
      return month_named_like_a_word(low_[token]) &&
             (!t_.noun(token) || low_[token] == "may" || low_[token] == "march") &&
             !t_.tag(token, "NNP");
    if (c.key == "half") return bound(subject)->value == "1" || bound(subject)->value == "2";
    if (c.key == "tight") {
      for (int i = begin; i + 1 < end; ++i)
        if (t_[i].space_after &&
            (c.words[0].empty() ||
             (bound(c.words[0]) && i + 1 == bound(c.words[0])->token && word(i) == "-")))
          return false;
      return true;
    }
    if (c.key == "published") return published_.has_value();
    if (c.key == "told") return told(unit().empty() ? 'D' : unit()[0]).has_value();
    // "February 29, 2023": with a year behind it, a day that does not exist in that year is no day
    // of another.
    if (c.key == "noyear")
      return !(after.size() == 4 && number(after) > 1500) &&
             !(after == "," && word(end + 1).size() == 4 && number(word(end + 1)) > 1500);
    if (c.key == "quartertold") return !quarter_told().empty();
    if (c.key == "clockunit") return clock_unit(unit());
    if (c.key == "unitis") return any(c.words, unit());
    if (c.key == "age") return after == "old" || (after == "-" && word(end + 1) == "old");
    if (c.key == "rate") {
      if (begin == 0 || before == "for" || t_.tag(begin - 1, "IN") || t_.verb(begin - 1) ||
          t_.tag(begin - 1, "RB"))
        return false;
      return low_[begin] == "per" || t_.tag(begin - 1, "NN") || t_.tag(begin - 1, "CD") ||
             before == "times" || before == "%" || before == "twice" || before == "once";
    }
    // "for a week", "took a year", "half of a day's work": a length, not just any day.
    if (c.key == "duration") {
      static const std::vector<std::string> spans = {
          "for",   "within",  "over",  "in",      "during",    "after", "of",
          "than",  "lasted",  "last",  "took",    "take",      "takes", "spent",
          "spend", "least",   "about", "nearly",  "almost",    "only",  "until",
          "by",    "another", "once",  "through", "throughout"};
      bool one = low_[begin] == "one" || low_[begin] == "another";
      bool long_one = end - begin > 2;
      const std::string& article = low_[begin];
      if (article == "the")
        return long_one || (before == "for" || before == "of" || before == "during" ||
                            before == "over" || before == "through" || before == "throughout");
      return any(spans, before) || (one && !t_.tag(begin, "NN") && unit() != "D") ||
             (long_one && article != "a");
    }
    if (c.key == "counted") {
      static const std::vector<std::string> things = {
          "people",  "troops",  "soldiers",  "dollars",  "tons",       "tonnes", "workers",
          "men",     "percent", "%",         "km",       "kilometers", "miles",  "euros",
          "million", "others",  "civilians", "refugees", "points",     "feet",   "meters",
          "homes",   "cases",   "jobs",      "members",  "students",   "women",  "children",
          "yards",   "votes",   "seats"};
      return any(things, after) || before == "$" || before == "#" || before == "€" || before == "£";
    }
    // A four-digit number that is a year: by what stands before it, or by its place in the tree.
    if (c.key == "year") {
      static const std::vector<std::string> lead_in = {
          "in",     "since", "by",   "of",   "until", "from",    "during",    "for",    "through",
          "before", "after", "to",   "late", "early", "between", "and",       "around", "(",
          "as",     "till",  "post", "pre",  "mid",   "than",    "throughout"};
      if (number(low_[begin]) >= 0 && number(low_[begin]) < 1700) return false;
      // "2000 people"
      if (end - begin == 1 && t_.is(begin, "nummod") && t_[begin].head > begin &&
          t_.tag(t_[begin].head, "NNS"))
        return false;
      if (end - begin > 1 || any(lead_in, before) || t_.is_any(begin, {"obl", "nmod"}) ||
          after == ")")
        return true;
      int head = t_[begin].head;
      return t_.tag(begin, "CD") && t_.is_any(begin, {"nummod", "compound", "nmod"}) &&
             head > begin && t_.noun(head) && !t_.tag(head, "NNS");
    }
    if (c.key == "lastnoun") return t_.noun(end - 1) && t_[end - 1].head != end;
    return true;
  };
  for (const TimeCondition& c : rule.conditions)
    if (one(c) == c.negated) return false;
  return true;
}

// What the functions of rules.tsv mean.
std::string Times::evaluate(const TimeCall& call, int begin, int end,
                            const TimeBindings& bindings) const {
  if (call.kind == TimeCall::Kind::word) return call.name;
  if (call.kind == TimeCall::Kind::variable) {
    auto found = bindings.find(call.name);
    return found == bindings.end() || found->second.token < 0 ? "" : found->second.value;
  }
  std::vector<std::string> a;
  for (const TimeCall& argument : call.arguments)
    a.push_back(evaluate(argument, begin, end, bindings));
  a.resize(4);
  const std::string& f = call.name;
  Tense tense = tense_of(begin, end);
  auto vague = [](int n) {
    return std::string(n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF");
  };
  auto integer = [](const std::string& s) { return std::atoi(s.c_str()); };
  if (f == "minus") return a[0].empty() ? "" : "-" + a[0];
  if (f == "date" || (f == "near" && number(a[2]) > 0)) {
    int y = integer(f == "date" ? a[0] : a[2]), m = integer(f == "date" ? a[1] : a[0]),
        d = integer(f == "date" ? a[2] : a[1]);
    return m >= 1 && m <= 12 && d >= 1 && d <= month_length(y, m) ? iso({y, m, d}) : "";
  }
  if (f == "slashed") {
    // Month first, as in America, unless that is impossible.
    int m = integer(a[0]), d = integer(a[1]), y = integer(a[2]);
    if (m > 12) std::swap(m, d);
    return m >= 1 && m <= 12 && d >= 1 && d <= month_length(y, m) ? iso({y, m, d}) : "";
  }
  if (f == "near")
    return near(integer(a[0]), integer(a[1]), a[3] == "future" ? Tense::future : tense);
  if (f == "near_month") return near_month(integer(a[0]), a[1] == "future" ? Tense::future : tense);
  if (f == "month") return number(a[0]) > 0 ? iso_month(integer(a[0]), integer(a[1])) : a[0];
  if (f == "month_set") return fmt::format("XXXX-{:02}", integer(a[0]));
  if (f == "month_by") {
    int m = integer(a[1]), direction = integer(a[0]);
    if (!published_) return fmt::format("XXXX-{:02}", m);
    int y = published_->year;
    // "Last October" said in November is not the month just gone, which would be "last month".
    if (direction < 0 && m >= published_->month - 1) --y;
    if (direction > 0 && m <= published_->month) ++y;
    return iso_month(y, m);
  }
  if (f == "week_of") {
    auto day = parse_day(a[0]);
    return day ? iso_week(*day) : "";
  }
  if (f == "weekday") return weekday_value(integer(a[0]), a[1], tense);
  if (f == "weekday_set") return "XXXX-WXX-" + a[0];
  if (f == "weekend") {
    if (!published_) return vague(0);
    bool coming = low_[begin] == "this" || tense == Tense::future || weekday(*published_) >= 6;
    return shifted(*published_, "WE", coming ? 0 : -1);
  }
  if (f == "shift" || f == "ago" || f == "ahead") {
    bool ago = f != "shift";
    const std::string& unit = a[0];
    if (a[1] == "X" || a[1].find('.') != std::string::npos) return vague(f == "ahead" ? 1 : -1);
    int n = integer(a[1]) * (f == "ago" ? -1 : 1);
    if (!published_) return vague(n);
    if (clock_unit(unit)) return ago ? (n < 0 ? "PAST_REF" : "FUTURE_REF") : "";
    return shifted(*published_, unit, n);
  }
  if (f == "told") {
    int n = integer(a[1]);
    std::optional<Day> anchor = told(a[0].empty() ? 'D' : a[0][0]);
    if (a[1] == "X" || clock_unit(a[0])) return vague(n);
    if (!anchor) anchor = published_;
    return anchor ? shifted(*anchor, a[0], n) : vague(n);
  }
  if (f == "season") return number(a[1]) > 0 ? fmt::format("{:04}-{}", integer(a[1]), a[0]) : "";
  if (f == "season_by") return season_by(a[0], integer(a[1]), tense);
  if (f == "quarter" || f == "half") {
    if (number(a[1]) > 0)
      return fmt::format("{:04}-{}{}", integer(a[1]), f == "half" ? 'H' : 'Q', a[0]);
    if (a[1] != "none" || !published_)
      return fmt::format("XXXX-{}{}", f == "half" ? 'H' : 'Q', a[0]);
    return quarter_near(integer(a[0]), f == "half", tense);
  }
  if (f == "quarter_told") {
    std::string quarter = quarter_told();
    if (quarter.empty() && published_)
      quarter = shifted(*published_, "Q", published_->month % 3 == 1 ? -1 : 0);
    return quarter.empty() ? vague(-1)
                           : fmt::format("{:04}{}", integer(quarter.substr(0, 4)) + integer(a[0]),
                                         quarter.substr(4));
  }
  if (f == "year_before") {
    std::string quarter = quarter_told();
    return quarter.empty()
               ? shifted(*published_, "Y", -1)
               : fmt::format("{:04}{}", integer(quarter.substr(0, 4)) - 1, quarter.substr(4));
  }
  if (f == "length") return length(a[0], a[1]);
  if (f == "length_up") return length(a[0], !a[1].empty() ? a[1] : "X");
  if (f == "half_length")
    return a[0] == "TH"   ? "PT30M"
           : a[0] == "Y"  ? "P6M"
           : a[0] == "DE" ? "P5Y"
           : a[0] == "CE" ? "P50Y"
                          : length(a[0], "0.5");
  if (f == "part")
    return a[0].size() == 10 && isdigit(static_cast<unsigned char>(a[0][9]))
               ? a[0] + (a[1][0] == 'T' ? "" : "T") + a[1]
               : "";
  if (f == "clock") {
    std::string day = a[2].size() == 10 ? a[2] : published_ ? iso(*published_) : "XXXX-XX-XX";
    int hour = integer(a[0]),
        minute = a[0].find(':') == std::string::npos ? 0 : integer(a[0].substr(a[0].find(':') + 1));
    if (a[0].find(':') == std::string::npos && hour > 12) return "";
    if (a[1] == "pm" && hour < 12) hour += 12;
    if (a[1] == "am" && hour == 12) hour = 0;
    return fmt::format("{}T{:02}:{:02}", day, hour, minute);
  }
  if (f == "feast") return feast_near(a[0], tense);
  if (f == "feast_of") return TimeGrammar::feast(a[0], integer(a[1]));
  return "";
}

std::optional<Day> Times::told(char unit) const {
  int looked = 0;
  for (auto it = times_.rbegin(); it != times_.rend() && looked < 12; ++it, ++looked) {
    if (it->type != "DATE" && it->type != "TIME") continue;
    const std::string& v = it->value;
    if (auto day = parse_day(v)) return day;
    if (v.size() < 4 || !isdigit(static_cast<unsigned char>(v[3]))) continue;
    int year = number(std::string_view(v).substr(0, 4));
    if (year < 0) continue;
    if ((unit == 'M' || unit == 'Q' || unit == 'Y') && v.size() == 7 &&
        isdigit(static_cast<unsigned char>(v[5])))
      return Day{year, std::max(1, number(std::string_view(v).substr(5, 2))), 1};
    if (unit == 'Y') return Day{year, 1, 1};
  }
  return std::nullopt;
}

// The quarter a business report speaks of: the one it named last.
std::string Times::quarter_told() const {
  for (size_t i = times_.size(), looked = 0; i-- > 0 && looked < 10; ++looked)
    if (const std::string& v = times_[i].value;
        !compared_[i] && v.size() == 7 && v[5] == 'Q' && isdigit(static_cast<unsigned char>(v[0])))
      return v;
  return "";
}

Times::Tense Times::tense_of(int begin, int end) const {
  int head = begin;
  for (int i = begin; i < end; ++i)
    if (t_[i].head < begin || t_[i].head >= end) head = i;
  if (begin > 0 && low_[begin - 1] == "since") return Tense::past;
  // "a June agreement", "Thursday's price": the verb above dates something else.
  if (t_.is(head, "compound") || std::string_view(t_[head].relation) == "nmod:poss")
    return Tense::unknown;
  return tense(head);
}

Times::Tense Times::tense(int token) const {
  // "since August" looks back whatever the verb.
  if (token > 0 && low_[token - 1] == "since") return Tense::past;
  // A time clause or the quotation's own verb: the nearest verb above.
  int at = token;
  for (int steps = 0; at >= 0 && steps < 30; ++steps, at = t_[at].head) {
    if (!t_.verb(at) && !(t_.child(at, {"cop", "aux"}) >= 0)) continue;
    bool to = false, had = false, past_aux = false, present_aux = false;
    for (int c : t_.children(at)) {
      if (t_.is(c, "mark") && low_[c] == "to") to = true;
      if (t_.is_any(c, {"aux", "cop"})) {
        had |= t_.lemma(c) == "have";
        past_aux |= t_.tag(c, "VBD");
        present_aux |= t_.tag(c, "VBZ") || t_.tag(c, "VBP");
      }
    }
    std::string_view modal = t_.modal(at);
    if (modal == "will" || modal == "shall" || modal == "would" || modal == "may" ||
        modal == "should" || modal == "must" || modal == "could" || modal == "can")
      return had ? Tense::past : Tense::future;
    if (to) {
      // "agreed to meet Friday", "likely to fall", "a plan to sell" look ahead; other infinitives
      // share the time of what governs them.
      static const std::vector<std::string_view> ahead = {
          "agree",    "plan",     "expect",  "schedule", "set",   "intend",  "hope", "want",
          "vow",      "decide",   "likely",  "due",      "ready", "order",   "ask",  "urge",
          "offer",    "promise",  "propose", "invite",   "be",    "prepare", "seek", "need",
          "consider", "threaten", "pledge",  "project",  "slate", "unlikely"};
      int up = t_[at].head;
      if (up < 0 || t_.noun(up) ||
          std::find(ahead.begin(), ahead.end(), t_.lemma(up)) != ahead.end())
        return Tense::future;
      continue;
    }
    if (t_.tag(at, "VBD") || past_aux || had) return Tense::past;
    if (t_.tag(at, "VBN") && !present_aux && !past_aux) return Tense::past;
    if (t_.tag(at, "VBG") && present_aux) return Tense::future;
    if (t_.tag(at, "VBG")) continue;
    if (present_aux || t_.tag(at, "VBZ") || t_.tag(at, "VBP"))
      return t_.tag(at, "VBN") && !present_aux ? Tense::past : Tense::present;
    return Tense::unknown;
  }
  return Tense::unknown;
}

// A day of a month without a year: the nearest one that the tense allows.
std::string Times::near(int month, int day, Tense tense) const {
  if (month < 1 || month > 12 || day < 1 || day > month_length(2000, month)) return "";
  if (!published_) return fmt::format("XXXX-{:02}-{:02}", month, day);
  Day p = *published_;
  int year = -1;
  long best = 1L << 40;
  for (int y = p.year - 1; y <= p.year + 1; ++y) {
    if (day > month_length(y, month)) continue;
    long away = day_number({y, month, day}) - day_number(p);
    long cost = std::labs(away);
    if (tense == Tense::past && away > 1) cost += 200;
    if ((tense == Tense::future || tense == Tense::present) && away < -1) cost += 120;
    if (cost < best) {
      best = cost;
      year = y;
    }
  }
  // Feb. 29 with no leap year near: the last one.
  for (int y = p.year - 1; year < 0; --y)
    if (day <= month_length(y, month)) year = y;
  return iso({year, month, day});
}

std::string Times::near_month(int month, Tense tense) const {
  if (!published_) return fmt::format("XXXX-{:02}", month);
  int year = published_->year, away = month - published_->month;
  if (tense == Tense::future) {
    if (away < 0) ++year;
  } else if (away > 0 && !(tense != Tense::past && away <= 4)) {
    --year;
  } else if (away < -8 && tense != Tense::past) {
    ++year;
  }
  return iso_month(year, month);
}

std::string Times::weekday_value(int wanted, const std::string& mode, Tense tense) const {
  if (!published_) return "XXXX-WXX-" + std::to_string(wanted);
  Day p = *published_;
  int away = wanted - weekday(p);
  if (mode == "last_week") away -= 7;
  else if (mode == "next_week") away += 7;
  else if (mode == "week_after") away += away <= 0 ? 14 : 7;
  else if (mode == "last") away -= away >= 0 ? 7 : 0;
  else if (mode == "next") away += away <= 0 ? 7 : 0;
  else if (mode == "this") away += away < 0 && tense == Tense::future ? 7 : 0;
  else if (tense == Tense::future) away += away < 0 ? 7 : 0;
  else if (away > 0 && (tense != Tense::present || away > 3)) away -= 7;
  return iso(add_days(p, away));
}

std::string Times::season_by(const std::string& season, int direction, Tense tense) const {
  if (!published_) return "XXXX-" + season;
  int first = season == "SP"   ? 3
              : season == "SU" ? 6
              : season == "FA" ? 9
                               : 12,
      y = published_->year, m = published_->month;
  if (season == "WI") {
    // A winter is called by the year in which it begins.
    bool inside = m == 12 || m <= 2;
    int latest = m == 12 ? y : y - 1;  // the one that goes on or is over
    if (direction < 0) return fmt::format("{:04}-WI", inside ? latest - 1 : latest);
    if (direction > 0) return fmt::format("{:04}-WI", latest + 1);
    return fmt::format("{:04}-WI", inside || tense != Tense::future ? latest : latest + 1);
  }
  if (direction < 0 && m <= first + 2) --y;
  if (direction > 0 && m >= first) ++y;
  if (direction == 0 && tense == Tense::past && m < first) --y;
  if (direction == 0 && tense == Tense::future && m > first + 2) ++y;
  return fmt::format("{:04}-{}", y, season);
}

std::string Times::quarter_near(int order, bool half, Tense tense) const {
  int y = published_->year, months = half ? 6 : 3, last = order * months, first = last - months + 1;
  if (tense != Tense::future && first > published_->month + 1) --y;
  if (tense == Tense::future && last + 4 < published_->month)
    ++y;  // one just over is still to be reported
  return fmt::format("{:04}-{}{}", y, half ? 'H' : 'Q', order);
}

// The feast nearest in the direction that the tense gives.
std::string Times::feast_near(const std::string& rule, Tense tense) const {
  if (rule.size() == 10) return rule;
  if (!published_) return rule.size() == 5 ? "XXXX-" + rule : "";
  long best = 1L << 40;
  std::string out;
  for (int y = published_->year - 1; y <= published_->year + 1; ++y) {
    std::string value = TimeGrammar::feast(rule, y);
    auto day = parse_day(value);
    if (!day) continue;
    long away = day_number(*day) - day_number(*published_), cost = std::labs(away);
    if (tense == Tense::past && away > 1) cost += 400;
    if (tense == Tense::future && away < -1) cost += 400;
    if (cost < best) {
      best = cost;
      out = value;
    }
  }
  return out;
}

const TimeExpression* Times::of(int token) const {
  if (token < 0) return nullptr;
  const TimeExpression* best = nullptr;
  int distance = 1 << 30;
  for (size_t k = 0; k < times_.size(); ++k) {
    const TimeExpression& x = times_[k];
    if ((x.type != "DATE" && x.type != "TIME") || x.value.ends_with("_REF")) continue;
    int i = ranges_[k].begin;
    if (t_.sentence_of(i) != t_.sentence_of(token)) continue;
    // "the highest since 1976": where something began, not when this was.
    if (i > 0 && (low_[i - 1] == "since" || low_[i - 1] == "until")) continue;
    // The expression's head hangs on the token, through phrases but through no other finite clause.
    int at = -1;
    for (int j = ranges_[k].begin; j < ranges_[k].end; ++j)
      if (t_[j].head < ranges_[k].begin || t_[j].head >= ranges_[k].end) at = j;
    int steps = 0;
    bool hangs = false;
    for (; at >= 0 && steps < 8; ++steps) {
      if (at == token) {
        hangs = true;
        break;
      }
      // The date of what is offered, asked or planned is not the date of the offer.
      if (steps > 0 &&
          (t_.is_any(at, {"ccomp", "acl", "advcl", "parataxis", "csubj"}) ||
           (t_.is(at, "xcomp") && t_.mark_of(at) == "to") || (t_.is(at, "conj") && t_.verb(at))))
        break;
      at = t_[at].head;
    }
    if (!hangs) continue;
    int away = steps * 100 + std::abs(i - token);
    if (away < distance) {
      distance = away;
      best = &x;
    }
  }
  if (best) return best;
  // "in October when he called …": the month itself is what the clause tells of.
  int up = t_[token].head;
  if (up < 0) return nullptr;
  if (t_.is(token, "acl"))
    for (size_t k = 0; k < times_.size(); ++k)
      if (up >= ranges_[k].begin && up < ranges_[k].end &&
          (times_[k].type == "DATE" || times_[k].type == "TIME") &&
          !times_[k].value.ends_with("_REF"))
        return &times_[k];
  // "walked out in November, demanding …", "collapsed in August when Olm ended …": the same time as
  // the clause above.
  if (!t_.is(token, "advcl")) return nullptr;
  bool when = t_.tag(token, "VBG") && t_.mark_of(token).empty();
  for (int c : t_.children(token)) when |= low_[c] == "when" && t_.is_any(c, {"mark", "advmod"});
  return when ? of(up) : nullptr;
}

const TimeExpression* Times::in(Span span) const {
  for (const TimeExpression& x : times_)
    if ((x.type == "DATE" || x.type == "TIME") && span.contains(x.span)) return &x;
  return nullptr;
}

}  // namespace chancery
