// Raw corpora, a paragraph at a time.
#pragma once
#include <simdjson.h>
#include <zlib.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace chancery::training {

// path: *.txt.gz or *.txt with one paragraph a line, or *.jsonl whose lines carry "text". Calls
// use(std::string_view).
template <class F>
void each_line_of_text(const std::string& path, F&& use) {
  gzFile in = gzopen(path.c_str(), "rb");
  if (!in) throw Error(path + ": cannot be opened");
  gzbuffer(in, 1 << 20);
  simdjson::dom::parser parser;
  std::string line;
  std::vector<char> buffer(1 << 20);
  auto finish = [&] {
    std::string_view text = line;
    bool usable =
        !path.ends_with(".jsonl") || parser.parse(line)["text"].get(text) == simdjson::SUCCESS;
    if (usable) use(text);
    line.clear();
  };
  while (gzgets(in, buffer.data(), static_cast<int>(buffer.size()))) {
    line += buffer.data();
    if (line.back() == '\n') finish();
  }
  if (!line.empty()) finish();
  gzclose(in);
}

}  // namespace chancery::training
