#include "pipeline/text_layer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text.h"
#include "extract/reading.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

using ocr::Word;

// Letters that reach below the baseline; a dot below does as well.
bool has_descender(std::string_view word) {
  const std::string folded = diacritics::fold(word);
  if (folded.find_first_of("gpqyj,;()[]{}/|Q") != std::string::npos) return true;
  for (const std::string_view dotted : {"ạ", "ặ", "ậ", "ẹ", "ệ", "ị", "ọ", "ộ", "ợ", "ụ", "ự", "ỵ",
                                        "Ạ", "Ặ", "Ậ", "Ẹ", "Ệ", "Ị", "Ọ", "Ộ", "Ợ", "Ụ", "Ự", "Ỵ"})
    if (word.find(dotted) != std::string_view::npos) return true;
  return false;
}

// Of the tallest part above the baseline, in ems, as in the type that Decree 30 asks for.
constexpr double kAscenderEms = 0.68, kXHeightEms = 0.46;

// Readers of PDFs take words that stand closer than 0.15 ems for one.
constexpr double kSmallestGapEms = 0.19;
constexpr double kNarrowestEms = 0.1;

bool is_low(std::string_view word) {
  return word.find_first_not_of("aceimnorsuvwxz.,-:;") == std::string_view::npos;
}

struct Type {
  double baseline = 0;  // below the upper edge, page units
  double size = 0;
};

// Of words on one line that stands level.
Type type_of(const std::vector<Word>& words) {
  std::vector<double> bottoms, sizes;
  for (const Word& word : words)
    if (!has_descender(word.text)) bottoms.push_back(word.box.bottom);
  if (bottoms.empty()) {
    constexpr double kDescenderShare = 0.2;
    for (const Word& word : words)
      bottoms.push_back(word.box.bottom - kDescenderShare * word.box.height());
  }
  Type type;
  type.baseline = ocr::median(std::move(bottoms));
  for (const Word& word : words) {
    const double above = type.baseline - word.box.top;
    if (above > 0) sizes.push_back(above / (is_low(word.text) ? kXHeightEms : kAscenderEms));
  }
  type.size = sizes.empty() ? ocr::box_of(words).height() : ocr::median(std::move(sizes));
  return type;
}

ocr::LayerLine layer_line(const ocr::Page& page, const std::vector<Word>& words) {
  const Type type = type_of(words);
  ocr::LayerLine out;
  const auto displayed = [&](double x, double y) { return page.to_displayed.apply(x, y); };
  const ocr::Box line = ocr::box_of(words);
  const ocr::Box shown = page.to_displayed.apply(
      ocr::Box{line.left, type.baseline - type.size, line.left + type.size, type.baseline});
  out.size_pt = std::max(shown.height(), 1.0);
  const double gap = kSmallestGapEms * type.size;
  double end = line.left - gap;  // of the word before
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ocr::Box& box = words[i].box;
    if (words[i].text.empty()) continue;
    const bool goes_on = i > 0 && box.left >= words[i - 1].box.left;
    const double start = goes_on ? std::max(box.left, end + gap) : box.left;
    end = box.right;
    if (i + 1 < words.size() && words[i + 1].box.left > box.left)
      end = std::min(end, words[i + 1].box.left - gap);
    end = std::max(end, start + kNarrowestEms * type.size);
    out.words.push_back(
        {words[i].text, displayed(start, type.baseline), displayed(end, type.baseline)});
  }
  return out;
}

}  // namespace

std::vector<ocr::LayerPage> text_layer(const ocr::Document& document) {
  std::vector<ocr::LayerPage> out;
  const std::vector<extract::PageText> pages = extract::reading_text(document);
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const ocr::Page& page = document.pages[i];
    ocr::LayerPage layer{page.number, page.route == ocr::Route::TextLayer, {}};
    for (const extract::TextLine& line : pages[i].lines)
      if (!line.line->words.empty()) layer.lines.push_back(layer_line(page, line.line->words));
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
