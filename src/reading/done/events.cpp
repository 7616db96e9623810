#include "reading/done/events.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "reading/done/act_dates.h"
#include "reading/done/act_grammar.h"
#include "reading/done/act_sides.h"
#include "reading/done/act_status.h"
#include "reading/done/event_judging.h"
#include "reading/done/grammar_dates.h"
#include "reading/done/retellings.h"
#include "reading/done/undone.h"

namespace chancery {
namespace {

class Finder {
 public:
  Finder(const TreeView& t, const Lexicon& lexicon, const Times& times,
         const std::vector<FoundStatement>& statements, const JudgedWords& words,
         const Thresholds& thresholds, const RelationModel* pairs, const ActJudges& judges,
         const ReadingWatch* watch, Entities& entities)
      : t_(t),
        lexicon_(lexicon),
        words_(words),
        thresholds_(thresholds),
        pairs_(pairs),
        judges_(judges),
        watch_(watch),
        times_(times),
        published_(times.published()),
        statements_(statements),
        e_(entities),
        grammar_(t, statements, entities),
        sides_(t, lexicon, times, statements, grammar_, entities),
        status_(t, lexicon, grammar_),
        dates_(t, lexicon, times, statements, entities),
        used_(t.size(), 0) {}

  std::vector<FoundEvent> run() {
    for (const Sentence& s : t_.document().sentences) {
      for (int i = s.begin; i < s.end; ++i)
        if (t_.verb(i) && !t_.is_any(i, {"aux", "cop", "case", "compound", "amod"})) {
          verb(i, s);
          refusal(i, s);
        } else if (t_.tag(i, "JJ") && t_.child(i, {"cop"}) >= 0) {
          adjective(i, s);
        }
      for (int i = s.begin; i < s.end; ++i)
        if (t_.noun(i) && !used_[i]) noun(i);
    }
    judge();
    if (words_.silent()) leave_undone();
    for (FoundEvent& f : found_) {
      sides_.speaker_as_doer(f.trigger, f.event);
      sides_.company_travels(f.trigger, f.event);
      sides_.states_of_capitals(f.event);
    }
    std::stable_sort(found_.begin(), found_.end(), [](const FoundEvent& a, const FoundEvent& b) {
      return a.trigger < b.trigger;
    });
    dates_.carry(found_);
    if (!words_.silent()) ActDates(t_, times_, statements_, judges_.date, watch_).date(found_);
    found_ =
        merge_retellings(t_, lexicon_, thresholds_, e_,
                         words_.silent() ? nullptr : &judges_.retelling, watch_, std::move(found_));
    for (size_t i = 0; i < found_.size(); ++i) found_[i].event.id = "v" + std::to_string(i + 1);
    return std::move(found_);
  }

 private:
  bool is(const Trigger& t, Trait trait) const { return lexicon_.has(t.type, trait); }

  // What the judges ask by themselves, where the model has none.
  void leave_undone() {
    const Undone undone(t_, lexicon_);
    std::erase_if(found_, [&](const FoundEvent& f) {
      return undone.untold(f.trigger, f.event.type) || undone.in_a_game(f.trigger, f.event.type);
    });
    for (FoundEvent& f : found_) f.event.explain += std::string(undone.settle(f.trigger, f.event));
  }

  bool has_particle(int v, const std::string& particle) const {
    if (particle.empty()) return true;
    for (int c : t_.children(v)) {
      if (t_.is(c, "compound:prt") && lower(t_[c].form) == particle) return true;
      if (t_.is_any(c, {"advmod"}) && c > v && lower(t_[c].form) == particle) return true;
      if (t_.is_any(c, {"obl", "nmod", "advcl", "xcomp"}) &&
          (t_.case_of(c) == particle || t_.mark_of(c) == particle))
        return true;
    }
    return false;
  }

  bool object_fits(int v, const Trigger& t, int& object) const {
    object = grammar_.object_of(v);
    if (t.objects.empty()) return true;
    // "Troops withdrew from the town": who gives way is what is withdrawn.
    const int moved = object < 0 && is(t, Trait::retreat) ? t_.subject(v) : object;
    if (moved < 0) return false;
    std::vector<int> candidates = {moved};
    for (int c : t_.children(v))
      if (t_.is(c, "obj") && c != object) candidates.push_back(c);
    for (int c : t_.children(moved))
      if (t_.is_any(c, {"conj", "compound", "nmod", "amod"})) candidates.push_back(c);
    for (int c : candidates)
      for (const std::string& lemma : t.objects)
        if (t_.lemma(c) == lemma || lower(t_[c].form) == lemma) {
          if (t_[c].head == v) object = c;
          return true;
        }
    return false;
  }

  // The first trigger of the lexicon that fits a verb and names an act.
  void verb(int v, const Sentence& s) {
    for (const Trigger& t : lexicon_.triggers(t_.lemma(v), 'v')) {
      int object = -1;
      if (!has_particle(v, t.particle) || !object_fits(v, t, object)) continue;
      // "back up", "take over": with its particle it is another verb.
      if (t.particle.empty() && t.objects.empty() && t_.child(v, {"compound:prt"}) >= 0) continue;
      if (t.type == kNoAct) return;
      // "called him a liar", "called the vote off": no telephone.
      if (t.mode == "phone" && t_.lemma(v) == "call" &&
          (t_.child(v, {"ccomp", "compound:prt"}) >= 0 || named_by_call(v, object)))
        continue;
      // A stance, kept as a position.
      if (t_.passive(v) && t_.lemma(v) == "oppose" && t_.oblique(v, "by") < 0) return;
      FoundEvent f;
      f.trigger = v;
      int subject = -1;
      sides_.doers_of_verb(v, subject, f.event);
      const std::string role = sides_.others_of_verb(v, t, object, subject, s, f.event);
      without_doers(f.event);
      if (!is_act(v, t, subject, f.event)) continue;
      take_type(v, t, f.event);
      status_.of_verb(v, t, f.event);
      if (f.event.status.empty()) return;
      grammar_.span_of_verb(v, subject, s, f.event);
      finish(f, v, t, role);
      for (int c : t_.children(v))
        if (t_.is(c, "obj") && !t.objects.empty()) used_[c] = 1;
      return;
    }
  }

  // Has the verb the sides that such an act needs? Those who meet each other are put on both.
  bool is_act(int v, const Trigger& t, int subject, Event& x) const {
    if (x.source.empty() && x.target.empty()) return false;
    const bool passive = t_.passive(v);
    // "The two ministers met": a plural subject meets itself.
    const bool together = is(t, Trait::meeting) && !passive && t.objects.empty() && subject >= 0 &&
                          (x.source.size() > 1 || t_.tag(subject, "NNS") ||
                           (t_.tag(subject, "PRP") && lower(t_[subject].form) == "they"));
    if (together && x.target.empty() && x.source.size() > 1) {
      x.target.assign(x.source.begin() + 1, x.source.end());
      x.source.resize(1);
    }
    if (t.needs_target && x.target.empty() && !together) return false;
    if (!sides_.known_actor(x.source) && !sides_.known_actor(x.target)) return false;
    // A request needs somebody asked, or what is asked for in words of its own.
    if (is(t, Trait::request) && x.target.empty() &&
        (x.source.empty() || (t.particle.empty() && t_.child(v, {"xcomp", "ccomp"}) < 0)))
      return false;
    if (x.source.empty() && !may_lack_a_doer(v, t)) return false;
    // "agreed that" reports an opinion; "agreed to talks" is an act.
    const std::string_view lemma = t_.lemma(v);
    if (is(t, Trait::accord) && lemma != "accept" && lemma != "invite" && x.target.empty() &&
        t.objects.empty()) {
      const int infinitive = t_.child(v, {"xcomp", "ccomp"});
      if (infinitive < 0 && !has_particle(v, "to") && !has_particle(v, "on")) return false;
      if (lemma == "plan" || lemma == "intend" || (lemma == "offer" && infinitive < 0))
        return false;
    }
    return !t_.in(WordList::going, lemma) || sides_.person_or_delegation(x.source);
  }

  // Things that agree, arrive or attack are no actors' acts; a passive without agent needs a target.
  bool may_lack_a_doer(int v, const Trigger& t) const {
    if (is(t, Trait::blames_or_asks) && t_.is_any(v, {"acl", "advcl"})) return false;
    if (!t_.passive(v) && (!t_.is_any(v, {"xcomp", "advcl", "acl"}) || is(t, Trait::by_somebody)))
      return false;
    return !is(t, Trait::retreat) || t.mode != "withdraw";
  }

  void take_type(int v, const Trigger& t, Event& x) const {
    x.type = t.type;
    x.mode = t.mode;
    x.cameo = t.cameo;
    if (!is(t, Trait::meeting)) return;
    for (int c : t_.children(v))
      if (t_.is_any(c, {"obl", "nmod"}) && (t_.lemma(c) == "phone" || t_.lemma(c) == "telephone")) {
        x.mode = "phone";
        x.cameo = lexicon_.cameo_of(x.type, x.mode);
      }
  }

  // The object of "call" is a person, and nothing is said of what he is called.
  bool named_by_call(int v, int object) const {
    int e = object >= 0 ? e_.at(object) : -1;
    if (e < 0 || e_.entities()[e].kind != "person") return true;
    int what = t_.child(v, {"xcomp"});
    return what >= 0 && t_.mark_of(what) != "to";
  }

  // The model's judges decide over what the rules propose, and add what no rule has seen.
  void judge() {
    if (words_.silent()) return;
    std::vector<FoundEvent> decided =
        judge_events(t_, words_, lexicon_, thresholds_, grammar_,
                     ActSigns(t_, words_, lexicon_, pairs_, statements_, e_),
                     SideSigns(t_, statements_, e_), judges_, watch_, e_, std::move(found_));
    found_.clear();
    for (FoundEvent& f : decided)
      if (f.by_rule) found_.push_back(std::move(f));
      else {
        Trigger judged;
        judged.lemma = t_.lemma(f.trigger);
        judged.part = t_.verb(f.trigger) ? 'v' : 'n';
        judged.type = f.event.type;
        std::string why = std::move(f.event.explain);
        finish(f, f.trigger, judged, "");
        found_.back().event.explain = std::move(why);
      }
  }

  // "is ready to talk with": a readiness, told by an adjective with its infinitive.
  void adjective(int a, const Sentence& s) {
    for (const Trigger& t : lexicon_.triggers(t_.lemma(a), 'a')) {
      int complement = t_.child(a, {"xcomp", "ccomp", "advcl"});
      if (complement < 0 || t_.mark_of(complement) != t.particle || t_.negated(a)) continue;
      FoundEvent f;
      f.trigger = a;
      Event& x = f.event;
      int subject = t_.subject(a);
      add_all(x.source, grammar_.actors(subject, true));
      if (x.source.empty() || !sides_.known_actor(x.source)) return;
      for (const std::string& where : t.target) {
        add_all(x.target, grammar_.obliques(complement, where));
        if (!x.target.empty()) break;
      }
      int object = grammar_.object_of(complement);
      if (x.target.empty() && object >= 0) add_all(x.target, grammar_.actors(object, true));
      without_doers(x);
      x.type = t.type;
      x.mode = t.mode;
      x.cameo = t.cameo;
      status_.of_verb(a, t, x);
      if (x.status.empty()) return;
      grammar_.span_of_verb(a, subject, s, x);
      finish(f, a, t, "");
      return;
    }
  }

  // "will not accept", "would not allow": a refusal whatever the verb.
  void refusal(int v, const Sentence& s) {
    std::string_view modal = t_.modal(v);
    if (!t_.negated(v) || (modal != "will" && modal != "would") || t_.passive(v)) return;
    if (!found_.empty() && found_.back().trigger == v) return;  // the lexicon has just named it
    if (t_.mark_of(v) == "if" || t_.child(v, {"obj", "xcomp", "obl"}) < 0 || t_.lemma(v) == "be" ||
        t_.lemma(v) == "have")
      return;
    Trigger plain;
    plain.lemma = "not";
    plain.type = lexicon_.type_with(Trait::refusal);
    plain.cameo = lexicon_.cameo_of(plain.type);
    plain.verbal = true;
    plain.place = "refusal in words";
    int subject = t_.subject(v);
    FoundEvent f;
    f.trigger = v;
    Event& x = f.event;
    add_all(x.source, grammar_.actors(subject, false));
    if (!sides_.known_actor(x.source)) return;
    int object = grammar_.object_of(v);
    if (object >= 0) add_all(x.target, grammar_.actors(object, true));
    without_doers(x);
    if (x.target.empty()) add_all(x.target, sides_.within_complement(v, subject, x.source));
    x.type = plain.type;
    x.cameo = plain.cameo;
    x.status = "occurred";
    grammar_.span_of_verb(v, subject, s, x);
    finish(f, v, plain, "");
  }

  // The first trigger of the lexicon that fits a noun and names an act of somebody.
  void noun(int n) {
    if (t_.is_any(n, {"compound", "flat", "amod"})) return;
    for (const Trigger& t : lexicon_.triggers(t_.lemma(n), 'n')) {
      FoundEvent f;
      f.trigger = n;
      Event& x = f.event;
      std::vector<int> between;
      const std::string role = sides_.of_noun(n, t, between, x);
      without_doers(x);
      if (x.source.empty()) continue;
      if ((t.needs_target || t.source == "between") && x.target.empty() && between.empty())
        continue;
      if (t.target.empty() && x.target.empty()) continue;
      if (x.target.empty() && is(t, Trait::noun_in_clause) && t.source != "between" &&
          !t_.is_any(n, {"nsubj", "obj", "obl", "nmod"}))
        continue;
      x.type = t.type;
      x.mode = t.mode;
      x.cameo = t.cameo;
      status_.of_noun(n, t, x);
      if (const TimeExpression* time = times_.of(n)) {
        x.when = time->when;
        if (published_.dated() && x.when.one_day() && x.when.from() > published_.from() &&
            x.status == "occurred")
          x.status = "planned";
      }
      TreeView::Range r = t_.subtree_without(n, [&](int at, int c) {
        return (t_.is_any(c, {"acl"}) && t_.child(c, {"nsubj"}) >= 0 && at == n) ||
               t_.is_any(c, {"parataxis", "case", "cop", "nsubj", "aux", "mark", "advcl", "cc"}) ||
               (t_.is(c, "conj") && at == n);
      });
      x.span = t_.trimmed(r);
      finish(f, n, t, role);
      return;
    }
  }

  // Statement, date, place, score and reasons of what was found.
  void finish(FoundEvent& f, int trigger, const Trigger& t, const std::string& role) {
    Event& x = f.event;
    x.trigger = t_[trigger].span;
    x.said_in = grammar_.statement_of(trigger);
    dates_.by_words(trigger, x);
    place(trigger, x);
    if (lexicon_.has(x.type, Trait::refusal)) sides_.speakers_own(x);
    dates_.by_speech(trigger, x);
    if (t.part == 'n') dates_.beside_noun(trigger, x);
    double value;
    if (lexicon_.goldstein(x.cameo, value)) {
      x.goldstein = value;
      x.has_goldstein = true;
    }
    x.explain = (t.part == 'n' ? "noun '" : "verb '") + t.lemma +
                (t.particle.empty() ? "" : " " + t.particle) + "' (" + t.place + ")" +
                (role.empty() ? "" : ", other side by '" + role + "'") +
                (x.type != t.type ? ", negated: refusal" : "") + ", status from tense and clause";
    found_.push_back(std::move(f));
  }

  void place(int trigger, Event& x) const {
    for (int c : t_.children(trigger)) {
      if (!t_.is_any(c, {"obl", "nmod"})) continue;
      std::string preposition = t_.case_of(c);
      if (!t_.in(WordList::place_prepositions, preposition)) continue;
      int e = e_.at(c);
      if (e >= 0 && e_.entities()[e].kind == "place" &&
          std::find(x.target.begin(), x.target.end(), e) == x.target.end())
        x.where = e;
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const JudgedWords& words_;
  const Thresholds& thresholds_;
  const RelationModel* pairs_;
  const ActJudges& judges_;
  const ReadingWatch* watch_;
  const Times& times_;
  const When published_;
  const std::vector<FoundStatement>& statements_;
  Entities& e_;
  const ActGrammar grammar_;
  const ActSides sides_;
  const ActStatus status_;
  const GrammarDates dates_;
  std::vector<char> used_;  // nouns that a verb's trigger has taken
  std::vector<FoundEvent> found_;
};

}  // namespace

std::vector<FoundEvent> find_events(const TreeView& tree, const Lexicon& lexicon,
                                    const Times& times,
                                    const std::vector<FoundStatement>& statements,
                                    const JudgedWords& words, const Thresholds& thresholds,
                                    const RelationModel* pairs, const ActJudges& judges,
                                    const ReadingWatch* watch, Entities& entities) {
  return Finder(tree, lexicon, times, statements, words, thresholds, pairs, judges, watch, entities)
      .run();
}

}  // namespace chancery
