// Where a header leaves room for what a pen fills in: after "Số:", after "ngày" and "tháng".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::extract {

struct SlotPlace {
  ocr::SlotUse use = ocr::SlotUse::Number;
  std::size_t block = 0, line = 0;  // of the page
  std::size_t first = 0, last = 0;  // the words that reach into the slot, `last` exclusive
  std::string before, after;        // what of these words is the printed text before it and after
  ocr::Box label;                   // the printed word before the slot, with what stuck to it
  ocr::Box next;                    // the printed word after it; empty where the line ends
  ocr::Box box;                     // the slot itself, page units
  std::string read;                 // what the engine made of it, spaces removed
  double confidence = 0;            // of that, [0, 1]; 0 where it is empty
};

// The slots of the first header on a page; none twice.
std::vector<SlotPlace> find_slots(const ocr::Page& page);

// The words of a date line that hold "ngày", "tháng", "năm"; empty where one of them is missing.
struct DateWords {
  std::size_t day = 0, month = 0, year = 0;
};
std::optional<DateWords> find_date_words(const ocr::Line& line);

// Puts what a slot was found to hold in the place of what the engine read there.
void fill(ocr::Page& page, const SlotPlace& place, const std::string& text, double confidence);

}  // namespace vanban::extract
