#include "extract/figures/labels.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

std::string named(const RunningText& text, const std::optional<TokenRange>& name) {
  return name ? text_of(text, *name) : std::string();
}

TEST_CASE("a label is what stands before the colon, back to the clause's begin") {
  // The number is the last word.
  const auto [line, label] = GENERATE(table<std::string, std::string>({
      {"Dân số: 5", "Dân số"},
      {"Xã làm tốt; hộ nghèo: 5", "hộ nghèo"},
      {"Có 9 lớp (trong đó lớp may: 5", "lớp may"},
      {"Chỉ tiêu chung (cả năm): 5", "Chỉ tiêu chung (cả năm"},
      {"Chi giáo dục, đào tạo và dạy nghề: 5", "Chi giáo dục, đào tạo và dạy nghề"},
      {"Kết quả cụ thể như sau: 5", ""},
      {"Điện thoại: 5", ""},
      {"Dân số 5", ""},
  }));
  CAPTURE(line);
  const ReadDocument read(line);
  const auto found = label_before(read.text, read.text.tokens.size() - 1, 0);
  CHECK(named(read.text, found) == label);
}

TEST_CASE("an item's number wants another beside it") {
  const auto [line, number, name] = GENERATE(table<std::string, std::size_t, std::string>({
      {"Gồm: may 42; hàn 25.", 2, "may"},
      {"Gồm: may 42; hàn 25.", 4, "hàn"},
      {"Gồm: may 42; hàn hơi.", 2, ""},
      {"Gồm: xã An 1; xã An 2.", 3, ""},
      {"Gồm: Bình An 1; Bình An 2.", 3, ""},
  }));
  CAPTURE(line, number);
  const ReadDocument read(line);
  const auto found = item_before(read.text, number, {0, read.text.tokens.size()});
  CHECK(named(read.text, found) == name);
}

TEST_CASE("a number may be part of the label of a rate") {
  const ReadDocument rate("Tỷ lệ sinh đủ 02 con: 55 %"), other("Có 02 con: 55 con trai");
  CHECK(lies_in_label(rate.text, 4, rate.text.sentences[0].tokens));
  CHECK_FALSE(lies_in_label(other.text, 1, other.text.sentences[0].tokens));
}

}  // namespace
}  // namespace vanban::extract
