#include "language/conllu.h"

#include <charconv>

#include "base/error.h"
#include "base/strings.h"

namespace chancery {
namespace {

int number(std::string_view text) {
  int value = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

}  // namespace

std::vector<ConlluSentence> parse_conllu(std::string_view text, const std::string& name) {
  std::vector<ConlluSentence> out;
  ConlluSentence sentence;
  std::string document;
  int line_number = 0, multiword_end = 0;
  bool multiword_space = true;
  auto fail = [&](const std::string& what) {
    throw Error(name + ":" + std::to_string(line_number) + ": " + what);
  };
  auto flush = [&] {
    if (sentence.words.empty()) return;
    for (const ConlluWord& word : sentence.words)
      if (word.head > static_cast<int>(sentence.words.size()))
        fail("a head beyond the sentence that ends here");
    sentence.document = document;
    out.push_back(std::move(sentence));
    sentence = {};
    multiword_end = 0;
  };
  for (std::string_view line : split(text, '\n')) {
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) {
      flush();
      continue;
    }
    if (line[0] == '#') {
      if (line.starts_with("# newdoc id = ")) document = line.substr(14);
      sentence.comments.emplace_back(line);
      continue;
    }
    auto cells = split(line, '\t');
    if (cells.size() != 10)
      fail("a word line needs 10 columns, this one has " + std::to_string(cells.size()));
    bool space = cells[9].find("SpaceAfter=No") == std::string_view::npos;
    if (size_t dash = cells[0].find('-'); dash != std::string_view::npos) {
      multiword_end = number(cells[0].substr(dash + 1));
      multiword_space = space;
      if (multiword_end <= static_cast<int>(sentence.words.size()))
        fail("a multiword token with a broken range");
      continue;
    }
    if (cells[0].find('.') != std::string_view::npos) continue;
    if (number(cells[0]) != static_cast<int>(sentence.words.size()) + 1)
      fail("word number '" + std::string(cells[0]) + "' is out of order");
    ConlluWord word;
    word.form = cells[1];
    word.lemma = cells[2];
    word.upos = cells[3];
    word.xpos = cells[4];
    word.features = cells[5];
    word.relation = cells[7];
    word.misc = cells[9];
    word.head = cells[6] == "_" ? 0 : number(cells[6]);
    if (word.head < 0) fail("head '" + std::string(cells[6]) + "' is no number");
    if (word.form.empty()) fail("an empty form");
    int id = static_cast<int>(sentence.words.size()) + 1;
    word.joined_to_next = id < multiword_end;
    word.space_after = id < multiword_end ? false : id == multiword_end ? multiword_space : space;
    sentence.words.push_back(std::move(word));
  }
  flush();
  return out;
}

void write_conllu(std::string& out, const Document& document, const Sentence& sentence,
                  const std::vector<std::string>& comments) {
  for (const std::string& comment : comments) out += comment + "\n";
  auto row = [&](const std::string& id, std::string_view form, const std::string& rest,
                 bool space) {
    out += id;
    out += '\t';
    out += form;
    out += rest;
    out += space ? "_\n" : "SpaceAfter=No\n";
  };
  for (int i = sentence.begin; i < sentence.end; ++i) {
    const Token& token = document[i];
    int id = i - sentence.begin + 1;
    bool inside = i > sentence.begin && document[i - 1].joined_to_next;
    if (token.joined_to_next && !inside) {
      int last = i;
      while (last + 1 < sentence.end && document[last].joined_to_next) ++last;
      Span whole{token.span.begin, document[last].span.end};
      row(std::to_string(id) + "-" + std::to_string(last - sentence.begin + 1),
          whole.of(document.text), "\t_\t_\t_\t_\t_\t_\t_\t", document[last].space_after);
    }
    int head = token.head < 0 ? 0 : token.head - sentence.begin + 1;
    bool part = token.joined_to_next || inside;
    row(std::to_string(id), token.form,
        "\t" + token.lemma + "\t" + token.upos + "\t" + token.xpos + "\t" + token.features + "\t" +
            std::to_string(head) + "\t" + token.relation + "\t_\t",
        part || token.space_after);
  }
  out += "\n";
}

}  // namespace chancery
