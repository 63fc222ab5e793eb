// Text as XML can hold it, for whatever writes XML.
#pragma once

#include <string>
#include <string_view>

namespace vanban::ocr {

// The text without the characters that no XML document may have, escaped or not (XML 1.0, 2.2:
// controls, surrogates, U+FFFE, U+FFFF); bytes that are not UTF-8 become U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace vanban::ocr
