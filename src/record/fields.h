// The fields of the record's layers, each told once, in fields.def: what writes, reads and checks
// records goes over them and says only what it does with each kind.
//
//   each_field<Statement>([&](const auto field) { write(field.kKind, field.key, s.*field.member); });
#pragma once
#include <type_traits>

#include "record/record.h"
#include "record/vocabulary.h"

namespace chancery {

enum class FieldKind {
  text,
  strings,
  share,  // a number from 0 to 1
  span,
  spans,
  entity,  // by its place in the record, -1 for nobody
  entities,
  statement,  // by its place in the record, -1 for none
  when,       // a TIMEX3 value, with the days it covers beside it
  value,      // the same of a time expression, whose keys have names of their own
  time,       // a TIMEX3 value alone
  explain,    // text that is written where it is asked for
  own         // of a form of its own: who goes over the fields knows it by its key
};
template <FieldKind kind>
using KindOf = std::integral_constant<FieldKind, kind>;

template <class Layer, class Member, FieldKind Kind>
struct Field {
  static constexpr KindOf<Kind> kKind{};
  const char* key;
  Member Layer::*member;
  bool always;             // written, and required, even where it is empty
  const ClosedList* list;  // null: any value
};

// Calls `use` with each field of the layer, in the order of JSON.
template <class Wanted, class Use>
void each_field(Use&& use) {
  constexpr bool always = true, given = false;
  const auto one = [&]<class Layer, class Member, FieldKind kind>(KindOf<kind>, const char* key,
                                                                  Member Layer::*member, bool need,
                                                                  const ClosedList* list) {
    if constexpr (std::is_same_v<Layer, Wanted>)
      use(Field<Layer, Member, kind>{key, member, need, list});
  };
#define CHANCERY_FIELD(layer, key, member, kind, need, list) \
  one(KindOf<FieldKind::kind>{}, #key, &layer::member, need, list);
#include "record/fields.def"
#undef CHANCERY_FIELD
}

}  // namespace chancery
