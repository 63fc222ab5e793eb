// The number line of a header: "Số: 67/BC-UBND", "Số: 12-KH/TU", "Số:    /SYT-NVY".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// One to five digits, maybe a letter after them: "05", "3176B".
bool is_number(std::string_view text);

struct NumberLine {
  std::string number;  // as read, spaces removed; empty when nothing was read in its place
  WordRange number_range;
  std::string symbol;  // as read, spaces removed
  WordRange symbol_range;
  bool joined = false;    // nothing parts it from the number: what stood there was read as a digit
  bool followed = false;  // letters that are no part of the symbol stand behind it in its column
  ocr::Box slot;          // the place of the number, page units
  char separator = '/';   // '-' after the number is the party's way, ' ' one of the 1990s
};

// Empty where the line has no symbol of the form LETTERS-LETTERS or NUMBER/LETTERS. A dot may part
// letters as well, "15/QĐ.UB"; units may stand in brackets, after a comma or in words:
// "12/TTr-ABC(D05)", "7/KH-AB-CD,EF", "9/TB-QL Đào tạo".
std::optional<NumberLine> parse_number_line(const TextLine& line);

struct NumberFields {
  Field number, symbol, code;
};

// `type_name` is the printed type, if any: its abbreviation decides where the first group of the
// symbol was misread in one letter.
NumberFields number_fields(const NumberLine& line, const std::optional<std::string>& type_name,
                           Steps& steps);

// The number where its slot was found and the symbol was not; absent without a slot.
Field number_in_slot(const ocr::Page& page);

// Makes a code as sure as the less sure of its parts.
void settle_code(Field& code, const Field& number, const Field& symbol);

}  // namespace vanban::extract
