#include "ledger/play.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/brief.h"
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

std::string shortened(const std::string& s, size_t most) {
  if (s.size() <= most) return s;
  std::string out = s.substr(0, most);
  while (!valid_utf8(out)) out.pop_back();
  return out + "…";
}

// The actors in the order of their first stand.
std::vector<std::string> actors_of(const Play& p) {
  std::vector<std::string> out;
  for (const Play::Stand& s : p.stands)
    for (const std::string& name : {s.holder, s.toward})
      if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end())
        out.push_back(name);
  return out;
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

std::string play_as_dot(const Play& p) {
  auto quoted = [](const std::string& s) {
    return "\"" + replace_all(replace_all(s, "\\", "\\\\"), "\"", "\\\"") + "\"";
  };
  std::string out =
      "digraph play {\n  rankdir=LR; node [shape=box, style=rounded, fontname=\"sans-serif\"]; "
      "edge [fontname=\"sans-serif\", fontsize=10];\n  label=" +
      quoted("State of play: " + p.topic) + ";\n";
  for (const std::string& a : actors_of(p)) out += "  " + quoted(a) + ";\n";
  for (size_t i = 0; i < p.stands.size(); ++i) {
    const Play::Stand& s = p.stands[i];
    std::string to = s.toward.empty() ? s.holder : s.toward;
    out += "  " + quoted(s.holder) + " -> " + quoted(to) + " [label=" +
           quoted(s.stance + ": " + shortened(s.content, 60) +
                  (s.condition.empty() ? "" : " [" + shortened(s.condition, 50) + "]")) +
           ", tooltip=" + quoted(words_of(s.when, s.reported) + ", " + s.article) + "];\n";
  }
  for (const Play::Link& l : p.links) {
    if (l.to < 0) continue;
    const char* color = l.kind == "deadlock" ? "red3" : l.kind == "opening" ? "green4" : "gray40";
    out += "  " + quoted(p.stands[l.from].holder) + " -> " + quoted(p.stands[l.to].holder) +
           " [style=dashed, color=" + color + ", fontcolor=" + color + ", label=" + quoted(l.kind) +
           ", tooltip=" + quoted(l.why) + "];\n";
  }
  return out + "}\n";
}

std::string play_as_svg(const Play& p) {
  std::vector<std::string> actors = actors_of(p);
  const double width = 900, radius = 190, cx = width / 2, cy = 250;
  auto place = [&](size_t i) {
    double angle = -M_PI / 2 + 2 * M_PI * static_cast<double>(i) /
                                   static_cast<double>(std::max<size_t>(1, actors.size()));
    return std::pair{cx + (radius + 90) * std::cos(angle), cy + radius * std::sin(angle)};
  };
  auto index = [&](const std::string& name) {
    return static_cast<size_t>(std::find(actors.begin(), actors.end(), name) - actors.begin());
  };
  struct Edge {
    size_t from, to;
    std::string kind, text;
  };
  std::vector<Edge> edges;
  for (const Play::Stand& s : p.stands)
    edges.push_back({index(s.holder), s.toward.empty() ? index(s.holder) : index(s.toward),
                     s.stance,
                     s.holder + " " + s.stance + ": " + s.content +
                         (s.condition.empty() ? "" : " [" + s.condition + "]") + " — " +
                         words_of(s.when, s.reported) + ", " + s.article});
  size_t stands = edges.size();
  for (const Play::Link& l : p.links)
    edges.push_back({index(p.stands[l.from].holder),
                     l.to < 0 ? index(p.stands[l.from].holder) : index(p.stands[l.to].holder),
                     l.kind, l.kind + ": " + l.why});
  double height = 520 + 20 * static_cast<double>(edges.size());
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" font-family=\"sans-serif\" role=\"img\" aria-label=\"State of play: "
      "{2}\">\n",
      width, height, html_escaped(p.topic));
  out +=
      "<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" "
      "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L10 5 L0 10 z\" "
      "fill=\"#667\"/></marker></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  out += fmt::format(
      "<text x=\"20\" y=\"28\" font-size=\"17\" font-weight=\"bold\">State of play: {}</text>\n",
      html_escaped(p.topic));
  std::map<std::pair<size_t, size_t>, int> seen;
  for (size_t i = 0; i < edges.size(); ++i) {
    const Edge& e = edges[i];
    const char* color =
        e.kind == "deadlock" || e.kind == "rejects" || e.kind == "opposes" ? "#b3261e"
        : e.kind == "opening" || e.kind == "accepts" || e.kind == "offers" || e.kind == "supports"
            ? "#1b6e3c"
            : "#556";
    auto [x1, y1] = place(e.from);
    auto [x2, y2] = place(e.to);
    int nth = seen[{std::min(e.from, e.to), std::max(e.from, e.to)}]++;
    double mx, my;
    if (e.from == e.to) {
      // A stand toward nobody hangs beside its holder.
      double dx = x1 < cx - 1 ? -1 : 1;
      mx = x1 + dx * 62, my = y1 - 24 + 17 * nth;
    } else {
      double bend = (nth % 2 ? -1 : 1) * (24 + 20 * (nth / 2)), dx = x2 - x1, dy = y2 - y1,
             length = std::max(1.0, std::hypot(dx, dy));
      mx = (x1 + x2) / 2 - dy / length * bend, my = (y1 + y2) / 2 + dx / length * bend;
      out += fmt::format(
          "<path d=\"M{:.1f} {:.1f} Q{:.1f} {:.1f} {:.1f} {:.1f}\" fill=\"none\" stroke=\"{}\" "
          "stroke-width=\"1.4\"{} marker-end=\"url(#tip)\"/>\n",
          x1, y1, 2 * mx - (x1 + x2) / 2, 2 * my - (y1 + y2) / 2, x2 + (x1 - x2) / length * 44,
          y2 + (y1 - y2) / length * 20, color, i >= stands ? " stroke-dasharray=\"5 4\"" : "");
    }
    out += fmt::format(
        "<g><title>{}</title><circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"8.5\" fill=\"{}\"/><text "
        "x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"10\" fill=\"#fff\" "
        "text-anchor=\"middle\">{}</text></g>\n",
        html_escaped(e.text), mx, my, color, mx, my + 3.5, i + 1);
    out += fmt::format("<text x=\"20\" y=\"{:.0f}\" font-size=\"12\" fill=\"{}\">{}. {}</text>\n",
                       510 + 20 * static_cast<double>(i), color, i + 1,
                       html_escaped(shortened(e.text, 150)));
  }
  for (size_t i = 0; i < actors.size(); ++i) {
    auto [x, y] = place(i);
    out += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"110\" height=\"30\" rx=\"8\" fill=\"#eef1f6\" "
        "stroke=\"#445\"/><text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"12\" "
        "text-anchor=\"middle\">{}</text>\n",
        x - 55, y - 15, x, y + 4, html_escaped(shortened(actors[i], 18)));
  }
  return out + "</svg>\n";
}

}  // namespace chancery
