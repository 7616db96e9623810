// A record that somebody else made, kept and given out again in every form.
#include "export/export.h"
#include "ledger/ledger.h"
#include "read.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const chancery::ExportTables tables(SOURCE_DIR "/data", SOURCE_DIR "/data/ontology");
  return fuzz(data, size, [](std::string_view bytes) {
    chancery::Record record = chancery::record_from_json(bytes);
    chancery::Ledger ledger(":memory:", chancery::Ledger::write);
    ledger.add(record);
    for (const std::string& format : chancery::export_formats()) {
      size_t written = 0;
      chancery::export_ledger(ledger, tables, format, {},
                              [&](std::string_view line) { written += line.size(); });
    }
    for (auto ask :
         {&chancery::Ledger::statements, &chancery::Ledger::events, &chancery::Ledger::positions,
          &chancery::Ledger::calendar, &chancery::Ledger::novelty, &chancery::Ledger::changes})
      (ledger.*ask)({});
  });
}
