// Who is who: mentions (names, nominals, pronouns) and the entities they stand for, with country,
// sector and role.
//
// Names come from the language engine and the register; a nominal is a noun of the register's
// offices; pronouns are found by tag. Mentions are taken in the order of the text and each joins
// the best earlier entity or opens one: equal state, equal last name, acronym, equal office and
// country; "he" and "she" by gender, nearness and subjecthood; "it" and "they" by signs, among actors and
// things (referents.h). First-person pronouns wait for the
// speakers (resolve_first_person).
#pragma once
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "reading/quotes.h"
#include "reading/sign_judge.h"
#include "reading/thresholds.h"
#include "reading/tree_view.h"
#include "reading/who/coreference.h"
#include "reading/who/own_acronyms.h"
#include "reading/who/referents.h"
#include "reading/who/state_trail.h"
#include "reading/word_judges.h"
#include "record/record.h"
#include "register/register.h"

namespace chancery {

struct Mention {
  enum Sort { name, nominal, pronoun } sort = name;
  int begin = 0, end = 0;  // tokens
  int head = 0;            // the token that ties it to the rest of the sentence
  int entity = -1;
  int state = -1;            // register's state that it names or that modifies it
  bool names_state = false;  // the state itself, not somebody of it
  bool place_only = false;   // a capital or country as the place where something is
  bool plural = false;
  bool definite = false;
  bool several = false;    // of more states than one: "the Norvanian and Olmian armies"
  char gender = 0;         // 'm', 'f' or unknown
  std::string kind, text;  // text: name without titles, or the nominal's office
  Actor actor;
  std::string role;
  std::string explain;
  std::string basis;  // of the country: Entity::basis
};

// What is known of the world's actors.
struct ActorKnowledge {
  const Register& known;
  const Gazetteer& places;
  const SignJudge& country;     // whose an actor is
  const SignJudge& antecedent;  // whom a phrase means
  const SignJudge& pronoun;     // what "it" and "they" mean
  const CoreferenceModel* coreference = nullptr;
  // For training: told of each phrase and of the candidates for it; the candidates' ids are
  // mentions.
  std::function<void(const std::vector<Mention>&, int, const SignCase&)> watch = nullptr;
  // The same of each "it" and "they"; the last gives the tokens that named a candidate.
  std::function<void(const Mention&, const SignCase&, const std::function<std::vector<int>(int)>&)>
      watch_pronoun = nullptr;
  // Told of all mentions before any is resolved.
  std::function<void(const std::vector<Mention>&, const MentionSigns&)> watch_mentions = nullptr;
};

class Entities {
 public:
  // `published` dates the terms of office of known leaders; `dates` marks the words of dates, for
  // every token (Times). `words`, where the model has judges, name actors that are no office.
  Entities(const TreeView& tree, const ActorKnowledge& knowledge,
           const std::vector<Quotation>& quotations, const std::string& published,
           std::vector<char> dates = {}, const JudgedWords* words = nullptr,
           const Thresholds* least = nullptr);

  // The entity of the mention whose head this token is, else of the smallest mention around it; -1
  // if none.
  int at(int token) const;
  // The same for the head of a phrase; looks through "of" phrases and appositions for someone who
  // can act.
  int actor_at(int token) const;
  const Mention* mention_at(int token) const;
  // "I" is the speaker, "we" the speaker's state, party or house. `content` is what he said.
  void resolve_first_person(Span content, int speaker);
  // The state an entity belongs to, as an entity; made if the text has not named it. -1 when its
  // country is unknown.
  int state_of(int entity);
  // The state that an adjective names ("Norwegian salmon"), as an entity the text knows; -1
  // otherwise.
  int state_of_adjective(int token) const;
  // The entity of a state of the register (its index); -1 where the text does not name it.
  int find_state_entity(int state) const;

  std::vector<Entity>& entities() { return entities_; }
  const std::vector<Entity>& entities() const { return entities_; }
  const std::vector<Mention>& mentions() const { return mentions_; }
  // A made-up speaker for sources that are no mention ("those who know the plan").
  int add(const std::string& name, const std::string& kind, Span span, const std::string& explain);
  // What speaks for which state, of an entity whose own words name none (empty otherwise).
  SignCase country_case(int entity) const;
  // Fills Entity::mentions with those that the judges do not doubt (all where the model has none).
  void write_mentions();
  // The things that pronouns were found to mean ("the ban … it"), with their mentions. They are nobody: no
  // line of a record is theirs.
  std::vector<Entity> things_meant() const;

 private:
  // One idea a file: names.cpp, name_mentions.cpp, description.cpp, actor_country.cpp, antecedents.cpp.
  class Names;
  class NameMentions;
  class Description;
  class CountrySigns;
  class AntecedentSigns;
  class PronounSigns;

  void find_names();
  void count_name_kinds();
  NameKind name_kind(int begin, int end, NameKind kind) const;
  bool letter_alone(int begin, int end) const;
  bool last_name(int token) const;
  bool of_date(int token) const {
    return static_cast<size_t>(token) < dates_.size() && dates_[static_cast<size_t>(token)];
  }
  void bare_last_names();
  void find_nominals();
  bool nominal(int noun, const std::vector<char>& inside, Mention& mention) const;
  bool judged_actor(int noun, Mention& mention) const;
  void find_pronouns();
  void describe(Mention& m);
  void resolve();
  void give_own_state(const Mention& pronoun);
  int one_of_them(int token) const;
  int resolve_name(Mention& m);
  bool same_name(const Mention& m, const std::vector<std::string>& words, int entity) const;
  bool same_body(const Mention& m, const Entity& e) const;
  int resolve_nominal(Mention& m);
  bool names_leader_of(const Mention& m) const;
  int country_meant(const Mention& m) const;
  int government_apart(Mention& m, int state);
  int resolve_pronoun(Mention& m);
  int resolve_it(Mention& m);
  int both_of(int state) const;
  // The actors and things told before that "it" or "they" could mean; the ids are entities and of_thing().
  SignCase pronoun_case(const Mention& m) const;
  static constexpr int of_thing(int thing) { return -2 - thing; }
  // The tokens, before a mention, that named a candidate of pronoun_case().
  std::vector<int> heads_of(int referent, const Mention& m) const;
  bool could_mean(const Mention& m, const Mention& o) const;
  double nearness(const Mention& m, const Mention& o) const;
  void remember(Mention& m, int mention);
  void tell_of_neighbour(Mention& m);
  int resolve_phrase(Mention& m);
  bool others(const Mention& m) const;
  // How sure the encoder is that a mention means each entity told before, and none of them; all
  // zero when the model has no coreference.
  struct Means {
    std::vector<float> entity;
    float none = 0;
    bool silent = true;
    int likeliest() const;
  };
  Means means(const Mention& m) const;
  int same_by_ear(const Mention& m) const;
  bool stands_within(const Mention& m, int entity) const;
  bool object_of_its_clause(const Mention& m, const Mention& subject) const;
  // Of entities whose names fit, the one that the encoder hears; `otherwise` where it hears nothing.
  int likeliest_of(const std::vector<int>& entities, int otherwise, const Mention& m) const;
  // "The leader of the rebels" is one phrase to its end.
  void take_of_phrases();
  // The entities told before that a phrase could mean; ids are their last mentions.
  SignCase antecedent_case(const Mention& m) const;
  // "Both sides", "the two leaders": -2 when the phrase names no such pair, else the entity.
  int resolve_pair(Mention& m);
  int two_persons(const Mention& m);
  int teller_before(const Mention& m) const;
  // The entity that grammar and names alone would give a phrase, -1 for none: a sign among others.
  int same_by_rule(const Mention& m) const;
  // "The Interfax news agency": a name with the noun of what it is, one mention.
  void join_named_bodies();
  // What a known body or a noun of one among the words says of its people.
  bool body_of(int begin, int end, Actor& body, std::string& name) const;
  // Whether the judge hears nobody in a noun, or in a name that only describes one ("the US fleet").
  bool doubted(const Mention& m) const;
  int open(const Mention& m);
  int without_article(const Mention& m) const;
  int left_edge(int begin, int head) const;
  bool among_modifiers(int token, int head) const;
  bool inside_quote(int token) const;
  // The first state, region or town that the words name, -1 if none; `other` gets a second one.
  // "US-led forces", "Norvanian-backed rebels"
  bool backed_by_a_state(int begin, int end) const;
  int state_in(int begin, int end, int* other = nullptr) const;
  bool joined(int begin, int end) const;
  bool adjective_before(int begin) const;
  // The phrase of office right before a name that its "of", "for" or "to" cut from it; -1 if none.
  int title_before(const Mention& m) const;
  int described_before(const Mention& m) const;
  void find_countries(int first);
  void set_country(int entity, const SignJudge::Verdict& verdict);

  const TreeView& t_;
  const Register& known_;
  const std::vector<Quotation>& quotations_;
  const JudgedWords* words_;
  const Thresholds* least_;
  const SignJudge& judge_;
  const SignJudge& antecedent_;
  const SignJudge& pronoun_;
  std::function<void(const std::vector<Mention>&, int, const SignCase&)> watch_;
  std::function<void(const Mention&, const SignCase&, const std::function<std::vector<int>(int)>&)>
      watch_pronoun_;
  std::unique_ptr<Things> things_;             // while mentions are resolved
  std::unique_ptr<const MentionSigns> signs_;  // while mentions are resolved
  std::unique_ptr<const Coreference> heard_;
  std::vector<char> dates_;  // for every token: a word of a date, nobody's name
  std::string published_;
  std::vector<Mention> mentions_;
  std::vector<Entity> entities_;
  struct Memory {  // what resolution knows of an entity beyond the record
    int state = -1;
    bool names_state = false, plural = false, several = false;
    char gender = 0;
    std::vector<std::string> words;  // of its names
    std::vector<std::string> heads;  // lemmas of the phrases that named it
    int last = -1;                   // mention
    int count = 0;                   // of mentions
  };
  std::vector<Memory> memory_;
  std::unordered_map<std::string, std::array<float, 6>> name_kinds_;  // votes by NameKind
  // Last words of full names of people, and names of what something happens in, near or across.
  std::unordered_set<std::string> last_names_, located_;
  std::vector<int> mention_of_;  // token → mention with this head, -1
  std::vector<int> cover_;       // token → smallest mention around it, -1
  void cover(int mention);
  std::vector<char> taken() const;
  struct Settled {
    KnownName known{NameSort::state, -1};
    std::string why;
  };
  std::unordered_map<std::string, Settled>
      ambiguity_;  // ambiguous names as they are meant in this article
  const KnownName* settle(std::string_view name, const KnownName* known);
  const KnownName* local_body(const std::vector<KnownName>& bodies) const;
  // "Brussels" of a report that speaks of the European Union and not of Belgium; nullptr elsewhere. Settled once for
  // an article.
  const KnownName* seated_body(std::string_view capital, int state);
  std::map<std::string, const KnownName*, std::less<>> seated_;
  bool trail_ready_ = false;
  OwnAcronyms acronyms_;
  StateTrail trail_;
};

}  // namespace chancery
