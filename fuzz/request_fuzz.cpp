// A request as an asker may send it: the first line is the path, every other a parameter
// "name=value". Whatever it is, the answer is one that was meant: nothing fails, and the ledger is
// never said to be the cause of it.
#include <unistd.h>

#include "article/load.h"
#include "base/strings.h"
#include "ledger/ledger.h"
#include "read.h"
#include "serve/service.h"

namespace {

chancery::Service& service() {
  static const std::string path = [] {
    std::string file = "/dev/shm/chancery-fuzz-" + std::to_string(::getpid()) + ".ledger";
    std::remove(file.c_str());
    chancery::Ledger ledger(file, chancery::Ledger::write);
    std::string lines = chancery::read_file(SOURCE_DIR "/examples/reports.jsonl");
    for (std::string_view line : chancery::split(lines, '\n'))
      if (!line.empty()) ledger.add(reader().read(chancery::parse_article_line(line)));
    return file;
  }();
  static chancery::Service shared({path, "", "", 0},
                                  std::make_shared<const chancery::Resources>(
                                      SOURCE_DIR "/data", SOURCE_DIR "/models/chancery.model"),
                                  SOURCE_DIR "/data");
  return shared;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chancery::Request request;
  request.method = "GET";
  bool first = true;
  for (std::string_view line :
       chancery::split(std::string_view(reinterpret_cast<const char*>(data), size), '\n')) {
    if (first) {
      request.path = "/" + std::string(line);
    } else {
      size_t equal = std::min(line.find('='), line.size());
      request.query.emplace(line.substr(0, equal),
                            equal < line.size() ? line.substr(equal + 1) : std::string_view());
    }
    first = false;
    if (request.query.size() > 20) break;
  }
  request.accept = size % 2 ? "text/html" : "application/json";
  int status = service().answer(request).status;
  if (status >= 500 || status < 200) std::abort();
  return 0;
}
