// The bodies that a header names over its number, one or several below one another: the last issues
// the document, the one above it is its parent.
#pragma once

#include <span>
#include <vector>

#include "extract/elements/number_symbol.h"
#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

struct Agencies {
  Field parent, issuing;
  std::vector<Field> joint;  // all of them, where several issue it together
};

// `lines`: those over the number, or of the head where it was not found. The symbol tells whether
// bodies are of one rank.
Agencies find_agencies(std::span<const TextLine> lines, const Field& symbol, Steps& steps);

// Puts the agency's group of a symbol right, and the code with it, where one letter of it was
// misread: "SVT" of the SỞ Y TẾ is SYT. A group that is as near to the body above is neither's for
// sure.
void repair_agency_group(const Agencies& agencies, NumberFields& number, Steps& steps);

}  // namespace vanban::extract
