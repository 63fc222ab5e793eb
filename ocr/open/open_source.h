// Opens a scan, told apart by content and never by name, and makes what reads its pages. Looks at
// the structure only.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"

namespace vanban::ocr {

// Readers accept a PDF whose header stands somewhere in its first 1024 bytes (ISO 32000-1, annex H,
// implementation note 13); no other kind needs more.
inline constexpr std::size_t kScanHeadBytes = 1024;

// What a file that begins with these bytes, kScanHeadBytes of it or more, is a scan of; nothing
// where no page is read from such. Never Text.
std::optional<SourceKind> scan_kind(std::string_view bytes);

// Throws InputError: not one of the four kinds, damaged beyond reading, encrypted and the password
// does not open it, or without pages.
Source open_source(std::string bytes, const std::string& password);

// How many pages open_source would find, sooner. Throws as it does.
int count_pages(const std::string& bytes, const std::string& password);

std::unique_ptr<PageReader> make_page_reader(const Source& source);

}  // namespace vanban::ocr
