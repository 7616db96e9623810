// Saved questions on the server: listed for everybody, saved and dropped by whoever has a key.
#include <gtest/gtest.h>

#include "base/error.h"
#include "forms.h"
#include "ledger/saved.h"
#include "serve/html.h"
#include "serve/service.h"
#include "support.h"

namespace chancery {
namespace {

const std::string kToken = "a token of some length";

class Alerts : public testing::Test {
 protected:
  Alerts() { serve(kToken); }
  void serve(const std::string& token) {
    Ledger(folder.file("a.ledger"), Ledger::write);
    service = std::make_unique<Service>(ServiceOptions{folder.file("a.ledger"), token, "", 5000},
                                        test::resources(), test::source_dir() + "/data");
  }
  Response get(const std::string& path, const std::string& cookie = "") {
    Request q;
    q.method = "GET";
    q.path = path;
    q.accept = path.starts_with("/api") ? "application/json" : "text/html";
    q.cookie = cookie;
    return service->answer(q);
  }
  Response send(const std::string& body, const std::string& key = kToken) {
    Request q;
    q.method = "POST";
    q.path = "/api/v1/alerts";
    q.content_type = "application/json";
    q.authorization = key.empty() ? "" : "Bearer " + key;
    q.body = body;
    return service->answer(q);
  }
  Response form(const std::string& path, const std::map<std::string, std::string>& fields,
                const std::string& cookie = "") {
    return service->answer(test::form_request(path, fields, cookie));
  }
  std::string sign_in() {
    for (const auto& [name, value] : form("/sign-in", {{"key", kToken}, {"name", "Ana"}}).headers)
      if (name == "Set-Cookie") return value.substr(0, value.find(';'));
    return "";
  }

  test::Folder folder;
  std::unique_ptr<Service> service;
};

const char* const kPorts =
    R"({"name":"ports","question":"positions","filters":{"topic":"port","by":["Varga"]}})";

TEST_F(Alerts, AProgramWithAKeySavesListsAndDrops) {
  EXPECT_EQ(send(kPorts, "").status, 401);
  EXPECT_EQ(send(kPorts, "another key").status, 401);
  const Response saved = send(kPorts);
  EXPECT_EQ(saved.status, 200) << saved.body;
  const std::string list = get("/api/v1/alerts").body;
  EXPECT_NE(list.find(R"("name":"ports","question":"positions")"), std::string::npos) << list;
  EXPECT_NE(list.find("/api/v1/positions?by=Varga&topic=port&format=atom"), std::string::npos);
  EXPECT_EQ(send(R"({"act":"drop","name":"ports"})").body, "{\"items\":[]}\n");
  EXPECT_EQ(send(R"({"act":"drop","name":"ports"})").status, 400);
}

TEST_F(Alerts, WhatTheCatalogueDoesNotTakeIsNotSaved) {
  for (const char* body :
       {"", "[]", "3", R"({"name":"x"})", R"({"name":"","question":"events"})",
        R"({"name":"a\nb","question":"events"})", R"({"name":"x","question":"topics"})",
        R"({"name":"x","question":"events","filters":{"type":"PICNIC"}})",
        R"({"name":"x","question":"events","filters":{"foo":"bar"}})",
        R"({"name":"x","question":"events","filters":["by"]})",
        R"({"name":"x","question":"events","filters":{"by":3}})",
        R"({"name":"x","question":"events","all":"yes"})",
        R"({"act":"burn","name":"x","question":"events"})"})
    EXPECT_EQ(send(body).status, 400) << body;
  EXPECT_EQ(get("/api/v1/alerts").body, "{\"items\":[]}\n");
}

TEST_F(Alerts, AServerThatOnlyReadsTakesNone) {
  serve("");
  EXPECT_EQ(send(kPorts, "").status, 403);
  EXPECT_EQ(form("/alerts", {{"act", "save"}, {"name", "x"}, {"question", "events"}}).status, 403);
  EXPECT_EQ(get("/alerts").body.find("<form class=\"save-alert\""), std::string::npos);
}

TEST_F(Alerts, APersonWhoIsSignedInSavesAndDropsOnThePage) {
  EXPECT_NE(get("/alerts").body.find("/sign-in?next=/alerts"), std::string::npos);
  EXPECT_EQ(form("/alerts", {{"act", "save"}, {"name", "x"}, {"question", "events"}}).status, 401);
  const std::string cookie = sign_in();
  ASSERT_FALSE(cookie.empty());
  EXPECT_NE(get("/alerts", cookie).body.find("<form class=\"save-alert\""), std::string::npos);
  const Response saved = form("/alerts",
                              {{"act", "save"},
                               {"name", "<b>ports</b>"},
                               {"question", "positions"},
                               {"filters", "topic=port; by=Varga;"}},
                              cookie);
  EXPECT_EQ(saved.status, 303);
  const std::string page = get("/alerts").body;
  EXPECT_NE(page.find("&lt;b&gt;ports&lt;/b&gt;"), std::string::npos) << page;
  EXPECT_NE(page.find("positions: by Varga, topic port"), std::string::npos) << page;
  EXPECT_EQ(
      form("/alerts", {{"act", "save"}, {"name", "x"}, {"question", "events"}, {"filters", "port"}},
           cookie)
          .status,
      400);
  EXPECT_EQ(form("/alerts", {{"act", "drop"}, {"name", "<b>ports</b>"}}, cookie).status, 303);
  EXPECT_NE(get("/alerts").body.find("No question is saved"), std::string::npos);
}

// Only what comes after it was saved is news, unless all is wanted.
TEST_F(Alerts, BeginWithWhatComesNext) {
  {
    Ledger l(folder.file("a.ledger"), Ledger::write);
    Record r;
    r.article.id = "one", r.article.text = "Norway spoke.", r.article.published = "2031-05-14";
    l.add(r);
  }
  send(R"({"name":"next","question":"articles"})");
  send(R"({"name":"all","question":"articles","all":true})");
  Ledger l(folder.file("a.ledger"), Ledger::read);
  SavedQuestions saved(l.database());
  EXPECT_EQ(saved.find("next")->told, 1);
  EXPECT_EQ(saved.find("all")->told, 0);
}

}  // namespace
}  // namespace chancery
