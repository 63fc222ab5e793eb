#include "ocr/recognize/recognize_beside_seals.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>

namespace vanban::ocr {
namespace {

// A word that was read so is taken for granted; the ones left of it are looked for.
constexpr double kSure = 0.8;

cv::Rect whole_pixels(const Box& box, int width, int height) {
  const cv::Rect rect(cv::Point(int(std::floor(box.left)), int(std::floor(box.top))),
                      cv::Point(int(std::ceil(box.right)), int(std::ceil(box.bottom))));
  return rect & cv::Rect(0, 0, width, height);
}

cv::Mat view(const Image& image) {
  return cv::Mat(image.height, image.width, CV_8U, const_cast<std::uint8_t*>(image.pixels.data()));
}

// The seal's pictures that stand for what is under it.
enum class SealShown { Off, On, Colour };

// A part of the page with its seals so shown; empty where no seal has its colour alone.
cv::Mat part_with(const Preprocessed& page, const cv::Rect& region, SealShown shown) {
  cv::Mat out = view(page.image)(region).clone();
  bool changed = shown == SealShown::Off;
  for (const SealOnPage& seal : page.seals) {
    const Image& picture = shown == SealShown::Colour ? seal.alone : seal.with_seal;
    if (shown == SealShown::Off || picture.empty()) continue;
    const cv::Rect place(int(seal.box.left), int(seal.box.top), picture.width, picture.height);
    const cv::Rect common = place & region;
    if (common.empty()) continue;
    view(picture)(common - place.tl()).copyTo(out(common - region.tl()));
    changed = true;
  }
  return changed ? out : cv::Mat();
}

// Without strokes thinner than those of bold print: the rings of a seal, a pen's.
cv::Mat without_thin_strokes(const cv::Mat& grey, double dpi) {
  constexpr double kThinMm = 0.42;
  const int size = std::max(2, static_cast<int>(std::lround(kThinMm * dpi / 25.4)));
  cv::Mat ink, thick;
  cv::threshold(grey, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  cv::morphologyEx(ink, thick, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_ELLIPSE, {size, size}));
  return 255 - thick;
}

std::vector<Line> read_part(Recognizer& recognizer, const cv::Mat& part, double dpi) {
  // Ink that touches the edge is read badly.
  constexpr int kMargin = 10;
  cv::Mat padded;
  cv::copyMakeBorder(part, padded, kMargin, kMargin, kMargin, kMargin, cv::BORDER_CONSTANT, 255);
  Image image{padded.cols, padded.rows, 1, dpi, {}};
  image.pixels.assign(padded.datastart, padded.dataend);
  const Box all{0, 0, double(image.width), double(image.height)};
  std::vector<Line> lines = recognizer.recognize(image, all, Segmentation::Line);
  for (Line& line : lines)
    for (Word& word : line.words)
      word.box = {word.box.left - kMargin, word.box.top - kMargin, word.box.right - kMargin,
                  word.box.bottom - kMargin};
  return lines;
}

// The first of the words at a line's end that are all sure; past the last where that one is not.
std::size_t first_sure(const Line& line) {
  std::size_t i = line.words.size();
  while (i > 0 && line.words[i - 1].confidence >= kSure) --i;
  return i;
}

// Strokes of pen and seal are read as marks.
bool has_letters(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) != 0 || (byte >= 0xC3 && byte <= 0xE1);
  });
}

struct Beginning {
  std::vector<Word> words;
  double votes = 0;
};

// What a reading has left of a word that is known, in whose place it must have one too; its least
// sure word counts.
std::optional<Beginning> beginning_of(const std::vector<Line>& lines, const Box& known) {
  if (lines.size() != 1) return std::nullopt;
  Beginning out;
  out.votes = 1;
  for (const Word& word : lines.front().words) {
    if (std::abs(word.box.left - known.left) < known.height() / 2) {
      if (out.words.empty()) return std::nullopt;
      return out;
    }
    if (!has_letters(word.text)) continue;
    out.words.push_back(word);
    out.votes = std::min(out.votes, word.confidence);
  }
  return std::nullopt;
}

std::string joined(const std::vector<Word>& words) {
  std::string out;
  for (const Word& word : words) out += word.text + ' ';
  return out;
}

// The votes for each beginning, by its text; boxes of the page.
using Heard = std::map<std::string, Beginning>;

// Reads a region in all ways of looking at it. `known`: the place of the first word that is known.
void listen(Recognizer& recognizer, const Preprocessed& page, const Box& around, const Box& known,
            Heard& heard) {
  const cv::Rect region = whole_pixels(around, page.image.width, page.image.height);
  if (region.empty()) return;
  const Box here{known.left - region.x, known.top - region.y, known.right - region.x,
                 known.bottom - region.y};
  cv::Mat before;
  for (const SealShown shown : {SealShown::Off, SealShown::On, SealShown::Colour}) {
    const cv::Mat part = part_with(page, region, shown);
    // Where no seal reaches, all ways of showing it are the same picture.
    if (part.empty() || (!before.empty() && cv::norm(part, before, cv::NORM_INF) == 0)) continue;
    before = part;
    for (const cv::Mat& seen : {part, without_thin_strokes(part, page.image.dpi)}) {
      auto beginning = beginning_of(read_part(recognizer, seen, page.image.dpi), here);
      if (!beginning) continue;
      for (Word& word : beginning->words)
        word.box = {word.box.left + region.x, word.box.top + region.y, word.box.right + region.x,
                    word.box.bottom + region.y};
      Beginning& sum = heard[joined(beginning->words)];
      sum.votes += beginning->votes;
      sum.words = std::move(beginning->words);
    }
  }
}

// The beginning that the readings agree on. `line`: the place of what was read of the line.
std::optional<Beginning> read_beginning(Recognizer& recognizer, const Preprocessed& page,
                                        const Box& known, const Box& line) {
  constexpr double kReach = 2.6, kAbove = 0.25;    // of the word's height; longer words are rare
  constexpr double kVotesMin = 0.95, kLead = 1.5;  // in votes, and over the next beginning
  const double margin = kAbove * known.height();
  Box around{known.left - kReach * known.height(), known.top - margin, line.right + margin,
             known.bottom + margin};
  Heard heard;
  listen(recognizer, page, around, known, heard);
  // What was read left of it, doubtful as it is, may be more than one word.
  if (line.left - margin < around.left) {
    around.left = line.left - margin;
    listen(recognizer, page, around, known, heard);
  }
  Beginning best;
  double next = 0;
  for (auto& [text, beginning] : heard) {
    next = std::max(next, std::min(best.votes, beginning.votes));
    if (beginning.votes > best.votes) best = std::move(beginning);
  }
  if (best.votes < kVotesMin || best.votes < kLead * next) return std::nullopt;
  // What one reading alone has is doubtful however sure it is.
  for (Word& word : best.words) word.confidence = std::min(word.confidence, best.votes / 2);
  return best;
}

bool begins_beside(const Word& word, const std::vector<SealOnPage>& seals) {
  constexpr double kBeside = 2;  // heights of the word
  const double height = word.box.height();
  return std::any_of(seals.begin(), seals.end(), [&](const SealOnPage& seal) {
    return word.box.left > seal.box.left && word.box.left < seal.box.right + kBeside * height &&
           word.box.top < seal.box.bottom + height && word.box.bottom > seal.box.top;
  });
}

}  // namespace

void recognize_beside_seals(Recognizer& recognizer, const Preprocessed& page,
                            std::vector<Block>& blocks) {
  constexpr std::size_t kWordsMax = 6;  // of names and titles
  for (Block& block : blocks) {
    if (block.kind != BlockKind::Signature) continue;
    for (Line& line : block.lines) {
      const std::size_t sure = first_sure(line);
      if (sure == line.words.size() || line.words.size() > kWordsMax ||
          !begins_beside(line.words[sure], page.seals))
        continue;
      const auto beginning = read_beginning(recognizer, page, line.words[sure].box, line.box);
      if (!beginning) continue;
      line.words.erase(line.words.begin(), line.words.begin() + static_cast<std::ptrdiff_t>(sure));
      line.words.insert(line.words.begin(), beginning->words.begin(), beginning->words.end());
      line.box = box_of(line.words);
    }
  }
}

}  // namespace vanban::ocr
