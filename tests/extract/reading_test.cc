#include "extract/reading.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using diacritics::count_code_points;
using ocr::BlockKind;

// Code points `start` to `end` of a text.
std::string slice(const std::string& text, std::size_t start, std::size_t end) {
  std::string out;
  std::size_t at = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++at;
    if (at > start && at <= end) out += c;
  }
  return out;
}

// Two header columns, a body, a table, as on a first page.
ocr::Document plan() {
  return made_document(
      {made_page(1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/KH-SNV"}),
                     made_block(BlockKind::Body, {"KẾ HOẠCH", "tổ chức Tết", "trồng cây"}, 100),
                     made_block(BlockKind::Table, {"TT\tNội dung\tGiờ", "1\tĐào hố\t7"}, 300)})});
}

TEST_CASE("a line costs no more than its length") {
  std::string line;
  for (int i = 0; i < 60'000; ++i) line += "Ủy ban ";
  const ocr::Document document =
      made_document({made_page(1, {made_block(BlockKind::Body, {line})})});
  const auto begun = std::chrono::steady_clock::now();
  const std::vector<PageText> pages = reading_text(document);
  // A tenth of a second; half a minute where each word is counted from the beginning.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
  const std::vector<std::size_t>& starts = pages.at(0).lines.at(0).word_starts;
  REQUIRE(starts.size() == 120'000);
  CHECK(starts[119'999] == 119'999 / 2 * 7 + 3);
}

TEST_CASE("a document without pages has no text") { CHECK(reading_text(ocr::Document{}).empty()); }

TEST_CASE("a page without blocks, or with empty ones, is empty and keeps its place") {
  const ocr::Document document =
      made_document({made_page(1, {}), made_page(2, {made_block(BlockKind::Body, {})}),
                     made_page(3, {made_block(BlockKind::Body, {"Điều 1"})})});
  const std::vector<PageText> pages = reading_text(document);
  REQUIRE(pages.size() == 3);
  CHECK(pages[0].text.empty());
  CHECK(pages[0].lines.empty());
  CHECK(pages[1].text.empty());
  CHECK(pages[2].text == "Điều 1");
}

TEST_CASE("lines are parted by newlines, across blocks too, cells by tabs") {
  const ocr::Document document = plan();
  const std::vector<PageText> pages = reading_text(document);
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].text ==
        "SỞ NỘI VỤ\nSố: 31/KH-SNV\nKẾ HOẠCH\ntổ chức Tết\ntrồng cây\nTT\tNội dung\tGiờ\n1\tĐào "
        "hố\t7");
  REQUIRE(pages[0].lines.size() == 7);
  CHECK(pages[0].lines[1].text == "Số: 31/KH-SNV");
  CHECK(pages[0].lines[1].folded == "so: 31/kh-snv");
  CHECK(pages[0].lines[1].kind == BlockKind::HeaderLeft);
  CHECK(pages[0].lines[5].kind == BlockKind::Table);
  CHECK(pages[0].lines[2].line == &document.pages[0].blocks[1].lines[0]);
  CHECK(pages[0].lines[2].page == &document.pages[0]);
}

TEST_CASE("words begin where they stand in the page's text, in code points") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  using Starts = std::vector<std::size_t>;
  // "SỞ NỘI VỤ" is 9 code points (15 bytes), "Số: 31/KH-SNV" 13, "KẾ HOẠCH" 8.
  CHECK(page.lines[0].word_starts == Starts{0, 3, 7});
  CHECK(page.lines[1].word_starts == Starts{10, 14});
  CHECK(page.lines[2].word_starts == Starts{24, 27});
  CHECK(page.lines[3].word_starts == Starts{33, 36, 41});
}

TEST_CASE("cells that are left out leave their tabs") {
  const ocr::Document document =
      made_document({made_page(1, {made_block(BlockKind::Table, {"a\t\tb b", "\tđ\t\te"})})});
  const PageText page = reading_text(document).front();
  CHECK(page.text == "a\t\tb b\n\tđ\t\te");
  CHECK(page.lines[0].word_starts == std::vector<std::size_t>{0, 3, 5});
  CHECK(page.lines[1].word_starts == std::vector<std::size_t>{8, 11});
}

TEST_CASE("a word that is part of another, or comes twice, is found where it stands") {
  const ocr::Document document =
      made_document({made_page(1, {made_block(BlockKind::Body, {"ban an ban a n ban"})})});
  const PageText page = reading_text(document).front();
  CHECK(page.lines[0].word_starts == std::vector<std::size_t>{0, 4, 7, 11, 13, 15});
}

TEST_CASE("each page counts from its own start") {
  const ocr::Document document =
      made_document({made_page(1, {made_block(BlockKind::Body, {"một"})}),
                     made_page(2, {made_block(BlockKind::Body, {"hai ba"})})});
  const std::vector<PageText> pages = reading_text(document);
  CHECK(pages[1].lines[0].word_starts == std::vector<std::size_t>{0, 4});
}

TEST_CASE("in any document every word is where its line says") {
  std::mt19937 random(5);
  const std::vector<std::string> vocabulary{"a", "ban", "đ", "ủy", "Số:", "-", "漢", "nhân", "an"};
  std::uniform_int_distribution<std::size_t> any(0, vocabulary.size() - 1), length(1, 6);
  std::uniform_int_distribution<int> coin(0, 2);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> lines;
    for (std::size_t i = length(random); i > 0; --i) {
      std::string& line = lines.emplace_back();
      for (std::size_t k = length(random); k > 0; --k) {
        if (!line.empty()) line += coin(random) == 0 ? "\t" : " ";
        line += vocabulary[any(random)];
      }
    }
    const ocr::Document document =
        made_document({made_page(1, {made_block(BlockKind::Table, lines)})});
    const PageText page = reading_text(document).front();
    CAPTURE(page.text);
    for (const TextLine& line : page.lines) {
      REQUIRE(line.word_starts.size() == line.line->words.size());
      for (std::size_t i = 0; i < line.word_starts.size(); ++i) {
        const std::string& word = line.line->words[i].text;
        REQUIRE(slice(page.text, line.word_starts[i],
                      line.word_starts[i] + count_code_points(word)) == word);
      }
    }
  }
}

// ---- Ranges and evidence

TEST_CASE("a range's text is its words, joined by spaces") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  CHECK(text_of(whole(page.lines[1])) == "Số: 31/KH-SNV");
  CHECK(text_of(whole(page.lines[5])) == "TT Nội dung Giờ");
  CHECK(text_of(WordRange{&page.lines[0], 1, 3}) == "NỘI VỤ");
  CHECK(text_of(WordRange{&page.lines[0], 1, 1}).empty());
  CHECK(text_of(WordRange{}).empty());
}

TEST_CASE("a range is empty without a line or without words") {
  const TextLine line;
  CHECK(WordRange{}.empty());
  CHECK(WordRange{&line, 2, 2}.empty());
  CHECK(WordRange{&line, 3, 2}.empty());
  CHECK_FALSE(WordRange{&line, 0, 1}.empty());
}

TEST_CASE("evidence of part of a line") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  const Evidence evidence = evidence_of({{&page.lines[1], 1, 2}}, "some/rule");
  CHECK(evidence.raw == "31/KH-SNV");
  CHECK(evidence.page == 1);
  CHECK(evidence.method == "some/rule");
  CHECK(evidence.source == FieldSource::Ocr);
  CHECK(evidence.confidence == Approx(0.9));
  // Four code points of "Số: ", nine of the word; the second line stands at 30.
  CHECK(evidence.box == ocr::Box{40, 30, 130, 50});
  CHECK(evidence.span == Span{1, 14, 23});
}

TEST_CASE("evidence across lines that follow one another has one span") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  const Evidence evidence =
      evidence_of({{&page.lines[3], 1, 3}, whole(page.lines[4])}, "some/rule");
  CHECK(evidence.raw == "chức Tết\ntrồng cây");
  REQUIRE(evidence.span);
  // The line "tổ chức Tết" begins at 33; 9 code points end the page's text up to there.
  CHECK(evidence.span == Span{1, 36, 54});
  CHECK(slice(page.text, evidence.span->start, evidence.span->end) == evidence.raw);
  // Both lines: from the second word of the first, to the end of the longer one.
  CHECK(evidence.box == ocr::Box{0, 130, 110, 180});
}

TEST_CASE("evidence across blocks may follow too") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  const Evidence evidence = evidence_of({whole(page.lines[1]), whole(page.lines[2])}, "x");
  REQUIRE(evidence.span);
  CHECK(slice(page.text, evidence.span->start, evidence.span->end) == "Số: 31/KH-SNV\nKẾ HOẠCH");
}

TEST_CASE("a span in a table covers the tabs") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  const Evidence evidence = evidence_of({whole(page.lines[5])}, "x");
  REQUIRE(evidence.span);
  CHECK(slice(page.text, evidence.span->start, evidence.span->end) == "TT\tNội dung\tGiờ");
}

TEST_CASE("evidence with a gap has no span and keeps the rest") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  const std::vector<std::vector<WordRange>> rows{
      {whole(page.lines[0]), whole(page.lines[2])},    // a line between
      {{&page.lines[3], 0, 1}, whole(page.lines[4])},  // words of the line after it
      {whole(page.lines[3]), {&page.lines[4], 1, 2}},  // words of the line before it
      {whole(page.lines[4]), whole(page.lines[3])},    // turned around
      {whole(page.lines[3]), whole(page.lines[4]), whole(page.lines[6])},
  };
  for (const std::vector<WordRange>& ranges : rows) {
    const Evidence evidence = evidence_of(ranges, "x");
    CAPTURE(evidence.raw);
    CHECK_FALSE(evidence.span);
    CHECK(evidence.page == 1);
    CHECK_FALSE(evidence.raw.empty());
    CHECK_FALSE(evidence.box.empty());
  }
}

TEST_CASE("empty ranges add nothing") {
  const ocr::Document document = plan();
  const PageText page = reading_text(document).front();
  const WordRange nothing{&page.lines[0], 1, 1};
  const Evidence evidence = evidence_of(
      {WordRange{}, nothing, {&page.lines[3], 1, 3}, nothing, whole(page.lines[4])}, "x");
  CHECK(evidence.raw == "chức Tết\ntrồng cây");
  CHECK(evidence.span == Span{1, 36, 54});
}

TEST_CASE("without words there is no evidence") {
  for (const std::vector<WordRange>& ranges :
       {std::vector<WordRange>{}, std::vector<WordRange>{WordRange{}}}) {
    const Evidence evidence = evidence_of(ranges, "x");
    CHECK(evidence.raw.empty());
    CHECK(evidence.page == 0);
    CHECK(evidence.confidence == 0);
    CHECK(evidence.box.empty());
    CHECK_FALSE(evidence.span);
  }
}

TEST_CASE("the confidence is the mean over the words, longer ones count more") {
  ocr::Document document = made_document({made_page(1, {made_block(BlockKind::Body, {"a bcd"})})});
  auto& words = document.pages[0].blocks[0].lines[0].words;
  words[0].confidence = 0.2;
  words[1].confidence = 0.6;
  const PageText page = reading_text(document).front();
  // (1 x 0.2 + 3 x 0.6) / 4
  CHECK(evidence_of({whole(page.lines[0])}, "x").confidence == Approx(0.5));
}

TEST_CASE("the place is given in points of the page as displayed") {
  ocr::Document document = made_document({made_page(4, {made_block(BlockKind::Body, {"a bcd"})})});
  // Half the size, moved by (100, 200).
  document.pages[0].to_displayed = {0.5, 0, 100, 0, 0.5, 200};
  const PageText page = reading_text(document).front();
  const Evidence evidence = evidence_of({{&page.lines[0], 1, 2}}, "x");
  CHECK(evidence.box == ocr::Box{110, 200, 125, 210});
  CHECK(evidence.page == 4);
  CHECK(evidence.span == Span{4, 2, 5});
}

TEST_CASE("a search without marks looks through folded lines of single spaces") {
  const ocr::Document document = made_document({
      made_page(1, {made_block(BlockKind::Body, {"Số: 12/QĐ-UBND", "Ủy ban  nhân dân"})}),
      made_page(2, {}),
  });
  const std::vector<PageText> pages = reading_text(document);
  CHECK(texts_of(pages) == std::vector<std::string>{"Số: 12/QĐ-UBND\nỦy ban nhân dân", ""});
  CHECK(search_texts_of(pages) == std::vector<std::string>{"so: 12/qd-ubnd uy ban nhan dan", ""});
}

TEST_CASE("the source is the page's") {
  const auto [route, source] = GENERATE(table<ocr::Route, FieldSource>({
      {ocr::Route::Ocr, FieldSource::Ocr},
      {ocr::Route::TextLayer, FieldSource::TextLayer},
  }));
  const ocr::Document document =
      made_document({made_page(1, {made_block(BlockKind::Body, {"a"})}, route)});
  const PageText page = reading_text(document).front();
  CHECK(evidence_of({whole(page.lines[0])}, "x").source == source);
}

}  // namespace
}  // namespace vanban::extract
