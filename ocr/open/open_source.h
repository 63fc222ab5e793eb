// Opens a scan, told apart by content and never by name, and makes what reads its pages. Looks at
// the structure only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"

namespace vanban::ocr {

// What the bytes are a scan of; nothing where no page is read from such. Never Text.
std::optional<SourceKind> scan_kind(std::string_view bytes);

// Throws InputError: not one of the four kinds, damaged beyond reading, encrypted and the password
// does not open it, or without pages.
Source open_source(std::string bytes, const std::string& password);

std::unique_ptr<PageReader> make_page_reader(const Source& source);

}  // namespace vanban::ocr
