// Fetching, against a server of our own on the loopback: what is refused, and what a polite reader
// does.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "article/fetch.h"
#include "base/error.h"
#include "ledger/digest.h"
#include "ledger/ledger.h"
#include "ledger/settle.h"
#include "support.h"

namespace chancery {
namespace {

constexpr const char* kNothingThere =
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

// Answers each path with a fixed response; remembers what was asked.
class Server {
 public:
  explicit Server(std::map<std::string, std::string> answers) : answers_(std::move(answers)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&a), sizeof a) != 0 ||
        ::listen(socket_, 16) != 0)
      throw Error("no socket");
    socklen_t size = sizeof a;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&a), &size);
    port = ntohs(a.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~Server() {
    ::shutdown(socket_, SHUT_RDWR);
    ::close(socket_);
    thread_.join();
  }
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port) + path;
  }
  std::string asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  // From now on, while it runs.
  void answer(const std::string& path, std::string response) {
    std::lock_guard lock(mutex_);
    answers_[path] = std::move(response);
  }
  int port = 0;
  std::atomic<bool> keeps_open{false};  // until the client goes

 private:
  void run() {
    for (int c; (c = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(c)) {
      char buffer[8192];
      std::string request;
      while (request.find("\r\n\r\n") == std::string::npos) {
        ssize_t n = ::recv(c, buffer, sizeof buffer, 0);
        if (n <= 0) break;
        request.append(buffer, static_cast<size_t>(n));
      }
      std::string path = request.substr(0, request.find("\r\n"));
      path = path.size() > 4 ? path.substr(4, path.find(' ', 4) - 4) : "";
      std::string answer = kNothingThere;
      {
        std::lock_guard lock(mutex_);
        asked_ +=
            path +
            (request.find("If-None-Match: \"v1\"") != std::string::npos ? " conditional" : "") +
            "\n";
        if (auto found = answers_.find(path); found != answers_.end()) answer = found->second;
      }
      if (path == "/feed" && request.find("If-None-Match: \"v1\"") != std::string::npos)
        answer = "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n";
      for (size_t at = 0; at < answer.size();) {
        ssize_t n = ::send(c, answer.data() + at, answer.size() - at, MSG_NOSIGNAL);
        if (n <= 0) break;
        at += static_cast<size_t>(n);
      }
      while (keeps_open && ::recv(c, buffer, sizeof buffer, 0) > 0) {}
    }
  }
  int socket_;
  std::thread thread_;
  std::mutex mutex_;
  std::string asked_;
  std::map<std::string, std::string> answers_;
};

std::string ok(const std::string& body,
               const std::string& headers = "Content-Type: text/html; charset=utf-8\r\n") {
  return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

std::string refusal(Fetcher& fetcher, const std::string& url) {
  try {
    fetcher.get(url);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Fetch, OnlyPublicAddresses) {
  for (const char* no : {"127.0.0.1",
                         "10.1.2.3",
                         "172.16.0.1",
                         "172.31.255.255",
                         "192.168.1.1",
                         "169.254.169.254",
                         "100.64.0.1",
                         "0.0.0.0",
                         "224.0.0.1",
                         "255.255.255.255",
                         "198.18.0.1",
                         "192.0.2.1",
                         "::1",
                         "::",
                         "fe80::1",
                         "fc00::1",
                         "fd12::1",
                         "::ffff:127.0.0.1",
                         "::ffff:10.0.0.1",
                         "::127.0.0.1",
                         "64:ff9b::7f00:1",
                         "2002:7f00:1::",
                         "2001:db8::1",
                         "2001:0:1::1",
                         "ff02::1",
                         "nonsense",
                         ""})
    EXPECT_FALSE(public_address(no)) << no;
  for (const char* yes : {"8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "100.128.0.1",
                          "2606:4700::1111", "::ffff:8.8.8.8"})
    EXPECT_TRUE(public_address(yes)) << yes;
}

TEST(Fetch, RefusesPrivateHostsOtherSchemesAndRedirectsToThem) {
  Server server(
      {{"/go",
        "HTTP/1.1 302 Found\r\nLocation: http://localhost:1/secret\r\nContent-Length: "
        "0\r\nConnection: close\r\n\r\n"},
       {"/file",
        "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n"},
       {"/loop",
        "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
       {"/big", ok(std::string(3 << 20, 'x'))},
       {"/page", ok("<p>hello</p>")}});
  Fetcher strict;
  for (const std::string& url : std::vector<std::string>{
           server.url("/page"), "http://localhost:" + std::to_string(server.port) + "/page",
           "http://2130706433:" + std::to_string(server.port) + "/", "http://0x7f.1/",
           "http://[::1]/", "http://[::ffff:127.0.0.1]/"})
    EXPECT_NE(refusal(strict, url).find("not a public one"), std::string::npos)
        << url << ": " << refusal(strict, url);
  for (const char* url : {"file:///etc/passwd", "gopher://a.example/", "ftp://a.example/x",
                          "http://user:pw@a.example/", "nothing"})
    EXPECT_NE(refusal(strict, url), "") << url;
  EXPECT_EQ(server.asked(), "");
  FetchLimits limits;
  limits.bytes = 1 << 20;
  Fetcher trusting({"127.0.0.1"}, limits);
  EXPECT_EQ(trusting.get(server.url("/page")).body, "<p>hello</p>");
  const std::string led = refusal(trusting, server.url("/go"));
  EXPECT_NE(led.find("not a public one"), std::string::npos);
  EXPECT_EQ(led.find(server.url("/go") + " leads to http://localhost:1/secret: "), 0u) << led;
  EXPECT_NE(refusal(trusting, server.url("/file")), "");
  EXPECT_NE(refusal(trusting, server.url("/loop")).find("redirects"), std::string::npos);
  EXPECT_NE(refusal(trusting, server.url("/big")).find("more than 1 MB"), std::string::npos);
}

TEST(Fetch, AServerThatNeverEndsIsLate) {
  // It promises more than it sends, and keeps the connection.
  Server server({{"/slow", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"},
                 {"/robots.txt", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *"}});
  server.keeps_open = true;
  FetchLimits limits;
  limits.seconds = 1;
  Fetcher fetcher({"127.0.0.1"}, limits);
  EXPECT_THROW(fetcher.get(server.url("/slow")), LateError);
  EXPECT_FALSE(fetcher.allowed(server.url("/page"))) << "rules that never end allow nothing";
}

TEST(Fetch, OfLongRobotsTheBeginningCounts) {
  std::string rules = "User-agent: *\nDisallow: /private/\n";
  while (rules.size() < 3u << 20) rules += "# and more\n";
  Server server({{"/robots.txt", ok(rules)}});
  Fetcher fetcher({"127.0.0.1"});
  EXPECT_FALSE(fetcher.allowed(server.url("/private/a")));
  EXPECT_TRUE(fetcher.allowed(server.url("/public")));
}

TEST(Fetch, AnAddressInBracketsIsReached) {
  int listening = ::socket(AF_INET6, SOCK_STREAM, 0);
  sockaddr_in6 a{};
  a.sin6_family = AF_INET6;
  a.sin6_addr = in6addr_loopback;
  socklen_t size = sizeof a;
  if (listening < 0 || ::bind(listening, reinterpret_cast<sockaddr*>(&a), size) != 0 ||
      ::listen(listening, 4) != 0)
    GTEST_SKIP() << "this machine has no IPv6";
  ::getsockname(listening, reinterpret_cast<sockaddr*>(&a), &size);
  std::thread server([&] {
    int c = ::accept(listening, nullptr, nullptr);
    char buffer[4096];
    std::string answer = ok("<p>hello</p>");
    if (::recv(c, buffer, sizeof buffer, 0) > 0)
      (void)!::send(c, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(c);
  });
  Fetcher fetcher({"::1"});
  EXPECT_EQ(fetcher.get("http://[::1]:" + std::to_string(ntohs(a.sin6_port)) + "/").body,
            "<p>hello</p>");
  server.join();
  ::close(listening);
}

TEST(Fetch, Robots) {
  auto rules = robots_rules(
      "# a\nUser-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: "
      "/*.pdf$\n\nUser-agent: other\nDisallow: /\n",
      "chancery");
  EXPECT_TRUE(robots_allow(rules, "/news/1"));
  EXPECT_FALSE(robots_allow(rules, "/private/x"));
  EXPECT_TRUE(robots_allow(rules, "/private/open/1"));
  EXPECT_FALSE(robots_allow(rules, "/a/b.pdf"));
  EXPECT_TRUE(robots_allow(rules, "/a/b.pdf?x"));
  EXPECT_FALSE(robots_allow(
      robots_rules("User-agent: Chancery\nDisallow: /\nUser-agent: *\nAllow: /\n", "chancery"),
      "/"));
  EXPECT_TRUE(robots_allow(robots_rules("User-agent: *\nDisallow:\n", "chancery"), "/"));
}

TEST(Watch, FetchesWhatIsNewOnceAndObeys) {
  std::string story =
      "<html><body><article><h1>Talks in Turku</h1><p>The ministers of Norway and Iceland met in "
      "Turku on Monday, and they talked about the herring, officials said.</p>"
      "<p>Nobody signed anything, but both sides, after a long day, praised the weather and the "
      "hosts.</p></article></body></html>";
  Server server(
      {{"/robots.txt", ok("User-agent: *\nDisallow: /closed\n", "Content-Type: text/plain\r\n")},
       {"/a", ok(story)}});
  std::string feed =
      "<rss><channel><title>Courier</title><item><title>Talks</title><link>" + server.url("/a") +
      "</link><pubDate>Wed, 14 May 2031 08:19:00 "
      "GMT</pubDate><description>x</description></item><item><title>Closed</title><link>" +
      server.url("/closed/b") + "</link><description>x</description></item></channel></rss>";
  server.answer("/feed", ok(feed, "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n"));
  test::Folder folder;
  std::string command = "watch --once --pause 0 --trust 127.0.0.1 --ledger " +
                        folder.file("w.ledger") + " " + server.url("/feed");
  test::Outcome first = test::program(command);
  EXPECT_NE(first.out.find("1 new; 1 articles"), std::string::npos) << first.out << first.err;
  EXPECT_NE(first.err.find("robots.txt does not allow"), std::string::npos) << first.err;
  EXPECT_EQ(server.asked().find("/closed"), std::string::npos);
  test::Outcome second = test::program(command);
  EXPECT_NE(second.out.find("0 new; 1 articles"), std::string::npos) << second.out << second.err;
  EXPECT_NE(server.asked().find("/feed conditional"), std::string::npos) << server.asked();
  test::Outcome strict =
      test::program("watch --once --ledger " + folder.file("x.ledger") + " " + server.url("/feed"));
  EXPECT_EQ(strict.code, 1);
  EXPECT_NE(strict.err.find("not a public one"), std::string::npos) << strict.err;
}

// A report of the town; no two are nearly the same.
std::string page_of(const std::string& town) {
  std::string text;
  for (const char* what : {"herring", "quotas", "harbour", "ferries", "salt", "winter"})
    text += "In " + town + " the mayor of " + town + " said of the " + what + " that " + town +
            " would " +
            (town < "C"   ? "wait for "
             : town < "P" ? "do without "
                          : "vote on ") +
            what + ". ";
  return "<html><body><article><h1>News of " + town + "</h1><p>" + text + "</p><p>" + text +
         "</p></article></body></html>";
}

std::string entry_of(const std::string& url) {
  return "<item><title>T</title><link>" + url +
         "</link><pubDate>Wed, 14 May 2031 08:19:00 "
         "GMT</pubDate><description>x</description></item>";
}

// A page that fails is not forgotten, though the feed says that nothing is new ever after.
TEST(Watch, APageThatFailsIsTriedAgain) {
  std::string down = "HTTP/1.1 503 Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  Server server({{"/robots.txt", ok("", "Content-Type: text/plain\r\n")},
                 {"/a", ok(page_of("Turku"))},
                 {"/b", down}});
  server.answer("/feed",
                ok("<rss><channel><title>Courier</title>" + entry_of(server.url("/a")) +
                       entry_of(server.url("/b")) + entry_of(server.url("/c")) + "</channel></rss>",
                   "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n"));
  for (const std::string& kind : test::stores()) {
    test::Store store(kind);
    server.answer("/b", down);
    server.answer("/c", kNothingThere);
    std::string command = "watch --once --pause 0 --trust 127.0.0.1 --ledger '" + store.where +
                          "' " + server.url("/feed");
    test::Outcome first = test::program(command);
    EXPECT_EQ(first.code, 1);
    EXPECT_NE(first.out.find("1 new; 1 articles"), std::string::npos) << first.out << first.err;
    EXPECT_NE(first.err.find("/b: the server says 503"), std::string::npos) << first.err;
    EXPECT_NE(first.err.find("2 waiting to be tried again"), std::string::npos) << first.err;
    server.answer("/b", ok(page_of("Bergen")));
    test::Outcome second = test::program(command);
    EXPECT_NE(second.out.find("1 new; 2 articles"), std::string::npos) << second.out << second.err;
    server.answer("/c", ok(page_of("Olm")));
    test::Outcome third = test::program(command);
    EXPECT_EQ(third.code, 0) << third.err;
    EXPECT_NE(third.out.find("1 new; 3 articles"), std::string::npos) << third.out << third.err;
    EXPECT_NE(third.err.find("0 entries, 1 new\n"), std::string::npos) << third.err;
    // What the feed said of it is still known.
    Ledger ledger(store.where, Ledger::read);
    EXPECT_EQ(ledger.record(3)->article.published, "2031-05-14T08:19:00Z");
    EXPECT_EQ(ledger.record(3)->article.publisher, "Courier");
  }
}

// What is fetched is left in the ledger, fetched once, and read by workers as it would have been.
TEST(Watch, LeavesToWorkersWhatIsToBeRead) {
  Server server({{"/robots.txt", ok("", "Content-Type: text/plain\r\n")},
                 {"/a", ok(page_of("Turku"))},
                 {"/b", ok(page_of("Bergen"))}});
  server.answer("/feed", ok("<rss><channel><title>Courier</title>" + entry_of(server.url("/a")) +
                                entry_of(server.url("/b")) + "</channel></rss>",
                            "Content-Type: application/rss+xml\r\n"));
  for (const std::string& kind : test::stores()) {
    test::Store store(kind), direct(kind);
    const std::string watch = "--model fast watch --once --pause 0 --trust 127.0.0.1 ",
                      to = " --ledger '" + store.where + "' ", feed = server.url("/feed");
    const size_t before = server.asked().size();
    test::Outcome first = test::program(watch + "--queue" + to + feed);
    EXPECT_NE(first.out.find("2 left to be read; 0 articles"), std::string::npos)
        << first.out << first.err;
    EXPECT_NE(test::program("doctor" + to).err.find("2 articles wait to be read"),
              std::string::npos);
    EXPECT_NE(test::program(watch + "--queue" + to + feed).out.find("0 left"), std::string::npos);
    const std::string asked = server.asked().substr(before);
    EXPECT_EQ(asked.find("/a"), asked.rfind("/a")) << asked;
    test::Outcome work = test::program("--model fast work --once" + to);
    EXPECT_NE(work.out.find("2 read, 2 of them new; 0 given up; 2 articles"), std::string::npos)
        << work.out << work.err;
    EXPECT_NE(test::program(watch + "--queue" + to + feed).out.find("0 left"), std::string::npos);
    test::program(watch + "--ledger '" + direct.where + "' " + feed);
    Ledger left(store.where, Ledger::write), kept(direct.where, Ledger::write);
    settle(left), settle(kept);
    EXPECT_EQ(digest_of(digests(left.database())), digest_of(digests(kept.database())));
  }
}

TEST(Watch, WhatIsNoPageIsToldOnceAndNotKept) {
  Server server(
      {{"/robots.txt", ok("", "Content-Type: text/plain\r\n")},
       {"/pdf", ok("%PDF-1.7\nlooks like a text for a while", "Content-Type: application/pdf\r\n")},
       {"/lie", ok("%PDF-1.7\nlooks like a text for a while")},
       {"/gone", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"}});
  server.answer("/feed", ok("<rss><channel><title>Courier</title>" + entry_of(server.url("/pdf")) +
                                entry_of(server.url("/lie")) + entry_of(server.url("/gone")) +
                                "</channel></rss>",
                            "Content-Type: application/rss+xml\r\n"));
  test::Folder folder;
  std::string command = "watch --once --pause 0 --trust 127.0.0.1 --ledger " +
                        folder.file("w.ledger") + " " + server.url("/feed");
  test::Outcome first = test::program(command);
  EXPECT_NE(first.out.find("0 new; 0 articles"), std::string::npos) << first.out;
  for (const char* part : {"application/pdf", "a PDF document", "410"})
    EXPECT_NE(first.err.find(part), std::string::npos) << first.err;
  test::Outcome second = test::program(command);
  EXPECT_EQ(second.code, 0) << second.err;
  std::string asked = server.asked();
  EXPECT_EQ(asked.find("/pdf"), asked.rfind("/pdf")) << asked;
}

TEST(Watch, WhatFollowsATrustedHostIsAFeed) {
  Server server({{"/robots.txt", ok("", "Content-Type: text/plain\r\n")},
                 {"/a", ok(page_of("Turku"))},
                 {"/b", ok(page_of("Olm"))}});
  test::Folder folder;
  const test::Outcome seen =
      test::program("watch --once --pause 0 --ledger " + folder.file("w.ledger") +
                    " --trust 127.0.0.1 " + folder.write("a.txt", server.url("/a") + "\n") + " " +
                    folder.write("b.txt", server.url("/b") + "\n"));
  EXPECT_NE(seen.out.find("2 new; 2 articles"), std::string::npos) << seen.out << seen.err;
}

// A sitemap is followed as a feed is, an index to the maps that it names; a file of addresses is
// fetched page by page.
TEST(Watch, SitemapsAndListsOfAddressesAreFollowed) {
  Server server({{"/robots.txt", ok("", "Content-Type: text/plain\r\n")},
                 {"/a", ok(page_of("Turku"))},
                 {"/b", ok(page_of("Olm"))},
                 {"/c", ok(page_of("Bergen"))}});
  server.answer("/index.xml", ok("<sitemapindex><sitemap><loc>" + server.url("/map.xml") +
                                     "</loc></sitemap></sitemapindex>",
                                 "Content-Type: application/xml\r\n"));
  server.answer("/map.xml", ok("<urlset><url><loc>" + server.url("/a") + "</loc></url><url><loc>" +
                                   server.url("/b") + "</loc></url></urlset>",
                               "Content-Type: application/xml\r\n"));
  test::Folder folder;
  std::string command =
      "watch --once --pause 0 --trust 127.0.0.1 --ledger " + folder.file("w.ledger") + " ";
  test::Outcome map = test::program(command + server.url("/index.xml"));
  EXPECT_EQ(map.code, 0) << map.err;
  EXPECT_NE(map.out.find("2 new; 2 articles"), std::string::npos) << map.out << map.err;
  std::string list =
      folder.write("list.txt", "# pages\n" + server.url("/a") + "\n" + server.url("/c") + "\n");
  test::Outcome pages = test::program(command + list);
  EXPECT_EQ(pages.code, 0) << pages.err;
  EXPECT_NE(pages.out.find("1 new; 3 articles"), std::string::npos) << pages.out << pages.err;
  std::string asked = server.asked();
  EXPECT_EQ(asked.find("/a "), asked.rfind("/a ")) << asked;
}

// Trackers in addresses make no new article, nor a new request.
TEST(Watch, TheSamePageUnderAnotherAddressIsNotFetchedAgain) {
  Server server(
      {{"/robots.txt", ok("", "Content-Type: text/plain\r\n")}, {"/a", ok(page_of("Turku"))}});
  auto feed = [&](const std::string& link) {
    server.answer("/feed", ok("<rss><channel><title>Courier</title>" + entry_of(server.url(link)) +
                                  "</channel></rss>",
                              "Content-Type: application/rss+xml\r\n"));
  };
  test::Folder folder;
  std::string command = "watch --once --pause 0 --trust 127.0.0.1 --ledger " +
                        folder.file("w.ledger") + " " + server.url("/feed");
  feed("/a");
  EXPECT_NE(test::program(command).out.find("1 new"), std::string::npos);
  feed("/a?utm_source=rss#top");
  EXPECT_NE(test::program(command).out.find("0 new; 1 articles"), std::string::npos);
  EXPECT_EQ(server.asked().find("/a?utm"), std::string::npos) << server.asked();
}

}  // namespace
}  // namespace chancery
