// A summary of an invented document.
#pragma once

#include <string>

#include "extract/document_fields.h"
#include "pipeline/batch/summary.h"

namespace vanban::tests {

inline pipeline::Summary made_summary(const std::string& number = "67") {
  pipeline::Summary out;
  for (const extract::DocumentField& field : extract::document_fields())
    out.fields.push_back(
        {std::string(field.name), std::nullopt, std::nullopt, false, "", "absent", 0, {}, {}});
  const auto set = [&](std::string_view name, const std::string& value, double confidence) {
    for (pipeline::SummaryField& field : out.fields)
      if (field.name == name)
        field = {field.name, value, confidence, confidence < 0.9, "ocr", "", 0, {}, {}};
  };
  set("number", number, 0.7);
  set("symbol", "BC-UBND", 0.99);
  set("date", "2025-07-25", 0.98);
  set("subject", "Kết quả \"sáu tháng\", năm 2025", 0.95);
  set("recipients", "- Như trên; Lưu: VT", 0.95);
  out.pages = {{1, "ocr", 0.93, 300, 250, {}}};
  out.first_page = out.last_page = 1;
  return out;
}

}  // namespace vanban::tests
