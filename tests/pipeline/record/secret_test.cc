#include "pipeline/record/secret.h"

#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "extract/extract.h"
#include "pipeline/record/schema.h"
#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

extract::Field mark() {
  extract::Field field;
  field.value = "Tuyệt mật";
  field.evidence.raw = "TUYỆT MẬT";
  field.evidence.page = 4;
  field.evidence.box = {10.123, 20, 50, 40};
  return field;
}

TEST_CASE("what is kept of a stopped file is its hash, the mark and the mark's place") {
  const std::string json = secret_json(std::string(64, 'a'), mark());
  CHECK(json.back() == '\n');
  CHECK(record_file_errors(json).empty());
  const nlohmann::json root = nlohmann::json::parse(json);
  CHECK(root.at("secrecy").at("bbox") == nlohmann::json({10.12, 20, 39.88, 20}));
  CHECK(root.at("secrecy").at("page") == 4);
  extract::Field other = mark();
  other.value = "Thường";
  CHECK_FALSE(record_file_errors(secret_json(std::string(64, 'a'), other)).empty());
}

TEST_CASE("three words are marks of secrecy") {
  for (const char* word : {"Mật", "Tối mật", "Tuyệt mật"}) CHECK(is_secrecy(word));
  for (const char* word : {"", "mật", "MẬT", "Hỏa tốc", "Mật\n"}) CHECK_FALSE(is_secrecy(word));
}

TEST_CASE("of a document that is to show its header alone no text remains") {
  ocr::Document document = extract::made_document(
      {extract::made_page(1, {extract::made_block(ocr::BlockKind::Body, {"Căn cứ mật"})})});
  document.pages[0].seals.resize(1);
  document.pages[0].seals[0].text = "CƠ QUAN";
  extract::Record record = extract::extract(document);
  keep_header_alone(record, document);
  CHECK(record.text_pages == std::vector<std::string>{""});
  CHECK(record.search_pages == std::vector<std::string>{""});
  CHECK(document.pages[0].blocks.empty());
  CHECK(document.pages[0].seals[0].text.empty());
}

}  // namespace
}  // namespace vanban::pipeline
