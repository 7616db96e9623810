#include "reading/lexicon.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

#include "base/table.h"

namespace chancery {

bool Cue::takes(std::string_view shape) const { return std::find(shapes.begin(), shapes.end(), shape) != shapes.end(); }

Lexicon::Lexicon(const std::string& folder) {
  static const std::unordered_set<std::string> shapes = {"clause", "quote", "object-to", "to", "for", "as", "of", "noun", "object-ing"};
  Table cues(folder + "/lexicon/cues.tsv", {"cue", "shapes", "strength"});
  for (const Table::Row& row : cues.rows()) {
    Cue cue;
    cue.shapes = row.list(1);
    for (const std::string& s : cue.shapes)
      if (!shapes.count(s)) row.fail("shape '" + s + "' is unknown");
    if (row[2] != "say" && row[2] != "judge") row.fail("strength must be say or judge");
    cue.sure = row[2] == "say";
    if (!cues_.emplace(row[0], std::move(cue)).second) row.fail("'" + row[0] + "' stands twice");
  }
  static const std::unordered_set<std::string> places = {"cue", "adverb", "modal", "above"}, forces = {"denied", "hedged", "questioned", "withheld"};
  Table force_table(folder + "/lexicon/forces.tsv", {"word", "where", "force"});
  for (const Table::Row& row : force_table.rows()) {
    if (!places.count(row[1])) row.fail("'" + row[1] + "' is none of cue, adverb, modal, above");
    if (!forces.count(row[2])) row.fail("'" + row[2] + "' is none of denied, hedged, questioned, withheld");
    if (!forces_.emplace(row[0] + "/" + row[1], row[2]).second) row.fail("'" + row[0] + "' stands twice as " + row[1]);
  }
  static const std::unordered_set<std::string> types = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
  Table codes(folder + "/ontology/cameo.tsv", {"code", "type", "goldstein", "name"});
  for (const Table::Row& row : codes.rows()) {
    if (!row[1].empty() && !types.count(row[1])) row.fail("'" + row[1] + "' is no PLOVER type");
    try {
      if (!goldstein_.emplace(row[0], std::stod(row[2])).second) row.fail("code " + row[0] + " stands twice");
    } catch (const std::invalid_argument&) {
      row.fail("'" + row[2] + "' is no number");
    }
    type_of_[row[0]] = row[1];
    // The general code of a type: three digits ending in 0 where there is one.
    std::string& general = cameo_of_[row[1]];
    if (general.empty() || (general.back() != '0' && row[0].size() == 3 && row[0].back() == '0')) general = row[0];
  }
  Table events(folder + "/lexicon/events.tsv", {"words", "part", "with", "objects", "type", "mode", "cameo", "source", "target"});
  for (const Table::Row& row : events.rows()) {
    if (row[1] != "v" && row[1] != "n" && row[1] != "a") row.fail("part must be v, n or a");
    if (row[4] != kNoAct && !types.count(row[4])) row.fail("'" + row[4] + "' is no PLOVER type");
    if (!row[6].empty() && !goldstein_.count(row[6])) row.fail("CAMEO code " + row[6] + " is not in the ontology");
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
      t.verbal = t.type == "REQUEST" || t.type == "ACCUSE" || t.type == "REJECT" || t.type == "THREATEN" || t.type == "AGREE" || t.type == "SUPPORT" || t.type == "CONCEDE";
      t.place = row.place().substr(row.place().rfind('/') + 1);
      triggers_[lemma + "/" + row[1]].push_back(std::move(t));
      ++trigger_count_;
    }
  }
  for (auto& [lemma, list] : triggers_)
    std::stable_sort(list.begin(), list.end(), [](const Trigger& a, const Trigger& b) { return (!a.particle.empty()) + 2 * (!a.objects.empty()) > (!b.particle.empty()) + 2 * (!b.objects.empty()); });
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
  return found == triggers_.end() ? none : found->second;
}

bool Lexicon::goldstein(const std::string& cameo, double& value) const {
  auto found = goldstein_.find(cameo);
  if (found == goldstein_.end()) return false;
  value = found->second;
  return true;
}

std::string Lexicon::cameo_of(const std::string& type) const {
  auto found = cameo_of_.find(type);
  return found == cameo_of_.end() ? "" : found->second;
}

std::string Lexicon::type_of(const std::string& cameo) const {
  auto found = type_of_.find(cameo);
  return found == type_of_.end() ? "" : found->second;
}

}  // namespace chancery
