#include "extract/words/abbreviations.h"

#include <catch2/catch.hpp>
#include <string>

namespace vanban::extract {
namespace {

TEST_CASE("abbreviations that were misread by a letter are put right") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>({
      {"Cục KSTHC, VPCP", "Cục KSTTHC, VPCP"},
      {"Ban Nữ công LĐĐLĐ tỉnh", "Ban Nữ công LĐLĐ tỉnh"},
      {"Thường trực HĐĐĐND xã", "Thường trực HĐND xã"},
      {"CÔCS trong ngành", "CĐCS trong ngành"},
      {"HDND, UBND tỉnh", "HĐND, UBND tỉnh"},
      {"Văn phòng HOND-UBND", "Văn phòng HĐND-UBND"},
      {"BCH.PCT&TKCN", "BCH.PCT&TKCN"},  // three letters
      {"UBND; PCTT&TKCN; VT, KGVX", "UBND; PCTT&TKCN; VT, KGVX"},
      {"ubnd, Hdnd, KSTH, TTTC, KHCNN2", "ubnd, Hdnd, KSTH, TTTC, KHCN2"},
      {"TTr-ĐĐBQH, VP ĐBQH", "TTr-ĐĐBQH, VP ĐBQH"},
      {"BGD Sở, BGD&ĐT", "BGĐ Sở, BGD&ĐT"},
      {"", ""},
      {"- (12)", "- (12)"},
  }));
  CHECK(with_usual_abbreviations(read) == expected);
}

}  // namespace
}  // namespace vanban::extract
