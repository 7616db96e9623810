#include "cli/ledger_name.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/error.h"
#include "ledger/database.h"

namespace chancery::cli {
namespace {

namespace fs = std::filesystem;

// Shorter names differ by a letter for good reason ("a.ledger", "b.ledger").
constexpr size_t kOneSlip = 4, kTwoSlips = 8;

// Letters put in, left out, taken for another, or swapped with their neighbour.
size_t slips(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i)
    for (size_t k = 0; k <= b.size(); ++k) {
      if (i == 0 || k == 0) {
        d[i][k] = i + k;
        continue;
      }
      d[i][k] = std::min({d[i - 1][k] + 1, d[i][k - 1] + 1,
                          d[i - 1][k - 1] + static_cast<size_t>(a[i - 1] != b[k - 1])});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        d[i][k] = std::min(d[i][k], d[i - 2][k - 2] + 1);
    }
  return d[a.size()][b.size()];
}

std::string without_digits(std::string name) {
  std::erase_if(name, [](unsigned char c) { return std::isdigit(c) != 0; });
  return name;
}

bool is_database(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string head(15, '\0');
  return in.read(head.data(), 15) && head == "SQLite format 3";
}

bool on_a_server(const std::string& where) { return where.find("://") != std::string::npos; }

}  // namespace

std::string ledger_meant(const std::string& path) {
  const fs::path asked(path);
  const std::string name = asked.filename().string();
  const size_t letters = without_digits(asked.stem().string()).size();
  const size_t most = letters >= kTwoSlips ? 2 : letters >= kOneSlip ? 1 : 0;
  if (most == 0) return "";
  const fs::path folder = asked.parent_path().empty() ? "." : asked.parent_path();
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string other = at->path().filename().string();
    if (other.size() > name.size() + most || name.size() > other.size() + most) continue;
    if (without_digits(other) != without_digits(name) && slips(name, other) <= most &&
        is_database(at->path()))
      found.push_back((asked.parent_path() / other).string());
  }
  return found.empty() ? "" : *std::min_element(found.begin(), found.end());
}

void mind_new_ledger(App& app, const std::string& where, bool wanted) {
  if (on_a_server(where)) {
    if (Database::open(where, true)->version() == 0 && !wanted)
      app.warned(where.substr(where.rfind('/') + 1) + ": an empty database; a new ledger in it");
    return;
  }
  std::error_code error;
  if (wanted || fs::exists(where, error)) return;
  const std::string meant = ledger_meant(where);
  if (!meant.empty())
    throw UsageError(where + ": no such ledger; did you mean " + meant + "? With --new it is made");
  app.warned(where + ": a new ledger");
}

}  // namespace chancery::cli
