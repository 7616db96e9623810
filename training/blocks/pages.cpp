#include "pages.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>

#include "align.h"
#include "article/charset.h"
#include "article/lines.h"
#include "article/load.h"
#include "article/rule_body.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::training {
namespace {

uint32_t bit(BlockKind kind) { return 1u << static_cast<unsigned>(kind); }
const uint32_t kAnyText = bit(BlockKind::text) | bit(BlockKind::heading) |
                          bit(BlockKind::standfirst) | bit(BlockKind::list) |
                          bit(BlockKind::quotation);
const uint32_t kNoText = bit(BlockKind::caption) | bit(BlockKind::teaser) |
                         bit(BlockKind::furniture) | bit(BlockKind::comment);

bool around(const Page& page, const Block& b, std::initializer_list<GumboTag> tags) {
  for (int at = b.box; at >= 0; at = page.boxes[at].parent)
    if (std::find(tags.begin(), tags.end(), page.boxes[at].tag) != tags.end()) return true;
  return false;
}

bool named(const Page& page, const Block& b, std::initializer_list<std::string_view> words,
           int levels) {
  for (int at = b.box; at >= 0 && levels-- > 0; at = page.boxes[at].parent)
    if (names_any(page.boxes[at].names, words)) return true;
  return false;
}

// Words of the description that stand in the block, as a share of the block's.
double described(const Block& b, const std::string& description) {
  std::string low = " " + lower(description) + " ";
  size_t all = 0, hit = 0;
  for (std::string_view w : split_words(b.text)) {
    ++all;
    hit += low.find(" " + lower(w) + " ") != std::string::npos;
  }
  return all < 4 ? 0 : static_cast<double>(hit) / static_cast<double>(all);
}

// The first block of a page's text is its standfirst when the page calls it so, or sets it apart.
bool is_standfirst(const LabelledPage& p, size_t i, const std::vector<bool>& inside) {
  const Block& b = p.page.blocks[i];
  if (b.text.size() < 30 || b.text.size() > 700 || b.linked * 2 > b.text.size()) return false;
  bool called = named(p.page, b,
                      {"standfirst", "subtitle", "sub-title", "subhead", "dek", "summary", "lead",
                       "excerpt", "intro", "description", "chapo", "sommario", "kicker", "abstract",
                       "preamble", "ingress", "tagline", "deck"},
                      2);
  bool apart = described(b, p.header.description) > 0.75;
  if (!called && !apart) return false;
  // Nothing long of the text may stand before it, and the text goes on elsewhere.
  for (size_t k = 0; k < i; ++k)
    if (inside[k] && p.page.blocks[k].text.size() > 60) return false;
  for (size_t k = i + 1; k < p.page.blocks.size(); ++k)
    if (inside[k])
      return p.page.blocks[k].element != b.element &&
             p.page.boxes[p.page.blocks[k].element].parent != p.page.boxes[b.element].parent;
  return false;
}

uint32_t kind_inside(const LabelledPage& p, size_t i, const std::vector<bool>& inside) {
  const Block& b = p.page.blocks[i];
  if (is_standfirst(p, i, inside)) return bit(BlockKind::standfirst);
  if (is_heading(b.tag)) return bit(BlockKind::heading);
  if (around(p.page, b, {GUMBO_TAG_BLOCKQUOTE})) return bit(BlockKind::quotation);
  if (around(p.page, b, {GUMBO_TAG_LI})) return bit(BlockKind::list);
  if (b.text.size() < 90 && b.strong + 2 >= b.text.size())
    return bit(BlockKind::heading) | bit(BlockKind::text);
  return bit(BlockKind::text);
}

uint32_t kind_outside(const LabelledPage& p, size_t i) {
  const Block& b = p.page.blocks[i];
  if (around(p.page, b, {GUMBO_TAG_FIGCAPTION}) || named(p.page, b, {"caption", "credit"}, 3))
    return bit(BlockKind::caption);
  if (named(p.page, b, {"comment"}, 6)) return bit(BlockKind::comment) | bit(BlockKind::furniture);
  if (b.linked * 10 > b.text.size() * 6 && b.text.size() > 25)
    return bit(BlockKind::teaser) | bit(BlockKind::furniture);
  return bit(BlockKind::furniture) | bit(BlockKind::teaser);
}

void label_by_text(LabelledPage& p, const std::string& gold, const PageSet& set) {
  std::vector<std::string_view> texts(p.texts.begin(), p.texts.end());
  std::vector<bool> inside = align(texts, gold);
  size_t first = inside.size(), last = 0;
  for (size_t i = 0; i < inside.size(); ++i)
    if (inside[i]) first = std::min(first, i), last = i;
  for (size_t i = 0; i < inside.size(); ++i) {
    const Block& b = p.page.blocks[i];
    if (inside[i]) {
      p.allowed[i] = kind_inside(p, i, inside);
    } else if (!set.standfirsts && i < first && b.text != p.header.title &&
               is_standfirst(p, i, inside)) {
      p.allowed[i] = bit(BlockKind::standfirst);  // there, but not counted by this set
    } else if (!set.headings && i > first && i < last && is_heading(b.tag) &&
               b.linked * 2 < b.text.size()) {
      p.allowed[i] = bit(BlockKind::heading) | kind_outside(p, i);
    } else {
      p.allowed[i] = kind_outside(p, i);
    }
  }
}

void label_by_segments(LabelledPage& p, const std::vector<std::string>& with,
                       const std::vector<std::string>& without) {
  for (size_t i = 0; i < p.texts.size(); ++i) {
    auto holds = [&](const std::vector<std::string>& segments) {
      return std::any_of(segments.begin(), segments.end(), [&](const std::string& s) {
        return !s.empty() && p.texts[i].find(s) != std::string::npos;
      });
    };
    if (holds(with)) p.allowed[i] = kAnyText;
    else if (holds(without)) p.allowed[i] = kNoText;
  }
}

}  // namespace

std::vector<float> weights_of(const LabelledPage& page, const std::vector<uint32_t>& allowed,
                              double whole) {
  std::vector<float> out;
  double sum = 0;
  for (size_t i = 0; i < allowed.size(); ++i) {
    float w = allowed[i] ? std::sqrt(static_cast<float>(page.texts[i].size()) / 60 + 0.15f) : 0;
    out.push_back(w);
    sum += w;
  }
  float scale = static_cast<float>(whole / std::max(sum, 1.0));
  for (float& w : out) w = std::min(w * scale, 4.0f);
  return out;
}

std::string site_of(std::string_view url) {
  size_t at = url.find("::");
  if (at != std::string_view::npos) url.remove_prefix(at + 2);
  at = url.find("://");
  if (at != std::string_view::npos) url.remove_prefix(at + 3);
  std::string host = lower(url.substr(0, url.find_first_of("/?#")));
  for (const char* lead : {"www.", "m.", "edition.", "amp.", "en."})
    if (host.starts_with(lead)) host.erase(0, std::string_view(lead).size());
  // A file's name begins with the site's ("example.org-title.html", "example.org.title.html").
  if (host.ends_with(".html")) host = host.substr(0, host.find('-'));
  // Its registered name: the last two labels, three where the second is a country's own "co",
  // "com".
  std::vector<std::string_view> labels = split(host, '.');
  size_t keep = 2;
  if (labels.size() > 2 && labels.back().size() == 2 && labels[labels.size() - 2].size() <= 3)
    keep = 3;
  std::string out;
  for (size_t i = labels.size() > keep ? labels.size() - keep : 0; i < labels.size(); ++i)
    out += (out.empty() ? "" : ".") + std::string(labels[i]);
  return out;
}

std::vector<LabelledPage> read_pages(const std::string& data, const PageSet& set) {
  std::string folder = data + "/" + set.folder + "/", list = folder + set.file;
  LineReader lines(list);
  simdjson::dom::parser parser;
  std::vector<LabelledPage> out;
  std::string line;
  for (bool too_long = false; lines.next(line, too_long);) {
    simdjson::dom::element row;
    if (too_long || parser.parse(simdjson::padded_string(line)).get(row) != simdjson::SUCCESS)
      throw Error(list + ":" + std::to_string(lines.number()) + ": not JSON");
    auto field = [&](const char* name) {
      std::string_view text;
      return row[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
    };
    auto strings = [&](const char* name) {
      std::vector<std::string> texts;
      simdjson::dom::array array;
      if (row[name].get(array) == simdjson::SUCCESS)
        for (simdjson::dom::element e : array)
          if (std::string_view text; e.get(text) == simdjson::SUCCESS)
            texts.push_back(squeeze(text));
      return texts;
    };
    LabelledPage p;
    p.set = set.name;
    p.id = field("id");
    p.site = site_of(field("url"));
    p.place = folder + field("file");
    std::string bytes = load_bytes(p.place, 64u << 20);
    ScannedPage scanned = scan_page(to_utf8(bytes, declared_charset(bytes)));
    PageTree tree(scanned.html);
    p.header = read_page_header(scanned, tree);
    p.page = cut_into_blocks(tree);
    complete_header(p.page.blocks, p.header);
    int body = apply_rules_of_thumb(p.page, p.header.title);
    p.features = block_features(p.page, p.header, body);
    for (const Block& b : p.page.blocks) p.texts.push_back(b.text);
    p.allowed.assign(p.texts.size(), 0);
    if (set.segments) label_by_segments(p, strings("with"), strings("without"));
    else label_by_text(p, field("body"), set);
    p.weight = weights_of(p, p.allowed, set.segments ? 8 : 60);
    for (Block& b : p.page.blocks)
      for (BlockLink& link : b.links) link.address = {};  // the tree is gone
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace chancery::training
