#include "serve/pages.h"

#include "export/json_writer.h"
#include "ledger/filed.h"
#include "ledger/play.h"
#include "present/telling.h"
#include "serve/html.h"
#include "serve/parts.h"
#include "serve/told.h"

namespace chancery {
namespace {

// What a script draws the state of play from (web/play.js).
std::string play_json(const Play& play) {
  constexpr size_t kWords = 160;
  JsonWriter w;
  w.object().key("stands").array();
  for (const Play::Stand& s : play.stands)
    w.object()
        .text("holder", s.holder)
        .text("toward", s.toward)
        .text("stance", s.stance)
        .text("content", present::shortened(s.content, kWords))
        .end_object();
  w.end_array().key("links").array();
  for (const Play::Link& k : play.links) {
    w.object().text("kind", k.kind).text("why", present::shortened(k.why, kWords));
    w.key("from").written_number(std::to_string(k.from));
    w.key("to").written_number(std::to_string(k.to)).end_object();
  }
  w.end_array().end_object();
  return w.take();
}

}  // namespace

Response Pages::topics() {
  Question q = question("from until after");
  q.limit = 200;
  Service::Lease l(s_);
  Answer a = l->topics(q);
  Html h;
  h.raw("<h1>Topics</h1>\n")
      .raw(filters(q_, {{"from", "From"}, {"until", "Until"}}))
      .raw(table(shown(*l, a),
                 {{"issue", "Issue"},
                  {"positions", "Positions"},
                  {"holders", "Holders"},
                  {"first", "First"},
                  {"last", "Last"}},
                 "Issues on which positions are held"))
      .raw(list_links("topics", q_, a.next));
  return html_answer(page("Topics", "/topics", h.take()));
}

Response Pages::topic() {
  std::string name = q_.get("name");
  if (name.empty() || name.size() > 300)
    return html_answer(
        page("Topic", "/topics", "<h1>Topic</h1><p>Which? <code>/topic?name=…</code></p>"), 400);
  Question q = question("from until", "name");
  Service::Lease l(s_);
  Play play = l->play(name, q);
  Html h;
  h.raw("<h1>").text(name).raw("</h1>\n").raw(filters(q_, {{"from", "From"}, {"until", "Until"}}));
  Question about = q;
  about.topic = name;
  if (play.stands.empty())
    return html_answer(
        page(name, "/topics",
             h.str() + "<p class=\"none\">No position on this is in the ledger.</p>" +
                 said(l, about, {})),
        404);
  h.raw(
       "<section><h2>State of play</h2><div class=\"play\" tabindex=\"0\" role=\"group\" "
       "aria-label=\"Drawing of who stands where; the list below has the words\" data-play=\"")
      .text(play_json(play))
      .raw("\">")
      .raw(play_as_svg(play, false))
      .raw(
          "</div>\n<p class=\"legend\"><span class=\"soft\">━</span> offers, accepts, supports "
          "<span class=\"plain\">━</span> demands, proposes, warns <span "
          "class=\"hard\">━</span> rejects, opposes; dashed: one waits on the other. The numbers "
          "are those of the list below.</p>\n<ul class=\"links\">");
  for (const Play::Link& k : play.links)
    h.raw("<li><span class=\"kind " + k.kind + "\">" + k.kind + "</span> ")
        .text(k.why)
        .raw("</li>\n");
  h.raw("</ul>\n<ol class=\"stands\">");
  size_t number = 0;
  for (const Play::Stand& x : play.stands) {
    h.raw("<li id=\"stand-" + std::to_string(++number) + "\"><span class=\"says\">")
        .text(stands_words(x.holder, x.stance, x.toward, x.content, s_.words_))
        .raw("</span> <q>")
        .text("“" + present::quoted_whole(present::tidy(x.content)) + "”")
        .raw("</q> ");
    if (!x.condition.empty())
      h.raw("<span class=\"condition\">on the condition “").text(x.condition).raw("”</span> ");
    h.raw("<span class=\"about\">").text(words_of(x.when, x.reported) + " · ");
    h.link("/articles/" + std::to_string(x.article_number) + "#" + x.id,
           paper_of(*l, std::to_string(x.article_number)))
        .raw("</span></li>\n");
  }
  h.raw("</ol></section>\n");
  q.topic = name;
  q.newest_first = true;
  q.limit = 40;
  h.raw("<details><summary>All positions as a table</summary>\n")
      .raw(table(shown(*l, l->positions(q)), kPositions, "Positions on " + name))
      .raw(list_links("positions", q_, "", {{"topic", name}}))
      .raw("</details>\n<section><h2>How it moved</h2>\n")
      .raw(table(shown(*l, l->changes(q)), kChanges, "Changes of position on " + name))
      .raw("</section>\n");
  return html_answer(
      page(name, "/topics", h.take(), {"vendor/d3-force.js", "graph.js", "play.js"}));
}

}  // namespace chancery
