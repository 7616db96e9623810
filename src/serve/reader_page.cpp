#include "serve/reader_page.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/strings.h"
#include "ledger/filed.h"
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
  for (const Entity& e : r.entities) add(e.mentions, e.id, 'e');
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

class Cards {
 public:
  Cards(Html& h, const Record& r) : h_(h), r_(r) {}

  void group(const char* layer, const char* title, size_t count,
             const std::function<void()>& cards) {
    h_.raw(std::string("<section class=\"cards\" data-layer=\"") + layer + "\" aria-label=\"" +
           title + "\"><h2>" + title + " <small>" + std::to_string(count) +
           "</small></h2>\n<ul>\n");
    cards();
    h_.raw("</ul></section>\n");
  }
  void open(const std::string& id, const char* layer, const std::string& items) {
    h_.raw(std::string("<li class=\"card l") + layer + "\" tabindex=\"0\" id=\"")
        .text(id)
        .raw("\" data-i=\"")
        .text(items.empty() ? id : id + " " + items)
        .raw("\">");
    h_.raw("<a class=\"to\" href=\"#")
        .text("w-" + id)
        .raw("\" aria-label=\"to the words of " + id + "\">¶</a> ");
  }
  void close(const std::string& explain) {
    if (!explain.empty()) h_.raw("<details><summary>why</summary>").text(explain).raw("</details>");
    h_.raw("</li>\n");
  }
  void who(int e, const char* css = "actor") {
    if (e < 0) {
      h_.element("span", "somebody", "actor");
      return;
    }
    const Entity& x = r_.entities[static_cast<size_t>(e)];
    h_.link("/actor?name=" + url_encoded(x.name), x.name, css);
    if (!x.actor.country.empty())
      h_.raw(" ").element("small",
                          x.actor.country + (x.actor.sector.empty() ? "" : " " + x.actor.sector));
  }
  void all(const std::vector<int>& list) {
    for (size_t i = 0; i < list.size(); ++i) {
      if (i) h_.raw(", ");
      who(list[i]);
    }
  }

 private:
  Html& h_;
  const Record& r_;
};

}  // namespace

std::string reader_body(const Record& r, int64_t number) {
  Html h;
  h.raw("<article class=\"reader\"><div class=\"head\"><h1>")
      .text(r.article.title.empty() ? "Untitled" : r.article.title)
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
  for (const std::string& n : r.article.notes) h.raw("<p class=\"note\">").text(n).raw("</p>");
  h.raw("<div class=\"layers\" role=\"group\" aria-label=\"What is marked in the text\">");
  for (const auto& [layer, name] : {std::pair{"s", "statements"},
                                    {"v", "events"},
                                    {"p", "positions"},
                                    {"e", "actors"},
                                    {"t", "times"},
                                    {"n", "firsts"}})
    h.raw(std::string("<label class=\"l") + layer + "\"><input type=\"checkbox\" data-layer=\"" +
          layer + "\"" +
          (std::string_view(layer) == "e" || std::string_view(layer) == "t" ? "" : " checked") +
          "> " + name + "</label>");
  h.raw("</div></div>\n<div class=\"text on-s on-v on-p on-n\" lang=\"")
      .text(r.article.language.empty() ? "en" : r.article.language)
      .raw("\">\n");
  text_with_marks(h, r);
  h.raw("</div>\n<aside aria-label=\"The record\">\n");
  Cards c(h, r);
  // The year of the report need not be said again.
  const When published(r.article.published.substr(0, 10));
  const int year = published.dated() ? published.from().year : -1;
  if (!r.statements.empty())
    c.group("s", "Said", r.statements.size(), [&] {
      for (const Statement& s : r.statements) {
        std::string with;
        for (const auto& p : r.positions)
          if (p.said_in >= 0 && r.statements[static_cast<size_t>(p.said_in)].id == s.id)
            with += (with.empty() ? "" : " ") + p.id;
        c.open(s.id, "s", "");
        c.who(s.speaker);
        h.raw(" ").element("em", words(r, s.cue));
        h.raw(" <q>").text(words(r, s.content)).raw("</q>");
        // The chain of sourcing, from the paper to the mouth.
        if (!s.via.empty()) {
          h.raw("<div class=\"chain\">on the word of ");
          c.all(s.via);
          h.raw(" → ");
          c.who(s.speaker);
          h.raw("</div>");
        }
        h.raw("<div class=\"facts\">")
            .text(s.quote + (s.force.empty() || s.force == "asserted" ? "" : " · " + s.force) +
                  (s.when.empty() ? "" : " · " + s.when.words(year)) +
                  (s.occasion.empty() ? "" : " · " + s.occasion))
            .raw("</div>");
        c.close(s.explain);
      }
    });
  if (!r.events.empty())
    c.group("v", "Done", r.events.size(), [&] {
      for (const Event& e : r.events) {
        c.open(e.id, "v", "");
        c.all(e.source);
        h.raw(" ").element("b", e.type + (e.mode.empty() ? "" : " (" + e.mode + ")")).raw(" ");
        c.all(e.target);
        h.raw(" <span class=\"status " + e.status + "\">")
            .text(e.status)
            .raw("</span><div class=\"facts\">")
            .text((e.when.empty() ? "" : e.when.words(year) + " · ") +
                  (e.cameo.empty() ? "" : "CAMEO " + e.cameo) +
                  (e.has_goldstein ? " · Goldstein " + std::to_string(e.goldstein).substr(0, 4)
                                   : "") +
                  (e.contexts.empty() ? "" : " · " + join(e.contexts, ", ")))
            .raw("</div>");
        for (const EventNumber& n : e.numbers)
          h.raw("<div class=\"facts\">")
              .text(n.of + ": " + std::string(n.span.of(r.article.text)))
              .raw("</div>");
        c.close(e.explain);
      }
    });
  if (!r.positions.empty())
    c.group("p", "Where they stand", r.positions.size(), [&] {
      for (const Position& p : r.positions) {
        c.open(p.id, "p", "");
        c.who(p.holder);
        h.raw(" ").element("b", p.stance).raw(" <q>").text(words(r, p.content)).raw("</q>");
        if (!p.toward.empty()) {
          h.raw(" <span class=\"toward\">toward ");
          c.all(p.toward);
          h.raw("</span>");
        }
        if (!p.condition.empty())
          h.raw("<div class=\"condition\">").text(words(r, p.condition)).raw("</div>");
        if (!p.stages.empty())
          h.raw("<div class=\"facts\">stages: ").text(join(p.stages, " → ")).raw("</div>");
        if (!p.issue.empty())
          h.raw("<div class=\"facts\">")
              .link("/topic?name=" + url_encoded(p.issue), p.issue)
              .raw("</div>");
        c.close(p.explain);
      }
    });
  if (!r.novelty.empty())
    c.group("n", "Said to be new", r.novelty.size(), [&] {
      for (const Novelty& n : r.novelty) {
        c.open(n.id, "n", "");
        h.element("b", n.claim)
            .raw(" ")
            .text(n.what + (n.since.empty() ? "" : ", since " + n.since.words(year)));
        c.close(n.explain);
      }
    });
  if (!r.entities.empty())
    c.group("e", "Who is in it", r.entities.size(), [&] {
      for (const Entity& e : r.entities) {
        c.open(e.id, "e", "");
        h.link("/actor?name=" + url_encoded(e.name), e.name, "actor")
            .raw(" ")
            .element("small", e.kind + (e.actor.country.empty() ? "" : " · " + e.actor.country) +
                                  (e.actor.sector.empty() ? "" : " " + e.actor.sector) +
                                  (e.role.empty() ? "" : " · " + e.role));
        c.close(e.explain);
      }
    });
  if (!r.times.empty())
    c.group("t", "When", r.times.size(), [&] {
      for (const TimeExpression& t : r.times) {
        c.open(t.id, "t", "");
        h.text(std::string(t.span.of(r.article.text)))
            .raw(" ")
            .element("small", t.when.words(year));
        c.close(t.explain);
      }
    });
  h.raw("</aside></article>\n");
  return h.take();
}

}  // namespace chancery
