#include "extract/patterns/pattern_fields.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "extract/patterns/fields_file.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

ocr::Document two_pages() {
  return made_document(
      {made_page(1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 12/TB-SNV"}),
                     made_block(BlockKind::Body,
                                {"Gửi trước ngày 05/12/2025 và 06/12/2025.", "Mã hồ sơ:", "H58.01",
                                 "Kính đề nghị."},
                                100)}),
       made_page(2, {made_block(BlockKind::Body, {"Liên hệ số 17 hoặc 250."})})});
}

std::vector<PatternField> found_in(const std::vector<PageText>& pages,
                                   const std::vector<FieldPattern>& patterns) {
  Steps steps;
  return find_pattern_fields(pages, patterns, steps);
}

// The values that the fields of a file find; "" for none.
Texts values(const std::string& toml, const ocr::Document& document = two_pages()) {
  const FieldsFile file = parse_fields(toml);
  CAPTURE(file.mistakes);
  REQUIRE(file.mistakes.empty());
  Texts out;
  for (const PatternField& field : found_in(reading_text(document), file.patterns))
    for (const Field& value : field.values) out.push_back(value.value.value_or(""));
  return out;
}

std::string field(const std::string& keys) { return "[[field]]\nname = \"x\"\n" + keys; }

TEST_CASE("a value is found by an expression") {
  CHECK(values(field("pattern = 'H\\d+\\.\\d+'")) == Texts{"H58.01"});
  // The first group is the value.
  CHECK(values(field("pattern = 'H(\\d+)\\.\\d+'")) == Texts{"58"});
}

TEST_CASE("zone, page and anchor say where") {
  CHECK(values(field("zone = \"header_left\"\ntype = \"number\"")) == Texts{"12"});
  CHECK(values(field("page = \"last\"\ntype = \"number\"")) == Texts{"17"});
  CHECK(values(field("page = 2\ntype = \"number\"")) == Texts{"17"});
  // Marks and capitals do not count; the value may stand on the next line.
  CHECK(values(field("anchor = \"TRUOC NGAY\"\ntype = \"date\"")) == Texts{"05/12/2025"});
  CHECK(values(field("anchor = \"mã hồ sơ\"\ntype = \"text\"")) == Texts{"H58.01"});
  CHECK(values(field("anchor = \"không có\"\ntype = \"text\"")) == Texts{""});
}

TEST_CASE("all that is found, where there may be many") {
  CHECK(values(field("type = \"date\"\nmany = true")) == Texts{"05/12/2025", "06/12/2025"});
  CHECK(values(field("pattern = 'không'\nmany = true")).empty());
}

TEST_CASE("values are normalised") {
  const auto [keys, value] = GENERATE(table<std::string, std::string>({
      {"type = \"date\"\nnormalise = \"iso_date\"", "2025-12-05"},
      {"pattern = 'SỞ.*'\nnormalise = \"sentence\"", "Sở nội vụ"},
      {"pattern = 'SỞ.*'\nnormalise = \"without_marks\"", "SO NOI VU"},
      {"pattern = 'Kính.*nghị'\nnormalise = \"upper\"", "KÍNH ĐỀ NGHỊ"},
      {"pattern = 'H\\d+\\.\\d+'\nnormalise = \"digits\"", "5801"},
      {"page = 2\ntype = \"number\"\nnormalise = \"number\"", "17"},
  }));
  CAPTURE(keys);
  CHECK(values(field(keys)) == Texts{value});
}

TEST_CASE("a value that fails its check is none, and what was seen is kept") {
  const FieldsFile file =
      parse_fields(field("page = 2\ntype = \"number\"\nmany = true\ncheck = { max = 100 }"));
  REQUIRE(file.mistakes.empty());
  const auto found = found_in(reading_text(two_pages()), file.patterns);
  REQUIRE(found[0].values.size() == 2);
  CHECK(found[0].values[0].value == "17");
  CHECK_FALSE(found[0].values[1].value);
  CHECK(found[0].values[1].reason == Reason::Illegible);
  CHECK(found[0].values[1].evidence.raw == "250");
  CHECK(found[0].values[1].needs_review);
}

TEST_CASE("a required field that is not there asks for a look") {
  const FieldsFile file = parse_fields(field("pattern = 'không'\nrequired = true"));
  const auto found = found_in(reading_text(two_pages()), file.patterns);
  CHECK(found[0].values[0].reason == Reason::Absent);
  CHECK(found[0].values[0].needs_review);
}

TEST_CASE("the evidence is the value's own place") {
  const FieldsFile file = parse_fields(field("type = \"date\""));
  const ocr::Document document = two_pages();
  const auto pages = reading_text(document);
  const Field value = found_in(pages, file.patterns)[0].values[0];
  REQUIRE(value.evidence.span);
  CHECK(value.evidence.raw == "05/12/2025");
  const std::u32string page = U"SỞ NỘI VỤ\nSố: 12/TB-SNV\nGửi trước ngày 05/12/2025";
  CHECK(value.evidence.span->end == page.size());
}

}  // namespace
}  // namespace vanban::extract
