// What the server does about corrections: the list as a page, a feed and for programs; and, for
// people and programs with a key, taking them.
//
//   GET  /corrections  /corrections.atom  /api/v1/corrections
//   GET  /sign-in      POST /sign-in  /sign-out
//   POST /articles/N/amend  /corrections  (forms of pages)  /api/v1/corrections  (JSON)
#pragma once
#include <optional>

#include "serve/service.h"

namespace chancery {

class Correcting {
 public:
  Correcting(Service& service, const Request& request) : s_(service), q_(request) {}
  // Nothing for an address that is none of these.
  std::optional<Response> answer();
  // At the end of an article's page: what was put right in it, and the way to do so.
  std::string below_article(Ledger& ledger, int64_t number) const;

 private:
  Response list_page();
  Response feed();
  Response list_for_programs();
  Response sign_in();
  Response sign_out();
  Response from_form(int64_t article);
  std::string place_of_added(const Amendment& a) const;
  Response from_program();
  Response signed_out() const;
  std::vector<int64_t> keep(const std::vector<Amendment>& wanted);
  std::vector<StandingCorrection> asked(Ledger& ledger) const;

  Service& s_;
  const Request& q_;
};

// The fields of a form as a browser sends it.
std::map<std::string, std::string> form_fields(const std::string& body);

}  // namespace chancery
