#include "corpus.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <unordered_map>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "language/lemma.h"

namespace chancery::training {
namespace {

struct Labelled {
  Span span;  // code points
  int label;  // of its first word; the next ones have label + 1
};

using Lookup = std::unordered_map<std::string, int>;

Lookup index(const std::vector<std::string>& names) {
  Lookup out;
  for (size_t i = 0; i < names.size(); ++i) out.emplace(names[i], static_cast<int>(i));
  return out;
}

int find(const Lookup& lookup, const std::string& name) {
  auto found = lookup.find(name);
  return found == lookup.end() ? kUnknown : found->second;
}

std::string gunzip(const std::string& path) {
  gzFile in = gzopen(path.c_str(), "rb");
  if (!in) throw Error(path + ": cannot be opened");
  std::string out(1 << 20, 0), all;
  for (int n; (n = gzread(in, out.data(), static_cast<unsigned>(out.size()))) > 0;)
    all.append(out, 0, n);
  gzclose(in);
  return all;
}

template <class F>
void each_row(const std::string& path, F&& use) {
  simdjson::dom::parser parser;
  std::string text = read_file(path);
  for (std::string_view line : split(text, '\n'))
    if (!line.empty()) use(simdjson::dom::element(parser.parse(simdjson::padded_string(line))));
}

Span span_of(simdjson::dom::element pair) {
  return {static_cast<uint32_t>(uint64_t(pair.at(0))), static_cast<uint32_t>(uint64_t(pair.at(1)))};
}

// Where each form stands in the text, in code points: forms follow one another, white space aside.
// False when they do not.
bool align(const std::string& text, const std::vector<ConlluSentence*>& sentences,
           std::vector<std::vector<Span>>& out) {
  size_t at = 0;
  uint32_t point = 0;
  for (ConlluSentence* sentence : sentences) {
    std::vector<Span> spans;
    for (const ConlluWord& word : sentence->words) {
      uint32_t begin = 0;
      bool first = true;
      for (size_t i = 0; i < word.form.size();) {
        char32_t want = decode_utf8(word.form, i);
        if (is_space(want)) continue;
        char32_t have = ' ';
        while (at < text.size() && is_space(have)) {
          have = decode_utf8(text, at);
          ++point;
        }
        if (have != want) return false;
        if (first) begin = point - 1;
        first = false;
      }
      spans.push_back({begin, point});
    }
    out.push_back(std::move(spans));
  }
  return true;
}

int name_label(std::string_view type) {
  int kind = type == "person"         ? 1
             : type == "place"        ? 2
             : type == "organization" ? 3
             : type == "event"        ? 4
                                      : 5;
  return 2 * kind - 1;
}

// Longest first, no overlaps.
std::vector<Labelled> flat(std::vector<Labelled> spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const Labelled& a, const Labelled& b) {
    return a.span.size() > b.span.size();
  });
  std::vector<Labelled> out;
  for (const Labelled& s : spans)
    if (std::none_of(out.begin(), out.end(),
                     [&](const Labelled& o) { return o.span.overlaps(s.span); }))
      out.push_back(s);
  return out;
}

void mark(Example& example, const std::vector<Span>& where, const std::vector<Labelled>& spans,
          Label label) {
  for (const Labelled& s : spans) {
    bool first = true;
    for (size_t i = 0; i < where.size(); ++i)
      if (s.span.contains(where[i])) {
        example.words[i].label[label] = first ? s.label : s.label + 1;
        first = false;
      }
  }
}

bool noncommercial(const std::string& document) {
  for (const char* genre : {"GUM_whow", "GUM_fiction", "GUM_essay", "GUM_letter", "GUM_podcast"})
    if (document.starts_with(genre)) return true;
  return false;
}

bool begins_paragraph(const ConlluSentence& sentence) {
  return std::any_of(sentence.comments.begin(), sentence.comments.end(), [](const std::string& c) {
    return c == "# newpar" || c.starts_with("# newpar ");
  });
}

struct Bank {
  std::vector<ConlluSentence> sentences;
  std::map<std::string, std::pair<std::string, std::vector<Labelled>>>
      names;  // document → text, spans
};

Bank load_treebank(const std::string& conllu, const std::string& names) {
  Bank out{parse_conllu(read_file(conllu), conllu), {}};
  each_row(names, [&](simdjson::dom::element row) {
    auto& [text, spans] = out.names[std::string(std::string_view(row["id"]))];
    text = std::string_view(row["text"]);
    for (simdjson::dom::element m : simdjson::dom::array(row["mentions"])) {
      bool named;
      if (m["named"].get(named) == simdjson::SUCCESS && !named) continue;
      simdjson::dom::element head;
      Span span = span_of(
          m["head"].get(head) == simdjson::SUCCESS ? head : simdjson::dom::element(m["span"]));
      spans.push_back({span, name_label(std::string_view(m["type"]))});
    }
    spans = flat(std::move(spans));
  });
  return out;
}

class Converter {
 public:
  explicit Converter(const LabelSets& labels) : relations_(index(labels.relations)) {
    for (int l = 0; l < kLabels; ++l) lookup_[l] = index(labels.names[l]);
  }

  Word word(const ConlluWord& w) const {
    Word out;
    out.form = w.form;
    out.label[kXpos] = find(lookup_[kXpos], w.xpos);
    out.label[kUpos] = find(lookup_[kUpos], w.upos);
    out.label[kFeatures] = find(lookup_[kFeatures], w.features);
    out.label[kLemma] = w.lemma == "_" && w.form != "_"
                            ? kUnknown
                            : find(lookup_[kLemma], lemma_script(w.form, w.lemma));
    out.label[kName] = out.label[kAttribution] = kUnknown;
    out.head = w.head;
    out.relation = find(relations_, w.relation);
    return out;
  }

  std::vector<Example> treebank(Bank& bank, Treebank source) const {
    std::map<std::string, std::vector<ConlluSentence*>> documents;
    std::vector<std::string> order;
    for (ConlluSentence& s : bank.sentences) {
      if (!documents.count(s.document)) order.push_back(s.document);
      documents[s.document].push_back(&s);
    }
    std::vector<Example> out;
    int unaligned = 0;
    for (const std::string& id : order) {
      auto found = bank.names.find(id);
      std::vector<std::vector<Span>> spans;
      bool names = found != bank.names.end() && align(found->second.first, documents[id], spans);
      unaligned += !names;
      for (size_t i = 0; i < documents[id].size(); ++i) {
        Example example;
        example.source = source;
        example.document = id;
        example.paragraph = begins_paragraph(*documents[id][i]);
        for (const ConlluWord& w : documents[id][i]->words) example.words.push_back(word(w));
        if (names) {
          for (Word& w : example.words) w.label[kName] = 0;
          mark(example, spans[i], found->second.second, kName);
        }
        out.push_back(std::move(example));
      }
    }
    if (unaligned)
      fmt::print(stderr, "{} of {} documents without names\n", unaligned, order.size());
    return out;
  }

  // A silver sentence: UD 1 mapped to UD 2 where the heads agree, hyphens split as the gold banks
  // have them.
  Example silver(const ConlluSentence& sentence, const std::u32string& text,
                 const std::vector<Labelled>& attributions) const {
    int n = static_cast<int>(sentence.words.size());
    std::vector<ConlluWord> words = sentence.words;
    std::vector<Span> where(n);
    std::vector<std::string> names(n);
    for (int i = 0; i < n; ++i) {
      unsigned begin = 0, end = 0;
      std::sscanf(words[i].misc.c_str(), "Start=%u|End=%u", &begin, &end);
      where[i] = {begin, end};
      if (end <= text.size()) {
        words[i].form.clear();
        for (unsigned k = begin; k < end; ++k) append_utf8(words[i].form, text[k]);
      }
      if (size_t at = words[i].misc.find("NER="); at != std::string::npos) {
        std::string ner = words[i].misc.substr(at + 4, words[i].misc.find('|', at) - at - 4);
        names[i] = ner == "PERSON"         ? "person"
                   : ner == "LOCATION"     ? "place"
                   : ner == "ORGANIZATION" ? "organization"
                   : ner == "MISC"         ? "other"
                                           : "";
      }
    }
    modernise(words, names);
    Example out;
    out.source = Treebank::silver;
    out.document = sentence.document;
    std::vector<int> number(n + 1, 0);  // old 1-based → new 1-based
    std::vector<Span> spans;
    std::vector<int> old;
    for (int i = 0; i < n; ++i) {
      std::vector<std::string> parts = hyphen_parts(words[i].form);
      uint32_t at = where[i].begin;
      for (size_t k = 0; k < parts.size(); ++k) {
        uint32_t length = static_cast<uint32_t>(OffsetMap(parts[k]).code_points());
        bool last = k + 1 == parts.size();
        ConlluWord part = words[i];
        part.form = parts[k];
        Word w = word(part);
        w.label[kUpos] = w.label[kFeatures] = kUnknown;
        if (!last || parts.size() > 1) w.label[kLemma] = kUnknown;
        if (!last) {
          w.label[kXpos] = parts[k] == "-" ? find(lookup_[kXpos], "HYPH") : kUnknown;
          w.head = kUnknown;
          w.relation = kUnknown;
        }
        w.label[kName] = w.label[kAttribution] = 0;
        if (!names[i].empty()) {
          bool begin = k == 0 && !(i > 0 && names[i - 1] == names[i]);
          w.label[kName] = name_label(names[i]) + !begin;
        }
        out.words.push_back(std::move(w));
        spans.push_back({at, at + length});
        old.push_back(i);
        at += length;
      }
      number[i + 1] = static_cast<int>(out.words.size());
    }
    for (Word& w : out.words)
      if (w.head > 0) w.head = number[w.head];
    mark(out, spans, attributions, kAttribution);
    return out;
  }

 private:
  static std::vector<std::string> hyphen_parts(const std::string& form) {
    size_t dash = form.find('-');
    if (dash == std::string::npos || dash == 0 || dash + 1 == form.size() ||
        form.find("//") != std::string::npos || form.find("--") != std::string::npos)
      return {form};
    std::vector<std::string> out;
    for (std::string_view part : split(form, '-')) {
      if (part.empty()) return {form};
      if (!out.empty()) out.emplace_back("-");
      out.emplace_back(part);
    }
    return out;
  }

  static void modernise(std::vector<ConlluWord>& words, const std::vector<std::string>& names) {
    int n = static_cast<int>(words.size());
    static const std::map<std::string, std::string> renamed = {{"dobj", "obj"},
                                                               {"nsubjpass", "nsubj:pass"},
                                                               {"csubjpass", "csubj:pass"},
                                                               {"auxpass", "aux:pass"},
                                                               {"mwe", "fixed"},
                                                               {"name", "flat"},
                                                               {"foreign", "flat:foreign"}};
    for (ConlluWord& w : words) {
      if (auto found = renamed.find(w.relation); found != renamed.end()) w.relation = found->second;
      if (w.relation == "neg") w.relation = w.lemma == "no" ? "det" : "advmod";
      if (w.relation == "dep") w.relation = "?";
      if (w.relation.starts_with("nmod") && w.relation != "nmod:poss" && w.head > 0) {
        char head = words[w.head - 1].xpos.empty() ? 'N' : words[w.head - 1].xpos[0];
        if (head == 'V' || head == 'J' || words[w.head - 1].xpos.starts_with("RB"))
          w.relation = "obl" + w.relation.substr(4);
      }
    }
    // UD 2 hangs conjunctions and commas on the conjunct that follows.
    for (int i = 0; i < n; ++i) {
      if (words[i].relation != "cc" && words[i].form != ",") continue;
      for (int j = i + 1; j < n; ++j) {
        if (words[j].relation == "conj" && words[j].head == words[i].head) {
          words[i].head = j + 1;
          break;
        }
        if (words[i].form == "," && j > i + 12) break;
      }
    }
    // Personal names: the first word is the head, the others are flat.
    for (int i = 0; i < n;) {
      int j = i;
      while (j < n && names[j] == "person" && !names[i].empty()) ++j;
      int last = j - 1;
      if (j - i >= 2) {
        bool inside = true;
        for (int k = i; k < last; ++k) inside &= words[k].head == last + 1;
        if (inside && (words[last].head <= i || words[last].head > j)) {
          words[i].head = words[last].head;
          words[i].relation = words[last].relation;
          for (int k = 0; k < n; ++k)
            if ((k < i || k > last) && words[k].head == last + 1) words[k].head = i + 1;
          for (int k = i + 1; k <= last; ++k) {
            words[k].head = i + 1;
            words[k].relation = "flat";
          }
        }
      }
      i = std::max(j, i + 1);
    }
  }

  std::array<Lookup, kLabels> lookup_;
  Lookup relations_;
};

LabelSets make_labels(const std::vector<const Bank*>& banks) {
  std::array<std::map<std::string, int>, kLabels> counts;
  std::map<std::string, int> relations;
  for (const Bank* bank : banks)
    for (const ConlluSentence& s : bank->sentences)
      for (const ConlluWord& w : s.words) {
        ++counts[kXpos][w.xpos];
        ++counts[kUpos][w.upos];
        ++counts[kFeatures][w.features];
        ++counts[kLemma][lemma_script(w.form, w.lemma)];
        ++relations[w.relation];
      }
  LabelSets out;
  for (int l : {kXpos, kUpos, kFeatures, kLemma}) {
    int least = l == kLemma ? 3 : l == kFeatures ? 3 : 2;
    for (const auto& [name, count] : counts[l])
      if (count >= least) out.names[l].push_back(name);
  }
  for (const auto& [name, count] : relations)
    if (count >= 3) out.relations.push_back(name);
  out.names[kName] = {"O",       "B-person",       "I-person",       "B-place",
                      "I-place", "B-organization", "I-organization", "B-event",
                      "I-event", "B-other",        "I-other"};
  out.names[kAttribution] = {"O",     "B-source",  "I-source", "B-cue",
                             "I-cue", "B-content", "I-content"};
  return out;
}

}  // namespace

Corpus load_corpus(const std::string& data, bool everything) {
  Corpus out;
  Bank ewt = load_treebank(data + "/syntax/ewt_train.conllu", data + "/names/uner_ewt_train.jsonl");
  Bank gum = load_treebank(data + "/syntax/gum_train.conllu", data + "/names/gum_train.jsonl");
  if (!everything)
    std::erase_if(gum.sentences, [](const ConlluSentence& s) { return noncommercial(s.document); });
  out.labels = make_labels({&ewt, &gum});
  Converter convert(out.labels);
  for (auto [bank, source] : {std::pair{&ewt, Treebank::ewt}, std::pair{&gum, Treebank::gum}})
    for (Example& e : convert.treebank(*bank, source)) out.gold.push_back(std::move(e));
  Bank ewt_dev = load_treebank(data + "/syntax/ewt_dev.conllu", data + "/names/uner_ewt_dev.jsonl");
  Bank gum_dev = load_treebank(data + "/syntax/gum_dev.conllu", data + "/names/gum_dev.jsonl");
  out.dev["ewt_dev"] = convert.treebank(ewt_dev, Treebank::any);
  out.dev["gum_dev"] = convert.treebank(gum_dev, Treebank::any);

  struct Article {
    std::u32string text;
    std::vector<Labelled> attributions;
  };
  std::map<std::string, Article> articles;
  each_row(data + "/statements/train.jsonl", [&](simdjson::dom::element row) {
    Article& article = articles[std::string(std::string_view(row["id"]))];
    std::string_view text = row["text"];
    for (size_t at = 0; at < text.size();) article.text += decode_utf8(text, at);
    for (simdjson::dom::element a : simdjson::dom::array(row["attributions"])) {
      int label = 1;
      for (const char* role : {"source", "cue", "content"}) {
        for (simdjson::dom::element span : simdjson::dom::array(a[role]))
          article.attributions.push_back({span_of(span), label});
        label += 2;
      }
    }
  });
  // What is measured on has been taken out of statements/train; its trees may still be in the file.
  std::string path = data + "/silver/polnear_train.conllu.gz";
  for (const ConlluSentence& s : parse_conllu(gunzip(path), path)) {
    auto found = articles.find(s.document);
    if (found == articles.end()) continue;
    out.silver.push_back(convert.silver(s, found->second.text, found->second.attributions));
  }
  return out;
}

std::vector<Example> load_taught(const std::string& path) {
  std::vector<Example> out;
  Example example;
  std::string text = gunzip(path);
  for (std::string_view line : split(text, '\n')) {
    if (line.empty()) {
      if (!example.words.empty()) out.push_back(std::move(example));
      example = {};
      continue;
    }
    std::vector<std::string_view> fields = split(line, '\t');
    if (fields.size() != 3 + kLabels)
      throw Error(path + ": a line of " + std::to_string(fields.size()) + " fields");
    Word w;
    w.form = fields[0];
    for (int l = 0; l < kLabels; ++l) w.label[l] = std::atoi(fields[1 + l].data());
    w.head = std::atoi(fields[1 + kLabels].data());
    w.relation = std::atoi(fields[2 + kLabels].data());
    example.words.push_back(std::move(w));
  }
  return out;
}

}  // namespace chancery::training
