// SHA-256, by which inputs, models and data are named.
#pragma once

#include <string>
#include <string_view>

namespace vanban::ocr {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace vanban::ocr
