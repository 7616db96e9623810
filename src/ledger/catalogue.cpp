#include "ledger/catalogue.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/answer.h"
#include "ledger/suggest.h"
#include "record/when.h"

namespace chancery {
namespace {

constexpr size_t kLongest = 300;  // bytes of a value

const std::vector<Filter>& filters() {
  static const std::vector<Filter> all = {
      {"by", "--by", "Who spoke, acted or holds", Filter::actor},
      {"to", "--to,--toward", "To or toward whom", Filter::actor},
      {"between", "--between", "Two actors, in either direction", Filter::pair},
      {"actor", "--actor", "Who takes any part", Filter::actor},
      {"country", "--country", "A state that takes any part, by code or name", Filter::country},
      {"about", "--about", "Who or what is spoken of", Filter::text},
      {"text", "--text", "Words in the article", Filter::text},
      {"q", "WORDS", "Words to look for", Filter::text},
      {"topic", "--topic", "An issue, or words of the topic or content", Filter::text},
      {"stance", "--stance", "How a position stands", Filter::listed, &kStances},
      {"type", "--type", "Type of the ontology (CONSULT, REJECT, …)", Filter::code, nullptr,
       &Codes::types},
      {"mode", "--mode", "Mode of the ontology (visit, phone, …)", Filter::code, nullptr,
       &Codes::modes},
      {"status", "--status", "Whether it happened", Filter::listed, &kStatuses},
      {"force", "--force", "How strongly it is said", Filter::listed, &kForces},
      {"quote", "--quote", "Word for word or not", Filter::listed, &kQuotes},
      {"from", "--from", "First date (2025, 2025-09, 2025-09-21, 2025-W38)", Filter::day},
      {"until", "--until", "Last date", Filter::day},
      {"period", "--by-period", "What is summed up", Filter::listed, &kPeriods},
      {"story", "--story", "Number of a storyline", Filter::number},
      {"article", "--article", "Number of an article", Filter::number},
      {"order", "--order", "Which comes first", Filter::listed, &kOrders},
      {"after", "--after", "Go on behind the page before: what it said of the next", Filter::mark},
  };
  return all;
}

std::string spelled(const Filter& f, Door door) {
  if (door == Door::http) return f.name;
  std::string_view option = f.option;
  return std::string(option.substr(0, option.find(',')));
}

bool printable(std::string_view value) {
  return valid_utf8(value) && std::none_of(value.begin(), value.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

bool has_word(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    char32_t c = decode_utf8(text, at);
    if (is_letter(c) || is_digit(c)) return true;
  }
  return false;
}

class Reading {
 public:
  Reading(const Asked& asked, const Known& known, Door door)
      : asked_(asked), known_(known), door_(door) {}

  Question question(std::string_view allowed, std::string_view own) {
    std::vector<std::string_view> names = split_words(allowed), owned = split_words(own);
    for (const auto& [name, values] : asked_) {
      if (std::find(owned.begin(), owned.end(), name) != owned.end()) continue;
      if (std::find(names.begin(), names.end(), name) == names.end()) refuse(name, names, owned);
      read(*find_filter(name), values);
    }
    if (!q_.from.empty() && !q_.until.empty() && When(q_.from).from_day() > When(q_.until).to_day())
      throw UsageError("the period ends before it begins: from " + q_.from + " until " + q_.until);
    return std::move(q_);
  }

 private:
  [[noreturn]] void refuse(const std::string& name, const std::vector<std::string_view>& names,
                           const std::vector<std::string_view>& owned) const {
    std::vector<std::string> all(names.begin(), names.end());
    all.insert(all.end(), owned.begin(), owned.end());
    std::sort(all.begin(), all.end());
    std::string shown = printable(name) ? name.substr(0, 60) : "…";
    throw UsageError("'" + shown + "' is no parameter here; there " +
                     (all.empty() ? "are none" : "are " + join(all, ", ")));
  }

  void read(const Filter& f, const std::vector<std::string>& given) {
    const std::string name = spelled(f, door_);
    std::vector<std::string> values;
    for (const std::string& v : given) {
      if (v.size() > kLongest)
        throw UsageError(name + ": longer than " + std::to_string(kLongest) + " bytes");
      if (!printable(v)) throw UsageError(name + ": no text (UTF-8 without control characters)");
      if (v.empty() && door_ == Door::http) continue;
      if (trim(v).empty()) throw UsageError(name + ": empty");
      values.emplace_back(trim(v));
    }
    if (values.empty()) return;
    if (f.form == Filter::pair) return between(name, values);
    if (values.size() > 1) throw UsageError(name + ": given twice");
    take(f, name, values[0]);
  }

  void take(const Filter& f, const std::string& name, const std::string& value) {
    const std::string key = f.name;
    switch (f.form) {
      case Filter::actor:
        (key == "by" ? q_.by : key == "to" ? q_.toward : q_.actor) = actor(name, value);
        break;
      case Filter::country: q_.country = country_of(name, value, known_.names); break;
      case Filter::text:
        if (!has_word(value)) throw UsageError(name + ": there is no word in '" + value + "'");
        if (key == "about") q_.about = about_filter(value, known_.names);
        else (key == "topic" ? q_.topic : q_.text) = value;
        break;
      case Filter::listed:
      case Filter::code: {
        std::string code = one_of(name, value, f.values(known_.codes));
        if (key == "order") q_.newest_first = code == "newest";
        else
          (key == "stance"   ? q_.stance
           : key == "type"   ? q_.type
           : key == "mode"   ? q_.mode
           : key == "status" ? q_.status
           : key == "force"  ? q_.force
           : key == "quote"  ? q_.quote
                             : q_.by_period) = code;
        break;
      }
      case Filter::day:
        (key == "from" ? q_.from : q_.until) = day_of(name, value, key == "until");
        break;
      case Filter::number: (key == "story" ? q_.story : q_.article) = number(name, value); break;
      case Filter::mark: q_.after = value; break;
      case Filter::pair: break;
    }
  }

  // "NOR,ISL" over HTTP, two words on the command line.
  void between(const std::string& name, std::vector<std::string> values) {
    if (values.size() == 1) {
      std::string both = values[0];
      values.clear();
      for (std::string_view side : split(both, ',')) values.emplace_back(trim(side));
    }
    if (values.size() != 2 || values[0].empty() || values[1].empty())
      throw UsageError(name + ": two actors" +
                       (door_ == Door::http ? " apart by a comma (PRK,USA)" : " (PRK USA)"));
    q_.between_a = actor(name, values[0]);
    q_.between_b = actor(name, values[1]);
  }

  ActorFilter actor(const std::string& name, const std::string& value) const {
    if (!has_word(value)) throw UsageError(name + ": '" + value + "' is no name");
    return actor_filter(value, known_.names);
  }

  static int64_t number(const std::string& name, const std::string& value) {
    int64_t n = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
    if (error != std::errc() || end != value.data() + value.size() || n < 1)
      throw UsageError(name + ": '" + value.substr(0, 40) + "' is no number of 1 or more");
    return n;
  }

  const Asked& asked_;
  const Known& known_;
  Door door_;
  Question q_;
};

}  // namespace

std::vector<std::string> Filter::values(const Codes& vocabulary) const {
  if (list) return {list->values().begin(), list->values().end()};
  if (codes) return (vocabulary.*codes)();
  return {};
}

const Filter* find_filter(std::string_view name) {
  for (const Filter& f : filters())
    if (f.name == name) return &f;
  return nullptr;
}

const std::vector<QuestionKind>& questions() {
  static const std::vector<QuestionKind> all = {
      {"statements", "Who said what, on whose word",
       "by to actor country about force quote from until text story article order after",
       "--by Varga --about Norvania --from 2024-05", &Ledger::statements},
      {"events", "Who did what to whom",
       "by to between actor country type mode status from until text story article order after",
       "--between PRK USA --type CONSULT", &Ledger::events},
      {"acts", "Events, each act once, with the number of reports that tell it",
       "by to between actor country type mode status from until text story article order after",
       "--by PRK --type MOBILIZE", &Ledger::happenings},
      {"timeline", "Two states: events and Goldstein sums by day, week, month or year",
       "between type from until period after", "--between PRK USA --by-period month",
       &Ledger::timeline},
      {"positions", "Who demands, offers, accepts, refuses what, on which condition",
       "by to actor country topic stance from until text story article order after",
       "--by Varga --topic port", &Ledger::positions},
      {"changes", "Changes of position: hardened, softened, another condition, a first mention",
       "by to actor country topic from until text after", "--by Varga", &Ledger::changes},
      {"calendar",
       "Meetings, plans, votes, elections, court dates, deadlines: what has a date, past and "
       "coming, "
       "and what became of it",
       "by to actor country status from until text order after",
       "--from 2024-05-01 --until 2024-06-30", &Ledger::calendar},
      {"deadlines", "What somebody demands, offers or warns of for a later day",
       "by actor from until after", "--from 2024-05-01", &Ledger::deadlines},
      {"novelty",
       "What is claimed to be the first, the largest, new since a time; and what the ledger says "
       "of it",
       "by actor country from until text order after", "--by Varga", &Ledger::novelty},
      {"stories", "Storylines: articles by actors, topics and time", "actor from until text after",
       "--actor Norvania", &Ledger::stories},
      {"articles", "The articles of the ledger", "actor text from until story after",
       "--actor Norvania", &Ledger::articles_of},
      {"topics", "The issues on which positions are held", "from until after", "", &Ledger::topics},
      {"contacts", "Whom an actor meets, accuses, aids, and how often", "actor from until after",
       "--actor Varga", &Ledger::contacts},
      {"network", "Pairs of states with what passed between them", "actor from until after",
       "--from 2024-01 --until 2024-06", &Ledger::network},
      {"copies", "Articles that repeat another nearly word for word, and versions of one address",
       "from until after", "", &Ledger::copies},
      {"actors", "Who is in the ledger", "actor country text after", "--actor Norvania",
       &Ledger::actors},
      {"search", "Articles by their words", "q from until after", "'port blockade'",
       &Ledger::search},
  };
  return all;
}

const QuestionKind* find_question(std::string_view name) {
  for (const QuestionKind& kind : questions())
    if (kind.name == name) return &kind;
  return nullptr;
}

Question question_of(std::string_view filters, const Asked& asked, const Known& known, Door door,
                     std::string_view own) {
  return Reading(asked, known, door).question(filters, own);
}

std::string day_of(const std::string& spelled, const std::string& value, bool last) {
  When w(value);
  bool whole = w.precision() == Precision::day || w.precision() == Precision::month ||
               w.precision() == Precision::year;
  if (!w.valid() || !w.dated() || w.precision() > Precision::year || w.precision() < Precision::day)
    throw UsageError(spelled + ": '" + value.substr(0, 40) +
                     "' is no date (2025, 2025-09, 2025-09-21, 2025-W38, 2025-Q3)");
  return whole ? value : last ? w.to_day() : w.from_day();
}

std::string country_of(const std::string& spelled, const std::string& value,
                       const Register& known) {
  std::string capitals = value;
  for (char& c : capitals)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (known.state_index(capitals) >= 0 || kBodies.has(capitals)) return capitals;
  const KnownName* name = known.find(value);
  if (name && name->sort != NameSort::organization)
    return known.states()[static_cast<size_t>(name->index)].code;
  std::vector<std::string> names;
  for (const State& s : known.states()) names.push_back(s.name);
  std::vector<std::string> near = nearest(value, names);
  throw UsageError(spelled + ": '" + value.substr(0, 60) +
                   "' is no state, by code (ISO 3166 alpha-3) or by name, nor " + kBodies.listed() +
                   (near.empty() ? "" : "; did you mean " + join(near, ", ") + "?"));
}

std::string one_of(const std::string& spelled, const std::string& value,
                   const std::vector<std::string>& list) {
  const std::string low = lower(value);
  for (const std::string& v : list)
    if (lower(v) == low) return v;
  std::vector<std::string> near = nearest(value, list, 1);
  throw UsageError(spelled + ": '" + value.substr(0, 60) + "' is none of " + join(list, ", ") +
                   (near.empty() ? "" : "; did you mean " + near[0] + "?"));
}

}  // namespace chancery
