// What a row needs to be checked without asking again: where its words stand, the address of its
// article, the states of who takes part.
#include "serve/row_evidence.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/utf8.h"
#include "ledger/columns.h"
#include "record/amendment.h"
#include "serve/api.h"

namespace chancery {
namespace {

long place_of(const Answer& a, std::string_view name) {
  auto found = std::find(a.columns.begin(), a.columns.end(), name);
  return found == a.columns.end() ? -1 : found - a.columns.begin();
}

Spans spans_of(const Record& r, const ItemPlace& item) {
  const auto at = static_cast<size_t>(item.index);
  if (item.kind == "statement") return r.statements[at].content;
  if (item.kind == "event") return {r.events[at].span};
  if (item.kind == "position") return r.positions[at].content;
  if (item.kind == "novelty") return {r.novelty[at].span};
  if (item.kind == "occasion") return {r.times[at].words};
  return {};
}

std::vector<int> actors_of(const Record& r, const ItemPlace& item, std::string_view column) {
  const auto at = static_cast<size_t>(item.index);
  if (item.kind == "statement" && column == "speaker_country") return {r.statements[at].speaker};
  if (item.kind == "event" && column == "source_country") return r.events[at].source;
  if (item.kind == "event" && column == "target_country") return r.events[at].target;
  return {};
}

std::string countries(const Record& r, const std::vector<int>& actors) {
  std::string out;
  for (int e : actors) {
    if (e < 0) continue;
    const std::string& code = r.entities[static_cast<size_t>(e)].actor.country;
    if (!code.empty() && out.find(code) == std::string::npos)
      out += (out.empty() ? "" : " ") + code;
  }
  return out;
}

std::string spelled(const Record& r, const Spans& spans) {
  const OffsetMap map(r.article.text);
  std::string out;
  for (Span s : spans)
    out += (out.empty() ? "" : " ") + std::to_string(map.to_code_points(s.begin)) + "-" +
           std::to_string(map.to_code_points(s.end));
  return out;
}

}  // namespace

std::vector<std::string> evidence_columns(std::string_view question) {
  if (question == "statements") return {"speaker_country", "url", "span"};
  if (question == "events" || question == "acts")
    return {"source_country", "target_country", "url", "span"};
  if (question == "positions" || question == "deadlines" || question == "novelty" ||
      question == "calendar")
    return {"url", "span"};
  return {};
}

void add_evidence(Ledger& ledger, std::string_view question, Answer& a) {
  const std::vector<std::string> more = evidence_columns(question);
  const long article = place_of(a, "article_number"), id = place_of(a, "id");
  if (more.empty() || article < 0 || id < 0) return;
  std::map<std::string, std::optional<Record>> records;
  for (auto& row : a.rows) {
    const std::string number = row[static_cast<size_t>(article)],
                      item_id = row[static_cast<size_t>(id)];
    auto [at, fresh] = records.try_emplace(number);
    if (fresh && is_number_of(ColumnKind::integer, number))
      at->second = ledger.record(std::stoll(number));
    const std::optional<Record>& record = at->second;
    const std::optional<ItemPlace> item = record ? item_of(*record, item_id) : std::nullopt;
    for (const std::string& column : more)
      row.push_back(!record            ? ""
                    : column == "url"  ? record->article.url
                    : !item            ? ""
                    : column == "span" ? spelled(*record, spans_of(*record, *item))
                                       : countries(*record, actors_of(*record, *item, column)));
  }
  a.columns.insert(a.columns.end(), more.begin(), more.end());
}

}  // namespace chancery
