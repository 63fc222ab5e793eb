#include "extract/sentences.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

// Long enough that no line of the tests runs to the margin but this one.
const std::string kFull = "Ủy ban nhân dân xã tổ chức các lớp tập huấn cho cán bộ và nhân dân trên";

// The sentences; "¶" before those that begin a paragraph.
Texts sentences_of(const ReadDocument& read) {
  Texts out;
  for (const Sentence& sentence : read.text.sentences)
    out.push_back((sentence.begins_paragraph ? "¶" : "") + text_of(read.text, sentence.tokens));
  return out;
}

Texts sentences(const Texts& lines) { return sentences_of(ReadDocument(made_body(lines))); }

TEST_CASE("sentences end with a stop, a semicolon or a colon") {
  CHECK(sentences({"Xã có thôn. Các thôn gồm: Đông; Tây."}) ==
        Texts{"¶Xã có thôn", "Các thôn gồm", "Đông", "Tây"});
}

TEST_CASE("stops of abbreviations and of numbers end none") {
  CHECK(sentences({"Theo TS. Nam tại TP. của tỉnh. Hết"}).size() <= 4);
  CHECK(sentences({"Có 11.796 lượt và 2.5 phần"}).size() == 1);
  // The stop after a bracket or a sign is none of the number's.
  CHECK(sentences({"Đạt 64% (mục tiêu 70%). 336 hộ đã có nước"}).size() == 2);
}

TEST_CASE("a sentence goes on over the ends of lines and pages") {
  const ocr::Document document =
      made_document({made_page(1, {made_block(BlockKind::Body, {kFull})}),
                     made_page(2, {made_block(BlockKind::PageNumber, {"2"}),
                                   made_block(BlockKind::Body, {"địa bàn xã."})})});
  CHECK(sentences_of(ReadDocument(document)) == Texts{"¶" + kFull + " địa bàn xã"});
}

TEST_CASE("a capital after a line that leaves room begins a paragraph") {
  CHECK(sentences({kFull, "địa bàn xã", "Công tác khác"}) ==
        Texts{"¶" + kFull + " địa bàn xã", "¶Công tác khác"});
}

TEST_CASE("items of lists are paragraphs") {
  CHECK(sentences({"- Máy in", "+ máy quét", "a) máy tính"}).size() == 3);
}

TEST_CASE("labels of lists") {
  for (const char* line : {"1. Về", "2) Về", "a) Về", "IV. Về", "1.2. Về", "- Về", "+ Về", "1- Về"})
    CHECK_FALSE(list_label(line).empty());
  for (const char* line : {"Về", "1", "100. Về", "ab) Về", "11.796 lượt", "(1) Về", "VIX"})
    CHECK(list_label(line).empty());
}

TEST_CASE("every word of the body is one token, in order") {
  const Texts lines{"- Xã có (15) thôn; “Tổ số” – gồm…", "1.768/1.768 văn bản, đạt 100%."};
  const ReadDocument read(made_body(lines));
  std::size_t at = 0;
  for (const TextLine& line : read.pages[0].lines)
    for (std::size_t word = 0; word < line.line->words.size(); ++word, ++at) {
      REQUIRE(at < read.text.tokens.size());
      CHECK(read.text.tokens[at].line == &line);
      CHECK(read.text.tokens[at].word == word);
    }
  CHECK(at == read.text.tokens.size());
  // And in one sentence.
  std::size_t covered = 0;
  for (const Sentence& sentence : read.text.sentences) {
    CHECK(sentence.tokens.first == covered);
    covered = sentence.tokens.last;
  }
  CHECK(covered == at);
}

TEST_CASE("tables and headers are no running text") {
  const ReadDocument read(made_document({made_page(
      1, {made_block(BlockKind::HeaderLeft, {"SỞ Y TẾ"}), made_block(BlockKind::Table, {"1 2 3"}),
          made_block(BlockKind::Body, {"Xã có thôn."})})}));
  CHECK(sentences_of(read) == Texts{"¶Xã có thôn"});
}

TEST_CASE("a line that ends with a comma goes on, and notes in small print do not widen the page") {
  Texts lines(12, kFull);
  lines[1] = "Các bệnh khác: Tả,";
  lines[2] = "Thương hàn";
  const ReadDocument comma(made_body(lines));
  CHECK(comma.text.sentences[1].begins_paragraph == false);
  lines[1] = kFull;
  lines[11] = kFull + " " + kFull;
  const ReadDocument note(made_body(lines));
  CHECK(std::count_if(note.text.sentences.begin(), note.text.sentences.end(),
                      [](const Sentence& sentence) { return sentence.begins_paragraph; }) == 2);
}

TEST_CASE("a text closes the bracket that it opens") {
  const ReadDocument read("Bồi dưỡng (theo danh sách): 12 người");
  CHECK(text_of(read.text, {0, 5}) == "Bồi dưỡng (theo danh sách)");
  CHECK(text_of(read.text, {4, 5}) == "sách");
}

}  // namespace
}  // namespace vanban::extract
