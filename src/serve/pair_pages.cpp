// What passes between states: two of them over time, and all of them as a network.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/calendar.h"
#include "base/strings.h"
#include "export/json_writer.h"
#include "ledger/brief.h"
#include "record/when.h"
#include "serve/api.h"
#include "serve/html.h"
#include "serve/month_lines.h"
#include "serve/pages.h"
#include "serve/parts.h"

namespace chancery {
namespace {

constexpr int kMonths = 48;   // more of them are drawn as years
constexpr int kFewPairs = 6;  // of a network that needs a longer period

// One stretch of the axis: acts of each of the two, kind, unkind and all.
struct Bar {
  int good[2] = {0, 0}, bad[2] = {0, 0}, all[2] = {0, 0};
};

int number_at(const Answer& a, const std::vector<std::string>& row, const std::string& column) {
  for (size_t c = 0; c < a.columns.size(); ++c)
    if (a.columns[c] == column) return std::stoi(row[c]);
  return 0;
}

// Months from January of year 0.
int month_of(const std::string& period) {
  const Day day = When(period).from();
  return day.year * 12 + day.month - 1;
}

// The axis of a pair: what one did stands above the line, what the other did below it; every month
// or year has its place, and where nothing happened nothing is drawn.
class Axis {
 public:
  Axis(const Answer& sums, const std::string& a, const std::string& b, bool months)
      : months_(months) {
    const std::string ways[2] = {a + " > " + b, b + " > " + a};
    for (const auto& row : sums.rows) {
      Bar& bar = bars_[months ? month_of(row[0]) : std::stoi(row[0])];
      for (int w = 0; w < 2; ++w) {
        bar.all[w] = number_at(sums, row, ways[w]);
        bar.good[w] = number_at(sums, row, ways[w] + " cooperation");
        bar.bad[w] = number_at(sums, row, ways[w] + " conflict");
        most_ = std::max(most_, bar.all[w]);
      }
    }
  }

  std::string svg(const std::string& a, const std::string& b) {
    const int first = bars_.begin()->first, last = bars_.rbegin()->first, n = last - first + 1;
    step_ = std::clamp(720.0 / n, 14.0, 44.0);
    // Wide enough for the names of both.
    const double width = std::max(300.0, kLeft + step_ * n + 10);
    for (const auto& [at, bar] : bars_)
      for (int way = 0; way < 2; ++way) stack(kLeft + step_ * (at - first), bar, way, label(at));
    for (int way = 0; way < 2; ++way) scale(way, width);
    // As many names as fit; the first of a year says the year.
    const int every = std::max(1, static_cast<int>(34 / step_ + 0.99));
    for (int at = first; at <= last; ++at) {
      const bool january = months_ && at % 12 == 0;
      if ((at - first) % every && !january) continue;
      if (!january && months_ && (at % 12) + every > 12 && every > 1) continue;
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" class=\"tick\">{}</text>\n",
                          kLeft + step_ * (at - first) + step_ / 2, 2 * kHalf + kTop + 16,
                          tick(at, at == first));
      if (january || at == first || !months_)
        out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" class=\"tick year\">{}</text>\n",
                            kLeft + step_ * (at - first) + step_ / 2, 2 * kHalf + kTop + 31,
                            months_ ? std::to_string(at / 12) : "");
    }
    return fmt::format(
               "<svg class=\"axis\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
               "height=\"{1:.0f}\" role=\"img\" aria-label=\"Acts by {2}: of {3} above the line, "
               "of "
               "{4} below; the table has the numbers\"><text class=\"way\" x=\"{5:.0f}\" "
               "y=\"14\">{3} to {4}</text><text class=\"way\" x=\"{5:.0f}\" y=\"{6:.0f}\">{4} to "
               "{3}</text>\n",
               width, 2 * kHalf + kTop + 56, months_ ? "month" : "year", html_escaped(a),
               html_escaped(b), kLeft, 2 * kHalf + kTop + 50) +
           out_ + "</svg>\n";
  }

 private:
  static constexpr double kLeft = 34, kTop = 22, kHalf = 90;

  std::string label(int at) const {
    return months_ ? When(iso_month(at / 12, at % 12 + 1)).words() : std::to_string(at);
  }
  std::string tick(int at, bool) const {
    static const char* const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return months_ ? names[at % 12] : std::to_string(at);
  }

  void stack(double x, const Bar& bar, int way, const std::string& when) {
    const int neither = bar.all[way] - bar.good[way] - bar.bad[way];
    double from = 0;
    for (const auto& [count, css] :
         {std::pair{bar.good[way], "soft"}, {neither, "plain"}, {bar.bad[way], "hard"}}) {
      if (!count) continue;
      const double high = (kHalf - 4) * count / most_;
      out_ += fmt::format(
          "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
          "height=\"{:.1f}\"><title>{}: "
          "{} {}</title></rect>\n",
          css, x + 2, way == 0 ? kTop + kHalf - from - high : kTop + kHalf + from, step_ - 4, high,
          when, count,
          std::string(css) == "soft"   ? "of cooperation"
          : std::string(css) == "hard" ? "of conflict"
                                       : "of neither");
      from += high;
    }
  }

  void scale(int way, double width) {
    const double middle = kTop + kHalf, end = way == 0 ? kTop + 4 : kTop + 2 * kHalf - 4;
    if (way == 0)
      out_ += fmt::format(
          "<path class=\"zero\" d=\"M{:.0f} {:.1f} H{:.1f}\"/><text class=\"tick "
          "left\" x=\"{:.0f}\" y=\"{:.1f}\">0</text>\n",
          kLeft, middle, width - 6, kLeft - 6, middle + 4);
    out_ += fmt::format("<text class=\"tick left\" x=\"{:.0f}\" y=\"{:.1f}\">{}</text>\n",
                        kLeft - 6, end + 4, most_);
  }

  const bool months_;
  std::map<int, Bar> bars_;
  int most_ = 1;
  double step_ = 0;
  std::string out_;
};

const char* const kLegend =
    "<p class=\"legend\"><span class=\"soft\">■</span> cooperation <span "
    "class=\"plain\">■</span> neither <span class=\"hard\">■</span> conflict. Each act counts "
    "once, however many papers tell it; a place without a bar: nothing is in the ledger.</p>\n";

}  // namespace

Response Pages::pair() {
  std::string a = q_.get("a"), b = q_.get("b");
  Html h;
  if (a.empty() || b.empty()) {
    question("", "a b");
    h.raw("<h1>Two states</h1>").raw(filters(q_, {{"a", "One"}, {"b", "Other"}}));
    return html_answer(page("Two states", "", h.take()));
  }
  Request as = q_;
  as.query.emplace("between", a);
  as.query.emplace("between", b);
  Question q = question_of(as, "between from until", s_.known(), "a b");
  auto called = [&](const ActorFilter& f) {
    return f.country.empty() ? f.name : state_name(f.country);
  };
  const std::string one = called(q.between_a), other = called(q.between_b),
                    names = one + " and " + other;
  h.raw("<h1>").text(names).raw("</h1>\n").raw(
      filters(q_, {{"a", "One"}, {"b", "Other"}, {"from", "From"}, {"until", "Until"}}));
  Service::Lease l(s_);
  if (!q.between_a.country.empty() && !q.between_b.country.empty()) {
    Question t = q;
    t.limit = 1000;
    t.by_period = "month";
    Answer sums = l->timeline(t);
    const bool months = sums.rows.empty() ||
                        month_of(sums.rows.back()[0]) - month_of(sums.rows.front()[0]) < kMonths;
    if (!months) {
      t.by_period = "year";
      sums = l->timeline(t);
    }
    h.raw("<section><h2>Over time</h2>\n");
    if (sums.rows.empty()) {
      h.raw("<p class=\"none\">No act between them has a date in this time.</p>");
    } else {
      const std::string x = q.between_a.country, y = q.between_b.country;
      h.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Acts over time\">")
          .raw(Axis(sums, x, y, months).svg(one, other))
          .raw("</div>")
          .raw(kLegend)
          .raw("<details><summary>Numbers</summary>")
          .raw(table(sums,
                     {{"period", months ? "Month" : "Year"},
                      {"events", "Acts", true},
                      {x + " > " + y, one + " to " + other, true},
                      {y + " > " + x, other + " to " + one, true},
                      {"cooperation", "Cooperation", true},
                      {"conflict", "Conflict", true},
                      {"goldstein", "Goldstein", true}},
                     months ? "Acts by month" : "Acts by year"))
          .raw("</details>");
    }
    h.raw("</section>\n");
  }
  h.raw("<section><h2>What each did and said to the other</h2>\n");
  pair_months(*l, h, q);
  q.limit = 1;
  h.raw(said(l, q, l->events(q)))
      .raw(list_links("events", q_, "", {{"between", a + "," + b}}))
      .raw("</section>\n");
  return html_answer(page(names, "", h.take()));
}

// By month, the newest first: the acts of both, and what each said of the other; the sure lines,
// and the others folded.
void Pages::pair_months(Ledger& ledger, Html& h, const Question& between) const {
  MonthLines lines(ledger, s_.words_);
  for (bool sure : {true, false}) {
    Question q = between;
    q.limit = 200;
    q.newest_first = true;
    q.sure = sure ? &s_.limits_ : nullptr;
    lines.add(ledger.events(q), sure);
    for (const auto& [from, to] : {std::pair{between.between_a, between.between_b},
                                   {between.between_b, between.between_a}}) {
      Question s;
      s.by = from;
      s.about = to.country.empty() ? to.name : to.country;
      s.from = between.from, s.until = between.until;
      s.limit = 100;
      s.newest_first = true;
      s.sure = q.sure;
      lines.add(ledger.statements(s), sure, from.country);
    }
  }
  h.raw(lines.html("Nothing sure is told of the two in this time."));
}

Response Pages::network() {
  Question q = question("actor from until after");
  q.limit = 120;
  Service::Lease l(s_);
  Answer a;
  if (q.from.empty() && q.until.empty()) {
    // The last quarter; where little passed in it the last year, then all.
    const auto newest = parse_day(newest_day(*l));
    for (int days : {90, 365, 0}) {
      q.from = days && newest ? iso(add_days(*newest, -days)) : "";
      a = l->network(q);
      if (static_cast<int>(a.rows.size()) >= kFewPairs) break;
    }
  } else {
    a = l->network(q);
  }
  std::string query = "?limit=120" + (q.from.empty() ? "" : "&from=" + url_encoded(q.from)) +
                      (q.until.empty() ? "" : "&until=" + url_encoded(q.until)) +
                      (q_.get("actor").empty() ? "" : "&actor=" + url_encoded(q_.get("actor")));
  JsonWriter names;
  names.object();
  std::set<std::string> seen;
  for (const auto& row : a.rows)
    for (int side : {0, 1})
      if (seen.insert(row[static_cast<size_t>(side)]).second)
        names.text(row[static_cast<size_t>(side)], state_name(row[static_cast<size_t>(side)]));
  names.end_object();
  Html h;
  h.raw("<h1>Network of states</h1>\n")
      .raw(filters(q_, {{"from", "From"}, {"until", "Until"}, {"actor", "State"}}))
      .raw("<p class=\"about\">")
      .text(q.from.empty() && q.until.empty() ? "All that is in the ledger"
            : q.from.empty()                  ? "Until " + When(q.until).words()
                                              : "Since " + When(q.from).words() +
                                   (q.until.empty() ? "" : ", until " + When(q.until).words()))
      .raw("</p>\n<div class=\"network\" data-network=\"")
      .text("/api/v1/network" + query)
      .raw("\" data-names=\"")
      .text(names.take())
      .raw(
          "\" role=\"group\" aria-label=\"States and what passed between them; the table below has "
          "the numbers\"></div>\n<p class=\"legend\"><span class=\"soft\">━</span> more "
          "cooperation "
          "<span class=\"plain\">━</span> both <span class=\"hard\">━</span> more conflict. An "
          "arrow "
          "goes from who acts to whom it is done; the more acts, the thicker.</p>\n");
  h.raw(said(l, q, a));
  h.raw(table(shown(*l, a),
              {{"a", "From"},
               {"b", "To"},
               {"events", "Acts", true},
               {"cooperation", "Cooperation", true},
               {"conflict", "Conflict", true},
               {"goldstein", "Goldstein", true}},
              "Pairs of states"))
      .raw(list_links("network", q_, a.next));
  return html_answer(
      page("Network", "/network", h.take(), {"vendor/d3-force.js", "graph.js", "network.js"}));
}

}  // namespace chancery
