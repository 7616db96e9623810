#include "library/arrow.h"

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/calendar.h"

namespace chancery::library {
namespace {

constexpr int64_t kNullable = 2;  // ARROW_FLAG_NULLABLE

// What a schema points to. Children are released with it, as the interface asks.
struct SchemaOwner {
  std::string format, name;
  std::vector<std::unique_ptr<ArrowSchema>> children;
  std::vector<ArrowSchema*> pointers;
};

struct ArrayOwner {
  std::vector<uint8_t> valid;
  std::vector<int32_t> offsets;
  std::string text;
  std::vector<int64_t> integers;
  std::vector<double> reals;
  std::vector<int32_t> days;
  std::vector<const void*> buffers;
  std::vector<std::unique_ptr<ArrowArray>> children;
  std::vector<ArrowArray*> pointers;
};

template <class Structure, class Owner>
void release(Structure* s) {
  auto* owner = static_cast<Owner*>(s->private_data);
  // A child that its taker moved out has no `release` any more.
  for (auto& child : owner->children)
    if (child->release) child->release(child.get());
  delete owner;
  s->release = nullptr;
}

void fill(ArrowSchema& s, std::unique_ptr<SchemaOwner> owner) {
  for (auto& child : owner->children) owner->pointers.push_back(child.get());
  s = {};
  s.format = owner->format.c_str();
  s.name = owner->name.c_str();
  s.flags = kNullable;
  s.n_children = static_cast<int64_t>(owner->children.size());
  s.children = owner->pointers.data();
  s.release = release<ArrowSchema, SchemaOwner>;
  s.private_data = owner.release();
}

void fill(ArrowArray& a, std::unique_ptr<ArrayOwner> owner, int64_t length, int64_t nulls) {
  for (auto& child : owner->children) owner->pointers.push_back(child.get());
  a = {};
  a.length = length;
  a.null_count = nulls;
  a.n_buffers = static_cast<int64_t>(owner->buffers.size());
  a.buffers = owner->buffers.data();
  a.n_children = static_cast<int64_t>(owner->children.size());
  a.children = owner->pointers.data();
  a.release = release<ArrowArray, ArrayOwner>;
  a.private_data = owner.release();
}

const char* format_of(v1::Kind kind) {
  switch (kind) {
    case v1::Kind::integer: return "l";
    case v1::Kind::real: return "g";
    case v1::Kind::day: return "tdD";
    case v1::Kind::text: break;
  }
  return "u";
}

int32_t days_since_1970(std::string_view day) {
  auto parsed = parse_day(day);
  if (!parsed) throw Error("'" + std::string(day) + "' is no day");
  return static_cast<int32_t>(day_number(*parsed));
}

void add_values(const v1::Table& table, size_t column, ArrayOwner& o) {
  switch (table.kind(column)) {
    case v1::Kind::integer:
      for (size_t r = 0; r < table.rows(); ++r) o.integers.push_back(table.integer(r, column));
      o.buffers.push_back(o.integers.data());
      break;
    case v1::Kind::real:
      for (size_t r = 0; r < table.rows(); ++r) o.reals.push_back(table.real(r, column));
      o.buffers.push_back(o.reals.data());
      break;
    case v1::Kind::day:
      for (size_t r = 0; r < table.rows(); ++r)
        o.days.push_back(table.null(r, column) ? 0 : days_since_1970(table.text(r, column)));
      o.buffers.push_back(o.days.data());
      break;
    case v1::Kind::text:
      o.offsets.push_back(0);
      for (size_t r = 0; r < table.rows(); ++r) {
        o.text += table.text(r, column);
        if (o.text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max()))
          throw Error("column " + std::string(table.name(column)) + ": more than 2 GiB of text");
        o.offsets.push_back(static_cast<int32_t>(o.text.size()));
      }
      o.buffers.push_back(o.offsets.data());
      o.buffers.push_back(o.text.data());
      break;
  }
}

std::unique_ptr<ArrowArray> column_of(const v1::Table& table, size_t column) {
  auto owner = std::make_unique<ArrayOwner>();
  const size_t rows = table.rows();
  owner->valid.resize((rows + 7) / 8);
  int64_t nulls = 0;
  for (size_t r = 0; r < rows; ++r)
    if (table.null(r, column)) ++nulls;
    else owner->valid[r / 8] = static_cast<uint8_t>(owner->valid[r / 8] | 1u << r % 8);
  owner->buffers.push_back(nulls ? owner->valid.data() : nullptr);
  add_values(table, column, *owner);
  auto array = std::make_unique<ArrowArray>();
  fill(*array, std::move(owner), static_cast<int64_t>(rows), nulls);
  return array;
}

}  // namespace

void to_arrow(const v1::Table& table, ArrowSchema* schema, ArrowArray* array) {
  auto named = std::make_unique<SchemaOwner>();
  auto values = std::make_unique<ArrayOwner>();
  named->format = "+s";
  values->buffers.push_back(nullptr);
  // Until both are whole a failure must release what the children hold already.
  struct Undo {
    SchemaOwner* named;
    ArrayOwner* values;
    ~Undo() {
      if (named)
        for (auto& child : named->children)
          if (child->release) child->release(child.get());
      if (values)
        for (auto& child : values->children)
          if (child->release) child->release(child.get());
    }
  } undo{named.get(), values.get()};
  for (size_t c = 0; c < table.columns(); ++c) {
    auto child = std::make_unique<SchemaOwner>();
    child->format = format_of(table.kind(c));
    child->name = table.name(c);
    named->children.push_back(std::make_unique<ArrowSchema>());
    fill(*named->children.back(), std::move(child));
    values->children.push_back(column_of(table, c));
  }
  fill(*schema, std::move(named));
  undo.named = nullptr;
  fill(*array, std::move(values), static_cast<int64_t>(table.rows()), 0);
  undo.values = nullptr;
}

}  // namespace chancery::library
