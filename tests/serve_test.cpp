// The server: what it answers and what it refuses. The service is asked as a browser asks it, and
// the sockets are tried with slow, huge and crooked clients.
#include <gtest/gtest.h>

#include <chrono>
#include <regex>
#include <set>
#include <thread>

#include "article/load.h"
#include "base/error.h"
#include "export/export.h"
#include "ledger/columns.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "serve/api.h"
#include "serve/service.h"
#include "sockets.h"
#include "support.h"

namespace chancery {
namespace {

// One ledger of the examples for all tests here.
const std::string& ledger() {
  static test::Folder folder;
  static const std::string path = [] {
    Ledger l(folder.file("serve.ledger"), Ledger::write);
    for (const Record& r : test::example_reports()) l.add(r);
    return folder.file("serve.ledger");
  }();
  return path;
}

Response get(Service& s, const std::string& path, const std::string& accept = "text/html",
             const std::string& etag = "") {
  Request q;
  q.method = "GET";
  q.accept = accept;
  q.if_none_match = etag;
  size_t mark = path.find('?');
  q.path = path.substr(0, mark);
  if (mark != std::string::npos)
    for (std::string_view pair : split(std::string_view(path).substr(mark + 1), '&')) {
      size_t equal = pair.find('=');
      q.query.emplace(pair.substr(0, equal),
                      equal == std::string_view::npos ? "" : pair.substr(equal + 1));
    }
  return s.answer(q);
}

std::string header(const Response& r, const std::string& name) {
  for (const auto& [n, v] : r.headers)
    if (n == name) return v;
  return "";
}

Service& service() {
  static Service s({ledger(), "", "", 5000}, test::resources(), test::source_dir() + "/data");
  return s;
}

TEST(Serve, EveryQuestionOfTheApiAnswersAsItsDocumentSays) {
  std::string document = get(service(), "/api/v1/openapi.json").body;
  for (const QuestionKind& e : questions()) {
    EXPECT_NE(document.find("\"/" + std::string(e.name) + "\""), std::string::npos) << e.name;
    std::string needs = std::string(e.name) == "timeline" ? "&between=NOR,ISL"
                        : std::string(e.name) == "search" ? "&q=port"
                                                          : "";
    Response r = get(service(), "/api/v1/" + std::string(e.name) + "?limit=2" + needs);
    EXPECT_EQ(r.status, 200) << e.name << r.body;
    EXPECT_TRUE(r.body.starts_with("{\"items\":[")) << e.name;
    EXPECT_NE(r.body.find("\"next\":\""), std::string::npos) << e.name;
    EXPECT_EQ(r.type, "application/json; charset=utf-8");
    Response csv = get(service(), "/api/v1/" + std::string(e.name) + "?format=csv" + needs);
    EXPECT_EQ(csv.type, "text/csv; charset=utf-8") << e.name;
    EXPECT_NE(csv.body.find("\r\n"), std::string::npos);
    // The same again costs nothing.
    EXPECT_EQ(
        get(service(), "/api/v1/" + std::string(e.name) + "?limit=2" + needs, "", header(r, "ETag"))
            .status,
        304)
        << e.name;
  }
  for (const char* path :
       {"/api/v1/articles/1", "/api/v1/play?topic=shipping", "/api/v1/brief?from=2029"})
    EXPECT_EQ(get(service(), path).status, 200) << path;
  for (const char* path : {"/articles/{number}", "/play", "/brief", "/stream", "/read", "/records"})
    EXPECT_NE(document.find("\"" + std::string(path) + "\""), std::string::npos) << path;
}

TEST(Serve, PagesFollowOneAnotherThroughNext) {
  std::set<std::string> seen;
  std::string after;
  size_t rows = 0;
  for (int page = 0; page < 100; ++page) {
    Response r =
        get(service(), "/api/v1/statements?limit=4" + (after.empty() ? "" : "&after=" + after));
    static const std::regex number("\"number\":(\\d+)[,}]"), next("\"next\":\"([^\"]*)\"");
    for (std::sregex_iterator i(r.body.begin(), r.body.end(), number), end; i != end; ++i) {
      ++rows;
      seen.insert((*i)[1]);
    }
    std::smatch m;
    ASSERT_TRUE(std::regex_search(r.body, m, next));
    after = m[1];
    if (after.empty()) break;
  }
  EXPECT_GT(rows, 20u);
  EXPECT_EQ(seen.size(), rows);
}

TEST(Serve, WrongParametersAreProblemsNotErrors) {
  for (const char* path :
       {"/api/v1/statements?limit=0", "/api/v1/statements?limit=x",
        "/api/v1/statements?after=nonsense", "/api/v1/statements?from=yesterday",
        "/api/v1/events?between=NOR", "/api/v1/timeline?between=a,b",
        "/api/v1/timeline?between=NOR,ISL&period=fortnight", "/api/v1/articles/abc",
        "/api/v1/search", "/api/v1/play", "/api/v1/brief", "/api/v1/statements?story=-1",
        "/api/v1/statements?article=99999999999999999999"}) {
    Response r = get(service(), path);
    EXPECT_EQ(r.status, 400) << path << r.body;
    EXPECT_EQ(r.type, "application/problem+json") << path;
  }
  EXPECT_EQ(get(service(), "/api/v1/nothing").status, 404);
  EXPECT_EQ(get(service(), "/api/v1/articles/9999").status, 404);
  EXPECT_EQ(get(service(), "/api/v1/statements?by=" + std::string(400, 'x')).status, 400);
}

bool has(const Response& r, const std::string& part) {
  return r.body.find(part) != std::string::npos;
}

TEST(Serve, ClosedFiltersListWhatIsKnown) {
  for (const auto& [path, known] : {std::pair{"events?type=FOO", "CONSULT"},
                                    {"events?mode=flying", "visit"},
                                    {"events?status=gone", "conditional"},
                                    {"positions?stance=foo", "demands"},
                                    {"statements?force=shouted", "hedged"},
                                    {"statements?quote=sung", "indirect"},
                                    {"statements?country=Norwya", "Norway"},
                                    {"statements?order=up", "newest"},
                                    {"statements?format=xml", "csv"},
                                    {"play?topic=shipping&format=png", "svg"},
                                    {"timeline?between=NOR,ISL&period=fortnight", "week"},
                                    {"statements?foo=bar", "until"},
                                    {"play?topic=shipping&foo=bar", "topic"},
                                    {"articles/1?foo=bar", "foo"},
                                    {"openapi.json?foo=bar", "foo"},
                                    {"statements?from=2031-99", "2031-99"},
                                    {"statements?from=2031-06&until=2031-05", "before it begins"},
                                    {"statements?by=Solheim&by=Arnarson", "twice"}}) {
    Response r = get(service(), std::string("/api/v1/") + path);
    EXPECT_EQ(r.status, 400) << path << r.body;
    EXPECT_EQ(r.type, "application/problem+json") << path;
    EXPECT_TRUE(has(r, known)) << path << r.body;
  }
  for (const char* path :
       {"/?foo=bar", "/calendar?status=gone", "/search?q=port&from=yesterday", "/topics?by=Solheim",
        "/topic?name=shipping&type=CONSULT", "/actor?name=Solheim&limit=3", "/stories?from=2031-99",
        "/pair?a=NOR&b=ISL&foo=bar", "/network?order=newest", "/firsts?foo=", "/brief?since=24h",
        "/articles/1?foo=bar", "/about?x=y"}) {
    Response r = get(service(), path);
    EXPECT_EQ(r.status, 400) << path;
    EXPECT_TRUE(r.type.starts_with("text/html")) << path;
    EXPECT_TRUE(has(r, "Not that way")) << path;
  }
  // What forms send for fields that nobody filled in is no filter.
  EXPECT_EQ(get(service(), "/calendar?from=&until=&actor=&status=").status, 200);
  EXPECT_EQ(get(service(), "/api/v1/statements?by=&from=").status, 200);
}

// 503 is for a store that cannot be read, by the kind of error: never for what was asked.
TEST(Serve, WhatIsAskedWronglyIsNoFaultOfTheStore) {
  for (const char* path :
       {"search?q= ", "search?q=***", "search?q=\xE2\x80\x94",
        "statements?text= ", "statements?about=\"\"", "positions?topic=%", "novelty?stance=demands",
        "articles?type=CONSULT", "topics?actor=NOR", "statements?by=a\x01z",
        "statements?by=caf\xE9", "statements?after=x|99999999999999999999999",
        "actors?after=99999999999999999999|1", "network?after=r|99999999999999999999",
        "changes?after=2031-05-01|999999", "timeline?between=NOR,ISL&after=x",
        "statements?story=99999999999999999999", "statements?limit=99999999999999999999"}) {
    Response r = get(service(), std::string("/api/v1/") + path);
    EXPECT_EQ(r.status, 400) << path << " " << r.body;
    EXPECT_EQ(r.body.find("fts5"), std::string::npos) << r.body;
  }
  test::Folder folder;
  std::filesystem::copy_file(ledger(), folder.file("s.ledger"));
  Service s({folder.file("s.ledger"), "", "", 5000}, test::resources(),
            test::source_dir() + "/data");
  EXPECT_EQ(get(s, "/api/v1/statements").status, 200);
  Database::open(folder.file("s.ledger"), false)->run("DROP TABLE statement");
  Response lost = get(s, "/api/v1/statements?limit=3");
  EXPECT_EQ(lost.status, 503) << lost.body;
  EXPECT_EQ(get(s, "/api/v1/events").status, 200);
  EXPECT_EQ(get(s, "/").status, 503);
}

// The columns that the document, the page of the API and the answers speak of are the same.
TEST(Serve, RowsAreTypedAndHaveWhatTheirDocumentSays) {
  for (const QuestionKind& e : questions()) {
    const std::string name = e.name;
    Ledger l(ledger(), Ledger::read);
    Question q;
    q.limit = 3;
    if (name == "timeline") q.between_a = {"", "NOR"}, q.between_b = {"", "ISL"};
    if (name == "contacts") q.actor = {"", "NOR"};
    if (name == "search") q.text = "port";
    std::vector<std::string> columns = columns_of(name);
    for (std::string& column : columns)
      if (column.find('>') != std::string::npos)
        column = replace_all(replace_all(replace_all(column, "A >", "NOR >"), "B >", "ISL >"),
                             "> A", "> NOR"),
        column = replace_all(column, "> B", "> ISL");
    EXPECT_EQ((l.*e.ask)(q).columns, columns) << name;
  }
  const Response r = get(service(), "/api/v1/events?limit=5&status=occurred");
  EXPECT_TRUE(std::regex_search(r.body, std::regex("\"article_number\":\\d+,"))) << r.body;
  EXPECT_TRUE(std::regex_search(r.body, std::regex("\"confidence\":(0\\.\\d+|1),")));
  EXPECT_TRUE(std::regex_search(r.body, std::regex("\"goldstein\":(-?\\d+(\\.\\d+)?|null),")));
  EXPECT_TRUE(std::regex_search(r.body, std::regex("\"span\":\\[\\[\\d+,\\d+\\]\\]")));
  EXPECT_TRUE(has(r, "\"source_country\":\"NOR\"") || has(r, "\"source_country\":\"ISL\""))
      << r.body;
  const std::string document = get(service(), "/api/v1/openapi.json").body;
  for (const char* part : {"\"StatementsRow\"", "\"EventsPage\"", "\"/export\"", "\"Play\"",
                           "\"Brief\"", "\"span\":{\"type\":\"array\""})
    EXPECT_NE(document.find(part), std::string::npos) << part;
}

TEST(Serve, TotalsAreOfAllPages) {
  const Response all = get(service(), "/api/v1/statements?limit=1000&total=yes");
  const Response some = get(service(), "/api/v1/statements?limit=3&total=yes");
  std::smatch a, b;
  static const std::regex total("\"total\":(\\d+)");
  ASSERT_TRUE(std::regex_search(all.body, a, total));
  ASSERT_TRUE(std::regex_search(some.body, b, total));
  EXPECT_EQ(a[1], b[1]);
  EXPECT_GT(std::stoi(a[1]), 3);
  EXPECT_FALSE(has(get(service(), "/api/v1/statements?limit=3"), "\"total\""));
  EXPECT_EQ(get(service(), "/api/v1/statements?total=perhaps").status, 400);
}

TEST(Serve, ExportsWholeLedgersInEveryForm) {
  for (const std::string& format : export_formats()) {
    const Response r = get(service(), "/api/v1/export?format=" + format);
    EXPECT_EQ(r.status, 200) << format << r.body;
    EXPECT_EQ(has(r, "\"schema\":\"chancery/1\""), format == "records") << format;
    const bool table = format.starts_with("table-");
    EXPECT_EQ(r.type == "text/tab-separated-values; charset=utf-8",
              table || format.starts_with("gdelt") || format == "polecat" || format == "petrarch")
        << format;
  }
  EXPECT_EQ(get(service(), "/api/v1/export?format=pdf").status, 400);
  EXPECT_TRUE(has(get(service(), "/api/v1/export?format=pdf"), "polecat"));
  EXPECT_LT(get(service(), "/api/v1/export?from=2031-06").body.size(),
            get(service(), "/api/v1/export").body.size());
}

TEST(Serve, ThePageOfTheApiHasEveryQuestionAndParameter) {
  const Response r = get(service(), "/api");
  EXPECT_EQ(r.status, 200);
  for (const QuestionKind& e : questions()) {
    EXPECT_TRUE(has(r, "<h2>" + std::string(e.name) + "</h2>")) << e.name;
    for (std::string_view name : split_words(e.filters))
      EXPECT_TRUE(has(r, "<code>" + std::string(name) + "</code>")) << name;
  }
}

TEST(Serve, NamesThatNobodyBearsAreSaid) {
  Response r = get(service(), "/api/v1/statements?by=Solhem");
  EXPECT_EQ(r.status, 200);
  EXPECT_TRUE(has(r, "\"items\":[]") && has(r, "\"notes\":[") && has(r, "near: Kari Solheim"))
      << r.body;
  EXPECT_FALSE(has(get(service(), "/api/v1/statements?by=Solheim"), "\"notes\""));
  EXPECT_TRUE(has(get(service(), "/api/v1/play?topic=shiping"), "shipping"));
  EXPECT_TRUE(has(get(service(), "/actor?name=Solhem"), "near: Kari Solheim"));
  EXPECT_TRUE(has(get(service(), "/calendar?actor=Solhem"), "near: Kari Solheim"));
  EXPECT_TRUE(has(get(service(), "/topic?name=shiping"), "shipping"));
}

// The document lists the parameters that are taken, with their values; each of them is.
TEST(Serve, TheDocumentHasTheClosedLists) {
  std::string document = get(service(), "/api/v1/openapi.json").body;
  auto codes = codes_of(*test::resources());
  for (const char* name :
       {"type", "mode", "stance", "status", "force", "quote", "period", "order"}) {
    std::string list;
    for (const std::string& v : find_filter(name)->values(*codes))
      list += (list.empty() ? "\"" : ",\"") + v + "\"";
    EXPECT_NE(document.find("\"enum\":[" + list + "]"), std::string::npos) << name << list;
  }
  for (const char* name : {"topic", "from"})
    EXPECT_NE(document.find("\"name\":\"" + std::string(name) + "\""), std::string::npos);
}

// Links of the pages ask what the API takes.
TEST(Serve, LinksForProgramsAnswer) {
  static const std::regex link("href=\"(/api/v1/[^\"]+)\"");
  std::set<std::string> links;
  for (const char* path :
       {"/actor?name=Solheim&from=2029", "/pair?a=NOR&b=ISL&from=2029", "/topic?name=shipping",
        "/calendar?from=2029&actor=NOR", "/stories?text=port", "/network?from=2029",
        "/firsts?from=2029", "/topics", "/search?q=port", "/stories/1"}) {
    std::string body = get(service(), path).body;
    for (std::sregex_iterator i(body.begin(), body.end(), link), end; i != end; ++i)
      links.insert(replace_all(replace_all((*i)[1], "&amp;", "&"), "%2C", ","));
  }
  EXPECT_GT(links.size(), 20u);
  for (const std::string& l : links) EXPECT_EQ(get(service(), l).status, 200) << l;
}

TEST(Serve, ARecordThatCannotBeReadIsNamed) {
  test::Folder folder;
  std::filesystem::copy_file(ledger(), folder.file("d.ledger"));
  Database::open(folder.file("d.ledger"), false)
      ->run("UPDATE article SET record = '{\"schema\":' WHERE number = 2");
  Service s({folder.file("d.ledger"), "", "", 5000}, test::resources(),
            test::source_dir() + "/data");
  Response r = get(s, "/api/v1/articles/2");
  EXPECT_EQ(r.status, 500) << r.body;
  EXPECT_TRUE(has(r, "article 2")) << r.body;
  EXPECT_EQ(get(s, "/articles/2").status, 500);
  EXPECT_EQ(get(s, "/articles/3").status, 200);
}

TEST(Serve, TheAddressOfAStorylineLeadsToTheOneThatTookItIn) {
  test::Folder folder;
  std::filesystem::copy_file(ledger(), folder.file("j.ledger"));
  Database::open(folder.file("j.ledger"), false)->run("INSERT INTO story_joined VALUES (99, 1)");
  Service s({folder.file("j.ledger"), "", "", 5000}, test::resources(),
            test::source_dir() + "/data");
  const Response old = get(s, "/stories/99");
  EXPECT_EQ(old.status, 302);
  EXPECT_EQ(header(old, "Location"), "/stories/1");
  EXPECT_EQ(get(s, "/stories/1").status, 200);
  EXPECT_EQ(get(s, "/stories/98").status, 404);
  for (const char* list : {"articles", "statements", "events", "positions"})
    EXPECT_EQ(get(s, std::string("/api/v1/") + list + "?story=99").body,
              get(s, std::string("/api/v1/") + list + "?story=1").body)
        << list;
}

TEST(Serve, NoPathLeavesTheProgram) {
  std::vector<std::string> forms = {"/assets/../../etc/passwd",
                                    "/assets/..%2f..%2fetc%2fpasswd",
                                    "/assets/....//etc/passwd",
                                    "/assets/\\..\\..\\etc\\passwd",
                                    "/../etc/passwd",
                                    "//etc/passwd",
                                    "/assets//etc/passwd",
                                    "/articles/../../etc/passwd",
                                    "/articles/1/../2",
                                    "/assets/style.css/..",
                                    "/assets/",
                                    "/assets",
                                    "/.git/config",
                                    "/assets/%00style.css",
                                    "/stories/1%00",
                                    "/api/v1/articles/1/..",
                                    "/api/v1/../../etc/passwd"};
  for (int i = 0; i < 280; ++i)
    forms.push_back("/assets/" + std::string(static_cast<size_t>(i % 40), '.') +
                    std::string(static_cast<size_t>(i % 7), '/') +
                    (i % 2 ? "etc/passwd" : "%2e%2e/secret"));
  for (const std::string& path : forms) {
    Response r = get(service(), path);
    EXPECT_TRUE(r.status == 404 || r.status == 400) << path << r.status;
    EXPECT_EQ(r.body.find("root:"), std::string::npos) << path;
  }
}

TEST(Serve, HostileTextIsTextOnEveryPage) {
  test::Folder folder;
  std::vector<std::string> payloads = {"<script>x()</script>", "\"><img src=x onerror=x()>",
                                       "</title><script>x()</script>", "' onmouseover='x()",
                                       "<svg/onload=x()>"};
  {
    Ledger l(folder.file("x.ledger"), Ledger::write);
    for (size_t i = 0; i < payloads.size(); ++i) {
      Record r = test::read(
          "Norwegian Foreign Minister Tora Solheim met Icelandic Prime Minister Jon Arnarson in "
          "Oslo on Wednesday. “" +
              payloads[i] + " Iceland must pay,” Solheim said.",
          "2031-05-14");
      r.article.id = payloads[i] + std::to_string(i);
      r.article.title = r.article.publisher = payloads[i];
      r.article.byline = {payloads[i]};
      r.article.url = i % 2 ? "javascript:x()" : "https://a.example/\"><script>x()</script>";
      for (Entity& e : r.entities) e.role = payloads[i];
      r.entities[0].name += payloads[i];
      l.add(r);
    }
  }
  Service s({folder.file("x.ledger"), "", "", 5000}, test::resources(),
            test::source_dir() + "/data");
  for (std::string path : {"/",
                           "/search?q=Iceland",
                           "/articles/1",
                           "/articles/2",
                           "/articles/3",
                           "/articles/4",
                           "/articles/5",
                           "/actor?name=NOR",
                           "/actor?name=<script>x()</script>",
                           "/pair?a=NOR&b=ISL",
                           "/pair?a=<script>x()</script>&b=\"><script>x()</script>",
                           "/topics",
                           "/topic?name=<script>x()</script>",
                           "/calendar",
                           "/calendar?view=list&from=2029&less=yes",
                           "/?day=2031-05-14",
                           "/alerts",
                           "/api/v1/statements?format=atom",
                           "/stories",
                           "/stories/1",
                           "/network",
                           "/firsts",
                           "/brief?from=2031-05-14",
                           "/search?q=\"><script>x()</script>"}) {
    std::string body = get(s, path).body;
    for (const char* live :
         {"<script>x", "<img", "<svg/onload", "onmouseover='x", "href=\"javascript:"})
      EXPECT_EQ(body.find(live), std::string::npos) << path << " has " << live;
  }
}

// A plan for "this weekend" that a later report calls "last weekend": in words on the pages, in days
// in the API.
TEST(Serve, TellsDatesInWordsOnPagesAndInDaysInTheApi) {
  test::Folder folder;
  {
    Ledger l(folder.file("w.ledger"), Ledger::write);
    const std::vector<std::pair<std::string, std::string>> reports = {
        {"2031-05-14",
         "Norwegian Foreign Minister Tora Solheim will meet Icelandic Prime Minister Jon Arnarson "
         "in Oslo this weekend."},
        {"2031-05-20",
         "Norwegian Foreign Minister Tora Solheim met Icelandic Prime Minister Jon Arnarson in "
         "Oslo last weekend."}};
    for (const auto& [published, text] : reports) {
      Record r = test::read(text, published);
      r.article.id = published;
      l.add(r);
    }
  }
  Service s({folder.file("w.ledger"), "", "", 5000}, test::resources(),
            test::source_dir() + "/data");
  for (const char* path :
       {"/", "/calendar", "/calendar?from=2031-05-18", "/actor?name=Solheim", "/pair?a=NOR&b=ISL",
        "/brief?from=2031-05-13&until=2031-05-16", "/articles/1", "/stories", "/network"}) {
    Response r = get(s, path);
    EXPECT_EQ(r.status, 200) << path;
    EXPECT_EQ(r.body.find("2031-W"), std::string::npos) << path << r.body;
  }
  std::string page = get(s, "/calendar?from=2031-05-01&less=yes").body;
  EXPECT_NE(page.find("Weekend of 17 May 2031"), std::string::npos) << page;
  EXPECT_NE(page.find("<a href=\"/articles/2\">held</a>"), std::string::npos) << page;
  Response api = get(s, "/api/v1/calendar?from=2031-05-18&until=2031-05-18", "application/json");
  EXPECT_EQ(api.status, 200);
  for (const char* cell :
       {"\"when\":\"2031-W20-WE\"", "\"from\":\"2031-05-17\"", "\"to\":\"2031-05-18\"",
        "\"precision\":\"weekend\"", "\"date\":\"2031-05-17\"", "\"reported\":\"2031-05-14\""})
    EXPECT_NE(api.body.find(cell), std::string::npos) << cell << api.body;
  EXPECT_EQ(get(s, "/api/v1/calendar?from=2031-05-19", "application/json").body.find("weekend"),
            std::string::npos);
  auto table = test::program("calendar --ledger " + folder.file("w.ledger"));
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_NE(table.out.find("weekend of"), std::string::npos) << table.out;
  EXPECT_EQ(table.out.find("2031-W20"), std::string::npos) << table.out;
}

TEST(Serve, WritesOnlyWithItsToken) {
  test::Folder folder;
  { Ledger l(folder.file("w.ledger"), Ledger::write); }
  Request q;
  q.method = "POST";
  q.path = "/api/v1/records";
  q.body = to_json(test::read("Norway opened its ports on Sunday.", "2031-06-01"), {true});
  Service reading({folder.file("w.ledger"), "", "", 5000}, test::resources(),
                  test::source_dir() + "/data");
  EXPECT_EQ(reading.answer(q).status, 403);
  Service writing({folder.file("w.ledger"), "a token of some length", "", 5000}, test::resources(),
                  test::source_dir() + "/data");
  EXPECT_EQ(writing.answer(q).status, 401);
  q.authorization = "Bearer a token of some lengtH";
  EXPECT_EQ(writing.answer(q).status, 401);
  q.authorization = "Bearer a token of some length";
  EXPECT_EQ(writing.answer(q).status, 200);
  EXPECT_NE(writing.answer(q).body.find("known"), std::string::npos);
  q.body = "{\"schema\":\"chancery/1\"";
  EXPECT_EQ(writing.answer(q).status, 400);
  EXPECT_EQ(get(writing, "/api/v1/articles").body.find("\"items\":[]"), std::string::npos);
}

TEST(Serve, ReadsOnTheSpotAndKeepsNothing) {
  Request q;
  q.method = "POST";
  q.path = "/api/v1/read";
  q.content_type = "text/plain";
  q.body =
      "“Norway must pay,” Icelandic Prime Minister Jon Arnarson said on Wednesday in Reykjavik "
      "after the talks had ended.";
  Response r = service().answer(q);
  EXPECT_EQ(r.status, 200);
  EXPECT_NE(r.body.find("\"statements\":[{"), std::string::npos);
  q.content_type = "application/json";
  q.body = R"({"id":"x","text":"Norway opened its ports.","published":"2031-06-01"})";
  EXPECT_EQ(service().answer(q).status, 200);
  for (const char* bad : {"", "   ", "{\"id\":1", "[[[[", "{}"}) {
    q.body = bad;
    EXPECT_EQ(service().answer(q).status, 400) << bad;
  }
  q.method = "DELETE";
  EXPECT_EQ(service().answer(q).status, 405);
}

TEST(Serve, ReadingEndsWithTheServer) {
  Service s({ledger(), "", "", 5000}, test::resources(), test::source_dir() + "/data");
  Request q;
  q.method = "POST";
  q.path = "/api/v1/read";
  q.content_type = "text/plain";
  q.body = "Norway opened its ports.";
  EXPECT_EQ(s.answer(q).status, 200);
  s.stop();
  Response r = s.answer(q);
  EXPECT_EQ(r.status, 503);
  EXPECT_NE(r.body.find("being stopped"), std::string::npos) << r.body;
  q.path = "/read";
  q.body = "text=Norway+opened+its+ports.";
  EXPECT_EQ(s.answer(q).status, 503);
}

// Bytes of answers.
size_t kept(Service& s) {
  const std::string metrics = get(s, "/metrics").body;
  const size_t at = metrics.find("\nchancery_cache_bytes ");
  return at == std::string::npos ? 0 : std::stoul(metrics.substr(at + 22));
}

// The answers are small, their keys large.
TEST(Serve, WhatIsKeptIsBoundedWithItsKeys) {
  ServiceOptions options{ledger(), "", "", 5000};
  options.cache = 100000;
  Service s(options, test::resources(), test::source_dir() + "/data");
  size_t most = 0;
  for (int i = 0; i < 200; ++i) {
    std::string words = std::to_string(i) + std::string(150, 'x');
    Response r = get(s, "/api/v1/search?q=" + words, "application/json");
    EXPECT_EQ(r.status, 200);
    if (i == 0) {
      EXPECT_GE(kept(s), r.body.size() + words.size());
    }
    most = std::max(most, kept(s));
    EXPECT_LE(kept(s), options.cache);
  }
  EXPECT_GT(most, options.cache / 2);
}

// Else a server whose ledger grows holds answers that nobody will be given.
TEST(Serve, WhatIsKeptIsGivenUpWhenTheLedgerChanges) {
  test::Folder folder;
  std::filesystem::copy_file(ledger(), folder.file("k.ledger"));
  Service s({folder.file("k.ledger"), "", "", 5000}, test::resources(),
            test::source_dir() + "/data");
  for (int i = 0; i < 20; ++i) get(s, "/api/v1/search?q=port" + std::to_string(i));
  const size_t before = kept(s);
  Ledger(folder.file("k.ledger"), Ledger::write).add(test::read("Kenya recalled its envoy.", ""));
  EXPECT_TRUE(has(get(s, "/api/v1/search?q=envoy"), "envoy"));
  EXPECT_LT(kept(s), before / 5);
}

// Sockets
// -------------------------------------------------------------------------------------------------------------------------

struct Running {
  HttpServer server;
  explicit Running(HttpLimits limits = {})
      : server(std::move(limits), [](const Request& q) { return service().answer(q); }) {
    server.start("127.0.0.1", 0);
  }
  int port() const { return server.port(); }
};

TEST(Http, EveryAnswerCarriesWhatKeepsTextText) {
  Running r;
  std::string answer =
      exchange(r.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200"));
  for (const char* h :
       {"Content-Security-Policy: default-src 'none'; script-src 'self'",
        "X-Content-Type-Options: nosniff", "frame-ancestors 'none'", "Referrer-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin"})
    EXPECT_NE(answer.find(h), std::string::npos) << h;
  EXPECT_EQ(answer.find("Access-Control-Allow-Origin"), std::string::npos);
}

TEST(Http, ForeignHostsAndOriginsAreRefused) {
  Running r;
  for (const char* host :
       {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "", "[::2]",
        "[::1].evil.example", "[::1].evil.example:80", "localhost:80.evil.example", "localhost:x"})
    EXPECT_TRUE(exchange(r.port(), "GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")
                    .starts_with("HTTP/1.1 4"))
        << host;
  for (const char* host : {"localhost", "LOCALHOST:1234", "127.0.0.1:99", "[::1]:8080"})
    EXPECT_TRUE(
        exchange(r.port(), "GET /healthz HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")
            .starts_with("HTTP/1.1 200"))
        << host;
  auto post = [&](const std::string& headers) {
    return exchange(
        r.port(), "POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n" +
                      headers + "Content-Length: 26\r\n\r\nNorway opened its ports....");
  };
  for (const char* bad :
       {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n", "Origin: http://localhost:1\r\n"})
    EXPECT_TRUE(post(bad).starts_with("HTTP/1.1 403")) << bad;
  for (const char* good : {"", "Origin: http://localhost\r\n", "Sec-Fetch-Site: same-origin\r\n",
                           "Sec-Fetch-Site: none\r\n"})
    EXPECT_TRUE(post(good).starts_with("HTTP/1.1 200")) << good;
  EXPECT_GT(r.server.counters().refused.load(), 5u);
}

TEST(Http, HugeAndCrookedRequestsAreRefused) {
  HttpLimits limits;
  limits.body = 1000;
  Running r(limits);
  EXPECT_TRUE(
      exchange(
          r.port(),
          "POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n")
          .starts_with("HTTP/1.1 413"));
  for (const char* length : {"-1", "99999999999999999999", "12x", "0x10"})
    EXPECT_FALSE(
        exchange(r.port(), "POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                               std::string(length) + "\r\n\r\nhello")
            .starts_with("HTTP/1.1 200"))
        << length;
  std::string chunked =
      "POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunked += "64\r\n" + std::string(100, 'x') + "\r\n";
  EXPECT_TRUE(exchange(r.port(), chunked + "0\r\n\r\n").starts_with("HTTP/1.1 413"));
  EXPECT_FALSE(exchange(r.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nX: " +
                                      std::string(200000, 'x') + "\r\n\r\n")
                   .starts_with("HTTP/1.1 200"));
  std::string many = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 20000; ++i) many += "H" + std::to_string(i) + ": x\r\n";
  EXPECT_FALSE(exchange(r.port(), many + "\r\n").starts_with("HTTP/1.1 200"));
  EXPECT_FALSE(exchange(r.port(), "\x16\x03\x01\x02rubbish\r\n\r\n").starts_with("HTTP/1.1 200"));
  // What two programs could read in two ways.
  for (const char* headers :
       {"Host: localhost\r\nContent-Length: 5\r\nContent-Length: 4\r\n",
        "Host: localhost\r\nContent-Length: 5\r\nContent-Length: 5\r\n",
        "Host: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Host: localhost\r\nHost: localhost\r\nContent-Length: 5\r\n"})
    EXPECT_FALSE(exchange(r.port(), "POST /api/v1/read HTTP/1.1\r\nContent-Type: text/plain\r\n" +
                                        std::string(headers) + "\r\nhello")
                     .starts_with("HTTP/1.1 200"))
        << headers;
  std::string parameters = "by=Solheim";
  for (int i = 0; i < 64; ++i) parameters += "&x" + std::to_string(i) + "=1";
  EXPECT_NE(exchange(r.port(), "GET /api/v1/statements?" + parameters +
                                   " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .find("more than 64 parameters"),
            std::string::npos);
  EXPECT_TRUE(exchange(r.port(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .starts_with("HTTP/1.1 200"))
      << "and it still answers";
}

TEST(Http, SlowClientsHoldNobodyUpAndAreCut) {
  HttpLimits limits;
  limits.request_seconds = 2;
  Running r(limits);
  std::vector<int> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(connect_to(r.port()));
    send(slow.back(), "GET / HTTP/1.1\r\nHo", 18, MSG_NOSIGNAL);
  }
  // They drip on; the others are answered at once.
  for (int round = 0; round < 5; ++round) {
    for (int fd : slow) send(fd, "s", 1, MSG_NOSIGNAL);
    EXPECT_TRUE(exchange(r.port(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .starts_with("HTTP/1.1 200"));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  for (int wait = 0; wait < 80 && r.server.counters().connections.load() > 0; ++wait) {
    for (int fd : slow) send(fd, "s", 1, MSG_NOSIGNAL);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(r.server.counters().connections.load(), 0);
  EXPECT_GE(r.server.counters().cut.load(), 200u);
  for (int fd : slow) close(fd);
}

TEST(Http, StreamsTellNewsAndEndWithTheServer) {
  Running r;
  int fd = connect_to(r.port());
  std::string ask = "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
  send(fd, ask.data(), ask.size(), 0);
  for (int i = 0; i < 100 && r.server.streams() == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ASSERT_EQ(r.server.streams(), 1u);
  r.server.publish("record", "{\"number\":7}\n\nevent: forged");
  std::string all;
  char buffer[4096];
  for (int i = 0; i < 50 && all.find("number") == std::string::npos; ++i) {
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) break;
    all.append(buffer, static_cast<size_t>(n));
  }
  EXPECT_NE(all.find("text/event-stream"), std::string::npos);
  EXPECT_NE(all.find("data: {\"number\":7}"), std::string::npos);
  EXPECT_EQ(all.find("\nevent: forged"), std::string::npos) << "data cannot make an event";
  auto begin = std::chrono::steady_clock::now();
  r.server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
  close(fd);
}

TEST(Http, AnyExceptionOfAHandlerCostsItsRequestOnly) {
  HttpServer server({}, [](const Request& q) -> Response {
    if (q.path == "/number") throw 7;
    if (q.path == "/memory") throw std::bad_alloc();
    if (q.path == "/logic") throw std::out_of_range("stoll");
    return {200, "text/plain", "fine", {}, false};
  });
  server.start("127.0.0.1", 0);
  auto status = [&](const std::string& path) {
    return exchange(server.port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .substr(0, 12);
  };
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(status("/number"), "HTTP/1.1 500");
    EXPECT_EQ(status("/memory"), "HTTP/1.1 503");
    EXPECT_EQ(status("/logic"), "HTTP/1.1 500");
    EXPECT_EQ(status("/"), "HTTP/1.1 200");
  }
}

TEST(Http, APortThatIsTakenIsSaid) {
  Running r;
  HttpServer second({}, [](const Request&) { return Response{}; });
  EXPECT_THROW(second.start("127.0.0.1", r.port()), StartError);
  EXPECT_THROW(second.start("nowhere", 0), StartError);
}

TEST(Program, ServeRefusesWhatItCannotServe) {
  EXPECT_EQ(test::program("serve --ledger /nowhere/at/all.ledger --port 0").code, 3);
  EXPECT_EQ(test::program("serve --write --port 0 --ledger " + ledger()).code, 3);
}

}  // namespace
}  // namespace chancery
