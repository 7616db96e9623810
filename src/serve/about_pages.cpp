// What this is and how well it reads; and how to be told what is new.
#include <chancery/version.h>
#include <fmt/format.h>

#include "base/strings.h"
#include "record/when.h"
#include "serve/html.h"
#include "serve/pages.h"
#include "serve/parts.h"

namespace chancery {
namespace {

// A figure of docs/floors.tsv, as measured; "" where it is not there.
std::string figure(const std::string& set, const std::string& name) {
  const Asset* a = find_asset("floors.tsv");
  if (!a) return "";
  const std::string_view table(reinterpret_cast<const char*>(a->data), a->size);
  for (std::string_view line : split(table, '\n')) {
    const std::vector<std::string_view> cells = split(line, '\t');
    if (cells.size() > 3 && cells[0] == set && cells[1] == name)
      return std::string(cells[3].substr(0, 4));
  }
  return "";
}

void figures(Html& h) {
  const std::pair<const char*, const char*> layers[] = {
      {"statement_f1", "Who said what"},
      {"event_f1", "Who did what to whom"},
      {"position_f1", "Who stands where"},
      {"condition_f1", "On which condition"},
      {"planned_f1", "What is planned"},
      {"time_f1", "Dates and times"},
      {"mention_f1", "Names"},
      {"country_accuracy", "The state of a name"}};
  h.raw(
      "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Figures\"><table><caption>Of "
      "0 to 1: what is found and what of it is right, together (F1); for the state of a name, how "
      "many are right. On articles that the program did not learn from.</caption><thead><tr><th "
      "scope=\"col\">What is read</th><th scope=\"col\" class=\"number\">Newswire</th><th "
      "scope=\"col\" class=\"number\">Web pages</th></tr></thead><tbody>\n");
  for (const auto& [name, what] : layers) {
    const std::string wire = figure("gold-dev", name), web = figure("gold-modern_dev", name);
    if (wire.empty() && web.empty()) continue;
    h.raw("<tr><td data-label=\"What is read\">").text(what);
    h.raw("</td><td class=\"number\" data-label=\"Newswire\">").text(wire);
    h.raw("</td><td class=\"number\" data-label=\"Web pages\">").text(web).raw("</td></tr>\n");
  }
  h.raw("</tbody></table></div>\n<p class=\"about\">")
      .link("/assets/floors.tsv", "All figures with the commands that give them")
      .raw("</p>\n");
}

}  // namespace

Response Pages::about() {
  question("");
  Service::Lease l(s_);
  const Maker& maker = s_.resources_->made_by;
  Html h;
  h.raw(
      "<h1>About</h1>\n<p>This is a ledger of what news reports say: who said what and on whose "
      "word, who did what to whom, where they stand and on which condition, what is planned, what "
      "is said to be new. Every line points at the words that carry it; a program read them, so "
      "look at the words before you rely on the line.</p>\n<dl class=\"facts\">");
  auto fact = [&](const char* name, const std::string& value) {
    if (!value.empty()) h.element("dt", name).element("dd", value);
  };
  const std::string newest = newest_day(*l);
  fact("Program", std::string("chancery ") + CHANCERY_VERSION);
  fact("Records", std::string("schema ") + CHANCERY_SCHEMA);
  fact("Language model", maker.model);
  fact("Data tables", maker.data);
  fact("In this ledger", fmt::format("{} article{}", l->articles(), l->articles() == 1 ? "" : "s") +
                             (newest.empty() ? "" : ", the newest of " + When(newest).words()));
  h.raw("</dl>\n<h2>How well it reads</h2>\n");
  figures(h);
  h.raw(
       "<h2>What is sure</h2>\n<p>A line stands in full sight when it passes the limits of "
       "data/sure.tsv; everything else is folded under “less sure”, and a good part of it is "
       "wrong. What people put right is in <a href=\"/corrections\">the list of "
       "corrections</a>.</p>"
       "\n<h2>What it cannot do</h2>\n<ul><li>It reads English only.</li><li>It knows "
       "what "
       "reports say, not what is so: two papers that copy one agency are one "
       "source.</li><li>Irony, "
       "pictures, tables and what stands between the lines are lost on it.</li><li>A name that two "
       "people bear may be taken for one of them; a first meeting is the first in this ledger, not "
       "in the world.</li><li>What becomes of a plan is known only when a report in the ledger "
       "tells "
       "it.</li></ul>\n<h2>For programs</h2>\n<p>")
      .link("/api", "The API")
      .raw(" answers every question of these pages as JSON, CSV or a feed; ")
      .link("/api/v1/stream", "a stream")
      .raw(" tells of new articles; ")
      .link("/calendar.ics", "the calendar")
      .raw(" can be subscribed to; ")
      .link("/metrics", "metrics")
      .raw(" are for those who run it.</p>");
  return html_answer(page("About", "/about", h.take()));
}

}  // namespace chancery
