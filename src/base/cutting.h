// The text's words as people are shown them: tidied, cut, closed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace chancery {

// One blank between the words, no comma or half a bracket at the ends, no "that" before them.
std::string tidy(std::string_view words);
// Quotation marks that were opened are closed, those that close are opened.
std::string quoted_whole(std::string text);
// At most `most` characters of a text: cut at the end of a clause where one is near, else between
// words, with "…".
std::string shortened(const std::string& text, size_t most);
// The first letter large: "The two ministers".
std::string sentence_case(std::string text);
// Do words begin with somebody's name, so that they need it no second time? The last word of it is looked for.
bool begins_with_name(const std::string& text, const std::string& name);
// What an article is called: its title, else the first words of its text, else "Untitled".
std::string title_of(const std::string& title, const std::string& text);
// The paragraph, from 1, in which a byte of the text stands.
int paragraph_of(const std::string& text, uint32_t at);

}  // namespace chancery
