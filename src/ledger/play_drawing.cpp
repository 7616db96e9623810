// The state of play drawn: for Graphviz, and as a picture of its own.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/brief.h"
#include "ledger/filed.h"
#include "ledger/play.h"

namespace chancery {
namespace {

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

namespace {

constexpr double kRow = 30, kTop = 46, kLabels = 210, kStep = 19;

struct Arc {
  size_t from, to;
  std::string kind, text;
  int number;  // of the stand; 0: a link
};

const char* tone(const std::string& kind) {
  for (const char* hard : {"deadlock", "rejects", "opposes"})
    if (kind == hard) return "hard";
  for (const char* soft : {"opening", "accepts", "offers", "supports"})
    if (kind == soft) return "soft";
  return "plain";
}

class Drawing {
 public:
  explicit Drawing(const Play& play) : play_(play), actors_(actors_of(play)) {
    collect();
    arrange();
  }

  std::string svg(bool list) {
    for (size_t i = 0; i < actors_.size(); ++i) actor(i);
    for (const Arc& a : arcs_) a.from == a.to ? beside(a) : arc(a);
    double height = kTop + kRow * static_cast<double>(actors_.size()) + 14;
    if (list) {
      for (const Arc& a : arcs_) {
        body_ += fmt::format("<text class=\"{}\" x=\"14\" y=\"{:.0f}\">{}</text>\n", tone(a.kind),
                             height + 12,
                             html_escaped((a.number ? std::to_string(a.number) + ". " : "") +
                                          shortened(a.text, 150)));
        height += 19;
      }
      width_ = std::max(width_, 860.0);
    }
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
               "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\" aria-label=\"State of play: "
               "{2}\">\n{3}<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n<text "
               "class=\"title\" x=\"14\" y=\"26\">State of play: {2}</text>\n",
               width_, height + 10, html_escaped(play_.topic), (list ? style() : "") + tip()) +
           body_ + "</svg>\n";
  }

 private:
  // On a page the page's own style sheet has these classes.
  static std::string style() {
    return "<style>.ground{fill:#fff}text{font:13px system-ui,sans-serif;fill:#1d1f24}"
           ".title{font-weight:bold;font-size:16px}.hard{stroke:#a3231b;fill:#a3231b}"
           ".soft{stroke:#1b6e3c;fill:#1b6e3c}.plain{stroke:#555b66;fill:#555b66}"
           "text.hard,text.soft,text.plain{stroke:none}path.hard,path.soft,path.plain{fill:none}"
           "path.link{stroke-dasharray:5 4}circle.badge{stroke:none}"
           "text.number{fill:#fff;font-size:10px;text-anchor:middle}"
           "@media(prefers-color-scheme:dark){.ground{fill:#16171b}text{fill:#e6e4df}"
           ".hard{stroke:#ff9d94;fill:#ff9d94}.soft{stroke:#86d6a2;fill:#86d6a2}"
           ".plain{stroke:#a9adb6;fill:#a9adb6}text.number{fill:#16171b}}</style>\n";
  }

  static std::string tip() {
    return "<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" "
           "markerHeight=\"7\" orient=\"auto\"><path fill=\"#8a8f99\" d=\"M0 "
           "0 L10 5 L0 10 z\"/></marker></defs>\n";
  }

  void collect() {
    auto index = [&](const std::string& name) {
      return static_cast<size_t>(std::find(actors_.begin(), actors_.end(), name) - actors_.begin());
    };
    int number = 0;
    for (const Play::Stand& s : play_.stands)
      arcs_.push_back({index(s.holder), s.toward.empty() ? index(s.holder) : index(s.toward),
                       s.stance,
                       s.holder + " " + s.stance + ": " + s.content +
                           (s.condition.empty() ? "" : " [" + s.condition + "]") + " — " +
                           words_of(s.when, s.reported) + ", " + s.article,
                       ++number});
    for (const Play::Link& l : play_.links) {
      const size_t from = index(play_.stands[static_cast<size_t>(l.from)].holder);
      const size_t to = l.to < 0 ? from : index(play_.stands[static_cast<size_t>(l.to)].holder);
      arcs_.push_back({from, to, l.kind, l.kind + ": " + l.why, 0});
    }
  }

  // Those who deal with each other stand near each other: each actor moves to the middle of its
  // neighbours, some times over.
  void arrange() {
    const size_t n = actors_.size();
    std::vector<double> place(n);
    for (size_t i = 0; i < n; ++i) place[i] = static_cast<double>(i);
    std::vector<size_t> order(n);
    for (int round = 0; round < 8; ++round) {
      std::vector<double> sum(place), weight(n, 1);
      for (const Arc& a : arcs_)
        if (a.from != a.to) {
          sum[a.from] += place[a.to], sum[a.to] += place[a.from];
          ++weight[a.from], ++weight[a.to];
        }
      for (size_t i = 0; i < n; ++i) order[i] = i;
      std::stable_sort(order.begin(), order.end(),
                       [&](size_t x, size_t y) { return sum[x] / weight[x] < sum[y] / weight[y]; });
      for (size_t i = 0; i < n; ++i) place[order[i]] = static_cast<double>(i);
    }
    row_.assign(n, 0);
    for (size_t i = 0; i < n; ++i) row_[order[i]] = i;
  }

  double y(size_t actor) const { return kTop + kRow * (static_cast<double>(row_[actor]) + 0.5); }

  void actor(size_t i) {
    body_ += fmt::format(
        "<g><title>{}</title><text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text><circle "
        "class=\"plain\" cx=\"{:.0f}\" cy=\"{:.1f}\" r=\"4\"/></g>\n",
        html_escaped(actors_[i]), kLabels - 12, y(i) + 4.5, html_escaped(shortened(actors_[i], 28)),
        kLabels, y(i));
  }

  // A number on a place that no other number has.
  void badge(const Arc& a, double x, double at) {
    if (!a.number) return;
    auto meets = [&](const std::pair<double, double>& other) {
      return std::abs(other.first - x) < kStep && std::abs(other.second - at) < kStep;
    };
    while (std::any_of(taken_.begin(), taken_.end(), meets)) x += kStep;
    taken_.push_back({x, at});
    width_ = std::max(width_, x + 30);
    body_ += fmt::format(
        "<g><title>{}</title><circle class=\"{} badge\" cx=\"{:.1f}\" cy=\"{:.1f}\" "
        "r=\"8.5\"/><text "
        "class=\"number\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>\n",
        html_escaped(a.text), tone(a.kind), x, at, x, at + 3.5, a.number);
  }

  // What is said toward nobody in particular stands beside its holder.
  void beside(const Arc& a) { badge(a, kLabels + kStep, y(a.from)); }

  void arc(const Arc& a) {
    const double from = y(a.from), to = y(a.to), length = std::abs(to - from);
    const int nth = seen_[{std::min(a.from, a.to), std::max(a.from, a.to)}]++;
    const double reach = 46 + 0.42 * length + 13 * nth;
    body_ += fmt::format(
        "<path class=\"{}{}\" stroke-width=\"1.5\" d=\"M{:.0f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} "
        "{:.0f} {:.1f}\" marker-end=\"url(#tip)\"><title>{}</title></path>\n",
        tone(a.kind), a.number ? "" : " link", kLabels + 5, from, kLabels + reach, from,
        kLabels + reach, to, kLabels + 6, to, html_escaped(a.text));
    const double apex = kLabels + 5 + 0.75 * reach;
    width_ = std::max(width_, apex + 30);
    badge(a, apex, (from + to) / 2);
  }

  const Play& play_;
  std::vector<std::string> actors_;
  std::vector<Arc> arcs_;
  std::vector<size_t> row_;  // of each actor
  std::map<std::pair<size_t, size_t>, int> seen_;
  std::vector<std::pair<double, double>> taken_;  // by numbers
  std::string body_;
  double width_ = 420;
};

}  // namespace

std::string play_as_svg(const Play& p, bool list) { return Drawing(p).svg(list); }

}  // namespace chancery
