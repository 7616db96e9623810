#include "base/home.h"

#include <cstdlib>
#include <filesystem>

#include "base/error.h"

namespace chancery {

namespace fs = std::filesystem;

std::string this_program() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).string();
}

std::string home_beside(const std::string& file) {
  std::error_code error;
  // A launcher that starts the program by a loader of its own says where it is.
  if (const char* set = std::getenv("CHANCERY_HOME"); set && *set) return set;
  fs::path at = fs::path(file).parent_path();
  // share/chancery of a prefix lies one folder beside bin/ and lib/, two beside lib/TRIPLET/.
  for (const fs::path& candidate :
       {at / "../share/chancery", at / "../../share/chancery", at / "share/chancery", at, at / "..",
        at / "../..", at / "../../.."})
    if (fs::exists(candidate / "data/register/states.tsv", error))
      return fs::weakly_canonical(candidate, error).string();
  return "";
}

std::string data_folder(const std::string& wanted, const std::string& home) {
  if (!wanted.empty()) return wanted;
  if (const char* set = std::getenv("CHANCERY_DATA"); set && *set) return set;
  if (home.empty())
    throw StartError("the data tables are not beside the program; name their folder with --data");
  return home + "/data";
}

std::string model_file(const std::string& asked, const std::string& home) {
  const char* set = std::getenv("CHANCERY_MODEL");
  std::string wanted = !asked.empty() ? asked : set && *set ? set : kDefaultModel, shipped;
  std::error_code error;
  for (const auto& [name, file] : kModels) {
    std::string path = home + "/models/" + file;
    bool there = !home.empty() && fs::exists(path, error);
    if (there && wanted == name) return path;
    if (there) shipped += (shipped.empty() ? "" : ", ") + std::string(name);
  }
  if (fs::exists(wanted, error)) return wanted;
  throw StartError(
      "no language model '" + wanted + "': " +
      (shipped.empty() ? "none is beside the program" : "beside the program there is " + shipped) +
      "; --model takes one of these or a file");
}

}  // namespace chancery
