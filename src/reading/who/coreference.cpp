#include "reading/who/coreference.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "language/kernels.h"
#include "language/sections.h"
#include "reading/who/entities.h"

namespace chancery {
namespace {

// The rows of each group of signs of a pair, one group after the other.
enum Group : uint16_t {
  kDistance,
  kSorts,
  kHeads,
  kWords,
  kNested,
  kRank,
  kKinds,
  kNumbers,
  kGenders,
  kCountries,
  kSectors,
  kSubjects,
  kShapes,
  kPronouns,
  kInitials,
  kTied,
  kQuoted
};
constexpr uint16_t kRowsOf[kPairSigns] = {6, 9, 3, 4, 3, 7, 36, 4, 9, 9, 3, 4, 14, 30, 2, 4, 4};
constexpr uint16_t kLoneRowsOf[kLoneSigns] = {3, 7, 10, 6, 2, 2};

template <size_t N>
constexpr std::array<uint16_t, N> starts(const uint16_t (&rows)[N]) {
  std::array<uint16_t, N> out{};
  for (size_t i = 1; i < N; ++i) out[i] = out[i - 1] + rows[i - 1];
  return out;
}
constexpr auto kStart = starts(kRowsOf);
constexpr auto kLoneStart = starts(kLoneRowsOf);
static_assert(kStart[kPairSigns - 1] + kRowsOf[kPairSigns - 1] <= kPairSignRows);
static_assert(kLoneStart[kLoneSigns - 1] + kLoneRowsOf[kLoneSigns - 1] <= kLoneSignRows);

uint16_t bucket(int n, std::initializer_list<int> ends) {
  uint16_t out = 0;
  for (int end : ends) out += n > end;
  return out;
}

uint16_t kind_of(const Mention& m) {
  static constexpr const char* kinds[] = {"person", "organization", "place", "group", "event"};
  for (uint16_t k = 0; k < 5; ++k)
    if (m.kind == kinds[k]) return k;
  return 5;
}

// "the", "this", "its", "a", "some", a number, none of them.
uint16_t shape_of(const TreeView& t, const Mention& m) {
  const std::string first = lower(t[m.begin].form);
  if (first == "the") return 0;
  if (m.definite) return first.starts_with("th") ? 1 : 2;
  if (first == "a" || first == "an") return 3;
  if (t.tag(m.begin, "DT")) return 4;
  return t.tag(m.begin, "CD") ? 5 : 6;
}

// Of which person a pronoun is, 0 for what is none.
uint16_t pronoun_of(const Mention& m) {
  static constexpr std::string_view sets[] = {" i me my mine myself ",
                                              " we us our ours ourselves ",
                                              " you your yours yourself ",
                                              " he him his himself ",
                                              " she her hers herself ",
                                              " it its itself ",
                                              " they them their theirs themselves ",
                                              " who whom whose "};
  if (m.sort != Mention::pronoun) return 0;
  for (size_t k = 0; k < std::size(sets); ++k)
    if (sets[k].find(" " + m.text + " ") != std::string_view::npos)
      return static_cast<uint16_t>(k + 1);
  return 9;
}

uint16_t gender_of(char gender) { return gender == 'm' ? 1 : gender == 'f' ? 2 : 0; }

}  // namespace

MentionSigns::MentionSigns(const TreeView& tree, const std::vector<Mention>& mentions,
                           const std::vector<Quotation>& quotations)
    : t_(tree) {
  for (const Mention& m : mentions) {
    Shown s;
    s.begin = m.begin;
    s.end = m.end;
    s.head = m.head;
    s.sentence = t_.sentence_of(m.head);
    s.sort = static_cast<uint16_t>(m.sort);
    s.kind = kind_of(m);
    s.shape = shape_of(t_, m);
    s.pronoun = pronoun_of(m);
    s.number = m.plural;
    s.gender = gender_of(m.gender);
    s.subject = t_.is(m.head, "nsubj");
    s.quoted = false;
    for (const Quotation& q : quotations)
      s.quoted |= q.speech && q.begin <= m.head && m.head < q.end;
    s.state = m.names_state ? m.state : -1;
    s.country = m.actor.country;
    s.sector = m.actor.sector;
    s.lemma = lower(t_.lemma(m.head));
    s.form = lower(t_[m.head].form);
    for (int i = m.begin; i < m.end; ++i) {
      const std::string_view form = t_[i].form;
      if (t_.tag(i, "DT") || t_.tag(i, "POS") || t_.tag(i, "PRP$") || !isalnum(form[0])) continue;
      s.words.push_back(lower(form));
      if (isupper(form[0])) s.initials += form[0];
    }
    if (s.words.size() == 1) s.initials = replace_all(std::string(t_[m.head].form), ".", "");
    shown_.push_back(std::move(s));
  }
}

// None, some, all of the shorter, all of both.
uint16_t MentionSigns::words_shared(const Shown& a, const Shown& b) {
  if (a.words.empty() || b.words.empty()) return 0;
  size_t n = 0;
  for (const std::string& w : a.words)
    n += std::find(b.words.begin(), b.words.end(), w) != b.words.end();
  const size_t least = std::min(a.words.size(), b.words.size());
  if (n == 0) return 0;
  return n < least ? 1 : a.words.size() == b.words.size() ? 3 : 2;
}

MentionSigns::Pair MentionSigns::pair(int later, int earlier) const {
  const Shown &a = shown_[static_cast<size_t>(later)], &b = shown_[static_cast<size_t>(earlier)];
  Pair out;
  auto put = [&](Group group, int row) {
    out[group] = static_cast<uint16_t>(kStart[group] + static_cast<uint16_t>(row));
  };
  put(kDistance, bucket(a.sentence - b.sentence, {0, 1, 2, 5, 9}));
  put(kSorts, a.sort * 3 + b.sort);
  put(kHeads, a.form == b.form ? 2 : a.lemma == b.lemma ? 1 : 0);
  put(kWords, words_shared(a, b));
  put(kNested, b.begin <= a.begin && a.end <= b.end   ? 1
               : a.begin <= b.begin && b.end <= a.end ? 2
                                                      : 0);
  put(kRank, bucket(later - earlier, {1, 2, 4, 8, 16, 32}));
  put(kKinds, a.kind * 6 + b.kind);
  put(kNumbers, a.number * 2 + b.number);
  put(kGenders, a.gender * 3 + b.gender);
  const int known = (!a.country.empty()) * 2 + !b.country.empty();
  const int states = (a.state >= 0) * 2 + (b.state >= 0);
  put(kCountries, states == 3  ? (a.state == b.state ? 8 : 7)
                  : known == 3 ? (a.country != b.country ? 6 : 3 + (states > 0))
                  : known == 2 ? (states > 0 ? 5 : 2)
                               : known);
  put(kSectors, a.sector.empty() || b.sector.empty() ? 0 : a.sector == b.sector ? 1 : 2);
  put(kSubjects, a.subject * 2 + b.subject);
  put(kShapes, a.shape * 2 + (b.sort == Mention::name));
  put(kPronouns, a.pronoun * 3 + b.sort);
  put(kInitials, a.words.size() != b.words.size() && (a.words.size() == 1 || b.words.size() == 1) &&
                     a.initials.size() > 1 && a.initials == b.initials);
  const int above_a = t_[a.head].head, above_b = t_[b.head].head;
  put(kTied, above_a == b.head                    ? (t_.is(a.head, "appos") ? 1 : 2)
             : above_a == above_b && above_a >= 0 ? 3
                                                  : 0);
  put(kQuoted, a.quoted * 2 + b.quoted);
  return out;
}

MentionSigns::Lone MentionSigns::lone(int mention) const {
  const Shown& a = shown_[static_cast<size_t>(mention)];
  const int rows[kLoneSigns] = {a.sort, a.shape, a.pronoun, a.kind, a.number, a.sentence == 0};
  Lone out;
  for (int i = 0; i < kLoneSigns; ++i)
    out[static_cast<size_t>(i)] =
        static_cast<uint16_t>(kLoneStart[static_cast<size_t>(i)] + rows[i]);
  return out;
}

CoreferenceModel::CoreferenceModel(const ModelFile& file) {
  if (!file.has("coreference.words")) return;
  Section words = file.section("coreference.words", SectionKind::packed, 0, 0);
  if (words.columns == 0 || words.columns % 64 != 0)
    refuse_model(file, "damaged model: coreference of a shape that does not fit");
  const uint32_t width = words.columns / 4;
  Matrix both = file.matrix("coreference.both", width);
  const uint32_t hidden = both.columns;
  auto take = [&](const char* name, uint32_t rows, uint32_t columns) {
    return file.matrix(name, rows, columns).values;
  };
  both_ = std::move(both.values);
  later_ = take("coreference.later", width, hidden);
  earlier_ = take("coreference.earlier", width, hidden);
  pair_signs_ = take("coreference.pair_signs", kPairSignRows, hidden);
  out_ = take("coreference.out", 1, hidden);
  none_ = take("coreference.none", 1, width);
  lone_signs_ = take("coreference.lone_signs", 1, kLoneSignRows);
  width_ = static_cast<int>(width);
  hidden_ = static_cast<int>(hidden);
}

Coreference::Coreference(const CoreferenceModel& model, const TreeView& tree,
                         const std::vector<Mention>& mentions, const MentionSigns& signs)
    : model_(model), signs_(signs) {
  if (silent()) return;
  const size_t width = static_cast<size_t>(model.width_),
               hidden = static_cast<size_t>(model.hidden_);
  const Document& document = tree.document();
  // One half of the words' numbers is for the later of a pair, the other for the earlier.
  auto project = [&](const Mention& m, size_t column, std::vector<float>& out) {
    std::vector<float> x(width);
    for (int i = m.begin; i < m.end; ++i) {
      const float* w = document.mention_words_of(i) + column + width;
      for (size_t d = 0; d < width; ++d) x[d] += w[d];
    }
    const float* head = document.mention_words_of(m.head) + column;
    const float share = 1 / static_cast<float>(m.end - m.begin);
    for (size_t d = 0; d < width; ++d) out.push_back(std::max(0.f, head[d] + x[d] * share));
  };
  auto apply = [&](const std::vector<float>& matrix, const float* x, std::vector<float>& out) {
    const size_t at = out.size();
    out.resize(at + hidden);
    for (size_t d = 0; d < width; ++d)
      for (size_t h = 0; h < hidden; ++h) out[at + h] += x[d] * matrix[d * hidden + h];
  };
  for (size_t k = 0; k < mentions.size(); ++k) {
    project(mentions[k], 0, p_);
    project(mentions[k], 2 * width, q_);
    apply(model.later_, &p_[k * width], later_);
    apply(model.earlier_, &q_[k * width], earlier_);
  }
}

Coreference::Answer Coreference::ask(int later) const {
  Answer out;
  out.first = MentionSigns::first_candidate(later);
  if (silent()) return out;
  const size_t width = static_cast<size_t>(model_.width_),
               hidden = static_cast<size_t>(model_.hidden_);
  const size_t i = static_cast<size_t>(later);
  const float* p = &p_[i * width];
  float none = 0;
  for (size_t d = 0; d < width; ++d) none += p[d] * model_.none_[d];
  for (uint16_t row : signs_.lone(later)) none += model_.lone_signs_[row];
  float most = none;
  std::vector<float> x(hidden);
  for (int j = out.first; j < later; ++j) {
    const float* q = &q_[static_cast<size_t>(j) * width];
    const float *a = &later_[i * hidden], *b = &earlier_[static_cast<size_t>(j) * hidden];
    for (size_t h = 0; h < hidden; ++h) x[h] = a[h] + b[h];
    for (uint16_t row : signs_.pair(later, j)) {
      const float* s = &model_.pair_signs_[row * hidden];
      for (size_t h = 0; h < hidden; ++h) x[h] += s[h];
    }
    for (size_t d = 0; d < width; ++d) {
      const float both = p[d] * q[d];
      if (both == 0) continue;
      const float* c = &model_.both_[d * hidden];
      for (size_t h = 0; h < hidden; ++h) x[h] += both * c[h];
    }
    float score = 0;
    for (size_t h = 0; h < hidden; ++h) score += std::max(0.f, x[h]) * model_.out_[h];
    out.of.push_back(score);
    most = std::max(most, score);
  }
  float sum = out.none = exponential(none - most);
  for (float& s : out.of) sum += s = exponential(s - most);
  out.none /= sum;
  for (float& s : out.of) s /= sum;
  return out;
}

}  // namespace chancery
