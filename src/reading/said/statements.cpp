#include "reading/said/statements.h"

#include "reading/said/force.h"
#include "reading/said/same_speaker.h"
#include "reading/said/statement_chains.h"
#include "reading/said/statement_confidence.h"
#include "reading/said/statement_frames.h"
#include "reading/said/statement_scenes.h"
#include "reading/said/statement_sources.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

struct Scene {
  std::vector<int> via, to;
  When when;
  std::string occasion;
  int where = -1;
  int sentence = 0;
  bool set = false;
};

class Finder {
 public:
  Finder(const TreeView& t, const Lexicon& lexicon, const std::vector<Quotation>& quotations,
         const Times& times, const HeardAttributions& heard, Attributions which,
         const Thresholds& least, Entities& entities)
      : t_(t),
        lexicon_(lexicon),
        quotations_(quotations),
        times_(times),
        heard_(heard.heard),
        reader_is_silent_(heard.silent),
        judged_(heard.judged),
        which_(which),
        least_(least),
        e_(entities),
        in_quote_(t.size(), -1),
        in_speech_(t.size(), -1),
        sources_(t, lexicon, in_speech_, entities),
        used_quote_(quotations.size(), 0) {
    for (size_t q = 0; q < quotations.size(); ++q)
      for (int i = quotations[q].begin; i < quotations[q].end; ++i) {
        in_quote_[i] = static_cast<int>(q);
        if (quotations[q].speech) in_speech_[i] = static_cast<int>(q);
      }
  }

  std::vector<FoundStatement> run() {
    for (const Sentence& s : t_.document().sentences) sentence(s);
    take_reader_words();
    if (which_ == Attributions::record) judge();
    sources_.find_authors(found_);
    settle_same_speakers(t_, lexicon_, in_speech_, e_, found_);
    follow_quotations();
    find_chains(t_, lexicon_, e_, found_);
    apply_scenes();
    date_by_lead(t_, times_, e_, found_);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const FoundStatement& a, const FoundStatement& b) {
                       return a.statement.content[0].begin < b.statement.content[0].begin;
                     });
    for (size_t i = 0; i < found_.size(); ++i) found_[i].statement.id = "s" + std::to_string(i + 1);
    for (FoundStatement& f : found_) {
      f.statement.force = force_of(t_, lexicon_, f);
      f.statement.confidence = confidence_of(f);
    }
    for (FoundStatement& f : found_)
      for (Span c : f.statement.content) e_.resolve_first_person(c, f.statement.speaker);
    return std::move(found_);
  }

 private:
  void sentence(const Sentence& s) {
    scene_of(s);
    bool any = false;
    for (int i = s.begin; i < s.end; ++i) any |= cue_at(i, s);
    according_to(s, any);
  }

  // "he made the remarks during a Sept. 21 speech to the assembly at the hall"
  void scene_of(const Sentence& s) {
    for (int v = s.begin; v < s.end; ++v) {
      if (!t_.verb(v)) continue;
      std::string_view lemma = t_.lemma(v);
      if (lemma != "make" && lemma != "deliver" && lemma != "give" && lemma != "issue" &&
          lemma != "speak")
        continue;
      int object = t_.child(v, {"obj", "nsubj:pass"});
      if (lemma != "speak" && (object < 0 || !speech_noun(object))) continue;
      int subject = t_.passive(v) ? t_.oblique(v, "by") : t_.subject(v);
      int speaker = e_.actor_at(subject);
      if (speaker < 0) continue;
      Scene scene;
      occasion_of(v, scene);
      if (object >= 0 && scene.occasion.empty() &&
          (t_.lemma(object) == "speech" || t_.lemma(object) == "address")) {
        scene.occasion = text_of(object);
        details(object, scene);
      }
      if (scene.when.empty())
        if (const TimeExpression* x = times_.of(v)) scene.when = x->when;
      if (scene.occasion.empty() && scene.when.empty()) continue;
      for (int a : according(s)) scene.via.push_back(a);
      scene.set = true;
      scene.sentence = t_.sentence_of(v);
      scenes_[speaker].push_back(scene);
    }
  }

  bool takes(int token, std::string_view shape) const {
    const Cue* cue = lexicon_.cue(t_.lemma(token));
    return cue && cue->takes(shape);
  }
  bool occasion_noun(int token) const { return takes(token, "occasion"); }
  bool speech_noun(int token) const { return takes(token, "speech") || occasion_noun(token); }

  std::vector<int> according(const Sentence& s) const {
    std::vector<int> out;
    for (int i = s.begin; i + 2 < s.end; ++i)
      if (lower(t_[i].form) == "according" && lower(t_[i + 1].form) == "to" && in_speech_[i] < 0) {
        int e = e_.actor_at(according_head(i));
        if (e >= 0) out.push_back(e);
      }
    return out;
  }

  // The noun after "according to".
  int according_head(int i) const {
    int head = t_[i].head;
    if (head > i + 1 && (t_.noun(head) || t_.tag(head, "PRP"))) return head;
    for (int k = i + 2; k < std::min(t_.size(), i + 14); ++k)
      if ((t_.noun(k) || t_.tag(k, "PRP")) && !t_.is_any(k, {"compound", "nmod:poss", "flat"}))
        return k;
    return i + 2;
  }

  std::string text_of(int noun) const {
    TreeView::Range r = t_.subtree_without(noun, [&](int at, int c) {
      return t_.is_any(c, {"acl", "appos", "parataxis", "case", "conj", "punct"}) ||
             (at == noun && t_.is_any(c, {"nmod", "obl"}) && c > noun && t_.case_of(c) != "to" &&
              t_.case_of(c) != "with" && t_.case_of(c) != "of");
    });
    // Without article, case word and the date in front.
    while (r.begin < r.end - 1 &&
           (t_.tag(r.begin, "DT") || t_.is(r.begin, "case") || t_.tag(r.begin, "PRP$")))
      ++r.begin;
    if (const TimeExpression* x = times_.in(t_.span(r));
        x && x->span.begin == t_[r.begin].span.begin)
      while (r.begin < r.end - 1 && t_[r.begin].span.begin < x->span.end) ++r.begin;
    return std::string(t_.trimmed(r).of(t_.document().text));
  }

  // Addressees, place and date that hang on the noun of an occasion.
  void details(int noun, Scene& scene) const {
    for (int c : t_.children(noun)) {
      if (!t_.is_any(c, {"nmod", "compound", "obl", "nmod:poss"})) continue;
      std::string preposition = t_.case_of(c);
      int e = e_.at(c);
      if (e < 0) continue;
      const Entity& entity = e_.entities()[e];
      if (preposition == "to") scene.to.push_back(e);
      else if ((preposition == "at" || preposition == "in") &&
               (entity.kind == "place" || preposition == "at"))
        scene.where = scene.where < 0 ? e : scene.where;
      bool press = entity.actor.sector == "JRN";
      if (press && (preposition == "with" || preposition == "to" || preposition == "by" ||
                    preposition == "on" || preposition == "in" || preposition.empty()))
        scene.via.push_back(e);
    }
    TreeView::Range r = t_.subtree(noun);
    if (const TimeExpression* x = times_.in(t_.span(r))) scene.when = x->when;
  }

  // "in an interview with …", "at a news conference", "on Truth Social", "during a speech" as
  // dependents of the cue.
  void occasion_of(int v, Scene& scene) const {
    for (int c : t_.children(v)) {
      if (!t_.is_any(c, {"obl", "nmod"})) continue;
      std::string preposition = t_.case_of(c);
      if (preposition != "in" && preposition != "at" && preposition != "during" &&
          preposition != "on" && preposition != "through" && preposition != "via" &&
          preposition != "by" && preposition != "after")
        continue;
      if (occasion_noun(c) && preposition != "after") {
        if (t_.lemma(c) != "telephone" && t_.lemma(c) != "meeting") scene.occasion = text_of(c);
        details(c, scene);
      } else if (int e = e_.at(c); e >= 0) {
        const Entity& entity = e_.entities()[e];
        if ((preposition == "on" || preposition == "via") &&
            (entity.kind == "organization" || entity.kind == "other"))
          scene.via.push_back(e);
        else if ((preposition == "in" || preposition == "at") && entity.kind == "place" &&
                 scene.where < 0)
          scene.where = e;
      }
    }
  }

  // A verb that attributes by itself and can carry a quotation.
  bool is_sure_cue(int k) const {
    const Cue* cue = t_.verb(k) && in_speech_[k] < 0 ? lexicon_.cue(t_.lemma(k)) : nullptr;
    return cue && cue->sure && cue->takes("quote") && !t_.is_any(k, {"amod", "acl"});
  }

  // Quotations that stand in the sentence beside the cue.
  std::vector<int> quotations_in(const Sentence& s, int verb) const {
    std::vector<int> out;
    for (size_t q = 0; q < quotations_.size(); ++q) {
      const Quotation& x = quotations_[q];
      // The sentence may end with the quotation: "…!" sighed Ilo.
      bool just_before = x.end == verb && verb == s.begin;
      if (!x.speech || (x.end <= s.begin && !just_before) || x.begin >= s.end ||
          (x.begin <= verb && verb < x.end))
        continue;
      // Another cue stands between: the quotation is that cue's.
      bool nearer = false;
      for (int k = std::max(s.begin, std::min(verb + 1, x.end));
           k < std::min(s.end, std::max(verb, x.begin)); ++k)
        nearer |= k != verb && is_sure_cue(k) && !told_at_saying(t_, lexicon_, k);
      if (nearer) continue;
      out.push_back(static_cast<int>(q));
    }
    return out;
  }

  Span quote_span(int q) const { return t_.span({quotations_[q].begin, quotations_[q].end}); }

  std::string kind(const Spans& content) const {
    int inside = 0, outside = 0;
    for (Span c : content) {
      TreeView::Range r = t_.range_of(c);
      for (int i = r.begin; i < r.end; ++i) {
        if (is_punctuation(t_[i].form)) continue;
        if (in_quote_[i] >= 0) ++inside;
        else ++outside;
      }
    }
    return inside == 0 ? "indirect" : outside == 0 ? "direct" : "mixed";
  }

  Span clause_span(TreeView::Range r) const {
    // A quotation mark at an edge belongs to the content when its partner is inside.
    if (r.begin > 0 && in_quote_[r.begin] >= 0 &&
        quotations_[in_quote_[r.begin]].begin == r.begin - 1)
      --r.begin;
    if (r.end < t_.size() && in_quote_[r.end - 1] >= 0 &&
        quotations_[in_quote_[r.end - 1]].end == r.end + 1)
      ++r.end;
    auto loose = [&](int i) {
      std::string_view f = t_[i].form;
      bool mark = f == "," || f == "." || f == ";" || f == ":" || f == "--" || f == "-" ||
                  f == "–" || f == "—" || f == "!" || f == "?";
      return mark && in_quote_[i] < 0;
    };
    while (r.end - r.begin > 1 && loose(r.begin)) ++r.begin;
    while (r.end - r.begin > 1 && loose(r.end - 1)) --r.end;
    // Half a quotation inside: take all of it.
    for (int edge : {r.begin, r.end - 1}) {
      int q = in_quote_[edge];
      if (q < 0) continue;
      if (quotations_[q].begin < r.begin && quotations_[q].begin >= r.begin - 2)
        r.begin = quotations_[q].begin;
      if (quotations_[q].end > r.end && quotations_[q].end <= r.end + 2) r.end = quotations_[q].end;
    }
    return t_.span(r);
  }

  // "…!" sighed Ilo: a word of the manner of speaking right behind speech.
  bool beside_quotation(int v, const Cue& cue) const {
    return cue.kind == CueKind::say && cue.takes("quote") && v > 0 && in_speech_[v - 1] >= 0 &&
           in_speech_[v] < 0 && (t_.tag(v, "VBD") || t_.tag(v, "VBN")) &&
           t_.sentence(v).paragraph == t_.sentence(v - 1).paragraph;
  }

  // Told, not only spoken of: "said", "has said", "says", "quoted as saying", "declined to say"; not
  // "to say".
  bool finite(int v) const {
    int up = t_[v].head;
    bool withheld = up >= 0 && !lexicon_.force(t_.lemma(up), "above").empty();
    return t_.tag(v, "VBD") || t_.tag(v, "VBZ") || t_.tag(v, "VBN") || withheld ||
           quoted_frame(t_, lexicon_, v).verb >= 0;
  }

  int start_of(int subject, int cue) const {
    return subject >= 0 && subject < cue ? t_.range_of(sources_.span(subject)).begin : cue;
  }

  // "…, Ilo told reporters", "…, the agency quoted Ilo as saying": where the tree gives a cue no
  // content, all that stands before the comma before its source. Empty when there is none.
  TreeView::Range before_comma(int start, const Sentence& s) const {
    if (start - 1 <= s.begin + 3 || t_[start - 1].form != "," || in_speech_[start - 1] >= 0)
      return {0, 0};
    bool clause = false, told = false;
    for (int i = s.begin; i < start - 1; ++i) {
      clause |= t_.verb(i) && !t_.is_any(i, {"amod", "acl", "aux"});
      told |= is_sure_cue(i);
    }
    return clause && !told ? TreeView::Range{s.begin, start - 1} : TreeView::Range{0, 0};
  }

  bool cue_at(int v, const Sentence& s) {
    if (in_speech_[v] >= 0) return false;
    std::string lemma(t_.lemma(v));
    const Cue* cue = lexicon_.cue(lemma);
    bool heard =
        t_[v].attribution == AttributionTag::cue || t_[v].attribution == AttributionTag::cue_begin;
    static const Cue unlisted{CueKind::act, {"clause", "quote"}, false};
    bool verb = t_.verb(v);
    if (!cue && heard && verb) cue = &unlisted;
    if (!cue || !verb || cue->kind == CueKind::none) return false;
    if (!cue->sure && !heard && !beside_quotation(v, *cue)) return false;
    if (t_.is_any(v, {"amod", "compound", "aux", "cop", "case"})) return false;
    // "if he says", "asked whether": only told speech counts; a bare infinitive of purpose does
    // not.
    std::string mark = t_.mark_of(v);
    if ((mark == "if" || mark == "unless" || mark == "whether") && !heard) return false;
    // A question reports nothing: "asked whether …".
    if (lemma == "ask" || lemma == "wonder" || lemma == "inquire")
      for (int c : t_.children(v))
        if (t_.is_any(c, {"ccomp", "advcl"}) &&
            (t_.mark_of(c) == "if" || t_.mark_of(c) == "whether"))
          return false;

    FoundStatement f;
    Statement& x = f.statement;
    f.cue_verb = v;
    TreeView::Range cue_range{v, v + 1};
    int subject = t_.subject(v);
    if (auto heir = inherited_.find(v); heir != inherited_.end()) subject = heir->second;
    bool passive = t_.passive(v);
    // "was quoted as saying": the quoted one speaks.
    int carrier = -1, up = t_[v].head;
    QuotedFrame frame = quoted_frame(t_, lexicon_, v);
    if (frame.verb >= 0 && frame.speaker >= 0) {
      subject = frame.speaker;
      carrier = frame.carrier;
      if (frame.passive) cue_range.begin = frame.verb;
      if (frame.passive && t_.lemma(frame.verb - 1) == "be") --cue_range.begin;
      // "quoted by the Herald as saying": the carrier is no part of the cue.
      if (carrier > frame.verb && carrier < v) cue_range.begin = v;
      passive = false;
    } else if (told_at_saying(t_, lexicon_, v)) {
      return false;
    }
    if (passive && lemma != "quote") {
      int by = t_.oblique(v, "by");
      bool told = t_.child(v, {"nsubj:pass"}) >= 0 && (lemma == "tell" || lemma == "inform");
      subject =
          by >= 0 ? by
          : told  ? -1
          : (t_.child(v, {"nsubj:pass"}) >= 0 && t_.lemma(t_.child(v, {"nsubj:pass"})) == "it")
              ? -1
              : -1;
      if (by < 0 && t_.is(v, "acl")) return false;
    }
    if (subject >= 0 && t_.lemma(subject) == "it" && t_.is(subject, "expl")) subject = -1;
    if (subject >= 0 && in_speech_[subject] >= 0 && in_speech_[v] < 0) subject = -1;
    // "…, said the radio": turned round, its subject is easily taken for an object.
    bool beside = beside_quotation(v, *cue);
    if (beside) passive = false;
    if (subject < 0 && !passive && (beside || t_.tag(v, "VBD")) &&
        (beside || lemma == "say" || lemma == "add" || lemma == "report" || lemma == "reply") &&
        t_.is_any(v, {"parataxis", "root", "conj"})) {
      int object = t_.child(v, {"obj"});
      if (object > v && t_.noun(object) && object - v < 8 && in_speech_[object] < 0)
        subject = object;
      // A name whose words the tree hangs side by side: the last one stands for it.
      while (beside && subject >= 0 && subject + 1 < s.end && t_.tag(subject, "NNP") &&
             t_.tag(subject + 1, "NNP"))
        ++subject;
    }

    // Content: a clause, a quotation, an infinitive, an "as" phrase.
    int clause = -1;
    if (cue->takes("clause")) {
      for (int c : t_.children(v))
        if (t_.is_any(c, {"ccomp"}) && clause < 0) clause = c;
      // "…, the agency reported": set behind what it reports, whatever relation the tree gives it.
      bool behind = false;
      if (clause < 0 && up >= 0 && up < v && subject >= 0 && subject > up && cue->sure &&
          t_.is_any(v, {"ccomp", "conj", "dep", "advcl", "appos"}) && t_.mark_of(v).empty() &&
          t_.child(v, {"cc"}) < 0) {
        TreeView::Range own = t_.subtree(v);
        behind = own.begin > up && own.begin > s.begin &&
                 (t_[own.begin].form == "," || t_[own.begin - 1].form == ",") &&
                 s.end - own.end <= 2;
      }
      if (clause < 0 && (behind || t_.is(v, "parataxis")) && up >= 0 && (in_speech_[up] < 0))
        clause = up;
      if (clause < 0)
        for (int c : t_.children(v))
          if (t_.is(c, "parataxis") && (t_.verb(c) || t_.child(c, {"cop", "nsubj"}) >= 0) &&
              in_speech_[c] < 0 && t_.child(c, {"nsubj"}) >= 0 && !lexicon_.cue(t_.lemma(c)))
            clause = c;
      // Where the tree hangs the clause elsewhere: on the verb above ("as Trump confirmed he would
      // go"), or on the noun just before "that" ("posted on the network that he would go").
      if (clause < 0 && cue->sure && !behind)
        for (int w = v + 1; w < s.end && clause < 0; ++w) {
          if (t_.is(w, "ccomp") && up >= 0 && t_[w].head == up && t_.subtree(w).begin == v + 1)
            clause = w;
          if (t_.is(w, "acl") && t_[w].head > v && t_.descends(w, v) &&
              t_.child(w, {"nsubj"}) >= 0 && t_.mark_of(w) == "that" &&
              t_.is_any(t_[w].head, {"obl", "obj", "nmod"}))
            clause = w;
        }
      if (clause >= 0 && lemma == "agree" && !t_.mark_of(clause).starts_with("that")) clause = -1;
    }
    std::vector<int> quotes = cue->takes("quote") ? quotations_in(s, v) : std::vector<int>();
    TreeView::Range r{0, 0};
    std::string shape;
    // A clause whose verb stands in quotation marks is still a clause when words outside belong to
    // it.
    bool runs_out = clause >= 0 && in_speech_[clause] < 0;
    if (clause >= 0 && !runs_out) {
      TreeView::Range whole = t_.subtree_without(clause, [&](int, int c) { return c == v; });
      int outside = 0;
      for (int i = whole.begin; i < whole.end; ++i)
        outside += in_speech_[i] < 0 && i != v && !is_punctuation(t_[i].form) &&
                   !t_.is(i, "mark") && (clause > v ? i > v : i < v);
      runs_out = outside >= 2 && clause > v && t_.is(clause, "ccomp");
    }
    int wished = -1;
    if (cue->takes("for"))
      for (int c : t_.children(v))
        if (c > v &&
            ((t_.is_any(c, {"obl", "nmod"}) && t_.case_of(c) == "for") ||
             (t_.is_any(c, {"advcl", "xcomp", "ccomp"}) && t_.mark_of(c).starts_with("for"))))
          wished = c;
    if (runs_out) {
      bool above = clause == up;
      // "said A, and described B as …": the second cue is the speaker's, not part of what was said.
      r = t_.subtree_without(clause, [&](int, int c) {
        if (c == v) return true;
        const Cue* other =
            t_.is_any(c, {"conj", "advcl"}) && t_.verb(c) && c > v && in_speech_[c] < 0
                ? lexicon_.cue(t_.lemma(c))
                : nullptr;
        // "…, adding that B": a participle behind a comma.
        if (other && other->sure && t_.is(c, "advcl") && t_.tag(c, "VBG") &&
            t_.child(c, {"nsubj"}) < 0 && t_.child(c, {"ccomp"}) > c && c > s.begin &&
            t_[t_.subtree(c).begin - (t_[t_.subtree(c).begin].form == "," ? 0 : 1)].form == ",") {
          if (subject >= 0) inherited_[c] = subject;
          return true;
        }
        bool own = other && t_.is(c, "conj") && other->sure && t_.child(c, {"nsubj"}) < 0 &&
                   t_.modal(c).empty() && (t_.tag(c, "VBD") || t_.tag(c, "VBN")) &&
                   (t_.child(c, {"ccomp"}) >= 0 || t_.oblique(c, "as") >= 0);
        if (own && subject >= 0) inherited_[c] = subject;
        return own;
      });
      if (clause < v &&
          t_.subtree_without(v, [&](int, int c) { return c == clause; }).end + 2 >= s.end) {
        // "…, he said." closes the sentence: all before it is content, unless another cue stands
        // there.
        bool other = false;
        for (int k = s.begin; k < r.begin; ++k) other |= is_sure_cue(k) || in_speech_[k] >= 0;
        if (!other && r.begin - s.begin < 12) r.begin = s.begin;
      }
      if (above) {
        // The cue stands inside or after the clause: its own words are not content.
        TreeView::Range own = t_.subtree(v);
        if (own.begin > clause) r.end = std::min(r.end, std::max(own.begin, clause + 1));
        else if (own.end <= clause) r.begin = std::max(r.begin, own.end);
      } else if (clause > v && r.begin <= v) {
        r.begin = v + 1;
      } else if (clause < v && r.end > v) {
        r.end = v;
        int sub = t_.child(v, {"nsubj"});
        if (sub >= 0 && sub > clause && sub < v) r.end = t_.subtree(sub).begin;
      }
      if (!t_.mark_of(clause).empty() && t_.mark_of(clause) == "if" && lemma != "ask" &&
          lemma != "wonder")
        shape = "";
      // "suggested a meeting could happen": the noun before the clause is its subject, taken for an
      // object.
      int taken = t_.child(v, {"obj"});
      bool addressed = lemma == "tell" || lemma == "inform" || lemma == "assure" ||
                       lemma == "warn" || lemma == "remind" || lemma == "ask" ||
                       lemma == "advise" || lemma == "notify" || lemma == "caution" ||
                       lemma == "urge";
      if (clause > v && taken > v && taken < clause && !addressed && t_.mark_of(clause) != "that" &&
          t_.child(clause, {"nsubj"}) < 0)
        r.begin = std::min(r.begin, std::max(v + 1, t_.subtree(taken).begin));
      shape = "clause";
      f.content_head = clause;
    }
    bool quoted = false;
    if (wished >= 0) quotes.clear();
    if (!quotes.empty()) {
      bool overlap = shape.empty();
      for (int q : quotes)
        if (r.end > r.begin && quotations_[q].begin < r.end && r.begin < quotations_[q].end &&
            quotations_[q].begin <= r.begin + 1 && quotations_[q].end + 1 >= r.end)
          overlap = true;
      quoted = overlap;
    }
    if (quoted) {
      // A quotation inside another cue's clause is that cue's.
      Spans content;
      for (int q : quotes) {
        if (used_quote_[q]) continue;
        content.push_back(quote_span(q));
        used_quote_[q] = 1;
      }
      if (!content.empty()) {
        x.content = content;
        shape = "quote";
        f.content_head = -1;
      } else if (shape.empty()) {
        return false;
      }
    }
    if (shape.empty() && (cue->takes("object-to") || cue->takes("to"))) {
      int infinitive = t_.child(v, {"xcomp", "ccomp", "advcl"});
      int object = t_.child(v, {"obj", "iobj"});
      bool to = infinitive >= 0 && infinitive > v && t_.mark_of(infinitive) == "to";
      if (to && (object >= 0 ? cue->takes("object-to") : cue->takes("to"))) {
        r = t_.subtree(infinitive);
        if (object >= 0 && object < infinitive)
          r.begin = std::min(r.begin, t_.subtree(object).begin);
        if (r.begin <= v) r.begin = v + 1;
        shape = object >= 0 ? "object-to" : "to";
        f.content_head = infinitive;
      }
    }
    if (shape.empty() && cue->takes("for")) {
      int object = wished;
      if (object > v) {
        r = t_.subtree_without(object,
                               [&](int at, int c) { return at == object && t_.is(c, "case"); });
        if (r.begin <= v + 1) r.begin = v + 2;
        if (r.end <= r.begin) return false;
        cue_range.end = v + 2;
        shape = "for";
        f.content_head = object;
      }
    }
    if (shape.empty() && cue->takes("of")) {
      int object = t_.oblique(v, "of");
      if (object > v) {
        r = t_.subtree_without(object,
                               [&](int at, int c) { return at == object && t_.is(c, "case"); });
        for (int c : t_.children(v))
          if (t_.is(c, "advcl") && c > object &&
              (t_.mark_of(c) == "if" || t_.mark_of(c) == "unless"))
            r.end = std::max(r.end, t_.subtree(c).end);
        if (r.begin <= v + 1) r.begin = v + 2;
        if (r.end <= r.begin) return false;
        shape = "of";
        f.content_head = object;
      }
    }
    if (shape.empty() && cue->takes("as")) {
      int object = t_.child(v, {"obj", "nsubj:pass"}), as = t_.oblique(v, "as");
      int complement = as >= 0 ? as : t_.child(v, {"xcomp"});
      if (object >= 0 && complement > object && object > v) {
        r = {t_.subtree(object).begin, t_.subtree(complement).end};
        // A participle clause that follows is no part of the description.
        r.end = std::min(r.end, t_.subtree_without(complement, [&](int, int c) {
                                    return t_.is_any(c, {"advcl", "parataxis"});
                                  }).end);
        shape = "as";
        f.content_head = complement;
      }
    }
    if (shape.empty() && cue->takes("noun")) {
      int object = t_.child(v, {"obj"});
      int inner = object >= 0 ? t_.child(object, {"acl", "ccomp"}) : t_.child(v, {"ccomp"});
      if (inner > v && t_.mark_of(inner) == "that") {
        r = t_.subtree(inner);
        cue_range.end = object >= 0 ? object + 1 : v + 1;
        shape = "noun";
        f.content_head = inner;
      }
    }
    if (shape.empty() && cue->sure && cue->takes("clause") && finite(v) && !t_.negated(v)) {
      r = before_comma(frame.verb >= 0 ? frame.begin : start_of(subject, v), s);
      if (r.end > r.begin) {
        shape = "clause";
        f.content_head = head_of(r);
      }
    }
    if (shape.empty()) return false;
    if (x.content.empty()) {
      if (r.end <= r.begin || r.begin < s.begin || r.end > s.end) return false;
      if (r.end - r.begin == 1 && !t_.verb(r.begin)) return false;
      // Where the tree stops short, the attribution model may hear the speaker go on ("…, but she
      // knows that …").
      if (heard && shape == "clause" && clause > v) {
        int stop =
            s.end;  // where another cue of the same speaker takes over, with its "and" and comma
        for (auto [verb, heir] : inherited_)
          if (verb > v && verb < stop) stop = verb;
        while (stop > r.end && stop < s.end && (t_.tag(stop - 1, "CC") || t_[stop - 1].form == ","))
          --stop;
        auto goes_on = [&](int i) {
          return i < stop && t_[i].attribution == AttributionTag::content && i != v;
        };
        while (goes_on(r.end)) ++r.end;
      }
      x.content.push_back(clause_span(r));
      // Quotations in the clause are spoken for.
      for (int i = r.begin; i < r.end; ++i)
        if (in_speech_[i] >= 0) used_quote_[in_speech_[i]] = 1;
    }
    Span cue_span = t_.span(cue_range);
    for (Span c : x.content)
      if (c.overlaps(cue_span)) return false;
    x.cue = {cue_span};
    if (subject >= 0) {
      Span source = sources_.span(subject);
      bool clean = true;
      for (Span c : x.content) clean &= !c.overlaps(source);
      if (clean || shape == "object-to") {
        if (clean) x.source = {source};
        x.speaker = sources_.speaker(subject);
        f.source_head = subject;
      }
    }
    // "reported", "is known to": nobody says it, and only a quotation would show that somebody did.
    if (x.speaker < 0 && subject < 0 && !heard) return false;
    x.quote = kind(x.content);
    Scene scene;
    occasion_of(v, scene);
    if (scene.occasion.empty() && subject >= 0 && !passive) occasion_of(subject, scene);
    x.via = scene.via;
    x.to = scene.to;
    x.where = scene.where;
    x.occasion = scene.occasion;
    x.when = scene.when;
    if (const TimeExpression* time = times_.of(v)) {
      bool inside = false;
      for (Span c : x.content) inside |= c.contains(time->span);
      if (!inside && time->when.dated()) x.when = time->when;
    }
    if (carrier >= 0) {
      int e = sources_.speaker(carrier);
      if (e >= 0) x.via.push_back(e);
    }
    if (lemma == "tell" || lemma == "inform" || lemma == "ask" || lemma == "assure" ||
        lemma == "warn" || lemma == "urge") {
      int to = t_.child(v, {"iobj", "obj"});
      int e = to >= 0 ? e_.at(to) : -1;
      if (e >= 0) {
        x.to.push_back(e);
        const Mention* m = e_.mention_at(to);
        // "told the BBC": the broadcaster carries it; "told reporters" is no chain.
        if (e_.entities()[e].actor.sector == "JRN" && m &&
            (m->sort == Mention::name || e_.entities()[e].kind == "organization"))
          x.via.push_back(e);
      }
    }
    if (lemma == "post" || lemma == "tweet") {
      int on = t_.oblique(v, "on");
      int e = on >= 0 ? e_.at(on) : -1;
      if (e >= 0 && std::find(x.via.begin(), x.via.end(), e) == x.via.end()) x.via.push_back(e);
    }
    x.via.erase(std::remove(x.via.begin(), x.via.end(), x.speaker), x.via.end());
    x.explain = "cue '" + std::string(cue_span.of(t_.document().text)) + "' with " + shape +
                " content" +
                (cue == &unlisted ? ", heard by the attribution model"
                 : heard          ? ", lexicon and attribution model agree"
                                  : ", cue lexicon");
    found_.push_back(std::move(f));
    return true;
  }

  void according_to(const Sentence& s, bool any) {
    for (int i = s.begin; i + 2 < s.end; ++i) {
      if (lower(t_[i].form) != "according" || lower(t_[i + 1].form) != "to" || in_speech_[i] >= 0)
        continue;
      int head = according_head(i);
      TreeView::Range phrase = t_.subtree_without(head, [&](int at, int c) {
        return at == head && t_.is_any(c, {"case", "punct"});
      });
      phrase.begin = std::max(phrase.begin, i + 2);
      if (phrase.end <= phrase.begin) phrase = {i + 2, head + 1};
      int carrier = sources_.speaker(head);
      // Statements of others in this sentence hang on this word.
      bool carried = false;
      if (any && carrier >= 0)
        for (FoundStatement& f : found_)
          if (t_.sentence_of(f.cue_verb) == t_.sentence_of(i) && f.statement.speaker != carrier) {
            f.statement.via.push_back(carrier);
            carried = true;
          }
      if (carried || carrier < 0) continue;
      // Content: the sentence around the phrase.
      TreeView::Range r{s.begin, s.end};
      int mid = phrase.begin;
      if (i - s.begin > s.end - phrase.end) r.end = i;
      else r.begin = phrase.end;
      while (r.begin < r.end &&
             (t_[r.begin].form == "," || t_.tag(r.begin, "IN") || t_.tag(r.begin, "RB"))) {
        if (t_[r.begin].form == ",") {
          ++r.begin;
          break;
        }
        // "on Sept. 22, Kim …": the date of the report, not of what it reports.
        int comma = r.begin;
        while (comma < r.end && t_[comma].form != ",") ++comma;
        if (comma - r.begin > 5 || comma == r.end) break;
        r.begin = comma + 1;
        break;
      }
      if (r.end - r.begin < 3) continue;
      FoundStatement f;
      f.cue_verb = i;
      Statement& x = f.statement;
      x.speaker = carrier;
      f.source_head = head;
      Span source = sources_.span(head);
      if (source.begin < t_[mid].span.begin) source.begin = t_[mid].span.begin;
      x.source = {source};
      x.cue = {t_.span({i, i + 2})};
      x.content = {clause_span(r)};
      if (x.content[0].overlaps(source) || x.content[0].overlaps(x.cue[0])) continue;
      for (int k = r.begin; k < r.end; ++k)
        if (t_[k].head < 0) f.content_head = k;
      x.quote = kind(x.content);
      for (int k = phrase.begin; k < r.begin; ++k)
        if (const TimeExpression* time = times_.in(t_.span({k, std::max(k + 1, r.begin)}));
            time && !x.content[0].contains(time->span)) {
          x.when = time->when;
          break;
        }
      x.explain = "'according to' with the sentence as content";
      found_.push_back(std::move(f));
    }
  }

  // Quotations without a cue of their own go on what was said last in their paragraph, or in the
  // one before.
  void follow_quotations() {
    spoken_for();
    for (size_t q = 0; q < quotations_.size(); ++q) {
      const Quotation& x = quotations_[q];
      if (!x.speech || used_quote_[q]) continue;
      const Sentence& s = t_.sentence(x.begin);
      // Only when the quotation is the sentence; otherwise it is a term in somebody's prose.
      bool whole = true;
      for (int i = s.begin; i < s.end; ++i)
        if (!(x.begin <= i && i < x.end) && !is_punctuation(t_[i].form)) whole = false;
      if (!whole && x.begin != s.begin) continue;
      if (!whole) {
        int outside = 0;
        for (int i = s.begin; i < s.end; ++i)
          outside += !(x.begin <= i && i < x.end) && !is_punctuation(t_[i].form);
        if (outside > 6) continue;
      }
      Span span = quote_span(static_cast<int>(q));
      if (FoundStatement* f = goes_on(x)) {
        if (same_breath(*f, t_.sentence(f->cue_verb).paragraph == s.paragraph)) {
          f->statement.content.push_back(span);
          std::sort(f->statement.content.begin(), f->statement.content.end());
          f->statement.quote = kind(f->statement.content);
          f->statement.explain += "; a quotation that goes on";
        } else if (f->statement.speaker >= 0) {
          found_.push_back(in_the_same_voice(*f, x, span));
        }
      } else if (!introduced(x, span)) {
        continue;
      }
      used_quote_[q] = 1;
    }
  }

  // Which quotations are a statement's content by now.
  void spoken_for() {
    std::fill(used_quote_.begin(), used_quote_.end(), 0);
    for (const FoundStatement& f : found_)
      for (Span c : f.statement.content)
        for (size_t q = 0; q < quotations_.size(); ++q)
          used_quote_[q] |= quote_span(static_cast<int>(q)).overlaps(c);
  }

  // Does a quotation that begins in another paragraph than a statement belong to it? Not where only
  // its speaker is the same: what was told in other words is one thing, what is quoted another.
  bool same_breath(const FoundStatement& f, bool same_paragraph) const {
    if (which_ == Attributions::all) return same_paragraph && f.statement.quote == "direct";
    return same_paragraph || f.statement.quote != "indirect";
  }

  // The statement that a quotation without a cue goes on with: the last one before it, in its
  // paragraph or at the end of the one before; else the next one, when its cue follows at once.
  FoundStatement* goes_on(const Quotation& q) {
    int paragraph = t_.sentence(q.begin).paragraph;
    FoundStatement *before = nullptr, *after = nullptr;
    int last = -1;
    for (FoundStatement& f : found_) {
      int at = std::max(f.cue_verb, t_.range_of(f.statement.content.back()).end - 1);
      if (at < q.begin && at > last && t_.sentence(at).paragraph + 1 >= paragraph) {
        before = &f;
        last = at;
      }
      if (f.cue_verb >= q.end && f.statement.quote == "direct" &&
          t_.sentence(f.cue_verb).paragraph == paragraph &&
          t_.sentence_of(f.cue_verb) <= t_.sentence_of(q.end - 1) + 1 &&
          (!after || f.cue_verb < after->cue_verb))
        after = &f;
    }
    if (lead_in(q) >= 0) return nullptr;
    bool near = before && (t_.sentence(last).paragraph == paragraph || !after);
    return near ? before : after;
  }

  FoundStatement in_the_same_voice(const FoundStatement& last, const Quotation& q,
                                   Span span) const {
    FoundStatement f;
    f.cue_verb = q.begin;
    f.statement.speaker = last.statement.speaker;
    f.statement.via = last.statement.via;
    f.statement.when = last.statement.when;
    f.statement.occasion = last.statement.occasion;
    f.statement.content = {span};
    f.statement.quote = "direct";
    f.statement.explain = "quotation without cue, the speaker of the statement before goes on";
    return f;
  }

  // The cue of the sentence before a quotation that ends in a colon ("Ilo said:"), -1 for none.
  int lead_in(const Quotation& q) const {
    int colon = q.begin - 1;
    if (colon < 0 || t_[colon].form != ":") return -1;
    const Sentence& s = t_.sentence(colon);
    if (s.end > q.begin) return -1;
    for (int i = colon - 1; i >= s.begin; --i)
      if (is_sure_cue(i)) return i;
    return -1;
  }

  // "Ilo said:" and a quotation in the next line or paragraph.
  bool introduced(const Quotation& q, Span span) {
    int cue = lead_in(q);
    int subject = cue >= 0 ? t_.subject(cue) : -1;
    int speaker = subject >= 0 ? sources_.speaker(subject) : -1;
    if (speaker < 0) return false;
    FoundStatement f;
    f.cue_verb = cue;
    f.source_head = subject;
    Statement& x = f.statement;
    x.speaker = speaker;
    x.source = {sources_.span(subject)};
    x.cue = {t_[cue].span};
    x.content = {span};
    x.quote = "direct";
    Scene scene;
    occasion_of(cue, scene);
    x.via = scene.via;
    x.to = scene.to;
    x.where = scene.where;
    x.occasion = scene.occasion;
    if (const TimeExpression* time = times_.of(cue); time && time->when.dated())
      x.when = time->when;
    x.explain = "cue '" + std::string(t_[cue].form) + "' leads in to a quotation";
    found_.push_back(std::move(f));
    return true;
  }

  // Is the cue a statement of the record? What is known of it, for the verdict.
  CueEvidence evidence_of(const FoundStatement& f) const {
    const Statement& x = f.statement;
    CueEvidence e;
    const Cue* cue = lexicon_.cue(t_.lemma(f.cue_verb));
    e.listed = cue != nullptr;
    if (cue) e.kind = cue->kind;
    // A noun that attributes ("the claim that …") is a word of speaking or a document.
    bool noun = t_.noun(f.cue_verb);
    if (noun)
      e.kind = cue && (cue->takes("speech") || cue->takes("author")) ? CueKind::say : CueKind::act;
    else if (cue && !cue->tells()) e.kind = CueKind::act;
    if (lower(t_[f.cue_verb].form) == "according") e.kind = CueKind::say;
    e.by_rule = !f.heard_alone;
    e.silent = reader_is_silent_;
    e.judged = judged_;
    if (const Heard* h = heard_of(f)) e.heard = static_cast<double>(h->cue_score);
    if (quoted_frame(t_, lexicon_, f.cue_verb).verb >= 0) e.heard = 1;  // it can be nothing else
    e.finite = finite(f.cue_verb) && !t_.negated(f.cue_verb);
    e.direct = x.quote == "direct";
    e.quoted = x.quote != "indirect";
    e.speaker = x.speaker >= 0;
    e.thing = x.speaker >= 0 && e_.entities()[x.speaker].kind == "other";
    for (Span c : x.content) {
      TreeView::Range r = t_.range_of(c);
      for (int i = r.begin; i < r.end; ++i) e.clause |= t_.verb(i) || t_.is(i, "cop");
    }
    TreeView::Range r = t_.range_of(x.content[0]);
    e.question = t_.tag(r.begin, "W") || lower(t_[r.begin].form) == "whether";
    return e;
  }

  void judge() {
    std::erase_if(found_, [&](const FoundStatement& f) {
      const CueEvidence e = evidence_of(f);
      return !(e.judged ? judged_verdict(e, least_) : is_statement(e)).statement;
    });
  }

  // What the learnt reader hears of the statement's cue, null for nothing.
  const Heard* heard_of(const FoundStatement& f) const {
    const Heard* best = nullptr;
    for (const Heard& h : heard_)
      if (!f.statement.cue.empty() && f.statement.cue[0].overlaps(t_[h.cue].span) &&
          (!best || h.cue_score > best->cue_score))
        best = &h;
    return best;
  }

  // What rules and learnt reader say of one cue, brought together. Thresholds were chosen on
  // statements/dev and record/dev. Where both know the cue, the reader's words are the content: it
  // learnt where content ends, the tree only guesses. What only the reader hears (wants, beliefs,
  // polls that show, nouns and dashes that attribute) is added. In the wider notion, a rule's
  // statement whose cue the reader does not hear at all goes here, unless it is a quotation.
  void take_reader_words() {
    constexpr float kHeardAtAll = 0.2f, kSpans = 0.3f, kAlone = 0.22f;
    if (reader_is_silent_) return;
    if (which_ == Attributions::all)
      std::erase_if(found_, [&](const FoundStatement& f) {
        if (f.statement.quote == "direct" || f.statement.cue.empty()) return false;
        const Heard* h = heard_of(f);
        return !h || h->cue_score < kHeardAtAll;
      });
    for (const Heard& h : heard_) {
      Spans content;
      for (TreeView::Range r : h.content)
        if (r.end - r.begin > 1 || h.content.size() == 1) content.push_back(clause_span(r));
      if (content.empty()) continue;
      FoundStatement* known = nullptr;
      bool taken = false;  // words that are another statement's
      for (FoundStatement& f : found_) {
        if (f.cue_verb == h.cue ||
            (!f.statement.cue.empty() && f.statement.cue[0].overlaps(t_[h.cue].span)))
          known = &f;
        else
          for (Span a : f.statement.content)
            for (Span b : content)
              // One who is told to have spoken in another's words still speaks.
              taken |= a.overlaps(b) && !(judged_ && a.contains(b) && a != b);
      }
      if (taken) continue;
      if (!known) {
        if (h.cue_score >= kAlone) heard_alone(h, std::move(content));
      } else if (h.cue_score >= kSpans && !known->statement.cue.empty()) {
        if (doubtful_source(*known)) take_source(h, *known);
        take_extent(*known, std::move(content));
      }
    }
  }

  // Nobody is known to speak, or somebody whom only the tree makes the subject.
  bool doubtful_source(const FoundStatement& f) const {
    int speaker = f.statement.speaker;
    return speaker < 0 || (e_.entities()[speaker].kind == "other" &&
                           e_.entities()[speaker].explain == "source of a statement");
  }

  // The reader's words for a statement that a rule found, except where they run over its cue or
  // source, leave out quoted words, or stop in the middle of a clause.
  void take_extent(FoundStatement& f, Spans content) {
    Statement& x = f.statement;
    for (Span& b : content) {
      if (b.overlaps(x.cue[0]) || (!x.source.empty() && b.overlaps(x.source[0]))) return;
      b = whole_clause(b, x.content);
    }
    if (content == x.content) return;
    if (which_ == Attributions::record && x.quote == "direct")
      for (Span own : x.content)
        if (std::none_of(content.begin(), content.end(), [&](Span b) { return b.contains(own); }))
          return;
    x.content = std::move(content);
    x.quote = kind(x.content);
    x.explain += "; its extent as the learnt reader hears it";
  }

  // A stretch that ends between two words of the rule's clause goes on to the clause's end.
  Span whole_clause(Span heard, const Spans& by_rule) const {
    if (which_ == Attributions::all) return heard;
    TreeView::Range r = t_.range_of(heard);
    for (Span own : by_rule) {
      TreeView::Range o = t_.range_of(own);
      if (r.end <= o.begin || r.begin >= o.end) continue;
      if (r.end < o.end && !boundary(r.end)) heard.end = own.end;
      if (r.begin > o.begin && !boundary(r.begin)) heard.begin = own.begin;
    }
    return heard;
  }

  // May content end before this word, or begin with it?
  bool boundary(int i) const {
    return is_punctuation(t_[i].form) || is_punctuation(t_[i - 1].form) || t_.tag(i, "CC") ||
           t_.tag(i, "W") || t_.is(i, "mark") || t_.tag(i, "IN");
  }

  // What the learnt reader gives the cue, and who speaks; a quotation whose cue it does not know rests on the rules
  // alone. 0: no learnt reader.
  double confidence_of(const FoundStatement& f) const {
    if (reader_is_silent_) return 0;
    const Heard* best = heard_of(f);
    const double speaker =
        which_ == Attributions::record ? sureness_of_speaker(t_, lexicon_, e_, least_, f) : 1;
    if (!best) return std::round(50 * speaker) / 100;
    // The encoder has seen the training articles, so the reader is surer than it should be on new
    // ones: its log-odds are drawn in by two numbers, fitted on the first half of statements/dev
    // and measured on the other (docs/quality.md).
    double p = std::min(0.999, std::max(0.001, static_cast<double>(best->cue_score)));
    double drawn = 0.6 * std::log(p / (1 - p)) - 0.3;
    return std::round(100 * speaker / (1 + std::exp(-drawn))) / 100;
  }

  // The head of a stretch of words: the noun in it that hangs outside.
  int head_of(TreeView::Range r) const {
    int head = r.begin;
    for (int i = r.begin; i < r.end; ++i)
      if (t_[i].head < r.begin || t_[i].head >= r.end) {
        head = i;
        if (t_.noun(i) || t_.tag(i, "PRP")) break;
      }
    return head;
  }

  // The source as the learnt reader hears it.
  void take_source(const Heard& h, FoundStatement& f) {
    if (h.source.empty()) return;
    TreeView::Range r = h.source[0];
    int head = head_of(r);
    if (head == f.source_head || f.statement.content[0].overlaps(t_[head].span)) return;
    f.source_head = head;
    f.statement.speaker = sources_.speaker(head);
    // "the Herald quoted Ilo": who is quoted speaks, and the source carries it.
    int quoted = takes(h.cue, "carry") ? t_.child(h.cue, {"obj"}) : -1;
    if (quoted > h.cue && takes(h.cue, "quoted") && e_.actor_at(quoted) >= 0) {
      if (f.statement.speaker >= 0) f.statement.via.push_back(f.statement.speaker);
      f.source_head = quoted;
      f.statement.speaker = sources_.speaker(quoted);
      f.statement.source = {sources_.span(quoted)};
      return;
    }
    if (t_.tag(r.end - 1, "POS") && r.end - r.begin > 1) --r.end;
    f.statement.source = {t_.trimmed(r)};
  }

  void heard_alone(const Heard& h, Spans content) {
    if (told_at_saying(t_, lexicon_, h.cue)) return;
    FoundStatement f;
    f.cue_verb = h.cue;
    f.heard_alone = true;
    Statement& x = f.statement;
    x.content = std::move(content);
    x.quote = kind(x.content);
    // An act with its object ("rejected the demand", "discussed the plan") is an event rather than
    // somebody's words, unless heard clearly.
    if (!judged_ && x.quote == "indirect" && h.cue_score < 0.6f && t_.verb(h.cue) &&
        !lexicon_.triggers(t_.lemma(h.cue), 'v').empty()) {
      bool clause = false;
      for (TreeView::Range r : h.content)
        for (int i = r.begin; i < r.end; ++i) clause |= t_.verb(i) || t_.is(i, "cop");
      if (!clause) return;
    }
    // Without source and without quotation it is mostly an act or a plan that nobody told.
    // ("… pulled out, citing the need": the subject of the verb above does it.)
    int subject = h.source.empty() && (judged_ || t_.tag(h.cue, "VBG")) ? t_.subject(h.cue) : -1;
    if (subject >= 0 && (in_speech_[subject] >= 0 || x.content[0].overlaps(t_[subject].span)))
      subject = -1;
    if (h.source.empty() && subject < 0 && x.quote == "indirect") return;
    x.cue = {t_[h.cue].span};
    take_source(h, f);
    if (subject >= 0) {
      f.source_head = subject;
      x.speaker = sources_.speaker(subject);
      x.source = {sources_.span(subject)};
    }
    if (const TimeExpression* time = times_.of(h.cue);
        time && time->when.dated() && std::none_of(x.content.begin(), x.content.end(), [&](Span c) {
          return c.contains(time->span);
        }))
      x.when = time->when;
    for (TreeView::Range r : h.content)
      for (int k = r.begin; k < r.end && f.content_head < 0; ++k)
        if (t_[k].head < r.begin || t_[k].head >= r.end) f.content_head = k;
    x.explain =
        "cue '" + std::string(t_[h.cue].form) + "' and its content as the learnt reader hears them";
    found_.push_back(std::move(f));
  }

  // What one sentence says of the speech holds for the speaker's other remarks, while it is the
  // only one told of.
  void apply_scenes() {
    for (FoundStatement& f : found_) {
      const Statement& x = f.statement;
      if (x.speaker < 0 || (x.occasion.empty() && x.when.empty())) continue;
      Scene s;
      s.to = x.to;
      s.when = x.when;
      s.occasion = x.occasion;
      s.where = x.where;
      s.sentence = t_.sentence_of(f.cue_verb);
      scenes_[x.speaker].push_back(s);
    }
    for (FoundStatement& f : found_) {
      Statement& x = f.statement;
      auto found = scenes_.find(x.speaker);
      if (found == scenes_.end()) continue;
      const std::vector<Scene>& all = found->second;
      std::set<std::string> occasions, dates;
      for (const Scene& s : all) {
        if (!s.occasion.empty()) occasions.insert(s.occasion);
        if (!s.when.empty()) dates.insert(s.when.value());
      }
      const Scene* nearest = nullptr;
      int here = t_.sentence_of(f.cue_verb);
      for (const Scene& s : all)
        if (!nearest || std::abs(s.sentence - here) < std::abs(nearest->sentence - here) ||
            (s.set && !nearest->set && occasions.size() <= 1))
          nearest = &s;
      if (occasions.size() > 1 || dates.size() > 1) {
        // Several occasions: only the scene told in this paragraph counts.
        if (t_.document().sentences[nearest->sentence].paragraph !=
            t_.sentence(f.cue_verb).paragraph)
          continue;
      }
      for (const Scene& s : all) {
        if (&s != nearest && (occasions.size() > 1 || dates.size() > 1)) continue;
        if (x.occasion.empty()) x.occasion = s.occasion;
        if (x.when.empty()) x.when = s.when;
        if (x.where < 0) x.where = s.where;
        if (x.via.empty() && s.set) x.via = s.via;
        if (x.to.empty()) x.to = s.to;
      }
      std::erase(x.via, x.speaker);
    }
  }

  const TreeView& t_;
  const Lexicon& lexicon_;
  const std::vector<Quotation>& quotations_;
  const Times& times_;
  const std::vector<Heard>& heard_;
  bool reader_is_silent_;  // the model has no learnt reader
  bool judged_;            // what is heard is what the record counts
  Attributions which_;
  const Thresholds& least_;
  Entities& e_;
  std::vector<int> in_quote_, in_speech_;
  Sources sources_;
  std::vector<char> used_quote_;
  std::vector<FoundStatement> found_;
  std::map<int, std::vector<Scene>> scenes_;  // by speaker
  std::map<int, int> inherited_;              // cue verb → subject of the cue it is joined to
};

}  // namespace

int innermost(const std::vector<FoundStatement>& statements, Span words) {
  int best = -1;
  uint32_t size = UINT32_MAX;
  for (size_t k = 0; k < statements.size(); ++k)
    for (Span c : statements[k].statement.content)
      if (c.contains(words) && c.size() < size) {
        best = static_cast<int>(k);
        size = c.size();
      }
  return best;
}

std::vector<FoundStatement> find_statements(const TreeView& tree, const Lexicon& lexicon,
                                            const std::vector<Quotation>& quotations,
                                            const Times& times, const HeardAttributions& heard,
                                            Attributions which, const Thresholds& least,
                                            Entities& entities) {
  return Finder(tree, lexicon, quotations, times, heard, which, least, entities).run();
}

}  // namespace chancery
