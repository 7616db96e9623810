// A question to a ledger of the examples, one field a line ("after=…"), the first byte saying which
// table: an answer or an error of ours; and the pages behind a mark end.
#include <map>

#include "article/load.h"
#include "base/strings.h"
#include "ledger/ledger.h"
#include "read.h"

namespace {

using chancery::Ledger;

Ledger& ledger() {
  static Ledger kept(":memory:", Ledger::write);
  static const bool filled = [] {
    std::string lines = chancery::read_file(SOURCE_DIR "/examples/reports.jsonl");
    for (std::string_view line : chancery::split(lines, '\n'))
      if (!line.empty()) kept.add(reader().read(chancery::parse_article_line(line)));
    return true;
  }();
  if (!filled) std::abort();
  return kept;
}

chancery::Question question_of(std::string_view bytes) {
  chancery::Question q;
  const std::map<std::string_view, std::string*> fields = {
      {"by", &q.by.name},         {"toward", &q.toward.country},
      {"actor", &q.actor.name},   {"text", &q.text},
      {"about", &q.about},        {"topic", &q.topic},
      {"stance", &q.stance},      {"type", &q.type},
      {"mode", &q.mode},          {"status", &q.status},
      {"force", &q.force},        {"quote", &q.quote},
      {"country", &q.country},    {"from", &q.from},
      {"until", &q.until},        {"period", &q.by_period},
      {"after", &q.after},        {"a", &q.between_a.country},
      {"b", &q.between_b.country}};
  for (std::string_view line : chancery::split(bytes, '\n')) {
    const size_t equal = std::min(line.find('='), line.size());
    if (auto found = fields.find(line.substr(0, equal)); found != fields.end())
      *found->second = line.substr(std::min(equal + 1, line.size()));
    else if (line == "newest") q.newest_first = true;
    else q.story += static_cast<int64_t>(line.size());
  }
  q.limit = 2;
  return q;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static chancery::Answer (Ledger::*const tables[])(const chancery::Question&) = {
      &Ledger::statements, &Ledger::events,  &Ledger::positions,   &Ledger::calendar,
      &Ledger::deadlines,  &Ledger::novelty, &Ledger::actors,      &Ledger::search,
      &Ledger::happenings, &Ledger::stories, &Ledger::articles_of, &Ledger::topics,
      &Ledger::contacts,   &Ledger::network, &Ledger::copies};
  if (size == 0) return 0;
  auto table = tables[data[0] % std::size(tables)];
  return fuzz(data + 1, size - 1, [&](std::string_view bytes) {
    chancery::Question q = question_of(bytes);
    for (int page = 0;; ++page) {
      chancery::Answer answer = (ledger().*table)(q);
      if (answer.next.empty()) break;
      if (page == 300) std::abort();  // no table of the examples is so long
      q.after = answer.next;
    }
  });
}
