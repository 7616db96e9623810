#include "reading/tree_view.h"

#include <algorithm>

#include "base/utf8.h"

namespace chancery {
namespace {

bool matches(std::string_view relation, std::string_view wanted) {
  if (relation == wanted) return true;
  return relation.size() > wanted.size() && relation.starts_with(wanted) &&
         relation[wanted.size()] == ':';
}

}  // namespace

bool is_punctuation(std::string_view form) {
  for (size_t at = 0; at < form.size();) {
    char32_t c = decode_utf8(form, at);
    if (is_letter(c) || is_digit(c) || c == '%' || c == '$' || c == U'€' || c == U'£') return false;
  }
  return true;
}

TreeView::TreeView(const Document& document, const WordLists& words)
    : d_(document),
      words_(words),
      children_(document.tokens.size()),
      sentence_(document.tokens.size()) {
  for (size_t s = 0; s < d_.sentences.size(); ++s)
    for (int i = d_.sentences[s].begin; i < d_.sentences[s].end; ++i) {
      sentence_[i] = static_cast<int>(s);
      if (d_.tokens[i].head >= 0) children_[d_.tokens[i].head].push_back(i);
    }
}

bool TreeView::is(int i, std::string_view relation) const {
  return matches(d_.tokens[i].relation, relation);
}

bool TreeView::is_any(int i, std::initializer_list<std::string_view> relations) const {
  for (std::string_view r : relations)
    if (is(i, r)) return true;
  return false;
}

int TreeView::child(int i, std::initializer_list<std::string_view> relations) const {
  for (std::string_view r : relations)
    for (int c : children_[i])
      if (matches(d_.tokens[c].relation, r)) return c;
  return -1;
}

std::string TreeView::case_of(int i) const {
  for (int c : children_[i])
    if (is(c, "case") && !tag(c, "POS")) {
      std::string out = lower(d_.tokens[c].form);
      for (int f : children_[c])
        if (is(f, "fixed")) out += " " + lower(d_.tokens[f].form);
      return out;
    }
  return "";
}

std::string TreeView::mark_of(int i) const {
  for (int c : children_[i])
    if (is(c, "mark")) {
      std::string out = lower(d_.tokens[c].form);
      for (int f : children_[c])
        if (is(f, "fixed")) out += " " + lower(d_.tokens[f].form);
      return out;
    }
  return "";
}

int TreeView::oblique(int i, std::string_view preposition) const {
  for (int c : children_[i])
    if (is_any(c, {"obl", "nmod"}) && case_of(c) == preposition) return c;
  return -1;
}

bool TreeView::descends(int i, int from) const {
  for (int steps = 0; i >= 0 && steps < 400; i = d_.tokens[i].head, ++steps)
    if (i == from) return true;
  return false;
}

bool TreeView::negated(int i) const {
  // "does not halt and cooperate": one negation for both.
  if (is(i, "conj") && d_.tokens[i].head >= 0 && verb(i) && verb(d_.tokens[i].head) &&
      child(i, {"nsubj", "aux"}) < 0 && tag(i, "VB") &&
      std::string_view(d_.tokens[i].xpos) == "VB" && negated(d_.tokens[i].head))
    return true;
  for (int c : children_[i]) {
    std::string_view l = d_.tokens[c].lemma;
    if (c < i && is_any(c, {"advmod", "cc"}) && in(WordList::negations, l)) return true;
    std::string_view f = d_.tokens[c].form;
    if (is(c, "advmod") && in(WordList::not_forms, f)) return true;
  }
  return false;
}

bool TreeView::asked_for(int i) const {
  const int up = d_.tokens[i].head;
  if (up < 0 || !is_any(i, {"nmod", "obl"}) || case_of(i) != "for" ||
      !in(WordList::asking_for, d_.tokens[up].lemma))
    return false;
  const auto to_act = [&](int of) {
    return std::any_of(children_[of].begin(), children_[of].end(), [&](int c) {
      return c > i && is_any(c, {"xcomp", "acl", "advcl", "ccomp"}) && mark_of(c) == "to";
    });
  };
  return !to_act(i) && !to_act(up);
}

std::string_view TreeView::modal(int i) const {
  for (int c : children_[i])
    if (is(c, "aux") && tag(c, "MD")) {
      std::string_view l = d_.tokens[c].lemma, f = d_.tokens[c].form;
      if (f == "'ll" || f == "’ll" || l == "will")
        return f == "would" || f == "'d" || f == "’d" ? "would" : "will";
      if (f == "wo" || f == "Will") return "will";
      if (f == "would" || f == "'d" || f == "’d") return "would";
      if (in(WordList::past_modals, f)) return f;
      return l;
    }
  return "";
}

bool TreeView::of_blame(int verb) const {
  return is(verb, "advcl") && tag(verb, "VBG") && d_.tokens[verb].head >= 0 &&
         in(WordList::blaming_marks, mark_of(verb));
}

int TreeView::joined_before(int verb) const {
  if (!is(verb, "conj") || d_.tokens[verb].head < 0) return -1;
  int found = -1;
  for (int c : children_[d_.tokens[verb].head])
    if (c < verb && is(c, "conj"))
      if (const int s = child(c, {"nsubj"}); s >= 0) found = s;
  return found;
}

int TreeView::subject(int verb) const {
  for (int steps = 0; verb >= 0 && steps < 12; ++steps) {
    int s = child(verb, {"nsubj", "csubj"});
    if (s >= 0) {
      // A relative pronoun stands for the noun that its clause hangs on.
      if ((tag(s, "WP") || tag(s, "WDT")) && is(verb, "acl") && d_.tokens[verb].head >= 0)
        return d_.tokens[verb].head;
      return s;
    }
    if (is_any(verb, {"xcomp", "conj", "advcl", "parataxis"}) && d_.tokens[verb].head >= 0) {
      int up = d_.tokens[verb].head;
      if (const int before = joined_before(verb); before >= 0) return before;
      if (is(verb, "xcomp")) {
        // "urged Olm to withdraw": the object acts.
        int object = child(up, {"obj"});
        if (object >= 0 && object < verb) return object;
      }
      if (of_blame(verb)) {
        int object = child(up, {"obj"});
        if (object >= 0 && object < verb) return object;
      }
      verb = up;
      continue;
    }
    if (is(verb, "acl") && d_.tokens[verb].head >= 0) return d_.tokens[verb].head;
    return -1;
  }
  return -1;
}

bool TreeView::passive(int verb) const {
  for (int c : children_[verb]) {
    std::string_view r = d_.tokens[c].relation;
    if (r == "nsubj:pass" || r == "aux:pass" || r == "csubj:pass") return true;
  }
  // "pacts signed last year"; not "who had signed it"
  return is(verb, "acl") && tag(verb, "VBN") && child(verb, {"nsubj"}) < 0;
}

int TreeView::agent(int verb) const { return passive(verb) ? oblique(verb, "by") : subject(verb); }

int TreeView::perfect(int verb) const {
  for (int c : children_[verb])
    if (is(c, "aux") && lemma(c) == "have") return c;
  return -1;
}

bool TreeView::none_of(int noun) const {
  for (int c : children_[noun])
    if (is(c, "det") && lemma(c) == "no") return true;
  return false;
}

std::array<int, 2> TreeView::owners(int noun) const {
  return {child(noun, {"nmod:poss"}), oblique(noun, "by")};
}

TreeView::Range TreeView::subtree(int i) const {
  return subtree_without(i, [](int, int) { return false; });
}

Span TreeView::span(Range r) const {
  return {d_.tokens[r.begin].span.begin, d_.tokens[r.end - 1].span.end};
}

Span TreeView::trimmed(Range r) const {
  auto loose = [&](int i) {
    std::string_view f = d_.tokens[i].form;
    return f == "," || f == "." || f == ";" || f == ":" || f == "--" || f == "-" || f == "–" ||
           f == "—" || f == "!" || f == "?" || f == "…" || f == "..." || f == "•";
  };
  while (r.end - r.begin > 1 && loose(r.begin)) ++r.begin;
  while (r.end - r.begin > 1 && loose(r.end - 1)) --r.end;
  return span(r);
}

int TreeView::token_at(uint32_t byte) const {
  auto at = std::lower_bound(d_.tokens.begin(), d_.tokens.end(), byte,
                             [](const Token& t, uint32_t b) { return t.span.end <= b; });
  return static_cast<int>(at - d_.tokens.begin());
}

TreeView::Range TreeView::range_of(Span s) const {
  int begin = token_at(s.begin), end = begin;
  while (end < size() && d_.tokens[end].span.begin < s.end) ++end;
  return {begin, end};
}

}  // namespace chancery
