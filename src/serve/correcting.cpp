#include "serve/correcting.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/answer.h"
#include "ledger/correction_answer.h"
#include "serve/api.h"
#include "serve/correction_forms.h"
#include "serve/html.h"
#include "serve/json_fields.h"
#include "serve/responses.h"

namespace chancery {
namespace {

constexpr size_t kShown = 200;  // corrections on a page

Response go_to(const std::string& address) {
  Response r = private_page("", 303);
  r.headers.push_back({"Location", address});
  return r;
}

// An address of this server, and nothing else.
std::string own_address(const std::string& next) {
  const bool own = next.starts_with("/") && !next.starts_with("//") &&
                   next.find_first_of("\\\r\n") == std::string::npos && next.size() < 300;
  return own ? next : "/";
}

std::string cookie(const std::string& number, int seconds) {
  return fmt::format("chancery={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", number, seconds);
}

// "/articles/17/amend"
int64_t article_of(std::string_view path) {
  constexpr std::string_view kBefore = "/articles/", kBehind = "/amend";
  if (!path.starts_with(kBefore) || !path.ends_with(kBehind)) return 0;
  path = path.substr(kBefore.size(), path.size() - kBefore.size() - kBehind.size());
  if (path.empty() || path.size() > 15 ||
      path.find_first_not_of("0123456789") != std::string_view::npos)
    return 0;
  return std::stoll(std::string(path));
}

// Fields of which a form takes several, apart by ";"; words may hold one.
bool holds_several(const std::string& field) {
  const auto all = {"via", "to", "source", "target", "toward", "stages"};
  return std::find(all.begin(), all.end(), field) != all.end();
}

std::string one(const Request& q, const std::string& name) {
  const std::map<std::string, std::string> fields = form_fields(q.body);
  auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

// The fields of what is added: "f.speaker".
Fields added_fields(const std::map<std::string, std::string>& form) {
  Fields out;
  for (const auto& [name, value] : form) {
    if (!name.starts_with("f.") || trim(value).empty()) continue;
    const std::string field = name.substr(2);
    std::vector<std::string>& values = out[field];
    if (!holds_several(field)) values = {std::string(trim(value))};
    else
      for (std::string_view part : split(value, ';'))
        if (!trim(part).empty()) values.emplace_back(trim(part));
  }
  return out;
}

// What a program sends, one wish or a list of them.
class Wishes {
 public:
  std::vector<Amendment> read(const std::string& body) {
    simdjson::dom::element root;
    if (auto error = parser_.parse(simdjson::padded_string(body)).get(root))
      throw UsageError(std::string("not JSON: ") + simdjson::error_message(error));
    simdjson::dom::array list;
    std::vector<Amendment> out;
    if (root.get(list) != simdjson::SUCCESS) return {wish(root)};
    for (simdjson::dom::element e : list) out.push_back(wish(e));
    if (out.empty() || out.size() > 1000) throw UsageError("between 1 and 1000 corrections");
    return out;
  }

 private:
  static int64_t number(simdjson::dom::element e, const char* key) {
    simdjson::dom::element value;
    int64_t out = 0;
    if (e[key].get(value) != simdjson::SUCCESS || value.is_null()) return 0;
    if (value.get(out) != simdjson::SUCCESS)
      throw UsageError(std::string(key) + ": a number is wanted");
    return out;
  }
  static ActorName actor(simdjson::dom::element e, const char* key) {
    simdjson::dom::element value;
    std::string_view name;
    if (e[key].get(value) != simdjson::SUCCESS || value.is_null()) return {};
    if (value.get(name) == simdjson::SUCCESS) return {std::string(name), "", ""};
    return {text_field_of(value, "name"), text_field_of(value, "kind"),
            text_field_of(value, "country")};
  }
  static Fields fields(simdjson::dom::element e) {
    Fields out;
    simdjson::dom::object object;
    if (e["value"].get(object) != simdjson::SUCCESS) return out;
    for (auto field : object) {
      std::vector<std::string>& values = out[std::string(field.key)];
      if (!field.value.is_null()) values = texts_of(field.value, "value");
    }
    return out;
  }
  static Amendment wish(simdjson::dom::element e) {
    if (!e.is_object()) throw UsageError("an object with act, article, item, reason is wanted");
    Amendment a;
    a.act = text_field_of(e, "act");
    a.article = number(e, "article");
    a.item = text_field_of(e, "item");
    a.value = fields(e);
    a.from = actor(e, "from");
    a.into = actor(e, "into");
    a.undoes = number(e, "undoes");
    a.author = text_field_of(e, "author");
    a.reason = text_field_of(e, "reason");
    return a;
  }

  simdjson::dom::parser parser_;
};

}  // namespace

std::map<std::string, std::string> form_fields(const std::string& body) {
  auto decoded = [](std::string_view value) {
    auto digit = [](char c) { return isxdigit(static_cast<unsigned char>(c)) != 0; };
    std::string out;
    for (size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '+') out += ' ';
      else if (value[i] == '%' && i + 2 < value.size() && digit(value[i + 1]) &&
               digit(value[i + 2])) {
        out += static_cast<char>(std::stoi(std::string(value.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else out += value[i];
    }
    return clean_utf8(out);
  };
  std::map<std::string, std::string> out;
  for (std::string_view pair : split(body, '&')) {
    const size_t equal = pair.find('=');
    if (equal != std::string_view::npos)
      out.emplace(decoded(pair.substr(0, equal)), decoded(pair.substr(equal + 1)));
  }
  return out;
}

std::optional<Response> Correcting::answer() {
  const std::string& p = q_.path;
  const bool post = q_.method == "POST";
  if (p == "/api/v1/corrections") return post ? from_program() : list_for_programs();
  if (p == "/corrections") return post ? from_form(0) : list_page();
  if (p == "/corrections.atom" && !post) return feed();
  if (p == "/sign-in") return sign_in();
  if (p == "/sign-out" && post) return sign_out();
  if (const int64_t article = article_of(p); article && post) return from_form(article);
  return std::nullopt;
}

std::vector<StandingCorrection> Correcting::asked(Ledger& ledger) const {
  const Question q = question_of(q_, "article", s_.known(), "state format");
  const std::string state = q_.get("state");
  if (!state.empty())
    one_of("state", state, {kCorrectionStates.values().begin(), kCorrectionStates.values().end()});
  std::vector<StandingCorrection> out;
  for (StandingCorrection& c : ledger.corrections(q.article))
    if (state.empty() || c.state == state) out.push_back(std::move(c));
  return out;
}

Response Correcting::list_page() {
  Service::Lease l(s_);
  std::vector<StandingCorrection> list = asked(*l);
  const auto writer = s_.writers_.signed_in(q_);
  const size_t all = list.size();
  if (all > kShown) list.erase(list.begin(), list.end() - kShown);
  Html h;
  h.raw("<h1>Corrections</h1>\n<p class=\"about\">What people put right, newest first. ")
      .link("/corrections.atom", "Feed")
      .raw(" ")
      .link("/api/v1/corrections", "JSON")
      .raw(" ")
      .link("/corrections?state=does+not+fit", "Those that do not fit")
      .raw("</p>\n");
  if (writer) {
    h.raw(merge_form());
    h.raw("<form method=\"post\" action=\"/sign-out\" class=\"sign-out\"><span>Signed in as ")
        .text(*writer)
        .raw("</span> <button>Sign out</button></form>\n");
  } else if (s_.writers_.any()) {
    h.raw("<p>").link("/sign-in?next=/corrections", "Sign in").raw(" to put more right.</p>\n");
  }
  h.raw(corrections_list(list, writer.has_value()));
  if (all > kShown)
    h.raw("<p class=\"about\">")
        .text(fmt::format("The newest {} of {}; all of them as ", kShown, all))
        .link("/api/v1/corrections?format=csv", "a table")
        .raw(".</p>\n");
  return private_page(page("Corrections", "", h.take()));
}

Response Correcting::feed() {
  question_of(q_, "", s_.known(), "");
  Service::Lease l(s_);
  std::vector<StandingCorrection> list = l->corrections();
  std::reverse(list.begin(), list.end());
  if (list.size() > kShown) list.resize(kShown);
  Html h;
  h.raw(
       "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
       "xmlns=\"http://www.w3.org/2005/Atom\"><title>Corrections</"
       "title><id>urn:chancery:corrections"
       "</id><updated>")
      .text(list.empty() ? "1970-01-01T00:00:00Z" : list[0].entry.at)
      .raw("</updated><link rel=\"self\" href=\"/corrections.atom\"/>\n");
  for (const StandingCorrection& s : list) {
    const Correction& c = s.entry;
    h.raw(fmt::format("<entry><id>urn:chancery:correction:{}</id><title>", c.number))
        .text(c.act + " " + c.kind + (s.article_id.empty() ? "" : " of " + s.article_id))
        .raw("</title><updated>")
        .text(c.at)
        .raw("</updated><author><name>")
        .text(c.author)
        .raw(fmt::format("</name></author><link href=\"/corrections#c{}\"/><summary>", c.number));
    std::vector<std::string> about;
    for (const std::string& part : {corrected_words(c), correction_change(c), c.reason})
      if (!part.empty()) about.push_back(part);
    h.text(join(about, " · ")).raw("</summary></entry>\n");
  }
  h.raw("</feed>\n");
  Response r;
  r.type = "application/atom+xml; charset=utf-8";
  r.body = h.take();
  return r;
}

Response Correcting::list_for_programs() {
  const std::string format = format_of(q_, kFormats);
  Service::Lease l(s_);
  const Answer a = corrections_answer(asked(*l));
  if (format != "csv") return json_answer(answer_json(a));
  Response r;
  r.type = "text/csv; charset=utf-8";
  r.body = answer_csv(a);
  r.headers = {{"Content-Disposition", "attachment; filename=\"corrections.csv\""}};
  return r;
}

Response Correcting::sign_in() {
  if (q_.method != "POST") {
    const std::string next = own_address(q_.get("next"));
    question_of(q_, "", s_.known(), "next");
    if (!s_.writers_.any())
      return private_page(
          page("Sign in", "",
               "<h1>Sign in</h1><p>This server only reads. Started with --write, it takes "
               "corrections.</p>"),
          403);
    return private_page(page("Sign in", "", sign_in_form(next, "")));
  }
  const std::string next = own_address(one(q_, "next"));
  const auto whose = s_.writers_.of_key(one(q_, "key"));
  const std::string name = whose && !whose->empty() ? *whose : squeeze(one(q_, "name"));
  if (!whose || name.empty())
    return private_page(page("Sign in", "",
                             sign_in_form(next, whose ? "Who are you? The key is everybody's here."
                                                      : "This key is nobody's.")),
                        401);
  Response r = go_to(next);
  r.headers.push_back(
      {"Set-Cookie", cookie(s_.writers_.open_session(name.substr(0, 100)), 12 * 3600)});
  return r;
}

Response Correcting::sign_out() {
  s_.writers_.close_session(Writers::session_of(q_));
  Response r = go_to("/corrections");
  r.headers.push_back({"Set-Cookie", cookie("", 0)});
  return r;
}

Response Correcting::signed_out() const {
  const std::string title = s_.writers_.any() ? "Sign in first" : "This server only reads";
  return private_page(
      page(title, "",
           "<h1>" + title + "</h1>" +
               (s_.writers_.any() ? "<p><a href=\"/sign-in\">Sign in</a> with a key of this "
                                    "server to put right what it says.</p>"
                                  : "")),
      s_.writers_.any() ? 401 : 403);
}

Response Correcting::from_form(int64_t article) {
  const auto writer = s_.writers_.signed_in(q_);
  if (!writer) return signed_out();
  Amendment a;
  a.act = one(q_, "act");
  a.article = article;
  a.item = one(q_, "item");
  a.from.name = one(q_, "from");
  a.into.name = one(q_, "into");
  a.reason = one(q_, "why");
  a.author = *writer;
  const std::string number = one(q_, "undoes"), value = one(q_, "value");
  if (!number.empty() && number.size() < 16 &&
      number.find_first_not_of("0123456789") == std::string::npos)
    a.undoes = std::stoll(number);
  if (a.act == "edit") {
    std::vector<std::string>& values = a.value[one(q_, "field")];
    if (holds_several(one(q_, "field"))) {
      for (std::string_view part : split(value, ';'))
        if (!trim(part).empty()) values.emplace_back(trim(part));
    } else if (!trim(value).empty()) {
      values.emplace_back(trim(value));
    }
  }
  if (a.act == "add" || a.act == "split") a.value = added_fields(form_fields(q_.body));
  keep({a});
  if (a.act == "add") return go_to(fmt::format("/articles/{}", article) + place_of_added(a));
  if (!article || a.act == "delete") return go_to("/corrections");
  return go_to(fmt::format("/articles/{}", article) +
               (a.item.empty() || a.act == "reject" ? "" : "#" + url_encoded(a.item)));
}

Response Correcting::from_program() {
  if (!s_.writers_.any())
    return problem(403, "this server only reads", "start it with --write to take corrections");
  const auto writer = s_.writers_.of_authorization(q_.authorization);
  if (!writer) {
    Response r = problem(401, "a key is needed");
    r.headers.push_back({"WWW-Authenticate", "Bearer"});
    return r;
  }
  std::vector<Amendment> wanted = Wishes().read(q_.body);
  for (Amendment& a : wanted) {
    // A key of somebody's own speaks for nobody else.
    if (!writer->empty() && !a.author.empty() && a.author != *writer)
      throw UsageError("author: this key is not '" + a.author.substr(0, 80) + "'s");
    if (!writer->empty()) a.author = *writer;
  }
  JsonWriter w;
  w.object().key("numbers").array();
  for (int64_t number : keep(wanted)) w.value(static_cast<size_t>(number));
  w.end_array().end_object();
  return json_answer(w.take() + "\n");
}

// Where an article's page has what was just added to it: the last item of its kind.
std::string Correcting::place_of_added(const Amendment& a) const {
  Service::Lease l(s_);
  const auto record = l->record(a.article);
  if (!record) return "";
  const size_t n = count_of(*record, a.item);
  return n ? "#" + url_encoded(id_of(*record, {a.item, static_cast<int>(n) - 1})) : "";
}

std::vector<int64_t> Correcting::keep(const std::vector<Amendment>& wanted) {
  std::lock_guard lock(s_.write_mutex_);
  Ledger writer(s_.options_.ledger, Ledger::write);
  writer.codes(s_.codes_);
  return writer.amend(wanted);
}

std::string Correcting::below_article(Ledger& ledger, int64_t number) const {
  const auto writer = s_.writers_.signed_in(q_);
  const std::vector<StandingCorrection> list = ledger.corrections(number);
  Html h;
  if (!list.empty())
    h.raw("<section class=\"put-right\"><h2>Put right here</h2>\n")
        .raw(corrections_list(list, writer.has_value()))
        .raw("<p class=\"about\">")
        .link("/corrections", "All corrections")
        .raw("</p></section>\n");
  if (writer) {
    ArticleForms(number).of_article(h, s_.codes_->types());
  } else if (s_.writers_.any()) {
    h.raw("<p class=\"about\">Something wrong here? ")
        .link("/sign-in?next=/articles/" + std::to_string(number), "Sign in")
        .raw(" to put it right.</p>\n");
  }
  return h.take();
}

}  // namespace chancery
