// Lines that belong to a page and not to a report: "Read more", "Share this", "Go to contents",
// copyright.
#pragma once
#include <string_view>

namespace chancery {

bool is_furniture_line(std::string_view line);

// A paragraph that tells readers of the cookies of this very site.
bool is_cookie_notice(std::string_view paragraph);
// Whether a page's headline says that it is about such things: then they are its text.
bool is_about_sites(std::string_view headline);
// "FILE - Boats in the harbour …": how agencies begin the caption of a picture from the archive.
bool is_archive_caption(std::string_view paragraph);

}  // namespace chancery
