#include "article/html.h"

#include <algorithm>

#include "article/block_judge.h"
#include "article/body.h"
#include "article/page_header.h"
#include "article/page_scan.h"
#include "article/page_words.h"
#include "article/rule_body.h"
#include "base/error.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery {
namespace {

// What stands where an article should: said in the headline, with hardly a text under it.
std::string error_page(const Article& article) {
  if (article.text.size() > 1500) return "";
  std::string title = lower(article.title);
  const WordSet& signs = page_words(PageWords::no_article);
  for (const std::string& sign : signs)
    if (size_t at = title.find(sign); at != std::string::npos && title.size() < sign.size() + 40) {
      // "404" in "404 dead in floods" is a number: the sign must stand alone or at an end.
      bool number = sign == "404" || sign == "403";
      // So must "Log in" and "Gone".
      bool word = page_words(PageWords::alone_or_at_an_end).has(sign);
      if (word && !(at == 0 && (title.size() == sign.size() ||
                                !isalpha(static_cast<unsigned char>(title[sign.size() + 1])) ||
                                title.substr(sign.size()).starts_with(" to ") ||
                                title.substr(sign.size()).starts_with(" or "))))
        continue;
      if (!number || title.size() == 3 || title.find("error") != std::string::npos ||
          title.find("not found") != std::string::npos ||
          title.find("forbidden") != std::string::npos)
        return "no article: " + std::string(signs.value(sign)) + " (\"" + article.title + "\")";
    }
  return "";
}

bool asks_to_pay(const std::vector<Block>& blocks) {
  for (const Block& b : blocks) {
    if (b.text.size() > 300) continue;
    std::string low = lower(b.text);
    for (const std::string& sign : page_words(PageWords::pay_signs))
      if (low.find(sign) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string html_text(const std::string& html) {
  PageTree tree(scan_page(html).html);
  std::string out;
  for (const Block& b : cut_into_blocks(tree).blocks)
    out += (out.empty() ? "" : b.continues ? " " : "\n\n") + b.text;
  return out;
}

Article read_html(std::string_view html) {
  if (html.size() > kLongestPage)
    throw Error("page of " + std::to_string(html.size() >> 20) + " MB, the limit is " +
                std::to_string(kLongestPage >> 20) + " MB");
  ScannedPage scanned = scan_page(html);
  PageTree tree(scanned.html);
  PageHeader header = read_page_header(scanned, tree);
  Page page = cut_into_blocks(tree);
  complete_header(page.blocks, header);
  int body = apply_rules_of_thumb(page, header.title);
  if (size_t leads = headlines_of_an_index(page, body))
    throw Error("no article: a page of links to others (" + std::to_string(leads) + " headlines)");
  Article article;
  article.title = header.title;
  article.byline = header.byline;
  article.published = header.published;
  article.updated = header.updated;
  article.publisher = header.publisher;
  article.url = header.url;
  article.language = header.language;
  article.section = header.section;
  article.picture = header.picture;
  article.tags = header.tags;
  compose_body(page, BlockJudge::shipped().judge(page, header, body), article);
  complete_body(header, article);
  if (article.text.empty()) throw Error("no article text in this page");
  if (std::string error = error_page(article); !error.empty()) throw Error(error);
  if (header.paid && article.text.size() < 120)
    throw Error("no article: behind a paywall (\"" + article.title + "\")");
  // Said to the reader, not judged: the text is what the page gave.
  if (article.text.size() < 250)
    article.notes.push_back("nearly empty: " + std::to_string(article.text.size()) +
                            " bytes of text");
  if (scanned.cut) article.notes.push_back("page of very many tags: read as far as the limit");
  article.paywall = header.paid || (article.text.size() < 2500 && asks_to_pay(page.blocks));
  if (article.paywall)
    article.notes.push_back("behind a paywall: the text may be its beginning only");
  return article;
}

}  // namespace chancery
