#include "ledger/suggest.h"

#include <algorithm>
#include <optional>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/question_sql.h"
#include "record/when.h"

namespace chancery {
namespace {

constexpr size_t kLongest = 200;    // bytes of a name that is compared
constexpr int kCandidates = 20000;  // names of a ledger that are
constexpr size_t kNone = SIZE_MAX;  // not near at all

std::u32string letters(std::string_view text) {
  std::u32string out;
  const std::string low = lower(text);
  for (size_t at = 0; at < low.size();) out += decode_utf8(low, at);
  return out;
}

// How many slips a word of this length may have.
size_t slips(size_t length) { return length <= 2 ? 0 : length <= 4 ? 1 : length <= 8 ? 2 : 3; }

// Insertions, deletions, substitutions and swaps of neighbours; kNone when more than `most`.
size_t distance(const std::u32string& a, const std::u32string& b, size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return kNone;
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    size_t least = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return kNone;
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()] <= most ? last[b.size()] : kNone;
}

std::vector<std::u32string> words_of(const std::u32string& text) {
  std::vector<std::u32string> out(1);
  for (char32_t c : text)
    if (is_letter(c) || is_digit(c)) out.back() += c;
    else if (!out.back().empty()) out.emplace_back();
  if (out.back().empty()) out.pop_back();
  return out;
}

// Small for near, kNone for far. A word that is not found costs more than all slips.
size_t cost(const std::u32string& asked, const std::vector<std::u32string>& asked_words,
            const std::u32string& candidate) {
  if (size_t d = distance(asked, candidate, slips(asked.size())); d != kNone) return d;
  size_t total = 0;
  bool any = false;
  const std::vector<std::u32string> words = words_of(candidate);
  for (const std::u32string& a : asked_words) {
    size_t best = kNone;
    for (const std::u32string& w : words) {
      size_t d = distance(a, w, slips(a.size()));
      bool begins = std::min(a.size(), w.size()) >= 4 && (a.starts_with(w) || w.starts_with(a));
      if (d == kNone && begins) d = 1 + std::max(a.size(), w.size()) - std::min(a.size(), w.size());
      best = std::min(best, d);
    }
    any |= best != kNone;
    total += best == kNone ? 100 : 1 + best;
  }
  return any ? total : kNone;
}

std::string quoted(const std::string& text) { return "'" + text.substr(0, 100) + "'"; }

std::string near_list(const std::vector<std::string>& near) {
  return near.empty() ? "" : "; near: " + join(near, ", ");
}

class Looking {
 public:
  Looking(Ledger& ledger, const Question& q, const Register& known)
      : ledger_(ledger), db_(ledger.database()), q_(q), known_(known) {}

  Remarks run() {
    for (const ActorFilter* f : {&q_.by, &q_.toward, &q_.actor, &q_.between_a, &q_.between_b})
      actor(*f);
    if (!q_.country.empty()) actor({"", q_.country});
    about();
    topic();
    if (!q_.text.empty() && !written(q_.text))
      say("no article of this ledger has the words " + quoted(q_.text));
    numbered("story", q_.story, story_now(q_.story));
    numbered("article", q_.article, std::to_string(q_.article));
    period();
    return std::move(out_);
  }

 private:
  void say(std::string line) {
    if (std::find(out_.lines.begin(), out_.lines.end(), line) == out_.lines.end())
      out_.lines.push_back(std::move(line));
  }

  std::string state_name(const std::string& code) const {
    int i = known_.state_index(code);
    return i < 0 ? code : known_.states()[static_cast<size_t>(i)].name;
  }

  void actor(const ActorFilter& f) {
    if (f.empty() || ledger_.bears(f)) return;
    out_.nobody = true;
    if (!f.country.empty()) {
      std::string name = state_name(f.country);
      say((name == f.country ? name : name + " (" + f.country + ")") +
          " takes no part in anything in this ledger");
    } else {
      say("nobody called " + quoted(f.name) + " is in this ledger" +
          near_list(nearest(f.name, names())));
    }
  }

  // Words of what was said, or somebody who is spoken of.
  void about() {
    if (q_.about.empty()) return;
    bool code = q_.about.size() == 3 && known_.state_index(q_.about) >= 0;
    if (code ? ledger_.bears({"", q_.about}) : ledger_.bears({q_.about, ""}) || written(q_.about))
      return;
    say(code ? state_name(q_.about) + " (" + q_.about + ") is in no article of this ledger"
             : "nothing in this ledger speaks of " + quoted(q_.about) +
                   near_list(nearest(q_.about, names())));
  }

  void topic() {
    if (q_.topic.empty()) return;
    std::vector<std::string> issues;
    Query q(db_,
            "SELECT issue FROM position WHERE issue <> '' GROUP BY issue ORDER BY count(*) "
            "DESC, issue LIMIT 1000");
    while (q.step()) issues.push_back(q.text(0));
    if (std::find(issues.begin(), issues.end(), q_.topic) != issues.end() || written(q_.topic))
      return;
    say("no position in this ledger is on " + quoted(q_.topic) +
        near_list(nearest(q_.topic, issues)) + "; `chancery topics` lists the issues");
  }

  void numbered(const char* what, int64_t number, const std::string& now) {
    if (!number) return;
    Query q(db_, std::string("SELECT 1 FROM ") + what + " WHERE number = " + now);
    if (!q.step())
      say(std::string("there is no ") + what + " " + std::to_string(number) + " in this ledger");
  }

  // Outside of all that is reported? Plans may lie ahead of the newest article, acts behind the
  // oldest: what is said is only where the articles are.
  void period() {
    if (q_.from.empty() && q_.until.empty()) return;
    Query q(db_, "SELECT min(day), max(day) FROM article WHERE day <> ''");
    if (!q.step() || q.null(0)) return;
    std::string first = q.text(0), last = q.text(1);
    if ((!q_.from.empty() && When(q_.from).from_day() > last) ||
        (!q_.until.empty() && When(q_.until).to_day() < first))
      say("the articles of this ledger are of " + first + " to " + last);
  }

  bool written(const std::string& words) {
    Question q;
    q.text = words;
    q.limit = 1;
    return !ledger_.search(q).rows.empty();
  }

  // Those of the ledger, the most frequent first, and the names of its states.
  const std::vector<std::string>& names() {
    if (!names_) {
      names_.emplace();
      Query q(db_, "SELECT name, kind FROM who ORDER BY articles DESC, number LIMIT " +
                       std::to_string(kCandidates));
      while (q.step()) names_->push_back(q.text(1) == "state" ? state_name(q.text(0)) : q.text(0));
    }
    return *names_;
  }

  Ledger& ledger_;
  Database& db_;
  const Question& q_;
  const Register& known_;
  std::optional<std::vector<std::string>> names_;
  Remarks out_;
};

}  // namespace

std::vector<std::string> nearest(std::string_view asked, const std::vector<std::string>& candidates,
                                 size_t most) {
  if (asked.empty() || asked.size() > kLongest) return {};
  const std::u32string whole = letters(asked);
  const std::vector<std::u32string> words = words_of(whole);
  struct Near {
    size_t cost, place;
  };
  std::vector<Near> found;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].size() > kLongest) continue;
    if (size_t c = cost(whole, words, letters(candidates[i])); c != kNone) found.push_back({c, i});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Near& a, const Near& b) { return a.cost < b.cost; });
  std::vector<std::string> out;
  for (const Near& n : found) {
    if (out.size() == most) break;
    const std::string& name = candidates[n.place];
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return out;
}

Remarks remarks(Ledger& ledger, const Question& question, const Register& known) {
  return Looking(ledger, question, known).run();
}

}  // namespace chancery
