// Making of fields, shared by the rules.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

Field found(std::string value, const std::vector<WordRange>& ranges, const std::string& method);
// The same, marks put right by the list of known names where they were read from an image. Not sure
// where the marks make another name of what was read.
Field found_name(const std::vector<WordRange>& ranges, const std::string& method);
// Makes a name doubtful that may be another one, without the marks that it was given.
void doubt_other_name(Field& field);
Field missing(Reason reason);
// Seen but not accepted as a value.
Field unreadable(Reason reason, const std::vector<WordRange>& ranges, const std::string& method);

// Whether a person should look: a rule says so, or the value is less sure than kReviewBelow.
bool asks_for_look(const Field& field);

// The slot of this use on a line of the text; null where there is none.
const ocr::Slot* slot_on(const TextLine& line, ocr::SlotUse use);
// What was read in a slot, which `range` covers on the page's text where it is not empty.
Field found_in(const ocr::Slot& slot, const ocr::Page& page, const WordRange& range,
               const std::string& method);

// The texts of the ranges joined by single spaces.
std::string joined(const std::vector<WordRange>& ranges);

// Without the punctuation that closes a list item: "Như trên;" -> "Như trên".
std::string without_item_end(std::string text);

// Whether a word is the mark before an item of a list, a dash for the most part.
bool is_dash(const std::string& word);
// Whether a line begins with such a mark, alone or joined to the first word: "- Như trên", "-Như
// trên".
bool begins_with_mark(const ocr::Line& line);
// The text of an item without a mark that was joined to its first word.
std::string without_mark(std::string text);
// Its words after marks that stand alone.
WordRange without_dash(const WordRange& range);

}  // namespace vanban::extract
