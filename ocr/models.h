// The network of the reader of digits, which travels inside the program.
#pragma once

#include <string_view>

namespace vanban::ocr {

// ONNX.
std::string_view digits_model();

}  // namespace vanban::ocr
