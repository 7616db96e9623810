// Bytes in any encoding → UTF-8.
#pragma once
#include <string>
#include <string_view>

namespace chancery {

// Order: byte order mark; valid UTF-8 is UTF-8 whatever is declared; the declared charset (HTTP
// header or meta, may be empty); a guess from the bytes; windows-1252. Malformed bytes become
// U+FFFD. `used`, if given, names the charset taken.
std::string to_utf8(std::string_view bytes, std::string_view declared, std::string* used = nullptr);

// The charset that an HTML page declares in its first 4 KB, or "".
std::string declared_charset(std::string_view html);

// True for bytes that are no text at all (images, archives, programs): many NULs or control
// characters without a byte order mark.
bool looks_binary(std::string_view bytes);

}  // namespace chancery
