// Documents for the tests of extract/, made from text.
#pragma once

#include <string>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::extract {

using Texts = std::vector<std::string>;

// Words of `text`, parted by spaces; a tab goes on to the next column. A letter is 10 units wide, a
// line 20 high. Confidence 0.9.
inline ocr::Line made_line(const std::string& text, double top = 0) {
  ocr::Line line;
  int column = 0;
  double x = 0, start = 0;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) line.words.push_back({word, word, {start, top, x, top + 20}, 0.9, column});
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      end_word();
      if (c == '\t') ++column;
      x += 10;
      continue;
    }
    if (word.empty()) start = x;
    word += c;
    // A code point, not a byte.
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) x += 10;
  }
  end_word();
  line.box = ocr::box_of(line.words);
  return line;
}

inline ocr::Block made_block(ocr::BlockKind kind, const Texts& lines, double top = 0) {
  ocr::Block block;
  block.kind = kind;
  for (const std::string& text : lines) {
    block.lines.push_back(made_line(text, top));
    block.box = ocr::united(block.box, block.lines.back().box);
    top += 30;
  }
  return block;
}

inline ocr::Page made_page(int number, std::vector<ocr::Block> blocks,
                           ocr::Route route = ocr::Route::Ocr) {
  ocr::Page page;
  page.number = number;
  page.width = page.width_pt = 600;
  page.height = page.height_pt = 800;
  page.route = route;
  page.blocks = std::move(blocks);
  return page;
}

inline ocr::Document made_document(std::vector<ocr::Page> pages) {
  ocr::Document document;
  document.pages = std::move(pages);
  return document;
}

// A document of one page that has nothing but these lines.
inline ocr::Document made_body(const Texts& lines, ocr::BlockKind kind = ocr::BlockKind::Body) {
  return made_document({made_page(1, {made_block(kind, lines)})});
}

}  // namespace vanban::extract
