#include "extract/figures/labels.h"

#include <algorithm>

#include "diacritics/text/text.h"
#include "extract/figures/phrases.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

// They open a list, and are no part of the name of its first item.
const Phrases& list_openers() {
  static const Phrases kOpeners{"trong đó", "cụ thể",  "gồm",      "bao gồm", "gồm có",
                                "như",      "như sau", "sau",      "chia ra", "theo đó",
                                "đó là",    "và",      "cụ thể là"};
  return kOpeners;
}

// What numbers identify and do not measure.
bool names_an_identifier(const RunningText& text, TokenRange label) {
  static const Phrases kIdentifiers{"điện thoại",   "đt",         "sđt",       "số điện thoại",
                                    "fax",          "hotline",    "mã",        "mã số",
                                    "mst",          "mã số thuế", "tài khoản", "số tài khoản",
                                    "cccd",         "cmnd",       "năm sinh",  "thời gian",
                                    "stt",          "trang",      "địa chỉ",   "email",
                                    "website",      "zalo",       "mã tthc",   "số hiệu",
                                    "ký hiệu",      "công văn",   "số tờ",     "số thửa",
                                    "di động",      "liên hệ",    "phụ lục",   "đường dây nóng",
                                    "mã định danh", "số công văn"};
  static const Phrases kAlone{"số", "năm", "lúc", "ngày", "tháng", "từ", "tt", "mục", "điều"};
  return kIdentifiers.before(text, label.last, label.first) > 0 ||
         kAlone.before(text, label.last, label.first) == label.size();
}

// The part of a range that names: without what opens the list, and without words of punctuation.
TokenRange without_openers(const RunningText& text, TokenRange label) {
  for (std::size_t i = label.first; i < label.last; ++i)
    if (const std::size_t words = list_openers().at(text, i, label.last);
        words > 0 &&
        (i == label.first || i + words == label.last || text.tokens[i + words - 1].folded == "do" ||
         text.tokens[i + words - 1].folded == "gom"))
      label.first = i + words;
  static const Phrases kBefore{"với", "còn", "có", "hiện có"}, kAfter{"là", "đạt", "có"};
  for (std::size_t words = 1; words > 0 && !label.empty();) {
    words = text.tokens[label.first].text.empty() ? 1 : kBefore.at(text, label.first, label.last);
    label.first += words;
  }
  if (label.size() > 1) label.last -= kAfter.before(text, label.last, label.first);
  return label;
}

bool is_plain_word(const Token& token) {
  return !token.text.empty() && !has_digit(token) && !token.opens;
}

// A number that ends an item: what it counts was said before it.
bool ends_item(const RunningText& text, std::size_t at, std::size_t begin) {
  const Token& token = text.tokens[at];
  return at > begin && token.mark != 0 && token.mark != ':' && all_digits(token.text) &&
         !token.opens && is_plain_word(text.tokens[at - 1]) &&
         (text.tokens[at - 1].mark == 0 || text.tokens[at - 1].mark == ':');
}

// Names of places and bodies are told apart by numbers: "xã Cát Tiên 2", "Tổ 5".
bool is_numbered_name(const RunningText& text, TokenRange name, std::size_t number) {
  static const Phrases kPlaces{"xã",    "phường",  "thị trấn", "đặc khu",  "quận",  "huyện",
                               "khóm",  "khu phố", "khu",      "tiểu khu", "thôn",  "ấp",
                               "tổ",    "đội",     "trạm",     "tuyến",    "kênh",  "cầu",
                               "km",    "nhà máy", "công ty",  "trường",   "phòng", "tập",
                               "quyển", "kỳ",      "đợt",      "lần",      "số"};
  if (kPlaces.at(text, name.first, name.last) > 0) return true;
  if (text.tokens[number].text.front() == '0') return false;
  // Every word with a capital.
  constexpr std::size_t kFewest = 2;
  std::size_t capitals = 0;
  for (std::size_t i = name.first; i < name.last; ++i)
    capitals += diacritics::starts_upper(text.tokens[i].text) ? 1 : 0;
  return name.size() >= kFewest && capitals == name.size();
}

}  // namespace

std::optional<TokenRange> label_before(const RunningText& text, std::size_t number,
                                       std::size_t begin) {
  constexpr std::size_t kWordsMax = 60;
  std::size_t colon = number;
  while (colon > begin && text.tokens[colon - 1].text.empty() && text.tokens[colon - 1].mark == 0)
    --colon;
  if (colon <= begin || text.tokens[colon - 1].mark != ':') return std::nullopt;
  TokenRange label{colon - 1, colon};
  int closed = 0;
  for (std::size_t i = colon; i-- > begin && colon - i <= kWordsMax;) {
    const Token& token = text.tokens[i];
    if (i + 1 < colon) {
      // A bracket that was closed before belongs to the name, unless the clause ended with it.
      const bool closes = token.tail.find(')') != token.tail.npos;
      if (token.mark == ';' || token.mark == ':' || token.mark == '.' ||
          (closes && token.tail.find(',') != token.tail.npos))
        break;
      closed += closes ? 1 : 0;
    } else if (token.tail.find(')') != token.tail.npos) {
      ++closed;
    }
    label.first = i;
    if (token.opens && closed-- == 0) break;
  }
  label = without_openers(text, label);
  if (label.empty() || names_an_identifier(text, label)) return std::nullopt;
  const bool has_letters =
      std::any_of(text.tokens.begin() + static_cast<std::ptrdiff_t>(label.first),
                  text.tokens.begin() + static_cast<std::ptrdiff_t>(label.last),
                  [](const Token& token) { return diacritics::count_letters(token.text).all > 0; });
  return has_letters ? std::optional(label) : std::nullopt;
}

std::optional<TokenRange> item_before(const RunningText& text, std::size_t number,
                                      TokenRange paragraph) {
  constexpr std::size_t kItemWords = 14;
  if (!ends_item(text, number, paragraph.first)) return std::nullopt;
  TokenRange name{number, number};
  while (name.first > paragraph.first && number - name.first < kItemWords) {
    const Token& before = text.tokens[name.first - 1];
    if (before.mark != 0 || has_digit(before)) break;
    --name.first;
    if (before.opens) break;
  }
  bool beside = false;
  // The item before ends where this one begins, even in another line of the list, the next one
  // within a few words.
  if (name.first > 0 && ends_item(text, name.first - 1, 0) &&
      (name.first > paragraph.first || text.tokens[name.first - 1].mark == ';'))
    beside = true;
  for (std::size_t i = number + 1; i < std::min(paragraph.last, number + kItemWords) && !beside;
       ++i) {
    if (ends_item(text, i, number + 1)) beside = true;
    if (has_digit(text.tokens[i]) || text.tokens[i].opens ||
        (text.tokens[i].mark != 0 && text.tokens[i].mark != ':'))
      break;
  }
  name = without_openers(text, name);
  if (!beside || name.empty() || names_an_identifier(text, name) ||
      is_numbered_name(text, name, number))
    return std::nullopt;
  return name;
}

std::optional<PairHeads> pair_heads(const RunningText& text, TokenRange lead) {
  static const Phrases kTimes{"lũy kế", "luỹ kế", "cộng dồn", "từ đầu năm", "cùng kỳ"};
  static const Phrases kMeasures{"số", "tổng số", "tỷ lệ", "tỉ lệ"};
  if (lead.empty() || text.tokens[lead.last - 1].mark != ':') return std::nullopt;
  std::size_t slash = lead.first;
  const auto word = [&](std::size_t i) -> const std::string& {
    return text.tokens[i].line->line->words[text.tokens[i].word].text;
  };
  while (slash < lead.last &&
         (word(slash).find('/') == std::string::npos || has_digit(text.tokens[slash])))
    ++slash;
  if (slash == lead.last) return std::nullopt;
  // "tháng/lũy kế": the first word of the second head sticks to the first head.
  const bool sticks =
      text.tokens[slash].folded.ends_with("/luy") || text.tokens[slash].folded.ends_with("/cong");
  if (!sticks && !kTimes.within(text, {slash, lead.last})) return std::nullopt;
  std::size_t first = lead.first;
  for (std::size_t i = lead.first; i < slash; ++i)
    if (kMeasures.at(text, i, slash) > 0) first = i;
  TokenRange heads{first, lead.last};
  heads.last -= list_openers().before(text, heads.last, heads.first);
  const std::string whole = text_of(text, heads);
  const std::size_t at = whole.find('/');
  if (at == whole.npos) return std::nullopt;
  const std::size_t next = whole.find_first_not_of(" /", at);
  if (next == whole.npos) return std::nullopt;
  return PairHeads{whole.substr(0, at), whole.substr(next)};
}

bool lies_in_label(const RunningText& text, std::size_t number, TokenRange sentence) {
  static const Phrases kRates{"tỷ lệ", "tỉ lệ", "tỷ suất", "tỷ số", "tỉ suất", "tỉ số"};
  constexpr std::size_t kSignWords = 3;
  if (text.tokens[sentence.last - 1].mark != ':') return false;
  const std::size_t end = std::min(text.tokens.size(), sentence.last + kSignWords);
  if (std::none_of(text.tokens.begin() + static_cast<std::ptrdiff_t>(sentence.last),
                   text.tokens.begin() + static_cast<std::ptrdiff_t>(end), has_digit))
    return false;
  std::size_t first = sentence.first;
  for (std::size_t i = number; i-- > sentence.first;)
    if (text.tokens[i].mark != 0) {
      first = i + 1;
      break;
    }
  for (std::size_t i = number; i + 1 < sentence.last; ++i)
    if (text.tokens[i].mark != 0) return false;
  return kRates.within(text, {first, number});
}

}  // namespace vanban::extract
