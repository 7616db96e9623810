#include <gtest/gtest.h>

#include <random>

#include "base/error.h"
#include "base/strings.h"
#include "base/table.h"
#include "base/utf8.h"
#include "support.h"

namespace chancery {
namespace {

TEST(Utf8, OffsetsGoThereAndBack) {
  std::string text = "a“é”…漢字 🙂 end";
  OffsetMap map(text);
  uint32_t point = 0;
  for (size_t at = 0; at < text.size(); ++point) {
    EXPECT_EQ(map.to_code_points(static_cast<uint32_t>(at)), point);
    EXPECT_EQ(map.to_bytes(point), at);
    decode_utf8(text, at);
  }
  EXPECT_EQ(map.code_points(), point);
  EXPECT_EQ(map.to_bytes(point + 5), text.size());
}

TEST(Utf8, LongTextsHaveManyAnchors) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += i % 3 ? "word " : "„ßüé“ ";
  OffsetMap map(text);
  for (uint32_t point = 0; point <= map.code_points(); ++point)
    EXPECT_EQ(map.to_code_points(map.to_bytes(point)), point);
}

TEST(Utf8, MalformedBytesAreReplacedAndFound) {
  for (std::string bad :
       {std::string("\xFF"), std::string("\xC3"), std::string("a\xE2\x80"), std::string("\xC0\xAF"),
        std::string("\xED\xA0\x80"), std::string("\xF5\x80\x80\x80")}) {
    EXPECT_FALSE(valid_utf8(bad));
    EXPECT_TRUE(valid_utf8(clean_utf8(bad)));
  }
  EXPECT_TRUE(valid_utf8("plain — ‘text’ \xEF\xBF\xBD"));
  EXPECT_EQ(clean_utf8(std::string("a\0b", 3)), "a b");
}

TEST(Utf8, RandomBytesNeverBreakIt) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 40, 0);
    for (char& c : bytes) c = static_cast<char>(random());
    std::string clean = clean_utf8(bytes);
    ASSERT_TRUE(valid_utf8(clean));
    OffsetMap map(clean);
    ASSERT_EQ(map.to_code_points(static_cast<uint32_t>(clean.size())), map.code_points());
  }
}

template <class T>
concept CanBeSplit = requires(T text) {
  split(std::forward<T>(text), ',');
  split_words(std::forward<T>(text));
};
static_assert(CanBeSplit<const std::string&> && CanBeSplit<std::string_view> &&
              CanBeSplit<const char*>);
static_assert(!CanBeSplit<std::string> && !CanBeSplit<const std::string>);

TEST(Strings, SqueezeAndSplit) {
  EXPECT_EQ(squeeze("  a\u00A0 b\n\tc "), "a b c");
  EXPECT_EQ(split("a||b", '|').size(), 3u);
  EXPECT_TRUE(contains_word("the deal now", "deal"));
  EXPECT_FALSE(contains_word("the ordeal now", "deal"));
}

TEST(Table, ErrorsNameFileAndLine) {
  test::Folder folder;
  std::string path = folder.write("t.tsv", "# note\na\tb\n1\t2\n1\t2\t3\n");
  try {
    Table table(path, {"a", "b"});
    FAIL() << "three cells in a table of two";
  } catch (const StartError& error) {
    EXPECT_NE(std::string(error.what()).find("t.tsv:4"), std::string::npos) << error.what();
  }
  EXPECT_THROW(Table(path, {"a", "c"}), StartError);
  EXPECT_THROW(Table(folder.file("none.tsv"), {"a"}), StartError);
}

}  // namespace
}  // namespace chancery
