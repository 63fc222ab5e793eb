// Finds words that an engine with Vietnamese ran together (TỈNHBÌNH) or broke (KẾ HO ẠCH), where
// the language leaves no doubt: what was read is no word, what it becomes is the usual one there.
// Names, words of other languages and whatever has digits stay as they are.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "diacritics/model/language_model.h"
#include "diacritics/readings/read_word.h"

namespace vanban::diacritics {

struct Respaced {
  std::size_t first = 0, count = 1;  // of the words given, those that it was read from
  std::string text;                  // NFC; with a space where one word was two
};

// Those words alone that are to be written otherwise, in order. No words of two lines are joined.
std::vector<Respaced> find_misplaced_spaces(std::span<const ReadWord> words,
                                            const LanguageModel& model);

}  // namespace vanban::diacritics
