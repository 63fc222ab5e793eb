// Turns pixels into words. The engine stays behind this interface; a Recognizer serves one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/layout/zones.h"

namespace vanban::ocr {

// What the engine may expect of a region.
enum class Segmentation {
  Column,  // one column of lines of various sizes
  Block,   // lines of like size, close together
  Line,    // one line
};

struct EngineInfo {
  std::string name, version, model;
  std::string model_sha256;  // hexadecimal
};

class Recognizer {
 public:
  virtual ~Recognizer() = default;

  virtual EngineInfo info() const = 0;

  // Lines in a region of a grey image, boxes in pixels of the image, text as the engine gave it.
  // Ink outside the region is not seen. Throws EngineError.
  virtual std::vector<Line> recognize(const Image& image, const Box& region,
                                      Segmentation segmentation) = 0;

  // Clockwise turn in degrees (0, 90, 180, 270) that would make a page upright; 0 when unsure. Any
  // number of channels.
  virtual int detect_rotation(const Image& image) = 0;
};

struct RecognizerOptions {
  std::string language = "vie";
  std::string tessdata_dir;  // empty: where the engine was told to look when it was built
};

// Reads each zone by itself; a ruled table cell by cell. Blocks in the order of the zones, empty
// ones left out.
std::vector<Block> recognize_zones(Recognizer& recognizer, const Image& image,
                                   const std::vector<Zone>& zones);

// Reads rows of ink in which no word of the blocks stands, as edges between zones leave them. They
// go into the lines that they belong to, or as bodies of their own between the blocks.
void recognize_leftovers(Recognizer& recognizer, const Image& image, const std::vector<Box>& ink,
                         std::vector<Block>& blocks);

// Reads the lines that a seal touches once more on `with_seals`, the same page with its seals left
// on: taking one off may take strokes of the print with it. The surer reading stays.
void recognize_under_seals(Recognizer& recognizer, const Image& with_seals,
                           const std::vector<Box>& seals, std::vector<Block>& blocks);

// Throws EngineError when the model is not installed.
std::unique_ptr<Recognizer> make_tesseract(const RecognizerOptions& options);

}  // namespace vanban::ocr
