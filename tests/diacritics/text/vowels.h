// The vowels of Vietnamese with their tones, for tests.
#pragma once

#include <array>
#include <string>

namespace vanban::diacritics {

// Tones in this order: none, huyền, sắc, hỏi, ngã, nặng.
using Row = std::array<std::string, 6>;

inline const std::array<Row, 12> kVowels{{{"a", "à", "á", "ả", "ã", "ạ"},
                                          {"ă", "ằ", "ắ", "ẳ", "ẵ", "ặ"},
                                          {"â", "ầ", "ấ", "ẩ", "ẫ", "ậ"},
                                          {"e", "è", "é", "ẻ", "ẽ", "ẹ"},
                                          {"ê", "ề", "ế", "ể", "ễ", "ệ"},
                                          {"i", "ì", "í", "ỉ", "ĩ", "ị"},
                                          {"o", "ò", "ó", "ỏ", "õ", "ọ"},
                                          {"ô", "ồ", "ố", "ổ", "ỗ", "ộ"},
                                          {"ơ", "ờ", "ớ", "ở", "ỡ", "ợ"},
                                          {"u", "ù", "ú", "ủ", "ũ", "ụ"},
                                          {"ư", "ừ", "ứ", "ử", "ữ", "ự"},
                                          {"y", "ỳ", "ý", "ỷ", "ỹ", "ỵ"}}};

}  // namespace vanban::diacritics
