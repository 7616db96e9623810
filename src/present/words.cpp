#include "present/words.h"

#include <algorithm>
#include <charconv>

#include "base/cutting.h"
#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"
#include "record/vocabulary.h"

namespace chancery::present {

Words::Words(const std::string& data, const Register& known) : known_(known) {
  Table acts(data + "/present/acts.tsv",
             {"type", "mode", "done", "alone", "plan", "plan_alone", "noun", "joint"});
  for (const Table::Row& row : acts.rows()) {
    for (size_t column : {0, 2, 3, 4, 5, 6, 7})
      if (row[column].empty()) row.fail("a cell is empty");
    const Act act = {row[2], row[3], row[4], row[5], row[6], row[7]};
    if (!acts_.emplace(std::pair(row[0], row[1]), act).second)
      row.fail("'" + row[0] + " " + row[1] + "' stands twice");
  }
  Table words(data + "/present/words.tsv", {"list", "word", "said"});
  const std::set<std::string> lists = {
      "status",   "force",   "stance",    "stance_said",  "stance_thing", "kind",        "body",
      "sector",   "verbal",  "vague",     "past",         "plain_cue",    "telling_cue", "office",
      "limit",    "past_of", "conceding", "abbreviation", "pronoun",      "joint",       "mutual",
      "occasion", "several", "opener",    "lead",         "modal"};
  for (const Table::Row& row : words.rows()) {
    if (!lists.count(row[0])) row.fail("unknown list '" + row[0] + "'");
    if (row[2].empty()) row.fail("nothing is said of '" + row[1] + "'");
    if (!said_.emplace(std::pair(row[0], row[1]), row[2]).second)
      row.fail("'" + row[1] + "' stands twice");
    if (row[0] != "limit") continue;
    if (row[1] != "near") row.fail("unknown limit '" + row[1] + "' (known: near)");
    const char* end = row[2].data() + row[2].size();
    auto [at, error] = std::from_chars(row[2].data(), end, near_);
    if (error != std::errc() || at != end || !(near_ >= 0 && near_ <= 1))
      row.fail("'" + row[2] + "' is no part of one");
  }
}

Words::Act Words::act(const std::string& type, const std::string& mode) const {
  auto found = acts_.find({type, mode});
  if (found == acts_.end()) found = acts_.find({type, ""});
  if (found != acts_.end()) return found->second;
  const std::string own = lower(type);
  return {own + ":", own, "to " + own + ":", "to " + own, own, "with"};
}

std::string Words::noun(const std::string& type, const std::string& mode) const {
  return kOccasions.has(type) ? lower(said("occasion", type)) : act(type, mode).noun;
}

std::string Words::said(const std::string& list, const std::string& word) const {
  auto found = said_.find({list, word});
  if (found == said_.end()) return word;
  return found->second == "-" ? "" : found->second;
}

std::string Words::occasion(const std::string& kind, const std::string& words) const {
  constexpr size_t kMost = 140, kClause = 5;  // characters; words that tell it themselves
  std::string text = shortened(squeeze(words), kMost);
  const std::string first = lower(text.substr(0, text.find(' ')));
  const bool hangs = said_.count({"lead", first}) > 0;  // "which will meet in Olm"
  if (hangs) text = std::string(trim(std::string_view(text).substr(first.size())));
  return !hangs && split_words(text).size() >= kClause ? sentence_case(text)
                                                       : said("occasion", kind) + ": " + text;
}

std::string Words::saying(const std::string& cue, const std::string& content) const {
  if (!telling_cue(cue) || cue.find(' ') != std::string::npos) return ": ";
  // A quotation stands by itself, and so does what begins as a sentence does.
  const std::string first = content.substr(0, content.find(' '));
  const bool name = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
  const bool apart = first.starts_with("\"") || first.starts_with("“") ||
                     (name && said_.count({"opener", lower(first)}) > 0);
  return " " + lower(cue) + (apart ? ": " : " ");
}

bool Words::past(const std::string& word) const {
  if (word.find(' ') != std::string::npos) return false;
  return (word.size() > 3 && word.ends_with("ed")) || said_.count({"past", word}) > 0;
}

bool Words::telling_cue(const std::string& cue) const {
  const std::string word = lower(cue);
  if (said_.count({"plain_cue", word})) return false;
  return past(word) || said_.count({"telling_cue", word}) > 0;
}

bool Words::vague(const std::string& type, const std::string& mode) const {
  return said_.count({"vague", type}) ||
         said_.count({"vague", type + " " + (mode.empty() ? "-" : mode)});
}

std::string Words::state(const std::string& code) const {
  if (int index = known_.state_index(code); index >= 0)
    return known_.states()[static_cast<size_t>(index)].name;
  return code.empty() ? "" : said("body", code);
}

bool Words::says_state(const std::string& name, const std::string& code) const {
  const std::vector<std::string_view> words = split_words(name);
  const std::string state_name = state(code);
  if (state_name.empty() || lower(name).find(lower(state_name)) != std::string::npos) return true;
  for (size_t from = 0; from < words.size(); ++from)
    for (size_t to = from + 1; to <= std::min(words.size(), from + 3); ++to) {
      const std::string some(words[from].data(),
                             static_cast<size_t>(words[to - 1].end() - words[from].begin()));
      const KnownName* known = known_.find(some);
      if (known && known->sort != NameSort::organization &&
          known_.states()[static_cast<size_t>(known->index)].code == code)
        return true;
    }
  return false;
}

std::string Words::standing(const Entity& e) const {
  std::vector<std::string> parts;
  const bool named = lower(e.name).find(lower(e.role)) != std::string::npos;
  // "-" for what is no office: whose wife, what man.
  const std::string office = e.role.empty() || named ? "" : said("office", lower(e.role));
  if (e.kind == "person" && !office.empty()) parts.push_back(office);
  const bool body = known_.state_index(e.actor.country) < 0;
  if (e.kind != "place" && !body && !says_state(e.name + " " + e.role, e.actor.country))
    parts.push_back(state(e));
  return join(parts, ", ");
}

std::string Words::state(const std::string& code, bool inferred) const {
  const std::string name = state(code);
  return inferred && !name.empty() ? "probably " + name : name;
}

std::string Words::state(const Entity& e) const {
  return state(e.actor.country, e.basis == "context");
}

std::string Words::called(const Entity& e) {
  constexpr size_t kInitials = 3;  // "MBS" are no name
  if (e.kind != "person") return e.name;
  std::string out = e.name;
  for (std::string_view word : split_words(e.name)) {
    if (word.size() <= kInitials) continue;
    if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
      continue;
    for (size_t i = static_cast<size_t>(word.data() - e.name.data()) + 1, n = word.size() - 1; n--;
         ++i)
      out[i] = static_cast<char>(out[i] - 'A' + 'a');
  }
  return out;
}

std::string Words::full(const Entity& e) const {
  const std::string more = standing(e);
  return called(e) + (more.empty() ? "" : ", " + more);
}

std::string Words::names(const Record& r, const std::vector<int>& who) const {
  std::set<std::string> told;  // states whose people are named
  for (int e : who)
    if (r.entities[static_cast<size_t>(e)].kind != "place")
      told.insert(r.entities[static_cast<size_t>(e)].actor.country);
  std::vector<std::string> list;
  for (int e : who) {
    const Entity& x = r.entities[static_cast<size_t>(e)];
    if (x.kind == "place" && !x.actor.country.empty() && told.count(x.actor.country)) continue;
    list.push_back(called(x));
  }
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    if (i) out += i + 1 == list.size() ? " and " : ", ";
    out += list[i];
  }
  return out;
}

bool Words::acts(const Entity& e) {
  if (e.kind == "place") return !e.actor.country.empty() && e.actor.sector == "GOV";
  return e.kind == "person" || e.kind == "organization" || e.kind == "group";
}

bool Words::many(const std::string& names) const {
  if (names.find(" and ") != std::string::npos) return true;
  const std::vector<std::string_view> words = split_words(names);
  if (words.empty()) return false;
  auto several = [&](size_t at) {
    return at < words.size() && said_.count({"several", lower(words[at])}) > 0;
  };
  const bool the = lower(words[0]) == "the";
  if (several(0) || (the && several(1))) return true;
  const bool common = names[0] >= 'a' && names[0] <= 'z';  // "opposition parties"
  if (!the && !common) return false;
  if (known_.find(names) || (the && known_.find(names.substr(words[0].size() + 1)))) return false;
  // "The ministers of both states": the noun before what belongs to it.
  size_t noun = the && words.size() > 1 ? 1 : 0;
  while (noun + 1 < words.size() && said_.count({"opener", lower(words[noun + 1])}) == 0) ++noun;
  const std::string_view word = words[noun];
  return word.size() > 3 && word.ends_with("s") && !word.ends_with("ss");
}

std::string Words::sentence(const Record& r, const Event& e) const {
  const std::string doer = e.source.empty() ? "" : names(r, e.source);
  return sentence(act(e.type, e.mode), e.status, doer, many(doer), names(r, e.target));
}

std::string Words::sentence(const std::string& type, const std::string& mode,
                            const std::string& status, const std::string& who,
                            const std::string& other) const {
  // "Criticized the government", of a body that a ledger calls without its article.
  const auto whole = [&](const std::string& names) {
    const std::string list = listed(names), first = list.substr(0, list.find(' '));
    const bool common = !list.empty() && list[0] >= 'a' && list[0] <= 'z';
    const bool told = said_.count({"opener", first}) || said_.count({"several", first});
    return common && !told && !many(list) ? "the " + list : list;
  };
  const std::string doer = whole(who);
  return sentence(act(type, mode), status, doer, many(doer), whole(other));
}

std::string Words::sentence(const Act& words, const std::string& status, const std::string& who,
                            bool many, const std::string& other) const {
  const std::string doer = who.empty() ? "Somebody" : sentence_case(who);
  const std::string plan = other.empty() ? words.plan_alone : words.plan + " " + other;
  if (status == "planned") return doer + (many ? " are " : " is ") + plan;
  // What may be is not told as if it was.
  if ((status == "possible" || status == "conditional") && plan.starts_with("to "))
    return doer + " may " + plan.substr(3);
  const std::string done = other.empty() ? words.alone : words.done + " " + other;
  return (status == "denied" ? "Denied: " : "") + doer + " " + done;
}

std::string Words::thing(const Record& r, const Event& e) const {
  const Act words = act(e.type, e.mode);
  const std::string other = names(r, e.target);
  return words.noun + (other.empty() ? "" : " " + words.joint + " " + other);
}

std::string listed(const std::string& names) {
  constexpr size_t kName = 4;  // what is shorter behind a comma belongs to the name before: "Inc."
  const size_t last = names.rfind(", ");
  if (last == std::string::npos || names.find(" and ") != std::string::npos) return names;
  const std::string_view behind = std::string_view(names).substr(last + 2);
  if (behind.size() <= kName) return names;
  return names.substr(0, last) + " and " + std::string(behind);
}

}  // namespace chancery::present
