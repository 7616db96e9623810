// The calendar: a month or a week as a sheet, or a list; and the same for programs that keep
// calendars.
#include <fmt/format.h>

#include <map>

#include "base/calendar.h"
#include "base/error.h"
#include "base/strings.h"
#include "record/when.h"
#include "serve/appointments.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/parts.h"
#include "serve/told.h"

namespace chancery {
namespace {

constexpr const char* kTaken = "actor country status from until text order after";
constexpr const char* kOwn = "view at less";

const char* const kMonths[] = {"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};
const char* const kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

// A period on a sheet: a month or a week.
struct Sheet {
  std::string view;  // month, week
  Day first, last;

  Sheet(const std::string& view, Day at) : view(view) {
    if (view == "week") {
      first = add_days(at, 1 - weekday(at));
      last = add_days(first, 6);
    } else {
      first = {at.year, at.month, 1};
      last = {at.year, at.month, month_length(at.year, at.month)};
    }
  }
  std::string name() const {
    return view == "week"
               ? "Week of " + When(first).words()
               : std::string(kMonths[first.month - 1]) + " " + std::to_string(first.year);
  }
  bool has(const std::string& day) const { return day >= iso(first) && day <= iso(last); }
};

// Does it stand on days of its own, or only within a week, month, season?
bool dated_exactly(const Appointment& a) { return When(a.when).precision() <= Precision::weekend; }

void entry(Html& h, const Appointment& a) {
  const char* const kinds[] = {"plan", "meeting", "due"};
  h.raw(std::string("<li class=\"") + kinds[a.kind] + (a.sure ? "" : " unsure-line") + "\">");
  const When when(a.when);
  if (when.precision() == Precision::time && a.when.size() >= 16)
    h.element("b", a.when.substr(11, 5)).raw(" ");
  h.link("/articles/" + std::to_string(a.article) + "#" + a.id, a.what);
  if (!a.place.empty()) h.text(", " + a.place);
  if (!a.became.empty()) h.raw(" ").element("span", a.became, "became");
  h.raw("</li>");
}

void sheet_table(Html& h, const Sheet& sheet, const std::vector<Appointment>& list) {
  std::map<std::string, std::vector<const Appointment*>> days;
  for (const Appointment& a : list)
    if (auto from = parse_day(a.from); from && dated_exactly(a))
      for (Day d = *from; iso(d) <= a.to; d = add_days(d, 1)) days[iso(d)].push_back(&a);
  h.raw("<table class=\"sheet\"><caption class=\"unseen\">")
      .text(sheet.name())
      .raw("</caption><thead><tr>");
  for (const char* name : kWeekdays) h.raw("<th scope=\"col\">").text(name).raw("</th>");
  h.raw("</tr></thead><tbody>");
  const Day begin = add_days(sheet.first, 1 - weekday(sheet.first));
  for (Day d = begin; d <= sheet.last; d = add_days(d, 7)) {
    h.raw("<tr>");
    for (int i = 0; i < 7; ++i) {
      const Day day = add_days(d, i);
      const std::string key = iso(day);
      const bool inside = sheet.has(key), empty = !inside || !days.count(key);
      h.raw(std::string("<td class=\"") + (inside ? "" : "outside ") + (empty ? "empty" : "") +
            "\">");
      if (inside) {
        h.raw("<span class=\"day\" title=\"").text(When(day).words()).raw("\">");
        h.raw("<span class=\"weekday\">").text(kWeekdays[i]).raw(" </span>");
        h.text(std::to_string(day.day)).raw("</span>");
      }
      if (!empty) {
        h.raw("<ul>");
        for (const Appointment* a : days[key]) entry(h, *a);
        h.raw("</ul>");
      }
      h.raw("</td>");
    }
    h.raw("</tr>\n");
  }
  h.raw("</tbody></table>\n");
}

// The address of another sheet of the same filters.
std::string same_with(const Request& q, std::map<std::string, std::string> changed) {
  std::string out;
  for (const auto& [name, value] : q.query)
    if (!changed.count(name) && name != "after" && !value.empty())
      out += (out.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
  for (const auto& [name, value] : changed)
    if (!value.empty())
      out += (out.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
  return "/calendar" + out;
}

void views(Html& h, const Request& q, const std::string& view) {
  h.raw("<p class=\"views\">");
  for (const char* name : {"month", "week", "list"}) {
    std::string label = name;
    label[0] = static_cast<char>(label[0] - 32);
    if (view == name) h.raw("<b aria-current=\"true\">").text(label).raw("</b> ");
    else h.link(same_with(q, {{"view", name}, {"from", ""}, {"until", ""}}), label).raw(" ");
  }
  std::string filters;
  for (const char* name : {"actor", "country"})
    if (!q.get(name).empty())
      filters += (filters.empty() ? "?" : "&") + std::string(name) + "=" + url_encoded(q.get(name));
  h.link("/calendar.ics" + filters, "iCalendar (.ics)").raw("</p>\n");
}

}  // namespace

Response Pages::calendar() {
  Question q = question(kTaken, kOwn);
  Service::Lease l(s_);
  const bool period = !q.from.empty() || !q.until.empty() || !q.after.empty() || !q.text.empty();
  std::string view = q_.get("view").empty()
                         ? (period ? "list" : "month")
                         : one_of("view", q_.get("view"), {"month", "week", "list"});
  const bool less = !q_.get("less").empty();
  const std::string newest = newest_day(*l);
  const When asked(q_.get("at").empty() ? (newest.empty() ? today() : newest)
                                        : day_of("at", q_.get("at"), false));
  if (!asked.dated()) throw UsageError("at: no day");
  const Day at = asked.from();
  const Sheet sheet(view, at);
  if (view != "list") q.from = iso(sheet.first), q.until = iso(sheet.last);
  else if (!period) q.from = iso(Day{at.year, at.month, 1});
  std::vector<Appointment> all = appointments(*l, q, s_.words_, s_.limits_), list;
  size_t unsure = 0;
  for (Appointment& a : all) {
    unsure += !a.sure;
    if (a.sure || less) list.push_back(std::move(a));
  }
  Html h;
  h.raw("<h1>Calendar</h1>\n");
  views(h, q_, view);
  h.raw(
      filters(q_, {{"from", "From"}, {"until", "Until"}, {"actor", "Who"}, {"status", "Status"}}));
  if (view == "list") {
    if (list.empty())
      h.raw("<p class=\"none\">Nothing sure here has a date.</p>").raw(said(l, q, {}));
    h.raw("<ul class=\"lines dated\">\n");
    for (const Appointment& a : list) h.raw(line_html(a, -1));
    h.raw("</ul>\n");
  } else {
    const Day before = view == "week" ? add_days(sheet.first, -7) : add_days(sheet.first, -1),
              after = add_days(sheet.last, 1);
    h.raw("<h2 class=\"sheet-name\">")
        .link(same_with(q_, {{"view", view}, {"at", iso(before)}}), "‹ Earlier", "step")
        .raw(" <span>")
        .text(sheet.name())
        .raw("</span> ")
        .link(same_with(q_, {{"view", view}, {"at", iso(after)}}), "Later ›", "step")
        .raw("</h2>\n");
    Html vague;
    for (const Appointment& a : list)
      if (!dated_exactly(a)) vague.raw(line_html(a, sheet.first.year));
    if (!vague.str().empty())
      h.raw("<section><h3>Some time in these days</h3><ul class=\"lines\">\n" + vague.take() +
            "</ul></section>\n");
    sheet_table(h, sheet, list);
    if (list.empty()) {
      h.raw("<p class=\"none\">Nothing sure is on these days.</p>");
      h.raw(said(l, q, {}));
    }
  }
  if (unsure)
    h.raw("<p class=\"about\">")
        .link(same_with(q_, {{"less", less ? "" : "yes"}}),
              less ? "Only what is sure" : fmt::format("Show {} less sure too", unsure))
        .raw("</p>\n");
  h.raw(list_links("calendar", q_, "", {{"from", q.from}, {"until", q.until}}));
  return html_answer(page("Calendar", "/calendar", h.take()));
}

Response Pages::calendar_file() {
  Question q = question("actor country from until", "less");
  Service::Lease l(s_);
  Response r;
  r.type = "text/calendar; charset=utf-8";
  r.body =
      chancery::calendar_file(appointments(*l, q, s_.words_, s_.limits_), !q_.get("less").empty());
  r.headers = {{"Content-Disposition", "inline; filename=\"chancery.ics\""}};
  return r;
}

}  // namespace chancery
