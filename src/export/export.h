// The ledger in the forms that other programs read: GDELT 2.0 Events and Mentions, a table of
// quotations, PLOVER/POLECAT-style JSON lines, PETRARCH-style lines, JSON-LD, whole records.
// docs/exports.md says every column. Nothing is ever written as a default code: what is not known
// is empty.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/ledger.h"
#include "register/ontology.h"

namespace chancery {

// What the formats need besides the ledger. Throws StartError for wrong tables.
class ExportTables {
 public:
  ExportTables(const std::string& data_folder, const std::string& ontology_folder);
  // FIPS 10-4 of an ISO code, "" if there is none.
  std::string fips(const std::string& iso) const;
  // The CAMEO actor type of a PLOVER sector, "" if there is none.
  std::string cameo_sector(const std::string& sector) const;
  const Ontology& ontology() const { return ontology_; }

 private:
  Ontology ontology_;
  std::unordered_map<std::string, std::string> fips_, sectors_;
};

struct ExportFilter {
  std::string from, until;  // days of publication, inclusive
};

// One row of an export: an event with its record.
struct ExportedEvent {
  const Record& record;
  const Event& event;
  int64_t number = 0, happening = 0, reports = 1;
  bool first = true;  // the first telling of its happening
};

using Write = std::function<void(std::string_view)>;

std::vector<std::string> export_formats();
// Writes the ledger in a format; throws Error for a format that is none. Streaming: a record at a
// time. A record that cannot be read is a DamageError, unless `damaged` takes it: then the rest
// goes on.
void export_ledger(Ledger& ledger, const ExportTables& tables, const std::string& format,
                   const ExportFilter& filter, const Write& write,
                   const Ledger::Damaged& damaged = {});

// The single formats (one line or object with its line end).
std::string gdelt_event(const ExportedEvent& e, const ExportTables& tables);
std::string gdelt_mention(const ExportedEvent& e);
std::string polecat_line(const ExportedEvent& e, const ExportTables& tables);
std::string petrarch_line(const ExportedEvent& e, const ExportTables& tables);
std::string quotation_line(const Record& record);
std::string json_ld(const Record& record);

}  // namespace chancery
