#include "article/json_ld.h"

#include <simdjson.h>

#include <algorithm>

#include "article/byline.h"
#include "article/header_date.h"
#include "article/json_repair.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

void set_if_empty(std::string& field, std::string_view value) {
  if (field.empty() && !trim(value).empty()) field = squeeze(unescape_html(std::string(value)));
}

void set_date(std::string& field, std::string_view value) {
  if (!field.empty()) return;
  if (auto date = header_date(value)) field = *date;
}

// Names in a person, a list of persons, or a name within a name.
void names_in(simdjson::dom::element value, std::vector<std::string>& out, int depth = 0) {
  if (depth > 3 || out.size() > 20) return;
  std::string_view name;
  simdjson::dom::array array;
  simdjson::dom::element inner;
  if (value.get(name) == simdjson::SUCCESS) out.emplace_back(unescape_html(std::string(name)));
  else if (value.get(array) == simdjson::SUCCESS)
    for (simdjson::dom::element e : array) names_in(e, out, depth + 1);
  else if (value["name"].get(inner) == simdjson::SUCCESS) names_in(inner, out, depth + 1);
}

std::string first_name(simdjson::dom::element value) {
  std::vector<std::string> names;
  names_in(value, names);
  return names.empty() ? "" : names[0];
}

// An address as a string, in a list, or as the "url" of an image.
std::string address_in(simdjson::dom::element value, int depth = 0) {
  std::string_view text;
  simdjson::dom::array array;
  simdjson::dom::element inner;
  if (depth > 3) return "";
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.get(array) == simdjson::SUCCESS && array.begin() != array.end())
    return address_in(*array.begin(), depth + 1);
  if (value["url"].get(inner) == simdjson::SUCCESS) return address_in(inner, depth + 1);
  return "";
}

void read_authors(simdjson::dom::element value, PageHeader& h) {
  std::vector<std::string> names;
  names_in(value, names);
  for (const std::string& n : names) {
    for (std::string& person : byline_names(n))
      if (std::find(h.byline.begin(), h.byline.end(), person) == h.byline.end())
        h.byline.push_back(std::move(person));
    std::string whole = squeeze(n);
    if (h.declared_author.empty() && whole.size() > 2 && whole.size() < 60 &&
        !names_any(whole, {"http", "www.", "@"}) &&
        whole.find_first_not_of("0123456789 ") != std::string::npos)
      h.declared_author = whole;
  }
}

void read_article(simdjson::dom::element node, PageHeader& h) {
  std::string_view text;
  simdjson::dom::element part;
  simdjson::dom::array array;
  if (node["headline"].get(text) == simdjson::SUCCESS) set_if_empty(h.declared_title, text);
  if (h.declared_title.empty() && node["name"].get(text) == simdjson::SUCCESS)
    set_if_empty(h.declared_title, text);
  if (node["datePublished"].get(text) == simdjson::SUCCESS) set_date(h.published, text);
  if (node["dateModified"].get(text) == simdjson::SUCCESS) set_date(h.updated, text);
  if (node["description"].get(text) == simdjson::SUCCESS) set_if_empty(h.description, text);
  if (node["articleBody"].get(text) == simdjson::SUCCESS && text.size() > h.declared_text.size())
    h.declared_text = std::string(text);
  if (h.byline.empty() && node["author"].get(part) == simdjson::SUCCESS) read_authors(part, h);
  if (h.byline.empty() && node["creator"].get(part) == simdjson::SUCCESS) read_authors(part, h);
  if (node["isAccessibleForFree"].get(part) == simdjson::SUCCESS)
    h.paid |= lower(simdjson::minify(part)).find("false") != std::string::npos;
  if (h.publisher.empty() && node["publisher"].get(part) == simdjson::SUCCESS)
    set_if_empty(h.publisher, first_name(part));
  if (h.section.empty() && node["articleSection"].get(part) == simdjson::SUCCESS)
    set_if_empty(h.section, first_name(part));
  if (h.picture.empty() && node["image"].get(part) == simdjson::SUCCESS)
    set_if_empty(h.picture, address_in(part));
  if (h.tags.empty() && node["keywords"].get(part) == simdjson::SUCCESS) {
    std::vector<std::string> words;
    names_in(part, words);
    for (const std::string& list : words)
      for (std::string_view word : split(list, ','))
        if (std::string w = squeeze(word); !w.empty() && h.tags.size() < 30)
          h.tags.push_back(std::move(w));
  }
}

void visit(simdjson::dom::element node, PageHeader& h, int depth) {
  simdjson::dom::array array;
  if (depth > 4) return;
  if (node.get(array) == simdjson::SUCCESS) {
    for (simdjson::dom::element e : array) visit(e, h, depth + 1);
    return;
  }
  simdjson::dom::element part, type;
  if (node["@graph"].get(part) == simdjson::SUCCESS) visit(part, h, depth + 1);
  if (node["mainEntity"].get(part) == simdjson::SUCCESS) visit(part, h, depth + 1);
  if (node["@type"].get(type) != simdjson::SUCCESS) return;
  std::string kinds = simdjson::minify(type);
  for (std::string_view kind : {"Article", "BlogPosting", "Report", "Liveblog", "LiveBlog"})
    if (kinds.find(kind) != std::string::npos) {
      read_article(node, h);
      return;
    }
}

}  // namespace

void read_json_ld(std::string_view json, PageHeader& header) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element element;
  if (parser.parse(simdjson::padded_string(json)).get(element) != simdjson::SUCCESS &&
      parser.parse(simdjson::padded_string(repair_json(json))).get(element) != simdjson::SUCCESS)
    return;
  visit(element, header, 0);
}

}  // namespace chancery
