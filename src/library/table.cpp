#include "library/table.h"

#include <charconv>

#include "ledger/columns.h"
#include "library/arrow.h"

namespace chancery {
namespace {

v1::Kind kind_of(std::string_view column) {
  switch (kind_of_column(column)) {
    case ColumnKind::integer: return v1::Kind::integer;
    case ColumnKind::real: return v1::Kind::real;
    case ColumnKind::day: return v1::Kind::day;
    case ColumnKind::text: break;
  }
  return v1::Kind::text;
}

template <class T>
T number(const std::string* cell) {
  T value{};
  if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), value);
  return value;
}

}  // namespace

v1::Table::Inside::Inside(Answer a) : answer(std::move(a)) {
  for (const std::string& name : answer.columns) kinds.push_back(kind_of(name));
}

const std::string* v1::Table::Inside::cell(size_t row, size_t column) const {
  if (row >= answer.rows.size() || column >= answer.rows[row].size()) return nullptr;
  const std::string& text = answer.rows[row][column];
  return text.empty() ? nullptr : &text;
}

v1::Table::Table() noexcept = default;
v1::Table::~Table() = default;
v1::Table::Table(Table&&) noexcept = default;
v1::Table& v1::Table::operator=(Table&&) noexcept = default;

size_t v1::Table::rows() const noexcept { return in_ ? in_->answer.rows.size() : 0; }
size_t v1::Table::columns() const noexcept { return in_ ? in_->answer.columns.size() : 0; }

std::string_view v1::Table::name(size_t column) const noexcept {
  return column < columns() ? std::string_view(in_->answer.columns[column]) : "";
}

v1::Kind v1::Table::kind(size_t column) const noexcept {
  return column < columns() ? in_->kinds[column] : Kind::text;
}

size_t v1::Table::column(std::string_view wanted) const noexcept {
  size_t c = 0;
  while (c < columns() && name(c) != wanted) ++c;
  return c;
}

bool v1::Table::null(size_t row, size_t column) const noexcept {
  return !in_ || !in_->cell(row, column);
}

std::string_view v1::Table::text(size_t row, size_t column) const noexcept {
  const std::string* cell = in_ ? in_->cell(row, column) : nullptr;
  return cell ? std::string_view(*cell) : "";
}

int64_t v1::Table::integer(size_t row, size_t column) const noexcept {
  return kind(column) == Kind::integer ? number<int64_t>(in_->cell(row, column)) : 0;
}

double v1::Table::real(size_t row, size_t column) const noexcept {
  return kind(column) == Kind::real ? number<double>(in_->cell(row, column)) : 0;
}

std::string_view v1::Table::after() const noexcept {
  return in_ ? std::string_view(in_->answer.next) : "";
}

const std::vector<std::string>& v1::Table::notes() const noexcept {
  static const std::vector<std::string> none;
  return in_ ? in_->answer.notes : none;
}

v1::Status v1::Table::to_arrow(ArrowSchema* schema, ArrowArray* array) const noexcept {
  if (!in_) return library::not_open("table");
  return library::guarded([&] { library::to_arrow(*this, schema, array); });
}

}  // namespace chancery
