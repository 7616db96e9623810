#include "reading/said/chain_reach.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "reading/said/statement_frames.h"
#include "reading/said/statement_sources.h"

namespace chancery {
namespace {

// Remarks of others after which a speaker's next one is no more of the same occasion.
constexpr int kTalkOfOthers = 2;

class Reach {
 public:
  Reach(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
        std::vector<FoundStatement>& found)
      : t_(tree), lexicon_(lexicon), e_(entities), found_(found) {}

  void run() {
    spread();
    told_of();
    retold();
  }

 private:
  // Known by a name, not only as "the paper" or "state media".
  bool by_name(int entity) const {
    return std::any_of(e_.mentions().begin(), e_.mentions().end(), [&](const Mention& m) {
      return m.entity == entity && m.sort == Mention::name;
    });
  }

  bool takes(int token, std::string_view shape) const {
    const Cue* cue = lexicon_.cue(lower(t_.lemma(token)));
    return cue && cue->takes(shape);
  }

  // Is the actor named by a word of this shape ("Twitter", "social media")?
  bool named(int entity, std::string_view shape) const {
    for (const Mention& m : e_.mentions()) {
      if (m.entity != entity || m.sort == Mention::pronoun || m.head < 0) continue;
      if (takes(m.head, shape)) return true;
      if (m.head == 0) continue;
      const Cue* both = lexicon_.cue(lower(t_.lemma(m.head - 1)) + " " + lower(t_.lemma(m.head)));
      if (both && both->takes(shape)) return true;
    }
    return false;
  }

  // Does a carrier of one remark carry what the speaker goes on to say? Persons vouch for what they
  // told alone, a post stands for itself, and an agency is told what its report then tells on its
  // own.
  bool goes_on(int carrier, const Statement& told) const {
    const bool addressed = std::find(told.to.begin(), told.to.end(), carrier) != told.to.end();
    return e_.entities()[carrier].kind == "organization" && !named(carrier, "platform") &&
           !(addressed && named(carrier, "wire"));
  }

  // Is a remark told as of another occasion: another day, place of speaking or hearer?
  static bool another_occasion(const Statement& told, const Statement& x) {
    const bool day = told.when.dated() && x.when.dated() && !(told.when == x.when);
    const bool place = !told.occasion.empty() && !x.occasion.empty() && told.occasion != x.occasion;
    return day || place || (!x.to.empty() && x.to != told.to);
  }

  // How many remarks of others stand between two of one speaker.
  int others_between(const FoundStatement& a, const FoundStatement& b) const {
    return static_cast<int>(
        std::count_if(found_.begin(), found_.end(), [&](const FoundStatement& f) {
          return f.cue_verb > a.cue_verb && f.cue_verb < b.cue_verb && f.statement.speaker >= 0 &&
                 f.statement.speaker != a.statement.speaker;
        }));
  }

  // The chain that one remark tells holds for what the same speaker goes on to say, until a remark
  // of another occasion or others' talk; and for the sentence before it, where the speaker begins.
  void spread() {
    std::map<int, std::vector<FoundStatement*>> by_speaker;
    for (FoundStatement& f : found_)
      if (f.statement.speaker >= 0 && f.cue_verb >= 0)
        by_speaker[f.statement.speaker].push_back(&f);
    for (auto& [speaker, remarks] : by_speaker) {
      std::stable_sort(remarks.begin(), remarks.end(),
                       [](auto* a, auto* b) { return a->cue_verb < b->cue_verb; });
      carry_on(remarks);
    }
  }

  void carry_on(const std::vector<FoundStatement*>& remarks) const {
    const FoundStatement* told = nullptr;  // the last one that names who carries it
    std::vector<std::pair<FoundStatement*, int>> more;
    for (size_t k = 0; k < remarks.size(); ++k) {
      const FoundStatement& x = *remarks[k];
      const bool own = !x.statement.via.empty();
      if (told && (another_occasion(told->statement, x.statement) ||
                   others_between(*told, x) >= kTalkOfOthers))
        told = nullptr;
      const FoundStatement* from = own ? nullptr : told;
      if (!own && !from && begins(remarks, k)) {
        const FoundStatement* next = next_sentence(remarks, k);
        if (next && leads(x, *next)) from = next;
      }
      if (!own && !from) from = quoted_below(remarks, k);
      if (from)
        for (int carrier : from->statement.via)
          if (goes_on(carrier, from->statement)) more.push_back({remarks[k], carrier});
      if (own) told = &x;
    }
    for (auto& [remark, carrier] : more) add_carrier(remark->statement.via, carrier);
  }

  // "…, the official said. …, the official was quoted by the Herald as saying": a remark below that a
  // medium carried, and nobody was told. Null for none.
  const FoundStatement* quoted_below(const std::vector<FoundStatement*>& remarks, size_t k) const {
    const FoundStatement& x = *remarks[k];
    for (size_t n = k + 1; n < remarks.size(); ++n) {
      const FoundStatement& next = *remarks[n];
      if (next.statement.via.empty()) continue;
      const bool carried = next.statement.to.empty() && next.statement.occasion.empty() &&
                           quoted_frame(t_, lexicon_, next.cue_verb).verb >= 0;
      return carried && !another_occasion(next.statement, x.statement) &&
                     others_between(x, next) < kTalkOfOthers
                 ? &next
                 : nullptr;
    }
    return nullptr;
  }

  // Is the remark told in the sentence in which its speaker begins?
  bool begins(const std::vector<FoundStatement*>& remarks, size_t k) const {
    return t_.sentence_of(remarks[k]->cue_verb) == t_.sentence_of(remarks[0]->cue_verb);
  }

  // The speaker's first remark of a later sentence, null for none.
  const FoundStatement* next_sentence(const std::vector<FoundStatement*>& remarks, size_t k) const {
    for (size_t n = k + 1; n < remarks.size(); ++n)
      if (t_.sentence_of(remarks[n]->cue_verb) != t_.sentence_of(remarks[k]->cue_verb))
        return remarks[n];
    return nullptr;
  }

  // "Marr wants the ban lifted. “It is cruel,” he told the BBC.": the sentence before says the same.
  bool leads(const FoundStatement& first, const FoundStatement& next) const {
    return first.cue_verb >= 0 && next.cue_verb >= 0 &&
           t_.sentence_of(next.cue_verb) == t_.sentence_of(first.cue_verb) + 1 &&
           !another_occasion(next.statement, first.statement);
  }

  // The one medium of which the text tells, if it opens with what that medium tells; -1 for none.
  int retold_medium(int lead) const {
    int medium = -1;
    for (const FoundStatement& f : found_) {
      std::vector<int> told = f.statement.via;
      told.push_back(f.statement.speaker);
      for (int who : told) {
        if (!is_medium(e_, who)) continue;
        if (medium >= 0 && who != medium) return -1;
        medium = who;
      }
    }
    for (const FoundStatement& f : found_)
      if (f.statement.speaker == medium && medium >= 0 && f.cue_verb >= 0 &&
          t_.sentence(f.cue_verb).paragraph == lead)
        return by_name(medium) ? medium : -1;
    return -1;
  }

  // Where one alone speaks beside that medium, it carries him; among several it is told on its own
  // whom it carries.
  void retold() {
    if (t_.document().sentences.empty()) return;
    const int lead = t_.document().sentences[0].paragraph;
    const int medium = retold_medium(lead);
    const int speaker = medium >= 0 ? sole_speaker(medium, lead) : -1;
    if (speaker < 0) return;
    for (FoundStatement& f : found_)
      if (f.statement.speaker == speaker && f.statement.via.empty() && f.cue_verb >= 0 &&
          t_.sentence(f.cue_verb).paragraph != lead && plainly_said(f))
        add_carrier(f.statement.via, medium);
  }

  // The one who speaks below the lead beside the medium; -1 for none and for several.
  int sole_speaker(int medium, int lead) const {
    int sole = -1;
    for (const FoundStatement& f : found_) {
      const int speaker = f.statement.speaker;
      if (speaker < 0 || speaker == medium || f.cue_verb < 0 ||
          t_.sentence(f.cue_verb).paragraph == lead)
        continue;
      if ((sole >= 0 && speaker != sole) || told_somebody(f.cue_verb)) return -1;
      sole = speaker;
    }
    return sole;
  }

  // "told reporters": who heard it first is known.
  bool told_somebody(int verb) const {
    return t_.in(WordList::telling, t_.lemma(verb)) && t_.child(verb, {"obj", "iobj"}) >= 0;
  }

  // "said", not "ruled" or "according to".
  bool plainly_said(const FoundStatement& f) const {
    const Cue* cue = t_.verb(f.cue_verb) ? lexicon_.cue(t_.lemma(f.cue_verb)) : nullptr;
    return cue && cue->kind == CueKind::say;
  }

  // Of whom a medium's own words tell: their subject, or whose remarks are their subject.
  int told_of_in(const FoundStatement& f) const {
    const int subject = f.content_head >= 0 ? t_.subject(f.content_head) : -1;
    if (subject < 0) return -1;
    if (!takes(subject, "speech")) return e_.at(subject);
    const int whose = t_.child(subject, {"nmod:poss"});
    return whose >= 0 ? e_.at(whose) : -1;
  }

  void told_of() {
    for (const FoundStatement& f : found_) {
      const int medium = f.statement.speaker;
      if (!is_medium(e_, medium) || f.cue_verb < 0 || !takes(f.cue_verb, "carry")) continue;
      const int who = told_of_in(f);
      if (who < 0) continue;
      for (FoundStatement& x : found_)
        if (x.statement.speaker == who && x.statement.via.empty() && x.cue_verb > f.cue_verb &&
            !another_occasion(f.statement, x.statement))
          add_carrier(x.statement.via, medium);
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const Entities& e_;
  std::vector<FoundStatement>& found_;
};

}  // namespace

void add_carrier(std::vector<int>& via, int carrier) {
  if (carrier >= 0 && std::find(via.begin(), via.end(), carrier) == via.end())
    via.push_back(carrier);
}

void reach_on(const TreeView& tree, const Lexicon& lexicon, const Entities& entities,
              std::vector<FoundStatement>& found) {
  Reach(tree, lexicon, entities, found).run();
}

}  // namespace chancery
