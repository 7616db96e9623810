#include "ledger/saved.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/ledger.h"

namespace chancery {
namespace {

constexpr std::array kSavable = {"statements", "events",    "acts",    "positions", "changes",
                                 "calendar",   "deadlines", "novelty", "articles",  "search"};

// "by=Varga\ttopic=port": names and values hold no control characters (catalogue.h).
std::string written(const Asked& filters) {
  std::string out;
  for (const auto& [name, values] : filters)
    for (const std::string& value : values) out += (out.empty() ? "" : "\t") + name + "=" + value;
  return out;
}

Asked filters_of(const std::string& text) {
  Asked out;
  for (std::string_view part : split(text, '\t'))
    if (size_t equal = part.find('='); equal != std::string_view::npos)
      out[std::string(part.substr(0, equal))].emplace_back(part.substr(equal + 1));
  return out;
}

SavedQuestion row_of(const Query& q) {
  return {q.text(0), q.text(1), filters_of(q.text(2)), q.integer(3)};
}

}  // namespace

bool can_be_saved(std::string_view question) {
  return std::find(kSavable.begin(), kSavable.end(), question) != kSavable.end();
}

std::string savable() {
  return join(std::vector<std::string>(kSavable.begin(), kSavable.end()), ", ");
}

void check_saved(const SavedQuestion& s, const Known& known) {
  constexpr size_t kLongest = 200;
  const bool printable = std::none_of(s.name.begin(), s.name.end(),
                                      [](unsigned char c) { return c < ' ' || c == 127; });
  if (trim(s.name).empty() || s.name.size() > kLongest || !printable || !valid_utf8(s.name))
    throw UsageError("name: a line of text is wanted, of 200 bytes at most");
  if (!can_be_saved(s.question))
    throw UsageError("'" + s.question.substr(0, 80) + "' cannot be saved; these can: " + savable());
  question_of(find_question(s.question)->filters, s.filters, known, Door::http);
}

int64_t newest_article(Database& db) {
  Query q(db, "SELECT max(number) FROM article");
  return q.step() && !q.null(0) ? q.integer(0) : 0;
}

std::vector<SavedQuestion> SavedQuestions::all() {
  std::vector<SavedQuestion> out;
  Query q(db_, "SELECT name, question, filters, told FROM saved ORDER BY name");
  while (q.step()) out.push_back(row_of(q));
  return out;
}

std::optional<SavedQuestion> SavedQuestions::find(const std::string& name) {
  Query q(db_, "SELECT name, question, filters, told FROM saved WHERE name = ?");
  if (!q.bind(name).step()) return std::nullopt;
  return row_of(q);
}

void SavedQuestions::put(const SavedQuestion& s) {
  Query q(db_,
          "INSERT INTO saved(name, question, filters, told) VALUES (?,?,?,?) ON CONFLICT (name) DO "
          "UPDATE SET question = excluded.question, filters = excluded.filters, told = "
          "excluded.told");
  q.bind(s.name).bind(s.question).bind(written(s.filters)).bind(s.told).step();
}

bool SavedQuestions::remove(const std::string& name) {
  if (!find(name)) return false;
  Query q(db_, "DELETE FROM saved WHERE name = ?");
  q.bind(name).step();
  return true;
}

void SavedQuestions::tell(const std::string& name, int64_t article) {
  Query q(db_, "UPDATE saved SET told = ? WHERE name = ?");
  q.bind(article).bind(name).step();
}

Answer news_of(Ledger& ledger, const SavedQuestion& saved, const Known& known, int64_t& newest) {
  newest = newest_article(ledger.database());
  const QuestionKind* kind = find_question(saved.question);
  if (!kind) throw UsageError("'" + saved.question + "' is no question of the catalogue");
  Question q = question_of(kind->filters, saved.filters, known, Door::http);
  q.behind_article = saved.told;
  q.limit = 1000;
  Answer all = (ledger.*kind->ask)(q);
  // What comes in while the pages are turned is told the next time.
  while (!all.next.empty()) {
    q.after = all.next;
    Answer page = (ledger.*kind->ask)(q);
    all.next = page.next;
    for (auto& row : page.rows) all.rows.push_back(std::move(row));
  }
  const auto at = [&](const char* name) {
    auto found = std::find(all.columns.begin(), all.columns.end(), name);
    return found == all.columns.end() ? -1 : found - all.columns.begin();
  };
  long article = at("article_number");
  if (article < 0) article = at("number");
  std::erase_if(all.rows, [&](const std::vector<std::string>& row) {
    return std::stoll(row[static_cast<size_t>(article)]) > newest;
  });
  return all;
}

}  // namespace chancery
