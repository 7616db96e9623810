// The verb amend: what people put right in a ledger (ledger/corrections.h).
#include <fmt/format.h>

#include <cstdlib>

#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "cli/table.h"
#include "ledger/answer.h"
#include "ledger/catalogue.h"
#include "ledger/correction_answer.h"

namespace chancery::cli {
namespace {

struct Options {
  std::string ledger, author, why, item, state, file = "-", name, into, as, country;
  std::vector<std::string> set;
  std::vector<int64_t> articles;
  int64_t article = 0, number = 0;
  bool json = false, csv = false;
};

// "status=occurred", "source=Teo Varga" (once for each of several), "when=" for nothing. States and
// sectors are named as everywhere.
Fields fields_of(const std::vector<std::string>& set, const Tables& tables) {
  Fields out;
  for (const std::string& one : set) {
    const size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0)
      throw UsageError("--set: '" + one.substr(0, 60) + "' is not FIELD=VALUE");
    const std::string field = one.substr(0, equals);
    std::string value = one.substr(equals + 1);
    std::vector<std::string>& values = out[field];
    if (value.empty()) continue;
    if (field == "country") value = country_of("country", value, tables.names);
    if (field == "sector") value = one_of("sector", value, tables.codes.sectors());
    values.push_back(value);
  }
  return out;
}

// "Teo Varga/person/NOR": a name, and its kind and country where there are several.
ActorName actor_name(const std::string& spelled) {
  std::vector<std::string_view> parts = split(spelled, '/');
  if (parts.size() < 2 || !kKinds.has(parts[1])) return {spelled, "", ""};
  return {std::string(parts[0]), std::string(parts[1]),
          parts.size() > 2 ? std::string(parts[2]) : ""};
}

void told(const std::vector<int64_t>& numbers, const std::string& what) {
  Output out("-");
  std::vector<std::string> names;
  for (int64_t n : numbers) names.push_back(std::to_string(n));
  out.write(fmt::format("correction {}: {}\n", join(names, ", "), what));
  out.close();
}

// The verbs below "amend".
class Verbs {
 public:
  Verbs(CLI::App& amend, App& app) : amend_(amend), app_(app) {}

  void add() {
    add_item_verbs();
    add_actor_verbs();
    add_undo();
    add_list();
    add_take();
  }

 private:
  CLI::App* verb(const char* name, const char* what, const char* example) {
    CLI::App* v = amend_.add_subcommand(name, what);
    v->footer(std::string("Example:\n  chancery amend ") + example + "\n");
    ledger_option(*v, o_->ledger, "The ledger");
    return v;
  }
  // With what every correction says of itself.
  CLI::App* correcting(const char* name, const char* what, const char* example) {
    CLI::App* v = verb(name, what, example);
    v->add_option("--author", o_->author, "Who says so (default: $CHANCERY_AUTHOR, else $USER)")
        ->envname("CHANCERY_AUTHOR");
    v->add_option("--why", o_->why, "The reason, kept with it")->required();
    return v;
  }
  CLI::App* of_article(CLI::App* v, bool item_too) {
    v->add_option("ARTICLE", o_->article, "Number of the article")->required();
    if (item_too)
      v->add_option("ITEM", o_->item, "Its id in the article's record: s1, v2, p1, t1 …");
    return v;
  }

  std::vector<int64_t> keep(std::vector<Amendment> wanted) {
    std::string author = o_->author;
    if (const char* user = std::getenv("USER"); author.empty() && user) author = user;
    if (author.empty()) throw UsageError("--author: who says so?");
    for (Amendment& a : wanted) {
      a.author = author;
      a.reason = o_->why;
    }
    require_ledger(o_->ledger);
    Ledger ledger(o_->ledger, Ledger::write);
    Tables tables(app_);
    ledger.codes(std::make_shared<const Codes>(tables.codes));
    return ledger.amend(wanted);
  }

  void add_item_verbs() {
    auto one = [this](const char* act) {
      Amendment a;
      a.act = act;
      a.article = o_->article;
      a.item = o_->item;
      return a;
    };
    const std::string what = " of article ";
    auto where = [this] {
      return (o_->item.empty() ? "" : o_->item + " of ") + fmt::format("article {}", o_->article);
    };
    of_article(correcting("reject", "A statement, event, position, claim, set day or actor is none",
                          "reject --ledger my.ledger 3 s2 --why 'he did not say so'"),
               true)
        ->callback([=, this] { told(keep({one("reject")}), where() + " taken out"); });
    CLI::App* edit = of_article(
        correcting("edit", "Put fields of an item right",
                   "edit --ledger my.ledger 3 v1 --set status=planned --set when=2031-06 --why "
                   "'it is only announced'"),
        true);
    std::string fields;
    for (std::string_view kind : kItems.values())
      fields +=
          (fields.empty() ? "" : "; ") + std::string(kind) + ": " + join(editable(kind), ", ");
    edit->add_option("--set", o_->set,
                     "FIELD=VALUE; a list by naming its field several times; FIELD= for nothing. "
                     "Of an " +
                         fields)
        ->required();
    edit->callback([=, this] {
      Amendment a = one("edit");
      a.value = fields_of(o_->set, Tables(app_));
      told(keep({a}), where() + " put right");
    });
    add_missed();
    of_article(correcting("confirm", "An item, or all that an article's record says, is right",
                          "confirm --ledger my.ledger 3 s1 --why 'checked against the tape'"),
               true)
        ->callback([=, this] { told(keep({one("confirm")}), where() + " confirmed"); });
    of_article(correcting("note", "A note on an item or an article",
                          "note --ledger my.ledger 3 --why 'the paper corrected its headline'"),
               true)
        ->callback([=, this] { told(keep({one("note")}), "note on " + where()); });
    of_article(correcting("delete", "Take a retracted article out, and keep it out",
                          "delete --ledger my.ledger 3 --why 'retracted by the paper'"),
               false)
        ->callback([=, this] { told(keep({one("delete")}), where() + " deleted"); });
  }

  void add_missed() {
    CLI::App* missed = correcting(
        "add", "What the reading missed: a statement, an event, a position, with its words",
        "add --ledger my.ledger 3 position --set holder=Iceland --set stance=demands --set "
        "words='the port must open' --why 'paragraph 4'");
    missed->add_option("ARTICLE", o_->article, "Number of the article")->required();
    missed->add_option("KIND", o_->item, "statement, event or position")->required();
    std::string fields;
    for (const char* kind : {"statement", "event", "position"})
      fields += (fields.empty() ? "" : "; ") + std::string(kind) + ": " + join(addable(kind), ", ");
    missed
        ->add_option(
            "--set", o_->set,
            "FIELD=VALUE; \"words\" are those of the text that carry it; an actor whom the "
            "article's record does not have is NAME/KIND or NAME/KIND/COUNTRY. Of a " +
                fields)
        ->required();
    missed->callback([this] {
      Amendment a;
      a.act = "add";
      a.article = o_->article;
      a.item = o_->item;
      a.value = fields_of(o_->set, Tables(app_));
      told(keep({a}), fmt::format("{} added to article {}", o_->item, o_->article));
    });
  }

  void add_actor_verbs() {
    CLI::App* merge =
        correcting("merge", "Two actors are one, in all articles, also of the future",
                   "merge --ledger my.ledger 'T. Varga' 'Teo Varga' --why 'the same minister'");
    merge->add_option("NAME", o_->name, "Who is the other; NAME/KIND/COUNTRY where it takes that")
        ->required();
    merge->add_option("OTHER", o_->into, "And what both are called then")->required();
    merge->callback([this] {
      Amendment a;
      a.act = "merge";
      a.from = actor_name(o_->name);
      a.into = actor_name(o_->into);
      told(keep({a}), o_->name + " is " + o_->into);
    });
    CLI::App* split = correcting(
        "split", "An actor of some articles is somebody else of the same name",
        "split --ledger my.ledger 'Jon Vale' --article 3 --as 'Jon Vale (poet)' --why 'another'");
    split->add_option("NAME", o_->name, "As the articles call them")->required();
    split
        ->add_option("--article", o_->articles, "Number of an article (may be given several times)")
        ->required();
    split->add_option("--as", o_->as, "What they are called from now on")->required();
    split->add_option("--country", o_->country, "Their state, by code or name");
    split->callback([this] { split_actor(); });
  }

  void split_actor() {
    std::vector<Amendment> wanted;
    for (int64_t number : o_->articles) {
      Amendment a;
      a.act = "split";
      a.article = number;
      a.from.name = o_->name;
      a.value["name"] = {o_->as};
      if (!o_->country.empty())
        a.value["country"] = {country_of("--country", o_->country, Tables(app_).names)};
      wanted.push_back(a);
    }
    told(keep(wanted), o_->name + " is " + o_->as + " there");
  }

  void add_undo() {
    CLI::App* undo = correcting("undo", "Take a correction back; taking that back restores it",
                                "undo --ledger my.ledger 4 --why 'it was right after all'");
    undo->add_option("NUMBER", o_->number, "Of the correction, as `amend list` shows it")
        ->required();
    undo->callback([this] {
      Amendment a;
      a.act = "undo";
      a.undoes = o_->number;
      told(keep({a}), fmt::format("correction {} undone", o_->number));
    });
  }

  void add_list() {
    CLI::App* list = verb("list", "Every correction, by whom, when, why, and how it stands",
                          "list --ledger my.ledger --state 'does not fit'");
    list->add_option("--article", o_->article, "Only those of this article");
    list->add_option("--state", o_->state, kCorrectionStates.listed());
    CLI::Option* json = list->add_flag("--json", o_->json, "JSON");
    list->add_flag("--csv", o_->csv, "CSV")->excludes(json);
    list->callback([this] {
      if (!o_->state.empty())
        one_of("--state", o_->state,
               {kCorrectionStates.values().begin(), kCorrectionStates.values().end()});
      Ledger ledger(o_->ledger, Ledger::read);
      std::vector<StandingCorrection> shown;
      for (StandingCorrection& c : ledger.corrections(o_->article))
        if (o_->state.empty() || c.state == o_->state) shown.push_back(std::move(c));
      Answer answer = corrections_answer(shown);
      Output out("-");
      out.write(o_->json ? as_json(answer)
                : o_->csv
                    ? answer_csv(answer)
                    : as_table(for_people(answer), Style{app_.color()}, terminal_width(60, 140)));
      out.close();
    });
  }

  // A column "number" is left out of tables; here it is what `undo` takes.
  static Answer for_people(Answer a) {
    a.columns[0] = "no.";
    for (auto& row : a.rows) {
      row[1] = row[1].substr(0, 10);
      row[5] = row[6].empty() ? row[5] : row[6] + " " + row[5];
      row[6].clear();
    }
    return a;
  }

  void add_take() {
    CLI::App* take = verb("take", "Take over corrections that another ledger exported",
                          "take --ledger my.ledger corrections.jsonl");
    take->add_option("FILE", o_->file, "What `chancery export --format corrections` wrote")
        ->required();
    take->callback([this] {
      std::vector<Correction> entries;
      size_t line = 0;
      const std::string lines = read_file(o_->file);
      for (std::string_view text : split(lines, '\n')) {
        ++line;
        if (trim(text).empty()) continue;
        try {
          entries.push_back(correction_from_json(text));
        } catch (const Error& error) {
          throw Error(fmt::format("{}:{}: {}", o_->file, line, error.what()));
        }
      }
      require_ledger(o_->ledger);
      Ledger ledger(o_->ledger, Ledger::write);
      const int64_t taken = ledger.take_corrections(entries);
      Output out("-");
      out.write(fmt::format("{} of {} corrections taken over\n", taken, entries.size()));
      out.close();
    });
  }

  CLI::App& amend_;
  App& app_;
  std::shared_ptr<Options> o_ = std::make_shared<Options>();
};

}  // namespace

void add_amend(CLI::App& root, App& app) {
  CLI::App* amend = root.add_subcommand(
      "amend", "Put right what a ledger says: with author, time and reason, and reversible");
  amend->footer(
      "Corrections are kept beside the records: reading anew (`recode`) and exports keep them. One "
      "that fits no more\nis listed and left alone (`amend list --state 'does not fit'`). "
      "docs/corrections.md says more.\n\nExamples:\n  chancery amend reject --ledger my.ledger 3 "
      "s2 "
      "--why 'he did not say so'\n  chancery amend merge --ledger my.ledger 'T. Varga' 'Teo "
      "Varga' --why 'the same minister'\n  chancery amend list --ledger my.ledger\n");
  amend->require_subcommand(1);
  // The callbacks of the verbs hold it.
  auto verbs = std::make_shared<Verbs>(*amend, app);
  verbs->add();
  amend->callback([verbs] {});
}

}  // namespace chancery::cli
