#include "serve/told.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/filed.h"
#include "present/telling.h"
#include "record/vocabulary.h"
#include "serve/brief_words.h"
#include "serve/html.h"

namespace chancery {
namespace {

constexpr size_t kWords = 190;  // characters of a quotation in a list

std::string quoted(const std::string& words) {
  return present::shortened(present::quoted_whole(present::tidy(words)), kWords);
}

std::string address(int64_t article, const std::string& id) {
  return "/articles/" + std::to_string(article) + (id.empty() ? "" : "#" + id);
}

// The paper, the headline where it has none.
std::string source(const std::string& paper, const std::string& title) {
  return !paper.empty() ? paper : !title.empty() ? present::shortened(title, 60) : "the article";
}

void foot(Html& h, const std::string& when, int64_t article, const std::string& id,
          const std::string& paper, const std::string& title, int reports) {
  h.raw(" <span class=\"about\">").text(when).raw(" · ");
  h.link(address(article, id), source(paper, title));
  if (reports > 1) h.text(" and " + std::to_string(reports - 1) + " more");
  h.raw("</span>");
}

std::string stands(const std::string& who, const std::string& stance, const std::string& whom,
                   const present::Words& words) {
  return present::sentence_case(who) + " " + words.said("stance", stance) +
         (whom.empty() ? "" : " (to " + whom + ")");
}

// Words that begin with a verb that tells the stance say it themselves: "welcomed the ruling".
bool tells_itself(const std::string& content, const present::Words& words) {
  const std::string_view first = std::string_view(content).substr(0, content.find(' '));
  return first.size() < content.size() && words.past(std::string(first));
}

}  // namespace

std::string stands_words(const std::string& who, const std::string& stance, const std::string& whom,
                         const std::string& content, const present::Words& words) {
  return tells_itself(content, words) ? present::sentence_case(who)
                                      : stands(who, stance, whom, words) + ":";
}

std::string line_html(const Desk::Line& x, const present::Words& words, int home_year) {
  Html h;
  h.raw("<li><span class=\"says\">");
  if (x.kind == Desk::Line::act) {
    // Where the plain words of an act are vague the text's own tell it.
    const bool vague = in_own_words(words, x.type, x.mode, x.whom);
    h.text(vague ? present::sentence_case(x.who) + ":"
                 : words.sentence(x.type, x.mode, x.status, x.who, x.whom));
    // The sentence says what may be and what is denied.
    const bool said = !vague && (x.status == "possible" || x.status == "denied");
    if (const std::string tag = words.said("status", x.status); !tag.empty() && !said)
      h.raw(" ").element("span", tag, "status " + x.status);
    h.raw("</span> <q>").text("“" + quoted(x.words) + "”").raw("</q>");
  } else {
    h.text(stands_words(x.who, x.stance, x.whom, x.words, words))
        .raw("</span> <q>")
        .text("“" + quoted(x.words) + "”");
    h.raw("</q>");
    if (!x.condition.empty())
      h.raw(" <span class=\"condition\">on the condition “")
          .text(quoted(x.condition))
          .raw("”</span>");
  }
  foot(h, words_of(x.when, x.reported, home_year), x.article, x.id, x.publisher, x.title,
       x.reports);
  h.raw("</li>\n");
  return h.take();
}

std::string line_html(const Appointment& a, int home_year) {
  Html h;
  h.raw(a.sure ? "<li>" : "<li class=\"unsure-line\">");
  h.raw("<span class=\"says\"><b>")
      .text(present::sentence_case(When(a.when).words(home_year)))
      .raw("</b>: ")
      .text(a.what);
  if (!a.place.empty()) h.text(", " + a.place);
  h.raw("</span>");
  if (!a.own_words) h.raw(" <q>").text("“" + quoted(a.words) + "”").raw("</q>");
  if (!a.announced.empty())
    h.raw(" <span class=\"about\">")
        .text((a.kind == Appointment::meeting ? "told by " : "announced by ") + a.announced)
        .raw("</span>");
  if (!a.became.empty()) {
    h.raw(" <span class=\"became\">");
    if (a.became_article) h.link(address(a.became_article, ""), a.became);
    else h.text(a.became);
    h.raw("</span>");
  }
  foot(h, a.reported.empty() ? "" : "told " + When(a.reported).words(home_year), a.article, a.id,
       a.paper, a.title, a.reports);
  h.raw("</li>\n");
  return h.take();
}

Told told(const Answer& a, size_t row, const present::Words& words) {
  auto cell = [&](const char* column) -> std::string {
    for (size_t c = 0; c < a.columns.size(); ++c)
      if (a.columns[c] == column) return a.rows[row][c];
    return "";
  };
  auto has = [&](const char* column) {
    for (const std::string& c : a.columns)
      if (c == column) return true;
    return false;
  };
  Told t;
  t.article = has("article_number") ? cell("article_number") : cell("number");
  t.id = cell("article") + (cell("id").empty() ? "" : "#" + cell("id"));
  t.address = address(std::stoll(t.article), cell("id"));
  t.day = cell("reported").empty() ? cell("date") : cell("reported");
  t.when = has("when") ? words_of(cell("when"), cell("reported")) : When(cell("date")).words();
  if (has("speaker")) {
    t.title = (cell("speaker").empty() ? "Somebody" : present::sentence_case(cell("speaker"))) +
              (cell("via").empty() ? "" : " (via " + cell("via") + ")") +
              words.saying(cell("cue"), present::tidy(cell("content"))) + quoted(cell("content"));
    t.own = present::tidy(cell("content"));
  } else if (has("change")) {
    t.title = cell("holder") + " on " + cell("issue") + ": " + cell("change");
    t.words = quoted(cell("after"));
  } else if (has("stance")) {
    t.title = stands(cell("holder").empty() ? "Somebody" : cell("holder"), cell("stance"),
                     cell("toward"), words) +
              ": " + quoted(cell("content"));
    if (!cell("condition").empty())
      t.title += ", on the condition “" + quoted(cell("condition")) + "”";
  } else if (has("type") && kOccasions.has(cell("type"))) {
    t.title = words.occasion(cell("type"), cell("words"));
  } else if (has("type")) {
    const bool calendar = has("who");
    t.title = words.sentence(cell("type"), cell("mode"), cell("status"),
                             cell(calendar ? "who" : "source"), cell(calendar ? "with" : "target"));
    const std::string tag = words.said("status", cell("status"));
    if (cell("status") == "conditional") t.title += " (" + tag + ")";
    t.words = quoted(cell("words"));
    t.own = present::tidy(cell("words"));
    const std::string who = cell(calendar ? "who" : "source");
    if (!calendar && !who.empty() && cell("status") != "planned" &&
        in_own_words(words, cell("type"), cell("mode"), cell("target"))) {
      t.vague = true;
      const std::string own = std::exchange(t.words, "");
      t.title =
          (begins_with_name(own, who) ? present::sentence_case(own)
                                      : present::sentence_case(present::listed(who)) + ": " + own) +
          (tag.empty() ? "" : " (" + tag + ")");
    }
  } else if (has("claim")) {
    const bool of = !cell("what").empty() && cell("words").find(cell("what")) == std::string::npos;
    t.title = "Said to be new: " + (of ? cell("what") + ", " : "") + quoted(cell("words"));
  } else {
    t.title = cell("title").empty() ? cell("article") : cell("title");
    t.words = quoted(cell("words"));
  }
  return t;
}

Answer with_verbs(Answer a, const present::Words& words) {
  const auto place = [&](const char* name) {
    return static_cast<size_t>(std::find(a.columns.begin(), a.columns.end(), name) -
                               a.columns.begin());
  };
  const size_t cue = place("cue"), content = place("content"), all = a.columns.size();
  if (cue == all || content == all) return a;
  for (auto& row : a.rows) {
    const std::string verb = words.saying(row[cue], present::tidy(row[content]));
    if (verb.starts_with(" ")) row[content] = verb.substr(1) + row[content];
  }
  return a;
}

}  // namespace chancery
