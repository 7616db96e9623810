// Corrections through the server: who may write and who may not, forms that work without a script,
// hostile text that stays text, the list as page, feed and for programs.
#include <gtest/gtest.h>

#include <simdjson.h>

#include "base/digest.h"
#include "base/error.h"
#include "corrections.h"
#include "forms.h"
#include "ledger/ledger.h"
#include "record/json.h"
#include "serve/correcting.h"
#include "serve/html.h"
#include "serve/service.h"
#include "serve/writers.h"
#include "support.h"

namespace chancery {
namespace {

using test::HandMade;

const std::string kToken = "a token of some length";
const std::string kKey = "the key of Ana Ruiz, long enough";

class Served : public testing::TestWithParam<std::string> {
 protected:
  Served() : store(GetParam()) {
    Ledger l(store.where, Ledger::write);
    l.add(HandMade().r);
  }
  Service& server(const std::string& token = kToken, bool users = true) {
    ServiceOptions options;
    options.ledger = store.where;
    options.token = token;
    if (users)
      options.users =
          folder.write("users.tsv", "# who may write\nAna Ruiz\t" + sha256(kKey) +
                                        "\nBen <b>Okoro</b>\t" + sha256("another") + "\n");
    service = std::make_unique<Service>(options, test::resources(), test::source_dir() + "/data");
    return *service;
  }
  Response get(const std::string& path, const std::string& cookie = "") {
    Request q;
    q.method = "GET";
    q.accept = "text/html";
    q.cookie = cookie;
    const size_t mark = path.find('?');
    q.path = path.substr(0, mark);
    if (mark != std::string::npos)
      for (std::string_view pair : split(std::string_view(path).substr(mark + 1), '&')) {
        const size_t equal = pair.find('=');
        q.query.emplace(pair.substr(0, equal), pair.substr(equal + 1));
      }
    return service->answer(q);
  }
  Response form(const std::string& path, const std::map<std::string, std::string>& fields,
                const std::string& cookie = "") {
    return service->answer(test::form_request(path, fields, cookie));
  }
  Response send(const std::string& body, const std::string& key) {
    Request q;
    q.method = "POST";
    q.path = "/api/v1/corrections";
    q.content_type = "application/json";
    q.authorization = key.empty() ? "" : "Bearer " + key;
    q.body = body;
    return service->answer(q);
  }
  static std::string header(const Response& r, const std::string& name) {
    for (const auto& [n, v] : r.headers)
      if (n == name) return v;
    return "";
  }
  // Signs in with a key; the cookie that a browser keeps.
  std::string signed_in(const std::string& key, const std::string& name = "") {
    const Response r = form("/sign-in", {{"key", key}, {"name", name}, {"next", "/articles/1"}});
    EXPECT_EQ(r.status, 303);
    EXPECT_EQ(header(r, "Location"), "/articles/1");
    const std::string cookie = header(r, "Set-Cookie");
    for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/"})
      EXPECT_NE(cookie.find(part), std::string::npos) << part;
    return cookie.substr(0, cookie.find(';'));
  }
  size_t corrections() {
    Ledger l(store.where, Ledger::read);
    return l.corrections().size();
  }

  test::Folder folder;
  test::Store store;
  std::unique_ptr<Service> service;
};
INSTANTIATE_TEST_SUITE_P(Ledger, Served, testing::ValuesIn(test::stores()),
                         [](const auto& info) { return info.param; });

TEST_P(Served, OnlyWhoHasAKeyWrites) {
  const std::string reject =
      "{\"act\":\"reject\",\"article\":1,\"item\":\"s1\",\"reason\":\"he did not\"";
  server("", false);
  EXPECT_EQ(send(reject + "}", kToken).status, 403) << "this server only reads";
  EXPECT_EQ(send(reject + "}", "").status, 403);
  EXPECT_EQ(form("/articles/1/amend", {{"act", "reject"}, {"item", "s1"}, {"why", "x"}}).status,
            403);
  EXPECT_EQ(form("/sign-in", {{"key", ""}, {"name", "me"}}).status, 401);
  EXPECT_EQ(get("/sign-in").status, 403);
  EXPECT_EQ(get("/articles/1").body.find("put right"), std::string::npos);
  server();
  const Response refused = send(reject + "}", "");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(header(refused, "WWW-Authenticate"), "Bearer");
  for (const std::string& key :
       {kToken + "x", kToken.substr(1), kKey.substr(0, 5), std::string(100, 'a'), sha256(kKey)})
    EXPECT_EQ(send(reject + "}", key).status, 401) << key;
  EXPECT_EQ(form("/articles/1/amend", {{"act", "reject"}, {"item", "s1"}, {"why", "x"}}).status,
            401);
  EXPECT_EQ(
      form("/corrections", {{"act", "undo"}, {"undoes", "1"}, {"why", "x"}}, "chancery=00").status,
      401);
  EXPECT_EQ(corrections(), 0u);
  // With the token one says who one is; with a key of one's own one is that.
  EXPECT_EQ(send(reject + "}", kToken).status, 400) << "nobody says so";
  EXPECT_EQ(send(reject + ",\"author\":\"Somebody Else\"}", kKey).status, 400);
  const Response taken = send(reject + "}", kKey);
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.body, "{\"numbers\":[1]}\n");
  EXPECT_EQ(send("[{\"act\":\"note\",\"article\":1,\"reason\":\"a\",\"author\":\"Cleo\"},{\"act\":"
                 "\"edit\",\"article\":1,\"item\":\"v1\",\"value\":{\"status\":\"planned\","
                 "\"source\":[\"Iceland\"],\"when\":null},\"reason\":\"b\",\"author\":\"Cleo\"}]",
                 kToken)
                .body,
            "{\"numbers\":[2,3]}\n");
  Ledger l(store.where, Ledger::read);
  EXPECT_EQ(l.corrections().at(0).entry.author, "Ana Ruiz");
  EXPECT_EQ(l.corrections().at(1).entry.author, "Cleo");
  EXPECT_EQ(l.record(1)->events.at(0).status, "planned");
  EXPECT_TRUE(l.record(1)->statements.empty());
}

TEST_P(Served, WhatCannotBeIsAProblemThatSaysWhy) {
  server();
  for (const auto& [body, says] :
       {std::pair{"", "not JSON"},
        {"[]", "between 1 and 1000"},
        {"7", "an object"},
        {"{\"act\":[]}", "act: a text"},
        {"{\"act\":\"reject\",\"article\":\"one\"}", "article: a number"},
        {"{\"act\":\"strike\"}", "none of reject"},
        {"{\"act\":\"reject\",\"article\":9,\"item\":\"s1\",\"reason\":"
         "\"x\"}",
         "no article 9"},
        {"{\"act\":\"edit\",\"article\":1,\"item\":\"v1\",\"reason\":"
         "\"x\",\"value\":{\"type\":\"PICNIC\"}}",
         "no type of the ontology"},
        {"{\"act\":\"edit\",\"article\":1,\"item\":\"v1\",\"reason\":"
         "\"x\",\"value\":{\"type\":7}}",
         "lists of texts"}}) {
    const Response r = send(body, kKey);
    EXPECT_EQ(r.status, 400) << body;
    EXPECT_EQ(r.type, "application/problem+json");
    EXPECT_NE(r.body.find(says), std::string::npos) << r.body;
  }
  EXPECT_EQ(get("/api/v1/corrections?state=broken").status, 400);
  EXPECT_EQ(get("/corrections?colour=blue").status, 400);
  EXPECT_EQ(corrections(), 0u);
}

TEST_P(Served, PeopleWhoSignInFindFormsOnEveryCardAndOthersDoNot) {
  server();
  const std::string for_all = get("/articles/1").body;
  EXPECT_EQ(for_all.find("<form method=\"post\""), std::string::npos);
  EXPECT_NE(for_all.find("href=\"/sign-in?next=/articles/1\""), std::string::npos);
  const std::string ana = signed_in(kKey);
  const Response mine = get("/articles/1", ana);
  for (const char* item : {"s1", "v1", "p1", "e1", "e2", "e3", "e4"})
    EXPECT_NE(mine.body.find("name=\"item\" value=\"" + std::string(item) + "\""),
              std::string::npos)
        << item;
  // No script, no event handler, nothing that only a mouse can do.
  EXPECT_EQ(mine.body.find("onclick"), std::string::npos);
  // The page of one who may write is kept for nobody else.
  EXPECT_EQ(get("/articles/1").body, for_all);
  Response r = form("/articles/1/amend",
                    {{"act", "edit"},
                     {"item", "v1"},
                     {"field", "source"},
                     {"value", "Jon Vale; Iceland"},
                     {"why", "both of them"}},
                    ana);
  EXPECT_EQ(r.status, 303) << r.body;
  EXPECT_EQ(header(r, "Location"), "/articles/1#v1");
  r = form("/articles/1/amend", {{"act", "reject"}, {"item", "p1"}, {"why", "no position"}}, ana);
  EXPECT_EQ(header(r, "Location"), "/articles/1");
  const std::string now = get("/articles/1", ana).body;
  EXPECT_NE(now.find("Put right here"), std::string::npos);
  EXPECT_NE(now.find("both of them"), std::string::npos);
  EXPECT_NE(now.find("href=\"/corrections\""), std::string::npos) << "the way to all of them";
  {
    Ledger l(store.where, Ledger::read);
    EXPECT_EQ(l.record(1)->events[0].source, (std::vector<int>{1, 2}));
    EXPECT_TRUE(l.record(1)->positions.empty());
    EXPECT_EQ(l.corrections().at(1).entry.author, "Ana Ruiz");
  }
  EXPECT_EQ(
      form("/corrections", {{"act", "undo"}, {"undoes", "2"}, {"why", "it is one"}}, ana).status,
      303);
  EXPECT_EQ(
      form("/corrections",
           {{"act", "merge"}, {"from", "Jon Vale"}, {"into", "Kari Solheim"}, {"why", "x"}}, ana)
          .status,
      303);
  EXPECT_EQ(get("/api/v1/articles/1").body.find("Jon Vale\",\"kind"), std::string::npos);
  // What is wrong is said on a page.
  r = form("/articles/1/amend", {{"act", "reject"}, {"item", "s9"}, {"why", "x"}}, ana);
  EXPECT_EQ(r.status, 400);
  EXPECT_NE(r.body.find("no item &#39;s9&#39;"), std::string::npos) << r.body;
  EXPECT_EQ(form("/articles/1/amend", {{"act", "reject"}, {"item", "s1"}}, ana).status, 400);
  // Signed out, the session is nobody's.
  EXPECT_EQ(form("/sign-out", {}, ana).status, 303);
  EXPECT_EQ(form("/articles/1/amend", {{"act", "note"}, {"why", "x"}}, ana).status, 401);
}

TEST_P(Served, SigningInLeadsNowhereElse) {
  server();
  for (const char* next : {"//evil.example/", "https://evil.example/", "/\\evil.example", "",
                           "/a\r\nSet-Cookie: x=y"}) {
    const Response r = form("/sign-in", {{"key", kKey}, {"next", next}});
    EXPECT_EQ(header(r, "Location"), "/") << next;
  }
  Response r = form("/sign-in", {{"key", "nobody's"}, {"name", "me"}, {"next", "/\"><script>"}});
  EXPECT_EQ(r.status, 401);
  EXPECT_EQ(r.body.find("<script>"), std::string::npos);
  EXPECT_EQ(header(r, "Set-Cookie"), "");
  EXPECT_EQ(form("/sign-in", {{"key", kToken}}).status, 401) << "who is it?";
  const std::string cleo = signed_in(kToken, "Cleo");
  EXPECT_EQ(form("/articles/1/amend", {{"act", "note"}, {"why", "seen"}}, cleo).status, 303);
  Ledger l(store.where, Ledger::read);
  EXPECT_EQ(l.corrections().at(0).entry.author, "Cleo");
}

TEST_P(Served, HostileWordsStayWords) {
  server();
  const std::string hostile = "<img src=x onerror=alert(1)>\"'&]]>";
  const std::string ben = signed_in("another");
  for (const auto& [act, item] :
       {std::pair{"note", "v1"}, {"note", ""}, {"confirm", "s1"}, {"edit", "e2"}}) {
    const Response r = form(
        "/articles/1/amend",
        {{"act", act}, {"item", item}, {"field", "name"}, {"value", hostile}, {"why", hostile}},
        ben);
    EXPECT_EQ(r.status, 303) << act << r.body;
  }
  for (const char* path : {"/corrections", "/corrections.atom", "/articles/1"})
    for (const std::string& cookie : {std::string(), ben}) {
      const Response r = get(path, cookie);
      EXPECT_EQ(r.status, 200) << path;
      EXPECT_EQ(r.body.find("<img src=x"), std::string::npos) << path;
      EXPECT_EQ(r.body.find("<b>Okoro"), std::string::npos) << path;
    }
  simdjson::dom::parser parser;
  const Response r = get("/api/v1/corrections");
  simdjson::dom::element list = parser.parse(simdjson::padded_string(r.body));
  EXPECT_EQ(std::string(list["items"].at(0)["reason"].get_string().value()), hostile);
  EXPECT_EQ(list["items"].get_array().size(), 4u);
  const Response csv = get("/api/v1/corrections?format=csv");
  EXPECT_EQ(csv.type, "text/csv; charset=utf-8");
  EXPECT_EQ(get("/api/v1/corrections?article=1").body, r.body);
}

TEST(Writers, AFileOfUsersSaysWhatIsWrongWithIt) {
  test::Folder folder;
  const std::string digest = sha256("a");
  auto fails = [&](const std::string& content, const std::string& says) {
    try {
      Writers("", folder.write("users.tsv", content));
      ADD_FAILURE() << content;
    } catch (const StartError& error) {
      EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
    }
  };
  fails("", "nobody stands in it");
  fails("# only a remark\n", "nobody stands in it");
  fails("Ana " + digest, "users.tsv:1: not a name, a tab");
  fails("\nAna\tsecret", "users.tsv:2: no SHA-256");
  fails("\t" + digest, "no name");
  fails("Ana\t" + digest + "\nAna\t" + sha256("b"), "'Ana' stands twice");
  fails("Ana\t" + digest + "\nBen\t" + digest, "the key of somebody else");
  EXPECT_THROW(Writers("", folder.file("none.tsv")), StartError);
  const Writers writers("", folder.write("users.tsv", "Ana Ruiz\t" + digest + "\r\n"));
  EXPECT_EQ(writers.of_key("a"), "Ana Ruiz");
  EXPECT_EQ(writers.of_key("b"), std::nullopt);
  EXPECT_EQ(writers.of_authorization("Bearer a"), "Ana Ruiz");
  EXPECT_EQ(writers.of_authorization("Basic a"), std::nullopt);
  EXPECT_FALSE(Writers("", "").any());
  EXPECT_EQ(Writers("", "").of_key(""), std::nullopt);
}

TEST(Writers, SessionsAreBounded) {
  Writers writers("a token of some length", "");
  Request first;
  first.cookie = "other=1; chancery=" + writers.open_session("first");
  EXPECT_EQ(writers.signed_in(first), "first");
  for (int i = 0; i < 1000; ++i) writers.open_session("more");
  EXPECT_EQ(writers.signed_in(first), std::nullopt) << "the oldest ends";
}

}  // namespace
}  // namespace chancery
