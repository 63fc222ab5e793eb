#include "pipeline/record/outputs.h"

#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "ocr/document/error.h"
#include "tests/extract/made_document.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

using Names = std::set<std::string>;

std::map<std::string, std::string> made(const Names& names) {
  const ocr::Document document = extract::made_document(
      {extract::made_page(1, {extract::made_block(ocr::BlockKind::Body, {"trang một"})}),
       extract::made_page(2, {extract::made_block(ocr::BlockKind::Body, {"trang hai"})})});
  ocr::Source source;
  source.pages.resize(2);
  Provenance provenance = describe_input("a.txt", "");
  provenance.source = &source;
  std::vector<ocr::Warning> warnings;
  return make_outputs(names, {source, document, extract::extract(document), provenance}, warnings);
}

TEST_CASE("what is asked for is made, and nothing else") {
  CHECK(made({}).empty());
  const auto both = made({"alto", "text"});
  CHECK(both.size() == 2);
  CHECK(both.at("text") == "trang một\n\ftrang hai\n");
  CHECK_THAT(both.at("alto"), Catch::Contains("hai"));
}

TEST_CASE("an output that there is not is refused by name") {
  CHECK_THROWS_WITH(made({"docx"}), Catch::Contains("docx"));
  try {
    made({"docx"});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Usage);
  }
}

TEST_CASE("an output that cannot be made is a warning, the others are there") {
  const ocr::Document document = extract::made_document(
      {extract::made_page(1, {extract::made_block(ocr::BlockKind::Body, {"trang một"})})});
  ocr::Source source;
  source.kind = ocr::SourceKind::Pdf;
  source.original = source.bare = std::make_shared<const std::string>("no PDF");
  source.pages.resize(1);
  Provenance provenance = describe_input("a.pdf", "");
  provenance.source = &source;
  std::vector<ocr::Warning> warnings;
  const auto files = make_outputs(
      {"pdf", "text"}, {source, document, extract::extract(document), provenance}, warnings);
  CHECK(files.count("pdf") == 0);
  CHECK(files.at("text") == "trang một\n");
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].code == kOutputFailed);
  CHECK_THAT(warnings[0].text, Catch::StartsWith("--pdf could not be made: "));
}

TEST_CASE("each form has a name and an ending of its own") {
  Names names, endings;
  for (const OutputForm& form : output_forms()) {
    names.emplace(form.name);
    endings.emplace(form.ending);
    CHECK_FALSE(form.media_type.empty());
    CHECK_FALSE(form.what.empty());
  }
  CHECK(names.size() == output_forms().size());
  CHECK(endings.size() == output_forms().size());
}

// Option, a batch's folder, ending and media type, as docs/records.md lists them.
TEST_CASE("the documentation lists each form") {
  const std::string docs = tests::read(std::string(VANBAN_SOURCE_DIR) + "/docs/records.md");
  for (const OutputForm& form : output_forms()) {
    const std::string name(form.name), ending(form.ending), type(form.media_type);
    const std::string row =
        "| `--" + name + "` | `" + name + "/NAME." + ending + "` | " + type + " |";
    CAPTURE(row);
    CHECK_THAT(docs, Catch::Contains(row));
  }
}

}  // namespace
}  // namespace vanban::pipeline
