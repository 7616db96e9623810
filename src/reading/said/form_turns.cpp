// Transcripts: which paragraphs begin with the name of a speaker, who asks and who answers, and where
// the words of each end.
#include <algorithm>
#include <cctype>
#include <map>

#include "base/utf8.h"
#include "reading/said/form_finders.h"
#include "reading/who/name_words.h"

namespace chancery {
namespace {

using Range = TreeView::Range;

// Words of a label, sentences of a question without one, and which share of a speaker's turns must
// be questions for him to be the one who asks.
constexpr int kLabel = 8, kQuestion = 3;
constexpr double kAsks = 0.5;

class Turns {
 public:
  Turns(const TreeView& t, const Lexicon& lexicon, const std::vector<Range>& paragraphs)
      : t_(t), lexicon_(lexicon), paragraphs_(paragraphs) {}

  std::vector<Turn> find() {
    for (Range p : paragraphs_) labels_.push_back(label(p));
    if (std::count_if(labels_.begin(), labels_.end(), [](Range r) { return r.end > r.begin; }) < 2)
      return {};
    read();
    find_roles();
    if (!transcript()) return {};
    without_labels();
    return std::move(turns_);
  }

 private:
  std::string word(int i) const { return lower(t_[i].form); }
  bool is(const std::string& word, std::string_view shape) const {
    const Cue* cue = lexicon_.cue(word);
    return cue && cue->takes(shape);
  }
  bool title(int i) const { return t_.in(WordList::titles, word(i)); }

  // A letter or two with a stop, as "Q." and "A:" are.
  bool letter(int i) const {
    const std::string w = word(i);
    return w.size() == 1 || (w.size() == 2 && w[1] == '.');
  }
  std::string without_stop(int i) const {
    std::string w = word(i);
    if (w.size() == 2 && w[1] == '.') w.pop_back();
    return w;
  }

  // The words of a paragraph's label with its colon or stop; empty for none.
  Range label(Range p) const {
    const std::string first = without_stop(p.begin);
    const bool asked = is(first, "asks") || is(first, "answers");
    if (asked && letter(p.begin)) {
      if (t_[p.begin].form.size() == 2) return {p.begin, p.begin + 1};
      if (p.begin + 1 < p.end && (t_[p.begin + 1].form == ":" || t_[p.begin + 1].form == "."))
        return {p.begin, p.begin + 2};
      return {0, 0};
    }
    bool name = false;
    for (int i = p.begin; i < std::min(p.end, p.begin + kLabel); ++i) {
      const std::string_view form = t_[i].form;
      if (form == ":") {
        const bool apart = t_[i].space_after || i + 1 == p.end;
        return name && apart && !place(p.begin, i) ? Range{p.begin, i + 1} : Range{0, 0};
      }
      const bool capital = std::isupper(form[0] & 0xff) || (form[0] & 0x80);
      const bool small = form == "." || form == "," || form == "'" || form == "-" ||
                         t_.tag(i, "IN") || t_.tag(i, "DT") || t_.tag(i, "POS");
      if (!capital && !(small && i > p.begin)) return {0, 0};
      name |= capital;
    }
    return {0, 0};
  }

  // "BAGHDAD: Iraq marks the anniversary": where a brief comes from.
  bool place(int begin, int end) const {
    bool person = title(begin), place = false;
    for (int i = begin; i < end; ++i) {
      person |= t_[i].name == NameKind::person || t_[i].name == NameKind::organization;
      place |= t_[i].name == NameKind::place;
    }
    return place && !person;
  }

  bool person_like(const Turn& turn) const {
    if (title(turn.label.begin)) return true;
    for (int i = turn.label.begin; i < turn.label.end; ++i)
      if (t_[i].name == NameKind::person) return true;
    return false;
  }

  // A turn for each label, with the paragraphs behind it that have none.
  void read() {
    bool open = false;
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      const Range p = paragraphs_[k], label = labels_[k];
      if (label.end > label.begin) {
        Turn turn;
        turn.label = label;
        int last = label.end - 1;
        while (last > label.begin && !std::isalnum(t_[last].form[0] & 0xff) &&
               !(t_[last].form[0] & 0x80))
          --last;
        turn.who = without_stop(last);
        if (label.end < p.end) turn.spoken.push_back({label.end, p.end});
        turns_.push_back(std::move(turn));
        open = true;
      } else if (open) {
        open = !narrated(p);
        if (open) turns_.back().spoken.push_back(p);
      }
    }
    std::erase_if(turns_, [](const Turn& turn) { return turn.spoken.empty(); });
  }

  // Does somebody tell of the speakers or of the interview here?
  bool narrated(Range p) const {
    if (is(word(p.begin), "end")) return true;
    for (int i = p.begin; i < p.end; ++i) {
      if (t_.is(i, "nsubj") && t_.noun(i) && is(t_[i].lemma, "dialogue")) return true;
      const Cue* cue = t_.verb(i) ? lexicon_.cue(t_.lemma(i)) : nullptr;
      const int subject = cue && cue->sure ? t_.subject(i) : -1;
      if (subject < 0) continue;
      for (const Turn& turn : turns_)
        for (int k = turn.label.begin; k < turn.label.end; ++k)
          if (t_.tag(subject, "NNP") && word(k) == word(subject)) return true;
    }
    return false;
  }

  bool question(Range r) const {
    for (int i = r.end - 1; i >= r.begin; --i) {
      if (t_[i].form == "?") return true;
      if (std::isalnum(t_[i].form[0] & 0xff)) return false;
    }
    return false;
  }

  void find_roles() {
    std::map<std::string, std::pair<int, int>> questions;  // of all turns
    for (const Turn& turn : turns_) {
      questions[turn.who].first += question(turn.spoken.back());
      ++questions[turn.who].second;
    }
    for (Turn& turn : turns_) {
      const auto [asked, all] = questions[turn.who];
      if (is(turn.who, "asks")) turn.role = Turn::asks;
      else if (letter(turn.label.begin) && is(turn.who, "answers")) turn.role = Turn::answers;
      else if (asked >= kAsks * all) turn.role = Turn::asks;
    }
    speakers_.clear();
    askers_.clear();
    for (const Turn& turn : turns_) (turn.role == Turn::asks ? askers_ : speakers_)[turn.who]++;
  }

  // Labels are those of a transcript where somebody asks and another answers, or where several who
  // speak are people.
  bool transcript() const {
    if (speakers_.empty()) return false;
    const bool answered = std::any_of(turns_.begin(), turns_.end(),
                                      [](const Turn& turn) { return turn.role == Turn::answers; });
    if (answered) return !askers_.empty() && interview();
    const bool people = std::all_of(turns_.begin(), turns_.end(), [&](const Turn& turn) {
      return turn.role == Turn::asks || person_like(turn);
    });
    const bool again =
        std::any_of(speakers_.begin(), speakers_.end(), [](const auto& s) { return s.second > 1; });
    if (!askers_.empty()) return people || again;
    return people && speakers_.size() > 1 && (again || titles());
  }

  bool titles() const {
    return std::all_of(turns_.begin(), turns_.end(),
                       [&](const Turn& turn) { return title(turn.label.begin); });
  }

  // Is an interview told of before the first label? "Q." and "A." alone may be anybody's.
  bool interview() const {
    for (int i = 0; i < turns_[0].label.begin; ++i)
      if (is(lower(t_[i].lemma), "dialogue") || is(word(i), "dialogue")) return true;
    return false;
  }

  // Where each of two is named once, what follows without a label is asked and answered in turn.
  void without_labels() {
    if (turns_.size() != 2 || turns_[0].role != Turn::asks || turns_[1].role == Turn::asks) return;
    std::vector<Turn> out = {turns_[0], turns_[1]};
    out[1].spoken.clear();
    for (Range r : turns_[1].spoken) {
      const bool asked = !out[1].spoken.empty() && question(r) && sentences(r) < kQuestion;
      const Turn& voice = turns_[asked ? 0 : 1];
      if (out.back().role != voice.role) {
        out.push_back(voice);
        out.back().spoken.clear();
      }
      out.back().spoken.push_back(r);
    }
    turns_ = std::move(out);
  }

  int sentences(Range r) const { return t_.sentence_of(r.end - 1) - t_.sentence_of(r.begin) + 1; }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const std::vector<Range>& paragraphs_;
  std::vector<Range> labels_;  // of the paragraphs
  std::vector<Turn> turns_;
  std::map<std::string, int> speakers_, askers_;  // how often each has the word
};

}  // namespace

std::vector<Turn> find_turns(const TreeView& tree, const Lexicon& lexicon,
                             const std::vector<TreeView::Range>& paragraphs) {
  return Turns(tree, lexicon, paragraphs).find();
}

}  // namespace chancery
