// What the language engine makes of a text: tokens with tags, lemmas, a tree and names, in
// sentences, in paragraphs. A Document points into the text it was made from and must not outlive
// it. Offsets are bytes of that text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace chancery {

enum class NameKind : uint8_t { none, person, place, organization, event, other };

// Roles of a word in an attribution ("source cue content"), as the model sees them. B starts a
// span, I goes on.
enum class AttributionTag : uint8_t {
  none,
  source_begin,
  source,
  cue_begin,
  cue,
  content_begin,
  content
};

struct Token {
  Span span;
  std::string_view form;  // the bytes of span
  bool space_after = true;
  bool joined_to_next = false;   // this and the next word are one orthographic token ("do" + "n't")
  const char* upos = "X";        // universal part of speech
  const char* xpos = "";         // Penn tag
  const char* features = "_";    // universal features
  const char* relation = "dep";  // universal dependency relation to head, with subtype
  std::string lemma;
  int head = -1;  // index in Document::tokens; -1 for the root of the sentence
  NameKind name = NameKind::none;
  bool name_begin = false;
  AttributionTag attribution = AttributionTag::none;
  float head_score = 0;  // probability of the head that the model gave, 0..1
};

struct Sentence {
  int begin = 0, end = 0;  // tokens [begin, end)
  int paragraph = 0;
};

struct Document {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  // The sentences are the tokenizer's proposal, which a model that knows better may draw anew;
  // false where they were given (treebanks).
  bool sentences_proposed = false;
  // What the network says of each token to the learnt readers (src/reading): `reading_width`
  // numbers a token, their meaning is the readers' own. Empty when the model has none.
  std::vector<float> readings;
  int reading_width = 0;
  // What the network answers to the questions of the record about each token: `judged_width` scores
  // a token and `sides_width` numbers to find the words of its sides by. Their meaning is told by
  // the model (reading/word_judges.h). Empty when the model has none.
  std::vector<float> judged, sides;
  int judged_width = 0, sides_width = 0;
  // What mentions are compared by (reading/who/coreference.h), `mention_width` numbers a token.
  std::vector<float> mention_words;
  int mention_width = 0;

  const Token& operator[](int i) const { return tokens[i]; }
  int size() const { return static_cast<int>(tokens.size()); }
  const float* reading(int i) const { return &readings[static_cast<size_t>(i) * reading_width]; }
  const float* judged_of(int i) const { return &judged[static_cast<size_t>(i) * judged_width]; }
  const float* sides_of(int i) const { return &sides[static_cast<size_t>(i) * sides_width]; }
  const float* mention_words_of(int i) const {
    return &mention_words[static_cast<size_t>(i) * mention_width];
  }
};

}  // namespace chancery
