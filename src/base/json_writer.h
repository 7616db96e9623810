// JSON written in order, on RapidJSON, which stays in the source file.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace chancery {

class JsonWriter {
 public:
  JsonWriter();
  ~JsonWriter();
  JsonWriter& object();
  JsonWriter& end_object();
  JsonWriter& array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(size_t number);
  // A number that is written already: "-6.5".
  JsonWriter& written_number(std::string_view digits);
  JsonWriter& boolean(bool yes);
  JsonWriter& null();
  JsonWriter& text(std::string_view name, std::string_view text) { return key(name).value(text); }
  JsonWriter& number(std::string_view name, size_t n) { return key(name).value(n); }
  std::string take();

 private:
  struct Inside;
  std::unique_ptr<Inside> in_;
};

}  // namespace chancery
