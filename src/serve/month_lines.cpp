#include "serve/month_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "record/when.h"
#include "serve/html.h"
#include "serve/parts.h"

namespace chancery {
namespace {

constexpr size_t kListed = 24;  // months that are told in words

template <typename Items>
void list(Html& h, Items& items) {
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& x, const auto& y) { return x.day > y.day; });
  h.raw("<ul class=\"lines\">\n");
  for (const auto& i : items) h.raw(i.html);
  h.raw("</ul>\n");
}

}  // namespace

void MonthLines::add(const Answer& a, bool sure, const std::string& country) {
  const auto precision = std::find(a.columns.begin(), a.columns.end(), "precision");
  const auto speaker = std::find(a.columns.begin(), a.columns.end(), "speaker");
  std::vector<Told> lines;
  for (size_t r = 0; r < a.rows.size(); ++r) lines.push_back(told(a, r, words_));
  // What plain words tell goes before what only the text's own do.
  for (bool vague : {false, true})
    for (size_t r = 0; r < a.rows.size(); ++r) {
      const Told& t = lines[r];
      const auto& row = a.rows[r];
      if (t.vague != vague) continue;
      // Who is of the state by inference comes again with what is less sure.
      if (sure && !country.empty() && speaker != a.columns.end() &&
          inferred_of(ledger_, row[static_cast<size_t>(speaker - a.columns.begin())], country))
        continue;
      if (!fresh(a, row, t)) continue;
      // What has no month of its own stands under that of its report.
      const bool vague_day = precision != a.columns.end() &&
                             row[static_cast<size_t>(precision - a.columns.begin())] == "year";
      const std::string day = row[1].empty() || vague_day ? t.day : row[1];
      (sure ? months_[day.substr(0, 7)] : less_).push_back({day, line(t)});
    }
}

std::string MonthLines::html(const std::string& none) {
  Html h;
  size_t n = 0;
  for (auto& [month, items] : months_) {
    if (++n > kListed) break;
    h.raw("<h3>").text(month.empty() ? "Date not given" : When(month).words()).raw("</h3>");
    list(h, items);
  }
  if (months_.empty()) h.raw("<p class=\"none\">").text(none).raw("</p>");
  if (!less_.empty()) {
    h.raw("<details class=\"unsure\"><summary>")
        .text(fmt::format("Also in the reports, less sure ({})", less_.size()))
        .raw("</summary>");
    list(h, less_);
    h.raw("</details>\n");
  }
  return h.take();
}

// Told by no line yet: neither the act, nor a line of the same words, nor one whose words hold these.
bool MonthLines::fresh(const Answer& a, const std::vector<std::string>& row, const Told& t) {
  for (size_t c = 0; c < a.columns.size(); ++c)
    if (a.columns[c] == "happening" && !seen_.insert("#" + row[c]).second) return false;
  if (!seen_.insert(t.title).second) return false;
  if (t.own.empty()) return true;
  std::vector<std::string>& others = own_[t.article];
  for (const std::string& other : others)
    if (other.find(t.own) != std::string::npos || t.own.find(other) != std::string::npos)
      return false;
  others.push_back(t.own);
  return true;
}

std::string MonthLines::line(const Told& t) const {
  Html x;
  x.raw("<li><span class=\"says\">").text(t.title).raw("</span>");
  if (!t.words.empty()) x.raw(" <q>").text("“" + t.words + "”").raw("</q>");
  x.raw(" <span class=\"about\">").text(t.when + " · ");
  x.link(t.address, paper_of(ledger_, t.article)).raw("</span></li>\n");
  return x.take();
}

}  // namespace chancery
