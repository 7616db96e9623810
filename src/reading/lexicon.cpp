#include "reading/lexicon.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_set>

#include "base/error.h"
#include "base/table.h"
#include "record/vocabulary.h"

namespace chancery {

namespace {

// The kinds of cues by their names in cues.tsv; throws for a name that is none.
CueKind cue_kind(const Table::Row& row, const std::string& name) {
  static const std::unordered_map<std::string_view, CueKind> kinds = {
      {"say", CueKind::say},     {"urge", CueKind::urge}, {"document", CueKind::document},
      {"think", CueKind::think}, {"wish", CueKind::wish}, {"act", CueKind::act},
      {"none", CueKind::none}};
  auto found = kinds.find(name);
  if (found == kinds.end())
    row.fail("kind '" + name + "' is none of say, urge, document, think, wish, act, none");
  return found->second;
}

}  // namespace

bool Cue::takes(std::string_view shape) const {
  return std::find(shapes.begin(), shapes.end(), shape) != shapes.end();
}

bool Cue::tells() const {
  return std::any_of(shapes.begin(), shapes.end(), [](const std::string& s) {
    return s != "carry" && s != "quoted" && s != "author" && s != "occasion" && s != "speech" &&
           s != "medium" && s != "platform" && s != "wire" && s != "plea" && s != "press";
  });
}

Lexicon::Lexicon(const std::string& folder, const std::string& ontology_folder)
    : ontology_(ontology_folder), words_(folder + "/lexicon/words.tsv") {
  read_cues(folder + "/lexicon/cues.tsv");
  read_forces(folder + "/lexicon/forces.tsv");
  read_irregular(folder + "/lexicon/irregular.tsv");
  const std::string traits = ontology_folder + "/traits.tsv",
                    events = ontology_folder + "/events.tsv";
  const bool own = std::filesystem::exists(traits);
  read_traits(own ? traits : folder + "/ontology/traits.tsv", own);
  read_triggers(std::filesystem::exists(events) ? events : folder + "/lexicon/events.tsv");
}

void Lexicon::read_irregular(const std::string& path) {
  Table irregular(path, {"form", "lemma", "of"});
  for (const Table::Row& row : irregular.rows()) {
    static const std::map<std::string, std::string> ends = {
        {"verb", "/verb"}, {"past", "/past"}, {"plural", "/plural"}};
    auto end = ends.find(row[2]);
    if (end == ends.end()) row.fail("'" + row[2] + "' is none of verb, past, plural");
    if (!irregular_.emplace(row[0] + end->second, row[1]).second)
      row.fail("'" + row[0] + "' stands twice as " + row[2]);
    lemmas_.insert(row[1]);
  }
}

void Lexicon::read_cues(const std::string& path) {
  static const std::unordered_set<std::string> shapes = {
      "clause",     "quote", "object-to", "to",       "for",      "as",       "of",     "noun",
      "object-ing", "carry", "quoted",    "author",   "occasion", "speech",   "medium", "plea",
      "own",        "asks",  "answers",   "dialogue", "end",      "platform", "wire",   "press"};
  Table cues(path, {"cue", "kind", "shapes", "strength"});
  for (const Table::Row& row : cues.rows()) {
    Cue cue;
    cue.kind = cue_kind(row, row[1]);
    cue.shapes = row.list(2);
    for (const std::string& s : cue.shapes)
      if (!shapes.count(s)) row.fail("shape '" + s + "' is unknown");
    if (row[3] != "say" && row[3] != "judge") row.fail("strength must be say or judge");
    cue.sure = row[3] == "say";
    if (!cues_.emplace(row[0], std::move(cue)).second) row.fail("'" + row[0] + "' stands twice");
    lemmas_.insert(row[0]);
  }
}

void Lexicon::read_forces(const std::string& path) {
  static const std::unordered_set<std::string> places = {"cue", "adverb", "modal", "above", "over"};
  Table forces(path, {"word", "where", "force"});
  for (const Table::Row& row : forces.rows()) {
    if (!places.count(row[1]))
      row.fail("'" + row[1] + "' is none of cue, adverb, modal, above, over");
    if (!kForces.has(row[2]))
      row.fail("'" + row[2] + "' is no force; there are " + kForces.listed());
    if (!forces_.emplace(row[0] + "/" + row[1], row[2]).second)
      row.fail("'" + row[0] + "' stands twice as " + row[1]);
  }
}

void Lexicon::read_traits(const std::string& path, bool own) {
  static constexpr std::array<std::string_view, static_cast<size_t>(Trait::kTraits)> names = {
      "meeting",
      "accord",
      "request",
      "refusal",
      "retreat",
      "yields",
      "violent",
      "forceful",
      "mobilizes",
      "protests",
      "in_place",
      "gives",
      "spares_owner",
      "done_to_object",
      "by_somebody",
      "blames_or_asks",
      "noun_in_clause",
      "arranged",
      "failed_is_refused",
      "refusable",
      "done_by_words",
      "verbal",
      "retold_in_sentence",
      "aimed"};
  std::array<bool, names.size()> listed{};
  Table table(path, {"trait", "types", "words"});
  for (const Table::Row& row : table.rows()) {
    const auto at = std::find(names.begin(), names.end(), row[0]);
    if (at == names.end()) row.fail("'" + row[0] + "' is no trait of acts");
    const auto trait = static_cast<size_t>(at - names.begin());
    if (listed[trait]) row.fail("'" + row[0] + "' stands twice");
    listed[trait] = true;
    traits_[trait] = row.list(1);
    for (const std::string& type : traits_[trait])
      if (own && !ontology_.type(type)) row.fail("'" + type + "' is no type of the ontology");
  }
  for (size_t k = 0; k < names.size(); ++k)
    if (!listed[k])
      throw StartError(path + ": the trait '" + std::string(names[k]) + "' is missing");
}

void Lexicon::read_triggers(const std::string& path) {
  Table events(path,
               {"words", "part", "with", "objects", "type", "mode", "cameo", "source", "target"});
  for (const Table::Row& row : events.rows()) {
    if (row[1] != "v" && row[1] != "n" && row[1] != "a") row.fail("part must be v, n or a");
    if (row[4] != kNoAct && !ontology_.type(row[4]))
      row.fail("'" + row[4] + "' is no type of the ontology");
    if (!row[5].empty() && !ontology_.has_mode(row[4], row[5]))
      row.fail(row[4] + " has no mode '" + row[5] + "' in the ontology");
    if (!row[6].empty() && !ontology_.code(row[6]))
      row.fail("CAMEO code " + row[6] + " is not in the ontology");
    for (const std::string& lemma : row.list(0)) {
      Trigger t;
      t.lemma = lemma;
      t.part = row[1][0];
      t.particle = row[2];
      t.objects = row.list(3);
      t.type = row[4];
      t.mode = row[5];
      t.cameo = row[6];
      t.source = row[7].empty() ? (t.part == 'n' ? "poss" : "subject") : row[7];
      for (std::string target : row.list(8)) {
        if (target.ends_with("!")) {
          t.needs_target = true;
          target.pop_back();
        }
        t.target.push_back(target);
      }
      t.verbal = has(t.type, Trait::verbal);
      t.place = row.place().substr(row.place().rfind('/') + 1);
      lemmas_.insert(lemma);
      lemmas_.insert(t.objects.begin(), t.objects.end());
      triggers_[lemma + "/" + row[1]].push_back(std::move(t));
      ++trigger_count_;
    }
  }
  for (auto& [lemma, list] : triggers_)
    std::stable_sort(list.begin(), list.end(), [](const Trigger& a, const Trigger& b) {
      return (!a.particle.empty()) + 2 * (!a.objects.empty()) >
             (!b.particle.empty()) + 2 * (!b.objects.empty());
    });
}

std::string Lexicon::force(std::string_view word, std::string_view where) const {
  auto found = forces_.find(std::string(word) + "/" + std::string(where));
  return found == forces_.end() ? "" : found->second;
}

const Cue* Lexicon::cue(std::string_view lemma) const {
  auto found = cues_.find(std::string(lemma));
  return found == cues_.end() ? nullptr : &found->second;
}

const std::vector<Trigger>& Lexicon::triggers(std::string_view lemma, char part) const {
  static const std::vector<Trigger> none;
  auto found = triggers_.find(std::string(lemma) + "/" + part);
  // The lemma of a rare verb may lack its last letter ("telephon") or have one too many
  // ("kidnapp").
  if (found == triggers_.end()) found = triggers_.find(std::string(lemma) + "e/" + part);
  if (found == triggers_.end() && lemma.size() > 3 &&
      lemma[lemma.size() - 1] == lemma[lemma.size() - 2])
    found = triggers_.find(std::string(lemma.substr(0, lemma.size() - 1)) + "/" + part);
  return found == triggers_.end() ? none : found->second;
}

std::string_view Lexicon::irregular(std::string_view form, std::string_view tag) const {
  const auto as = [&](std::string_view of) -> std::string_view {
    auto found = irregular_.find(std::string(form) + std::string(of));
    return found == irregular_.end() ? std::string_view() : std::string_view(found->second);
  };
  if (tag == "NNS") return as("/plural");
  const std::string_view past = tag == "VBD" || tag == "VBN" ? as("/past") : std::string_view();
  return tag.starts_with("VB") && past.empty() ? as("/verb") : past;
}

bool Lexicon::knows(std::string_view lemma) const { return lemmas_.count(std::string(lemma)) > 0; }

bool Lexicon::goldstein(const std::string& cameo, double& value) const {
  const Ontology::Code* code = ontology_.code(cameo);
  if (!code || !code->goldstein) return false;
  value = *code->goldstein;
  return true;
}

std::string Lexicon::cameo_of(const std::string& type, const std::string& mode) const {
  if (!mode.empty())
    for (const auto& [code, meaning] : ontology_.codes())
      if (meaning.type == type && meaning.mode == mode) return code;
  const Ontology::Type* t = ontology_.type(type);
  return t ? t->cameo : "";
}

bool Lexicon::has(std::string_view type, Trait trait) const {
  const std::vector<std::string>& types = traits_[static_cast<size_t>(trait)];
  return std::find(types.begin(), types.end(), type) != types.end();
}

const std::string& Lexicon::type_with(Trait trait) const {
  static const std::string none;
  const std::vector<std::string>& types = traits_[static_cast<size_t>(trait)];
  return types.empty() ? none : types[0];
}

std::string Lexicon::type_of(const std::string& cameo) const {
  const Ontology::Code* code = ontology_.code(cameo);
  return code ? code->type : "";
}

}  // namespace chancery
