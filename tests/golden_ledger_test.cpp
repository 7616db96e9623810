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
#include "ledger/correction_answer.h"
#include "ledger/desk.h"
#include "ledger/digest.h"
#include "ledger/play.h"
#include "ledger/saved.h"
#include "ledger/settle.h"
#include "ledger/suggest.h"
#include "record/json.h"
#include "record/sure.h"
#include "record/validate.h"
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
  // Two stretches of a text, less alike than either and the whole that comes behind them.
  for (size_t i = 5; i < out.size(); i += 19) {
    const std::string text = out[i].text;
    const size_t cut = text.find(' ', text.size() / 6);
    if (text.size() < 600 || cut == std::string::npos) continue;
    Article front = out[i], back = out[i];
    front.id += "-front", back.id += "-back";
    front.text = text.substr(0, text.rfind(' ', text.size() - text.size() / 7));
    back.text = text.substr(cut + 1);
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(i), {front, back});
  }
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
  explicit Golden(std::vector<Article> articles)
      : ledger_(std::make_unique<Ledger>(folder_.file("l.ledger"), Ledger::write)) {
    const Reader reader(test::resources());
    std::vector<Record> records;
    for (Article& article : articles) {
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

// Of each field that a person may edit, a value that most records take; actors by a name of the record.
std::vector<std::string> another(const std::string& field, const Record& r) {
  static const std::map<std::string, std::string> values = {
      {"kind", "organization"}, {"country", "FIN"},     {"sector", "MIL"},
      {"role", "envoy"},        {"force", "denied"},    {"quote", "mixed"},
      {"when", "2031-04"},      {"occasion", "speech"}, {"type", "ACCUSE"},
      {"mode", "visit"},        {"cameo", "112"},       {"status", "planned"},
      {"stance", "rejects"},    {"topic", "the ports"}, {"issue", "fishing"},
      {"stages", "a survey"},   {"claim", "largest"},   {"what", "dam"},
      {"since", "2020"}};
  if (field == "words" || field == "trigger" || field == "condition") {
    const std::string& text = r.article.text;
    return {text.substr(0, text.find(' ', 20))};
  }
  if (field == "name" && !r.entities.empty()) return {r.entities[0].name + " the Elder"};
  if (const auto known = values.find(field); known != values.end()) return {known->second};
  return {r.entities.empty() ? "" : r.entities[r.article.text.size() % r.entities.size()].name};
}

// May a person edit it so?
bool fits(const Record& record, const std::string& item, const Fields& value) {
  try {
    Record copy = record;
    for (const auto& [field, values] : value)
      set_field(copy, record, *item_of(record, item), field, values);
    return !first_problem(copy, codes());
  } catch (const UsageError&) {
    return false;
  }
}

Amendment wish(const std::string& act, int64_t article, const std::string& item) {
  Amendment a;
  a.act = act;
  a.article = article;
  a.item = item;
  a.author = "Ana Ruiz";
  a.reason = "read again";
  return a;
}

// Of every kind of item something is rejected, confirmed, noted, and each of its fields edited, an article
// at a time; actors are made one and told apart, and some of it is undone.
void put_right(Ledger& ledger) {
  std::vector<Amendment> wanted;
  for (const auto& [from, into] : {std::pair{"Tora Solheim", "Kari Solberg"},
                                   {"Andris Ozols", "Marta Vilks"},
                                   {"Mads Krogh", "Jon Arnarson"}}) {
    wanted.push_back(wish("merge", 0, ""));
    wanted.back().from = {from, "", ""}, wanted.back().into = {into, "", ""};
  }
  ledger.amend(wanted);
  wanted.clear();
  const std::vector<std::string> items = {"s1", "v1", "p1", "e1", "t1", "n1", "v2", "s2"};
  for (int64_t n = 1; n <= ledger.articles(); ++n) {
    const auto record = ledger.record(n);
    const std::string& item = items[static_cast<size_t>(n) % items.size()];
    if (!record || !item_of(*record, item)) continue;
    const size_t turn = static_cast<size_t>(n) / items.size();
    if (turn % 8 == 7) {
      wanted.push_back(wish(turn % 16 == 7 ? "note" : "reject", n, item));
      continue;
    }
    const std::vector<std::string> fields = editable(item_of(*record, item)->kind);
    const std::string field = fields[turn % fields.size()];
    const Fields value = {{field, another(field, *record)}};
    // Who bears a name that another of the article bears too is not named by it.
    const bool one =
        std::count_if(record->entities.begin(), record->entities.end(),
                      [&](const Entity& e) { return e.name == value.at(field)[0]; }) < 2;
    wanted.push_back(wish(one && fits(*record, item, value) ? "edit" : "confirm", n, ""));
    if (wanted.back().act != "edit") continue;
    wanted.back().item = item, wanted.back().value = value;
    if (names_actors(item_of(*record, item)->kind,
                     field))  // named as read, which it may not be here
      for (const Entity& e : record->entities)
        if (e.name == value.at(field)[0]) wanted.back().value = {{field, {e.id}}};
  }
  wanted.push_back(wish("delete", 40, ""));
  ledger.amend(wanted);
  wanted.clear();
  for (int64_t undone : {3, 4, 11}) {
    wanted.push_back(wish("undo", 0, ""));
    wanted.back().undoes = undone;
  }
  ledger.amend(wanted);
}

// The list without when they were made, and how it is handed to another ledger.
std::string list_of(Ledger& ledger) {
  std::string out;
  const std::vector<StandingCorrection> all = ledger.corrections();
  for (const auto& row : corrections_answer(all).rows) {
    std::vector<std::string> cells = row;
    cells.erase(cells.begin() + 1);
    out += Golden::row(cells);
  }
  for (StandingCorrection c : all) {
    c.entry.at = "2031-05-14T09:30:00Z";
    EXPECT_EQ(correction_from_json(correction_json(c.entry)), c.entry);
    out += sha256(correction_json(c.entry)).substr(0, 4) + " ";
  }
  return out + "\n";
}

// What is said of names that nobody bears, and what is new on saved questions.
std::string told_beside(Ledger& ledger) {
  const Known known{test::resources()->known, codes()};
  std::string out;
  for (const Asked& asked : std::vector<Asked>{{{"by", {"Solhem"}}},
                                               {{"to", {"Icelnad"}}},
                                               {{"country", {"Bhutan"}}},
                                               {{"text", {"trawlesr"}}},
                                               {{"actor", {"Zzyx"}}, {"from", {"2031-05"}}},
                                               {{"about", {"Nobody Atall"}}}}) {
    const Question q = question_of("by to country text actor from about", asked, known, Door::http);
    for (const std::string& line : remarks(ledger, q, known.names).lines) out += line + "\n";
  }
  for (const char* name : {"statements", "events", "positions", "novelty", "calendar"}) {
    int64_t newest = 0;
    SavedQuestion saved{name, name, {{"country", {"Norway"}}}, 150};
    const Answer news = news_of(ledger, saved, known, newest);
    out += std::string(name) + " " + std::to_string(news.rows.size()) + " " + Golden::digest(news) +
           " " + std::to_string(newest) + "\n";
  }
  return out;
}

TEST(Golden, ALedgerOfTheTextsAnswersAsItDid) {
  if (test::sanitized()) GTEST_SKIP() << "a part of the texts answers otherwise";
  Golden golden(all_articles());
  test::GoldenFile kept("ledger/answers");
  compare(golden, kept, "as read", 3);
  kept.section("beside", told_beside(golden.ledger()));
}

TEST(Golden, ALedgerPutRightAnswersAsItDid) {
  if (test::sanitized()) GTEST_SKIP() << "a part of the texts answers otherwise";
  Golden golden(all_articles());
  test::GoldenFile kept("ledger/corrected");
  put_right(golden.ledger());
  if (!kept.section("corrections", list_of(golden.ledger()))) return;
  compare(golden, kept, "put right", 1);
  EXPECT_TRUE(damages(golden.ledger()).empty());
  const Settled settled = settle(golden.ledger());
  kept.section("settled", settled.from + " " + std::to_string(settled.opened) + " " +
                              std::to_string(settled.changed) + "\n" + golden.tables() +
                              golden.records());
}

// Of each text others that are the same report: under another address, at another hour or day, with other blanks.
std::vector<Article> with_twins(const std::vector<Article>& articles) {
  std::vector<Article> out;
  for (size_t i = 0; i < articles.size(); ++i) {
    Article a = articles[i];
    a.url = "https://paper.example/" + a.id;
    out.push_back(a);
    Article twin = a;
    if (i % 5 == 0) twin.id = "0" + a.id, twin.url = "https://sister.example/" + a.id;
    if (i % 5 == 1) twin.published += "T09:00:00Z";
    if (i % 5 == 2) twin.text = "  " + replace_all(a.text, " ", "  "), twin.url.clear();
    if (i % 5 == 3) twin.published = "2030-12-31", twin.publisher = "Nordsentral";
    if (i % 5 != 4) out.push_back(twin);
    if (i % 10 == 3) out.back().url += "?page=2", out.push_back(a);
    if (i % 10 == 5) twin.published = "2030-01-02", twin.id += "x", out.push_back(twin);
  }
  std::sort(out.begin(), out.end(), [](const Article& a, const Article& b) {
    return sha256(a.id + a.url + a.published) < sha256(b.id + b.url + b.published);
  });
  return out;
}

// What each record is to a ledger that gets them in no order, while people delete and put back some of them.
TEST(Golden, ALedgerFilledInNoOrderSettlesAsItDid) {
  if (test::sanitized()) GTEST_SKIP() << "a part of the texts answers otherwise";
  std::vector<Article> articles = reports_of("clusters");
  for (Article& a : reports_of("stories"))
    if (articles.size() < 90) articles.push_back(std::move(a));
  Golden golden({});
  Ledger& ledger = golden.ledger();
  test::GoldenFile kept("ledger/scattered");
  const Reader reader(test::resources());
  std::string said;
  int64_t n = 0;
  auto change = [&](const Amendment& a) {
    said += a.act + " " + std::to_string(a.article) + " " + std::to_string(ledger.amend(a)) + "\n";
  };
  for (Article& article : with_twins(articles)) {
    ++n;
    Record record = reader.read(std::move(article));
    record.made_by = {};
    const Record* one = &record;
    if (n % 3 == 0) ledger.begin(), ledger.expect({one});
    const Ledger::Added added = ledger.add(record);
    if (n % 3 == 0) ledger.commit();
    said += record.article.id + (added == Ledger::Added::fresh  ? " fresh"
                                 : added == Ledger::Added::copy ? " copy"
                                                                : " known");
    said += ledger.has_url(record.article.url) ? "\n" : " unfound\n";
    if (n % 25 == 0) change(wish("delete", n / 4, ""));
    if (n == 110) said += "settled " + std::to_string(settle(ledger).changed) + "\n";
  }
  if (!kept.section("added", said)) return;
  if (!kept.section("before", golden.tables() + golden.records())) return;
  const Settled first = settle(ledger), again = settle(ledger);
  std::string settled;
  for (const Settled& s : {first, again})
    settled += s.from + " " + std::to_string(s.opened) + " " + std::to_string(s.changed) + "\n";
  kept.section("settled", settled + golden.tables() + golden.records());
  Amendment back = wish("undo", 0, "");
  back.undoes = 1;
  said.clear();
  change(back);
  kept.section("put back", said + std::to_string(settle(ledger).changed) + "\n" + golden.tables() +
                               golden.records() + list_of(ledger));
  EXPECT_TRUE(damages(ledger).empty());
}

}  // namespace
}  // namespace chancery
