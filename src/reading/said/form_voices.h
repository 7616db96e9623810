// Whose the words are that a text's layout gives to somebody (forms.h): one statement of each who
// answers, one of each turn where nobody asks, one of a document's author.
#pragma once
#include <vector>

#include "reading/said/forms.h"
#include "reading/said/speech.h"
#include "reading/said/statement_sources.h"
#include "reading/said/statements.h"
#include "reading/when/times.h"
#include "reading/who/entities.h"

namespace chancery {

// What of the layout a reader of statements asks for. Points into its arguments.
struct FormReading {
  const TreeView& tree;
  const Lexicon& lexicon;
  const TextForm& form;
  const Speech& speech;
  const Times& times;
  Entities& entities;
  Sources& sources;
};

// Adds the statements of the layout. Words of others that stand in them stay, on the speaker's word;
// what hangs over an edge of them was no statement.
void speak_by_form(const FormReading& reading, std::vector<FoundStatement>& found);

// What an opinion says in its author's voice, as if it were a statement: whose "I" is, and who takes the
// positions of the text. Nobody said it to anybody, so the record has no such statement; without
// content where the text is none.
FoundStatement voice_of_opinion(const TreeView& tree, const TextForm& form, Entities& entities);

// Words under a time of day were said then, where no other day is told.
void date_by_entry(const TextForm& form, const Times& times,
                   std::vector<FoundStatement>& statements);

}  // namespace chancery
