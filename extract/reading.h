// The pages' text in reading order, and the way back from a stretch of it to its place on the page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/record.h"
#include "ocr/document/document.h"

namespace vanban::extract {

// A line of the page's text. Points into the Document, which must outlive it.
struct TextLine {
  const ocr::Page* page = nullptr;
  ocr::BlockKind kind = ocr::BlockKind::Body;
  const ocr::Line* line = nullptr;
  std::string text;
  std::string folded;                    // lower case, without marks
  std::vector<std::size_t> word_starts;  // code points from the start of the page's text
};

struct PageText {
  std::string text;
  std::vector<TextLine> lines;
};

// Of the parts that are the document's own text, its first lines or all.
PageText reading_text(const ocr::Page& page, std::size_t lines_max = SIZE_MAX);
std::vector<PageText> reading_text(const ocr::Document& document);

// The text of each page.
std::vector<std::string> texts_of(const std::vector<PageText>& pages);
// Of each page what a search without marks looks through: lower case, white space folded.
std::vector<std::string> search_texts_of(const std::vector<PageText>& pages);

// Words `first` to `last` (exclusive) of a line.
struct WordRange {
  const TextLine* line = nullptr;
  std::size_t first = 0, last = 0;

  bool empty() const { return line == nullptr || first >= last; }
};

// The line over the recipients, "Nơi nhận:".
bool heads_recipients(const TextLine& line);

WordRange whole(const TextLine& line);

// A line without the noise at its ends: marks that are no letters or digits, a stray small letter.
WordRange without_noise(const TextLine& line);

// With the dash behind it, by which a line goes on in the next one: "PHÒNG TÀI CHÍNH -". On an
// image only one that was surely read: rules are read as dashes.
WordRange with_dash(WordRange range);
// The same of one that begins the line: "- HÀNH CHÍNH" below "TRƯỞNG PHÒNG TỔ CHỨC".
WordRange from_dash(WordRange range);

// Words joined by spaces.
std::string text_of(const WordRange& range);

// The evidence of one or more ranges on one page, in reading order: their text, their place, the
// mean confidence of their words. The span is set where they follow one another.
Evidence evidence_of(const std::vector<WordRange>& ranges, const std::string& method);

}  // namespace vanban::extract
