#include "ocr/strips/strip_network.h"

#include <opencv2/dnn.hpp>

namespace vanban::ocr {

struct StripNetwork::Net {
  mutable cv::dnn::Net net;
};

StripNetwork::StripNetwork(std::string_view onnx, int nothing)
    : net_(std::make_unique<Net>()), nothing_(nothing) {
  net_->net = cv::dnn::readNetFromONNX(onnx.data(), onnx.size());
}

StripNetwork::~StripNetwork() = default;

std::vector<ColumnShares> StripNetwork::read(const std::vector<Strip>& strips) const {
  if (strips.empty()) return {};
  std::vector<cv::Mat> inks;
  for (const Strip& strip : strips)
    inks.emplace_back(strip.height, strip.width, CV_32F, const_cast<float*>(strip.ink.data()));
  net_->net.setInput(cv::dnn::blobFromImages(inks));
  const cv::Mat shares = net_->net.forward();
  const auto classes = static_cast<std::size_t>(shares.size[1]);
  const auto columns = static_cast<std::size_t>(shares.size[3]);
  std::vector<ColumnShares> out(strips.size());
  const auto* value = shares.ptr<float>();
  for (ColumnShares& strip : out) {
    strip.classes = classes;
    strip.nothing = nothing_;
    strip.shares.resize(classes * columns);
    for (std::size_t kind = 0; kind < classes; ++kind)
      for (std::size_t column = 0; column < columns; ++column)
        strip.shares[column * classes + kind] = *value++;
  }
  return out;
}

}  // namespace vanban::ocr
