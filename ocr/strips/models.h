// The networks of the readers, which travel inside the program.
#pragma once

#include <string_view>

namespace vanban::ocr {

// ONNX.
std::string_view digits_model();
std::string_view names_model();

// SHA-256 of them, hexadecimal.
std::string_view digits_model_sha256();
std::string_view names_model_sha256();

}  // namespace vanban::ocr
