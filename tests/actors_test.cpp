// The table tests/actors.tsv: who is who in single sentences. All misses are printed; at least 95 of 100 must be right.
#include <gtest/gtest.h>

#include "base/table.h"
#include "support.h"

namespace chancery {
namespace {

TEST(Actors, TableOfSentences) {
  Table table(SOURCE_DIR "/tests/actors.tsv", {"sentence", "country", "sector", "date"});
  ASSERT_GE(table.rows().size(), 300u);
  size_t right = 0;
  std::string missed;
  for (const Table::Row& row : table.rows()) {
    size_t open = row[0].find('['), close = row[0].find(']');
    ASSERT_TRUE(open != std::string::npos && close != std::string::npos && open < close) << row.place();
    std::string text = row[0].substr(0, open) + row[0].substr(open + 1, close - open - 1) + row[0].substr(close + 1);
    Span wanted{static_cast<uint32_t>(open), static_cast<uint32_t>(close - 1)};
    Record r = test::read(text, row[3].empty() ? "2025-06-02" : row[3]);
    // The entity with the longest mention inside the marked words.
    const Entity* best = nullptr;
    size_t length = 0;
    for (const Entity& e : r.entities)
      for (Span m : e.mentions)
        if (wanted.contains(m) && m.size() > length) {
          length = m.size();
          best = &e;
        }
    std::string country = !best || best->actor.country.empty() ? "-" : best->actor.country, sector = !best || best->actor.sector.empty() ? "-" : best->actor.sector;
    if (country == row[1] && sector == row[2]) ++right;
    else missed += row.place().substr(row.place().rfind('/') + 1) + ": " + row[0] + " gave " + (best ? best->name : "nobody") + ", " + country + " " + sector + " instead of " + row[1] + " " + row[2] + "\n";
  }
  std::printf("%zu of %zu right\n%s", right, table.rows().size(), missed.c_str());
  EXPECT_GE(right * 100, table.rows().size() * 95);
}

}  // namespace
}  // namespace chancery
