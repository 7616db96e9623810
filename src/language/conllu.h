// CoNLL-U, the exchange format of Universal Dependencies (universaldependencies.org/format.html):
// reading treebanks and writing what the engine found. Ten tab-separated columns a word, an empty
// line after each sentence.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "language/document.h"

namespace chancery {

struct ConlluWord {
  std::string form, lemma, upos, xpos, features, relation, misc;
  int head = 0;  // 1-based in the sentence, 0 = root
  bool space_after = true;
  bool joined_to_next = false;  // inside a multiword token, not its last word
};

struct ConlluSentence {
  std::vector<std::string> comments;  // with '#'
  std::vector<ConlluWord> words;
  std::string document;  // id of the last "# newdoc"
};

// Empty nodes (8.1) are left out. Throws Error with name and line for a malformed line.
std::vector<ConlluSentence> parse_conllu(std::string_view text, const std::string& name);

// One sentence of a document, `first` counting from the sentence's first token.
void write_conllu(std::string& out, const Document& document, const Sentence& sentence,
                  const std::vector<std::string>& comments);

}  // namespace chancery
