#include "reading/done/act_dates.h"

#include <algorithm>

namespace chancery {
namespace {

constexpr int kSentencesBack = 3;  // how far an act before may lend its date

}  // namespace

void ActDates::of_speech(const FoundEvent& f, std::vector<DateOffer>& out) const {
  auto add = [&](const FoundStatement& s, const std::string& how) {
    if (!s.statement.when.dated()) return;
    DateOffer offer{s.statement.when, {how}};
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
                              std::vector<DateOffer>& out) const {
  const FoundEvent& f = found[which];
  for (size_t k = which; k-- > 0;) {
    const FoundEvent& o = found[k];
    int away = t_.sentence_of(f.trigger) - t_.sentence_of(o.trigger);
    if (away > kSentencesBack) break;
    if (!o.event.when.dated()) continue;
    const std::string how = away == 0 ? "act before in the sentence" : "act before";
    DateOffer offer{o.event.when, {how, how + ", " + std::to_string(away) + " sentences"}};
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

std::vector<DateOffer> ActDates::offers(const std::vector<FoundEvent>& found, size_t which,
                                        const std::set<int>& acts) const {
  const FoundEvent& f = found[which];
  const ToDate what{f.trigger, f.event.span, f.event.said_in, "status " + f.event.status};
  std::vector<DateOffer> all;
  if (f.event.when.dated())
    all.push_back({f.event.when, {"by grammar", "by grammar, " + what.sort}});
  const size_t own = all.size();
  offers_.of_sentence(what, all, acts);
  // What is only possible may have been or be to come: a date ahead in its sentence says that it is.
  const bool ahead = f.event.status == "possible" &&
                     std::any_of(all.begin() + static_cast<long>(own), all.end(),
                                 [&](const DateOffer& offer) { return offers_.ahead(offer.when); });
  of_speech(f, all);
  of_acts_before(found, which, all);
  offers_.of_publication(what, all);
  return offers_.together(std::move(all),
                          {"tag " + std::string(t_[f.trigger].xpos), what.sort,
                           f.event.said_in < 0 ? "told by the report" : "told in a statement"},
                          ahead || f.event.status == "planned", offers_.was_to_come(f.trigger));
}

void ActDates::date(std::vector<FoundEvent>& found) const {
  std::set<int> acts;  // their words
  for (const FoundEvent& f : found) acts.insert(f.trigger);
  for (size_t i = 0; i < found.size(); ++i) {
    DateWatch watch;
    if (watch_ && watch_->date)
      watch = [&](const std::vector<When>& dates, const SignCase& c) {
        watch_->date(found[i], dates, c);
      };
    Event& x = found[i].event;
    choose_date(offers(found, i, acts), judge_, watch, x.when, x.explain);
  }
}

}  // namespace chancery
