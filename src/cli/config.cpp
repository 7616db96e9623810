// Settings for every run, from a file; and the verb help.
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "ledger/suggest.h"

namespace chancery::cli {
namespace {

// What a setting stands in for. Options of the command line and the environment go before it.
constexpr std::pair<const char*, const char*> kSettings[] = {{"ledger", "CHANCERY_LEDGER"},
                                                             {"model", "CHANCERY_MODEL"},
                                                             {"data", "CHANCERY_DATA"},
                                                             {"ontology", "CHANCERY_ONTOLOGY"}};

std::string config_file(bool& named) {
  auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  std::string file = variable("CHANCERY_CONFIG");
  named = !file.empty();
  if (named) return file;
  std::string folder = variable("XDG_CONFIG_HOME");
  if (folder.empty() && !variable("HOME").empty()) folder = variable("HOME") + "/.config";
  return folder.empty() ? "" : folder + "/chancery/config";
}

// "~/x" is in the home of whoever runs the program.
std::string at_home(const std::string& value) {
  const char* home = std::getenv("HOME");
  return value.starts_with("~/") && home ? home + value.substr(1) : value;
}

void set(const std::string& where, std::string_view line) {
  size_t equals = line.find('=');
  const std::string key(trim(line.substr(0, equals)));
  std::string value(equals == std::string_view::npos ? "" : trim(line.substr(equals + 1)));
  if (value.size() > 1 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  std::vector<std::string> known;
  for (const auto& [name, variable] : kSettings) {
    known.emplace_back(name);
    if (name != key) continue;
    if (value.empty()) throw UsageError(where + ": " + key + " has no value (" + key + " = …)");
    setenv(variable, at_home(value).c_str(), 0);
    return;
  }
  throw UsageError(where + ": '" + key + "' is no setting; there are " + join(known, ", "));
}

}  // namespace

void read_config() {
  bool named = false;
  const std::string file = config_file(named);
  if (file.empty()) return;
  std::ifstream in(file);
  if (!in) {
    if (named) throw UsageError(file + ": cannot be read ($CHANCERY_CONFIG)");
    return;
  }
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::string_view said = trim(line);
    if (!said.empty() && said[0] != '#') set(file + ":" + std::to_string(number), said);
  }
}

void add_help(CLI::App& root) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* verb = root.add_subcommand("help", "What a verb does, its options, examples");
  verb->add_option("VERB", *words, "The verb; without one, all of them");
  verb->footer("Example:\n  chancery help statements\n");
  CLI::App* top = &root;
  verb->callback([words, top] {
    const CLI::App* about = top;
    for (const std::string& word : *words) {
      std::vector<std::string> known;
      const CLI::App* found = nullptr;
      for (const CLI::App* sub : about->get_subcommands([](const CLI::App*) { return true; })) {
        known.push_back(sub->get_name());
        if (sub->get_name() == word) found = sub;
      }
      if (!found) {
        std::vector<std::string> near = nearest(word, known, 1);
        throw UsageError("no verb '" + word.substr(0, 60) + "'; there are " + join(known, ", ") +
                         (near.empty() ? "" : "; did you mean " + near[0] + "?"));
      }
      about = found;
    }
    Output out("-");
    // App::help() would explain the verb that was given, which is this one.
    std::string name = "chancery";
    for (const std::string& word : *words) name += " " + word;
    out.write(about->get_formatter()->make_help(about, name, CLI::AppFormatMode::Normal));
    out.close();
  });
}

}  // namespace chancery::cli
