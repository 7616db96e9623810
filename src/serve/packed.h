// Answers that are packed on their way.
#pragma once
#include <string>

#include "serve/http.h"

namespace chancery {

// Text is sent as gzip to those who take it (their Accept-Encoding), if it is long enough to be
// worth it; its ETag is a weak one then, and Vary says that there are two forms.
void pack(Response& response, const std::string& accept_encoding);

}  // namespace chancery
