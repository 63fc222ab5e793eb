// The body of a document as words in reading order, parted into paragraphs and sentences, over the
// ends of lines and pages.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "extract/reading.h"

namespace vanban::extract {

// A word without the punctuation around it. Points into the PageText it was made from.
struct Token {
  const TextLine* line = nullptr;
  std::size_t word = 0;          // of the line
  std::string_view text;         // without punctuation at either end
  std::string_view folded;       // the same in lower case without marks
  std::string_view tail;         // the punctuation after it
  char mark = 0;                 // what ends after it: '.', ';', ':', ',', ')' or 0
  bool opens = false;            // a bracket stands before it
  bool ends_short_line = false;  // last of a line that leaves room at its end
};

bool has_digit(const Token& token);

// Adjacent tokens; `last` is exclusive.
struct TokenRange {
  std::size_t first = 0, last = 0;

  bool empty() const { return first >= last; }
  std::size_t size() const { return empty() ? 0 : last - first; }
};

struct Sentence {
  TokenRange tokens;
  bool begins_paragraph = false;
};

struct RunningText {
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
};

// The label that a line of a list begins with: "1.", "2)", "a)", "IV.", "1.2.", "-"; empty where
// there is none.
std::string_view list_label(std::string_view line);

// Points into the pages, which must outlive it.
RunningText running_text(const std::vector<PageText>& pages);
RunningText running_text(std::vector<PageText>&& pages) = delete;

// Words joined by spaces, as they stand, without what follows the last.
std::string text_of(const RunningText& text, TokenRange range);
// The same line by line, for the evidence.
std::vector<WordRange> words_of(const RunningText& text, TokenRange range);

}  // namespace vanban::extract
