// Records as a SQLite ledger keeps them: phrases that records are full of stand as codes of one or
// two bytes, and so does the month that the record names most. The codes begin with control
// characters, which no JSON holds unescaped, so a packed
// record is a text like others, a text without codes is its own unpacked form, and plain SQL can
// unpack (views.cpp). Each ledger keeps the list of phrases that it was begun with: what it holds
// is read by that one, whatever list a later program comes with.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chancery {

class Packing {
 public:
  // Code and phrase. Codes are of one byte or of two, the first of two is none of one.
  using Phrases = std::vector<std::pair<std::string, std::string>>;
  explicit Packing(Phrases phrases);

  // The list that this program comes with (phrases.txt), for ledgers that begin.
  static const Phrases& shipped();
  // The code of the record's own month ("2031-05-"), which then stands behind it at the beginning.
  static constexpr char kMonth = 0x1E;
  static constexpr size_t kMonthSize = 8;
  // Bytes with which a code may begin.
  static bool begins_code(unsigned char byte) {
    return byte > 0 && byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
  }

  // In as few bytes as the phrases allow. A text that holds what a code might begin with stays as
  // it is: it is no JSON.
  std::string packed(std::string_view text) const;
  // A text without codes, and a code that nobody knows, stay as they are.
  std::string plain(std::string_view packed) const;
  // One number for the list, whatever its order: a ledger remembers it beside the list.
  int64_t digest() const;

 private:
  // A tree of the phrases' letters; the branches of a node are a list.
  struct Node {
    int32_t branch = -1, next = -1;  // first below, next beside
    int32_t phrase = -1;
    char letter = 0;
  };
  std::string shortest(std::string_view text) const;
  int32_t below(int32_t node, char letter) const;
  void add(int32_t phrase);

  Phrases phrases_;
  std::vector<Node> nodes_;
  std::vector<int32_t> starts_;       // by the first two letters
  std::array<int32_t, 0x20> single_;  // by the byte of a code of one: the phrase, or -1
  std::vector<int32_t> pairs_;        // by the two bytes of a code
};

// A record as the column of a database keeps it, and SQL that says it in full again.
class Database;
std::string packed_for(Database& db, std::string record);
std::string plain_record(const Database& db, const std::string& column);

}  // namespace chancery
