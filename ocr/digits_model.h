// The digit reader's network, which travels inside the program.
#pragma once

#include <string_view>

namespace vanban::ocr {

std::string_view digits_model();  // ONNX

}  // namespace vanban::ocr
