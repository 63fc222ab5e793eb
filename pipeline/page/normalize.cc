#include "pipeline/page/normalize.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/words/vocabulary.h"
#include "pipeline/page/route.h"

namespace vanban::pipeline {
namespace {

using diacritics::has_digit;
using diacritics::SyllableTable;
using ocr::Line;
using ocr::Word;

// What the engine makes of the dash before a list item; documents have none of these there.
bool is_misread_dash(std::string_view text) {
  for (const std::string_view mark : {"~", "~-", "-~", "¬", "--"})
    if (text == mark) return true;
  return false;
}

// The engine takes a small letter with two marks for a capital where nothing beside it tells its
// size: "tẾ".
std::string without_stray_capital(const std::string& text) {
  const std::string lower = diacritics::to_lower(text);
  const auto letters = diacritics::count_letters(text);
  const bool one_capital = letters.upper == 1 && letters.all > 1 && !diacritics::starts_upper(text);
  const bool marked = diacritics::fold(text) != lower;
  return one_capital && marked && SyllableTable::built_in().contains(lower) ? lower : text;
}

// The engine reads the stroked letter of a decision's code twice; no code has it so.
void read_decision_code(Word& word) {
  constexpr std::string_view kDoubled = "QĐĐ", kCode = "QĐ";
  const std::size_t at = word.text.find(kDoubled);
  if (at == std::string::npos || !extract::is_code(word.text)) return;
  word.text.replace(at, kDoubled.size(), kCode);
  word.restored = true;
}

// "V/v", about, before the subject of a letter: the engine knows "w" better than a lone small "v".
void read_about(Word& word) {
  if (word.text != "V/w" && word.text != "V/V") return;
  word.text = "V/v";
  word.restored = true;
}

// The digit that a letter was read from, or the character itself.
char digit_like(char c) {
  switch (c) {
    case 'O': return '0';
    case 'l':
    case 'I':
    case '|': return '1';
    default: return c;
  }
}

// `text` with the letters that look like digits as such; empty if other characters are left.
std::string as_number(std::string_view text) {
  std::string number;
  for (const char c : text) number += digit_like(c);
  const bool digits = !number.empty() && number.find_first_not_of("0123456789") == number.npos;
  return digits ? number : std::string();
}

// "0l" and "2O24". "I1" may be a Roman numeral with a note's sign.
void read_number(Word& word) {
  const std::string bare(diacritics::trim_punctuation(word.text));
  const std::string number = as_number(bare);
  if (number.empty() || number == bare || !has_digit(bare) || bare.front() == 'I') return;
  word.text.replace(word.text.find(bare), bare.size(), number);
  word.restored = true;
}

// Letters that an engine reads as digits in a symbol's type: "1T" for "TT", "0Đ" for "QĐ". Only
// what then is the abbreviation of a type is believed.
std::string as_type(std::string_view read) {
  std::string type;
  for (const char c : read) type += c == '1' ? 'T' : c == '0' ? 'Q' : c;
  return type != read && extract::type_of_symbol(type) ? type : std::string();
}

// A document's number and symbol by their grammar: "l02/QĐ-UBND" -> "102/QĐ-UBND", a number before
// the first stroke; "15/2020/1T-BTC" -> "15/2020/TT-BTC", a type behind the number, or the year.
void read_symbol(Word& word) {
  const std::size_t begin = word.text.find_first_not_of("([“\"");
  const std::size_t stroke = word.text.find('/');
  if (begin == std::string::npos || stroke == std::string::npos || stroke < begin) return;
  const std::string read = word.text.substr(begin, stroke - begin);
  std::string number = as_number(read);
  if (number.empty() || !has_digit(read)) return;
  std::string rest = word.text.substr(stroke + 1);
  std::size_t type = rest.find_first_not_of("0123456789");
  type = type != std::string::npos && type > 0 && rest[type] == '/' ? type + 1 : 0;
  const std::size_t type_end = std::min(rest.find_first_of("-/.,;)", type), rest.size());
  const std::string mended = as_type(std::string_view(rest).substr(type, type_end - type));
  if (!mended.empty()) rest.replace(type, type_end - type, mended);
  // What is no symbol may be a date or a share.
  if (!extract::type_of_symbol(std::string_view(rest).substr(type))) return;
  const std::string text = word.text.substr(0, begin) + number + '/' + rest;
  word.restored = word.restored || text != word.text;
  word.text = text;
}

// "năm 20 17": a year in two pieces.
void join_years(Line& line) {
  const auto is_digits = [](std::string_view text, std::size_t count) {
    return text.size() == count && text.find_first_not_of("0123456789") == text.npos;
  };
  for (std::size_t i = 1; i + 1 < line.words.size(); ++i) {
    Word &first = line.words[i], &second = line.words[i + 1];
    const std::string_view rest = diacritics::trim_punctuation(second.text);
    if (diacritics::fold(line.words[i - 1].text) != "nam" || !is_digits(first.text, 2) ||
        (first.text != "19" && first.text != "20") || !is_digits(rest, 2) ||
        !second.text.starts_with(rest) || second.text.ends_with('%') ||
        first.column != second.column)
      continue;
    first.text += second.text;
    first.ocr_text += ' ' + second.ocr_text;
    first.box = ocr::united(first.box, second.box);
    first.confidence = std::min(first.confidence, second.confidence);
    first.restored = true;
    first.alternatives.clear();
    line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

// Signs that the engine's alphabet lacks, written by those that it has.
void read_signs(Line& line) {
  constexpr std::string_view kPerMille = "%o";
  for (Word& word : line.words) {
    if (word.text.ends_with(kPerMille))
      word.text.replace(word.text.size() - kPerMille.size(), kPerMille.size(), "‰");
    for (const std::string_view dash : {"—", "—-", "–-", "-—", "-–"})
      if (word.text == dash) word.text = "–";
  }
  if (!line.words.empty() && is_misread_dash(line.words.front().text))
    line.words.front().text = "-";
}

// Bytes of the "ngày" or "tháng", marks aside, that begins a word and is followed by a number; 0 if
// none does.
std::size_t form_keyword(const std::string& text) {
  const std::size_t digits = std::min(text.find_first_of("0123456789"), text.size());
  const std::string keyword = text.substr(0, digits), folded = diacritics::fold(keyword);
  const bool number = digits < text.size() &&
                      diacritics::count_letters(std::string_view(text).substr(digits)).all == 0;
  return number && !diacritics::starts_upper(keyword) && (folded == "ngay" || folded == "thang")
             ? digits
             : 0;
}

// Where the pen fills a form, the number stands close to the printed word before it: "ngày22".
void part_filled_forms(Line& line) {
  std::vector<Word> parted;
  for (Word& word : line.words) {
    if (const std::size_t length = form_keyword(word.text); length > 0) {
      Word keyword = word;
      keyword.text = word.text.substr(0, length);
      const double share = static_cast<double>(diacritics::count_code_points(keyword.text)) /
                           static_cast<double>(diacritics::count_code_points(word.text));
      keyword.box.right = word.box.left = word.box.left + share * word.box.width();
      keyword.alternatives.clear();
      word.alternatives.clear();
      word.text = word.text.substr(length);
      parted.push_back(std::move(keyword));
    }
    parted.push_back(std::move(word));
  }
  line.words = std::move(parted);
}

}  // namespace

void drop_meaningless(std::vector<Word>& words) {
  for (Word& word : words) {
    word.text = diacritics::without_meaningless(word.text);
    word.ocr_text = diacritics::without_meaningless(word.ocr_text);
  }
  std::erase_if(words, [](const Word& word) { return word.text.empty(); });
}

void normalize(ocr::Page& page) {
  const bool foreign =
      page.route == ocr::Route::TextLayer && is_foreign(ocr::words_of(page.blocks));
  for (ocr::Block& block : page.blocks)
    for (Line& line : block.lines) {
      for (Word& word : line.words) {
        word.text = diacritics::to_nfc(word.text);
        if (!foreign) word.text = diacritics::with_usual_characters(word.text);
        if (page.route != ocr::Route::Ocr) continue;
        word.text = without_stray_capital(word.text);
        read_about(word);
        read_decision_code(word);
        read_number(word);
        read_symbol(word);
      }
      if (page.route != ocr::Route::Ocr) continue;
      read_signs(line);
      part_filled_forms(line);
      join_years(line);
    }
}

}  // namespace vanban::pipeline
