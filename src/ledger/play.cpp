#include "ledger/play.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/key_words.h"
#include "ledger/ledger.h"

namespace chancery {
namespace {

// Words of a stage and of what is said of it meet by their beginnings: freeze, freezing, frozen.
bool meets(const std::string& stage, const std::vector<std::string>& words) {
  for (const std::string& s : key_words(stage))
    for (const std::string& w : words)
      if (s.size() >= 4 && w.size() >= 4 &&
          (s.compare(0, 5, w, 0, 5) == 0 ||
           (s.starts_with("fr") && (s.starts_with("freez") || s.starts_with("froz")) &&
            (w.starts_with("freez") || w.starts_with("froz")))))
        return true;
  return false;
}

double share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  size_t both = 0;
  for (const std::string& x : a)
    both += std::any_of(b.begin(), b.end(), [&](const std::string& y) {
      return x == y || (x.size() > 5 && y.size() > 5 && x.compare(0, 6, y, 0, 6) == 0);
    });
  return static_cast<double>(both) / static_cast<double>(std::min(a.size(), b.size()));
}

// "abandon", "drop", "lift", "give up": to meet such a condition is to say the reverse of holding
// on to the thing.
bool asks_to_give_up(const std::string& condition) {
  for (const std::string& w : key_words(condition))
    for (const char* verb : {"abandon", "drop", "lift", "end", "stop", "halt", "cease", "renounce",
                             "remove", "withdraw", "leave", "free", "release", "suspend", "halt"})
      if (w.starts_with(verb)) return true;
  return false;
}

std::string side(const Play::Stand& s) { return s.country.empty() ? s.holder : s.country; }

std::string told(const Play::Stand& s) { return s.holder + " " + s.stance + " " + s.content; }

void link_conditions(Play& p) {
  std::vector<std::vector<std::string>> contents, conditions;
  for (const Play::Stand& s : p.stands) {
    contents.push_back(key_words(s.content));
    conditions.push_back(key_words(s.condition));
  }
  int n = static_cast<int>(p.stands.size());
  for (int i = 0; i < n; ++i) {
    const Play::Stand& a = p.stands[i];
    if (!a.stages.empty())
      for (const std::string& stage : a.stages)
        for (int k = 0; k < n; ++k) {
          const Play::Stand& b = p.stands[k];
          if (k == i || !b.stages.empty() || !meets(stage, contents[k])) continue;
          if (b.stance == "accepts" || b.stance == "offers" || b.stance == "supports")
            p.links.push_back({"stage", i, k,
                               b.holder + " accepts the stage “" + stage + "”" +
                                   (b.condition.empty() ? "" : " (" + b.condition + ")"),
                               ""});
          else if (b.stance == "rejects" || b.stance == "opposes")
            p.links.push_back({"stage", i, k, b.holder + " refuses the stage “" + stage + "”", ""});
        }
    if (a.condition.empty()) continue;
    bool give_up = asks_to_give_up(a.condition);
    // Whom the condition is laid on: the demand that stands in it says.
    std::string addressee;
    for (const Play::Stand& d : p.stands)
      if (d.stance == "demands" && d.holder == a.holder &&
          share(contents[static_cast<size_t>(&d - p.stands.data())], conditions[i]) > 0.8 &&
          !d.toward_country.empty())
        addressee = d.toward_country;
    int met = -1, refused = -1, near = -1;
    double best_met = 0.5, best_refused = 0.34, best_near = 0;
    for (int k = 0; k < n; ++k) {
      const Play::Stand& b = p.stands[k];
      if (k == i || side(b) == side(a) ||
          (a.toward_country.empty() && addressee.empty() ? false : b.day < a.day.substr(0, 4)))
        continue;
      double with = share(conditions[i], contents[k]);
      bool yields = b.stance == "offers" || b.stance == "accepts" || b.stance == "proposes";
      bool holds = b.stance == "rejects" || b.stance == "opposes" || b.stance == "warns" ||
                   (b.stance == "demands" && give_up);
      if (yields && with >= best_met) {
        best_met = with + 0.01;
        met = k;
      } else if (holds && with >= best_refused &&
                 (addressee.empty() || b.country.empty() || b.country == addressee ||
                  b.toward_country == a.country)) {
        best_refused = with + 0.01;
        refused = k;
      } else if (yields) {
        double close = 0.2 + std::max(with, share(contents[i], contents[k])) +
                       (b.toward_country == a.country ? 0.2 : 0);
        if (close > best_near) {
          best_near = close;
          near = k;
        }
      }
    }
    if (met >= 0)
      p.links.push_back({"opening", i, met,
                         p.stands[met].holder + " " + p.stands[met].stance + " what " + a.holder +
                             " waits for: " + p.stands[met].content,
                         ""});
    if (refused >= 0)
      p.links.push_back({"deadlock", i, refused,
                         a.holder + " waits for what " + p.stands[refused].holder + " " +
                             p.stands[refused].stance + ": " + p.stands[refused].content,
                         ""});
    if (met < 0 && near >= 0)
      p.links.push_back({"near", i, near,
                         a.holder + "'s condition (" + a.condition + ") is not met by " +
                             p.stands[near].holder + ", who " + p.stands[near].stance + " " +
                             p.stands[near].content + "; there they could meet",
                         ""});
    if (met < 0 && refused < 0 && near < 0)
      p.links.push_back({"unanswered", i, -1,
                         "nobody has answered the condition of " + a.holder + ": " + a.condition,
                         ""});
  }
  // Plain demands that the other refuses.
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k) {
      const Play::Stand &a = p.stands[i], &b = p.stands[k];
      if (a.stance != "demands" || side(a) == side(b) ||
          share(contents[static_cast<size_t>(i)], contents[static_cast<size_t>(k)]) < 0.5)
        continue;
      if (b.stance == "rejects")
        p.links.push_back({"deadlock", i, k, told(a) + "; " + told(b), ""});
      if (b.stance == "accepts" || b.stance == "offers")
        p.links.push_back({"opening", i, k, told(a) + "; " + told(b), ""});
    }
}

}  // namespace

Play Ledger::play(const std::string& topic, const Question& question) {
  Play p;
  p.topic = topic;
  Question q = question;
  q.topic = topic;
  q.limit = 400;
  q.newest_first = true;
  Answer rows = positions(q);
  // Newest first; the same stand told again is one.
  std::vector<std::vector<std::string>> known;
  for (const auto& row : rows.rows) {
    Play::Stand s;
    s.number = std::stoll(row[0]);
    s.when = row[15];
    s.from = row[16];
    s.to = row[17];
    s.precision = row[18];
    s.reported = row[19];
    s.day = row[1].empty() ? s.reported : row[1];
    s.holder = row[2];
    s.stance = row[3];
    s.toward = row[4];
    s.content = row[6];
    s.condition = row[7];
    for (std::string_view stage : split(row[8], ','))
      if (!trim(stage).empty()) s.stages.emplace_back(trim(stage));
    s.article = row[9];
    s.issue = row[10];
    s.article_number = std::stoll(row[13]);
    s.id = row[14];
    s.country = row[11];
    s.toward_country = row[12];
    bool told = false;
    std::vector<std::string> words = key_words(s.content);
    for (size_t k = 0; k < p.stands.size(); ++k) {
      const Play::Stand& o = p.stands[k];
      told |= o.holder == s.holder && o.stance == s.stance &&
              o.condition.empty() == s.condition.empty() && share(known[k], words) > 0.7;
    }
    if (!told && !s.holder.empty()) {
      p.stands.push_back(std::move(s));
      known.push_back(std::move(words));
    }
    if (p.stands.size() == 60) break;
  }
  std::reverse(p.stands.begin(), p.stands.end());
  std::stable_sort(p.stands.begin(), p.stands.end(),
                   [](const Play::Stand& a, const Play::Stand& b) { return a.day < b.day; });
  link_conditions(p);
  // Acts that meet a condition: done by another after it was laid down.
  int looked = 0;
  for (size_t i = p.stands.size(); i-- > 0 && looked < 10;) {
    const Play::Stand& a = p.stands[i];
    if (a.condition.empty() || a.day.empty()) continue;
    ++looked;
    std::vector<std::string> condition = key_words(a.condition);
    Question e;
    e.from = a.day;
    e.until = question.until;
    e.status = "occurred";
    if (!a.country.empty()) e.actor = {"", a.country};
    e.limit = 80;
    for (const auto& row : events(e).rows) {
      if (row[2] == a.holder || share(condition, key_words(row[10])) < 0.6) continue;
      p.links.push_back({"opening", static_cast<int>(i), -1,
                         "an act that the condition of " + a.holder + " asks for: " + row[10],
                         words_of(row[15], row[19]) + ": " + row[10] + " (" + row[11] + ")"});
      break;
    }
  }
  return p;
}

}  // namespace chancery
