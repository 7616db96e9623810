#include "present/words.h"

#include <charconv>

#include "base/cutting.h"
#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"
#include "record/vocabulary.h"

namespace chancery::present {

Words::Words(const std::string& data, const Register& known) : known_(known) {
  Table acts(data + "/present/acts.tsv",
             {"type", "mode", "done", "alone", "plan", "noun", "joint"});
  for (const Table::Row& row : acts.rows()) {
    for (size_t column : {0, 2, 3, 4, 5, 6})
      if (row[column].empty()) row.fail("a cell is empty");
    if (!acts_.emplace(std::pair(row[0], row[1]), Act{row[2], row[3], row[4], row[5], row[6]})
             .second)
      row.fail("'" + row[0] + " " + row[1] + "' stands twice");
  }
  Table words(data + "/present/words.tsv", {"list", "word", "said"});
  const std::set<std::string> lists = {
      "status",      "force",  "stance", "stance_said", "stance_thing", "kind",
      "body",        "sector", "verbal", "vague",       "past",         "plain_cue",
      "telling_cue", "office", "limit",  "past_of",     "conceding",    "abbreviation",
      "pronoun",     "joint",  "mutual", "occasion"};
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
  return {own + ":", own, "to " + own + ":", own, "with"};
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
  constexpr size_t kMost = 140;
  return said("occasion", kind) + ": " + shortened(std::string(squeeze(words)), kMost);
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

std::string Words::full(const Entity& e) const {
  const std::string more = standing(e);
  return e.name + (more.empty() ? "" : ", " + more);
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
    list.push_back(x.name);
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

std::string Words::sentence(const Record& r, const Event& e) const {
  return sentence(e.type, e.mode, e.status, e.source.empty() ? "" : names(r, e.source),
                  names(r, e.target));
}

std::string Words::sentence(const std::string& type, const std::string& mode,
                            const std::string& status, const std::string& who,
                            const std::string& other) const {
  const Act words = act(type, mode);
  const std::string doer = who.empty() ? "Somebody" : sentence_case(who);
  const std::string are = doer.find(" and ") != std::string::npos ? " are " : " is ";
  if (status == "planned") {
    if (other.empty()) return doer + ": " + words.noun;
    return doer + are + words.plan + " " + other;
  }
  // What may be is not told as if it was.
  if ((status == "possible" || status == "conditional") && words.plan.starts_with("to ")) {
    const std::string may = " may " + words.plan.substr(3);
    return other.empty() ? doer + ": " + words.noun + ", perhaps" : doer + may + " " + other;
  }
  if (status == "denied")
    return "Denied: " + doer + " " + (other.empty() ? words.alone : words.done + " " + other);
  return doer + " " + (other.empty() ? words.alone : words.done + " " + other);
}

std::string Words::thing(const Record& r, const Event& e) const {
  const Act words = act(e.type, e.mode);
  const std::string other = names(r, e.target);
  return words.noun + (other.empty() ? "" : " " + words.joint + " " + other);
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace chancery::present
