#include "article/block_features.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "article/block_numbers.h"
#include "article/furniture.h"
#include "article/header_date.h"
#include "article/rule_body.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {

using namespace block_numbers;

namespace {

constexpr int kLevels = 3;       // boxes around a block's element, looked at one by one
constexpr size_t kFarthest = 8;  // boxes whose names are looked at

uint64_t named(std::string_view kind, uint64_t value) { return mix(hash64(kind), value); }

float share(size_t part, size_t whole) {
  return whole == 0 ? 0.0f : static_cast<float>(part) / static_cast<float>(whole);
}

// Words of class and id: runs of letters; digits apart count for nothing ("post-1234").
std::vector<uint64_t> name_words(std::string_view names) {
  std::vector<uint64_t> out;
  for (size_t at = 0; at < names.size() && out.size() < 24;) {
    while (at < names.size() && !isalpha(static_cast<unsigned char>(names[at]))) ++at;
    size_t begin = at;
    while (at < names.size() && isalpha(static_cast<unsigned char>(names[at]))) ++at;
    if (at - begin >= 2 && at - begin <= 24) out.push_back(hash64(names.substr(begin, at - begin)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Words, capitals of ASCII made small.
std::vector<uint64_t> word_hashes(std::string_view text, size_t most) {
  std::vector<uint64_t> out;
  constexpr uint64_t kStart = hash64("");
  uint64_t h = kStart;
  bool within = false;
  for (size_t at = 0; at <= text.size() && out.size() < most; ++at) {
    unsigned char c = at < text.size() ? static_cast<unsigned char>(text[at]) : ' ';
    if (isalnum(c) || c >= 0x80) {
      char low = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      h = hash64(std::string_view(&low, 1), h);
      within = true;
    } else if (within) {
      out.push_back(h);
      h = kStart;
      within = false;
    }
  }
  return out;
}

// Runs of one to four words of a text, to find others' words in it.
class Shingles {
 public:
  explicit Shingles(std::string_view text) {
    std::vector<uint64_t> words = word_hashes(text, 20000);
    for (size_t n = 1; n <= 4; ++n)
      for (size_t i = 0; i + n <= words.size() && (n == 4 || words.size() < 200); ++i)
        known_.push_back(joined(words, i, n));
    std::sort(known_.begin(), known_.end());
  }
  bool empty() const { return known_.empty(); }
  // Share of the block's shingles that stand in the text.
  float cover(const std::vector<uint64_t>& words, size_t length = 4) const {
    length = std::min(length, words.size());
    if (known_.empty() || length == 0) return 0;
    size_t hit = 0, all = 0;
    for (size_t i = 0; i + length <= words.size(); ++i, ++all)
      hit += std::binary_search(known_.begin(), known_.end(), joined(words, i, length));
    return share(hit, all);
  }

 private:
  static uint64_t joined(const std::vector<uint64_t>& words, size_t at, size_t n) {
    uint64_t h = n;
    for (size_t i = 0; i < n; ++i) h = mix(h, words[at + i]);
    return h;
  }
  std::vector<uint64_t> known_;
};

// Blocks in boxes of the same make: tag and names of the element and of the box around it.
struct Group {
  size_t blocks = 0, bytes = 0, linked = 0, prose = 0, kept = 0;
};

struct Place {
  uint64_t own = 0, pair = 0, path = 0;  // keys of three kinds of groups
  bool list = false, quotation = false, figure = false, table = false, article = false,
       margin = false;
};

}  // namespace

class BlockViews::Extractor {
 public:
  Extractor(const Page& page, const PageHeader& header, int body)
      : page_(page),
        header_(header),
        body_(body),
        title_(header.title),
        description_(header.description),
        declared_(header.declared_text) {
    survey();
  }

  void each(const std::function<void(size_t, const Features&)>& take) {
    const size_t width = block_feature_names().size();
    so_far_ = {};
    for (size_t i = 0; i < page_.blocks.size(); ++i) {
      dense_.clear();
      sparse_.clear();
      text_of_block(i);
      place_of_block(i);
      boxes_around(i);
      neighbours(i);
      dense_.resize(width, 0.0f);
      take(i, {dense_, sparse_});
    }
  }

 private:
  void number(float value) { dense_.push_back(std::clamp(value, -4.0f, 4.0f)); }
  void holds(std::string_view kind, uint64_t value = 0) { sparse_.push_back(named(kind, value)); }

  // The innermost box around both.
  int common(int a, int b) const {
    while (a != b)
      if (page_.boxes[a].depth > page_.boxes[b].depth) a = page_.boxes[a].parent;
      else b = page_.boxes[b].parent;
    return a;
  }

  // One pass over the page for everything that is counted over many blocks.
  void survey() {
    words_of_box_.resize(page_.boxes.size());
    signature_.resize(page_.boxes.size());
    for (size_t i = 0; i < page_.boxes.size(); ++i) {
      words_of_box_[i] = name_words(page_.boxes[i].names);
      uint64_t h = page_.boxes[i].tag;
      for (uint64_t w : words_of_box_[i]) h = mix(h, w);
      signature_[i] = h;
    }
    for (size_t i = 0; i < page_.blocks.size(); ++i) {
      const Block& b = page_.blocks[i];
      total_ += b.text.size();
      if (reads_like_prose(b)) prose_ += b.text.size();
      if (b.kept) kept_ += b.text.size();
      Place p;
      int e = b.element;
      p.own = mix(1, signature_[e]);
      p.pair = mix(mix(2, signature_[e]), signature_[outer(page_, e, 1)]);
      p.path = mix(3, 0);
      for (int at = e; at >= 0; at = page_.boxes[at].parent) {
        GumboTag tag = page_.boxes[at].tag;
        p.path = mix(p.path, tag);
        p.list |= tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT;
        p.quotation |= tag == GUMBO_TAG_BLOCKQUOTE || tag == GUMBO_TAG_Q;
        p.figure |= tag == GUMBO_TAG_FIGURE || tag == GUMBO_TAG_FIGCAPTION;
        p.table |= tag == GUMBO_TAG_TABLE;
        p.article |= tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN;
        p.margin |= tag == GUMBO_TAG_ASIDE || tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_FOOTER ||
                    tag == GUMBO_TAG_FORM || tag == GUMBO_TAG_BUTTON;
      }
      for (uint64_t key : {p.own, p.pair, p.path}) {
        Group& g = groups_[key];
        ++g.blocks;
        g.bytes += b.text.size();
        g.linked += b.linked;
        if (reads_like_prose(b)) g.prose += b.text.size();
        g.kept += b.kept;
      }
      places_.push_back(p);
      ++times_[hash64(b.text)];
      words_.push_back(word_hashes(b.text, 400));
      is_date_.push_back(b.text.size() < 120 && header_date(b.text).has_value());
      if (!header_.title.empty() && b.text == header_.title &&
          (headline_ < 0 || (is_heading(b.tag) && !is_heading(page_.blocks[headline_].tag))))
        headline_ = static_cast<int>(i);
    }
    if (headline_ < 0)
      for (size_t i = 0; i < page_.blocks.size() && headline_ < 0; ++i)
        if (page_.blocks[i].tag == GUMBO_TAG_H1) headline_ = static_cast<int>(i);
  }

  void text_of_block(size_t i) {
    const Block& b = page_.blocks[i];
    size_t size = b.text.size(), digits = 0, upper = 0, letters = 0, commas = 0, stops = 0;
    for (size_t k = 0; k < size; ++k) {
      unsigned char c = static_cast<unsigned char>(b.text[k]);
      digits += c >= '0' && c <= '9';
      letters += isalpha(c) || c >= 0xC0;
      upper += c >= 'A' && c <= 'Z';
      commas += c == ',';
      stops += (c == '.' || c == '!' || c == '?') && (k + 1 == size || b.text[k + 1] == ' ');
    }
    bool sentence =
        ends_with_any(b.text, {".", "!", "?", "\"", "”", "’", "…", "»", "“", "。", "।"});
    size_t at = 0;
    char32_t first = decode_utf8(b.text, at);
    const std::vector<uint64_t>& words = words_[i];
    number(logarithm(size) / 8);
    number(logarithm(words.size()) / 6);
    number(share(b.linked, size));
    number(share(b.strong, size));
    number(share(digits, size) * 3);
    number(share(upper, letters) * 2);
    number(share(commas * 30, size));
    number(static_cast<float>(std::min<size_t>(stops, 8)) / 4);
    number(sentence);
    number(b.text.ends_with(':'));
    number(is_letter(first) && !is_upper(first));
    number(names_any(b.text, {"\"", "“", "«", "„", "”"}));
    number(is_furniture_line(b.text));
    number(times_[hash64(b.text)] > 1);
    number(is_date_[i]);
    number(names_any(b.text, {"@", "©", " | ", "http", "www."}));
    number(title_.cover(words, 2));
    number(title_.cover(words, 1));
    number(description_.cover(words, 2));
    number(!declared_.empty());
    number(declared_.cover(words));
    number(declared_.empty() ? 0.0f : 1.0f - declared_.cover(words));
    uint64_t length = static_cast<uint64_t>(logarithm(size) * 2),
             links = static_cast<uint64_t>(share(b.linked, size) * 4.99f);
    holds("length and links", mix(length, links));
    holds("tag and length", mix(b.tag, length));
    holds("ending", mix(static_cast<unsigned char>(b.text.back()), b.tag));
    holds("kept, dropped, length", mix(b.kept * 2 + b.dropped, length));
    if (words.empty()) return;
    holds("first word", words[0]);
    holds("last word", words.back());
    if (words.size() > 1) holds("first two words", mix(words[0], words[1]));
    if (words.size() <= 12)
      for (uint64_t w : words) holds("word of a short one", w);
    else
      for (size_t k = 0; k < 6; ++k) holds("word of a beginning", words[k]);
    if (words.size() <= 6) {
      uint64_t h = 0;
      for (uint64_t w : words) h = mix(h, w);
      holds("whole", h);
    }
  }

  void place_of_block(size_t i) {
    const Block& b = page_.blocks[i];
    const Place& p = places_[i];
    bool in_body = encloses(page_, body_, b.box);
    for (bool flag : {is_heading(b.tag), p.list, p.quotation, p.figure, p.table, p.article,
                      p.margin, b.tag == GUMBO_TAG_P, b.dropped, b.kept, in_body, b.continues})
      number(flag);
    number(share(i, page_.blocks.size()));
    number(share(so_far_.before, total_));
    so_far_.before += b.text.size();
    int distance = static_cast<int>(i) - headline_;
    number(headline_ >= 0 && distance < 0);
    number(headline_ >= 0 && distance > 0 ? logarithm(static_cast<size_t>(distance)) / 6 : 0.0f);
    number(share(so_far_.kept_before, kept_));
    number(share(kept_ - so_far_.kept_before - (b.kept ? b.text.size() : 0), kept_));
    if (b.kept) so_far_.kept_before += b.text.size();
    number(so_far_.last_kept < 0 ? 1.0f
                                 : logarithm(i - static_cast<size_t>(so_far_.last_kept)) / 5);
    if (so_far_.next_kept < static_cast<int>(i)) {
      so_far_.next_kept = static_cast<int>(i);
      while (so_far_.next_kept < static_cast<int>(page_.blocks.size()) &&
             !page_.blocks[so_far_.next_kept].kept)
        ++so_far_.next_kept;
    }
    number(so_far_.next_kept == static_cast<int>(page_.blocks.size())
               ? 1.0f
               : logarithm(static_cast<size_t>(so_far_.next_kept) - i) / 5);
    if (b.kept) so_far_.last_kept = static_cast<int>(i);
    if (is_heading(b.tag)) so_far_.last_heading = static_cast<int>(i);
    number(so_far_.last_heading < 0 ? 1.0f
                                    : logarithm(i - static_cast<size_t>(so_far_.last_heading)) / 5);
    if (so_far_.last_heading >= 0 && so_far_.last_heading != static_cast<int>(i) &&
        i - so_far_.last_heading < 30)
      for (size_t k = 0; k < std::min<size_t>(words_[so_far_.last_heading].size(), 5); ++k)
        holds("word of the heading above", words_[so_far_.last_heading][k]);
    so_far_.headlines += b.tag == GUMBO_TAG_H1;
    so_far_.dates += headline_ >= 0 && distance > 0 && b.text.size() < 60 && is_date_[i];
    number(static_cast<float>(std::min(so_far_.headlines, 4)) / 4);
    number(static_cast<float>(std::min(so_far_.dates, 8)) / 8);
    int with_headline = headline_ < 0 ? -1 : common(b.box, page_.blocks[headline_].box);
    number(with_headline < 0 ? 0.0f
                             : share(static_cast<size_t>(page_.boxes[with_headline].depth),
                                     static_cast<size_t>(page_.boxes[b.box].depth) + 1));
    number(with_headline < 0 ? 0.0f : share(page_.boxes[with_headline].prose, prose_));
    number(with_headline < 0 ? 0.0f
                             : static_cast<float>(page_.boxes[b.element].depth -
                                                  page_.boxes[with_headline].depth) /
                                   8);
    number(static_cast<float>(page_.boxes[b.box].depth) / 20);
    number(body_ < 0
               ? 0.0f
               : static_cast<float>(page_.boxes[b.element].depth - page_.boxes[body_].depth) / 5);
    for (uint64_t key : {p.own, p.pair, p.path}) {
      const Group& g = groups_[key];
      number(logarithm(g.blocks) / 6);
      number(share(g.bytes, total_));
      number(logarithm(g.bytes / g.blocks) / 8);
      number(share(g.linked, g.bytes));
      number(share(g.prose, prose_));
      number(share(g.kept, g.blocks));
    }
  }

  void boxes_around(size_t i) {
    const Block& b = page_.blocks[i];
    int at = b.element;
    for (int level = 1; level <= kLevels; ++level) {
      at = outer(page_, at, 1);
      const Box& box = page_.boxes[at];
      number(share(box.prose, prose_));
      number(share(box.linked, box.bytes));
      number(logarithm(box.blocks) / 6);
      number(share(box.prose, box.bytes));
    }
    uint64_t path = 0;
    size_t level = 0;
    for (at = b.box; at >= 0 && level < kFarthest; at = page_.boxes[at].parent, ++level) {
      const Box& box = page_.boxes[at];
      if (level < 4) {
        path = mix(path, box.tag);
        holds("path", path);
      }
      holds("tag around", box.tag);
      for (uint64_t word : words_of_box_[at]) {
        if (level < 3) holds(level == 0 ? "own name" : level == 1 ? "name 1" : "name 2", word);
        holds("name around", word);
      }
      if (std::string_view prop = attribute(box.node, "itemprop"); !prop.empty())
        holds("property", hash64(prop));
      if (std::string_view role = attribute(box.node, "role"); !role.empty())
        holds("role", hash64(role));
    }
  }

  void neighbours(size_t i) {
    int count = static_cast<int>(page_.blocks.size());
    for (int step = -kNeighbours; step <= kNeighbours; ++step) {
      int k = static_cast<int>(i) + step;
      if (step == 0) continue;
      if (k < 0 || k >= count) {
        for (int n = 0; n < 5; ++n) number(0);
        continue;
      }
      const Block& other = page_.blocks[k];
      number(logarithm(other.text.size()) / 8);
      number(share(other.linked, other.text.size()));
      number(other.kept);
      number(is_heading(other.tag));
      number(places_[k].pair == places_[i].pair);
    }
    for (int step : {-1, 1}) {
      int k = static_cast<int>(i) + step;
      uint64_t side = step < 0 ? 1 : 2;
      if (k < 0 || k >= count) {
        holds("edge", side);
        continue;
      }
      const Block& other = page_.blocks[k];
      holds("neighbour", mix(mix(side, other.tag),
                             static_cast<uint64_t>(logarithm(other.text.size())) * 2 + other.kept));
      if (!words_[k].empty()) holds("neighbour begins", mix(side, words_[k][0]));
    }
  }

  const Page& page_;
  const PageHeader& header_;
  int body_;
  Shingles title_, description_, declared_;
  std::vector<std::vector<uint64_t>> words_of_box_, words_;
  std::vector<uint64_t> signature_;
  std::vector<Place> places_;
  std::vector<bool> is_date_;
  std::unordered_map<uint64_t, Group> groups_;
  std::unordered_map<uint64_t, int> times_;
  size_t total_ = 0, prose_ = 0, kept_ = 0;
  int headline_ = -1;
  struct {
    size_t before = 0, kept_before = 0;
    int last_kept = -1, next_kept = -1, last_heading = -1;
    int headlines = 0, dates = 0;  // dates behind the headline
  } so_far_;                       // of the blocks before the one that is looked at
  std::vector<float> dense_;       // of that one
  std::vector<uint64_t> sparse_;
};

namespace {

std::vector<std::string> make_names() {
  std::vector<std::string> names = {"length",
                                    "words",
                                    "link share",
                                    "bold share",
                                    "digits",
                                    "capitals",
                                    "commas",
                                    "sentence ends",
                                    "ends as a sentence",
                                    "ends with a colon",
                                    "begins small",
                                    "quotation marks",
                                    "line of furniture",
                                    "repeated",
                                    "a date",
                                    "an address or mark",
                                    "pairs of the title's words",
                                    "title's words",
                                    "in the description",
                                    "text declared",
                                    "in the declared text",
                                    "not in the declared text",
                                    "heading",
                                    "in a list",
                                    "in a quotation",
                                    "in a figure",
                                    "in a table",
                                    "in an article",
                                    "in a margin",
                                    "paragraph",
                                    "dropped by rule",
                                    "kept by rule",
                                    "in the body by rule",
                                    "continues",
                                    "place by blocks",
                                    "place by bytes",
                                    "before the headline",
                                    "behind the headline",
                                    "kept before",
                                    "kept behind",
                                    "since the last kept",
                                    "until the next kept",
                                    "since the last heading",
                                    "headlines so far",
                                    "dates so far",
                                    "box with the headline: depth",
                                    "box with the headline: prose",
                                    "below the box with the headline",
                                    "depth",
                                    "depth in the body"};
  for (const char* group : {"like element", "like pair", "like path"})
    for (const char* what :
         {"number", "share of bytes", "length", "link share", "share of prose", "share kept"})
      names.push_back(std::string(group) + ": " + what);
  for (int level = 1; level <= kLevels; ++level)
    for (const char* what : {"share of prose", "link share", "blocks", "prose"})
      names.push_back("box " + std::to_string(level) + ": " + what);
  for (int step = -kNeighbours; step <= kNeighbours; ++step)
    if (step != 0)
      for (const char* what : {"length", "link share", "kept", "heading", "alike"})
        names.push_back("neighbour " + std::to_string(step) + ": " + what);
  return names;
}

}  // namespace

const std::vector<std::string>& block_feature_names() {
  static const std::vector<std::string> names = make_names();
  return names;
}

BlockViews::BlockViews(const Page& page, const PageHeader& header, int body)
    : extractor_(std::make_unique<Extractor>(page, header, body)) {}
BlockViews::~BlockViews() = default;

void BlockViews::each(const std::function<void(size_t, const Features&)>& take) const {
  extractor_->each(take);
}

BlockFeatures block_features(const Page& page, const PageHeader& header, int body) {
  BlockFeatures out;
  out.width = block_feature_names().size();
  out.dense.reserve(page.blocks.size() * out.width);
  out.begin.push_back(0);
  BlockViews(page, header, body).each([&](size_t, const Features& f) { out.add(f); });
  return out;
}

}  // namespace chancery
