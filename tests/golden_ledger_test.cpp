// What a ledger of all invented texts answers, to every question of the catalogue with every filter, before and
// after people put things right in it: what no test of one question asks for shows here.
#include <gtest/gtest.h>

#include <memory>
#include <regex>

#include "base/digest.h"
#include "base/error.h"
#include "base/strings.h"
#include "export/export.h"
#include "golden.h"
#include "ledger/brief.h"
#include "ledger/catalogue.h"
#include "ledger/check.h"
#include "ledger/desk.h"
#include "ledger/digest.h"
#include "ledger/play.h"
#include "record/json.h"
#include "record/sure.h"
#include "serve/brief_words.h"
#include "support.h"

namespace chancery {
namespace {

const Codes& codes() {
  static const std::shared_ptr<const Codes> all = codes_of(*test::resources());
  return *all;
}

// Lines of a table with the columns "day" and "text": reports of storylines and of acts that several tell.
std::vector<Article> reports_of(const std::string& table) {
  std::vector<Article> out;
  const std::string file = read_file(test::source_dir() + "/tests/" + table + ".tsv");
  std::vector<std::string_view> names;
  for (std::string_view line : split(file, '\n')) {
    if (line.empty() || line.starts_with("#")) continue;
    const std::vector<std::string_view> cells = split(line, '\t');
    if (names.empty()) {
      names = cells;
      continue;
    }
    Article article;
    article.id = table + std::to_string(out.size() + 1);
    article.publisher = out.size() % 2 ? "The Harbour Courier" : "Nordsentral";
    article.language = "en";
    for (size_t i = 0; i < cells.size(); ++i)
      (names.at(i) == "day"     ? article.published
       : names.at(i) == "text"  ? article.text
       : names.at(i) == "title" ? article.title
                                : article.section) = std::string(cells[i]);
    article.section.clear();
    out.push_back(article);
  }
  return out;
}

// All texts, some of them a second time: nearly word for word elsewhere, or later at the same address.
std::vector<Article> all_articles() {
  std::vector<Article> out;
  for (const char* table : {"stories", "wire", "clusters"})
    for (Article& a : reports_of(table)) out.push_back(std::move(a));
  for (const char* file : {"reports/first", "reports/second", "reports/third",
                           "golden/texts/articles", "golden/texts/sentences"})
    for (Article& a : test::invented_articles(test::source_dir() + "/tests/" + file + ".txt"))
      out.push_back(std::move(a));
  std::vector<Article> again;
  for (size_t i = 0; i < out.size(); ++i) {
    out[i].url = "https://paper.example/" + out[i].id;
    if (i % 3 != 0) continue;
    Article copy = out[i];
    copy.id += "-again";
    if (i % 9 == 3) copy.url = "https://sister.example/" + copy.id, again.push_back(copy);
    if (i % 9 != 0) continue;
    copy.text += " The report could not be checked.";
    if (i % 2) copy.publisher = "The Copyist", copy.url = "https://copyist.example/" + out[i].id;
    if (i % 4 == 0) copy.published = "2031-10-01";
    again.push_back(copy);
  }
  out.insert(out.end(), again.begin(), again.end());
  return out;
}

// A ledger of all of them, and what it says, in lines.
class Golden {
 public:
  Golden() : ledger_(std::make_unique<Ledger>(folder_.file("l.ledger"), Ledger::write)) {
    const Reader reader(test::resources());
    std::vector<Record> records;
    for (Article& article : all_articles()) {
      records.push_back(reader.read(std::move(article)));
      records.back().made_by = {};
    }
    constexpr size_t kBatch = 40;
    for (size_t from = 0; from < records.size(); from += kBatch) {
      std::vector<const Record*> next;
      for (size_t i = from; i < std::min(from + kBatch, records.size()); ++i)
        next.push_back(&records[i]);
      ledger_->begin();
      ledger_->expect(next);
      for (const Record* record : next) ledger_->add(*record);
      ledger_->commit();
    }
  }
  Ledger& ledger() { return *ledger_; }

  // A digest of what every table holds.
  std::string tables() {
    std::string out;
    for (const TableDigest& t : digests(ledger_->database()))
      out += t.name + " " + std::to_string(t.rows) + " rows " + t.sha256.substr(0, 12) + "\n";
    return out;
  }

  std::string records() {
    std::string out;
    for (int64_t n = 1; n <= ledger_->articles(); ++n)
      if (const auto record = ledger_->record(n))
        out += std::to_string(n) + " " + record->article.id + " " +
               sha256(to_json(*record, {true})).substr(0, 12) + "\n";
    return out;
  }

  // How many rows it has, what they are, and the first `rows` of them.
  std::string answer(const QuestionKind& kind, const Asked& asked, size_t rows) {
    std::string out = kind.name;
    for (const auto& [filter, values] : asked) out += " " + filter + "=" + join(values, ",");
    Answer all;
    try {
      Question q =
          question_of(kind.filters, asked, {test::resources()->known, codes()}, Door::command_line);
      q.limit = 4000;
      all = (ledger_.get()->*kind.ask)(q);
    } catch (const UsageError& e) {
      return out + ": " + e.what() + "\n";
    }
    out += ": " + std::to_string(all.rows.size()) + " rows " + digest(all) + "\n";
    const size_t shown = asked.empty() ? 4 * rows : rows;
    for (size_t i = 0; i < std::min(shown, all.rows.size()); ++i) out += row(all.rows[i]);
    return out;
  }

  // The pages of an answer, a few rows each: they are what one page has, wherever it is cut.
  std::string pages(const QuestionKind& kind) {
    Question q;
    q.limit = 7;
    if (std::string_view(kind.name) == "timeline")
      q.between_a.country = "NOR", q.between_b.country = "ISL";
    std::string out = std::string(kind.name) + " by pages:";
    for (int page = 0; page < 30; ++page) {
      const Answer a = (ledger_.get()->*kind.ask)(q);
      out += " " + std::to_string(a.rows.size()) + "/" + digest(a).substr(0, 4);
      if (a.next.empty()) break;
      q.after = a.next;
    }
    return out + "\n";
  }

  static std::string digest(const Answer& answer) {
    std::string all = join(answer.columns, "\t") + "\n";
    for (const auto& cells : answer.rows) all += join(cells, "\t") + "\n";
    for (const std::string& note : answer.notes) all += note + "\n";
    return sha256(all).substr(0, 12);
  }

  static std::string row(const std::vector<std::string>& cells) {
    constexpr size_t kMost = 28;
    std::vector<std::string> shown;
    for (const std::string& cell : cells) {
      size_t end = std::min(cell.size(), kMost);
      while (end < cell.size() && (cell[end] & 0xC0) == 0x80) ++end;
      shown.push_back(replace_all(cell.substr(0, end), "\n", "/") + (end < cell.size() ? "…" : ""));
    }
    return "  " + join(shown, " | ") + "\n";
  }

 private:
  test::Folder folder_;
  std::unique_ptr<Ledger> ledger_;
};

// Values of each filter that find something.
std::vector<Asked> askings(const std::string& filters) {
  static const std::map<std::string, std::vector<std::vector<std::string>>> values = {
      {"by", {{"Norway"}, {"Solheim"}, {"Ozols"}}},
      {"to", {{"Iceland"}, {"Pereyra"}}},
      {"between", {{"Norway", "Iceland"}, {"PRK", "KOR"}, {"Solheim", "Arnarson"}}},
      {"actor", {{"Japan"}, {"Arnarson"}, {"NATO"}}},
      {"country", {{"Russia"}, {"ISL"}}},
      {"about", {{"ports"}, {"Russia"}}},
      {"text", {{"treaty"}, {"cod war"}}},
      {"q", {{"dam"}, {"ports trawlers"}, {"\"joint statement\""}}},
      {"topic", {{"accord"}, {"sanctions"}}},
      {"type", {{"CONSULT"}, {"SANCTION"}}},
      {"mode", {{"visit"}, {"arrest"}}},
      {"from", {{"2031-05-14"}, {"2031"}}},
      {"until", {{"2030-06"}, {"2031-W10"}}},
      {"period", {{"day"}, {"week"}, {"month"}, {"year"}}},
      {"story", {{"1"}, {"2"}}},
      {"article", {{"3"}}},
      {"order", {{"newest"}}}};
  std::vector<Asked> out = {{}};
  for (const std::string_view name : split_words(filters)) {
    const std::string filter(name);
    if (const auto known = values.find(filter); known != values.end())
      for (const auto& value : known->second) out.push_back({{filter, value}});
    else if (filter != "after")
      for (const std::string& value : find_filter(filter)->values(codes()))
        out.push_back({{filter, {value}}});
  }
  if (filters.find("by ") == 0)
    out.push_back({{"actor", {"Norway"}}, {"from", {"2031-02"}}, {"until", {"2031-06"}}});
  return out;
}

std::string play_lines(const Play& play) {
  std::string out;
  for (const Play::Stand& s : play.stands)
    out += Golden::row({s.holder, s.country, s.stance, s.toward, s.toward_country, s.content,
                        s.condition, s.day, s.article, s.issue, join(s.stages, "/"), s.when,
                        s.precision, s.reported, s.id});
  for (const Play::Link& l : play.links)
    out += Golden::row({l.kind, std::to_string(l.from), std::to_string(l.to), l.why, l.event});
  return out + "drawn " + sha256(play_as_svg(play) + play_as_dot(play)).substr(0, 12) + "\n";
}

std::string desk_lines(Ledger& ledger, const std::string& day, const SureLimits& limits) {
  const Desk desk = make_desk(ledger, day, limits);
  auto line = [](const Desk::Line& l) {
    return Golden::row({l.kind == Desk::Line::act ? "act" : "stand", std::to_string(l.article),
                        l.id, l.title, l.who, l.who_country, l.whom, l.whom_country, l.type, l.mode,
                        l.status, l.stance, l.condition, l.words, l.when, l.reported,
                        std::to_string(l.reports), l.sure ? "sure" : ""});
  };
  std::string out = "desk " + desk.from + " " + desk.until + " " + desk.earlier + " " + desk.later +
                    " " + std::to_string(desk.articles) + " of " + std::to_string(desk.all) + "\n";
  for (const Desk::Pair& p : desk.pairs) {
    out += "pair " + std::to_string(p.story) + " " + p.title + " " + p.a + " " + p.b + " " +
           std::to_string(p.sure) + " sure of " + std::to_string(p.lines.size()) + "\n";
    std::string all;
    for (const Desk::Line& l : p.lines) all += line(l);
    out += all.substr(0, all.find('\n') + 1) + "  all " + sha256(all).substr(0, 12) + "\n";
  }
  for (const Desk::Contact& c : desk.contacts) out += "contact " + c.a + " " + c.b + line(c.line);
  return out + "changes " + Golden::digest(desk.changes) + "\n";
}

// Everything that is told of a ledger, in sections under a name; of each answer so many rows.
void compare(Golden& golden, test::GoldenFile& kept, const std::string& when, size_t rows) {
  Ledger& ledger = golden.ledger();
  const SureLimits limits(test::source_dir() + "/data/sure.tsv");
  const present::Words words(test::source_dir() + "/data", test::resources()->known);
  auto section = [&](const std::string& name, const std::string& lines) {
    return kept.section(when + " " + name, lines);
  };
  if (!section("tables", golden.tables()) || !section("records", golden.records())) return;
  for (const QuestionKind& kind : questions()) {
    std::string lines = golden.pages(kind);
    for (const Asked& asked : askings(kind.filters)) lines += golden.answer(kind, asked, rows);
    if (!section(kind.name, lines)) return;
  }
  std::string plays;
  for (const char* topic : {"ports", "accord", "dam", "sanctions", "treaty", "talks", "troops"})
    plays += std::string(topic) + "\n" + play_lines(ledger.play(topic, {}));
  if (!section("plays", plays)) return;
  std::string desks;
  for (const char* day : {"", "2031-05-14", "2031-03-04", "2030-07-08"})
    desks += desk_lines(ledger, day, limits);
  if (!section("desk", desks)) return;
  const BriefWords said = brief_words(words, limits);
  std::string briefs = brief_as_text(make_brief(ledger, "2031-05-01", "2031-05-20", said), 100);
  for (const auto& [from, until] : {std::pair{"2031-03-01", ""}, {"2030-01-01", "2031-06-30"}}) {
    const Brief brief = make_brief(ledger, from, until);
    briefs += std::string(from) + " " +
              sha256(brief_as_markdown(brief) + brief_as_html(brief)).substr(0, 12) + "\n";
  }
  std::string tidy;
  for (std::string_view line : split(briefs, '\n'))
    if (!trim(line).empty()) tidy += std::string(line) + "\n";
  if (!section("brief", tidy)) return;
  const ExportTables tables(test::source_dir() + "/data", test::source_dir() + "/data/ontology");
  std::string exports;
  for (const std::string& format : export_formats()) {
    std::string out;
    export_ledger(ledger, tables, format, {"2030-01-01", ""},
                  [&](std::string_view line) { out += line; });
    out = std::regex_replace(out, std::regex("\"(at|confirmed_at)\":\"[^\"]*\""), "");
    exports +=
        format + " " + std::to_string(out.size()) + " bytes " + sha256(out).substr(0, 12) + "\n";
  }
  if (!section("exports", exports)) return;
  std::string learned;
  for (const LearnedActor& a : ledger.learned().list("", 60))
    learned += Golden::row({a.name, a.country, a.sector, a.role, a.first, a.last,
                            std::to_string(a.articles), a.evidence, a.origin});
  section("learned", learned);
}

TEST(Golden, ALedgerOfTheTextsAnswersAsItDid) {
  if (test::sanitized()) GTEST_SKIP() << "a part of the texts answers otherwise";
  Golden golden;
  test::GoldenFile kept("ledger/answers");
  compare(golden, kept, "as read", 3);
}

// One amendment of every kind to articles of the ledger, as far as they have such an item.
void put_right(Ledger& ledger) {
  Amendment a;
  a.author = "Ana Ruiz";
  a.reason = "read again";
  std::vector<Amendment> wanted;
  auto want = [&](const char* act, int64_t article, const std::string& item, const Fields& value) {
    const auto record = ledger.record(article);
    if (!record || (!item.empty() && !item_of(*record, item))) return;
    a.act = act, a.article = article, a.item = item, a.value = value;
    wanted.push_back(a);
  };
  for (int64_t n = 1; n <= ledger.articles(); ++n) switch (n % 7) {
      case 0: want("reject", n, "v1", {}); break;
      case 1: want("edit", n, "v1", {{"status", {"planned"}}}); break;
      case 2: want("reject", n, "p1", {}); break;
      case 3: want("edit", n, "p1", {{"stance", {"rejects"}}}); break;
      case 4: want("note", n, "s1", {}); break;
      case 5: want("reject", n, "s1", {}); break;
      default: want("confirm", n, "", {}); break;
    }
  want("edit", 31, "v1", {{"when", {"2031-04-01"}}});
  want("delete", 40, "", {});
  ledger.amend(wanted);
  wanted.clear();
  for (const auto& [from, into] :
       {std::pair{"Tora Solheim", "Kari Solberg"}, {"Andris Ozols", "Marta Vilks"}}) {
    a.from = {from, "", ""}, a.into = {into, "", ""};
    a.act = "merge", a.article = 0, a.item = "", a.value = {};
    wanted.push_back(a);
  }
  a.from = a.into = {};
  for (int64_t undone : {3, 4, 11}) {
    a.act = "undo", a.undoes = undone;
    wanted.push_back(a);
  }
  ledger.amend(wanted);
}

std::string list_of(Ledger& ledger) {
  std::string out;
  for (const StandingCorrection& c : ledger.corrections())
    out += Golden::row({std::to_string(c.entry.number), c.entry.act, c.entry.kind, c.article_id,
                        c.entry.item, c.state, c.why});
  return out;
}

TEST(Golden, ALedgerPutRightAnswersAsItDid) {
  if (test::sanitized()) GTEST_SKIP() << "a part of the texts answers otherwise";
  Golden golden;
  test::GoldenFile kept("ledger/corrected");
  put_right(golden.ledger());
  if (!kept.section("corrections", list_of(golden.ledger()))) return;
  compare(golden, kept, "put right", 1);
  EXPECT_TRUE(damages(golden.ledger()).empty());
}

}  // namespace
}  // namespace chancery
