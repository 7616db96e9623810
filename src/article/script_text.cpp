#include "article/script_text.h"

#include <simdjson.h>

#include <algorithm>
#include <initializer_list>

#include "base/strings.h"

namespace chancery {
namespace {

using simdjson::dom::element;

constexpr int kDeepest = 64;           // of a script's data, and of a paragraph
constexpr size_t kFewest = 3;          // paragraphs that make a document
constexpr size_t kLargest = 8u << 20;  // bytes of a script

// What a node calls itself. Editors differ in the field's name.
std::string_view type_of(element node) {
  std::string_view type;
  for (const char* field : {"type", "nodeType"})
    if (node[field].get(type) == simdjson::SUCCESS) return type;
  return "";
}

bool one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}
bool is_paragraph(std::string_view type) {
  return one_of(type, {"paragraph", "heading", "heading-1", "heading-2", "heading-3", "heading-4"});
}
// What paragraphs lie in.
bool is_frame(std::string_view type) {
  return one_of(type, {"list", "list-item", "listItem", "bulletList", "orderedList",
                       "unordered-list", "ordered-list", "blockquote", "quote"});
}

bool children_of(element node, simdjson::dom::array& children) {
  for (const char* field : {"content", "children"})
    if (node[field].get(children) == simdjson::SUCCESS) return true;
  return false;
}

void add_text(element node, std::string& out, int depth) {
  if (depth > kDeepest) return;
  std::string_view text;
  for (const char* field : {"value", "text"})
    if (node[field].get(text) == simdjson::SUCCESS) {
      out += text;
      return;
    }
  simdjson::dom::array children;
  if (children_of(node, children))
    for (element child : children) add_text(child, out, depth + 1);
}

void add_paragraphs(element node, std::vector<std::string>& out, int depth) {
  if (depth > kDeepest) return;
  std::string_view type = type_of(node);
  if (is_paragraph(type)) {
    std::string text;
    add_text(node, text, 0);
    if (text = squeeze(text); !text.empty()) out.push_back(std::move(text));
    return;
  }
  simdjson::dom::array children;
  if (is_frame(type) && children_of(node, children))
    for (element child : children) add_paragraphs(child, out, depth + 1);
}

size_t bytes(const std::vector<std::string>& texts) {
  size_t sum = 0;
  for (const std::string& t : texts) sum += t.size();
  return sum;
}

// Looks through the data for lists of nodes; a list is a document when paragraphs stand in it.
void visit(element node, std::vector<std::string>& best, int depth) {
  if (depth > kDeepest) return;
  simdjson::dom::object object;
  if (node.get(object) == simdjson::SUCCESS) {
    for (auto field : object) visit(field.value, best, depth + 1);
    return;
  }
  simdjson::dom::array array;
  if (node.get(array) != simdjson::SUCCESS) return;
  std::vector<std::string> found;
  for (element child : array)
    if (child.is_object()) add_paragraphs(child, found, depth + 1);
  if (found.size() >= kFewest) {
    if (bytes(found) > bytes(best)) best = std::move(found);
    return;
  }
  for (element child : array) visit(child, best, depth + 1);
}

}  // namespace

bool may_hold_document(std::string_view tag, std::string_view content) {
  return content.size() <= kLargest && tag.find("json") != std::string_view::npos &&
         content.find("\"paragraph\"") != std::string_view::npos;
}

std::vector<std::string> paragraphs_in_script(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  element root;
  std::vector<std::string> best;
  if (parser.parse(simdjson::padded_string(json)).get(root) == simdjson::SUCCESS)
    visit(root, best, 0);
  return best;
}

}  // namespace chancery
