// Pages of made lines of words, each as sure as an engine might be of it.
#pragma once

#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {

using Texts = std::vector<std::string>;

inline Texts texts(const ocr::Page& page) {
  Texts out;
  for (const ocr::Block& block : page.blocks)
    for (const ocr::Line& line : block.lines) out.push_back(text_of(line));
  return out;
}

// A word of a line, with the confidence that the engine gave it.
struct Read {
  std::string text;
  double confidence;
};

inline ocr::Line line_of(const std::vector<Read>& words, double top = 100) {
  std::string text;
  for (const Read& word : words) text += (text.empty() ? "" : " ") + word.text;
  ocr::Line line = extract::made_line(text, top);
  for (std::size_t i = 0; i < words.size(); ++i) line.words[i].confidence = words[i].confidence;
  return line;
}

inline ocr::Page page_of(ocr::BlockKind kind, const std::vector<ocr::Line>& lines) {
  ocr::Block block{kind, {}, lines};
  for (const ocr::Line& line : lines) block.box = united(block.box, line.box);
  return extract::made_page(1, {block});
}

}  // namespace vanban::pipeline
