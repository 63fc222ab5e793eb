// A page of a sample that was set and not scanned, as raster and words: the place of each is known.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "ocr/open/open_source.h"

namespace vanban {

struct SamplePage {
  ocr::Image raster;            // grey
  ocr::Page page;               // units are points; one block with a line for each row of words
  double pixels_per_point = 1;  // of the raster
};

inline SamplePage sample_page(const std::string& name, int number) {
  std::ifstream in(VANBAN_SOURCE_DIR "/samples/" + name, std::ios::binary);
  const ocr::Source source = ocr::open_source({std::istreambuf_iterator<char>(in), {}}, "");
  const auto reader = ocr::make_page_reader(source);
  SamplePage out;
  out.raster = reader->rasterize(number, 100);
  const ocr::PageInfo& info = source.pages[std::size_t(number - 1)];
  out.page.number = number;
  out.page.width = out.page.width_pt = info.width_pt;
  out.page.height = out.page.height_pt = info.height_pt;
  out.pixels_per_point = out.raster.width / info.width_pt;
  ocr::Block block;
  for (const ocr::Word& word : reader->text_layer(number)) {
    const bool same_row =
        !block.lines.empty() && std::abs(block.lines.back().box.bottom - word.box.bottom) < 2;
    if (!same_row) block.lines.emplace_back();
    block.lines.back().words.push_back(word);
    block.lines.back().box = ocr::box_of(block.lines.back().words);
    block.box = ocr::united(block.box, word.box);
  }
  out.page.blocks.push_back(block);
  return out;
}

}  // namespace vanban
