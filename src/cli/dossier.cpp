#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "cli/app.h"
#include "cli/table.h"
#include "ledger/filed.h"

namespace chancery::cli {
namespace {

class Dossier {
 public:
  Dossier(const Record& r, const Style& style, int width, bool explain)
      : r_(r), style_(style), width_(width), explain_(explain) {}

  std::string write() {
    header();
    statements();
    events();
    positions();
    plans();
    novelty();
    actors();
    return std::move(out_);
  }

 private:
  std::string words(Span s) const { return squeeze(s.of(r_.article.text)); }
  std::string words(const Spans& spans) const {
    std::string out;
    for (Span s : spans) out += (out.empty() ? "" : " … ") + words(s);
    return out;
  }

  std::string name(int e) const {
    if (e < 0) return "(nobody named)";
    return r_.entities[e].name;
  }

  // "Teo Varga (OLM)"
  std::string full(int e) const {
    if (e < 0) return name(e);
    const Entity& x = r_.entities[e];
    bool state = x.kind == "place" && x.actor.sector == "GOV";
    std::string code = state ? x.actor.country
                             : x.actor.country +
                                   (x.actor.country.empty() || x.actor.sector.empty() ? "" : " ") +
                                   x.actor.sector;
    return style_.actor(x.name) + (code.empty() || state ? "" : style_.dim(" " + code));
  }

  std::string list(const std::vector<int>& who) const {
    std::string out;
    for (int e : who) out += (out.empty() ? "" : ", ") + full(e);
    return out;
  }

  void heading(const std::string& text, size_t count) {
    out_ += "\n" + style_.heading(text) + style_.dim(fmt::format("  {}", count)) + "\n";
  }

  void paragraph(const std::string& lead, const std::string& text, int indent) {
    int room = std::max(30, width_ - indent);
    auto lines = wrap(text, room);
    for (size_t i = 0; i < lines.size(); ++i)
      out_ += (i == 0 ? lead : std::string(static_cast<size_t>(indent), ' ')) + lines[i] + "\n";
  }

  // A line of who did what, and the facts about it: behind it where there is room, else on a line
  // of their own.
  void lead(const std::string& text, const std::vector<std::string>& facts, int indent) {
    std::string behind = facts.empty() ? "" : " · " + join(facts, ", ");
    int used = visible(text);
    if (used + display_width(behind) <= width_) {
      out_ += text + style_.dim(behind) + "\n";
      return;
    }
    out_ += text + "\n";
    for (const std::string& line : wrap(join(facts, ", "), width_ - indent))
      out_ += std::string(static_cast<size_t>(indent), ' ') + style_.dim(line) + "\n";
  }

  // Width without the codes of colours.
  static int visible(const std::string& text) {
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\033') {
        while (i < text.size() && text[i] != 'm') ++i;
        continue;
      }
      plain += text[i];
    }
    return display_width(plain);
  }

  // In words; the year is that of the report where nothing else is said.
  std::string time(const When& when) const { return when.words(year_of(r_.article.published)); }

  void why(const std::string& explain) {
    if (explain_ && !explain.empty())
      for (const std::string& line : wrap("why: " + explain, width_ - 6))
        out_ += "      " + style_.dim(line) + "\n";
  }

  void header() {
    const Article& a = r_.article;
    for (const std::string& line : wrap(a.title.empty() ? a.id : a.title, width_))
      out_ += style_.bold(line) + "\n";
    std::vector<std::string> facts;
    if (!a.publisher.empty()) facts.push_back(a.publisher);
    if (!a.published.empty()) facts.push_back(moment_words(a.published));
    if (!a.updated.empty() && a.updated != a.published)
      facts.push_back("updated " + moment_words(a.updated));
    if (!a.byline.empty()) facts.push_back("by " + join(a.byline, ", "));
    if (!a.url.empty()) facts.push_back(a.url);
    if (!facts.empty())
      for (const std::string& line : wrap(join(facts, " · "), width_))
        out_ += style_.dim(line) + "\n";
    for (const std::string& note : a.notes) out_ += style_.bad(note) + "\n";
  }

  void statements() {
    if (r_.statements.empty()) return;
    heading("Who said what", r_.statements.size());
    for (const Statement& s : r_.statements) {
      std::string text_lead =
          "  " + full(s.speaker) + " " + style_.cue(s.cue.empty() ? "goes on" : words(s.cue));
      std::vector<int> to;
      for (int e : s.to)
        if (std::find(s.via.begin(), s.via.end(), e) == s.via.end()) to.push_back(e);
      if (!to.empty()) text_lead += style_.dim(" to ") + list(to);
      if (!s.via.empty()) text_lead += style_.dim(" via ") + list(s.via);
      std::vector<std::string> scene;
      if (!s.when.empty()) scene.push_back(time(s.when));
      if (!s.occasion.empty()) scene.push_back(s.occasion);
      if (s.where >= 0) scene.push_back(name(s.where));
      lead(text_lead, scene, 6);
      paragraph("      ", words(s.content), 6);
      why(s.explain);
    }
  }

  void event_line(const Event& e) {
    std::string kind = e.type + (e.mode.empty() ? "" : "/" + e.mode);
    std::string text_lead = "  " + style_.cue(fmt::format("{:<20}", kind)) + " " +
                            (e.source.empty() ? style_.dim("?") : list(e.source));
    if (!e.target.empty()) text_lead += style_.dim(" → ") + list(e.target);
    std::vector<std::string> facts;
    if (!e.when.empty() || e.status == "planned") facts.push_back(time(e.when));
    if (e.where >= 0) facts.push_back(name(e.where));
    if (e.status != "occurred") facts.push_back(e.status);
    if (!e.cameo.empty()) facts.push_back("CAMEO " + e.cameo);
    if (e.said_in >= 0) facts.push_back("told by " + name(r_.statements[e.said_in].speaker));
    lead(text_lead, facts, 6);
    paragraph("      ", words(e.span), 6);
    why(e.explain);
  }

  void events() {
    std::vector<const Event*> done;
    for (const Event& e : r_.events)
      if (e.status != "planned") done.push_back(&e);
    if (done.empty()) return;
    heading("What happened", done.size());
    for (const Event* e : done) event_line(*e);
  }

  void plans() {
    std::vector<const Event*> coming;
    for (const Event& e : r_.events)
      if (e.status == "planned") coming.push_back(&e);
    if (coming.empty()) return;
    std::stable_sort(coming.begin(), coming.end(),
                     [](const Event* a, const Event* b) { return earlier(a->when, b->when); });
    heading("What is scheduled", coming.size());
    for (const Event* e : coming) event_line(*e);
  }

  void positions() {
    if (r_.positions.empty()) return;
    heading("Where they stand", r_.positions.size());
    for (const Position& p : r_.positions) {
      std::string text_lead = "  " + full(p.holder) + " " + style_.cue(p.stance);
      if (!p.toward.empty()) text_lead += style_.dim(" toward ") + list(p.toward);
      lead(text_lead,
           p.topic.empty() ? std::vector<std::string>() : std::vector<std::string>{p.topic}, 6);
      paragraph("      ", words(p.content), 6);
      if (!p.condition.empty())
        paragraph("      " + style_.cue("on condition: "), words(p.condition), 20);
      if (!p.stages.empty())
        paragraph("      " + style_.cue("in stages: "), join(p.stages, " → "), 17);
      why(p.explain);
    }
  }

  void novelty() {
    if (r_.novelty.empty()) return;
    heading("What is claimed new", r_.novelty.size());
    for (const Novelty& n : r_.novelty) {
      std::string lead = "  " + style_.cue(n.claim);
      if (n.by >= 0) lead += " " + full(n.by);
      if (!n.since.empty()) lead += style_.dim(" · since " + time(n.since));
      out_ += lead + "\n";
      paragraph("      ", words(n.span), 6);
      why(n.explain);
    }
  }

  // The actors that take a part, with what is known of them.
  void actors() {
    std::vector<char> used(r_.entities.size(), 0);
    auto mark = [&](int e) {
      if (e >= 0) used[e] = 1;
    };
    for (const Statement& s : r_.statements) {
      mark(s.speaker);
      for (int e : s.via) mark(e);
    }
    for (const Event& e : r_.events) {
      for (int x : e.source) mark(x);
      for (int x : e.target) mark(x);
    }
    for (const Position& p : r_.positions) {
      mark(p.holder);
      for (int x : p.toward) mark(x);
    }
    size_t count = static_cast<size_t>(std::count(used.begin(), used.end(), 1));
    if (count == 0) return;
    heading("Actors", count);
    for (size_t e = 0; e < used.size(); ++e) {
      if (!used[e]) continue;
      const Entity& x = r_.entities[e];
      std::vector<std::string> facts;
      if (!x.actor.country.empty()) facts.push_back(x.actor.country);
      std::string sectors = x.actor.sector;
      for (const std::string& s : x.actor.other_sectors) sectors += "+" + s;
      if (!sectors.empty()) facts.push_back(sectors);
      if (!x.role.empty()) facts.push_back(x.role);
      facts.push_back(
          fmt::format("{} mention{}", x.mentions.size(), x.mentions.size() == 1 ? "" : "s"));
      out_ += "  " + style_.actor(x.name) +
              style_.dim(" · " + x.kind + " · " + join(facts, " · ")) + "\n";
      why(x.explain);
    }
  }

  const Record& r_;
  Style style_;
  int width_;
  bool explain_;
  std::string out_;
};

}  // namespace

std::string dossier(const Record& record, const Style& style, int width, bool explain) {
  return Dossier(record, style, width, explain).write();
}

}  // namespace chancery::cli
