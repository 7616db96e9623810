// Inputs of every kind as pieces: what comes out of good ones, and that a torn piece costs only
// itself.
#include <gtest/gtest.h>
#include <zlib.h>

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
  std::vector<std::string> errors;
};

Read read_all(const std::string& path, PieceOptions options = {}) {
  Read out;
  try {
    auto pieces = open_pieces(path, options);
    for (Piece piece; pieces->next(piece);) {
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
  EXPECT_TRUE(got.errors.empty());
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

}  // namespace
}  // namespace chancery
