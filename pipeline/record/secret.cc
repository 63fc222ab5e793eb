#include "pipeline/record/secret.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace vanban::pipeline {

std::string_view name_of(SecretPolicy policy) {
  switch (policy) {
    case SecretPolicy::Stop: return "stop";
    case SecretPolicy::Header: return "header";
    case SecretPolicy::All: return "all";
  }
  return "stop";
}

bool is_secrecy(std::string_view mark) {
  constexpr std::array<std::string_view, 3> kMarks{"Mật", "Tối mật", "Tuyệt mật"};
  return std::find(kMarks.begin(), kMarks.end(), mark) != kMarks.end();
}

std::string stop_message(std::string_view mark) {
  return "it bears the mark of secrecy \"" + std::string(mark) +
         "\"; its hash and the mark were kept and nothing else; where it may be read here, "
         "--secret "
         "header or --secret all reads it";
}

std::string withheld_name(std::string_view sha256) { return "withheld/" + std::string(sha256); }

std::string withheld_message(std::string_view mark, std::string_view machine) {
  return "it bears the mark of secrecy \"" + std::string(mark) + "\" and stays on " +
         std::string(machine) + ", which found it";
}

Error not_shown(std::string_view mark) {
  return {ErrorKind::Secret, "it bears the mark of secrecy \"" + std::string(mark) +
                                 "\"; nothing of it is shown; where it may be read here, --secret "
                                 "all shows it"};
}

std::string secret_json(const std::string& sha256, const extract::Field& mark) {
  const auto points = [](double value) { return std::round(value * 100) / 100; };
  const ocr::Box& box = mark.evidence.box;
  const nlohmann::ordered_json root{
      {"schema_version", "1.0.0"},
      {"sha256", sha256},
      {"secrecy",
       {{"value", mark.value.value_or("")},
        {"page", mark.evidence.page},
        {"bbox", {points(box.left), points(box.top), points(box.width()), points(box.height())}}}}};
  return root.dump(1) + '\n';
}

void keep_header_alone(extract::Record& record, ocr::Document& document) {
  record.references.clear();
  record.outline.clear();
  record.indicators.clear();
  record.tables.clear();
  record.pattern_fields.clear();
  record.checks.clear();
  for (std::string& page : record.text_pages) page.clear();
  for (std::string& page : record.search_pages) page.clear();
  for (ocr::Page& page : document.pages) {
    page.blocks.clear();
    page.slots.clear();
    for (ocr::Seal& seal : page.seals) seal.text.clear();
  }
}

}  // namespace vanban::pipeline
