// What the head of a request says, and what of it cannot be trusted. Knows libmicrohttpd; used by
// serve/http.cpp alone.
#pragma once
#include <microhttpd.h>

#include <map>
#include <string>

namespace chancery::http {

// The library calls us from C: an exception would end the program there. What a callback cannot do
// for want of memory costs its own request.
template <class F>
MHD_Result guarded(F&& work) noexcept {
  try {
    return work();
  } catch (...) {
    return MHD_NO;
  }
}

// The value of a header, "" if it is not there.
std::string header(MHD_Connection* c, const char* name);

// "localhost:8642" → "localhost"; "[::1]:8642" → "[::1]". What stands behind the name and is no
// port stays with it, so that it is no name we know.
std::string without_port(const std::string& host);

// The parameters of the address; false when there are more than `most`.
bool read_parameters(MHD_Connection* c, size_t most, std::multimap<std::string, std::string>& into);

// Headers that say how a request ends or whom it is for: twice, or both of them, and two programs
// on the way may read two different requests.
bool ambiguous(MHD_Connection* c);

// Does a page of another site send this? Browsers say so.
bool foreign(MHD_Connection* c);

}  // namespace chancery::http
