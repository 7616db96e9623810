#include "reading/times.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

using Lookup = std::unordered_map<std::string_view, int>;
using Words = std::unordered_set<std::string_view>;

const Lookup kMonths = {{"january", 1}, {"february", 2}, {"march", 3}, {"april", 4}, {"may", 5}, {"june", 6}, {"july", 7}, {"august", 8}, {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12}, {"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sept", 9}, {"sep", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12}, {"jan.", 1}, {"feb.", 2}, {"mar.", 3}, {"apr.", 4}, {"jun.", 6}, {"jul.", 7}, {"aug.", 8}, {"sept.", 9}, {"sep.", 9}, {"oct.", 10}, {"nov.", 11}, {"dec.", 12}};
const Lookup kWeekdays = {{"monday", 1}, {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5}, {"saturday", 6}, {"sunday", 7}, {"mon.", 1}, {"tue.", 2}, {"tues.", 2}, {"wed.", 3}, {"thu.", 4}, {"thurs.", 4}, {"fri.", 5}};
const Lookup kNumbers = {{"a", 1}, {"an", 1}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"eighteen", 18}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50}, {"sixty", 60}, {"ninety", 90}, {"hundred", 100}};
const Lookup kOrdinals = {{"first", 1}, {"second", 2}, {"third", 3}, {"fourth", 4}};
const Words kVague = {"several", "few", "some", "many", "recent", "couple"};
const Lookup kUnits = {{"year", 'Y'}, {"years", 'Y'}, {"month", 'M'}, {"months", 'M'}, {"week", 'W'}, {"weeks", 'W'}, {"day", 'D'}, {"days", 'D'}, {"decade", 'E'}, {"decades", 'E'}, {"century", 'C'}, {"centuries", 'C'}, {"hour", 'h'}, {"hours", 'h'}, {"minute", 'm'}, {"minutes", 'm'}, {"second", 's'}, {"seconds", 's'}, {"quarter", 'Q'}, {"quarters", 'Q'}, {"weekend", 'K'}, {"weekends", 'K'}, {"night", 'N'}, {"nights", 'N'}, {"yr", 'Y'}, {"yrs", 'Y'}, {"hrs", 'h'}, {"mins", 'm'}, {"secs", 's'}};
const std::unordered_map<std::string_view, const char*> kSeasons = {{"spring", "SP"}, {"summer", "SU"}, {"autumn", "FA"}, {"fall", "FA"}, {"winter", "WI"}};
const std::unordered_map<std::string_view, const char*> kParts = {{"morning", "TMO"}, {"afternoon", "TAF"}, {"evening", "TEV"}, {"night", "TNI"}, {"midday", "TMI"}};

int number_of(const std::string& w) {
  auto found = kNumbers.find(w);
  if (found != kNumbers.end()) return found->second;
  int value = -1;
  std::string digits = replace_all(w, ",", "");
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

int year_of(const std::string& w) {
  if (w.size() != 4 || w.find_first_not_of("0123456789") != std::string::npos) return -1;
  int y = number_of(w);
  return y >= 1500 && y <= 2099 ? y : -1;
}

int day_of(std::string w) {
  for (const char* ending : {"st", "nd", "rd", "th"})
    if (w.size() > 2 && w.ends_with(ending) && isdigit(static_cast<unsigned char>(w[0]))) w.resize(w.size() - 2);
  if (w.size() > 2 || w.empty() || w.find_first_not_of("0123456789") != std::string::npos) return -1;
  int d = number_of(w);
  return d >= 1 && d <= 31 ? d : -1;
}

std::string duration(char unit, const std::string& count) {
  switch (unit) {
    case 'E': return "P" + count + "DE";
    case 'C': return "P" + count + "CE";
    case 'h': return "PT" + count + "H";
    case 'm': return "PT" + count + "M";
    case 's': return "PT" + count + "S";
    case 'Q': return "P" + count + "Q";
    case 'K': return "P" + count + "WE";
    case 'N': return "P" + count + "NI";
    default: return "P" + count + std::string(1, unit);
  }
}

// The unit's calendar value around a day moved by n units: year, month, week or day.
std::string moved(Day p, char unit, int n) {
  switch (unit) {
    case 'Y': return fmt::format("{:04}", p.year + n);
    case 'M': { Day d = add_months({p.year, p.month, 1}, n); return iso_month(d.year, d.month); }
    case 'W': return iso_week(add_days(p, 7L * n));
    case 'K': return iso_week(add_days(p, 7L * n)) + "-WE";
    case 'D': return iso(add_days(p, n));
    case 'E': return fmt::format("{:03}", (p.year + 10 * n) / 10);
    case 'C': return fmt::format("{:02}", (p.year + 100 * n) / 100);
    case 'Q': { Day d = add_months({p.year, p.month, 1}, 3 * n); return fmt::format("{:04}-Q{}", d.year, (d.month - 1) / 3 + 1); }
    default: return "";
  }
}

}  // namespace

Times::Times(const TreeView& tree, const std::string& published) : t_(tree), published_(parse_day(published)) {
  low_.reserve(t_.size());
  for (int i = 0; i < t_.size(); ++i) low_.push_back(lower(t_[i].form));
  for (const Sentence& s : t_.document().sentences) scan(s.begin, s.end);
}

std::string Times::word(int i) const { return i >= 0 && i < static_cast<int>(low_.size()) ? low_[i] : ""; }

void Times::scan(int begin, int end) {
  for (int i = begin; i < end; ++i) {
    Found f{i, i, "", "", ""};
    if (!match(i, end, f)) continue;
    TimeExpression x;
    x.span = {t_[f.begin].span.begin, t_[f.end - 1].span.end};
    x.type = f.type;
    x.value = f.value;
    x.explain = f.rule;
    x.id = "t" + std::to_string(times_.size() + 1);
    times_.push_back(std::move(x));
    ranges_.push_back({f.begin, f.end});
    i = f.end - 1;
  }
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
    if (modal == "will" || modal == "shall" || modal == "would" || modal == "may" || modal == "should" || modal == "must" || modal == "could" || modal == "can") return had ? Tense::past : Tense::future;
    if (to) return Tense::future;
    if (t_.tag(at, "VBD") || past_aux || had) return Tense::past;
    if (t_.tag(at, "VBN") && !present_aux && !past_aux) return Tense::past;
    if (t_.tag(at, "VBG") && present_aux) return Tense::future;
    if (t_.tag(at, "VBG")) continue;
    if (present_aux || t_.tag(at, "VBZ") || t_.tag(at, "VBP")) return t_.tag(at, "VBN") && !present_aux ? Tense::past : Tense::present;
    return Tense::unknown;
  }
  return Tense::unknown;
}

// Month with or without a day and no year: the year by tense, else the nearest.
std::string Times::month_value(int, int month, int day, Tense tense) const {
  if (!published_) return day ? fmt::format("XXXX-{:02}-{:02}", month, day) : fmt::format("XXXX-{:02}", month);
  Day p = *published_;
  int year = p.year;
  if (day) {
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
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  }
  int away = month - p.month;
  if (tense == Tense::future) {
    if (away < 0) ++year;
  } else if (tense == Tense::past || tense == Tense::unknown || tense == Tense::present) {
    if (away > 0 && !(tense != Tense::past && away <= 4)) --year;
  }
  return iso_month(year, month);
}

bool Times::match(int i, int end, Found& f) {
  const std::string& w = low_[i];
  auto set = [&](int stop, const char* type, std::string value, const char* rule) {
    f.end = stop;
    f.type = type;
    f.value = std::move(value);
    f.rule = rule;
    return !f.value.empty();
  };
  auto at = [&](int k) -> const std::string& {
    static const std::string none;
    return k >= 0 && k < end ? low_[k] : none;
  };
  Day p = published_.value_or(Day{});
  bool dated = published_.has_value();
  auto relative = [&](std::string value, const char* fallback) { return dated ? value : std::string(fallback); };
  std::string before = i > 0 ? word(i - 1) : "";

  // "2025-09-23", "2025-09-23T08:19"
  if (year_of(w) > 0 && at(i + 1) == "-" && day_of(at(i + 2)) > 0 && at(i + 3) == "-" && day_of(at(i + 4)) > 0 && !t_[i].space_after) {
    std::string value = low_[i] + "-" + low_[i + 2] + "-" + low_[i + 4];
    if (parse_day(value)) return set(i + 5, "DATE", value, "ISO date");
  }
  // Months
  auto month = kMonths.find(w);
  int lead = i;  // "early May", "mid-May", "last May"
  std::string modifier;
  if (month == kMonths.end() && (w == "last" || w == "next" || w == "this" || w == "early" || w == "late" || w == "mid" || w == "mid-" || w.starts_with("mid-"))) {
    int k = i + 1;
    if (w.starts_with("mid-") && w.size() > 4) {
      auto m = kMonths.find(std::string_view(w).substr(4));
      if (m != kMonths.end()) {
        int y = at(k) == "," ? year_of(at(k + 1)) : year_of(at(k));
        if (y > 0) return set(at(k) == "," ? k + 2 : k + 1, "DATE", iso_month(y, m->second), "middle of a month");
        return set(k, "DATE", month_value(i, m->second, 0, tense(i)), "middle of a month");
      }
    }
    if (at(k) == "-") ++k;
    if (at(k) == "last" || at(k) == "next" || at(k) == "this") {
      modifier = at(k);
      ++k;
    } else {
      modifier = w;
    }
    auto m = kMonths.find(at(k));
    if (m != kMonths.end() && (k > i + 1 || w != "mid")) {
      month = m;
      lead = k;
    } else if (m != kMonths.end()) {
      month = m;
      lead = k;
    }
  }
  if (month != kMonths.end()) {
    bool plain = w == "may" || w == "march" || w == "mar" || w == "jun" || w == "sep" || w == "dec" || w == "august";
    size_t zero = 0;
    bool capital = is_upper(decode_utf8(t_[lead].form, zero));
    bool verb_like = t_.tag(lead, "MD") || t_.tag(lead, "VB");
    if (capital && !(plain && verb_like && day_of(at(lead + 1)) < 0)) {
      int k = lead + 1, m = month->second;
      if (at(k) == "." && day_of(at(k + 1)) > 0) ++k;
      int d = day_of(at(k));
      bool number_goes_on = at(k + 1) == "percent" || at(k + 1) == "%" || at(k + 1) == "million" || at(k + 1) == "billion";
      if (d > 0 && !number_goes_on) {
        ++k;
        int stop = k;
        // "Dec. 14-15"
        if ((at(k) == "-" || at(k) == "–") && day_of(at(k + 1)) > 0 && !t_[k - 1].space_after) stop = k + 2;
        int y = at(stop) == "," ? year_of(at(stop + 1)) : year_of(at(stop));
        if (y > 0) {
          if (d > month_length(y, m)) return false;
          return set(at(stop) == "," ? stop + 2 : stop + 1, "DATE", fmt::format("{:04}-{:02}-{:02}", y, m, d), "month, day and year");
        }
        return set(stop, "DATE", month_value(lead, m, d, tense(lead)), "month and day; year by tense and publication date");
      }
      int y = at(k) == "," ? year_of(at(k + 1)) : at(k) == "of" ? year_of(at(k + 1)) : year_of(at(k));
      if (y > 0) return set(at(k) == "," || at(k) == "of" ? k + 2 : k + 1, "DATE", iso_month(y, m), "month and year");
      if (at(k) == "last" && at(k + 1) == "year" && dated) return set(k + 2, "DATE", iso_month(p.year - 1, m), "month of last year");
      if (at(k) == "this" && at(k + 1) == "year" && dated) return set(k + 2, "DATE", iso_month(p.year, m), "month of this year");
      if (at(k) == "next" && at(k + 1) == "year" && dated) return set(k + 2, "DATE", iso_month(p.year + 1, m), "month of next year");
      if (plain && !(t_.noun(lead)) && modifier.empty()) return false;
      if (t_[lead].name == NameKind::person) return false;
      if (modifier == "last" && dated) return set(k, "DATE", iso_month(m < p.month ? p.year : p.year - 1, m), "last + month");
      if (modifier == "next" && dated) return set(k, "DATE", iso_month(m > p.month ? p.year : p.year + 1, m), "next + month");
      if (modifier == "this" && dated) return set(k, "DATE", iso_month(p.year, m), "this + month");
      return set(k, "DATE", month_value(lead, m, 0, tense(lead)), "month; year by tense and publication date");
    }
  }
  // "23 September 2025", "the 21st of May"
  if (day_of(w) > 0) {
    int k = i + 1;
    if (at(k) == "of") ++k;
    auto m = kMonths.find(at(k));
    size_t zero = 0;
    if (m != kMonths.end() && is_upper(decode_utf8(t_[k].form, zero))) {
      int y = at(k + 1) == "," ? year_of(at(k + 2)) : year_of(at(k + 1));
      int d = day_of(w);
      if (y > 0 && d <= month_length(y, m->second)) return set(at(k + 1) == "," ? k + 3 : k + 2, "DATE", fmt::format("{:04}-{:02}-{:02}", y, m->second, d), "day, month and year");
      if (y < 0) return set(k + 1, "DATE", month_value(k, m->second, d, tense(k)), "day and month; year by tense and publication date");
    }
  }
  // Weekdays
  auto weekday_value = [&](int k, const std::string& direction) -> std::string {
    int wanted = kWeekdays.find(low_[k])->second;
    if (!dated) return "XXXX-WXX-" + std::to_string(wanted);
    int away = wanted - weekday(p);
    Tense when = tense(k);
    if (direction == "last" || direction == "past") {
      if (away >= 0) away -= 7;
    } else if (direction == "next") {
      if (away <= 0) away += 7;
    } else if (direction == "this" || direction == "coming") {
      if (away < 0 && (when == Tense::future || direction == "coming")) away += 7;
    } else if (when == Tense::future) {
      if (away < 0) away += 7;
    } else if (away > 0 && (when == Tense::past || when == Tense::unknown)) {
      away -= 7;
    } else if (when == Tense::present && away > 3) {
      away -= 7;
    }
    return iso(add_days(p, away));
  };
  {
    int k = i;
    std::string direction;
    if ((w == "last" || w == "next" || w == "this" || w == "past" || w == "coming") && kWeekdays.count(at(i + 1))) {
      direction = w;
      k = i + 1;
    }
    if (kWeekdays.count(at(k)) && (k > i || !t_.tag(k, "VB"))) {
      size_t zero = 0;
      if (is_upper(decode_utf8(t_[k].form, zero)) && t_[k].name != NameKind::organization) {
        std::string value = weekday_value(k, direction);
        auto part = kParts.find(at(k + 1));
        // "Tuesday, Sept. 21": the date says it all; both are one expression.
        if (at(k + 1) == "," && kMonths.count(at(k + 2)) && day_of(at(k + 3)) > 0) {
          Found inner{k + 2, k + 2, "", "", ""};
          if (match(k + 2, end, inner) && inner.type == "DATE") return set(inner.end, "DATE", inner.value, "weekday and date");
        }
        if (part != kParts.end()) return set(k + 2, "TIME", value + part->second, "weekday and part of day");
        return set(k + 1, "DATE", value, direction.empty() ? "weekday; week by tense and publication date" : "last or next weekday");
      }
    }
  }
  // Today and its neighbours
  if (w == "today" || w == "yesterday" || w == "tomorrow") {
    int n = w == "today" ? 0 : w == "yesterday" ? -1 : 1;
    auto part = kParts.find(at(i + 1));
    std::string value = relative(iso(add_days(p, n)), w == "today" ? "PRESENT_REF" : n < 0 ? "PAST_REF" : "FUTURE_REF");
    if (part != kParts.end() && dated) return set(i + 2, "TIME", value + part->second, "day and part of day");
    return set(i + 1, "DATE", value, "today, yesterday, tomorrow");
  }
  if (w == "tonight") return set(i + 1, "TIME", relative(iso(p) + "TNI", "PRESENT_REF"), "tonight");
  if (w == "overnight" && t_.is(i, "advmod")) return set(i + 1, "TIME", relative(iso(p) + "TNI", "PAST_REF"), "overnight");
  if ((w == "this" || w == "last") && kParts.count(at(i + 1)) && dated) {
    bool last = w == "last";
    return set(i + 2, "TIME", iso(add_days(p, last ? -1 : 0)) + kParts.find(at(i + 1))->second, "part of this or the last day");
  }
  if (w == "now" || w == "currently" || w == "presently" || w == "nowadays") {
    if (w == "now" && (t_.is(i, "discourse") || at(i + 1) == "that")) return false;
    return set(i + 1, "DATE", "PRESENT_REF", "vague present");
  }
  if (w == "recently" || w == "lately" || w == "formerly" || w == "previously" ) return w == "previously" || w == "formerly" ? false : set(i + 1, "DATE", "PAST_REF", "vague past");
  if (w == "soon" || w == "shortly") return at(i + 1) == "after" || before == "as" ? false : set(i + 1, "DATE", "FUTURE_REF", "vague future");
  // "the weekend", "this weekend"
  // The quarter a business report speaks of: the one it named last, else the one of its date.
  auto last_quarter = [&]() -> std::string {
    int looked = 0;
    for (auto it = times_.rbegin(); it != times_.rend() && looked < 8; ++it, ++looked)
      if (it->value.size() == 7 && it->value[5] == 'Q') return it->value;
    return "";
  };
  auto year_before = [&](const std::string& quarter) { return fmt::format("{:04}{}", std::stoi(quarter.substr(0, 4)) - 1, quarter.substr(4)); };
  {
    int q = w == "the" || w == "a" ? i + 1 : i;
    bool ago = at(q) == "year" && at(q + 1) == "-" && (at(q + 2) == "earlier" || at(q + 2) == "ago");
    if (ago && dated) {
      int stop = at(q + 3) == "quarter" || at(q + 3) == "period" ? q + 4 : q + 3;
      std::string quarter = last_quarter();
      return set(stop, "DATE", quarter.empty() ? fmt::format("{:04}", p.year - 1) : year_before(quarter), "the year before");
    }
    bool a_year = (w == "a" || w == "one") && at(i + 1) == "year" && (at(i + 2) == "earlier" || at(i + 2) == "ago");
    if (a_year && !last_quarter().empty()) return set(i + 3, "DATE", year_before(last_quarter()), "the same quarter of the year before");
    if (w == "the" && (at(i + 1) == "quarter" || (at(i + 1) == "latest" && (at(i + 2) == "quarter" || at(i + 2) == "period"))) && dated) {
      int stop = at(i + 1) == "quarter" ? i + 2 : i + 3;
      std::string quarter = last_quarter();
      if (at(stop) != "of" && at(stop) != "-") return set(stop, "DATE", quarter.empty() ? moved(p, 'Q', p.month % 3 == 1 ? -1 : 0) : quarter, "the quarter spoken of");
    }
    if (w == "recent" && kUnits.count(at(i + 1)) && at(i + 1).ends_with("s")) return set(i + 2, "DATE", "PAST_REF", "vague past");
    if (w == "the" && (at(i + 1) == "future" || (at(i + 1) == "near" && at(i + 2) == "future")) && !t_.is(i + 1, "compound")) return set(at(i + 1) == "near" ? i + 3 : i + 2, "DATE", "FUTURE_REF", "vague future");
    if (w == "the" && at(i + 1) == "past" && t_.noun(i + 1) && !kUnits.count(at(i + 2)) && number_of(at(i + 2)) < 0 && !kVague.count(at(i + 2))) return set(i + 2, "DATE", "PAST_REF", "vague past");
    if (w == "future" && t_.noun(i) && before != "the" && !t_.is(i, "compound")) return set(i + 1, "DATE", "FUTURE_REF", "vague future");
  }
  // last / this / next / past / coming + unit or season; with a number in between a duration
  bool the = w == "the" || w == "these" || w == "those";
  int k = the ? i + 1 : i;
  std::string which = at(k);
  if (which == "last" || which == "next" || which == "this" || which == "past" || which == "previous" || which == "coming" || which == "current" || which == "following" || which == "same" || which == "preceding" || which == "upcoming" || (the && (which == "weekend"))) {
    if (the && which == "weekend") return set(k + 1, "DATE", relative(moved(p, 'K', tense(k) == Tense::future ? 0 : weekday(p) <= 5 ? -1 : 0), "PAST_REF"), "the weekend");
    int u = k + 1;
    std::string count;
    int n = number_of(at(u));
    if (n > 0 && at(u) != "a" && at(u) != "an") {
      count = std::to_string(n);
      ++u;
    } else if (kVague.count(at(u))) {
      count = "X";
      ++u;
    }
    if (at(u) == "fiscal" || at(u) == "full" || at(u) == "calendar") ++u;
    auto unit = kUnits.find(at(u));
    auto season = kSeasons.find(at(u));
    if (unit != kUnits.end() && !(at(u) == "second") && !(at(u) == "seconds" && count.empty())) {
      char x = static_cast<char>(unit->second);
      bool plural = at(u).ends_with("s") || at(u) == "centuries";
      if (!count.empty() || plural) {
        if (which == "last" || which == "past" || which == "next" || which == "coming" || which == "previous" || which == "preceding" || which == "following") return set(u + 1, "DURATION", duration(x, count.empty() ? "X" : count), "length up to or from now");
      } else {
        if (which == "past" || (the && which == "last" && x != 'K')) return the ? set(u + 1, "DURATION", duration(x, "1"), "length up to now") : false;
        int n2 = which == "last" || which == "previous" || which == "preceding" ? -1 : which == "next" || which == "coming" || which == "upcoming" || which == "following" ? 1 : 0;
        if (which == "same" || (which == "following" && x == 'D') || (which == "previous" && x == 'D')) {
          // Anchored in what was told before.
          for (auto it = times_.rbegin(); it != times_.rend(); ++it)
            if (auto anchor = parse_day(it->value)) return set(u + 1, "DATE", moved(*anchor, x, n2), "counted from the date before");
          return false;
        }
        if (x == 'h' || x == 'm' || x == 's') return false;
        if (!dated) return set(u + 1, "DATE", n2 < 0 ? "PAST_REF" : n2 > 0 ? "FUTURE_REF" : "PRESENT_REF", "relative without publication date");
        if (x == 'N') return set(u + 1, "TIME", iso(add_days(p, n2)) + "TNI", "night");
        if (x == 'K' && n2 == 0 && which == "this") return set(u + 1, "DATE", moved(p, 'K', 0), "this weekend");
        return set(u + 1, "DATE", moved(p, x, n2), "last, this or next unit");
      }
    }
    if (season != kSeasons.end() && count.empty() && dated && (season->first != "fall" || t_.noun(u)) && (season->first != "spring" || t_.noun(u))) {
      int order = season->first == "spring" ? 4 : season->first == "summer" ? 7 : season->first == "winter" ? 1 : 10;
      int y = p.year;
      if (which == "last" && order > p.month) --y;
      if (which == "next" && order <= p.month) ++y;
      return set(u + 1, "DATE", fmt::format("{:04}-{}", y, season->second), "season");
    }
  }
  // Quarters and halves: "the third quarter", "second-quarter", "first half of 1997"
  {
    int q = the ? i + 1 : i;
    auto ordinal = kOrdinals.find(at(q));
    if (ordinal != kOrdinals.end()) {
      int u = q + 1;
      if (at(u) == "-") ++u;
      if (at(u) == "fiscal") ++u;
      bool quarter = at(u) == "quarter", half = at(u) == "half" && ordinal->second <= 2;
      if (quarter || half) {
        int y = -1, stop = u + 1;
        if (at(stop) == "of" || at(stop) == "," || at(stop) == "in") {
          int s = stop + 1;
          if (at(s) == "fiscal") ++s;
          if (year_of(at(s)) > 0) {
            y = year_of(at(s));
            stop = s + 1;
          } else if ((at(s) == "last" || at(s) == "this" || at(s) == "next") && at(s + 1) == "year" && dated) {
            y = p.year + (at(s) == "last" ? -1 : at(s) == "next" ? 1 : 0);
            stop = s + 2;
          }
        } else if (year_of(at(stop)) > 0) {
          y = year_of(at(stop));
          ++stop;
        }
        if (y < 0 && dated) {
          y = p.year;
          int last_month = quarter ? ordinal->second * 3 : ordinal->second * 6;
          int first_month = quarter ? last_month - 2 : last_month - 5;
          if (tense(u) != Tense::future && first_month > p.month + 1) --y;
          if (tense(u) == Tense::future && last_month + 4 < p.month) ++y;  // a quarter just over is still to be reported
        }
        if (y > 0) return set(stop, "DATE", fmt::format("{:04}-{}{}", y, quarter ? "Q" : "H", ordinal->second), "quarter or half-year");
      }
    }
  }
  // Decades: "the 1990s", "1960s", "the '90s"
  {
    int q = the ? i + 1 : i;
    while (at(q) == "early" || at(q) == "late" || at(q) == "mid" || (at(q) == "-" && at(q - 1) == "mid")) ++q;
    std::string x = at(q);
    if (x.starts_with("mid-")) x = x.substr(4);
    if (x.size() == 5 && x.ends_with("0s") && year_of(x.substr(0, 4)) > 0) return set(q + 1, "DATE", x.substr(0, 3), "decade");
    if (x.size() == 4 && (x[0] == '\'' ) && x.ends_with("0s")) return set(q + 1, "DATE", "19" + x.substr(1, 1), "decade");
    // "early 1997", "late 2003"
    if (q > i && !the && year_of(x) > 0) return set(q + 1, "DATE", x, "part of a year");
    // "the 20th century"
    if (the && at(q + 1) == "century" && x.size() >= 3 && isdigit(static_cast<unsigned char>(x[0]))) {
      int c = std::atoi(x.c_str());
      if (c > 0 && c < 30) return set(q + 2, "DATE", fmt::format("{:02}", c - 1), "century");
    }
    if ((w == "early" || w == "late" || w == "mid") && (at(q) == "last" || at(q) == "this" || at(q) == "next")) {
      Found inner{q, q, "", "", ""};
      if (match(q, end, inner) && inner.type == "DATE") return set(inner.end, "DATE", inner.value, "part of a period");
    }
  }
  // Sets: "every day", "each year", "annual", "weekly"
  {
    static const std::unordered_map<std::string_view, const char*> periodic = {{"daily", "P1D"}, {"weekly", "P1W"}, {"monthly", "P1M"}, {"quarterly", "P3M"}, {"annual", "P1Y"}, {"annually", "P1Y"}, {"yearly", "P1Y"}, {"hourly", "PT1H"}, {"biennial", "P2Y"}};
    auto found = periodic.find(w);
    if (found != periodic.end() && !(w == "daily" && t_.noun(i))) return set(i + 1, "SET", found->second, "periodic word");
    if (w == "every" || w == "each") {
      int u = i + 1, n = number_of(at(u));
      if (n > 0) ++u;
      auto unit = kUnits.find(at(u));
      if (unit != kUnits.end() && at(u) != "second") return set(u + 1, "SET", duration(static_cast<char>(unit->second), std::to_string(n > 0 ? n : 1)), "every");
      if (kWeekdays.count(at(u))) return set(u + 1, "SET", "XXXX-WXX-" + std::to_string(kWeekdays.find(at(u))->second), "every weekday");
    }
  }
  // Clock times: "8:00 a.m.", "5 p.m. EST", "0600 GMT", "noon"
  {
    int hour = -1, minute = 0, stop = i + 1;
    size_t colon = w.find(':');
    if (colon != std::string::npos && colon > 0 && w.size() >= colon + 3 && w.find_first_not_of("0123456789:") == std::string::npos) {
      hour = std::atoi(w.c_str());
      minute = std::atoi(w.c_str() + colon + 1);
    } else if (w.size() == 4 && w.find_first_not_of("0123456789") == std::string::npos && at(i + 1) == "gmt") {
      hour = std::atoi(w.c_str()) / 100;
      minute = std::atoi(w.c_str()) % 100;
    } else if (w.size() <= 2 && day_of(w) > 0 && day_of(w) <= 12 && (at(i + 1) == "a.m." || at(i + 1) == "p.m." || at(i + 1) == "a.m" || at(i + 1) == "p.m" || at(i + 1) == "am" || at(i + 1) == "pm")) {
      hour = day_of(w);
    }
    if (hour >= 0 && hour < 25 && minute < 60) {
      std::string half = at(stop);
      bool am = half == "a.m." || half == "a.m" || half == "am", pm = half == "p.m." || half == "p.m" || half == "pm";
      if (am || pm) ++stop;
      if (pm && hour < 12) hour += 12;
      if (am && hour == 12) hour = 0;
      static const Words zones = {"gmt", "utc", "est", "edt", "pst", "pdt", "cet", "cst", "et"};
      if (zones.count(at(stop))) ++stop;
      else if (!am && !pm && colon == std::string::npos) hour = -1;
      if (hour >= 0) {
        std::string day = relative(iso(p), "XXXX-XX-XX");
        return set(stop, "TIME", fmt::format("{}T{:02}:{:02}", day, hour, minute), "clock time");
      }
    }
  }
  // "late Monday", "early Friday morning"
  if ((w == "late" || w == "early" || w == "earlier" || w == "later") && kWeekdays.count(at(i + 1))) {
    Found inner{i + 1, i + 1, "", "", ""};
    if (match(i + 1, end, inner)) return set(inner.end, inner.type.c_str(), inner.value, "weekday with its part");
  }
  if ((w == "earlier" || w == "later") && at(i + 1) == "this" && kUnits.count(at(i + 2))) {
    Found inner{i + 1, i + 1, "", "", ""};
    if (match(i + 1, end, inner)) return set(inner.end, inner.type.c_str(), inner.value, "part of this unit");
  }
  // Numbers of units: durations, "… ago", "… later", "in two weeks"
  {
    int u = i;
    static const Words approximations = {"about", "around", "nearly", "almost", "roughly", "approximately", "over"};
    if (approximations.count(at(u)) && (number_of(at(u + 1)) > 0 || kVague.count(at(u + 1)))) ++u;
    else if ((at(u) == "more" || at(u) == "less") && at(u + 1) == "than" && number_of(at(u + 2)) > 0) u += 2;
    else if (at(u) == "at" && (at(u + 1) == "least" || at(u + 1) == "most") && number_of(at(u + 2)) > 0) u += 2;
    std::string count;
    int n = number_of(at(u)), first = u;
    bool half = false;
    if (n > 0) {
      count = std::to_string(n);
      ++u;
      if ((at(first) == "a" || at(first) == "an") && (at(u) == "few" || at(u) == "couple")) {
        count = at(u) == "couple" ? "2" : "X";
        n = at(u) == "couple" ? 2 : -1;
        ++u;
        if (at(u) == "of") ++u;
      }
      if (at(u) == "-" && n >= 20 && number_of(at(u + 1)) > 0 && number_of(at(u + 1)) < 10) {  // twenty-five
        n += number_of(at(u + 1));
        count = std::to_string(n);
        u += 2;
      }
    } else if (kVague.count(at(u)) && at(u) != "recent") {
      count = "X";
      ++u;
    } else if (at(u) == "half" && (at(u + 1) == "a" || at(u + 1) == "an")) {
      half = true;
      count = "1";
      u += 2;
    }
    bool hyphen = false;
    if (!count.empty() && at(u) == "-") {
      hyphen = true;
      ++u;
    }
    if (at(u) == "full" || at(u) == "more" || at(u) == "consecutive" || at(u) == "straight") ++u;
    auto unit = kUnits.find(at(u));
    bool bare = false;
    if (count.empty() && u == i && unit != kUnits.end() && (at(u) == "years" || at(u) == "decades" || at(u) == "months" || at(u) == "weeks" || at(u) == "days" || at(u) == "hours" || at(u) == "centuries")) {
      // "for years", "decades of war"
      bare = true;
      count = "X";
    }
    if (!count.empty() && unit != kUnits.end()) {
      char x = static_cast<char>(unit->second);
      int stop = u + 1;
      bool article = at(first) == "a" || at(first) == "an";
      // Ages and places: "54 years old", "47-year-old", "a second term".
      if (at(stop) == "old" || (at(stop) == "-" && at(stop + 1) == "old") || at(u) == "second" || (article && at(u) == "quarter") || (article && hyphen)) return false;
      if (half) return set(stop, "DURATION", x == 'h' ? "PT30M" : x == 'Y' ? "P6M" : x == 'E' ? "P5Y" : duration(x, "0.5"), "half a unit");
      std::string after = at(stop);
      int sign = 0, more = 1;
      if (after == "ago") sign = -1;
      else if (after == "later" || after == "after" || (after == "from" && at(stop + 1) == "now")) {
        sign = 1;
        more = after == "from" ? 2 : 1;
      } else if (after == "earlier" || after == "before" || after == "previously") sign = -1;
      if (sign != 0 && !hyphen) {
        if (count == "X") return set(stop + more, "DATE", sign < 0 ? "PAST_REF" : "FUTURE_REF", "vague distance in time");
        std::optional<Day> anchor = published_;
        if (after != "ago" && after != "from")
          for (auto it = times_.rbegin(); it != times_.rend(); ++it)
            if (auto d = parse_day(it->value)) {
              anchor = d;
              break;
            }
        if (!anchor) return set(stop + more, "DATE", sign < 0 ? "PAST_REF" : "FUTURE_REF", "distance without publication date");
        int take = after == "after" || after == "before" ? 0 : more;
        if (take == 0) return set(stop, "DURATION", duration(x, count), "number of units");
        return set(stop + take, "DATE", moved(*anchor, x, sign * n), after == "ago" ? "so long ago" : "so long after the date before");
      }
      if (before == "in" && !hyphen && n > 0 && dated && tense(u) == Tense::future && x != 'h' && x != 'm') return set(stop, "DATE", moved(p, x, n), "in so long");
      // "$500 a year": how often.
      if (article && n == 1) {
        bool rate = i > 0 && (t_.tag(i - 1, "NN") || t_.tag(i - 1, "CD") || before == "times" || before == "percent" || before == "%") && before != "for" && !t_.tag(i - 1, "IN");
        if (rate) return set(stop, "SET", duration(x, "1"), "rate");
        if (at(first) == "a" && at(u) == "day" && before != "for" && before != "in") return false;
      }
      if (bare && before != "for" && before != "in" && before != "of" && before != "after" && after != "of" && before != "over" && before != "during") {
        if (at(u) != "decades" && at(u) != "years") return false;
      }
      if (hyphen && !t_.is_any(u, {"amod", "compound", "nmod", "root", "obl", "obj", "nummod"})) return false;
      return set(stop, "DURATION", duration(x, count), "number of units");
    }
  }
  // Bare years
  if (int y = year_of(w); y > 1700) {
    static const Words lead_in = {"in", "since", "by", "of", "until", "from", "during", "for", "through", "before", "after", "to", "late", "early", "between", "and", "around", "(", "as"};
    static const Words counted = {"people", "troops", "soldiers", "dollars", "tons", "tonnes", "workers", "men", "percent", "%", "km", "kilometers", "miles", "euros", "million", "others", "civilians", "refugees", "points", "feet", "meters", "homes", "cases", "jobs", "members", "students"};
    if (counted.count(at(i + 1)) || before == "$" || before == "#") return false;
    if (lead_in.count(before) || t_.is_any(i, {"obl", "nmod"}) || at(i + 1) == ")" ) {
      // "1996-97", "1980-88"
      return set(i + 1, "DATE", std::to_string(y), "year");
    }
    if (t_.tag(i, "CD") && (t_.is(i, "nummod") || t_.is(i, "compound") || t_.is(i, "nmod")) && t_[i].head > i && t_.noun(t_[i].head) && !t_.tag(t_[i].head, "NNS")) return set(i + 1, "DATE", std::to_string(y), "year before a noun");
  }
  // Feasts and days everyone knows
  if (w == "christmas" || (w == "new" && at(i + 1) == "year" && (at(i + 2) == "'s" || at(i + 2) == "’s") && (at(i + 3) == "day" || at(i + 3) == "eve"))) {
    if (!dated) return false;
    if (w == "christmas") {
      int y = p.year - (p.month < 6 && tense(i) != Tense::future);
      if (at(i + 1) == "eve") return set(i + 2, "DATE", iso({y, 12, 24}), "feast");
      return set(at(i + 1) == "day" ? i + 2 : i + 1, "DATE", iso({y, 12, 25}), "feast");
    }
    bool eve = at(i + 3) == "eve";
    return set(i + 4, "DATE", eve ? iso({p.year - (p.month < 6), 12, 31}) : iso({p.year + (p.month > 6), 1, 1}), "feast");
  }
  return false;
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
      if (steps > 0 && (t_.is_any(at, {"ccomp", "acl", "advcl", "parataxis", "csubj"}) || (t_.is(at, "xcomp") && t_.mark_of(at) == "to") || (t_.is(at, "conj") && t_.verb(at)))) break;
      at = t_[at].head;
    }
    if (!hangs) continue;
    int away = steps * 100 + std::abs(i - token);
    if (away < distance) {
      distance = away;
      best = &x;
    }
  }
  return best;
}

const TimeExpression* Times::in(Span span) const {
  for (const TimeExpression& x : times_)
    if ((x.type == "DATE" || x.type == "TIME") && span.contains(x.span)) return &x;
  return nullptr;
}

}  // namespace chancery
