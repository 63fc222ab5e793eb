// An engine that answers what a test wants, and the samples as pictures for it.
#pragma once

#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "ocr/recognize/recognize.h"
#include "pipeline/options.h"
#include "pipeline/run.h"

namespace vanban::tests {

using Answer =
    std::function<std::vector<ocr::Line>(const ocr::Image&, const ocr::Box&, ocr::Segmentation)>;

class FakeRecognizer final : public ocr::Recognizer {
 public:
  explicit FakeRecognizer(Answer answer) : answer_(std::move(answer)) {}

  ocr::EngineInfo info() const override { return {"fake", "1", "none", std::string(64, '0')}; }
  std::vector<ocr::Line> recognize(const ocr::Image& image, const ocr::Box& region,
                                   ocr::Segmentation segmentation) override {
    return answer_(image, region, segmentation);
  }
  int detect_rotation(const ocr::Image&) override { return 0; }

 private:
  Answer answer_;
};

inline pipeline::Options options_with(Answer answer, int jobs = 1) {
  pipeline::Options options;
  options.jobs = jobs;
  options.outputs = {"text"};
  options.engines.make_recognizer = [answer = std::move(answer)] {
    return std::make_unique<FakeRecognizer>(answer);
  };
  return options;
}

// One line of words across the upper part of a region.
inline std::vector<ocr::Line> line_in(const ocr::Box& region,
                                      const std::vector<std::string>& texts) {
  ocr::Line line;
  const double step = region.width() / static_cast<double>(texts.size());
  double left = region.left;
  for (const std::string& text : texts) {
    line.words.push_back(
        {text, text, {left, region.top, left + 0.9 * step, region.top + 30}, 0.95, 0});
    left += step;
  }
  line.box = box_of(line.words);
  return {line};
}

inline pipeline::Input sample(const std::string& name) {
  std::ifstream in(VANBAN_SOURCE_DIR "/samples/" + name, std::ios::binary);
  if (!in) throw std::runtime_error("no sample " + name);
  return {name, {std::istreambuf_iterator<char>(in), {}}};
}

}  // namespace vanban::tests
