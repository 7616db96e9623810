#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "article/fetch.h"
#include "article/pieces.h"
#include "article/sitemap.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "cli/app.h"
#include "cli/ledger_name.h"
#include "ledger/ledger.h"
#include "ledger/waiting.h"
#include "pipeline/job_queue.h"
#include "pipeline/stop.h"

namespace chancery::cli {
namespace {

using pipeline::asked_to_stop;

constexpr long kDay = 86400;
constexpr long kRest = 300;            // so long a server that was too slow is left alone
constexpr long kPatience = 14 * kDay;  // so long a page that fails is asked for
constexpr size_t kMostMaps = 50;       // of an index of sitemaps
constexpr int kMapsInMaps = 2;         // indexes within indexes

bool is_file(const std::string& name) {
  std::error_code error;
  return name.find("://") == std::string::npos && std::filesystem::is_regular_file(name, error);
}

long now() { return static_cast<long>(std::time(nullptr)); }

// Seconds of a clock that nobody sets: for what is waited for while the program runs.
long running() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// A page that will be no article, however often it is asked for.
class NoArticle : public Error {
 public:
  using Error::Error;
};

struct Source {
  std::string url;
  long due = running(), wait = 0;  // by running(); seconds of the present back-off
};

struct WatchOptions {
  std::vector<std::string> feeds, trusted;
  std::string ledger;
  int every = 900, pause = 2;
  bool once = false, fresh = false, queue = false;
};

// What becomes of the articles that are found: kept at once, or left for workers (`chancery work`).
class Keeper {
 public:
  Keeper(App& app, Ledger& ledger, bool queue)
      : ledger_(ledger), jobs_(ledger.database()), rules_(app.data_folder() + "/addresses.tsv") {
    ledger_.addresses(rules_);
    if (queue) return;
    reader_.emplace(app.resources());
    ledger_.codes(codes_of(reader_->resources()));
  }
  // True when it is new.
  bool keep(Article article) {
    if (reader_) return ledger_.add(reader_->read(std::move(article))) == Ledger::Added::fresh;
    return pipeline::JobQueue::put(jobs_, std::move(article), rules_);
  }
  bool has(const std::string& url) {
    return ledger_.has_url(url) || jobs_.has_address(rules_.key(url));
  }
  std::string what() const { return reader_ ? "new" : "left to be read"; }

 private:
  Ledger& ledger_;
  Jobs jobs_;
  AddressRules rules_;
  std::optional<Reader> reader_;
};

// Looks at feeds and keeps what they name. A page that fails waits in the ledger
// (ledger/waiting.h), so that a feed's validator may be kept whatever became of its pages.
class Watcher {
 public:
  Watcher(App& app, const WatchOptions& options)
      : app_(app),
        options_(options),
        ledger_(options.ledger, Ledger::write),
        keeper_(app, ledger_, options.queue),
        waiting_(ledger_.database()),
        fetcher_({options.trusted.begin(), options.trusted.end()}) {}

  void run() {
    std::vector<Source> sources;
    for (const std::string& feed : options_.feeds) sources.push_back({.url = feed});
    while (!asked_to_stop()) {
      for (Source& source : sources)
        if (!asked_to_stop() && running() >= source.due) {
          look(source);
          if (kept_ == 0) continue;
          // It may be long until the next.
          ledger_.rest();
          give_back_memory();
        }
      if (options_.once) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    Output out("-");
    out.write(fmt::format("{}: {} {}; {} articles in all\n", ledger_.database().where(),
                          kept_in_all_, keeper_.what(), ledger_.articles()));
    out.close();
  }

 private:
  void look(Source& source) {
    found_ = kept_ = 0;
    tried_.clear();
    try {
      read_feed(source);
      source.wait = 0;
      source.due = running() + options_.every;
    } catch (const StartError&) {
      throw;
    } catch (const Error& error) {
      app_.failed(error.what());
      if (dynamic_cast<const LateError*>(&error)) slow_[host_of(source.url)] = running() + kRest;
      source.wait = std::min<long>(kDay, std::max<long>(options_.every, source.wait * 2));
      source.due = running() + source.wait;
    }
    // Whether the feed could be read or not: its pages may be on other servers.
    std::vector<WaitingPage> waiting = waiting_.of(source.url);
    for (const WaitingPage& page : waiting) {
      if (asked_to_stop()) break;
      // Kept meanwhile, by another feed.
      if (keeper_.has(page.url)) waiting_.remove(page.url);
      else if ((is_due(page) || options_.once) && !tried_.count(page.url)) keep_or_wait(page);
    }
    kept_in_all_ += kept_;
    size_t left = waiting_.of(source.url).size();
    say(fmt::format("{}: {} entries, {} {}{}", source.url, found_, kept_, keeper_.what(),
                    left ? fmt::format(", {} waiting to be tried again", left) : ""));
  }

  // Nothing waits longer than we have patience: a day beyond that was written down by a clock that
  // has been set back since.
  static bool is_due(const WaitingPage& page) {
    return now() >= page.due || page.due > now() + kPatience;
  }

  void read_feed(Source& source) {
    if (is_file(source.url)) return read_list(source);
    if (slow(source.url))
      throw Error(source.url + ": its server was too slow a moment ago, not asked");
    polite(source.url);
    if (!fetcher_.allowed(source.url)) throw Error(source.url + ": robots.txt does not allow it");
    auto [etag, modified] = ledger_.feed_state(source.url);
    Fetched feed = fetcher_.get(source.url, etag, modified);
    if (feed.status == 429 || feed.status >= 500)
      source.wait = std::max(source.wait, feed.retry_after);
    if (feed.status >= 400)
      throw Error(source.url + ": the server says " + std::to_string(feed.status));
    if (feed.status != 200) return;
    bool whole = looks_like_sitemap(feed.body) ? read_map(source, feed.body, kMapsInMaps)
                                               : read_entries(source, std::move(feed.body));
    // Only what was read to its end counts as seen.
    if (whole && !asked_to_stop()) ledger_.set_feed_state(source.url, feed.etag, feed.modified);
  }

  // The pages of a sitemap, and of those that an index names, the newest first. Were all of them
  // there?
  bool read_map(const Source& source, const std::string& xml, int floors) {
    Sitemap map;
    try {
      map = read_sitemap(xml);
    } catch (const Error& error) {
      throw Error(at_place(source.url, error.what()));
    }
    bool whole = true;
    for (const Sitemap::Page& page : map.pages) {
      if (asked_to_stop()) return false;
      ++found_;
      keep_new({page.url, source.url, page.title, page.publisher, page.published, "", now()});
    }
    if (map.maps.size() > kMostMaps) map.maps.resize(kMostMaps);
    for (const std::string& url : map.maps) {
      if (asked_to_stop() || floors == 0) return false;
      try {
        polite(url);
        if (!fetcher_.allowed(url)) throw Error(url + ": robots.txt does not allow it");
        Fetched more = fetcher_.get(url);
        if (more.status != 200)
          throw Error(url + ": the server says " + std::to_string(more.status));
        whole &= read_map(source, more.body, floors - 1);
      } catch (const StartError&) {
        throw;
      } catch (const Error& error) {
        whole = false;
        app_.failed(error.what());
      }
    }
    return whole;
  }

  bool read_entries(const Source& source, std::string bytes) {
    auto entries = open_feed(std::move(bytes), source.url);
    bool whole = true;
    for (Piece piece; !asked_to_stop() && entries->next(piece);) {
      ++found_;
      if (!piece.warning.empty()) app_.warned(piece.warning);
      // An entry that cannot be read may be whole when the feed is asked for again.
      whole &= piece.error.empty() || !piece.article.url.empty();
      take(source, piece);
    }
    return whole;
  }

  // A file of addresses of pages, each fetched once.
  void read_list(const Source& source) {
    for (const std::string& url : read_addresses(load_bytes(source.url, 64u << 20))) {
      if (asked_to_stop()) return;
      ++found_;
      keep_new({url, source.url, "", "", "", "", now()});
    }
  }

  // An entry of a feed: its page where it names one, else what the feed holds of it.
  void take(const Source& source, const Piece& piece) {
    const Article& a = piece.article;
    if (a.url.empty()) {
      try {
        kept_ += keeper_.keep(article_of(piece, InputKind::detect));
      } catch (const StartError&) {
        throw;
      } catch (const std::exception& error) {
        app_.failed(at_place(piece.place, error.what()));
      }
      return;
    }
    keep_new({a.url, source.url, a.title, a.publisher, a.published, join(a.byline, "; "), now()});
  }

  void keep_new(const WaitingPage& page) {
    if (!keeper_.has(page.url) && !waiting_.find(page.url)) keep_or_wait(page);
  }

  // Fetches a page and keeps it; one that fails waits for the next try.
  void keep_or_wait(WaitingPage page) {
    tried_.insert(page.url);
    page.since = std::min<int64_t>(page.since, now());
    if (slow(page.url)) {
      page.problem = page.url + ": its server was too slow a moment ago, not asked";
      page.due = now() + options_.every;
      return waiting_.put(page);
    }
    try {
      kept_ += keeper_.keep(fetch(page));
      waiting_.remove(page.url);
      return;
    } catch (const StartError&) {
      throw;
    } catch (const NoArticle& error) {
      page.problem = error.what();
      page.refused = true;
    } catch (const LateError& error) {
      page.problem = error.what();
      slow_[host_of(page.url)] = running() + kRest;
    } catch (const std::exception& error) {
      page.problem = at_place(page.url, error.what());
      page.refused = now() - page.since > kPatience;
    }
    if (asked_to_stop()) return;
    long wait = options_.every;
    for (int64_t n = 0; n < page.tries && wait < kDay; ++n) wait *= 2;
    ++page.tries;
    page.due = now() + std::clamp(retry_after_, std::min(wait, kDay), kPatience);
    waiting_.put(page);
    bool given_up = page.refused && page.tries > 1 && now() - page.since > kPatience;
    app_.failed(page.problem + (given_up ? "; given up" : ""));
  }

  Article fetch(const WaitingPage& wanted) {
    retry_after_ = 0;
    polite(wanted.url);
    if (!fetcher_.allowed(wanted.url))
      throw NoArticle(wanted.url + ": robots.txt does not allow it");
    Fetched page = fetcher_.get(wanted.url);
    retry_after_ = page.retry_after;
    if (page.status == 410) throw NoArticle(wanted.url + ": the server says 410, gone for good");
    if (page.status != 200)
      throw Error(wanted.url + ": the server says " + std::to_string(page.status));
    std::string type = lower(page.type.substr(0, page.type.find(';')));
    bool text = trim(type) == "text/plain";
    if (!type.empty() && !text && type.find("html") == std::string::npos)
      throw NoArticle(wanted.url + ": is " + std::string(trim(type)) + ", no page of text");
    Article article;
    try {
      article = text ? load_article(page.body, InputKind::text, wanted.url)
                     : load_page(page.body, page.charset);
    } catch (const Error& error) {
      // It came whole and is none; the server will not make it one.
      throw NoArticle(at_place(wanted.url, error.what()));
    }
    article.url = article.id = wanted.url;
    if (article.published.empty()) article.published = wanted.published;
    if (article.title.empty()) article.title = wanted.title;
    if (article.publisher.empty()) article.publisher = wanted.publisher;
    if (article.byline.empty())
      for (std::string_view name : split(wanted.byline, ';'))
        if (!trim(name).empty()) article.byline.emplace_back(trim(name));
    return article;
  }

  static std::string host_of(const std::string& url) {
    size_t begin = url.find("://"),
           end = begin == std::string::npos ? begin : url.find('/', begin + 3);
    return url.substr(0, end);
  }

  // A server that lets us wait until we give up would hold up all the others, page after page.
  bool slow(const std::string& url) const {
    auto found = slow_.find(host_of(url));
    return found != slow_.end() && running() < found->second;
  }

  void polite(const std::string& url) {
    const std::string host = host_of(url);
    while (!asked_to_stop() && last_.count(host) && running() - last_[host] < options_.pause)
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    last_[host] = running();
  }

  App& app_;
  const WatchOptions& options_;
  Ledger ledger_;
  Keeper keeper_;
  WaitingPages waiting_;
  Fetcher fetcher_;
  std::map<std::string, long> last_;  // host → when it was asked, by running()
  std::map<std::string, long> slow_;  // host → until when it is left alone, by running()
  std::set<std::string> tried_;       // in this look
  long found_ = 0, kept_ = 0, kept_in_all_ = 0, retry_after_ = 0;
};

}  // namespace

void add_watch(CLI::App& root, App& app) {
  auto o = std::make_shared<WatchOptions>();
  CLI::App* verb =
      root.add_subcommand("watch", "Follow feeds: fetch what is new and keep it in a ledger");
  verb->footer(
      "Polite: one request at a time, a pause between two to one host, robots.txt, ETag and "
      "Last-Modified, longer and longer waits after errors.\n"
      "A page that fails is tried again, later and later, for two weeks.\n"
      "Safe: only http and https, only public addresses, on every redirect; bounds on size and "
      "time.\n\nExample:\n  chancery watch --ledger my.ledger "
      "https://harbour-courier.example/feed.xml\n");
  verb->add_option("FEED", o->feeds,
                   "Addresses of RSS or Atom feeds or of sitemaps; files with the address of a "
                   "page on each line")
      ->required();
  ledger_option(*verb, o->ledger, "The ledger's file; made when it is not there");
  verb->add_flag("--new", o->fresh, "Make it even where another has nearly the same name");
  verb->add_option("--every", o->every, "Seconds between two looks at a feed")
      ->capture_default_str()
      ->check(CLI::Range(60, 86400));
  verb->add_option("--pause", o->pause, "Seconds between two requests to one host")
      ->capture_default_str()
      ->check(CLI::Range(0, 3600));
  verb->add_flag("--once", o->once, "Look once and end");
  verb->add_flag("--queue", o->queue,
                 "Leave what is fetched in the ledger for `chancery work` to read");
  verb->add_option("--trust", o->trusted,
                   "A host that may have a private address (may be given several times)")
      ->allow_extra_args(false);  // what follows is a feed
  verb->callback([o, &app] {
    pipeline::mind({SIGINT, SIGTERM});
    keep_little_memory();
    mind_new_ledger(app, o->ledger, o->fresh);
    Watcher(app, *o).run();
  });
}

}  // namespace chancery::cli
