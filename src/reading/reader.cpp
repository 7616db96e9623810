#include "reading/reader.h"

#include <chancery/version.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "base/digest.h"
#include "base/utf8.h"
#include "reading/done/event_review.h"
#include "reading/done/events.h"
#include "reading/lemmas.h"
#include "reading/quotes.h"
#include "reading/said/form_voices.h"
#include "reading/said/forms.h"
#include "reading/said/judged_attributions.h"
#include "reading/said/speakers.h"
#include "reading/said/statement_dates.h"
#include "reading/said/statements.h"
#include "reading/stands/positions.h"
#include "reading/tree_view.h"
#include "reading/two_decimals.h"
#include "reading/when/times.h"
#include "reading/who/actor_parts.h"
#include "reading/who/body_names.h"
#include "reading/who/entities.h"
#include "reading/windows.h"
#include "record/renumber.h"

namespace chancery {
namespace {

// Entities without a mention are dropped; references move along.
void drop_unmentioned(Record& r) {
  std::vector<int> to(r.entities.size(), -1);
  std::vector<Entity> kept;
  for (size_t i = 0; i < r.entities.size(); ++i)
    if (!r.entities[i].mentions.empty()) {
      to[i] = static_cast<int>(kept.size());
      kept.push_back(std::move(r.entities[i]));
    }
  renumber_actors(r, to);
  for (size_t i = 0; i < kept.size(); ++i) kept[i].id = "e" + std::to_string(i + 1);
  r.entities = std::move(kept);
}

// "Olm must open the port", said to another state, asks for it: the position is an act of asking
// too.
void requests_from_demands(Record& r, const Lexicon& lexicon, const std::vector<Entity>& entities) {
  const WordSet& demanding = lexicon.words()[WordList::demanding];
  for (const Position& p : r.positions) {
    if (p.stance != "demands" || p.said_in < 0 || p.toward.empty() || p.holder < 0) continue;
    const std::string_view why = p.explain;  // "'must'"
    const bool modal = why.size() > 2 && why.front() == '\'' && why.back() == '\'' &&
                       demanding.has(why.substr(1, why.size() - 2));
    const std::string &own = entities[p.holder].actor.country,
                      &other = entities[p.toward[0]].actor.country;
    if (!modal || own.empty() || other.empty() || own == other) continue;
    bool told = false;
    const std::string& asking = lexicon.type_with(Trait::request);
    for (const Event& e : r.events) told |= e.type == asking && e.span.overlaps(p.content[0]);
    if (told) continue;
    Event e;
    e.id = "v" + std::to_string(r.events.size() + 1);
    e.type = asking;
    e.mode = "change";
    e.cameo = lexicon.cameo_of(asking);
    e.source = {p.holder};
    e.target = {p.toward[0]};
    e.status = "occurred";
    e.span = p.content[0];
    e.said_in = p.said_in;
    e.when = r.statements[p.said_in].when;
    e.has_goldstein = lexicon.goldstein(e.cameo, e.goldstein);
    e.explain = "demand with " + p.explain + " toward another state";
    r.events.push_back(std::move(e));
  }
}

// Towns get their coordinates: of several with one name, those in a state that the article speaks
// of, then the largest.
void locate(std::vector<Entity>& entities, const Gazetteer& places) {
  std::map<std::string, int> spoken_of;
  for (const Entity& e : entities)
    if (e.actor.country.size() == 3)
      spoken_of[e.actor.country] += static_cast<int>(e.mentions.size());
  for (Entity& e : entities) {
    if (e.kind != "place") continue;
    std::vector<Town> towns = places.find(e.name);
    if (towns.empty()) continue;
    const Town* best = nullptr;
    double value = 0;
    for (const Town& t : towns) {
      auto found = spoken_of.find(std::string(t.country));
      double score = std::log10(static_cast<double>(t.population) + 10) + (t.capital ? 1.5 : 0) +
                     (found != spoken_of.end() ? 2 + std::log10(1.0 + found->second) : 0);
      if (!best || score > value) {
        best = &t;
        value = score;
      }
    }
    // The state itself ("Luxembourg", "Singapore") stays a state.
    if (!e.actor.country.empty() && e.actor.country != best->country) continue;
    e.geo = Geo{best->latitude, best->longitude, std::string(best->country),
                std::string(best->geonames)};
    e.explain +=
        "; the gazetteer's " + std::string(best->name) + " in " + std::string(best->country) +
        (towns.size() > 1 ? ", one of " + std::to_string(towns.size()) + " of this name" : "");
  }
}

// Who is in the record, and behind them the things that its pronouns mean.
void write_entities(Entities& entities, const Register& known, const Gazetteer& places, Record& r) {
  entities.write_mentions();
  locate(entities.entities(), places);
  name_bodies(entities.entities(), r.article.text, known);
  std::vector<Entity> things = entities.things_meant();
  r.entities = std::move(entities.entities());
  drop_unmentioned(r);
  for (Entity& thing : things) {
    thing.id = "e" + std::to_string(r.entities.size() + 1);
    r.entities.push_back(std::move(thing));
  }
}

void unique(std::vector<int>& list) {
  std::vector<int> out;
  for (int i : list)
    if (std::find(out.begin(), out.end(), i) == out.end()) out.push_back(i);
  list = std::move(out);
}

// A record without events says why: an empty answer that gives no reason is the older coders' worst
// habit.
std::string reason_for_no_events(const TreeView& t, const Lexicon& lexicon) {
  int words = 0;
  std::string first;
  for (int i = 0; i < t.size(); ++i) {
    char part = t.verb(i) ? 'v' : t.noun(i) ? 'n' : 0;
    if (!part || t.lemma(i) == "be" || lexicon.triggers(t.lemma(i), part).empty()) continue;
    if (!words++) first = t[i].form;
  }
  if (!words) return std::string(kNoEvent) + "no word of the text is in the lexicon of acts";
  return std::string(kNoEvent) + std::to_string(words) + (words == 1 ? " word" : " words") +
         " of the lexicon of acts (the first: '" + first +
         "'), none with an actor in its place and told as an act";
}

// A user's ontology may lack a type that a rule names: such an act is none by it. Nor does it carry
// a mode or a code that the ontology does not know.
void keep_to_ontology(std::vector<Event>& events, const Ontology& ontology) {
  std::erase_if(events, [&](const Event& e) { return !ontology.type(e.type); });
  for (Event& e : events) {
    if (!ontology.has_mode(e.type, e.mode)) e.mode.clear();
    if (!ontology.code(e.cameo)) e.cameo.clear();
  }
}

// A position is taken toward somebody, an act done to somebody: who only passes by is no side.
void keep_to_actors(const ActorParts& parts, const Entities& entities, Record& r) {
  auto keep = [&](std::vector<int>& side) {
    std::erase_if(side, [&](int e) { return !parts.takes_part(entities, e); });
  };
  for (Event& e : r.events) {
    keep(e.source);
    keep(e.target);
  }
  for (Position& p : r.positions) keep(p.toward);
}

// What the learnt half hears of who says what: the judges of the record where the model has them
// and the record is what is wanted.
HeardAttributions attributions(const Resources& r, const TreeView& tree,
                               const std::vector<Quotation>& quotations, const JudgedWords& words) {
  const float least = r.thresholds["heard.at_all"];
  HeardAttributions reader = r.attribution.read(tree, quotations, least);
  return words.silent() || r.attributions == Attributions::all
             ? reader
             : judged_attributions(tree, words, reader, least);
}

// Without what hardly anybody said, before anything rests on it.
void keep_likely(std::vector<FoundStatement>& statements, const Thresholds& least) {
  std::erase_if(statements, [&](const FoundStatement& f) {
    return f.statement.confidence < least["statement.least"];
  });
  for (size_t i = 0; i < statements.size(); ++i)
    statements[i].statement.id = "s" + std::to_string(i + 1);
}

// The event whose sides are nearest to the marked spans; any event of the sentence before none (-1).
int nearest_event(const std::vector<FoundEvent>& events, const Document& document,
                  const TreeView& tree, const Entities& entities, Span source, Span target) {
  auto side = [&](const std::vector<int>& who, Span span) {
    for (int e : who)
      for (const Mention& m : entities.mentions())
        if (m.entity == e && tree.span({m.begin, m.end}).overlaps(span)) return true;
    return false;
  };
  const Span between{std::min(source.begin, target.begin), std::max(source.end, target.end)};
  int best = -1;
  double value = -1;
  for (size_t i = 0; i < events.size(); ++i) {
    const Event& x = events[i].event;
    double score = 0.1;
    bool a = side(x.source, source), b = side(x.target, target);
    score += 2 * a + 2 * b;
    if (!a && !b && side(x.source, target) && side(x.target, source)) score += 1.5;
    if (between.contains(document[events[i].trigger].span)) score += 0.5;
    if (x.status == "denied") score -= 0.3;
    if (score > value) {
      value = score;
      best = static_cast<int>(i);
    }
  }
  return best;
}

// No event with actors: the trigger nearest to the path between the spans.
Relation nearest_trigger(const TreeView& tree, const Lexicon& lexicon, Span source, Span target) {
  Relation out;
  const uint32_t begin = std::min(source.end, target.end),
                 end = std::max(source.begin, target.begin);
  long nearest = 1L << 40;
  for (int i = 0; i < tree.size(); ++i) {
    char part = tree.verb(i) ? 'v' : tree.noun(i) ? 'n' : 0;
    if (!part) continue;
    for (const Trigger& t : lexicon.triggers(tree.lemma(i), part)) {
      if (!t.particle.empty() || !t.objects.empty()) continue;
      Span s = tree[i].span;
      long away = s.begin < begin ? begin - s.begin : s.end > end ? s.end - end : 0;
      if (part == 'n') away += 40;
      if (away < nearest) {
        nearest = away;
        out = {t.type, t.cameo, tree.negated(i) ? "denied" : "occurred",
               std::string("word '") + t.lemma + "' between the spans (" + t.place + ")"};
      }
    }
  }
  return out;
}

// An article that was read before brings what was noted then.
void drop_former_notes(Article& article) {
  std::erase_if(article.notes, [](const std::string& note) {
    return note.starts_with(kNoEvent) || note.starts_with(kNotRead);
  });
}

}  // namespace

std::shared_ptr<const Codes> codes_of(const Resources& resources) {
  return std::make_shared<const Codes>(resources.lexicon.ontology(), resources.known);
}

Maker Resources::maker(const std::string& data, const std::string& ontology) const {
  std::string tables = sha256_of_tables(data);
  if (!ontology.empty()) tables = sha256(tables + sha256_of_tables(ontology));
  return {CHANCERY_VERSION, engine.network().file().id(), tables.substr(0, 16)};
}

Record Reader::read(Article article) const {
  if (article.text.size() > kWindow && (article.language == "en" || article.language.empty()))
    return read_in_windows(*this, std::move(article), {});
  Record record;
  record.made_by = r_->made_by;
  record.article = std::move(article);
  drop_former_notes(record.article);
  if (record.article.language != "en" && !record.article.language.empty()) return record;
  const std::string& text = record.article.text;
  if (text.size() > kDense &&
      too_dense(text.size(), r_->engine.work(text), r_->engine.bytes_of_work())) {
    record.article.notes.push_back(std::string(kNotRead) + "the text holds hardly any words");
    return record;
  }
  Document document = r_->engine.analyze(text);
  if (document.tokens.empty()) return record;
  mend_words(document, r_->lexicon, r_->known);
  TreeView tree(document, r_->lexicon.words());
  const TextForm form = form_of(tree, r_->lexicon);
  std::vector<Quotation> quotations = with_form(find_quotations(document), form);
  Times times(tree, r_->times, record.article.published);
  JudgedWords words(r_->judges, document);
  Entities entities(
      tree, {r_->known, r_->places, r_->country, r_->antecedent, r_->pronoun, &r_->coreference},
      quotations, record.article.published, times.date_words(), &words, &r_->thresholds);
  const ActorParts parts(tree, words, r_->country, r_->thresholds);
  parts.find_sectors(entities);
  std::vector<FoundStatement> statements = find_statements(
      tree, r_->lexicon, quotations, times, attributions(*r_, tree, quotations, words),
      r_->attributions, r_->thresholds, entities);
  settle_speakers(tree, statements, entities);
  if (!words.silent()) {
    if (r_->attributions == Attributions::record) keep_likely(statements, r_->thresholds);
    date_statements(tree, times, r_->said_date, watch_, statements);
  }
  date_by_entry(form, times, statements);
  std::vector<FoundEvent> events =
      find_events(tree, r_->lexicon, times, statements, words, r_->thresholds, &r_->relation,
                  r_->acts, watch_, entities);
  if (words.silent())
    review_events(tree, r_->lexicon, r_->relation, r_->thresholds, times, statements, entities,
                  events);
  r_->details.add(tree, events);
  // The author of an opinion takes its positions, but says nothing that another reports.
  FoundStatement author = voice_of_opinion(tree, form, entities);
  const bool opinion = !author.statement.content.empty();
  if (opinion) statements.push_back(std::move(author));
  record.positions = find_positions(tree, r_->stances, r_->conditions, statements, words,
                                    r_->thresholds, r_->stances_judged, watch_, entities);
  if (opinion) {
    statements.pop_back();
    for (Position& p : record.positions)
      if (p.said_in == static_cast<int>(statements.size())) p.said_in = -1;
  }
  r_->topics.file(tree, record.positions);
  record.novelty =
      r_->novelty.find(tree, times, entities, {r_->new_claim, watch_ ? watch_->novelty : nullptr});
  record.times = times.all();
  r_->scheduled.find(tree, times, statements, entities, record.times);
  for (FoundStatement& f : statements) {
    unique(f.statement.via);
    unique(f.statement.to);
    record.statements.push_back(std::move(f.statement));
  }
  for (Position& p : record.positions)
    if (p.said_in >= 0 && words.silent())
      p.confidence = record.statements[static_cast<size_t>(p.said_in)].confidence;
  for (FoundEvent& f : events) record.events.push_back(std::move(f.event));
  if (words.silent()) requests_from_demands(record, r_->lexicon, entities.entities());
  keep_to_ontology(record.events, r_->lexicon.ontology());
  if (record.events.empty())
    record.article.notes.push_back(reason_for_no_events(tree, r_->lexicon));
  keep_to_actors(parts, entities, record);
  write_entities(entities, r_->known, r_->places, record);
  return record;
}

Relation Reader::relation(const std::string& text, Span source, Span target) const {
  RelationFeatures features;
  Relation out = relation_by_rule(text, source, target, r_->relation.empty() ? nullptr : &features);
  if (features.rows.empty()) return out;
  auto [root, probability] = r_->relation.classify(features);
  const std::string learnt = type_of_root(root, out.root);
  std::string share = two_decimals(probability);
  if (learnt == out.root) {
    out.explain += "; the learnt reader agrees (" + share + ")";
  } else {
    out.explain =
        "the learnt reader, " + share + ", by '" + features.joint + "'" +
        (out.root.empty() ? "" : " (the rules say " + out.root + ": " + out.explain + ")");
    out.root = learnt;
    out.cameo = r_->lexicon.cameo_of(learnt);
    if (out.status.empty()) out.status = "occurred";
  }
  return out;
}

Relation Reader::relation_by_rule(const std::string& text, Span source, Span target,
                                  RelationFeatures* features) const {
  Relation out;
  Document document = r_->engine.analyze(text);
  if (document.tokens.empty()) {
    out.explain = "empty text";
    return out;
  }
  mend_words(document, r_->lexicon, r_->known);
  TreeView tree(document, r_->lexicon.words());
  std::vector<Quotation> quotations = find_quotations(document);
  Times times(tree, r_->times, "");
  JudgedWords words(r_->judges, document);
  Entities entities(
      tree, {r_->known, r_->places, r_->country, r_->antecedent, r_->pronoun, &r_->coreference},
      quotations, "", {}, &words, &r_->thresholds);
  std::vector<FoundStatement> statements = find_statements(
      tree, r_->lexicon, quotations, times, attributions(*r_, tree, quotations, words),
      r_->attributions, r_->thresholds, entities);
  std::vector<FoundEvent> events = find_events(tree, r_->lexicon, times, statements, words,
                                               r_->thresholds, nullptr, r_->acts, watch_, entities);
  auto answer = [&](const Relation& by_rule) {
    TreeView::Range a = tree.range_of(source), b = tree.range_of(target);
    if (features && a.begin < a.end && b.begin < b.end)
      *features = relation_features(tree, r_->lexicon, a, b, by_rule.root, by_rule.status);
    return by_rule;
  };
  if (const int best = nearest_event(events, document, tree, entities, source, target); best >= 0) {
    const Event& x = events[best].event;
    out = {x.type, x.cameo, x.status, x.explain};
    // PLOVER's own fold: by its code table, and what is not yet done is agreed to or threatened.
    std::string by_code = r_->lexicon.type_of(x.cameo);
    if (!by_code.empty() && !r_->lexicon.has(x.type, Trait::refusal)) out.root = by_code;
    if (!r_->lexicon.has(out.root, Trait::retreat))
      out.root = r_->lexicon.ontology().folded(out.root, x.status);
    return answer(out);
  }
  out = nearest_trigger(tree, r_->lexicon, source, target);
  if (out.root.empty()) out.explain = "no trigger of the lexicon between the spans";
  return answer(out);
}

}  // namespace chancery
