// The layout and words of a document as ALTO 4 (Library of Congress, alto-4-4.xsd).
#pragma once

#include <string>

#include "ocr/document/document.h"
#include "pipeline/record/json.h"

namespace vanban::pipeline {

// Measures are tenths of a millimetre of the page as displayed. Words carry their confidence (WC)
// and alternatives; those that were restored have the tag "restored", all others were seen. What
// part of the page a block is its LayoutTag says.
std::string to_alto(const ocr::Document& document, const Provenance& provenance);

}  // namespace vanban::pipeline
