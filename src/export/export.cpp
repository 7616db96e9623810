#include "export/export.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/error.h"
#include "base/table.h"
#include "ledger/filed.h"
#include "record/json.h"

namespace chancery {

ExportTables::ExportTables(const std::string& data, const std::string& ontology)
    : ontology_(ontology) {
  Table fips(data + "/export/fips.tsv", {"iso", "fips"});
  for (const Table::Row& row : fips.rows())
    if (!fips_.emplace(row[0], row[1]).second) row.fail(row[0] + " stands twice");
  Table sectors(data + "/export/cameo_sectors.tsv", {"sector", "cameo"});
  for (const Table::Row& row : sectors.rows()) {
    if (!ontology_.sectors().count(row[0]))
      row.fail("'" + row[0] + "' is no sector of the ontology");
    if (!sectors_.emplace(row[0], row[1]).second) row.fail(row[0] + " stands twice");
  }
}

std::string ExportTables::fips(const std::string& iso) const {
  auto found = fips_.find(iso);
  return found == fips_.end() ? "" : found->second;
}

std::string ExportTables::cameo_sector(const std::string& sector) const {
  auto found = sectors_.find(sector);
  return found == sectors_.end() ? "" : found->second;
}

std::vector<std::string> export_formats() {
  return {"gdelt", "gdelt-mentions", "quotations", "polecat", "petrarch", "json-ld", "records"};
}

void export_ledger(Ledger& ledger, const ExportTables& tables, const std::string& format,
                   const ExportFilter& filter, const Write& write, const Ledger::Damaged& damaged) {
  auto formats = export_formats();
  if (std::find(formats.begin(), formats.end(), format) == formats.end())
    throw Error("'" + format + "' is no format of export");
  bool by_event = format == "gdelt" || format == "gdelt-mentions" || format == "polecat" ||
                  format == "petrarch";
  const Period period = period_of(filter.from, filter.until);
  auto take = [&](int64_t number, const Record& r) {
    const std::string day = day_of_publication(r.article.published);
    if (!period.empty() && day.empty()) return;
    if (!period.from.empty() && day < period.from) return;
    if (!period.until.empty() && day > period.until) return;
    if (format == "records") return write(to_json(r, {true}) + "\n");
    if (format == "json-ld") return write(json_ld(r));
    if (format == "quotations") return write(quotation_line(r));
    if (!by_event) return;
    std::map<std::string, std::array<int64_t, 4>>
        rows;  // by id: number, happening, reports, first number of the happening
    Query q(ledger.database(),
            "SELECT e.id, e.number, e.happening, h.reports, (SELECT min(o.number) FROM event o "
            "WHERE o.happening = e.happening) FROM event e JOIN happening h ON h.number = "
            "e.happening WHERE e.article = ?");
    q.bind(number);
    while (q.step()) rows[q.text(0)] = {q.integer(1), q.integer(2), q.integer(3), q.integer(4)};
    for (const Event& e : r.events) {
      auto row = rows.find(e.id);
      if (row == rows.end()) continue;
      ExportedEvent x{
          r, e, row->second[0], row->second[1], row->second[2], row->second[3] == row->second[0]};
      // Only what has happened is an event to these; and an act once, however many reports tell it
      // (its mentions are all there).
      if ((format == "gdelt" || format == "petrarch") && e.status != "occurred") continue;
      if (format == "gdelt-mentions" && e.status != "occurred") continue;
      if (format == "polecat" &&
          (e.status == "denied" || tables.ontology().folded(e.type, e.status).empty()))
        continue;
      if (format != "gdelt-mentions" && !x.first) continue;
      if (format == "gdelt") write(gdelt_event(x, tables));
      else if (format == "gdelt-mentions") write(gdelt_mention(x));
      else if (format == "polecat") write(polecat_line(x, tables));
      else write(petrarch_line(x, tables));
    }
  };
  ledger.each(take, damaged);
}

}  // namespace chancery
