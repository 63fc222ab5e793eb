#include "ocr/document/document.h"

#include <algorithm>
#include <cstddef>

namespace vanban::ocr {

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::HeaderLeft: return "header_left";
    case BlockKind::HeaderRight: return "header_right";
    case BlockKind::Title: return "title";
    case BlockKind::Addressees: return "addressees";
    case BlockKind::Body: return "body";
    case BlockKind::Table: return "table";
    case BlockKind::Recipients: return "recipients";
    case BlockKind::Signature: return "signature";
    case BlockKind::FootAddress: return "foot_address";
    case BlockKind::PageNumber: return "page_number";
    case BlockKind::ReceiptStamp: return "receipt_stamp";
    case BlockKind::UrgencyStamp: return "urgency_stamp";
    case BlockKind::DigitalSignature: return "digital_signature";
  }
  return "body";
}

bool is_text_part(BlockKind kind) {
  return kind != BlockKind::PageNumber && kind != BlockKind::DigitalSignature;
}

std::string_view name_of(SlotUse use) {
  switch (use) {
    case SlotUse::Number: return "number";
    case SlotUse::Day: return "day";
    case SlotUse::Month: return "month";
  }
  return "number";
}

std::string_view name_of(SlotKind kind) {
  switch (kind) {
    case SlotKind::Printed: return "printed";
    case SlotKind::Handwritten: return "handwritten";
    case SlotKind::Stamped: return "stamped";
    case SlotKind::Blank: return "blank";
  }
  return "blank";
}

std::string_view name_of(UnreadKind kind) {
  switch (kind) {
    case UnreadKind::Print: return "print";
    case UnreadKind::Blot: return "blot";
  }
  return "";
}

std::string_view name_of(Route route) {
  switch (route) {
    case Route::Ocr: return "ocr";
    case Route::TextLayer: return "text_layer";
    case Route::Blank: return "blank";
  }
  return "ocr";
}

Box TableCell::box() const { return around({corners.begin(), corners.end()}); }

bool TableCell::contains(double x, double y) const {
  // To the right of every side, going around clockwise.
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point& from = corners[i];
    const Point& to = corners[(i + 1) % corners.size()];
    if ((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) < 0) return false;
  }
  return true;
}

void sort_likeliest_first(std::vector<Alternative>& alternatives) {
  std::stable_sort(
      alternatives.begin(), alternatives.end(),
      [](const Alternative& a, const Alternative& b) { return a.confidence > b.confidence; });
}

std::string text_of(const Line& line) {
  std::string out;
  int column = 0;
  for (const Word& word : line.words) {
    if (word.column > column)
      out.append(static_cast<std::size_t>(word.column - column), '\t');
    else if (!out.empty())
      out += ' ';
    column = word.column;
    out += word.text;
  }
  return out;
}

Box box_of(const std::vector<Word>& words) {
  Box out;
  for (const Word& word : words) out = united(out, word.box);
  return out;
}

std::vector<Word> words_of(const std::vector<Block>& blocks) {
  std::vector<Word> words;
  for (const Block& block : blocks)
    for (const Line& line : block.lines)
      words.insert(words.end(), line.words.begin(), line.words.end());
  return words;
}

std::size_t count_words(const std::vector<Block>& blocks) {
  std::size_t count = 0;
  for (const Block& block : blocks)
    for (const Line& line : block.lines) count += line.words.size();
  return count;
}

namespace {

// Of words by the bytes of their texts; 0 without any.
struct MeanConfidence {
  double sum = 0, length = 0;

  void add(const std::vector<Word>& words) {
    for (const Word& word : words) {
      sum += word.confidence * static_cast<double>(word.text.size());
      length += static_cast<double>(word.text.size());
    }
  }
  double value() const { return length > 0 ? sum / length : 0; }
};

}  // namespace

double mean_confidence(const std::vector<Word>& words) {
  MeanConfidence mean;
  mean.add(words);
  return mean.value();
}

double mean_confidence_of(const std::vector<Block>& blocks) {
  MeanConfidence mean;
  for (const Block& block : blocks)
    for (const Line& line : block.lines) mean.add(line.words);
  return mean.value();
}

std::string_view name_of(SealColour colour) {
  switch (colour) {
    case SealColour::Red: return "red";
    case SealColour::Black: return "black";
    case SealColour::Grey: return "grey";
  }
  return "";
}

}  // namespace vanban::ocr
