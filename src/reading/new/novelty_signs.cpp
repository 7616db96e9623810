#include "reading/new/novelty_signs.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {
namespace {

std::string length_sign(int tokens) {
  return tokens <= 2 ? "2" : tokens <= 4 ? "4" : tokens <= 8 ? "8" : tokens <= 14 ? "14" : "long";
}

void noun_signs(const TreeView& t, const NoveltyProposal& p, std::vector<std::string>& out) {
  const std::string noun = p.noun == p.word ? "-" : lower(t.lemma(p.noun));
  out.push_back("noun " + noun);
  if (p.noun != p.word) out.push_back("noun tag " + std::string(t[p.noun].xpos));
  out.push_back("word tag " + std::string(t[p.word].xpos));
  if (p.noun > p.word + 1) out.push_back("words between");
  if (isupper(static_cast<unsigned char>(t[p.word].form[0])) && p.word > t.sentence(p.word).begin)
    out.push_back("capital");
  const int before = p.word - 1;
  if (before >= t.sentence(p.word).begin) {
    const std::string low = lower(t[before].form);
    out.push_back(t.tag(before, "PRP$") || t.tag(before, "POS") ? "of somebody"
                  : t.tag(before, "DT")                         ? "after '" + low + "'"
                                                                : "bare");
  }
}

void place_signs(const TreeView& t, const NoveltyProposal& p, std::vector<std::string>& out) {
  const std::string relation(t[p.noun].relation);
  out.push_back("is " + relation);
  if (int c = t.child(p.noun, {"case"}); c >= 0 && c < p.word)
    out.push_back("behind '" + lower(t[c].form) + "'");
  int up = t[p.noun].head;
  for (int steps = 0; up >= 0 && !t.verb(up) && steps < 3; ++steps) up = t[up].head;
  if (t.child(p.noun, {"cop"}) >= 0) out.push_back("is said to be");
  else if (up >= 0 && t.verb(up)) out.push_back("verb " + lower(t.lemma(up)));
  if (t.negated(p.noun) || (up >= 0 && t.negated(up))) out.push_back("negated");
  if (t.sentence_of(p.word) == 0) out.push_back("first sentence");
}

void frame_signs(const NoveltyProposal& p, std::vector<std::string>& out) {
  out.push_back(p.reason.empty() ? "no reason" : "reason " + p.reason);
  const std::pair<bool, const char*> shown[] = {
      {p.since >= 0, "since"}, {p.years >= 0, "a length of time"},
      {p.frame, "a frame"},    {p.such, "such"},
      {p.to_act, "to act"},    {p.owned, "owned"},
      {p.reach, "reaches"},    {p.time, "time"}};
  int n = 0;
  for (const auto& [has, name] : shown)
    if (has) {
      out.push_back(name);
      ++n;
    }
  if (n == 0) out.push_back("bare claim");
}

}  // namespace

SignCase novelty_case(const TreeView& t, const NoveltyProposal& p) {
  SignCase out;
  std::vector<std::string> common;
  const std::string word = lower(t[p.word].form);
  common.push_back("word " + word);
  common.push_back("kind " + p.kind);
  noun_signs(t, p, common);
  place_signs(t, p, common);
  frame_signs(p, common);
  const size_t single = common.size();
  for (size_t i = 2; i < single; ++i) common.push_back(p.kind + ", " + common[i]);
  auto candidate = [&](int id, const char* name) {
    const TreeView::Range range = p.words(id);
    if (range.end <= range.begin) return;
    for (const SignCase::Candidate& other : out.candidates)
      if (p.words(other.id).begin == range.begin && p.words(other.id).end == range.end) return;
    SignCase::Candidate c{id, common};
    for (size_t i = 0; i < single; ++i) c.signs.push_back(std::string(name) + ": " + common[i]);
    c.signs.push_back(name);
    c.signs.push_back(std::string(name) + " of " + length_sign(range.end - range.begin));
    if (range.end < t.size())
      c.signs.push_back(std::string(name) + " before " + std::string(t[range.end].xpos));
    out.candidates.push_back(std::move(c));
  };
  candidate(0, "phrase");
  candidate(1, "clause");
  candidate(2, "brief");
  return out;
}

}  // namespace chancery
