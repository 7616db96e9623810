// A record as the library's users see it.
#pragma once
#ifndef CHANCERY_INSIDE
#define CHANCERY_INSIDE
#endif
#include <chancery/chancery.h>

#include "record/record.h"

namespace chancery::library {

v1::Record value_of(Record record);

}  // namespace chancery::library
