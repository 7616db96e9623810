#include "article/rule_body.h"

#include <algorithm>

#include "article/furniture.h"
#include "article/header_date.h"
#include "base/strings.h"

namespace chancery {
namespace {

double worth(const Block& b) {
  if (b.dropped || is_heading(b.tag) || b.text.size() < 25) return 0;
  double density = static_cast<double>(b.linked) / static_cast<double>(b.text.size());
  if (density > 0.6) return 0;
  double commas = static_cast<double>(std::count(b.text.begin(), b.text.end(), ','));
  double stops = 0;
  for (size_t i = 0; i + 1 < b.text.size(); ++i) stops += b.text[i] == '.' && b.text[i + 1] == ' ';
  double score = 1 + commas + 2 * stops + std::min(static_cast<double>(b.text.size()) / 80.0, 8.0);
  if (b.tag == GUMBO_TAG_LI || b.tag == GUMBO_TAG_TD) score *= 0.5;
  return score * (1 - density);
}

int choose_body(const Page& page) {
  std::vector<double> score(page.boxes.size(), 0), all(page.boxes.size(), 0);
  double total = 0;
  for (const Block& b : page.blocks) {
    double w = worth(b);
    if (w == 0) continue;
    total += w;
    double share = 1;
    // The nearest ancestors get most of it.
    int level = 0;
    for (int at = b.box; at >= 0; at = page.boxes[at].parent) {
      const Box& box = page.boxes[at];
      all[at] += w;
      if (!makes_block(box.tag) || box.tag == GUMBO_TAG_P) continue;
      double bonus = 1;
      if (attribute(box.node, "itemprop") == "articleBody") bonus = 2.0;
      else if (box.tag == GUMBO_TAG_ARTICLE) bonus = 1.15;
      else if (box.tag == GUMBO_TAG_BODY) bonus = 0.6;
      score[at] += w * share * bonus;
      share *= level == 0 ? 0.75 : 0.8;
      ++level;
    }
  }
  int best = -1;
  for (size_t i = 0; i < score.size(); ++i)
    if (score[i] > 0 && (best < 0 || score[i] > score[best])) best = static_cast<int>(i);
  // The body is often cut in several boxes: go up while the parent holds clearly more of the good
  // text.
  for (int at = best; at >= 0 && page.boxes[at].parent >= 0; at = page.boxes[at].parent) {
    int up = page.boxes[at].parent;
    if (page.boxes[up].tag == GUMBO_TAG_HTML) break;
    if (all[up] > all[best] * 1.25 &&
        (page.boxes[up].tag != GUMBO_TAG_BODY || all[best] < total * 0.5))
      best = up;
    else if (at != best && page.boxes[at].node->index_within_parent > 4) break;
  }
  return best;
}

bool keeps(const Block& b, const std::string& title) {
  double density = static_cast<double>(b.linked) / static_cast<double>(b.text.size());
  bool list = b.tag == GUMBO_TAG_LI || b.tag == GUMBO_TAG_TD || b.tag == GUMBO_TAG_TH ||
              b.tag == GUMBO_TAG_DD || b.tag == GUMBO_TAG_DT;
  if (density > (b.text.size() > 200 ? 0.6 : list ? 0.3 : 0.45)) return false;
  if (is_furniture_line(b.text)) return false;
  if (b.tag == GUMBO_TAG_H1 || b.text == title) return false;
  bool sentence = ends_with_any(b.text, {".", "!", "?", ":", "\"", "”", "’", ";", ")"});
  if (b.tag != GUMBO_TAG_P && !is_heading(b.tag) && !sentence && b.text.size() < 40 && !list)
    return false;
  return b.text.size() >= 60 || sentence || !header_date(b.text);
}

}  // namespace

bool encloses(const Page& page, int box, int inner) {
  if (box < 0) return false;
  while (inner > box) inner = page.boxes[inner].parent;
  return inner == box;
}

int apply_rules_of_thumb(Page& page, const std::string& title) {
  int body = choose_body(page);
  Block* last = nullptr;
  for (Block& b : page.blocks) {
    b.kept = !b.dropped && encloses(page, body, b.box) && keeps(b, title);
    if (b.kept && last && last->text == b.text) b.kept = false;
    if (b.kept) last = &b;
  }
  // Headings at the end announce what was dropped.
  for (auto at = page.blocks.rbegin(); at != page.blocks.rend(); ++at) {
    if (at->kept && !is_heading(at->tag)) break;
    at->kept = false;
  }
  return body;
}

size_t headlines_of_an_index(const Page& page, int body) {
  size_t leads = 0, run = 0, longest = 0;
  for (const Block& b : page.blocks) {
    if (b.dropped || !encloses(page, body, b.box)) continue;
    if (is_heading(b.tag) && b.tag != GUMBO_TAG_H1 && b.text.size() > 20 &&
        b.linked * 10 > b.text.size() * 8) {
      ++leads;
      run = 0;
    } else if (!is_heading(b.tag) && b.text.size() > 40 && b.linked * 2 < b.text.size()) {
      longest = std::max(longest, ++run);
    }
  }
  return leads >= 6 && longest <= 2 ? leads : 0;
}

}  // namespace chancery
