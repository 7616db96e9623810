#include "ledger/digest.h"

#include <array>
#include <charconv>

#include "base/digest.h"
#include "base/strings.h"
#include "ledger/article_records.h"
#include "ledger/parts.h"

namespace chancery {
namespace {

// Rows are asked for by so many articles at a time: a server's answer is held in memory.
constexpr int64_t kStretch = 20000;

// A table's rows in words of their own. RANGE stands for a stretch of articles; WORDS for the number
// of a row of the full-text index; PLAIN for an article's record in full.
struct Rows {
  const char *name, *sql;
  bool derived;
};

// An act by the first that told it, a storyline by the least of its articles.
#define FOUNDER "h.pair, h.day, h.event, (SELECT f.key FROM article f WHERE f.number = h.article)"
#define STORY "(SELECT min(m.key) FROM article m WHERE m.story = "

constexpr Rows kRows[] = {
    {"articles",
     "SELECT a.key, a.id, a.url, a.publisher, a.title, a.published, a.language, PLAIN FROM "
     "article a WHERE RANGE",
     false},
    {"addresses",
     "SELECT a.key, d.address FROM address d JOIN article a ON a.number = d.article WHERE RANGE",
     false},
    {"sightings", "SELECT article, seen, address FROM sighting", false},
    {"learned",
     "SELECT name, country, sector, role, first, last, articles, evidence, origin FROM learned",
     false},
    {"filled",
     "SELECT a.key, f.entity, f.country, f.sector, f.role, f.why, f.name FROM filled f JOIN "
     "article a ON a.number = f.article WHERE RANGE",
     false},
    {"places",
     // A number that no article has is not the same as none.
     "SELECT a.key, a.day, coalesce(c.key, CASE WHEN a.copy_of IS NULL THEN '' ELSE 'gone' END), "
     "coalesce(r.key, CASE WHEN a.replaces IS NULL THEN '' ELSE 'gone' END), coalesce(" STORY
     "a.story), '') FROM article a LEFT JOIN article c ON c.number = a.copy_of LEFT JOIN article "
     "r ON r.number = a.replaces WHERE RANGE",
     true},
    {"bands", "SELECT a.key, b.hash FROM band b JOIN article a ON a.number = b.article WHERE RANGE",
     true},
    {"words", "SELECT a.key, w.text FROM words w JOIN article a ON a.number = w.WORDS WHERE RANGE",
     true},
    {"who", "SELECT name, kind, country, sector, role, articles, mentions, said FROM who", true},
    {"actors",
     "SELECT w.name, w.kind, w.country, a.key, x.mentions, x.said FROM actor x JOIN who w ON "
     "w.number = "
     "x.who JOIN article a ON a.number = x.article WHERE RANGE",
     true},
    {"taught", "SELECT reading, day, articles FROM taught", true},
    {"statements",
     "SELECT a.key, i.id, i.day, i.last, i.moment, i.precision, i.speaker, i.via, i.addressee, "
     "i.place, i.occasion, i.quote, i.force, i.confidence, i.cue, i.content FROM statement i JOIN "
     "article a ON a.number = i.article WHERE RANGE",
     true},
    {"events",
     "SELECT a.key, i.id, i.day, i.last, i.moment, i.precision, i.type, i.mode, i.cameo, "
     "i.goldstein, i.source, i.target, i.source_country, i.target_country, i.place, i.status, "
     "i.words, i.said_in, i.confidence, i.first, " FOUNDER
     " FROM event i JOIN article a ON a.number = i.article LEFT JOIN happening h ON h.number = "
     "i.happening WHERE RANGE",
     true},
    {"happenings",
     "SELECT " FOUNDER ", h.last, h.reports FROM happening h JOIN article a ON a.number = "
     "h.article WHERE RANGE",
     true},
    {"dyads",
     "SELECT a.key, e.id, d.a, d.b, d.day, d.last, d.type, d.status, d.goldstein, d.first FROM "
     "dyad d LEFT JOIN event e ON e.number = d.event LEFT JOIN article a ON a.number = e.article",
     true},
    {"positions",
     "SELECT a.key, i.id, i.day, i.last, i.moment, i.precision, i.holder, i.holder_country, "
     "i.stance, i.topic, i.issue, i.toward, i.toward_country, i.content, i.condition, i.stages, "
     "i.said_in, i.confidence, i.due_day, i.due_last, i.due FROM position i JOIN article a ON "
     "a.number = i.article WHERE RANGE",
     true},
    {"novelty",
     "SELECT a.key, i.id, i.day, i.last, i.moment, i.precision, i.claim, i.what, i.since, i.by, "
     "i.words FROM novelty i JOIN article a ON a.number = i.article WHERE RANGE",
     true},
    {"occasions",
     "SELECT a.key, i.id, i.day, i.last, i.moment, i.precision, i.type, i.status, i.who, "
     "i.country, i.place, i.words, i.said_in, i.announced FROM occasion i JOIN article a ON "
     "a.number = i.article WHERE RANGE",
     true},
    {"spans", "SELECT day, last FROM span", true},
    {"stories",
     "SELECT s.title, s.first, s.last, s.articles, s.profile, " STORY "s.number) FROM story s",
     true},
    // Under the number of one that is now of another too.
    {"story keys",
     "SELECT k.key, k.last, " STORY "coalesce(j.story, k.story)) FROM story_key k LEFT JOIN "
     "story_joined j ON j.number = k.story",
     true},
    {"story marks", "SELECT mark, articles FROM story_mark", true},
    {"joined stories", "SELECT " STORY "j.story) FROM story_joined j", true},
};

// Who plays which part: asked for by the table of the item.
constexpr const char* kParts =
    "SELECT w.name, w.kind, w.country, p.play, p.day, p.last, a.key, i.id FROM part p JOIN who w "
    "ON "
    "w.number = p.who LEFT JOIN ITEM i ON i.number = p.number LEFT JOIN article a ON a.number = "
    "i.article WHERE OF_KIND";

// The sum of digests: the same whatever the order.
class Sum {
 public:
  void add(const std::string& row) {
    const std::string hex = sha256(row);
    for (size_t lane = 0; lane < lanes_.size(); ++lane) {
      uint64_t part = 0;
      std::from_chars(hex.data() + lane * 16, hex.data() + lane * 16 + 16, part, 16);
      lanes_[lane] += part;
    }
    ++rows_;
  }
  int64_t rows() const { return rows_; }
  std::string hex() const {
    std::string all;
    for (uint64_t lane : lanes_) all += std::to_string(lane) + " ";
    return sha256(all);
  }

 private:
  std::array<uint64_t, 4> lanes_{};
  int64_t rows_ = 0;
};

void add_all(Query& q, const std::string& before, Sum& sum) {
  while (q.step()) {
    std::string row = before;
    for (int c = 0; c < q.columns(); ++c) {
      // Nothing is another thing than an empty text.
      row += q.null(c) ? std::string("\x1e") : q.text(c);
      row += '\x1f';
    }
    sum.add(row);
  }
}

}  // namespace

std::vector<TableDigest> digests(Database& db) {
  int64_t last = 0;
  {
    Query q(db, "SELECT coalesce(max(number), 0) FROM article");
    q.step();
    last = q.integer(0);
  }
  std::vector<TableDigest> out;
  for (const Rows& rows : kRows) {
    Sum sum;
    const std::string words = db.dialect() == Database::sqlite ? "rowid" : "number";
    const std::string sql =
        replace_all(replace_all(replace_all(rows.sql, "WORDS", words), "PLAIN", record_of(db, "a")),
                    "RANGE", "a.number > ? AND a.number <= ?");
    const bool stretches = sql.find('?') != std::string::npos;
    for (int64_t from = 0; from < last || !stretches; from += kStretch) {
      Query q(db, sql);
      if (stretches) q.bind(from).bind(from + kStretch);
      add_all(q, "", sum);
      if (!stretches) break;
    }
    out.push_back({rows.name, sum.rows(), sum.hex(), rows.derived});
  }
  Sum parts;
  for (const char* item : {"statement", "event", "position", "novelty", "occasion"}) {
    Query q(db, replace_all(replace_all(kParts, "ITEM", item), "OF_KIND", part_is("p.", item)));
    add_all(q, std::string(item) + '\x1f', parts);
  }
  out.push_back({"parts", parts.rows(), parts.hex(), true});
  return out;
}

std::string digest_of(const std::vector<TableDigest>& tables) {
  std::string all;
  for (const TableDigest& t : tables) all += t.sha256 + "  " + t.name + "\n";
  return sha256(all);
}

}  // namespace chancery
