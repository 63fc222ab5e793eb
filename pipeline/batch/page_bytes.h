// A page that was read, as bytes (CBOR): how a worker hands it to the process that watches over it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::pipeline {

std::vector<std::uint8_t> page_to_bytes(const ocr::Page& page);
// What page_to_bytes gave; equal to the page in everything. Throws std::exception for other bytes.
ocr::Page page_from_bytes(const std::vector<std::uint8_t>& bytes);

// Throws std::runtime_error where they are no CBOR, or nest deeper than any page or message, so
// that to follow them would overflow the stack.
void require_bounded_cbor(const std::vector<std::uint8_t>& bytes);

}  // namespace vanban::pipeline
