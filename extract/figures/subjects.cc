#include "extract/figures/subjects.h"

#include <algorithm>

#include "diacritics/text/text.h"
#include "extract/figures/counted.h"
#include "extract/figures/phrases.h"

namespace vanban::extract {
namespace {

bool ends_phrase(const Token& token) { return token.mark != 0 && token.mark != ','; }

// Whether a comma parts two nouns that are counted together: "cơ quan, đơn vị".
bool joins_nouns(const RunningText& text, std::size_t comma, TokenRange within) {
  constexpr std::size_t kWordsMax = 4;
  if (text.tokens[comma].mark != ',' || comma + 1 >= within.last) return false;
  // "sự nghiệp kinh tế, sự nghiệp khác"
  for (std::size_t i = comma; i > within.first && comma - i < kWordsMax; --i)
    if (text.tokens[i].folded == text.tokens[comma + 1].folded) return true;
  if (counted_at(text, comma + 1, within.last).words == 0) return false;
  for (std::size_t words = 1; words <= kWordsMax && within.first + words <= comma + 1; ++words)
    if (counted_at(text, comma + 1 - words, comma + 1).words == words) return true;
  return false;
}

// "16 nghị quyết và bãi bỏ 85 nghị quyết": from here on the next figure is spoken of.
bool leads_to_next(const RunningText& text, std::size_t at, TokenRange sentence,
                   const std::vector<bool>& excluded) {
  static const Phrases kAlso{"và"};
  constexpr std::size_t kWordsMax = 4;
  if (kAlso.at(text, at, sentence.last) == 0) return false;
  for (std::size_t i = at + 1; i < std::min(sentence.last, at + 1 + kWordsMax); ++i) {
    if (has_digit(text.tokens[i])) return !excluded[i];
    if (text.tokens[i].mark != 0) return false;
  }
  return false;
}

// The last noun of a quantity, "tỷ lệ", "tổng số": what a verb gives a number.
std::size_t quantity_noun(const RunningText& text, TokenRange left) {
  static const Phrases kNouns{"tỷ lệ",   "tỉ lệ",        "tổng số",  "số lượng",
                              "tổng",    "số người",     "số hồ sơ", "tổng diện tích",
                              "tỷ suất", "tổng giá trị", "tổng thu", "tổng chi"};
  std::size_t out = left.last;
  int closed = 0;
  for (std::size_t i = left.last; i-- > left.first;) {
    const Token& token = text.tokens[i];
    if (token.mark == ';' || token.mark == ':') break;
    closed += token.mark == ')' ? 1 : 0;
    if (closed == 0 && kNouns.at(text, i, left.last) > 0) {
      out = i;
      // "tổng số lượng", "tổng tỷ lệ" go on before it.
      if (i == left.first || kNouns.at(text, i - 1, left.last) == 0) break;
    }
    if (token.opens && closed-- == 0) break;
  }
  return out;
}

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
  static const Phrases kStops{"trong đó",
                              "với",
                              "gồm",
                              "bao gồm",
                              "chiếm",
                              "tăng",
                              "giảm",
                              "so với",
                              "để",
                              "nhằm",
                              "vì",
                              "nhưng",
                              "tuy nhiên",
                              "trong khi",
                              "đồng thời",
                              "ước",
                              "tương ứng",
                              "như",
                              "qua đó",
                              "góp phần",
                              "và bảo đảm",
                              "và đảm bảo",
                              "chỉ tiêu đề ra",
                              "cao hơn",
                              "thấp hơn"};
  constexpr std::size_t kWordsMax = 30;
  TokenRange out{from, from};
  if (from > sentence.first && text.tokens[from - 1].mark != 0 && text.tokens[from - 1].mark != ',')
    return out;
  // A comma parts the clause, but not two nouns of a list.
  if (from > sentence.first && text.tokens[from - 1].mark == ',') return out;
  // "xã đạt chuẩn" goes on, "xã, đạt 68 %" does not.
  const auto reaches = [&](std::size_t i) {
    static const Phrases kReaches{"đạt"}, kShare{"tỷ lệ", "tỉ lệ", "trên", "hơn", "gần"};
    return kReaches.at(text, i, sentence.last) > 0 &&
           (i + 1 >= sentence.last || has_digit(text.tokens[i + 1]) ||
            kShare.at(text, i + 1, sentence.last) > 0);
  };
  for (std::size_t i = from; i < std::min(sentence.last, from + kWordsMax); ++i) {
    const Token& token = text.tokens[i];
    if (token.opens || reaches(i) || (has_digit(token) && !excluded[i]) ||
        kStops.at(text, i, sentence.last) > 0 || leads_to_next(text, i, sentence, excluded))
      break;
    out.last = i + 1;
    if (ends_phrase(token) || (token.mark == ',' && !joins_nouns(text, i, sentence))) break;
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
  static const Phrases kStates{
      "đạt",    "là",    "chiếm",    "bằng",    "đạt tỷ lệ", "chiếm tỷ lệ", "còn",
      "lên",    "xuống", "tăng",     "giảm",    "ước đạt",   "ước",         "đạt tỉ lệ",
      "được",   "chỉ",   "hiện chỉ", "mới chỉ", "chỉ đạt",   "mới đạt",     "chỉ còn",
      "đã đạt", "mất",   "từ",       "giảm từ", "tăng từ",   "đã"};
  // "tăng chi văn hóa, với kinh phí là 139 triệu đồng"
  static const Phrases kOfMoney{"với kinh phí",    "với tổng kinh phí", "với số tiền",
                                "với số kinh phí", "với tổng số tiền",  "với tổng số kinh phí",
                                "với tổng vốn"};
  static const Phrases kHas{"có", "hiện có", "gồm", "với", "có tới", "là có", "bao gồm", "gồm có"};
  static const Phrases kOpens{"và",      "với",      "trong đó",  "cụ thể", "đồng thời",
                              "mặc dù",  "ngoài ra", "theo đó",   "hiện",   "hiện nay",
                              "đến nay", "đã",       "tuy nhiên", "nhưng"};
  Left left{{from, to}};
  left.clause = {from, to};
  // "5 xã và 3 phường": what stands before is said of the other.
  static const Phrases kAnd{"và"};
  const bool joined = kAnd.before(text, to, from) > 0;
  for (bool trimmed = true; trimmed && !left.tokens.empty();) {
    trimmed = false;
    if (const std::size_t words = kStates.before(text, left.tokens.last, from); words > 0) {
      left.tokens.last -= words;
      left.states = trimmed = true;
    } else if (const std::size_t has = kHas.before(text, left.tokens.last, from); has > 0) {
      left.tokens.last -= has;
      left.has = trimmed = true;
    } else if (const std::size_t money = kOfMoney.before(text, left.tokens.last, from);
               money > 0 && left.tokens.size() > money + 1) {
      left.tokens.last -= money;
      left.states = trimmed = true;
    } else if (text.tokens[left.tokens.last - 1].text.empty()) {
      --left.tokens.last;
      trimmed = true;
    }
  }
  // The last clause that says something.
  constexpr std::size_t kFewest = 2, kFewestUncounted = 4;
  const auto stands_alone = [&](std::size_t first) {
    const std::size_t words = left.tokens.last - first;
    // "..., kiểm toán về tài chính, ngân sách đạt": not the last noun of a list.
    static const Phrases kNumberOf{"số", "tổng số", "tổng"};
    const bool counted = counted_at(text, first + kNumberOf.at(text, first, to), to).words > 0;
    return words >= kFewestUncounted || (words >= kFewest && (counted || !left.states));
  };
  std::size_t begin = left.tokens.last;
  int closed = 0;
  for (std::size_t i = left.tokens.last; i-- > left.tokens.first;) {
    // What stands in brackets is no clause of its own.
    const bool closes = text.tokens[i].tail == ")";
    closed += closes ? 1 : 0;
    const bool parted = i + 1 < left.tokens.last && text.tokens[i].mark != 0 && !closes &&
                        closed == 0 && !joins_nouns(text, i, left.tokens);
    if (parted && stands_alone(begin)) break;
    begin = i;
    if (text.tokens[i].opens && closed-- == 0) break;
  }
  const std::size_t noun = left.states ? quantity_noun(text, left.tokens) : left.tokens.last;
  left.tokens.first = noun < left.tokens.last ? noun : begin;
  left.clause.first = left.tokens.first;
  for (std::size_t words = 1; words > 0 && !left.tokens.empty();) {
    words = kOpens.at(text, left.tokens.first, left.tokens.last);
    // A time before it is its period.
    const Token& first = text.tokens[left.tokens.first];
    if (words == 0 && (first.text.empty() || excluded[left.tokens.first])) words = 1;
    left.tokens.first += words;
  }
  // "so với tháng trước giảm 85": of what, is said elsewhere; "so với cùng kỳ số mắc tăng 85".
  static const Phrases kCompares{"so với", "so cùng kỳ"};
  static const Phrases kSides{"so với cùng kỳ", "so với cùng kỳ năm trước", "so cùng kỳ",
                              "so với cùng kỳ năm ngoái", "so với cùng kỳ tháng trước"};
  left.tokens.first += kSides.at(text, left.tokens.first, left.tokens.last);
  if (joined || kCompares.at(text, left.tokens.first, left.tokens.last) > 0) left.tokens = {to, to};
  return left;
}

std::vector<TokenRange> subject_of(const RunningText& text, const Quantity& quantity,
                                   const Left& left, TokenRange right, const SaidBefore& before) {
  // "tăng 311 ca so với cùng kỳ", "(chỉ tiêu đề ra là 20%)"
  static const Phrases kAims{"chỉ tiêu", "mục tiêu", "kế hoạch"};
  constexpr std::size_t kAimWords = 6;
  const bool aim = left.tokens.size() <= kAimWords && left.states &&
                   kAims.at(text, left.tokens.first, left.tokens.last) > 0;
  const bool of_before = quantity.rank || aim || (quantity.change && left.tokens.empty());
  if (of_before && !before.subjects.empty()) {
    const auto same =
        std::find_if(before.subjects.rbegin(), before.subjects.rend(),
                     [&](const auto& said) { return said.first == quantity.unit_name; });
    return same == before.subjects.rend() ? before.subjects.back().second : same->second;
  }
  const bool share = quantity.percent && !quantity.value;
  if (quantity.noun_ratio) return {{quantity.unit.first, quantity.end}};
  if (share) {
    // "Công tác kiểm tra đã hoàn thành 100% kế hoạch đề ra"
    static const Phrases kPlans{"kế hoạch", "chỉ tiêu", "dự toán", "mục tiêu",
                                "nhiệm vụ được giao"};
    if (!left.states && left.tokens.size() > 1 && kPlans.at(text, right.first, right.last) > 0)
      return {left.tokens, right};
    const bool after = right.size() >= 2 && !left.states;
    return {after || left.tokens.empty() ? right : left.tokens};
  }
  if (is_time_unit(quantity.unit_name)) return {left.tokens.empty() ? right : left.tokens};
  if (is_money(quantity.unit_name))
    return left.states || right.size() < 2 ? std::vector{left.tokens.empty() ? right : left.tokens}
                                           : std::vector{left.tokens, right};
  if (quantity.unit.empty()) return {left.tokens};
  if (quantity.value_to && !left.tokens.empty()) return {left.tokens};
  const TokenRange named{quantity.unit.first, right.empty() ? quantity.unit.last : right.last};
  if (left.states && left.tokens.size() >= 2) return {left.tokens};
  // "Tổ công nghệ số cộng đồng tại 20/20 thôn"
  static const Phrases kPlaces{"tại", "trên", "ở", "cho", "của", "trong"};
  if (kPlaces.before(text, left.tokens.last, left.tokens.first) > 0) return {left.tokens, named};
  // A noun of so many words says enough.
  constexpr std::size_t kFullNoun = 3;
  if (right.size() >= 2 || quantity.unit.size() >= kFullNoun) return {named};
  if (!left.tokens.empty()) return {named, without_agent(text, left.tokens)};
  return {named, right.empty() ? without_agent(text, before.left) : TokenRange{}};
}

}  // namespace vanban::extract
