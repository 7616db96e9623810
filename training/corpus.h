// The training corpora in one form: sentences of words with whatever labels a source has; what it
// lacks is kUnknown and does not enter the loss.
#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "language/conllu.h"
#include "language/network.h"
#include "language/recurrent/features.h"

namespace chancery::training {

constexpr int kUnknown = -100;
// In the order of kTaggers (language/network.h).
enum Label { kXpos, kUpos, kFeatures, kLemma, kName, kAttribution, kLabels };

struct Word {
  std::string form;
  std::array<int, kLabels> label;
  int head = kUnknown;  // 0 = root, 1-based
  int relation = kUnknown;
};

struct Example {
  Treebank source = Treebank::any;
  std::string document;    // sentences of one document follow one another
  bool paragraph = false;  // begins one
  std::vector<Word> words;
};

// Closed sets of labels, made from gold and then fixed.
struct LabelSets {
  std::array<std::vector<std::string>, kLabels> names;
  std::vector<std::string> relations;
};

struct Corpus {
  LabelSets labels;
  std::vector<Example> gold, silver;
  std::map<std::string, std::vector<Example>> dev;
};

// `data` is the folder with syntax/, names/, silver/ and statements/. Genres of GUM whose licence
// forbids commercial use are left out unless `everything`.
Corpus load_corpus(const std::string& data, bool everything);

// Sentences that a teacher labelled: a line a word (form, the labels' numbers, head, relation;
// tab-separated), an empty line after each sentence; gzip. The numbers are those of the same
// LabelSets.
std::vector<Example> load_taught(const std::string& path);

}  // namespace chancery::training
