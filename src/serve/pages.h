// The pages: every question of the ledger for people. One file a group of pages; what they are put
// together from is in parts.h.
#pragma once
#include <string>
#include <string_view>

#include "ledger/desk.h"
#include "serve/html.h"
#include "serve/service.h"

namespace chancery {

// The pages that a service answers, for one request.
class Pages {
 public:
  Pages(Service& s, const Request& q) : s_(s), q_(q), known_(s.resources_->known) {}
  Response answer();

 private:
  // What the address asks. `own` are the page's own parameters, beside the filters. Only what a
  // page takes is asked of it: anything else in the address is a slip.
  Question question(std::string_view filters, std::string_view own = "") const;
  // A line for each name or word that the ledger does not have, when nothing was found.
  std::string said(Service::Lease& l, const Question& q, const Answer& a) const;
  std::string state_name(const std::string& code) const;
  std::string pair_name(const std::string& a, const std::string& b) const;
  // An answer for people to read: types, kinds, sectors and states in words, papers or headlines in
  // the place of articles' ids.
  Answer shown(Ledger& ledger, Answer answer) const;
  Response missing();

  Response front();
  void desk_pairs(Html& h, const Desk& desk, int year) const;
  void desk_beside(Ledger& ledger, Html& h, const Desk& desk, int year) const;
  Response brief();
  Response search();
  Response actor();
  Response pair();
  void pair_months(Ledger& ledger, Html& h, const Question& q) const;
  Response network();
  Response topics();
  Response topic();
  Response calendar();
  Response calendar_file();
  Response firsts();
  Response stories();
  Response story();
  Response article();
  // Reading on the spot: the text comes from a form and is not kept.
  Response read();
  std::string form_field(const std::string& name) const;
  Response about();
  Response api();
  // The title of a storyline, with states by their names: "Japan and Peru: hostages".
  std::string story_title(const std::string& title) const;
  Response asset();

  Service& s_;
  const Request& q_;
  const Register& known_;
};

// A pasted text or page as an article; `published` counts where it is a day.
Article article_from_text(const std::string& text, const std::string& published);

}  // namespace chancery
