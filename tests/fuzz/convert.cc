#include "tests/fuzz/targets.h"

#include <memory>
#include <string>

#include "ocr/document/error.h"
#include "ocr/recognize/recognize.h"
#include "pipeline/run.h"

namespace vanban::fuzz {
namespace {

// Sees nothing: what Tesseract makes of pixels is not looked for here.
class BlindRecognizer final : public ocr::Recognizer {
 public:
  ocr::EngineInfo info() const override { return {"blind", "1", "none", std::string(64, '0')}; }
  std::vector<ocr::Line> recognize(const ocr::Image&, const ocr::Box&, ocr::Segmentation) override {
    return {};
  }
  int detect_rotation(const ocr::Image&) override { return 0; }
};

}  // namespace

// The whole chain from a file to its record and what can be written beside it, text layers taken
// as they are.
void feed_convert(std::string_view bytes) {
  pipeline::Options options;
  options.jobs = 1;
  options.page.ocr = pipeline::OcrMode::Never;
  options.page.max_megapixels = 0.25;
  options.record.split = pipeline::Split::Several;
  options.outputs = {"text", "pdf", "alto", "hocr"};
  options.engines.make_recognizer = [] { return std::make_unique<BlindRecognizer>(); };
  try {
    pipeline::convert({"a.pdf", std::string(bytes)}, options);
  } catch (const Error&) {
  }
}

}  // namespace vanban::fuzz
