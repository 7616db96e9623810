// What a crawler keeps of a visit: an HTTP response, or a body alone, as a piece.
#pragma once
#include <string>
#include <string_view>

#include "article/pieces.h"

namespace chancery {

// The value of a header's field in a block of header lines, "" when it is not there. `name` in
// lower case.
std::string header_value(std::string_view head, std::string_view name);

// Where the header of a block of lines ends and its body begins: behind the first empty line; npos
// when there is none within `most` bytes.
struct HeaderEnd {
  size_t end = std::string_view::npos, body = std::string_view::npos;
  bool found() const { return end != std::string_view::npos; }
};
HeaderEnd header_end(std::string_view bytes, size_t most);

// Makes a page or a text of an HTTP response: transfer and content coding undone, charset taken.
// The piece's place, url and date are the caller's. False for what is no article to be: another
// status than 200, pictures, scripts. A body that cannot be unpacked is the piece's error.
bool page_of_response(std::string_view block, size_t largest, Piece& piece);

// The same of a body whose content type is known.
bool page_of_body(std::string_view body, const std::string& content_type, Piece& piece);

}  // namespace chancery
