// The morning brief: what is new in a period, for a person to read. Storylines with the words said
// in them, acts by how many reports tell them, positions that changed, the calendar ahead, firsts
// with the ledger's verdict.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

namespace chancery {

struct Brief {
  struct Line {
    std::string text, evidence, article;  // the sentence; the words that carry it; the article's id
    int64_t number = 0;                   // of the article, 0 for none
  };
  struct Section {
    std::string title;
    std::vector<Line> lines;
  };
  std::string from, until;
  int64_t articles = 0, copies = 0;
  std::vector<Section> sections;  // those that have lines
};

// An act as a row has it.
struct BriefAct {
  std::string_view type, mode, status, who, whom;
};

// How whoever shows a brief says it (serve/brief_words.h).
struct BriefWords {
  // In one sentence; "" where the text's own words tell it better. Empty: as the ledger's words say.
  std::function<std::string(const BriefAct&)> act;
  // What stands between a speaker and his words: ": ", " urged ". Empty: ": ".
  std::function<std::string(const std::string& cue, const std::string& content)> saying;
  const SureLimits* sure = nullptr;  // what is not so sure is left out; nullptr: nothing is
};

// Days inclusive; `until` empty: to the newest article.
Brief make_brief(Ledger& ledger, const std::string& from, const std::string& until,
                 const BriefWords& words = {});

std::string brief_as_text(const Brief& brief, int width);
std::string brief_as_markdown(const Brief& brief);
// A whole page without script or foreign address; everything of articles is escaped.
std::string brief_as_html(const Brief& brief);
// & < > " ' as entities; the one place where text becomes HTML.
std::string html_escaped(std::string_view text);

}  // namespace chancery
