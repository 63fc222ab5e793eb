#include "pipeline/page/layout_input.h"

#include <algorithm>
#include <utility>

#include "diacritics/text/text.h"
#include "ocr/clean/text_rows.h"

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

std::vector<ocr::Unread> unread_print(const ocr::Page& page) {
  constexpr std::size_t kFewestInRow = 3;
  constexpr double kLowestPt = 3;  // of small letters of 6 points; less are dots and dashes
  const auto is_on_seal = [&](const ocr::Box& box) {
    return std::any_of(page.seals.begin(), page.seals.end(),
                       [&](const ocr::Seal& seal) { return seal.box.holds_middle_of(box); });
  };
  const auto is_filled_in = [&](const ocr::Box& box) {
    return std::any_of(page.slots.begin(), page.slots.end(),
                       [&](const ocr::Slot& slot) { return slot.box.holds_middle_of(box); });
  };
  // Above the header stand scanner marks and the print of digital signatures.
  double top = 0;
  for (const ocr::Block& block : page.blocks)
    if (block.kind == ocr::BlockKind::HeaderLeft || block.kind == ocr::BlockKind::HeaderRight)
      top = top == 0 ? block.box.top : std::min(top, block.box.top);

  std::vector<ocr::Box> ink = page.unread_ink;
  std::erase_if(ink, [&](const ocr::Box& mark) {
    return mark.bottom < top || is_on_seal(mark) || is_filled_in(mark);
  });
  std::vector<ocr::Unread> out;
  for (const std::vector<ocr::Box>& row : ocr::chain_text_rows(std::move(ink), kFewestInRow)) {
    std::vector<double> heights;
    ocr::Unread unread{ocr::UnreadKind::Print, {}, static_cast<int>(row.size())};
    for (const ocr::Box& mark : row) {
      unread.box = ocr::united(unread.box, mark);
      heights.push_back(mark.height());
    }
    if (ocr::is_even_row(row) &&
        ocr::median(std::move(heights)) * page.width_pt > kLowestPt * page.width)
      out.push_back(unread);
  }
  const auto is_in_line = [&](const ocr::Box& blot) {
    return std::any_of(page.blocks.begin(), page.blocks.end(), [&](const ocr::Block& block) {
      return std::any_of(block.lines.begin(), block.lines.end(), [&](const ocr::Line& line) {
        const double reach = 2 * line.box.height();
        return blot.top < line.box.bottom && blot.bottom > line.box.top &&
               blot.left < line.box.right + reach && blot.right > line.box.left - reach;
      });
    });
  };
  for (const ocr::Unread& unread : page.unread)
    if (unread.kind == ocr::UnreadKind::Blot && is_in_line(unread.box) && !is_on_seal(unread.box))
      out.push_back(unread);
  return out;
}

}  // namespace vanban::pipeline
