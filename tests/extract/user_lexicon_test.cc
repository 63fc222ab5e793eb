// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/user_lexicon.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

Field read_as(const std::string& value, double confidence) {
  Field field;
  field.value = field.evidence.raw = value;
  field.evidence.confidence = confidence;
  field.evidence.page = 1;
  return field;
}

UserLexicon lexicon(const std::string& text) {
  LexiconFile file = parse_lexicon(text);
  CAPTURE(file.mistakes);
  REQUIRE(file.mistakes.empty());
  return file.entries;
}

TEST_CASE("an entry stands on a line, and is written as it was read") {
  const std::string text =
      "# names\n\nperson\tLương Khắc Thuần\r\nbody\tUBND XÃ AN BÌNH\nsymbol\tQĐ-UBND\n"
      "pattern\tnumber\t###\nconfusion\tsymbol\tO\tD\nreading\tsigner.name\tA\tB\n";
  const UserLexicon entries = lexicon(text);
  REQUIRE(entries.size() == 6);
  CHECK(entries[4] == LexiconEntry{LexiconKind::Confusion, "symbol", "O", "D"});
  for (const LexiconEntry& entry : entries) {
    CAPTURE(line_of(entry));
    CHECK(lexicon(line_of(entry)) == UserLexicon{entry});
  }
}

TEST_CASE("what is wrong with a lexicon is said with its line") {
  const auto [text, mistake] = GENERATE(table<std::string, std::string>({
      {"\nname\tA", "line 2: there is no kind name"},
      {"person", "line 1: person has 1 parts behind it, parted by tabs"},
      {"person\tA\tB", "line 1: person has 1 parts behind it, parted by tabs"},
      {"person\t ", "line 1: a part is empty"},
      {"person\t\xFF", "line 1: it is not UTF-8"},
      {"pattern\tdate\t####", "line 1: there is no field date that takes entries"},
      {"pattern\trecipients\t*", "line 1: there is no field recipients that takes entries"},
      {"reading\tplace\tA\tA", "line 1: it changes nothing"},
      {"reading\tplace\tA\tB\nreading\tplace\tA\tC", "line 2: it was said before"},
  }));
  CAPTURE(text);
  CHECK(parse_lexicon(text).mistakes == std::vector<std::string>{mistake});
}

TEST_CASE("the lexicon in samples can be used") {
  std::ifstream file(std::string(VANBAN_SOURCE_DIR) + "/samples/office.lexicon");
  std::ostringstream text;
  text << file.rdbuf();
  CHECK(lexicon(text.str()).size() == 7);
}

TEST_CASE("a doubtful name becomes the known one that it is like") {
  // One letter in eight may differ, marks all of them.
  const auto [read, meant] = GENERATE(table<std::string, std::string>({
      {"Luơng Khac Thuàn", "Lương Khắc Thuần"},
      {"Lương Khắc Thuận", "Lương Khắc Thuần"},
      {"Lưong Khắc Thuản", "Lương Khắc Thuần"},
      {"Lương Khâc Thuấm", "Lương Khắc Thuần"},
      {"Lương Đắc Tuấn", "Lương Đắc Tuấn"},
      {"Trần Văn An", "Trần Văn An"},
      {"Trân Văn Am", "Trần Văn An"},
  }));
  CAPTURE(read);
  Record record;
  record.signer.name = read_as(read, 0.7);
  apply_lexicon(record, lexicon("person\tLương Khắc Thuần\nperson\tTrần Văn An\n"));
  CHECK(record.signer.name.value == Value(meant));
}

TEST_CASE("of two known names that are as like neither is taken") {
  Record record;
  record.signer.name = read_as("Trân Văn An", 0.7);
  CHECK_FALSE(apply_lexicon(record, lexicon("person\tTrần Văn Ân\nperson\tTrần Văn Ấn\n")));
  // But the one that is among the other readings.
  record.signer.name.alternatives = {{"Trân Văn An", 0.7F}, {"Trần Văn Ấn", 0.2F}};
  CHECK(apply_lexicon(record, lexicon("person\tTrần Văn Ân\nperson\tTrần Văn Ấn\n")));
  CHECK(record.signer.name.value == Value("Trần Văn Ấn"));
}

TEST_CASE("what is sure changes only where the whole reading is named") {
  Record record;
  record.signer.name = read_as("Lương Khắc Thuận", 0.97);
  record.place = read_as("An Binh", 0.97);
  const UserLexicon entries = lexicon(
      "person\tLương Khắc Thuần\nconfusion\tplace\tBinh\tBính\n"
      "reading\tplace\tAn Binh\tAn Bình\n");
  CHECK(apply_lexicon(record, entries));
  CHECK(record.signer.name.value == Value("Lương Khắc Thuận"));
  CHECK(record.place.value == Value("An Bình"));
}

TEST_CASE("what comes from the lexicon says so and asks for a look") {
  Record record;
  record.place = read_as("An Binh", 0.97);
  apply_lexicon(record, lexicon("reading\tplace\tAn Binh\tAn Bình\n"));
  CHECK(record.place.needs_review);
  CHECK(record.place.evidence.confidence < kReviewBelow);
  CHECK(record.place.evidence.raw == "An Binh");
  CHECK(record.place.evidence.source == FieldSource::OcrRestored);
  REQUIRE(record.place.witnesses.size() == 1);
  CHECK(record.place.witnesses[0].kind == "lexicon");
  CHECK(record.place.witnesses[0].text == "reading place An Binh An Bình");

  record.place = read_as("An Binh", 0.97);
  record.place.evidence.source = FieldSource::TextLayer;
  apply_lexicon(record, lexicon("reading\tplace\tAn Binh\tAn Bình\n"));
  CHECK(record.place.evidence.source == FieldSource::Inferred);
}

TEST_CASE("letters are put right in doubtful values, and the code follows") {
  Record record;
  record.number = read_as("045", 0.95);
  record.symbol = read_as("QĐ-UBNO", 0.7);
  record.code = read_as("045/QĐ-UBNO", 0.7);
  CHECK(apply_lexicon(record, lexicon("confusion\tsymbol\tO\tD\n")));
  CHECK(record.symbol.value == Value("QĐ-UBND"));
  CHECK(record.code.value == Value("045/QĐ-UBND"));
  CHECK(record.number.evidence.source == FieldSource::Ocr);
}

TEST_CASE("a pattern chooses among what was read, and makes nothing up") {
  const UserLexicon entries = lexicon("pattern\tnumber\t###\n");
  Record record;
  record.number = read_as("45", 0.6);
  CHECK_FALSE(apply_lexicon(record, entries));
  record.number.alternatives = {{"45", 0.6F}, {"045", 0.3F}, {"4", 0.1F}};
  CHECK(apply_lexicon(record, entries));
  CHECK(record.number.value == Value("045"));

  record.number = read_as("45", 0.6);
  record.number.alternatives = {{"045", 0.3F}, {"145", 0.1F}};
  CHECK_FALSE(apply_lexicon(record, entries));
}

TEST_CASE("a shape is digits, letters and whatever there is between") {
  const auto [shape, fitting] = GENERATE(table<std::string, std::string>({
      {"###", "045"},
      {"*-UBND", "QĐ-UBND"},
      {"*-UBND", "QĐ-UBND-UBND"},
      {"QĐ-*", "QĐ-SYT"},
      {"*", "QĐ"},
      {"*#", "QĐ-7"},
      {"*A*A*A*A*A*A*A*A*A*A*B", std::string(2000, 'A') + "B"},
  }));
  CAPTURE(shape);
  Record record;
  record.symbol = read_as("?", 0.6);
  record.symbol.alternatives = {{fitting, 0.3F}, {"045-", 0.2F}, {"-UBNDX", 0.1F}};
  const bool others_fit = shape == "*";
  CHECK(apply_lexicon(record, lexicon("pattern\tsymbol\t" + shape + "\n")) == !others_fit);
  CHECK(record.symbol.value == Value(others_fit ? "?" : fitting));
}

TEST_CASE("where nothing was read nothing is put") {
  Record record;
  CHECK_FALSE(apply_lexicon(record, lexicon("person\tLương Khắc Thuần\nsymbol\tQĐ-UBND\n")));
  CHECK_FALSE(record.signer.name.value);
}

}  // namespace
}  // namespace vanban::extract
