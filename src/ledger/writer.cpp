#include "ledger/writer.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "ledger/duplicates.h"

namespace chancery {
namespace {

// An actor as event identity sees it: the state, or the body's name.
std::string side(const Record& r, const std::vector<int>& who) {
  if (who.empty()) return "";
  const Entity& e = r.entities[who[0]];
  return e.actor.country.size() == 3 && e.actor.country != "IGO" && e.actor.country != "NGO" &&
                 e.actor.country != "MNC"
             ? e.actor.country +
                   (e.actor.sector == "REB" || e.actor.sector == "OPP" || e.actor.sector == "CVL"
                        ? "/" + e.actor.sector
                        : "")
             : lower(e.name);
}

bool mutual(std::string_view type) {
  return type == "CONSULT" || type == "AGREE" || type == "COOPERATE";
}

// A day some days away; the day itself when it is no whole date.
std::string shifted(const std::string& day, int days) {
  auto parsed = parse_day(day);
  return day.size() == 10 && parsed ? iso(add_days(*parsed, days)) : day;
}

// The first bytes of a text, no character torn.
std::string cut(std::string text, size_t most) {
  if (text.size() <= most) return text;
  text.resize(most);
  while (!text.empty() && !valid_utf8(text)) text.pop_back();
  return text;
}

// Share of the shorter list's words that both have; `other` is a sorted list apart by blanks.
double overlap(const std::vector<std::string>& words, std::string_view other) {
  size_t both = 0, count = 0, i = 0;
  while (!other.empty()) {
    size_t end = std::min(other.find(' '), other.size());
    std::string_view w = other.substr(0, end);
    other.remove_prefix(std::min(end + 1, other.size()));
    ++count;
    while (i < words.size() && words[i] < w) ++i;
    if (i < words.size() && words[i] == w) ++both, ++i;
  }
  return count && !words.empty()
             ? static_cast<double>(both) / static_cast<double>(std::min(count, words.size()))
             : 0;
}

}  // namespace

std::string happening_pair(const std::string& type, const std::string& source,
                           const std::string& target) {
  bool swap = mutual(type) && !target.empty() && target < source;
  return type + "|" + (swap ? target : source) + "|" + (swap ? source : target);
}

std::vector<std::string> key_words(std::string_view text) {
  static const std::set<std::string, std::less<>> empty = {
      "the",   "a",      "an",   "of",  "in",   "on",  "at",    "to",   "and",   "or",    "for",
      "with",  "by",     "from", "his", "her",  "its", "their", "that", "which", "who",   "was",
      "were",  "is",     "are",  "be",  "been", "has", "have",  "had",  "will",  "would", "said",
      "after", "before", "as",   "it",  "he",   "she", "they",  "this", "also",  "not",   "but"};
  std::set<std::string> out;
  for (std::string_view word : split_words(text)) {
    std::string w;
    for (char c : lower(word))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80)) w += c;
    // A plain stem: enough that "met" and "meeting" differ and "minister" and "ministers" do not.
    if (w.size() > 4 && w.ends_with("ies")) w = w.substr(0, w.size() - 3) + "y";
    else if (w.size() > 3 && w.ends_with("s") && !w.ends_with("ss")) w.pop_back();
    if (w.size() > 1 && !empty.count(w)) out.insert(w.substr(0, 24));
  }
  return {out.begin(), out.end()};
}

void Writer::finish() {
  Query count(db_,
              "UPDATE who SET articles = articles + ?, mentions = mentions + ? WHERE number = ?");
  for (const auto& [w, n] : counts_) {
    count.bind(n.first).bind(n.second).bind(w).step();
    count.reset();
  }
  counts_.clear();
  // In the order of their tables: neighbours lie on the same pages.
  std::sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
    return std::tuple(a.who, std::string_view(a.item), std::string_view(a.part),
                      std::string_view(a.day), a.number) <
           std::tuple(b.who, std::string_view(b.item), std::string_view(b.part),
                      std::string_view(b.day), b.number);
  });
  Query part(db_, "INSERT INTO part VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING");
  for (const Part& p : parts_) {
    part.bind(p.who).bind(p.item).bind(p.part).bind(p.day).bind(p.number).step();
    part.reset();
  }
  parts_.clear();
  std::sort(actors_.begin(), actors_.end());
  Query actor(db_, "INSERT INTO actor VALUES (?,?,?)");
  for (const auto& [w, article, mentions] : actors_) {
    actor.bind(w).bind(article).bind(mentions).step();
    actor.reset();
  }
  actors_.clear();
  Query band(db_, "INSERT INTO band VALUES (?,?) ON CONFLICT DO NOTHING");
  for (const auto& [hash, articles] : bands_)
    for (int64_t article : articles) {
      band.bind(hash).bind(article).step();
      band.reset();
    }
  bands_.clear();
  if (texts_.empty()) return;
  bool sqlite = db_.dialect() == Database::sqlite;
  Query words(
      db_, sqlite
               ? "INSERT INTO words(rowid, title, text) VALUES (?,?,?)"
               : "INSERT INTO words(number, text, search) VALUES (?, ?, to_tsvector('simple', ?))");
  for (const auto& [number, t] : texts_) {
    words.bind(number);
    // PostgreSQL indexes a megabyte of a text at most.
    if (sqlite) words.bind(t.title).bind(t.text);
    else words.bind(t.text).bind(cut(t.title + "\n" + t.text, 900000));
    words.step();
    words.reset();
  }
  texts_.clear();
}

int64_t Writer::who(const std::string& name, const std::string& kind, const Actor& actor,
                    const std::string& role) {
  std::string key = name + "\x1f" + kind + "\x1f" + actor.country;
  auto known = who_.find(key);
  if (known != who_.end()) return known->second;
  int64_t number = 0;
  {
    Query q(db_, "SELECT number FROM who WHERE name = ? AND kind = ? AND country = ?");
    if (q.bind(name).bind(kind).bind(actor.country).step()) number = q.integer(0);
  }
  if (number == 0) {
    Query q(db_, std::string("INSERT INTO who(name, kind, country, sector, role, articles, "
                             "mentions) VALUES (?,?,?,?,?,0,0)") +
                     db_.returning());
    number = q.bind(name).bind(kind).bind(actor.country).bind(actor.sector).bind(role).number();
  }
  if (who_.size() > 500000) who_.clear();
  who_.emplace(std::move(key), number);
  return number;
}

int64_t Writer::copy_of(int64_t number, const Record& r) {
  std::vector<uint64_t> own = shingles(r.article.text);
  found_bands_.clear();
  if (own.size() < 20) return 0;  // a line or two is like many others
  std::set<int64_t> candidates;
  std::vector<int64_t> keys = bands(own);
  Query look(db_, "SELECT article FROM band WHERE hash = ? ORDER BY article LIMIT 20");
  for (int64_t key : keys) {
    look.bind(key);
    while (look.step()) candidates.insert(look.integer(0));
    look.reset();
    if (auto waiting = bands_.find(key); waiting != bands_.end())
      candidates.insert(waiting->second.begin(), waiting->second.end());
  }
  found_bands_ = keys;
  Query text(db_, db_.dialect() == Database::sqlite
                      ? "SELECT w.text, a.copy_of FROM words w JOIN article a ON a.number = "
                        "w.rowid WHERE w.rowid = ?"
                      : "SELECT w.text, a.copy_of FROM words w JOIN article a ON a.number = "
                        "w.number WHERE w.number = ?");
  int64_t best = 0;
  double like = kCopy;
  for (int64_t c : candidates) {
    if (c == number) continue;
    if (auto waiting = texts_.find(c); waiting != texts_.end()) {
      if (double l = likeness(own, shingles(waiting->second.text)); l > like) {
        like = l;
        best = waiting->second.copy_of ? waiting->second.copy_of : c;
      }
      continue;
    }
    text.bind(c);
    if (text.step())
      if (double l = likeness(own, shingles(text.text(0))); l > like) {
        like = l;
        best = text.null(1) ? c : text.integer(1);
      }
    text.reset();
  }
  return best;
}

int64_t Writer::happening(int64_t article, const Record& r, const Event& e,
                          const std::string& source, const std::string& target,
                          const std::string& day, bool copy, bool& fresh) {
  fresh = false;
  std::string pair = happening_pair(e.type, source, target),
              place = e.where < 0 ? "" : r.entities[e.where].name;
  std::vector<std::string> words = key_words(e.span.of(r.article.text));
  bool dated = !e.when.empty() && e.when.size() == 10;
  {
    // The day of the report stands in for an act without a date: it may have been told some days
    // later.
    int slack = dated ? 1 : 4;
    Query q(db_,
            "SELECT number, day, words, place FROM happening WHERE pair = ? AND day >= ? AND day "
            "<= ? ORDER BY day DESC, number DESC LIMIT 40");
    q.bind(pair).bind(shifted(day, -slack)).bind(shifted(day, slack) + "~");
    int64_t best = 0;
    double sure = 0;
    while (q.step()) {
      double score = overlap(words, q.text(2));
      if (!place.empty() && place == q.text(3)) score += 0.3;
      if (q.text(1) == day) score += 0.2;
      // Whoever is on neither side by name needs more words in common.
      double least = target.empty() ? 0.6 : e.type == "CONSULT" ? 0.35 : 0.5;
      if (score >= least && score > sure) {
        sure = score;
        best = q.integer(0);
      }
    }
    if (best) {
      // A report counts once, however often it tells the act; a copy of another is no report of its
      // own.
      Query told(db_, "SELECT 1 FROM event WHERE happening = ? AND article = ? LIMIT 1");
      if (!copy && !told.bind(best).bind(article).step()) {
        Query count(db_,
                    "UPDATE happening SET reports = reports + 1 WHERE number = ? AND article <> ?");
        count.bind(best).bind(article).step();
      }
      return best;
    }
  }
  fresh = true;
  Query put(db_, std::string("INSERT INTO happening(pair, day, words, place, reports, article, "
                             "event) VALUES (?,?,?,?,1,?,?)") +
                     db_.returning());
  return put.bind(pair)
      .bind(day)
      .bind(join(words, " "))
      .bind(place)
      .bind(article)
      .bind(e.id)
      .number();
}

int64_t Writer::story(const Record& r, int64_t copy) {
  if (copy) {
    Query q(db_, "SELECT story FROM article WHERE number = ?");
    q.bind(copy);
    if (q.step() && !q.null(0)) return q.integer(0);
  }
  std::string day = r.article.published.substr(0, 10);
  if (day.size() != 10) return 0;
  // The three actors that the article speaks of most; a story is told by two of them, and by one
  // with an issue.
  std::map<std::string, size_t> weight;
  for (const Entity& e : r.entities)
    if (e.kind != "other" && e.actor.sector != "JRN" &&
        (!e.actor.country.empty() || e.kind == "person"))
      weight[e.actor.country.size() == 3 && e.actor.country != "IGO" ? e.actor.country
                                                                     : lower(e.name)] +=
          e.mentions.size();
  std::vector<std::pair<size_t, std::string>> top;
  for (const auto& [key, n] : weight) top.push_back({n, key});
  std::sort(top.begin(), top.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (top.size() > 3) top.resize(3);
  std::map<std::string, int> issues;
  for (const Position& p : r.positions)
    if (!p.issue.empty()) ++issues[p.issue];
  std::string issue;
  for (const auto& [name, n] : issues)
    if (issue.empty() || n > issues[issue]) issue = name;
  std::set<std::string> keys;
  for (size_t i = 0; i < top.size(); ++i) {
    for (size_t k = i + 1; k < top.size(); ++k)
      keys.insert(std::min(top[i].second, top[k].second) + "|" +
                  std::max(top[i].second, top[k].second));
    if (!issue.empty() && i == 0) keys.insert(top[i].second + "#" + issue);
  }
  if (keys.empty()) return 0;
  std::map<int64_t, int> votes;
  Query look(db_,
             "SELECT DISTINCT story FROM story_key WHERE key = ? AND last >= ? AND last <= ? ORDER "
             "BY story DESC LIMIT 8");
  for (const std::string& key : keys) {
    look.bind(key).bind(shifted(day, -5)).bind(shifted(day, 5));
    while (look.step()) ++votes[look.integer(0)];
    look.reset();
  }
  int64_t best = 0;
  // Two keys in common, or the only one there is.
  int least = keys.size() >= 3 ? 2 : 1;
  for (const auto& [story, n] : votes)
    if (n >= least && (!best || n > votes[best])) best = story;
  if (best) {
    Query q(db_,
            "UPDATE story SET articles = articles + 1, last = CASE WHEN last < ? THEN ? ELSE last "
            "END, first = CASE WHEN first > ? THEN ? ELSE first END WHERE number = ?");
    q.bind(day).bind(day).bind(day).bind(day).bind(best).step();
  } else {
    std::string title = r.article.title.empty()
                            ? cut(squeeze(std::string_view(r.article.text).substr(0, 400)), 120)
                            : r.article.title;
    Query q(db_, std::string("INSERT INTO story(title, first, last, articles) VALUES (?,?,?,1)") +
                     db_.returning());
    best = q.bind(title).bind(day).bind(day).number();
  }
  Query put(db_, "INSERT INTO story_key VALUES (?,?,?) ON CONFLICT DO NOTHING");
  for (const std::string& key : keys) {
    put.bind(key).bind(day).bind(best).step();
    put.reset();
  }
  return best;
}

Writer::Found Writer::write(int64_t number, const Record& r) {
  const Article& a = r.article;
  std::string published = a.published.substr(0, 10);
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
  auto country = [&](const std::vector<int>& list) {
    return list.empty() || list[0] < 0 ? std::string() : r.entities[list[0]].actor.country;
  };
  auto state = [&](const std::string& code) { return who(code, "state", {code, "", {}}, ""); };

  Found found;
  found.copy_of = copy_of(number, r);
  if (!a.url.empty()) {
    Query q(
        db_,
        "SELECT number FROM article WHERE url = ? AND number <> ? ORDER BY number DESC LIMIT 1");
    q.bind(a.url).bind(number);
    if (q.step()) found.replaces = q.integer(0);
  }
  // Who is there: by entity, and the state behind each.
  std::vector<int64_t> people(r.entities.size()), states(r.entities.size());
  std::map<int64_t, size_t> mentions;
  for (size_t e = 0; e < r.entities.size(); ++e) {
    const Entity& x = r.entities[e];
    mentions[people[e] = who(x.name, x.kind, x.actor, x.role)] += x.mentions.size();
    if (!x.actor.country.empty()) mentions[states[e] = state(x.actor.country)] += x.mentions.size();
  }
  std::vector<Part> parts;
  auto plays = [&](const char* item, const char* which, const std::vector<int>& list,
                   const std::string& day, int64_t row) {
    for (int e : list)
      for (int64_t who : {e < 0 ? 0 : people[e], e < 0 ? 0 : states[e]}) {
        if (!who) continue;
        parts.push_back({who, item, which, day, row});
      }
  };

  Query statement(
      db_,
      std::string(
          "INSERT INTO statement(article, id, day, date, speaker, via, addressee, place, occasion, "
          "quote, force, confidence, cue, content) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)") +
          db_.returning());
  for (const Statement& s : r.statements) {
    std::string day = s.when.empty() ? published : s.when;
    statement.bind(number)
        .bind(s.id)
        .bind(day)
        .bind(s.when)
        .bind(name(s.speaker))
        .bind(names(s.via))
        .bind(names(s.to))
        .bind(name(s.where))
        .bind(s.occasion)
        .bind(s.quote)
        .bind(s.force)
        .bind_real(s.confidence)
        .bind(words(s.cue))
        .bind(words(s.content));
    int64_t row = statement.number();
    plays("statement", "by", {s.speaker}, day, row);
    plays("statement", "via", s.via, day, row);
    plays("statement", "toward", s.to, day, row);
    // Who is spoken of: entities with a mention in the content.
    std::vector<int> about;
    for (size_t e = 0; e < r.entities.size(); ++e) {
      bool in = false;
      for (Span m : r.entities[e].mentions)
        for (Span c : s.content) in |= c.contains(m);
      if (in) about.push_back(static_cast<int>(e));
    }
    plays("statement", "about", about, day, row);
  }
  Query event(
      db_, std::string("INSERT INTO event(article, id, day, date, type, mode, cameo, goldstein, "
                       "source, target, source_country, target_country, place, status, words, "
                       "said_in, happening, first) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") +
               db_.returning());
  Query dyad(db_, "INSERT INTO dyad VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
  for (const Event& x : r.events) {
    std::string day = x.when.empty() ? published : x.when;
    std::string source = side(r, x.source), target = side(r, x.target);
    // "Peru and Chile reached an agreement": both stand before the verb.
    if (target.empty() && mutual(x.type) && x.source.size() > 1) target = side(r, {x.source[1]});
    bool first = false;  // the curve of two states counts an act once, at its first report
    int64_t act = happening(number, r, x, source, target, day, found.copy_of != 0, first);
    event.bind(number).bind(x.id).bind(day).bind(x.when).bind(x.type).bind(x.mode).bind(x.cameo);
    if (x.has_goldstein) event.bind_real(x.goldstein);
    else event.bind_null();
    event.bind(names(x.source))
        .bind(names(x.target))
        .bind(country(x.source))
        .bind(country(x.target))
        .bind(name(x.where))
        .bind(x.status)
        .bind(x.span.of(a.text))
        .bind(x.said_in < 0 ? "" : r.statements[x.said_in].id)
        .bind(act)
        .bind(static_cast<int64_t>(first));
    int64_t row = event.number();
    plays("event", "by", x.source, day, row);
    plays("event", "toward", x.target, day, row);
    std::set<std::pair<std::string, std::string>> pairs;
    for (int s : x.source)
      for (int t : x.target)
        if (s >= 0 && t >= 0 && !r.entities[s].actor.country.empty() &&
            !r.entities[t].actor.country.empty() &&
            r.entities[s].actor.country != r.entities[t].actor.country)
          pairs.insert({r.entities[s].actor.country, r.entities[t].actor.country});
    for (const auto& [from, to] : pairs) {
      dyad.bind(from)
          .bind(to)
          .bind(day)
          .bind(row)
          .bind(x.type)
          .bind(x.status)
          .bind_real(x.has_goldstein ? x.goldstein : 0)
          .bind(static_cast<int64_t>(first))
          .step();
      dyad.reset();
    }
  }
  Query position(db_,
                 std::string("INSERT INTO position(article, id, day, holder, holder_country, "
                             "stance, topic, issue, toward, toward_country, content, condition, "
                             "stages, said_in) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)") +
                     db_.returning());
  for (const Position& p : r.positions) {
    std::string day = p.said_in >= 0 && !r.statements[p.said_in].when.empty()
                          ? r.statements[p.said_in].when
                          : published;
    position.bind(number)
        .bind(p.id)
        .bind(day)
        .bind(name(p.holder))
        .bind(country({p.holder}))
        .bind(p.stance)
        .bind(p.topic)
        .bind(p.issue)
        .bind(names(p.toward))
        .bind(country(p.toward))
        .bind(words(p.content))
        .bind(words(p.condition))
        .bind(join(p.stages, ", "))
        .bind(p.said_in < 0 ? "" : r.statements[p.said_in].id);
    int64_t row = position.number();
    plays("position", "by", {p.holder}, day, row);
    plays("position", "toward", p.toward, day, row);
  }
  Query novelty(db_, std::string("INSERT INTO novelty(article, id, day, claim, what, since, by, "
                                 "words) VALUES (?,?,?,?,?,?,?,?)") +
                         db_.returning());
  for (const Novelty& n : r.novelty) {
    novelty.bind(number)
        .bind(n.id)
        .bind(published)
        .bind(n.claim)
        .bind(n.what)
        .bind(n.since)
        .bind(name(n.by))
        .bind(n.span.of(a.text));
    int64_t row = novelty.number();
    plays("novelty", "by", {n.by}, published, row);
  }
  found.story = story(r, found.copy_of);
  Query place(db_, "UPDATE article SET copy_of = ?, replaces = ?, story = ? WHERE number = ?");
  for (int64_t n : {found.copy_of, found.replaces, found.story}) {
    if (n) place.bind(n);
    else place.bind_null();
  }
  place.bind(number).step();
  // Last of all: an article that could not be written is not counted.
  for (const auto& [w, n] : mentions) {
    auto& [articles, all] = counts_[w];
    ++articles;
    all += static_cast<int64_t>(n);
    actors_.push_back({w, number, static_cast<int64_t>(n)});
  }
  parts_.insert(parts_.end(), std::make_move_iterator(parts.begin()),
                std::make_move_iterator(parts.end()));
  for (int64_t key : found_bands_) bands_[key].push_back(number);
  texts_[number] = {a.title, a.text, found.copy_of};
  return found;
}

}  // namespace chancery
