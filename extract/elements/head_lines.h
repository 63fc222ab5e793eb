// The lines of a document's first page, and which of them are its head.
#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "extract/reading.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {

using Lines = std::vector<TextLine>;
using LineIt = Lines::const_iterator;

// The end of the header and of the beginning of the text: nothing that is sought there stands
// lower.
inline LineIt head_end(const Lines& lines) {
  constexpr std::ptrdiff_t kHeadLines = 32;
  return lines.begin() + std::min(kHeadLines, std::ssize(lines));
}

inline bool is_about(const TextLine& line) { return begins_subject_of_letter(line.folded); }

inline bool is_salutation(const TextLine& line) { return begins_salutation(line.folded); }

}  // namespace vanban::extract
