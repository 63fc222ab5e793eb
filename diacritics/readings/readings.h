// Cuts words as read into parts and lists what each part may have been: the arcs of a lattice.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "diacritics/model/lattice.h"
#include "diacritics/model/lexicon.h"
#include "diacritics/readings/read_word.h"

namespace vanban::diacritics {

// A piece of a word that is looked up as one: letters, a number, or a mark.
struct Part {
  std::u32string text;
  std::size_t word = 0;  // of the words given
  bool letters = false;  // may be something else than it looks; all others stay
  bool address = false;  // piece of an address: no word, and nothing that the model counts
  bool settled = false;  // of doubtful words: not in question
  std::u32string label;  // the Roman numeral that it likely is; mostly empty
  bool begins_word = false, ends_word = false;
  bool begins_line = false;
  bool begins_sentence = false;  // as far as the parts before tell
};

struct Reading {
  std::string text;  // with a space where a part is read as two words
};

// One part is one token of the lattice; an arc's label is a reading.
struct Readings {
  std::vector<Part> parts;
  Lattice lattice;
  std::vector<Reading> readings;
};

Readings stripped_readings(std::span<const ReadWord> words, const LanguageModel& model,
                           const Lexicon& lexicon);
Readings garbled_readings(std::span<const ReadWord> words, const LanguageModel& model,
                          const Lexicon& lexicon, const LetterChannel& channel);
// `vietnamese` is the channel of the engine that read the words, `english` that of the witness.
Readings doubtful_readings(std::span<const ReadWord> words, const LanguageModel& model,
                           const Lexicon& lexicon, const Channel& vietnamese,
                           const Channel& english);

}  // namespace vanban::diacritics
