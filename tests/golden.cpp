#include "golden.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "article/load.h"
#include "base/digest.h"
#include "base/strings.h"
#include "places.h"
#include "record/json.h"
#include "support.h"

namespace chancery::test {
namespace {

using Element = simdjson::dom::element;

// A record's JSON, said in lines.
class Lines {
 public:
  explicit Lines(Element record) {
    text_ = std::string(record["article"]["text"].get_string().value());
    for (size_t i = 0; i <= text_.size(); ++i)
      if (i == text_.size() || (text_[i] & 0xC0) != 0x80) points_.push_back(i);
    for (Element e : record["entities"]) names_[word(e["id"])] = word(e["name"]);
    for (Element s : record["statements"]) {
      Element content = s["content"].get_array().size() ? s["content"] : s["cue"];
      names_[word(s["id"])] = "@" + std::to_string(content.at(0).at(0).get_uint64().value());
    }
    const std::pair<const char*, const char*> layers[] = {
        {"entities", "who"}, {"times", "time"},         {"statements", "said"},
        {"events", "act"},   {"positions", "position"}, {"novelty", "new"}};
    for (const auto& [layer, name] : layers)
      for (Element item : record[layer]) all_ += std::string(name) + " " + fields(item) + "\n";
  }
  std::string all() { return std::move(all_); }

 private:
  static std::string word(Element e) { return std::string(e.get_string().value()); }
  static bool is_span(Element e) {
    return e.is_array() && e.get_array().size() == 2 && e.at(0).is_uint64() && e.at(1).is_uint64();
  }

  std::string said(Element e) const {
    if (is_span(e)) return span(e.at(0).get_uint64(), e.at(1).get_uint64());
    if (e.is_array()) {
      std::vector<std::string> parts;
      for (Element one : e) parts.push_back(said(one));
      return "[" + join(parts, ", ") + "]";
    }
    if (e.is_object()) return "(" + fields(e) + ")";
    if (e.is_string()) {
      const auto name = names_.find(word(e));
      return name == names_.end() ? word(e) : name->second;
    }
    return simdjson::minify(e);
  }

  std::string span(size_t begin, size_t end) const {
    constexpr size_t kShown = 24, kEnds = 9;
    if (end >= points_.size() || begin > end) return "outside of the text";
    auto part = [&](size_t from, size_t to) {
      return text_.substr(points_[from], points_[to] - points_[from]);
    };
    const bool whole = end - begin <= kShown;
    const std::string words =
        whole ? part(begin, end) : part(begin, begin + kEnds) + "…" + part(end - kEnds, end);
    return "'" + replace_all(words, "\n", "/") + "'" + std::to_string(begin) +
           (whole ? "" : "-" + std::to_string(end));
  }

  // The days of a time that is a day, which its value has said.
  static bool of_a_day(Element object, std::string_view key) {
    for (const std::string start : {"when_", ""}) {
      if (key != start + "from" && key != start + "to" && key != start + "precision") continue;
      auto value = object[start.empty() ? "value" : "when"], from = object[start + "from"];
      return !value.error() && !from.error() && word(value.value()) == word(from.value()) &&
             word(from.value()) == word(object[start + "to"]) &&
             word(object[start + "precision"]) == "day";
    }
    return false;
  }

  std::string fields(Element object) const {
    std::vector<std::string> parts;
    for (auto field : object.get_object()) {
      if (field.key == "id") continue;
      if (field.value.is_array() && field.value.get_array().size() == 0) continue;
      if (of_a_day(object, field.key)) continue;
      const bool inside = field.value.is_object();
      parts.push_back(inside ? fields(field.value)
                             : std::string(field.key) + "=" + said(field.value));
    }
    return join(parts, " ");
  }

  std::string text_, all_;
  std::vector<size_t> points_;  // where each code point begins
  std::map<std::string, std::string> names_;
};

// The lines of one text that are not in another.
std::string without(std::string_view a, std::string_view b, const char* sign) {
  std::multiset<std::string_view> other;
  for (std::string_view line : split(b, '\n')) other.insert(line);
  std::string out;
  for (std::string_view line : split(a, '\n'))
    if (const auto same = other.find(line); same != other.end()) other.erase(same);
    else out += sign + std::string(line) + "\n";
  return out;
}

}  // namespace

bool sanitized() {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return true;
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

std::vector<Article> invented_articles(const std::string& path) {
  std::vector<Article> out;
  const std::string file = read_file(path);
  for (std::string_view line : split(file, '\n')) {
    if (line.starts_with("= ")) {
      std::vector<std::string_view> head = split(line.substr(2), '|');
      Article article;
      article.id = std::string(trim(head.at(0)));
      article.published = std::string(trim(head.at(1)));
      if (head.size() > 2) article.title = std::string(trim(head[2]));
      article.language = "en";
      out.push_back(article);
      continue;
    }
    const bool gold = line.size() > 2 && line[1] == ' ' &&
                      std::string_view("ASEPN").find(line[0]) != std::string_view::npos &&
                      line.find(" | ") != std::string_view::npos;
    if (!out.empty() && !gold) out.back().text += std::string(line) + "\n";
  }
  for (Article& article : out) article.text = std::string(trim(article.text));
  return out;
}

std::string other_lines(const std::string& lines, const std::string& than) {
  const std::string other = without(lines, than, "");
  const auto many = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  return std::to_string(many(lines) - many(other)) + " lines the same\n" + other;
}

std::string golden_lines(const Record& record) {
  simdjson::dom::parser parser;
  const simdjson::padded_string json(to_json(record, {true}));
  return Lines(parser.parse(json)).all();
}

GoldenFile::GoldenFile(const std::string& name)
    : path_(source_dir() + "/tests/golden/" + name + ".txt"),
      write_(std::getenv("CHANCERY_WRITE_GOLDEN") != nullptr) {
  if (write_) return;
  const std::string file = read_file(path_);
  std::string* section = nullptr;
  for (std::string_view line : split(file, '\n'))
    if (line.starts_with("= ")) section = &kept_[std::string(line.substr(2))];
    else if (section && !line.empty()) *section += std::string(line) + "\n";
}

GoldenFile::~GoldenFile() {
  if (!write_) return;
  std::filesystem::create_directories(std::filesystem::path(path_).parent_path());
  std::ofstream(path_, std::ios::binary) << all_;
}

bool GoldenFile::brief_section(const std::string& name, const std::string& lines) {
  constexpr size_t kShown = 50;
  std::string brief;
  for (std::string_view line : split(lines, '\n')) {
    if (line.empty()) continue;
    size_t end = std::min(line.size(), kShown);
    while (end < line.size() && (line[end] & 0xC0) == 0x80) ++end;
    brief += std::string(line.substr(0, end));
    if (end < line.size()) brief += "… " + sha256(line).substr(0, 6);
    brief += "\n";
  }
  const bool more = section(name, brief);
  if (!more || wrong_in_ == name) std::printf("%s, all of it:\n%s", name.c_str(), lines.c_str());
  return more;
}

bool GoldenFile::section(const std::string& name, const std::string& lines) {
  constexpr int kMost = 4;
  if (write_) {
    all_ += "= " + name + "\n" + lines;
    return true;
  }
  const auto kept = kept_.find(name);
  if (kept == kept_.end()) ADD_FAILURE() << path_ << " has no " << name;
  else if (kept->second != lines)
    ADD_FAILURE() << path_ << ", " << name << " (- as it was kept, + as it is; script/golden)\n"
                  << without(kept->second, lines, "- ") << without(lines, kept->second, "+ ");
  else return true;
  wrong_in_ = name;
  return ++wrong_ < kMost;
}

}  // namespace chancery::test
