// Documents that are no pages: PDF, Word, mails, Markdown; sitemaps and lists of addresses.
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include "article/documents.h"
#include "article/mail.h"
#include "article/pieces.h"
#include "article/sitemap.h"
#include "base/error.h"
#include "support.h"

namespace chancery {
namespace {

Article article_in(const std::string& name, const std::string& bytes) {
  test::Folder folder;
  auto pieces = open_pieces(folder.write(name, bytes), {});
  Piece piece;
  EXPECT_TRUE(pieces->next(piece)) << name;
  return article_of(piece, InputKind::detect);
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out(1 << 20, '\0');
  size_t used = 0;
  archive* a = archive_write_new();
  archive_write_set_format_zip(a);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  for (const auto& [name, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(a, entry);
    archive_write_data(a, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  out.resize(used);
  return out;
}

std::string word_document(const std::string& body) {
  return zip_of(
      {{"[Content_Types].xml", "<Types/>"},
       {"word/document.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"urn:w\"><w:body>" + body +
            "</w:body></w:document>"}});
}

// One page, one line of text a string.
std::string pdf_of(const std::vector<std::string>& lines) {
  std::string text = "BT /F1 12 Tf 72 720 Td 14 TL ";
  for (const std::string& line : lines)
    text += line.empty() ? "0 -28 Td " : "(" + line + ") Tj T* ";
  text += "ET";
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << "
      "/F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string out = "%PDF-1.4\n", table = "0000000000 65535 f \n";
  for (size_t i = 0; i < objects.size(); ++i) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", out.size());
    table += line;
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  size_t at = out.size();
  return out + "xref\n0 6\n" + table + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" +
         std::to_string(at) + "\n%%EOF\n";
}

bool has_pdftotext() { return std::system("command -v pdftotext > /dev/null") == 0; }

TEST(Documents, AWordDocumentIsItsParagraphs) {
  Article a = article_in(
      "report.docx",
      word_document(
          "<w:p><w:r><w:t>Ministers meet in Turku</w:t></w:r></w:p>"
          "<w:p><w:r><w:t xml:space=\"preserve\">Norway’s minister </w:t></w:r><w:r><w:t>met "
          "her colleague on Tuesday,</w:t><w:br/><w:t>officials said.</w:t></w:r></w:p>"
          "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>They will meet again in June, the two "
          "said.</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:del><w:r><w:delText>Never "
          "said.</w:delText></w:r></w:del></w:p>"));
  EXPECT_EQ(a.id, "report");
  EXPECT_NE(
      a.text.find("Norway’s minister met her colleague on Tuesday, officials said.\n\nThey will"),
      std::string::npos)
      << a.text;
  EXPECT_EQ(a.text.find("Never said"), std::string::npos);
}

TEST(Documents, AnOfficeDocumentWithoutWordsAndADamagedOneSayWhatTheyAre) {
  for (const std::string& bytes :
       {zip_of({{"[Content_Types].xml", "<Types/>"}, {"custom.xml", "<x/>"}}),
        zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w:document><w:p>"}}),
        word_document("")}) {
    test::Folder folder;
    auto pieces = open_pieces(folder.write("x.docx", bytes), {});
    Piece piece;
    ASSERT_TRUE(pieces->next(piece));
    EXPECT_THROW(article_of(piece, InputKind::detect), Error);
  }
}

// A zip of pages is none.
TEST(Documents, AZipOfPagesStaysAnArchive) {
  test::Folder folder;
  std::string text = "Norway met Iceland on Tuesday, officials in the two capitals said.";
  auto pieces = open_pieces(folder.write("x.zip", zip_of({{"a.txt", text}, {"b.txt", text}})), {});
  int n = 0;
  for (Piece piece; pieces->next(piece);) ++n;
  EXPECT_EQ(n, 2);
}

TEST(Documents, AMailIsItsTextWithSubjectSenderAndDate) {
  const std::string mail =
      "Return-Path: <press@ministry.example>\r\nFrom: =?utf-8?Q?Ana_Ru=C3=ADz?= "
      "<press@ministry.example>\r\nTo: desk@paper.example\r\nSubject: =?utf-8?B?VGFsa3MgaW4=?=\r\n "
      "=?utf-8?Q?_Turku_=E2=80=93_statement?=\r\nDate: Wed, 14 May 2031 08:19:00 "
      "+0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\nfor "
      "old "
      "programs\r\n--outer\r\nContent-Type: multipart/alternative; "
      "boundary=inner\r\n\r\n--inner\r\nContent-Type: text/plain; "
      "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nNorway=E2=80=99s "
      "minister "
      "met her colleague on Tuesday, offici=\r\nals said.\r\n--inner\r\nContent-Type: "
      "text/html\r\n\r\n<p>The page</p>\r\n--inner--\r\n--outer\r\nContent-Type: "
      "text/plain\r\nContent-Disposition: attachment\r\n\r\nAttached words\r\n--outer--\r\n";
  for (const char* name : {"a.eml", "mail.txt", "mail"}) {
    Article a = article_in(name, mail);
    EXPECT_EQ(a.title, "Talks in Turku – statement") << name;
    EXPECT_EQ(a.published, "2031-05-14T08:19:00+02:00");
    EXPECT_EQ(a.byline, std::vector<std::string>{"Ana Ruíz"});
    EXPECT_EQ(a.text, "Norway’s minister met her colleague on Tuesday, officials said.");
  }
}

TEST(Documents, AMailInBase64AndAnotherCharset) {
  // "Norway’s minister met her colleague." in windows-1252.
  Article a = article_in(
      "b.eml",
      "Subject: x\nDate: 14 May 2031\nMessage-ID: <1@x>\nFrom: a@x\nContent-Type: text/plain; "
      "charset=windows-1252\nContent-Transfer-Encoding: "
      "base64\n\nTm9yd2F5knMgbWluaXN0ZXIgbWV0IGhlciBjb2xsZWFndWUu\n");
  EXPECT_EQ(a.text, "Norway’s minister met her colleague.");
  EXPECT_TRUE(a.byline.empty()) << "an address is no name";
}

TEST(Documents, AMailWithoutTextAndOneOfManyPartsEnd) {
  std::string deep = "MIME-Version: 1.0\nFrom: a@x\nSubject: x\n";
  for (int i = 0; i < 5000; ++i)
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
            std::to_string(i) + "\n";
  for (const std::string& bytes :
       {deep, std::string("From: a@x\nSubject: x\nMIME-Version: 1.0\nContent-Type: "
                          "image/png\n\nabc\n")})
    EXPECT_THROW(article_in("c.eml", bytes), Error);
}

TEST(Documents, TextThatBeginsLikeAHeaderIsNoMail) {
  const std::string text =
      "Subject: the harbour\nFrom: our correspondent in Oslo\nDate: Tuesday\n\nNorway’s minister "
      "met "
      "her colleague on Tuesday, officials said.\n";
  EXPECT_FALSE(looks_like_mail(text));
  EXPECT_TRUE(looks_like_mail("MIME-Version: 1.0\n" + text));
}

TEST(Documents, MarkdownIsItsWords) {
  Article a = article_in(
      "notes.md",
      "---\ntitle: \"Talks in Turku\"\ndate: 2031-05-14\n---\n\n# A heading\n\n**Norway’s** "
      "minister "
      "met [her colleague](https://x.example/a) on _Tuesday_, `officials` said.\n![a "
      "picture](x.png)\n\n> “We will sign,” she said.\n\n- They meet again in June.\n\n```\nint "
      "code;\n```\n");
  EXPECT_EQ(a.id, "notes");
  EXPECT_EQ(a.title, "Talks in Turku");
  EXPECT_EQ(a.published, "2031-05-14");
  EXPECT_NE(a.text.find("Norway’s minister met her colleague on"), std::string::npos) << a.text;
  EXPECT_NE(a.text.find("“We will sign,” she said."), std::string::npos) << a.text;
  for (const char* gone : {"int code", "x.png", "](", "**", "> ", "# "})
    EXPECT_EQ(a.text.find(gone), std::string::npos) << gone << a.text;
}

TEST(Documents, APdfIsItsParagraphs) {
  if (!has_pdftotext()) GTEST_SKIP() << "pdftotext is not here (script/setup --tests installs it)";
  Article a = article_in(
      "report.pdf",
      pdf_of({"Norwegian Foreign Minister Kari Solheim met her Icelandic col-",
              "league in Bergen on Tuesday, the two governments said.", "",
              "They will meet again in June, Solheim told reporters there.", "", "- 17 -"}));
  EXPECT_NE(a.text.find("met her Icelandic colleague in Bergen on Tuesday"), std::string::npos)
      << a.text;
  EXPECT_NE(a.text.find("said.\n\nThey will"), std::string::npos) << a.text;
  EXPECT_EQ(a.text.find("17"), std::string::npos) << a.text;
}

TEST(Documents, SitemapsNamePagesAndOtherMaps) {
  Sitemap map = read_sitemap(
      "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc> "
      "https://x.example/a </loc><lastmod>2031-05-20</lastmod><news:news><news:publication>"
      "<news:name>Courier</news:name></news:publication><news:publication_date>2031-05-14T08:00:00Z"
      "</news:publication_date><news:title>Talks &amp; tea</news:title></news:news></url>"
      "<url><loc>https://x.example/b</loc><lastmod>2031-05-20</lastmod></url>"
      "<url><loc>javascript:x</loc></url></urlset>");
  ASSERT_EQ(map.pages.size(), 2u);
  EXPECT_EQ(map.pages[0].url, "https://x.example/a");
  EXPECT_EQ(map.pages[0].title, "Talks & tea");
  EXPECT_EQ(map.pages[0].publisher, "Courier");
  EXPECT_EQ(map.pages[0].published, "2031-05-14T08:00:00Z");
  EXPECT_EQ(map.pages[1].published, "") << "a change is no publication";
  map = read_sitemap(
      "<sitemapindex><sitemap><loc>https://x.example/1.xml</loc><lastmod>2031-05-01</lastmod>"
      "</sitemap><sitemap><loc>https://x.example/2.xml</loc><lastmod>2031-05-02</lastmod></sitemap>"
      "</sitemapindex>");
  EXPECT_EQ(map.maps,
            (std::vector<std::string>{"https://x.example/2.xml", "https://x.example/1.xml"}));
  EXPECT_THROW(read_sitemap("<urlset><url>"), Error);
}

TEST(Documents, ListsOfAddressesNameTheirWrongLines) {
  EXPECT_EQ(read_addresses("# pages\n\nhttps://x.example/a\n http://y.example/b \r\n"),
            (std::vector<std::string>{"https://x.example/a", "http://y.example/b"}));
  try {
    read_addresses("https://x.example/a\nfile:///etc/passwd\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace chancery
