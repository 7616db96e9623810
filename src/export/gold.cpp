// Records that people confirmed as a whole, in the form of annotated gold: what a model is taught
// and measured by.
#include <map>

#include "base/digest.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "export/export.h"

namespace chancery {
namespace {

class GoldWriter {
 public:
  explicit GoldWriter(const Record& r) : r_(r), map_(r.article.text) {}

  std::string line(const Correction& confirmed) {
    w_.object().text("schema", "chancery/1");
    article(confirmed);
    w_.key("entities").array();
    for (const Entity& e : r_.entities) entity(e);
    w_.end_array();
    // Nobody is asked to look at times: `partial` says so.
    w_.key("times").array().end_array();
    w_.key("statements").array();
    for (const Statement& s : r_.statements) statement(s);
    w_.end_array().key("events").array();
    for (const Event& e : r_.events) event(e);
    w_.end_array().key("positions").array();
    for (const Position& p : r_.positions) position(p);
    w_.end_array().key("novelty").array();
    for (const Novelty& n : r_.novelty) novelty(n);
    w_.end_array().end_object();
    return w_.take() + "\n";
  }

 private:
  void article(const Correction& confirmed) {
    const Article& a = r_.article;
    w_.key("article").object().text("id", a.id);
    if (!a.published.empty()) w_.text("published", a.published);
    w_.text("language", a.language).text("sha1", sha1(a.text));
    w_.key("partial").array().value("times").end_array();
    w_.text("confirmed_by", confirmed.author).text("confirmed_at", confirmed.at);
    w_.text("text", a.text).end_object();
  }
  void entity(const Entity& e) {
    w_.object().text("id", e.id).text("name", e.name).text("kind", e.kind);
    if (!e.actor.country.empty() || !e.actor.sector.empty()) {
      w_.key("actor").object();
      if (!e.actor.country.empty()) w_.text("country", e.actor.country);
      if (!e.actor.sector.empty()) w_.text("sector", e.actor.sector);
      if (!e.actor.other_sectors.empty()) {
        w_.key("other_sectors").array();
        for (const std::string& s : e.actor.other_sectors) w_.value(s);
        w_.end_array();
      }
      w_.end_object();
    }
    if (!e.role.empty()) w_.text("role", e.role);
    spans("mentions", e.mentions);
    w_.end_object();
  }
  void statement(const Statement& s) {
    w_.object().text("id", s.id);
    one("speaker", s.speaker);
    spans("source", s.source);
    spans("cue", s.cue);
    spans("content", s.content);
    w_.text("quote", s.quote);
    if (!s.force.empty()) w_.text("force", s.force);
    all("via", s.via);
    all("to", s.to);
    when("when", s.when);
    if (s.where >= 0) one("where", s.where);
    if (!s.occasion.empty()) w_.text("occasion", s.occasion);
    w_.end_object();
  }
  void event(const Event& e) {
    w_.object().text("id", e.id).text("type", e.type);
    all("source", e.source);
    all("target", e.target);
    w_.text("status", e.status);
    span("span", e.span);
    if (!e.mode.empty()) w_.text("mode", e.mode);
    // Where nobody named the word, there is none to learn from.
    span("trigger", e.trigger.empty() ? Span{e.span.begin, e.span.begin} : e.trigger);
    spans("source_words", words_in(e.span, e.source));
    spans("target_words", words_in(e.span, e.target));
    when("when", e.when);
    if (e.where >= 0) one("where", e.where);
    said_in(e.said_in);
    w_.end_object();
  }
  void position(const Position& p) {
    w_.object().text("id", p.id);
    one("holder", p.holder);
    w_.text("topic", p.topic).text("stance", p.stance);
    all("toward", p.toward);
    spans("content", p.content);
    spans("condition", p.condition);
    w_.key("stages").array();
    for (const std::string& stage : p.stages) w_.value(stage);
    w_.end_array();
    said_in(p.said_in);
    w_.end_object();
  }
  void novelty(const Novelty& n) {
    w_.object().text("id", n.id);
    span("span", n.span);
    w_.text("claim", n.claim).text("what", n.what);
    when("since", n.since);
    if (n.by >= 0) one("by", n.by);
    w_.end_object();
  }

  // The words of an act's telling that stand for these.
  Spans words_in(Span told, const std::vector<int>& who) const {
    Spans out;
    for (int e : who)
      for (Span m : r_.entities[static_cast<size_t>(e)].mentions)
        if (told.contains(m)) out.push_back(m);
    return out;
  }
  void pair(Span s) {
    w_.array().value(size_t{map_.to_code_points(s.begin)});
    w_.value(size_t{map_.to_code_points(s.end)}).end_array();
  }
  void span(const char* key, Span s) {
    w_.key(key);
    pair(s);
  }
  void spans(const char* key, const Spans& list) {
    w_.key(key).array();
    for (Span s : list)
      if (!s.empty()) pair(s);
    w_.end_array();
  }
  const std::string& id(int entity) const { return r_.entities[static_cast<size_t>(entity)].id; }
  void one(const char* key, int entity) {
    w_.key(key);
    if (entity < 0) w_.null();
    else w_.value(id(entity));
  }
  void all(const char* key, const std::vector<int>& list) {
    w_.key(key).array();
    for (int e : list) w_.value(id(e));
    w_.end_array();
  }
  void when(const char* key, const When& when) {
    if (!when.empty()) w_.text(key, when.value());
  }
  void said_in(int statement) {
    if (statement >= 0) w_.text("said_in", r_.statements[static_cast<size_t>(statement)].id);
  }

  const Record& r_;
  OffsetMap map_;
  JsonWriter w_;
};

}  // namespace

std::string gold_line(const Record& record, const Correction& confirmed) {
  return GoldWriter(record).line(confirmed);
}

}  // namespace chancery
