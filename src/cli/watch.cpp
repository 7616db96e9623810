#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <map>
#include <thread>

#include "article/fetch.h"
#include "article/pieces.h"
#include "base/error.h"
#include "cli/app.h"
#include "ledger/ledger.h"

namespace chancery::cli {
namespace {

volatile std::sig_atomic_t stopped = 0;

struct Source {
  std::string url;
  long due = 0, wait = 0;  // seconds since 1970; of the present back-off
};

}  // namespace

void add_watch(CLI::App& root, App& app) {
  struct Options {
    std::vector<std::string> feeds, trusted;
    std::string ledger;
    int every = 900, pause = 2;
    bool once = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("watch", "Follow feeds: fetch what is new and keep it in a ledger");
  verb->footer(
      "Polite: one request at a time, a pause between two to one host, robots.txt, ETag and "
      "Last-Modified, longer and longer waits after errors.\n"
      "Safe: only http and https, only public addresses, on every redirect; bounds on size and "
      "time.\n\nExample:\n  chancery watch --ledger my.ledger "
      "https://harbour-courier.example/feed.xml\n");
  verb->add_option("FEED", o->feeds, "Addresses of RSS or Atom feeds")->required();
  verb->add_option("--ledger", o->ledger, "The ledger's file; made when it is not there")
      ->required();
  verb->add_option("--every", o->every, "Seconds between two looks at a feed")
      ->capture_default_str()
      ->check(CLI::Range(60, 86400));
  verb->add_option("--pause", o->pause, "Seconds between two requests to one host")
      ->capture_default_str()
      ->check(CLI::Range(0, 3600));
  verb->add_flag("--once", o->once, "Look once and end");
  verb->add_option("--trust", o->trusted, "A host that may have a private address");
  verb->callback([o, &app] {
    Reader reader(app.resources());
    Ledger ledger(o->ledger, Ledger::write);
    Fetcher fetcher({o->trusted.begin(), o->trusted.end()});
    std::map<std::string, long> last;  // host → when it was asked
    std::vector<Source> sources;
    for (const std::string& feed : o->feeds) sources.push_back({feed});
    std::signal(SIGINT, [](int) { stopped = 1; });
    std::signal(SIGTERM, [](int) { stopped = 1; });
    auto now = [] { return static_cast<long>(std::time(nullptr)); };
    auto polite = [&](const std::string& url) {
      size_t begin = url.find("://"),
             end = begin == std::string::npos ? begin : url.find('/', begin + 3);
      std::string host = url.substr(0, end);
      while (!stopped && last.count(host) && now() - last[host] < o->pause)
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
      last[host] = now();
    };
    size_t fresh = 0;
    while (!stopped) {
      for (Source& source : sources) {
        if (stopped || now() < source.due) continue;
        long found = 0, kept = 0;
        try {
          polite(source.url);
          if (!fetcher.allowed(source.url))
            throw Error(source.url + ": robots.txt does not allow it");
          auto [etag, modified] = ledger.feed_state(source.url);
          Fetched feed = fetcher.get(source.url, etag, modified);
          if (feed.status == 429 || feed.status >= 500) {
            source.wait = std::max(source.wait, feed.retry_after);
            throw Error(source.url + ": the server says " + std::to_string(feed.status));
          }
          if (feed.status >= 400)
            throw Error(source.url + ": the server says " + std::to_string(feed.status));
          if (feed.status == 200) {
            auto entries = open_feed(std::move(feed.body), source.url);
            for (Piece piece; !stopped && entries->next(piece);) {
              std::string url = piece.article.url;
              ++found;
              if (!url.empty() && ledger.has_url(url)) continue;
              try {
                Article article;
                if (url.empty()) {
                  article = article_of(piece, InputKind::detect);
                } else {
                  polite(url);
                  if (!fetcher.allowed(url)) throw Error(url + ": robots.txt does not allow it");
                  Fetched page = fetcher.get(url);
                  if (page.status != 200)
                    throw Error(url + ": the server says " + std::to_string(page.status));
                  article = load_page(page.body, page.charset);
                  article.url = url;
                  article.id = url;
                  if (article.published.empty()) article.published = piece.article.published;
                  if (article.title.empty()) article.title = piece.article.title;
                  if (article.publisher.empty()) article.publisher = piece.article.publisher;
                  if (article.byline.empty()) article.byline = piece.article.byline;
                }
                kept += ledger.add(reader.read(std::move(article))) == Ledger::Added::fresh;
              } catch (const StartError&) {
                throw;
              } catch (const Error& error) {
                app.failed(error.what());
              }
            }
            // Only what was read to its end counts as seen.
            if (!stopped) ledger.set_feed_state(source.url, feed.etag, feed.modified);
          }
          source.wait = 0;
          source.due = now() + o->every;
        } catch (const StartError&) {
          throw;
        } catch (const Error& error) {
          app.failed(error.what());
          source.wait = std::min<long>(86400, std::max<long>(o->every, source.wait * 2));
          source.due = now() + source.wait;
        }
        fresh += static_cast<size_t>(kept);
        fmt::print(stderr, "{}: {} entries, {} new\n", source.url, found, kept);
      }
      if (o->once) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    fmt::print("{}: {} new; {} articles in all\n", o->ledger, fresh, ledger.articles());
  });
}

}  // namespace chancery::cli
