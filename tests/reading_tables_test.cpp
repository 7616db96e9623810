// The tables of reading: a line that is wrong is refused with its place and the reason, one that is
// right is taken. Each is the shipped table with a line more.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>

#include "base/error.h"
#include "support.h"

namespace chancery {
namespace {

namespace fs = std::filesystem;

class ReadingTables : public testing::Test {
 protected:
  ReadingTables() { fs::copy(test::source_dir() + "/data", data_, fs::copy_options::recursive); }

  // What is said of a line more in a table of the folder `data`, "" when it is taken.
  std::string refusal(const std::string& table, const std::string& line) const {
    static const std::map<std::string, std::function<void(const std::string&)>> readers = {
        {"lexicon/cues", lexicon},
        {"lexicon/forces", lexicon},
        {"lexicon/irregular", lexicon},
        {"lexicon/events", lexicon},
        {"lexicon/tolls",
         [](const std::string& data) {
           EventDetails(data + "/lexicon", test::resources()->lexicon);
         }},
        {"lexicon/novelty",
         [](const std::string& data) { NoveltyGrammar(data + "/lexicon/novelty.tsv"); }},
        {"lexicon/novelty_signs",
         [](const std::string& data) { SignJudge(data + "/lexicon/novelty_signs.tsv"); }},
        {"lexicon/conditions",
         [](const std::string& data) { ConditionGrammar(data + "/lexicon/conditions.tsv"); }},
        {"lexicon/stances",
         [](const std::string& data) { Stances(data + "/lexicon/stances.tsv"); }},
        {"lexicon/thresholds",
         [](const std::string& data) { Thresholds(data + "/lexicon/thresholds.tsv"); }},
        {"topics", [](const std::string& data) { Topics(data + "/topics.tsv"); }},
        {"time/words", time},
        {"time/feasts", time},
        {"time/rules", time}};
    const fs::path path = data_ + "/" + table + ".tsv";
    const std::string shipped = read_file(path.string());
    folder_.write("data/" + table + ".tsv", shipped + line + "\n");
    std::string says;
    try {
      readers.at(table)(data_);
    } catch (const StartError& error) {
      says = error.what();
      if (says.find(path.filename().string() + ":") == std::string::npos)
        says = "another table: " + says;
    }
    folder_.write("data/" + table + ".tsv", shipped);
    return says;
  }

 private:
  static void lexicon(const std::string& data) { Lexicon(data, data + "/ontology"); }
  static void time(const std::string& data) { TimeGrammar(data + "/time"); }

  test::Folder folder_;
  const std::string data_ = folder_.file("data");
};

TEST_F(ReadingTables, ALineThatIsWrongIsRefusedWithTheReason) {
  for (auto [table, line, says] :
       {std::tuple{"lexicon/cues", "coo\tsing\tclause\tsay", "kind 'sing' is none of say, urge"},
        {"lexicon/cues", "coo\tsay\tsong\tsay", "shape 'song' is unknown"},
        {"lexicon/cues", "coo\tsay\tclause\tstrong", "strength must be say or judge"},
        {"lexicon/cues", "tell\tsay\tclause\tsay", "'tell' stands twice"},
        {"lexicon/forces", "coo\tunder\tdenied", "'under' is none of cue, adverb"},
        {"lexicon/forces", "coo\tcue\tloud", "'loud' is no force; there are asserted"},
        {"lexicon/forces", "deny\tcue\tdenied", "'deny' stands twice as cue"},
        {"lexicon/irregular", "arisen\tarise\tverb", "'arisen' stands twice as verb"},
        {"lexicon/irregular", "cooen\tcoo\tword", "'word' is none of verb, past, plural"},
        {"lexicon/events", "coo\tx\t\t\tCONSULT\t\t\t\t", "part must be v, n or a"},
        {"lexicon/events", "coo\tv\t\t\tPICNIC\t\t\t\t", "'PICNIC' is no type of the ontology"},
        {"lexicon/events", "coo\tv\t\t\tCONSULT\tsing\t\t\t", "CONSULT has no mode 'sing'"},
        {"lexicon/events", "coo\tv\t\t\tCONSULT\t\t999\t\t", "CAMEO code 999 is not in"},
        {"lexicon/tolls", "coo\tx\t\tdead", "part must be v, n or a"},
        {"lexicon/tolls", "coo\tv\twide\tdead", "shape is empty or intransitive"},
        {"lexicon/tolls", "coo\tv\t\t", "what it counts is missing"},
        {"lexicon/tolls", "kill\tv\t\tdead", "'kill' stands twice as v"},
        {"lexicon/novelty", "\tfirst\tfirst", "words are missing"},
        {"lexicon/novelty", "virgin\tfirst\tbanana", "banana is no claim"},
        {"lexicon/novelty", "virgin\told\tfirst", "kind is first, ordinal, most, record, frame"},
        {"lexicon/novelty_signs", "kind coo\theavy", "a weight is a number"},
        {"lexicon/novelty_signs", "kind coo\t", "a weight is a number"},
        {"lexicon/novelty_signs", "kind coo\tinf", "a weight is a number"},
        {"lexicon/novelty_signs", "kind coo\t1\nkind coo\t2", "'kind coo' stands twice"},
        {"lexicon/conditions", "\tclause\tany", "words are missing"},
        {"lexicon/conditions", "so be it\tsong\tany", "form is clause or phrase"},
        {"lexicon/conditions", "so be it\tclause\tnever", "when is any, negated, future or only"},
        {"lexicon/stances", "coo\tverb\tsings", "'sings' is no stance; there are"},
        {"lexicon/stances", "demand\tverb\tdemands", "'demand' stands twice as verb"},
        {"lexicon/stances", "coo\tpronoun\t", "'pronoun' is no role"},
        {"lexicon/thresholds", "act.never\t0.5\tx", "unknown threshold 'act.never'"},
        {"lexicon/thresholds", "act.alone\t0.5\tx", "'act.alone' stands twice"},
        {"lexicon/thresholds", "act.alone\t1.5\tx", "'1.5' is no probability"},
        {"lexicon/thresholds", "act.alone\t-0.5\tx", "'-0.5' is no probability"},
        {"lexicon/thresholds", "act.alone\t0.5x\tx", "'0.5x' is no probability"},
        {"topics", "shipping\tcoo", "issue 'shipping' stands twice"},
        {"topics", "cooing\t", "words are missing"},
        {"time/words", "\tcoo\t1", "a class or a word is missing"},
        {"time/words", "month\t\t1", "a class or a word is missing"},
        {"time/words", "number\tcoo\t1", "class number is built in"},
        {"time/feasts", "Cooing Day\tlater", "'later' is no date rule"},
        {"time/feasts", "Cooing Day\t2031-02-30", "'2031-02-30' is no date rule"},
        {"time/feasts", "Cooing Day\t13-01", "'13-01' is no date rule"},
        {"time/feasts", "Cooing Day\t11-4Doo", "'11-4Doo' is no date rule"},
        {"time/feasts", "Cooing Day\t11-0Thu", "'11-0Thu' is no date rule"},
        {"time/rules", "\tcoo\tDATE\tx\t\t\tx\t\t", "a rule needs a name and a pattern"},
        {"time/rules", "a\t\tDATE\tx\t\t\tx\t\t", "a rule needs a name and a pattern"},
        {"time/rules", "a\tcoo )\tDATE\tx\t\t\tx\t\t", "a ')' too many in the pattern"},
        {"time/rules", "a\tcoo||do\tDATE\tx\t\t\tx\t\t", "an empty alternative in the pattern"},
        {"time/rules", "a\tcoo\tDATE\t\t\t\tx\t\t", "an empty name in the value"},
        {"time/rules", "a\tcoo\tDATE\tx y\t\t\tx\t\t", "something is left over behind the value"},
        {"time/rules", "a\ta? b? c? d? e? f? g? h? i? j? k?\tDATE\tx\t\t\tx\t\t",
         "too many optional parts"}})
    EXPECT_NE(refusal(table, line).find(says), std::string::npos)
        << table << ": " << line << ": " << refusal(table, line);
}

TEST_F(ReadingTables, ALineThatIsRightIsTaken) {
  for (auto [table, line] : {std::pair{"lexicon/cues", "coo\tsay\tclause|quote\tjudge"},
                             {"lexicon/cues", "coo\tnone\t\tsay"},
                             {"lexicon/forces", "deny\tover\tdenied"},
                             {"lexicon/irregular", "cooen\tcoo\tpast"},
                             {"lexicon/events", "coo\ta\t\t\tCONSULT\tmeet\t040\t\t"},
                             {"lexicon/events", "coo\tn\t\t\tNONE\t\t\t\t"},
                             {"lexicon/tolls", "kill\tn\tintransitive\tdead"},
                             {"lexicon/novelty", "virgin\tfirst\tfirst"},
                             {"lexicon/novelty", "coo\trank\t"},
                             {"lexicon/novelty", "of all times\tframe\t"},
                             {"lexicon/novelty_signs", "kind coo\t-1e-3"},
                             {"lexicon/conditions", "so be it\tphrase\tonly"},
                             {"lexicon/stances", "coo\tgood\t"},
                             {"lexicon/stances", "coo at\tverb\tdemands"},
                             {"topics", "cooing\tcoo|coo at"},
                             {"time/words", "month\tcoober\t10"},
                             {"time/feasts", "Cooing Day\t11-4Thu"},
                             {"time/feasts", "Cooing Day\t2031-02-28"},
                             {"time/rules", "a\tcoo ( a? b|c )?\tDATE\tx\t\t\tx\t\t"}})
    EXPECT_EQ(refusal(table, line), "") << table << ": " << line;
}

}  // namespace
}  // namespace chancery
