// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/references.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using Value = std::optional<std::string>;

// What a page of these lines cites. The document itself is 142/BC-UBND.
struct Cited {
  ocr::Document document;
  std::vector<PageText> pages;
  std::vector<Reference> references;

  explicit Cited(const Texts& lines, BlockKind kind = BlockKind::Body)
      : document(made_body(lines, kind)), pages(reading_text(document)) {
    Field own;
    own.value = "142/BC-UBND";
    references = find_references(pages, own);
  }
  Texts codes() const {
    Texts out;
    for (const Reference& reference : references) out.push_back(*reference.code.value);
    return out;
  }
};

TEST_CASE("codes of state and party, of laws and decrees, however they are set") {
  const auto [line, code, number, symbol] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {"Kế hoạch số 18/KH-UBND ngày 08/7/2025", "18/KH-UBND", "18", "KH-UBND"},
          {"Nghị quyết số 57-NQ/TW của Bộ Chính trị", "57-NQ/TW", "57", "NQ/TW"},
          {"Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP", "30", "2020/NĐ-CP"},
          {"Luật số 01/2011/QH13.", "01/2011/QH13", "01", "2011/QH13"},
          {"Công văn số 2146/SKHCN-CNTT;", "2146/SKHCN-CNTT", "2146", "SKHCN-CNTT"},
          {"Tờ trình số 12/TTr-VP,", "12/TTr-VP", "12", "TTr-VP"},
          {"(Quyết định số 3176B/QĐ-SYT)", "3176B/QĐ-SYT", "3176B", "QĐ-SYT"},
          {"Công văn số 208/HĐĐĐND-KTNS", "208/HĐND-KTNS", "208", "HĐND-KTNS"},
          {"Kế hoạch số 02 -KH/BCĐ", "02-KH/BCĐ", "02", "KH/BCĐ"},
          {"Kế hoạch số 02–KH/BCĐTW", "02-KH/BCĐTW", "02", "KH/BCĐTW"},
          {"Thông báo số 5 / TB - UBND của xã", "5/TB-UBND", "5", "TB-UBND"},
      }));
  CAPTURE(line);
  const Cited cited({line});
  REQUIRE(cited.references.size() == 1);
  CHECK(cited.references[0].code.value == Value(code));
  CHECK(cited.references[0].number.value == Value(number));
  CHECK(cited.references[0].symbol.value == Value(symbol));
}

TEST_CASE("a thousand citations in one line are found in the time of a thousand lines") {
  std::string line;
  for (int i = 0; i < 1000; ++i) line += "Luật số 01/2020/QH14 ngày 01 tháng 01 năm 2020; ";
  const auto begun = std::chrono::steady_clock::now();
  CHECK(Cited({line}).references.size() == 1);
  // Half a second; ten times that where each citation looks at all words of its line.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
}

TEST_CASE("what looks a little like a code is none") {
  const std::string line = GENERATE(values<std::string>(
      {"17/40 máy tính", "ngày 22/12/2024", "tốc độ 60 km/h", "24/7", "5-KH", "QĐ-UBND",
       "ISO 9001:2015", "12/24 xã, phường", "1/2 Số", "3-5 Người/Hộ", "0225.3745/Fax", "80/H",
       "Điều 5/Khoản 2", "123456/QĐ-UBND", "Đề án 06/CP"}));
  CAPTURE(line);
  CHECK(Cited({line}).codes().empty());
}

TEST_CASE("type, date, issuer and subject where they are printed") {
  const Cited cited(
      {"Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về",
       "đột phá phát triển khoa học; Công văn số 21/SKHCN-CNTT ngày 03 tháng 7 năm 2025",
       "của Sở Khoa học và Công nghệ về việc rà soát, Ủy ban nhân dân xã báo cáo:"});
  REQUIRE(cited.references.size() == 2);
  const Reference& party = cited.references[0];
  CHECK(party.type.value == Value("Nghị quyết"));
  CHECK(party.date.value == Value("2024-12-22"));
  CHECK(party.issuer.value == Value("Bộ Chính trị"));
  CHECK(party.subject.value == Value("về đột phá phát triển khoa học"));
  CHECK(party.mentions[0].form == MentionForm::Full);
  CHECK(party.mentions[0].evidence.raw ==
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị");
  const Reference& letter = cited.references[1];
  CHECK(letter.type.value == Value("Công văn"));
  CHECK(letter.date.value == Value("2025-07-03"));
  CHECK(letter.issuer.value == Value("Sở Khoa học và Công nghệ"));
  CHECK(letter.subject.value == Value("về việc rà soát"));
}

TEST_CASE("an issuer ends before the next clause") {
  const auto [line, issuer] = GENERATE(table<std::string, Value>({
      {"số 4/KH-TU của Thành ủy Hải Phòng thực hiện Nghị quyết", "Thành ủy Hải Phòng"},
      {"số 4/KH-UBND của UBND thành phố và các thông báo", "UBND thành phố"},
      {"số 4/KH-UBND của UBND tỉnh, Sở báo cáo", "UBND tỉnh"},
      {"số 4/KH-UBND của Ban Chỉ đạo Trung ương.", "Ban Chỉ đạo Trung ương"},
      {"số 4/KH-UBND của Sở Tài nguyên và Môi trường ban hành", "Sở Tài nguyên và Môi trường"},
      {"số 4/KH-UBND của đơn vị", {}},
      {"số 4/KH-UBND", {}},
  }));
  CAPTURE(line);
  const Cited cited({line});
  REQUIRE(cited.references.size() == 1);
  CHECK(cited.references[0].issuer.value == issuer);
}

TEST_CASE("a document is one however often it is cited, with all that any mention says") {
  const Cited cited({"thực hiện Kế hoạch 4/KH-UBND và kế hoạch số 4/KH-UBND, sau đó",
                     "Kế hoạch số 4/KH-UBND ngày 1/2/2025 của UBND tỉnh về thi đua."});
  REQUIRE(cited.references.size() == 1);
  const Reference& plan = cited.references[0];
  REQUIRE(plan.mentions.size() == 3);
  CHECK(plan.mentions[0].form == MentionForm::WithoutNumberWord);
  CHECK(plan.mentions[1].form == MentionForm::Short);
  CHECK(plan.mentions[2].form == MentionForm::Full);
  CHECK(plan.date.value == Value("2025-02-01"));
  CHECK(plan.issuer.value == Value("UBND tỉnh"));
}

TEST_CASE("codes that a line's end broke are joined") {
  const Cited cited({"theo Kế hoạch số 02-", "KH/BCĐ và Công văn số 7/", "UBND-VX của tỉnh"});
  CHECK(cited.codes() == Texts{"02-KH/BCĐ", "7/UBND-VX"});
  CHECK(cited.references[0].mentions[0].evidence.raw == "Kế hoạch số 02-\nKH/BCĐ");
}

TEST_CASE("the name of the type may be broken too") {
  const Cited cited({"theo Nghị", "quyết số 57-NQ/TW"});
  REQUIRE(cited.references.size() == 1);
  CHECK(cited.references[0].type.value == Value("Nghị quyết"));
  CHECK(cited.references[0].mentions[0].evidence.raw == "Nghị\nquyết số 57-NQ/TW");
}

TEST_CASE("without a printed type the symbol tells it, as a conclusion") {
  const Cited cited({"theo số 18/KH-UBND và số 19/UBND-VX"});
  REQUIRE(cited.references.size() == 2);
  CHECK(cited.references[0].type.value == Value("Kế hoạch"));
  CHECK(cited.references[0].type.evidence.source == FieldSource::Inferred);
  CHECK_FALSE(cited.references[1].type.value);
}

TEST_CASE("the document's own code is none of its citations, nor are stamps and recipients") {
  CHECK(Cited({"Kèm theo Báo cáo số 142/BC-UBND ngày 3/4/2025"}).codes().empty());
  for (const BlockKind kind : {BlockKind::Recipients, BlockKind::Signature, BlockKind::ReceiptStamp,
                               BlockKind::HeaderRight, BlockKind::DigitalSignature})
    CHECK(Cited({"Như Kế hoạch số 18/KH-UBND"}, kind).codes().empty());
  CHECK(Cited({"Số: 18/KH-UBND"}, BlockKind::HeaderLeft).codes().empty());
  CHECK(Cited({"V/v góp ý Kế hoạch 18/KH-UBND"}, BlockKind::HeaderLeft).codes() ==
        Texts{"18/KH-UBND"});
}

TEST_CASE("spans cut out of the page's text what was read") {
  const Cited cited({"Căn cứ Luật số 63/2025/QH15;", "theo “Quyết định số 9/QĐ-UBND” – đã nêu,"});
  REQUIRE(cited.references.size() == 2);
  const std::u32string text = diacritics::to_code_points(cited.pages[0].text);
  for (const Reference& reference : cited.references)
    for (const Evidence* evidence :
         {&reference.code.evidence, &reference.type.evidence, &reference.mentions[0].evidence}) {
      REQUIRE(evidence->span);
      CHECK(diacritics::to_utf8(
                text.substr(evidence->span->start, evidence->span->end - evidence->span->start)) ==
            evidence->raw);
      CHECK(evidence->page == 1);
    }
}

TEST_CASE("any text is taken without a fault") {
  for (const char* text : {"", "1", "1/", "1/2/", "57-", "12345", "số", "1/A", "9/QĐ-", "9/2020/",
                           "của", "số 1/QĐ-UBND của", "số 1/QĐ-UBND ngày", "số 1/QĐ-UBND về"})
    CHECK_NOTHROW(Cited({text}));
}

}  // namespace
}  // namespace vanban::extract
