#include "article/load.h"

#include <cld2/public/compact_lang_det.h>
#include <simdjson.h>

#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include "article/charset.h"
#include "article/documents.h"
#include "article/header_date.h"
#include "article/html.h"
#include "article/input.h"
#include "article/page_words.h"
#include "article/plain_text.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

InputKind input_kind(std::string_view name) {
  if (name == "html") return InputKind::html;
  if (name == "text") return InputKind::text;
  if (name == "jsonl") return InputKind::jsonl;
  if (name == "csv") return InputKind::csv;
  if (name == "feed") return InputKind::feed;
  if (name == "warc") return InputKind::warc;
  if (name == "archive") return InputKind::archive;
  if (name == "auto") return InputKind::detect;
  throw Error("unknown input kind '" + std::string(name) +
              "': use auto, html, text, jsonl, csv, feed, warc or archive");
}

InputKind detect_kind(std::string_view bytes, std::string_view path) {
  std::string head = lower(bytes.substr(0, 2048));
  std::string_view start = trim(head);
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  if (start.starts_with("{")) return InputKind::jsonl;
  for (const char* tag : {"<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ",
                          "<article", "<meta", "<title"})
    if (start.find(tag) != std::string_view::npos) return InputKind::html;
  if (path.ends_with(".html") || path.ends_with(".htm") || path.ends_with(".html.gz"))
    return InputKind::html;
  return InputKind::text;
}

std::string load_bytes(const std::string& path, size_t limit) {
  Input input(path);
  return read_all(input, limit);
}

namespace {

// Foreign names lead a guesser of languages astray in a short report; its small words do not.
bool plainly_english(std::string_view text) {
  const WordSet& small = page_words(PageWords::small_words);
  std::string head = lower(text.substr(0, 4000));
  size_t words = 0, found = 0;
  std::set<std::string_view> kinds;
  for (std::string_view w : split_words(head)) {
    ++words;
    if (!small.has(w)) continue;
    ++found;
    kinds.insert(w);
  }
  return words >= 5 && found * 9 >= words && kinds.size() >= 3;
}

}  // namespace

std::string detect_language(std::string_view text) {
  if (plainly_english(text)) return "en";
  bool reliable = false;
  CLD2::Language language = CLD2::DetectLanguage(
      text.data(), static_cast<int>(std::min<size_t>(text.size(), 20000)), true, &reliable);
  return reliable ? CLD2::LanguageCode(language) : "";
}

void settle_language(Article& article) {
  std::string found = detect_language(article.text);
  if (!found.empty()) article.language = found;
  if (article.language.empty()) article.language = "en";
  if (article.language != "en")
    article.notes.push_back("language " + article.language +
                            ": not coded, this engine reads English");
}

namespace {

// Documents that carry text in a form of their own; "" for what may be a text.
std::string_view foreign_form(std::string_view bytes) {
  static constexpr std::pair<std::string_view, std::string_view> forms[] = {
      {"%PDF-", "a PDF document"},
      {"{\\rtf", "an RTF document"},
      {"PK\x03\x04", "a zip archive or a document in one"},
      {"\xD0\xCF\x11\xE0", "a document of an old office program"},
      {"%!PS", "a PostScript document"}};
  for (const auto& [mark, name] : forms)
    if (bytes.substr(0, mark.size() + 8).find(mark) != std::string_view::npos) return name;
  return looks_binary(bytes) ? "binary data" : "";
}

void refuse_foreign(std::string_view bytes, const std::string& place) {
  std::string_view form = foreign_form(bytes);
  if (form.empty()) return;
  throw Error(place + "not a text (" + std::string(form) + ")" +
              (form == "binary data" ? "" : ": turn it into text or HTML first"));
}

}  // namespace

Article load_page(std::string_view bytes, const std::string& charset) {
  if (trim(bytes).empty()) throw Error("empty page");
  refuse_foreign(bytes, "");
  if (bytes.size() > kLongestPage)
    throw Error("page of " + std::to_string(bytes.size() >> 20) + " MB, the limit is " +
                std::to_string(kLongestPage >> 20) + " MB");
  std::string declared = charset.empty() ? std::string(declared_charset(bytes)) : charset;
  Article article = read_html(to_utf8(bytes, declared));
  settle_language(article);
  return article;
}

Article load_article(std::string_view bytes, InputKind kind, const std::string& path) {
  if (trim(bytes).empty()) throw Error(path + ": empty");
  Article article;
  try {
    std::optional<Article> document;
    if (kind == InputKind::detect) document = read_document(bytes, path);
    if (!document) refuse_foreign(bytes, "");
    if (kind == InputKind::detect) kind = detect_kind(bytes, path);
    if (document) {
      article = std::move(*document);
    } else if (kind == InputKind::html) {
      if (bytes.size() > kLongestPage)
        throw Error("page of " + std::to_string(bytes.size() >> 20) + " MB, the limit is " +
                    std::to_string(kLongestPage >> 20) + " MB");
      article = read_html(to_utf8(bytes, declared_charset(bytes)));
    } else {
      article = read_plain_text(to_utf8(bytes, ""));
    }
  } catch (const Error& error) {
    throw Error(at_place(path, error.what()));
  }
  std::string name = path == "-" ? "stdin" : std::filesystem::path(path).filename().string();
  for (const char* ending :
       {".gz", ".html", ".htm", ".txt", ".md", ".markdown", ".pdf", ".docx", ".eml"})
    if (name.ends_with(ending)) name.resize(name.size() - std::strlen(ending));
  article.id = name;
  article.source = path;
  settle_language(article);
  return article;
}

Article parse_article_line(std::string_view line) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element row;
  if (auto error = parser.parse(simdjson::padded_string(line)).get(row))
    throw Error(std::string("not JSON: ") + simdjson::error_message(error));
  if (!row.is_object()) throw Error("not an article: a JSON object is expected");
  auto field = [&](const char* name) -> std::string {
    simdjson::dom::element value;
    if (row[name].get(value) != simdjson::SUCCESS || value.is_null()) return "";
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return std::string(text);
    int64_t number;
    if (std::strcmp(name, "id") == 0 && value.get(number) == simdjson::SUCCESS)
      return std::to_string(number);
    throw Error(std::string("field \"") + name + "\" must be a string");
  };
  std::string text = field("text"), html = field("html");
  if (trim(text).empty() && trim(html).empty())
    throw Error("not an article: neither \"text\" nor \"html\" is there");
  Article article;
  if (!trim(text).empty()) {
    article.text = std::move(text);
  } else {
    article = read_html(clean_utf8(html));
  }
  auto take = [&](std::string& to, const char* name) {
    std::string value = field(name);
    if (!value.empty()) to = value;
  };
  take(article.id, "id");
  take(article.url, "url");
  take(article.title, "title");
  take(article.publisher, "publisher");
  std::string published = field("published");
  if (!published.empty()) {
    auto date = header_date(published);
    if (!date) throw Error("field \"published\": '" + published + "' is no date");
    article.published = *date;
  }
  if (auto updated = header_date(field("updated"))) article.updated = *updated;
  simdjson::dom::array names;
  if (row["byline"].get(names) == simdjson::SUCCESS) {
    article.byline.clear();
    for (simdjson::dom::element n : names)
      if (std::string_view name; n.get(name) == simdjson::SUCCESS)
        article.byline.emplace_back(name);
  }
  settle_language(article);
  return article;
}

}  // namespace chancery
