// What acts there are: PLOVER's types with quad class, score and modes, contexts, sectors, and
// CAMEO's codes mapped onto them. Read from the five tables of a folder (data/ontology, or the
// user's own of the same shape: --ontology). Errors name file and line.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chancery {

class Ontology {
 public:
  // One line of types.tsv.
  struct Type {
    std::string name;
    int quad = 0;         // 1 words together, 2 deeds together, 3 words against, 4 deeds against
    double score = 0;     // conflict (-10) to cooperation (+10)
    bool mutual = false;  // either side may stand first: a meeting, an accord
    std::string cameo;    // its general code
    std::string
        future;  // the type that a planned or possible act counts as by PLOVER ("" = its own)
    std::string words;
  };
  // One line of cameo.tsv.
  struct Code {
    std::string type, mode;             // "" = none
    bool mode_listed = true;            // false: PLOVER no longer lists the mode
    std::vector<std::string> contexts;  // those still listed
    std::optional<double> goldstein;
    std::string words;
  };
  struct Mode {
    std::string type, mode;
    std::optional<double> score;
    bool plover = true;
  };
  struct Context {
    std::string name;
    std::vector<std::string> words;  // lemmas that speak for it, several words apart by one blank
  };

  // Throws StartError.
  explicit Ontology(const std::string& folder);

  const Type* type(std::string_view name) const;
  const Code* code(std::string_view code) const;
  bool has_mode(std::string_view type, std::string_view mode) const;
  // The type that an event of this type and status is counted as by PLOVER ("will meet" is AGREE).
  const std::string& folded(const std::string& type, std::string_view status) const;
  // CAMEO's own quad class of a code, by its root, as GDELT prints it: 0 for none.
  static int cameo_quad(std::string_view code);

  const std::map<std::string, Type, std::less<>>& types() const { return types_; }
  const std::map<std::string, Code, std::less<>>& codes() const { return codes_; }
  const std::vector<Mode>& modes() const { return modes_; }
  const std::vector<Context>& contexts() const { return contexts_; }
  const std::map<std::string, std::string>& sectors() const { return sectors_; }

 private:
  std::map<std::string, Type, std::less<>> types_;
  std::map<std::string, Code, std::less<>> codes_;
  std::vector<Mode> modes_;
  std::vector<Context> contexts_;
  std::map<std::string, std::string> sectors_;
};

}  // namespace chancery
