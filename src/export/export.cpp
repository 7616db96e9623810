#include "export/export.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/table.h"
#include "export/flat.h"
#include "ledger/filed.h"
#include "record/json.h"

namespace chancery {

namespace {

using StateCodes = std::unordered_map<std::string, std::string>;

// A table of a state's codes elsewhere; each state once.
StateCodes codes_of_states(const std::string& path, const char* column) {
  StateCodes out;
  Table table(path, {"iso", column});
  for (const Table::Row& row : table.rows()) {
    if (row[0].size() != 3) row.fail("'" + row[0] + "' is no code of ISO 3166 alpha-3");
    if (!out.emplace(row[0], row[1]).second) row.fail(row[0] + " stands twice");
  }
  return out;
}

std::string code_of(const StateCodes& codes, const std::string& key) {
  auto found = codes.find(key);
  return found == codes.end() ? "" : found->second;
}

}  // namespace

ExportTables::ExportTables(const std::string& data, const std::string& ontology)
    : ontology_(ontology),
      names_(data + "/register"),
      fips_(codes_of_states(data + "/export/fips.tsv", "fips")),
      cow_(codes_of_states(data + "/export/cow.tsv", "cow")),
      wikidata_(codes_of_states(data + "/export/wikidata.tsv", "wikidata")) {
  Table sectors(data + "/export/cameo_sectors.tsv", {"sector", "cameo"});
  for (const Table::Row& row : sectors.rows()) {
    if (!ontology_.sectors().count(row[0]))
      row.fail("'" + row[0] + "' is no sector of the ontology");
    if (!sectors_.emplace(row[0], row[1]).second) row.fail(row[0] + " stands twice");
  }
}

std::string ExportTables::fips(const std::string& iso) const { return code_of(fips_, iso); }
std::string ExportTables::cow(const std::string& iso) const { return code_of(cow_, iso); }

std::string ExportTables::wikidata(const std::string& iso) const { return code_of(wikidata_, iso); }

std::string ExportTables::state_name(const std::string& iso) const {
  int index = names_.state_index(iso);
  return index < 0 ? "" : names_.states()[static_cast<size_t>(index)].name;
}

std::string ExportTables::cameo_sector(const std::string& sector) const {
  return code_of(sectors_, sector);
}

int64_t act_id(const std::string& article_key, const std::string& event, const std::string& what) {
  // 13 digits of base 16 are 52 bits.
  return std::stoll(sha256(article_key + "\x1f" + event + "\x1f" + what).substr(0, 13), nullptr,
                    16);
}

std::vector<std::string> export_formats() {
  std::vector<std::string> out = {"gdelt",   "gdelt-mentions", "quotations",  "polecat", "petrarch",
                                  "json-ld", "records",        "corrections", "gold"};
  for (const FlatTable& table : flat_tables()) out.push_back(kFlatPrefix + std::string(table.name));
  return out;
}

std::string export_header(const std::string& format) {
  if (format == "polecat") return polecat_header();
  const FlatTable* flat = flat_table(format);
  return flat ? flat_header(*flat) : "";
}

namespace {

// The acts that an article's events are of, by the events' ids.
struct Act {
  int64_t happening = 0, reports = 1;
  bool first_occurred = false, first_ahead = false;
  std::string key, event;  // of the article that told it first
};

std::map<std::string, Act> acts_of(Database& db, int64_t article) {
  std::map<std::string, Act> out;
  const std::string of_act =
      "(SELECT min(o.number) FROM event o WHERE o.happening = e.happening AND o.status ";
  Query q(db, "SELECT e.id, e.number, e.happening, h.reports, " + of_act + "= 'occurred'), " +
                  of_act +
                  "NOT IN ('occurred', 'denied')), f.key, h.event FROM event e JOIN happening h ON "
                  "h.number = "
                  "e.happening JOIN article f ON f.number = h.article WHERE e.article = ?");
  q.bind(article);
  while (q.step())
    out[q.text(0)] = {
        q.integer(2), q.integer(3), q.integer(1) == q.integer(4), q.integer(1) == q.integer(5),
        q.text(6),    q.text(7)};
  return out;
}

// Only what has happened is an event to GDELT and PETRARCH; to POLECAT also what is announced, as
// another kind of act. An act is told once, however many reports there are (its mentions are all
// there).
std::string event_line(const ExportedEvent& x, const ExportTables& tables,
                       const std::string& format) {
  const bool occurred = x.event.status == "occurred";
  if (format == "gdelt-mentions") return occurred ? gdelt_mention(x) : "";
  if (!x.first) return "";
  if (format == "polecat")
    return x.event.status == "denied" ||
                   tables.ontology().folded(x.event.type, x.event.status).empty()
               ? ""
               : polecat_line(x, tables);
  if (!occurred) return "";
  return format == "gdelt" ? gdelt_event(x, tables) : petrarch_line(x, tables);
}

}  // namespace

void export_ledger(Ledger& ledger, const ExportTables& tables, const std::string& format,
                   const ExportFilter& filter, const Write& write, const Ledger::Damaged& damaged) {
  auto formats = export_formats();
  if (std::find(formats.begin(), formats.end(), format) == formats.end())
    throw UsageError("'" + format + "' is no format of export; there are " + join(formats, ", "));
  const FlatTable* flat = flat_table(format);
  const Period period = period_of(filter.from, filter.until);
  if (std::string header = export_header(format); !header.empty()) write(header);
  if (format == "corrections") {
    for (const StandingCorrection& c : ledger.corrections()) write(correction_json(c.entry) + "\n");
    return;
  }
  std::map<int64_t, Correction> confirmed;
  if (format == "gold") confirmed = ledger.confirmed();
  ledger.each(
      [&](int64_t number, const Record& r) {
        const std::string day = day_of_publication(r.article.published);
        if (!period.empty() && day.empty()) return;
        if (!period.from.empty() && day < period.from) return;
        if (!period.until.empty() && day > period.until) return;
        if (format == "gold") {
          if (auto by = confirmed.find(number); by != confirmed.end())
            write(gold_line(r, by->second));
          return;
        }
        if (format == "records") return write(to_json(r, {true}) + "\n");
        if (format == "json-ld") return write(json_ld(r));
        if (format == "quotations") return write(quotation_line(r));
        const bool by_event = !flat || flat->item == FlatItem::event;
        std::map<std::string, Act> acts;
        if (by_event) acts = acts_of(ledger.database(), number);
        auto exported = [&](const Event& e) {
          const Act& act = acts[e.id];
          return ExportedEvent{r,
                               e,
                               act.key.empty() ? 0 : act_id(act.key, act.event),
                               act.happening,
                               act.reports,
                               e.status == "occurred" ? act.first_occurred : act.first_ahead};
        };
        if (flat) return write(flat_rows(*flat, number, r, tables, exported));
        for (const Event& e : r.events)
          if (acts.count(e.id))
            if (std::string line = event_line(exported(e), tables, format); !line.empty())
              write(line);
      },
      damaged);
}

}  // namespace chancery
