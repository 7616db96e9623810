#include "serve/parts.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "base/calendar.h"
#include "base/strings.h"
#include "ledger/catalogue.h"
#include "ledger/saved.h"
#include "present/telling.h"

namespace chancery {

Response html_answer(std::string body, int status) {
  Response r;
  r.status = status;
  r.body = std::move(body);
  return r;
}

Response moved(const std::string& address) {
  Response r = html_answer("", 302);
  r.headers.push_back({"Location", address});
  return r;
}

Response json_answer(std::string body) {
  Response r;
  r.type = "application/json; charset=utf-8";
  r.body = std::move(body);
  return r;
}

std::string newest_day(Ledger& ledger) {
  Question newest;
  newest.limit = 1;
  Answer a = ledger.articles_of(newest);
  return a.rows.empty() ? "" : a.rows[0][1];
}

std::string today() {
  std::time_t t = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm tm{};
  gmtime_r(&t, &tm);
  return iso({tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
}

std::string paper_of(Ledger& ledger, const std::string& number) {
  if (!is_number(number)) return "";
  Query q(ledger.database(), "SELECT publisher, title, id FROM article WHERE number = ?");
  if (!q.bind(static_cast<int64_t>(std::stoll(number))).step()) return "";
  return !q.text(0).empty()   ? q.text(0)
         : !q.text(1).empty() ? present::shortened(q.text(1), 60)
                              : q.text(2);
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 15 &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

std::string list_links(const std::string& endpoint, const Request& q, const std::string& next,
                       const std::map<std::string, std::string>& fixed) {
  std::map<std::string, std::string> parameters = fixed;
  std::vector<std::string_view> taken = split_words(find_question(endpoint)->filters);
  for (const auto& [name, value] : q.query)
    if (name != "after" && !value.empty() &&
        std::find(taken.begin(), taken.end(), name) != taken.end())
      parameters.emplace(name, value);
  std::string query;
  for (const auto& [name, value] : parameters)
    query += (query.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
  Html h;
  h.raw("<p class=\"downloads\">");
  if (!next.empty()) {
    std::string same;
    for (const auto& [name, value] : q.query)
      if (name != "after") same += url_encoded(name) + "=" + url_encoded(value) + "&";
    h.link(q.path + "?" + same + "after=" + url_encoded(next), "Next page", "next").raw(" ");
  }
  h.link("/api/v1/" + endpoint + query, "JSON")
      .raw(" ")
      .link("/api/v1/" + endpoint + query + (query.empty() ? "?" : "&") + "format=csv", "CSV");
  if (can_be_saved(endpoint))
    h.raw(" ").link("/api/v1/" + endpoint + query + (query.empty() ? "?" : "&") + "format=atom",
                    "Feed of what is new (Atom)");
  h.raw("</p>\n");
  return h.take();
}

bool inferred_of(Ledger& ledger, const std::string& name, const std::string& country) {
  Query q(ledger.database(), "SELECT country_basis FROM who WHERE name = ? AND country = ?");
  return q.bind(name).bind(country).step() && q.text(0) == "inferred";
}

Answer evident(Ledger& ledger, Answer a, const char* column, const std::string& country) {
  const auto found = std::find(a.columns.begin(), a.columns.end(), column);
  if (country.empty() || found == a.columns.end()) return a;
  const auto c = static_cast<size_t>(found - a.columns.begin());
  std::erase_if(a.rows, [&](const std::vector<std::string>& row) {
    return inferred_of(ledger, row[c], country);
  });
  return a;
}

const std::vector<Column> kStatements = {{"date", "Date"},         {"speaker", "Speaker"},
                                         {"via", "Via"},           {"content", "Words"},
                                         {"occasion", "Occasion"}, {"article", "Article"}};
const std::vector<Column> kEvents = {
    {"date", "Date"},     {"source", "Who"},  {"type", "Act"},       {"target", "To whom"},
    {"status", "Status"}, {"words", "Words"}, {"article", "Article"}};
const std::vector<Column> kPositions = {
    {"date", "Date"},    {"holder", "Who"},          {"stance", "Stance"}, {"toward", "Toward"},
    {"content", "What"}, {"condition", "Condition"}, {"issue", "Issue"},   {"article", "Article"}};
const std::vector<Column> kChanges = {
    {"date", "Date"},     {"holder", "Who"},     {"change", "Change"}, {"issue", "Issue"},
    {"before", "Before"}, {"before_date", "of"}, {"after", "Now"},     {"article", "Article"}};

std::string filters(const Request& q,
                    const std::vector<std::pair<const char*, const char*>>& fields) {
  Html h;
  h.raw("<form class=\"filters\" method=\"get\" action=\"").text(q.path).raw("\">");
  for (const auto& [name, label] : fields) {
    bool date = std::string_view(name) == "from" || std::string_view(name) == "until";
    h.raw(std::string("<label>") + label + " <input name=\"" + name + "\" value=\"")
        .text(q.get(name))
        .raw(std::string("\" maxlength=\"100\"") +
             (date ? " placeholder=\"2031-05\" size=\"10\"" : "") + "></label> ");
  }
  if (!q.get("name").empty())
    h.raw("<input type=\"hidden\" name=\"name\" value=\"").text(q.get("name")).raw("\">");
  h.raw("<button>Show</button></form>\n");
  return h.take();
}

}  // namespace chancery
