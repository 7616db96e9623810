#include "ledger/article_records.h"

#include "base/error.h"
#include "ledger/filed.h"
#include "ledger/packing.h"
#include "record/json.h"

namespace chancery {
namespace {

const std::string kColumns =
    "number, key, id, url, publisher, title, published, language, day, added";
const std::string kUnnumbered = kColumns.substr(kColumns.find("key"));

bool apart(const Database& db) { return lies_by_months(db, "article_record"); }

// As it is kept.
std::string kept_form_of(const Database& db, const std::string& article) {
  if (!apart(db)) return article + ".record";
  return "(SELECT r.record FROM article_record r WHERE r.article = " + article +
         ".number AND r.month = " + article + ".month)";
}

// What a row of `article` has of its record: a server the month under which it lies.
std::string own_column(const Database& db) { return apart(db) ? ", month" : ", record"; }

}  // namespace

std::string record_of(const Database& db, const std::string& article) {
  return plain_record(db, kept_form_of(db, article));
}

void ArticleRecords::put(const Entry& entry, const std::string& key, const Record& record,
                         const std::string& added) {
  const Article& a = record.article;
  const std::string day = day_of_publication(a.published), json = to_json(record, {true});
  Query q(db_, "INSERT INTO article(" + kColumns + own_column(db_) +
                   ", copy_of, replaces, story) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  q.bind(entry.number).bind(key).bind(a.id).bind(a.url).bind(a.publisher).bind(a.title);
  q.bind(a.published).bind(a.language).bind(day).bind(added);
  q.bind(apart(db_) ? month_of(day) : packed_for(db_, json));
  for (int64_t n : {entry.copy_of, entry.replaces, entry.story}) {
    if (n) q.bind(n);
    else q.bind_null();
  }
  q.step();
  if (apart(db_)) keep(entry.number, month_of(day), json);
}

void ArticleRecords::keep(int64_t number, const std::string& month, const std::string& json) {
  need_month(db_, {"article_record"}, month);
  Query q(db_, "INSERT INTO article_record VALUES (?,?,?)");
  q.bind(number).bind(month).bind(json).step();
}

void ArticleRecords::drop_kept(int64_t number) {
  Query q(
      db_,
      "DELETE FROM article_record WHERE article = ? AND month = (SELECT month FROM article WHERE "
      "number = ?)");
  q.bind(number).bind(number).step();
}

void ArticleRecords::replace(int64_t number, const Record& record) {
  const Article& a = record.article;
  const std::string day = day_of_publication(a.published), json = to_json(record, {true});
  if (apart(db_)) {
    drop_kept(number);
    keep(number, month_of(day), json);
  }
  Query q(db_, "UPDATE article SET title = ?, published = ?, day = ?, language = ?" +
                   own_column(db_) + " = ? WHERE number = ?");
  q.bind(a.title).bind(a.published).bind(day).bind(a.language);
  q.bind(apart(db_) ? month_of(day) : packed_for(db_, json)).bind(number).step();
}

void ArticleRecords::take_out(int64_t number) {
  if (apart(db_)) drop_kept(number);
  Query q(db_, "DELETE FROM article WHERE number = ?");
  q.bind(number).step();
}

void ArticleRecords::move_to(const std::string& table, int64_t number, const std::string& further,
                             const std::string& value) {
  {
    Query copy(db_, "INSERT INTO " + table + "(" + kColumns + ", record" + further + ") SELECT " +
                        kColumns + ", " + kept_form_of(db_, "article") +
                        ", ? FROM article WHERE number = ?");
    copy.bind(value).bind(number).step();
  }
  take_out(number);
}

int64_t ArticleRecords::put_back(const std::string& table, const std::string& column,
                                 const std::string& value) {
  const std::string from = " FROM " + table + " x WHERE " + column + " = ?";
  std::string month, record;
  bool taken = false;
  {
    // The number may have been given to another meanwhile.
    Query q(db_, "SELECT day, record, (SELECT count(*) FROM article a WHERE a.number = x.number)" +
                     from);
    if (!q.bind(value).step()) throw Error("no article with " + column + " " + value);
    month = month_of(q.text(0)), record = q.text(1), taken = q.integer(2) > 0;
  }
  const std::string& columns = taken ? kUnnumbered : kColumns;
  int64_t number = 0;
  {
    Query put(db_, "INSERT INTO article(" + columns + own_column(db_) + ") SELECT " + columns +
                       (apart(db_) ? ", '" + month + "'" : ", record") + from + db_.returning());
    number = put.bind(value).number();
  }
  if (apart(db_)) keep(number, month, record);
  Query drop(db_, "DELETE FROM " + table + " WHERE " + column + " = ?");
  drop.bind(value).step();
  return number;
}

void ArticleRecords::part_by_months() {
  if (!apart(db_)) return;
  db_.run(
      db_.ddl("CREATE TABLE article_record (article INTEGER NOT NULL, month TEXT NOT NULL, record "
              "TEXT NOT NULL, PRIMARY KEY (article, month)" +
              end_by_months(db_.dialect(), "article_record")));
  std::vector<std::string> days;
  {
    // Of an early version they may be anything.
    Query q(db_, "SELECT DISTINCT day FROM article ORDER BY day");
    while (q.step()) days.push_back(q.text(0));
  }
  db_.run(db_.ddl("ALTER TABLE article ADD COLUMN month TEXT NOT NULL DEFAULT ''"));
  Query place(db_, "UPDATE article SET month = ? WHERE day = ?");
  for (const std::string& day : days) {
    if (month_of(day).empty()) continue;
    need_month(db_, {"article_record"}, month_of(day));
    place.bind(month_of(day)).bind(day).step();
    place.reset();
  }
  // To be packed anew, by the way of today, and not as they were.
  db_.run("INSERT INTO article_record SELECT number, month, record || '' FROM article");
  // Its space is given back by writing the table anew.
  db_.run(
      "ALTER TABLE article DROP COLUMN record; CLUSTER article USING article_pkey; ALTER TABLE "
      "article SET WITHOUT CLUSTER");
}

}  // namespace chancery
