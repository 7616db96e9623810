#include "present/icalendar.h"

#include "base/calendar.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::present {
namespace {

constexpr size_t kFold = 75;  // bytes of a line at most (RFC 5545, 3.1)

// A text value: commas, semicolons and line ends have a meaning of their own.
std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') out += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20) out += ' ';
    else {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }
  return out;
}

void line(std::string& out, const std::string& content) {
  size_t used = 0;
  for (size_t at = 0; at < content.size();) {
    size_t end = at;
    decode_utf8(content, end);
    if (used + (end - at) > kFold) {
      out += "\r\n ";
      used = 1;
    }
    out += content.substr(at, end - at);
    used += end - at;
    at = end;
  }
  out += "\r\n";
}

std::string digits(const std::string& iso) { return replace_all(iso, "-", ""); }

}  // namespace

std::string icalendar(const std::string& name, const std::vector<Appointment>& appointments) {
  std::string out;
  line(out, "BEGIN:VCALENDAR");
  line(out, "VERSION:2.0");
  line(out, "PRODID:-//chancery//ledger//EN");
  line(out, "CALSCALE:GREGORIAN");
  line(out, "X-WR-CALNAME:" + escaped(name));
  for (const Appointment& a : appointments) {
    auto from = parse_day(a.from), to = parse_day(a.to);
    if (!from || !to) continue;
    auto stamp = parse_day(a.stamp);
    line(out, "BEGIN:VEVENT");
    line(out, "UID:" + escaped(a.uid));
    line(out, "DTSTAMP:" + digits(iso(stamp ? *stamp : *from)) + "T000000Z");
    if (a.at.empty()) {
      line(out, "DTSTART;VALUE=DATE:" + digits(iso(*from)));
      // The day behind the last one.
      line(out, "DTEND;VALUE=DATE:" + digits(iso(add_days(*to, 1))));
    } else {
      // Where the text says no zone it is the clock on the wall there.
      line(out, "DTSTART:" + digits(iso(*from)) + "T" + replace_all(a.at, ":", "") + "00");
    }
    line(out, "SUMMARY:" + escaped(a.summary));
    if (!a.description.empty()) line(out, "DESCRIPTION:" + escaped(a.description));
    if (!a.place.empty()) line(out, "LOCATION:" + escaped(a.place));
    if (!a.url.empty()) line(out, "URL:" + a.url);
    if (a.cancelled) line(out, "STATUS:CANCELLED");
    line(out, "END:VEVENT");
  }
  line(out, "END:VCALENDAR");
  return out;
}

}  // namespace chancery::present
