#include "ledger/play.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/cutting.h"
#include "base/strings.h"
#include "ledger/filed.h"
#include "ledger/key_words.h"
#include "ledger/ledger.h"
#include "ledger/ledger_words.h"

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
  const std::vector<std::string> words = key_words(condition);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return begins_with(word, LedgerWords::giving_up);
  });
}

std::string side(const Play::Stand& s) { return s.country.empty() ? s.holder : s.country; }
// Nobody answers himself, whichever state an article takes him to be of.
bool one_side(const Play::Stand& a, const Play::Stand& b) {
  return side(a) == side(b) || a.holder == b.holder;
}

// Words of an article in a sentence of ours.
std::string quoted(const std::string& words) { return "“" + quoted_whole(tidy(words)) + "”"; }

std::string told(const Play::Stand& s) {
  return s.holder + " " + s.stance + ": " + quoted(s.content);
}

// What the stands of a play mean for each other: its links.
class Links {
 public:
  explicit Links(Play& play) : p_(play), n_(static_cast<int>(play.stands.size())) {
    for (const Play::Stand& s : p_.stands) {
      contents_.push_back(key_words(s.content));
      conditions_.push_back(key_words(s.condition));
    }
  }

  void find() {
    for (int i = 0; i < n_; ++i) {
      for (const std::string& stage : stand(i).stages) stages(i, stage);
      if (!stand(i).condition.empty()) condition(i);
    }
    demands();
  }

 private:
  const Play::Stand& stand(int i) const { return p_.stands[static_cast<size_t>(i)]; }
  double contents_share(int i, int k) const {
    return share(contents_[static_cast<size_t>(i)], contents_[static_cast<size_t>(k)]);
  }
  void link(const char* kind, int from, int to, const std::string& why) {
    p_.links.push_back({kind, from, to, why, ""});
  }

  // Who accepts or refuses a stage of a plan.
  void stages(int i, const std::string& stage) {
    for (int k = 0; k < n_; ++k) {
      const Play::Stand& b = stand(k);
      if (k == i || !b.stages.empty() || !meets(stage, contents_[static_cast<size_t>(k)])) continue;
      if (b.stance == "accepts" || b.stance == "offers" || b.stance == "supports")
        link("stage", i, k,
             b.holder + " accepts the stage “" + stage + "”" +
                 (b.condition.empty() ? "" : " (" + b.condition + ")"));
      else if (b.stance == "rejects" || b.stance == "opposes")
        link("stage", i, k, b.holder + " refuses the stage “" + stage + "”");
    }
  }

  // Whom the condition is laid on: the demand that stands in it says.
  std::string addressee_of(int i) const {
    std::string out;
    for (int k = 0; k < n_; ++k) {
      const Play::Stand& d = stand(k);
      if (d.stance == "demands" && d.holder == stand(i).holder &&
          share(contents_[static_cast<size_t>(k)], conditions_[static_cast<size_t>(i)]) > 0.8 &&
          !d.toward_country.empty())
        out = d.toward_country;
    }
    return out;
  }

  struct Answers {
    int met = -1, refused = -1, near = -1;  // who meets the condition, refuses it, comes near
  };

  Answers answers_to(int i) const {
    const Play::Stand& a = stand(i);
    const bool give_up = asks_to_give_up(a.condition);
    const std::string addressee = addressee_of(i);
    Answers out;
    double best_met = 0.5, best_refused = 0.34, best_near = 0;
    for (int k = 0; k < n_; ++k) {
      const Play::Stand& b = stand(k);
      const bool laid_on_somebody = !a.toward_country.empty() || !addressee.empty();
      if (k == i || one_side(b, a) || (laid_on_somebody && b.day < a.day.substr(0, 4))) continue;
      const double with =
          share(conditions_[static_cast<size_t>(i)], contents_[static_cast<size_t>(k)]);
      const bool yields = b.stance == "offers" || b.stance == "accepts" || b.stance == "proposes";
      const bool holds = b.stance == "rejects" || b.stance == "opposes" || b.stance == "warns" ||
                         (b.stance == "demands" && give_up);
      if (yields && with >= best_met) {
        best_met = with + 0.01;
        out.met = k;
      } else if (holds && with >= best_refused &&
                 (addressee.empty() || b.country.empty() || b.country == addressee ||
                  b.toward_country == a.country)) {
        best_refused = with + 0.01;
        out.refused = k;
      } else if (yields) {
        const double close =
            0.2 + std::max(with, contents_share(i, k)) + (b.toward_country == a.country ? 0.2 : 0);
        if (close > best_near) {
          best_near = close;
          out.near = k;
        }
      }
    }
    return out;
  }

  void condition(int i) {
    const Play::Stand& a = stand(i);
    const Answers found = answers_to(i);
    if (found.met >= 0) {
      const Play::Stand& b = stand(found.met);
      link("opening", i, found.met,
           b.holder + " " + b.stance + " what " + a.holder + " waits for: " + quoted(b.content));
    }
    if (found.refused >= 0) {
      const Play::Stand& b = stand(found.refused);
      link("deadlock", i, found.refused,
           a.holder + " waits for what " + b.holder + " " + b.stance + ": " + quoted(b.content));
    }
    if (found.met < 0 && found.near >= 0) {
      const Play::Stand& b = stand(found.near);
      link("near", i, found.near,
           a.holder + "'s condition (" + quoted(a.condition) + ") is not met by " + b.holder +
               ", who " + b.stance + ": " + quoted(b.content) + "; there they could meet");
    }
    if (found.met < 0 && found.refused < 0 && found.near < 0)
      link("unanswered", i, -1,
           "nobody has answered the condition of " + a.holder + ": " + quoted(a.condition));
  }

  // Plain demands that the other refuses or grants.
  void demands() {
    for (int i = 0; i < n_; ++i)
      for (int k = 0; k < n_; ++k) {
        const Play::Stand &a = stand(i), &b = stand(k);
        if (a.stance != "demands" || one_side(a, b) || contents_share(i, k) < 0.5) continue;
        if (b.stance == "rejects") link("deadlock", i, k, told(a) + "; " + told(b));
        if (b.stance == "accepts" || b.stance == "offers")
          link("opening", i, k, told(a) + "; " + told(b));
      }
  }

  Play& p_;
  const int n_;
  std::vector<std::vector<std::string>> contents_, conditions_;
};

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
  Links(p).find();
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
      p.links.push_back(
          {"opening", static_cast<int>(i), -1,
           "An act that the condition of " + a.holder + " asks for: " + quoted(row[10]),
           words_of(row[15], row[19]) + ": " + row[10] + " (" + row[11] + ")"});
      break;
    }
  }
  return p;
}

}  // namespace chancery
