#include "extract/indicators.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text.h"
#include "extract/counted.h"
#include "extract/fields.h"
#include "extract/numbers.h"
#include "extract/outline.h"
#include "extract/periods.h"
#include "extract/phrases.h"
#include "extract/vocabulary.h"

namespace vanban::extract {
namespace {

bool has_digit(const Token& token) { return diacritics::has_digit(token.text); }

// ---- numbers that measure nothing

// Tokens with digits that are part of a mention of another document.
std::vector<bool> cited_tokens(const RunningText& text, const std::vector<Reference>& references) {
  std::vector<bool> cited(text.tokens.size(), false);
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    if (!has_digit(token)) continue;
    const std::size_t at = token.line->word_starts[token.word];
    const int page = token.line->page->number;
    for (const Reference& reference : references)
      for (const Mention& mention : reference.mentions) {
        const auto& span = mention.evidence.span;
        if (span && span->page == page && at + token.text.size() > span->start && at < span->end)
          cited[i] = true;
      }
  }
  return cited;
}

void mark_labels(const RunningText& text, std::vector<bool>& excluded) {
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    if (token.word != 0) continue;
    // "1 Ban hành kế hoạch": its mark was not read.
    const bool alone = parse_number(token.text) && token.tail.empty() &&
                       i + 1 < text.tokens.size() && text.tokens[i + 1].line == token.line &&
                       diacritics::starts_upper(text.tokens[i + 1].text);
    if (alone || !list_label(token.line->text).empty()) excluded[i] = true;
  }
}

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
  if (kLabels.before(text, number, begin) > 0) return true;
  if (kNumberWord.before(text, number, begin) == 0) return false;
  return kCounts.before(text, number, begin) == 0;
}

// ---- quantities

struct Quantity {
  std::size_t number = 0;  // the token with the first number
  std::size_t end = 0;     // past the last token of numbers and unit
  TokenRange unit;         // empty for a share
  std::string unit_name;   // of the list of counted things; empty where that has none
  std::optional<double> value, value_to, denominator, percent;
  std::size_t value_to_at = 0, denominator_at = 0, percent_at = 0;  // their tokens
  bool noun_ratio = false;                                          // "70 tổ/70 thôn"
};

// "99,88%", "50 %": the words that a share takes from a token on.
std::size_t share_words(const RunningText& text, std::size_t at, std::size_t end) {
  if (at >= end || !parse_number(text.tokens[at].text)) return 0;
  const auto has_sign = [](std::string_view tail) { return tail.starts_with('%'); };
  if (has_sign(text.tokens[at].tail)) return 1;
  // The sign alone is a word of punctuation.
  const bool apart = at + 1 < end && text.tokens[at + 1].text.empty() &&
                     text.tokens[at].mark == 0 && has_sign(text.tokens[at + 1].tail);
  return apart ? 2 : 0;
}

// Symbols of measures that stick to their number: "15ha".
std::pair<std::string_view, std::string_view> parted(std::string_view word) {
  constexpr std::array<std::string_view, 12> kSymbols{"ha", "km", "km2", "m2", "m3", "m",
                                                      "kg", "đ",  "mm",  "cm", "kV", "MW"};
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

// The unit after a number. One that the list does not know is taken where at least two words go on
// without a mark and none of them is a function word.
TokenRange unit_at(const RunningText& text, std::size_t at, std::size_t end, std::string& name) {
  const Counted counted = counted_at(text, at, end);
  // "99,73 tỷ lệ": the sign of the share was lost, and what follows is another's.
  static const Phrases kRates{"tỷ lệ", "tỉ lệ", "tỷ số", "tỷ suất", "tỷ trọng", "con số"};
  if (kRates.at(text, at, end) > 0) return {};
  if (counted.words > 0) {
    name = counted.name;
    return {at, at + counted.words};
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

// "..., đạt 99,88%", "(chiếm 40%)": the share that the count before it makes.
void take_percent(const RunningText& text, std::size_t end, Quantity& quantity) {
  static const Phrases kMakes{"đạt",         "chiếm",       "bằng",      "đạt tỷ lệ",
                              "chiếm tỷ lệ", "tỷ lệ",       "tương ứng", "tương đương",
                              "đạt tỉ lệ",   "chiếm tỉ lệ", "tỉ lệ"};
  constexpr std::size_t kWordsMax = 14;
  for (std::size_t i = quantity.end; i < std::min(end, quantity.end + kWordsMax); ++i) {
    const std::size_t words = kMakes.at(text, i, end);
    const std::size_t number = words > 0 ? i + words : i;
    const bool bracketed = words == 0 && text.tokens[i].opens;
    const std::size_t share = share_words(text, number, end);
    if (share > 0 && (words > 0 || bracketed)) {
      quantity.percent = parse_number(text.tokens[number].text)->value;
      quantity.percent_at = number;
      quantity.end = number + share;
      return;
    }
    if (has_digit(text.tokens[i])) return;
  }
}

// The quantity that begins at a token with a digit; empty where it is none.
std::optional<Quantity> quantity_at(const RunningText& text, std::size_t at, TokenRange sentence) {
  // A stroke that no text has there: the digits are letters that were misread.
  constexpr std::string_view kMarks = ".,;:!?)]%/-\"'";
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
  } else if (ratio || !take_noun_ratio(text, end, out)) {
    const bool closed = text.tokens[at].mark != 0;
    if (!closed) out.unit = unit_at(text, at + 1, end, out.unit_name);
    if (!out.unit.empty()) out.end = out.unit.last;
    if (!ratio) take_second_value(text, sentence.first, end, out);
  }
  take_percent(text, end, out);
  return out;
}

// ---- what a quantity is compared by

struct Compared {
  Comparison comparison = Comparison::Equal;
  std::size_t words = 0;  // that say so, right before the number
  std::string raw;
};

Compared compared(const RunningText& text, const Quantity& quantity, TokenRange sentence) {
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

// ---- whether a quantity says something of the world

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

bool is_year(double value, const Quantity& quantity) {
  return quantity.unit_name.empty() && value >= 1900 && value <= 2100;
}

bool measures(const RunningText& text, const Quantity& quantity, const Compared& sign,
              TokenRange sentence) {
  static const Phrases kLevels{"cấp", "tuổi", "tháng tuổi"};
  if (is_labelled(text, quantity.number - sign.words, sentence.first)) return false;
  if (is_labelled(text, quantity.number, sentence.first)) return false;
  if (quantity.percent_at == quantity.number && quantity.percent) return true;
  // "mô hình chính quyền địa phương 02 cấp", "trẻ em dưới 5 tuổi".
  if (kLevels.at(text, quantity.number + 1, sentence.last) > 0) return false;
  if (quantity.unit.empty()) return quantity.denominator && quantity.percent;
  if (is_time_unit(quantity.unit_name)) return is_stated_duration(text, quantity, sign, sentence);
  return !is_year(*quantity.value, quantity);
}

// ---- subjects

bool ends_phrase(const Token& token) { return token.mark != 0 && token.mark != ','; }

// What goes on after the unit: to a mark, the next number or the next clause.
TokenRange right_of(const RunningText& text, std::size_t from, TokenRange sentence,
                    const std::vector<bool>& excluded) {
  static const Phrases kStops{"trong đó",  "với",        "gồm",       "bao gồm", "đạt",
                              "chiếm",     "tăng",       "giảm",      "so với",  "để",
                              "nhằm",      "do",         "vì",        "nhưng",   "tuy nhiên",
                              "đồng thời", "ước",        "tương ứng", "như",     "qua đó",
                              "góp phần",  "và bảo đảm", "và đảm bảo"};
  constexpr std::size_t kWordsMax = 30, kClauseWords = 5;
  std::size_t clause = from;
  TokenRange out{from, from};
  if (from > sentence.first && text.tokens[from - 1].mark != 0 && text.tokens[from - 1].mark != ',')
    return out;
  // A comma parts the clause, but not two nouns of a list.
  if (from > sentence.first && text.tokens[from - 1].mark == ',') return out;
  for (std::size_t i = from; i < std::min(sentence.last, from + kWordsMax); ++i) {
    const Token& token = text.tokens[i];
    if (token.opens || (has_digit(token) && !excluded[i]) || kStops.at(text, i, sentence.last) > 0)
      break;
    out.last = i + 1;
    if (ends_phrase(token) || (token.mark == ',' && i + 1 - clause >= kClauseWords)) break;
    if (token.mark == ',') clause = i + 1;
  }
  // "và" before the next figure joins it to this one.
  static const Phrases kAnd{"và", "hoặc"};
  while (!out.empty() &&
         (kAnd.at(text, out.last - 1, out.last) > 0 || text.tokens[out.last - 1].text.empty()))
    --out.last;
  return out;
}

struct Left {
  TokenRange tokens;
  bool states = false;  // ends with a verb that gives the left a quantity: đạt, là, chiếm
  bool has = false;     // ends with a verb that gives it things: có, gồm
};

// What stands before the number and its comparator, back to the sentence's begin or the figure
// before it.
Left left_of(const RunningText& text, std::size_t from, std::size_t to,
             const std::vector<bool>& excluded) {
  static const Phrases kStates{"đạt",         "là",      "chiếm",   "bằng",      "đạt tỷ lệ",
                               "chiếm tỷ lệ", "còn",     "lên",     "xuống",     "tăng",
                               "giảm",        "ước đạt", "ước",     "đạt tỉ lệ", "được",
                               "mất",         "từ",      "giảm từ", "tăng từ",   "đã"};
  static const Phrases kHas{"có", "hiện có", "gồm", "với", "có tới", "là có", "bao gồm", "gồm có"};
  static const Phrases kOpens{"và",      "với",      "trong đó",  "cụ thể", "đồng thời",
                              "mặc dù",  "ngoài ra", "theo đó",   "hiện",   "hiện nay",
                              "đến nay", "đã",       "tuy nhiên", "nhưng"};
  Left left{{from, to}};
  for (bool trimmed = true; trimmed && !left.tokens.empty();) {
    trimmed = false;
    if (const std::size_t words = kStates.before(text, left.tokens.last, from); words > 0) {
      left.tokens.last -= words;
      left.states = trimmed = true;
    } else if (const std::size_t has = kHas.before(text, left.tokens.last, from); has > 0) {
      left.tokens.last -= has;
      left.has = trimmed = true;
    } else if (text.tokens[left.tokens.last - 1].text.empty()) {
      --left.tokens.last;
      trimmed = true;
    }
  }
  // The last clause that says something.
  constexpr std::size_t kFewest = 2;
  std::size_t begin = left.tokens.last;
  for (std::size_t i = left.tokens.last; i-- > left.tokens.first;) {
    const bool parted = i + 1 < left.tokens.last && text.tokens[i].mark != 0;
    if (parted && left.tokens.last - begin >= kFewest) break;
    begin = i;
    if (text.tokens[i].opens) break;
  }
  left.tokens.first = begin;
  for (std::size_t words = 1; words > 0 && !left.tokens.empty();) {
    words = kOpens.at(text, left.tokens.first, left.tokens.last);
    // A time before it is its period.
    const Token& first = text.tokens[left.tokens.first];
    if (words == 0 && (first.text.empty() || excluded[left.tokens.first])) words = 1;
    left.tokens.first += words;
  }
  // "so với tháng trước giảm 85": of what, is said elsewhere.
  static const Phrases kCompares{"so với", "so cùng kỳ"};
  if (kCompares.at(text, left.tokens.first, left.tokens.last) > 0) left.tokens = {to, to};
  return left;
}

// What was done, without who did it: "UBND xã đã niêm yết" -> "niêm yết".
TokenRange without_agent(const RunningText& text, TokenRange left) {
  static const Phrases kDone{"đã", "đang", "sẽ", "tiếp tục"};
  for (std::size_t i = left.last; i-- > left.first;)
    if (const std::size_t words = kDone.at(text, i, left.last); words > 0 && i + words < left.last)
      return {i + words, left.last};
  return left;
}

// The parts of the text that name the subject, in the order in which they are said.
std::vector<TokenRange> subject_of(const RunningText& text, const Quantity& quantity,
                                   const Left& left, TokenRange right, TokenRange left_before) {
  const bool share = quantity.percent && !quantity.value;
  if (quantity.noun_ratio) return {{quantity.unit.first, quantity.end}};
  if (share) {
    const bool after = right.size() >= 2 && !left.states;
    return {after || left.tokens.empty() ? right : left.tokens};
  }
  if (is_time_unit(quantity.unit_name) || is_money(quantity.unit_name))
    return {left.tokens.empty() ? right : left.tokens};
  if (quantity.value_to && !left.tokens.empty()) return {left.tokens};
  const TokenRange named{quantity.unit.first, right.empty() ? quantity.unit.last : right.last};
  if (left.states && left.tokens.size() >= 2) return {left.tokens};
  // "Tổ công nghệ số cộng đồng tại 20/20 thôn"
  static const Phrases kPlaces{"tại", "trên", "ở", "cho", "của", "trong"};
  if (kPlaces.before(text, left.tokens.last, left.tokens.first) > 0) return {left.tokens, named};
  if (right.size() >= 2) return {named};
  if (!left.tokens.empty()) return {named, without_agent(text, left.tokens)};
  return {named, right.empty() ? without_agent(text, left_before) : TokenRange{}};
}

// ---- status

IndicatorStatus status_of(const RunningText& text, TokenRange said, const Compared& sign,
                          const std::string& section_folded, const std::string& type) {
  static const Phrases kTarget{"yêu cầu", "chỉ tiêu", "mục tiêu", "phấn đấu", "tối thiểu",
                               "ít nhất", "cần đạt",  "phải đạt", "đặt ra",   "đề ra"};
  static const Phrases kMust{"bảo đảm", "đảm bảo", "phải", "cần", "tiếp tục", "hoàn thành"};
  static const Phrases kDone{"đã", "hiện", "hiện có", "hiện nay", "được", "kết quả", "ghi nhận"};
  static const Phrases kEstimate{"ước", "dự kiến", "nhu cầu", "dự toán", "dự báo", "ước tính"};
  if (kEstimate.within(text, said)) return IndicatorStatus::Estimate;
  if (kTarget.within(text, said) || sign.comparison == Comparison::AtLeast)
    return IndicatorStatus::Target;
  const bool done = kDone.within(text, said);
  if (!done && kMust.within(text, said)) return IndicatorStatus::Target;
  const bool of_plans = type == "Kế hoạch" || type == "Chương trình" || type == "Chỉ thị" ||
                        type == "Phương án" || type == "Đề án" || type == "Dự án";
  const auto section_says = [&](std::string_view words) {
    return section_folded.find(words) != section_folded.npos;
  };
  const bool ahead = section_says("muc tieu") || section_says("phuong huong") ||
                     section_says("nhiem vu trong tam") || section_says("thoi gian toi");
  return !done && (of_plans || ahead) ? IndicatorStatus::Target : IndicatorStatus::Actual;
}

// ---- putting it together

// Without the words that join it to what was said before.
TokenRange without_opening(const RunningText& text, TokenRange quote) {
  static const Phrases kJoins{"và", "với", "trong đó", "cụ thể", "đồng thời", "còn", "hoặc"};
  while (quote.size() > 1) {
    const std::size_t words = kJoins.at(text, quote.first, quote.last);
    const bool empty = text.tokens[quote.first].text.empty();
    if (words == 0 && !empty) break;
    quote.first += std::max<std::size_t>(words, 1);
  }
  return quote;
}

IndicatorKind kind_of(const Quantity& quantity) {
  if (quantity.value_to) return IndicatorKind::Change;
  if (!quantity.value) return IndicatorKind::Share;
  if (quantity.denominator) return IndicatorKind::Ratio;
  if (is_money(quantity.unit_name)) return IndicatorKind::Money;
  if (is_time_unit(quantity.unit_name)) return IndicatorKind::Duration;
  return IndicatorKind::Count;
}

MeasuredNumber measured(const RunningText& text, double value, std::size_t token) {
  return {value, evidence_of(words_of(text, {token, token + 1}), "indicator/number")};
}

void set_numbers(const RunningText& text, const Quantity& quantity, Indicator& out) {
  if (quantity.value) out.value = measured(text, *quantity.value, quantity.number);
  if (quantity.value_to) out.value_to = measured(text, *quantity.value_to, quantity.value_to_at);
  if (quantity.percent) out.percent = measured(text, *quantity.percent, quantity.percent_at);
  if (quantity.denominator) {
    out.numerator = out.value;
    out.denominator = measured(text, *quantity.denominator, quantity.denominator_at);
  }
}

void set_unit(const RunningText& text, const Quantity& quantity, Indicator& out) {
  if (!quantity.value) {
    out.unit_raw = out.unit = "%";
    return;
  }
  if (quantity.unit.empty()) return;
  if (quantity.noun_ratio) {
    const std::string whole = text_of(text, quantity.unit);
    out.unit_raw = whole.substr(0, whole.rfind('/'));
    out.unit = out.unit_raw;
    return;
  }
  // A symbol that sticks to its number is no word of its own.
  const bool sticks = quantity.unit.first == quantity.number;
  out.unit_raw = sticks ? quantity.unit_name : text_of(text, quantity.unit);
  out.unit = quantity.unit_name.empty() ? out.unit_raw : quantity.unit_name;
}

// The boxes of a quote line by line.
std::vector<std::pair<int, ocr::Box>> boxes_of(const std::vector<WordRange>& lines) {
  std::vector<std::pair<int, ocr::Box>> out;
  for (const WordRange& line : lines) {
    const Evidence evidence = evidence_of({line}, "");
    out.emplace_back(evidence.page, evidence.box);
  }
  return out;
}

Field subject_field(const RunningText& text, const std::vector<TokenRange>& parts) {
  std::vector<WordRange> words;
  std::string value;
  for (const TokenRange& part : parts) {
    if (part.empty()) continue;
    if (!value.empty()) value += ' ';
    value += text_of(text, part);
  }
  if (value.empty()) return missing(Reason::Absent);
  // In the order of the page, whatever the order of the parts.
  std::vector<TokenRange> in_order = parts;
  std::sort(in_order.begin(), in_order.end(),
            [](const TokenRange& a, const TokenRange& b) { return a.first < b.first; });
  const int page = text.tokens[in_order.back().first].line->page->number;
  for (const TokenRange& part : in_order)
    for (const WordRange& range : words_of(text, part))
      if (range.line->page->number == page) words.push_back(range);
  return found(std::move(value), words, "indicator/subject");
}

// A quote over two pages is shown where its number stands.
Evidence quote_evidence(const std::vector<WordRange>& lines, int page) {
  std::vector<WordRange> of_page;
  for (const WordRange& line : lines)
    if (line.line->page->number == page) of_page.push_back(line);
  return evidence_of(of_page, "indicator/quote");
}

// Of the numbers the least sure, of the words around them the mean.
double confidence_of(const Indicator& indicator, bool unit_known) {
  constexpr double kUnknownUnit = 0.8;  // a noun that the list does not have
  double confidence = indicator.quote.confidence;
  for (const auto* number :
       {&indicator.value, &indicator.value_to, &indicator.denominator, &indicator.percent})
    if (*number) confidence = std::min(confidence, (*number)->evidence.confidence);
  return unit_known ? confidence : confidence * kUnknownUnit;
}

class Finder {
 public:
  Finder(const RunningText& text, const Record& record) : text_(text), record_(record) {
    periods_ = find_periods(text, record.date.value.value_or(""));
    excluded_ = dated_tokens(text, periods_);
    // The dates of cited documents are no periods of what is said.
    const std::vector<bool> cited = cited_tokens(text, record.references);
    std::erase_if(periods_, [&](const PlacedPeriod& period) {
      for (std::size_t i = period.tokens.first; i < period.tokens.last; ++i)
        if (cited[i]) return true;
      return false;
    });
    for (std::size_t i = 0; i < cited.size(); ++i) excluded_[i] = excluded_[i] || cited[i];
    mark_labels(text, excluded_);
  }

  std::vector<Indicator> find() {
    for (const Sentence& sentence : text_.sentences) {
      if (sentence.begins_paragraph) period_.reset();
      from_ = sentence.tokens.first;
      left_before_ = {};
      for (std::size_t i = sentence.tokens.first; i < sentence.tokens.last; ++i) {
        if (excluded_[i] || !has_digit(text_.tokens[i])) continue;
        const auto quantity = quantity_at(text_, i, sentence.tokens);
        if (!quantity) continue;
        const Compared sign = compared(text_, *quantity, sentence.tokens);
        if (!measures(text_, *quantity, sign, sentence.tokens)) continue;
        add(*quantity, sign, sentence.tokens);
        i = quantity->end - 1;
      }
      note_periods(sentence.tokens.last);
    }
    return std::move(out_);
  }

 private:
  // The last period before a place; "hiện" holds for its own sentence alone.
  void note_periods(std::size_t until) {
    for (; next_period_ < periods_.size() && periods_[next_period_].tokens.first < until;
         ++next_period_)
      if (periods_[next_period_].period.kind != Period::Kind::AsOfDocument)
        period_ = periods_[next_period_].period;
  }

  std::optional<Period> period_at(std::size_t number, TokenRange sentence) {
    note_periods(number);
    for (std::size_t i = next_period_; i-- > 0;) {
      if (periods_[i].tokens.first < sentence.first) break;
      if (periods_[i].tokens.last <= number) return periods_[i].period;
    }
    return period_;
  }

  void add(const Quantity& quantity, const Compared& sign, TokenRange sentence) {
    const int section = section_at(record_.outline, quantity.number);
    const Heading* heading =
        section < 0 ? nullptr : &record_.outline[static_cast<std::size_t>(section)];
    const bool in_heading =
        heading != nullptr && heading->is_heading && quantity.number < heading->last_token;
    if (heading != nullptr && !in_heading) from_ = std::max(from_, heading->last_token);
    Left left = left_of(text_, from_, quantity.number - sign.words, excluded_);
    left.states = left.states || sign.raw == "đạt";
    const TokenRange right =
        quantity.percent_at >= quantity.end - 2 && quantity.value && quantity.percent
            ? TokenRange{quantity.end, quantity.end}
            : right_of(text_, quantity.end, sentence, excluded_);

    Indicator out;
    out.kind = kind_of(quantity);
    set_numbers(text_, quantity, out);
    set_unit(text_, quantity, out);
    const auto subject = subject_of(text_, quantity, left, right, left_before_);
    out.subject = subject_field(text_, subject);
    if (!out.subject.value) return;
    out.comparison = sign.comparison;
    out.comparison_raw = sign.raw;
    out.status = status_of(text_, {sentence.first, quantity.number}, sign, folded_section(section),
                           record_.type.value.value_or(""));
    // A share in a heading is what is to be done.
    if (in_heading) out.status = IndicatorStatus::Target;
    out.period = period_at(quantity.number, sentence);
    out.entity = entity();
    out.section = section;
    const TokenRange quote = without_opening(text_, {from_, std::max(quantity.end, right.last)});
    const std::vector<WordRange> lines = words_of(text_, quote);
    out.quote = quote_evidence(lines, text_.tokens[quantity.number].line->page->number);
    out.quote.raw = text_of(text_, quote);
    out.boxes = boxes_of(lines);
    out.confidence = confidence_of(out, !quantity.value || !quantity.unit_name.empty());
    out.first_token = quote.first;
    out.last_token = quote.last;
    from_ = quote.last;
    if (!left.tokens.empty()) left_before_ = left.tokens;
    if (!in_heading || !quantity.value) out_.push_back(std::move(out));
  }

  Field entity() const {
    if (!record_.issuing_agency.value) return missing(Reason::Absent);
    Field entity = record_.issuing_agency;
    entity.evidence.source = FieldSource::Inferred;
    entity.evidence.method = "indicator/issuing_agency";
    return entity;
  }

  std::string folded_section(int section) const {
    std::string out;
    for (int i = section; i >= 0; i = record_.outline[static_cast<std::size_t>(i)].parent) {
      const auto& title = record_.outline[static_cast<std::size_t>(i)].title.value;
      if (title) out += diacritics::fold(*title) + '\n';
    }
    return out;
  }

  const RunningText& text_;
  const Record& record_;
  std::vector<PlacedPeriod> periods_;
  std::vector<bool> excluded_;
  std::vector<Indicator> out_;
  std::size_t from_ = 0;    // where the quote of the next figure may begin
  TokenRange left_before_;  // what the figure before it was said of
  std::size_t next_period_ = 0;
  std::optional<Period> period_;  // of the paragraph
};

}  // namespace

std::vector<Indicator> find_indicators(const RunningText& text, const Record& record) {
  return Finder(text, record).find();
}

}  // namespace vanban::extract
