#include "ledger/ledger.h"

#include "article/address.h"
#include "base/home.h"
#include "export/export.h"
#include "export/flat.h"
#include "ledger/catalogue.h"
#include "ledger/suggest.h"
#include "library/engine.h"
#include "library/table.h"
#include "record/json.h"

namespace chancery {
namespace {

// What ends an export that its taker wants no more of.
struct Enough {};

}  // namespace

struct v1::Ledger::Inside {
  std::string data, ontology;
  Register names;
  std::shared_ptr<const Codes> codes;
  chancery::Ledger ledger;
  Inside(const std::string& where, Mode mode, std::string tables, std::string types)
      : data(std::move(tables)),
        ontology(types.empty() ? data + "/ontology" : std::move(types)),
        names(data + "/register"),
        codes(std::make_shared<const Codes>(Ontology(ontology), names)),
        ledger(where, mode == write ? chancery::Ledger::write : chancery::Ledger::read) {
    ledger.addresses(AddressRules(data + "/addresses.tsv"));
    ledger.codes(codes);
  }
};

v1::Ledger::Ledger() noexcept = default;
v1::Ledger::~Ledger() = default;
v1::Ledger::Ledger(Ledger&&) noexcept = default;
v1::Ledger& v1::Ledger::operator=(Ledger&&) noexcept = default;

v1::Status v1::Ledger::open(const std::string& where, Mode mode, const LedgerOptions& options,
                            Ledger* ledger) noexcept {
  return library::guarded([&] {
    auto in = std::make_unique<Inside>(where, mode, data_folder(options.data, library::home()),
                                       options.ontology);
    in->ledger.learning(options.learn);
    ledger->in_ = std::move(in);
  });
}

v1::Status v1::Ledger::add(std::string_view record_json, Added* added) noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] {
    chancery::Ledger::Added what = in_->ledger.add(record_from_json(record_json));
    if (!added) return;
    *added = what == chancery::Ledger::Added::known  ? Added::known
             : what == chancery::Ledger::Added::copy ? Added::copy
                                                     : Added::fresh;
  });
}

v1::Status v1::Ledger::begin() noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] { in_->ledger.begin(); });
}

v1::Status v1::Ledger::commit() noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] { in_->ledger.commit(); });
}

v1::Status v1::Ledger::rollback() noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] { in_->ledger.rollback(); });
}

v1::Status v1::Ledger::count(int64_t* articles) noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] { *articles = in_->ledger.articles(); });
}

v1::Status v1::Ledger::record_json(int64_t number, std::string* json) noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] {
    auto record = in_->ledger.record(number);
    if (!record) throw UsageError("there is no article " + std::to_string(number));
    *json = to_json(*record, {true});
  });
}

v1::Status v1::Ledger::ask(std::string_view question, const Filters& filters,
                           const AskOptions& options, Table* table) noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] {
    const QuestionKind* kind = find_question(question);
    if (!kind) {
      std::string known;
      for (const QuestionKind& k : chancery::questions())
        known += (known.empty() ? "" : ", ") + std::string(k.name);
      throw UsageError("'" + std::string(question.substr(0, 60)) + "' is none of " + known);
    }
    if (options.limit < 1 || options.limit > 100000)
      throw UsageError("limit: " + std::to_string(options.limit) + " is not 1 to 100000");
    Asked asked;
    for (const auto& [name, value] : filters) asked[name].push_back(value);
    Question q = question_of(kind->filters, asked, {in_->names, *in_->codes}, Door::http);
    q.limit = options.limit;
    in_->ledger.time_limit(options.milliseconds);
    Answer answer = (in_->ledger.*kind->ask)(q);
    if (answer.rows.empty())
      for (std::string& line : remarks(in_->ledger, q, in_->names).lines)
        answer.notes.push_back(std::move(line));
    table->in_ = std::make_unique<Table::Inside>(std::move(answer));
  });
}

std::vector<std::string> v1::Ledger::questions() noexcept {
  std::vector<std::string> out;
  library::guarded([&] {
    for (const QuestionKind& kind : chancery::questions()) out.emplace_back(kind.name);
  });
  return out;
}

std::string v1::Ledger::filters(std::string_view question) noexcept {
  std::string out;
  library::guarded([&] {
    if (const QuestionKind* kind = find_question(question)) out = kind->filters;
  });
  return out;
}

std::string v1::Ledger::columns(std::string_view format) noexcept {
  std::string out;
  library::guarded([&] {
    constexpr const char* kKinds[] = {"text", "integer", "real", "day"};  // ColumnKind
    const FlatTable* table = flat_table(format);
    if (!table) return;
    for (const FlatColumn& c : table->columns)
      out += (out.empty() ? "" : " ") + std::string(c.name) + ":" +
             kKinds[static_cast<size_t>(c.kind)];
  });
  return out;
}

v1::Status v1::Ledger::export_to(const std::string& format, const std::string& from,
                                 const std::string& until,
                                 const std::function<bool(std::string_view)>& write) noexcept {
  if (!in_) return library::not_open("ledger");
  return library::guarded([&] {
    ExportTables tables(in_->data, in_->ontology);
    ExportFilter period{from.empty() ? "" : day_of("from", from, false),
                        until.empty() ? "" : day_of("until", until, true)};
    try {
      export_ledger(in_->ledger, tables, format, period, [&](std::string_view piece) {
        if (!write(piece)) throw Enough();
      });
    } catch (const Enough&) {}
  });
}

}  // namespace chancery
