#include "article/documents.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <memory>

#include "article/charset.h"
#include "article/header_date.h"
#include "article/mail.h"
#include "article/plain_text.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

extern char** environ;

namespace chancery {
namespace {

constexpr size_t kLongestText = 16u << 20;
constexpr int kSeconds = 60;  // for one PDF

bool is_word(std::string_view head) {
  return head.starts_with("PK\x03\x04") &&
         head.find("[Content_Types].xml") != std::string_view::npos &&
         head.find("xl/") == std::string_view::npos && head.find("ppt/") == std::string_view::npos;
}

bool is_markdown(std::string_view path) {
  return ends_with_any(lower(path), {".md", ".markdown", ".md.gz", ".markdown.gz"});
}

// ------------------------------------------------------------------------------------------- Word

// One file of a zip that lies in memory; "" when it is not there.
std::string unzipped(std::string_view zip, const char* wanted) {
  std::unique_ptr<archive, decltype(&archive_read_free)> a(archive_read_new(), archive_read_free);
  archive_read_support_format_zip(a.get());
  if (archive_read_open_memory(a.get(), zip.data(), zip.size()) != ARCHIVE_OK) return "";
  for (archive_entry* entry; archive_read_next_header(a.get(), &entry) == ARCHIVE_OK;) {
    const char* name = archive_entry_pathname_utf8(entry);
    if (!name || std::strcmp(name, wanted) != 0) continue;
    std::string out;
    char buffer[1 << 16];
    for (la_ssize_t n; (n = archive_read_data(a.get(), buffer, sizeof buffer)) > 0;) {
      out.append(buffer, static_cast<size_t>(n));
      if (out.size() > kLongestText) throw Error("a Word document with more than 16 MB of text");
    }
    return out;
  }
  return "";
}

std::string_view local_name(const xmlNode* node) {
  return node->name ? reinterpret_cast<const char*>(node->name) : "";
}

// Runs of text below a node, in their order: tabs and breaks are blanks, what was deleted is gone.
void add_runs(const xmlNode* from, std::string& out) {
  for (const xmlNode* node = from->children; node; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    std::string_view name = local_name(node);
    if (name == "t") {
      xmlChar* text = xmlNodeGetContent(node);
      if (text) out += reinterpret_cast<const char*>(text);
      xmlFree(text);
    } else if (name == "tab" || name == "br" || name == "cr") {
      out += ' ';
    } else if (name != "del" && name != "instrText" && name != "p") {
      add_runs(node, out);
    }
  }
}

// Without recursion over the document's depth: its order is that of its nodes.
std::string paragraphs(xmlNode* root) {
  std::string out;
  for (xmlNode* node = root; node;) {
    if (node->type == XML_ELEMENT_NODE && local_name(node) == "p") {
      std::string words;
      add_runs(node, words);
      words = squeeze(clean_utf8(words));
      if (!words.empty()) out += (out.empty() ? "" : "\n\n") + words;
    }
    if (node->children) {
      node = node->children;
      continue;
    }
    while (node && node != root && !node->next) node = node->parent;
    node = !node || node == root ? nullptr : node->next;
  }
  return out;
}

std::string word_text(std::string_view bytes) {
  const std::string xml = unzipped(bytes, "word/document.xml");
  if (xml.empty()) throw Error("an office document, but none of words");
  std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "", nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
      xmlFreeDoc);
  xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!root) throw Error("a damaged Word document");
  return paragraphs(root);
}

// -------------------------------------------------------------------------------------------- PDF

struct File {
  int handle;
  explicit File(int h) : handle(h) {}
  ~File() { close_it(); }
  File(const File&) = delete;
  void close_it() {
    if (handle >= 0) ::close(handle);
    handle = -1;
  }
};

// What it writes, until its end or its time is over.
std::string read_to_end(int from, pid_t child) {
  std::string out;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(kSeconds);
  for (char buffer[1 << 16];;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd ready{from, POLLIN, 0};
    if (left.count() <= 0 || out.size() > kLongestText ||
        ::poll(&ready, 1, static_cast<int>(left.count())) == 0) {
      ::kill(child, SIGKILL);
      break;
    }
    ssize_t n = ::read(from, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    out.append(buffer, static_cast<size_t>(n));
  }
  return out;
}

std::string pdf_text(std::string_view bytes) {
  File document(::memfd_create("pdf", MFD_CLOEXEC));
  for (size_t at = 0; at < bytes.size();) {
    ssize_t n = ::write(document.handle, bytes.data() + at, bytes.size() - at);
    if (n <= 0) throw Error("a PDF document that finds no room in memory");
    at += static_cast<size_t>(n);
  }
  ::lseek(document.handle, 0, SEEK_SET);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error("no pipe for pdftotext");
  File out(ends[0]), in(ends[1]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, document.handle, 0);
  posix_spawn_file_actions_adddup2(&actions, in.handle, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  const char* arguments[] = {"pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", "-", "-", nullptr};
  pid_t child = 0;
  int problem = ::posix_spawnp(&child, "pdftotext", &actions, nullptr,
                               const_cast<char**>(arguments), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem) throw Error("a PDF document: to read it, install pdftotext (Debian: poppler-utils)");
  in.close_it();
  std::string text = read_to_end(out.handle, child);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw Error("a PDF document that pdftotext cannot read (damaged, or behind a password)");
  if (trim(text).empty()) throw Error("a PDF document without text (a scan?)");
  return text;
}

bool is_number(std::string_view line) {
  return !line.empty() && line.find_first_not_of("0123456789-–— /|") == std::string_view::npos;
}

// Lines of a page become paragraphs: a blank line ends one, a word that was divided is joined, page
// numbers go.
std::string unbroken(const std::string& text) {
  std::string out, paragraph;
  auto end = [&] {
    if (!trim(paragraph).empty()) out += (out.empty() ? "" : "\n\n") + squeeze(paragraph);
    paragraph.clear();
  };
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.empty()) {
      end();
    } else if (!is_number(line)) {
      bool divided =
          paragraph.size() > 1 && paragraph.back() == '-' && line[0] >= 'a' && line[0] <= 'z';
      if (divided) paragraph.pop_back();
      else if (!paragraph.empty()) paragraph += ' ';
      paragraph += line;
    }
  }
  end();
  return out;
}

// --------------------------------------------------------------------------------------- Markdown

// "[words](address)" and "![picture](address)" → "words".
std::string without_links(std::string_view line) {
  std::string out;
  for (size_t i = 0; i < line.size(); ++i) {
    bool picture = line[i] == '!' && line.substr(i + 1, 1) == "[";
    size_t open = picture ? i + 1 : i;
    size_t close = line[open] == '[' ? line.find("](", open) : std::string_view::npos;
    size_t end = close == std::string_view::npos ? close : line.find(')', close);
    if (end == std::string_view::npos) {
      out += line[i];
      continue;
    }
    if (!picture) out += line.substr(open + 1, close - open - 1);
    i = end;
  }
  return out;
}

// Marks of emphasis around words; a lone one stays.
std::string without_marks(std::string line) {
  for (const char* mark : {"***", "**", "__", "`"})
    for (size_t at; (at = line.find(mark)) != std::string::npos;) {
      size_t length = std::strlen(mark), other = line.find(mark, at + length);
      if (other == std::string::npos) break;
      line.erase(other, length);
      line.erase(at, length);
    }
  return line;
}

struct Markdown {
  std::string title, published, text;
};

Markdown read_markdown(std::string_view bytes) {
  Markdown out;
  std::vector<std::string_view> lines = split(bytes, '\n');
  size_t at = 0;
  // Front matter: "title: …", "date: …" between two lines of dashes.
  if (!lines.empty() && trim(lines[0]) == "---")
    for (at = 1; at < lines.size(); ++at) {
      std::string_view line = trim(lines[at]);
      if (line == "---" || line == "...") {
        ++at;
        break;
      }
      size_t colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      std::string key = lower(trim(line.substr(0, colon)));
      std::string_view value = trim(line.substr(colon + 1));
      if (value.size() > 1 && (value.front() == '"' || value.front() == '\''))
        value = value.substr(1, value.size() - 2);
      if (key == "title") out.title = value;
      if (key == "date" || key == "published") out.published = value;
    }
  bool code = false;
  for (; at < lines.size(); ++at) {
    std::string_view line = lines[at];
    if (trim(line).starts_with("```")) {
      code = !code;
      continue;
    }
    if (code) continue;
    std::string_view words = trim(line);
    size_t marks = words.find_first_not_of('#');
    bool heading = marks != std::string_view::npos && marks > 0 && words[marks] == ' ';
    if (heading) words = trim(words.substr(marks));
    while (words.starts_with(">")) words = trim(words.substr(1));
    for (const char* bullet : {"- ", "* ", "+ "})
      if (words.starts_with(bullet)) words = trim(words.substr(2));
    std::string said = without_marks(without_links(words));
    if (heading && out.title.empty() && out.text.find_first_not_of('\n') == std::string::npos)
      out.title = said;
    else out.text += heading ? "\n" + said + "\n\n" : said + "\n";
  }
  return out;
}

}  // namespace

bool is_document(std::string_view head, std::string_view path) {
  if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos || is_word(head)) return true;
  return is_markdown(path) || lower(path).ends_with(".eml") || looks_like_mail(head);
}

std::optional<Article> read_document(std::string_view bytes, std::string_view path) {
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos)
    return read_plain_text(unbroken(pdf_text(bytes)));
  if (is_word(bytes.substr(0, 1 << 13))) return read_plain_text(word_text(bytes));
  if (lower(path).ends_with(".eml") || looks_like_mail(bytes.substr(0, 1 << 13)))
    return read_mail(bytes);
  if (!is_markdown(path)) return std::nullopt;
  Markdown said = read_markdown(to_utf8(bytes, ""));
  Article article = read_plain_text(said.text);
  if (!said.title.empty()) article.title = said.title;
  if (auto date = header_date(said.published)) article.published = *date;
  return article;
}

}  // namespace chancery
