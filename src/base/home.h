// Where the data tables and the models that ship are: the source tree around a build, or
// share/chancery of an installation.
#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace chancery {

// The models that ship, in the folder models/ of a home: name and file.
inline constexpr std::pair<const char*, const char*> kModels[] = {{"accurate", "chancery.model"},
                                                                  {"fast", "chancery-fast.model"}};
inline constexpr const char* kDefaultModel = "accurate";

// $CHANCERY_HOME, else the folder that holds data/ and models/ near a file (a program, a shared
// library); "" when none does.
std::string home_beside(const std::string& file);
// The running program's own file.
std::string this_program();

// The folder of the tables: `wanted`, else $CHANCERY_DATA, else that of `home`. Throws StartError.
std::string data_folder(const std::string& wanted, const std::string& home);
// The file of a model: `wanted` (accurate, fast or a file), else $CHANCERY_MODEL, else the default
// one, of those in `home`. Throws StartError.
std::string model_file(const std::string& wanted, const std::string& home);

}  // namespace chancery
