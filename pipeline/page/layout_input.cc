#include "pipeline/page/layout_input.h"

#include <utility>

#include "diacritics/text/text.h"

namespace vanban::pipeline {

ocr::LayoutInput layout_input(const ocr::Page& page, const std::vector<ocr::Word>& words,
                              const ocr::Image& drawing) {
  ocr::LayoutInput input{page.width, page.height, 0, {}, {}, {}};
  if (!drawing.empty()) {
    const double scale = page.width / drawing.width;
    const ocr::Affine to_page{scale, 0, 0, 0, scale, 0};
    const ocr::Rules rules = ocr::find_rules(drawing);
    const auto on_page = [&](std::vector<ocr::Box> boxes) {
      for (ocr::Box& box : boxes) box = to_page.apply(box);
      return boxes;
    };
    input.horizontal_rules = on_page(rules.horizontal);
    input.vertical_rules = on_page(rules.vertical);
    input.horizontal_pieces = on_page(rules.horizontal_pieces);
    input.vertical_pieces = on_page(rules.vertical_pieces);
  }
  std::vector<double> heights;
  for (const ocr::Word& word : words) {
    // Layout looks at letters; a text layer tells where words stand, and gives them the height of
    // their font, of which the letters are some 0.6.
    const auto letters = static_cast<double>(diacritics::count_code_points(word.text));
    const double width = word.box.width() / letters, edge = 0.2 * word.box.height();
    for (double i = 0; i < letters; ++i)
      input.ink.push_back({word.box.left + i * width, word.box.top + edge,
                           word.box.left + (i + 1) * width, word.box.bottom - edge});
    heights.push_back(word.box.height());
  }
  input.text_height = 0.6 * ocr::median(std::move(heights));
  return input;
}

ocr::LayoutInput layout_input(const ocr::Preprocessed& scan) {
  return {double(scan.image.width),
          double(scan.image.height),
          scan.text_height,
          scan.components,
          scan.rules.horizontal,
          scan.rules.vertical,
          scan.rules.horizontal_pieces,
          scan.rules.vertical_pieces,
          scan.rules.horizontal_scraps,
          scan.rules.vertical_scraps};
}

std::vector<ocr::Box> unread_ink(std::vector<ocr::Box> ink, const std::vector<ocr::Block>& blocks) {
  for (const ocr::Block& block : blocks)
    for (const ocr::Line& line : block.lines)
      for (const ocr::Word& word : line.words)
        std::erase_if(ink, [&](const ocr::Box& mark) { return word.box.holds_middle_of(mark); });
  return ink;
}

}  // namespace vanban::pipeline
