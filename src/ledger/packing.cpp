#include "ledger/packing.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/embedded.h"
#include "base/strings.h"

// The list of phrases, as it is (CMakeLists.txt names its place): one a line, the frequent first.
CHANCERY_EMBEDDED(chancery_phrases, CHANCERY_PHRASES);

namespace chancery {
namespace {

constexpr int kSingle = 1;  // control characters that are codes by themselves; the others begin one
constexpr char kSpace = '_';  // stands for a space at either end of a line of the list
constexpr char kMonthMark = '~';

// The second byte of a code: what stands for itself in JSON and in SQL.
bool ends_code(char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '\''; }

// All codes, the short ones first.
std::vector<std::string> codes() {
  std::vector<std::string> out;
  std::string leads;
  for (unsigned char c = 1; c < 0x20; ++c) {
    if (!Packing::begins_code(c)) continue;
    if (c == Packing::kMonth) continue;
    if (out.size() < kSingle) out.push_back(std::string(1, static_cast<char>(c)));
    else leads += static_cast<char>(c);
  }
  for (char lead : leads)
    for (char c = ' '; c < 0x7F; ++c)
      if (ends_code(c)) out.push_back({lead, c});
  return out;
}

size_t pair_index(char first, char second) {
  return static_cast<size_t>(static_cast<unsigned char>(first)) * 256 +
         static_cast<unsigned char>(second);
}

// "2031-05-" where a month begins at this place.
std::string_view month_at(std::string_view text, size_t at) {
  constexpr std::string_view kForm = "0000-00-";
  static_assert(kForm.size() == Packing::kMonthSize);
  if (text.size() - at < kForm.size()) return {};
  for (size_t i = 0; i < kForm.size(); ++i) {
    const char c = text[at + i];
    if (kForm[i] == '-' ? c != '-' : c < '0' || c > '9') return {};
  }
  return text.substr(at, kForm.size());
}

// The month that a text names most; "" where naming it by its code saves nothing.
std::string_view own_month(std::string_view text) {
  std::map<std::string_view, size_t> times;
  for (size_t i = 0; i < text.size(); ++i)
    if (std::string_view month = month_at(text, i); !month.empty()) {
      ++times[month];
      i += month.size() - 1;
    }
  const auto most = std::max_element(
      times.begin(), times.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == times.end() || most->second < 2 ? std::string_view() : most->first;
}

Packing::Phrases read_shipped() {
  const std::string_view all(chancery_phrases,
                             static_cast<size_t>(chancery_phrases_end - chancery_phrases));
  const std::vector<std::string> code = codes();
  Packing::Phrases out;
  for (std::string_view line : split(all, '\n')) {
    if (line.empty() || out.size() == code.size()) continue;
    std::string phrase(line);
    if (phrase.front() == kSpace) phrase.front() = ' ';
    if (phrase.back() == kSpace) phrase.back() = ' ';
    std::replace(phrase.begin(), phrase.end(), kMonthMark, Packing::kMonth);
    out.push_back({code[out.size()], phrase});
  }
  return out;
}

}  // namespace

const Packing::Phrases& Packing::shipped() {
  static const Phrases all = read_shipped();
  return all;
}

Packing::Packing(Phrases phrases) : phrases_(std::move(phrases)), starts_(0x10000, -1) {
  single_.fill(-1);
  pairs_.assign(size_t{0x20} * 256, -1);
  for (int32_t p = 0; p < std::ssize(phrases_); ++p) {
    const auto& [code, phrase] = phrases_[static_cast<size_t>(p)];
    if (code.empty() || code.size() > 2 || !begins_code(static_cast<unsigned char>(code[0])))
      continue;  // of a damaged list: doctor says so
    if (code.size() == 1) single_[static_cast<unsigned char>(code[0])] = p;
    else pairs_[pair_index(code[0], code[1])] = p;
    if (phrase.size() > code.size()) add(p);
  }
}

void Packing::add(int32_t phrase) {
  const std::string& text = phrases_[static_cast<size_t>(phrase)].second;
  int32_t* place = &starts_[pair_index(text[0], text[1])];
  auto grown = [&](char letter) {
    nodes_.push_back({-1, -1, -1, letter});
    return static_cast<int32_t>(nodes_.size()) - 1;
  };
  if (*place < 0) *place = grown(text[1]);
  int32_t node = *place;
  for (size_t i = 2; i < text.size(); ++i) {
    int32_t found = below(node, text[i]);
    if (found < 0) {
      found = grown(text[i]);
      nodes_[static_cast<size_t>(found)].next = nodes_[static_cast<size_t>(node)].branch;
      nodes_[static_cast<size_t>(node)].branch = found;
    }
    node = found;
  }
  nodes_[static_cast<size_t>(node)].phrase = phrase;
}

int32_t Packing::below(int32_t node, char letter) const {
  int32_t n = nodes_[static_cast<size_t>(node)].branch;
  while (n >= 0 && nodes_[static_cast<size_t>(n)].letter != letter)
    n = nodes_[static_cast<size_t>(n)].next;
  return n;
}

std::string Packing::packed(std::string_view text) const {
  if (phrases_.empty()) return std::string(text);
  for (char c : text)
    if (begins_code(static_cast<unsigned char>(c))) return std::string(text);
  const std::string_view month = own_month(text);
  if (month.empty()) return shortest(text);
  const std::string named = std::string(1, kMonth) + std::string(month);
  return named + shortest(replace_all(std::string(text), month, std::string(1, kMonth)));
}

std::string Packing::shortest(std::string_view text) const {
  // From the end: the fewest bytes for what follows each place, and the phrase that begins there.
  const size_t n = text.size();
  std::vector<uint32_t> bytes(n + 1, 0);
  std::vector<int32_t> best(n, -1);
  for (size_t i = n; i-- > 0;) {
    bytes[i] = bytes[i + 1] + 1;
    if (i + 1 == n) continue;
    size_t end = i + 2;
    for (int32_t node = starts_[pair_index(text[i], text[i + 1])]; node >= 0;) {
      if (int32_t p = nodes_[static_cast<size_t>(node)].phrase; p >= 0) {
        const uint32_t cost =
            bytes[end] + static_cast<uint32_t>(phrases_[static_cast<size_t>(p)].first.size());
        if (cost < bytes[i]) bytes[i] = cost, best[i] = p;
      }
      if (end == n) break;
      node = below(node, text[end++]);
    }
  }
  std::string out;
  out.reserve(bytes[0]);
  for (size_t i = 0; i < n;) {
    if (best[i] < 0) {
      out += text[i++];
      continue;
    }
    const auto& [code, phrase] = phrases_[static_cast<size_t>(best[i])];
    out += code;
    i += phrase.size();
  }
  return out;
}

std::string Packing::plain(std::string_view packed) const {
  std::string out;
  out.reserve(packed.size() * 4);
  std::string_view month;
  if (packed.size() > kMonthSize && packed[0] == kMonth) {
    month = packed.substr(1, kMonthSize);
    packed.remove_prefix(1 + kMonthSize);
  }
  for (size_t i = 0; i < packed.size(); ++i) {
    const auto c = static_cast<unsigned char>(packed[i]);
    int32_t phrase = -1;
    size_t length = 1;
    if (begins_code(c)) {
      phrase = single_[c];
      if (phrase < 0 && i + 1 < packed.size()) {
        phrase = pairs_[pair_index(packed[i], packed[i + 1])];
        length = 2;
      }
    }
    if (phrase < 0) {
      out += packed[i];
      continue;
    }
    out += phrases_[static_cast<size_t>(phrase)].second;
    i += length - 1;
  }
  return month.empty() ? out : replace_all(std::move(out), std::string(1, kMonth), month);
}

int64_t Packing::digest() const {
  uint64_t hash = phrases_.size();
  for (const auto& [code, phrase] : phrases_) hash += hash64(phrase, hash64(code));
  return static_cast<int64_t>(hash & static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
}

}  // namespace chancery
