#include "article/json_repair.h"

#include <algorithm>

#include "base/strings.h"

namespace chancery {
namespace {

constexpr std::string_view kBlank = " \n\r\t";

bool among(char c, std::string_view marks) { return marks.find(c) != std::string_view::npos; }

// Without what pages put around their data.
std::string unwrapped(std::string_view json) {
  std::string out(json);
  if (out.find('"') == std::string::npos && out.find("&quot;") != std::string::npos)
    out = replace_all(replace_all(out, "&quot;", "\""), "&amp;", "&");
  for (std::string_view mark : {"<![CDATA[", "]]>", "<!--", "-->"})
    out = replace_all(out, mark, "");
  return out;
}

class Repair {
 public:
  explicit Repair(std::string_view json) : given_(unwrapped(json)) {}

  std::string run() {
    at_ = given_.find_first_of("{[");
    if (at_ == std::string::npos) return "";
    for (; at_ < given_.size() && !ended_; ++at_) {
      if (in_string_) copy_in_string();
      else if (!pass_comment()) copy_outside();
    }
    close_all();
    return std::move(out_);
  }

 private:
  void copy_in_string() {
    const char c = given_[at_];
    if (c == '\\' && at_ + 1 < given_.size()) {
      copy_escape();
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out_ += ' ';
    } else if (c == '"' && !mark_ends_string()) {
      out_ += "\\\"";
    } else {
      in_string_ = c != '"';
      out_ += c;
    }
  }

  void copy_escape() {
    const char next = given_[++at_];
    const bool hex = next == 'u' && at_ + 4 < given_.size() &&
                     std::all_of(given_.begin() + at_ + 1, given_.begin() + at_ + 5,
                                 [](unsigned char d) { return isxdigit(d); });
    if (hex || among(next, "\"\\/bfnrt")) out_.append({'\\', next});
    else if (next != 'u') --at_;  // \' is no escape: the backslash goes
  }

  // A mark that nothing of JSON follows stands for itself: "the "accord" of Olm".
  bool mark_ends_string() const {
    const size_t next = given_.find_first_not_of(kBlank, at_ + 1);
    return next == std::string::npos || among(given_[next], ",:}]\"/");
  }

  // Goes to the last character of a comment that begins here.
  bool pass_comment() {
    if (given_[at_] != '/' || at_ + 1 == given_.size() || !among(given_[at_ + 1], "*/"))
      return false;
    const std::string_view mark = given_[at_ + 1] == '*' ? "*/" : "\n";
    const size_t end = given_.find(mark, at_ + 2);
    at_ = end == std::string::npos ? given_.size() : end + mark.size() - 1;
    return true;
  }

  void copy_outside() {
    const char c = given_[at_], last = last_written();
    if (c == '}' || c == ']') {
      close(c, last);
      return;
    }
    if (among(c, ";<>") || (c == ',' && among(last, ",{["))) return;
    if (among(c, "\"{[") && among(last, "\"}]")) out_ += ',';
    in_string_ = c == '"';
    if (c == '{' || c == '[') open_ += c == '{' ? '}' : ']';
    out_ += c;
  }

  // A bracket that closes another than the last is passed over.
  void close(char bracket, char last) {
    if (open_.empty() || open_.back() != bracket) return;
    if (last == ',') out_.erase(out_.find_last_of(','));
    open_.pop_back();
    out_ += bracket;
    ended_ = open_.empty();
  }

  void close_all() {
    if (in_string_) out_ += '"';
    if (last_written() == ',') out_.erase(out_.find_last_of(','));
    if (last_written() == ':') out_ += "null";
    for (; !open_.empty(); open_.pop_back()) out_ += open_.back();
  }

  // The last character that is no white space.
  char last_written() const {
    const size_t last = out_.find_last_not_of(kBlank);
    return last == std::string::npos ? '\0' : out_[last];
  }

  const std::string given_;
  std::string out_;
  std::string open_;  // the closing brackets that are still to come, the next one last
  size_t at_ = 0;
  bool in_string_ = false, ended_ = false;
};

}  // namespace

std::string repair_json(std::string_view json) { return Repair(json).run(); }

}  // namespace chancery
