#include "serve/alerting.h"

#include <simdjson.h>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "serve/api.h"
#include "serve/correcting.h"
#include "serve/html.h"
#include "serve/json_fields.h"
#include "serve/responses.h"

namespace chancery {
namespace {

// "topic port, by Varga"
std::string in_words(const Asked& filters) {
  std::string out;
  for (const auto& [name, values] : filters)
    for (const std::string& value : values) out += (out.empty() ? "" : ", ") + name + " " + value;
  return out;
}

bool yes_of(simdjson::dom::element e, const char* key) {
  simdjson::dom::element value;
  bool out = false;
  if (e[key].get(value) != simdjson::SUCCESS || value.is_null()) return false;
  if (value.get(out) != simdjson::SUCCESS)
    throw UsageError(std::string(key) + ": true or false is wanted");
  return out;
}

// {"topic": "port", "between": ["NOR", "ISL"]}
Asked filters_in(simdjson::dom::element e) {
  Asked out;
  simdjson::dom::element value;
  if (e["filters"].get(value) != simdjson::SUCCESS || value.is_null()) return out;
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) throw UsageError("filters: an object is wanted");
  for (auto field : object) out[std::string(field.key)] = texts_of(field.value, "filters");
  return out;
}

void text_field(Html& h, const char* name, const char* label, const char* hint, bool must) {
  h.raw("<label>").text(label).raw(std::string(" <input name=\"") + name + "\" placeholder=\"");
  h.text(hint).raw(std::string("\" maxlength=\"300\" autocomplete=\"off\"") +
                   (must ? " required" : "") + "></label> ");
}

}  // namespace

std::string address_of(const SavedQuestion& s) {
  std::string query;
  for (const auto& [name, values] : s.filters)
    for (const std::string& value : values)
      query += (query.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
  return "/api/v1/" + s.question + query;
}

std::optional<Response> Alerting::answer() {
  const bool post = q_.method == "POST";
  if (q_.path == "/alerts") return post ? from_form() : list_page();
  if (q_.path == "/api/v1/alerts") return post ? from_program() : list_for_programs();
  return std::nullopt;
}

std::string Alerting::form() const {
  Html h;
  h.raw("<form class=\"save-alert\" method=\"post\" action=\"/alerts\">");
  text_field(h, "name", "Name", "port", true);
  h.raw("<label>Question <select name=\"question\">");
  for (const QuestionKind& kind : questions())
    if (can_be_saved(kind.name)) h.element("option", kind.name);
  h.raw("</select></label> ");
  text_field(h, "filters", "Filters, apart by “;”", "topic=port; by=Varga", false);
  h.raw(
       "<label><input type=\"checkbox\" name=\"all\" value=\"yes\"> Tell what the ledger has "
       "already, "
       "too</label> <button name=\"act\" value=\"save\">Save</button></form>\n<p "
       "class=\"about\">Which "
       "filters a question takes: ")
      .link("/api", "the API")
      .raw(".</p>\n");
  return h.take();
}

Response Alerting::list_page() {
  question_of(q_, "", s_.known(), "");
  const auto writer = s_.writers_.signed_in(q_);
  Service::Lease l(s_);
  const std::vector<SavedQuestion> all = SavedQuestions(l->database()).all();
  Html h;
  h.raw(
      "<h1>Alerts</h1>\n<p>Every list of this ledger is a feed: the link “Feed of what is new” "
      "stands below it. Questions that were saved are asked again by a program that says only what "
      "is new since the last time.</p>\n");
  if (all.empty()) h.raw("<p class=\"none\">No question is saved in this ledger.</p>\n");
  else h.raw("<ul class=\"lines\">\n");
  for (const SavedQuestion& s : all) {
    const std::string address = address_of(s), filters = in_words(s.filters);
    const std::string more = address + (s.filters.empty() ? "?" : "&");
    h.raw("<li><span class=\"says\">").text(s.name).raw("</span> <span class=\"about\">");
    h.text(s.question + (filters.empty() ? "" : ": " + filters) + " · ");
    h.link(more + "format=atom", "Feed").raw(" ").link(more + "format=csv", "CSV").raw("</span>");
    if (writer)
      h.raw(
           " <form class=\"drop-alert\" method=\"post\" action=\"/alerts\"><input type=\"hidden\" "
           "name=\"name\" value=\"")
          .text(s.name)
          .raw("\"><button name=\"act\" value=\"drop\">Forget<span class=\"unseen\"> ")
          .text(s.name)
          .raw("</span></button></form>");
    h.raw("</li>\n");
  }
  if (!all.empty()) h.raw("</ul>\n");
  h.raw("<h2>To save a question</h2>\n");
  if (writer) h.raw(form());
  else if (s_.writers_.any())
    h.raw("<p>").link("/sign-in?next=/alerts", "Sign in").raw(" to save one here.</p>\n");
  h.raw(
      "<p>On the command line:</p>\n<pre tabindex=\"0\">chancery alert save --ledger my.ledger "
      "port "
      "positions topic=port\nchancery alert --ledger my.ledger --once</pre>\n<p>The second line "
      "prints what is new, or with <code>--webhook https://…</code> sends it there; it is made for "
      "cron.</p>\n");
  return private_page(page("Alerts", "/alerts", h.take()));
}

Response Alerting::list_for_programs() {
  question_of(q_, "", s_.known(), "");
  Service::Lease l(s_);
  JsonWriter w;
  w.object().key("items").array();
  for (const SavedQuestion& s : SavedQuestions(l->database()).all()) {
    w.object().text("name", s.name).text("question", s.question).key("filters").object();
    for (const auto& [name, values] : s.filters) {
      w.key(name).array();
      for (const std::string& value : values) w.value(value);
      w.end_array();
    }
    w.end_object();
    w.text("address", address_of(s));
    w.text("feed", address_of(s) + (s.filters.empty() ? "?" : "&") + "format=atom").end_object();
  }
  w.end_array().end_object();
  return json_answer(w.take() + "\n");
}

Response Alerting::from_form() {
  if (!s_.writers_.signed_in(q_)) {
    const bool any = s_.writers_.any();
    const std::string title = any ? "Sign in first" : "This server only reads";
    Html h;
    h.element("h1", title);
    if (any) h.raw("<p>").link("/sign-in?next=/alerts", "Sign in").raw(" to save a question.</p>");
    return private_page(page(title, "", h.take()), any ? 401 : 403);
  }
  std::map<std::string, std::string> fields = form_fields(q_.body);
  SavedQuestion s{fields["name"], fields["question"], {}, 0};
  for (std::string_view part : split(fields["filters"], ';')) {
    if (trim(part).empty()) continue;
    const size_t equal = part.find('=');
    if (equal == std::string_view::npos)
      throw UsageError("'" + std::string(trim(part)).substr(0, 80) +
                       "' is no filter; one looks like topic=port");
    s.filters[std::string(trim(part.substr(0, equal)))].emplace_back(trim(part.substr(equal + 1)));
  }
  keep(fields["act"], s, fields["all"] == "yes");
  Response r = private_page("", 303);
  r.headers.push_back({"Location", "/alerts"});
  return r;
}

Response Alerting::from_program() {
  if (!s_.writers_.any())
    return problem(403, "this server only reads", "start it with --write to save questions");
  if (!s_.writers_.of_authorization(q_.authorization)) {
    Response r = problem(401, "a key is needed");
    r.headers.push_back({"WWW-Authenticate", "Bearer"});
    return r;
  }
  simdjson::dom::parser parser;
  simdjson::dom::element e;
  if (auto error = parser.parse(simdjson::padded_string(q_.body)).get(e))
    throw UsageError(std::string("not JSON: ") + simdjson::error_message(error));
  if (!e.is_object()) throw UsageError("an object with name, question, filters is wanted");
  const std::string act = text_field_of(e, "act");
  keep(act.empty() ? "save" : act,
       {text_field_of(e, "name"), text_field_of(e, "question"), filters_in(e), 0},
       yes_of(e, "all"));
  return list_for_programs();
}

void Alerting::keep(const std::string& act, const SavedQuestion& question, bool all) {
  one_of("act", act, {"save", "drop"});
  SavedQuestion s = question;
  if (act == "save") check_saved(s, s_.known());
  std::lock_guard lock(s_.write_mutex_);
  Ledger writer(s_.options_.ledger, Ledger::write);
  SavedQuestions saved(writer.database());
  if (act == "drop") {
    if (!saved.remove(s.name))
      throw UsageError("name: no question '" + s.name.substr(0, 80) + "' is saved");
    return;
  }
  if (!all) s.told = newest_article(writer.database());
  saved.put(s);
}

}  // namespace chancery
