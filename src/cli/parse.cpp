#include "article/charset.h"
#include "article/load.h"
#include "base/error.h"
#include "cli/app.h"
#include "language/conllu.h"

namespace chancery::cli {
namespace {

// A document whose tokens are given: the words of a treebank's sentences, joined by blanks where
// they had them.
struct Given {
  std::string text;
  Document document;
};

Given from_conllu(const std::vector<ConlluSentence>& sentences, size_t begin, size_t end) {
  Given out;
  struct Place {
    uint32_t begin, end;
  };
  std::vector<Place> places;
  for (size_t s = begin; s < end; ++s)
    for (const ConlluWord& w : sentences[s].words) {
      uint32_t at = static_cast<uint32_t>(out.text.size());
      out.text += w.form;
      places.push_back({at, static_cast<uint32_t>(out.text.size())});
      if (w.space_after) out.text += ' ';
    }
  out.document.text = out.text;
  size_t k = 0;
  for (size_t s = begin; s < end; ++s) {
    int first = static_cast<int>(k);
    for (const ConlluWord& w : sentences[s].words) {
      Token token;
      token.span = {places[k].begin, places[k].end};
      token.space_after = w.space_after;
      token.joined_to_next = w.joined_to_next;
      out.document.tokens.push_back(token);
      ++k;
    }
    out.document.sentences.push_back({first, static_cast<int>(k), static_cast<int>(s - begin)});
  }
  return out;
}

}  // namespace

void add_parse(CLI::App& root, App& app) {
  struct Options {
    std::string file = "-", input = "text", out = "-";
  };
  auto o = std::make_shared<Options>();
  CLI::App* verb = root.add_subcommand(
      "parse", "Text to CoNLL-U: tokens, tags, lemmas, dependency trees, names");
  verb->footer(
      "With --input conllu the given sentences and words are kept and tagged and parsed "
      "anew.\n\nExample:\n  echo 'Ilo met Varga in Zaravec.' | chancery parse\n");
  verb->add_option("FILE", o->file, "A text, or CoNLL-U; - is standard input")
      ->capture_default_str();
  verb->add_option("--input", o->input, "text or conllu")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "conllu"}));
  verb->add_option("-o,--out", o->out, "Where to write; - is standard output")
      ->capture_default_str();
  verb->callback([o, &app] {
    LanguageEngine engine(app.model_file());
    Output out(o->out);
    std::string bytes;
    std::vector<ConlluSentence> sentences;
    try {
      bytes = load_bytes(o->file, 1u << 30);
      if (looks_binary(bytes)) throw Error(o->file + ": not a text (binary data)");
      bytes = to_utf8(bytes, "");
      if (o->input == "conllu") sentences = parse_conllu(bytes, o->file);
    } catch (const Error& error) {
      app.failed(error.what());
      return;
    }
    std::string text;
    if (o->input == "conllu") {
      constexpr size_t kBlock = 500;
      for (size_t begin = 0, end = 0; begin < sentences.size(); begin = end) {
        // Never across documents: an encoder may look beyond the sentence.
        end = begin + 1;
        while (end < sentences.size() && end - begin < kBlock &&
               sentences[end].document == sentences[begin].document)
          ++end;
        Given given = from_conllu(sentences, begin, end);
        given.document.text = given.text;
        for (Token& token : given.document.tokens) token.form = token.span.of(given.text);
        engine.annotate(given.document);
        for (size_t s = begin; s < end; ++s)
          write_conllu(text, given.document, given.document.sentences[s - begin],
                       sentences[s].comments);
        out.write(text);
        text.clear();
      }
    } else {
      Document document = engine.analyze(bytes);
      int paragraph = -1;
      for (size_t s = 0; s < document.sentences.size(); ++s) {
        const Sentence& sentence = document.sentences[s];
        std::vector<std::string> comments;
        if (sentence.paragraph != paragraph) comments.push_back("# newpar");
        paragraph = sentence.paragraph;
        comments.push_back("# sent_id = " + std::to_string(s + 1));
        std::string line(
            Span{document[sentence.begin].span.begin, document[sentence.end - 1].span.end}.of(
                document.text));
        for (char& c : line)
          if (c == '\n' || c == '\r' || c == '\t') c = ' ';
        comments.push_back("# text = " + line);
        write_conllu(text, document, sentence, comments);
        if (text.size() > (1 << 20)) {
          out.write(text);
          text.clear();
        }
      }
      out.write(text);
    }
    out.close();
  });
}

}  // namespace chancery::cli
