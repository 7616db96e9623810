#include "ledger/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/strings.h"
#include "ledger/schema.h"
#include "record/json.h"
#include "record/validate.h"

namespace chancery {

std::string article_key(const Article& article) {
  std::string body = squeeze(article.text);
  return fmt::format("{:016x}{:016x}", hash64(body), hash64(body, hash64(article.published.substr(0, 10), 0x9E3779B97F4A7C15ull)));
}

Ledger::Ledger(const std::string& path, Mode mode) : db_(path, mode == read) {
  if (mode == write) db_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  db_.run("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
  migrate();
}

void Ledger::migrate() {
  int version;
  {
    Query q(db_, "PRAGMA user_version");
    q.step();
    version = static_cast<int>(q.integer(0));
  }
  if (version > kLedgerVersion) throw StartError(fmt::format("{}: a ledger of version {}, this program knows {}: use a newer chancery", db_.path(), version, kLedgerVersion));
  if (version == kLedgerVersion) return;
  if (version == 0) {
    Query q(db_, "SELECT count(*) FROM sqlite_master");
    q.step();
    if (q.integer(0) > 0) throw StartError(db_.path() + ": a database of another program, no ledger");
  }
  db_.run("BEGIN IMMEDIATE");
  for (int v = version; v < kLedgerVersion; ++v) db_.run(kMigrations[v]);
  db_.run(fmt::format("PRAGMA user_version = {}", kLedgerVersion).c_str());
  db_.run("COMMIT");
}

void Ledger::begin() { db_.run("BEGIN IMMEDIATE"); }
void Ledger::commit() { db_.run("COMMIT"); }

int64_t Ledger::articles() {
  Query q(db_, "SELECT count(*) FROM article");
  q.step();
  return q.integer(0);
}

bool Ledger::has_url(const std::string& url) {
  Query q(db_, "SELECT 1 FROM article WHERE url = ? LIMIT 1");
  return q.bind(url).step();
}

std::pair<std::string, std::string> Ledger::feed_state(const std::string& url) {
  Query q(db_, "SELECT etag, modified FROM feed WHERE url = ?");
  if (!q.bind(url).step()) return {};
  return {q.text(0), q.text(1)};
}

void Ledger::set_feed_state(const std::string& url, const std::string& etag, const std::string& modified) {
  Query q(db_, "INSERT INTO feed(url, etag, modified) VALUES (?,?,?) ON CONFLICT(url) DO UPDATE SET etag = excluded.etag, modified = excluded.modified");
  q.bind(url).bind(etag).bind(modified).step();
}

namespace {

// All of an article or nothing of it, inside a transaction or alone.
class Savepoint {
 public:
  explicit Savepoint(Database& db) : db_(db) { db_.run("SAVEPOINT article"); }
  ~Savepoint() {
    if (kept_) return;
    try {
      db_.run("ROLLBACK TO article; RELEASE article");
    } catch (const Error&) {
      // The error that brought us here is the one to tell.
    }
  }
  void keep() {
    db_.run("RELEASE article");
    kept_ = true;
  }

 private:
  Database& db_;
  bool kept_ = false;
};

}  // namespace

Ledger::Added Ledger::add(const Record& record) {
  if (auto problem = first_problem(record)) throw Error("record " + record.article.id + ": " + *problem);
  const std::string key = article_key(record.article);
  {
    Query known(db_, "SELECT 1 FROM article WHERE key = ?");
    if (known.bind(key).step()) return Added::known;
  }
  Savepoint savepoint(db_);
  Record taught;
  if (learning_) {
    taught = record;
    learned().apply(taught);
    learned().teach(record);
  }
  const Record& r = learning_ ? taught : record;
  const Article& a = r.article;
  auto words = [&](const Spans& spans) {
    std::string out;
    for (Span s : spans) out += (out.empty() ? "" : " … ") + std::string(s.of(a.text));
    return out;
  };
  auto name = [&](int e) { return e < 0 ? std::string() : r.entities[e].name; };
  auto names = [&](const std::vector<int>& list) {
    std::vector<std::string> out;
    for (int e : list) out.push_back(name(e));
    return join(out, ", ");
  };
  Query article(db_, "INSERT INTO article(key, id, url, publisher, title, published, language, record) VALUES (?,?,?,?,?,?,?,?) RETURNING number");
  article.bind(key).bind(a.id).bind(a.url).bind(a.publisher).bind(a.title).bind(a.published).bind(a.language).bind(to_json(r, {true}));
  article.step();
  int64_t number = article.integer(0);
  article.step();
  Query fts(db_, "INSERT INTO words(rowid, title, text) VALUES (?,?,?)");
  fts.bind(number).bind(a.title).bind(a.text).step();
  Query actor(db_, "INSERT INTO actor VALUES (?,?,?,?,?,?,?,?)");
  for (size_t e = 0; e < r.entities.size(); ++e) {
    const Entity& x = r.entities[e];
    actor.bind(number).bind(static_cast<int64_t>(e)).bind(x.name).bind(x.kind).bind(x.actor.country).bind(x.actor.sector).bind(x.role).bind(static_cast<int64_t>(x.mentions.size())).step();
    actor.reset();
  }
  Query part(db_, "INSERT OR IGNORE INTO part VALUES (?,?,?,?,?)");
  auto plays = [&](const char* item, int64_t row, const char* which, const std::vector<int>& who) {
    for (int e : who)
      if (e >= 0) {
        part.bind(item).bind(row).bind(which).bind(number).bind(static_cast<int64_t>(e)).step();
        part.reset();
      }
  };
  auto inserted = [](Query& q) {
    q.step();
    int64_t row = q.integer(0);
    q.step();
    q.reset();
    return row;
  };
  Query statement(db_, "INSERT INTO statement(article, id, speaker, via, addressee, date, place, occasion, quote, cue, content) VALUES (?,?,?,?,?,?,?,?,?,?,?) RETURNING number");
  for (const Statement& s : r.statements) {
    statement.bind(number).bind(s.id).bind(name(s.speaker)).bind(names(s.via)).bind(names(s.to)).bind(s.when).bind(name(s.where)).bind(s.occasion).bind(s.quote).bind(words(s.cue)).bind(words(s.content));
    int64_t row = inserted(statement);
    plays("statement", row, "by", {s.speaker});
    plays("statement", row, "via", s.via);
    plays("statement", row, "toward", s.to);
    // Who is spoken of: entities with a mention in the content.
    std::vector<int> about;
    for (size_t e = 0; e < r.entities.size(); ++e)
      for (Span m : r.entities[e].mentions)
        for (Span c : s.content)
          if (c.contains(m) && (about.empty() || about.back() != static_cast<int>(e))) about.push_back(static_cast<int>(e));
    plays("statement", row, "about", about);
  }
  Query event(db_, "INSERT INTO event(article, id, type, mode, cameo, goldstein, source, target, date, place, status, words, said_in) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING number");
  for (const Event& x : r.events) {
    event.bind(number).bind(x.id).bind(x.type).bind(x.mode).bind(x.cameo);
    if (x.has_goldstein) event.bind_real(x.goldstein);
    else event.bind_null();
    event.bind(names(x.source)).bind(names(x.target)).bind(x.when).bind(name(x.where)).bind(x.status).bind(x.span.of(a.text)).bind(x.said_in < 0 ? "" : r.statements[x.said_in].id);
    int64_t row = inserted(event);
    plays("event", row, "by", x.source);
    plays("event", row, "toward", x.target);
  }
  Query position(db_, "INSERT INTO position(article, id, holder, stance, topic, toward, content, condition, stages, said_in) VALUES (?,?,?,?,?,?,?,?,?,?) RETURNING number");
  for (const Position& p : r.positions) {
    position.bind(number).bind(p.id).bind(name(p.holder)).bind(p.stance).bind(p.topic).bind(names(p.toward)).bind(words(p.content)).bind(words(p.condition)).bind(join(p.stages, ", ")).bind(p.said_in < 0 ? "" : r.statements[p.said_in].id);
    int64_t row = inserted(position);
    plays("position", row, "by", {p.holder});
    plays("position", row, "toward", p.toward);
  }
  Query novelty(db_, "INSERT INTO novelty(article, id, claim, what, since, by, words) VALUES (?,?,?,?,?,?,?) RETURNING number");
  for (const Novelty& n : r.novelty) {
    novelty.bind(number).bind(n.id).bind(n.claim).bind(n.what).bind(n.since).bind(name(n.by)).bind(n.span.of(a.text));
    int64_t row = inserted(novelty);
    plays("novelty", row, "by", {n.by});
  }
  savepoint.keep();
  return Added::fresh;
}

namespace {

// A condition with its parameters, built piece by piece.
struct Where {
  std::string sql = "1";
  std::vector<std::string> values;
  void add(const std::string& condition, std::initializer_list<std::string> with) {
    sql += " AND " + condition;
    values.insert(values.end(), with);
  }
};

std::string like(const std::string& text) {
  std::string out = "%";
  for (char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

// Free words as an FTS5 query: each quoted, so that no character of them is syntax.
std::string fts_query(const std::string& text) {
  std::string out;
  for (std::string_view word : split_words(text)) out += (out.empty() ? "\"" : " \"") + replace_all(std::string(word), "\"", "\"\"") + "\"";
  return out;
}

void actor_condition(Where& where, const std::string& item, const std::string& part, const ActorFilter& f) {
  if (f.empty()) return;
  std::string sql = "EXISTS (SELECT 1 FROM part p JOIN actor x ON x.article = p.article AND x.entity = p.entity WHERE p.item = '" + item + "' AND p.number = i.number";
  if (!part.empty()) sql += " AND p.part = '" + part + "'";
  std::vector<std::string> values;
  if (!f.name.empty() && !f.country.empty()) {
    sql += " AND (x.country = ? OR x.name LIKE ? ESCAPE '\\'))";
    values = {f.country, like(f.name)};
  } else if (!f.country.empty()) {
    sql += " AND x.country = ?)";
    values = {f.country};
  } else {
    sql += " AND x.name LIKE ? ESCAPE '\\')";
    values = {like(f.name)};
  }
  where.sql += " AND " + sql;
  where.values.insert(where.values.end(), values.begin(), values.end());
}

Answer collect(Query& q) {
  Answer out;
  for (int c = 0; c < q.columns(); ++c) out.columns.push_back(q.name(c));
  while (q.step()) {
    std::vector<std::string> row;
    for (int c = 0; c < q.columns(); ++c) row.push_back(q.text(c));
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Answer Ledger::ask(const std::string& item, const std::string& select, const Question& q, const std::string& date, const std::vector<std::pair<std::string, ActorFilter>>& parts, const std::string& extra, const std::string& order) {
  Where where;
  for (const auto& [part, filter] : parts) actor_condition(where, item, part, filter);
  actor_condition(where, item, "", q.actor);
  if (!q.text.empty()) where.add("a.number IN (SELECT rowid FROM words WHERE words MATCH ?)", {fts_query(q.text)});
  if (!q.from.empty()) where.add(date + " >= ?", {q.from});
  if (!q.until.empty()) where.add("substr(" + date + ", 1, " + std::to_string(q.until.size()) + ") <= ?", {q.until});
  // Spoken of: in the words, or as an actor whom they mean ("he", "the premier").
  if (!q.about.empty())
    where.add("(i.content LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM part p JOIN actor x ON x.article = p.article AND x.entity = p.entity WHERE p.item = '" + item + "' AND p.number = i.number AND p.part = 'about' AND x.name LIKE ? ESCAPE '\\'))", {like(q.about), like(q.about)});
  if (!q.topic.empty()) where.add("(i.topic LIKE ? ESCAPE '\\' OR i.content LIKE ? ESCAPE '\\')", {like(q.topic), like(q.topic)});
  if (!q.stance.empty()) where.add("i.stance = ?", {q.stance});
  if (!q.type.empty()) where.add("i.type = ?", {q.type});
  if (!q.status.empty()) where.add("i.status = ?", {q.status});
  if (!extra.empty()) where.sql += " AND " + extra;
  Query query(db_, "SELECT " + select + " FROM " + item + " i JOIN article a ON a.number = i.article WHERE " + where.sql + " ORDER BY " + order + fmt::format(" LIMIT {}", q.limit));
  for (const std::string& value : where.values) query.bind(value);
  return collect(query);
}

Answer Ledger::statements(const Question& q) {
  return ask("statement", "i.number, coalesce(nullif(i.date,''), substr(a.published,1,10)) AS date, i.speaker, i.via, i.quote, i.content, i.occasion, a.id AS article", q, "coalesce(nullif(i.date, ''), a.published)", {{"by", q.by}, {"toward", q.toward}}, "", "date, i.number");
}

Answer Ledger::events(const Question& q) {
  const char* select = "i.number, coalesce(nullif(i.date,''), '') AS date, i.source, i.type, i.mode, i.target, i.status, i.place, i.cameo, i.goldstein, i.words, a.id AS article";
  const char* date = "coalesce(nullif(i.date, ''), a.published)";
  if (!q.between_a.empty() || !q.between_b.empty()) {
    // Both directions, the two in different parts or jointly in one.
    Question one = q;
    Answer out = ask("event", select, one, date, {{"by", q.between_a}, {"toward", q.between_b}}, "", "date, i.number");
    Answer back = ask("event", select, one, date, {{"by", q.between_b}, {"toward", q.between_a}}, "", "date, i.number");
    std::set<std::string> seen;
    for (const auto& row : out.rows) seen.insert(row[0]);
    for (auto& row : back.rows)
      if (seen.insert(row[0]).second) out.rows.push_back(std::move(row));
    std::stable_sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) { return a[1] < b[1]; });
    return out;
  }
  return ask("event", select, q, date, {{"by", q.by}, {"toward", q.toward}}, "", "date, i.number");
}

Answer Ledger::positions(const Question& q) {
  return ask("position", "i.number, substr(a.published,1,10) AS date, i.holder, i.stance, i.toward, i.topic, i.content, i.condition, i.stages, a.id AS article", q, "a.published", {{"by", q.by}, {"toward", q.toward}}, "", "date, i.number");
}

Answer Ledger::calendar(const Question& q) {
  return ask("event", "i.number, i.date, i.source AS who, i.type, i.mode, i.target AS \"with\", i.place, i.status, i.words, a.id AS article", q, "i.date", {{"by", q.by}, {"toward", q.toward}}, "i.date <> '' AND (i.status = 'planned' OR i.type = 'CONSULT') AND i.status <> 'denied'", "i.date, i.number");
}

Answer Ledger::novelty(const Question& q) {
  return ask("novelty", "i.number, substr(a.published,1,10) AS date, i.claim, i.what, i.by, i.since, i.words, a.id AS article", q, "a.published", {{"by", q.by}}, "", "date, i.number");
}

Answer Ledger::actors(const Question& q) {
  Where where;
  if (!q.actor.name.empty() && !q.actor.country.empty()) where.add("(x.country = ? OR x.name LIKE ? ESCAPE '\\')", {q.actor.country, like(q.actor.name)});
  else if (!q.actor.country.empty()) where.add("x.country = ?", {q.actor.country});
  else if (!q.actor.name.empty()) where.add("x.name LIKE ? ESCAPE '\\'", {like(q.actor.name)});
  if (!q.text.empty()) where.add("x.article IN (SELECT rowid FROM words WHERE words MATCH ?)", {fts_query(q.text)});
  Query query(db_, "SELECT x.name, max(x.kind) AS kind, max(x.country) AS country, max(x.sector) AS sector, max(x.role) AS role, count(DISTINCT x.article) AS articles, sum(x.mentions) AS mentions,"
                   " (SELECT count(*) FROM part p JOIN actor y ON y.article = p.article AND y.entity = p.entity WHERE p.item = 'statement' AND p.part = 'by' AND y.name = x.name) AS statements,"
                   " (SELECT count(*) FROM part p JOIN actor y ON y.article = p.article AND y.entity = p.entity WHERE p.item = 'event' AND y.name = x.name) AS events"
                   " FROM actor x WHERE " + where.sql + " AND x.country IS NOT NULL AND (x.country <> '' OR x.kind = 'person') GROUP BY x.name ORDER BY mentions DESC, x.name" + fmt::format(" LIMIT {}", q.limit));
  for (const std::string& value : where.values) query.bind(value);
  return collect(query);
}

Answer Ledger::search(const Question& q) {
  Query query(db_, "SELECT a.number, substr(a.published,1,10) AS date, a.title, snippet(words, 1, '[', ']', ' … ', 16) AS words, a.id AS article FROM words JOIN article a ON a.number = words.rowid WHERE words MATCH ? ORDER BY rank, a.number" + fmt::format(" LIMIT {}", q.limit));
  query.bind(fts_query(q.text));
  return collect(query);
}

}  // namespace chancery
