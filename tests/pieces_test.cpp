// Inputs of every kind as pieces: what comes out of good ones, and that a torn piece costs only
// itself.
#include <gtest/gtest.h>
#include <zlib.h>

#include <sys/stat.h>

#include <thread>

#include "article/pieces.h"
#include "base/error.h"
#include "support.h"

namespace chancery {
namespace {

std::string gzip(const std::string& text) {
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, text.size()) + 64, 0);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

std::string page(const std::string& title) {
  return "<html><head><title>" + title + "</title></head><body><article><h1>" + title +
         "</h1><p>The ministers of Norway and Iceland met in Turku on Monday, and they talked "
         "about the herring, officials said.</p>"
         "<p>Nobody signed anything, but both sides, after a long day, praised the weather and the "
         "hosts of the meeting.</p></article></body></html>";
}

std::string response(const std::string& url, const std::string& body,
                     const std::string& status = "200 OK",
                     const std::string& headers = "Content-Type: text/html; charset=utf-8\r\n") {
  std::string http = "HTTP/1.1 " + status + "\r\n" + headers + "\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + url +
         "\r\nWARC-Date: 2031-05-14T10:00:00Z\r\nContent-Type: application/http; "
         "msgtype=response\r\nContent-Length: " +
         std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
}

struct Read {
  std::vector<Article> articles;
  std::vector<std::string> errors, warnings;
};

Read read_all(const std::string& path, PieceOptions options = {}) {
  Read out;
  try {
    auto pieces = open_pieces(path, options);
    for (Piece piece; pieces->next(piece);) {
      if (!piece.warning.empty()) out.warnings.push_back(piece.warning);
      if (piece.form == Piece::remark) continue;
      try {
        out.articles.push_back(article_of(piece, options.kind));
      } catch (const Error& error) {
        out.errors.push_back(error.what());
      }
      EXPECT_LT(out.articles.size() + out.errors.size(), 10000u);
    }
  } catch (const Error& error) {
    out.errors.push_back(error.what());
  }
  return out;
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

Read read_bytes(const std::string& name, const std::string& bytes) {
  test::Folder folder;
  write(folder.file(name), bytes);
  return read_all(folder.file(name));
}

std::vector<std::string> titles(const Read& read) {
  std::vector<std::string> out;
  for (const Article& a : read.articles) out.push_back(a.title);
  return out;
}

using Strings = std::vector<std::string>;

TEST(Warc, ResponsesBecomeArticlesOthersAreLeft) {
  test::Folder folder;
  std::string info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n";
  std::string chunked = page("Chunks");
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", chunked.size());
  std::vector<std::string> records = {
      info,
      response("https://harbour.example/a", page("First page")),
      response("https://harbour.example/b", "moved", "301 Moved"),
      response("https://harbour.example/c.jpg", "xx", "200 OK", "Content-Type: image/jpeg\r\n"),
      response("https://harbour.example/d", size + chunked + "\r\n0\r\n\r\n", "200 OK",
               "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
      response("https://harbour.example/e", gzip(page("Packed")), "200 OK",
               "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")};
  for (bool packed : {false, true}) {
    std::string all;
    for (const std::string& r : records) all += packed ? gzip(r) : r;
    std::string path = folder.file(packed ? "a.warc.gz" : "a.warc");
    write(path, all);
    Read got = read_all(path);
    EXPECT_TRUE(got.errors.empty()) << got.errors[0];
    ASSERT_EQ(got.articles.size(), 3u);
    EXPECT_EQ(got.articles[0].url, "https://harbour.example/a");
    EXPECT_EQ(got.articles[0].title, "First page");
    EXPECT_EQ(got.articles[0].published, "2031-05-14");
    EXPECT_EQ(got.articles[1].title, "Chunks");
    EXPECT_EQ(got.articles[2].title, "Packed");
  }
}

TEST(Warc, ATornRecordCostsOnlyItself) {
  test::Folder folder;
  std::string good = gzip(response("https://harbour.example/a", page("One"))),
              torn = gzip(response("https://harbour.example/b", page("Two"))),
              last = gzip(response("https://harbour.example/c", page("Three")));
  for (size_t i = torn.size() / 2; i < torn.size() / 2 + 40; ++i)
    torn[i] = static_cast<char>(torn[i] ^ 0x5A);
  write(folder.file("a.warc.gz"), good + torn + last);
  Read got = read_all(folder.file("a.warc.gz"));
  ASSERT_GE(got.articles.size(), 2u);
  EXPECT_EQ(got.articles.front().title, "One");
  EXPECT_EQ(got.articles.back().title, "Three");
  ASSERT_GE(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("record 2"), std::string::npos) << got.errors[0];
  write(folder.file("cut.warc.gz"), good + last.substr(0, last.size() / 2));
  got = read_all(folder.file("cut.warc.gz"));
  EXPECT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.errors.size(), 1u);
  std::string plain = response("https://harbour.example/a", page("One"));
  write(folder.file("b.warc"), plain + "rubbish\r\n\r\n" + plain + plain.substr(0, 300));
  got = read_all(folder.file("b.warc"));
  EXPECT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.errors.size(), 2u);
}

// A zstd stream of plain blocks, broken behind the last of them.
std::string torn_zstd(std::string_view text) {
  std::string out("\x28\xB5\x2F\xFD\0\x50", 6);
  for (constexpr size_t kBlock = 100000; !text.empty();) {
    const size_t size = std::min(text.size(), kBlock), head = size << 3;
    for (int shift : {0, 8, 16}) out += static_cast<char>(head >> shift & 0xFF);
    out += text.substr(0, size);
    text.remove_prefix(size);
  }
  return out + std::string("\x06\0\0", 3);
}

TEST(Warc, WhatIsTornInAStreamEndsItOnce) {
  std::string records;
  while (records.size() < 400000) records += response("https://harbour.example/a", page("One"));
  const size_t most = records.size() / response("", page("One")).size() + 2;
  for (const std::string& bytes : {torn_zstd(records), torn_zstd("")}) {
    auto pieces = open_warc(Input("a.warc.zst", bytes), 1 << 20);
    size_t pages = 0, errors = 0;
    for (Piece piece; pages + errors <= most && pieces->next(piece);)
      ++(piece.error.empty() ? pages : errors);
    EXPECT_EQ(errors, 1u) << "told once, and not without end";
    EXPECT_EQ(pages > 0, bytes.size() > 100);
  }
}

TEST(Warc, BombsAreRefused) {
  test::Folder folder;
  std::string bomb = gzip(response("https://harbour.example/a", std::string(40u << 20, 'a'))),
              good = gzip(response("https://harbour.example/c", page("Three")));
  std::string inner =
      gzip(response("https://harbour.example/b", gzip(std::string(40u << 20, 'a')), "200 OK",
                    "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"));
  write(folder.file("a.warc.gz"), bomb + inner + good);
  Read got = read_all(folder.file("a.warc.gz"));
  ASSERT_EQ(got.errors.size(), 2u);
  for (const std::string& error : got.errors)
    EXPECT_NE(error.find("more than 16 MB"), std::string::npos) << error;
  ASSERT_EQ(got.articles.size(), 1u);
}

TEST(Csv, HeaderQuotesLineBreaksAndMap) {
  test::Folder folder;
  write(folder.file("a.csv"),
        "\xEF\xBB\xBFid,headline,date,body\r\n1,\"A \"\"quoted\"\" title\",2031-05-14,\"The first "
        "line, said the mayor.\nAnd the second of it.\"\r\n2,Bad,never,Some text of "
        "it.\r\n3,Empty,2031-05-14,\r\n4,Last,2031-05-15,The last text of them all.\n");
  Read got = read_all(folder.file("a.csv"));
  ASSERT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.articles[0].id, "1");
  EXPECT_EQ(got.articles[0].title, "A \"quoted\" title");
  EXPECT_EQ(got.articles[0].text, "The first line, said the mayor.\nAnd the second of it.");
  EXPECT_EQ(got.articles[1].published, "2031-05-15");
  ASSERT_EQ(got.errors.size(), 2u);
  EXPECT_NE(got.errors[0].find("a.csv:4"), std::string::npos) << got.errors[0];
  write(folder.file("b.tsv"), "n\twords\tday\n7\tThe text is here, said the mayor.\t2031-05-14\n");
  PieceOptions options;
  options.columns = "id=n,text=words,published=day";
  got = read_all(folder.file("b.tsv"), options);
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].id, "7");
  options.columns = "text=nothing";
  got = read_all(folder.file("b.tsv"), options);
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("no column 'nothing'; it has n, words, day"), std::string::npos)
      << got.errors[0];
  write(folder.file("c.csv"), "id,text\n1,\"never closed\n2,x\n");
  EXPECT_EQ(read_all(folder.file("c.csv")).errors.size(), 1u);
}

TEST(Feeds, RssAndAtom) {
  test::Folder folder;
  write(folder.file("a.xml"),
        "<?xml version=\"1.0\"?><rss version=\"2.0\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Harbour Courier</title>"
        "<item><title>Herring &amp;amp; "
        "peace</title><link>https://harbour.example/1</link><guid>g1</guid><pubDate>Wed, 14 May "
        "2031 08:19:00 GMT</pubDate><dc:creator>Ana Ruiz</dc:creator>"
        "<description>&lt;p&gt;The ministers met in Turku.&lt;/p&gt;&lt;p&gt;They "
        "parted.&lt;/p&gt;</description></item><item><title>Only a "
        "link</title><link>javascript:alert(1)</link></item></channel></rss>");
  Read got = read_all(folder.file("a.xml"));
  ASSERT_EQ(got.articles.size(), 1u);
  const Article& a = got.articles[0];
  EXPECT_EQ(a.title, "Herring & peace");
  EXPECT_EQ(a.text, "The ministers met in Turku.\n\nThey parted.");
  EXPECT_EQ(a.url, "https://harbour.example/1");
  EXPECT_EQ(a.published.substr(0, 10), "2031-05-14");
  EXPECT_EQ(a.publisher, "Harbour Courier");
  EXPECT_EQ(a.byline, std::vector<std::string>{"Ana Ruiz"});
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("Only a link"), std::string::npos);
  write(folder.file("b.xml"),
        "<feed "
        "xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><id>e1</id><title>One</"
        "title><link rel=\"alternate\" "
        "href=\"https://harbour.example/2\"/><updated>2031-05-14T08:00:00Z</updated><content "
        "type=\"html\">&lt;p&gt;Text of one.&lt;/p&gt;</content></entry></feed>");
  got = read_all(folder.file("b.xml"));
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].text, "Text of one.");
}

TEST(Feeds, BombsAndRubbishAreRefused) {
  test::Folder folder;
  write(folder.file("a.xml"),
        "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
        "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></"
        "rss>");
  Read got = read_all(folder.file("a.xml"));
  EXPECT_TRUE(got.articles.empty());
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("document type"), std::string::npos) << got.errors[0];
  write(folder.file("b.xml"), "<rss><channel><title>x");
  EXPECT_EQ(read_all(folder.file("b.xml")).errors.size(), 1u);
}

TEST(Archives, TarOfPagesAndBrokenOnes) {
  test::Folder folder;
  std::filesystem::create_directories(folder.path / "pages" / "sub");
  write((folder.path / "pages" / "a.html").string(), page("Alpha"));
  write((folder.path / "pages" / "sub" / "b.html").string(), page("Beta"));
  write((folder.path / "pages" / "c.jpg").string(), "no page");
  ASSERT_EQ(
      std::system(("cd '" + folder.path.string() + "' && tar czf pages.tar.gz pages").c_str()), 0);
  Read got = read_all(folder.file("pages.tar.gz"));
  EXPECT_TRUE(got.errors.empty()) << got.errors[0];
  ASSERT_EQ(got.articles.size(), 2u);
  Read direct = read_all((folder.path / "pages").string());
  ASSERT_EQ(direct.articles.size(), 2u);
  EXPECT_EQ(direct.articles[0].title, "Alpha");
  std::string bytes = read_file(folder.file("pages.tar.gz"));
  write(folder.file("cut.tar.gz"), bytes.substr(0, bytes.size() / 2));
  EXPECT_EQ(read_all(folder.file("cut.tar.gz")).errors.size(), 1u);
  write(folder.file("no.zip"), "PK\x03\x04 nothing");
  EXPECT_GE(read_all(folder.file("no.zip")).errors.size(), 1u);
  EXPECT_EQ(read_all((folder.path / "nowhere").string()).errors.size(), 1u);
}

// --- Inputs of all kinds through pipes, and told by their bytes ---

// Names longer than what a string holds without memory of its own.
TEST(Inputs, ARowNamesItsAuthors) {
  test::Folder folder;
  std::vector<std::string> byline;
  auto pieces = open_pieces(
      folder.write("a.csv", "text,byline\nThe envoy came.,Anastasia Ruiz of Bergen; Ben Okoro\n"),
      {});
  for (Piece piece; pieces->next(piece);) byline = piece.article.byline;
  EXPECT_EQ(byline, (std::vector<std::string>{"Anastasia Ruiz of Bergen", "Ben Okoro"}));
}

TEST(Inputs, APipeIsReadLikeAFile) {
  test::Folder folder;
  std::string line = "{\"id\":\"p1\",\"text\":\"The envoy of Norway came to Turku on Monday.\"}\n";
  std::string csv = "id,title,text\n7,Row,\"The envoy came,\nand went.\"\n";
  std::string feed =
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>C</title><item><title>F</title>"
      "<description>The envoy came to Turku.</description></item></channel></rss>";
  std::string warc = response("https://harbour.example/a", page("W"));
  std::vector<std::pair<std::string, std::string>> kinds = {
      {line, "p1"},
      {gzip(line), "p1"},
      {csv, "7"},
      {gzip(csv), "7"},
      {feed, "fifo: entry 1"},
      {gzip(feed), "fifo: entry 1"},
      {warc, "https://harbour.example/a"},
      {gzip(warc), "https://harbour.example/a"},
      {page("H"), "fifo"},
      {gzip(page("H")), "fifo"}};
  std::string fifo = folder.file("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  for (const auto& [bytes, id] : kinds) {
    std::thread writer([&, sent = bytes] { write(fifo, sent); });
    Read got = read_all(fifo);
    writer.join();
    EXPECT_TRUE(got.errors.empty()) << got.errors[0];
    ASSERT_EQ(got.articles.size(), 1u) << id;
    EXPECT_TRUE(got.articles[0].id.ends_with(id)) << got.articles[0].id;
  }
}

TEST(Inputs, AZipAndATarThroughAPipe) {
  test::Folder folder;
  std::filesystem::create_directories(folder.path / "pages");
  write((folder.path / "pages" / "a.html").string(), page("Alpha"));
  write((folder.path / "pages" / "b.html.gz").string(), gzip(page("Beta")));
  ASSERT_EQ(std::system(("cd '" + folder.path.string() +
                         "' && tar czf p.tgz pages && tar cf p.tar pages && mkfifo fifo")
                            .c_str()),
            0);
  for (const char* name : {"p.tgz", "p.tar"}) {
    std::string bytes = read_file(folder.file(name));
    std::thread writer([&] { write(folder.file("fifo"), bytes); });
    Read got = read_all(folder.file("fifo"));
    writer.join();
    EXPECT_EQ(titles(got), (Strings{"Alpha", "Beta"})) << name;
    EXPECT_TRUE(got.errors.empty());
  }
}

TEST(Inputs, JsonArraysAndValuesOverManyLines) {
  std::string one = "{\"id\":\"a\",\"text\":\"One came, said the mayor.\"}",
              two = "{\"id\":\"b\",\"text\":\"Two \\\"came\\\" [and] {went}.\"}";
  Read got = read_bytes("a.json", "[" + one + "," + two + "]");
  ASSERT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.articles[1].text, "Two \"came\" [and] {went}.");
  EXPECT_EQ(
      read_bytes("b.json", "\xEF\xBB\xBF[\n  " + one + ",\n  " + two + "\n]\n").articles.size(),
      2u);
  EXPECT_EQ(read_bytes("c.json",
                       "{\n \"id\": \"a\",\n \"text\": \"Over three lines.\"\n}\n{\n "
                       "\"id\": \"b\",\n \"text\": \"And another.\"\n}\n")
                .articles.size(),
            2u);
  // One that is torn costs itself: a missing bracket, a string without end, rubbish.
  got = read_bytes("d.json", "[" + one + ",\n{\"id\":\"x\",\"text\":\"open\",\n" + two +
                                 ",\n{\"id\":\"y\",\"text\":\"no end\n},\n" + one +
                                 ",\nnonsense,\n" + two + "]");
  EXPECT_EQ(got.articles.size(), 4u);
  EXPECT_EQ(got.errors.size(), 3u);
  got = read_bytes("e.json", "[" + one + "," + two.substr(0, 20));
  EXPECT_EQ(got.articles.size(), 1u);
  ASSERT_EQ(got.errors.size(), 2u);
  EXPECT_NE(got.errors[0].find("article 2: is not closed"), std::string::npos) << got.errors[0];
  got = read_bytes("f.jsonl", one + "\n{\"id\":\"x\",\n" + two + "\n");
  EXPECT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.errors.size(), 1u);
}

TEST(Inputs, WideCharactersAreRead) {
  std::string text =
      "{\"id\":\"w\",\"text\":\"The envoy of Norway came to Turku and went, said the mayor.\"}\n";
  for (bool big : {false, true})
    for (int width : {2, 4}) {
      std::string wide;
      auto put = [&](uint32_t c) {
        for (int i = 0; i < width; ++i)
          wide += static_cast<char>(c >> 8 * (big ? width - 1 - i : i));
      };
      put(0xFEFF);
      for (char c : text) put(static_cast<unsigned char>(c));
      Read got = read_bytes("w.jsonl", wide);
      ASSERT_EQ(got.articles.size(), 1u) << width << big;
      EXPECT_EQ(got.articles[0].id, "w");
    }
}

TEST(Inputs, WhatIsLeftOutOfAFolderIsTold) {
  test::Folder folder;
  write(folder.file("a.html"), page("Alpha"));
  write(folder.file("logo.png"), "x");
  Read got = read_all(folder.path.string());
  EXPECT_EQ(got.articles.size(), 1u);
  EXPECT_TRUE(got.errors.empty());
  ASSERT_EQ(got.warnings.size(), 1u);
  EXPECT_NE(got.warnings[0].find("1 .png (logo.png)"), std::string::npos) << got.warnings[0];
  write(folder.file("report.rtf"), "{\\rtf1 words}");
  write(folder.file("brief.rtf"), "{\\rtf1 words}");
  write(folder.file("letter.doc"), "words");
  write(folder.file("notes.odt"), "PK");
  write(folder.file("README"), "words");
  got = read_all(folder.path.string());
  EXPECT_EQ(got.articles.size(), 1u);
  ASSERT_EQ(got.errors.size(), 1u);
  for (const char* part : {"2 .rtf (brief.rtf, …)", "1 .doc (letter.doc)", "1 .odt (notes.odt)",
                           "1 without ending (README)", "1 .png"})
    EXPECT_NE(got.errors[0].find(part), std::string::npos) << got.errors[0];
  test::Folder other;
  std::string archive = other.file("all.tgz");
  ASSERT_EQ(
      std::system(("cd '" + folder.path.string() + "' && tar czf '" + archive + "' .").c_str()), 0);
  got = read_all(archive);
  EXPECT_EQ(got.articles.size(), 1u);
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("1 .odt (notes.odt)"), std::string::npos) << got.errors[0];
  for (const char* bytes : {"{\\rtf1\\ansi Norway met Iceland.}",
                            "<?xml version=\"1.0\"?><urlset><url>x</url></urlset>"}) {
    got = read_bytes("a", bytes);
    EXPECT_TRUE(got.articles.empty()) << bytes;
    EXPECT_EQ(got.errors.size(), 1u) << bytes;
  }
  for (const char* pdf : {"a.pdf", "a.html", "a"}) {
    got = read_bytes(pdf, "%PDF-1.7\nThis looks like a text for a while, and is none.\n");
    EXPECT_TRUE(got.articles.empty());
    ASSERT_EQ(got.errors.size(), 1u);
    EXPECT_NE(got.errors[0].find("a PDF document"), std::string::npos) << got.errors[0];
  }
}

// Two megabytes of what makes a careless reader go back again and again: it would take an hour.
TEST(Inputs, NoBytesMakeAReaderGoInCircles) {
  auto repeat = [](const std::string& part) {
    std::string out;
    while (out.size() < (2u << 20)) out += part;
    return out;
  };
  // Headers of gzip members inside of stored blocks, none of which comes to an end.
  std::string member("\x1F\x8B\x08\0\0\0\0\0\0\3\0\xFF\xFF\0\0", 15);
  std::vector<std::pair<std::string, std::string>> texts = {
      {"open.csv", "id,text\n1,\"" + repeat("word\n")},
      {"each.csv", "id,text\n" + repeat("1,\"a \"\"b\n")},
      {"pairs.csv", "id,text\n1,\"" + repeat("x \"\" y\n")},
      {"blank.jsonl.gz", gzip(std::string(64u << 20, '\n'))},
      {"open.json", "[" + repeat("{\"a\":\n")},
      {"heads.warc", repeat("\n\r\nWARC/1.0\r\nContent-Length: 99999\r\n")},
      {"marks.warc", repeat("WARC/")},
      {"long.warc", repeat("WARC/1.0\r\nContent-Length: 9999999\r\n\r\nx\r\n\r\n")},
      {"members.warc.gz", repeat(member + "WARC/1.0\r\nContent-Length: 9\r\n\r\n")},
      {"nested.warc.gz", gzip(repeat(member + "WARC/1.0\r\nContent-Length: 9\r\n\r\n"))},
      {"lines.arc", "filedesc: 0 20310514 text 0\n" + repeat("a: b 20310514 c 9\n")},
      {"marks.xml", "<rss>" + repeat("<item><![CDATA[</item>")},
      {"titles.xml", "<rss><item>" + repeat("<title>&<") + "</item></rss>"},
      {"quotes.xml", "<rss><item>" + repeat("<a \"") + "</item></rss>"}};
  for (const auto& [name, bytes] : texts) {
    test::Folder folder;
    write(folder.file(name), bytes);
    size_t count = 0;
    try {
      auto pieces = open_pieces(folder.file(name), {});
      for (Piece piece; pieces->next(piece);) ++count;
    } catch (const Error&) {
      ++count;
    }
    EXPECT_LE(count, bytes.size()) << name;
    EXPECT_EQ(count == 0, name == "blank.jsonl.gz") << name;
  }
}

// --- WARC and ARC, with what the world does to them ---

TEST(Warc, PackedAsAWholeNamedWronglyAndFromPipes) {
  std::string all;
  for (const char* t : {"One", "Two", "Three"})
    all += response("https://harbour.example/" + std::string(t), page(t));
  Strings wanted = {"One", "Two", "Three"};
  EXPECT_EQ(titles(read_bytes("whole.warc.gz", gzip(all))), wanted);
  EXPECT_EQ(titles(read_bytes("packed.warc", gzip(all))), wanted);
  EXPECT_EQ(titles(read_bytes("plain.warc.gz", all)), wanted);
  EXPECT_EQ(titles(read_bytes("no-name", gzip(all))), wanted);
}

TEST(Warc, AWrongLengthIsToldAndTheNextRecordIsRead) {
  std::string one = response("https://harbour.example/1", page("One")),
              two = response("https://harbour.example/2", page("Two")),
              three = response("https://harbour.example/3", page("Three"));
  size_t at = two.find("Content-Length: ") + 16;
  int length = std::atoi(two.c_str() + at);
  for (int wrong : {length - 40, length + 60, length + 100000, 1}) {
    std::string changed =
        two.substr(0, at) + std::to_string(wrong) + two.substr(two.find("\r\n", at));
    for (bool packed : {false, true}) {
      Read got =
          read_bytes(packed ? "l.warc.gz" : "l.warc",
                     packed ? gzip(one) + gzip(changed) + gzip(three) : one + changed + three);
      EXPECT_EQ(titles(got), (Strings{"One", "Two", "Three"})) << wrong << packed;
      ASSERT_EQ(got.errors.size(), 1u) << wrong;
      EXPECT_NE(got.errors[0].find("record 2: its Content-Length of " + std::to_string(wrong)),
                std::string::npos)
          << got.errors[0];
    }
  }
  // A length beyond all bounds is none either.
  std::string huge = two.substr(0, at) + "99999999999" + two.substr(two.find("\r\n", at));
  Read got = read_bytes("h.warc", one + huge + three);
  EXPECT_EQ(titles(got), (Strings{"One", "Three"}));
  EXPECT_EQ(got.errors.size(), 1u);
}

TEST(Warc, ConversionsAreTextsOthersArePassedOver) {
  auto record = [](const std::string& type, const std::string& content, const std::string& block) {
    return "WARC/1.0\r\nWARC-Type: " + type +
           "\r\nWARC-Target-URI: https://harbour.example/t\r\nWARC-Date: 2031-05-14T10:00:00Z\r\n"
           "Content-Type: " +
           content + "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block +
           "\r\n\r\n";
  };
  std::string text =
      "Talks in Turku\nThe ministers of Norway and Iceland met in Turku on Monday, and they talked "
      "about the herring.\nNobody signed anything, but both sides praised the hosts of the "
      "meeting.\n";
  std::string visit = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  Read got =
      read_bytes("w.warc", record("warcinfo", "application/warc-fields", "software: x") +
                               record("request", "application/http", "GET / HTTP/1.1\r\n\r\n") +
                               record("revisit", "application/http", visit) +
                               record("metadata", "application/warc-fields", "a: b") +
                               record("conversion", "text/plain", text) +
                               record("resource", "text/html", page("Resource")) +
                               record("continuation", "text/html", "rest"));
  ASSERT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.articles[0].url, "https://harbour.example/t");
  EXPECT_EQ(got.articles[0].published, "2031-05-14");
  EXPECT_NE(got.articles[0].text.find("herring"), std::string::npos);
  EXPECT_EQ(got.articles[1].title, "Resource");
  ASSERT_EQ(got.errors.size(), 1u) << "a continuation is told";
}

TEST(Warc, AFileWithoutAPageSaysSo) {
  std::string info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n";
  Read got = read_bytes("i.warc", info + info);
  ASSERT_EQ(got.warnings.size(), 1u);
  EXPECT_NE(got.warnings[0].find("no page or text among its 2 records"), std::string::npos)
      << got.warnings[0];
  EXPECT_EQ(read_bytes("e.warc", "").errors.size(), 1u);
}

TEST(Warc, BodiesWhoseHeadersSayWhatTheyAreNot) {
  std::string html = "Content-Type: text/html\r\n";
  Read got =
      read_bytes("b.warc", response("https://harbour.example/1", page("Plain gzip"), "200 OK",
                                    html + "Content-Encoding: gzip\r\n") +
                               response("https://harbour.example/2", page("Plain deflate"),
                                        "200 OK", html + "Content-Encoding: deflate\r\n") +
                               response("https://harbour.example/3", page("Plain chunked"),
                                        "200 OK", html + "Transfer-Encoding: chunked\r\n") +
                               response(
                                   "https://harbour.example/4",
                                   "5;name=value\r\n<html\r\n1\r\n>\r\n" +
                                       [] {
                                         std::string p = page("Extension").substr(6);
                                         char size[20];
                                         std::snprintf(size, sizeof size, "%zX\r\n", p.size());
                                         return size + p;
                                       }() +
                                       "\r\n0\r\n\r\n",
                                   "200 OK", html + "Transfer-Encoding: Chunked\r\n") +
                               response("https://harbour.example/5",
                                        std::string("\x8B\1\0\0\2\3\4\5", 8) + "\0\0", "200 OK",
                                        html + "Content-Encoding: br\r\n"));
  EXPECT_EQ(titles(got), (Strings{"Plain gzip", "Plain deflate", "Plain chunked", "Extension"}));
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("'br'"), std::string::npos) << got.errors[0];
}

TEST(Arc, IsRead) {
  auto record = [](const std::string& url, const std::string& body, int off = 0) {
    std::string http = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + body;
    return url + " 192.0.2.7 20310514100000 text/html " + std::to_string(http.size() + off) + "\n" +
           http + "\n";
  };
  std::string info = "1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n";
  std::string head = "filedesc://a.arc 0.0.0.0 20310514100000 text/plain " +
                     std::to_string(info.size()) + "\n" + info + "\n";
  std::string one = record("http://harbour.example/1", page("One")),
              two = record("http://harbour.example/2", page("Two"));
  for (bool packed : {false, true}) {
    Read got = read_bytes(packed ? "a.arc.gz" : "a.arc",
                          packed ? gzip(head) + gzip(one) + gzip(two) : head + one + two);
    EXPECT_TRUE(got.errors.empty()) << got.errors[0];
    EXPECT_EQ(titles(got), (Strings{"One", "Two"}));
    EXPECT_EQ(got.articles[0].url, "http://harbour.example/1");
    EXPECT_EQ(got.articles[0].published, "2031-05-14");
  }
  Read got = read_bytes("b.arc", head + record("http://harbour.example/1", page("One"), -50) + two);
  EXPECT_EQ(got.articles.back().title, "Two");
  EXPECT_EQ(got.errors.size(), 1u);
}

// --- Tables ---

TEST(Csv, ATornRowCostsItself) {
  Read got = read_bytes("a.csv",
                        "id,text\n1,\"never closed\n2,\"Good text of two.\"\n3,Plain text of "
                        "three.\n4,\"Two lines\nof four.\"\n");
  ASSERT_EQ(got.articles.size(), 3u);
  EXPECT_EQ(got.articles[0].id, "2");
  EXPECT_EQ(got.articles[2].text, "Two lines\nof four.");
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("a.csv:2"), std::string::npos) << got.errors[0];
  got = read_bytes("b.csv", "id,text\n1,Good.\n2,\"never closed\n3,Text of three.\n");
  EXPECT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.errors.size(), 1u);
  got = read_bytes("c.csv", "id;text\n1;The caf\xE9 is shut, \x93he\x94 said.\n");
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_NE(got.articles[0].text.find("café"), std::string::npos) << got.articles[0].text;
}

// --- Feeds ---

std::string rss(const std::string& items, const std::string& channel = "<title>Olm Herald</title>",
                const std::string& head = "<?xml version=\"1.0\"?>\n") {
  return head + "<rss version=\"2.0\"><channel>" + channel + items + "</channel></rss>\n";
}
std::string item(int n, const std::string& description, const std::string& more = "") {
  return "<item><title>Report " + std::to_string(n) + "</title><link>https://olm.example/" +
         std::to_string(n) + "</link>" + more + "<description>" + description +
         "</description></item>\n";
}

TEST(Feeds, AFaultCostsItsEntryAtMost) {
  std::string text = "The envoy came to Olm.";
  std::vector<std::pair<std::string, std::string>> faults = {
      {"The envoy&rsquo;s boat came&nbsp;to Olm.", "The envoy’s boat came to Olm."},
      {"If 3 < 4 boats come, he leaves.", "If 3 < 4 boats come, he leaves."},
      {"Fish & chips, said AT&T.", "Fish & chips, said AT&T."},
      {"An &unheard; word.", "An &unheard; word."},
      {"The <b>envoy</b><br>left <i>Olm.", "The envoy left Olm."},
      {"A bell &#7; and a \x01 mark.", ""},
      {"<![CDATA[A <b>bold</b> a & b.]]>", "A bold a & b."}};
  for (const auto& [fault, wanted] : faults) {
    std::string items;
    for (int i = 1; i <= 20; ++i) items += item(i, i == 10 ? fault : text);
    Read got = read_bytes("f.xml", rss(items));
    EXPECT_TRUE(got.errors.empty()) << got.errors[0];
    ASSERT_EQ(got.articles.size(), 20u) << fault;
    if (!wanted.empty()) {
      EXPECT_EQ(got.articles[9].text, wanted);
    }
    EXPECT_EQ(got.articles[10].text, text);
  }
  // A bare mark is told, once, with its place; an entity of HTML is what half of all feeds hold.
  Read got = read_bytes("g.xml", rss(item(1, text) + item(2, "3 < 4") + item(3, "a&nbsp;b")));
  ASSERT_EQ(got.warnings.size(), 1u);
  EXPECT_NE(got.warnings[0].find("entry 2"), std::string::npos) << got.warnings[0];
}

TEST(Feeds, ATornEntryIsNamed) {
  std::string text = "The envoy came to Olm.";
  for (const char* torn :
       {"<item><title>Torn</title><description>no end",
        "<item><title>Torn</title><description><![CDATA[no end</description></item>",
        "<item><title>Torn</title><description><!-- no end</description></item>",
        "<item><title>Torn</title></description></item>", "<item><title>Torn<</title</item>"}) {
    Read got = read_bytes(
        "t.xml",
        rss(item(1, text) + torn + item(2, "<![CDATA[" + text + "]]><!-- x -->") + item(3, text)));
    EXPECT_EQ(titles(got), (Strings{"Report 1", "Report 2", "Report 3"})) << torn;
    ASSERT_EQ(got.errors.size(), 1u) << torn;
    EXPECT_NE(got.errors[0].find("entry 2"), std::string::npos) << got.errors[0];
  }
  std::string whole = rss(item(1, text) + item(2, text));
  Read got = read_bytes("c.xml", whole.substr(0, whole.find("Report 2") + 30));
  EXPECT_EQ(got.articles.size(), 1u);
  ASSERT_EQ(got.errors.size(), 1u);
  EXPECT_NE(got.errors[0].find("cut"), std::string::npos) << got.errors[0];
  got = read_bytes("d.xml", whole.substr(0, whole.find("</channel>")));
  EXPECT_EQ(got.articles.size(), 2u);
  EXPECT_EQ(got.errors.size(), 1u);
}

TEST(Feeds, OldAndNewForms) {
  std::string text = "The envoy came to Olm.";
  Read got = read_bytes("091.xml",
                        rss(item(1, text), "<title>Olm Herald</title>",
                            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE rss PUBLIC "
                            "\"-//Netscape Communications//DTD RSS 0.91//EN\" "
                            "\"http://127.0.0.1:1/rss-0.91.dtd\">\n"));
  EXPECT_EQ(titles(got), (Strings{"Report 1"}));
  got = read_bytes(
      "rdf.xml",
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
      "xmlns=\"http://purl.org/rss/1.0/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"x\"><title>Olm "
      "Herald</title><items><rdf:Seq><rdf:li/></rdf:Seq></items></channel><item "
      "rdf:about=\"https://olm.example/7\"><title>Seven</title><description>" +
          text +
          "</description><dc:date>2031-05-14T08:00+02:00</dc:date><dc:creator>Ana "
          "Ruiz</dc:creator></item></rdf:RDF>");
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].url, "https://olm.example/7");
  EXPECT_EQ(got.articles[0].publisher, "Olm Herald");
  EXPECT_EQ(got.articles[0].published, "2031-05-14T08:00+02:00");
  EXPECT_EQ(got.articles[0].byline, Strings{"Ana Ruiz"});
  std::string entry =
      "<entry><title type=\"text\">The tag &lt;b&gt; in law</title><link rel=\"self\" "
      "href=\"https://olm.example/self\"/><link href=\"b/2.html\"/><id>e</id><author><name>Ana "
      "Ruiz</name><email>ana@olm.example</email></author><updated>2031-05-14T08:00:00Z</updated>"
      "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>The envoy "
      "came.</p><p>\"We were <em>not</em> asked,\" he said.<br/>He "
      "left.</p></div></content></entry>";
  for (const char* prefix : {"", "ns0:"}) {
    std::string p = prefix, colon = p.empty() ? "" : ":" + p.substr(0, p.size() - 1);
    std::string own = entry;
    if (!p.empty())
      for (const char* name :
           {"entry>", "title", "link", "id>", "author>", "name>", "email>", "updated>", "content"})
        own = replace_all(replace_all(own, "<" + std::string(name), "<" + p + name),
                          "</" + std::string(name), "</" + p + name);
    got = read_bytes("atom.xml", "<" + p + "feed xmlns" + colon +
                                     "=\"http://www.w3.org/2005/Atom\" "
                                     "xml:base=\"https://olm.example/a/\"><" +
                                     p + "title>Olm Herald</" + p + "title>" + own + "</" + p +
                                     "feed>");
    ASSERT_EQ(got.articles.size(), 1u) << (got.errors.empty() ? "" : got.errors[0]);
    const Article& a = got.articles[0];
    EXPECT_EQ(a.title, "The tag <b> in law");
    EXPECT_EQ(a.url, "https://olm.example/a/b/2.html");
    EXPECT_EQ(a.text, "The envoy came.\n\n\"We were not asked,\" he said. He left.");
    EXPECT_EQ(a.byline, Strings{"Ana Ruiz"});
    EXPECT_EQ(a.publisher, "Olm Herald");
  }
  got = read_bytes("media.xml",
                   rss("<item><media:title>No</media:title><title>Yes</title><guid>https://"
                       "olm.example/guid</guid><media:content url=\"x\"/><description>" +
                       text + "</description></item>"));
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].title, "Yes");
  EXPECT_EQ(got.articles[0].url, "https://olm.example/guid");
  got = read_bytes("rel.xml", rss("<item><title>R</title><link>/posts/1.html</link><description>" +
                                      text + "</description></item>",
                                  "<title>O</title><link>https://olm.example/</link>"));
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].url, "https://olm.example/posts/1.html");
  got = read_bytes(
      "self.xml",
      rss("<item><title>R</title><link>1.html</link><description>" + text + "</description></item>",
          "<title>O</title><atom:link rel=\"self\" href=\"https://olm.example/f/feed.xml\"/>"));
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].url, "https://olm.example/f/1.html");
  got = read_bytes(
      "plain-entities.xml",
      rss(item(1, "caf&eacute; &own; " + text), "<title>O</title>",
          "Warning: a server's words\n<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY own "
          "\"mine\"><!ENTITY % HTMLlat1 PUBLIC \"-//W3C//x\" \"http://127.0.0.1:1/x.ent\">"
          "%HTMLlat1;]>\n"));
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].text, "café &own; " + text);
  EXPECT_EQ(got.warnings.size(), 1u);
  got = read_bytes(
      "1251.xml",
      rss(item(1, "\xCF\xEE\xF1\xEE\xEB \xEF\xF0\xE8\xE1\xFB\xEB \xE2 \xCE\xF1\xEB\xEE."),
          "<title>O</title>", "<?xml version='1.0' encoding='windows-1251'?>"));
  ASSERT_EQ(got.articles.size(), 1u);
  EXPECT_EQ(got.articles[0].text, "Посол прибыл в Осло.");
}

}  // namespace
}  // namespace chancery
