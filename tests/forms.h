// A form as a browser sends it.
#pragma once
#include <map>
#include <string>

#include "serve/html.h"
#include "serve/service.h"

namespace chancery::test {

inline Request form_request(const std::string& path,
                            const std::map<std::string, std::string>& fields,
                            const std::string& cookie) {
  Request q;
  q.method = "POST";
  q.path = path;
  q.accept = "text/html";
  q.cookie = cookie;
  q.content_type = "application/x-www-form-urlencoded";
  for (const auto& [name, value] : fields)
    q.body += (q.body.empty() ? "" : "&") + url_encoded(name) + "=" + url_encoded(value);
  return q;
}

}  // namespace chancery::test
