// Text as input: checked before anything is made of it, then read in blocks, so that memory does
// not grow with the file, its lines or its words.
#pragma once

#include <cstddef>
#include <fstream>
#include <iosfwd>
#include <string>
#include <string_view>

namespace vanban::pipeline {

// Reads to the end. Throws ocr::InputError with byte offset (from 0) and line (from 1) of what is
// no UTF-8, and of a NUL character, which no text has. `copy` gets what is read, until then.
void check_text(std::istream& in, std::ostream* copy = nullptr);

// The whole of a text that can be read only once, such as standard input, in a temporary file
// without a name, at its beginning. Throws as check_text, as soon as the fault is read, and
// OutputError where there is no room.
std::fstream spool_text(std::istream& in);

// Bytes of the white space character (Unicode's White_Space) that stands there; 0 where none does.
std::size_t white_space_at(std::string_view text, std::size_t at);

struct TextBlock {
  std::string text;
  bool within_word = false;  // whether it begins within a word that is longer than a block
};

// The text of a stream, UTF-8, in pieces of at most `size` bytes (16 or more). A piece ends after a
// line or page, else after white space, else within the word: at a place where NFC of the pieces is
// NFC of the whole, unless there is none for some thousand characters.
class TextBlocks {
 public:
  TextBlocks(std::istream& in, std::size_t size);

  // False at the end.
  bool next(TextBlock& block);

 private:
  std::size_t find_cut(bool& within_word) const;

  std::istream& in_;
  std::size_t size_;
  std::string buffer_;
  bool within_word_ = false;
};

}  // namespace vanban::pipeline
