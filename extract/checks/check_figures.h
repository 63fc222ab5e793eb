// Proof of the figures: ratios, sums, totals, numbers in words, and paragraphs that stand twice.
#pragma once

#include <vector>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

std::vector<Check> check_figures(const RunningText& text, const Record& record);

}  // namespace vanban::extract
