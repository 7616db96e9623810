// Who turns out to be one. Names and phrases are resolved before anything is read; who speaks where
// tells more, so that later readers join entities and correct mentions.
#pragma once
#include "reading/who/entities.h"

namespace chancery {

// Two are one: the mentions of `other` become those of `kept`, which takes what it did not know;
// `other` is left without any, and is dropped from the record.
void unite(Entities& entities, int kept, int other);
// The phrase or pronoun with this head means that entity.
void refer(Entities& entities, int token, int entity);
// A phrase with this head has more words than its office ("sources close to the council").
void widen(Entities& entities, const TreeView& tree, int head, int begin, int end);

// Known by a name, and not by a description alone.
bool named(const Entities& entities, int entity);
char gender(const Entities& entities, int entity);  // 'm', 'f', 0 for unknown
bool plural(const Entities& entities, int entity);

}  // namespace chancery
