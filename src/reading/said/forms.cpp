#include "reading/said/forms.h"

#include <algorithm>
#include <cctype>

#include "base/utf8.h"
#include "reading/said/form_finders.h"

namespace chancery {
namespace {

// Fewer paragraphs than this that begin with a time of day or a place make no live blog or list.
constexpr size_t kEntries = 3;
// Words of a place with its dash ("RAMALLAH, West Bank --").
constexpr int kPlace = 7;

// Two digits at most; -1 for none.
int number(std::string_view text, size_t& at) {
  int value = -1;
  for (int digits = 0; digits < 2 && at < text.size() && std::isdigit(text[at] & 0xff); ++digits)
    value = std::max(value, 0) * 10 + (text[at++] - '0');
  return value;
}

// The time of day that a paragraph begins with ("14:05", "(9.45pm)", "7:30 a.m."), "" for none.
std::string clock_of(std::string_view text) {
  size_t at = !text.empty() && text[0] == '(' ? 1 : 0;
  int hour = number(text, at);
  if (hour < 0 || at >= text.size() || (text[at] != ':' && text[at] != '.')) return "";
  const bool colon = text[at++] == ':';
  const size_t minutes = at;
  const int minute = number(text, at);
  if (at - minutes != 2 || minute > 59) return "";
  if (at < text.size() && text[at] == ' ') ++at;
  const std::string half = lower(text.substr(at, 4));
  const bool am = half.starts_with("am") || half.starts_with("a.m."),
             pm = half.starts_with("pm") || half.starts_with("p.m.");
  if (!colon && !am && !pm) return "";
  if (at < text.size() && std::isdigit(text[at] & 0xff)) return "";
  if (pm && hour < 12) hour += 12;
  if (am && hour == 12) hour = 0;
  if (hour > 23) return "";
  auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(hour) + ":" + two(minute);
}

bool dash(std::string_view form) {
  return form == "-" || form == "--" || form == "–" || form == "—" || form == ":";
}

// "ROME - Italy asked …", "* Canada will lift …": a brief begins with the place it comes from, or with
// the mark of a list.
bool begins_brief(const TreeView& t, TreeView::Range p) {
  const std::string_view first = t[p.begin].form;
  if (first == "*" || first == "•" || first == "+") return p.end - p.begin > 2;
  const bool capitals = first.size() > 2 && std::all_of(first.begin(), first.end(), [](char c) {
                          return std::isupper(c & 0xff) || (c & 0x80);
                        });
  for (int i = p.begin; capitals && i + 1 < p.end && i - p.begin < kPlace; ++i) {
    const std::string_view form = t[i].form;
    if (i > p.begin && dash(form)) return true;
    if (!std::isupper(form[0] & 0xff) && !(form[0] & 0x80) && form != ",") return false;
  }
  return false;
}

std::vector<NewsEntry> entries_of(const TreeView& t,
                                  const std::vector<TreeView::Range>& paragraphs) {
  std::vector<NewsEntry> blog, briefs;
  for (TreeView::Range p : paragraphs) {
    const size_t from = t[p.begin].span.begin;
    std::string time = clock_of(t.document().text.substr(from, t[p.end - 1].span.end - from));
    if (!time.empty()) blog.push_back({p, std::move(time)});
    else if (!blog.empty()) blog.back().words.end = p.end;
    if (begins_brief(t, p)) briefs.push_back({p, ""});
    else if (!briefs.empty()) briefs.back().words.end = p.end;
  }
  if (blog.size() >= kEntries) return blog;
  return briefs.size() >= kEntries ? briefs : std::vector<NewsEntry>();
}

}  // namespace

std::vector<TreeView::Range> paragraphs_of(const TreeView& t) {
  std::vector<TreeView::Range> out;
  int last = -1;
  for (const Sentence& s : t.document().sentences) {
    if (s.begin == s.end) continue;
    if (out.empty() || s.paragraph != last) out.push_back({s.begin, s.end});
    out.back().end = s.end;
    last = s.paragraph;
  }
  return out;
}

TextForm form_of(const TreeView& tree, const Lexicon& lexicon) {
  TextForm out;
  const std::vector<TreeView::Range> paragraphs = paragraphs_of(tree);
  out.turns = find_turns(tree, lexicon, paragraphs);
  if (out.turns.empty()) out.own_words = find_own_words(tree, lexicon, paragraphs);
  if (out.turns.empty() && out.own_words.empty())
    out.opinion = find_opinion(tree, find_quotations(tree.document()), paragraphs);
  if (out.turns.empty()) out.entries = entries_of(tree, paragraphs);
  return out;
}

std::vector<Quotation> TextForm::quotations() const {
  std::vector<Quotation> out;
  auto all = [&](const std::vector<TreeView::Range>& spoken) {
    for (TreeView::Range r : spoken) out.push_back({r.begin, r.end, true, true});
  };
  for (const Turn& turn : turns) all(turn.spoken);
  for (const OwnWords& own : own_words) all(own.spoken);
  return out;
}

bool TextForm::gives(const Quotation& q) const {
  const std::vector<Quotation> all = quotations();
  return std::any_of(all.begin(), all.end(),
                     [&](const Quotation& x) { return x.begin == q.begin; });
}

bool TextForm::names_speaker(int token) const {
  auto in_label = [&](const Turn& x) { return x.label.begin <= token && token < x.label.end; };
  return std::any_of(turns.begin(), turns.end(), in_label) ||
         std::any_of(own_words.begin(), own_words.end(),
                     [&](const OwnWords& own) { return own.document == token; });
}

int TextForm::entry(int token) const {
  for (size_t i = 0; i < entries.size(); ++i)
    if (entries[i].words.begin <= token && token < entries[i].words.end) return static_cast<int>(i);
  return -1;
}

std::vector<Quotation> with_form(std::vector<Quotation> quotations, const TextForm& form) {
  const std::vector<Quotation> spoken = form.quotations();
  std::erase_if(quotations, [&](const Quotation& q) {
    return std::any_of(spoken.begin(), spoken.end(),
                       [&](const Quotation& s) { return q.begin < s.end && s.begin < q.end; });
  });
  quotations.insert(quotations.end(), spoken.begin(), spoken.end());
  std::sort(quotations.begin(), quotations.end(),
            [](const Quotation& a, const Quotation& b) { return a.begin < b.begin; });
  return quotations;
}

}  // namespace chancery
