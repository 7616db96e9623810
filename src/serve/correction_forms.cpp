#include "serve/correction_forms.h"

#include <fmt/format.h>

#include "ledger/correction_answer.h"
#include "record/amendment.h"
#include "record/when.h"

namespace chancery {
namespace {

// Labels hold their fields: no ids that two forms would share.
void reason_field(Html& h) {
  h.raw(
      "<label>Reason <input name=\"why\" required maxlength=\"500\" "
      "autocomplete=\"off\"></label> ");
}

void button(Html& h, const char* act, const char* label) {
  h.raw(std::string("<button name=\"act\" value=\"") + act + "\">" + label + "</button> ");
}

std::vector<std::string> listed(const ClosedList& list) {
  return {list.values().begin(), list.values().end()};
}

}  // namespace

void ArticleForms::begin(Html& h, const std::string& item) const {
  h.raw("<form method=\"post\" action=\"" + fmt::format("/articles/{}/amend", article_) +
        "\"><input type=\"hidden\" name=\"item\" value=\"")
      .text(item)
      .raw("\">");
}

void ArticleForms::of_item(Html& h, std::string_view kind, const std::string& id) const {
  h.raw("<details class=\"amend\"><summary aria-label=\"Put right ")
      .text(std::string(kind) + " " + id)
      .raw("\">put right</summary>");
  begin(h, id);
  reason_field(h);
  button(h, "reject", "Take out");
  button(h, "confirm", "Confirm");
  button(h, "note", "Note");
  h.raw("</form>");
  begin(h, id);
  h.raw("<label>Set <select name=\"field\">");
  for (const std::string& field : editable(kind)) h.element("option", field);
  h.raw(
      "</select></label> <label>to <input name=\"value\" maxlength=\"500\" autocomplete=\"off\" "
      "placeholder=\"several apart by ;\"></label> ");
  reason_field(h);
  button(h, "edit", "Set");
  h.raw("</form></details>");
}

void ArticleForms::of_article(Html& h, const std::vector<std::string>& types) const {
  h.raw("<details class=\"amend\"><summary>Put this article right</summary>");
  begin(h, "");
  reason_field(h);
  button(h, "confirm", "All of it is right");
  button(h, "note", "Note");
  button(h, "delete", "Delete the article");
  h.raw("</form></details>");
  add_form(h, "statement", "Add a statement that was missed",
           {{"words", "Its words"}, {"speaker", "Who says it"}, {"cue", "Word of saying"}}, {});
  add_form(h, "event", "Add an act that was missed",
           {{"words", "Its words"}, {"source", "Who"}, {"target", "To whom"}},
           {{"type", types}, {"status", listed(kStatuses)}});
  add_form(h, "position", "Add a position that was missed",
           {{"words", "Its words"}, {"holder", "Who"}, {"toward", "Toward whom"}},
           {{"stance", listed(kStances)}});
  split_form(h);
}

// One of two who bear a name: here it is the other.
void ArticleForms::split_form(Html& h) const {
  h.raw("<details class=\"amend\"><summary>Somebody here is another of the same name</summary>");
  begin(h, "");
  h.raw(
      "<label>Who <input name=\"from\" required maxlength=\"300\" autocomplete=\"off\"></label> "
      "<label>is called here from now on <input name=\"f.name\" required maxlength=\"300\" "
      "autocomplete=\"off\"></label> <label>State, by its code <input name=\"f.country\" "
      "maxlength=\"3\" size=\"4\" autocomplete=\"off\"></label> ");
  reason_field(h);
  button(h, "split", "Split");
  h.raw("</form></details>");
}

// Several fields in one form: "f.speaker".
void ArticleForms::add_form(
    Html& h, const char* kind, const char* label,
    const std::vector<std::pair<const char*, const char*>>& fields,
    const std::vector<std::pair<const char*, std::vector<std::string>>>& lists) const {
  h.raw("<details class=\"amend\"><summary>").text(label).raw("</summary>");
  begin(h, kind);
  for (const auto& [field, name] : fields) {
    const bool must = std::string_view(field) == "words";
    h.raw("<label>").text(name).raw(" <input name=\"f.").text(field);
    h.raw(std::string("\" maxlength=\"1000\" autocomplete=\"off\"") + (must ? " required" : "") +
          "></label> ");
  }
  for (const auto& [field, values] : lists) {
    h.raw("<label>").text(field).raw(" <select name=\"f.").text(field).raw("\">");
    for (const std::string& value : values) h.element("option", value);
    h.raw("</select></label> ");
  }
  reason_field(h);
  button(h, "add", "Add");
  h.raw(
      "</form><p class=\"about\">Words as the article has them. Who is not in its record yet: "
      "NAME/KIND/COUNTRY, as Tora Berg/person/NOR.</p></details>");
}

std::string corrections_list(const std::vector<StandingCorrection>& corrections, bool writes) {
  Html h;
  if (corrections.empty()) return "<p class=\"none\">Nobody has put anything right here.</p>\n";
  h.raw("<ol class=\"corrections\" reversed>\n");
  for (auto s = corrections.rbegin(); s != corrections.rend(); ++s) {
    const Correction& c = s->entry;
    h.raw(fmt::format("<li value=\"{}\" id=\"c{}\">", c.number, c.number));
    h.element("b", c.act).raw(" ").text(c.kind).raw(" ");
    if (s->article_number)
      h.link(fmt::format("/articles/{}", s->article_number) + (c.item.empty() ? "" : "#" + c.item),
             c.item.empty() ? s->article_id : c.item + " of " + s->article_id);
    if (const std::string words = corrected_words(c); !words.empty())
      h.raw(" <q>").text(words).raw("</q>");
    if (const std::string change = correction_change(c); !change.empty())
      h.raw(" <span class=\"change\">").text(change).raw("</span>");
    h.raw("<p class=\"about\">")
        .text(c.author + ", " + moment_words(c.at) + ": " + c.reason)
        .raw(" ");
    h.raw("<span class=\"state\">").text(s->state + (s->why.empty() ? "" : ": " + s->why));
    h.raw("</span></p>");
    if (writes && s->state != "undone") {
      h.raw(
          "<details class=\"amend\"><summary>undo</summary><form method=\"post\" "
          "action=\"/corrections\">" +
          fmt::format("<input type=\"hidden\" name=\"undoes\" value=\"{}\">", c.number));
      reason_field(h);
      button(h, "undo", "Undo");
      h.raw("</form></details>");
    }
    h.raw("</li>\n");
  }
  h.raw("</ol>\n");
  return h.take();
}

std::string merge_form() {
  Html h;
  h.raw(
      "<details class=\"amend\"><summary>Two actors are one</summary><form method=\"post\" "
      "action=\"/corrections\"><label>Who <input name=\"from\" required maxlength=\"300\"></label> "
      "<label>is <input name=\"into\" required maxlength=\"300\"></label> ");
  reason_field(h);
  button(h, "merge", "Merge");
  h.raw("</form></details>\n");
  return h.take();
}

std::string sign_in_form(const std::string& next, const std::string& problem) {
  Html h;
  h.element("h1", "Sign in");
  if (!problem.empty()) h.raw("<p role=\"alert\">").text(problem).raw("</p>");
  h.raw(
       "<p>Who has a key of this server may put right what it says.</p><form class=\"sign-in\" "
       "method=\"post\" action=\"/sign-in\"><input type=\"hidden\" name=\"next\" value=\"")
      .text(next)
      .raw(
          "\"><label>Name <input name=\"name\" maxlength=\"100\" "
          "autocomplete=\"username\"></label> "
          "<label>Key <input name=\"key\" type=\"password\" required maxlength=\"300\" "
          "autocomplete=\"current-password\"></label> <button>Sign in</button></form>\n");
  return h.take();
}

}  // namespace chancery
