#include "extract/words/stamp_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

// What offices stamp on a page's head, and what a record says of it. `joined`: folded, without
// spaces.
struct StampWords {
  std::string_view joined, printed, urgency, secrecy;
};
constexpr std::array<StampWords, 7> kStampWords{{
    {"hoatoc", "HỎA TỐC", "Hỏa tốc", {}},
    {"hoatochengio", "HỎA TỐC HẸN GIỜ", "Hỏa tốc", {}},
    {"thuongkhan", "THƯỢNG KHẨN", "Thượng khẩn", {}},
    {"khan", "KHẨN", "Khẩn", {}},
    {"tuyetmat", "TUYỆT MẬT", {}, "Tuyệt mật"},
    {"toimat", "TỐI MẬT", {}, "Tối mật"},
    {"mat", "MẬT", {}, "Mật"},
}};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Runs of letters, joined where the line is set in spaced letters. What was read out of a frame
// stands beside it as a single letter and is left out.
std::string joined_words(std::string_view folded) {
  std::vector<std::string> words;
  bool open = false;
  for (const char c : folded) {
    if (!is_letter(c)) {
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    words.back() += c;
  }
  const auto is_single = [](const std::string& word) { return word.size() == 1; };
  if (!std::all_of(words.begin(), words.end(), is_single)) {
    if (is_single(words.front())) words.erase(words.begin());
    if (is_single(words.back())) words.pop_back();
  }
  std::string out;
  for (const std::string& word : words) out += word;
  return out;
}

// The stamps that the letters are, one or one of each kind.
struct FoundStamps {
  std::string_view urgency, secrecy;
};

FoundStamps stamps_of(std::string_view joined) {
  for (const StampWords& words : kStampWords)
    if (joined == words.joined) return {words.urgency, words.secrecy};
  for (const StampWords& urgent : kStampWords) {
    if (urgent.urgency.empty()) continue;
    for (const StampWords& secret : kStampWords) {
      if (secret.secrecy.empty()) continue;
      const std::string one(urgent.joined), other(secret.joined);
      if (joined == one + other || joined == other + one) return {urgent.urgency, secret.secrecy};
    }
  }
  return {};
}

// What stands behind the label of a form, folded: "do mat: toi mat".
std::string_view behind_label(std::string_view folded) {
  for (const std::string_view label : {"muc do mat", "do mat"}) {
    const std::size_t at = folded.find_first_not_of(" .-([|");
    if (at == std::string_view::npos || !folded.substr(at).starts_with(label)) continue;
    const std::string_view rest = folded.substr(at + label.size());
    const std::size_t colon = rest.find(':');
    // Between the two at the most what a form has in brackets.
    if (colon == std::string_view::npos) return {};
    const std::size_t text = rest.find_first_not_of(' ');
    if (text != colon && rest[text] != '(') return {};
    return rest.substr(colon + 1);
  }
  return {};
}

// How many letters of a stamp may be misread. "mat" and "khan" are one letter away from many other
// words, eight letters of capitals on a slanted place from hardly any.
int misread_letters_max(std::string_view joined) {
  constexpr std::size_t kShort = 5, kLong = 8, kLongest = 10;
  if (joined.size() < kShort) return 0;
  return joined.size() >= kLongest ? 3 : joined.size() >= kLong ? 2 : 1;
}

std::string_view level_of(std::string_view joined) {
  const FoundStamps found = stamps_of(joined);
  return found.urgency.empty() ? found.secrecy : std::string_view();
}

}  // namespace

std::string_view urgency_of(std::string_view folded) {
  return stamps_of(joined_words(folded)).urgency;
}

std::string_view secrecy_of(std::string_view line) {
  const std::string folded = diacritics::fold(line);
  if (const std::string_view told = behind_label(folded); !told.empty())
    return level_of(joined_words(told));
  return diacritics::is_upper(line) ? stamps_of(joined_words(folded)).secrecy : std::string_view();
}

std::string_view secrecy_of_papers(std::string_view line) {
  if (!diacritics::is_upper(line)) return {};
  const std::string joined = joined_words(diacritics::fold(line));
  for (const std::string_view papers : {"tailieu", "vanban"})
    if (joined.starts_with(papers)) return level_of(std::string_view(joined).substr(papers.size()));
  return {};
}

StampLike stamp_words_like(std::string_view text) {
  // Of the frame the engine makes letters that stand alone, and it parts and joins words.
  std::string letters;
  bool all_capitals = true, any_capitals = false;
  for (const std::string& word : diacritics::split_words(std::string(text))) {
    const std::string folded = diacritics::fold(word);
    if (folded.size() < 2) continue;
    const bool capitals = diacritics::is_upper(word);
    all_capitals = all_capitals && capitals, any_capitals = any_capitals || capitals;
    letters += folded;
  }
  std::erase_if(letters, [](char c) { return !is_letter(c); });
  if (!any_capitals) return {};
  StampLike out;
  int nearest = 0;
  for (const StampWords& stamp : kStampWords) {
    const int misread = misread_letters_max(stamp.joined);
    if (misread == 0 && !all_capitals) continue;
    const int distance = edit_distance(letters, stamp.joined, misread);
    if (distance > misread || (!out.printed.empty() && distance >= nearest)) continue;
    nearest = distance;
    out = {stamp.printed, distance == 0, false};
  }
  // "HẸN GIỜ" behind it is set smaller and mostly lost.
  constexpr std::string_view kExpress = "hoatoc";
  constexpr std::size_t kLettersMin = 9, kLettersMax = 14;
  if (out.printed.empty() && letters.size() >= kLettersMin && letters.size() <= kLettersMax &&
      edit_distance(letters.substr(0, kExpress.size()), kExpress, 1) <= 1)
    out.printed = "HỎA TỐC";
  if (out.printed.empty() && all_capitals)
    for (const std::string_view first : {"hoa", "thuong", "tuyet", "toi"})
      out.begins = out.begins || letters == first;
  return out;
}

}  // namespace vanban::extract
