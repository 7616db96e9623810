// The ledger in the forms that other programs read: GDELT 2.0 Events and Mentions, POLECAT's table,
// PETRARCH-style lines, quotations, JSON-LD, whole records, and flat tables of everything (flat.h).
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
#include "register/register.h"

namespace chancery {

// What the formats need besides the ledger. Throws StartError for wrong tables.
class ExportTables {
 public:
  ExportTables(const std::string& data_folder, const std::string& ontology_folder);
  // FIPS 10-4 of an ISO code, "" if there is none.
  std::string fips(const std::string& iso) const;
  // The CAMEO actor type of a PLOVER sector, "" if there is none.
  std::string cameo_sector(const std::string& sector) const;
  // The number of a state in the Correlates of War project, "" if it has none.
  std::string cow(const std::string& iso) const;
  // The item of a state in Wikidata ("Q20"), "" if it has none.
  std::string wikidata(const std::string& iso) const;
  // The common name of a state by its ISO code, "" if it is none.
  std::string state_name(const std::string& iso) const;
  const Ontology& ontology() const { return ontology_; }

 private:
  Ontology ontology_;
  Register names_;
  std::unordered_map<std::string, std::string> fips_, cow_, wikidata_, sectors_;
};

struct ExportFilter {
  std::string from, until;  // days of publication, inclusive
};

// One row of an export: an event with its record.
struct ExportedEvent {
  const Record& record;
  const Event& event;
  // Of its act, the same in every ledger that learnt of the act from the same article: below 2^52,
  // so that programs which know only doubles keep it whole.
  int64_t id = 0;
  int64_t happening = 0, reports = 1;  // number of the act in this ledger, and of its reports
  // The first telling of its act as one that occurred, or as one that had not (yet).
  bool first = true;
};

// The number of an act by the article that told it first (article_key) and the event's id there; of
// a code of POLECAT's for it, with `what`.
int64_t act_id(const std::string& article_key, const std::string& event,
               const std::string& what = "");

using Write = std::function<void(std::string_view)>;

std::vector<std::string> export_formats();
// The line of column names that a format begins with; "" for one that has none.
std::string export_header(const std::string& format);
// Writes the ledger in a format; throws Error for a format that is none. Streaming: a record at a
// time. A record that cannot be read is a DamageError, unless `damaged` takes it: then the rest
// goes on.
void export_ledger(Ledger& ledger, const ExportTables& tables, const std::string& format,
                   const ExportFilter& filter, const Write& write,
                   const Ledger::Damaged& damaged = {});

// The single formats (one line or object with its line end).
std::string gdelt_event(const ExportedEvent& e, const ExportTables& tables);
std::string gdelt_mention(const ExportedEvent& e);
std::string polecat_header();
std::string polecat_line(const ExportedEvent& e, const ExportTables& tables);
std::string petrarch_line(const ExportedEvent& e, const ExportTables& tables);
std::string quotation_line(const Record& record);
std::string json_ld(const Record& record);
// A record that somebody confirmed as a whole, in the form of annotated gold (docs/exports.md).
std::string gold_line(const Record& record, const Correction& confirmed);

}  // namespace chancery
