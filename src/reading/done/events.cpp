#include "reading/done/events.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"
#include "reading/done/act_dates.h"
#include "reading/done/act_grammar.h"
#include "reading/done/event_judging.h"
#include "reading/done/retellings.h"

namespace chancery {
namespace {

using Words = std::unordered_set<std::string_view>;

// Verbs above an infinitive that say how real it is.
const Words kPlanning = {"plan",    "intend", "expect",  "schedule", "set", "due",
                         "prepare", "decide", "arrange", "agree",    "aim", "announce",
                         "ready",   "slate",  "going",   "go"};
const Words kPossible = {"consider", "contemplate", "mull", "like", "able",   "willing",
                         "possible", "likely",      "try",  "seek", "attempt"};
const Words kFailed = {"fail", "refuse", "decline", "unable", "stop", "prevent", "avoid", "deny"};
// Above these the infinitive is what was asked or promised, not done.
const Words kSpoken = {"urge",     "ask",      "demand",  "call",    "order",    "press",
                       "request",  "threaten", "promise", "pledge",  "vow",      "offer",
                       "invite",   "appeal",   "warn",    "advise",  "refuse",   "decline",
                       "reject",   "insist",   "propose", "suggest", "want",     "hope",
                       "wish",     "need",     "allow",   "force",   "pressure", "encourage",
                       "persuade", "implore",  "beg"};

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
        statements_(statements),
        e_(entities),
        grammar_(t, statements, entities),
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
    std::stable_sort(found_.begin(), found_.end(), [](const FoundEvent& a, const FoundEvent& b) {
      return a.trigger < b.trigger;
    });
    carry_dates();
    if (!words_.silent()) ActDates(t_, times_, statements_, judges_.date, watch_).date(found_);
    found_ = merge_retellings(t_, e_, words_.silent() ? nullptr : &judges_.retelling, watch_,
                              std::move(found_));
    for (size_t i = 0; i < found_.size(); ++i) found_[i].event.id = "v" + std::to_string(i + 1);
    return std::move(found_);
  }

 private:
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
    if (object < 0) return false;
    std::vector<int> candidates = {object};
    for (int c : t_.children(v))
      if (t_.is(c, "obj") && c != object) candidates.push_back(c);
    for (int c : t_.children(object))
      if (t_.is_any(c, {"conj", "compound", "nmod", "amod"})) candidates.push_back(c);
    for (int c : candidates)
      for (const std::string& lemma : t.objects)
        if (t_.lemma(c) == lemma || lower(t_[c].form) == lemma) {
          if (t_[c].head == v) object = c;
          return true;
        }
    return false;
  }

  void verb(int v, const Sentence& s) {
    std::string lemma(t_.lemma(v));
    for (const Trigger& t : lexicon_.triggers(lemma, 'v')) {
      int object = -1;
      if (!has_particle(v, t.particle) || !object_fits(v, t, object)) continue;
      // "back up", "take over": with its particle it is another verb.
      if (t.particle.empty() && t.objects.empty() && t_.child(v, {"compound:prt"}) >= 0) continue;
      if (t.type == kNoAct) return;
      // "called him a liar", "called the vote off": no telephone.
      if (t.mode == "phone" && lemma == "call" &&
          (t_.child(v, {"ccomp", "compound:prt"}) >= 0 || named_by_call(v, object)))
        continue;
      FoundEvent f;
      f.trigger = v;
      Event& x = f.event;
      bool passive = t_.passive(v);
      int subject = -1;
      if (passive && t_.lemma(v) == "oppose" && t_.oblique(v, "by") < 0)
        return;  // a stance, kept as a position
      if (passive) {
        subject = t_.oblique(v, "by");
        add_all(x.source, grammar_.actors(subject));
      } else {
        subject = t_.subject(v);
        add_all(x.source, grammar_.actors(subject, true));
        // "passed a resolution slapping sanctions on": he who passed it.
        if (x.source.empty() && t_.is(v, "acl") && t_.tag(v, "VBG") && subject >= 0 &&
            t_[subject].head >= 0 && t_.verb(t_[subject].head))
          add_all(x.source, grammar_.actors(t_.subject(t_[subject].head), true));
      }
      std::string role;
      for (const std::string& where : t.target) {
        std::vector<int> who;
        if (where == "object") {
          // What is done to people is not done to the owner of a thing.
          bool meeting = object >= 0 && t.type == "CONSULT" && e_.at(object) >= 0 &&
                         e_.entities()[e_.at(object)].kind == "event";
          if (object >= 0 && (t.objects.empty() || meeting))
            who = grammar_.actors(object, t.type != "RETREAT" && t.type != "COERCE");
        } else if (where == "owner") {
          if (object >= 0) who = owners(object);
        } else if (where == "between") {
          if (object >= 0) who = grammar_.obliques(object, "between");
        } else {
          who = grammar_.obliques(v, where);
          if (who.empty() && object >= 0) who = grammar_.obliques(object, where);
        }
        if (who.empty()) continue;
        role = where;
        add_all(x.target, who);
        break;
      }
      if (x.target.empty() && t.objects.empty() && object >= 0 && t.particle.empty() &&
          !t.target.empty() &&
          (t.type == "ACCUSE" || t.type == "REJECT" || t.type == "SUPPORT" || t.type == "REQUEST" ||
           t.type == "ASSAULT"))
        add_all(x.target, grammar_.actors(object, true));
      bool deep = t.type != "AGREE" && t.type != "RETREAT" && t.type != "CONSULT" &&
                  !(t.needs_target && (t.type == "AID" || t.type == "COOPERATE"));
      if (x.target.empty() && !t.target.empty() && deep) {
        add_all(x.target, within_complement(v, subject, x.source));
        if (!x.target.empty()) role = "nearest actor in the complement";
        if (x.target.empty() && t.type == "REJECT" && !x.source.empty() && !t_.is(v, "acl")) {
          add_all(x.target, earlier_in_sentence(v, s, x.source));
          if (!x.target.empty()) role = "actor named before";
        }
      }
      // The subject of a meeting may be all parties: "the two presidents met".
      for (int e : x.source)
        x.target.erase(std::remove(x.target.begin(), x.target.end(), e), x.target.end());
      if (x.source.empty() && x.target.empty()) continue;
      // "The two ministers met": a plural subject meets itself.
      bool together = t.type == "CONSULT" && !passive && t.objects.empty() && subject >= 0 &&
                      (x.source.size() > 1 || t_.tag(subject, "NNS") ||
                       (t_.tag(subject, "PRP") && lower(t_[subject].form) == "they"));
      if (together && x.target.empty() && x.source.size() > 1) {
        x.target.assign(x.source.begin() + 1, x.source.end());
        x.source.resize(1);
      }
      if (t.needs_target && x.target.empty() && !together) continue;
      if (!known_actor(x.source) && !known_actor(x.target)) continue;
      // A request needs somebody asked, or what is asked for in words of its own.
      if (t.type == "REQUEST" && x.target.empty() &&
          (x.source.empty() || (t.particle.empty() && t_.child(v, {"xcomp", "ccomp"}) < 0)))
        continue;
      if ((t.type == "REQUEST" || t.type == "ACCUSE") && x.source.empty() &&
          t_.is_any(v, {"acl", "advcl"}))
        continue;
      // Things that agree, arrive or attack are no actors' acts; a passive without agent needs a
      // target.
      if (x.source.empty() && !passive && !t_.is_any(v, {"xcomp", "advcl", "acl"})) continue;
      if (x.source.empty() &&
          (t.type == "CONSULT" || t.type == "AGREE" || t.type == "SUPPORT" || t.type == "REQUEST" ||
           t.type == "ACCUSE" || t.type == "REJECT" || t.type == "THREATEN") &&
          !passive)
        continue;
      // "agreed that" reports an opinion; "agreed to talks" is an act.
      if (t.type == "AGREE" && lemma != "accept" && lemma != "invite" && x.target.empty() &&
          t.objects.empty()) {
        int infinitive = t_.child(v, {"xcomp", "ccomp"});
        if (infinitive < 0 && !has_particle(v, "to") && !has_particle(v, "on")) continue;
        if (lemma == "plan" || lemma == "intend" || (lemma == "offer" && infinitive < 0)) continue;
      }
      if ((lemma == "travel" || lemma == "fly" || lemma == "head" || lemma == "arrive" ||
           lemma == "come" || lemma == "go" || lemma == "visit" || lemma == "tour") &&
          !person_or_delegation(x.source))
        continue;
      if (t.type == "RETREAT" && t.mode == "withdraw" && x.source.empty()) continue;
      x.type = t.type;
      x.mode = t.mode;
      x.cameo = t.cameo;
      if (t.type == "CONSULT")
        for (int c : t_.children(v))
          if (t_.is_any(c, {"obl", "nmod"}) &&
              (t_.lemma(c) == "phone" || t_.lemma(c) == "telephone")) {
            x.mode = "phone";
            x.cameo = "041";
          }
      status(v, t, f);
      if (x.status.empty()) return;
      grammar_.span_of_verb(v, subject, s, x);
      finish(f, v, t, role);
      for (int c : t_.children(v))
        if (t_.is(c, "obj") && !t.objects.empty()) used_[c] = 1;
      return;
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
      if (x.source.empty() || !known_actor(x.source)) return;
      for (const std::string& where : t.target) {
        add_all(x.target, grammar_.obliques(complement, where));
        if (!x.target.empty()) break;
      }
      int object = grammar_.object_of(complement);
      if (x.target.empty() && object >= 0) add_all(x.target, grammar_.actors(object, true));
      for (int e : x.source)
        x.target.erase(std::remove(x.target.begin(), x.target.end(), e), x.target.end());
      x.type = t.type;
      x.mode = t.mode;
      x.cameo = t.cameo;
      status(a, t, f);
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
    int subject = t_.subject(v);
    static const Trigger plain = [] {
      Trigger t;
      t.lemma = "not";
      t.type = "REJECT";
      t.cameo = "120";
      t.verbal = true;
      t.place = "refusal in words";
      return t;
    }();
    FoundEvent f;
    f.trigger = v;
    Event& x = f.event;
    add_all(x.source, grammar_.actors(subject, false));
    if (!known_actor(x.source)) return;
    int object = grammar_.object_of(v);
    if (object >= 0) add_all(x.target, grammar_.actors(object, true));
    for (int e : x.source)
      x.target.erase(std::remove(x.target.begin(), x.target.end(), e), x.target.end());
    if (x.target.empty()) add_all(x.target, within_complement(v, subject, x.source));
    x.type = "REJECT";
    x.cameo = "120";
    x.status = "occurred";
    grammar_.span_of_verb(v, subject, s, x);
    finish(f, v, plain, "");
  }

  // A refusal in somebody's words about himself or his side is his: "North Korea would not
  // negotiate", Kim said.
  void speakers_own(Event& x) const {
    if (x.said_in < 0) return;
    const Statement& said = statements_[x.said_in].statement;
    if (said.speaker < 0 || x.source.empty()) return;
    const Actor &a = e_.entities()[said.speaker].actor, &b = e_.entities()[x.source[0]].actor;
    if (x.source[0] != said.speaker &&
        (a.country.empty() || a.country != b.country || a.sector == "JRN"))
      return;
    x.source = {said.speaker};
    if (x.when.empty()) x.when = said.when;
    if (!x.target.empty()) return;
    for (Span c : said.content) {
      TreeView::Range r = t_.range_of(c);
      for (int i = r.begin; i < r.end; ++i) {
        const Mention* m = e_.mention_at(i);
        if (!m || m->head != i || m->entity < 0) continue;
        const std::string& country = e_.entities()[m->entity].actor.country;
        if (!country.empty() && country != a.country) {
          x.target = {m->entity};
          return;
        }
      }
    }
  }

  bool known_actor(const std::vector<int>& who) const {
    for (int e : who) {
      const Entity& x = e_.entities()[e];
      if (!x.actor.country.empty() || !x.actor.sector.empty() || x.kind == "person") return true;
    }
    return false;
  }

  // The first actor with a country inside what the verb governs: "opened an investigation into the
  // deaths in Syria".
  std::vector<int> within_complement(int v, int subject, const std::vector<int>& source) const {
    for (int c : t_.children(v)) {
      if (c < v || c == subject || !t_.is_any(c, {"obj", "obl", "xcomp", "iobj", "ccomp"}))
        continue;
      if (t_.is(c, "obl") && (t_.case_of(c) == "by" || times_.of(c))) continue;
      TreeView::Range r = t_.subtree_without(c, [&](int, int k) {
        return t_.is_any(k, {"advcl", "parataxis"});
      });
      for (int i = std::max(v + 1, r.begin); i < r.end; ++i) {
        const Mention* m = e_.mention_at(i);
        if (!m || m->head != i || m->entity < 0 || m->sort == Mention::pronoun) continue;
        const Entity& e = e_.entities()[m->entity];
        if (e.actor.country.empty() ||
            std::find(source.begin(), source.end(), m->entity) != source.end())
          continue;
        // "recalled its ambassador": one's own man is not the other side.
        if (!source.empty() && e.kind != "place" &&
            e.actor.country == e_.entities()[source[0]].actor.country && m->definite)
          continue;
        return {m->entity};
      }
    }
    return {};
  }

  // Another state's actor that the sentence named before the verb: "has met with Olm but refused to
  // sign".
  std::vector<int> earlier_in_sentence(int v, const Sentence& s,
                                       const std::vector<int>& source) const {
    const std::string& own = e_.entities()[source[0]].actor.country;
    for (int i = v - 1; i >= s.begin; --i) {
      const Mention* m = e_.mention_at(i);
      if (!m || m->head != i || m->entity < 0 || m->place_only) continue;
      const Entity& e = e_.entities()[m->entity];
      if (!e.actor.country.empty() && e.actor.country != own) return {m->entity};
    }
    return {};
  }

  bool person_or_delegation(const std::vector<int>& who) const {
    for (int e : who) {
      const Entity& x = e_.entities()[e];
      if (x.kind == "person" || x.kind == "group") return true;
    }
    return false;
  }

  std::vector<int> owners(int object) const {
    std::vector<int> out;
    int p = t_.child(object, {"nmod:poss"});
    if (p >= 0) add_all(out, grammar_.actors(p, false));
    for (int c : t_.children(object)) {
      if (!t_.is_any(c, {"amod", "compound"})) continue;
      const Mention* m = e_.mention_at(c);
      if (m && m->head == c && m->entity >= 0) add_all(out, {m->entity});
    }
    for (const char* preposition : {"of", "by", "from"})
      if (out.empty()) {
        int o = t_.oblique(object, preposition);
        if (o >= 0) add_all(out, grammar_.actors(o, false));
      }
    return out;
  }

  void noun(int n) {
    if (t_.is_any(n, {"compound", "flat", "amod"})) return;
    for (const Trigger& t : lexicon_.triggers(t_.lemma(n), 'n')) {
      FoundEvent f;
      f.trigger = n;
      Event& x = f.event;
      std::vector<int> between = grammar_.obliques(n, "between");
      std::string role;
      if (between.size() >= 2) {
        x.source = {between[0]};
        x.target.assign(between.begin() + 1, between.end());
        role = "between";
      } else if (between.size() == 1) {
        x.source = between;
        role = "between";
      } else {
        int p = t_.child(n, {"nmod:poss"});
        if (p >= 0) add_all(x.source, grammar_.actors(p, false));
        for (int c : t_.children(n)) {
          if (!x.source.empty() || !t_.is_any(c, {"amod", "compound"})) continue;
          const Mention* m = e_.mention_at(c);
          if (m && m->head == c && m->entity >= 0) add_all(x.source, {m->entity});
        }
        if (x.source.empty()) add_all(x.source, grammar_.obliques(n, "by"));
        if (x.source.empty()) {
          // An attribute of its subject, or the object of having it: "his visit", "made a request".
          int up = t_[n].head;
          if (up >= 0 && t_.verb(up) && t_.is(n, "obj") && !t_.passive(up)) {
            int subject = t_.subject(up);
            static const Words light = {"make",     "have",     "give",    "issue",     "pay",
                                        "take",     "launch",   "begin",   "start",     "hold",
                                        "plan",     "continue", "step",    "wage",      "face",
                                        "announce", "order",    "approve", "authorize", "declare",
                                        "impose",   "expand",   "mount",   "complete"};
            if (light.count(t_.lemma(up)) && subject >= 0)
              add_all(x.source, grammar_.actors(subject, false));
          }
        }
        for (const std::string& where : t.target) {
          std::vector<int> who = grammar_.obliques(n, where);
          if (who.empty() && t_[n].head >= 0 && t_.is(n, "obj"))
            who = grammar_.obliques(t_[n].head, where);
          if (who.empty()) continue;
          add_all(x.target, who);
          role = where;
          break;
        }
        // "including a meeting with B" in a sentence about A.
        if (x.source.empty() && !x.target.empty() && t.type == "CONSULT") {
          int up = t_[n].head;
          for (int steps = 0; up >= 0 && steps < 6 && x.source.empty(); ++steps, up = t_[up].head)
            if (t_.verb(up)) {
              int subject = t_.subject(up);
              if (subject >= 0 && subject != n && !t_.descends(subject, n))
                add_all(x.source, grammar_.actors(subject, false));
            }
        }
      }
      for (int e : x.source)
        x.target.erase(std::remove(x.target.begin(), x.target.end(), e), x.target.end());
      if (x.source.empty()) continue;
      if ((t.needs_target || t.source == "between") && x.target.empty() && between.empty())
        continue;
      if (t.target.empty() && x.target.empty()) continue;
      if (x.target.empty() &&
          (t.type == "ASSAULT" || t.type == "SANCTION" || t.type == "REQUEST") &&
          t.source != "between" && !t_.is_any(n, {"nsubj", "obj", "obl", "nmod"}))
        continue;
      x.type = t.type;
      x.mode = t.mode;
      x.cameo = t.cameo;
      // A noun takes its reality from the verb above and the words before it.
      x.status = "occurred";
      for (int c : t_.children(n)) {
        std::string low = lower(t_[c].form);
        if (low == "planned" || low == "upcoming" || low == "scheduled" || low == "forthcoming" ||
            low == "future" || low == "coming" || low == "expected")
          x.status = "planned";
        if (low == "possible" || low == "potential" || low == "proposed" || low == "threatened" ||
            low == "alleged" || low == "would-be")
          x.status = "possible";
        if (low == "no") x.status = "denied";
      }
      int up = t_[n].head;
      if (x.status == "occurred" && up >= 0) {
        std::string above;
        int verb = up;
        while (verb >= 0 && !t_.verb(verb) && t_[verb].head >= 0) verb = t_[verb].head;
        if (t_.verb(verb)) {
          Trigger neutral;
          FoundEvent probe;
          status(verb, neutral, probe);
          above = probe.event.status;
        }
        bool depends = t_.is_any(n, {"obj", "nsubj", "obl"}) || (up >= 0 && t_.is(n, "nmod"));
        if (depends && (above == "possible" || above == "conditional")) x.status = above;
        if (depends && above == "planned" && (t.type == "CONSULT" || t.type == "AGREE"))
          x.status = "planned";
        static const Words wanting = {"propose", "suggest", "seek",    "want",  "demand",
                                      "plan",    "offer",   "discuss", "urge",  "consider",
                                      "avoid",   "prevent", "fear",    "accept"};
        if (t_.is(n, "obj") && t_.verb(up) && wanting.count(t_.lemma(up))) x.status = "possible";
      }
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

  // Real, planned, possible, conditional or denied; "" when the words are no event at all.
  void status(int v, const Trigger& t, FoundEvent& f) const {
    Event& x = f.event;
    x.status = "occurred";
    std::string_view modal = t_.modal(v);
    bool verbal_now = t.verbal;
    int up = t_[v].head;
    std::string infinitive_mark = t_.mark_of(v);
    bool to =
        infinitive_mark == "to" || infinitive_mark == "in order" || infinitive_mark == "due to";
    if (modal == "will" || modal == "would" || modal == "shall" || modal == "'ll")
      x.status = "planned";
    if (modal == "may" || modal == "might" || modal == "could" || modal == "can")
      x.status = "possible";
    // What should or must be done is asked for, not done: a position, and a request where somebody
    // is asked.
    if (modal == "should" || modal == "must" || modal == "ought") {
      x.status = "";
      return;
    }
    if (modal == "would" && has_condition(v)) x.status = "conditional";
    // The clause above an infinitive or participle decides.
    int clause = v;
    for (int steps = 0;
         steps < 4 && up >= 0 && t_.is_any(clause, {"xcomp", "ccomp", "conj", "acl", "advcl"});
         ++steps) {
      std::string_view l = t_.lemma(up);
      bool infinitive = t_.mark_of(clause) == "to" || (t_.is(clause, "xcomp"));
      if (t_.is(clause, "conj") && modal.empty() && t_.child(clause, {"nsubj", "aux"}) < 0) {
        std::string_view m = t_.modal(up);
        if (m == "will" || m == "would" || m == "shall") x.status = "planned";
        else if (m == "may" || m == "might" || m == "could" || m == "can" || m == "should" ||
                 m == "must")
          x.status = "possible";
        if (t_.mark_of(up) == "to") {
          clause = up;
          up = t_[clause].head;
          continue;
        }
        break;
      }
      static const Words subjunctive = {"demand",    "insist", "propose", "request", "urge",
                                        "recommend", "want",   "wish",    "hope"};
      if (t_.is(clause, "ccomp") && subjunctive.count(l) &&
          (t_.tag(clause, "VB") || t_.tag(clause, "VBP")) && t_.modal(clause).empty()) {
        x.status = "";
        return;
      }
      if (!infinitive) break;
      if (kSpoken.count(l)) {
        // What was asked, promised or refused: an event only when it is a meeting to come.
        if (t.type == "CONSULT" && (l == "agree" || l == "promise" || l == "pledge"))
          x.status = "planned";
        else {
          x.status = "";
          return;
        }
      }
      if (kFailed.count(l)) {
        if (l == "fail" && (t.type == "AGREE" || t.type == "SUPPORT" || t.type == "CONSULT")) {
          x.type = "REJECT";
          x.cameo = "120";
          x.mode = "";
          x.status = "occurred";
          return;
        }
        x.status = "denied";
        break;
      }
      if (kPlanning.count(l)) {
        if (x.status == "occurred") x.status = "planned";
        if (t_.modal(up) == "may" || t_.modal(up) == "could" || t_.modal(up) == "might")
          x.status = "possible";
        break;
      }
      if (kPossible.count(l)) {
        x.status = "possible";
        break;
      }
      if (t_.is(clause, "acl") || t_.is(clause, "advcl")) {
        // "a plan to attack", "went there to meet"
        if (t_.noun(up)) {
          x.status = t_.lemma(up) == "plan" || t_.lemma(up) == "decision" ? "planned" : "";
          if (x.status.empty()) return;
        } else if (to) {
          x.status = "planned";
        }
        break;
      }
      if (t_.modal(up) == "will" || t_.modal(up) == "would") x.status = "planned";
      clause = up;
      up = t_[clause].head;
    }
    // "is to visit", "is due to arrive"
    for (int c : t_.children(v))
      if (t_.is(c, "mark") && lower(t_[c].form) == "due" && x.status == "occurred")
        x.status = "planned";
    if (to && t_.child(v, {"cop", "aux"}) >= 0 && x.status == "occurred") x.status = "planned";
    for (int c : t_.children(v))
      if (t_.is(c, "aux") && t_.lemma(c) == "be" && t_.tag(v, "VB") && !t_.tag(v, "VBN") &&
          !t_.tag(v, "VBG") && x.status == "occurred")
        x.status = "planned";
    std::string mark = t_.mark_of(v);
    if (mark == "if" || mark == "unless" || mark == "should" || mark == "provided" ||
        mark == "in case")
      x.status = "conditional";
    if (has_condition(v) && x.status != "occurred") x.status = "conditional";
    if (t_.negated(v)) {
      bool will_not = modal == "will" || modal == "would" || modal == "can" || modal == "could" ||
                      modal == "shall" || t_.tag(v, "VBP") || t_.tag(v, "VBZ");
      for (int c : t_.children(v))
        will_not |=
            t_.is(c, "aux") && (t_.tag(c, "VBP") || t_.tag(c, "VBZ")) && t_.lemma(c) == "do";
      bool cooperative = t.type == "CONSULT" || t.type == "AGREE" || t.type == "COOPERATE" ||
                         t.type == "SUPPORT" || t.type == "CONCEDE" || t.type == "RETREAT" ||
                         t.type == "AID" || t.type.empty();
      if (will_not && cooperative && !t.type.empty()) {
        x.type = "REJECT";
        x.mode = t.type == "CONSULT" ? "meet" : "";
        x.cameo = t.type == "CONSULT" ? "125" : "120";
        x.status = "occurred";
      } else {
        x.status = "denied";
        bool said = grammar_.statement_of(v) >= 0;
        // "has not yet met": nothing happened and nobody denies it.
        if (!said && (t.type == "CONSULT" || t.type == "AGREE" || t.verbal)) x.status = "";
      }
      return;
    }
    // A public word that was said has occurred whatever tense it speaks of.
    if (verbal_now && x.status == "planned" && modal.empty() && !to) x.status = "occurred";
  }

  // A clause with "if" or the like that hangs on this verb.
  bool has_condition(int v) const {
    for (int at = v, steps = 0; at >= 0 && steps < 3; ++steps) {
      for (int c : t_.children(at))
        if (t_.is(c, "advcl")) {
          std::string m = t_.mark_of(c);
          if (m == "if" || m == "unless" || m == "provided" || m == "as long as") return true;
        }
      if (!t_.is_any(at, {"xcomp", "conj"})) break;
      at = t_[at].head;
    }
    return false;
  }

  void finish(FoundEvent& f, int trigger, const Trigger& t, const std::string& role) {
    Event& x = f.event;
    x.trigger = t_[trigger].span;
    int said = grammar_.statement_of(trigger);
    x.said_in = said;
    if (x.when.empty())
      if (const TimeExpression* time = times_.of(trigger)) x.when = time->when;
    if (x.when.empty()) {
      // Said in a dated speech, the act is the word itself; or its clause gives the date ("On
      // Monday A met B and praised C").
      for (const FoundStatement& s : statements_)
        if (s.cue_verb == trigger) x.when = s.statement.when;
      int up = t_[trigger].head;
      if (x.when.empty() && t_.is(trigger, "conj") && up >= 0 && t_.verb(up))
        if (const TimeExpression* time = times_.of(up)) x.when = time->when;
    }
    for (int c : t_.children(trigger)) {
      if (!t_.is_any(c, {"obl", "nmod"})) continue;
      std::string preposition = t_.case_of(c);
      if (preposition != "in" && preposition != "at" && preposition != "near" &&
          preposition != "during" && preposition != "outside")
        continue;
      int e = e_.at(c);
      if (e >= 0 && e_.entities()[e].kind == "place" &&
          std::find(x.target.begin(), x.target.end(), e) == x.target.end())
        x.where = e;
    }
    if (x.type == "REJECT") speakers_own(x);
    // An act of words in somebody's own words happens when they are said.
    static const Words words = {"ACCUSE", "REJECT", "REQUEST", "THREATEN"};
    if (x.when.empty() && said >= 0 && words.count(x.type) && x.status == "occurred" &&
        x.source.size() == 1 && x.source[0] == statements_[said].statement.speaker)
      x.when = statements_[said].statement.when;
    // "Kim also criticized …", told among dated words of his: part of the same speech.
    if (x.when.empty() && said < 0 && words.count(x.type) && x.status == "occurred" &&
        x.source.size() == 1 && t_.tag(trigger, "VBD")) {
      When when;
      bool one = true;
      for (const FoundStatement& f : statements_) {
        if (f.statement.speaker != x.source[0] || f.statement.when.empty() || f.cue_verb < 0)
          continue;
        one &= when.empty() || when == f.statement.when;
        when = f.statement.when;
      }
      if (one) x.when = when;
    }
    // "arrived Tuesday for talks", "during a visit last week": the date beside the noun, or of the
    // way to it.
    if (x.when.empty() && t.part == 'n') {
      if (const TimeExpression* time = times_.in(x.span);
          time && !time->when.reference() && !since(*time))
        x.when = time->when;
      for (const TimeExpression& time : times_.all())
        if (x.when.empty() && time.type == "DATE" && time.span.begin >= x.span.end &&
            time.span.begin <= x.span.end + 1 && !time.when.reference())
          x.when = time.when;
      int up = t_[trigger].head;
      if (x.when.empty() && t_.is(trigger, "obl") && up >= 0 && t_.verb(up) &&
          t_.case_of(trigger) == "for")
        if (const TimeExpression* time = times_.of(up)) x.when = time->when;
    }
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

  // "since May", "until Friday": a limit, not a date of the act.
  bool since(const TimeExpression& time) const {
    int i = t_.token_at(time.span.begin);
    return i > 0 &&
           (t_[i - 1].form == "since" || t_[i - 1].form == "until" || t_[i - 1].form == "Since");
  }

  // "They met last year. They signed two pacts": a telling in the past goes on at the time it has
  // reached, while the same people act and no other time is named.
  void carry_dates() {
    std::stable_sort(found_.begin(), found_.end(), [](const FoundEvent& a, const FoundEvent& b) {
      return a.trigger < b.trigger;
    });
    for (size_t i = 1; i < found_.size(); ++i) {
      Event& x = found_[i].event;
      int trigger = found_[i].trigger, sentence = t_.sentence_of(trigger);
      if (!x.when.empty() || x.status != "occurred" || !t_.tag(trigger, "VBD") || x.said_in >= 0 ||
          (t_[trigger].head >= 0 && !t_.is(trigger, "conj")))
        continue;
      if (times_.in(t_.span({t_.sentence(trigger).begin, t_.sentence(trigger).end}))) continue;
      for (size_t k = i; k-- > 0;) {
        const Event& before = found_[k].event;
        if (sentence - t_.sentence_of(found_[k].trigger) > 1) break;
        if (before.when.empty() || before.status != "occurred" || before.said_in >= 0 ||
            !t_.verb(found_[k].trigger))
          continue;
        bool same = false;
        for (int e : x.source)
          same |= std::find(before.source.begin(), before.source.end(), e) != before.source.end() ||
                  (e_.entities()[e].kind == "group" && before.source.size() > 1);
        if (!same) continue;
        x.when = before.when;
        x.explain += ", dated by the sentence before";
        break;
      }
    }
  }

 public:
  When published_;

 private:
  const TreeView& t_;
  const Lexicon& lexicon_;
  const JudgedWords& words_;
  const Thresholds& thresholds_;
  const RelationModel* pairs_;
  const ActJudges& judges_;
  const ReadingWatch* watch_;
  const Times& times_;
  const std::vector<FoundStatement>& statements_;
  Entities& e_;
  const ActGrammar grammar_;
  std::vector<char> used_;
  std::vector<FoundEvent> found_;
};

}  // namespace

std::vector<FoundEvent> find_events(const TreeView& tree, const Lexicon& lexicon,
                                    const Times& times,
                                    const std::vector<FoundStatement>& statements,
                                    const JudgedWords& words, const Thresholds& thresholds,
                                    const RelationModel* pairs, const ActJudges& judges,
                                    const ReadingWatch* watch, Entities& entities) {
  Finder finder(tree, lexicon, times, statements, words, thresholds, pairs, judges, watch,
                entities);
  finder.published_ = times.published();
  return finder.run();
}

}  // namespace chancery
