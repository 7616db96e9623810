// Writes what the judges of signs are asked (src/reading/sign_judge.h), for
// script/development/signs to learn their weights from.
//
// usage: chancery-sign-cases country|antecedent DATA MODEL ARTICLES.jsonl, lines with id, published
// and text. One line a case, spans in code points:
//   country     an entity that has no country by its own words:
//               {"id","spans":[[b,e]…],"none":[…],"candidates":[{"code","signs"}…]}
//   antecedent  a phrase: {"id","spans":[[b,e]],"none":[…],"candidates":[{"spans","signs"}…]},
//               a candidate by its mentions so far
#include <fmt/format.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/utf8.h"
#include "reading/entities.h"
#include "reading/quotes.h"
#include "reading/reader.h"
#include "reading/times.h"
#include "reading/tree_view.h"

namespace {

using namespace chancery;

std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 32 ? ' ' : c;
  }
  return out + "\"";
}

std::string list(const std::vector<std::string>& signs) {
  std::string out;
  for (const std::string& s : signs) out += (out.empty() ? "" : ",") + quoted(s);
  return "[" + out + "]";
}

// A judge that is never sure: the cases are to be as they are before anything was guessed.
SignJudge undecided() {
  std::string path = (std::filesystem::temp_directory_path() / "undecided_signs.tsv").string();
  std::ofstream(path) << "sign\tweight\nthreshold\t2\n";
  return SignJudge(path);
}

struct Articles {
  const Resources& r;
  const SignJudge& never;
  bool antecedents;

  void write(const std::string& id, const std::string& published, const std::string& text) const {
    Document document = r.engine.analyze(text);
    if (document.tokens.empty()) return;
    TreeView tree(document);
    std::vector<Quotation> quotations = find_quotations(document);
    Times times(tree, r.times, published);
    // Byte to code point.
    std::vector<uint32_t> point(text.size() + 1, 0);
    for (size_t i = 0; i < text.size(); ++i)
      point[i + 1] = point[i] + ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80);
    auto at = [&](uint32_t byte) { return byte < text.size() ? point[byte + 1] - 1 : point[byte]; };
    auto span = [&](Span s) { return fmt::format("[{},{}]", at(s.begin), at(s.end)); };
    ActorKnowledge knowledge{r.known, r.places, never, r.antecedent};
    if (antecedents)
      knowledge.watch = [&](const std::vector<Mention>& mentions, int phrase, const SignCase& c) {
        auto of = [&](int m) { return span(tree.span({mentions[m].begin, mentions[m].end})); };
        auto told = [&](int m) {  // so far, without pronouns
          std::string out;
          for (int i = 0; i < phrase; ++i)
            if (mentions[i].entity == mentions[m].entity && mentions[i].sort != Mention::pronoun)
              out += (out.empty() ? "" : ",") + of(i);
          return out;
        };
        std::string candidates;
        for (const SignCase::Candidate& k : c.candidates)
          candidates += fmt::format("{}{{\"spans\":[{}],\"signs\":{}}}",
                                    candidates.empty() ? "" : ",", told(k.id), list(k.signs));
        fmt::print("{{\"id\":{},\"spans\":[{}],\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
                   of(phrase), list(c.none), candidates);
      };
    Entities entities(tree, knowledge, quotations, published, times.date_words());
    if (antecedents) return;
    entities.write_mentions();
    for (size_t e = 0; e < entities.entities().size(); ++e) {
      const Entity& x = entities.entities()[e];
      if (!x.actor.country.empty() || x.mentions.empty()) continue;
      SignCase c = entities.country_case(static_cast<int>(e));
      if (c.candidates.empty()) continue;
      std::string spans, candidates;
      for (Span s : x.mentions) spans += (spans.empty() ? "" : ",") + span(s);
      for (const SignCase::Candidate& k : c.candidates)
        candidates +=
            fmt::format("{}{{\"code\":\"{}\",\"signs\":{}}}", candidates.empty() ? "" : ",",
                        r.known.states()[k.id].code, list(k.signs));
      fmt::print("{{\"id\":{},\"spans\":[{}],\"none\":{},\"candidates\":[{}]}}\n", quoted(id),
                 spans, list(c.none), candidates);
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc == 5 ? argv[1] : "";
  if (kind != "country" && kind != "antecedent") {
    fmt::print(stderr, "usage: chancery-sign-cases country|antecedent DATA MODEL ARTICLES.jsonl\n");
    return 1;
  }
  try {
    Resources resources(argv[2], argv[3]);
    SignJudge never = undecided();
    Articles articles{resources, never, kind == "antecedent"};
    simdjson::dom::parser parser;
    std::ifstream in(argv[4]);
    std::string line;
    while (std::getline(in, line)) {
      simdjson::dom::element row = parser.parse(line);
      std::string_view published;
      if (row["published"].get(published)) published = "";
      articles.write(std::string(std::string_view(row["id"])), std::string(published),
                     std::string(std::string_view(row["text"])));
    }
  } catch (const std::exception& e) {
    fmt::print(stderr, "chancery-sign-cases: {}\n", e.what());
    return 1;
  }
  return 0;
}
