#include "pipeline/record/text_layer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "extract/reading.h"
#include "ocr/copy/text_font.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

using ocr::Word;

// Readers of PDFs take words that stand closer than 0.15 ems for one.
constexpr double kSmallestGapEms = 0.19;
constexpr double kNarrowestEms = 0.1;

// What the font reaches over, so that a word's box is that of its ink.
constexpr double kReachEms = (ocr::kTextFontAscent - ocr::kTextFontDescent) / 1000.0;
constexpr double kBelowEms = -ocr::kTextFontDescent / 1000.0;
// Dashes and points are as large as small letters, so that they stay on their line.
constexpr double kSmallestShare = 0.6;

struct Type {
  double size = 0, baseline = 0;  // page units
};

// Of a word on a line of type of that size.
Type type_of(const Word& word, double line_size) {
  const double size = std::max(word.box.height() / kReachEms, kSmallestShare * line_size);
  const double above_ink = std::max(0.0, kReachEms * size - word.box.height()) / 2;
  return {size, word.box.bottom + above_ink - kBelowEms * size};
}

double line_size_of(const std::vector<Word>& words) {
  std::vector<double> heights;
  for (const Word& word : words) heights.push_back(word.box.height());
  return ocr::median(std::move(heights)) / kReachEms;
}

ocr::LayerLine layer_line(const ocr::Page& page, const std::vector<Word>& words) {
  ocr::LayerLine out;
  const double line_size = line_size_of(words);
  double earliest_start = ocr::box_of(words).left;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ocr::Box& box = words[i].box;
    if (words[i].text.empty()) continue;
    const Type type = type_of(words[i], line_size);
    const double gap = kSmallestGapEms * type.size;  // after the word
    const double start = std::max(box.left, earliest_start);
    double end = box.right;
    if (i + 1 < words.size()) end = std::min(end, words[i + 1].box.left - gap);
    end = std::max(end, start + kNarrowestEms * line_size);
    earliest_start = end + gap;
    const auto displayed = [&](double x) { return page.to_displayed.apply(x, type.baseline); };
    const ocr::Box em = page.to_displayed.apply(
        ocr::Box{start, type.baseline - type.size, start + type.size, type.baseline});
    out.words.push_back({words[i].text, displayed(start), displayed(end), em.height()});
  }
  return out;
}

// The words that stand on one baseline each: a row of a table is one line of the text, whose cells
// have rows of their own.
std::vector<std::vector<Word>> rows_of(const std::vector<Word>& words) {
  std::vector<std::vector<Word>> out;
  for (const Word& word : words) {
    const bool goes_on = !out.empty() && word.box.left >= out.back().back().box.left &&
                         word.box.center_y() > out.back().back().box.top &&
                         word.box.center_y() < out.back().back().box.bottom;
    if (!goes_on) out.emplace_back();
    out.back().push_back(word);
  }
  return out;
}

// Whether the file itself says what the record says: nothing was decoded, composed or restored.
bool is_as_in_file(const ocr::Page& page) {
  const std::vector<Word> words = ocr::words_of(page.blocks);
  return page.route == ocr::Route::TextLayer &&
         std::all_of(words.begin(), words.end(),
                     [](const Word& word) { return word.text == word.ocr_text; });
}

}  // namespace

std::vector<ocr::LayerPage> text_layer(const ocr::Document& document) {
  std::vector<ocr::LayerPage> out;
  const std::vector<extract::PageText> pages = extract::reading_text(document);
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const ocr::Page& page = document.pages[i];
    ocr::LayerPage layer{page.number, is_as_in_file(page), {}};
    for (const extract::TextLine& line : pages[i].lines)
      for (const std::vector<Word>& row : rows_of(line.line->words))
        layer.lines.push_back(layer_line(page, row));
    out.push_back(std::move(layer));
  }
  return out;
}

ocr::PdfMetadata pdf_metadata(const extract::Record& record) {
  ocr::PdfMetadata out;
  out.producer = std::string("vanban ") + kVersion;
  for (const extract::Field* part : {&record.type, &record.code})
    if (part->value) out.title += (out.title.empty() ? "" : " ") + *part->value;
  out.subject = record.subject.value.value_or("");
  return out;
}

}  // namespace vanban::pipeline
