// A ledger of many invented records: how fast it fills, how long every question takes, how large it
// is. usage: chancery_bench_ledger [--records N] [--days N] [--ledger FILE|postgres://…] [--keep]
// [--questions N] Records have the shape of real ones (counts per record as measured on news:
// docs/benchmarks.md); actors and issues are drawn by Zipf's law over 190 states and 20,000
// persons, days over five years (--days 36 for 20,000 records: as many a day as a million has);
// one in twenty repeats another nearly word for word. --questions 0: ingest alone.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <random>

#include "base/calendar.h"
#include "base/error.h"
#include "ledger/brief.h"
#include "ledger/ledger.h"
#include "ledger/play.h"

namespace chancery {
namespace {

// Records that are announced to the ledger together, and that it keeps together.
constexpr int kTogether = 500, kBatch = 5000;
// After so many it says how it goes.
constexpr int kTold = 10000;

using Clock = std::chrono::steady_clock;
double seconds(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {
    for (int i = 0; i < 190; ++i)
      states_.push_back(
          {std::string{static_cast<char>('A' + i / 26 % 26), static_cast<char>('A' + i % 26),
                       static_cast<char>('A' + i * 7 % 26)},
           "State" + word(i * 31 + 7)});
    for (int i = 0; i < 20000; ++i)
      people_.push_back(capital(word(i * 17 + 3)) + " " + capital(word(i * 29 + 11)));
    for (int i = 0; i < 30000; ++i) words_.push_back(word(i));
  }

  Record record(int number) {
    if (number % 20 == 19 && !last_.article.text.empty()) {
      // A copy: another publisher's line before the same text.
      Record r = last_;
      r.article.id = "a" + std::to_string(number);
      r.article.url = "https://copy.example/" + std::to_string(number);
      r.article.publisher = "Copy " + std::to_string(number % 50);
      std::string line = "(" + words_[zipf(words_.size())] + ") ";
      r.article.text = line + r.article.text;
      uint32_t by = static_cast<uint32_t>(line.size());
      auto move = [&](Spans& spans) {
        for (Span& s : spans) s = {s.begin + by, s.end + by};
      };
      for (Entity& e : r.entities) move(e.mentions);
      for (Statement& s : r.statements) move(s.source), move(s.cue), move(s.content);
      for (Event& e : r.events) e.span = {e.span.begin + by, e.span.end + by};
      for (Position& p : r.positions) move(p.content), move(p.condition);
      return r;
    }
    Record r;
    Article& a = r.article;
    a.id = "a" + std::to_string(number);
    a.url = "https://news" + std::to_string(number % 400) + ".example/" + std::to_string(number);
    a.publisher = "Paper " + std::to_string(number % 400);
    // In the order of time, as news comes.
    std::string day =
        iso(add_days({2026, 1, 1}, static_cast<long>(static_cast<double>(number) / per_day_)));
    a.published = day + "T08:00";
    a.language = "en";
    text_.clear();
    int states = 2 + draw(3), people = 2 + draw(4);
    for (int i = 0; i < states; ++i) {
      const auto& [code, name] = states_[zipf(states_.size())];
      add_entity(r, name, "place", code, "GOV", "");
    }
    for (int i = 0; i < people; ++i) {
      size_t p = zipf(people_.size());
      add_entity(r, people_[p], "person", states_[p % states_.size()].first, "GOV", "minister");
    }
    a.title = capital(sentence_words(7));
    for (int i = 0; i < 4; ++i) statement(r, states, day);
    for (int i = 0; i < 3; ++i) event(r, states, day);
    for (int i = 0; i < 2; ++i) position(r, states);
    if (draw(10) == 0) {
      Span s = put("the first visit of its kind since 2019 ");
      r.novelty.push_back({"n1",
                           {s.begin, s.end - 1},
                           "first",
                           "visit of its kind",
                           "2019",
                           static_cast<int>(draw(static_cast<int>(r.entities.size()))),
                           ""});
    }
    while (text_.size() < 900) put(sentence_words(12) + ". ");
    a.text = text_;
    last_ = r;
    return r;
  }
  void per_day(double n) { per_day_ = n; }
  const std::string& state(size_t i) const { return states_[i % states_.size()].first; }
  const std::string& person(size_t i) const { return people_[i % people_.size()]; }
  const std::string& any_word() {
    return words_[std::min<size_t>(words_.size() - 1, 20 + zipf(words_.size()))];
  }
  size_t zipf(size_t n) {
    // Inverse of the cumulated 1/x.
    double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return std::min(n - 1, static_cast<size_t>(std::pow(static_cast<double>(n), u)) - 1);
  }
  int draw(int n) { return static_cast<int>(random_() % static_cast<uint64_t>(n)); }

 private:
  static std::string word(int i) {
    static const char* syllables[] = {"ba", "ne", "ri", "to", "ku", "la", "me", "si",
                                      "do", "fu", "ga", "pe", "vi", "ro", "zu", "ta"};
    std::string out;
    uint32_t x = static_cast<uint32_t>(i) * 2654435761u + 1;
    for (int k = 0; k < 2 + i % 3; ++k, x /= 16) out += syllables[x % 16];
    return out;
  }
  static std::string capital(std::string s) {
    if (!s.empty()) s[0] = static_cast<char>(s[0] - 32);
    return s;
  }
  std::string sentence_words(int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += (i ? " " : "") + words_[zipf(words_.size())];
    return out;
  }
  Span put(const std::string& s) {
    uint32_t begin = static_cast<uint32_t>(text_.size());
    text_ += s;
    return {begin, static_cast<uint32_t>(text_.size())};
  }
  void add_entity(Record& r, const std::string& name, const char* kind, const std::string& country,
                  const char* sector, const char* role) {
    Span s = put(name + " ");
    for (Entity& e : r.entities)
      if (e.name == name) {
        e.mentions.push_back({s.begin, s.end - 1});
        return;
      }
    Entity e;
    e.id = "e" + std::to_string(r.entities.size() + 1);
    e.name = name;
    e.kind = kind;
    e.actor = {country, sector, {}};
    e.role = role;
    e.mentions = {{s.begin, s.end - 1}};
    r.entities.push_back(e);
  }
  int someone(const Record& r) { return draw(static_cast<int>(r.entities.size())); }
  void statement(Record& r, int, const std::string& day) {
    Statement s;
    s.id = "s" + std::to_string(r.statements.size() + 1);
    s.speaker = someone(r);
    Span cue = put("said ");
    int other = someone(r);
    Span content =
        put(sentence_words(8) + " " + r.entities[other].name + " " + sentence_words(4) + ". ");
    r.entities[other].mentions.push_back(
        {static_cast<uint32_t>(text_.find(r.entities[other].name, content.begin)),
         static_cast<uint32_t>(text_.find(r.entities[other].name, content.begin) +
                               r.entities[other].name.size())});
    s.cue = {{cue.begin, cue.end - 1}};
    s.content = {{content.begin, content.end - 2}};
    s.quote = draw(3) ? "indirect" : "direct";
    s.force = "asserted";
    s.confidence = 0.9;
    if (draw(2)) s.when = day;
    r.statements.push_back(s);
  }
  void event(Record& r, int, const std::string& day) {
    static const struct {
      const char *type, *cameo;
      double goldstein;
    } kinds[] = {{"CONSULT", "040", 1},   {"ACCUSE", "111", -2}, {"AGREE", "030", 4},
                 {"REJECT", "120", -4},   {"REQUEST", "100", 0}, {"SUPPORT", "051", 3.4},
                 {"ASSAULT", "190", -10}, {"COERCE", "173", -5}, {"SANCTION", "163", -8},
                 {"AID", "070", 7}};
    Event e;
    size_t k = zipf(10);
    e.id = "v" + std::to_string(r.events.size() + 1);
    e.type = kinds[k].type;
    e.cameo = kinds[k].cameo;
    e.goldstein = kinds[k].goldstein;
    e.has_goldstein = true;
    int a = someone(r), b = someone(r);
    e.source = {a};
    if (b != a) e.target = {b};
    int status = draw(8);
    e.status = status == 0 ? "planned" : status == 1 ? "possible" : "occurred";
    e.when = status == 0 ? When(add_days(*parse_day(day), 1 + draw(40)))
             : draw(2)   ? When(day)
                         : When();
    Span s = put(sentence_words(9) + ". ");
    e.span = {s.begin, s.end - 2};
    r.events.push_back(e);
  }
  void position(Record& r, int) {
    static const char* issues[] = {"denuclearization", "sanctions", "trade",  "border",
                                   "ceasefire",        "hostages",  "energy", "elections",
                                   "refugees",         "climate",   "water",  "aid"};
    static const char* stances[] = {"demands", "rejects", "offers", "supports",
                                    "opposes", "accepts", "warns",  "proposes"};
    Position p;
    p.id = "p" + std::to_string(r.positions.size() + 1);
    p.holder = someone(r);
    p.stance = stances[zipf(8)];
    p.issue = issues[zipf(12)];
    p.topic = sentence_words(2);
    int t = someone(r);
    if (t != p.holder) p.toward = {t};
    Span s = put(sentence_words(8) + " ");
    p.content = {{s.begin, s.end - 1}};
    if (draw(4) == 0) {
      Span c = put("if " + sentence_words(5) + ". ");
      p.condition = {{c.begin, c.end - 2}};
    }
    r.positions.push_back(p);
  }

  std::mt19937_64 random_;
  std::vector<std::pair<std::string, std::string>> states_;
  std::vector<std::string> people_, words_;
  std::string text_;
  Record last_;
  double per_day_ = 500;
};

}  // namespace
}  // namespace chancery

int main(int argc, char** argv) {
  using namespace chancery;
  int records = 100000, questions = 60, days = 1825;
  std::string where = "/tmp/chancery-bench.ledger";
  bool keep = false, only_ask = false;
  for (int i = 1; i < argc; ++i) {
    std::string option = argv[i];
    if (option == "--records" && i + 1 < argc) records = std::atoi(argv[++i]);
    else if (option == "--ledger" && i + 1 < argc) where = argv[++i];
    else if (option == "--questions" && i + 1 < argc) questions = std::atoi(argv[++i]);
    else if (option == "--days" && i + 1 < argc) days = std::max(1, std::atoi(argv[++i]));
    else if (option == "--keep") keep = true;
    else if (option == "--ask") only_ask = keep = true;
    else
      return fmt::print(stderr,
                        "usage: {} [--records N] [--days N] [--ledger FILE|postgres://…] "
                        "[--questions N] [--keep] [--ask]\n",
                        argv[0]),
             2;
  }
  bool file = !where.starts_with("postgres");
  try {
    if (!only_ask) {
      if (file)
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(where + end);
      Ledger ledger(where, Ledger::write);
      Generator make(7);
      make.per_day(records / static_cast<double>(days));
      auto began = Clock::now();
      double inside = 0, used = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
      ledger.begin();
      for (int i = 0; i < records;) {
        std::vector<Record> next;
        for (int end = std::min(records, i + kTogether); i < end; ++i)
          next.push_back(make.record(i));
        auto t = Clock::now();
        std::vector<const Record*> expected;
        for (const Record& r : next) expected.push_back(&r);
        ledger.expect(expected);
        for (const Record& r : next) ledger.add(r);
        if (i % kBatch == 0) ledger.commit(), ledger.begin();
        inside += seconds(t);
        if (i % kTold == 0) {
          const double now = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
          fmt::print(stderr, "{} records, {:.0f}/s, {:.3f} ms of processor for each since\n", i,
                     i / inside, 1000 * (now - used) / kTold);
          used = now;
        }
      }
      auto t = Clock::now();
      ledger.commit();
      inside += seconds(t);
      std::fflush(stdout);
      fmt::print("records {}  ingest {:.0f} records/s on one thread (with making them {:.0f}/s)\n",
                 records, records / inside, records / seconds(began));
    }
    Ledger ledger(where, Ledger::read);
    records = static_cast<int>(ledger.articles());
    if (file)
      fmt::print("size {:.0f} bytes a record\n",
                 static_cast<double>(std::filesystem::file_size(where)) / records);
    if (questions == 0) return 0;
    Generator make(11);
    auto actor = [&]() -> ActorFilter {
      return make.draw(2) ? ActorFilter{"", make.state(make.zipf(190))}
                          : ActorFilter{make.person(make.zipf(20000)), ""};
    };
    auto day = [&] { return iso(add_days({2026, 1, 1}, make.draw(1800))); };
    struct Kind {
      const char* name;
      std::function<void(Ledger&)> ask;
    };
    auto page = [&] {
      Question q;
      q.limit = 50;
      if (make.draw(2)) q.from = day();
      q.newest_first = make.draw(2);
      return q;
    };
    std::vector<Kind> kinds = {
        {"statements by",
         [&](Ledger& l) {
           Question q = page();
           q.by = actor();
           l.statements(q);
         }},
        {"statements by, about",
         [&](Ledger& l) {
           Question q = page();
           q.by = actor();
           q.about = make.person(make.zipf(20000));
           l.statements(q);
         }},
        {"statements about",
         [&](Ledger& l) {
           Question q = page();
           q.about = make.person(make.zipf(20000));
           l.statements(q);
         }},
        {"events between",
         [&](Ledger& l) {
           Question q = page();
           q.between_a = {"", make.state(make.zipf(190))};
           q.between_b = {"", make.state(make.zipf(190))};
           l.events(q);
         }},
        {"events by, type",
         [&](Ledger& l) {
           Question q = page();
           q.by = actor();
           q.type = "ACCUSE";
           l.events(q);
         }},
        {"acts by",
         [&](Ledger& l) {
           Question q = page();
           q.by = actor();
           l.happenings(q);
         }},
        {"timeline",
         [&](Ledger& l) {
           Question q;
           q.between_a = {"", make.state(make.zipf(190))};
           q.between_b = {"", make.state(make.zipf(190))};
           l.timeline(q);
         }},
        {"positions by, topic",
         [&](Ledger& l) {
           Question q = page();
           q.by = actor();
           q.topic = "sanctions";
           l.positions(q);
         }},
        {"positions on topic",
         [&](Ledger& l) {
           Question q = page();
           q.topic = "climate";
           l.positions(q);
         }},
        {"changes of an actor",
         [&](Ledger& l) {
           Question q;
           q.limit = 50;
           q.by = {make.person(make.zipf(20000)), ""};
           l.changes(q);
         }},
        {"calendar",
         [&](Ledger& l) {
           Question q = page();
           q.from = day();
           q.limit = 30;
           l.calendar(q);
         }},
        {"novelty",
         [&](Ledger& l) {
           Question q = page();
           q.limit = 20;
           q.by = actor();
           l.novelty(q);
         }},
        {"search",
         [&](Ledger& l) {
           Question q = page();
           q.from.clear();
           q.text = make.any_word() + " " + make.any_word();
           l.search(q);
         }},
        {"actors",
         [&](Ledger& l) {
           Question q;
           q.limit = 50;
           q.actor = {make.person(make.zipf(20000)).substr(0, 6), ""};
           l.actors(q);
         }},
        {"stories of",
         [&](Ledger& l) {
           Question q;
           q.limit = 50;
           q.actor = {make.person(make.zipf(20000)), ""};
           l.stories(q);
         }},
        {"topics of a month",
         [&](Ledger& l) {
           Question q;
           q.from = day().substr(0, 7);
           q.until = q.from;
           l.topics(q);
         }},
        {"network of a month",
         [&](Ledger& l) {
           Question q;
           q.from = day().substr(0, 7);
           q.until = q.from;
           l.network(q);
         }},
        {"brief of a day",
         [&](Ledger& l) {
           std::string d = day();
           make_brief(l, d, d);
         }},
        {"play on a topic",
         [&](Ledger& l) {
           Question q;
           q.from = day();
           l.play("climate", q);
         }},
    };
    fmt::print("{:<24} {:>10} {:>10} {:>10}   ({} of each, milliseconds)\n", "question", "median",
               "95 %", "most", questions);
    std::vector<double> all;
    for (const Kind& kind : kinds) {
      std::vector<double> times;
      for (int i = 0; i < questions; ++i) {
        auto t = Clock::now();
        kind.ask(ledger);
        times.push_back(seconds(t) * 1000);
      }
      std::sort(times.begin(), times.end());
      all.insert(all.end(), times.begin(), times.end());
      fmt::print("{:<24} {:>10.2f} {:>10.2f} {:>10.2f}\n", kind.name, times[times.size() / 2],
                 times[times.size() * 95 / 100], times.back());
    }
    std::sort(all.begin(), all.end());
    fmt::print("{:<24} {:>10.2f} {:>10.2f} {:>10.2f}\n", "all", all[all.size() / 2],
               all[all.size() * 95 / 100], all.back());
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  if (!keep && file)
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(where + end);
  return 0;
}
