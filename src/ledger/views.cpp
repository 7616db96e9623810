#include "ledger/views.h"

#include "base/strings.h"
#include "ledger/article_records.h"
#include "ledger/parts.h"

namespace chancery {
namespace {

constexpr ColumnKind kText = ColumnKind::text, kInteger = ColumnKind::integer,
                     kReal = ColumnKind::real, kDay = ColumnKind::day;

// A record that SQLite keeps packed (packing.h), in full, for programs that know nothing of that: it
// is cut before each control character, as the elements of a JSON array; an element begins with a
// code of one byte or two. Its own month takes the place of its code at the end.
constexpr const char* kRecord = "a.record";
constexpr const char* kUnpacked = R"sql((WITH RECURSIVE cut(n, x) AS (
  SELECT 0, '["' || replace(replace(CASE WHEN unicode(a.record) = 30 THEN substr(a.record, 10) ELSE a.record END, '\', '\\'), '"', '\"') || '"]'
  UNION ALL SELECT n + 1, replace(x, char(n + 1), printf(CASE n + 1 WHEN 30 THEN '\u%04x' ELSE '","\u%04x' END, n + 1)) FROM cut WHERE n < 31)
  SELECT CASE WHEN unicode(a.record) = 30 THEN replace(group_concat(words, ''), char(30), substr(a.record, 2, 8)) ELSE group_concat(words, '') END
  FROM (SELECT coalesce(p.words || substr(e.value, length(p.code) + 1), e.value) AS words
    FROM cut, json_each(cut.x) e LEFT JOIN packing p ON p.code IN (substr(e.value, 1, 1), substr(e.value, 1, 2))
    WHERE cut.n = 31 ORDER BY e.key)))sql";

// Which the views of items begin with.
std::vector<ViewColumn> item_columns(const char* number, const char* what) {
  return {{number, kInteger, "i.number", what},
          {"article", kInteger, "i.article", "Its article's number"},
          {"id", kText, "i.id", "Its id in the article's record"},
          {"published", kDay, "a.day", "Day of publication"},
          {"publisher", kText, "a.publisher", "The paper"},
          {"url", kText, "a.url", "The article's address"},
          {"story", kInteger, "a.story", "The article's storyline"},
          {"moment", kText, "i.moment", "When, as a TIMEX3 value"},
          {"from_day", kDay, "i.day", "First day that it covers"},
          {"to_day", kDay, "i.last", "Last day that it covers"},
          {"precision", kText, "i.precision", "How exact that is"}};
}

View with(View view, std::vector<ViewColumn> more) {
  view.columns.insert(view.columns.end(), more.begin(), more.end());
  return view;
}

View articles() {
  return {"articles",
          "One row an article",
          "article a",
          {{"article", kInteger, "a.number", "Its number"},
           {"id", kText, "a.id", "Its own id, or the file or address it came from"},
           {"url", kText, "a.url", "Its address"},
           {"publisher", kText, "a.publisher", "The paper"},
           {"title", kText, "a.title", "Its headline"},
           {"published", kDay, "a.day", "Day of publication"},
           {"published_at", kText, "a.published", "Publication as the page says it"},
           {"language", kText, "a.language", "ISO 639-1"},
           {"copy_of", kInteger, "a.copy_of", "The article that it repeats nearly word for word"},
           {"replaces", kInteger, "a.replaces", "The version that stood at its address before"},
           {"story", kInteger, "a.story", "The storyline it belongs to"},
           {"record", kText, kRecord, "Its record, JSON of schema chancery/1"}}};
}

View statements() {
  return with(
      {"statements", "One row a thing said", "statement i JOIN article a ON a.number = i.article",
       item_columns("statement", "Its number")},
      {{"speaker", kText, "i.speaker", "Who says it"},
       {"via", kText, "i.via", "On whose word"},
       {"addressee", kText, "i.addressee", "To whom"},
       {"quote", kText, "i.quote", "direct, indirect, mixed"},
       {"force", kText, "i.force", "asserted, denied, hedged, questioned, withheld"},
       {"confidence", kReal, "i.confidence", "That somebody says these words: 0 to 1"},
       {"place", kText, "i.place", "Where"},
       {"occasion", kText, "i.occasion", "interview, speech …"},
       {"cue", kText, "i.cue", "The words that say that something is said"},
       {"content", kText, "i.content", "What is said"}});
}

View events() {
  return with(
      {"events", "One row a telling of an act", "event i JOIN article a ON a.number = i.article",
       item_columns("event", "Its number")},
      {{"act", kInteger, "i.happening", "The act: tellings of one share it"},
       {"first", kInteger, "i.first", "1: no article before told it"},
       {"type", kText, "i.type", "Type of the ontology"},
       {"mode", kText, "i.mode", "Its mode"},
       {"cameo", kText, "i.cameo", "CAMEO code"},
       {"goldstein", kReal, "i.goldstein", "Goldstein value"},
       {"status", kText, "i.status", "occurred, planned, possible, conditional, denied"},
       {"source", kText, "i.source", "Who acts"},
       {"source_country", kText, "i.source_country", "The state"},
       {"target", kText, "i.target", "On or with whom"},
       {"target_country", kText, "i.target_country", "The state"},
       {"place", kText, "i.place", "Where"},
       {"words", kText, "i.words", "The words that tell it"},
       {"said_in", kText, "i.said_in", "Id of the statement that tells it"},
       {"confidence", kReal, "i.confidence",
        "That the act is told here: 0 to 1, 0 where not judged"}});
}

View acts() {
  return {"acts",
          "One row an act, however many articles tell it",
          "happening h JOIN event i ON i.article = h.article AND i.id = h.event",
          {{"act", kInteger, "h.number", "Its number"},
           {"reports", kInteger, "h.reports", "Articles that tell it; copies count as none"},
           {"article", kInteger, "h.article", "The article that told it first"},
           {"id", kText, "h.event", "The event's id there"},
           {"from_day", kDay, day_words("h.day"), "First day"},
           {"to_day", kDay, day_words("coalesce(h.last, h.day)"), "Last day"},
           {"type", kText, "i.type", "Type of the ontology"},
           {"status", kText, "i.status", "As it was first told"},
           {"source", kText, "i.source", "Who acts"},
           {"source_country", kText, "i.source_country", "The state"},
           {"target", kText, "i.target", "On or with whom"},
           {"target_country", kText, "i.target_country", "The state"},
           {"goldstein", kReal, "i.goldstein", "Goldstein value"},
           {"place", kText, "i.place", "Where"},
           {"words", kText, "i.words", "The words that tell it"}}};
}

View positions() {
  return with(
      {"positions", "One row a stance that somebody takes",
       "position i JOIN article a ON a.number = i.article", item_columns("position", "Its number")},
      {{"holder", kText, "i.holder", "Who holds it"},
       {"holder_country", kText, "i.holder_country", "The state"},
       {"stance", kText, "i.stance",
        "rejects, demands, offers, accepts, proposes, supports, opposes, warns"},
       {"toward", kText, "i.toward", "Toward whom"},
       {"toward_country", kText, "i.toward_country", "The state"},
       {"issue", kText, "i.issue", "Issue of data/topics.tsv"},
       {"topic", kText, "i.topic", "The topic in the report's words"},
       {"content", kText, "i.content", "The words that take it"},
       {"condition", kText, "i.condition", "On which condition"},
       {"stages", kText, "i.stages", "In which steps"},
       {"said_in", kText, "i.said_in", "Id of the statement that takes it"},
       {"confidence", kReal, "i.confidence", "That the words carry it: 0 to 1, 0 where not judged"},
       {"due_from", kDay, "i.due_day", "First day of the later time that its words name"},
       {"due_to", kDay, "i.due_last", "Its last day"},
       {"due", kText, "i.due", "That time, as a TIMEX3 value"}});
}

View novelties() {
  return with(
      {"novelties", "One row a claim that something is new",
       "novelty i JOIN article a ON a.number = i.article", item_columns("novelty", "Its number")},
      {{"claim", kText, "i.claim", "first, largest, unprecedented …"},
       {"what", kText, "i.what", "What is"},
       {"since", kText, "i.since", "Since when, as a TIMEX3 value"},
       {"claimant", kText, "i.by", "Whose act it is"},
       {"words", kText, "i.words", "The words of the claim"}});
}

View occasions() {
  return with(
      {"occasions", "One row a day on which something is set for a calendar, or was",
       "occasion i JOIN article a ON a.number = i.article", item_columns("occasion", "Its number")},
      {{"type", kText, "i.type",
        "vote, election, debate, deadline, entry_into_force, court, anniversary, meeting, "
        "start, end"},
       {"status", kText, "i.status", "planned, occurred, denied (called off)"},
       {"who", kText, "i.who", "Whose it is"},
       {"country", kText, "i.country", "The state of the first of them"},
       {"place", kText, "i.place", "Where"},
       {"announced", kText, "i.announced", "Who says so, where somebody is quoted"},
       {"said_in", kText, "i.said_in", "Id of the statement that says so"},
       {"words", kText, "i.words", "The words that tell it"}});
}

View actors() {
  return {"actors",
          "One row an actor of any article, and one a state (kind 'state', its code as name)",
          "who w",
          {{"actor", kInteger, "w.number", "Its number"},
           {"name", kText, "w.name", "Its name"},
           {"kind", kText, "w.kind", "person, place, organization, group, event, other, state"},
           {"country", kText, "w.country", "Its state"},
           {"country_basis", kText, "w.country_basis",
            "said: an article, the register or a person says "
            "the state; inferred: only the company that it keeps in articles tells it"},
           {"sector", kText, "w.sector", "Its sector"},
           {"role", kText, "w.role", "Its office"},
           {"articles", kInteger, "w.articles", "Articles that name it"},
           {"mentions", kInteger, "w.mentions", "How often"}}};
}

View parts() {
  return {"parts",
          "Who plays which part in which item: joins actors with statements, events, positions, "
          "novelties and occasions",
          "part p",
          {{"actor", kInteger, "p.who", "Number of the actor"},
           {"item", kText, item_words("p.play"), "statement, event, position, novelty, occasion"},
           {"number", kInteger, "p.number", "Number of that item"},
           {"part", kText, part_words("p.play"), "by, toward, via, about"},
           {"from_day", kDay, day_words("p.day"), "First day of the item"},
           {"to_day", kDay, day_words("coalesce(p.last, p.day)"), "Last day of the item"}}};
}

class ViewGroup : public Derivation {
 public:
  using Derivation::Derivation;
  const char* name() const override { return "views"; }
  int version() const override { return db_.dialect() == Database::sqlite ? 5 : 6; }
  std::vector<const char*> tables() const override { return {}; }
  std::vector<const char*> uses() const override { return {"texts", "actors", "items", "stories"}; }
  std::string create() const override {
    std::string out;
    for (const View& view : views()) out += view_sql(view) + ";\n";
    return replace_all(
        out, kRecord,
        db_.dialect() == Database::sqlite ? std::string(kUnpacked) : record_of(db_, "a"));
  }
  void drop() override {
    for (const View& view : views()) db_.run(std::string("DROP VIEW IF EXISTS ") + view.name);
  }
  void write(Entry&) override {}
  void recall(Entry&) override {}
  void cut_off(int64_t, const std::string&) override {}
};

}  // namespace

const std::vector<View>& views() {
  static const std::vector<View> all = {articles(),  statements(), events(), acts(), positions(),
                                        novelties(), occasions(),  actors(), parts()};
  return all;
}

std::string view_sql(const View& view) {
  std::string out = std::string("CREATE VIEW ") + view.name + " AS SELECT";
  const char* comma = " ";
  for (const ViewColumn& c : view.columns) {
    const bool empty = c.kind == ColumnKind::text || c.kind == ColumnKind::day;
    // A confidence of nothing was never judged.
    const bool unjudged = c.kind == ColumnKind::real && std::string_view(c.name) == "confidence";
    const std::string sql = empty      ? std::string("nullif(") + c.sql + ", '')"
                            : unjudged ? std::string("nullif(") + c.sql + ", 0)"
                                       : c.sql;
    out += comma + sql + " AS " + c.name;
    comma = ", ";
  }
  return out + " FROM " + view.from;
}

std::unique_ptr<Derivation> view_group(Database& db) { return std::make_unique<ViewGroup>(db); }

}  // namespace chancery
