// Saved questions on the server: the list as a page and for programs; and, for people and programs
// with a key, saving and dropping them. What is new on each is told by its feed, and by `chancery
// alert --once`.
//
//   GET  /alerts  /api/v1/alerts
//   POST /alerts (forms of the page)  /api/v1/alerts (JSON)
#pragma once
#include <optional>

#include "ledger/saved.h"
#include "serve/service.h"

namespace chancery {

class Alerting {
 public:
  Alerting(Service& service, const Request& request) : s_(service), q_(request) {}
  // Nothing for an address that is none of these.
  std::optional<Response> answer();

 private:
  Response list_page();
  Response list_for_programs();
  Response from_form();
  Response from_program();
  // Saves it, or drops the one of its name; `all`: what is in the ledger already is told too.
  void keep(const std::string& act, const SavedQuestion& question, bool all);
  std::string form() const;

  Service& s_;
  const Request& q_;
};

// The address of a saved question's answer, "/api/v1/positions?topic=port".
std::string address_of(const SavedQuestion& question);

}  // namespace chancery
