#include "cli/dossier.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "base/utf8.h"
#include "cli/table.h"
#include "present/telling.h"
#include "reading/windows.h"

namespace chancery::cli {
namespace {

using present::Group;
using present::Line;
using present::Telling;

// A dossier of an article of more words than these is shorter than half of it.
constexpr size_t kLong = 300;
constexpr double kPart = 0.49;
// A short one has more to say by the word; and a dossier needs its room.
constexpr double kPartOfShort = 0.75;
constexpr size_t kLeast = 700;

// How much of everything is shown.
struct Measure {
  size_t words;   // characters of a line's words
  size_t things;  // things in a line of the head
  size_t also;    // lines that are not sure
};
// From roomy to narrow: the first that fits is taken.
constexpr Measure kMeasures[] = {{180, 3, 6}, {140, 3, 4}, {120, 2, 3}, {110, 2, 1}, {100, 2, 0}};
constexpr int kVerb = 9, kLongVerb = 13;  // the column of verbs: at least, at most
constexpr size_t kAll = static_cast<size_t>(-1);

size_t characters(const std::string& text) { return OffsetMap(text).code_points(); }

// Which lines of the head have nothing sure, as people say it.
std::string left_open(const std::vector<std::string>& labels, bool nothing) {
  static const std::map<std::string, std::string> things = {{"Done", "what was done"},
                                                            {"Stands", "who stands where"},
                                                            {"Next", "what comes next"},
                                                            {"New", "what is new"}};
  if (nothing) return "The report tells nothing that is sure enough to stand here.";
  std::string out = "Not sure enough to stand here: ";
  for (size_t i = 0; i < labels.size(); ++i) {
    auto thing = things.find(labels[i]);
    out += (i == 0                   ? ""
            : i + 1 == labels.size() ? " and "
                                     : ", ") +
           (thing == things.end() ? labels[i] : thing->second);
  }
  return out + ".";
}

class Dossier {
 public:
  Dossier(const Record& r, const Telling& telling, const Style& style, int width,
          const DossierOptions& options, const present::Words& words)
      : r_(r), t_(telling), style_(style), width_(width), options_(options), words_(words) {}

  std::string write() {
    if (options_.full) return render(style_, {kAll, kAll, kAll}, options_.explain);
    const Measure measure = fitting();
    return render(style_, measure, options_.explain);
  }

 private:
  size_t room() const {
    const std::string& text = r_.article.text;
    const auto part = [&](double of) {
      return static_cast<size_t>(of * static_cast<double>(characters(text)));
    };
    return split_words(text).size() > kLong ? part(kPart) : std::max(part(kPartOfShort), kLeast);
  }

  // The roomiest measure that fits; where none does, the least sure lines are left out as well.
  Measure fitting() {
    auto fits = [&](const Measure& m) {
      return characters(render(Style{false}, m, false)) <= room();
    };
    for (const Measure& m : kMeasures)
      if (fits(m)) return m;
    std::vector<const Line*> lines;
    for (const Group& g : t_.groups)
      for (const Line& line : g.lines) lines.push_back(&line);
    const Measure narrow = {100, 2, 0};
    // What the head tells stands there already.
    std::set<std::string> in_head;
    for (const present::Head& h : t_.head)
      in_head.insert(h.ids.begin(),
                     h.ids.begin() + static_cast<long>(std::min(h.ids.size(), narrow.things)));
    std::stable_sort(lines.begin(), lines.end(), [&](const Line* a, const Line* b) {
      const bool first = in_head.count(a->ids.front()) > 0,
                 second = in_head.count(b->ids.front()) > 0;
      return first != second ? first : a->margin < b->margin;
    });
    for (const Line* line : lines) {
      if (fits(narrow)) break;
      left_out_.insert(line);
    }
    // What went for the sake of a longer one comes back where there is room.
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
      if (left_out_.erase(*line) && !fits(narrow)) left_out_.insert(*line);
    return narrow;
  }

  std::string render(const Style& style, const Measure& measure, bool explain) {
    out_.clear();
    now_ = style;
    m_ = measure;
    explain_ = explain;
    title();
    head();
    groups();
    also();
    if (options_.full) actors();
    return out_;
  }

  // Text behind a lead, wrapped under it.
  void paragraph(const std::string& lead, int indent, const std::string& text,
                 const std::string& behind) {
    const auto lines = wrap(text + behind, std::max(30, width_ - indent));
    // What stands behind is dim, wherever the line breaks.
    int left = display_width(squeeze(text + behind)) - display_width(squeeze(behind));
    for (size_t i = 0; i < lines.size(); ++i) {
      out_ += i == 0 ? lead : std::string(static_cast<size_t>(indent), ' ');
      const size_t plain =
          std::min(lines[i].size(), bytes_of(lines[i], static_cast<size_t>(std::max(0, left))));
      out_ += lines[i].substr(0, plain);
      if (plain < lines[i].size()) out_ += now_.dim(lines[i].substr(plain));
      out_ += "\n";
      left -= display_width(lines[i]) + 1;
    }
  }
  static size_t bytes_of(const std::string& text, size_t columns) {
    size_t at = 0;
    for (size_t k = 0; k < columns && at < text.size(); ++k) decode_utf8(text, at);
    return at;
  }

  void title() {
    const Article& a = r_.article;
    for (const std::string& line : wrap(present::title_of(a.title, a.text), width_))
      out_ += now_.bold(line) + "\n";
    std::vector<std::string> facts;
    if (!a.publisher.empty()) facts.push_back(a.publisher);
    if (!a.published.empty()) facts.push_back(moment_words(a.published));
    if (options_.full) {
      if (!a.updated.empty() && a.updated != a.published)
        facts.push_back("updated " + moment_words(a.updated));
      if (!a.byline.empty()) facts.push_back("by " + join(a.byline, ", "));
      if (!a.url.empty()) facts.push_back(a.url);
    }
    if (!facts.empty())
      for (const std::string& line : wrap(join(facts, " · "), width_))
        out_ += now_.dim(line) + "\n";
    // Why no rule found an act says nothing to people.
    for (const std::string& note : a.notes)
      if (explain_ || !note.starts_with(kNoEvent)) out_ += now_.bad(note) + "\n";
  }

  void head() {
    out_ += "\n";
    std::vector<std::string> missing;
    for (const present::Head& h : t_.head) {
      if (h.things.empty()) {
        missing.push_back(h.label);
        continue;
      }
      std::vector<std::string> things(
          h.things.begin(),
          h.things.begin() + static_cast<long>(std::min(h.things.size(), m_.things)));
      paragraph(now_.heading(fmt::format("{:<8}", h.label)), 8, join(things, "; "), "");
    }
    if (!missing.empty())
      for (const std::string& line :
           wrap(left_open(missing, t_.groups.empty() && missing.size() == t_.head.size()), width_))
        out_ += now_.dim(line) + "\n";
  }

  // "· reported by Nordsentral, Tue 13 May ¶3"
  static std::string behind(const Line& line) {
    return (line.tags.empty() ? "" : " · " + join(line.tags, ", ")) +
           fmt::format(" ¶{}", line.paragraph);
  }

  void why(const Line& line) {
    if (!explain_) return;
    std::string items = join(line.ids, " ");
    for (const std::string& id : line.within) items += " (" + id + ")";
    for (const std::string& text :
         wrap("why " + items + ": " + join(line.explain, "; "), width_ - 6))
      out_ += "      " + now_.dim(text) + "\n";
  }

  std::vector<const Line*> shown(const Group& g) const {
    std::vector<const Line*> out;
    for (const Line& line : g.lines)
      if (!left_out_.count(&line)) out.push_back(&line);
    return out;
  }

  void groups() {
    bool single = false;
    for (bool alone : {false, true})
      for (const Group& g : t_.groups) {
        const std::vector<const Line*> lines = shown(g);
        if (lines.empty() || (lines.size() == 1) != alone) continue;
        if (!alone || !single) out_ += "\n";
        if (alone) one(g, *lines.front());
        else several(g, lines);
        single = alone;
      }
  }

  void several(const Group& g, const std::vector<const Line*>& lines) {
    const std::string name = g.name.empty() ? "Others, not named" : g.name;
    out_ += now_.actor(name) +
            now_.dim((g.standing.empty() ? "" : ", " + g.standing) +
                     (g.tags.empty() ? "" : " · " + join(g.tags, ", "))) +
            "\n";
    std::string before;
    int column = kVerb;
    for (const Line* line : lines)
      if (const int width = display_width(line->verb); width <= kLongVerb)
        column = std::max(column, width);
    for (const Line* line : lines) {
      // A longer verb of speech goes with the words.
      const bool wide = display_width(line->verb) > kLongVerb;
      const std::string word = wide ? words_.said("force", "asserted") : line->verb;
      const std::string verb = word == before ? "" : word;
      before = word;
      paragraph(
          "  " + now_.cue(fmt::format("{:<{}} ", verb, column)), column + 3,
          (wide ? line->verb + (line->joined ? " " : ": ") : "") + present::shown(*line, m_.words),
          behind(*line));
      why(*line);
    }
  }

  // An actor with one line: "Coast Party, Norway, says: …".
  void one(const Group& g, const Line& line) {
    std::string name = g.name + (g.standing.empty() ? "" : ", " + g.standing);
    // An act of nobody who is named is told by its own words.
    const std::string words = present::shown(line, m_.words);
    const std::string text = name.empty() && line.told != present::Told::wants
                                 ? present::sentence_case(words)
                                 : verb_of(line, !g.standing.empty()) + words;
    // The name is coloured; the first line is broken as if it were not.
    paragraph("", 4, name + text, behind(line));
    if (const size_t at = out_.rfind(g.name); now_.on && !g.name.empty() && at != std::string::npos)
      out_.replace(at, g.name.size(), now_.actor(g.name));
    why(line);
  }

  // " said: ", " urged ", ", next: ", ": " of an act that is told by its own words.
  static std::string verb_of(const Line& line, bool after_comma) {
    if (line.told == present::Told::does && !line.joined) return ": ";
    if (line.told == present::Told::next) after_comma = true;
    return (after_comma ? ", " : " ") + line.verb + (line.joined ? " " : ": ");
  }

  void also() {
    if (t_.also.empty() && left_out_.empty()) return;
    size_t count = std::min(m_.also, t_.also.size());
    auto short_form = [&](const Line& line) { return line.near && !line.repeated; };
    while (count && !short_form(t_.also[count - 1]) && !options_.full) --count;
    size_t repeated = 0;
    for (size_t i = count; i < t_.also.size(); ++i) repeated += t_.also[i].repeated;
    const size_t more = t_.also.size() - count - repeated + left_out_.size();
    out_ += "\n" + now_.heading(count ? "Also in the text" : "") +
            now_.dim(count ? ", less sure\n" : "");
    for (size_t i = 0; i < count; ++i) {
      const Line& line = t_.also[i];
      std::string who = line.who >= 0
                            ? present::Words::called(r_.entities[static_cast<size_t>(line.who)])
                            : line.whom;
      if (!who.empty()) who = present::sentence_case(who) + verb_of(line, false);
      paragraph("", 4, who + present::shown(line, m_.words == kAll ? kAll : 80),
                options_.full ? behind(line) : fmt::format(" ¶{}", line.paragraph));
      why(line);
    }
    if (more)
      out_ +=
          now_.dim(fmt::format("{} more line{} with --full", more, more == 1 ? "" : "s")) + "\n";
  }

  // Who takes part, with what is known of them.
  void actors() {
    std::vector<char> used(r_.entities.size(), 0);
    auto mark = [&](const std::vector<int>& who) {
      for (int e : who)
        if (e >= 0) used[static_cast<size_t>(e)] = 1;
    };
    for (const Statement& s : r_.statements) mark({s.speaker}), mark(s.via);
    for (const Event& e : r_.events) mark(e.source), mark(e.target);
    for (const Position& p : r_.positions) mark({p.holder}), mark(p.toward);
    if (std::count(used.begin(), used.end(), 1) == 0) return;
    out_ += "\n" + now_.heading("Actors") + "\n";
    for (size_t e = 0; e < used.size(); ++e) {
      if (!used[e]) continue;
      const Entity& x = r_.entities[e];
      std::vector<std::string> facts = {words_.said("kind", x.kind)};
      if (!x.role.empty()) facts.push_back(x.role);
      if (!x.actor.country.empty()) facts.push_back(words_.state(x));
      if (!x.actor.sector.empty()) facts.push_back(words_.said("sector", x.actor.sector));
      facts.push_back(
          fmt::format("{} mention{}", x.mentions.size(), x.mentions.size() == 1 ? "" : "s"));
      out_ += now_.actor(x.name) + now_.dim(" · " + join(facts, " · ")) + "\n";
      if (explain_ && !x.explain.empty())
        for (const std::string& line : wrap("why: " + x.explain, width_ - 6))
          out_ += "      " + now_.dim(line) + "\n";
    }
  }

  const Record& r_;
  const Telling& t_;
  Style style_;
  int width_;
  DossierOptions options_;
  const present::Words& words_;
  std::set<const Line*> left_out_;
  // Of the rendering under way.
  Style now_{false};
  Measure m_ = kMeasures[0];
  bool explain_ = false;
  std::string out_;
};

}  // namespace

std::string dossier(const Record& record, const SureLimits& limits, const present::Words& words,
                    const Style& style, int width, const DossierOptions& options) {
  const Telling telling = present::tell(record, limits, words);
  return Dossier(record, telling, style, width, options, words).write();
}

}  // namespace chancery::cli
