// Acronyms that an article explains itself: "the Armed Forces of the Philippines (AFP)". What the
// register knows by the same letters is somebody else, then.
#pragma once
#include <string>
#include <string_view>
#include <unordered_set>

#include "reading/tree_view.h"
#include "register/register.h"

namespace chancery {

class OwnAcronyms {
 public:
  // Looks at all words in brackets. Linear in the length of the article.
  OwnAcronyms(const TreeView& tree, const Register& known);

  // Do these letters, maybe behind an article, stand for another body here than for the register's?
  bool has(std::string_view letters) const;

 private:
  std::unordered_set<std::string> letters_;
};

}  // namespace chancery
