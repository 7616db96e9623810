// The craft's front door: Article → Record. A pure function of the article and of what was loaded;
// thread-safe.
//
//   Reader reader(Resources::load("data", "models/chancery-fast.model"));
//   Record record = reader.read(article);
#pragma once
#include <memory>
#include <string>

#include "language/engine.h"
#include "reading/ahead/scheduled.h"
#include "reading/done/event_details.h"
#include "reading/done/relation_model.h"
#include "reading/lexicon.h"
#include "reading/new/novelty.h"
#include "reading/reading_watch.h"
#include "reading/said/attribution_model.h"
#include "reading/said/statement_verdict.h"
#include "reading/sign_judge.h"
#include "reading/stands/conditions.h"
#include "reading/stands/positions.h"
#include "reading/stands/stances.h"
#include "reading/stands/topics.h"
#include "reading/thresholds.h"
#include "reading/when/time_grammar.h"
#include "reading/word_judges.h"
#include "record/record.h"
#include "record/vocabulary.h"
#include "register/gazetteer.h"
#include "register/register.h"

namespace chancery {

// All that reading needs besides the article. Loaded once, shared, never changed.
struct Resources {
  LanguageEngine engine;
  Register known;
  Gazetteer places;
  SignJudge country;
  SignJudge antecedent;
  SignJudge pronoun;
  ActJudges acts;
  StanceJudges stances_judged;
  SignJudge said_date, new_claim;
  Lexicon lexicon;
  EventDetails details;
  Stances stances;
  ConditionGrammar conditions;
  NoveltyGrammar novelty;
  ScheduleGrammar scheduled;
  Topics topics;
  TimeGrammar times;
  AttributionModel attribution;
  RelationModel relation;
  WordJudges judges;
  CoreferenceModel coreference;
  Thresholds thresholds;
  Attributions attributions = Attributions::record;  // which of them become statements
  Maker made_by;                                     // what records say of all this

  // `data` is the folder with register/, lexicon/, ontology/ and time/; `ontology` a folder to take
  // in place of its ontology/. Throws StartError.
  Resources(const std::string& data, const std::string& model, const std::string& ontology = "")
      : engine(model),
        known(data + "/register"),
        places(data + "/register/places.tsv", data + "/register/town_names.tsv"),
        country(data + "/register/country_signs.tsv"),
        antecedent(data + "/register/antecedent_signs.tsv"),
        pronoun(data + "/register/pronoun_signs.tsv"),
        acts{SignJudge(data + "/lexicon/act_signs.tsv"),
             SignJudge(data + "/lexicon/side_signs.tsv"),
             SignJudge(data + "/lexicon/retelling_signs.tsv"),
             SignJudge(data + "/lexicon/date_signs.tsv")},
        stances_judged{SignJudge(data + "/lexicon/stance_signs.tsv"),
                       SignJudge(data + "/lexicon/holder_signs.tsv")},
        said_date(data + "/lexicon/said_date_signs.tsv"),
        new_claim(data + "/lexicon/novelty_signs.tsv"),
        lexicon(data, ontology.empty() ? data + "/ontology" : ontology),
        details(data + "/lexicon", lexicon),
        stances(data + "/lexicon/stances.tsv"),
        conditions(data + "/lexicon/conditions.tsv"),
        novelty(data + "/lexicon/novelty.tsv"),
        scheduled(data + "/lexicon/scheduled.tsv"),
        topics(data + "/topics.tsv"),
        times(data + "/time"),
        attribution(engine.network().file()),
        relation(engine.network().file()),
        judges(engine.network().file()),
        coreference(engine.network().file()),
        thresholds(data + "/lexicon/thresholds.tsv"),
        made_by(maker(data, ontology)) {}

 private:
  Maker maker(const std::string& data, const std::string& ontology) const;
};

// The codes that a reader with these resources writes: what its records are checked by.
std::shared_ptr<const Codes> codes_of(const Resources& resources);

// The event between two marked spans of a text (bytes).
struct Relation {
  std::string root, cameo, status, explain;  // root empty: none found
};

class Reader {
 public:
  // `watch`, if any, must outlive the reader.
  explicit Reader(std::shared_ptr<const Resources> resources, const ReadingWatch* watch = nullptr)
      : r_(std::move(resources)), watch_(watch) {}

  // An article in another language than English gives a record with the article alone.
  Record read(Article article) const;
  Relation relation(const std::string& text, Span source, Span target) const;
  // What `relation` decides by: the rules' answer and the features of the learnt half (for training
  // it).
  Relation relation_by_rule(const std::string& text, Span source, Span target,
                            RelationFeatures* features) const;
  const Resources& resources() const { return *r_; }

 private:
  std::shared_ptr<const Resources> r_;
  const ReadingWatch* watch_;
};

}  // namespace chancery
