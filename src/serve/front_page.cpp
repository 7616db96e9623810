// The desk and the brief: what is new.
#include <fmt/format.h>

#include <set>

#include "base/calendar.h"
#include "ledger/brief.h"
#include "ledger/correction_answer.h"
#include "ledger/desk.h"
#include "present/telling.h"
#include "record/when.h"
#include "serve/appointments.h"
#include "serve/brief_words.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/parts.h"
#include "serve/told.h"

namespace chancery {
namespace {

constexpr size_t kSections = 12;  // disputes that stand by themselves
constexpr size_t kAhead = 12;     // lines of what is ahead

constexpr size_t kPutRight = 6;  // corrections

// What people put right lately, newest first.
void desk_corrections(Ledger& ledger, Html& h) {
  std::vector<StandingCorrection> all = ledger.corrections();
  h.raw("<section><h2>").link("/corrections", "Put right").raw("</h2>");
  if (all.empty()) {
    h.raw("<p class=\"none\">Nobody has put anything right yet.</p></section>\n");
    return;
  }
  if (all.size() > kPutRight) all.erase(all.begin(), all.end() - kPutRight);
  h.raw("<ul class=\"lines\">\n");
  for (auto s = all.rbegin(); s != all.rend(); ++s) {
    const Correction& c = s->entry;
    h.raw("<li><span class=\"says\">").text(present::sentence_case(c.act) + " " + c.kind);
    h.raw("</span> ");
    if (const std::string words = corrected_words(c); !words.empty())
      h.raw("<q>").text(present::shortened(words, 120)).raw("</q> ");
    h.raw("<span class=\"about\">").text(c.author + ", " + moment_words(c.at) + ": " + c.reason);
    if (s->article_number)
      h.text(" · ").link(fmt::format("/articles/{}", s->article_number),
                         paper_of(ledger, std::to_string(s->article_number)));
    if (s->state != "stands") h.text(" · " + s->state);
    h.raw("</span></li>\n");
  }
  h.raw("</ul><p class=\"about\">").link("/corrections.atom", "Feed").raw("</p></section>\n");
}

std::string period_words(const std::string& from, const std::string& until) {
  return from == until ? When(until).words() : When(from).words() + " to " + When(until).words();
}

}  // namespace

std::string Pages::pair_name(const std::string& a, const std::string& b) const {
  return state_name(a) + (b.empty() ? "" : " and " + state_name(b));
}

Response Pages::front() {
  question("", "day");
  Service::Lease l(s_);
  const std::string day = q_.get("day").empty() ? "" : day_of("day", q_.get("day"), true);
  const Desk d = make_desk(*l, day, s_.limits_);
  Html h;
  h.raw("<h1>The desk</h1>");
  if (d.all == 0 || d.until.empty()) {
    h.raw(d.all
              ? "<p>No report of this day or before it is in the ledger. <a href=\"/\">The newest "
                "day</a></p>"
              : "<p>The ledger is empty. Fill it with <code>chancery ingest --ledger FILE "
                "…</code>, or <a href=\"/read\">read an article</a> on the spot.</p>");
    return html_answer(page("Desk", "/", h.take()));
  }
  const int year = When(d.until).to().year;
  h.raw("<p class=\"about\">")
      .text(fmt::format("{} {}, {} · {} in the ledger · ", d.articles,
                        d.articles == 1 ? "report" : "reports", period_words(d.from, d.until),
                        d.all));
  if (!d.earlier.empty()) h.link("/?day=" + d.earlier, "Earlier", "step").raw(" ");
  if (!d.later.empty()) h.link("/?day=" + d.later, "Later", "step").raw(" ");
  h.link("/brief?from=" + d.from + "&until=" + d.until, "As a brief").raw("</p>\n");
  h.raw("<div class=\"desk\"><div class=\"news-of-day\">\n");
  desk_pairs(h, d, year);
  h.raw("</div><div class=\"beside\">\n");
  desk_beside(*l, h, d, year);
  h.raw("</div></div>\n");
  Question newest;
  newest.limit = 8;
  newest.until = d.until;
  h.raw("<section><h2>Newest articles</h2>\n")
      .raw(table(shown(*l, l->articles_of(newest)),
                 {{"date", "Date"}, {"publisher", "Paper"}, {"article", "Title"}},
                 "Newest articles"))
      .raw("</section>");
  return html_answer(page("Desk", "/", h.take()));
}

// What was done and said, by the dispute that it is of.
void Pages::desk_pairs(Html& h, const Desk& d, int year) const {
  std::string less;
  size_t unsure = 0, sections = 0, left_out = 0;
  for (const Desk::Pair& p : d.pairs) {
    for (const Desk::Line& x : p.lines)
      if (!x.sure && ++unsure <= 60) less += line_html(x, s_.words_, year);
    if (!p.sure) continue;
    if (++sections > kSections) {
      left_out += p.sure;
      continue;
    }
    const std::string name = p.story ? story_title(p.title) : pair_name(p.a, p.b);
    h.raw("<section class=\"dispute\"><h2>");
    if (p.story) h.link("/stories/" + std::to_string(p.story), name);
    else if (p.b.empty()) h.link("/actor?name=" + url_encoded(p.a), name);
    else h.link("/pair?a=" + url_encoded(p.a) + "&b=" + url_encoded(p.b), name);
    h.raw("</h2><ul class=\"lines\">\n");
    for (const Desk::Line& x : p.lines)
      if (x.sure) h.raw(line_html(x, s_.words_, year));
    h.raw("</ul></section>\n");
  }
  if (!sections)
    h.raw(
        "<p class=\"none\">Nothing that these reports tell is sure; look at what is less so.</p>");
  if (left_out)
    h.raw("<p class=\"about\">")
        .text(fmt::format("{} more sure lines between others: ", left_out))
        .link("/brief?from=" + d.from + "&until=" + d.until, "the brief")
        .raw("</p>\n");
  if (unsure)
    h.raw("<details class=\"unsure\"><summary>")
        .text(fmt::format("Also in the reports, less sure ({})", unsure))
        .raw("</summary><ul class=\"lines\">\n" + less + "</ul></details>\n");
}

// Ahead, changed positions, first meetings.
void Pages::desk_beside(Ledger& ledger, Html& h, const Desk& d, int year) const {
  Question ahead;
  ahead.from = d.until;
  std::string lines, less;
  size_t n = 0, m = 0;
  for (const Appointment& a : appointments(ledger, ahead, s_.words_, s_.limits_)) {
    if (a.kind == Appointment::meeting || a.to < d.until || a.reported > d.until) continue;
    if (a.sure && ++n <= kAhead) lines += line_html(a, year);
    if (!a.sure && ++m <= kAhead) less += line_html(a, year);
  }
  h.raw("<section><h2>").link("/calendar", "Ahead").raw("</h2>");
  if (n) h.raw("<ul class=\"lines\">\n" + lines + "</ul>\n");
  else h.raw("<p class=\"none\">Nothing sure is planned.</p>");
  if (m)
    h.raw("<details class=\"unsure\"><summary>")
        .text(fmt::format("Less sure ({})", m))
        .raw("</summary><ul class=\"lines\">\n" + less + "</ul></details>");
  h.raw("</section>\n<section><h2>Changed positions</h2>");
  std::string moved;
  std::set<std::string> told_of;
  for (size_t i = 0; i < d.changes.rows.size(); ++i) {
    const auto& row = d.changes.rows[i];  // number, date, holder, change, issue, before, …
    if (!told_of.insert(row[2] + row[4]).second) continue;
    Html x;
    x.raw("<li><span class=\"says\">")
        .text(present::sentence_case(row[2]) + " on ")
        .link("/topic?name=" + url_encoded(row[4]), row[4])
        .text(": " + row[3])
        .raw("</span> <q>")
        .text("“" + present::shortened(row[8], 160) + "”")
        .raw("</q> <span class=\"about\">");
    if (!row[5].empty())
      x.text("before (" + When(row[6]).words(year) + "): " + present::shortened(row[5], 120) +
             " · ");
    const Told t = told(d.changes, i, s_.words_);
    x.link(t.address, paper_of(ledger, row[15])).raw("</span></li>\n");
    moved += x.take();
  }
  h.raw(moved.empty() ? "<p class=\"none\">Nobody moved that these reports are sure of.</p>"
                      : "<ul class=\"lines\">\n" + moved + "</ul>");
  h.raw("</section>\n<section><h2>First meetings</h2>");
  if (d.contacts.empty())
    h.raw(d.earlier.empty()
              ? "<p class=\"none\">The ledger only begins: every meeting would be the first.</p>"
              : "<p class=\"none\">No two states met for the first time in this ledger.</p>");
  else {
    h.raw("<ul class=\"lines\">\n");
    for (const Desk::Contact& c : d.contacts) h.raw(line_html(c.line, s_.words_, year));
    h.raw("</ul>");
  }
  h.raw("</section>\n");
  desk_corrections(ledger, h);
}

Response Pages::brief() {
  Question q = question("from until");
  Service::Lease l(s_);
  if (q.from.empty()) {
    q.until = newest_day(*l);
    if (q.until.empty()) q.until = today();
    auto day = parse_day(q.until);
    q.from = day ? iso(add_days(*day, -1)) : q.until;
  }
  Brief b = make_brief(*l, q.from, q.until, brief_words(s_.words_, s_.limits_));
  Html h;
  h.raw("<h1>Brief of ")
      .text(When(b.from).words() +
            (b.until.empty() || b.until == b.from ? "" : " to " + When(b.until).words()))
      .raw("</h1>\n")
      .raw(filters(q_, {{"from", "From"}, {"until", "Until"}}))
      .raw("<p class=\"about\">")
      .text(fmt::format("{} {}", b.articles, b.articles == 1 ? "article" : "articles"))
      .raw("</p>\n");
  if (b.sections.empty()) h.raw("<p class=\"none\">Nothing in these days.</p>");
  for (const Brief::Section& s : b.sections) {
    h.raw("<section><h2>").text(s.title).raw("</h2><ul class=\"brief\">");
    for (const Brief::Line& line : s.lines) {
      h.raw("<li>").text(line.text).raw(" ");
      if (line.number)
        h.link("/articles/" + std::to_string(line.number),
               paper_of(*l, std::to_string(line.number)), "source");
      if (!line.evidence.empty()) h.raw("<br><q>").text(line.evidence).raw("</q>");
      h.raw("</li>\n");
    }
    h.raw("</ul></section>\n");
  }
  return html_answer(page("Brief", "/", h.take()));
}

}  // namespace chancery
