// The headings of a document: what is numbered I, 1, 1), a) or is called Chương, Điều.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

// In reading order. Each numbering counts on from its last number; one that begins within another
// is a level below it.
std::vector<Heading> find_outline(const RunningText& text);

// The heading under which a token stands, as an index; -1 above the first.
int section_at(const std::vector<Heading>& outline, std::size_t token);

// Labels from the top down, "II.3".
std::string path_of(const std::vector<Heading>& outline, int section);

}  // namespace vanban::extract
