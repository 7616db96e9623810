// GDELT 2.0 Events (61 columns, codebook of 19 February 2015) and Mentions (16 columns). No header
// line, tab separated.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "export/export.h"
#include "export/fields.h"

namespace chancery {
namespace {

std::string upper(std::string s) {
  for (char& c : s)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return s;
}

bool is_state(const std::string& country) {
  return country.size() == 3 && country != "IGO" && country != "NGO" && country != "MNC" &&
         country != "UNO" && country != "EUR";
}

// Code, name, country, known group, ethnic, two religions, three types.
void actor(std::vector<std::string>& cells, const Record& r, const std::vector<int>& who,
           const ExportTables& t) {
  if (who.empty()) {
    cells.insert(cells.end(), 10, "");
    return;
  }
  const Entity& e = r.entities[who[0]];
  std::string country = is_state(e.actor.country) ? e.actor.country : "";
  std::vector<std::string> types;
  auto add = [&](const std::string& sector) {
    std::string type = t.cameo_sector(sector);
    if (!type.empty() && types.size() < 3 &&
        std::find(types.begin(), types.end(), type) == types.end())
      types.push_back(type);
  };
  if (!is_state(e.actor.country) && !e.actor.country.empty())
    add(e.actor.country == "UNO" || e.actor.country == "EUR" ? "IGO" : e.actor.country);
  add(e.actor.sector);
  for (const std::string& s : e.actor.other_sectors) add(s);
  std::string code = country;
  for (const std::string& type : types) code += type;
  types.resize(3);
  cells.insert(cells.end(),
               {code, upper(e.name), country, "", "", "", "", types[0], types[1], types[2]});
}

// Type, full name, country, first and second division, latitude, longitude, feature.
void place(std::vector<std::string>& cells, const Record& r, int e, const ExportTables& t) {
  const Entity* x = e >= 0 ? &r.entities[e] : nullptr;
  if (x && x->geo) {
    std::string fips = t.fips(x->geo->country);
    // 4: a town outside the United States, 3: inside.
    cells.insert(cells.end(), {x->geo->country == "USA" ? "3" : "4", x->name, fips, "", "",
                               fmt::format("{:.4f}", x->geo->latitude),
                               fmt::format("{:.4f}", x->geo->longitude), x->geo->geonames});
  } else if (x && x->kind == "place" && is_state(x->actor.country)) {
    cells.insert(cells.end(), {"1", x->name, t.fips(x->actor.country), "", "", "", "", ""});
  } else {
    cells.insert(cells.end(), 8, "");
  }
}

// The place of an actor: the one it is, else the state it belongs to.
void actor_place(std::vector<std::string>& cells, const Record& r, const std::vector<int>& who,
                 const ExportTables& t) {
  if (!who.empty() && r.entities[who[0]].kind == "place") return place(cells, r, who[0], t);
  const std::string state = who.empty() ? "" : t.state_name(r.entities[who[0]].actor.country);
  if (state.empty()) cells.insert(cells.end(), 8, "");
  else
    cells.insert(cells.end(),
                 {"1", state, t.fips(r.entities[who[0]].actor.country), "", "", "", "", ""});
}

// Where an act was: what the reader says, else the one town that its own words name.
int action_place(const Record& r, const Event& e) {
  if (e.where >= 0) return e.where;
  int only = -1;
  for (size_t i = 0; i < r.entities.size(); ++i) {
    if (!r.entities[i].geo) continue;
    for (Span m : r.entities[i].mentions)
      if (e.span.contains(m)) {
        if (only >= 0 && only != static_cast<int>(i)) return -1;
        only = static_cast<int>(i);
      }
  }
  return only;
}

}  // namespace

std::string gdelt_event(const ExportedEvent& x, const ExportTables& t) {
  const Record& r = x.record;
  const Event& e = x.event;
  std::string day = day_of(r, e), compact = compact_day(day);
  std::vector<std::string> c;
  c.push_back(std::to_string(x.id));
  c.push_back(compact);
  c.push_back(compact.substr(0, std::min<size_t>(6, compact.size())));
  c.push_back(compact.substr(0, std::min<size_t>(4, compact.size())));
  auto parsed = parse_day(day);
  c.push_back(parsed ? fmt::format("{:.4f}", parsed->year + (parsed->month - 1) / 12.0 +
                                                 (parsed->day - 1) / 365.0)
                     : "");
  actor(c, r, e.source, t);
  actor(c, r, e.target, t);
  // A root event stands in the lead: the first sentence of the article.
  c.push_back(sentence_number(r.article.text, e.span.begin) == 1 ? "1" : "0");
  c.push_back(e.cameo);
  c.push_back(e.cameo.substr(0, std::min<size_t>(3, e.cameo.size())));
  c.push_back(e.cameo.substr(0, std::min<size_t>(2, e.cameo.size())));
  int quad = Ontology::cameo_quad(e.cameo);
  c.push_back(quad ? std::to_string(quad) : "");
  c.push_back(e.has_goldstein ? fmt::format("{:.1f}", e.goldstein) : "");
  for (int k = 0; k < 3; ++k) c.push_back(std::to_string(x.reports));
  c.push_back("");  // AvgTone: chancery measures no tone
  actor_place(c, r, e.source, t);
  actor_place(c, r, e.target, t);
  place(c, r, action_place(r, e), t);
  c.push_back(compact_time(r.article.published));
  c.push_back(r.article.url.empty() ? r.article.id : r.article.url);
  return tab_separated(c);
}

std::string gdelt_mention(const ExportedEvent& x) {
  const Record& r = x.record;
  const Event& e = x.event;
  auto offset = [&](const std::vector<int>& who) -> std::string {
    if (who.empty() || r.entities[who[0]].mentions.empty()) return "-1";
    const Spans& m = r.entities[who[0]].mentions;
    Span best = m[0];
    for (Span s : m)
      if (e.span.contains(s)) {
        best = s;
        break;
      }
    return std::to_string(characters(r.article.text, best.begin));
  };
  return tab_separated(
      {std::to_string(x.id), compact_time(day_of(r, e)), compact_time(r.article.published),
       r.article.url.empty() ? "2" : "1",
       r.article.publisher.empty() ? host(r.article.url) : r.article.publisher,
       r.article.url.empty() ? r.article.id : r.article.url,
       std::to_string(sentence_number(r.article.text, e.span.begin)), offset(e.source),
       offset(e.target), std::to_string(characters(r.article.text, e.span.begin)), "1",
       e.confidence > 0 ? std::to_string(std::lround(e.confidence * 100)) : "",
       std::to_string(characters(r.article.text, static_cast<uint32_t>(r.article.text.size()))), "",
       "", ""});
}

}  // namespace chancery
