#include "ocr/recognize/find_turn.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "ocr/clean/straighten.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// Rows that are read each way: the longest, which tell most.
constexpr std::size_t kRowsRead = 8;

// How surely the rows of a page are read, [0, 1].
double readability(Recognizer& recognizer, const Image& page, const std::vector<Box>& ink) {
  constexpr double kMargin = 0.3;  // of a row's height: marks above and below
  std::vector<Box> rows = find_text_rows(ink);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Box& a, const Box& b) { return a.width() > b.width(); });
  if (rows.size() > kRowsRead) rows.resize(kRowsRead);
  std::vector<Word> words;
  for (const Box& row : rows) {
    const double margin = kMargin * row.height();
    const Box around{row.left - margin, row.top - margin, row.right + margin, row.bottom + margin};
    for (const Line& line : recognizer.recognize(page, around, Segmentation::Line))
      words.insert(words.end(), line.words.begin(), line.words.end());
  }
  return mean_confidence(words);
}

}  // namespace

int find_turn(Recognizer& recognizer, const Image& raster, const Preprocessed& scan) {
  if (const int seen = recognizer.detect_rotation(raster); seen != 0) return seen;
  // Print that is the right way up is read with 0.8 and more, on its side with less than a half.
  constexpr double kReadable = 0.6, kLead = 0.1;
  double best = readability(recognizer, scan.image, scan.components) + kLead;
  int turn = 0;
  for (const int degrees : {90, 270}) {
    const Straightened page = turned(scan.image, degrees);
    const Affine to_page = page.to_before.inverse();
    std::vector<Box> ink;
    for (const Box& mark : scan.components) ink.push_back(to_page.apply(mark));
    const double read = readability(recognizer, page.image, ink);
    if (read >= kReadable && read > best) best = read, turn = degrees;
  }
  return turn;
}

}  // namespace vanban::ocr
