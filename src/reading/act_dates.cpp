#include "reading/act_dates.h"

#include <algorithm>

#include "reading/two_decimals.h"

namespace chancery {
namespace {

constexpr int kSentencesBack = 3;  // how far an act before may lend its date

// A way to a word, in steps that are few: subtypes and prepositions are told apart by the word itself.
std::string plain(std::string_view relation) {
  return std::string(relation.substr(0, relation.find(':')));
}

}  // namespace

// From the trigger up to what governs it and down to the word: "^conj v obl". Longer ways than four
// steps are far.
std::string ActDates::path(int trigger, int word) const {
  std::vector<int> up = {trigger};
  for (int at = t_[trigger].head; at >= 0 && up.size() < 4; at = t_[at].head) up.push_back(at);
  std::string down;
  int steps = 0;
  for (int at = word; at >= 0 && steps < 4; at = t_[at].head, ++steps) {
    auto joint = std::find(up.begin(), up.end(), at);
    if (joint != up.end()) {
      std::string out;
      for (auto i = up.begin(); i != joint; ++i) out += "^" + plain(t_[*i].relation) + " ";
      return out + down;
    }
    down = "v" + plain(t_[at].relation) + " " + down;
  }
  return "far";
}

std::vector<std::string> ActDates::common(const FoundEvent& f) const {
  std::vector<std::string> out;
  out.push_back("tag " + std::string(t_[f.trigger].xpos));
  out.push_back("status " + f.event.status);
  out.push_back(f.event.said_in < 0 ? "told by the report" : "told in a statement");
  return out;
}

void ActDates::of_sentence(const FoundEvent& f, std::vector<Offer>& out) const {
  const Sentence& s = t_.sentence(f.trigger);
  std::vector<const TimeExpression*> here;
  for (const TimeExpression& time : times_.all()) {
    const int first = t_.token_at(time.span.begin);
    if (first >= s.begin && first < s.end && time.when.dated() && time.type != "SET")
      here.push_back(&time);
  }
  const TimeExpression* nearest = nullptr;
  int least = 0;
  for (const TimeExpression* time : here) {
    int away = std::abs(t_.token_at(time->span.begin) - f.trigger);
    if (!nearest || away < least) nearest = time, least = away;
  }
  for (const TimeExpression* time : here) {
    Offer offer{time->when, {}};
    TreeView::Range r = t_.range_of(time->span);
    // The word of the phrase that the others hang on.
    int head = r.begin;
    for (int i = r.begin; i < r.end; ++i)
      if (t_[i].head < r.begin || t_[i].head >= r.end) head = i;
    auto sign = [&](const std::string& name) { offer.signs.push_back("here, " + name); };
    sign(path(f.trigger, head));
    sign(t_.verb(f.trigger) ? "verb, " + path(f.trigger, head) : "noun, " + path(f.trigger, head));
    sign(here.size() == 1 ? "the only date" : "one of several");
    sign(time == nearest ? "the nearest" : "not the nearest");
    sign(head < f.trigger ? "before" : "behind");
    sign(std::string(name_of(time->when.precision())));
    if (f.event.span.contains(time->span)) sign("in the words of the act");
    std::string before = r.begin > 0 ? std::string(t_.lemma(r.begin - 1)) : "";
    if (t_.case_of(head) != "") before = t_.case_of(head);
    sign("after '" + before + "'");
    int said = innermost(statements_, time->span);
    sign(said == f.event.said_in ? "told together"
         : said < 0              ? "outside what is said"
                                 : "in what is said");
    sign("status " + f.event.status);
    out.push_back(std::move(offer));
  }
}

void ActDates::of_speech(const FoundEvent& f, std::vector<Offer>& out) const {
  auto add = [&](const FoundStatement& s, const std::string& how) {
    if (!s.statement.when.dated()) return;
    Offer offer{s.statement.when, {how}};
    offer.signs.push_back(how + ", " + f.event.type);
    offer.signs.push_back(how + ", status " + f.event.status);
    bool own = f.event.source.size() == 1 && f.event.source[0] == s.statement.speaker;
    if (own) offer.signs.push_back(how + " by its doer");
    if (own) offer.signs.push_back(how + " by its doer, " + f.event.type);
    out.push_back(std::move(offer));
  };
  if (f.event.said_in >= 0)
    add(statements_[static_cast<size_t>(f.event.said_in)], "speech that tells it");
  for (const FoundStatement& s : statements_)
    if (s.cue_verb == f.trigger) add(s, "speech that it is");
  // Others by the same one in the sentence, or around it.
  const int here = t_.sentence_of(f.trigger);
  for (const FoundStatement& s : statements_) {
    if (s.cue_verb < 0 || s.cue_verb == f.trigger || f.event.source.empty()) continue;
    if (s.statement.speaker != f.event.source[0]) continue;
    int away = std::abs(t_.sentence_of(s.cue_verb) - here);
    if (away == 0) add(s, "speech of its doer in the sentence");
    else if (away <= kSentencesBack) add(s, "speech of its doer nearby");
  }
}

void ActDates::of_acts_before(const std::vector<FoundEvent>& found, size_t which,
                              std::vector<Offer>& out) const {
  const FoundEvent& f = found[which];
  for (size_t k = which; k-- > 0;) {
    const FoundEvent& o = found[k];
    int away = t_.sentence_of(f.trigger) - t_.sentence_of(o.trigger);
    if (away > kSentencesBack) break;
    if (!o.event.when.dated()) continue;
    const std::string how = away == 0 ? "act before in the sentence" : "act before";
    Offer offer{o.event.when, {how, how + ", " + std::to_string(away) + " sentences"}};
    auto shares = [](const std::vector<int>& a, const std::vector<int>& b) {
      return std::any_of(a.begin(), a.end(),
                         [&](int x) { return std::find(b.begin(), b.end(), x) != b.end(); });
    };
    if (shares(f.event.source, o.event.source)) offer.signs.push_back(how + " by the same");
    if (f.event.type == o.event.type) offer.signs.push_back(how + " of the type");
    if (f.event.status == o.event.status) offer.signs.push_back(how + " of the status");
    if (f.event.said_in == o.event.said_in) offer.signs.push_back(how + ", told together");
    offer.signs.push_back(how + ", " + t_[f.trigger].xpos);
    out.push_back(std::move(offer));
    break;
  }
}

// One offer a date, with all that speaks for it.
std::vector<ActDates::Offer> ActDates::offers(const std::vector<FoundEvent>& found,
                                              size_t which) const {
  const FoundEvent& f = found[which];
  std::vector<Offer> all;
  if (f.event.when.dated())
    all.push_back({f.event.when, {"by grammar", "by grammar, status " + f.event.status}});
  of_sentence(f, all);
  of_speech(f, all);
  of_acts_before(found, which, all);
  const When day = times_.published();
  if (day.dated()) {
    all.push_back(
        {day,
         {"publication", "publication, tag " + std::string(t_[f.trigger].xpos),
          "publication, " + f.event.type, "publication, status " + f.event.status,
          t_.sentence_of(f.trigger) == 0 ? "publication, first sentence" : "publication, below",
          f.event.said_in < 0 ? "publication, told by the report"
                              : "publication, told in a statement"}});
  }
  std::vector<Offer> out;
  const std::vector<std::string> every = common(f);
  for (Offer& o : all) {
    auto same =
        std::find_if(out.begin(), out.end(), [&](const Offer& x) { return x.when == o.when; });
    if (same == out.end()) {
      o.signs.insert(o.signs.end(), every.begin(), every.end());
      out.push_back(std::move(o));
    } else {
      for (std::string& sign : o.signs)
        if (std::find(same->signs.begin(), same->signs.end(), sign) == same->signs.end())
          same->signs.push_back(std::move(sign));
    }
  }
  for (Offer& o : out)
    if (o.when == day) o.signs.push_back("the day of publication");
  return out;
}

void ActDates::date(std::vector<FoundEvent>& found) const {
  for (size_t i = 0; i < found.size(); ++i) {
    std::vector<Offer> offered = offers(found, i);
    if (offered.empty()) continue;
    SignCase c;
    for (size_t k = 0; k < offered.size(); ++k)
      c.candidates.push_back({static_cast<int>(k), offered[k].signs});
    if (watch_ && watch_->date) {
      std::vector<When> dates;
      for (const Offer& o : offered) dates.push_back(o.when);
      watch_->date(found[i], dates, c);
    }
    Event& x = found[i].event;
    SignJudge::Verdict verdict = judge_.sure(c);
    When when = verdict.id < 0 ? When() : offered[static_cast<size_t>(verdict.id)].when;
    if (when == x.when) continue;
    x.explain += when.empty() ? "; no date is sure enough"
                              : "; dated by: " + verdict.why + " (" +
                                    two_decimals(verdict.probability) + ")";
    x.when = std::move(when);
  }
}

}  // namespace chancery
