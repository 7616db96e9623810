// Who speaks: from the words that stand where the speaker should to an entity.
//
//   "Minister for Fisheries Ida Marr"   the person whom the phrase names
//   "medics and eyewitnesses"           a group of their own
//   "critics of the government"         themselves, not the government
//   "the statement", "its report"       its author, where the text tells one (authors)
#pragma once
#include <vector>

#include "reading/lexicon.h"
#include "reading/said/statements.h"
#include "reading/tree_view.h"
#include "reading/who/entities.h"

namespace chancery {

// An organ of the press, which carries others' words; "reporters" carry nothing.
// -1 is nobody.
inline bool is_medium(const Entities& entities, int entity) {
  if (entity < 0) return false;
  const Entity& x = entities.entities()[static_cast<size_t>(entity)];
  return x.kind == "organization" && x.actor.sector == "JRN";
}

class Sources {
 public:
  // in_speech: for every token, the quotation of speech around it, or -1.
  Sources(const TreeView& tree, const Lexicon& lexicon, const std::vector<int>& in_speech,
          Entities& entities)
      : t_(tree), lexicon_(lexicon), in_speech_(in_speech), e_(entities) {}

  // The words of the source whose head this is: the noun phrase with apposition and coordination.
  Span span(int head) const;
  // The speaker whom a source's head names; who is only described gets an entity. -1 for nobody.
  int speaker(int head);
  // The author that a document's own phrase names ("a statement by the council"), -1 for none.
  int author_of(int noun) { return document(noun) ? author_in(noun) : -1; }
  // Documents speak for their authors: each statement whose source is a document gets its author as
  // speaker, where the phrase or the text before tells one.
  void find_authors(std::vector<FoundStatement>& found);

 private:
  TreeView::Range range(int head) const;
  int person_in(TreeView::Range phrase, int head) const;
  bool belongs(const Mention& name, int head) const;
  bool closed(int end) const;
  bool of_named_body(const Mention& person, int head) const;
  bool joint(TreeView::Range phrase, int head) const;
  TreeView::Range with_prepositions(int head) const;
  void describe(int head);
  int made(int head, const std::string& kind);
  bool document(int token) const;
  bool takes(int noun, std::string_view what) const;
  bool one_document(int earlier, int document) const;
  int last_press(const std::vector<FoundStatement>& found, const FoundStatement& f,
                 int document) const;
  int author_in(int document);
  int author_of_it(const std::vector<FoundStatement>& found, const FoundStatement& f) const;
  int last_to_publish(const std::vector<FoundStatement>& found, const FoundStatement& f,
                      int document) const;
  int author_before(const std::vector<FoundStatement>& found, const FoundStatement& f,
                    int document);

  const TreeView& t_;
  const Lexicon& lexicon_;
  const std::vector<int>& in_speech_;
  Entities& e_;
};

}  // namespace chancery
