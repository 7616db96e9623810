// What a person adds to a record (amendment.h).
#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "record/amendment.h"

namespace chancery {
namespace {

const std::vector<std::string>& field_of(const Fields& fields, const std::string& name) {
  static const std::vector<std::string> none;
  auto found = fields.find(name);
  return found == fields.end() ? none : found->second;
}

// Words of the text: the last of them before `near`, else the first.
Span find_near(const Record& r, const std::string& words, uint32_t near) {
  if (words.empty()) throw UsageError("words: nothing is named");
  const std::string& text = r.article.text;
  size_t at = text.rfind(words, near);
  if (at == std::string::npos) at = text.find(words);
  if (at == std::string::npos)
    throw UsageError("'" + words.substr(0, 80) + "' does not stand in the article's text");
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

// Adds one item.
class Adder {
 public:
  Adder(Record& r, const Record& as_read, const std::string& kind, const Fields& value)
      : r_(r), known_(as_read), kind_(kind), value_(value) {
    // Who was added before can be named as well.
    known_.entities.insert(known_.entities.end(),
                           r.entities.begin() + static_cast<long>(as_read.entities.size()),
                           r.entities.end());
  }

  ItemPlace add() {
    const std::vector<std::string> fields = addable(kind_);
    for (const auto& [field, values] : value_)
      if (std::find(fields.begin(), fields.end(), field) == fields.end())
        throw UsageError("'" + field + "' is no field of a " + kind_ + "; there are " +
                         join(fields, ", "));
    Spans words;
    for (const std::string& piece : field_of(value_, "words")) words.push_back(once(piece));
    if (words.empty()) throw UsageError("words: which words of the text carry it?");
    const Fields wanted = with_actors();
    ItemPlace item{kind_, static_cast<int>(count_of(r_, kind_))};
    put(words);
    for (const auto& [field, values] : wanted)
      if (field != "words" && field != "cue") set_field(r_, known_, item, field, values);
    refuse_known(item);
    return item;
  }

 private:
  // Words that stand in the text once: nobody guesses which are meant.
  Span once(const std::string& words) const {
    const Span found = find_near(r_, words, 0);
    if (r_.article.text.find(words, found.begin + 1) != std::string::npos)
      throw UsageError("'" + words.substr(0, 80) +
                       "' stands in the text more than once; take more of the words");
    return found;
  }

  void put(const Spans& words) {
    const std::string id = next_id(r_, kind_);
    if (kind_ == "statement") {
      Statement s;
      s.id = id;
      s.content = words;
      const std::string& text = r_.article.text;
      const std::string_view before = std::string_view(text).substr(0, words[0].begin + 3);
      const bool quoted = before.ends_with("“") || words[0].of(text).starts_with("\"") ||
                          std::string_view(text).substr(0, words[0].begin).ends_with("\"") ||
                          std::string_view(text).substr(0, words[0].begin).ends_with("“");
      s.quote = quoted ? "direct" : "indirect";
      for (const std::string& piece : field_of(value_, "cue"))
        s.cue.push_back(find_near(r_, piece, words[0].begin));
      r_.statements.push_back(std::move(s));
    } else if (kind_ == "event") {
      if (words.size() != 1) throw UsageError("words: one piece of the text is wanted");
      Event e;
      e.id = id;
      e.span = words[0];
      e.said_in = told_in(words);
      r_.events.push_back(std::move(e));
    } else {
      Position p;
      p.id = id;
      p.content = words;
      p.said_in = told_in(words);
      r_.positions.push_back(std::move(p));
    }
  }

  // The statement in whose words these stand, -1 for none.
  int told_in(const Spans& words) const {
    for (size_t i = 0; i < r_.statements.size(); ++i)
      for (Span s : r_.statements[i].content)
        if (s.contains(words[0])) return static_cast<int>(i);
    return -1;
  }

  // The fields, with everybody who was not in the record added to it.
  Fields with_actors() {
    Fields out = value_;
    for (auto& [field, values] : out)
      if (names_actors(kind_, field))
        for (std::string& who : values) who = actor(who);
    return out;
  }
  std::string actor(const std::string& spelled) {
    const std::vector<std::string_view> parts = split(spelled, '/');
    std::string name(parts[0]);
    for (const Entity& e : known_.entities)
      if (e.name == spelled || (parts.size() > 1 && e.name == name)) return e.name;
    if (parts.size() < 2 || parts.size() > 3 || !kKinds.has(parts[1]))
      throw UsageError(
          "the article has no actor '" + spelled.substr(0, 80) +
          "'; one who is missing is told as NAME/KIND or NAME/KIND/COUNTRY, KIND one of " +
          kKinds.listed());
    Entity e;
    e.id = next_id(r_, "actor");
    e.name = name;
    e.kind = std::string(parts[1]);
    if (parts.size() > 2) e.actor.country = std::string(parts[2]);
    e.basis = "hand";
    e.mentions = {find_near(r_, name, 0)};
    r_.entities.push_back(e);
    known_.entities.push_back(e);
    return name;
  }

  // What is in the record already is not added to it.
  void refuse_known(const ItemPlace& item) const {
    const Fields now = seen_of(r_, item);
    for (int i = 0; i < item.index; ++i) {
      const Fields other = seen_of(r_, {kind_, i});
      if (field_of(other, "words") == field_of(now, "words") && same_core(now, other))
        throw UsageError("the article is read so already: " + id_of(r_, {kind_, i}));
    }
  }

  bool same_core(const Fields& a, const Fields& b) const {
    const std::vector<std::string>& core = core_fields(kind_);
    return std::all_of(core.begin(), core.end(), [&](const std::string& field) {
      std::vector<std::string> one = field_of(a, field), other = field_of(b, field);
      std::sort(one.begin(), one.end());
      std::sort(other.begin(), other.end());
      return one == other;
    });
  }

  Record& r_;
  Record known_;
  const std::string& kind_;
  const Fields& value_;
};

}  // namespace

bool can_be_added(std::string_view kind) {
  return kind == "statement" || kind == "event" || kind == "position";
}

std::vector<std::string> addable(std::string_view kind) {
  std::vector<std::string> out;
  if (can_be_added(kind)) out = editable(kind);
  if (kind == "statement") out.push_back("cue");
  return out;
}

std::string next_id(const Record& r, const std::string& kind) {
  const std::string letter = kind == "actor"       ? "e"
                             : kind == "statement" ? "s"
                             : kind == "event"     ? "v"
                                                   : "p";
  size_t n = count_of(r, kind) + 1;
  while (item_of(r, letter + std::to_string(n))) ++n;
  return letter + std::to_string(n);
}

ItemPlace add_item(Record& r, const Record& as_read, const std::string& kind, const Fields& value) {
  if (!can_be_added(kind))
    throw UsageError("'" + kind.substr(0, 40) +
                     "' is nothing to be added; there are statement, event, position");
  return Adder(r, as_read, kind, value).add();
}

}  // namespace chancery
