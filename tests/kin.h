// Reports that bear on one another, and ledgers settled.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ledger/digest.h"
#include "ledger/ledger.h"
#include "ledger/settle.h"
#include "support.h"

namespace chancery::test {

// Reports read one after another; the id of each is a letter and its place.
class Reports {
 public:
  explicit Reports(std::string letter, std::vector<Record> before = {})
      : all(std::move(before)), letter_(std::move(letter)) {}
  void put(const std::string& day, const std::string& text, const std::string& url = "") {
    put(letter_ + std::to_string(all.size()), day, text, url);
  }
  void put(const std::string& id, const std::string& day, const std::string& text,
           const std::string& url) {
    Record r = read(text, day);
    r.article.id = id;
    r.article.url = url;
    all.push_back(std::move(r));
  }

  std::vector<Record> all;

 private:
  std::string letter_;
};

// Reports that bear on one another: of the same acts and people, one a copy, one under two names.
inline std::vector<Record> kin() {
  Reports out("t", example_reports());
  auto put = [&](const std::string& id, const std::string& day, const std::string& text,
                 const std::string& url = "") { out.put(id, day, text, url); };
  const std::string told =
      "Norwegian Foreign Minister Ivar Holt met Icelandic Prime Minister Asta Bjarnadottir in Oslo "
      "on Tuesday. Holt said Norway would sign the fishing agreement next week. The two countries "
      "had accused each other of breaking the treaty on herring for many months.";
  put("t1", "2031-05-13", told, "https://one.example/a");
  put("t2", "2031-05-14", told + " Talks go on.", "https://two.example/a");
  put("t3", "2031-05-14", "Ivar Holt condemned Iceland on Wednesday. Holt left for Bergen.");
  put("t4", "2031-05-15", "Asta Bjarnadottir criticised Norway. She met Ivar Holt on Tuesday.");
  put("t5", "2031-05-16", "Norway criticised Iceland on Friday, and Ivar Holt met nobody.",
      "https://one.example/a");
  // The same words on the same day, from another paper.
  put("t6", "2031-05-14", "Ivar Holt condemned Iceland on Wednesday. Holt left for Bergen.",
      "https://zwei.example/b");
  return out.all;
}

inline std::string settled_digest(const std::string& where) {
  Ledger ledger(where, Ledger::write);
  settle(ledger);
  EXPECT_EQ(settle(ledger).changed, 0) << "settled is settled";
  EXPECT_EQ(settle(ledger, true).changed, 0) << "all of it";
  return digest_of(digests(ledger.database()));
}

}  // namespace chancery::test
