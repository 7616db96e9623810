// Long texts of the parts that reports are made of, as no list of bytes grows to one: each byte
// names a part, and every second one how often it comes.
#include "read.h"

namespace {

constexpr const char* kParts[] = {"Norway ",
                                  "Iceland's foreign minister ",
                                  "Tora Solheim ",
                                  "said ",
                                  "that ",
                                  "he ",
                                  "they ",
                                  "will not sign ",
                                  "met ",
                                  "the accord ",
                                  "if ",
                                  "unless ",
                                  "\"",
                                  "“",
                                  "” ",
                                  "‘",
                                  "’ ",
                                  "(",
                                  ") ",
                                  ", ",
                                  ". ",
                                  "; ",
                                  ": ",
                                  "— ",
                                  "\n",
                                  "\n\n",
                                  "• ",
                                  "Mr. ",
                                  "J. R. ",
                                  "U.S. ",
                                  "on Monday ",
                                  "14 May 2031 ",
                                  "last week ",
                                  "for the first time ",
                                  "5 ",
                                  "per cent ",
                                  "$3bn ",
                                  "and ",
                                  "or ",
                                  "not ",
                                  "never ",
                                  "NORWAY ",
                                  "the minister ",
                                  "who ",
                                  "according to ",
                                  "told reporters ",
                                  "“We agree,” ",
                                  "http://a.example/b ",
                                  "a@b.example ",
                                  "é",
                                  "外交部 ",
                                  "\xE2\x80\x8B",
                                  "\xCC\x81",
                                  "'s ",
                                  "n't ",
                                  "-",
                                  "...",
                                  "?",
                                  "! ",
                                  "*",
                                  "| ",
                                  "\t",
                                  "\x01",
                                  "x"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    constexpr size_t kMost = 150000;  // more than one window
    chancery::Article article;
    article.id = "story";
    article.published = "2031-05-14";
    for (size_t i = 0; i + 1 < bytes.size() && article.text.size() < kMost; i += 2) {
      const char* part = kParts[static_cast<uint8_t>(bytes[i]) % std::size(kParts)];
      // Most come once or twice, some a thousand times.
      const int times = static_cast<uint8_t>(bytes[i + 1]);
      for (int n = times < 200 ? times % 3 + 1 : (times - 199) * 18;
           n > 0 && article.text.size() < kMost; --n)
        article.text += part;
    }
    read_and_check(std::move(article), kMost + 100);
  });
}
