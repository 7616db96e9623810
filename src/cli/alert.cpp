// Saved questions and what is new on them, printed or sent to a webhook: `chancery alert`.
#include <curl/curl.h>

#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "export/json_writer.h"
#include "ledger/saved.h"
#include "present/words.h"
#include "serve/told.h"

namespace chancery::cli {
namespace {

constexpr long kSeconds = 30;  // that a webhook may take

struct Options {
  std::string ledger, name, question, webhook;
  std::vector<std::string> filters;
  bool once = false, json = false, all = false;
};

// "topic=port" … as the catalogue takes filters.
Asked filters_of(const std::vector<std::string>& words) {
  Asked out;
  for (const std::string& word : words) {
    size_t equal = word.find('=');
    if (equal == std::string::npos || equal == 0)
      throw UsageError("'" + word + "' is no filter; one looks like topic=port");
    out[word.substr(0, equal)].push_back(word.substr(equal + 1));
  }
  return out;
}

void save(const Options& o, const App& app) {
  Tables tables(app);
  SavedQuestion s{o.name, o.question, filters_of(o.filters), 0};
  check_saved(s, {tables.names, tables.codes});
  require_ledger(o.ledger);
  Ledger ledger(o.ledger, Ledger::write);
  if (!o.all) s.told = newest_article(ledger.database());
  SavedQuestions(ledger.database()).put(s);
}

void list(const Options& o) {
  Ledger ledger(o.ledger, Ledger::read);
  Output out("-");
  for (const SavedQuestion& s : SavedQuestions(ledger.database()).all()) {
    std::string line = s.name + ": " + s.question;
    for (const auto& [name, values] : s.filters)
      for (const std::string& value : values) line += " " + name + "=" + value;
    out.write(line + "\n");
  }
  out.close();
}

// What is new on one question.
struct News {
  SavedQuestion question;
  std::vector<Told> lines;
  int64_t newest = 0;
};

std::string as_text(const News& n) {
  std::string out = n.question.name + ": " + std::to_string(n.lines.size()) + " new\n";
  for (const Told& t : n.lines)
    out += "  - " + t.title + (t.words.empty() ? "" : " — “" + t.words + "”") + " (" + t.when +
           ", " + t.id + ")\n";
  return out;
}

std::string as_json(const News& n) {
  JsonWriter w;
  w.object().text("alert", n.question.name).text("question", n.question.question);
  w.key("items").array();
  for (const Told& t : n.lines)
    w.object()
        .text("title", t.title)
        .text("words", t.words)
        .text("when", t.when)
        .text("reported", t.day)
        .text("article", t.article)
        .text("id", t.id)
        .text("address", t.address)
        .end_object();
  w.end_array().end_object();
  return w.take() + "\n";
}

void post(const std::string& url, const std::string& body) {
  if (!url.starts_with("https://") && !url.starts_with("http://"))
    throw UsageError("--webhook: '" + url.substr(0, 60) + "' is no http address");
  std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) throw StartError("libcurl does not start");
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  // What it answers is not printed.
  curl_easy_setopt(
      curl.get(), CURLOPT_WRITEFUNCTION,
      +[](char*, size_t size, size_t n, void*) -> size_t { return size * n; });
  const CURLcode code = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK || status < 200 || status > 299)
    throw Error(
        url + ": " +
        (code == CURLE_OK ? "answers " + std::to_string(status) : curl_easy_strerror(code)) +
        "; what is new stays to be told the next time");
}

// Tells what is new on every question and remembers that it was told. One that cannot be asked or
// sent is named, and is told the next time; the others go on.
void once(const Options& o, App& app) {
  Tables tables(app);
  const present::Words words(app.data_folder(), tables.names);
  require_ledger(o.ledger);
  Ledger ledger(o.ledger, Ledger::write);
  SavedQuestions saved(ledger.database());
  std::string printed;
  std::vector<std::pair<std::string, int64_t>> told_of;
  for (const SavedQuestion& s : saved.all()) {
    if (!o.name.empty() && s.name != o.name) continue;
    try {
      News news{s, {}, 0};
      const Answer a = news_of(ledger, s, {tables.names, tables.codes}, news.newest);
      for (size_t r = 0; r < a.rows.size(); ++r) news.lines.push_back(told(a, r, words));
      if (!news.lines.empty()) {
        if (o.webhook.empty()) printed += o.json ? as_json(news) : as_text(news);
        else post(o.webhook, as_json(news));
      }
      // What was printed is told when all of it is out.
      if (o.webhook.empty()) told_of.push_back({s.name, news.newest});
      else saved.tell(s.name, news.newest);
    } catch (const UsageError& e) {
      app.failed(s.name + ": " + e.what());
    } catch (const Error& e) {
      app.failed(s.name + ": " + e.what());
    }
  }
  Output out("-");
  out.write(printed);
  out.close();
  for (const auto& [name, newest] : told_of) saved.tell(name, newest);
}

}  // namespace

void add_alert(CLI::App& root, App& app) {
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      root.add_subcommand("alert", "Saved questions, and what is new on them since the last time");
  verb->footer(
      "Examples:\n  chancery alert save --ledger my.ledger port positions topic=port\n  chancery "
      "alert --ledger my.ledger --once\n  chancery alert --ledger my.ledger --once --webhook "
      "https://desk.example/new\n");
  CLI::Option* ledger = ledger_option(*verb, o->ledger, "The ledger's file");
  ledger->required(false);
  verb->add_flag("--once", o->once, "Tell what is new now, and end: for cron");
  verb->add_option("--name", o->name, "Only this saved question");
  verb->add_option("--webhook", o->webhook, "Send it there as JSON (POST) instead of printing it");
  verb->add_flag("--json", o->json, "Print JSON, one line a question");
  CLI::App* put = verb->add_subcommand("save", "Save a question, or change one of this name");
  ledger_option(*put, o->ledger, "The ledger's file");
  put->add_option("NAME", o->name, "What to call it")->required();
  put->add_option("QUESTION", o->question, "One of " + savable())->required();
  put->add_option("FILTER", o->filters, "topic=port by=Varga …: the filters of the question");
  put->add_flag("--all", o->all, "Tell what is in the ledger already, too");
  CLI::App* show = verb->add_subcommand("list", "The saved questions");
  ledger_option(*show, o->ledger, "The ledger's file");
  CLI::App* drop = verb->add_subcommand("drop", "Forget a saved question");
  ledger_option(*drop, o->ledger, "The ledger's file");
  drop->add_option("NAME", o->name, "Which")->required();
  put->callback([o, &app] { save(*o, app); });
  show->callback([o] { list(*o); });
  drop->callback([o] {
    require_ledger(o->ledger);
    Ledger l(o->ledger, Ledger::write);
    if (!SavedQuestions(l.database()).remove(o->name))
      throw Error("no question '" + o->name + "' is saved");
  });
  verb->callback([o, &app, verb] {
    if (!verb->get_subcommands().empty()) return;
    if (o->ledger.empty()) throw UsageError("--ledger is required");
    if (!o->once) throw UsageError("say --once, or save, list or drop");
    once(*o, app);
  });
}

}  // namespace chancery::cli
