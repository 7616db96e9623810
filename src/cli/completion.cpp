// Completion for shells: verbs, their verbs, options, and the values of options that take one of a
// list.
#include <map>

#include "base/error.h"
#include "base/strings.h"
#include "cli/app.h"
#include "ledger/catalogue.h"
#include "record/vocabulary.h"

namespace chancery::cli {
namespace {

struct Choice {
  std::string option, what;
  std::vector<std::string> values;  // none: a file, or anything
  bool takes = true;                // a value
};

struct Verb {
  std::string path, what;  // "actors list"
  std::vector<std::string> verbs;
  std::vector<Choice> options;
};

// "{record,all}" of a list that CLI11 checks.
std::vector<std::string> of_validator(const CLI::Option& option) {
  const CLI::Option* o = &option;
  std::string type = o->get_type_name();
  size_t open = type.find('{'), close = type.find('}');
  std::vector<std::string> out;
  if (open == std::string::npos || close == std::string::npos || close < open) return out;
  const std::string listed = type.substr(open + 1, close - open - 1);
  for (std::string_view value : split(listed, ',')) out.emplace_back(trim(value));
  return out;
}

class Collector {
 public:
  // Codes are the tables' (the user's own where --ontology names them); without tables there are
  // none to offer.
  explicit Collector(const App& app) {
    try {
      tables_.emplace(app);
    } catch (const Error&) {}
  }

  void add(const CLI::App& app, const std::string& path) {
    Verb verb{path, app.get_description(), {}, {}};
    const bool question = find_question(app.get_name()) != nullptr;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_lnames().empty()) continue;
      Choice c{"--" + option->get_lnames()[0], option->get_description(), of_validator(*option),
               option->get_type_size_max() > 0};
      if (c.option == "--model") c.values = {"accurate", "fast"};
      if (c.values.empty() && question) c.values = of_filter(option->get_lnames()[0]);
      verb.options.push_back(std::move(c));
    }
    auto subs = app.get_subcommands([](const CLI::App*) { return true; });
    for (const CLI::App* sub : subs) verb.verbs.push_back(sub->get_name());
    verbs_.push_back(verb);
    for (const CLI::App* sub : subs)
      add(*sub, path.empty() ? sub->get_name() : path + " " + sub->get_name());
  }

  const std::vector<Verb>& verbs() const { return verbs_; }

 private:
  std::vector<std::string> of_filter(const std::string& option) const {
    for (const char* name : {"stance", "type", "mode", "status", "force", "quote", "period"}) {
      const Filter& f = *find_filter(name);
      std::string spelled = f.option;
      if (spelled.substr(0, spelled.find(',')) != "--" + option) continue;
      if (f.list || tables_) return f.list ? listed(*f.list) : f.values(tables_->codes);
    }
    if (option == "country" && tables_) return tables_->codes.countries();
    return {};
  }
  static std::vector<std::string> listed(const ClosedList& list) {
    return {list.values().begin(), list.values().end()};
  }

  std::optional<Tables> tables_;
  std::vector<Verb> verbs_;
};

std::string options_of(const Verb& verb) {
  std::vector<std::string> all;
  for (const Choice& c : verb.options) all.push_back(c.option);
  return join(all, " ");
}

// For bash, and zsh through its bashcompinit. The verb is what stands before the first option.
std::string bash(const std::vector<Verb>& verbs) {
  std::string words, values;
  for (const Verb& v : verbs) {
    words += "    '" + v.path + "') words=\"" + join(v.verbs, " ") + (v.verbs.empty() ? "" : " ") +
             options_of(v) + "\" ;;\n";
    for (const Choice& c : v.options)
      if (!c.values.empty())
        values +=
            "    '" + v.path + " " + c.option + "') words=\"" + join(c.values, " ") + "\" ;;\n";
  }
  return R"sh(_chancery() {
  local cur="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" verb="" words="" i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    [[ ${COMP_WORDS[i]} == -* || ! " $(_chancery_verbs "$verb") " == *" ${COMP_WORDS[i]} "* ]] && break
    verb="${verb:+$verb }${COMP_WORDS[i]}"
  done
  case "$verb $before" in
)sh" + values +
         R"sh(    *' '--*)
      case "$before" in
        --json|--csv|--newest|--explain|--help|--no-color) ;;
        *) COMPREPLY=($(compgen -f -- "$cur")); return ;;
      esac ;;
  esac
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); return; fi
  words="$(_chancery_words "$verb")"
  case "$cur" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$(_chancery_verbs "$verb")" -- "$cur") $([ -z "$verb" ] || compgen -f -- "$cur")) ;;
  esac
}
_chancery_words() {
  local words=""
  case "$1" in
)sh" + words +
         R"sh(  esac
  printf '%s' "$words"
}
_chancery_verbs() { local w out=""; for w in $(_chancery_words "$1"); do [[ $w == -* ]] || out="$out $w"; done; printf '%s' "${out# }"; }
complete -o filenames -F _chancery chancery
)sh";
}

std::string in_quotes(const std::string& text) {
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string fish(const std::vector<Verb>& verbs) {
  std::string out = "complete -c chancery -f\n";
  for (const Verb& v : verbs) {
    std::vector<std::string_view> path = split_words(v.path);
    std::string when;
    for (std::string_view word : path)
      when += (when.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + std::string(word));
    if (v.path.empty()) when = "__fish_use_subcommand";
    for (const Verb& sub : verbs) {
      size_t cut = sub.path.rfind(' ');
      std::string parent = cut == std::string::npos ? "" : sub.path.substr(0, cut);
      if (sub.path.empty() || parent != v.path) continue;
      out += "complete -c chancery -n " + in_quotes(when) + " -a " +
             in_quotes(sub.path.substr(cut == std::string::npos ? 0 : cut + 1)) + " -d " +
             in_quotes(first_line(sub.what)) + "\n";
    }
    for (const Choice& c : v.options) {
      out += "complete -c chancery -n " + in_quotes(v.path.empty() ? "true" : when) + " -l " +
             c.option.substr(2) + " -d " + in_quotes(first_line(c.what));
      if (!c.values.empty()) out += " -x -a " + in_quotes(join(c.values, " "));
      else if (c.takes) out += " -r -F";
      out += "\n";
    }
    // Inputs are files.
    if (!v.path.empty()) out += "complete -c chancery -n " + in_quotes(when) + " -F\n";
  }
  return out;
}

}  // namespace

void add_completion(CLI::App& root, App& app) {
  auto shell = std::make_shared<std::string>("bash");
  CLI::App* verb = root.add_subcommand("completion", "A completion script for the shell");
  verb->footer(
      "Examples:\n  chancery completion bash > "
      "~/.local/share/bash-completion/completions/chancery\n  chancery completion fish > "
      "~/.config/fish/completions/chancery.fish\n  chancery completion zsh > "
      "~/.zfunc/_chancery_init; echo 'source ~/.zfunc/_chancery_init' >> ~/.zshrc\n");
  verb->add_option("SHELL", *shell, "bash, zsh or fish")
      ->capture_default_str()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  CLI::App* top = &root;
  verb->callback([shell, top, &app] {
    Collector all(app);
    all.add(*top, "");
    Output out("-");
    if (*shell == "zsh")
      out.write("autoload -U +X compinit bashcompinit && compinit -u && bashcompinit\n");
    out.write(*shell == "fish" ? fish(all.verbs()) : bash(all.verbs()));
    out.close();
  });
}

}  // namespace chancery::cli
