#include "reading/when/times.h"

#include <algorithm>
#include <charconv>

#include "base/utf8.h"

namespace chancery {
namespace {

int number(std::string_view s) {
  int value = -1;
  auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() ? value : -1;
}

}  // namespace

Times::Times(const TreeView& tree, const TimeGrammar& grammar, const std::string& published)
    : t_(tree), grammar_(grammar), article_day_(parse_day(published)), published_(article_day_) {
  std::vector<std::string> forms;
  forms.reserve(t_.size());
  for (int i = 0; i < t_.size(); ++i) forms.push_back(lower(t_[i].form));
  words_ = grammar_.words(std::move(forms));
  if (auto day = dateline()) published_ = day;
  for (const Sentence& s : t_.document().sentences) scan(s.begin, s.end);
}

std::string Times::word(int i) const {
  return i >= 0 && i < static_cast<int>(low_.size()) ? low_[i] : "";
}

// "OLM, February 21, 2015 - …", "BERGEN, May 12 (Courier) —": the text was written that day. A date
// more than a week from that of publication is none.
std::optional<Day> Times::dateline() const {
  if (t_.document().sentences.empty()) return std::nullopt;
  int end = std::min(t_.document().sentences[0].end, 16);
  for (int i = 0; i < end; ++i) {
    Match m = best_at(i, end);
    if (!m.rule) {
      if (!capital(i) && !is_punctuation(t_[i].form)) return std::nullopt;
      continue;
    }
    bool closed = false;  // a dash, or an agency in parentheses and then a dash
    for (int k = m.end; k < end && k < m.end + 6; ++k)
      closed |= grammar_.in_class("dateline_end", low_[k]);
    if (i == 0 || !closed || m.when.precision() != Precision::day) return std::nullopt;
    long late = article_day_ ? day_number(*article_day_) - day_number(m.when.from()) : 0;
    return late >= 0 && late <= 7 ? std::optional(m.when.from()) : std::nullopt;
  }
  return std::nullopt;
}

void Times::scan(int begin, int end) {
  size_t first = times_.size();
  for (int i = begin; i < end; ++i) {
    Match m = best_at(i, end);
    if (!m.rule) continue;
    add(std::move(m));
    take_part_of_day(end);
    join_clock_and_day();
    i = places_.back().range.end - 1;
  }
  date_lone_clocks(first);
  date_weekdays(first);
  for (size_t k = first; k < times_.size(); ++k) times_[k].id = "t" + std::to_string(k + 1);
}

void Times::add(Match m) {
  TimeExpression x;
  x.span = {t_[m.begin].span.begin, t_[m.end - 1].span.end};
  x.when = std::move(m.when);
  x.type = std::move(m.type);
  x.mod = std::move(m.mod);
  x.explain = "rule '" + m.rule->name + "'";
  Place place{{m.begin, m.end}};
  const TimeCall& value = m.rule->value;
  // "a year earlier" is compared with; what goes on being spoken of is the quarter named before it.
  place.compared = value.name == "year_before" ||
                   (value.name == "quarter_told" && value.arguments[0].name != "0");
  place.lone_clock = value.name == "clock";
  place.history = m.history;
  place.full_date = x.when.one_day() && (value.name == "date" || value.name == "near" ||
                                         value.name == "listed" || value.name == "continued");
  if (value.name == "weekday" && value.arguments[1].name == "near" && x.when.valid())
    place.weekday = m.weekday;
  times_.push_back(std::move(x));
  places_.push_back(place);
}

Times::Match Times::best_at(int i, int end) const {
  Match best;
  grammar_.match(words_, i, end, [&](const TimeRule& rule, int stop, const TimeBindings& bindings) {
    if (best.rule && (stop < best.end || (stop == best.end && &rule >= best.rule))) return;
    int skip = 0;
    for (const TimeCondition& c : rule.conditions) {
      if (c.key == "skip") skip = std::max(0, number(c.words[0]));
      if (c.key == "skiparticle" && t_.in(WordList::articles, low_[i])) skip = 1;
    }
    if (!holds(rule, i + skip, stop, bindings)) return;
    When when = evaluate(rule.value, i + skip, stop, bindings);
    // "the previous night" is a TIME though "the previous week" is a DATE: the value says it.
    std::string type = rule.type;
    if (type == "DATE" && !when.fits(type)) type = "TIME";
    if (!when.fits(type)) return;
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
    auto weekday = bindings.find("weekday"), feast = bindings.find("feast");
    best = {&rule,
            i + skip,
            stop,
            std::move(type),
            std::move(when),
            std::move(mod),
            weekday == bindings.end() ? 0 : std::max(0, number(weekday->second.value)),
            feast != bindings.end() && parse_day(feast->second.value).has_value()};
  });
  return best;
}

std::pair<size_t, size_t> Times::in_sentence(int token) const {
  auto from = [&](int at) {
    return static_cast<size_t>(
        std::lower_bound(places_.begin(), places_.end(), at,
                         [](const Place& p, int t) { return p.range.begin < t; }) -
        places_.begin());
  };
  const Sentence& s = t_.sentence(token);
  return {from(s.begin), from(s.end)};
}

const TimeExpression* Times::of(int token) const {
  if (token < 0) return nullptr;
  const TimeExpression* best = nullptr;
  int distance = 1 << 30;
  auto [first, last] = in_sentence(token);
  for (size_t k = first; k < last; ++k) {
    const TimeExpression& x = times_[k];
    if ((x.type != "DATE" && x.type != "TIME") || x.when.reference()) continue;
    int i = places_[k].range.begin;
    // "the highest since 1976": where something began, not when this was.
    if (i > 0 && (low_[i - 1] == "since" || low_[i - 1] == "until")) continue;
    // The expression's head hangs on the token, through phrases but through no other finite clause.
    int at = -1;
    for (int j = places_[k].range.begin; j < places_[k].range.end; ++j)
      if (t_[j].head < places_[k].range.begin || t_[j].head >= places_[k].range.end) at = j;
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
    for (size_t k = first; k < last; ++k)
      if (up >= places_[k].range.begin && up < places_[k].range.end &&
          (times_[k].type == "DATE" || times_[k].type == "TIME") && !times_[k].when.reference())
        return &times_[k];
  // "walked out in November, demanding …", "collapsed in August when Olm ended …": the same time as
  // the clause above.
  if (!t_.is(token, "advcl")) return nullptr;
  bool when = t_.tag(token, "VBG") && t_.mark_of(token).empty();
  for (int c : t_.children(token)) when |= low_[c] == "when" && t_.is_any(c, {"mark", "advmod"});
  return when ? of(up) : nullptr;
}

std::vector<char> Times::date_words() const {
  std::vector<char> out(static_cast<size_t>(t_.size()), 0);
  for (size_t k = 0; k < places_.size(); ++k)
    if (times_[k].type == "DATE" || times_[k].type == "TIME")
      for (int i = places_[k].range.begin; i < places_[k].range.end; ++i)
        out[static_cast<size_t>(i)] = !places_[k].history;
  return out;
}

const TimeExpression* Times::in(Span span) const {
  auto first =
      std::lower_bound(times_.begin(), times_.end(), span.begin,
                       [](const TimeExpression& x, uint32_t at) { return x.span.begin < at; });
  for (auto x = first; x != times_.end() && x->span.begin < span.end; ++x)
    if ((x->type == "DATE" || x->type == "TIME") && span.contains(x->span)) return &*x;
  return nullptr;
}

}  // namespace chancery
