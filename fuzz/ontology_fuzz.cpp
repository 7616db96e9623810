// An ontology of a user: one of its tables (the first byte says which) is what the bytes say, the
// others are ours.
#include <filesystem>

#include "fuzz.h"
#include "register/ontology.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fs = std::filesystem;
  static const std::string folder = [] {
    std::string path = as_file("", ".ontology");
    fs::remove_all(path);
    fs::copy(SOURCE_DIR "/data/ontology", path);
    return path;
  }();
  static const char* const tables[] = {"types", "modes", "cameo", "contexts", "sectors", "traits"};
  if (size == 0) return 0;
  const std::string name = std::string("/") + tables[data[0] % std::size(tables)] + ".tsv";
  int code = fuzz(data + 1, size - 1, [&](std::string_view bytes) {
    std::ofstream(folder + name, std::ios::binary) << bytes;
    chancery::Ontology ontology(folder);
    for (const auto& [type, t] : ontology.types()) ontology.folded(type, "planned");
    for (const auto& [code, c] : ontology.codes()) chancery::Ontology::cameo_quad(code);
  });
  fs::copy_file(SOURCE_DIR "/data/ontology" + name, folder + name,
                fs::copy_options::overwrite_existing);
  return code;
}
