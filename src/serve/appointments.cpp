#include "serve/appointments.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/key_words.h"
#include "present/icalendar.h"
#include "present/telling.h"
#include "record/vocabulary.h"
#include "record/when.h"

namespace chancery {
namespace {

constexpr int kMost = 2000;  // rows of a calendar

// Cells of an answer's row by their columns.
class Row {
 public:
  Row(const Answer& a, const std::vector<std::string>& row) : answer_(a), row_(row) {}
  std::string operator[](const char* column) const {
    for (size_t c = 0; c < answer_.columns.size(); ++c)
      if (answer_.columns[c] == column) return row_[c];
    return "";
  }

 private:
  const Answer& answer_;
  const std::vector<std::string>& row_;
};

// Does an act of the calendar stand in the same words of its article, on the same day?
bool is_told(const std::vector<Appointment>& acts, const Appointment& due) {
  return std::any_of(acts.begin(), acts.end(), [&](const Appointment& a) {
    return a.kind != Appointment::due && a.article == due.article && a.from == due.from &&
           (a.sure || !due.sure) &&
           (a.words.find(due.words) != std::string::npos ||
            due.words.find(a.words) != std::string::npos);
  });
}

// Rows of the record's occasions have no act of the ontology.
bool is_occasion(const Row& row) { return kOccasions.has(row["type"]); }

std::set<std::string> numbers_of(const Answer& a) {
  std::set<std::string> out;
  for (const auto& row : a.rows) out.insert(row[0]);
  return out;
}

// "held (h05)": the article has a link of its own.
std::string without_article(const std::string& became) {
  size_t bracket = became.rfind(" (");
  return bracket == std::string::npos ? became : became.substr(0, bracket);
}

Appointment common(const Row& row) {
  Appointment a;
  a.from = row["from"], a.to = row["to"], a.when = row["when"];
  a.article = std::stoll(row["article_number"]);
  a.id = row["id"], a.article_id = row["article"], a.reported = row["reported"];
  a.place = row["place"], a.announced = row["announced"], a.words = row["words"];
  a.became = without_article(row["became"]);
  a.became_article = row["became_article"].empty() ? 0 : std::stoll(row["became_article"]);
  return a;
}

// What texts set for a day, and no act of the calendar tells; reports that tell the same of the same
// day are one.
void add_occasions(const Answer& all, const present::Words& words, std::vector<Appointment>& out) {
  constexpr double kAlike = 0.6;
  std::map<std::string, std::vector<size_t>> told;  // by days, kind and state
  for (const auto& cells : all.rows) {
    const Row row(all, cells);
    if (!is_occasion(row)) continue;
    Appointment a = common(row);
    a.kind = row["status"] == "planned" ? Appointment::plan : Appointment::meeting;
    a.what = words.occasion(row["type"], a.words);
    a.sure = a.own_words = true;
    if (is_told(out, a)) continue;
    std::vector<size_t>& others =
        told[a.from + "|" + a.to + "|" + row["type"] + "|" + row["source_country"]];
    const std::vector<std::string> key = key_words(a.words);
    const auto same = std::find_if(others.begin(), others.end(), [&](size_t i) {
      return overlap(key, join(key_words(out[i].words), " ")) >= kAlike;
    });
    if (same == others.end()) {
      others.push_back(out.size());
      out.push_back(std::move(a));
      continue;
    }
    Appointment& first = out[*same];
    first.reports += first.article != a.article;
    if (first.became.empty()) first.became = a.became, first.became_article = a.became_article;
  }
}

void add_acts(Ledger& ledger, Question q, const present::Words& words, const SureLimits& limits,
              std::vector<Appointment>& out) {
  q.sure = &limits;
  const std::set<std::string> sure = numbers_of(ledger.calendar(q));
  q.sure = nullptr;
  const Answer all = ledger.calendar(q);
  std::map<std::string, size_t> acts;  // by happening, and by days, kind and sides
  for (const auto& cells : all.rows) {
    const Row row(all, cells);
    if (is_occasion(row)) continue;
    Appointment a = common(row);
    const bool planned = row["status"] == "planned";
    a.kind = planned ? Appointment::plan : Appointment::meeting;
    a.what = words.sentence(row["type"], row["mode"], row["status"], row["who"], row["with"]);
    a.sure = sure.count(row["number"]) > 0;
    const std::string one = row["source_country"].empty() ? row["who"] : row["source_country"],
                      other = row["target_country"].empty() ? row["with"] : row["target_country"];
    const std::string same = a.from + a.to + row["type"] + (planned ? "+" : "-") +
                             std::min(one, other) + "|" + std::max(one, other);
    const std::string act = "#" + row["happening"] + (planned ? "+" : "-") + a.from;
    auto known = acts.find(act);
    if (known == acts.end()) known = acts.find(same);
    if (known == acts.end()) {
      acts[act] = acts[same] = out.size();
      out.push_back(std::move(a));
      continue;
    }
    // The first to tell it gives it its name; the surest its words.
    Appointment& first = out[known->second];
    first.reports += first.article != a.article;
    if (first.became.empty()) first.became = a.became, first.became_article = a.became_article;
    if (a.sure && !first.sure)
      first.sure = true, first.what = a.what, first.words = a.words, first.place = a.place;
    acts[act] = acts[same] = known->second;
  }
  add_occasions(all, words, out);
}

void add_dues(Ledger& ledger, Question q, const present::Words& words, const SureLimits& limits,
              std::vector<Appointment>& out) {
  if (!q.status.empty() || !q.text.empty() || !q.country.empty()) return;  // no demand has these
  q.sure = &limits;
  const std::set<std::string> sure = numbers_of(ledger.deadlines(q));
  q.sure = nullptr;
  const Answer all = ledger.deadlines(q);
  std::set<std::string> seen;
  for (const auto& cells : all.rows) {
    const Row row(all, cells);
    if (row["holder"].empty() || !seen.insert(row["holder"] + row["stance"] + row["from"]).second)
      continue;
    Appointment a = common(row);
    a.kind = Appointment::due;
    a.what = "What " + row["holder"] + " " + words.said("stance", row["stance"]) +
             (row["stance"] == "warns" ? " of" : "") + " is due";
    a.words = row["content"];
    a.sure = sure.count(row["number"]) > 0;
    if (!is_told(out, a)) out.push_back(std::move(a));
  }
}

}  // namespace

std::vector<Appointment> appointments(Ledger& ledger, const Question& question,
                                      const present::Words& words, const SureLimits& limits) {
  Question q = question;
  q.after.clear();
  q.newest_first = false;
  q.limit = kMost;
  std::vector<Appointment> out;
  add_acts(ledger, q, words, limits, out);
  add_dues(ledger, q, words, limits, out);
  Query paper(ledger.database(), "SELECT publisher, title FROM article WHERE number = ?");
  for (Appointment& a : out) {
    if (paper.bind(a.article).step()) a.paper = paper.text(0), a.title = paper.text(1);
    paper.reset();
  }
  std::stable_sort(out.begin(), out.end(), [](const Appointment& a, const Appointment& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return out;
}

std::string calendar_file(const std::vector<Appointment>& list, bool less) {
  std::vector<present::Appointment> out;
  for (const Appointment& a : list) {
    if (a.kind == Appointment::meeting || (!a.sure && !less)) continue;
    present::Appointment x;
    x.uid = fmt::format("{:016x}@chancery", hash64(a.article_id + "#" + a.id));
    x.from = a.from, x.to = a.to;
    if (When(a.when).precision() == Precision::time && a.when.size() >= 16)
      x.at = a.when.substr(11, 5);
    x.summary = a.what + (a.sure ? "" : " (less sure)");
    const std::string source = a.paper.empty() ? a.title : a.paper;
    x.description = "“" + present::shortened(std::string(squeeze(a.words)), 400) + "”" +
                    (source.empty() ? "" : "\n" + source) +
                    (a.reported.empty() ? "" : ", " + When(a.reported).words()) +
                    (a.announced.empty() ? "" : "\nAnnounced by " + a.announced) +
                    (a.became.empty() ? "" : "\nWhat became of it: " + a.became);
    x.place = a.place;
    x.cancelled = a.became == "called off";
    x.stamp = a.reported;
    out.push_back(std::move(x));
  }
  return present::icalendar("What the ledger has ahead", out);
}

}  // namespace chancery
