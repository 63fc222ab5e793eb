#include "extract/figures/quantities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/figures/counted.h"
#include "extract/figures/phrases.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

// A word with the punctuation around it.
std::string_view written(const Token& token) { return token.line->line->words[token.word].text; }

// "99,88%", "50 %": the words that a share takes from a token on.
std::size_t share_words(const RunningText& text, std::size_t at, std::size_t end) {
  if (at >= end || !parse_number(text.tokens[at].text)) return 0;
  const auto has_sign = [](std::string_view tail) { return tail.starts_with('%'); };
  if (has_sign(text.tokens[at].tail)) return 1;
  // The sign alone is a word of punctuation, and so nothing but what stands around a word.
  const bool apart = at + 1 < end && text.tokens[at + 1].text.empty() &&
                     text.tokens[at].mark == 0 && has_sign(written(text.tokens[at + 1]));
  return apart ? 2 : 0;
}

// Symbols of measures that stick to their number: "15ha".
std::pair<std::string_view, std::string_view> parted(std::string_view word) {
  constexpr std::array<std::string_view, 13> kSymbols{"ha", "km", "km2", "m2", "m3", "m", "kg",
                                                      "đ",  "mm", "cm",  "kV", "MW", "‰"};
  const std::size_t letters = std::min(word.find_first_not_of("0123456789.,"), word.size());
  const std::string_view symbol = word.substr(letters);
  const bool known = std::find(kSymbols.begin(), kSymbols.end(), symbol) != kSymbols.end();
  return known ? std::pair(word.substr(0, letters), symbol) : std::pair(word, std::string_view());
}

// Words that are no noun: before them stands no number but a misread letter.
bool is_function_word(const RunningText& text, std::size_t token, std::size_t end) {
  static const Phrases kWords{
      "và",    "của",  "là",  "các", "những", "đã",  "được", "trong", "với", "cho", "theo", "tại",
      "từ",    "đến",  "này", "đó",  "rất",   "rệt", "thì",  "mà",    "ở",   "để",  "bị",   "không",
      "chưa",  "nên",  "do",  "sẽ",  "cũng",  "về",  "vé",   "có",    "như", "khi", "nếu",  "hoặc",
      "trên",  "dưới", "so",  "đạt", "ra",    "lại", "phải", "đang",  "mới", "hay", "nhất", "nêu",
      "trước", "sau",  "trở", "vào", "thuộc", "kèm", "cần",  "bằng",  "gồm"};
  return kWords.at(text, token, end) > 0;
}

bool is_abbreviation(const Token& token) {
  constexpr int kFewest = 3, kMost = 6;
  const auto letters = diacritics::count_letters(token.text);
  return letters.all >= kFewest && letters.all <= kMost && letters.upper == letters.all &&
         !has_digit(token);
}

// Whether the words from a place on are the next figure's: "34 học viên, lớp siêu âm 62 học viên".
bool names_next(const RunningText& text, std::size_t at, std::size_t end) {
  static const Phrases kConsists{"bao gồm", "chỉ tiêu đề ra", "chỉ tiêu là"};
  if (kConsists.at(text, at, end) > 0) return true;
  for (std::size_t i = at; i < end; ++i) {
    // The small number of a footnote ends nothing.
    if (has_digit(text.tokens[i])) {
      const bool footnote = all_digits(text.tokens[i].text) && text.tokens[i].text.size() <= 2 &&
                            !text.tokens[i].tail.starts_with('%') &&
                            counted_at(text, i + 1, end).words == 0;
      return i > at + 1 && !footnote;
    }
    if (text.tokens[i].mark != 0) return text.tokens[i].mark == ':';
  }
  return false;
}

// The unit after a number. One that the list does not know is taken where at least two words go on
// without a mark and none of them is a function word.
TokenRange unit_at(const RunningText& text, std::size_t at, std::size_t end, std::string& name) {
  const Counted counted = counted_at(text, at, end);
  // "99,73 tỷ lệ": the sign of the share was lost, and what follows is another's.
  static const Phrases kRates{"tỷ lệ", "tỉ lệ", "tỷ số", "tỷ suất", "tỷ trọng", "con số"};
  if (kRates.at(text, at, end) > 0) return {};
  if (counted.words > 0) {
    name = counted.name;
    TokenRange unit{at, at + counted.words};
    // "xã, phường, đặc khu", "lượt viên chức": nouns that are counted together.
    static const Phrases kTurns{"lượt"};
    while (true) {
      const bool goes_on =
          text.tokens[unit.last - 1].tail == "," || kTurns.before(text, unit.last, at) > 0;
      const Counted next = goes_on ? counted_at(text, unit.last, end) : Counted{};
      const bool other_case = next.words > 0 &&
                              diacritics::starts_upper(text.tokens[unit.last].text) &&
                              !diacritics::starts_upper(text.tokens[at].text);
      if (next.words == 0 || is_time_unit(next.name) || other_case ||
          names_next(text, unit.last, end))
        break;
      name += (text.tokens[unit.last - 1].mark == ',' ? ", " : " ") + next.name;
      unit.last += next.words;
    }
    return unit;
  }
  const auto is_plain = [&](std::size_t i) {
    const Token& token = text.tokens[i];
    const auto letters = diacritics::count_letters(token.text);
    return !token.opens && letters.all > 0 && !has_digit(token) && letters.upper == 0 &&
           !is_function_word(text, i, end);
  };
  // "UBND", "HTX"
  if (at < end && !text.tokens[at].opens && is_abbreviation(text.tokens[at])) return {at, at + 1};
  if (at + 1 >= end || !is_plain(at) || text.tokens[at].mark != 0 || !is_plain(at + 1)) return {};
  return {at, at + 2};
}

// "70 tổ công nghệ số cộng đồng/70 tổ dân phố".
bool take_noun_ratio(const RunningText& text, std::size_t end, Quantity& quantity) {
  constexpr std::size_t kWordsMax = 8;
  for (std::size_t i = quantity.number + 1; i < std::min(end, quantity.number + kWordsMax); ++i) {
    const std::string_view word = text.tokens[i].text;
    if (text.tokens[i].opens) return false;
    const std::size_t slash = word.find('/');
    if (slash != word.npos && slash > 0) {
      const auto denominator = parse_number(word.substr(slash + 1));
      if (!denominator || diacritics::has_digit(word.substr(0, slash))) return false;
      quantity.noun_ratio = true;
      quantity.denominator = denominator->value;
      quantity.denominator_at = i;
      quantity.unit = {quantity.number + 1, i + 1};
      const Counted of = counted_at(text, i + 1, end);
      quantity.end = i + 1 + of.words;
      return true;
    }
    if (text.tokens[i].mark != 0 || has_digit(text.tokens[i])) return false;
  }
  return false;
}

// "từ 5 bước còn 3 bước", "5 - 7 ngày".
void take_second_value(const RunningText& text, std::size_t begin, std::size_t end,
                       Quantity& quantity) {
  static const Phrases kFrom{"từ"};
  static const Phrases kTo{"đến", "lên", "xuống", "còn", "xuống còn", "lên đến", "tới", "lên tới"};
  const std::size_t after = quantity.end;
  if (after >= end) return;
  std::size_t second = 0;
  if (kFrom.before(text, quantity.number, begin) > 0) {
    const std::size_t to = kTo.at(text, after, end);
    second = to > 0 ? after + to : 0;
  } else if (text.tokens[after].text.empty() && quantity.unit.empty()) {
    second = after + 1;
  }
  if (second == 0 || second >= end) return;
  const auto number = parse_number(text.tokens[second].text);
  if (!number) return;
  quantity.value_to = number->value;
  quantity.value_to_at = second;
  const std::size_t share = share_words(text, second, end);
  quantity.end = second + std::max<std::size_t>(share, 1);
  if (share > 0) return;
  std::string name;
  const TokenRange unit = unit_at(text, second + 1, end, name);
  if (unit.empty()) return;
  if (quantity.unit.empty()) {
    quantity.unit = unit;
    quantity.unit_name = name;
  }
  quantity.end = unit.last;
}

// "158/309 người (Š1,13%)": a share of which letters were misread, where all that was read of it is
// as the ratio says.
std::optional<double> share_by_ratio(const Token& token, const Quantity& quantity) {
  if (!quantity.denominator || *quantity.denominator == 0 || !token.opens ||
      !token.tail.starts_with('%'))
    return std::nullopt;
  const std::size_t comma = token.text.find(',');
  const std::size_t decimals = comma == token.text.npos ? 0 : token.text.size() - comma - 1;
  const double share = 100 * *quantity.value / *quantity.denominator;
  std::string printed = fmt::format("{:.{}f}", share, decimals);
  std::replace(printed.begin(), printed.end(), '.', ',');
  std::size_t at = 0, same = 0;
  for (std::size_t i = 0; i < token.text.size(); ++at) {
    if (at >= printed.size()) return std::nullopt;
    const char c = token.text[i];
    const bool read = c == ',' || (c >= '0' && c <= '9');
    if (read && c != printed[at]) return std::nullopt;
    same += read ? 1 : 0;
    // The whole of a letter that is more than one byte.
    for (++i; i < token.text.size() && (static_cast<unsigned char>(token.text[i]) & 0xC0) == 0x80;)
      ++i;
  }
  constexpr std::size_t kFewestRead = 3;
  if (at != printed.size() || same < kFewestRead) return std::nullopt;
  std::replace(printed.begin(), printed.end(), ',', '.');
  return std::strtod(printed.c_str(), nullptr);
}

// "..., đạt 99,88%", "(chiếm 40%)": the share that the count before it makes.
void take_percent(const RunningText& text, std::size_t end, Quantity& quantity) {
  static const Phrases kMakes{"đạt",         "chiếm",       "bằng",      "đạt tỷ lệ",
                              "chiếm tỷ lệ", "tỷ lệ",       "tương ứng", "tương đương",
                              "đạt tỉ lệ",   "chiếm tỉ lệ", "tỉ lệ"};
  constexpr std::size_t kWordsMax = 14;
  static const Phrases kYear{"năm"};
  std::optional<std::size_t> clause;
  for (std::size_t i = quantity.end; i < std::min(end, quantity.end + kWordsMax); ++i) {
    if (text.tokens[i - 1].mark == ',') clause = i;
    const std::size_t words = kMakes.at(text, i, end);
    // "hoàn thành 51 tỷ, giải ngân đạt 100%": the share of something else.
    if (words > 0 && clause && *clause != i) return;
    const std::size_t number = words > 0 ? i + words : i;
    const bool bracketed = words == 0 && text.tokens[i].opens;
    const std::size_t share = share_words(text, number, end);
    if (share > 0 && (words > 0 || bracketed)) {
      quantity.percent = parse_number(text.tokens[number].text)->value;
      quantity.percent_at = number;
      quantity.end = number + share;
      return;
    }
    if (const auto share_read = share_by_ratio(text.tokens[i], quantity)) {
      quantity.percent = share_read;
      quantity.percent_at = i;
      quantity.end = i + 1;
      return;
    }
    const bool year = all_digits(text.tokens[i].text) && i > 0 && kYear.before(text, i, 0) > 0;
    if (has_digit(text.tokens[i]) && !year) return;
  }
}

// "88 người, chiếm 78,6% số dự thi (88/112)": the whole of which the share was taken.
void take_ratio_of_share(const RunningText& text, std::size_t end, Quantity& quantity) {
  constexpr std::size_t kWordsMax = 10;
  if (!quantity.value || !quantity.percent || quantity.denominator) return;
  for (std::size_t i = quantity.end; i < std::min(end, quantity.end + kWordsMax); ++i) {
    if (!has_digit(text.tokens[i])) continue;
    const auto ratio = parse_ratio(text.tokens[i].text);
    if (!ratio || !text.tokens[i].opens || ratio->numerator.value != *quantity.value) return;
    quantity.denominator = ratio->denominator.value;
    quantity.denominator_at = i;
    quantity.end = i + 1;
    return;
  }
}

// "đứng thứ 37 trên tổng số 63 tỉnh": a rank and how many there are.
bool follows_rank(const RunningText& text, std::size_t number, std::size_t begin) {
  static const Phrases kRanks{"xếp hạng",        "xếp thứ",       "đứng thứ", "vị trí thứ",
                              "thứ hạng",        "xếp vị thứ",    "hạng thứ", "xếp hạng thứ",
                              "đứng vị trí thứ", "xếp vị trí thứ"};
  return kRanks.before(text, number, begin) > 0;
}

void take_whole_of_rank(const RunningText& text, std::size_t end, Quantity& quantity) {
  static const Phrases kOf{"trên", "trên tổng số", "trong", "trong tổng số", "trong số"};
  if (quantity.denominator) return;
  const std::size_t words = kOf.at(text, quantity.end, end);
  const std::size_t at = quantity.end + words;
  if (words == 0 || at >= end) return;
  const auto whole = parse_number(text.tokens[at].text);
  if (!whole) return;
  quantity.denominator = whole->value;
  quantity.denominator_at = at;
  quantity.end = at + 1;
}

// ---- whether a quantity says something of the world

// Whether the word before a number makes it a name, an address or a label.
bool is_labelled(const RunningText& text, std::size_t number, std::size_t begin) {
  static const Phrases kLabels{
      "điều",         "khoản",       "điểm",       "mục",      "chương",   "phần",
      "trang",        "phụ lục",     "biểu",       "mẫu",      "biểu mẫu", "quý",
      "tháng",        "ngày",        "năm",        "thứ",      "khóa",     "tổ",
      "thôn",         "khu",         "khu phố",    "ấp",       "xóm",      "cấp",
      "loại",         "hạng",        "bậc",        "nhóm",     "quốc lộ",  "ql",
      "tỉnh lộ",      "đường",       "ngõ",        "hẻm",      "lô",       "thửa",
      "tờ",           "tờ số",       "top",        "hotline",  "tổng đài", "đầu số",
      "đề án",        "ban chỉ đạo", "iso",        "tcvn",     "qcvn",     "windows",
      "office",       "covid",       "mức độ",     "mức",      "zalo",     "điện thoại",
      "đt",           "fax",         "tài khoản",  "nhiệm kỳ", "lúc",      "hồi",
      "phiên bản",    "hộp thư",     "hình",       "bảng",     "chỉ thị",  "nghị định",
      "thông tư",     "luật",        "quyết định", "công văn", "kế hoạch", "nghị quyết",
      "chương trình", "khối",        "vùng",       "zone",     "web",      "công nghiệp",
      "thế hệ",       "lớp"};
  static const Phrases kCounts{"tổng số", "ký số", "trong số"};
  static const Phrases kNumberWord{"số"};
  // They only end like a label: "triển khai thí điểm 05 mô hình".
  static const Phrases kCompounds{
      "thí điểm", "trọng điểm", "làm điểm", "xây dựng điểm",       "chấm điểm",
      "ở mức",    "đạt mức",    "đạt điểm", "ban hành quyết định", "ban hành nghị quyết"};
  if (kCompounds.before(text, number, begin) > 0) return false;
  if (kLabels.before(text, number, begin) > 0) return true;
  if (kNumberWord.before(text, number, begin) == 0) return false;
  return kCounts.before(text, number, begin) == 0;
}

// A span of time counts only where it is what is said: "sử dụng trên 5 năm", "chậm mất 4 ngày".
bool is_stated_duration(const RunningText& text, const Quantity& quantity, const Compared& sign,
                        TokenRange sentence) {
  static const Phrases kVerbs{"được", "mất",  "sử dụng", "kéo dài", "chậm",     "là",
                              "còn",  "giảm", "tăng",    "quá hạn", "rút ngắn", "xuống còn"};
  static const Phrases kFrames{"đầu",   "cuối",     "qua",   "tới", "gần nhất",
                               "kể từ", "liên tục", "trước", "sau", "nay"};
  const std::size_t before = quantity.number - sign.words;
  return kVerbs.before(text, before, sentence.first) > 0 &&
         kFrames.at(text, quantity.end, sentence.last) == 0;
}

// "giảm 02 so với cùng kỳ": of what, was said before.
bool compares_change(const RunningText& text, const Quantity& quantity, TokenRange sentence) {
  static const Phrases kThan{"so với", "so cùng kỳ", "so với cùng kỳ"};
  return quantity.change && kThan.at(text, quantity.end, sentence.last) > 0;
}

// "Số mô hình tăng từ 12 lên 15": what is counted was said before.
bool states_growth(const RunningText& text, const Quantity& quantity, TokenRange sentence) {
  static const Phrases kGrowth{"tăng từ", "giảm từ", "nâng từ"};
  if (!quantity.value_to || kGrowth.before(text, quantity.number, sentence.first) == 0)
    return false;
  const auto a_year = [](double value) { return value >= 1900 && value <= 2100; };
  return !(a_year(*quantity.value) && a_year(*quantity.value_to));
}

// A number that nothing counted follows, and that is no code, telephone number or year.
bool stands_alone(const RunningText& text, const Quantity& quantity, TokenRange sentence) {
  constexpr std::size_t kDigitsMax = 7;  // without dots between the thousands
  const Token& number = text.tokens[quantity.number];
  const std::string_view digits = number.text;
  const bool code = (all_digits(digits) && digits.size() > kDigitsMax) ||
                    (digits.size() > 2 && digits.front() == '0' && all_digits(digits));
  if (code || (all_digits(digits) && *quantity.value >= 1900 && *quantity.value <= 2100))
    return false;
  return quantity.end >= sentence.last || text.tokens[quantity.end - 1].mark != 0 ||
         text.tokens[quantity.end].opens || quantity.change;
}

bool is_year(double value, const Quantity& quantity) {
  return quantity.unit_name.empty() && value >= 1900 && value <= 2100;
}

}  // namespace

std::optional<Quantity> quantity_at(const RunningText& text, std::size_t at, TokenRange sentence) {
  // A stroke that no text has there: the digits are letters that were misread.
  constexpr std::string_view kMarks = ".,;:!?)]%/-\"'(";
  const std::string_view tail = text.tokens[at].tail;
  const bool ascii = !tail.empty() && static_cast<unsigned char>(tail.front()) < 0x80;
  if (ascii && kMarks.find(tail.front()) == kMarks.npos) return std::nullopt;
  auto [digits, symbol] = parted(text.tokens[at].text);
  if (tail.starts_with("‰")) symbol = "‰";
  const auto ratio = parse_ratio(digits);
  const auto number = parse_number(digits);
  if (!ratio && !number) return std::nullopt;
  Quantity out;
  out.number = at;
  out.end = at + 1;
  const std::size_t end = sentence.last;
  if (const std::size_t share = share_words(text, at, end); share > 0) {
    out.percent = number->value;
    out.percent_at = at;
    out.end = at + share;
    take_second_value(text, sentence.first, end, out);
    return out;
  }
  out.value = ratio ? ratio->numerator.value : number->value;
  if (ratio) {
    out.denominator = ratio->denominator.value;
    out.denominator_at = at;
  }
  if (!symbol.empty()) {
    out.unit = {at, at + 1};
    out.unit_name = symbol == "đ" ? "đồng" : std::string(symbol);
  } else if (follows_rank(text, at, sentence.first)) {
    out.rank = true;
    take_whole_of_rank(text, end, out);
    const std::size_t last = out.denominator_at > 0 ? out.denominator_at : at;
    if (out.denominator && text.tokens[last].mark == 0)
      out.unit = unit_at(text, out.end, end, out.unit_name);
    if (!out.unit.empty()) out.end = out.unit.last;
    return out;
  } else if (ratio || !take_noun_ratio(text, end, out)) {
    const bool closed = text.tokens[at].mark != 0;
    if (!closed) out.unit = unit_at(text, at + 1, end, out.unit_name);
    if (!out.unit.empty()) out.end = out.unit.last;
    if (!ratio) take_second_value(text, sentence.first, end, out);
  }
  take_percent(text, end, out);
  take_ratio_of_share(text, end, out);
  static const Phrases kChange{"tăng", "giảm"};
  out.change = !out.value_to && kChange.before(text, at, sentence.first) > 0;
  return out;
}

Compared compared(const RunningText& text, const Quantity& quantity, TokenRange sentence) {
  constexpr std::array<std::pair<std::string_view, Comparison>, 6> kSymbols{
      {{"<", Comparison::Less},
       {">", Comparison::Greater},
       {"≤", Comparison::AtMost},
       {"≥", Comparison::AtLeast},
       {"<=", Comparison::AtMost},
       {">=", Comparison::AtLeast}}};
  struct Sign {
    Comparison comparison;
    Phrases phrases;
  };
  static const std::vector<Sign> kSigns{
      {Comparison::AtLeast, {"tối thiểu", "ít nhất", "không dưới", "không ít hơn", "tối thiểu là"}},
      {Comparison::AtMost, {"tối đa", "không quá", "nhiều nhất", "không vượt quá"}},
      {Comparison::About,
       {"ước khoảng", "khoảng", "ước", "ước đạt", "ước tính", "xấp xỉ", "ước tính khoảng"}},
      {Comparison::NearlyUpTo, {"gần"}},
      {Comparison::Less, {"dưới", "chưa đến", "chưa tới", "chưa đạt"}},
      {Comparison::Greater, {"trên", "hơn", "vượt"}},
      {Comparison::Equal, {"đạt"}}};
  static const Phrases kUp{"trở lên"}, kDown{"trở xuống"};
  const std::size_t begin = sentence.first;
  if (quantity.number > begin) {
    const Token& before = text.tokens[quantity.number - 1];
    for (const auto& [symbol, comparison] : kSymbols)
      if (written(before) == symbol) return {comparison, 1, std::string(symbol)};
  }
  for (const Sign& sign : kSigns) {
    const std::size_t words = sign.phrases.before(text, quantity.number, begin);
    if (words > 0)
      return {sign.comparison, words, text_of(text, {quantity.number - words, quantity.number})};
  }
  if (const std::size_t words = kUp.at(text, quantity.end, sentence.last); words > 0)
    return {Comparison::AtLeast, 0, text_of(text, {quantity.end, quantity.end + words})};
  if (const std::size_t words = kDown.at(text, quantity.end, sentence.last); words > 0)
    return {Comparison::AtMost, 0, text_of(text, {quantity.end, quantity.end + words})};
  // "tối thiểu mỗi dịch vụ phát sinh 1.000 hồ sơ"
  constexpr std::size_t kReach = 8;
  for (std::size_t i = quantity.number; i-- > begin && quantity.number - i <= kReach;) {
    if (text.tokens[i].mark != 0) break;
    if (const std::size_t words = kSigns[0].phrases.at(text, i, quantity.number); words > 0)
      return {Comparison::AtLeast, 0, text_of(text, {i, i + words})};
  }
  return {};
}

bool measures(const RunningText& text, const Quantity& quantity, const Compared& sign,
              TokenRange sentence, bool named) {
  static const Phrases kLevels{"cấp", "tuổi", "tháng tuổi"};
  if (quantity.rank) return true;
  if (quantity.percent_at == quantity.number && quantity.percent) return true;
  if (is_labelled(text, quantity.number - sign.words, sentence.first)) return false;
  if (is_labelled(text, quantity.number, sentence.first)) return false;
  // "mô hình chính quyền địa phương 02 cấp", "trẻ em dưới 5 tuổi".
  if (kLevels.at(text, quantity.number + 1, sentence.last) > 0) return false;
  // "Hoàn thành tốt nhiệm vụ 25 (43,1%)"
  const bool shared = quantity.percent && quantity.percent_at == quantity.number + 1 &&
                      quantity.number > sentence.first &&
                      diacritics::count_letters(text.tokens[quantity.number - 1].text).all > 0 &&
                      !is_year(*quantity.value, quantity);
  if (quantity.unit.empty())
    return shared || (quantity.denominator && quantity.percent) ||
           states_growth(text, quantity, sentence) ||
           ((named || compares_change(text, quantity, sentence)) &&
            stands_alone(text, quantity, sentence));
  if (is_time_unit(quantity.unit_name)) return is_stated_duration(text, quantity, sign, sentence);
  return !is_year(*quantity.value, quantity);
}

}  // namespace vanban::extract
