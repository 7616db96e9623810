// POLECAT's table (its 40 columns), PETRARCH-style lines, quotations in the manner of
// GDELT's GQG.
#include <chancery/version.h>
#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "export/export.h"
#include "export/fields.h"
#include "ledger/filed.h"

namespace chancery {
namespace {

constexpr const char* kEngine = "chancery " CHANCERY_VERSION;

std::string names(const Record& r, const std::vector<int>& who) {
  std::vector<std::string> out;
  for (int e : who) out.push_back(r.entities[e].name);
  return join(out, "; ");
}

// What the text calls them, at the event.
std::string raw_names(const Record& r, const Event& e, const std::vector<int>& who) {
  std::vector<std::string> out;
  for (int i : who) {
    std::string name = r.entities[i].name;
    for (Span m : r.entities[i].mentions)
      if (e.span.contains(m)) {
        name = m.of(r.article.text);
        break;
      }
    out.push_back(name);
  }
  return join(out, "; ");
}

std::string all_of_kind(const Record& r, const char* kind) {
  std::vector<std::string> out;
  for (const Entity& e : r.entities)
    if (e.kind == kind) out.push_back(e.name);
  return join(out, "; ");
}

std::string code(const Record& r, const std::vector<int>& who, const ExportTables& t) {
  if (who.empty()) return "";
  const Actor& a = r.entities[who[0]].actor;
  return a.country + (a.country == t.cameo_sector(a.sector) ? "" : t.cameo_sector(a.sector));
}

}  // namespace

std::string polecat_header() {
  return tab_separated({"Event ID",
                        "Event Date",
                        "Event Type",
                        "Event Mode",
                        "Intensity",
                        "Quad Code",
                        "Contexts",
                        "Actor Name",
                        "Actor Country",
                        "Actor COW",
                        "Primary Actor Sector",
                        "Actor Sectors",
                        "Actor Title",
                        "Actor Name Raw",
                        "Wikipedia Actor ID",
                        "Recipient Name",
                        "Recipient Country",
                        "Recipient COW",
                        "Primary Recipient Sector",
                        "Recipient Sectors",
                        "Recipient Title",
                        "Recipient Name Raw",
                        "Wikipedia Recipient ID",
                        "Placename",
                        "City",
                        "District",
                        "Province",
                        "Country",
                        "Latitude",
                        "Longitude",
                        "GeoNames ID",
                        "Raw Placename",
                        "Feature Type",
                        "Source",
                        "Publication Date",
                        "Story People",
                        "Story Organizations",
                        "Story Locations",
                        "Language",
                        "Version"});
}

std::string polecat_line(const ExportedEvent& x, const ExportTables& t) {
  const Record& r = x.record;
  const Event& e = x.event;
  const Ontology& o = t.ontology();
  const std::string& text = r.article.text;
  const std::string& type = o.folded(e.type, e.status);
  std::string mode = type == e.type ? e.mode : "";
  const Ontology::Type* known = o.type(type);
  std::string intensity = known ? fmt::format("{:.1f}", known->score) : "";
  for (const Ontology::Mode& m : o.modes())
    if (m.type == type && m.mode == mode && m.score) intensity = fmt::format("{:.1f}", *m.score);
  auto actor = [&](const std::vector<int>& who) {
    return who.empty() ? Entity{} : r.entities[who[0]];
  };
  Entity source = actor(e.source), target = actor(e.target),
         place = e.where < 0 ? Entity{} : r.entities[e.where];
  auto sectors = [](const Entity& a) {
    std::vector<std::string> all = a.actor.other_sectors;
    if (!a.actor.sector.empty()) all.insert(all.begin(), a.actor.sector);
    return join(all, "; ");
  };
  const std::string id = type == e.type ? std::to_string(x.id)
                                        : std::to_string(act_id(std::to_string(x.id), "", type));
  return tab_separated({"chancery-" + id,
                        day_of(r, e),
                        type,
                        mode,
                        intensity,
                        known ? std::to_string(known->quad) : "",
                        join(e.contexts, "; "),
                        names(r, e.source),
                        source.actor.country,
                        t.cow(source.actor.country),
                        source.actor.sector,
                        sectors(source),
                        source.role,
                        raw_names(r, e, e.source),
                        "",
                        names(r, e.target),
                        target.actor.country,
                        t.cow(target.actor.country),
                        target.actor.sector,
                        sectors(target),
                        target.role,
                        raw_names(r, e, e.target),
                        "",
                        place.name,
                        place.geo ? place.name : "",
                        "",
                        "",
                        place.geo ? place.geo->country : place.actor.country,
                        place.geo ? fmt::format("{:.4f}", place.geo->latitude) : "",
                        place.geo ? fmt::format("{:.4f}", place.geo->longitude) : "",
                        place.geo ? place.geo->geonames : "",
                        place.mentions.empty() ? "" : std::string(place.mentions[0].of(text)),
                        place.geo ? "P" : "",
                        r.article.publisher,
                        day_of_publication(r.article.published),
                        all_of_kind(r, "person"),
                        all_of_kind(r, "organization"),
                        all_of_kind(r, "place"),
                        r.article.language,
                        kEngine});
}

std::string petrarch_line(const ExportedEvent& x, const ExportTables& t) {
  const Record& r = x.record;
  const Event& e = x.event;
  std::string source = code(r, e.source, t), target = code(r, e.target, t);
  if (source.empty() || e.cameo.empty()) return "";  // never a default code
  return tab_separated(
      {compact_day(day_of(r, e)), source, target, e.cameo, "",
       r.article.id + "_" + std::to_string(sentence_number(r.article.text, e.span.begin)),
       r.article.url, r.article.publisher, raw_names(r, e, e.source), raw_names(r, e, e.target),
       std::string(e.span.of(r.article.text))});
}

std::string quotation_line(const Record& r) {
  const std::string& text = r.article.text;
  bool any = false;
  JsonWriter w;
  w.object();
  w.text("date", day_of_publication(r.article.published))
      .text("url", r.article.url)
      .text("title", r.article.title)
      .text("lang", r.article.language)
      .text("id", r.article.id);
  w.key("quotes").array();
  for (const Statement& s : r.statements) {
    if (s.quote == "indirect") continue;
    for (Span c : s.content) {
      any = true;
      size_t before = c.begin > 100 ? c.begin - 100 : 0,
             after = std::min<size_t>(text.size(), c.end + 100);
      while (before < c.begin && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80)
        ++before;
      while (after > c.end && after < text.size() &&
             (static_cast<unsigned char>(text[after]) & 0xC0) == 0x80)
        --after;
      w.object();
      w.text("pre", text.substr(before, c.begin - before))
          .text("quote", c.of(text))
          .text("post", text.substr(c.end, after - c.end));
      w.text("speaker", s.speaker < 0 ? "" : r.entities[s.speaker].name)
          .text("country", s.speaker < 0 ? "" : r.entities[s.speaker].actor.country);
      w.key("via").array();
      for (int v : s.via) w.value(r.entities[v].name);
      w.end_array();
      w.key("span")
          .array()
          .value(characters(text, c.begin))
          .value(characters(text, c.end))
          .end_array();
      w.end_object();
    }
  }
  w.end_array().end_object();
  return any ? w.take() + "\n" : "";
}

}  // namespace chancery
