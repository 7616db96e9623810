#include "serve/reader_page.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/strings.h"
#include "present/telling.h"
#include "reading/windows.h"
#include "record/amendment.h"
#include "record/things.h"
#include "serve/html.h"

namespace chancery {
namespace {

struct Mark {
  Span span;
  std::string item;
  char layer;  // e, t, s, v, p, n
};

std::vector<Mark> marks_of(const Record& r) {
  std::vector<Mark> out;
  auto add = [&](const Spans& spans, const std::string& item, char layer) {
    for (Span s : spans)
      if (s.begin < s.end && s.end <= r.article.text.size()) out.push_back({s, item, layer});
  };
  const std::vector<char> things = mere_things(r);
  for (size_t i = 0; i < r.entities.size(); ++i)
    if (!things[i]) add(r.entities[i].mentions, r.entities[i].id, 'e');
  for (const TimeExpression& t : r.times) add({t.span}, t.id, 't');
  for (const Statement& s : r.statements) {
    add(s.content, s.id, 's');
    add(s.cue, s.id, 's');
    add(s.source, s.id, 's');
  }
  for (const Event& e : r.events) add({e.span}, e.id, 'v');
  for (const Position& p : r.positions) {
    add(p.content, p.id, 'p');
    add(p.condition, p.id, 'p');
  }
  for (const Novelty& n : r.novelty) add({n.span}, n.id, 'n');
  return out;
}

void text_with_marks(Html& h, const Record& r) {
  const std::string& text = r.article.text;
  std::vector<Mark> marks = marks_of(r);
  std::set<uint32_t> edges = {0, static_cast<uint32_t>(text.size())};
  std::multimap<uint32_t, const Mark*> opens, closes;
  for (const Mark& m : marks) {
    edges.insert(m.span.begin);
    edges.insert(m.span.end);
    opens.emplace(m.span.begin, &m);
    closes.emplace(m.span.end, &m);
  }
  for (size_t at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at + 2)) {
    edges.insert(static_cast<uint32_t>(at));
    edges.insert(static_cast<uint32_t>(at + 2));
  }
  std::set<const Mark*> active;
  std::set<std::string> named;
  h.raw("<p>");
  for (auto edge = edges.begin(); edge != edges.end(); ++edge) {
    auto next = std::next(edge);
    if (next == edges.end()) break;
    for (auto [i, end] = closes.equal_range(*edge); i != end; ++i) active.erase(i->second);
    for (auto [i, end] = opens.equal_range(*edge); i != end; ++i) active.insert(i->second);
    std::string_view piece = std::string_view(text).substr(*edge, *next - *edge);
    if (piece == "\n\n") {
      h.raw("</p>\n<p>");
      continue;
    }
    if (active.empty()) {
      h.text(piece);
      continue;
    }
    std::set<char> layers;
    std::set<std::string> items;
    for (const Mark* m : active) {
      layers.insert(m->layer);
      items.insert(m->item);
    }
    std::string css = "seg", list, id;
    for (char c : layers) css += std::string(" l") + c;
    for (const std::string& i : items) {
      list += (list.empty() ? "" : " ") + i;
      // The first piece of an item is where its address leads.
      if (id.empty() && named.insert(i).second) id = i;
    }
    h.raw("<span class=\"" + css + "\" data-i=\"").text(list).raw("\"");
    if (!id.empty()) h.raw(" id=\"").text("w-" + id).raw("\"");
    h.raw(">").text(piece).raw("</span>");
  }
  h.raw("</p>\n");
}

std::string words(const Record& r, const Spans& spans) {
  std::string out;
  for (Span s : spans) out += (out.empty() ? "" : " … ") + std::string(s.of(r.article.text));
  return out;
}

// The record beside the text: a fold a layer, in each the cards of what is sure in the order of the
// text, and those of what is not folded under them.
class Cards {
 public:
  Cards(Html& h, const Record& r, const ReaderView& view)
      : h_(h), r_(r), words_(view.words), forms_(view.forms), year_(year_of(r.article.published)) {
    const Record strict = sure_lines(r, view.limits);
    for (const Statement& s : strict.statements) sure_.insert(s.id);
    for (const Event& e : strict.events) sure_.insert(e.id);
    for (const Position& p : strict.positions) sure_.insert(p.id);
    evident_ = strict.entities;
  }

  void write() {
    layer("s", "Said", r_.statements, true, [&](const Statement& s) { statement(s); });
    layer("v", "Done and planned", r_.events, true, [&](const Event& e) { event(e); });
    layer("p", "Where they stand", r_.positions, true, [&](const Position& p) { position(p); });
    layer("n", "Called new", r_.novelty, true, [&](const Novelty& n) { novelty(n); });
    layer("e", "Who is in it", somebody(), false, [&](const Entity& e) { actor(e); });
    layer("t", "When", r_.times, false, [&](const TimeExpression& t) { time(t); });
  }

 private:
  static constexpr const char* kFacts = "<div class=\"foot\"><div class=\"facts\">";

  std::vector<Entity> somebody() const {
    const std::vector<char> things = mere_things(r_);
    std::vector<Entity> out;
    for (size_t i = 0; i < things.size(); ++i)
      if (!things[i]) out.push_back(r_.entities[i]);
    return out;
  }
  static uint32_t place(const Statement& s) { return first(s.content); }
  static uint32_t place(const Event& e) { return e.span.begin; }
  static uint32_t place(const Position& p) { return first(p.content); }
  static uint32_t place(const Novelty& n) { return n.span.begin; }
  static uint32_t place(const Entity& e) { return first(e.mentions); }
  static uint32_t place(const TimeExpression& t) { return t.span.begin; }
  static uint32_t first(const Spans& spans) { return spans.empty() ? 0 : spans.front().begin; }

  // Only statements, events and positions are weighed.
  bool sure(const std::string& id) const {
    return (id[0] != 's' && id[0] != 'v' && id[0] != 'p') || sure_.count(id);
  }

  template <class Item, class Card>
  void layer(const char* letter, const char* title, const std::vector<Item>& items, bool open,
             const Card& card) {
    if (items.empty()) return;
    std::vector<const Item*> firm, rest;
    for (const Item& item : items) (sure(item.id) ? firm : rest).push_back(&item);
    for (auto* list : {&firm, &rest})
      std::stable_sort(list->begin(), list->end(),
                       [](const Item* a, const Item* b) { return place(*a) < place(*b); });
    letter_ = letter;
    h_.raw(std::string("<details class=\"cards\" data-layer=\"") + letter + "\"" +
           (open ? " open" : "") + "><summary><h2>" + title + " <small>" +
           std::to_string(items.size()) + "</small></h2></summary>\n<ul>\n");
    for (const Item* item : firm) card(*item);
    h_.raw("</ul>\n");
    if (!rest.empty()) {
      h_.raw("<details class=\"unsure\"><summary>" + std::to_string(rest.size()) +
             " less sure</summary>\n<ul>\n");
      // This list is folded: its cards lean on none of the other's.
      quoted_.reset();
      for (const Item* item : rest) card(*item);
      h_.raw("</ul></details>\n");
    }
    h_.raw("</details>\n");
  }

  void open(const std::string& id, uint32_t at) {
    id_ = id;
    facts_ = false;
    h_.raw(std::string("<li class=\"card l") + letter_ + "\" tabindex=\"0\" id=\"")
        .text(id)
        .raw("\" data-i=\"")
        .text(id)
        .raw("\">");
    const std::string paragraph = std::to_string(present::paragraph_of(r_.article.text, at));
    h_.raw("<a class=\"to\" href=\"#")
        .text("w-" + id)
        .raw("\" aria-label=\"to the words, paragraph " + paragraph + "\">¶" + paragraph + "</a> ");
  }
  // The last line of a card: what is known of it, one after the other, then why it is there and how
  // to put it right, which open below.
  Html& fact() { return h_.raw(std::exchange(facts_, true) ? " · " : kFacts); }
  void facts(const std::vector<std::string>& known) {
    for (const std::string& one : known)
      if (!one.empty()) fact().text(one);
  }
  void close(const std::string& explain, double confidence = -1) {
    const auto item = forms_ ? item_of(r_, id_) : std::nullopt;
    if (facts_) h_.raw("</div>");
    else if (!explain.empty() || item) h_.raw("<div class=\"foot\">");
    if (!explain.empty()) {
      h_.raw("<details class=\"why\"><summary>why</summary>");
      if (confidence > 0) h_.text(std::to_string(std::lround(confidence * 100)) + " in 100 sure. ");
      h_.text(explain).raw("</details>");
    }
    if (item) forms_->of_item(h_, item->kind, id_);
    if (facts_ || !explain.empty() || item) h_.raw("</div>");
    h_.raw("</li>\n");
  }

  void who(int e) {
    if (e < 0) {
      h_.element("span", "somebody", "actor");
      return;
    }
    const Entity& x = r_.entities[static_cast<size_t>(e)];
    h_.link("/actor?name=" + url_encoded(x.name), x.name, "actor");
    // Office and state once; then the name is enough.
    // A state by the company kept alone is told where who is in it is listed.
    const std::string standing = words_.standing(evident_[static_cast<size_t>(e)]);
    if (!standing.empty() && introduced_.insert(e).second)
      h_.text(",").raw(" ").element("small", standing);
  }
  void all(const std::vector<int>& list) {
    for (size_t i = 0; i < list.size(); ++i) {
      if (i) h_.raw(i + 1 == list.size() ? " and " : ", ");
      who(list[i]);
    }
  }
  std::string when(const When& w) const { return w.empty() ? "" : w.words(year_); }

  void statement(const Statement& s) {
    open(s.id, place(s));
    if (s.speaker >= 0 || s.source.empty()) who(s.speaker);
    else h_.element("span", words(r_, s.source), "actor");
    h_.raw(" ").element("em", s.cue.empty() ? words_.said("force", s.force) : words(r_, s.cue));
    h_.raw(" <q>").text(words(r_, s.content)).raw("</q>");
    // The chain of sourcing, from the paper to the mouth.
    if (!s.via.empty()) {
      fact().raw("reported by ");
      all(s.via);
    }
    const bool plain = s.force.empty() || s.force == "asserted";
    facts({plain ? "" : words_.said("force", s.force), when(s.when), s.occasion});
    close(s.explain, s.confidence);
  }

  void event(const Event& e) {
    const present::Words::Act act = words_.act(e.type, e.mode);
    open(e.id, place(e));
    if (e.source.empty()) h_.element("span", "Somebody", "actor");
    else all(e.source);
    const bool done = e.status == "occurred";
    h_.raw(done ? " " : ": ")
        .element("b", done ? (e.target.empty() ? act.alone : act.done)
                           : act.noun + (e.target.empty() ? "" : " " + act.joint));
    if (!e.target.empty()) {
      h_.raw(" ");
      all(e.target);
    }
    const std::string status = words_.said("status", e.status);
    if (!status.empty())
      h_.raw(" <span class=\"status " + e.status + "\">").text(status).raw("</span>");
    // One clause often tells of several acts: its words stand with the first.
    if (!quoted_ || e.span.begin < quoted_->begin || e.span.end > quoted_->end) {
      h_.raw("<q>").text(std::string(e.span.of(r_.article.text))).raw("</q>");
      quoted_ = e.span;
    }
    facts({when(e.when), e.status == "planned" && e.when.empty() ? "date not given" : ""});
    if (e.where >= 0) facts({r_.entities[static_cast<size_t>(e.where)].name});
    if (e.said_in >= 0)
      if (const int by = r_.statements[static_cast<size_t>(e.said_in)].speaker; by >= 0)
        facts({"told by " + r_.entities[static_cast<size_t>(by)].name});
    for (const EventNumber& n : e.numbers)
      facts({n.of + ": " + std::string(n.span.of(r_.article.text))});
    close(e.explain, e.confidence);
  }

  void position(const Position& p) {
    open(p.id, place(p));
    who(p.holder);
    h_.raw(" ").element("b", words_.said("stance", p.stance));
    h_.raw(" <q>").text(words(r_, p.content)).raw("</q>");
    if (!p.toward.empty()) {
      h_.raw(" <span class=\"toward\">toward ");
      all(p.toward);
      h_.raw("</span>");
    }
    if (!p.condition.empty())
      h_.raw("<div class=\"condition\">").text(words(r_, p.condition)).raw("</div>");
    if (!p.issue.empty()) fact().link("/topic?name=" + url_encoded(p.issue), p.issue);
    if (!p.stages.empty()) facts({"stages: " + join(p.stages, " → ")});
    close(p.explain, p.confidence);
  }

  void novelty(const Novelty& n) {
    open(n.id, place(n));
    h_.element("b", n.claim)
        .raw(" ")
        .text(n.what + (n.since.empty() ? "" : ", since " + n.since.words(year_)));
    close(n.explain);
  }

  void actor(const Entity& e) {
    open(e.id, place(e));
    h_.link("/actor?name=" + url_encoded(e.name), e.name, "actor");
    const bool office = e.kind == "person" && !e.role.empty();
    facts({office ? words_.said("office", e.role) : words_.said("kind", e.kind), words_.state(e),
           e.actor.sector.empty() ? "" : words_.said("sector", e.actor.sector)});
    close(e.explain);
  }

  void time(const TimeExpression& t) {
    open(t.id, place(t));
    h_.text(std::string(t.span.of(r_.article.text))).raw(" ").element("small", t.when.words(year_));
    if (!t.occasion.empty())
      facts({words_.said("occasion", t.occasion), words_.said("status", t.status)});
    close(t.explain);
  }

  Html& h_;
  const Record& r_;
  const present::Words& words_;
  const ArticleForms* forms_;
  int year_;
  std::set<std::string> sure_;
  std::vector<Entity> evident_;  // without states that were inferred
  std::set<int> introduced_;
  std::string letter_, id_;     // of the layer, of the card that is open
  bool facts_ = false;          // has the card that is open any yet?
  std::optional<Span> quoted_;  // the words that the list has shown last
};

void head(Html& h, const Record& r, int64_t number) {
  h.raw("<div class=\"head\"><h1>")
      .text(present::title_of(r.article.title, r.article.text))
      .raw("</h1><p class=\"about\">");
  std::vector<std::string> about;
  if (!r.article.publisher.empty()) about.push_back(r.article.publisher);
  if (!r.article.byline.empty()) about.push_back(join(r.article.byline, ", "));
  if (!r.article.published.empty()) about.push_back(moment_words(r.article.published));
  h.text(join(about, " · "));
  // Only web addresses become links: nothing of an article may run.
  if (r.article.url.starts_with("https://") || r.article.url.starts_with("http://"))
    h.raw(" · <a rel=\"noopener noreferrer nofollow\" href=\"")
        .text(r.article.url)
        .raw("\">source</a>");
  if (number) h.raw(" · ").link("/api/v1/articles/" + std::to_string(number), "record (JSON)");
  h.raw("</p>");
  for (const std::string& n : r.article.notes)
    if (!n.starts_with(kNoEvent)) h.raw("<p class=\"note\">").text(n).raw("</p>");
}

// The dossier's head: who did what, who stands where, what is next, what is new.
void summary(Html& h, const present::Telling& telling) {
  h.raw("<dl class=\"brief-head\">");
  for (const present::Head& line : telling.head) {
    if (line.things.empty()) continue;
    h.raw("<div>").element("dt", line.label).raw("<dd>");
    h.text(join(line.things, "; ")).raw("</dd></div>");
  }
  h.raw("</dl>");
}

void boxes(Html& h) {
  h.raw("<div class=\"layers\" role=\"group\" aria-label=\"What is marked and listed\">");
  for (const auto& [layer, name] : {std::pair{"s", "statements"},
                                    {"v", "events"},
                                    {"p", "positions"},
                                    {"n", "firsts"},
                                    {"e", "actors"},
                                    {"t", "times"}})
    h.raw(std::string("<label class=\"l") + layer + "\"><input type=\"checkbox\" data-layer=\"" +
          layer + "\"" +
          (std::string_view(layer) == "e" || std::string_view(layer) == "t" ? "" : " checked") +
          "> " + name + "</label>");
  h.raw("</div>");
}

}  // namespace

std::string reader_body(const Record& r, int64_t number, const ReaderView& view) {
  Html h;
  h.raw("<article class=\"reader\">");
  head(h, r, number);
  summary(h, present::tell(r, view.limits, view.words));
  boxes(h);
  h.raw("</div>\n<div class=\"text on-s on-v on-p on-n\" lang=\"")
      .text(r.article.language.empty() ? "en" : r.article.language)
      .raw("\">\n");
  text_with_marks(h, r);
  h.raw("</div>\n<aside aria-label=\"The record\">\n");
  Cards(h, r, view).write();
  h.raw("</aside></article>\n");
  return h.take();
}

}  // namespace chancery
