// The time that a statement is about: "Tính đến hết tháng 7/2025", "Từ 1/7/2025 đến nay", "Hiện
// nay", "6 tháng đầu năm 2025".
#pragma once

#include <vector>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

struct PlacedPeriod {
  TokenRange tokens;
  Period period;
};

// In reading order. `date`: that of the document, ISO 8601, empty where it is not known; "nay" and
// "hiện" mean that day.
std::vector<PlacedPeriod> find_periods(const RunningText& text, const std::string& date);

// Whether a token is part of a date or of a period: no number in it measures anything.
std::vector<bool> dated_tokens(const RunningText& text, const std::vector<PlacedPeriod>& periods);

}  // namespace vanban::extract
