// Answers that several rooms of the server make alike.
#pragma once
#include <string>
#include <utility>

#include "serve/service.h"

namespace chancery {

// A page that shows what depends on who looks.
inline Response private_page(std::string body, int status = 200) {
  Response r;
  r.status = status;
  r.body = std::move(body);
  r.headers.push_back({"Cache-Control", "private, no-cache"});
  return r;
}

inline Response json_answer(std::string body) {
  Response r;
  r.type = "application/json; charset=utf-8";
  r.body = std::move(body);
  return r;
}

}  // namespace chancery
