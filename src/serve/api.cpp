#include "serve/api.h"

#include <charconv>

#include "base/error.h"
#include "base/strings.h"
#include "export/json_writer.h"
#include "ledger/columns.h"

namespace chancery {

namespace {

int limit_of(const std::string& value) {
  int n = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
  if (error != std::errc() || end != value.data() + value.size() || n < 1 || n > 1000)
    throw UsageError("limit: '" + value.substr(0, 40) + "' is not between 1 and 1000");
  return n;
}

}  // namespace

Question question_of(const Request& r, std::string_view filters, const Known& known,
                     std::string_view own) {
  Asked asked;
  for (const auto& [name, value] : r.query) asked[name].push_back(value);
  Question q = question_of(filters, asked, known, Door::http, own);
  q.limit = r.get("limit").empty() ? 50 : limit_of(r.get("limit"));
  return q;
}

std::string format_of(const Request& request, const ClosedList& formats) {
  std::vector<std::string> list(formats.values().begin(), formats.values().end());
  return request.get("format").empty() ? list.front()
                                       : one_of("format", request.get("format"), list);
}

namespace {

// "12-48 60-70": pieces of the text, in code points.
void write_spans(JsonWriter& w, const std::string& cell) {
  w.array();
  for (std::string_view piece : split_words(cell)) {
    const std::vector<std::string_view> ends = split(piece, '-');
    if (ends.size() != 2) continue;
    w.array().written_number(ends[0]).written_number(ends[1]).end_array();
  }
  w.end_array();
}

}  // namespace

std::string answer_json(const Answer& a, std::optional<size_t> total) {
  JsonWriter w;
  w.object().key("items").array();
  for (const auto& row : a.rows) {
    w.object();
    for (size_t c = 0; c < row.size(); ++c) {
      w.key(a.columns[c]);
      const ColumnKind kind = kind_of_column(a.columns[c]);
      if (a.columns[c] == "span") write_spans(w, row[c]);
      else if (kind != ColumnKind::integer && kind != ColumnKind::real) w.value(row[c]);
      else if (is_number_of(kind, row[c])) w.written_number(row[c]);
      else w.null();
    }
    w.end_object();
  }
  w.end_array();
  w.text("next", a.next);
  if (total) w.number("total", *total);
  if (!a.notes.empty()) {
    w.key("notes").array();
    for (const std::string& note : a.notes) w.value(note);
    w.end_array();
  }
  w.end_object();
  return w.take() + "\n";
}

Response problem(int status, const std::string& title, const std::string& detail) {
  JsonWriter w;
  w.object()
      .text("type", "about:blank")
      .number("status", static_cast<size_t>(status))
      .text("title", title);
  if (!detail.empty()) w.text("detail", detail);
  w.end_object();
  Response r;
  r.status = status;
  r.type = "application/problem+json";
  r.body = w.take() + "\n";
  return r;
}

Response with_etag(Response r, const Request& request) {
  if (r.status != 200 || r.events) return r;
  char tag[24];
  std::snprintf(tag, sizeof tag, "\"%016llx\"", static_cast<unsigned long long>(hash64(r.body)));
  r.headers.push_back({"ETag", tag});
  if (request.if_none_match == tag) {
    r.status = 304;
    r.body.clear();
  }
  return r;
}

}  // namespace chancery
