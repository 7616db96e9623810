#include "ledger/act_store.h"

#include <algorithm>

#include "base/strings.h"
#include "ledger/given.h"
#include "ledger/item_schema.h"
#include "ledger/key_words.h"

namespace chancery {
namespace {

constexpr size_t kLooked = 40;

}  // namespace

// The acts of a kind and two sides that begin within some days, or last into them, each by an index
// of its own.
std::string ActStore::question() const {
  const bool own = acts_have_words(db_.dialect());
  return std::string("SELECT given.sides, given.begins, given.ends, h.number, h.day, ") +
         "coalesce(h.last, h.day), h.article, " + (own ? "h.words, h.place" : "e.words, e.place") +
         " FROM (SELECT * FROM happening WHERE pair = given.sides AND day >= given.begins AND day "
         "<= given.ends UNION ALL SELECT * FROM happening WHERE pair = given.sides AND last IS NOT "
         "NULL AND last >= given.begins AND day < given.begins ORDER BY day DESC, number DESC "
         "LIMIT " +
         std::to_string(kLooked) + ") h" +
         (own ? "" : " JOIN event e ON e.article = h.article AND e.id = h.event") +
         " ORDER BY h.day DESC, h.number DESC";
}

void ActStore::ask(const Around& around) {
  if (!found_.count(around)) asked_.push_back(around);
}

void ActStore::fetch() {
  if (asked_.empty()) return;
  Given q(db_, question(),
          {{"sides", Given::number}, {"begins", Given::number}, {"ends", Given::number}});
  for (const Around& around : asked_)
    if (found_.try_emplace(around).second) q.add(around.pair).add(around.from).add(around.to);
  asked_.clear();
  q.run([&](const Query& row) {
    const Around around{row.integer(0), row.integer(1), row.integer(2)};
    const int64_t number = row.integer(3);
    found_[around].push_back(number);
    auto [it, fresh] = acts_.try_emplace(number);
    if (!fresh) return;
    Act& act = it->second;
    act.number = number, act.pair = around.pair, act.day = row.integer(4),
    act.last = row.integer(5);
    act.article = row.integer(6), act.words = row.text(7), act.place = row.text(8);
    act.key_words = join(key_words(act.words), " ");
  });
}

std::vector<const Act*> ActStore::near(const Around& around) const {
  std::vector<const Act*> out;
  for (int64_t number : found_.at(around)) out.push_back(&acts_.at(number));
  if (auto put = put_.find(around.pair); put != put_.end())
    for (int64_t number : put->second) {
      const Act& act = acts_.at(number);
      if (act.day <= around.to && (act.day >= around.from || act.last >= around.from))
        out.push_back(&act);
    }
  std::sort(out.begin(), out.end(), [](const Act* a, const Act* b) {
    return std::tie(b->day, b->number) < std::tie(a->day, a->number);
  });
  if (out.size() > kLooked) out.resize(kLooked);
  return out;
}

int64_t ActStore::put(Act act) {
  act.number = db_.next_number("happening");
  act.fresh = true;
  put_[act.pair].push_back(act.number);
  const int64_t number = act.number;
  acts_.emplace(number, std::move(act));
  return number;
}

void ActStore::count_report(int64_t number) {
  Act& act = acts_.at(number);
  if (act.fresh) ++act.reports;
  else ++counted_[number];
}

void ActStore::write() {
  const bool own = acts_have_words(db_.dialect());
  Query put(db_,
            std::string("INSERT INTO happening(number, pair, day, last, reports, article, "
                        "event") +
                (own ? ", words, place) VALUES (?,?,?,?,?,?,?,?,?)" : ") VALUES (?,?,?,?,?,?,?)"));
  std::vector<const Act*> in_order;
  for (const auto& [pair, numbers] : put_)
    for (int64_t number : numbers) in_order.push_back(&acts_.at(number));
  std::sort(in_order.begin(), in_order.end(),
            [](const Act* a, const Act* b) { return a->number < b->number; });
  for (const Act* act : in_order) {
    put.bind(act->number).bind(act->pair).bind(act->day);
    if (act->last == act->day) put.bind_null();
    else put.bind(act->last);
    put.bind(act->reports).bind(act->article).bind(act->event);
    if (own) put.bind(act->words).bind(act->place);
    put.step();
    put.reset();
  }
  Given count(db_, "UPDATE happening SET reports = reports + given.times WHERE number = given.act",
              {{"times", Given::number}, {"act", Given::number}});
  for (const auto& [number, times] : counted_) count.add(times).add(number);
  count.run();
  forget();
}

void ActStore::forget() {
  found_.clear(), asked_.clear(), acts_.clear(), put_.clear(), counted_.clear();
}

}  // namespace chancery
