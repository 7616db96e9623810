#include "reading/windows.h"

#include <algorithm>
#include <bit>

#include "base/memory.h"
#include "base/utf8.h"
#include "reading/reader.h"

namespace chancery {
namespace {

// How the note of a long text begins.
constexpr std::string_view kRead = "long text, read in ";

bool starts_with_any(std::string_view note, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view one) { return note.starts_with(one); });
}

// The place behind the last `mark` that ends in the second half of `text`; 0 when there is none.
size_t behind_last(std::string_view text, std::string_view mark) {
  size_t at = text.rfind(mark);
  return at == std::string_view::npos || at + mark.size() <= text.size() / 2 ? 0 : at + mark.size();
}

// How much of `text` a window takes, of which all could be taken.
size_t cut(std::string_view text) {
  for (std::string_view mark : {"\n\n", "\n", ". ", " "})
    if (size_t at = behind_last(text, mark)) return at;
  return text.size();
}

std::string_view last_word(std::string_view name) {
  size_t blank = name.rfind(' ');
  return blank == std::string_view::npos ? name : name.substr(blank + 1);
}

// "Ana Solheim", "Coast Party"; not "the minister".
bool is_name(std::string_view name) {
  size_t at = 0;
  std::string_view last = last_word(name);
  return !last.empty() && is_upper(decode_utf8(last, at));
}

std::string key_of(const Entity& e) { return e.kind + '\n' + e.actor.country + '\n' + e.name; }

void move(Span& span, uint32_t by) {
  if (span.empty()) return;
  span.begin += by;
  span.end += by;
}

void move(Spans& spans, uint32_t by) {
  for (Span& span : spans) move(span, by);
}

// Items of a window become items of the whole: their ids count on. `share` of the whole was read with
// it: by that, room is made for all that will come, since a list that doubles leaves half of it unused
// and its former places full of holes.
template <class T>
void append(std::vector<T>& all, std::vector<T>& items, const char* letter, double share) {
  constexpr double kSpare = 1.1;  // no two stretches of a text are alike
  const size_t size = all.size() + items.size();
  if (size > all.capacity())
    all.reserve(static_cast<size_t>(static_cast<double>(size) * std::max(1.0, kSpare / share)));
  for (T& item : items) {
    item.id = letter + std::to_string(all.size() + 1);
    item.explain.shrink_to_fit();
    all.push_back(std::move(item));
  }
}

}  // namespace

std::vector<Span> windows_of(std::string_view text, uint32_t most) {
  std::vector<Span> out;
  uint32_t at = 0;
  while (text.size() - at > most) {
    uint32_t end = at + most;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80 && end > at + most / 2) --end;
    end = at + static_cast<uint32_t>(cut(text.substr(at, end - at)));
    out.push_back({at, end});
    at = end;
  }
  out.push_back({at, static_cast<uint32_t>(text.size())});
  return out;
}

Record read_in_windows(const Reader& reader, Article article,
                       const std::function<void()>& before_window) {
  std::vector<Span> windows = windows_of(article.text);
  if (windows.size() == 1 || (article.language != "en" && !article.language.empty())) {
    if (before_window) before_window();
    return reader.read(std::move(article));
  }
  Record whole;
  WindowJoin join(whole, windows.size());
  size_t unread = 0, done = 0;
  for (Span window : windows) {
    if (before_window) before_window();
    Article part;
    part.published = article.published;
    part.text = window.of(article.text);
    Record read = reader.read(std::move(part));
    unread += std::any_of(read.article.notes.begin(), read.article.notes.end(),
                          [](const std::string& note) { return note.starts_with(kNotRead); });
    join.add(std::move(read), window.begin);
    // What reading left free lies between what is kept, and what is made of the record needs long
    // stretches. To look for it takes the longer the more is kept: when that has doubled, and at last.
    if (std::has_single_bit(++done) || done == windows.size()) give_back_memory();
  }
  // An article that was read before brings what was noted then.
  std::erase_if(article.notes, [](const std::string& note) {
    return starts_with_any(note, {kNoEvent, kRead, kNotRead});
  });
  const std::string count = std::to_string(windows.size());
  article.notes.push_back(std::string(kRead) + count + " parts: what points back from one part " +
                          "into another, other than names, is not followed");
  if (unread > 0)
    article.notes.push_back(std::string(kNotRead) + std::to_string(unread) + " of the " + count +
                            " parts, which hold hardly any words");
  if (whole.events.empty())
    article.notes.push_back(std::string(kNoEvent) + "none of the " + count + " parts tells one");
  whole.article = std::move(article);
  return whole;
}

int WindowJoin::known(const Entity& e) const {
  if (!is_name(e.name)) return -1;
  if (auto found = by_name_.find(key_of(e)); found != by_name_.end()) return found->second;
  if (e.kind != "person" || e.name.find(' ') != std::string::npos) return -1;
  auto found = by_last_.find(e.name);
  if (found == by_last_.end() || found->second < 0) return -1;
  const std::string& country = whole_.entities[found->second].actor.country;
  return e.actor.country.empty() || e.actor.country == country ? found->second : -1;
}

void WindowJoin::remember(const Entity& e, int at) {
  if (!is_name(e.name)) return;
  by_name_.emplace(key_of(e), at);
  if (e.kind != "person") return;
  auto [place, added] = by_last_.emplace(std::string(last_word(e.name)), at);
  if (!added && place->second != at) place->second = -1;
}

int WindowJoin::place(Entity entity) {
  if (int at = known(entity); at >= 0) {
    Spans& mentions = whole_.entities[at].mentions;
    mentions.insert(mentions.end(), entity.mentions.begin(), entity.mentions.end());
    return at;
  }
  int at = static_cast<int>(whole_.entities.size());
  entity.id = "e" + std::to_string(at + 1);
  remember(entity, at);
  whole_.entities.push_back(std::move(entity));
  return at;
}

void WindowJoin::add(Record part, uint32_t offset) {
  std::vector<int> to;
  for (Entity& e : part.entities) {
    move(e.mentions, offset);
    to.push_back(place(std::move(e)));
  }
  auto one = [&](int& i) { i = i < 0 ? -1 : to[i]; };
  auto many = [&](std::vector<int>& list) {
    for (int& i : list) one(i);
  };
  const int statements = static_cast<int>(whole_.statements.size());
  auto said = [&](int& i) { i = i < 0 ? -1 : i + statements; };
  for (TimeExpression& t : part.times) {
    for (Span* span : {&t.span, &t.words}) move(*span, offset);
    many(t.who);
    one(t.where);
    said(t.said_in);
  }
  for (Statement& s : part.statements) {
    for (Spans* spans : {&s.source, &s.cue, &s.content}) move(*spans, offset);
    for (int* i : {&s.speaker, &s.where}) one(*i);
    for (std::vector<int>* list : {&s.via, &s.to}) many(*list);
  }
  for (Event& e : part.events) {
    for (Span* span : {&e.span, &e.trigger}) move(*span, offset);
    move(e.instrument, offset);
    for (EventNumber& n : e.numbers) move(n.span, offset);
    for (std::vector<int>* list : {&e.source, &e.target}) many(*list);
    one(e.where);
    said(e.said_in);
  }
  for (Position& p : part.positions) {
    for (Spans* spans : {&p.content, &p.condition}) move(*spans, offset);
    one(p.holder);
    many(p.toward);
    said(p.said_in);
  }
  for (Novelty& n : part.novelty) {
    move(n.span, offset);
    one(n.by);
  }
  const double share = static_cast<double>(++added_) / static_cast<double>(windows_);
  append(whole_.times, part.times, "t", share);
  append(whole_.statements, part.statements, "s", share);
  append(whole_.events, part.events, "v", share);
  append(whole_.positions, part.positions, "p", share);
  append(whole_.novelty, part.novelty, "n", share);
}

}  // namespace chancery
