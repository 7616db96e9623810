#include "cli/table.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <wchar.h>

#include <algorithm>

#include "base/memory.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace chancery::cli {

int display_width(std::string_view text) {
  int out = 0;
  for (size_t at = 0; at < text.size();) {
    char32_t c = decode_utf8(text, at);
    bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                (c >= 0xFF00 && c <= 0xFF60);
    bool mark = (c >= 0x300 && c <= 0x36F) || c == 0x200B;
    out += mark ? 0 : wide ? 2 : 1;
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> out;
  std::string line;
  for (std::string_view word : split_words(text)) {
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      out.push_back(line);
      line.clear();
    }
    if (!line.empty()) line += ' ';
    // A word longer than the line is cut.
    while (display_width(word) > width && width > 4) {
      size_t at = 0;
      for (int k = 0; k < width - 1 && at < word.size(); ++k) decode_utf8(word, at);
      out.push_back(line + std::string(word.substr(0, at)));
      line.clear();
      word.remove_prefix(at);
    }
    line += word;
  }
  if (!line.empty() || out.empty()) out.push_back(line);
  return out;
}

std::string as_table(const Answer& answer, const Style& style, int width) {
  if (answer.rows.empty()) return style.dim("nothing found") + "\n";
  size_t n = answer.columns.size();
  std::vector<int> want(n, 0), least(n, 0);
  std::vector<char> shown(n, 0);
  for (size_t c = 0; c < n; ++c) {
    if (answer.columns[c] == "number") continue;
    for (const auto& row : answer.rows) shown[c] |= !row[c].empty();
    want[c] = display_width(answer.columns[c]);
    for (const auto& row : answer.rows) want[c] = std::max(want[c], display_width(row[c]));
  }
  int total = 0, count = 0;
  for (size_t c = 0; c < n; ++c)
    if (shown[c]) {
      total += want[c];
      ++count;
    }
  int room = width - 2 * std::max(0, count - 1);
  // The widest columns give way.
  while (total > room) {
    size_t widest = 0;
    for (size_t c = 0; c < n; ++c)
      if (shown[c] && (!shown[widest] || want[c] > want[widest])) widest = c;
    if (want[widest] <= 8) break;
    --want[widest];
    --total;
  }
  std::string out;
  auto line = [&](const std::vector<std::vector<std::string>>& cells, bool heading) {
    size_t height = 1;
    for (size_t c = 0; c < n; ++c)
      if (shown[c]) height = std::max(height, cells[c].size());
    for (size_t k = 0; k < height; ++k) {
      std::string row;
      for (size_t c = 0; c < n; ++c) {
        if (!shown[c]) continue;
        std::string cell = k < cells[c].size() ? cells[c][k] : "";
        int pad = want[c] - display_width(cell);
        row += heading ? style.bold(cell) : cell;
        if (pad > 0) row += std::string(static_cast<size_t>(pad), ' ');
        row += "  ";
      }
      while (!row.empty() && row.back() == ' ') row.pop_back();
      out += row + "\n";
    }
  };
  std::vector<std::vector<std::string>> cells(n);
  for (size_t c = 0; c < n; ++c) cells[c] = {answer.columns[c]};
  line(cells, true);
  for (const auto& row : answer.rows) {
    for (size_t c = 0; c < n; ++c)
      cells[c] = shown[c] ? wrap(row[c], want[c]) : std::vector<std::string>();
    line(cells, false);
  }
  return out;
}

std::string as_json(const Answer& answer) {
  using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, ThrowingAllocator>;
  Buffer buffer;
  rapidjson::PrettyWriter<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, ThrowingAllocator> w(
      buffer);
  w.SetIndent(' ', 1);
  w.StartArray();
  for (const auto& row : answer.rows) {
    w.StartObject();
    for (size_t c = 0; c < row.size(); ++c) {
      w.Key(answer.columns[c].c_str());
      w.String(row[c].data(), static_cast<rapidjson::SizeType>(row[c].size()));
    }
    w.EndObject();
  }
  w.EndArray();
  return std::string(buffer.GetString()) + "\n";
}

}  // namespace chancery::cli
