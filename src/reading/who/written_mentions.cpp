// Which mentions the record keeps. All of them help to tell who is who; of those that the model's
// judge does not hear as somebody ("US" in "the US fleet", "members" as what somebody is) none is
// written, unless the entity has no other.
#include <algorithm>
#include <string_view>

#include "reading/who/entities.h"
#include "reading/who/ranks.h"

namespace chancery {
namespace {

// "the Union of Ports (UOP)": name and acronym of one body are one mention.
void join_acronyms(std::string_view text, std::vector<Span>& mentions) {
  size_t kept = 0;
  for (size_t i = 1; i < mentions.size(); ++i) {
    Span& name = mentions[kept];
    const Span& acronym = mentions[i];
    if (name.end < acronym.begin && text.substr(name.end, acronym.begin - name.end) == " (" &&
        text.substr(acronym.end, 1) == ")")
      name.end = acronym.end + 1;
    else mentions[++kept] = acronym;
  }
  if (!mentions.empty()) mentions.resize(kept + 1);
}

}  // namespace

bool Entities::doubted(const Mention& m) const {
  if (!words_ || m.kind == "event" || m.sort == Mention::pronoun) return false;
  const bool modifier = t_.is_any(m.head, {"compound", "amod", "nmod:desc"});
  if (m.sort == Mention::name && !modifier) return false;
  const float least = (*least_)[m.sort == Mention::name ? "mention.modifier" : "mention.described"];
  for (int i = m.begin; i < m.end; ++i)
    if (words_->any(WordJudges::mention, i) >= least) return false;
  return true;
}

void Entities::write_mentions() {
  std::vector<std::vector<Span>> doubtful(entities_.size());
  for (Entity& e : entities_) e.mentions.clear();
  for (const Mention& m : mentions_) {
    if (m.entity < 0) continue;
    Span s = t_.span({m.begin, m.end});
    // A trailing possessive mark is not of the mention.
    if (m.end - m.begin > 1 && t_.tag(m.end - 1, "POS")) s = t_.span({m.begin, m.end - 1});
    (doubted(m) ? doubtful[m.entity] : entities_[m.entity].mentions).push_back(s);
  }
  for (size_t i = 0; i < entities_.size(); ++i) {
    std::vector<Span>& mentions = entities_[i].mentions;
    if (mentions.empty()) mentions = std::move(doubtful[i]);
    std::sort(mentions.begin(), mentions.end());
    mentions.erase(std::unique(mentions.begin(), mentions.end()), mentions.end());
    join_acronyms(t_.document().text, mentions);
  }
  keep_ranks(t_, known_, mentions_, entities_);
}

}  // namespace chancery
