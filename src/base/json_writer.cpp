#include "base/json_writer.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "base/memory.h"

namespace chancery {

struct JsonWriter::Inside {
  using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, ThrowingAllocator>;
  Buffer buffer;
  rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, ThrowingAllocator> writer{buffer};
};

JsonWriter::JsonWriter() : in_(std::make_unique<Inside>()) {}
JsonWriter::~JsonWriter() = default;
JsonWriter& JsonWriter::object() { return in_->writer.StartObject(), *this; }
JsonWriter& JsonWriter::end_object() { return in_->writer.EndObject(), *this; }
JsonWriter& JsonWriter::array() { return in_->writer.StartArray(), *this; }
JsonWriter& JsonWriter::end_array() { return in_->writer.EndArray(), *this; }
JsonWriter& JsonWriter::key(std::string_view name) {
  return in_->writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())), *this;
}
JsonWriter& JsonWriter::value(std::string_view text) {
  return in_->writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size())), *this;
}
JsonWriter& JsonWriter::value(size_t number) { return in_->writer.Uint64(number), *this; }
JsonWriter& JsonWriter::written_number(std::string_view digits) {
  return in_->writer.RawValue(digits.data(), digits.size(), rapidjson::kNumberType), *this;
}
JsonWriter& JsonWriter::boolean(bool yes) { return in_->writer.Bool(yes), *this; }
JsonWriter& JsonWriter::null() { return in_->writer.Null(), *this; }
std::string JsonWriter::take() { return in_->buffer.GetString(); }

}  // namespace chancery
