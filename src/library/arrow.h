// Tables by the Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html):
// two plain structs, which every reader of Arrow takes without a copy and without this library.
#pragma once
#include <cstdint>

#include "library/guard.h"

extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif
}

namespace chancery::library {

// A struct of as many children as the table has columns: utf8 ("u"), int64 ("l"), float64 ("g") and
// date32 in days since 1970 ("tdD"). Text of more than 2 GiB in one column is an Error.
void to_arrow(const v1::Table& table, ArrowSchema* schema, ArrowArray* array);

}  // namespace chancery::library
