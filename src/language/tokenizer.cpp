#include "language/tokenizer.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "language/text_words.h"

namespace chancery {
namespace {

struct Char {
  char32_t code;
  uint32_t at;  // byte offset
};

bool is_quote(char32_t c) {
  return c == '"' || c == U'“' || c == U'”' || c == U'„' || c == U'«' || c == U'»' || c == '\'' ||
         c == U'‘' || c == U'’' || c == '`' || c == U'‹' || c == U'›';
}
bool is_apostrophe(char32_t c) {
  return c == '\'' || c == U'’' || c == U'‘' || c == U'ʼ' || c == '`';
}
bool is_hyphen(char32_t c) { return c == '-' || c == U'‐' || c == U'‑'; }
bool is_dash(char32_t c) { return c == U'–' || c == U'—' || c == U'―' || c == U'−'; }
bool is_opening(char32_t c) {
  return c == '(' || c == '[' || c == '{' || c == U'“' || c == U'‘' || c == U'«' || c == U'„' ||
         c == '`';
}
bool is_word(char32_t c) { return is_letter(c) || is_digit(c); }

class Tokenizer {
 public:
  Tokenizer(std::string_view text, int longest) : longest_(longest) {
    document_.text = text;
    document_.sentences_proposed = true;
  }

  Document run() {
    std::string_view text = document_.text;
    size_t at = 0;
    uint32_t line_begin = 0;
    bool pending_break = false;
    std::vector<Char> chunk;
    document_.tokens.reserve(text.size() / 5 + 8);
    while (at < text.size()) {
      uint32_t begin = static_cast<uint32_t>(at);
      char32_t c = decode_utf8(text, at);
      if (is_space(c)) {
        if (c == '\n' || c == 0x2029 || c == 0x85) {
          bool blank_line = newline_run(text, at);
          pending_break |= blank_line || line_is_finished(line_begin, begin);
          line_begin = static_cast<uint32_t>(at);
        }
        continue;
      }
      if (pending_break) {
        end_paragraph();
        pending_break = false;
      }
      chunk.clear();
      size_t next = at;
      chunk.push_back({c, begin});
      while (next < text.size()) {
        size_t before = next;
        char32_t d = decode_utf8(text, next);
        if (is_space(d)) {
          next = before;
          break;
        }
        chunk.push_back({d, static_cast<uint32_t>(before)});
      }
      at = next;
      chunk_end_ = static_cast<uint32_t>(next);
      split_chunk(chunk);
      document_.tokens.back().space_after = true;
    }
    end_paragraph();
    return std::move(document_);
  }

 private:
  // Past a line end at `at`: skips white space; true when another line end follows (a blank line).
  static bool newline_run(std::string_view text, size_t& at) {
    bool blank = false;
    while (at < text.size()) {
      size_t before = at;
      char32_t c = decode_utf8(text, at);
      if (!is_space(c)) {
        at = before;
        break;
      }
      blank |= c == '\n' || c == 0x2029;
    }
    return blank;
  }

  // A single line end is a break when the line is short or ends like a sentence: wrapped text goes
  // on.
  bool line_is_finished(uint32_t begin, uint32_t end) const {
    std::string_view line = document_.text.substr(begin, end - begin);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (line.size() < 55) return true;
    size_t at = line.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) --at;
    char32_t last = decode_utf8(line, at);
    return last == '.' || last == '!' || last == '?' || last == ':' ||
           (is_quote(last) && line.size() > 2) || last == ')' || line.size() > 100;
  }

  void emit(uint32_t begin, uint32_t end, bool joined = false) {
    if (end <= begin) return;
    Token token;
    token.span = {begin, end};
    token.form = document_.text.substr(begin, end - begin);
    token.space_after = false;
    token.joined_to_next = joined;
    document_.tokens.push_back(std::move(token));
  }

  void split_chunk(const std::vector<Char>& c) {
    size_t n = c.size(), i = 0;
    // An address on the web or of mail is one token, furniture around it apart.
    size_t lead = 0, tail = n;
    while (lead < n && (is_quote(c[lead].code) || is_opening(c[lead].code) || c[lead].code == '<'))
      ++lead;
    while (tail > lead && !is_word(c[tail - 1].code) && c[tail - 1].code != '/') --tail;
    std::string_view core = tail > lead
                                ? document_.text.substr(c[lead].at, offset(c, tail) - c[lead].at)
                                : std::string_view();
    if (core.starts_with("http://") || core.starts_with("https://") || core.starts_with("www.") ||
        is_mail(core)) {
      for (; i < lead; ++i) emit(c[i].at, offset(c, i + 1));
      emit(c[lead].at, offset(c, tail));
      for (i = tail; i < n; ++i) emit(c[i].at, offset(c, i + 1));
      return;
    }
    while (i < n) {
      char32_t ch = c[i].code;
      if (is_word(ch) || ((ch == '@' || ch == '#') && i + 1 < n && is_letter(c[i + 1].code) &&
                          (i == 0 || !is_word(c[i - 1].code)))) {
        i = word(c, i);
      } else if (is_apostrophe(ch) && clitic_length(c, i) > 0 && i > 0 && is_word(c[i - 1].code)) {
        size_t length = clitic_length(c, i);
        if (!document_.tokens.empty() && document_.tokens.back().span.end == c[i].at)
          document_.tokens.back().joined_to_next = true;
        emit(c[i].at, offset(c, i + length));
        i += length;
      } else if (is_apostrophe(ch) && i == 0 && i + 2 < n && is_digit(c[1].code) &&
                 is_digit(c[2].code)) {
        size_t j = i + 3;  // '90s
        if (j < n && c[j].code == 's') ++j;
        emit(c[i].at, offset(c, j));
        i = j;
      } else if (ch == '.' || ch == '-' || ch == '!' || ch == '?' || ch == '*' || ch == '_' ||
                 ch == '=') {
        size_t j = i;  // runs: "...", "--", "?!"
        while (j < n && (c[j].code == ch ||
                         ((ch == '!' || ch == '?') && (c[j].code == '!' || c[j].code == '?'))))
          ++j;
        emit(c[i].at, offset(c, j));
        i = j;
      } else {
        size_t j = i + 1;  // combining marks stay with what they mark
        while (j < n && is_letter(c[j].code) && !u_base(c[j].code)) ++j;
        emit(c[i].at, offset(c, j));
        i = j;
      }
    }
  }

  static bool u_base(char32_t ch) { return ch < 0x300 || ch > 0x36F; }

  uint32_t offset(const std::vector<Char>& c, size_t i) const {
    return i < c.size() ? c[i].at : chunk_end_;
  }

  static bool is_mail(std::string_view s) {
    size_t at = s.find('@');
    return at != std::string_view::npos && at > 0 && s.find('.', at) != std::string_view::npos &&
           s.find('.', at) + 1 < s.size();
  }

  // Length of a clitic that starts with the apostrophe at i, or 0.
  static size_t clitic_length(const std::vector<Char>& c, size_t i) {
    auto ends = [&](size_t j) { return j >= c.size() || !is_word(c[j].code); };
    auto at = [&](size_t j) { return j < c.size() ? lower(c[j].code) : 0; };
    char32_t a = at(i + 1), b = at(i + 2);
    if ((a == 's' || a == 'd' || a == 'm') && ends(i + 2)) return 2;
    if (((a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l')) && ends(i + 3))
      return 3;
    return 0;
  }

  // Are the letters from j on a unit?
  bool unit_at(const std::vector<Char>& c, size_t j) const {
    size_t k = j;
    while (k < c.size() && is_letter(c[k].code)) ++k;
    const std::string unit = lower(document_.text.substr(c[j].at, offset(c, k) - c[j].at));
    return text_words(TextWords::units).has(unit);
  }

  // A word from i on; emits it with its clitics and returns where it ended.
  size_t word(const std::vector<Char>& c, size_t i) {
    size_t n = c.size(), j = i;
    if (c[j].code == '@' || c[j].code == '#') ++j;
    bool digits = is_digit(c[i].code);
    while (j < n) {
      char32_t ch = c[j].code;
      bool next_word = j + 1 < n && is_word(c[j + 1].code);
      if (is_word(ch)) {
        // "10am", "1.2bn", "5km": a unit after digits stands apart.
        if (digits && is_letter(ch) && j > i && is_digit(c[j - 1].code)) {
          if (unit_at(c, j)) break;
          digits = false;
        }
        ++j;
      } else if (ch == '.' && next_word && j > i) {
        bool both_digits = is_digit(c[j - 1].code) && is_digit(c[j + 1].code);
        // "end.Next": a full stop without its space.
        size_t left = j - i;
        bool glued = !both_digits && left >= 3 && is_upper(c[j + 1].code) &&
                     !is_upper(c[j - 1].code) && j + 2 < n && is_letter(c[j + 2].code);
        if (glued) break;
        ++j;
      } else if ((ch == ',' || ch == ':') && next_word && j > i && is_digit(c[j - 1].code) &&
                 is_digit(c[j + 1].code)) {
        ++j;
      } else if (is_apostrophe(ch) && next_word && j > i && clitic_length(c, j) == 0 &&
                 is_letter(c[j - 1].code)) {
        // O'Neill, People’s (clitic handled outside), n't inside is split below.
        ++j;
      } else if (ch == '&' && next_word && j > i && j - i <= 3) {
        ++j;
      } else if (ch == '_' && next_word) {
        ++j;
      } else if (ch == '$' && j > i && j + 1 < n && is_digit(c[j + 1].code)) {
        ++j;  // US$
        break;
      } else if (is_hyphen(ch) && next_word && j > i) {
        std::string before = lower(document_.text.substr(c[i].at, c[j].at - c[i].at));
        if (!text_words(TextWords::prefixes).has(before)) break;
        ++j;
      } else {
        break;
      }
    }
    uint32_t begin = c[i].at, end = offset(c, j);
    std::string form = lower(document_.text.substr(begin, end - begin));
    // The full stop of an abbreviation or initial.
    if (j < n && c[j].code == '.' && !(j + 1 < n && c[j + 1].code == '.')) {
      bool initial = j - i == 1 && is_upper(c[i].code);
      bool dotted = form.size() >= 3 && form[form.size() - 2] == '.' && form.size() <= 8 &&
                    !is_digit(c[j - 1].code);
      bool last = true;
      for (size_t k = j + 1; k < n; ++k) last &= !is_word(c[k].code);
      if (last && (initial || dotted || text_words(TextWords::titles).has(form) ||
                   (text_words(TextWords::abbreviations).has(form) &&
                    is_abbreviation_here(form, c, i, j)))) {
        emit(begin, offset(c, j + 1));
        return j + 1;
      }
    }
    if (const std::string_view cut = text_words(TextWords::fused).value(form); !cut.empty()) {
      const uint32_t second = begin + static_cast<uint32_t>(cut[0] - '0');
      emit(begin, second, true);
      emit(second, end);
      return j;
    }
    // n't: the apostrophe may be curly.
    if (j - i >= 4 && is_apostrophe(c[j - 2].code) && lower(c[j - 1].code) == 't' &&
        lower(c[j - 3].code) == 'n') {
      emit(begin, c[j - 3].at, true);
      emit(c[j - 3].at, end);
      return j;
    }
    emit(begin, end);
    // The possessive after a plural: "states' ". A closing quotation mark looks the same and is cut
    // the same.
    return j;
  }

  // "Jan." yes; "mar." only capitalised: words that are also plain English need their capital.
  static bool is_abbreviation_here(const std::string& form, const std::vector<Char>& c, size_t i,
                                   size_t) {
    return !text_words(TextWords::plain).has(form) || is_upper(c[i].code);
  }

  // Cuts the tokens since the last paragraph into sentences.
  void end_paragraph() {
    auto& tokens = document_.tokens;
    int begin = paragraph_begin_, n = static_cast<int>(tokens.size());
    if (begin == n) return;
    if (int end = dateline(begin, n); end > begin) {
      close_sentence(begin, end);
      begin = end;
    }
    for (int i = begin; i < n; ++i) {
      if (!ends_sentence(i, n)) continue;
      int end = i + 1;
      // What closes belongs to the sentence it closes.
      while (end < n && !tokens[end - 1].space_after && closes(tokens[end].form)) ++end;
      close_sentence(begin, end);
      begin = end;
      i = end - 1;
    }
    if (begin < n) close_sentence(begin, n);
    paragraph_begin_ = n;
    ++paragraph_;
  }

  // "SEOUL, Sept. 22 (Yonhap) --": a town in capitals and a dash near the beginning of a paragraph
  // are a line of their own.
  int dateline(int begin, int n) const {
    const auto& tokens = document_.tokens;
    std::string_view first = tokens[begin].form;
    int capitals = 0;
    for (size_t at = 0; at < first.size();) {
      if (!is_upper(decode_utf8(first, at))) return begin;
      ++capitals;
    }
    if (capitals < 3) return begin;
    for (int i = begin + 1; i < std::min(n - 1, begin + 16); ++i) {
      std::string_view f = tokens[i].form;
      bool dash = f == "—" || f == "–" || f == "--" ||
                  (f == "-" && tokens[i].space_after && tokens[i - 1].space_after);
      if (dash) return i + 1;
      if (f == "." || f == "!" || f == "?") return begin;
    }
    return begin;
  }

  void close_sentence(int begin, int end) {
    while (end - begin > longest_) {
      int cut = begin + longest_;
      for (int i = cut; i > begin + longest_ / 2; --i) {
        std::string_view form = document_.tokens[i - 1].form;
        if (form == "," || form == ";" || form == "-" || form == "--" || form == "–" ||
            form == "—" || form == ":") {
          cut = i;
          break;
        }
      }
      document_.sentences.push_back({begin, cut, paragraph_});
      begin = cut;
    }
    document_.sentences.push_back({begin, end, paragraph_});
  }

  static bool closes(std::string_view form) {
    return form == "\"" || form == "”" || form == "’" || form == "'" || form == "''" ||
           form == ")" || form == "]" || form == "»" || form == "." || form == "›";
  }

  bool starts_upper(int i) const {
    size_t at = 0;
    return is_upper(decode_utf8(document_.tokens[i].form, at));
  }

  bool ends_sentence(int i, int n) const {
    const auto& tokens = document_.tokens;
    std::string_view form = tokens[i].form;
    bool strong = form == "." || form == "。" || form.find_first_of("!?") != std::string_view::npos;
    bool dots =
        form == "…" || (form.size() > 1 && form.find_first_not_of('.') == std::string_view::npos);
    bool abbreviation = !strong && !dots && form.size() > 1 && form.back() == '.';
    if (form.size() > 1 && strong && form.find_first_not_of("!?.") != std::string_view::npos)
      return false;
    if (!strong && !dots && !abbreviation) return false;
    int next = i + 1;
    bool closed = false;
    while (next < n && !tokens[next - 1].space_after && closes(tokens[next].form)) {
      closed |= tokens[next].form != ")" && tokens[next].form != "]";
      ++next;
    }
    if (next >= n) return true;
    // Glued to a word: "3.Next" is rather a list or a name, unless a word of lower case stood
    // before.
    if (!tokens[next - 1].space_after && !(strong && starts_upper(next) && i > 0)) return false;
    std::string_view after = tokens[next].form;
    size_t at = 0;
    char32_t first = decode_utf8(after, at);
    int word = next;
    while (word < n && (is_quote(first) || is_opening(first) || is_dash(first) || after == "--" ||
                        after == "-" || first == U'•' || first == '*')) {
      if (++word >= n) break;
      after = tokens[word].form;
      at = 0;
      first = decode_utf8(after, at);
    }
    bool upper = is_upper(first) || is_digit(first) || word > next;
    if (abbreviation) {
      std::string name = lower(form.substr(0, form.size() - 1));
      if (text_words(TextWords::titles).has(name)) return false;
      if (!is_upper(first)) return false;
      bool starter = text_words(TextWords::starters).has(lower(after));
      if (text_words(TextWords::before_numbers).has(name))
        return starter && after.size() > 1 && !is_digit(first);
      if (name.size() == 1)
        return starter && after != "I" && after != "A" && i > 0 && !starts_upper(i - 1);
      return starter;
    }
    if (dots) return upper;
    if (strong && form != "." && closed) {
      // “Really?” Kim asked.
      for (int k = next; k < std::min(n, next + 4); ++k)
        if (text_words(TextWords::speech_verbs).has(tokens[k].form)) return false;
    }
    if (form == "." && !upper)
      return tokens[i].space_after && is_letter(first) && i > 0 && tokens[i - 1].form.size() > 1 &&
             !is_digit(static_cast<unsigned char>(tokens[i - 1].form.front()));
    return upper || form != ".";
  }

  Document document_;
  int longest_;
  int paragraph_begin_ = 0;
  int paragraph_ = 0;
  uint32_t chunk_end_ = 0;
};

}  // namespace

Document tokenize(std::string_view text, int longest) { return Tokenizer(text, longest).run(); }

}  // namespace chancery
