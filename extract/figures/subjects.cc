#include "extract/figures/subjects.h"

#include <algorithm>

#include "diacritics/text/text.h"
#include "extract/figures/counted.h"
#include "extract/figures/phrases.h"

namespace vanban::extract {
namespace {

bool ends_phrase(const Token& token) { return token.mark != 0 && token.mark != ','; }

// What was done, without who did it: "UBND xã đã niêm yết" -> "niêm yết".
TokenRange without_agent(const RunningText& text, TokenRange left) {
  static const Phrases kDone{"đã", "đang", "sẽ", "tiếp tục"};
  for (std::size_t i = left.last; i-- > left.first;)
    if (const std::size_t words = kDone.at(text, i, left.last); words > 0 && i + words < left.last)
      return {i + words, left.last};
  return left;
}

}  // namespace

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

}  // namespace vanban::extract
