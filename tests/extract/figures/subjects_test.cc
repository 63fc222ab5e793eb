#include "extract/figures/subjects.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

std::string text_right_of(const std::string& line, std::size_t from) {
  const ReadDocument read(line);
  const std::vector<bool> excluded(read.text.tokens.size());
  return text_of(read.text, right_of(read.text, from, {0, read.text.tokens.size()}, excluded));
}

TEST_CASE("what goes on after the unit ends at a mark, a number or the next clause") {
  const auto [line, from, right] = GENERATE(table<std::string, std::size_t, std::string>({
      {"Có 5 hộ nghèo của xã", 2, "hộ nghèo của xã"},
      {"Có 5 hộ nghèo trong đó", 2, "hộ nghèo"},
      {"Có 5 hộ nghèo; xã", 2, "hộ nghèo"},
      {"Có 5 hộ nghèo (của xã)", 2, "hộ nghèo"},
      {"Có 5 hộ nghèo và 3 hộ giàu", 2, "hộ nghèo"},
      // A comma parts two nouns of a list, or the clause.
      {"Có 5 cán bộ, công chức tốt", 2, "cán bộ, công chức tốt"},
      {"Có 5 hộ làm nghề rèn, nghề mộc", 2, "hộ làm nghề rèn, nghề mộc"},
      // What is said of the next figure.
      {"Có 5 hộ nghèo và xóa 3 nhà tạm", 2, "hộ nghèo"},
      {"Có 5 hộ nghèo của các xã, tốt", 2, "hộ nghèo của các xã"},
      // Nothing goes on after a mark.
      {"Có 5 hộ, xã tốt", 3, ""},
      {"Có 5 hộ", 3, ""},
  }));
  CAPTURE(line);
  CHECK(text_right_of(line, from) == right);
}

TEST_CASE("what stands before a number goes back to the clause's begin, verbs aside") {
  struct Row {
    std::string line, left;
    bool states, has;
  };
  // The number is the last word.
  const Row row = GENERATE(values<Row>({
      {"Tỷ lệ hộ nghèo đạt 5", "Tỷ lệ hộ nghèo", true, false},
      {"Xã có 5", "Xã", false, true},
      {"Hiện nay, xã có 5", "xã", false, true},
      {"Xã làm tốt, số hộ nghèo giảm 5", "số hộ nghèo", true, false},
      {"Xã làm tốt, hộ nghèo còn 5", "hộ nghèo", true, false},
      {"Trong đó hộ nghèo chiếm 5", "hộ nghèo", true, false},
      {"so với tháng trước giảm 5", "", true, false},
      {"so với cùng kỳ số ca mắc tăng 5", "số ca mắc", true, false},
      {"Chỉ tiêu (cả năm, quý) là 5", "Chỉ tiêu (cả năm, quý)", true, false},
      {"Tiến độ kiểm tra về thuế, đất đai đạt 5", "Tiến độ kiểm tra về thuế, đất đai", true, false},
      {"Xã và 5", "", false, false},
      {"Tiếp nhận 5", "Tiếp nhận", false, false},
  }));
  CAPTURE(row.line);
  const ReadDocument read(row.line);
  const std::vector<bool> excluded(read.text.tokens.size());
  const Left left = left_of(read.text, 0, read.text.tokens.size() - 1, excluded);
  CHECK(text_of(read.text, left.tokens) == row.left);
  CHECK(left.states == row.states);
  CHECK(left.has == row.has);
}

// The subject of a figure whose number and unit stand at these places, as text.
Texts subjects(const std::string& line, const Quantity& quantity, const Left& left,
               TokenRange right, const SaidBefore& before = {}) {
  const ReadDocument read(line);
  Texts out;
  for (const TokenRange& part : subject_of(read.text, quantity, left, right, before))
    if (!part.empty()) out.push_back(text_of(read.text, part));
  return out;
}

TEST_CASE("a share is of what a verb gives it, else of what follows it") {
  Quantity share;
  share.number = 4, share.end = 5, share.percent = 5;
  const std::string line = "Số hộ nghèo đạt 5% kế hoạch";
  CHECK(subjects(line, share, {{0, 3}, true, false}, {5, 7}) == Texts{"Số hộ nghèo"});
  CHECK(subjects(line, share, {{0, 3}, false, false}, {5, 7}) == Texts{"Số hộ nghèo", "kế hoạch"});
  CHECK(subjects(line, share, {{0, 3}, false, false}, {5, 6}) == Texts{"Số hộ nghèo"});
}

TEST_CASE("money and time are of what stands before them") {
  Quantity money;
  money.number = 2, money.end = 4, money.value = 5, money.unit = {3, 4}, money.unit_name = "đồng";
  CHECK(subjects("Thuế thu 5 đồng mỗi hộ", money, {{0, 1}, true}, {4, 6}) == Texts{"Thuế"});
  // "Chi 5 đồng từ quỹ": a verb that gives nothing goes on behind the sum.
  CHECK(subjects("Thuế thu 5 đồng mỗi hộ", money, {{0, 1}}, {4, 6}) == Texts{"Thuế", "mỗi hộ"});
  CHECK(subjects("Thuế thu 5 đồng mỗi hộ", money, {}, {4, 6}) == Texts{"mỗi hộ"});
}

TEST_CASE("a change and an aim are of what was said before") {
  Quantity change;
  change.number = 1, change.end = 3, change.value = 5, change.unit = {2, 3};
  change.unit_name = "hộ", change.change = true;
  const SaidBefore before{{}, {{"hộ", {{0, 1}}}, {"xã", {{2, 3}}}}};
  CHECK(subjects("tăng 5 hộ", change, {}, {}, before) == Texts{"tăng"});
  Quantity aim;
  aim.number = 3, aim.end = 4, aim.percent = 5;
  CHECK(subjects("chỉ tiêu là 5%", aim, {{0, 2}, true}, {}, {{}, {{"", {{3, 4}}}}}) == Texts{"5%"});
}

TEST_CASE("a count is of its noun and what goes on after it") {
  Quantity count;
  count.number = 3, count.end = 5, count.value = 5, count.unit = {4, 5}, count.unit_name = "hộ";
  const std::string line = "Xã đã giúp 5 hộ nghèo";
  CHECK(subjects(line, count, {{0, 3}}, {5, 6}) == Texts{"hộ nghèo", "giúp"});
  Quantity villages;
  villages.number = 4, villages.end = 6, villages.value = 20, villages.unit = {5, 6};
  CHECK(subjects("Tổ công nghệ tại 20 thôn", villages, {{0, 4}}, {}) ==
        Texts{"Tổ công nghệ tại", "thôn"});
}

}  // namespace
}  // namespace vanban::extract
