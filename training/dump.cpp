// Writes what a trainer outside this program learns from, so that tokens, labels and lemma scripts
// are made by the code that reads with them.
//   chancery-dump corpus DATA OUT.txt     treebanks, silver news and development sets
//   chancery-dump tokens IN.jsonl OUT.jsonl MODEL    the tokens of each article of a gold file, parsed
//   chancery-dump states IN.jsonl OUT.bin MODEL    what the model's encoder says of those tokens
// corpus: "# labels NAME" and the labels, a tab before each; "# part gold|silver|ewt_dev|gum_dev";
// "# document ID"; "# paragraph"; then a line a word (form, the numbers of its labels in the order
// of kTaggers, head, relation; -100 is unknown), an empty line after each sentence. tokens: {"id",
// "tokens": [[begin, end], …] in code points, "sentences": first tokens by rule, "paragraphs":
// first tokens, "heads": the token's head or -1, its "xpos", "upos", "features" and "relations", "pronouns": tokens}. states: the
// width as a 32-bit integer, then that many 16-bit floats a token, article after article.
#include <fmt/format.h>
#include <fmt/os.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "corpus.h"
#include "language/engine.h"
#include "language/tokenizer.h"

namespace {

using namespace chancery;
using namespace chancery::training;

void write_labels(fmt::ostream& out, const char* name, const std::vector<std::string>& labels) {
  out.print("# labels {}", name);
  for (const std::string& label : labels) out.print("\t{}", label);
  out.print("\n");
}

void write_part(fmt::ostream& out, const std::string& part, const std::vector<Example>& examples) {
  out.print("# part {}\n", part);
  const std::string* document = nullptr;
  for (const Example& e : examples) {
    if (!document || *document != e.document) out.print("# document {}\n", e.document);
    document = &e.document;
    if (e.paragraph) out.print("# paragraph\n");
    for (const Word& w : e.words) {
      std::string form = w.form;  // of silver tokens one in a million spans a line's end
      std::replace(form.begin(), form.end(), '\n', ' ');
      out.print("{}", form);
      for (int label : w.label) out.print("\t{}", label);
      out.print("\t{}\t{}\n", w.head, w.relation);
    }
    out.print("\n");
  }
}

void dump_corpus(const std::string& data, const std::string& to) {
  Corpus corpus = load_corpus(data, false);
  fmt::ostream out = fmt::output_file(to);
  for (int l = 0; l < kLabels; ++l) write_labels(out, kTaggers[l], corpus.labels.names[l]);
  write_labels(out, "relation", corpus.labels.relations);
  write_part(out, "gold", corpus.gold);
  write_part(out, "silver", corpus.silver);
  for (const auto& [name, examples] : corpus.dev) write_part(out, name, examples);
}

void dump_tokens(const std::string& from, const std::string& to, const std::string& model) {
  LanguageEngine engine(model);
  std::string rows = read_file(from);
  simdjson::dom::parser parser;
  fmt::ostream out = fmt::output_file(to);
  for (std::string_view line : split(rows, '\n')) {
    if (line.empty()) continue;
    simdjson::dom::element article = parser.parse(simdjson::padded_string(line))["article"];
    std::string text{std::string_view(article["text"])};
    Document document = tokenize(text);
    OffsetMap points(text);
    out.print("{{\"id\": \"{}\", \"tokens\": [", std::string_view(article["id"]));
    for (int i = 0; i < document.size(); ++i)
      out.print("{}[{}, {}]", i ? ", " : "", points.to_code_points(document[i].span.begin),
                points.to_code_points(document[i].span.end));
    auto firsts = [&](const char* name, bool paragraphs) {
      out.print("], \"{}\": [", name);
      int last = -1;
      bool any = false;
      for (const Sentence& s : document.sentences) {
        if (paragraphs && s.paragraph == last) continue;
        last = s.paragraph;
        out.print("{}{}", any ? ", " : "", s.begin);
        any = true;
      }
    };
    firsts("sentences", false);
    firsts("paragraphs", true);
    engine.annotate(document);
    out.print("], \"heads\": [");
    for (int i = 0; i < document.size(); ++i) out.print("{}{}", i ? ", " : "", document[i].head);
    auto tags = [&](const char* name, const char* Token::*tag) {
      out.print("], \"{}\": [", name);
      for (int i = 0; i < document.size(); ++i)
        out.print("{}\"{}\"", i ? ", " : "", document[i].*tag);
    };
    tags("xpos", &Token::xpos);
    tags("upos", &Token::upos);
    tags("features", &Token::features);
    tags("relations", &Token::relation);
    out.print("], \"pronouns\": [");
    bool any = false;
    for (int i = 0; i < document.size(); ++i)
      if (std::string_view(document[i].upos) == "PRON") {
        out.print("{}{}", any ? ", " : "", i);
        any = true;
      }
    out.print("]}}\n");
  }
}

void dump_states(const std::string& from, const std::string& to, const std::string& model) {
  LanguageEngine engine(model);
  std::string rows = read_file(from);
  simdjson::dom::parser parser;
  std::ofstream out(to, std::ios::binary);
  uint32_t width = static_cast<uint32_t>(engine.network().shape().width);
  out.write(reinterpret_cast<const char*>(&width), sizeof width);
  std::vector<float> states;
  std::vector<_Float16> half;
  for (std::string_view line : split(rows, '\n')) {
    if (line.empty()) continue;
    std::string text{
        std::string_view(parser.parse(simdjson::padded_string(line))["article"]["text"])};
    Document document = tokenize(text);
    engine.network().annotate(document, &states);
    half.assign(states.begin(), states.end());
    out.write(reinterpret_cast<const char*>(half.data()),
              static_cast<std::streamsize>(half.size() * sizeof(_Float16)));
  }
  if (!out) throw Error(to + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  std::string what = argc >= 4 ? argv[1] : "";
  bool read = what == "tokens" || what == "states";
  if (!(what == "corpus" && argc == 4) && !(read && argc == 5)) {
    fmt::print(stderr,
               "usage: chancery-dump corpus DATA OUT.txt | tokens IN.jsonl OUT.jsonl MODEL | "
               "states IN.jsonl OUT.bin MODEL\n");
    return 2;
  }
  try {
    if (what == "corpus") dump_corpus(argv[2], argv[3]);
    else (what == "tokens" ? dump_tokens : dump_states)(argv[2], argv[3], argv[4]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "chancery-dump: {}\n", error.what());
    return 1;
  }
}
