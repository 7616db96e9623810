#include "reading/lemmas.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "language/lemma.h"
#include "language/verb_forms.h"

namespace chancery {
namespace {

// What a form in -s may be of: "accuses" of "accuse", "clashes" of "clash", "rallies" of "rally".
std::vector<std::string> before_s(std::string_view form) {
  std::vector<std::string> out;
  if (form.size() < 4 || !form.ends_with('s') || form.ends_with("ss")) return out;
  const auto without = [&](size_t letters) {
    return std::string(form.substr(0, form.size() - letters));
  };
  if (form.ends_with("ies")) out.push_back(without(3) + "y");
  out.push_back(without(1));
  if (form.ends_with("es")) out.push_back(without(2));
  return out;
}

// The only noun that a plural with these letters can be of, "" where there are several.
std::string singular(std::string_view form) {
  if (form.size() < 5) return {};
  if (form.ends_with("men")) return std::string(form.substr(0, form.size() - 2)) + "an";
  const bool hissing = form.ends_with("ches") || form.ends_with("shes") || form.ends_with("sses") ||
                       form.ends_with("xes");
  return hissing ? std::string(form.substr(0, form.size() - 2)) : std::string();
}

std::vector<std::string> regular(const Token& t, const std::string& form) {
  const std::string_view tag = t.xpos;
  if (tag == "VBZ" || tag == "NNS") return before_s(form);
  std::vector<std::string> out;
  if (tag.starts_with("VB"))
    for (std::string_view script : verb_scripts(form, verb_form(form)))
      out.push_back(apply_lemma_script(form, script));
  return out;
}

}  // namespace

void mend_lemmas(Document& document, const Lexicon& lexicon) {
  for (Token& t : document.tokens) {
    const std::string_view tag = t.xpos;
    if (!tag.starts_with("VB") && tag != "NNS") continue;
    const std::string form = lower(t.form);
    if (std::string_view lemma = lexicon.irregular(form, tag); !lemma.empty()) {
      t.lemma = lemma;
      continue;
    }
    if (lexicon.knows(t.lemma)) continue;
    if (tag == "NNS")
      if (std::string one = singular(form); !one.empty()) t.lemma = std::move(one);
    for (const std::string& lemma : regular(t, form))
      if (lexicon.knows(lemma)) {
        t.lemma = lemma;
        break;
      }
  }
}

void mend_voices(Document& document, const Lexicon& lexicon) {
  struct Clause {
    int subject = -1;  // of a passive, before the verb
    bool object = false, auxiliary = false;
  };
  std::vector<Clause> clauses(document.tokens.size());
  for (int i = 0; i < static_cast<int>(document.tokens.size()); ++i) {
    const std::string_view relation = document.tokens[i].relation;
    const int verb = document.tokens[i].head;
    if (verb < 0) continue;
    Clause& c = clauses[verb];
    if (relation == "nsubj:pass" && i < verb) c.subject = i;
    c.object |= relation == "obj" && i > verb;
    c.auxiliary |= relation.starts_with("aux");
  }
  for (size_t verb = 0; verb < clauses.size(); ++verb) {
    const Clause& c = clauses[verb];
    Token& t = document.tokens[verb];
    if (c.subject < 0 || !c.object || c.auxiliary || lexicon.words()[WordList::given].has(t.lemma))
      continue;
    document.tokens[c.subject].relation = "nsubj";
    if (t.xpos == std::string_view("VBN")) t.xpos = "VBD";
  }
}

void mend_progressives(Document& document) {
  std::vector<char> being(document.tokens.size()), object(document.tokens.size());
  for (size_t i = 0; i < document.tokens.size(); ++i) {
    const Token& t = document.tokens[i];
    if (t.head < 0) continue;
    const auto head = static_cast<size_t>(t.head);
    being[head] |= t.relation == std::string_view("aux") && t.lemma == "be" && i < head;
    object[head] |= t.relation == std::string_view("obj") && i > head;
  }
  for (size_t i = 0; i < document.tokens.size(); ++i) {
    Token& t = document.tokens[i];
    const std::string_view tag = t.xpos;
    if (!being[i] || !object[i] || !t.form.ends_with("ing") || (tag != "RB" && tag != "JJ"))
      continue;
    t.xpos = "VBG";
    t.upos = "VERB";
  }
}

void mend_acronyms(Document& document, const Register& known) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (const Sentence& s : document.sentences) {
    bool small = false;
    for (int i = s.begin; i < s.end && !small; ++i)
      small = document.tokens[i].form.size() > 1 &&
              std::none_of(document.tokens[i].form.begin(), document.tokens[i].form.end(), capital);
    for (int i = s.begin; i < s.end && small; ++i) {
      Token& t = document.tokens[i];
      const std::string_view tag = t.xpos;
      if ((tag != "WP" && tag != "PRP") || t.form.size() < 2 ||
          !std::all_of(t.form.begin(), t.form.end(), capital) || !known.find(t.form))
        continue;
      t.xpos = "NNP";
      t.upos = "PROPN";
    }
  }
}

void mend_unwelcome(Document& document) {
  std::vector<Token>& tokens = document.tokens;
  for (int i = 1; i + 2 < static_cast<int>(tokens.size()); ++i) {
    if ((tokens[i].form != "persona" && tokens[i].form != "personae") ||
        tokens[i + 1].form != "non")
      continue;
    tokens[i].lemma = "persona";
    if (tokens[i].relation == std::string_view("xcomp")) tokens[i].relation = "obj";
    for (int at : {i + 1, i + 2}) tokens[at].head = i, tokens[at].relation = "flat";
    for (int j = i - 2; j >= 0 && i - j < 8; --j)
      if (tokens[j].head == i) tokens[j].head = i - 1;
  }
}

}  // namespace chancery
