#include "report_gold.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <set>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::test {
namespace {

std::vector<std::string> fields(std::string_view line, std::string_view by) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at <= line.size()) {
    size_t end = line.find(by, at);
    if (end == std::string_view::npos) end = line.size();
    out.emplace_back(trim(line.substr(at, end - at)));
    at = end + by.size();
  }
  return out;
}

std::vector<std::string> names(std::string_view list) {
  std::vector<std::string> out;
  for (std::string& name : fields(list, ","))
    if (!name.empty()) out.push_back(std::move(name));
  return out;
}

std::set<std::string> content_words(std::string_view text) {
  std::set<std::string> out;
  for (std::string_view word : split_words(text)) {
    std::string w;
    for (char c : lower(word))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80)) w += c;
    if (!w.empty()) out.insert(w);
  }
  return out;
}

double jaccard(std::string_view a, std::string_view b) {
  std::set<std::string> x = content_words(a), y = content_words(b), both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::inserter(both, both.end()));
  size_t all = x.size() + y.size() - both.size();
  return all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

class Comparison {
 public:
  Comparison(const GoldReport& gold, const Record& record, bool show)
      : g_(gold), r_(record), show_(show) {
    for (const GoldReport::Actor& a : g_.actors) actors_[a.key] = entities_of(a);
  }

  void run(Agreement& sum) {
    if (show_) std::printf("== %s\n", g_.id.c_str());
    match(
        g_.statements, static_cast<int>(r_.statements.size()), sum.statement, "S",
        [&](const GoldReport::Item& g, int i) {
          const Statement& s = r_.statements[i];
          return is(g.who[0], s.speaker) ? jaccard(g.words, words(s.content)) - 0.5 : -1;
        },
        [&](int i) {
          return name(r_.statements[i].speaker) + " | " + words(r_.statements[i].content);
        });
    match(
        g_.events, static_cast<int>(r_.events.size()), sum.event, "E",
        [&](const GoldReport::Item& g, int i) {
          const Event& e = r_.events[i];
          if (e.type != g.value.substr(0, g.value.find(' '))) return -1.0;
          bool mutual = e.type == "CONSULT" || e.type == "AGREE" || e.type == "COOPERATE";
          bool straight = any(g.who, e.source) && (g.other.empty() || any(g.other, e.target));
          bool crossed =
              mutual && any(g.who, e.target) && (g.other.empty() || any(g.other, e.source));
          if (!straight && !crossed) return -1.0;
          return jaccard(g.words, std::string(e.span.of(r_.article.text))) - 0.1;
        },
        [&](int i) {
          return r_.events[i].type + " " +
                 name(r_.events[i].source.empty() ? -1 : r_.events[i].source[0]) + " > " +
                 name(r_.events[i].target.empty() ? -1 : r_.events[i].target[0]) + " | " +
                 std::string(r_.events[i].span.of(r_.article.text));
        },
        [&](const GoldReport::Item& g, int i) {
          ++sum.status.gold, ++sum.status.said;
          sum.status.right += g.value.ends_with(" " + r_.events[i].status);
        });
    match(
        g_.positions, static_cast<int>(r_.positions.size()), sum.position, "P",
        [&](const GoldReport::Item& g, int i) {
          const Position& p = r_.positions[i];
          return p.stance == g.value && is(g.who[0], p.holder)
                     ? jaccard(g.words, words(p.content)) - 0.3
                     : -1;
        },
        [&](int i) {
          return r_.positions[i].stance + " " + name(r_.positions[i].holder) + " | " +
                 words(r_.positions[i].content) +
                 (r_.positions[i].condition.empty() ? ""
                                                    : " | IF " + words(r_.positions[i].condition));
        },
        [&](const GoldReport::Item& g, int i) {
          if (g.stages.empty()) return;
          ++sum.stages.gold, ++sum.stages.said;
          sum.stages.right += g.stages == r_.positions[i].stages;
        });
    std::vector<GoldReport::Item> conditions;
    for (const GoldReport::Item& p : g_.positions)
      if (!p.condition.empty()) conditions.push_back(p);
    std::vector<std::string> said;
    for (const Position& p : r_.positions)
      if (!p.condition.empty()) said.push_back(words(p.condition));
    match(
        conditions, static_cast<int>(said.size()), sum.condition, "C",
        [&](const GoldReport::Item& g, int i) { return jaccard(g.condition, said[i]) - 0.5; },
        [&](int i) { return said[i]; });
    match(
        g_.novelty, static_cast<int>(r_.novelty.size()), sum.novelty, "N",
        [&](const GoldReport::Item& g, int i) {
          return jaccard(g.words, std::string(r_.novelty[i].span.of(r_.article.text))) - 0.5;
        },
        [&](int i) { return std::string(r_.novelty[i].span.of(r_.article.text)); });
    for (const GoldReport::Actor& a : g_.actors) {
      if (a.country.empty() || actors_[a.key].empty()) continue;
      ++sum.country.gold, ++sum.country.said;
      auto international = [](const std::string& c) {
        return c == "UNO" || c == "EUR" ? "IGO" : c;
      };
      for (int e : actors_[a.key])
        if (international(r_.entities[e].actor.country) == international(a.country)) {
          ++sum.country.right;
          break;
        }
    }
  }

 private:
  std::string words(const Spans& spans) const {
    std::string out;
    for (Span s : spans) out += (out.empty() ? "" : " ") + std::string(s.of(r_.article.text));
    return out;
  }
  std::string name(int e) const { return e < 0 ? "-" : r_.entities[e].name; }

  // Entities with a mention that is one of the gold's names, or holds one that is no pronoun.
  std::set<int> entities_of(const GoldReport::Actor& a) const {
    std::set<int> out;
    auto bare = [](std::string s) {
      s = lower(s);
      return s.starts_with("the ") ? s.substr(4) : s;
    };
    for (size_t e = 0; e < r_.entities.size(); ++e)
      for (Span m : r_.entities[e].mentions)
        for (const std::string& n : a.names) {
          std::string mention = bare(std::string(m.of(r_.article.text))), gold = bare(n);
          bool pronoun = gold == "he" || gold == "she" || gold == "they" || gold == "it";
          if (!pronoun && (mention == gold || gold.ends_with(" " + mention) ||
                           mention.ends_with(" " + gold) || gold.starts_with(mention + " ")))
            out.insert(static_cast<int>(e));
        }
    return out;
  }
  bool is(const std::string& key, int entity) const {
    return entity >= 0 && actors_.at(key).count(entity) > 0;
  }
  bool any(const std::vector<std::string>& keys, const std::vector<int>& entities) const {
    return std::any_of(keys.begin(), keys.end(), [&](const std::string& k) {
      return std::any_of(entities.begin(), entities.end(), [&](int e) { return is(k, e); });
    });
  }

  // One to one, best pairs first.
  void match(const std::vector<GoldReport::Item>& gold, int said, Share& share, const char* kind,
             const std::function<double(const GoldReport::Item&, int)>& score,
             const std::function<std::string(int)>& print,
             const std::function<void(const GoldReport::Item&, int)>& pair = {}) {
    std::vector<std::tuple<double, int, int>> pairs;
    for (size_t g = 0; g < gold.size(); ++g)
      for (int i = 0; i < said; ++i)
        if (double s = score(gold[g], i); s >= 0) pairs.push_back({-s, static_cast<int>(g), i});
    std::sort(pairs.begin(), pairs.end());
    std::set<int> gold_done, said_done;
    for (auto [s, g, i] : pairs) {
      if (gold_done.count(g) || said_done.count(i)) continue;
      gold_done.insert(g);
      said_done.insert(i);
      ++share.right;
      if (pair) pair(gold[g], i);
    }
    share.gold += static_cast<int>(gold.size());
    share.said += said;
    if (!show_) return;
    for (size_t g = 0; g < gold.size(); ++g)
      if (!gold_done.count(static_cast<int>(g)))
        std::printf("  -%s %s %s | %s%s\n", kind, gold[g].value.c_str(),
                    gold[g].who.empty() ? "" : gold[g].who[0].c_str(), gold[g].words.c_str(),
                    gold[g].condition.empty() ? "" : (" | IF " + gold[g].condition).c_str());
    for (int i = 0; i < said; ++i)
      if (!said_done.count(i)) std::printf("  +%s %s\n", kind, print(i).c_str());
  }

  const GoldReport& g_;
  const Record& r_;
  bool show_;
  std::map<std::string, std::set<int>> actors_;
};

}  // namespace

std::vector<GoldReport> read_gold(const std::string& path) {
  std::vector<GoldReport> out;
  int number = 0;
  const std::string file = read_file(path);
  for (std::string_view line : split(file, '\n')) {
    ++number;
    auto fail = [&](const std::string& what) {
      throw Error(path + ":" + std::to_string(number) + ": " + what);
    };
    if (line.starts_with("#")) continue;
    if (line.starts_with("= ")) {
      auto f = fields(line.substr(2), "|");
      if (f.size() != 2) fail("a report begins with '= id | date'");
      out.push_back({f[0], f[1], {}, {}, {}, {}, {}, {}});
      continue;
    }
    if (out.empty()) continue;
    GoldReport& r = out.back();
    bool item = line.size() > 2 && line[1] == ' ' &&
                std::string_view("ASEPN").find(line[0]) != std::string_view::npos &&
                line.find(" | ") != std::string_view::npos;
    if (!item) {
      if (!r.actors.empty() && !trim(line).empty())
        fail("words after the gold lines of a report: " + std::string(line));
      r.text += std::string(line) + "\n";
      continue;
    }
    r.text = std::string(trim(r.text));
    auto f = fields(line.substr(2), "|");
    auto known = [&](const std::vector<std::string>& keys) {
      for (const std::string& key : keys)
        if (std::none_of(r.actors.begin(), r.actors.end(),
                         [&](const GoldReport::Actor& a) { return a.key == key; }))
          fail("'" + key + "' is no actor of " + r.id);
      return keys;
    };
    auto quoted = [&](const std::string& words) {
      if (r.text.find(words) == std::string::npos)
        fail("'" + words + "' does not stand in the text of " + r.id);
      return words;
    };
    // "a ... b // c": from a to b, and c.
    auto parts = [&](const std::string& words) {
      std::string all;
      for (const std::string& part : fields(words, " // ")) {
        const auto ends = fields(part, " ... ");
        const size_t from = r.text.find(quoted(ends[0]));
        const size_t to = r.text.find(quoted(ends.back()), from);
        if (to == std::string::npos) fail("'" + ends.back() + "' does not follow in " + r.id);
        all += (all.empty() ? "" : " ") + r.text.substr(from, to + ends.back().size() - from);
      }
      return all;
    };
    GoldReport::Item x;
    x.line = number;
    if (line[0] == 'A') {
      if (f.size() != 5) fail("an actor has key, kind, country, sector, names");
      GoldReport::Actor a{f[0], f[1], f[2], f[3], names(f[4])};
      for (const std::string& n : a.names) quoted(n);
      r.actors.push_back(std::move(a));
    } else if (line[0] == 'S') {
      x.who = known({f.at(0)});
      x.value = f.at(1);
      x.words = parts(f.at(2));
      r.statements.push_back(std::move(x));
    } else if (line[0] == 'E') {
      x.value = f.at(0);
      x.who = known(names(f.at(1)));
      x.other = known(names(f.at(2)));
      x.words = quoted(f.at(3));
      r.events.push_back(std::move(x));
    } else if (line[0] == 'P') {
      size_t blank = f.at(0).find(' ');
      x.value = f[0].substr(0, blank);
      x.who = known({f[0].substr(blank + 1)});
      x.other = known(names(f.at(1)));
      x.words = quoted(f.at(2));
      for (size_t k = 3; k < f.size(); ++k) {
        if (f[k].starts_with("IF ")) x.condition = quoted(f[k].substr(3));
        if (f[k].starts_with("STAGES "))
          for (std::string& stage : fields(f[k].substr(7), ";"))
            x.stages.push_back(std::move(stage));
      }
      r.positions.push_back(std::move(x));
    } else {
      x.value = f.at(0);
      x.since = f.at(1) == "-" ? "" : f[1];
      x.words = quoted(f.at(2));
      r.novelty.push_back(std::move(x));
    }
  }
  return out;
}

void compare(const GoldReport& gold, const Record& record, Agreement& sum, bool show) {
  Comparison(gold, record, show).run(sum);
}

}  // namespace chancery::test
