// The networks of the readers, which travel inside the program.
#pragma once

#include <string_view>

namespace vanban::ocr {

// ONNX.
std::string_view digits_model();
std::string_view signatures_model();

}  // namespace vanban::ocr
