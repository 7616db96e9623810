#include "export/flat.h"

#include <fmt/format.h>

#include <optional>

#include "base/strings.h"
#include "base/utf8.h"
#include "export/fields.h"
#include "ledger/filed.h"
#include "record/when.h"

namespace chancery {

struct FlatRow {
  int64_t number;
  const Record& r;
  const ExportTables& tables;
  const OffsetMap& map;
  size_t i = 0;  // of the item in its layer
  std::optional<ExportedEvent> act;

  const Entity& entity() const { return r.entities[i]; }
  const TimeExpression& time() const { return r.times[i]; }
  const Statement& statement() const { return r.statements[i]; }
  const Event& event() const { return r.events[i]; }
  const Position& position() const { return r.positions[i]; }
  const Novelty& novelty() const { return r.novelty[i]; }
};

namespace {

using Row = const FlatRow&;
constexpr ColumnKind kText = ColumnKind::text, kInteger = ColumnKind::integer,
                     kReal = ColumnKind::real, kDay = ColumnKind::day;

std::string span(Row row, Span s) {
  return fmt::format("{}-{}", row.map.to_code_points(s.begin), row.map.to_code_points(s.end));
}

std::string spans(Row row, const Spans& list) {
  std::vector<std::string> out;
  for (Span s : list) out.push_back(span(row, s));
  return join(out, " ");
}

std::string words(Row row, const Spans& list) {
  std::vector<std::string> out;
  for (Span s : list) out.emplace_back(s.of(row.r.article.text));
  return join(out, " … ");
}

std::string real(double value, int decimals) { return fmt::format("{:.{}f}", value, decimals); }
std::string probability(double value) { return value > 0 ? real(value, 2) : ""; }

// Of an entity, or of several: names apart by "; ", codes in the same order.
using Get = const std::string& (*)(const Entity&);
std::string each(Row row, const std::vector<int>& list, Get get) {
  std::vector<std::string> out;
  bool any = false;
  for (int e : list) {
    if (e < 0) continue;
    out.push_back(get(row.r.entities[static_cast<size_t>(e)]));
    any |= !out.back().empty();
  }
  return any ? join(out, "; ") : "";
}
const std::string& id_of(const Entity& e) { return e.id; }
const std::string& name_of_entity(const Entity& e) { return e.name; }
const std::string& country_of_entity(const Entity& e) { return e.actor.country; }
const std::string& sector_of(const Entity& e) { return e.actor.sector; }

const Geo* geo(Row row, int e) {
  if (e < 0) return nullptr;
  const auto& found = row.r.entities[static_cast<size_t>(e)].geo;
  return found ? &*found : nullptr;
}

std::string statement_id(Row row, int s) {
  return s < 0 ? "" : row.r.statements[static_cast<size_t>(s)].id;
}

std::string numbers(Row row) {
  std::vector<std::string> out;
  for (const EventNumber& n : row.event().numbers)
    out.push_back(n.of + (n.bound.empty() ? "" : " " + n.bound) +
                  (n.count ? fmt::format(" {:g}", *n.count) : ""));
  return join(out, "; ");
}

// Which every table begins with.
void add_article(std::vector<FlatColumn>& c) {
  c.insert(c.end(),
           {{"article", kInteger, "Number of the article in this ledger: the tables join by it",
             [](Row x) { return std::to_string(x.number); }},
            {"article_id", kText, "The article's own id, or the file or address it came from",
             [](Row x) { return x.r.article.id; }},
            {"published", kDay, "Day of publication",
             [](Row x) { return day_of_publication(x.r.article.published); }},
            {"publisher", kText, "The paper", [](Row x) { return x.r.article.publisher; }},
            {"url", kText, "Its address", [](Row x) { return x.r.article.url; }}});
}

template <const When& (*When_of)(Row)>
void add_when(std::vector<FlatColumn>& c) {
  c.insert(c.end(),
           {{"when", kText, "When, as a TIMEX3 value (docs/dates.md)",
             [](Row x) { return When_of(x).value(); }},
            {"from", kDay, "First day that it covers", [](Row x) { return When_of(x).from_day(); }},
            {"to", kDay, "Last day that it covers", [](Row x) { return When_of(x).to_day(); }},
            {"precision", kText, "How exact it is", [](Row x) {
               return When_of(x).empty() ? "" : std::string(name_of(When_of(x).precision()));
             }}});
}

// Who, as four columns with the codes of each.
template <std::vector<int> (*Who)(Row)>
void add_who(std::vector<FlatColumn>& c, const char* const (&names)[4], const char* what) {
  c.insert(c.end(),
           {{names[0], kText, what, [](Row x) { return each(x, Who(x), name_of_entity); }},
            {names[1], kText, "Their ids in table-entities",
             [](Row x) { return each(x, Who(x), id_of); }},
            {names[2], kText, "Their states: ISO 3166 alpha-3, or IGO, NGO, MNC, IMG",
             [](Row x) { return each(x, Who(x), country_of_entity); }},
            {names[3], kText, "Their sectors", [](Row x) { return each(x, Who(x), sector_of); }}});
}

void add_explain(std::vector<FlatColumn>& c, std::string (*cell)(Row)) {
  c.push_back({"explain", kText, "Which rule, table or judge found it, and by which words", cell});
}

const When& when_of_time(Row x) { return x.time().when; }
const When& when_of_statement(Row x) { return x.statement().when; }
const When& when_of_event(Row x) { return x.event().when; }
const When& when_of_novelty(Row x) { return x.novelty().since; }
std::vector<int> speaker(Row x) { return {x.statement().speaker}; }
std::vector<int> source(Row x) { return x.event().source; }
std::vector<int> target(Row x) { return x.event().target; }
std::vector<int> holder(Row x) { return {x.position().holder}; }
std::vector<int> toward(Row x) { return x.position().toward; }
std::vector<int> whose_occasion(Row x) { return x.time().who; }
std::vector<int> claimant(Row x) { return {x.novelty().by}; }

FlatTable articles() {
  FlatTable t{"articles", FlatItem::article, "One row an article", {}};
  add_article(t.columns);
  t.columns.insert(
      t.columns.end(),
      {{"key", kText, "Digest of its words: the same in every ledger",
        [](Row x) { return article_key(x.r.article); }},
       {"title", kText, "Its headline", [](Row x) { return x.r.article.title; }},
       {"byline", kText, "Its authors", [](Row x) { return join(x.r.article.byline, "; "); }},
       {"published_at", kText, "Publication as the page says it, with its clock and zone",
        [](Row x) { return x.r.article.published; }},
       {"language", kText, "ISO 639-1; other than en is not coded",
        [](Row x) { return x.r.article.language; }},
       {"entities", kInteger, "Rows of it in table-entities",
        [](Row x) { return std::to_string(x.r.entities.size()); }},
       {"statements", kInteger, "Rows of it in table-statements",
        [](Row x) { return std::to_string(x.r.statements.size()); }},
       {"events", kInteger, "Rows of it in table-events",
        [](Row x) { return std::to_string(x.r.events.size()); }},
       {"positions", kInteger, "Rows of it in table-positions",
        [](Row x) { return std::to_string(x.r.positions.size()); }},
       {"engine", kText, "Version of the engine that read it",
        [](Row x) { return x.r.made_by.engine; }},
       {"model", kText, "Language model that read it", [](Row x) { return x.r.made_by.model; }},
       {"data", kText, "Digest of the tables that it was read by",
        [](Row x) { return x.r.made_by.data; }},
       {"notes", kText, "What a reader should know of the reading",
        [](Row x) { return join(x.r.article.notes, "; "); }},
       {"characters", kInteger, "Length of its text in code points",
        [](Row x) { return std::to_string(x.map.code_points()); }}});
  return t;
}

FlatTable entities() {
  FlatTable t{"entities", FlatItem::entity, "One row an actor or place of an article", {}};
  add_article(t.columns);
  t.columns.insert(
      t.columns.end(),
      {{"id", kText, "Its id in the article", [](Row x) { return x.entity().id; }},
       {"name", kText, "Its fullest name in the article", [](Row x) { return x.entity().name; }},
       {"kind", kText, "person, place, organization, group, event, other",
        [](Row x) { return x.entity().kind; }},
       {"country", kText, "Its state: ISO 3166 alpha-3, or IGO, NGO, MNC, IMG",
        [](Row x) { return x.entity().actor.country; }},
       {"cow", kInteger, "Number of that state in the Correlates of War project",
        [](Row x) { return x.tables.cow(x.entity().actor.country); }},
       {"wikidata", kText, "Item of that state in Wikidata",
        [](Row x) { return x.tables.wikidata(x.entity().actor.country); }},
       {"basis", kText, "What the state rests on: text, register, context, learnt, hand",
        [](Row x) { return x.entity().basis; }},
       {"sector", kText, "Its sector (PLOVER)", [](Row x) { return x.entity().actor.sector; }},
       {"other_sectors", kText, "Further sectors",
        [](Row x) { return join(x.entity().actor.other_sectors, "; "); }},
       {"role", kText, "Its office, as the article says it", [](Row x) { return x.entity().role; }},
       {"mentions", kInteger, "How often the article names it",
        [](Row x) { return std::to_string(x.entity().mentions.size()); }},
       {"spans", kText, "Where: begin-end in code points of the text",
        [](Row x) { return spans(x, x.entity().mentions); }},
       {"latitude", kReal, "Of a town, degrees north",
        [](Row x) { return x.entity().geo ? real(x.entity().geo->latitude, 4) : ""; }},
       {"longitude", kReal, "Of a town, degrees east",
        [](Row x) { return x.entity().geo ? real(x.entity().geo->longitude, 4) : ""; }},
       {"geonames", kText, "Of a town, its number in GeoNames",
        [](Row x) { return x.entity().geo ? x.entity().geo->geonames : ""; }}});
  add_explain(t.columns, [](Row x) { return x.entity().explain; });
  return t;
}

FlatTable times() {
  FlatTable t{"times", FlatItem::time, "One row an expression of time", {}};
  add_article(t.columns);
  t.columns.insert(
      t.columns.end(),
      {{"id", kText, "Its id in the article", [](Row x) { return x.time().id; }},
       {"words", kText, "The expression", [](Row x) { return words(x, {x.time().span}); }},
       {"type", kText, "DATE, TIME, DURATION, SET", [](Row x) { return x.time().type; }},
       {"mod", kText, "TIMEX3 modifier", [](Row x) { return x.time().mod; }}});
  add_when<when_of_time>(t.columns);
  t.columns.push_back({"spans", kText, "Where: begin-end in code points of the text",
                       [](Row x) { return span(x, x.time().span); }});
  t.columns.insert(
      t.columns.end(),
      {{"occasion", kText, "What is on that day, where a calendar has it: vote, election, court …",
        [](Row x) { return x.time().occasion; }},
       {"status", kText, "Of the occasion: planned, occurred, denied (called off)",
        [](Row x) { return x.time().status; }},
       {"occasion_words", kText, "The words that tell it",
        [](Row x) { return x.time().words.empty() ? "" : words(x, {x.time().words}); }}});
  add_who<whose_occasion>(t.columns, {"who", "who_id", "who_country", "who_sector"}, "Whose it is");
  add_explain(t.columns, [](Row x) { return x.time().explain; });
  return t;
}

FlatTable statements() {
  FlatTable t{"statements", FlatItem::statement, "One row a thing said", {}};
  add_article(t.columns);
  t.columns.push_back(
      {"id", kText, "Its id in the article", [](Row x) { return x.statement().id; }});
  add_who<speaker>(t.columns, {"speaker", "speaker_id", "speaker_country", "speaker_sector"},
                   "Who says it");
  t.columns.insert(t.columns.end(),
                   {{"via", kText, "On whose word: who carries it",
                     [](Row x) { return each(x, x.statement().via, name_of_entity); }},
                    {"addressee", kText, "To whom",
                     [](Row x) { return each(x, x.statement().to, name_of_entity); }},
                    {"quote", kText, "direct, indirect, mixed: word for word or not",
                     [](Row x) { return x.statement().quote; }},
                    {"force", kText, "asserted, denied, hedged, questioned, withheld",
                     [](Row x) { return x.statement().force; }},
                    {"confidence", kReal, "That somebody says these words: 0 to 1",
                     [](Row x) { return probability(x.statement().confidence); }}});
  add_when<when_of_statement>(t.columns);
  t.columns.insert(
      t.columns.end(),
      {{"place", kText, "Where it was said",
        [](Row x) { return each(x, {x.statement().where}, name_of_entity); }},
       {"occasion", kText, "interview, speech …", [](Row x) { return x.statement().occasion; }},
       {"source", kText, "The words that name the speaker",
        [](Row x) { return words(x, x.statement().source); }},
       {"cue", kText, "The words that say that something is said",
        [](Row x) { return words(x, x.statement().cue); }},
       {"content", kText, "What is said", [](Row x) { return words(x, x.statement().content); }},
       {"spans", kText, "Of the content: begin-end in code points of the text",
        [](Row x) { return spans(x, x.statement().content); }}});
  add_explain(t.columns, [](Row x) { return x.statement().explain; });
  return t;
}

void add_event_codes(std::vector<FlatColumn>& c) {
  c.insert(c.end(),
           {{"id", kText, "Its id in the article", [](Row x) { return x.event().id; }},
            {"act", kInteger,
             "Number of the act, the same in every ledger that learnt of it from the same article; "
             "reports of one act share it",
             [](Row x) { return x.act->id ? std::to_string(x.act->id) : ""; }},
            {"reports", kInteger, "Articles that tell the act",
             [](Row x) { return std::to_string(x.act->reports); }},
            {"first", kInteger, "1: no article before told it",
             [](Row x) { return std::string(x.act->first ? "1" : "0"); }},
            {"type", kText, "Type of the ontology (PLOVER)", [](Row x) { return x.event().type; }},
            {"mode", kText, "Its mode", [](Row x) { return x.event().mode; }},
            {"cameo", kText, "CAMEO code: a text, for its leading zero",
             [](Row x) { return x.event().cameo; }},
            {"quad", kInteger, "1 and 2 cooperation in words and deeds, 3 and 4 conflict",
             [](Row x) {
               int quad = Ontology::cameo_quad(x.event().cameo);
               return quad ? std::to_string(quad) : "";
             }},
            {"goldstein", kReal, "Goldstein value, -10 to 10",
             [](Row x) { return x.event().has_goldstein ? real(x.event().goldstein, 1) : ""; }},
            {"status", kText, "occurred, planned, possible, conditional, denied",
             [](Row x) { return x.event().status; }},
            {"confidence", kReal, "That the act is told: 0 to 1",
             [](Row x) { return probability(x.event().confidence); }}});
}

FlatTable events() {
  FlatTable t{"events", FlatItem::event, "One row a telling of an act", {}};
  add_article(t.columns);
  add_event_codes(t.columns);
  add_who<source>(t.columns, {"source", "source_id", "source_country", "source_sector"},
                  "Who acts");
  add_who<target>(t.columns, {"target", "target_id", "target_country", "target_sector"},
                  "On or with whom");
  add_when<when_of_event>(t.columns);
  t.columns.insert(
      t.columns.end(),
      {{"place", kText, "Where", [](Row x) { return each(x, {x.event().where}, name_of_entity); }},
       {"place_country", kText, "Its state",
        [](Row x) { return each(x, {x.event().where}, country_of_entity); }},
       {"latitude", kReal, "Of a town, degrees north",
        [](Row x) {
          const Geo* g = geo(x, x.event().where);
          return g ? real(g->latitude, 4) : "";
        }},
       {"longitude", kReal, "Of a town, degrees east",
        [](Row x) {
          const Geo* g = geo(x, x.event().where);
          return g ? real(g->longitude, 4) : "";
        }},
       {"said_in", kText, "The statement that tells it, by its id in table-statements",
        [](Row x) { return statement_id(x, x.event().said_in); }},
       {"contexts", kText, "What it is about (PLOVER)",
        [](Row x) { return join(x.event().contexts, "; "); }},
       {"numbers", kText, "Whom it hit: what, bound, number", numbers},
       {"instrument", kText, "With what", [](Row x) { return words(x, x.event().instrument); }},
       {"trigger", kText, "The word that names the act",
        [](Row x) {
          return x.event().trigger.empty() ? std::string() : words(x, {x.event().trigger});
        }},
       {"words", kText, "The words that tell it", [](Row x) { return words(x, {x.event().span}); }},
       {"spans", kText, "Where: begin-end in code points of the text",
        [](Row x) { return span(x, x.event().span); }}});
  add_explain(t.columns, [](Row x) { return x.event().explain; });
  return t;
}

FlatTable positions() {
  FlatTable t{"positions", FlatItem::position, "One row a stance that somebody takes", {}};
  add_article(t.columns);
  t.columns.push_back(
      {"id", kText, "Its id in the article", [](Row x) { return x.position().id; }});
  add_who<holder>(t.columns, {"holder", "holder_id", "holder_country", "holder_sector"},
                  "Who holds it");
  t.columns.insert(
      t.columns.end(),
      {{"stance", kText, "rejects, demands, offers, accepts, proposes, supports, opposes, warns",
        [](Row x) { return x.position().stance; }},
       {"issue", kText, "Issue of data/topics.tsv", [](Row x) { return x.position().issue; }},
       {"topic", kText, "The topic in the report's words",
        [](Row x) { return x.position().topic; }}});
  add_who<toward>(t.columns, {"toward", "toward_id", "toward_country", "toward_sector"},
                  "Toward whom");
  t.columns.insert(
      t.columns.end(),
      {{"content", kText, "The words that take it",
        [](Row x) { return words(x, x.position().content); }},
       {"condition", kText, "On which condition",
        [](Row x) { return words(x, x.position().condition); }},
       {"stages", kText, "In which steps", [](Row x) { return join(x.position().stages, "; "); }},
       {"said_in", kText, "The statement that takes it, by its id in table-statements",
        [](Row x) { return statement_id(x, x.position().said_in); }},
       {"confidence", kReal, "0 to 1", [](Row x) { return probability(x.position().confidence); }},
       {"spans", kText, "Of the content: begin-end in code points of the text",
        [](Row x) { return spans(x, x.position().content); }}});
  add_explain(t.columns, [](Row x) { return x.position().explain; });
  return t;
}

FlatTable novelty() {
  FlatTable t{"novelty", FlatItem::novelty, "One row a claim that something is new", {}};
  add_article(t.columns);
  t.columns.insert(
      t.columns.end(),
      {{"id", kText, "Its id in the article", [](Row x) { return x.novelty().id; }},
       {"claim", kText, "first, largest, unprecedented …", [](Row x) { return x.novelty().claim; }},
       {"what", kText, "What is", [](Row x) { return x.novelty().what; }}});
  add_who<claimant>(t.columns, {"by", "by_id", "by_country", "by_sector"}, "Whose act it is");
  add_when<when_of_novelty>(t.columns);
  t.columns.insert(t.columns.end(), {{"words", kText, "The words of the claim",
                                      [](Row x) { return words(x, {x.novelty().span}); }},
                                     {"spans", kText, "Where: begin-end in code points of the text",
                                      [](Row x) { return span(x, x.novelty().span); }}});
  add_explain(t.columns, [](Row x) { return x.novelty().explain; });
  return t;
}

size_t rows_of(FlatItem item, const Record& r) {
  switch (item) {
    case FlatItem::article: return 1;
    case FlatItem::entity: return r.entities.size();
    case FlatItem::time: return r.times.size();
    case FlatItem::statement: return r.statements.size();
    case FlatItem::event: return r.events.size();
    case FlatItem::position: return r.positions.size();
    case FlatItem::novelty: return r.novelty.size();
  }
  return 0;
}

}  // namespace

const std::vector<FlatTable>& flat_tables() {
  static const std::vector<FlatTable> all = {articles(), entities(),  times(),  statements(),
                                             events(),   positions(), novelty()};
  return all;
}

const FlatTable* flat_table(std::string_view format) {
  if (!format.starts_with(kFlatPrefix)) return nullptr;
  format.remove_prefix(std::string_view(kFlatPrefix).size());
  for (const FlatTable& table : flat_tables())
    if (table.name == format) return &table;
  return nullptr;
}

std::string flat_header(const FlatTable& table) {
  std::vector<std::string> names;
  for (const FlatColumn& c : table.columns) names.emplace_back(c.name);
  return quoted_tab_separated(names);
}

std::string flat_rows(const FlatTable& table, int64_t number, const Record& record,
                      const ExportTables& tables, const ExportEvent& exported) {
  const OffsetMap map(record.article.text);
  std::string out;
  const size_t rows = rows_of(table.item, record);
  for (size_t i = 0; i < rows; ++i) {
    FlatRow row{number, record, tables, map, i, std::nullopt};
    if (table.item == FlatItem::event) row.act.emplace(exported(record.events[i]));
    std::vector<std::string> cells;
    for (const FlatColumn& c : table.columns) {
      cells.push_back(c.cell(row));
      if (c.kind == ColumnKind::day && cells.back().empty()) cells.back() = "NA";
    }
    out += quoted_tab_separated(cells);
  }
  return out;
}

}  // namespace chancery
