#include "ocr/document/document.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::ocr {
namespace {

Word word(const std::string& text, int column = 0, double confidence = 1) {
  return {text, text, {0, 0, 1, 1}, confidence, column};
}

TEST_CASE("words are joined by spaces and the cells of a row by tabs") {
  CHECK(text_of(Line{}).empty());
  CHECK(text_of({{}, {word("Ủy"), word("ban")}}) == "Ủy ban");
  CHECK(text_of({{}, {word("1", 0), word("Nội", 1), word("dung", 1), word("7", 2)}}) ==
        "1\tNội dung\t7");
}

TEST_CASE("an empty cell keeps its tab") {
  CHECK(text_of({{}, {word("1", 0), word("Tổng", 3)}}) == "1\t\t\tTổng");
  // A row whose first cell is empty begins with its tab.
  CHECK(text_of({{}, {word("Cộng", 1), word("7", 2)}}) == "\tCộng\t7");
}

TEST_CASE("the box of words is the one around all of them") {
  CHECK(box_of({}).empty());
  const std::vector<Word> words{{"a", "a", {5, 10, 15, 20}, 1, 0},
                                {"b", "b", {0, 0, 0, 0}, 1, 0},
                                {"c", "c", {20, 8, 30, 18}, 1, 0}};
  CHECK(box_of(words) == Box{5, 8, 30, 20});
}

// ---- confidence

TEST_CASE("long words weigh more in the mean confidence") {
  CHECK(mean_confidence({}) == 0);
  CHECK(mean_confidence({word("")}) == 0);
  CHECK(mean_confidence({word("abc", 0, 0.7)}) == Approx(0.7));
  // (6 * 1 + 2 * 0.2) / 8
  CHECK(mean_confidence({word("chuyen", 0, 1), word("va", 0, 0.2)}) == Approx(0.8));
  const std::vector<Block> blocks{{BlockKind::Body, {}, {{{}, {word("chuyen", 0, 1)}}, {}}},
                                  {BlockKind::Body, {}, {{{}, {word("va", 0, 0.2)}}}}};
  CHECK(mean_confidence_of(blocks) == Approx(0.8));
  CHECK(count_words(blocks) == 2);
  CHECK(count_words({}) == 0);
}

TEST_CASE("alternatives are sorted by confidence, equals as they stand") {
  std::vector<Alternative> readings{{"a", 0.1}, {"b", 0.5}, {"c", 0.1}, {"d", 0.9}};
  sort_likeliest_first(readings);
  CHECK(readings == std::vector<Alternative>{{"d", 0.9}, {"b", 0.5}, {"a", 0.1}, {"c", 0.1}});
}

}  // namespace
}  // namespace vanban::ocr
