// JSON-LD: schema.org NewsArticle with its Quotations and Claims, and a W3C Web Annotation for each piece of
// evidence with both selectors: the position, and the words with what stands around them, which
// survives small edits of the text.
#include "base/json_writer.h"
#include "export/export.h"
#include "export/fields.h"
#include "ledger/filed.h"

namespace chancery {
namespace {

void selectors(JsonWriter& w, const std::string& text, Span s) {
  auto cut = [&](size_t from, size_t to) {
    while (from < to && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
    while (to > from && to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80)
      --to;
    return text.substr(from, to - from);
  };
  w.key("selector").array();
  w.object()
      .text("type", "TextPositionSelector")
      .number("start", characters(text, s.begin))
      .number("end", characters(text, s.end))
      .end_object();
  w.object()
      .text("type", "TextQuoteSelector")
      .text("exact", s.of(text))
      .text("prefix", cut(s.begin > 32 ? s.begin - 32 : 0, s.begin))
      .text("suffix", cut(s.end, std::min<size_t>(text.size(), s.end + 32)))
      .end_object();
  w.end_array();
}

void agent(JsonWriter& w, const char* key, const Record& r, int e) {
  if (e < 0) return;
  const Entity& x = r.entities[e];
  w.key(key)
      .object()
      .text("@type", x.kind == "person"  ? "Person"
                     : x.kind == "place" ? "Place"
                                         : "Organization")
      .text("name", x.name);
  if (!x.role.empty()) w.text("jobTitle", x.role);
  if (!x.actor.country.empty()) w.text("nationality", x.actor.country);
  w.end_object();
}

}  // namespace

std::string json_ld(const Record& r) {
  const std::string& text = r.article.text;
  std::string id = r.article.url.empty() ? "urn:chancery:" + r.article.id : r.article.url;
  JsonWriter w;
  w.object();
  w.key("@context")
      .array()
      .value("https://schema.org")
      .object()
      .text("oa", "http://www.w3.org/ns/oa#")
      .text("chancery", "urn:chancery:schema:1#")
      .end_object()
      .end_array();
  w.text("@type", "NewsArticle")
      .text("@id", id)
      .text("headline", r.article.title)
      .text("inLanguage", r.article.language);
  if (!day_of_publication(r.article.published).empty())
    w.text("datePublished", r.article.published);
  if (!day_of_publication(r.article.updated).empty()) w.text("dateModified", r.article.updated);
  if (!r.article.publisher.empty())
    w.key("publisher")
        .object()
        .text("@type", "Organization")
        .text("name", r.article.publisher)
        .end_object();
  w.key("author").array();
  for (const std::string& a : r.article.byline)
    w.object().text("@type", "Person").text("name", a).end_object();
  w.end_array();
  w.text("articleBody", text);
  w.key("hasPart").array();
  for (const Statement& s : r.statements) {
    if (s.content.empty()) continue;
    // Only what stands between quotation marks is one; what a report says in its own words of what
    // somebody said is a claim that it ascribes to them.
    const bool verbatim = s.quote == "direct";
    w.object().text("@type", verbatim ? "Quotation" : "Claim").text("@id", id + "#" + s.id);
    w.text("chancery:quote", s.quote);
    agent(w, verbatim ? "spokenByCharacter" : "author", r, s.speaker);
    std::string words;
    for (Span c : s.content) words += (words.empty() ? "" : " … ") + std::string(c.of(text));
    w.text("text", words);
    if (s.when.dated())
      w.text("temporalCoverage",
             s.when.one_day() ? s.when.from_day() : s.when.from_day() + "/" + s.when.to_day());
    w.end_object();
  }
  w.end_array();
  w.key("chancery:annotation").array();
  auto annotate = [&](const std::string& item, const char* motive, const std::string& body,
                      const Spans& spans) {
    for (Span s : spans) {
      w.object()
          .text("@type", "oa:Annotation")
          .text("oa:motivatedBy", motive)
          .text("oa:hasBody", body)
          .text("chancery:item", item);
      w.key("oa:hasTarget").object().text("source", id);
      selectors(w, text, s);
      w.end_object().end_object();
    }
  };
  for (const Statement& s : r.statements) annotate(s.id, "oa:identifying", "statement", s.content);
  for (const Event& e : r.events)
    annotate(e.id, "oa:classifying",
             e.type + " " + e.status + (e.cameo.empty() ? "" : " CAMEO " + e.cameo), {e.span});
  for (const Position& p : r.positions)
    annotate(p.id, "oa:classifying", p.stance + (p.issue.empty() ? "" : ": " + p.issue), p.content);
  for (const Novelty& n : r.novelty) annotate(n.id, "oa:highlighting", n.claim, {n.span});
  w.end_array();
  w.end_object();
  return w.take() + "\n";
}

}  // namespace chancery
