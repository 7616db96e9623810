#include "ledger/brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/calendar.h"
#include "base/cutting.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/ledger_words.h"
#include "record/vocabulary.h"
#include "record/when.h"

namespace chancery {
namespace {

constexpr int kLines = 12;

std::string shortened(const std::string& s, size_t most) {
  return chancery::shortened(quoted_whole(tidy(s)), most);
}

// "PRK CONSULT USA" as a person would say it; the text's words behind the doer, `evidence` then
// empty, where they say it better.
std::string told(const BriefWords& words_of, const BriefAct& act, std::string& evidence) {
  const std::string type(act.type), source(act.who), target(act.whom), status(act.status);
  if (words_of.act) {
    if (std::string said = words_of.act(act); !said.empty()) return said;
    std::string own = std::exchange(evidence, std::string());
    if (begins_with_name(own, source)) return sentence_case(own);
    return (source.empty() ? std::string("Somebody") : source) + ": " + own;
  }
  const std::string_view verb = ledger_words(LedgerWords::brief_verbs).value(type);
  std::string words(verb.empty() ? type : verb);
  if (target.empty())
    for (const std::string& preposition : ledger_words(LedgerWords::brief_prepositions))
      if (words.ends_with(" " + preposition)) words.resize(words.size() - preposition.size() - 1);
  std::string out = (source.empty() ? std::string("Somebody") : source) + " " + words +
                    (target.empty() ? "" : " " + target);
  return status == "occurred" || status == "planned" ? out : out + " (" + status + ")";
}

}  // namespace

// For HTML and XML: characters that no XML may hold, by whatever name, become the one that says so.
std::string html_escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r')) {
      out += "\uFFFD";
      continue;
    }
    if (std::string_view three = text.substr(i, 3);
        three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      out += "\uFFFD";
      i += 2;
      continue;
    }
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

namespace {

// Storylines of the period by the number of articles in it, with the newest title.
std::vector<Brief::Line> stories(const Answer& articles) {
  std::map<std::string, std::pair<int, const std::vector<std::string>*>> by_story;
  for (const auto& row : articles.rows)
    if (!row[8].empty()) {
      auto& [n, newest] = by_story[row[8]];
      ++n;
      if (!newest) newest = &row;
    }
  std::vector<std::pair<int, const std::vector<std::string>*>> order;
  for (const auto& [id, s] : by_story) order.push_back(s);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : (*a.second)[0] > (*b.second)[0];
  });
  std::vector<Brief::Line> lines;
  for (const auto& [n, row] : order) {
    if (static_cast<int>(lines.size()) == kLines) break;
    lines.push_back({((*row)[3].empty() ? (*row)[4] : (*row)[3]) +
                         (n > 1 ? fmt::format(" ({} reports)", n) : ""),
                     "", (*row)[4], std::stoll((*row)[0])});
  }
  return lines;
}

std::string mode_of(Ledger& ledger, const std::string& event) {
  Query q(ledger.database(), "SELECT mode FROM event WHERE number = ?");
  return q.bind(static_cast<int64_t>(std::stoll(event))).step() ? q.text(0) : "";
}

std::vector<Brief::Line> acts(Ledger& ledger, const Question& q, const BriefWords& words) {
  Question first = q;
  first.limit = 150;
  Answer tellings = ledger.happenings(first);
  std::stable_sort(tellings.rows.begin(), tellings.rows.end(),
                   [](const auto& a, const auto& b) { return std::stoi(a[8]) > std::stoi(b[8]); });
  std::vector<Brief::Line> lines;
  std::set<std::string> told_already;  // words that a line has
  for (const auto& row : tellings.rows) {
    if (static_cast<int>(lines.size()) == kLines) break;
    if (row[5] == "planned" || row[5] == "denied" || row[2].empty() ||
        (row[4].empty() && std::stoi(row[8]) < 2))
      continue;
    std::string evidence = shortened(row[9], 180);
    const bool again = !told_already.insert(row[12] + evidence).second;
    const std::string text =
        told(words, {row[3], mode_of(ledger, row[0]), row[5], row[2], row[4]}, evidence) +
        (std::stoi(row[8]) > 1 ? fmt::format(" — {} reports", row[8]) : "");
    if (again && evidence.empty()) continue;  // its words stand above
    lines.push_back({text, evidence, row[10], std::stoll(row[12])});
  }
  return lines;
}

// Does a line of the same article have these words already?
bool has_words(const std::vector<Brief::Line>& lines, int64_t article, const std::string& words) {
  return std::any_of(lines.begin(), lines.end(), [&](const Brief::Line& l) {
    return l.number == article && (l.text + "\n" + l.evidence).find(words) != std::string::npos;
  });
}

std::vector<Brief::Line> said(Ledger& ledger, const Question& q, const BriefWords& words,
                              const std::vector<Brief::Line>& acts) {
  Question s = q;
  s.limit = 150;
  Answer statements = ledger.statements(s);
  // One line a speaker, those with a direct quotation and a sure reading first.
  std::stable_sort(
      statements.rows.begin(), statements.rows.end(),
      [](const auto& a, const auto& b) { return (a[4] == "direct") > (b[4] == "direct"); });
  std::set<std::string> heard;
  std::vector<Brief::Line> lines;
  for (const auto& row : statements.rows) {
    if (static_cast<int>(lines.size()) == kLines) break;
    if (row[2].empty() || row[5].size() < 30 || heard.count(row[2]) ||
        has_words(acts, std::stoll(row[12]), tidy(row[5])))
      continue;
    heard.insert(row[2]);
    const std::string saying = words.saying ? words.saying(row.back(), row[5]) : ": ";
    lines.push_back({sentence_case(row[2]) + (row[3].empty() ? "" : " (via " + row[3] + ")") +
                         saying + shortened(row[5], 220),
                     "", row[7], std::stoll(row[12])});
  }
  return lines;
}

std::vector<Brief::Line> moved(Ledger& ledger, const Question& q, int year) {
  Question few = q;
  few.limit = kLines;
  Answer changes = ledger.changes(few);
  std::vector<Brief::Line> lines;
  for (const auto& row : changes.rows) {
    const std::string before =
        row[5].empty() ? ""
                       : "; before (" + When(row[6]).words(year) + "): " + shortened(row[5], 140);
    lines.push_back({sentence_case(row[2]) + " on " + row[4] + ": " + row[3] + " — " +
                         shortened(row[8], 240) + before,
                     "", row[9], std::stoll(row[15])});
  }
  return lines;
}

// Plans of the thirty days behind the period.
std::vector<Brief::Line> ahead(Ledger& ledger, const When& until_day, int year,
                               const BriefWords& words) {
  Question c;
  c.sure = words.sure;
  c.from = until_day.to_day();
  if (until_day.dated()) c.until = iso(add_days(until_day.to(), 30));
  c.limit = 25;
  c.status = "planned";
  std::vector<Brief::Line> lines;
  std::set<std::string> seen;
  for (const auto& row : ledger.calendar(c).rows) {
    // What is set for a day may be told as an act too.
    const bool occasion = kOccasions.has(row[3]);
    if (row[7] != "planned" || static_cast<int>(lines.size()) == kLines ||
        !seen.insert(row[1] + (occasion ? row[9] : row[2] + row[5])).second ||
        (!seen.insert(row[1] + row[10]).second && occasion))
      continue;
    std::string evidence = shortened(row[9], 160);
    const std::string text =
        sentence_case(When(row[17]).words(year)) + ": " +
        (occasion ? std::exchange(evidence, "")
                  : told(words, {row[3], row[4], row[7], row[2], row[5]}, evidence)) +
        (row[6].empty() ? "" : ", " + row[6]) +
        (row[8].empty() ? "" : " — " + row[8].substr(0, row[8].rfind(" (")));
    lines.push_back({text, evidence, row[10], std::stoll(row[15])});
  }
  return lines;
}

std::vector<Brief::Line> new_claims(Ledger& ledger, const Question& q) {
  std::vector<Brief::Line> lines;
  Question claims = q;
  claims.limit = kLines;
  for (const auto& row : ledger.novelty(claims).rows) {
    // "The first time this year" alone tells nobody what, nor who.
    const std::string claim = shortened(row[7], 160);
    const bool of = !row[3].empty() && claim.find(row[3]) == std::string::npos;
    lines.push_back({(row[4].empty() ? "" : sentence_case(row[4]) + ": ") +
                         (of ? row[3] + ", " : "") + claim + (row[6].empty() ? "" : " — " + row[6]),
                     "", row[8], std::stoll(row[9])});
  }
  return lines;
}

}  // namespace

Brief make_brief(Ledger& ledger, const std::string& from, const std::string& until,
                 const BriefWords& words) {
  Brief b;
  b.from = from;
  b.until = until;
  Question q;
  q.from = from;
  q.until = until;
  q.limit = 1000;
  Answer articles = ledger.articles_of(q);
  for (const auto& row : articles.rows) {
    ++b.articles;
    b.copies += !row[6].empty();
  }
  if (b.until.empty() && !articles.rows.empty()) b.until = articles.rows[0][1];
  q.sure = words.sure;
  const When until_day(b.until);
  const int year = until_day.dated() ? until_day.to().year : -1;  // the reader's own
  const auto section = [&](const char* title, std::vector<Brief::Line> lines) {
    if (!lines.empty()) b.sections.push_back({title, std::move(lines)});
  };
  section("Stories", stories(articles));
  const std::vector<Brief::Line> done = acts(ledger, q, words);
  section("What happened", done);
  section("What was said", said(ledger, q, words, done));
  section("Positions that moved", moved(ledger, q, year));
  section("Ahead", ahead(ledger, until_day, year, words));
  section("Said to be new", new_claims(ledger, q));
  return b;
}

namespace {

std::string headline(const Brief& b) {
  std::string from = When(b.from).words(), until = When(b.until).words();
  return "Brief of " + (from == until || b.until.empty() ? from : from + " to " + until);
}
std::string counts(const Brief& b) {
  return fmt::format(
      "{} article{}{}", b.articles, b.articles == 1 ? "" : "s",
      b.copies ? fmt::format(", {} of them nearly the same as others", b.copies) : "");
}

}  // namespace

std::string brief_as_text(const Brief& b, int width) {
  std::string out = headline(b) + "\n" + counts(b) + "\n";
  auto wrapped = [&](const std::string& text, const std::string& first, const std::string& rest) {
    std::string line = first;
    size_t used = first.size();
    for (std::string_view word : split_words(text)) {
      if (used + 1 + word.size() > static_cast<size_t>(width) && used > rest.size()) {
        out += line + "\n";
        line = rest;
        used = rest.size();
      }
      if (line.size() > rest.size() || (line == first && line.back() != ' ')) line += ' ', ++used;
      line += word;
      used += word.size();
    }
    out += line + "\n";
  };
  for (const Brief::Section& s : b.sections) {
    out += "\n" + s.title + "\n";
    for (const Brief::Line& l : s.lines) {
      wrapped(l.text + " [" + l.article + "]", "  - ", "    ");
      if (!l.evidence.empty()) wrapped("“" + l.evidence + "”", "      ", "      ");
    }
  }
  return out;
}

std::string brief_as_markdown(const Brief& b) {
  auto plain = [](const std::string& s) {
    std::string out;
    for (char c : s) {
      if (c == '<' || c == '>' || c == '&') {
        out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
        continue;
      }
      if (std::string_view("\\`*_{}[]#|!").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
    return out;
  };
  std::string out = "# " + headline(b) + "\n\n" + counts(b) + "\n";
  for (const Brief::Section& s : b.sections) {
    out += "\n## " + s.title + "\n\n";
    for (const Brief::Line& l : s.lines) {
      out += "- " + plain(l.text) + " (" + plain(l.article) + ")\n";
      if (!l.evidence.empty()) out += "  > " + plain(l.evidence) + "\n";
    }
  }
  return out;
}

std::string brief_as_html(const Brief& b) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
      html_escaped(headline(b)) +
      "</title><style>body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 "
      "1rem;color:#1c1c22;background:#fdfdfb}h1{font-size:1.6rem}h2{font-size:1.1rem;border-bottom:"
      "1px solid #ccc}li{margin:.4rem "
      "0}q,small{color:#555}@media(prefers-color-scheme:dark){body{color:#e8e6e1;background:#"
      "17181c}q,small{color:#aaa}}</style></head><body><h1>" +
      html_escaped(headline(b)) + "</h1><p>" + counts(b) + "</p>\n";
  for (const Brief::Section& s : b.sections) {
    out += "<h2>" + html_escaped(s.title) + "</h2>\n<ul>\n";
    for (const Brief::Line& l : s.lines)
      out += "<li>" + html_escaped(l.text) + " <small>[" + html_escaped(l.article) + "]</small>" +
             (l.evidence.empty() ? "" : "<br><q>" + html_escaped(l.evidence) + "</q>") + "</li>\n";
    out += "</ul>\n";
  }
  return out + "</body></html>\n";
}

}  // namespace chancery
