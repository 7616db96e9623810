#include "article/leftovers.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// What a saved page brings along.
bool part_of_pages(const std::string& ending) {
  static constexpr std::string_view parts[] = {
      ".css", ".js",  ".mjs", ".map",  ".png",  ".jpg",  ".jpeg",  ".gif", ".webp", ".avif",
      ".svg", ".ico", ".bmp", ".tif",  ".tiff", ".woff", ".woff2", ".ttf", ".otf",  ".eot",
      ".mp3", ".mp4", ".ogg", ".webm", ".wav",  ".m4a",  ".mov",   ".swf"};
  return std::find(std::begin(parts), std::end(parts), ending) != std::end(parts);
}

std::string base_name(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::string ending_of(const std::string& name) {
  std::string low = lower(base_name(name));
  if (low.starts_with(".")) return "hidden";
  size_t dot = low.rfind('.');
  if (dot == std::string::npos) return "without ending";
  // "records.jsonl.gz" is no other kind than "records.jsonl".
  if (low.ends_with(".gz")) {
    size_t before = low.rfind('.', dot - 1);
    if (dot > 0 && before != std::string::npos) dot = before;
  }
  return low.substr(dot);
}

}  // namespace

bool page_or_text(const std::string& name) {
  std::string low = lower(base_name(name));
  return !low.starts_with(".") &&
         ends_with_any(low, {".html", ".htm", ".xhtml", ".txt", ".html.gz", ".htm.gz", ".xhtml.gz",
                             ".txt.gz", ".md", ".markdown", ".pdf", ".docx", ".eml"});
}

void Leftovers::count(const std::string& name) {
  Kind& kind = kinds_[ending_of(name)];
  if (++kind.count == 1 || base_name(name) < kind.first) kind.first = base_name(name);
}

std::string Leftovers::list() const {
  std::string out;
  for (const auto& [ending, kind] : kinds_)
    out += (out.empty() ? "" : ", ") + std::to_string(kind.count) + " " + ending + " (" +
           kind.first + (kind.count > 1 ? ", …)" : ")");
  return out;
}

bool Leftovers::tell(Piece& piece) {
  if (told_ || kinds_.empty()) return false;
  told_ = true;
  piece = {};
  piece.place = place_;
  std::string what = place_ + ": neither page nor text, left out: " + list();
  bool harmless = std::all_of(kinds_.begin(), kinds_.end(), [](const auto& k) {
    return part_of_pages(k.first) || k.first == "hidden";
  });
  if (harmless) {
    piece.form = Piece::remark;
    piece.warning = what;
  } else {
    piece.error = what + "; turn documents into text, and name files of other kinds one by one";
  }
  return true;
}

}  // namespace chancery
