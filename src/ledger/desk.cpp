#include "ledger/desk.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/key_words.h"
#include "ledger/ledger_words.h"
#include "ledger/months.h"
#include "ledger/question_sql.h"

namespace chancery {
namespace {

constexpr size_t kEnough = 12;  // lines of a desk that needs no days before its own
constexpr int kDays = 14;       // that it goes back at most
constexpr size_t kMost = 4000;  // items of these days that are looked at

std::string one(Database& db, const std::string& sql, const std::string& value) {
  Query q(db, sql);
  return q.bind(value).step() && !q.null(0) ? q.text(0) : "";
}

// A side as pairs are made of it.
std::string side(const std::string& name, const std::string& country) {
  return country.size() == 3 && !kBodies.has(country) ? country : name;
}

double alike(const std::string& a, const std::string& b) {
  return overlap(key_words(a), join(key_words(b), " "));
}

class DeskMaker {
 public:
  DeskMaker(Ledger& ledger, const SureLimits& limits) : ledger_(ledger), limits_(limits) {}

  Desk make(const std::string& until) {
    Database& db = ledger_.database();
    d_.all = ledger_.articles();
    d_.until = until.empty() ? one(db, "SELECT max(day) FROM article WHERE day >= ?", "0")
                             : one(db, "SELECT max(day) FROM article WHERE day <= ?", until);
    if (d_.until.empty()) return d_;
    d_.later = one(db, "SELECT min(day) FROM article WHERE day > ?", d_.until);
    d_.from = d_.until;
    read_acts();
    read_stands();
    while (lines_.size() < kEnough) {
      const std::string before =
          one(db, "SELECT max(day) FROM article WHERE day > '' AND day < ?", d_.from);
      if (before.empty() || before < shifted(d_.until, 1 - kDays)) break;
      d_.from = before;
      lines_.clear();
      read_acts();
      read_stands();
    }
    d_.earlier = one(db, "SELECT max(day) FROM article WHERE day > '' AND day < ?", d_.from);
    Query count(db, "SELECT count(*) FROM article WHERE day >= ? AND day <= ?");
    count.bind(d_.from).bind(d_.until).step();
    d_.articles = count.integer(0);
    drop_what_stands_say();
    group();
    find_contacts();
    find_changes();
    return std::move(d_);
  }

 private:
  // Where what is told in articles of these days can be.
  std::string months() const {
    return in_months(ledger_.database(), {d_.from, d_.until}) +
           at_month_of_day(ledger_.database(), "a.day");
  }

  // Acts that no report before these days told, each as it is told most surely. Plans stand in the
  // calendar.
  void read_acts() {
    Query q(
        ledger_.database(),
        "SELECT i.happening, i.article, i.id, a.title, a.publisher, i.source, "
        "i.source_country, i.target, i.target_country, i.type, i.mode, i.status, i.words, "
        "i.moment, a.day, i.confidence, CASE WHEN " +
            sure_sql(ledger_.database(), "event", limits_) +
            " THEN 1 ELSE 0 END, h.reports, a.story FROM article a JOIN event i ON i.article = "
            "a.number" +
            months() +
            " JOIN happening h ON h.number = i.happening JOIN article f ON f.number = h.article "
            "WHERE a.day >= ? AND a.day <= ? AND f.day >= ? AND i.status <> 'planned' AND "
            "i.source <> '' ORDER BY i.number LIMIT " +
            std::to_string(kMost));
    q.bind(d_.from).bind(d_.until).bind(d_.from);
    std::map<int64_t, Desk::Line> acts;
    while (q.step()) {
      Desk::Line x;
      x.kind = Desk::Line::act;
      x.article = q.integer(1);
      x.id = q.text(2), x.title = q.text(3), x.publisher = q.text(4);
      x.who = q.text(5), x.who_country = q.text(6), x.whom = q.text(7), x.whom_country = q.text(8);
      x.type = q.text(9), x.mode = q.text(10), x.status = q.text(11), x.words = q.text(12);
      x.when = q.text(13), x.reported = q.text(14), x.confidence = q.real(15);
      x.sure = q.integer(16) == 1;
      x.reports = static_cast<int>(q.integer(17));
      x.story = q.null(18) ? 0 : q.integer(18);
      auto [at, fresh] = acts.try_emplace(q.integer(0), x);
      if (!fresh &&
          std::pair(x.sure, x.confidence) > std::pair(at->second.sure, at->second.confidence))
        at->second = x;
    }
    for (auto& [number, line] : acts) lines_.push_back(std::move(line));
  }

  // What is demanded, offered, refused; the same of the same holder in about the same words once.
  void read_stands() {
    Query q(ledger_.database(),
            "SELECT i.article, i.id, a.title, a.publisher, i.holder, i.holder_country, i.toward, "
            "i.toward_country, i.stance, i.condition, i.content, i.moment, a.day, i.confidence, "
            "CASE WHEN " +
                sure_sql(ledger_.database(), "position", limits_) +
                " THEN 1 ELSE 0 END, a.story FROM article a JOIN position i ON i.article = "
                "a.number" +
                months() +
                " WHERE a.day >= ? AND a.day <= ? AND i.holder <> '' ORDER BY i.number LIMIT " +
                std::to_string(kMost));
    q.bind(d_.from).bind(d_.until);
    const size_t acts = lines_.size();
    std::set<int64_t> told;
    while (q.step()) {
      Desk::Line x;
      x.kind = Desk::Line::stand;
      x.article = q.integer(0);
      x.id = q.text(1), x.title = q.text(2), x.publisher = q.text(3);
      x.who = q.text(4), x.who_country = q.text(5), x.whom = q.text(6), x.whom_country = q.text(7);
      x.stance = q.text(8), x.condition = q.text(9), x.words = q.text(10);
      x.when = q.text(11), x.reported = q.text(12), x.confidence = q.real(13);
      x.sure = q.integer(14) == 1;
      x.story = q.null(15) ? 0 : q.integer(15);
      auto same = std::find_if(
          lines_.begin() + static_cast<long>(acts), lines_.end(), [&](const Desk::Line& y) {
            return y.who == x.who && y.stance == x.stance && alike(y.words, x.words) > 0.6;
          });
      if (same == lines_.end()) {
        lines_.push_back(std::move(x));
        continue;
      }
      const int reports = same->reports + (same->article != x.article);
      if (std::pair(x.sure, x.confidence) > std::pair(same->sure, same->confidence)) *same = x;
      same->reports = reports;
    }
  }

  // "Norway demanded that …" tells the act of demanding too.
  void drop_what_stands_say() {
    std::vector<Desk::Line> kept;
    for (const Desk::Line& x : lines_) {
      bool said = false;
      if (x.kind == Desk::Line::act)
        for (const Desk::Line& y : lines_)
          said |= y.kind == Desk::Line::stand && y.sure >= x.sure &&
                  side(y.who, y.who_country) == side(x.who, x.who_country) &&
                  alike(y.words, x.words) > 0.6;
      if (!said) kept.push_back(x);
    }
    lines_ = std::move(kept);
  }

  // The storyline of several reports that a line stands in; nothing else has a title.
  std::pair<int64_t, std::string> storyline(int64_t number) {
    auto [at, fresh] = stories_.try_emplace(number);
    if (fresh && number) {
      Query q(ledger_.database(), "SELECT title FROM story WHERE number = ? AND articles > 1");
      if (q.bind(number).step()) at->second = {number, q.text(0)};
    }
    return at->second;
  }

  void group() {
    std::map<std::tuple<int64_t, std::string, std::string>, Desk::Pair> pairs;
    for (Desk::Line& x : lines_) {
      std::string a = side(x.who, x.who_country), b = side(x.whom, x.whom_country);
      if (a == b) b.clear();
      // Somebody of whom no state is known is not the other side of one.
      if (x.whom_country.empty() && !x.who_country.empty()) b.clear();
      if (!b.empty() && b < a) std::swap(a, b);
      const auto [story, title] = storyline(x.story);
      Desk::Pair& p = pairs[story ? std::tuple(story, "", "") : std::tuple(int64_t{0}, a, b)];
      p.story = story, p.title = title;
      p.a = a, p.b = b;
      p.sure += x.sure;
      p.lines.push_back(std::move(x));
    }
    // What somebody does toward nobody in particular stands with the dispute that somebody is in.
    for (auto at = pairs.begin(); at != pairs.end();) {
      Desk::Pair* home = nullptr;
      for (auto& [key, p] : pairs)
        if (!at->second.story && !p.story && at->second.b.empty() && !p.b.empty() && p.sure &&
            (p.a == at->second.a || p.b == at->second.a) &&
            (!home || p.lines.size() > home->lines.size()))
          home = &p;
      if (!home) {
        ++at;
        continue;
      }
      home->sure += at->second.sure;
      for (Desk::Line& x : at->second.lines) home->lines.push_back(std::move(x));
      at = pairs.erase(at);
    }
    for (auto& [key, p] : pairs) {
      if (p.story) sides_of_most(p);
      std::stable_sort(p.lines.begin(), p.lines.end(),
                       [](const Desk::Line& x, const Desk::Line& y) {
                         return std::tuple(!x.sure, x.kind, -x.reports, -x.confidence) <
                                std::tuple(!y.sure, y.kind, -y.reports, -y.confidence);
                       });
      d_.pairs.push_back(std::move(p));
    }
    std::stable_sort(d_.pairs.begin(), d_.pairs.end(),
                     [](const Desk::Pair& x, const Desk::Pair& y) {
                       return std::pair(x.sure, x.lines.size()) > std::pair(y.sure, y.lines.size());
                     });
  }

  // Two states that most lines of a storyline are between.
  static void sides_of_most(Desk::Pair& p) {
    std::map<std::pair<std::string, std::string>, size_t> sides;
    p.a.clear(), p.b.clear();
    for (const Desk::Line& x : p.lines) {
      const std::string a = side(x.who, x.who_country), b = side(x.whom, x.whom_country);
      if (!b.empty() && a != b) ++sides[{std::min(a, b), std::max(a, b)}];
    }
    size_t most = 0;
    for (const auto& [pair, n] : sides)
      if (n > most) most = n, p.a = pair.first, p.b = pair.second;
  }

  // In a ledger that only begins every meeting would be the first.
  void find_contacts() {
    if (d_.earlier.empty()) return;
    Query before(ledger_.database(), "SELECT 1 FROM dyad d JOIN event e ON e.number = d.event" +
                                         at_month_of_day(ledger_.database(), "d.day", "e.") +
                                         " JOIN article a ON a.number = e.article WHERE ((d.a = ? "
                                         "AND d.b = ?) OR (d.a = ? AND d.b = ?)) AND (" +
                                         sql_is("d.type", LedgerWords::meetings) +
                                         ") AND d.status = 'occurred' AND a.day < ? LIMIT 1");
    std::set<std::pair<std::string, std::string>> seen;
    for (const Desk::Pair& p : d_.pairs)
      for (const Desk::Line& x : p.lines) {
        if (x.kind != Desk::Line::act || !x.sure ||
            !ledger_words(LedgerWords::meetings).has(x.type) || x.status != "occurred")
          continue;
        std::string a = std::min(x.who_country, x.whom_country),
                    b = std::max(x.who_country, x.whom_country);
        if (a.empty() || a == b || kBodies.has(a) || kBodies.has(b) || !seen.insert({a, b}).second)
          continue;
        before.bind(a).bind(b).bind(b).bind(a).bind(d_.from);
        if (!before.step()) d_.contacts.push_back({a, b, x});
        before.reset();
      }
  }

  void find_changes() {
    Question q;
    q.from = d_.from, q.until = d_.until;
    q.limit = 60;
    q.sure = &limits_;
    d_.changes = ledger_.changes(q);
    std::erase_if(d_.changes.rows, [](const auto& row) { return row[3] == "first mention"; });
  }

  Ledger& ledger_;
  const SureLimits& limits_;
  Desk d_;
  std::vector<Desk::Line> lines_;
  std::map<int64_t, std::pair<int64_t, std::string>> stories_;
};

}  // namespace

Desk make_desk(Ledger& ledger, const std::string& until, const SureLimits& limits) {
  return DeskMaker(ledger, limits).make(until);
}

}  // namespace chancery
