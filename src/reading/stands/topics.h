// The issue that a position belongs to ("denuclearization", "sanctions"), by data/topics.tsv: one
// name for many wordings, so that positions of many articles can be laid side by side.
#pragma once
#include <string>
#include <vector>

#include "reading/phrases.h"
#include "record/record.h"

namespace chancery {

class Topics {
 public:
  // Throws StartError for a wrong table.
  explicit Topics(const std::string& path);

  // Files each position under its issue; one that no phrase names stays without.
  void file(const TreeView& tree, std::vector<Position>& positions) const;
  const std::vector<std::string>& issues() const { return issues_; }

 private:
  std::vector<std::string> issues_;
  Phrases phrases_;
};

}  // namespace chancery
