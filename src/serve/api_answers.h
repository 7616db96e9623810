// What the API answers to one request: the catalogue's questions, records, reading and writing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "serve/service.h"

namespace chancery {

class Api {
 public:
  Api(Service& s, const Request& q) : s_(s), q_(q) {}
  Response answer();

 private:
  Response route(const std::string& name);
  Question question(std::string_view filters, std::string_view own = "") const;
  Response feed(const Answer& answer, const std::string& name) const;
  Response record(const std::string& number);
  Response read();
  Response write();
  Response play();
  Response brief();
  Response exported();
  std::optional<size_t> total(Ledger& ledger, const QuestionKind& kind, Question q,
                              const Answer& page) const;

  Service& s_;
  const Request& q_;
};

}  // namespace chancery
