// A calendar for programs that keep calendars: iCalendar (RFC 5545).
//
//   icalendar("chancery", {{"e4@h03.chancery", "2031-06-01", "2031-06-01", "Norway and Iceland: talks"}})
#pragma once
#include <string>
#include <vector>

namespace chancery::present {

struct Appointment {
  std::string uid;       // stays the same as long as the thing does
  std::string from, to;  // first and last day, ISO
  std::string at;        // "20:30", "" for the whole day
  std::string summary, description, place;
  std::string url;         // "" for none
  bool cancelled = false;  // called off
  std::string stamp;       // ISO day on which it was told
};

// Lines end in CR LF and are folded at 75 bytes, between characters. What cannot be written as a
// day is left out. `stamp` of one that has none is its first day.
std::string icalendar(const std::string& name, const std::vector<Appointment>& appointments);

}  // namespace chancery::present
